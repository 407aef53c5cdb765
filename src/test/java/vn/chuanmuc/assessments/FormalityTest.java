package vn.chuanmuc.assessments;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.chuanmuc.assessments.LevelDecisions.Case;
import vn.chuanmuc.assessments.LevelDecisions.Given;
import vn.chuanmuc.assessments.LevelDecisions.SignRule;
import vn.chuanmuc.criteria.Audience;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.rules.RuleBook.Actor;
import vn.chuanmuc.rules.Rules;

/** Issue 5, Decision: “signs of formality (all the same level, 27 answers in 20 seconds, self = panel = head, a unit 100 % at the top)”. */
class FormalityTest {
    private static final RuleBook BOOK = Rules.shipped().book();
    private static final String UNIFORM = "assessments.sign.uniform";
    private static final String QUICK = "assessments.sign.quick";

    private static List<@Nullable Integer> all(int items, @Nullable Integer level) {
        var all = new ArrayList<@Nullable Integer>();
        for (int i = 0; i < items; i++) {
            all.add(level);
        }
        return all;
    }

    /** A form of which one stage was handed in. */
    private static Case handed(List<@Nullable Integer> levels, @Nullable Integer seconds) {
        var given = new Given(
                "thu-truong", "Thủ trưởng đánh giá", 1, Actor.HEAD, levels, seconds, false, Instant.EPOCH, null);
        return new Case(
                Ids.next(),
                AssessmentGround.QUARTER,
                Ids.next(),
                Ids.next(),
                "Trần Thị Hoà",
                "Chuyên viên",
                Ids.next(),
                "Phường Một",
                1,
                1,
                false,
                new UUID(1, levels.size()),
                Audience.STAFF,
                levels.size(),
                Forms.State.OPEN,
                0,
                Ids.next(),
                null,
                false,
                List.of(given),
                null,
                new LevelDecisions.Way(null, null, null),
                Map.of(),
                List.of());
    }

    private static List<Reason> signs(Case one, SignRule rule) {
        return new Formality(BOOK, rule, List.of(one)).of(one);
    }

    private static List<Reason> signs(List<@Nullable Integer> levels, @Nullable Integer seconds) {
        return signs(handed(levels, seconds), SignRule.SHIPPED);
    }

    /** Decision 264-QĐ/QU: leaders are assessed by 27 items, staff by 18. */
    @ParameterizedTest
    @ValueSource(ints = {18, 27})
    void oneLevelForAllItemsIsASignAndOneOtherAnswerMakesItNone(int items) {
        assertThat(signs(all(items, 2), 600))
                .containsExactly(Reason.of(
                        UNIFORM, "Thủ trưởng đánh giá", items, BOOK.level(2).words()));
        List<@Nullable Integer> last = all(items, 2);
        last.set(items - 1, 1);
        assertThat(signs(last, 600)).isEmpty();
        List<@Nullable Integer> open = all(items, 2);
        open.set(0, null);
        assertThat(signs(open, 600)).as("one is not assessed").isEmpty();
        assertThat(signs(all(items, null), 600))
                .as("nothing is assessed: that is no level")
                .isEmpty();
    }

    @Test
    void fewAnswersOfOneLevelSayNothing() {
        assertThat(signs(all(2, 2), 600)).isEmpty();
        assertThat(signs(all(3, 2), 600)).extracting(Reason::key).containsExactly(UNIFORM);
    }

    /** Twenty seconds are about 27 answers; fewer take proportionally less: 18 of them 13⅓ seconds. */
    @ParameterizedTest
    @CsvSource({"27, 19, true", "27, 20, false", "18, 13, true", "18, 14, false", "27, 0, true"})
    void lessThanTwentySecondsForTwentySevenAnswersIsASign(int items, int seconds, boolean quick) {
        List<@Nullable Integer> levels = all(items, 2);
        levels.set(0, 1);
        assertThat(signs(levels, seconds).stream().map(Reason::key).filter(QUICK::equals))
                .hasSize(quick ? 1 : 0);
    }

    @Test
    void whatWasDoneOnPaperAndARuleOfNoSecondsAreNeverTooQuick() {
        List<@Nullable Integer> levels = all(27, 2);
        levels.set(0, 1);
        assertThat(signs(levels, null)).isEmpty();
        var none = new SignRule(SignRule.SHIPPED.validFrom(), 0, 3, "");
        assertThat(signs(handed(levels, 0), none)).isEmpty();
    }
}
