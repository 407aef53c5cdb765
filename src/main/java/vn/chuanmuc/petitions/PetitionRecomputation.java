package vn.chuanmuc.petitions;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.ledger.Fault;
import vn.chuanmuc.ledger.Recomputation;
import vn.chuanmuc.petitions.Petition.Opinion;
import vn.chuanmuc.petitions.Petition.Step;
import vn.chuanmuc.petitions.Petition.StepKind;
import vn.chuanmuc.rules.WorkingDays;

/**
 * How a petition stands must follow from its steps, its clocks from the days and the calendar as it was known then, and the mark beside
 * the result from whether one is under way.
 */
@Component
class PetitionRecomputation implements Recomputation {
    private static final int AT_ONCE = 200;

    private static final Map<String, String> CONTRADICTIONS = Map.of("petitions.step", """
            select s.petition_id || '/' || s.seq as key
            from petitions.step s
            where s.tenant_id = ? and s.hash <> sha256(convert_to(s.said, 'UTF8'))
            """, "petitions.petition", """
            select p.id::text as key
            from petitions.petition p
            left join lateral (select count(*) as n, coalesce(max(s.seq), 0) as last from petitions.step s
                               where s.tenant_id = p.tenant_id and s.petition_id = p.id) s on true
            where p.tenant_id = ?
              and (p.steps <> s.n or s.n <> s.last or (s.n = 0) <> (p.state in ('draft', 'dropped'))
                   -- the mark stands from the filing to the end
                   or exists (select from assessments.petition_mark m where m.tenant_id = p.tenant_id and m.period = p.period
                                and m.form_id = p.form_id and m.petition_id = p.id and m.kind = 'pending')
                      is distinct from (p.state not in ('draft', 'dropped'))
                   or exists (select from assessments.petition_mark m where m.tenant_id = p.tenant_id and m.period = p.period
                                and m.form_id = p.form_id and m.petition_id = p.id and m.kind = 'closed')
                      is distinct from (p.state in ('answered', 'withdrawn'))
                   or p.new_version is not null and not exists (
                       select from assessments.decision d where d.tenant_id = p.tenant_id and d.period = p.period
                         and d.form_id = p.form_id and d.version = p.new_version and d.petition_id = p.id)
                   -- nobody who had a hand in what is contested handles or decides
                   or exists (select from assessments.decision d
                              left join assessments.approval a on a.tenant_id = d.tenant_id and a.period = d.period
                                  and a.form_id = d.form_id and a.version = d.version
                              where d.tenant_id = p.tenant_id and d.period = p.period and d.form_id = p.form_id
                                and d.version <= p.told_version
                                and (p.handler in (d.decided_by, a.made_by) or p.decided_by in (d.decided_by, a.made_by))))
            """);

    private final JdbcClient jdbc;
    private final PetitionStore store;
    private final WorkingDays working;

    PetitionRecomputation(JdbcClient jdbc, PetitionStore store, WorkingDays working) {
        this.jdbc = jdbc;
        this.store = store;
        this.working = working;
    }

    @Override
    public void check(UUID tenantId, Consumer<Fault> faults) {
        CONTRADICTIONS.forEach((what, sql) -> jdbc.sql(sql).param(tenantId).query(row -> {
            faults.accept(new Fault(what, row.getString("key"), Fault.DISAGREES));
        }));
        UUID last = new UUID(0, 0);
        List<UUID> some;
        do {
            some = jdbc.sql("""
                            select id from petitions.petition
                            where tenant_id = ? and state not in ('draft', 'dropped') and id > ?
                            order by id
                            limit ?
                            """)
                    .params(tenantId, last, AT_ONCE)
                    .query((row, n) -> row.getObject("id", UUID.class))
                    .list();
            for (UUID id : some) {
                last = id;
                if (!follows(tenantId, id)) {
                    faults.accept(new Fault("petitions.petition", id.toString(), Fault.DISAGREES));
                }
            }
        } while (some.size() == AT_ONCE);
    }

