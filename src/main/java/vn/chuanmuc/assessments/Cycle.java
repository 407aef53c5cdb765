package vn.chuanmuc.assessments;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.rules.RuleBook.Actor;

/**
 * A quarter's assessment of a campaign's roster.
 *
 * @param unitId whose board runs it
 * @param ruleVersion the one version of a rule book that it goes by for ever
 * @param opensOn the first day on which forms are filled in
 * @param forms how many were made, {@code notAssessed} of them of people who are not assessed; null before the opening
 */
public record Cycle(
        UUID id,
        Period period,
        UUID campaignId,
        UUID unitId,
        UUID ruleVersion,
        String title,
        LocalDate opensOn,
        State state,
        int version,
        @Nullable Integer forms,
        @Nullable Integer notAssessed,
        UUID createdBy,
        @Nullable UUID openedBy,
        @Nullable Instant openedAt) {
    public enum State {
        DRAFT,
        /** Its forms are being made; nobody sees them yet. */
        CREATING,
        OPEN,
        CLOSED,
        CANCELLED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    /** Whether there are forms to be seen. */
    public boolean opened() {
        return state == State.OPEN || state == State.CLOSED || (state == State.CANCELLED && openedAt != null);
    }

    /**
     * A stage as it was frozen at the opening.
     *
     * @param due its last day; a later one is late, and not refused
     */
    public record Stage(
            String code, String name, Actor actor, RuleBook.Whose whose, int order, boolean blind, LocalDate due) {
        /** Whether one person fills in a form; a meeting or an approval does its part elsewhere. */
        public boolean rates() {
            return rates(actor);
        }

        static boolean rates(Actor actor) {
            return switch (actor) {
                case SELF, HEAD, SUPERIOR -> true;
                case COLLEAGUES, PANEL, APPROVAL -> false;
            };
        }
    }

    static String code(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
