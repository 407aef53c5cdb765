package vn.chuanmuc.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.chuanmuc.rules.RuleBook.Weighting;

/** What a formula may say, what it comes to, and where it is wrong: issue 5, Rules as data (the formula editor); ADR 0017, Formulas. */
@NullUnmarked // what is asked of a computation is there, or the test fails
class FormulasTest {
    private static final RuleBook BOOK = RuleSamples.formula(Weighting.CRITERIA, "diem", RuleSamples.to(2));

    /** Issue 5, Rules as data: “unit-checked”; ADR 0017, Formulas. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "diem | POINTS",
                "Điểm(II.2) × 2 | POINTS",
                "tổng_điểm / số_nội_dung | POINTS",
                "tổng_điểm / điểm_tối_đa | SHARE",
                "số(tốt) / số_nội_dung | SHARE",
                "tỷ_lệ(tốt; I) + 5% | SHARE",
                "tỉ_lệ(tốt) / tỉ_lệ(kém) | NUMBER",
                "số(kém; III) + chưa_đánh_giá | COUNT",
                "so_lieu(ket_qua) + 30 × diem / 10 | POINTS",
                "so_lieu(dung_han) >= 90% | TRUTH",
                "khong (so(kem) > 2) va diem >= 5 hoac co(III) | TRUTH",
                "neu(so(kem) > 0; muc(dat); muc(xuat_sac)) | GRADE",
                "lam_tron(trung_binh(diem(I); diem(II)); 1) | POINTS",
                "lon_nhat(0; diem - 1) | POINTS",
                "20% × diem + 80% * so_lieu(ket_qua) | POINTS",
                "-diem + 10 | POINTS",
                "diem − 0,5 điểm × so(kem) | POINTS",
                "(1 + 2) * 3 | PLAIN"
            })
    void knowsWhatAFormulaComesTo(String formula, Unit unit) {
        var checked = Formulas.check(formula, BOOK);
        assertThat(checked.errors()).as(formula).isEmpty();
        assertThat(checked.unit()).as(formula).isEqualTo(unit);
    }

    /** What is wrong stands between the brackets « and ». */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "«diem + ty_le(tot)» | rules.formula.mixes",
                "«diem > so(kem)» | rules.formula.compares",
                "«diem - 0,5 × so(kem)» | rules.formula.mixes",
                "«ty_le(tot) >= 80 điểm» | rules.formula.compares",
                "2 «điểm»(I) | rules.formula.operator-missing",
                "«ty_le(tot) >= 80» | rules.formula.percent-missing",
                "«diem × diem» | rules.formula.squares",
                "«so(tot) / diem» | rules.formula.divides",
                "diem / «0» | rules.formula.by-zero",
                "diem + «muc(dat)» | rules.formula.not-a-number",
                "neu(«diem»; 1; 2) | rules.formula.not-a-condition",
                "neu(diem > 5; muc(dat); «diem») | rules.formula.mixes",
                "«tot» | rules.formula.level-alone",
                "«abc» + 1 | rules.formula.unknown",
                "so(«xyz») | rules.formula.level",
                "ty_le(«khong_ap_dung») | rules.formula.level-counts-not",
                "so_lieu(«abc») | rules.formula.figure",
                "muc(«abc») | rules.formula.grade",
                "«neu(diem > 1; 2)» | rules.formula.arguments",
                "«nho_nhat(1)» | rules.formula.arguments-between",
                "lam_tron(diem; «x») | rules.formula.decimals",
                "diem(«1 + 2») | rules.formula.place",
                "diem «diem» | rules.formula.operator-missing",
                "diem + «)» | rules.formula.value-missing",
                "diem «)» | rules.formula.closed",
                "diem«(»I | rules.formula.open",
                "diem «+» | rules.formula.ends",
                "«1.5» + 2 | rules.formula.point",
                "«1,2,3» + 2 | rules.formula.number",
                "nho_nhat(1«,» 2) | rules.formula.comma",
                "diem «^» 2 | rules.formula.sign",
                "1 < 2 «<» 3 | rules.formula.compared-twice",
                "diem «$» | rules.formula.sign"
            })
    void pointsToThePlaceThatIsWrong(String marked, String key) {
        int from = marked.indexOf('«');
        int to = marked.indexOf('»') - 1;
        var checked = Formulas.check(marked.replaceAll("[«»]", ""), BOOK);
        assertThat(checked.errors()).as(marked).isNotEmpty();
        FormulaError error = checked.errors().getFirst();
        assertThat(error.why().key()).as(marked).isEqualTo(key);
        assertThat(checked.text().substring(error.from(), error.to()))
                .as(marked)
                .isEqualTo(marked.replaceAll("[«»]", "").substring(from, to));
    }

    @Test
    void readsNamesInAnyNormalForm() {
        String formula = "tỷ_lệ(tốt) × điểm";
        String decomposed = Normalizer.normalize(formula, Normalizer.Form.NFD);
        assertThat(decomposed).isNotEqualTo(formula);
        var checked = Formulas.check(decomposed, BOOK);
        assertThat(checked.good()).isTrue();
        assertThat(checked.text()).isEqualTo(formula);
    }

    /** Issue 5, Rules as data: “a sandboxed expression”. */
    @Test
    void isBoundedWhateverSomebodyTypes() {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            for (String bomb : List.of(
                    "(".repeat(990),
                    "(".repeat(400) + "1" + ")".repeat(400),
                    "-".repeat(900) + "1",
                    "khong ".repeat(160) + "co(I)",
                    "1".repeat(900),
                    "9".repeat(13),
                    "1+".repeat(499) + "1",
                    "neu(co(I);".repeat(90),
                    "diem(".repeat(190),
                    "x".repeat(1_000_000),
                    "\u0301".repeat(5_000),
                    "nho_nhat(" + "1;".repeat(40) + "1)",
                    ";".repeat(500),
                    "𝟙+𝟚",
                    "١+٢",
                    "Runtime.getRuntime().exec(1)",
                    "T(java.lang.System).exit(1)",
                    "${7*7}",
                    "=cmd|' /C calc'!A0")) {
                var checked = Formulas.check(bomb, BOOK);
                assertThat(checked.errors())
                        .as(bomb.substring(0, Math.min(20, bomb.length())))
                        .isNotEmpty();
                assertThat(checked.errors()).allSatisfy(error -> {
                    assertThat(error.from()).isBetween(0, checked.text().length());
                    assertThat(error.to())
                            .isBetween(error.from(), checked.text().length());
                });
            }
        });
    }

    @Test
    void multipliesLargeNumbersExactlyAndSoon() {
        String product = "999999999999" + " × 999999999999".repeat(60);
        RuleBook book = RuleSamples.formula(Weighting.ITEMS, product, RuleSamples.to(0));
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> Scoring.compute(book, RuleSamples.STAFF, RuleSamples.all(RuleSamples.STAFF, 1)));
    }

    private static Computation compute(String formula, Answers answers) {
        RuleBook book = RuleSamples.formula(Weighting.CRITERIA, formula, RuleSamples.to(2));
        assertThat(Formulas.check(formula, book).errors()).as(formula).isEmpty();
        return Scoring.compute(book, RuleSamples.STAFF, answers);
    }

    /** domain.md 3: “not assessed” is never zero; ADR 0017, Engine. */
    @Test
    void dividingByNothingIsNoResultAndNoZero() {
        Computation none = compute("tong_diem / so(kem)", RuleSamples.all(RuleSamples.STAFF, 1));
        assertThat(none.result()).isNull();
        assertThat(none.none().key()).isEqualTo("rules.none.undefined");
        assertThat(none.none().arguments().getFirst().toString()).contains("rules.undefined.by-zero");
        Computation nothing = compute("ty_le(tot) × 10", RuleSamples.all(RuleSamples.STAFF, 4));
        assertThat(nothing.none().arguments().getFirst().toString()).contains("rules.undefined.nothing-counts");
        Computation place = compute("diem(III)", RuleSamples.all(RuleSamples.STAFF, 1));
        assertThat(place.none().arguments().getFirst().toString()).contains("rules.undefined.place");
        Computation guarded = compute("neu(co(III); diem(III); 0)", RuleSamples.all(RuleSamples.STAFF, 1));
        assertThat(guarded.result().value()).isEqualByComparingTo("0");
    }

    @Test
    void aFigureThatIsMissingOrOutOfItsRangeIsSaid() {
        Answers answers = RuleSamples.all(RuleSamples.STAFF, 1);
        assertThat(compute("so_lieu(ket_qua)", answers)
                        .none()
                        .arguments()
                        .getFirst()
                        .toString())
                .contains("rules.undefined.figure");
        Answers brought = new Answers(
                answers.levels(),
                Map.of("ket_qua", RuleSamples.number("71"), "dung_han", RuleSamples.number("80")),
                Map.of());
        assertThat(compute("so_lieu(ket_qua)", brought)
                        .none()
                        .arguments()
                        .getFirst()
                        .toString())
                .contains("rules.undefined.figure-range");
        assertThat(compute("so_lieu(dung_han) × 10", brought).result().value()).isEqualByComparingTo("800"); // 800 %
        assertThat(compute("so_lieu(dung_han) × diem", brought).result().value())
                .isEqualByComparingTo("8");
    }

    /** Issue 5, Rules as data: “shows the computation with its inputs on every result”. */
    @Test
    void showsEveryStepWithItsNumbers() {
        Computation computed =
                compute("diem(I) + 2 × tong_diem(II.1) / so_noi_dung(II.1)", RuleSamples.levels("111222123111111111"));
        assertThat(computed.steps())
                .filteredOn(step -> step.what().key().equals("rules.step.formula"))
                .extracting(step -> step.what().arguments().getFirst(), Computation.Step::expression)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("diem(I)", ""),
                        org.assertj.core.groups.Tuple.tuple("tong_diem(II.1)", ""),
                        org.assertj.core.groups.Tuple.tuple("2 × tong_diem(II.1)", "2 × 20,5"),
                        org.assertj.core.groups.Tuple.tuple("so_noi_dung(II.1)", ""),
                        org.assertj.core.groups.Tuple.tuple("2 × tong_diem(II.1) / so_noi_dung(II.1)", "41 / 3"),
                        org.assertj.core.groups.Tuple.tuple(
                                "diem(I) + 2 × tong_diem(II.1) / so_noi_dung(II.1)", "8,75 + ≈13,666666666667"));
        assertThat(computed.result().value()).isEqualByComparingTo("22.42");
    }

    /** ADR 0017, Engine: exact fractions, rounded once. */
    @ParameterizedTest
    @ValueSource(strings = {"diem", "ty_le(tot)", "so(tot)"})
    void aThirdStaysAThirdUntilTheEnd(String of) {
        Computation computed = compute("(" + of + " / 3) × 3", RuleSamples.all(RuleSamples.STAFF, 1));
        assertThat(computed.unrounded().exact()).isTrue();
    }
}
