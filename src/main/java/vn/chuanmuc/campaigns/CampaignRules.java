package vn.chuanmuc.campaigns;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.campaigns.Campaigns.Plan;
import vn.chuanmuc.criteria.Criteria.PublishedDecision;
import vn.chuanmuc.directory.People.Member;
import vn.chuanmuc.kernel.Reason;

/** What makes a plan right and a campaign ready: pure functions. */
final class CampaignRules {
    static final String ELECTRONIC = "xac-nhan-dien-tu";

    private CampaignRules() {}

    /**
     * The last day to sign that is proposed for a year. For 2021: 10/10/2021; for later years 30/01 of the year (roll-out
     * plans of 2021 published by wards of Long Biên, domain.md 2). A proposal only: the plan of the year decides.
     */
    static LocalDate proposedSignBy(int year) {
        return year == 2021 ? LocalDate.of(2021, 10, 10) : LocalDate.of(year, 1, 30);
    }

    /** What is wrong with a plan by itself, by form field. */
    static Map<String, Reason> problems(Plan plan) {
        var problems = new LinkedHashMap<String, Reason>();
        if (plan.year() < 2000 || plan.year() > 2200) {
            problems.put("nam", Reason.of("campaigns.form.year.wrong"));
        }
        if (plan.title().isEmpty() || plan.title().length() > 300) {
            problems.put("ten", Reason.of("campaigns.form.title.wrong"));
        }
        if (plan.planNumber().length() > 100) {
            problems.put("so-ke-hoach", Reason.of("campaigns.form.plan-number.long"));
        }
        if (Math.abs(plan.signBy().getYear() - plan.year()) > 1) {
            problems.put("han-ky", Reason.of("campaigns.form.sign-by.year", String.valueOf(plan.year())));
        }
        if (plan.submitBy().isBefore(plan.signBy())) {
            problems.put("han-nop", Reason.of("campaigns.form.submit-by.early", plan.signBy()));
        }
        if (plan.methods().isEmpty() || !Set.of(ELECTRONIC).containsAll(plan.methods())) {
            problems.put("hinh-thuc", Reason.of("campaigns.form.method.wrong"));
        }
        if (plan.units().isEmpty()) {
            problems.put("don-vi", Reason.of("campaigns.form.units.none"));
        }
        return problems;
    }

    static boolean inForce(PublishedDecision decision, LocalDate day) {
        return !day.isBefore(decision.effectiveFrom())
                && (decision.supersededFrom() == null || day.isBefore(decision.supersededFrom()));
    }

    /**
     * The one assignment by which each person is counted: the only one, or the only main one. Whoever has several and not
     * exactly one main assignment among them is absent.
     */
    static Map<UUID, Member> counted(List<Member> members) {
        var counted = new LinkedHashMap<UUID, Member>();
        assignments(members).forEach((person, posts) -> {
            List<Member> mains = posts.stream().filter(Member::main).toList();
            if (posts.size() == 1) {
                counted.put(person, posts.getFirst());
            } else if (mains.size() == 1) {
                counted.put(person, mains.getFirst());
            }
        });
        return counted;
    }

    private static Map<UUID, List<Member>> assignments(List<Member> members) {
        var posts = LinkedHashMap.<UUID, List<Member>>newLinkedHashMap(members.size());
        for (Member member : members) {
            posts.computeIfAbsent(member.personId(), person -> new ArrayList<>(1))
                    .add(member);
        }
        return posts;
    }

    /** A unit of the campaign. */
    record UnitName(UUID id, String name) {}

    /** What launching looks at. */
    record Facts(
            LocalDate today,
            LocalDate signBy,
            LocalDate submitBy,
            UUID receiverUnit,
            @Nullable PublishedDecision decision,
            List<UnitName> units,
            List<Member> members,
            Map<UUID, UUID> sets,
            Map<UUID, String> otherRosters,
            Collection<UUID> unitsLackingHead,
            Collection<UUID> unitsLackingClerk) {}

