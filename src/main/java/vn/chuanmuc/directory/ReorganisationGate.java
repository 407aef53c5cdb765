package vn.chuanmuc.directory;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Reason;

/**
 * Something that stands in the way of a re-organisation, or that should be known before it is approved.
 *
 * @param count how many cases there are
 * @param cases who or what; never empty, the first 500
 */
public record ReorganisationGate(Kind kind, int count, List<Case> cases) {
    public ReorganisationGate {
        cases = List.copyOf(cases);
        Check.that(!cases.isEmpty(), "a gate names at least one case");
        Check.that(count >= cases.size(), "a gate counts what it names");
    }

    public enum Weight {
        /** Must be mended. */
        BLOCKING,
        /** The approver must have taken notice of it, with a reason. */
        TO_ACKNOWLEDGE,
        /** Told. */
        WARNING
    }

    public enum Kind {
        NOTHING_CHANGES(Weight.BLOCKING),
        PERSON_WITHOUT_DESTINATION(Weight.BLOCKING),
        PERSON_WITH_TWO_DESTINATIONS(Weight.BLOCKING),
        UNIT_WITHOUT_CUSTODIAN(Weight.BLOCKING),
        CUSTODIAN_NOT_ALIVE(Weight.BLOCKING),
        DESTINATION_NOT_ALIVE(Weight.BLOCKING),
        PARENT_NOT_ALIVE(Weight.BLOCKING),
        CYCLE(Weight.BLOCKING),
        CODE_TAKEN(Weight.BLOCKING),
        NAME_TAKEN(Weight.BLOCKING),
        TOP_UNIT_ENDS(Weight.BLOCKING),
        UNIT_NOT_THERE(Weight.BLOCKING),
        UNIT_BEGINS_TOO_LATE(Weight.BLOCKING),
        ASSIGNMENT_BEGINS_TOO_LATE(Weight.BLOCKING),
        IMPORT_WAITING(Weight.BLOCKING),
        TRANSFER_WAITING(Weight.BLOCKING),
        OBJECTION(Weight.TO_ACKNOWLEDGE),
        LINE_MEMBERS_LEAVE(Weight.TO_ACKNOWLEDGE),
        NO_BASIS(Weight.WARNING),
        TWO_POSTS_BECOME_ONE(Weight.WARNING),
        NEW_UNIT_EMPTY(Weight.WARNING),
        NEW_UNIT_WITHOUT_ROLES(Weight.WARNING),
        FROM_OUTSIDE(Weight.WARNING),
        LINE_CHANGES(Weight.WARNING),
        ROLE_ENDS(Weight.WARNING);

        private final Weight weight;

        Kind(Weight weight) {
            this.weight = weight;
        }

        public Weight weight() {
            return weight;
        }

        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** What a case is about, so that a page can lead to it. */
    public enum Subject {
        DRAFT,
        LINE,
        NEW_UNIT,
        PERSON,
        IMPORT,
        ELSEWHERE
    }

    /**
     * @param id of the unit whose line it is, the new unit, the person or the import
     * @param name what it is called
     * @param more further words, or null
     * @param href where it is mended, of a case elsewhere; otherwise empty
     * @param key of an objection, by which taking notice of it is recorded; otherwise empty
     */
    public record Case(
            Subject subject, UUID id, String name, @Nullable Reason more, String href, String key) {
        static Case of(Subject subject, UUID id, String name) {
            return new Case(subject, id, name, null, "", "");
        }

        static Case of(Subject subject, UUID id, String name, @Nullable Reason more) {
            return new Case(subject, id, name, more, "", "");
        }
    }
}
