package vn.chuanmuc.campaigns;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.campaigns.Campaigns.Plan;
import vn.chuanmuc.campaigns.Campaigns.Saved;
import vn.chuanmuc.campaigns.Campaigns.State;
import vn.chuanmuc.criteria.Comparisons;
import vn.chuanmuc.criteria.Criteria;
import vn.chuanmuc.criteria.Criteria.CriteriaSet;
import vn.chuanmuc.criteria.Criteria.PublishedDecision;
import vn.chuanmuc.criteria.SetComparison;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;

/**
 * Supplementary campaigns (đợt bổ sung): when a new decision takes the place of the one a campaign stands on, only those sign again
 * whose items it changed (docs/adr/0015-supplementary-campaign.md).
 */
@Component
public class Supplements {
    private final SupplementStore store;
    private final CampaignStore campaigns;
    private final Criteria criteria;
    private final Comparisons comparisons;
    private final Access access;
    private final Ledger ledger;
    private final Clock clock;

    Supplements(
            SupplementStore store,
            CampaignStore campaigns,
            Criteria criteria,
            Comparisons comparisons,
            Access access,
            Ledger ledger,
            Clock clock) {
        this.store = store;
        this.campaigns = campaigns;
        this.criteria = criteria;
        this.comparisons = comparisons;
        this.access = access;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** What a new decision means for somebody on the base roster. */
    public enum Verdict {
        /** Items they signed are reworded or gone, or new ones came: they sign again. */
        CHANGED,
        /** Every item they signed stands in the new set with the same words, and there is no other. */
        SAME,
        /** Nothing of theirs stands for the year, so there is nothing that could differ. */
        UNSIGNED,
        /** No set is decided for them under the new decision: nobody can say yet. */
        NO_SET,
        /** No post in a unit of the campaign any more. */
        AWAY,
        /** Taken off the base roster. */
        LEFT;

        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public static Optional<Verdict> find(String code) {
            return List.of(values()).stream()
                    .filter(verdict -> verdict.code().equals(code))
                    .findFirst();
        }

        static Verdict of(String code) {
            return find(code).orElseThrow();
        }
    }

    /**
     * A person on the base roster, as they stood there, and what is found about them.
     *
     * @param setBefore of the commitment that stands for their year; null when none does
     * @param setAfter decided for them under the new decision; null while none is
     */
    public record Line(
            UUID personId,
            String fullName,
            String positionName,
            UUID unitId,
            String unitName,
            Verdict verdict,
            @Nullable UUID setBefore,
            @Nullable UUID setAfter,
            @Nullable LocalDate leftOn) {}

    /** @param verdict only these; null for all */
    public record Query(@Nullable Verdict verdict, String words) {
        String key() {
            return Texts.searchKey(words);
        }
    }

    /** So many people go from one set to another; what that changes item by item. */
    public record Passage(SetComparison comparison, long people) {}

    /**
     * What a new decision means for the people of a campaign.
     *
     * @param supplement the supplementary campaign for it, where one is planned
     * @param counts how many people of the viewer's units; verdicts of nobody are absent
     * @param passages from which set to which, those of most people first
     * @param kept whether this is how it stood when the supplementary campaign was opened
     */
    public record Survey(
            Campaign base,
            PublishedDecision before,
            PublishedDecision after,
            @Nullable Campaign supplement,
            Map<Verdict, Long> counts,
            List<Passage> passages,
            boolean kept) {
        public long count(Verdict verdict) {
            return counts.getOrDefault(verdict, 0L);
        }

        public long people() {
            return counts.values().stream().mapToLong(Long::longValue).sum();
        }

        /** Why nobody of them signs again. */
        public Reason nobody() {
            return Supplements.nobody(counts);
        }
    }

    /**
     * How the year stands of the people on a base roster, each counted once.
     *
     * @param stands what they signed in the base campaign stands, and nothing else is asked of them
     * @param waits it stands until they sign in a supplementary campaign
     * @param replaced a commitment of a supplementary campaign took its place
     * @param late they signed after the supplementary campaign was opened what the new decision changed, and nobody has asked them yet
     * @param off it stands; they were taken off the roster of the supplementary campaign, so nobody asks them any more
     * @param away it stands; they hold no post any more with which they could be asked, whatever the new decision changed
     */
    public record Year(long people, long stands, long waits, long replaced, long late, long off, long away) {
        /** Nothing stands. */
        public long none() {
            return people - stands - waits - replaced - late - off - away;
        }
    }

    /** Somebody who is to sign again but was not on the roster when it was frozen, with the post and the set they would join it with. */
    public record Late(
            UUID personId, String fullName, String positionName, UUID unitId, String unitName, UUID setAfter) {}

    /** What the plan of a supplementary campaign says besides what it takes over from its base. */
    public record Draft(
            String title,
            String planNumber,
            @Nullable LocalDate planDate,
            LocalDate signBy,
            LocalDate submitBy,
            Set<String> methods) {}

    /** The decisions that took the place of a base campaign's, the newest last; none for a campaign that is supplementary itself. */
    public List<PublishedDecision> successors(UUID tenantId, Campaign base) {
        return base.baseId() != null || base.state() == State.DRAFT
                ? List.of()
                : criteria.successors(tenantId, base.decisionId()).stream()
                        .filter(decision -> inYear(base, decision))
                        .toList();
    }

    /** A decision that takes effect after the year of the campaign leaves what was signed for that year as it is. */
    private static boolean inYear(Campaign base, PublishedDecision decision) {
        return decision.effectiveFrom().getYear() <= base.year();
    }

    /** The supplementary campaigns on a base, those planned first first. */
    public List<Campaign> of(UUID tenantId, UUID baseId) {
        return store.of(tenantId, baseId).stream()
                .map(id -> campaigns.find(tenantId, id).orElseThrow())
                .toList();
    }

    /** Those of the campaigns that a newer decision concerns and that have no supplementary campaign for it. */
    public List<UUID> unanswered(UUID tenantId, List<UUID> campaignIds) {
        return store.unanswered(tenantId, campaignIds);
    }

    /** How the year stands for the people of a base campaign in the viewer's units. */
    @Transactional(readOnly = true)
    public Optional<Year> year(Viewer viewer, Campaign base) {
        UUID tenant = viewer.tenantId();
        return newest(tenant, base.id())
                .map(supplement -> store.year(
                        ground(tenant, base, supplement.decisionId(), null),
                        supplement.id(),
                        viewer.unitsWith(Permission.READ_CAMPAIGNS)));
    }

    /**
     * Who is to sign again in an open supplementary campaign but is not on its roster, because they signed what it replaces, or came onto
     * the base roster, after it was opened. In the units whose people the viewer manages, in the order of names; at most 50.
     */
    @Transactional(readOnly = true)
    public List<Late> late(Viewer viewer, Campaign supplement) {
        return supplement.state() != State.LAUNCHED || !viewer.may(Permission.MANAGE_PEOPLE)
                ? List.of()
                : store.late(
                        ground(viewer.tenantId(), supplement),
                        supplement.id(),
                        viewer.unitsWith(Permission.MANAGE_PEOPLE),
                        50);
    }

    /** How many there are, in the units whose people the viewer manages. */
    @Transactional(readOnly = true)
    public long countLate(Viewer viewer, Campaign supplement) {
        return supplement.state() != State.LAUNCHED || !viewer.may(Permission.MANAGE_PEOPLE)
                ? 0
                : store.countLate(
                        ground(viewer.tenantId(), supplement),
                        supplement.id(),
                        viewer.unitsWith(Permission.MANAGE_PEOPLE));
    }

    /** How many there are in the whole campaign. */
    long countLate(UUID tenantId, Campaign supplement) {
        return store.countLate(ground(tenantId, supplement), supplement.id(), null);
    }

    /** The supplementary campaign of a base that was opened last. */
    Optional<Campaign> newest(UUID tenantId, UUID baseId) {
        return of(tenantId, baseId).stream()
                .filter(supplement -> supplement.launchedAt() != null)
                .max(Comparator.comparing(supplement -> Objects.requireNonNull(supplement.launchedAt())));
    }

    /** Whether somebody came onto the roster from a unit that was not among the campaign's when they were looked up. */
    boolean strays(UUID tenantId, UUID supplementId) {
        return store.strays(tenantId, supplementId);
    }

    /** @param all how many there are on all pages */
    public record People(List<Line> lines, long all) {}

    /** What a decision means, and a page of the people it means it for. */
    public record Look(Survey survey, People people) {}

    /** What the decision means for the people of the viewer's units: as it stands now or, once opened, as it was then. */
    @Transactional(readOnly = true)
    public Survey survey(Viewer viewer, Campaign base, UUID decisionId) {
        return look(viewer, base, decisionId, new Query(null, ""), 0, 0).survey();
    }

    /** The same with a page of the people on the base roster whose records the viewer reads, in the order of names; at most 200. */
    @Transactional(readOnly = true)
    public Look look(Viewer viewer, Campaign base, UUID decisionId, Query query, int offset, int limit) {
        UUID tenant = viewer.tenantId();
        PublishedDecision after = successor(tenant, base, decisionId);
        Campaign supplement = supplement(tenant, base.id(), decisionId);
        SupplementStore.Ground ground = shown(tenant, base, decisionId, supplement);
        Map<UUID, CriteriaSet> sets = sets(tenant, base, decisionId);
        SupplementStore.Looked looked = store.look(
                ground,
                viewer.unitsWith(Permission.READ_CAMPAIGNS),
                viewer.unitsWith(Permission.READ_PEOPLE),
                query,
                offset,
                Math.min(limit, 200));
        var counts = new EnumMap<Verdict, Long>(Verdict.class);
        looked.groups().forEach(group -> counts.merge(group.verdict(), group.people(), Long::sum));
        List<Passage> passages = looked.groups().stream()
                .filter(group -> group.verdict() == Verdict.CHANGED || group.verdict() == Verdict.SAME)
                .map(group -> new Passage(
                        comparisons.between(tenant, set(sets, group.before()), set(sets, group.after())),
                        group.people()))
                .sorted(Comparator.comparing(
                        (Passage passage) -> passage.comparison().changed() ? 0 : 1))
                .toList();
        return new Look(
                new Survey(
                        base,
                        criteria.findPublished(tenant, base.decisionId()).orElseThrow(() -> new NotFound("decision")),
                        after,
                        supplement,
                        counts,
                        passages,
                        ground.kept() != null),
                looked.people());
    }

    private static CriteriaSet set(Map<UUID, CriteriaSet> sets, @Nullable UUID id) {
        return Optional.ofNullable(id).map(sets::get).orElseThrow(() -> new IllegalStateException("a set of a year"));
    }

    private SupplementStore.Ground shown(UUID tenantId, Campaign base, UUID decisionId, @Nullable Campaign supplement) {
        return ground(
                tenantId,
                base,
                decisionId,
                supplement == null || supplement.state() == State.DRAFT ? null : supplement.id());
    }

    private PublishedDecision successor(UUID tenantId, Campaign base, UUID decisionId) {
        return successors(tenantId, base).stream()
                .filter(decision -> decision.id().equals(decisionId))
                .findFirst()
                .orElseThrow(() -> new NotFound("decision that follows the campaign's"));
    }

    private @Nullable Campaign supplement(UUID tenantId, UUID baseId, UUID decisionId) {
        return of(tenantId, baseId).stream()
                .filter(campaign -> campaign.decisionId().equals(decisionId))
                .findFirst()
                .orElse(null);
    }

    /** Every set that somebody may have signed in the year, and those of the new decision. */
    private Map<UUID, CriteriaSet> sets(UUID tenantId, Campaign base, UUID decisionId) {
        var decisions = new LinkedHashSet<UUID>();
        decisions.add(base.decisionId());
        of(tenantId, base.id()).forEach(campaign -> decisions.add(campaign.decisionId()));
        decisions.add(decisionId);
        var sets = new LinkedHashMap<UUID, CriteriaSet>();
        decisions.forEach(decision -> criteria.sets(tenantId, decision).forEach(set -> sets.put(set.id(), set)));
        return sets;
    }

    /** Whether what was found about everybody when a supplementary campaign was opened is what the words of the sets say. */
    boolean verdictsAgree(UUID tenantId, Campaign supplement) {
        Campaign base = campaigns.find(tenantId, baseOf(supplement)).orElseThrow(() -> new NotFound("campaign"));
        Map<UUID, CriteriaSet> sets = sets(tenantId, base, supplement.decisionId());
        return store.kept(tenantId, supplement.id()).stream().allMatch(group -> {
            CriteriaSet before = sets.get(group.before());
            CriteriaSet after = sets.get(group.after());
            return before != null
                    && after != null
                    && (group.verdict() == Verdict.CHANGED)
                            == (!before.id().equals(after.id())
                                    && comparisons
                                            .between(tenantId, before, after)
                                            .changed());
        });
    }

    /** Compares every set of the year with every set of the new decision: what is unchanged is known before anybody is looked at. */
    private SupplementStore.Ground ground(UUID tenantId, Campaign base, UUID decisionId, @Nullable UUID kept) {
        var old = new ArrayList<UUID>();
        var now = new ArrayList<UUID>();
        if (kept == null) {
            List<CriteriaSet> after = criteria.sets(tenantId, decisionId);
            for (CriteriaSet before : sets(tenantId, base, decisionId).values()) {
                for (CriteriaSet set : after) {
                    if (before.id().equals(set.id())
                            || !comparisons.between(tenantId, before, set).changed()) {
                        old.add(before.id());
                        now.add(set.id());
                    }
                }
            }
        }
        return new SupplementStore.Ground(tenantId, base, decisionId, old, now, kept, LocalDate.now(clock));
    }

    /**
     * Plans a supplementary campaign, or changes its plan while it is a draft. Year, receiving unit, line and units are the base's.
     *
     * @param version as it was read; 0 for a new one
     */
    @Transactional
    public Saved save(Viewer viewer, UUID baseId, UUID decisionId, int version, Draft wished) {
        UUID tenant = viewer.tenantId();
        Campaign base = campaigns.find(tenant, baseId).orElseThrow(() -> new NotFound("campaign"));
        access.require(viewer, Permission.RUN_CAMPAIGN, base.receiverUnit());
        successor(tenant, base, decisionId);
        var plan = new Plan(
                base.year(),
                Texts.oneLine(wished.title()),
                Texts.oneLine(wished.planNumber()),
                wished.planDate(),
                decisionId,
                wished.signBy(),
                wished.submitBy(),
                wished.methods(),
                base.receiverUnit(),
                Set.of(base.receiverUnit()), // stands for all: which units they are is found when it is opened
                base.lineId());
        Map<String, Reason> problems = CampaignRules.problems(plan);
        if (!problems.isEmpty()) {
            return new Saved.Refused(problems);
        }
        Campaign before = supplement(tenant, baseId, decisionId);
        if (before != null && version == 0) {
            return new Saved.Done(before.id()); // a second click, or somebody else was quicker
        }
        if (before != null) {
            return change(viewer, before, version, plan);
        }
        Map<Verdict, Long> counts = store.counts(ground(tenant, base, decisionId, null), null);
        if (counts.getOrDefault(Verdict.CHANGED, 0L) == 0) {
            return new Saved.Refused(Map.of("", nobody(counts)));
        }
        UUID id = Ids.next();
        if (!campaigns.insert(tenant, id, plan, baseId, base.decisionId(), viewer.accountId(), now())) {
            Campaign quicker = supplement(tenant, baseId, decisionId);
            return quicker == null
                    ? new Saved.Refused(Map.of("", Reason.of("campaigns.refused.changed-meanwhile")))
                    : new Saved.Done(quicker.id());
        }
        ledger.append(new Act(tenant, "campaigns.supplement-drafted", id, viewer.accountId(), facts(plan, base)));
        return new Saved.Done(id);
    }

    private Saved change(Viewer viewer, Campaign before, int version, Plan plan) {
        UUID tenant = viewer.tenantId();
        if (!campaigns.update(tenant, before.id(), version, plan)) {
            boolean open = campaigns.find(tenant, before.id()).orElseThrow().state() != State.DRAFT;
            return new Saved.Refused(
                    Map.of("", Reason.of(open ? "campaigns.refused.open" : "campaigns.refused.changed-meanwhile")));
        }
        Campaign base = campaigns.find(tenant, baseOf(before)).orElseThrow();
        ledger.append(new Act(tenant, "campaigns.changed", before.id(), viewer.accountId(), facts(plan, base)));
        return new Saved.Done(before.id());
    }

    /** Why nobody signs again: where more than one thing is the reason, how many people each of them is about. */
    private static Reason nobody(Map<Verdict, Long> counts) {
        long unknown = counts.getOrDefault(Verdict.NO_SET, 0L);
        long same = counts.getOrDefault(Verdict.SAME, 0L);
        long unsigned = counts.getOrDefault(Verdict.UNSIGNED, 0L);
        long away = counts.getOrDefault(Verdict.AWAY, 0L);
        long left = counts.getOrDefault(Verdict.LEFT, 0L);
        if (unknown > 0) {
            return Reason.of("campaigns.supplement.refused.no-set", unknown);
        }
        if (away > 0) {
            return same == 0 // all who have anything that stands: perhaps the receiving unit has ended
                    ? Reason.of("campaigns.supplement.refused.away", away, unsigned, left)
                    : Reason.of("campaigns.supplement.refused.several", same, away, unsigned, left);
        }
        return same > 0
                ? Reason.of("campaigns.supplement.refused.same")
                : Reason.of("campaigns.supplement.refused.nobody");
    }

    private static Map<String, Object> facts(Plan plan, Campaign base) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("base", base.id().toString());
        facts.put("year", plan.year());
        facts.put("title", plan.title());
        facts.put("planNumber", plan.planNumber());
        facts.put("planDate", plan.planDate() == null ? "" : plan.planDate().toString());
        facts.put("replaced", base.decisionId().toString());
        facts.put("decision", plan.decisionId().toString());
        facts.put("signBy", plan.signBy().toString());
        facts.put("submitBy", plan.submitBy().toString());
        facts.put("methods", plan.methods().stream().sorted().toList());
        return facts;
    }

