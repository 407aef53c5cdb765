package vn.chuanmuc.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vn.chuanmuc.figures.FigureSheets.HEADINGS;
import static vn.chuanmuc.figures.FigureSheets.person;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.FigureSource;
import vn.chuanmuc.figures.FigureLists.Bringing;
import vn.chuanmuc.figures.FigureLists.Brought;
import vn.chuanmuc.figures.FigureLists.Done;
import vn.chuanmuc.figures.FigureLists.Finding;
import vn.chuanmuc.figures.FigureLists.State;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;

/** Issue 5: “satisfaction and on-time figures brought in, not typed”; ADR 0027. */
@ProductTest
class FigureListsTest {
    private static final String DAY = "20/12/2021";
    private static final LocalDate FROM = LocalDate.of(2021, 10, 1);
    private static final LocalDate TO = LocalDate.of(2021, 12, 31);

    @Autowired
    TestBodies bodies;

    @Autowired
    FigureLists lists;

    @Autowired
    FigureIndexes indexes;

    @Autowired
    List<FigureSource> sources;

    @Autowired
    Ledger ledger;

    @Autowired
    JdbcClient jdbc;

    @TempDir
    Path folder;

    private Bringing bringing(Body body, Path file) {
        return new Bringing(
                body.wardOne, "Báo cáo thủ tục hành chính quý IV", "12-BC/VP", "22/12/2021", "so-lieu.xlsx", file);
    }

    private UUID brought(Viewer clerk, Body body, Path file) {
        Brought brought = lists.bring(clerk, bringing(body, file));
        assertThat(brought).isInstanceOf(Brought.Done.class);
        return ((Brought.Done) brought).id();
    }

    private List<FigureSource.Figure> offered(Body body, UUID person) {
        return sources.stream()
                .flatMap(source -> source.of(body.tenant, person, FROM, TO).stream())
                .toList();
    }

    private List<Finding> wrong(Viewer clerk, Body body, byte[] bytes) {
        Brought brought = lists.bring(clerk, bringing(body, FigureSheets.write(folder, bytes)));
        assertThat(brought).isInstanceOf(Brought.Wrong.class);
        return ((Brought.Wrong) brought).findings();
    }

    private Map<String, Reason> refused(Viewer clerk, Body body, byte[] bytes) {
        Brought brought = lists.bring(clerk, bringing(body, FigureSheets.write(folder, bytes)));
        assertThat(brought).isInstanceOf(Brought.Refused.class);
        return ((Brought.Refused) brought).byField();
    }

