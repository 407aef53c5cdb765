package vn.chuanmuc.directory;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A re-organisation as it is written down: what it is ordered by, which units begin, and what becomes of those there are.
 *
 * @param newUnits in the order in which they were written
 * @param lines what becomes of units there are; a unit below one that ends ends with it unless it has a line of its own
 * @param outside what comes from outside the body
 */
public record ReorganisationDraft(Facts facts, List<NewUnit> newUnits, List<Line> lines, List<Outside> outside) {
    public ReorganisationDraft {
        newUnits = List.copyOf(newUnits);
        lines = List.copyOf(lines);
        outside = List.copyOf(outside);
    }

    public enum State {
        DRAFT,
        SUBMITTED,
        APPROVED,
        DONE,
        WITHDRAWN;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * The document that orders it.
     *
     * @param known false: said to be without a basis so far (“chưa có căn cứ”), then the rest is empty
     * @param number as printed
     */
    public record Basis(
            boolean known, String number, @Nullable LocalDate date, String issuer, String title) {
        public static final Basis NONE = new Basis(false, "", null, "", "");
    }

    /** @param effective the first day on which the new order holds */
    public record Head(String title, LocalDate effective, Basis basis) {}

    /**
     * What the record says of itself.
     *
     * @param version of the content: it grows with every change
     * @param hands everybody who wrote in it, the preparer first
     * @param acknowledged keys of the objections the approver took notice of
     * @param endReason why it was sent back or withdrawn last
     * @param triedAt when it was due and did not hold any more
     * @param people how many people got another unit, once it is done
     */
    public record Facts(
            UUID id,
            Head head,
            State state,
            int version,
            List<UUID> hands,
            Instant preparedAt,
            @Nullable UUID submittedBy,
            @Nullable Instant submittedAt,
            @Nullable UUID approvedBy,
            @Nullable Instant approvedAt,
            List<String> acknowledged,
            String acknowledgement,
            @Nullable UUID endedBy,
            @Nullable Instant endedAt,
            String endReason,
            @Nullable Instant triedAt,
            @Nullable Instant doneAt,
            @Nullable Integer people) {
        public UUID preparedBy() {
            return hands.getFirst();
        }

        /**
         * As it stood at the end of a day that is past; empty when nobody had begun it. One that was sent back keeps only its last
         * submission and approval.
         */
        public Optional<Facts> on(Instant end) {
            if (!preparedAt.isBefore(end)) {
                return Optional.empty();
            }
            boolean submitted = submittedAt != null && submittedAt.isBefore(end);
            boolean approved = approvedAt != null && approvedAt.isBefore(end);
            boolean done = doneAt != null && doneAt.isBefore(end);
            boolean ended = endedAt != null && endedAt.isBefore(end);
            State then = done
                    ? State.DONE
                    : state == State.WITHDRAWN && ended
                            ? State.WITHDRAWN
                            : approved ? State.APPROVED : submitted ? State.SUBMITTED : State.DRAFT;
            return Optional.of(new Facts(
                    id,
                    head,
                    then,
                    version,
                    hands,
                    preparedAt,
                    submitted ? submittedBy : null,
                    submitted ? submittedAt : null,
                    approved ? approvedBy : null,
                    approved ? approvedAt : null,
                    approved ? acknowledged : List.of(),
                    approved ? acknowledgement : "",
                    ended ? endedBy : null,
                    ended ? endedAt : null,
                    ended ? endReason : "",
                    triedAt != null && triedAt.isBefore(end) ? triedAt : null,
                    done ? doneAt : null,
                    done ? people : null));
        }

        /** Whether they prepared or submitted it, and so may not approve it. */
        public boolean hadHandIn(UUID account) {
            return hands.contains(account) || account.equals(submittedBy);
        }
    }

    /** A unit that begins. {@code id} is the unit's own later. */
    public record NewUnit(UUID id, String code, String name, Units.Kind kind, UUID parentId) {}

    public enum Action {
        END,
        CHANGE;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What becomes of one unit.
     *
     * @param destination where everybody goes whom no part names
     * @param custodian who keeps the records of a unit that ends
     * @param changed of a unit that goes on: what it is from then on
     * @param parts of a unit that ends; a named person goes before every other part
     */
    public record Line(
            UUID unitId,
            Action action,
            @Nullable UUID destination,
            @Nullable UUID custodian,
            @Nullable Changed changed,
            List<Part> parts) {
        public Line {
            parts = List.copyOf(parts);
        }

        public boolean ends() {
            return action == Action.END;
        }
    }

    /** @param parentId null for the top unit only */
    public record Changed(
            String code,
            String name,
            Units.Kind kind,
            @Nullable UUID parentId) {}

    /** By what people of a unit that is split are told apart. */
    public enum Rule {
        PERSON,
        UNIT,
        POSITION,
        BLOC;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Rule of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    /** @param subject the person, the unit below, the position or the bloc */
    public record Part(Rule rule, UUID subject, UUID destination) {}

    /** A piece of another body that joins a unit: its people are added afterwards. */
    public record Outside(UUID id, String name, UUID destination, String note) {}

    public UUID id() {
        return facts.id();
    }

    public State state() {
        return facts.state();
    }

    public LocalDate effective() {
        return facts.head().effective();
    }

    public Optional<Line> line(UUID unitId) {
        return lines.stream().filter(line -> line.unitId().equals(unitId)).findFirst();
    }

    public Optional<NewUnit> newUnit(UUID id) {
        return newUnits.stream().filter(unit -> unit.id().equals(id)).findFirst();
    }
}
