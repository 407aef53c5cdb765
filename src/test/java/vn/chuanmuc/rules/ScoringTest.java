package vn.chuanmuc.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import vn.chuanmuc.rules.Computation.Standing;
import vn.chuanmuc.rules.Computation.Struck;
import vn.chuanmuc.rules.RuleBook.Among;
import vn.chuanmuc.rules.RuleBook.Denominator;
import vn.chuanmuc.rules.RuleBook.Disqualifier;
import vn.chuanmuc.rules.RuleBook.Method;
import vn.chuanmuc.rules.RuleBook.Mode;
import vn.chuanmuc.rules.RuleBook.Part;
import vn.chuanmuc.rules.RuleBook.Quota;
import vn.chuanmuc.rules.RuleBook.Rounding;
import vn.chuanmuc.rules.RuleBook.Unassessed;
import vn.chuanmuc.rules.RuleBook.Weighting;
import vn.chuanmuc.rules.RuleBook.Whole;

/** The engine by hand-made cases; hundreds of generated ones are compared with a spreadsheet in {@link WorkedExamplesTest}. */
@NullUnmarked // what is asked of a computation is there, or the test fails
class ScoringTest {
    private static final RuleBook BY_ITEM = RuleSamples.points(Weighting.ITEMS);
    private static final RuleBook BY_CRITERION = RuleSamples.points(Weighting.CRITERIA);

    private static BigDecimal value(Computation computation) {
        assertThat(computation.result()).isNotNull();
        return computation.result().value();
    }