    private static UUID baseOf(Campaign supplement) {
        return Optional.ofNullable(supplement.baseId()).orElseThrow(() -> new NotFound("supplementary campaign"));
    }

    /** What is looked at for a supplementary campaign as long as it is a draft, and whoever joins it later. */
    private SupplementStore.Ground ground(UUID tenantId, Campaign supplement) {
        Campaign base = campaigns.find(tenantId, baseOf(supplement)).orElseThrow(() -> new NotFound("campaign"));
        return ground(tenantId, base, supplement.decisionId(), null);
    }

    /** The units of the base campaign, and those to which people moved who sign again. */
    Set<UUID> units(UUID tenantId, Campaign supplement) {
        var units = new LinkedHashSet<>(campaigns.units(tenantId, baseOf(supplement)));
        units.addAll(store.units(ground(tenantId, supplement)));
        return units;
    }

    /** Where those are who sign again. */
    List<UUID> concernedUnits(UUID tenantId, Campaign supplement) {
        return store.units(ground(tenantId, supplement));
    }

    Map<Verdict, Long> counts(UUID tenantId, Campaign supplement, UUID @Nullable [] held) {
        return store.counts(ground(tenantId, supplement), held);
    }

    List<Gate.Case> cases(
            UUID tenantId, Campaign supplement, Verdict verdict, UUID @Nullable [] held, int offset, int limit) {
        return store.cases(ground(tenantId, supplement), verdict, held, offset, limit);
    }