    private boolean follows(UUID tenant, UUID id) {
        Petition petition = store.find(tenant, id).orElseThrow();
        List<Step> steps = store.steps(tenant, id);
        if (steps.isEmpty()) {
            return false; // said above
        }
        Stand stand = Stand.of(steps);
        return stand.equals(Stand.of(petition))
                && Stand.opinions(steps).equals(opinions(tenant, id))
                && clocks(tenant, petition, steps);
    }

    private Map<Integer, String> opinions(UUID tenant, UUID id) {
        var kept = new TreeMap<Integer, String>();
        for (Opinion opinion : store.opinions(tenant, id)) {
            kept.put(opinion.n(), opinion.state().code() + " " + opinion.due());
        }
        return kept;
    }

    /** Every last day a step names is reckoned once more, with what was entered in the calendar until then. */
    private boolean clocks(UUID tenant, Petition petition, List<Step> steps) {
        PetitionRule rule = store.rule(tenant, petition.ruleId());
        Step filed = steps.getFirst();
        for (int at = 0; at < steps.size(); at++) {
            Step step = steps.get(at);
            @Nullable LocalDate answerBy = step.date("answerBy");
            boolean moves = switch (step.kind()) {
                case FILED, ASKED, OPINED, RECALLED, RECKONED -> true;
                default -> false;
            };
            if (!moves || answerBy == null) {
                continue;
            }
            var still = Steps.still(rule, steps.subList(0, at + 1));
            if (!agrees(tenant, step.at(), filed.day(), petition.answerDays(), still, answerBy)) {
                return false;
            }
            if (step.kind() == StepKind.FILED
                    && (!agrees(
                                    tenant,
                                    step.at(),
                                    Objects.requireNonNull(step.date("toldOn")),
                                    petition.fileDays(),
                                    List.of(),
                                    Objects.requireNonNull(step.date("fileBy")))
                            || !agrees(
                                    tenant,
                                    step.at(),
                                    step.day(),
                                    rule.acknowledgeDays(),
                                    List.of(),
                                    Objects.requireNonNull(step.date("ackBy"))))) {
                return false;
            }
        }
        return true;
    }

    /** A day of the calendar may have been entered in the very moment: one of both must agree. */
    private boolean agrees(
            UUID tenant, Instant known, LocalDate from, int days, List<Terms.Still> still, LocalDate said) {
        return Terms.last(working.calendar(tenant, known.plusNanos(1_000)), from, days, still)
                        .equals(said)
                || Terms.last(working.calendar(tenant, known.minus(Duration.ofMinutes(1))), from, days, still)
                        .equals(said);
    }