    /** The gates in the order of {@link Gate.Kind}; none of a kind when nothing is missing. */
    static List<Gate> gates(Facts facts) {
        var cases = new EnumMap<Gate.Kind, List<Gate.Case>>(Gate.Kind.class);
        decisionAndDates(facts, cases);
        people(facts, cases);
        units(facts, cases);
        return cases.entrySet().stream()
                .map(entry -> new Gate(entry.getKey(), List.copyOf(entry.getValue())))
                .toList();
    }

    private static void decisionAndDates(Facts facts, Map<Gate.Kind, List<Gate.Case>> cases) {
        PublishedDecision decision = facts.decision();
        if (decision == null || !inForce(decision, facts.today())) {
            add(
                    cases,
                    Gate.Kind.DECISION_NOT_IN_FORCE,
                    new Gate.Case(
                            decision == null ? new UUID(0, 0) : decision.id(),
                            decision == null ? "" : decision.number(),
                            facts.receiverUnit(),
                            ""));
        }
        if (facts.signBy().isBefore(facts.today())) {
            add(
                    cases,
                    Gate.Kind.DEADLINE_PASSED,
                    new Gate.Case(
                            facts.receiverUnit(),
                            vn.chuanmuc.kernel.VietnameseDates.format(facts.signBy()),
                            facts.receiverUnit(),
                            ""));
        }
    }

    private static void people(Facts facts, Map<Gate.Kind, List<Gate.Case>> cases) {
        Map<UUID, Member> counted = counted(facts.members());
        assignments(facts.members()).forEach((person, posts) -> {
            Member one = counted.get(person);
            if (posts.size() > 1) {
                add(
                        cases,
                        one == null ? Gate.Kind.PERSON_IN_TWO_UNITS : Gate.Kind.PERSON_WITH_SECOND_POST,
                        new Gate.Case(
                                person,
                                posts.getFirst().fullName(),
                                (one == null ? posts.getFirst() : one).unitId(),
                                String.join(
                                        "; ",
                                        posts.stream()
                                                .map(post -> post.unitName() + " (" + post.positionName() + ")")
                                                .toList())));
            }
            Member shown = one == null ? posts.getFirst() : one;
            if (!facts.sets().containsKey(person)) {
                add(cases, Gate.Kind.PERSON_WITHOUT_SET, of(shown));
            }
            if (shown.birthDate() == null) {
                add(cases, Gate.Kind.PERSON_WITHOUT_BIRTH_DATE, of(shown));
            }
            String other = facts.otherRosters().get(person);
            if (other != null) {
                add(
                        cases,
                        Gate.Kind.PERSON_ON_ANOTHER_ROSTER,
                        new Gate.Case(person, shown.fullName(), shown.unitId(), other));
            }
        });
    }

    private static void units(Facts facts, Map<Gate.Kind, List<Gate.Case>> cases) {
        var peopled = new HashSet<UUID>();
        facts.members().forEach(member -> peopled.add(member.unitId()));
        units(facts, cases, Gate.Kind.UNIT_WITHOUT_PEOPLE, unit -> !peopled.contains(unit));
        units(facts, cases, Gate.Kind.UNIT_WITHOUT_HEAD, new HashSet<>(facts.unitsLackingHead())::contains);
        units(facts, cases, Gate.Kind.UNIT_WITHOUT_CLERK, new HashSet<>(facts.unitsLackingClerk())::contains);
    }

    private static void units(
            Facts facts, Map<Gate.Kind, List<Gate.Case>> cases, Gate.Kind kind, Predicate<UUID> lacking) {
        for (UnitName unit : facts.units()) {
            if (lacking.test(unit.id())) {
                add(cases, kind, new Gate.Case(unit.id(), unit.name(), unit.id(), ""));
            }
        }
    }

    private static Gate.Case of(Member member) {
        return new Gate.Case(
                member.personId(),
                member.fullName(),
                member.unitId(),
                member.unitName() + " (" + member.positionName() + ")");
    }

    private static void add(Map<Gate.Kind, List<Gate.Case>> cases, Gate.Kind kind, Gate.Case one) {
        cases.computeIfAbsent(kind, any -> new ArrayList<>()).add(one);
    }
}
