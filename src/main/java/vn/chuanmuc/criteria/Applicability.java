package vn.chuanmuc.criteria;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.criteria.Criteria.CriteriaSet;
import vn.chuanmuc.directory.People;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.jobs.Jobs;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.platform.Recent;

/** Which set a person takes under a decision: proposed from the position, decided by an office with a reason. */
@Component
public class Applicability {
    private static final Locale VIETNAMESE = Locale.forLanguageTag("vi");
    private static final int LONGEST_REASON = 500;
    /** People named in one ledger entry, whose size is bounded. */
    private static final int PEOPLE_IN_AN_ACT = 1_000;
    /** More are decided for by a job. */
    private static final int PEOPLE_NOW = 2_000;
    /** People decided for by one statement: each passes through the whole body once. */
    private static final int PEOPLE_AT_ONCE = 20_000;

    private final ApplicabilityStore store;
    private final Criteria criteria;
    private final People people;
    private final Units units;
    private final Access access;
    private final Ledger ledger;
    private final Jobs jobs;
    private final MessageSource messages;
    private final Clock clock;
    private final Recent<Asked, Counts> recent = new Recent<>(Duration.ofSeconds(5));

    private record Asked(UUID tenantId, UUID decisionId, List<UUID> scope) {}

    Applicability(
            ApplicabilityStore store,
            Criteria criteria,
            People people,
            Units units,
            Access access,
            Ledger ledger,
            @Lazy Jobs jobs, // which knows the works, one of which is ours
            MessageSource messages,
            Clock clock) {
        this.store = store;
        this.criteria = criteria;
        this.people = people;
        this.units = units;
        this.access = access;
        this.ledger = ledger;
        this.jobs = jobs;
        this.messages = messages;
        this.clock = clock;
    }

    /** What was decided for a person. {@code asProposed}: whether it was what the position proposed at that time. */
    public record Decided(UUID setId, boolean asProposed, String reason) {}

    /**
     * A person with what is proposed and decided.
     *
     * @param positionName of the main post where it is in scope, else of another, as is {@code unitName}
     * @param proposed null if not exactly one set fits the position
     * @param decided null while nothing is decided
     */
    public record Candidate(
            UUID personId,
            String fullName,
            @Nullable LocalDate birthDate,
            String positionName,
            String unitName,
            @Nullable UUID proposed,
            @Nullable Decided decided) {
        Candidate in(String unit) {
            return new Candidate(personId, fullName, birthDate, positionName, unit, proposed, decided);
        }

        /** Whether another set was decided than the position proposes now. */
        public boolean differs() {
            return decided != null && !decided.setId().equals(proposed);
        }
    }

    /** Whom to show. */
    public enum Filter {
        ALL(""),
        UNDECIDED("chua"),
        DIFFERING("khac");

        private final String code;

        Filter(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }

        public static Filter of(String code) {
            return Arrays.stream(values())
                    .filter(filter -> filter.code.equals(code))
                    .findFirst()
                    .orElse(ALL);
        }
    }

    /** How many people there are, and of them: undecided, decided otherwise than proposed, undecided with a proposal. */
    public record Counts(long people, long undecided, long differing, long acceptable) {}

    /**
     * Whom to look at.
     *
     * @param unitId the unit and everything below it; null for all units of the viewer
     * @param words part of the name, with or without marks; blank for all
     */
    public record Query(UUID decisionId, @Nullable UUID unitId, Filter filter, String words) {}

    /** What came of a decision about people. */
    public sealed interface Outcome {
        /** @param people how many were decided now; those decided before are left as they are */
        record Done(int people) implements Outcome {}

        /** It is more than one request should wait for: this job does it, asked for now or before. */
        record Later(UUID jobId, boolean own) implements Outcome {}

        record Refused(Reason why) implements Outcome {}
    }

    /** How it stands with the people the viewer decides about, as of a moment ago; words and filter do not narrow it. */
    @Transactional(readOnly = true)
    public Counts counts(Viewer viewer, Query query) {
        ApplicabilityStore.Ground ground = ground(viewer, query.decisionId(), query.unitId());
        // An office sees what it did a moment ago; whoever looks over thousands sees it some seconds later.
        return store.large(ground)
                ? recent.get(
                        new Asked(ground.tenantId(), ground.decisionId(), ground.scope()), () -> store.counts(ground))
                : store.counts(ground);
    }