    /** What a petition's row says, made once more from its steps. */
    record Stand(
            String state,
            @Nullable UUID handler,
            String outcome,
            @Nullable UUID decidedBy,
            @Nullable UUID reassessor,
            int newVersion,
            boolean approved,
            boolean lateAccepted,
            String registered,
            String filedOn,
            String fileBy,
            String ackBy,
            String answerBy,
            String closedOn,
            String content) {

        static Stand of(Petition petition) {
            return new Stand(
                    petition.state().code(),
                    petition.handler(),
                    petition.outcome() == null ? "" : petition.outcome().code(),
                    petition.decidedBy(),
                    petition.reassessor(),
                    petition.newVersion() == null ? 0 : petition.newVersion(),
                    petition.approved(),
                    petition.lateAccepted(),
                    petition.registered(),
                    String.valueOf(petition.filedOn()),
                    String.valueOf(petition.fileBy()),
                    String.valueOf(petition.ackBy()),
                    String.valueOf(petition.answerBy()),
                    String.valueOf(petition.closedOn()),
                    content(
                            petition.whole(),
                            petition.items(),
                            petition.grounds(),
                            petition.wish(),
                            petition.grade(),
                            petition.toldVersion(),
                            petition.toldOn().toString(),
                            petition.late(),
                            petition.lateReason(),
                            petition.ruleId() == null ? "" : petition.ruleId().toString()));
        }

        private static String content(Object... parts) {
            var all = new StringBuilder();
            for (Object part : parts) {
                all.append(part).append('\u0000');
            }
            return all.toString();
        }

        static Stand of(List<Step> steps) {
            Step filed = steps.getFirst();
            String state = "filed";
            UUID handler = null;
            String outcome = "";
            UUID decidedBy = null;
            UUID reassessor = null;
            int version = 0;
            boolean approved = false;
            boolean lateAccepted = false;
            String registered = "";
            String ackBy = filed.text("ackBy");
            String answerBy = filed.text("answerBy");
            String closedOn = "null";
            for (Step step : steps.subList(1, steps.size())) {
                switch (step.kind()) {
                    case FILED -> state = "filed twice";
                    case ACKNOWLEDGED -> registered = step.number("number") + "/" + step.number("year");
                    case ASSIGNED -> {
                        state = "handling";
                        handler = UUID.fromString(step.text("handler"));
                        outcome = "";
                    }
                    case RECUSED -> {
                        state = "filed";
                        handler = null;
                        outcome = "";
                    }
                    case LATE_ACCEPTED -> lateAccepted = true;
                    case ASKED, OPINED, RECALLED -> answerBy = step.text("answerBy");
                    case PROPOSED -> {
                        state = "proposed";
                        outcome = step.text("outcome");
                    }
                    case DECIDED -> {
                        outcome = step.text("outcome");
                        decidedBy = step.account();
                        version = step.number("version");
                        approved = Boolean.TRUE.equals(step.said().get("approved"));
                        boolean anew = outcome.equals("reassess");
                        reassessor = anew ? UUID.fromString(step.text("account")) : null;
                        state = anew ? "reassessing" : "decided";
                    }
                    case REASSESSED -> {
                        state = "decided";
                        version = step.number("version");
                    }
                    case APPROVED -> approved = true;
                    case SENT_BACK -> {
                        boolean handlers = step.text("to").equals("handler");
                        state = handlers ? "handling" : "proposed";
                        outcome = handlers ? "" : outcome;
                        decidedBy = null;
                        reassessor = null;
                        version = 0;
                        approved = false;
                    }
                    case ANSWERED, WITHDRAWN -> {
                        state = step.kind().code();
                        closedOn = step.day().toString();
                    }
                    case RECKONED -> {
                        ackBy = step.text("ackBy");
                        answerBy = step.text("answerBy");
                    }
                    case ESCALATED -> {
                        // Whom a clock has called changes nothing about how it stands.
                    }
                }
            }
            return new Stand(
                    state,
                    handler,
                    outcome,
                    decidedBy,
                    reassessor,
                    version,
                    approved,
                    lateAccepted,
                    registered,
                    filed.day().toString(),
                    filed.text("fileBy"),
                    ackBy,
                    answerBy,
                    closedOn,
                    content(
                            filed.text("whole"),
                            filed.text("items"),
                            filed.text("grounds"),
                            filed.text("wish"),
                            filed.text("grade"),
                            filed.number("version"),
                            filed.text("toldOn"),
                            filed.text("late"),
                            filed.text("lateReason"),
                            filed.text("rule")));
        }

        /** Who was asked and what came of it, by number. */
        static Map<Integer, String> opinions(List<Step> steps) {
            var due = new HashMap<Integer, String>();
            var state = new TreeMap<Integer, String>();
            for (Step step : steps) {
                int n = step.number("n");
                switch (step.kind()) {
                    case ASKED -> {
                        due.put(n, step.text("due"));
                        state.put(n, "asked");
                    }
                    case OPINED -> state.put(n, "given");
                    case RECALLED -> state.put(n, "recalled");
                    case WITHDRAWN ->
                        new ArrayList<>(state.entrySet())
                                .stream()
                                        .filter(entry -> entry.getValue().equals("asked"))
                                        .forEach(entry -> state.put(entry.getKey(), "recalled"));
                    default -> {
                        // Nothing about opinions.
                    }
                }
            }
            state.replaceAll((n, words) -> words + " " + due.get(n));
            return state;
        }
    }
}
