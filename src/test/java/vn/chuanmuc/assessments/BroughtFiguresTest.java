package vn.chuanmuc.assessments;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.chuanmuc.assessments.AssessmentGround.QUARTER;
import static vn.chuanmuc.assessments.DecisionGround.HEAD;
import static vn.chuanmuc.assessments.DecisionGround.SELF;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Forms.Attached;
import vn.chuanmuc.assessments.LevelDecisions.Deciding;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.figures.FigureLists;
import vn.chuanmuc.figures.FigureLists.Brought;
import vn.chuanmuc.figures.FigureSheets;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.rules.RuleBook.Weighting;
import vn.chuanmuc.rules.RuleSamples;
import vn.chuanmuc.rules.Rules;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;

/** From the office's file to the form, to the computation of the rule book, to the decision that is kept (issue 5, The form). */
@ProductTest
class BroughtFiguresTest {
    private static final String HOA = "Trần Thị Hoà";
    private static final String AN = "Đỗ Văn An";
    private static final String DAY = "20/12/2021";

    @Autowired
    TestBodies bodies;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Commitments commitments;

    @Autowired
    Rules rules;

    @Autowired
    Cycles cycles;

    @Autowired
    Forms forms;

    @Autowired
    LevelDecisions decisions;

    @Autowired
    Results results;

    @Autowired
    FigureLists lists;

    @Autowired
    JdbcClient jdbc;

    @TempDir
    Path folder;

    private DecisionGround ground() {
        return new DecisionGround(
                bodies.create(),
                campaigns,
                commitments,
                rules,
                cycles,
                forms,
                decisions,
                results,
                jdbc,
                RuleSamples.formula(Weighting.ITEMS, "diem × so_lieu(dung_han)", RuleSamples.twoDecimals()),
                HOA,
                AN);
    }

    @SafeVarargs
    private UUID brought(Viewer clerk, Viewer second, UUID unit, List<Object>... rows) {
        Brought brought = lists.bring(
                clerk,
                new FigureLists.Bringing(
                        unit, "Báo cáo quý IV", "12-BC/VP", "22/12/2021", "a.xlsx", FigureSheets.file(folder, rows)));
        assertThat(brought).isInstanceOf(Brought.Done.class);
        UUID id = ((Brought.Done) brought).id();
        assertThat(lists.confirm(second, id)).isEqualTo(new FigureLists.Done.Now());
        return id;
    }

    private FigureSource.Figure figure(DecisionGround ground, String name, String value) {
        var form =
                forms.sheet(ground.official(name), QUARTER, ground.form(name)).form();
        return forms.figures(ground.body.tenant, form).stream()
                .filter(one -> one.value().equals(value))
                .findFirst()
                .orElseThrow();
    }

    /** domain.md 1: one item depends on the satisfaction of citizens; ADR 0027, In the form. */
    @Test
    void computesWithTheFigureThatWasTakenIntoTheForm() {
        var ground = ground();
        Viewer clerk = ground.body.viewer(Role.CLERK, ground.body.wardOne);
        Viewer second = ground.body.viewer(Role.CLERK, ground.body.wardOne);
        brought(
                clerk,
                second,
                ground.body.wardOne,
                FigureSheets.person(HOA, "dung_han", "92,5", DAY),
                FigureSheets.person(AN, "dung_han", "40", DAY));
        UUID form = ground.form(HOA);
        FigureSource.Figure figure = figure(ground, HOA, "92,5 %");
        assertThat(forms.attachFigure(ground.official(HOA), QUARTER, form, SELF, 2, Ids.next()))
                .as("only what is offered")
                .isEqualTo(new Attached.Refused("chi-so", Reason.of("assessments.figure.none")));
        assertThat(forms.attachFigure(
                        ground.official(HOA),
                        QUARTER,
                        form,
                        SELF,
                        2,
                        figure(ground, AN, "40 %").id()))
                .as("of another person")
                .isEqualTo(new Attached.Refused("chi-so", Reason.of("assessments.figure.none")));
        var taken = (Attached.Done) forms.attachFigure(ground.official(HOA), QUARTER, form, SELF, 2, figure.id());
        assertThat(forms.attachFigure(ground.official(HOA), QUARTER, form, SELF, 2, figure.id()))
                .as("a second click")
                .isEqualTo(taken);
        ground.in(HOA, 1, 2);
        var shown = decisions.shown(ground.body.tenant, ground.desk(), ground.about(HOA), Map.of());
        // The worked example: items of 10 and 7,5 points, each half; × 92,5 %; rounded half up to two decimals.
        BigDecimal byHand = new BigDecimal("10")
                .add(new BigDecimal("7.5"))
                .divide(new BigDecimal("2"), 4, RoundingMode.UNNECESSARY)
                .multiply(new BigDecimal("0.925"))
                .setScale(2, RoundingMode.HALF_UP);
        assertThat(byHand).isEqualByComparingTo("8.09");
        assertThat(Objects.requireNonNull(shown.computation().result()).value()).isEqualByComparingTo(byHand);
        assertThat(shown.unknown())
                .as("the others of the book were not brought in, and that is said")
                .contains(Reason.of("assessments.unknown.figure", "Đơn thư"))
                .doesNotContain(Reason.of("assessments.unknown.figure", "Việc đúng hạn"));
        assertThat(ground.decide(ground.ground.head, ground.choice(HOA, "tot", "")))
                .isEqualTo(new Deciding.Done(1, 0));
        String kept = jdbc.sql("select content from assessments.decision where tenant_id = ? and form_id = ?")
                .params(ground.body.tenant, form)
                .query((row, n) -> row.getString(1))
                .single();
        assertThat(LevelDecisionFile.read(kept).answers().figures())
                .isEqualTo(Map.of("dung_han", new BigDecimal("92.5")));
        assertThat(kept).contains("8.09");
        String handed = jdbc.sql(
                        "select content from assessments.handing where tenant_id = ? and form_id = ? and stage = ?")
                .params(ground.body.tenant, form, SELF)
                .query((row, n) -> row.getString(1))
                .single();
        assertThat(handed)
                .contains(figure.id().toString())
                .contains("Báo cáo quý IV, 12-BC/VP, 22/12/2021")
                .contains("2021-12-20");
    }