    /** Part of those the viewer decides about, each once, in the order of Vietnamese names; at most 200. */
    @Transactional(readOnly = true)
    public List<Candidate> candidates(Viewer viewer, Query query, int offset, int limit) {
        return store.page(
                ground(viewer, query.decisionId(), query.unitId()),
                query.filter(),
                query.words(),
                offset,
                Math.min(limit, 200));
    }

    @Transactional(readOnly = true)
    public long count(Viewer viewer, Query query) {
        return store.count(ground(viewer, query.decisionId(), query.unitId()), query.filter(), query.words());
    }

    /** One of them. */
    @Transactional(readOnly = true)
    public Optional<Candidate> find(Viewer viewer, UUID decisionId, UUID personId) {
        return store.one(ground(viewer, decisionId, null), personId);
    }

    private ApplicabilityStore.Ground ground(Viewer viewer, UUID decisionId, @Nullable UUID unitId) {
        if (unitId != null) {
            access.require(viewer, Permission.DECIDE_SETS, unitId);
        }
        UUID[] tops = unitId == null ? viewer.unitsWith(Permission.DECIDE_SETS) : new UUID[] {unitId};
        List<CriteriaSet> sets = sets(viewer.tenantId(), decisionId);
        return new ApplicabilityStore.Ground(
                viewer.tenantId(),
                decisionId,
                units.ids(viewer.tenantId(), tops),
                proposal(sets, true).map(CriteriaSet::id).orElse(null),
                proposal(sets, false).map(CriteriaSet::id).orElse(null));
    }

    /** The one set that fits: for leaders or for staff by the position, or for all. None if several do, or none. */
    static Optional<CriteriaSet> proposal(Collection<CriteriaSet> sets, boolean leads) {
        var fitting = sets.stream()
                .filter(set -> switch (set.audience()) {
                    case LEADERS -> leads;
                    case STAFF -> !leads;
                    case ALL -> true;
                })
                .toList();
        return fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty();
    }

    /**
     * What was decided in one go.
     *
     * @param people how many were decided now
     * @param upTo units up to this one (by id) are done; null when all are
     * @param unitsLeft how many units with people are left
     */
    public record Accepted(int people, @Nullable UUID upTo, int unitsLeft) {}

    /** Decides as proposed for everybody in the units and below who has no decision yet, in one transaction. */
    @Transactional
    public Outcome acceptProposals(Viewer viewer, UUID decisionId, Collection<UUID> unitIds) {
        int people = 0;
        UUID after = null;
        do {
            Accepted accepted = acceptSome(viewer, decisionId, unitIds, after);
            people += accepted.people();
            after = accepted.upTo();
        } while (after != null);
        return new Outcome.Done(people);
    }

    /**
     * Decides as proposed, now or, for more than {@value #PEOPLE_NOW} people, by a job.
     *
     * @param label names what is looked at, for whoever watches the job
     */
    @Transactional
    public Outcome acceptProposals(Viewer viewer, Query query, String label) {
        UUID unit = query.unitId();
        List<UUID> tops = unit == null ? List.of(viewer.unitsWith(Permission.DECIDE_SETS)) : List.of(unit);
        long people = counts(viewer, query).acceptable();
        if (people <= PEOPLE_NOW) {
            return acceptProposals(viewer, query.decisionId(), tops);
        }
        UUID job = jobs.start(AcceptingProposals.request(viewer, query.decisionId(), label, tops, people));
        return new Outcome.Later(
                job,
                jobs.find(viewer.tenantId(), job)
                        .filter(found -> found.requestedBy().equals(viewer.accountId()))
                        .isPresent());
    }

    /** The same for as many of the units as {@value #PEOPLE_AT_ONCE} people are in, or for one. @param after the units done */
    @Transactional
    public Accepted acceptSome(Viewer viewer, UUID decisionId, Collection<UUID> unitIds, @Nullable UUID after) {
        for (UUID unit : unitIds) {
            access.require(viewer, Permission.DECIDE_SETS, unit);
        }
        UUID tenant = viewer.tenantId();
        List<CriteriaSet> sets = sets(tenant, decisionId);
        List<UUID> scope = units.ids(tenant, unitIds.toArray(UUID[]::new));
        List<ApplicabilityStore.Peopled> left = store.peopled(tenant, scope, after);
        var now = new ArrayList<UUID>();
        int people = 0;
        for (ApplicabilityStore.Peopled unit : left) {
            if (!now.isEmpty() && people + unit.people() > PEOPLE_AT_ONCE) {
                break;
            }
            now.add(unit.unitId());
            people += unit.people();
        }
        recent.forget(asked -> asked.tenantId().equals(tenant));
        List<ApplicabilityStore.Added> added = store.addProposed(
                tenant, decisionId, now, scope, proposals(tenant, sets), viewer.accountId(), clock.instant());
        for (int from = 0; from < added.size(); from += PEOPLE_IN_AN_ACT) {
            note(viewer, decisionId, added.subList(from, Math.min(from + PEOPLE_IN_AN_ACT, added.size())));
        }
        boolean all = now.size() == left.size();
        return new Accepted(added.size(), all ? null : now.getLast(), left.size() - now.size());
    }

