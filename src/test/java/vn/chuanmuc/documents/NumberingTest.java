package vn.chuanmuc.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.documents.Numbering.Period;
import vn.chuanmuc.documents.Numbering.Request;
import vn.chuanmuc.documents.Numbering.Rule;
import vn.chuanmuc.documents.Numbering.Taking;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.office.Layout.Line;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;

/** State papers per calendar year (Decree 30/2020), Party papers through the committee's term (Guide 05-HD/VPTW); domain.md 6. */
@ProductTest
class NumberingTest {
    private static final UUID ACCOUNT = Ids.next();
    private static final LocalDate DAY = LocalDate.of(2026, 11, 20);

    @Autowired
    TestBodies bodies;

    @Autowired
    Numbering numbering;

    @Autowired
    NumberBook book;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private Body body;

    @BeforeEach
    void aBody() {
        body = bodies.create();
    }

    private Taking take(Line line, LocalDate day, UUID subject) {
        return java.util.Objects.requireNonNull(
                transaction.execute(status -> numbering.take(request(line, day, subject))));
    }

    private Request request(Line line, LocalDate day, UUID subject) {
        return new Request(
                body.tenant, body.wardOne, line, PaperKind.LIST, day, subject, "Danh sách", "Lê Thị Yến", ACCOUNT);
    }

    private int number(Line line, LocalDate day) {
        return taken(line, day, Ids.next()).number();
    }

    private Bearing taken(Line line, LocalDate day, UUID subject) {
        return ((Taking.Taken) take(line, day, subject)).bearing();
    }

    private void term(String name, LocalDate begins) {
        transaction.executeWithoutResult(status -> assertThat(
                        numbering.addTerm(body.tenant, body.wardOne, name, begins, "Nghị quyết đại hội", ACCOUNT))
                .isPresent());
    }

    @Test
    void statePapersBeginAnewEachYear() {
        assertThat(number(Line.STATE, LocalDate.of(2025, 12, 31))).isEqualTo(1);
        assertThat(number(Line.STATE, LocalDate.of(2025, 12, 31))).isEqualTo(2);
        assertThat(number(Line.STATE, LocalDate.of(2026, 1, 1))).isEqualTo(1);
    }

    @Test
    void partyPapersRunThroughTheTerm() {
        assertThat(take(Line.PARTY, DAY, Ids.next()))
                .isInstanceOfSatisfying(
                        Taking.Refused.class,
                        refused -> assertThat(refused.why().key()).isEqualTo("documents.numbering.no-term"));
        term("Nhiệm kỳ 2020–2025", LocalDate.of(2020, 8, 1));
        term("Nhiệm kỳ 2025–2030", LocalDate.of(2025, 7, 1));
        assertThat(number(Line.PARTY, LocalDate.of(2024, 5, 1))).isEqualTo(1);
        assertThat(number(Line.PARTY, LocalDate.of(2025, 12, 31))).isEqualTo(1);
        assertThat(number(Line.PARTY, LocalDate.of(2026, 1, 1))).isEqualTo(2);
        assertThat(number(Line.PARTY, LocalDate.of(2025, 6, 30))).isEqualTo(2);
    }

    @Test
    void aBodysOwnRuleHoldsFromItsDayAndIsNeverChanged() {
        var own = new Rule(Line.PARTY, LocalDate.of(2026, 1, 1), Period.YEAR, "Quy chế văn thư của Đảng ủy", true);
        assertThat(set(own)).isTrue();
        assertThat(set(own)).isFalse();
        assertThat(number(Line.PARTY, DAY)).isEqualTo(1);
        assertThat(take(Line.PARTY, LocalDate.of(2025, 12, 31), Ids.next())).isInstanceOf(Taking.Refused.class);
        assertThat(numbering.rule(body.tenant, Line.STATE, LocalDate.of(2019, 1, 1)))
                .isEmpty();
        assertThat(take(Line.STATE, LocalDate.of(2019, 1, 1), Ids.next()))
                .isInstanceOfSatisfying(
                        Taking.Refused.class,
                        refused -> assertThat(refused.why().key()).isEqualTo("documents.numbering.no-rule"));
    }

    private boolean set(Rule rule) {
        return Boolean.TRUE.equals(transaction.execute(status -> numbering.setRule(body.tenant, rule, ACCOUNT)));
    }

    @Test
    void whoBearsANumberKeepsIt() {
        UUID subject = Ids.next();
        Bearing first = taken(Line.STATE, DAY, subject);
        assertThat(taken(Line.STATE, DAY, subject)).isEqualTo(first);
        assertThat(numbering.of(body.tenant, subject)).contains(first);
        assertThat(number(Line.STATE, DAY)).isEqualTo(2);
    }