    /** domain.md 3: what nobody knows is not invented; ADR 0027, In the form. */
    @Test
    void whoRatesTakesItTooAndWithoutItNothingIsMadeUp() {
        var ground = ground();
        ground.in(AN, 1, 2);
        var before = decisions.shown(ground.body.tenant, ground.desk(), ground.about(AN), Map.of());
        assertThat(before.computation().result()).as("no figure is no zero").isNull();
        assertThat(before.unknown()).contains(Reason.of("assessments.unknown.figure", "Việc đúng hạn"));
        Viewer clerk = ground.body.viewer(Role.CLERK, ground.body.wardOne);
        brought(
                clerk,
                ground.body.viewer(Role.CLERK, ground.body.wardOne),
                ground.body.wardOne,
                FigureSheets.person(HOA, "dung_han", "80 %", DAY));
        ground.in(HOA, ground.official(HOA), SELF, 1, 1);
        var taken = forms.attachFigure(
                ground.ground.head,
                QUARTER,
                ground.form(HOA),
                HEAD,
                0,
                figure(ground, HOA, "80 %").id());
        assertThat(taken).isInstanceOf(Attached.Done.class);
        ground.in(HOA, ground.ground.head, HEAD, 1, 1);
        var shown = decisions.shown(ground.body.tenant, ground.desk(), ground.about(HOA), Map.of());
        assertThat(Objects.requireNonNull(shown.computation().result()).value()).isEqualByComparingTo("8");
    }

    @Test
    void thePageOffersItWithSourceAndDayAndMarksWhatWasTakenBack() {
        var ground = ground();
        Viewer clerk = ground.body.viewer(Role.CLERK, ground.body.wardOne);
        Viewer second = ground.body.viewer(Role.CLERK, ground.body.wardOne);
        var browser = ground.body.browser(ground.official(HOA));
        String page = "/danh-gia/phieu/" + QUARTER.code() + "/" + ground.form(HOA) + "/" + SELF + "/minh-chung/2";
        assertThat(browser.get(page).text()).contains("Chưa có số liệu nào của người này");
        UUID list = brought(clerk, second, ground.body.wardOne, FigureSheets.person(HOA, "dung_han", "92,5", DAY));
        var shown = browser.get(page);
        var offer = shown.page().selectFirst("form.ass-figure");
        assertThat(Objects.requireNonNull(offer).text())
                .contains("Tỷ lệ hồ sơ giải quyết đúng hạn: 92,5 %")
                .contains("20/12/2021")
                .contains("theo Báo cáo quý IV, 12-BC/VP, 22/12/2021");
        assertThat(shown.page().select("form.ass-figure input:not([type=hidden])"))
                .as("nothing is typed")
                .isEmpty();
        String id =
                Objects.requireNonNull(offer.selectFirst("input[name=chi-so]")).attr("value");
        assertThat(browser.post(page, page + "/chi-so", "chi-so", "92,5").status())
                .isEqualTo(422);
        assertThat(browser.post(page, page + "/chi-so", "chi-so", id).text())
                .contains("Đã lấy")
                .contains("theo Báo cáo quý IV");
        assertThat(lists.withdraw(second, list, "Nhầm")).isEqualTo(new FigureLists.Done.Now());
        assertThat(browser.get(page).text()).contains("92,5 %").contains("Đã được thay hoặc rút ở nguồn");
    }