    private List<ApplicabilityStore.Proposal> proposals(UUID tenantId, List<CriteriaSet> sets) {
        var proposals = new ArrayList<ApplicabilityStore.Proposal>();
        for (ApplicabilityStore.Position position : store.positions(tenantId)) {
            proposal(sets, position.leads())
                    .ifPresent(set -> proposals.add(new ApplicabilityStore.Proposal(
                            position.id(), set.id(), automaticReason(position.name()))));
        }
        return proposals;
    }

    /** How many people of the viewer's units have no set yet under the decision; as of a moment ago. */
    @Transactional(readOnly = true)
    public long undecided(Viewer viewer, UUID decisionId) {
        return counts(viewer, new Query(decisionId, null, Filter.UNDECIDED, "")).undecided();
    }

    private void note(Viewer viewer, UUID decisionId, List<ApplicabilityStore.Added> rows) {
        var bySet = new LinkedHashMap<String, List<String>>();
        rows.forEach(row -> bySet.computeIfAbsent(row.setId().toString(), any -> new ArrayList<>())
                .add(row.personId().toString()));
        ledger.append(new Act(
                viewer.tenantId(),
                "criteria.proposals-accepted",
                decisionId,
                viewer.accountId(),
                Map.of("count", rows.size(), "people", bySet)));
    }

    /**
     * Decides for one person, also again.
     *
     * @param reason may be blank where the set is what the position proposes
     */
    @Transactional
    public Outcome decide(Viewer viewer, UUID decisionId, UUID personId, UUID setId, String reason) {
        UUID tenant = viewer.tenantId();
        List<CriteriaSet> sets = sets(tenant, decisionId);
        if (sets.stream().noneMatch(set -> set.id().equals(setId))) {
            throw new NotFound("set");
        }
        People.Member person = candidate(viewer, personId);
        boolean asProposed = proposal(sets, person.leads())
                .filter(set -> set.id().equals(setId))
                .isPresent();
        String line = Texts.oneLine(reason);
        if (line.length() > LONGEST_REASON) {
            return new Outcome.Refused(Reason.of("criteria.refused.reason-long", line.length()));
        }
        if (line.isEmpty() && !asProposed) {
            return new Outcome.Refused(Reason.of("criteria.refused.reason-differs"));
        }
        String kept = line.isEmpty() ? automaticReason(person.positionName()) : line;
        recent.forget(asked -> asked.tenantId().equals(tenant));
        if (store.decide(tenant, decisionId, personId, setId, asProposed, kept, viewer.accountId(), clock.instant())) {
            ledger.append(new Act(
                    tenant,
                    "criteria.set-decided",
                    personId,
                    viewer.accountId(),
                    Map.of(
                            "decision",
                            decisionId.toString(),
                            "set",
                            setId.toString(),
                            "asProposed",
                            asProposed,
                            "reason",
                            kept)));
        }
        return new Outcome.Done(1);
    }

    /** The person by the assignment that counts, if one of their assignments is in the viewer's units. */
    private People.Member candidate(Viewer viewer, UUID personId) {
        UUID unit = store.unitInScope(viewer.tenantId(), personId, viewer.unitsWith(Permission.DECIDE_SETS))
                .orElseThrow(() -> new NotFound("person"));
        access.require(viewer, Permission.DECIDE_SETS, unit);
        return people.membersOf(viewer.tenantId(), List.of(unit)).stream()
                .filter(member -> member.personId().equals(personId))
                .findFirst()
                .orElseThrow(() -> new NotFound("person"));
    }

    private List<CriteriaSet> sets(UUID tenantId, UUID decisionId) {
        if (criteria.findPublished(tenantId, decisionId).isEmpty()) {
            throw new NotFound("decision");
        }
        return criteria.sets(tenantId, decisionId);
    }

    private String automaticReason(String position) {
        return messages.getMessage("criteria.applicability.by-position", new Object[] {position}, VIETNAMESE);
    }
}
