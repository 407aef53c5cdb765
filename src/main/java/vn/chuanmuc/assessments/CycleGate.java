package vn.chuanmuc.assessments;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.Check;

/**
 * Something that stands in the way of opening a cycle, or that should be known before.
 *
 * @param count how many cases there are; at least one
 * @param examples the first of them
 */
public record CycleGate(Kind kind, long count, List<Case> examples) {
    /** As many cases as a gate names by itself. */
    public static final int EXAMPLES = 5;

    public CycleGate {
        Check.that(count > 0 && examples.size() <= count, "a gate has at least one case");
    }

    /** What is missing; a blocking kind must be mended before the cycle can be opened. */
    public enum Kind {
        RULE_NOT_IN_FORCE(true),
        CAMPAIGN_NOT_LAUNCHED(true),
        NOBODY_TO_ASSESS(true),
        /** Nobody could rate the unit's people. */
        UNIT_WITHOUT_HEAD(true),
        /** The topmost head: somebody has to be named. */
        HEAD_WITHOUT_SUPERIOR(false),
        /** Not assessed, for there is no signed set to assess against. */
        NOT_SIGNED(false),
        /** Not assessed by the rule's least presence. */
        TOO_SHORT(false),
        /** Not assessed, for they were in no unit in the quarter. */
        LEFT(false),
        /** A form for each unit, with its days. */
        MOVED(false),
        OPENS_LATER(false),
        /** Public holidays of a year the stages run through are not entered. */
        CALENDAR_UNKNOWN(false),
        /** The rules name no document. */
        NO_BASIS(false);

        private final boolean blocking;

        Kind(boolean blocking) {
            this.blocking = blocking;
        }

        public boolean blocking() {
            return blocking;
        }

        public static Optional<Kind> find(String code) {
            return Arrays.stream(values())
                    .filter(kind -> kind.code().equals(code))
                    .findFirst();
        }

        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** @param reason why the person is not assessed, as a code; null for another kind of case */
    public record Case(
            UUID personId,
            String name,
            UUID unitId,
            String unitName,
            @Nullable String reason) {}
}
