package vn.chuanmuc.submissions;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.submissions.ListChange.Field;
import vn.chuanmuc.submissions.ListChange.Kind;

/**
 * Which move a list may make (domain.md 4.6: completed, submitted, approved and accepted kept apart; accepting freezes; every
 * lock says which rule, since when and who may lift it), what its rows hash to, and how two versions differ.
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

    /**
     * SHA-256 over the rows of a version, independent of who reads it and in which order it is shown. The canonical text is
     * UTF-8, one line per person ending in {@code \n}, people in name order; fields are separated by a tab:
     *
     * <pre>
     * person id, rank, full name, birth date, post, unit, title of the set, audience, standing,
     * signed at, method, reason kind, reason, note, sample
     * </pre>
     *
     * Dates are {@code yyyy-MM-dd}, moments {@link Instant#toString}, booleans {@code 1} and {@code 0}; what is absent is empty;
     * within a field {@code \}, tab, line feed and carriage return are written {@code \\ \t \n \r}.
     */
    static byte[] contentHash(Collection<ListRow> rows) {
        var hash = new Sha256();
        rows.stream().sorted(ListOrder.NAME.comparator()).forEach(row -> hash.add(canonical(row)));
        return hash.digest();
    }

    static String canonical(ListRow row) {
        var line = new StringBuilder(200);
        field(line, row.personId()).append('\t');
        field(line, row.rankOrder()).append('\t');
        field(line, row.fullName()).append('\t');
        field(line, row.birthDate()).append('\t');
        field(line, row.positionName()).append('\t');
        field(line, row.unitName()).append('\t');
        field(line, row.setTitle()).append('\t');
        field(line, row.audience().name().toLowerCase(java.util.Locale.ROOT)).append('\t');
        field(line, row.standing().code()).append('\t');
        field(line, row.signedAt()).append('\t');
        field(line, row.method()).append('\t');
        field(line, row.reasonKind()).append('\t');
        field(line, row.reason()).append('\t');
        field(line, row.note()).append('\t');
        return line.append(row.sample() ? '1' : '0').append('\n').toString();
    }

    private static StringBuilder field(StringBuilder line, @Nullable Object value) {
        if (value == null) {
            return line;
        }
        String text = value.toString();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> line.append("\\\\");
                case '\t' -> line.append("\\t");
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                default -> line.append(c);
            }
        }
        return line;
    }

    /** Row by row, in the order of {@code after}, those removed at the end in the order of {@code before}. */
    static List<ListChange> changes(List<ListRow> before, List<ListRow> after) {
        Map<UUID, ListRow> earlier = HashMap.newHashMap(before.size());
        before.forEach(row -> earlier.put(row.personId(), row));
        var changes = new ArrayList<ListChange>();
        for (ListRow row : after) {
            ListRow old = earlier.remove(row.personId());
            if (old == null) {
                changes.add(new ListChange(Kind.ADDED, null, row, List.of()));
            } else {
                List<Field> fields = differing(old, row);
                if (!fields.isEmpty()) {
                    Kind kind = fields.contains(Field.STANDING) ? Kind.STANDING : Kind.WORDS;
                    changes.add(new ListChange(kind, old, row, fields));
                }
            }
        }
        for (ListRow row : before) {
            if (earlier.containsKey(row.personId())) {
                changes.add(new ListChange(Kind.REMOVED, row, null, List.of()));
            }
        }
        return changes;
    }

    private static List<Field> differing(ListRow one, ListRow other) {
        var fields = new ArrayList<Field>();
        add(fields, Field.NAME, one.fullName(), other.fullName());
        add(fields, Field.BIRTH, one.birthDate(), other.birthDate());
        add(fields, Field.POSITION, one.positionName(), other.positionName());
        add(fields, Field.UNIT, one.unitName(), other.unitName());
        add(fields, Field.SET, one.setTitle(), other.setTitle());
        add(fields, Field.STANDING, one.standing(), other.standing());
        add(fields, Field.SIGNED, one.signedAt(), other.signedAt());
        add(fields, Field.METHOD, one.method(), other.method());
        if (!Objects.equals(one.reasonKind(), other.reasonKind())
                || !one.reason().equals(other.reason())) {
            fields.add(Field.REASON);
        }
        add(fields, Field.NOTE, one.note(), other.note());
        return fields;
    }

    private static void add(List<Field> fields, Field field, @Nullable Object one, @Nullable Object other) {
        if (!Objects.equals(one, other)) {
            fields.add(field);
        }
    }
}
