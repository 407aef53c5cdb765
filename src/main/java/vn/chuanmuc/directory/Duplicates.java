package vn.chuanmuc.directory;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.directory.AssignmentRules.Fate;
import vn.chuanmuc.directory.AssignmentRules.Line;
import vn.chuanmuc.directory.AssignmentRules.Piece;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;

/**
 * Records that may be of one person, and how two become one: one person proposes, another one who sees both decides. The record
 * that is given up stays as a signpost; what old rosters and commitments say of it is not touched.
 */
@Component
public class Duplicates {
    /** Up to so many people are looked up one by one. */
    private static final int FEW = 1000;

    private final DuplicateStore store;
    private final Headcounts headcounts;
    private final AssignmentStore people;
    private final TransferStore transfers;
    private final Leaves leaves;
    private final Vocabulary vocabulary;
    private final ObjectProvider<PersonRecords> records;
    private final LineCounts lineCounts;
    private final Ledger ledger;
    private final Clock clock;

    Duplicates(
            DuplicateStore store,
            Headcounts headcounts,
            AssignmentStore people,
            TransferStore transfers,
            Leaves leaves,
            Vocabulary vocabulary,
            ObjectProvider<PersonRecords> records,
            LineCounts lineCounts,
            Ledger ledger,
            Clock clock) {
        this.store = store;
        this.headcounts = headcounts;
        this.people = people;
        this.transfers = transfers;
        this.leaves = leaves;
        this.vocabulary = vocabulary;
        this.records = records;
        this.lineCounts = lineCounts;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** In what way two records look alike. */
    public enum Likeness {
        /** One name (whatever the tone placement) and one birth date. */
        SAME("trung-ngay-sinh"),
        /** One name, and at least one without a birth date. */
        UNDATED("thieu-ngay-sinh"),
        /** One name, day and month the other way round. */
        REVERSED("dao-ngay-thang"),
        /** One staff code but for capitals. */
        CODE("trung-so-hieu");

        private final String code;

        Likeness(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }

        public String key() {
            return "directory.duplicates." + code;
        }
    }

    /** So many records at most are held against one at a time; when some are told apart, others of the name follow. */
    public static final int MOST_AGAINST_ONE = LookAlikes.MOST;

    /** Two ids. */
    public record Pair(UUID one, UUID other) {}

    /**
     * A record as somebody compares it.
     *
     * @param unitName where they work, or worked last; empty when nowhere ever
     * @param to the day they left; null for those who work
     */
    public record Record(
            UUID id,
            String fullName,
            @Nullable LocalDate birthDate,
            @Nullable String staffCode,
            boolean sample,
            @Nullable UUID mergedInto,
            String unitName,
            String positionName,
            @Nullable LocalDate from,
            @Nullable LocalDate to) {}

    /** Two records that look alike. */
    public record Candidate(Record one, Record other) {}

    /** A proposal to make two records one. */
    public record Merge(
            UUID id,
            UUID kept,
            UUID givenUp,
            State state,
            String reason,
            UUID proposedBy,
            Instant proposedAt,
            @Nullable UUID decidedBy,
            @Nullable Instant decidedAt,
            String decision) {
        public enum State {
            PROPOSED,
            DONE,
            DECLINED,
            WITHDRAWN;

            public String code() {
                return name().toLowerCase(java.util.Locale.ROOT);
            }

            public String key() {
                return "directory.merge.state." + code();
            }

            static State of(String code) {
                return valueOf(code.toUpperCase(java.util.Locale.ROOT));
            }
        }
    }

    /** A proposal with its two records; {@code mine} when the asker proposed it. */
    public record Waiting(Merge merge, Candidate records, boolean mine) {}

    /** What becomes of one assignment, or part of one, of the record that is given up: {@code MOVED}, {@code SECOND}, {@code SAID}. */
    public record Part(
            String unitName,
            String positionName,
            LocalDate from,
            @Nullable LocalDate to,
            boolean main,
            String fate) {
        public String key() {
            return "directory.merge.fate." + fate.toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * What making the two one would do, to be shown before.
     *
     * @param fingerprint of all this: the decision is about what was seen
     * @param objection why it may not be now, or null
     */
    public record Preview(
            Record kept,
            Record givenUp,
            List<Part> parts,
            List<Leaves.Leave> leavesMoved,
            List<Leaves.Leave> leavesSaid,
            String fingerprint,
            @Nullable Reason objection) {}

    /** What came of a command. */
    public sealed interface Outcome {
        record Done(UUID mergeId) implements Outcome {}

        record Refused(String field, Reason why) implements Outcome {}
    }

    /** Part of the pairs that look alike in one way, by name; {@code more} when there are others behind. */
    public record Page(List<Candidate> candidates, boolean more) {}

    public Page candidates(Scope scope, Likeness likeness, int offset, int limit) {
        return candidates(scope, likeness, null, offset, limit);
    }

    /** @param end as the pairs stood before that moment, by the names and dates of today; null for now */
    public Page candidates(Scope scope, Likeness likeness, @Nullable Instant end, int offset, int limit) {
        List<Pair> pairs = store.pairs(scope, reach(scope), likeness, end, offset, limit + 1);
        List<Pair> shown = pairs.subList(0, Math.min(limit, pairs.size()));
        Map<UUID, Record> known = byId(
                scope.tenantId(),
                shown.stream()
                        .flatMap(pair -> Stream.of(pair.one(), pair.other()))
                        .distinct()
                        .toList());
        return new Page(
                shown.stream()
                        .map(pair -> new Candidate(get(known, pair.one()), get(known, pair.other())))
                        .toList(),
                pairs.size() > limit);
    }

    private DuplicateStore.Reach reach(Scope scope) {
        if (scope.units().contains(store.root(scope.tenantId()))) {
            return DuplicateStore.Reach.WHOLE;
        }
        int people = headcounts.on(scope.tenantId(), scope.units(), LocalDate.now(clock)).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        return people > FEW ? DuplicateStore.Reach.PART : DuplicateStore.Reach.FEW;
    }

    private Map<UUID, Record> byId(UUID tenantId, Collection<UUID> ids) {
        Map<UUID, Record> known = new HashMap<>();
        store.records(tenantId, ids).forEach(record -> known.put(record.id(), record));
        return known;
    }

    private static Record get(Map<UUID, Record> known, UUID id) {
        Record record = known.get(id);
        if (record == null) {
            throw new NotFound("person");
        }
        return record;
    }

    /** The proposals that wait within the scope, oldest first; at most 100. */
    public List<Waiting> waiting(Scope scope) {
        return waiting(scope, null);
    }

    /** @param end those that waited before that moment; null for now */
    public List<Waiting> waiting(Scope scope, @Nullable Instant end) {
        return withRecords(scope, store.waiting(scope, end, 100));
    }

    /** Records that were two before a moment and are one now, the newest first; at most 100. */
    public List<Waiting> mergedSince(Scope scope, Instant end) {
        return withRecords(scope, store.mergedSince(scope, end, 100));
    }

    private List<Waiting> withRecords(Scope scope, List<Merge> merges) {
        Map<UUID, Record> known = byId(
                scope.tenantId(),
                merges.stream()
                        .flatMap(merge -> Stream.of(merge.kept(), merge.givenUp()))
                        .distinct()
                        .toList());
        return merges.stream()
                .map(merge -> new Waiting(
                        merge,
                        new Candidate(get(known, merge.kept()), get(known, merge.givenUp())),
                        merge.proposedBy().equals(scope.actor())))
                .toList();
    }

    /** The proposal, for somebody who looks after one of the two. */
    public Optional<Merge> find(Scope scope, UUID mergeId) {
        return store.find(scope.tenantId(), mergeId).filter(merge -> sees(scope, merge.kept(), merge.givenUp()));
    }

    /** The proposal about these two that waits, if there is one. */
    public Optional<Merge> proposed(UUID tenantId, UUID one, UUID other) {
        return store.proposed(tenantId, one, other);
    }

    private boolean sees(Scope scope, UUID one, UUID other) {
        UUID oneNow = store.present(scope.tenantId(), one);
        UUID otherNow = store.present(scope.tenantId(), other);
        return people.managed(scope, oneNow) || people.managed(scope, otherNow);
    }

    /** Whether whoever asks looks after both records, and so may decide what another proposed. */
    public boolean looksAfterBoth(Scope scope, UUID one, UUID other) {
        return people.managed(scope, one) && people.managed(scope, other);
    }

    /** The record an id leads to now: itself, or the one that took it over. */
    public UUID present(UUID tenantId, UUID personId) {
        return store.present(tenantId, personId);
    }

    /** What other modules hold about the person, under all the ids they ever had. */
    public List<PersonRecords.Held> held(UUID tenantId, UUID personId) {
        var ids = new java.util.ArrayList<>(store.givenUpFor(tenantId, personId));
        ids.add(personId);
        return records.stream()
                .flatMap(module -> module.of(tenantId, ids).stream())
                .toList();
    }

    /** What making the two one would do. */
    @Transactional(readOnly = true)
    public Preview preview(Scope scope, UUID kept, UUID givenUp) {
        if (kept.equals(givenUp) || !sees(scope, kept, givenUp)) {
            throw new NotFound("person");
        }
        return preview(scope.tenantId(), kept, givenUp, read(scope.tenantId(), kept, givenUp));
    }

    /** Both records' lines and what becomes of them. */
    private record Plan(List<Line> kept, List<Line> givenUp, List<Piece> pieces, Leaves.Merged leaves) {}

    private Plan read(UUID tenantId, UUID kept, UUID givenUp) {
        List<Line> keptLines = people.read(tenantId, kept);
        List<Line> givenUpLines = people.read(tenantId, givenUp);
        return new Plan(
                keptLines,
                givenUpLines,
                AssignmentRules.merge(keptLines, givenUpLines, Ids::next),
                leaves.plan(tenantId, kept, givenUp));
    }

    private Preview preview(UUID tenantId, UUID kept, UUID givenUp, Plan plan) {
        Map<UUID, Record> known = byId(tenantId, List.of(kept, givenUp));
        Map<UUID, String> unitNames = store.unitNames(
                tenantId, plan.givenUp().stream().map(Line::unitId).distinct().toList());
        Map<UUID, String> positions = new HashMap<>();
        vocabulary.positions(tenantId).forEach(position -> positions.put(position.id(), position.name()));
        List<Part> parts = plan.pieces().stream()
                .map(piece -> new Part(
                        unitNames.getOrDefault(piece.line().unitId(), ""),
                        positions.getOrDefault(piece.line().positionId(), ""),
                        piece.line().from(),
                        piece.line().to(),
                        piece.line().main(),
                        piece.fate().name()))
                .toList();
        return new Preview(
                get(known, kept),
                get(known, givenUp),
                parts,
                plan.leaves().moved(),
                plan.leaves().said(),
                fingerprint(kept, givenUp, plan),
                objection(tenantId, get(known, kept), get(known, givenUp)));
    }

    private static String fingerprint(UUID kept, UUID givenUp, Plan plan) {
        var seen = new StringBuilder().append(kept).append(givenUp);
        Stream.concat(plan.kept().stream(), plan.givenUp().stream())
                .forEach(line -> seen.append(line.id()).append(line.version()));
        Stream.concat(plan.leaves().moved().stream(), plan.leaves().said().stream())
                .forEach(leave -> seen.append(leave.id()).append(leave.version()));
        return HexFormat.of().formatHex(Sha256.of(seen.toString()), 0, 8);
    }

    private @Nullable Reason objection(UUID tenantId, Record kept, Record givenUp) {
        if (kept.mergedInto() != null || givenUp.mergedInto() != null) {
            return Reason.of("directory.merge.refused.gone");
        }
        if (transfers.live(tenantId, kept.id(), givenUp.id())) {
            return Reason.of("directory.merge.refused.transfer");
        }
        return records.stream()
                .flatMap(module -> module.objection(tenantId, kept.id(), givenUp.id()).stream())
                .findFirst()
                .orElse(null);
    }

    /** Proposes to keep the one record and give up the other; somebody else decides. */
    @Transactional
    public Outcome propose(Scope scope, UUID kept, UUID givenUp, String reason) {
        Preview preview = preview(scope, kept, givenUp);
        if (preview.objection() != null) {
            return new Outcome.Refused("", preview.objection());
        }
        if (!People.told(reason)) {
            return new Outcome.Refused("ly-do", Reason.of("directory.person.refused.reason"));
        }
        UUID id = Ids.next();
        if (!store.propose(scope.tenantId(), id, kept, givenUp, Texts.oneLine(reason), scope.actor(), now())) {
            Optional<Merge> before = store.proposed(scope.tenantId(), kept, givenUp);
            return before.filter(merge -> merge.proposedBy().equals(scope.actor())
                            && merge.kept().equals(kept))
                    .<Outcome>map(merge -> new Outcome.Done(merge.id()))
                    .orElseGet(() -> new Outcome.Refused("", Reason.of("directory.merge.refused.proposed")));
        }
        record(
                scope,
                "directory.merge-proposed",
                kept,
                Map.of("givenUp", givenUp.toString(), "reason", reason.strip()));
        return new Outcome.Done(id);
    }

    /** Makes the two one, as it was shown. */
    @Transactional
    public Outcome accept(Scope scope, UUID mergeId, String fingerprint, String words) {
        Merge merge = locked(scope, mergeId);
        if (merge.state() != Merge.State.PROPOSED) {
            return decided(scope, merge, Merge.State.DONE);
        }
        if (merge.proposedBy().equals(scope.actor())) {
            return new Outcome.Refused("", Reason.of("directory.merge.refused.own"));
        }
        if (words.length() > 500) {
            return new Outcome.Refused("loi", Reason.of("directory.transfer.refused.words"));
        }
        lineCounts.lock(scope.tenantId()); // before the people, as whoever writes memberships does
        if (!lockBoth(scope.tenantId(), merge)) {
            return new Outcome.Refused("", Reason.of("directory.merge.refused.gone"));
        }
        if (!looksAfterBoth(scope, merge.kept(), merge.givenUp())) {
            return new Outcome.Refused("", Reason.of("directory.merge.refused.both"));
        }
        UUID tenant = scope.tenantId();
        people.lines(tenant, merge.kept());
        people.lines(tenant, merge.givenUp());
        Plan plan = read(tenant, merge.kept(), merge.givenUp());
        Preview preview = preview(tenant, merge.kept(), merge.givenUp(), plan);
        if (preview.objection() != null) {
            return new Outcome.Refused("", preview.objection());
        }
        if (!preview.fingerprint().equals(fingerprint)) {
            return new Outcome.Refused("", Reason.of("directory.merge.refused.changed"));
        }
        List<Line> moved = plan.pieces().stream()
                .filter(piece -> piece.fate() != Fate.SAID)
                .map(Piece::line)
                .toList();
        people.take(tenant, merge.kept(), plan.givenUp(), moved);
        leaves.merge(tenant, scope.actor(), merge.kept(), plan.leaves(), merge.reason());
        store.giveUp(
                tenant,
                merge.kept(),
                merge.givenUp(),
                preview.givenUp().birthDate(),
                preview.givenUp().staffCode());
        store.decide(tenant, mergeId, Merge.State.DONE, scope.actor(), Texts.oneLine(words), now());
        store.dropOthers(tenant, merge.givenUp(), scope.actor(), Texts.oneLine(merge.reason()), now());
        records.stream().forEach(module -> module.merged(tenant, scope.actor(), merge.kept(), merge.givenUp()));
        record(
                scope,
                "directory.merged",
                merge.kept(),
                Map.of(
                        "givenUp",
                        merge.givenUp().toString(),
                        "name",
                        preview.givenUp().fullName(),
                        "birth",
                        String.valueOf(preview.givenUp().birthDate()),
                        "code",
                        String.valueOf(preview.givenUp().staffCode()),
                        "proposedBy",
                        merge.proposedBy().toString(),
                        "reason",
                        merge.reason(),
                        "lines",
                        plan.givenUp().stream().map(Assignments::told).toList(),
                        "fates",
                        plan.pieces().stream()
                                .map(piece ->
                                        piece.fate().name() + " " + piece.line().from() + " "
                                                + piece.line().to())
                                .toList()));
        return new Outcome.Done(mergeId);
    }

    /** In one order, so that two who decide about the same two never wait for each other. */
    private boolean lockBoth(UUID tenantId, Merge merge) {
        boolean keptFirst = merge.kept().toString().compareTo(merge.givenUp().toString()) < 0;
        boolean one = people.lock(tenantId, keptFirst ? merge.kept() : merge.givenUp());
        boolean other = people.lock(tenantId, keptFirst ? merge.givenUp() : merge.kept());
        return one && other;
    }

    /** They are two people, or it is not to be: the proposal is declined. */
    @Transactional
    public Outcome decline(Scope scope, UUID mergeId, String reason) {
        Merge merge = locked(scope, mergeId);
        if (merge.state() != Merge.State.PROPOSED) {
            return decided(scope, merge, Merge.State.DECLINED);
        }
        if (merge.proposedBy().equals(scope.actor())) {
            return new Outcome.Refused("", Reason.of("directory.merge.refused.own"));
        }
        return end(scope, merge, Merge.State.DECLINED, "directory.merge-declined", reason);
    }

    /** Whoever proposed it takes it back. */
    @Transactional
    public Outcome withdraw(Scope scope, UUID mergeId, String reason) {
        Merge merge = locked(scope, mergeId);
        if (merge.state() != Merge.State.PROPOSED) {
            return decided(scope, merge, Merge.State.WITHDRAWN);
        }
        if (!merge.proposedBy().equals(scope.actor())) {
            throw new NotFound("merge");
        }
        return end(scope, merge, Merge.State.WITHDRAWN, "directory.merge-withdrawn", reason);
    }

    private Outcome end(Scope scope, Merge merge, Merge.State state, String act, String reason) {
        if (!People.told(reason)) {
            return new Outcome.Refused("ly-do", Reason.of("directory.person.refused.reason"));
        }
        store.decide(scope.tenantId(), merge.id(), state, scope.actor(), Texts.oneLine(reason), now());
        record(scope, act, merge.kept(), Map.of("givenUp", merge.givenUp().toString(), "reason", reason.strip()));
        return new Outcome.Done(merge.id());
    }

    /** Records that the two are different people, so that they are not shown again. */
    @Transactional
    public Outcome notSame(Scope scope, UUID one, UUID other, String reason) {
        if (one.equals(other) || !sees(scope, one, other)) {
            throw new NotFound("person");
        }
        if (!People.told(reason)) {
            return new Outcome.Refused("ly-do-khac", Reason.of("directory.person.refused.reason"));
        }
        if (store.proposed(scope.tenantId(), one, other).isPresent()) {
            return new Outcome.Refused("", Reason.of("directory.merge.refused.proposed"));
        }
        if (store.notSame(scope.tenantId(), one, other, Texts.oneLine(reason), scope.actor(), now())) {
            boolean inOrder = one.toString().compareTo(other.toString()) < 0; // as PostgreSQL orders ids
            ledger.append(new Act(
                            scope.tenantId(),
                            "directory.not-same",
                            one,
                            scope.actor(),
                            Map.of("other", other.toString(), "reason", reason.strip()))
                    .with(vn.chuanmuc.ledger.Piece.of(
                            DirectoryEvidence.NOT_SAME, inOrder ? one : other, inOrder ? other : one)));
        }
        return new Outcome.Done(one);
    }

    private Merge locked(Scope scope, UUID mergeId) {
        return store.lock(scope.tenantId(), mergeId)
                .filter(merge -> sees(scope, merge.kept(), merge.givenUp()))
                .orElseThrow(() -> new NotFound("merge"));
    }

    /** Of a proposal that is decided already: the same again from the same hand is done, anything else came too late. */
    private static Outcome decided(Scope scope, Merge merge, Merge.State same) {
        return merge.state() == same && scope.actor().equals(merge.decidedBy())
                ? new Outcome.Done(merge.id())
                : new Outcome.Refused("", Reason.of("directory.transfer.refused.decided"));
    }

    private void record(Scope scope, String act, UUID subject, Map<String, ?> facts) {
        ledger.append(new Act(scope.tenantId(), act, subject, scope.actor(), facts));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