    /** Another one of the same base that is open, or that was opened after this one. */
    Optional<Campaign> inTheWay(UUID tenantId, Campaign supplement) {
        Instant opened = supplement.launchedAt();
        return of(tenantId, baseOf(supplement)).stream()
                .filter(other -> !other.id().equals(supplement.id()))
                .filter(other -> other.state() == State.LAUNCHED || opened != null && later(other, opened))
                .findFirst();
    }

    private static boolean later(Campaign other, Instant opened) {
        Instant theirs = other.launchedAt();
        return theirs != null && theirs.isAfter(opened);
    }

    RosterStore.Written freeze(UUID tenantId, Campaign supplement, LocalDate joinedOn) {
        return store.freeze(ground(tenantId, supplement), supplement, joinedOn);
    }

    /**
     * Why somebody may not be put onto the roster of a supplementary campaign with this set.
     *
     * @param again whether they were on it before: then it is known that it concerns them, also when they have signed since
     */
    Optional<Reason> refusal(
            UUID tenantId, Campaign supplement, UUID personId, UUID setId, String name, boolean again) {
        SupplementStore.One one =
                store.one(ground(tenantId, supplement), personId).orElse(null);
        if (one == null) {
            return Optional.of(Reason.of("campaigns.supplement.join.not-on-base", name));
        }
        if (one.verdict() != Verdict.CHANGED && !(again && one.verdict() == Verdict.SAME)) {
            return Optional.of(
                    Reason.of("campaigns.supplement.join." + one.verdict().code(), name));
        }
        return setId.equals(one.setAfter())
                ? Optional.empty()
                : Optional.of(Reason.of("campaigns.supplement.join.other-set", name));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
