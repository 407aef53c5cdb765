package vn.chuanmuc.criteria;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.criteria.Criteria.CriteriaSet;
import vn.chuanmuc.directory.People;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;

/** Which set a person takes under a decision: proposed from the position, decided by an office with a reason. */
@Component
public class Applicability {
    private static final Locale VIETNAMESE = Locale.forLanguageTag("vi");
    private static final int LONGEST_REASON = 500;
    /** People named in one ledger entry, whose size is bounded. */
    private static final int PEOPLE_IN_AN_ACT = 1_000;

    private final ApplicabilityStore store;
    private final Criteria criteria;
    private final People people;
    private final Units units;
    private final Access access;
    private final Ledger ledger;
    private final MessageSource messages;
    private final Clock clock;

    Applicability(
            ApplicabilityStore store,
            Criteria criteria,
            People people,
            Units units,
            Access access,
            Ledger ledger,
            MessageSource messages,
            Clock clock) {
        this.store = store;
        this.criteria = criteria;
        this.people = people;
        this.units = units;
        this.access = access;
        this.ledger = ledger;
        this.messages = messages;
        this.clock = clock;
    }

    /** What was decided for a person. {@code asProposed}: whether it was what the position proposed at that time. */
    public record Decided(UUID setId, boolean asProposed, String reason) {}

    /**
     * A person with what is proposed and decided.
     *
     * @param person by the main assignment where it is in scope, else by another
     * @param proposed null if not exactly one set fits the position
     * @param decided null while nothing is decided
     */
    public record Candidate(
            People.Member person,
            @Nullable UUID proposed,
            @Nullable Decided decided) {
        /** Whether another set was decided than the position proposes now. */
        public boolean differs() {
            return decided != null && !decided.setId().equals(proposed);
        }
    }

    /** What came of a decision about people. */
    public sealed interface Outcome {
        /** @param people how many were decided now; those decided before are left as they are */
        record Done(int people) implements Outcome {}

        record Refused(Reason why) implements Outcome {}
    }

    /** Everybody the viewer decides about, each once; of the given unit and below it, or of all their units. */
    public List<Candidate> candidates(Viewer viewer, UUID decisionId, @Nullable UUID unitId) {
        if (unitId != null) {
            access.require(viewer, Permission.DECIDE_SETS, unitId);
        }
        UUID[] tops = unitId == null ? viewer.unitsWith(Permission.DECIDE_SETS) : new UUID[] {unitId};
        return candidates(viewer.tenantId(), sets(viewer.tenantId(), decisionId), decisionId, tops);
    }

    private List<Candidate> candidates(UUID tenantId, List<CriteriaSet> sets, UUID decisionId, UUID... tops) {
        var scope = units.under(tenantId, tops).stream().map(Units.Unit::id).toList();
        var byPerson = new LinkedHashMap<UUID, People.Member>();
        for (People.Member member : people.membersOf(tenantId, scope)) {
            byPerson.merge(member.personId(), member, (one, other) -> one.main() || !other.main() ? one : other);
        }
        Map<UUID, Decided> decided = store.decided(tenantId, decisionId, byPerson.keySet());
        return byPerson.values().stream()
                .map(member -> new Candidate(
                        member,
                        proposal(sets, member.leads()).map(CriteriaSet::id).orElse(null),
                        decided.get(member.personId())))
                .toList();
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

    /** Decides as proposed for everybody in the units and below who has no decision yet. */
    @Transactional
    public Outcome acceptProposals(Viewer viewer, UUID decisionId, Collection<UUID> unitIds) {
        for (UUID unit : unitIds) {
            access.require(viewer, Permission.DECIDE_SETS, unit);
        }
        UUID tenant = viewer.tenantId();
        List<CriteriaSet> sets = sets(tenant, decisionId);
        var open = candidates(tenant, sets, decisionId, unitIds.toArray(UUID[]::new)).stream()
                .filter(candidate -> candidate.decided() == null && candidate.proposed() != null)
                .toList();
        var rows = new ArrayList<ApplicabilityStore.Row>(open.size());
        for (Candidate candidate : open) {
            UUID proposed = candidate.proposed();
            if (proposed != null) {
                rows.add(new ApplicabilityStore.Row(
                        candidate.person().personId(), proposed, automaticReason(candidate.person())));
            }
        }
        List<ApplicabilityStore.Row> added =
                store.addAll(tenant, decisionId, rows, viewer.accountId(), clock.instant());
        for (int from = 0; from < added.size(); from += PEOPLE_IN_AN_ACT) {
            note(viewer, decisionId, added.subList(from, Math.min(from + PEOPLE_IN_AN_ACT, added.size())));
        }
        return new Outcome.Done(added.size());
    }

    private void note(Viewer viewer, UUID decisionId, List<ApplicabilityStore.Row> rows) {
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
        String kept = line.isEmpty() ? automaticReason(person) : line;
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

    private String automaticReason(People.Member person) {
        return messages.getMessage(
                "criteria.applicability.by-position", new Object[] {person.positionName()}, VIETNAMESE);
    }
}