    /** domain.md 1: criteria are uneven, so a mean over items and a mean over criteria differ. */
    @Test
    void meansOverItemsAndOverCriteriaDifferAndBothAreShown() {
        // II.2, with five items, is at 3 points; everything else at 10.
        Answers answers = RuleSamples.levels("111111" + "111" + "33333" + "1111");
        Computation byItem = Scoring.compute(BY_ITEM, RuleSamples.STAFF, answers);
        Computation byCriterion = Scoring.compute(BY_CRITERION, RuleSamples.STAFF, answers);
        assertThat(value(byItem)).isEqualByComparingTo("8.06"); // (13 × 10 + 5 × 3) / 18
        assertThat(value(byCriterion)).isEqualByComparingTo("8.83"); // (5 × 10 + 3) / 6
        assertThat(byItem.suggested()).isEqualTo(BY_ITEM.grade("tot").orElseThrow());
        assertThat(byCriterion.suggested()).isEqualTo(BY_ITEM.grade("xuat_sac").orElseThrow());
        assertThat(byItem.alternatives())
                .extracting(Computation.Alternative::weighting, Computation.Alternative::difference)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                Weighting.ITEMS,
                                new BigDecimal("0")
                                        .setScale(byItem.alternatives()
                                                .getFirst()
                                                .difference()
                                                .scale())),
                        org.assertj.core.groups.Tuple.tuple(Weighting.CRITERIA, new BigDecimal("0.77")),
                        org.assertj.core.groups.Tuple.tuple(Weighting.GROUPS, new BigDecimal("1.07")));
    }

    /** Issue 5, Rules as data: weights “per item, criterion, group: … the difference must be explicit and shown”. */
    @Test
    void whatAnItemWeighsAddsUpToTheWholeUnderEveryWeighting() {
        for (SetShape shape : List.of(RuleSamples.LEADERS, RuleSamples.STAFF)) {
            for (Weighting weighting : Weighting.values()) {
                List<Scoring.Weight> weights =
                        Scoring.weights(shape, RuleSamples.points(weighting).weights());
                Fraction sum =
                        weights.stream().map(weight -> fraction(weight.part())).reduce(Fraction.ZERO, Fraction::plus);
                assertThat(sum).as("%s %s", shape.audience(), weighting).isEqualTo(Fraction.ONE);
            }
        }
        assertThat(Scoring.weights(RuleSamples.LEADERS, BY_ITEM.weights())
                        .getFirst()
                        .part())
                .isEqualTo("1/27");
        assertThat(Scoring.weights(RuleSamples.LEADERS, BY_CRITERION.weights())
                        .getFirst()
                        .part())
                .isEqualTo("1/27");
        assertThat(Scoring.weights(RuleSamples.LEADERS, BY_CRITERION.weights())
                        .get(9)
                        .part())
                .isEqualTo("1/45");
        assertThat(Scoring.weights(RuleSamples.STAFF, BY_CRITERION.weights())
                        .get(17)
                        .part())
                .isEqualTo("1/12");
    }

    private static Fraction fraction(String text) {
        String[] parts = text.split("/");
        return Fraction.of(Long.parseLong(parts[0]), parts.length > 1 ? Long.parseLong(parts[1]) : 1);
    }

    /** What an item weighs is what the mean is when it alone has a point: two ways to the same number. */
    @Test
    void whatAnItemWeighsIsWhatTheMeanMakesOfIt() {
        var random = new java.util.Random(7);
        for (SetShape shape : List.of(RuleSamples.LEADERS, RuleSamples.STAFF)) {
            for (Weighting weighting : Weighting.values()) {
                for (int round = 0; round < 10; round++) {
                    var counts = new boolean[shape.items()];
                    for (int i = 0; i < counts.length; i++) {
                        counts[i] = random.nextInt(4) > 0;
                    }
                    var weighing =
                            new Weighing(shape, RuleSamples.points(weighting).weights(), counts);
                    List<Fraction> shares = weighing.shares();
                    for (int i = 0; i < counts.length; i++) {
                        var alone = new java.util.ArrayList<Fraction>(
                                java.util.Collections.nCopies(counts.length, Fraction.ZERO));
                        alone.set(i, Fraction.ONE);
                        assertThat(weighing.means(alone, java.util.function.UnaryOperator.identity())
                                        .whole()
                                        .value())
                                .as("%s %s %s", shape.audience(), weighting, i)
                                .isEqualTo(shares.get(i));
                    }
                }
            }
        }
    }

    /** domain.md 3: “not assessed” is never zero; ADR 0017, Engine. */
    @Test
    void notAssessedIsNeitherZeroNorNotApplicable() {
        Answers missing = RuleSamples.levels("11111111111111111-");
        Computation withheld = Scoring.compute(BY_ITEM, RuleSamples.STAFF, missing);
        assertThat(withheld.result()).isNull();
        assertThat(withheld.suggested()).isNull();
        assertThat(withheld.none().key()).isEqualTo("rules.none.not-assessed");
        assertThat(withheld.none().arguments()).containsExactly(1);
        assertThat(withheld.items().getLast().standing()).isEqualTo(Standing.NOT_ASSESSED);

        RuleBook leaves =
                RuleSamples.with(BY_ITEM, new Whole(Method.MEAN, "", Unassessed.LEAVE_OUT, RuleSamples.to(2)));
        Computation left = Scoring.compute(leaves, RuleSamples.STAFF, missing);
        assertThat(value(left)).isEqualByComparingTo("10");
        assertThat(left.notAssessed()).isOne();
        assertThat(left.counted()).isEqualTo(17);

        Computation notApplicable =
                Scoring.compute(BY_ITEM, RuleSamples.STAFF, RuleSamples.levels("111111111111111114"));
        assertThat(value(notApplicable)).isEqualByComparingTo("10");
        assertThat(notApplicable.notApplicable()).isOne();
        assertThat(notApplicable.notAssessed()).isZero();
        assertThat(notApplicable.items().getLast().weight()).isEqualTo("0");

        Computation lowest = Scoring.compute(BY_ITEM, RuleSamples.STAFF, RuleSamples.levels("111111111111111113"));
        assertThat(value(lowest)).isEqualByComparingTo("9.61");
    }

    /** ADR 0017, Engine: what does not apply drops out. */
    @Test
    void aSetOfWhichNothingCountsHasNoResult() {
        Computation none = Scoring.compute(BY_CRITERION, RuleSamples.LEADERS, RuleSamples.all(RuleSamples.LEADERS, 4));
        assertThat(none.none().key()).isEqualTo("rules.none.nothing-counts");
        assertThat(none.items()).allSatisfy(item -> assertThat(item.weight()).isEqualTo("0"));
    }

    /** ADR 0016: the shipped default shows how many of each there are and suggests nothing. */
    @Test
    void theDefaultCountsAndSuggestsNothing() {
        Computation counted =
                Scoring.compute(Rules.shipped().book(), RuleSamples.STAFF, RuleSamples.levels("111112222233344444"));
        assertThat(counted.tallies()).extracting(Computation.Tally::items).containsExactly(5, 5, 3, 5);
        assertThat(counted.result()).isNull();
        assertThat(counted.suggested()).isNull();
        assertThat(counted.none().key()).isEqualTo("rules.none.no-rule");
        assertThat(counted.alternatives()).isEmpty();
    }

    /** ADR 0016, Rules are data; ADR 0017, Engine. No law was found that says how: data of the book. */
    @Test
    void roundsOnceAtTheEndUnlessTheBookSaysOtherwise() {
        // I.1: 10, 7.5, 7.5 → 8,333…; every other criterion 10.
        Answers answers = RuleSamples.levels("122111111111111111");
        Whole end = new Whole(Method.MEAN, "", Unassessed.WITHHOLD, new Rounding(1, Mode.HALF_UP, false));
        Whole each = new Whole(Method.MEAN, "", Unassessed.WITHHOLD, new Rounding(1, Mode.HALF_UP, true));
        Whole down = new Whole(Method.MEAN, "", Unassessed.WITHHOLD, new Rounding(1, Mode.DOWN, false));
        Computation atEnd = Scoring.compute(RuleSamples.with(BY_CRITERION, end), RuleSamples.STAFF, answers);
        assertThat(atEnd.unrounded().fraction()).isEqualTo("175/18"); // 9,7222…
        assertThat(atEnd.unrounded().exact()).isFalse();
        assertThat(value(atEnd)).isEqualByComparingTo("9.7");
        Computation stepwise = Scoring.compute(RuleSamples.with(BY_CRITERION, each), RuleSamples.STAFF, answers);
        assertThat(stepwise.unrounded().fraction()).isEqualTo("583/60"); // (8,3 + 50) / 6
        assertThat(value(Scoring.compute(RuleSamples.with(BY_CRITERION, down), RuleSamples.STAFF, answers)))
                .isEqualByComparingTo("9.7");
    }

    /** ADR 0017, Engine: bounds are compared with the rounded result, the one that stands on paper. */
    @Test
    void boundsAreReachedExactly() {
        // 17 × 10 and 1 × x: the mean is 8,5 exactly with nine at 10 and nine at 7 – by figures of the scale: 10 and
        // 7.5, 3.
        Answers answers = RuleSamples.levels("111111111" + "222222222"); // (90 + 67,5) / 18 = 8,75
        assertThat(Scoring.compute(BY_ITEM, RuleSamples.STAFF, answers)
                        .suggested()
                        .code())
                .isEqualTo("xuat_sac");
        RuleBook formula = RuleSamples.formula(Weighting.ITEMS, "diem - 0,25", RuleSamples.to(2));
        Computation at = Scoring.compute(formula, RuleSamples.STAFF, answers);
        assertThat(value(at)).isEqualByComparingTo("8.5");
        assertThat(at.suggested().code()).isEqualTo("xuat_sac");
        RuleBook below = RuleSamples.formula(Weighting.ITEMS, "diem - 0,26", RuleSamples.to(2));
        assertThat(Scoring.compute(below, RuleSamples.STAFF, answers)
                        .suggested()
                        .code())
                .isEqualTo("tot");
    }

    /** Issue 5, Rules as data: “disqualifiers”; which they are: data of the book, none ships. */
    @Test
    void aDisqualifierKeepsTheGradeDownAndSaysSo() {
        RuleBook strict = RuleSamples.with(
                BY_ITEM,
                List.of(
                        new Disqualifier("co_kem", "Có nội dung mức Kém", "số(kém) >= 1", "dat"),
                        new Disqualifier("ky_luat", "Bị kỷ luật trong kỳ", "", "chua_dat")));
        assertThat(BookCheck.problems(strict)).isEmpty();
        Answers one = RuleSamples.levels("311111111111111111");
        Computation kept = Scoring.compute(strict, RuleSamples.STAFF, one);
        assertThat(kept.byRule().code()).isEqualTo("xuat_sac");
        assertThat(kept.suggested().code()).isEqualTo("dat");
        assertThat(kept.caps()).extracting(Computation.Cap::struck).containsExactly(Struck.YES, Struck.UNKNOWN);
        Computation both = Scoring.compute(
                strict, RuleSamples.STAFF, new Answers(one.levels(), Map.of(), Map.of("ky_luat", true)));
        assertThat(both.suggested().code()).isEqualTo("chua_dat");
        Computation unknown = Scoring.compute(strict, RuleSamples.STAFF, RuleSamples.levels("11111111111111111-"));
        assertThat(unknown.caps().getFirst().struck()).isEqualTo(Struck.UNKNOWN);
    }

    /** domain.md 2: excellent ≤ 20 % of those rated good; agencies dispute the denominator. */
    @Test
    void aQuotaSaysWhatItIsTakenOf() {
        Map<String, Integer> given = Map.of("xuat_sac", 3, "tot", 12, "dat", 4);
        assertThat(allowed(Denominator.GRADE, "tot", Part.DOWN, given)).isEqualTo(2); // 20 % of 12 = 2,4
        assertThat(allowed(Denominator.GRADE_OR_BETTER, "tot", Part.DOWN, given))
                .isEqualTo(3); // of 15
        assertThat(allowed(Denominator.ASSESSED, null, Part.HALF_UP, given)).isEqualTo(4); // of 19 = 3,8
        assertThat(allowed(Denominator.ASSESSED, null, Part.DOWN, given)).isEqualTo(3);
        assertThat(allowed(Denominator.ROSTER, null, Part.UP, given)).isEqualTo(5); // of 23 = 4,6
        QuotaState state = QuotaState.of(BY_ITEM, quota(Denominator.GRADE, "tot", Part.DOWN), given, 23);
        assertThat(state.over()).isTrue();
        assertThat(state.left()).isEqualTo(-1);
        assertThat(state.exact()).isEqualByComparingTo("2.4");
    }

    private static Quota quota(Denominator denominator, @org.jspecify.annotations.Nullable String of, Part part) {
        return new Quota("xuat_sac", new BigDecimal("20"), denominator, of, Among.UNIT, part);
    }

    private static int allowed(
            Denominator denominator,
            @org.jspecify.annotations.Nullable String of,
            Part part,
            Map<String, Integer> given) {
        return QuotaState.of(BY_ITEM, quota(denominator, of, part), given, 23).allowed();
    }

    /** domain.md 3: Đạt · Đạt một phần · Chưa đạt · Không áp dụng; ADR 0017: the default never changes. */
    @Test
    void theShippedDefaultIsWholeAndItsBytesAreKnown() {
        assertThat(BookCheck.problems(Rules.shipped().book())).isEmpty();
        assertThat(RuleBookJson.write(RuleBookJson.read(Rules.shipped().json())))
                .isEqualTo(Rules.shipped().json());
        // Cycles refer to it for ever: another default is another version with another id.
        assertThat(Rules.shipped().hex()).isEqualTo("7d304cb6865d6b674b499a10f59c8897277a943d7abb550bc2713290b7b94e0c");
    }

    @Test
    void samplesAreWholeBooks() {
        for (Weighting weighting : Weighting.values()) {
            RuleBook book = RuleSamples.points(weighting);
            assertThat(BookCheck.problems(book)).as("%s", weighting).isEmpty();
            assertThat(RuleBookJson.read(RuleBookJson.write(book))).isEqualTo(book);
        }
    }
}
