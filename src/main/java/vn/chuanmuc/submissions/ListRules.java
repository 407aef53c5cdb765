package vn.chuanmuc.submissions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.submissions.ListChange.Field;

/**
 * Which move a list may make (domain.md 4.6: completed, submitted, approved and accepted kept apart; accepting freezes; every
 * lock says which rule, since when and who may lift it), and how two rows of one person differ.
 */
final class ListRules {
    static final int LONGEST_NOTE = 2_000;
    static final int LONGEST_REMARK = 1_000;

    private ListRules() {}

    /** What a rule says of a wish to move. */
    sealed interface Ruling {
        record Go() implements Ruling {}

        /** It is there already: the same wish was fulfilled a moment ago. */
        record Already() implements Ruling {}

        record Refused(Reason why) implements Ruling {}
    }

    /**
     * Compiling: not while a version is approved and not sent, with the board, or accepted.
     *
     * @param seen number of the version the clerk had before their eyes; 0 for none
     */
    static Ruling compile(@Nullable ListVersion current, int seen) {
        if (current == null) {
            return new Ruling.Go();
        }
        if (current.number() > seen && current.state() == ListState.COMPILED) {
            return new Ruling.Already();
        }
        return lock(current)
                .<Ruling>map(lock -> new Ruling.Refused(lock.rule()))
                .orElseGet(Ruling.Go::new);
    }

    static Optional<Lists.Lock> lock(@Nullable ListVersion current) {
        if (current == null) {
            return Optional.empty();
        }
        return switch (current.state()) {
            case APPROVED -> locked("approved", current, current.approved());
            case SUBMITTED -> locked("submitted", current, current.submitted());
            case ACCEPTED -> locked("accepted", current, current.decided());
            case COMPILED, SENT_BACK, REOPENED, DROPPED -> Optional.empty();
        };
    }

    private static Optional<Lists.Lock> locked(String why, ListVersion version, ListVersion.@Nullable Step since) {
        return Optional.of(new Lists.Lock(
                Reason.of("submissions.lock." + why, version.number()),
                Objects.requireNonNull(since).at(),
                Reason.of("submissions.lock." + why + ".lift")));
    }

    /** Approving: what is compiled, by somebody else than who compiled it (design.md: compiler ≠ approver). */
    static Ruling approve(ListVersion version, UUID actor) {
        return switch (version.state()) {
            case COMPILED -> version.compiled().by().equals(actor) ? refused("approve.own", version) : new Ruling.Go();
            case APPROVED -> new Ruling.Already();
            case SUBMITTED, SENT_BACK, ACCEPTED, REOPENED, DROPPED -> wrongState("approve", version);
        };
    }

    /** The head gives a list that is not sent yet back to the clerk; it says why. */
    static Ruling giveBack(ListVersion version, String note) {
        return switch (version.state()) {
            case COMPILED, APPROVED -> noteMissing(note).orElseGet(Ruling.Go::new);
            case DROPPED -> new Ruling.Already();
            case SUBMITTED, SENT_BACK, ACCEPTED, REOPENED -> wrongState("give-back", version);
        };
    }

    /** Sending up: what is approved. */
    static Ruling submit(ListVersion version) {
        return switch (version.state()) {
            case APPROVED -> new Ruling.Go();
            case SUBMITTED -> new Ruling.Already();
            case COMPILED -> refused("submit.not-approved", version);
            case SENT_BACK, ACCEPTED, REOPENED, DROPPED -> wrongState("submit", version);
        };
    }

    static Ruling accept(ListVersion version, String note) {
        return switch (version.state()) {
            case SUBMITTED -> tooLong(note).orElseGet(Ruling.Go::new);
            case ACCEPTED -> new Ruling.Already();
            case COMPILED, APPROVED, SENT_BACK, REOPENED, DROPPED -> wrongState("accept", version);
        };
    }

    /** Accepting: by neither who compiled it nor who approved it. */
    static Ruling acceptOthers(ListVersion version, UUID actor) {
        ListVersion.Step approved = version.approved();
        return version.compiled().by().equals(actor)
                        || approved != null && approved.by().equals(actor)
                ? refused("accept.own", version)
                : new Ruling.Go();
    }

    /**
     * Accepting counts again: what is accepted is how people stand at that moment.
     *
     * @param late how the rows have changed since the version was compiled
     */
    static Ruling acceptCounted(ListVersion version, ListChanges late) {
        return late.total() == 0
                ? new Ruling.Go()
                : new Ruling.Refused(
                        Reason.of("submissions.refused.accept.late", version.number(), late.total(), late.who()));
    }