    @Test
    void aCancelledNumberIsNeverGivenAgain() {
        UUID subject = Ids.next();
        Bearing first = taken(Line.STATE, DAY, subject);
        for (boolean expected : List.of(true, false)) {
            transaction.executeWithoutResult(status -> assertThat(
                            numbering.cancel(body.tenant, first.series(), first.number(), "in hỏng", ACCOUNT))
                    .isEqualTo(expected));
        }
        assertThat(taken(Line.STATE, DAY, subject).number()).isEqualTo(2);
    }

    @Test
    void twoHundredAtOnceWithRollbacksLeaveNoGapAndNoDouble() throws Exception {
        var tasks = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 200; i++) {
            boolean fails = i % 3 == 0;
            tasks.add(() -> transaction.execute(status -> {
                var taken = (Taking.Taken) numbering.take(request(Line.STATE, DAY, Ids.next()));
                if (fails) {
                    status.setRollbackOnly();
                    return 0;
                }
                return taken.bearing().number();
            }));
        }
        java.util.Collections.shuffle(tasks, new java.util.Random(13));
        var given = new ArrayList<Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var outcome : threads.invokeAll(tasks)) {
                if (outcome.get() > 0) {
                    given.add(outcome.get());
                }
            }
        }
        assertThat(given).hasSize(133);
        assertThat(given.stream().sorted())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 133).boxed().toList());
        assertThat(jdbc.sql("select count(*) from documents.number where tenant_id = ?")
                        .param(body.tenant)
                        .query((row, n) -> row.getInt(1))
                        .single())
                .isEqualTo(133);
    }

    /**
     * Numbers are taken for papers of the last day of one term and of the first day of the next while the next one is just being
     * entered: each run is without gap and double, and no number is of the term it does not belong to.
     */
    @Test
    void aTermThatBeginsWhileNumbersAreTakenMakesNoGapAndNoDouble() throws Exception {
        LocalDate begins = LocalDate.of(2025, 7, 1);
        term("Nhiệm kỳ 2020–2025", LocalDate.of(2020, 8, 1));
        Viewer office = body.viewer(Role.BOARD, body.root);
        var works = new ArrayList<Callable<Object>>();
        for (int i = 0; i < 40; i++) {
            LocalDate day = i % 2 == 0 ? begins.minusDays(1) : begins;
            works.add(() -> take(Line.PARTY, day, Ids.next()));
            if (i == 13) {
                works.add(() -> book.enterTerm(office, body.wardOne, "Nhiệm kỳ 2025–2030", begins, null, "NQ", false));
            }
        }
        var outcomes = new ArrayList<Object>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var future : threads.invokeAll(works)) {
                outcomes.add(future.get());
            }
        }
        NumberBook.Entered entered = outcomes.stream()
                .filter(NumberBook.Entered.class::isInstance)
                .map(NumberBook.Entered.class::cast)
                .findFirst()
                .orElseThrow();
        record Given(String term, int number, LocalDate day) {}
        List<Given> given = jdbc.sql("""
                        select t.name, n.number, n.day
                        from documents.number n
                        join documents.number_series s on s.tenant_id = n.tenant_id and s.id = n.series_id
                        join documents.term t on t.tenant_id = s.tenant_id and t.id::text = s.period
                        where n.tenant_id = ?
                        order by t.begins, n.number
                        """)
                .param(body.tenant)
                .query((row, n) ->
                        new Given(row.getString("name"), row.getInt("number"), row.getObject("day", LocalDate.class)))
                .list();
        assertThat(given).hasSize(40);
        boolean done = entered instanceof NumberBook.Entered.Done;
        for (String name : List.of("Nhiệm kỳ 2020–2025", "Nhiệm kỳ 2025–2030")) {
            List<Given> run =
                    given.stream().filter(one -> one.term().equals(name)).toList();
            assertThat(run.stream().map(Given::number))
                    .as(name)
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, run.size()).boxed().toList());
        }
        // Either it was entered before the first number of its days, or it was refused because there was one.
        assertThat(given.stream()
                        .filter(one -> !one.day().isBefore(begins))
                        .map(Given::term)
                        .distinct())
                .containsExactly(done ? "Nhiệm kỳ 2025–2030" : "Nhiệm kỳ 2020–2025");
        if (!done) {
            assertThat(((NumberBook.Entered.Refused) entered).byField())
                    .hasEntrySatisfying(
                            "tu-ngay", why -> assertThat(why.key()).isEqualTo("documents.term.numbers-given"));
        }
    }

    @Test
    void afterTheEndOfATermNoNumberIsGivenUntilTheNextIsEntered() {
        Viewer office = body.viewer(Role.BOARD, body.root);
        assertThat(book.enterTerm(
                        office,
                        body.wardOne,
                        "Nhiệm kỳ 2020–2025",
                        LocalDate.of(2020, 8, 1),
                        LocalDate.of(2025, 6, 30),
                        "",
                        true))
                .isEqualTo(new NumberBook.Entered.Done());
        assertThat(number(Line.PARTY, LocalDate.of(2025, 6, 30))).isEqualTo(1);
        assertThat(take(Line.PARTY, LocalDate.of(2025, 7, 1), Ids.next())).isInstanceOf(Taking.Refused.class);
        assertThat(book.enterTerm(
                        office, body.wardOne, "Nhiệm kỳ 2025–2030", LocalDate.of(2025, 6, 30), null, "NQ", false))
                .isInstanceOf(NumberBook.Entered.Refused.class);
        assertThat(book.enterTerm(
                        office, body.wardOne, "Nhiệm kỳ 2025–2030", LocalDate.of(2025, 7, 1), null, "NQ", false))
                .isEqualTo(new NumberBook.Entered.Done());
        assertThat(number(Line.PARTY, LocalDate.of(2025, 7, 1))).isEqualTo(1);
        assertThat(book.runs(office, body.wardOne))
                .extracting(NumberBook.Run::period, NumberBook.Run::last)
                .containsExactlyInAnyOrder(tuple("Nhiệm kỳ 2020–2025", 1), tuple("Nhiệm kỳ 2025–2030", 1));
        assertThat(book.setRule(office, "party", LocalDate.of(2025, 7, 1), "year", "", true))
                .isInstanceOf(NumberBook.Entered.Refused.class);
        Viewer elsewhere = body.viewer(Role.CLERK, body.wardTwo);
        assertThatThrownBy(() -> book.terms(elsewhere, body.wardOne)).isInstanceOf(Forbidden.class);
    }

    @Test
    void theBookIsKeptInTheBrowserWithAMistakeMadeOnTheWay() {
        Browser office = body.browser(body.viewer(Role.ADMINISTRATOR, body.root));
        String page = "/danh-so?don-vi=" + body.wardOne;
        assertThat(office.get(page).text()).contains("Phường Một", "chưa lấy số được", "Mặc định đi kèm");
        String unit = body.wardOne.toString();
        Browser.Answer wrong = office.post(
                page,
                "/danh-so/nhiem-ky",
                "don-vi",
                unit,
                "ten",
                "Nhiệm kỳ 2025–2030",
                "tu-ngay",
                "31/06/2025",
                "can-cu",
                "NQ 05");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.page().select("#e-tu-ngay").text()).contains("ngày có thật");
        assertThat(wrong.page().select("#f-ten").val()).isEqualTo("Nhiệm kỳ 2025–2030");
        Browser.Answer bare = office.post(
                page, "/danh-so/nhiem-ky", "don-vi", unit, "ten", "Nhiệm kỳ 2025–2030", "tu-ngay", "01/07/2025");
        assertThat(bare.status()).isEqualTo(422);
        assertThat(bare.page().select("#e-t-can-cu").text()).contains("Chưa có căn cứ");
        Browser.Answer done = office.post(
                page,
                "/danh-so/nhiem-ky",
                "don-vi",
                unit,
                "ten",
                "Nhiệm kỳ 2025–2030",
                "tu-ngay",
                "01/07/2025",
                "khong-can-cu",
                "co");
        assertThat(done.path()).endsWith("xong=term-entered");
        assertThat(done.page().select("#cac-nhiem-ky").text())
                .contains("Nhiệm kỳ 2025–2030", "Đang áp dụng", "Chưa có căn cứ");
        assertThat(number(Line.PARTY, DAY)).isEqualTo(1);
        assertThat(office.get(page).page().select("#cac-day-so tbody tr").text())
                .contains("DS", "Nhiệm kỳ 2025–2030", "1");
        Browser.Answer rule = office.post(
                "/danh-so",
                "/danh-so/quy-dinh",
                "tuyen",
                "state",
                "hieu-luc",
                "01/01/2027",
                "ky",
                "year",
                "can-cu",
                "Quy chế văn thư số 12-QC/ĐU");
        assertThat(rule.path()).endsWith("xong=number-rule-set");
        assertThat(rule.text()).contains("Quy chế văn thư số 12-QC/ĐU");
        assertThat(body.browser(body.viewer(Role.IMPORTER, body.root))
                        .get("/danh-so")
                        .status())
                .isEqualTo(403);
    }
}
