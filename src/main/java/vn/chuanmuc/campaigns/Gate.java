package vn.chuanmuc.campaigns;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import vn.chuanmuc.kernel.Check;

/**
 * Something that stands in the way of opening a campaign, or that should be looked at before.
 *
 * @param count how many cases there are; at least one
 * @param examples the first of them; the others are paged through with {@link Campaigns#gateCases}
 */
public record Gate(Kind kind, long count, List<Case> examples) {
    /** As many cases as a gate names by itself. */
    public static final int EXAMPLES = 5;

    public Gate {
        Check.that(count > 0 && !examples.isEmpty() && examples.size() <= count, "a gate names at least one case");
    }

    /** What is missing; a blocking kind must be mended before the campaign can be opened. */
    public enum Kind {
        DECISION_NOT_IN_FORCE(true),
        PERSON_WITHOUT_SET(true),
        PERSON_IN_TWO_UNITS(true),
        PERSON_ON_ANOTHER_ROSTER(true),
        UNIT_WITHOUT_PEOPLE(true),
        UNIT_WITHOUT_HEAD(true),
        UNIT_WITHOUT_CLERK(true),
        /** In a supplementary campaign: the new decision leaves the items of everybody who signed as they are. */
        NOBODY_CONCERNED(true),
        /** In a supplementary campaign: another one of the same base is open, or was opened later. */
        SUPPLEMENT_OPEN(true),
        /** In a line's campaign: counted on another roster of the year already, so left out of this one. */
        PERSON_COUNTED_ELSEWHERE(false),
        DEADLINE_PASSED(false),
        PERSON_WITH_SECOND_POST(false),
        PERSON_WITHOUT_BIRTH_DATE(false);

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

        /** As it stands in addresses and message keys: {@code person-without-set}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * @param id the person's, the unit's, or the decision's
     * @param name what it is called
     * @param unitId the unit it belongs to, one of the viewer's
     * @param place the unit's name, or further words
     */
    public record Case(UUID id, String name, UUID unitId, String place) {}
}