    /**
     * Accepting a version as it stands although rows have changed: a decision of its own, with a reason, about exactly the
     * changes that were seen (domain.md 4.7: exceptions are commands with a reason and an authority).
     *
     * @param sameAsSeen whether people stand as they stood when the board was shown what changed
     */
    static Ruling acceptAsItStands(ListVersion version, ListChanges late, boolean sameAsSeen, String reason) {
        if (late.total() == 0) {
            return refused("accept.not-late", version);
        }
        if (!sameAsSeen) {
            return new Ruling.Refused(
                    Reason.of("submissions.refused.accept.later", version.number(), late.total(), late.who()));
        }
        return noteMissing(reason).orElseGet(Ruling.Go::new);
    }

    /** Sending back says why: of the whole, of rows, or both. */
    static Ruling sendBack(ListVersion version, String note, Map<UUID, String> remarks) {
        return switch (version.state()) {
            case SUBMITTED -> {
                if (remarks.values().stream().anyMatch(remark -> remark.length() > LONGEST_REMARK)) {
                    yield new Ruling.Refused(Reason.of("submissions.refused.remark-long", LONGEST_REMARK));
                }
                if (note.isEmpty() && remarks.isEmpty()) {
                    yield new Ruling.Refused(Reason.of("submissions.refused.send-back.no-remark"));
                }
                yield tooLong(note).orElseGet(Ruling.Go::new);
            }
            case SENT_BACK -> new Ruling.Already();
            case COMPILED, APPROVED, ACCEPTED, REOPENED, DROPPED -> wrongState("send-back", version);
        };
    }

    /** Opening an accepted list again, with a reason (domain.md 4.7). */
    static Ruling reopen(ListVersion version, String reason) {
        return switch (version.state()) {
            case ACCEPTED -> noteMissing(reason).orElseGet(Ruling.Go::new);
            case REOPENED -> new Ruling.Already();
            case COMPILED, APPROVED, SUBMITTED, SENT_BACK, DROPPED -> wrongState("reopen", version);
        };
    }

    static Optional<Ruling> tooLong(String note) {
        return note.length() > LONGEST_NOTE
                ? Optional.of(new Ruling.Refused(Reason.of("submissions.refused.note-long", LONGEST_NOTE)))
                : Optional.empty();
    }

    private static Optional<Ruling> noteMissing(String note) {
        return note.isEmpty()
                ? Optional.of(new Ruling.Refused(Reason.of("submissions.refused.reason-missing")))
                : tooLong(note);
    }

    private static Ruling refused(String why, ListVersion version) {
        return new Ruling.Refused(Reason.of("submissions.refused." + why, version.number()));
    }

    private static Ruling wrongState(String move, ListVersion version) {
        return new Ruling.Refused(Reason.of(
                "submissions.refused.state",
                Reason.of("submissions.move." + move),
                version.number(),
                Reason.of(version.state().key())));
    }

    /** What differs between two rows of one person. */
    static List<Field> differing(ListRow one, ListRow other) {
        var fields = new ArrayList<Field>();
        add(fields, Field.RANK, one.rankOrder(), other.rankOrder());
        add(fields, Field.NAME, one.fullName(), other.fullName());
        add(fields, Field.BIRTH, one.birthDate(), other.birthDate());
        add(fields, Field.POSITION, one.positionName(), other.positionName());
        add(fields, Field.UNIT, one.unitName(), other.unitName());
        add(fields, Field.SET, one.setTitle(), other.setTitle());
        add(fields, Field.STANDING, one.standing(), other.standing());
        add(fields, Field.SIGNED, one.signedAt(), other.signedAt());
        add(fields, Field.METHOD, one.method(), other.method());
        if (otherDocument(one, other)) {
            fields.add(Field.DOCUMENT);
        }
        if (!Objects.equals(one.reasonKind(), other.reasonKind())
                || !one.reason().equals(other.reason())) {
            fields.add(Field.REASON);
        }
        add(fields, Field.NOTE, one.note(), other.note());
        return fields;
    }

    private static boolean otherDocument(ListRow one, ListRow other) {
        UUID before = one.commitmentId();
        UUID after = other.commitmentId();
        return before != null
                && after != null
                && !(before.equals(after) && Arrays.equals(one.documentHash(), other.documentHash()));
    }

    private static void add(List<Field> fields, Field field, @Nullable Object one, @Nullable Object other) {
        if (!Objects.equals(one, other)) {
            fields.add(field);
        }
    }
}