    /** design.md, Authority: two pairs of eyes; ADR 0027. */
    @Test
    void isOfferedOnceASecondPersonHasConfirmedItAndNotBefore() {
        Body body = bodies.create();
        Viewer clerk = body.viewer(Role.CLERK, body.wardOne);
        Viewer second = body.viewer(Role.CLERK, body.wardOne);
        UUID hoa = body.person("Trần Thị Hoà", body.wardOne, body.partyBloc, body.staff);
        UUID an = body.person("Đỗ Văn An", body.wardOne, body.partyBloc, body.staff);
        Path file = FigureSheets.file(
                folder,
                // a keyboard of another system: letters and marks apart, the tone placed the other way
                person(Normalizer.normalize("Trần Thị Hòa", Normalizer.Form.NFD), "dung_han", "92,5", DAY),
                person("Đỗ Văn An", "hai_long", "0,5 %", DAY),
                List.of("3", "", "", "", "P1", "dung_han_don_vi", new BigDecimal("88.25"), "%", DAY),
                person("Không có số liệu", "dung_han", "", DAY));
        UUID id = brought(clerk, body, file);
        assertThat(offered(body, hoa)).as("nobody has confirmed it").isEmpty();
        assertThat(lists.confirm(clerk, id)).isEqualTo(new Done.Refused("", Reason.of("figures.judge.own")));
        assertThat(lists.toConfirm(second)).isEqualTo(1);
        assertThat(lists.toConfirm(clerk)).isZero();
        assertThat(lists.confirm(second, id)).isEqualTo(new Done.Now());
        assertThat(lists.confirm(second, id)).as("a second click").isEqualTo(new Done.Already());
        assertThat(lists.toConfirm(second)).isZero();
        assertThat(offered(body, hoa))
                .extracting(
                        FigureSource.Figure::code,
                        FigureSource.Figure::title,
                        FigureSource.Figure::value,
                        FigureSource.Figure::on,
                        FigureSource.Figure::source)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(
                                "dung_han",
                                "Tỷ lệ hồ sơ giải quyết đúng hạn",
                                "92,5 %",
                                LocalDate.of(2021, 12, 20),
                                "Báo cáo thủ tục hành chính quý IV, 12-BC/VP, 22/12/2021"),
                        org.assertj.core.groups.Tuple.tuple(
                                "dung_han_don_vi",
                                "Tỷ lệ hồ sơ đúng hạn của đơn vị – Phường Một",
                                "88,25 %",
                                LocalDate.of(2021, 12, 20),
                                "Báo cáo thủ tục hành chính quý IV, 12-BC/VP, 22/12/2021"));
        assertThat(offered(body, an))
                .extracting(FigureSource.Figure::value)
                .containsExactlyInAnyOrder("0,5 %", "88,25 %");
        var list = lists.get(clerk, id);
        assertThat(list.figures()).isEqualTo(3);
        assertThat(list.blank()).as("an empty cell is no zero").isEqualTo(1);
        byte[] kept = lists.file(clerk, list).bytes();
        assertThat(list.fileHash()).isEqualTo(Sha256.of(kept));
        var acts = ledger.newest(body.tenant, id, 5);
        assertThat(acts).extracting(act -> act.act()).containsExactly("figures.confirmed", "figures.brought");
        assertThat(sources.getFirst().of(body.tenant, hoa, FROM, LocalDate.of(2021, 12, 19)))
                .as("before the day of the figure")
                .isEmpty();
    }

    /** domain.md 5: Excel as offices use it, an empty cell is “chưa nhập”, not 0. */
    @Test
    void namesEachCellThatIsWrongAndTakesNothing() {
        Body body = bodies.create();
        Viewer clerk = body.viewer(Role.CLERK, body.wardOne);
        body.person("Trần Thị Hoà", body.wardOne, body.partyBloc, body.staff);
        body.person("Lê Văn Hai", body.wardOne, body.partyBloc, body.staff);
        body.person("Lê Văn Hai", body.wardOne, body.partyBloc, body.staff);
        body.person("Phạm Thị Xa", body.wardTwo, body.partyBloc, body.staff);
        String hoa = "Trần Thị Hoà";
        var rows = new ArrayList<List<Object>>(List.of(
                person(hoa, "dung_han", "=HYPERLINK(\"http://x\")", DAY),
                person(hoa, "dung_han", new BigDecimal("0.925"), DAY),
                person(hoa, "dung_han", "100,5", DAY),
                person(hoa, "dung_han", "92.5", DAY),
                person(hoa, "dung_han", "92,12345", DAY),
                List.of("6", "", hoa, "", "", "dung_han", "92", "điểm", DAY),
                person(hoa, "khong_co", "92", DAY),
                person(hoa, "dung_han", "92", "31/02/2021"),
                person(hoa, "dung_han", "92", "31/12/2099"),
                person("+cmd|' /C calc'!A0", "dung_han", "92", DAY),
                person("Phạm Thị Xa", "dung_han", "92", DAY),
                person("Lê Văn Hai", "dung_han", "92", DAY),
                List.of("13", "", hoa, "1/1/1999", "", "dung_han", "92", "%", DAY),
                List.of("14", "", "", "", "P2", "dung_han_don_vi", "92", "%", DAY),
                List.of("15", "", hoa, "", "P1", "dung_han_don_vi", "92", "%", DAY),
                person(hoa, "hai_long", "92", DAY),
                person(hoa, "hai_long", "93", DAY)));
        List<Finding> findings = wrong(clerk, body, FigureSheets.bytes(HEADINGS, rows));
        assertThat(findings)
                .extracting(finding -> finding.cell() + " " + finding.why().key())
                .containsExactly(
                        "G4 figures.row.number",
                        "G5 figures.row.share",
                        "G6 figures.row.range",
                        "G7 figures.row.number",
                        "G8 figures.row.decimals",
                        "H9 figures.row.measure",
                        "F10 figures.row.index",
                        "I11 figures.row.day",
                        "I12 figures.row.future",
                        "C13 figures.row.name",
                        "C14 figures.row.nobody",
                        "C15 figures.row.several",
                        "C16 figures.row.nobody-such",
                        "E17 figures.row.unit",
                        "C18 figures.row.of-unit",
                        "G20 figures.row.twice");
        assertThat(findings.getFirst().value()).isEqualTo("=HYPERLINK(\"http://x\")");
        assertThat(jdbc.sql("select count(*) from figures.list where tenant_id = ?")
                        .param(body.tenant)
                        .query((row, n) -> row.getLong(1))
                        .single())
                .as("all or nothing")
                .isZero();
    }

    /** domain.md 5: Excel as offices use it. The columns are our own, no document was found: ADR 0027. */
    @Test
    void tellsWhichColumnIsMissingOrThereTwice() {
        Body body = bodies.create();
        Viewer clerk = body.viewer(Role.CLERK, body.wardOne);
        List<List<Object>> rows = List.of(person("Trần Thị Hoà", "dung_han", "92", DAY));
        assertThat(refused(
                        clerk,
                        body,
                        FigureSheets.bytes(
                                HEADINGS.subList(0, 8), List.of(rows.getFirst().subList(0, 8)))))
                .containsOnly(Map.entry("tep", Reason.of("figures.sheet.missing", Reason.of("figures.column.day"))));
        var twice = new ArrayList<>(HEADINGS);
        twice.add("GIÁ TRỊ");
        assertThat(refused(clerk, body, FigureSheets.bytes(twice, rows)))
                .containsOnly(Map.entry("tep", Reason.of("figures.sheet.twice", Reason.of("figures.column.value"))));
        assertThat(refused(clerk, body, FigureSheets.bytes(List.of("Họ và tên"), rows)))
                .containsOnly(Map.entry("tep", Reason.of("figures.sheet.heading")));
        assertThat(refused(
                        clerk,
                        body,
                        FigureSheets.bytes(HEADINGS, List.of(person("Trần Thị Hoà", "dung_han", "", DAY)))))
                .containsOnly(Map.entry("tep", Reason.of("figures.sheet.nothing")));
        assertThat(((Brought.Refused) lists.bring(
                                clerk,
                                new Bringing(
                                        body.wardOne,
                                        " ",
                                        "",
                                        "31/12/2099",
                                        "a.xlsx",
                                        FigureSheets.write(folder, FigureSheets.bytes(HEADINGS, rows)))))
                        .byField())
                .containsOnlyKeys("ten-vb", "so-vb", "ngay-vb");
    }

    /** ADR 0027, Nothing is rewritten. */
    @Test
    void whatIsConfirmedLaterStandsAndWhatIsTakenBackStandsNoMore() {
        Body body = bodies.create();
        Viewer clerk = body.viewer(Role.CLERK, body.wardOne);
        Viewer board = body.viewer(Role.BOARD, body.root);
        UUID hoa = body.person("Trần Thị Hoà", body.wardOne, body.partyBloc, body.staff);
        UUID first = brought(clerk, body, FigureSheets.file(folder, person("Trần Thị Hoà", "dung_han", "92,5", DAY)));
        assertThat(lists.confirm(board, first)).isEqualTo(new Done.Now());
        UUID id = offered(body, hoa).getFirst().id();
        UUID second = brought(clerk, body, FigureSheets.file(folder, person("Trần Thị Hoà", "dung_han", "95", DAY)));
        assertThat(lists.rows(board, lists.get(board, second), 0, 10))
                .as("the confirmer sees what it replaces")
                .extracting(FigureLists.Row::value, FigureLists.Row::earlier)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("95 %", "92,5 %"));
        assertThat(offered(body, hoa)).extracting(FigureSource.Figure::value).containsExactly("92,5 %");
        assertThat(lists.refuse(board, second, " "))
                .isEqualTo(new Done.Refused("ly-do", Reason.of("figures.wrong.reason", 1_000)));
        assertThat(lists.confirm(board, second)).isEqualTo(new Done.Now());
        assertThat(offered(body, hoa)).extracting(FigureSource.Figure::value).containsExactly("95 %");
        assertThat(offered(body, hoa).getFirst().id()).isNotEqualTo(id);
        assertThat(lists.withdraw(board, second, "Nhầm quý")).isEqualTo(new Done.Now());
        assertThat(lists.withdraw(board, second, "Nhầm quý")).isEqualTo(new Done.Already());
        assertThat(offered(body, hoa)).extracting(FigureSource.Figure::id).containsExactly(id);
        assertThat(lists.withdraw(clerk, first, "")).isInstanceOf(Done.Refused.class);
        assertThat(lists.withdraw(clerk, first, "Báo cáo bị thu hồi")).isEqualTo(new Done.Now());
        assertThat(offered(body, hoa)).isEmpty();
        assertThat(jdbc.sql("select count(*) from figures.figure where tenant_id = ?")
                        .param(body.tenant)
                        .query((row, n) -> row.getLong(1))
                        .single())
                .as("nothing is rewritten")
                .isEqualTo(2);
        assertThat(lists.lists(board, State.WITHDRAWN)).hasSize(2);
    }

    /** ADR 0027, Nothing is rewritten. */
    @Test
    void whatWasRefusedIsMendedAndBroughtInAgain() {
        Body body = bodies.create();
        Viewer clerk = body.viewer(Role.CLERK, body.wardOne);
        Viewer second = body.viewer(Role.CLERK, body.wardOne);
        UUID hoa = body.person("Trần Thị Hoà", body.wardOne, body.partyBloc, body.staff);
        Path file = FigureSheets.file(folder, person("Trần Thị Hoà", "dung_han", "29,5", DAY));
        UUID id = brought(clerk, body, file);
        assertThat(lists.bring(clerk, bringing(body, file)))
                .as("the same file once more")
                .isEqualTo(new Brought.Known(id));
        assertThat(lists.refuse(second, id, "Văn bản ghi 92,5")).isEqualTo(new Done.Now());
        assertThat(lists.confirm(second, id)).isEqualTo(new Done.Refused("", Reason.of("figures.judge.state.refused")));
        assertThat(offered(body, hoa)).isEmpty();
        UUID again = brought(clerk, body, FigureSheets.file(folder, person("Trần Thị Hoà", "dung_han", "92,5", DAY)));
        assertThat(lists.confirm(second, again)).isEqualTo(new Done.Now());
        assertThat(offered(body, hoa)).extracting(FigureSource.Figure::value).containsExactly("92,5 %");
    }

    /** design.md, Authority: checked where the data is read, two pairs of eyes. */
    @Test
    void reachesTheOwnUnitsOnlyAndNobodyConfirmsAFigureAboutThemselves() {
        Body body = bodies.create();
        Viewer clerk = body.viewer(Role.CLERK, body.wardOne);
        Viewer elsewhere = body.viewer(Role.CLERK, body.wardTwo);
        UUID hoa = body.person("Trần Thị Hoà", body.wardOne, body.partyBloc, body.staff);
        Viewer self = body.viewer(Role.HEAD, body.wardOne, hoa);
        Viewer inspector = body.viewer(Role.INSPECTOR, body.root);
        Path file = FigureSheets.file(folder, person("Trần Thị Hoà", "dung_han", "92,5", DAY));
        assertThatThrownBy(() -> lists.bring(elsewhere, bringing(body, file))).isInstanceOf(Forbidden.class);
        assertThatThrownBy(() -> lists.bring(self, bringing(body, file)))
                .as("a head confirms, the office brings in")
                .isInstanceOf(Forbidden.class);
        UUID id = brought(clerk, body, file);
        assertThatThrownBy(() -> lists.get(elsewhere, id)).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> lists.confirm(elsewhere, id)).isInstanceOf(NotFound.class);
        assertThat(lists.lists(elsewhere, null)).isEmpty();
        assertThat(lists.confirm(self, id)).isEqualTo(new Done.Refused("", Reason.of("figures.judge.about")));
        assertThat(lists.lists(inspector, null)).hasSize(1);
        assertThatThrownBy(() -> lists.confirm(inspector, id)).isInstanceOf(Forbidden.class);
        assertThatThrownBy(() -> lists.withdraw(inspector, id, "x")).isInstanceOf(Forbidden.class);
        Body other = bodies.create();
        assertThatThrownBy(() -> lists.get(other.viewer(Role.BOARD, other.root), id))
                .as("another body")
                .isInstanceOf(NotFound.class);
    }

    /** design.md, Data model 4: state moves are guarded in SQL and every write checks its row count. */
    @Test
    void twoAtOnceGiveOneListAndOneVerdict() throws Exception {
        Body body = bodies.create();
        Viewer clerk = body.viewer(Role.CLERK, body.wardOne);
        Viewer one = body.viewer(Role.CLERK, body.wardOne);
        Viewer other = body.viewer(Role.BOARD, body.root);
        body.person("Trần Thị Hoà", body.wardOne, body.partyBloc, body.staff);
        Path file = FigureSheets.file(folder, person("Trần Thị Hoà", "dung_han", "92,5", DAY));
        List<Brought> both =
                atOnce(() -> lists.bring(clerk, bringing(body, file)), () -> lists.bring(clerk, bringing(body, file)));
        assertThat(both).hasAtLeastOneElementOfType(Brought.Done.class).hasAtLeastOneElementOfType(Brought.Known.class);
        UUID id = lists.lists(clerk, State.WAITING).getFirst().id();
        List<Done> judged = atOnce(() -> lists.confirm(one, id), () -> lists.refuse(other, id, "Sai số"));
        assertThat(judged).hasAtLeastOneElementOfType(Done.Now.class).hasAtLeastOneElementOfType(Done.Refused.class);
        assertThat(jdbc.sql("select count(*) from figures.verdict where tenant_id = ?")
                        .param(body.tenant)
                        .query((row, n) -> row.getLong(1))
                        .single())
                .isEqualTo(1);
    }

    private static <T> List<T> atOnce(Callable<T> one, Callable<T> other) throws Exception {
        try (var threads = Executors.newFixedThreadPool(2)) {
            var first = threads.submit(one);
            var second = threads.submit(other);
            return List.of(first.get(), second.get());
        }
    }

    /** domain.md 4.1: a record renders for ever under the words of its day; ADR 0027, Indexes. */
    @Test
    void indexesAreDatedDataAndWhatIsInKeepsItsWords() {
        Body body = bodies.create();
        Viewer clerk = body.viewer(Role.CLERK, body.wardOne);
        Viewer second = body.viewer(Role.CLERK, body.wardOne);
        Viewer board = body.viewer(Role.BOARD, body.root);
        UUID hoa = body.person("Trần Thị Hoà", body.wardOne, body.partyBloc, body.staff);
        assertThat(indexes.all(body.tenant))
                .as("what ships names no basis, for there is none")
                .allSatisfy(index -> assertThat(index.basis()).isEmpty());
        lists.confirm(
                second,
                brought(clerk, body, FigureSheets.file(folder, person("Trần Thị Hoà", "dung_han", "92,5", DAY))));
        assertThat(indexes.enter(
                        board,
                        new FigureIndexes.Typed(
                                "1x", "", "so", "", "a", "0", "ai", "x".repeat(501), "32/1/2021", "1/1/2020")))
                .isInstanceOfSatisfying(
                        FigureIndexes.Saved.Refused.class,
                        refused -> assertThat(refused.byField())
                                .containsOnlyKeys("ma", "ten", "do", "tu", "cua", "can-cu", "tu-ngay", "den-ngay"));
        var typed = new FigureIndexes.Typed(
                "dung_han",
                "Hồ sơ trả đúng hạn",
                "count",
                "hồ sơ",
                "0",
                "5.000",
                "person",
                "Quy chế 5-QC/VP, Điều 2",
                "01/01/2022",
                "");
        assertThat(indexes.enter(board, typed)).isInstanceOf(FigureIndexes.Saved.Done.class);
        assertThat(indexes.enter(board, typed)).as("a second click").isInstanceOf(FigureIndexes.Saved.Done.class);
        assertThat(jdbc.sql("select count(*) from figures.index_entry where tenant_id = ?")
                        .param(body.tenant)
                        .query((row, n) -> row.getLong(1))
                        .single())
                .isEqualTo(1);
        assertThat(offered(body, hoa))
                .extracting(FigureSource.Figure::title)
                .containsExactly("Tỷ lệ hồ sơ giải quyết đúng hạn");
        assertThat(wrong(
                        clerk,
                        body,
                        FigureSheets.bytes(HEADINGS, List.of(person("Trần Thị Hoà", "dung_han", "92", DAY)))))
                .as("the entry holds from 2022 on")
                .extracting(finding -> finding.why().key())
                .containsExactly("figures.row.index");
        assertThatThrownBy(() -> indexes.enter(clerk, typed)).isInstanceOf(Forbidden.class);
    }
}