    @Test
    void theDesksMarkAFormWhoseFigureWasReplacedOrTakenBackAndTheDecisionKeepsThatItWasShown() {
        var ground = ground();
        Viewer clerk = ground.body.viewer(Role.CLERK, ground.body.wardOne);
        Viewer second = ground.body.viewer(Role.CLERK, ground.body.wardOne);
        UUID first = brought(
                clerk,
                second,
                ground.body.wardOne,
                FigureSheets.person(HOA, "dung_han", "92,5", DAY),
                FigureSheets.person(AN, "dung_han", "40", DAY));
        for (String name : List.of(HOA, AN)) {
            String value = name.equals(HOA) ? "92,5 %" : "40 %";
            assertThat(forms.attachFigure(
                            ground.official(name),
                            QUARTER,
                            ground.form(name),
                            SELF,
                            2,
                            figure(ground, name, value).id()))
                    .isInstanceOf(Attached.Done.class);
            ground.in(name, 1, 2);
        }
        var head = ground.body.browser(ground.ground.head);
        String desk = "/danh-gia/quyet-dinh/" + ground.cycle + "/" + ground.body.wardOne;
        assertThat(head.get(desk).text())
                .as("as long as they stand nothing is marked")
                .doesNotContain("Số liệu đã đổi");
        assertThat(ground.desk().changed()).isZero();
        // the same value from a newer document is no change; another one is
        brought(
                clerk,
                second,
                ground.body.wardOne,
                FigureSheets.person(HOA, "dung_han", "95", DAY),
                FigureSheets.person(AN, "dung_han", "40 %", DAY));
        var shown = head.get(desk);
        assertThat(ground.desk().changed()).isEqualTo(1);
        assertThat(shown.text()).contains("1 phiếu chờ quyết định có số liệu đã được thay");
        assertThat(shown.page().select("tr:contains(" + HOA + ")").text())
                .contains("Số liệu đã đổi")
                .contains("bước “Tự đánh giá” ghi 92,5 %; ở nguồn đã được thay bằng 95 %");
        assertThat(shown.page().select("tr:contains(" + AN + ")").text()).doesNotContain("Số liệu đã đổi");
        String page = "/danh-gia/quyet-dinh/phieu/" + QUARTER.code() + "/" + ground.form(HOA);
        assertThat(head.get(page).page().select("#so-lieu").text())
                .contains("92,5 %")
                .contains("ở nguồn đã thay bằng 95 %")
                .contains("Tự đánh giá, nội dung 2");
        assertThat(ground.decide(ground.ground.head, ground.choice(HOA, "tot", "thử")))
                .isEqualTo(new Deciding.Done(1, 0));
        assertThat(ground.desk().changed()).as("what was decided waits no more").isZero();
        var top = ground.body.browser(ground.ground.top);
        assertThat(top.get("/danh-gia/phe-duyet/" + ground.cycle + "/" + ground.body.wardOne)
                        .text())
                .as("whoever approves sees it too")
                .contains("ở nguồn đã được thay bằng 95 %");
        // both lists taken back: of the official whose figure was replaced nothing stands any more
        var standing = lists.lists(second, FigureLists.State.CONFIRMED).stream()
                .map(FigureLists.FigureList::id)
                .toList();
        assertThat(standing).hasSize(2).contains(first);
        standing.forEach(
                list -> assertThat(lists.withdraw(second, list, "Nhầm")).isEqualTo(new FigureLists.Done.Now()));
        assertThat(head.get(desk + "?loc=tat-ca")
                        .page()
                        .select("tr:contains(" + AN + ")")
                        .text())
                .contains("ghi 40 %; ở nguồn đã bị rút");
        assertThat(ground.approve(ground.ground.top, HOA, 1)).isInstanceOf(LevelDecisions.Approving.Done.class);
        assertThat(results.tell(ground.ground.head, QUARTER, ground.form(HOA), Results.Way.IN_APP, results.today(), ""))
                .isEqualTo(new Results.Done.Now(1));
        assertThat(ground.body
                        .browser(ground.official(HOA))
                        .get("/danh-gia/ket-qua/" + QUARTER.code() + "/" + ground.form(HOA))
                        .page()
                        .select("#so-lieu")
                        .text())
                .as("the result says what was on the table then, not what became of it later")
                .contains("92,5 %")
                .contains("ở nguồn đã thay bằng 95 %")
                .doesNotContain("rút");
    }
}
