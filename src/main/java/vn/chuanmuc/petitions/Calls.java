package vn.chuanmuc.petitions;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.petitions.Petition.Opinion;
import vn.chuanmuc.petitions.Petition.StepKind;
import vn.chuanmuc.petitions.Terms.Urgency;
import vn.chuanmuc.rules.WorkingCalendar;

/**
 * Looks at the clocks of all petitions that are under way. Nearly due, whoever must act is called; over, the board as well; long over,
 * the head too: each once, each a step in the ledger. Where the calendar changed, the last day moves, and that is a step as well.
 */
@Component
public class Calls {
    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);
    private static final int AT_ONCE = 500;

    private final PetitionStore store;
    private final Steps steps;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    Calls(PetitionStore store, Steps steps, JdbcClient jdbc, TransactionTemplate transaction) {
        this.store = store;
        this.steps = steps;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    private record Open(UUID tenant, UUID id) {}

    /** @return how many steps were made */
    public int look() {
        int made = 0;
        var last = new Open(new UUID(0, 0), new UUID(0, 0));
        List<Open> some;
        do {
            some = jdbc.sql("""
                            select tenant_id, id from petitions.petition
                            where state in ('filed', 'handling', 'proposed', 'reassessing', 'decided') and (tenant_id, id) > (?, ?)
                            order by tenant_id, id
                            limit ?
                            """)
                    .params(last.tenant(), last.id(), AT_ONCE)
                    .query((row, n) ->
                            new Open(row.getObject("tenant_id", UUID.class), row.getObject("id", UUID.class)))
                    .list();
            for (Open open : some) {
                last = open;
                try {
                    made += look(open.tenant(), open.id());
                } catch (RuntimeException e) {
                    LOG.error("the clocks of petition {} could not be looked at, goes on with the others", open.id(), e);
                }
            }
        } while (some.size() == AT_ONCE);
        return made;
    }

    /** @return how many steps were made */
    int look(UUID tenant, UUID id) {
        Integer made = transaction.execute(status -> {
            int before = steps.hold(tenant, id).steps();
            reckon(tenant, id);
            escalate(tenant, id);
            return steps.hold(tenant, id).steps() - before;
        });
        return made == null ? 0 : made;
    }

    /** The calendar may have been entered since. */
    private void reckon(UUID tenant, UUID id) {
        Petition petition = steps.hold(tenant, id);
        if (!petition.state().pending() || petition.filedOn() == null) {
            return;
        }
        PetitionRule rule = store.rule(tenant, petition.ruleId());
        WorkingCalendar calendar = steps.calendar(tenant);
        LocalDate ack = petition.ackOn() == null
                ? Terms.last(calendar, petition.filedOn(), rule.acknowledgeDays(), List.of())
                : petition.ackBy();
        LocalDate answer = Terms.last(
                calendar,
                petition.filedOn(),
                petition.answerDays(),
                Steps.still(rule, store.steps(tenant, id)));
        if (java.util.Objects.equals(ack, petition.ackBy()) && answer.equals(petition.answerBy())) {
            return;
        }
        var said = new LinkedHashMap<String, Object>();
        said.put("ackBy", String.valueOf(ack));
        said.put("answerBy", answer.toString());
        said.put("before", String.valueOf(petition.answerBy()));
        PetitionStore.Move move = store.move().set("ack_by", ack).set("answer_by", answer);
        if (petition.answerBy() != null && answer.isAfter(petition.answerBy())) {
            move.set("answer_told", (short) 0);
        }
        steps.call(tenant, petition, StepKind.RECKONED, said, move);
    }

    private void escalate(UUID tenant, UUID id) {
        Petition petition = steps.hold(tenant, id);
        PetitionRule rule = store.rule(tenant, petition.ruleId());
        WorkingCalendar calendar = steps.calendar(tenant);
        if (petition.ackOn() == null && petition.ackBy() != null) {
            call(tenant, id, "ack", petition.ackBy(), petition.ackTold(), rule, calendar);
        }
        if (petition.answerBy() != null) {
            call(tenant, id, "answer", petition.answerBy(), petition.answerTold(), rule, calendar);
        }
        for (Opinion opinion : store.opinions(tenant, id)) {
            if (opinion.state() == Opinion.Waits.ASKED) {
                opinion(tenant, id, opinion, rule, calendar);
            }
        }
    }

    private void call(
            UUID tenant,
            UUID id,
            String clock,
            LocalDate last,
            int told,
            PetitionRule rule,
            WorkingCalendar calendar) {
        Petition petition = steps.hold(tenant, id);
        int level = Terms.urgency(
                        calendar, last, steps.today(), remind(petition, rule, clock), rule.headAfter())
                .level();
        if (level <= told) {
            return;
        }
        var said = new LinkedHashMap<String, Object>();
        said.put("clock", clock);
        said.put("level", level);
        said.put("due", last.toString());
        steps.call(
                tenant,
                petition,
                StepKind.ESCALATED,
                said,
                store.move().set(clock.equals("ack") ? "ack_told" : "answer_told", (short) level));
    }

    /** A clock of two days is not near its end on its first. */
    private static int remind(Petition petition, PetitionRule rule, String clock) {
        return clock.equals("ack")
                ? Math.min(petition.remindDays(), rule.acknowledgeDays() / 2)
                : petition.remindDays();
    }

    private void opinion(
            UUID tenant, UUID id, Opinion opinion, PetitionRule rule, WorkingCalendar calendar) {
        Petition petition = steps.hold(tenant, id);
        int level = Math.min(
                Terms.urgency(
                                calendar,
                                opinion.due(),
                                steps.today(),
                                Math.min(petition.remindDays(), 1),
                                rule.headAfter())
                        .level(),
                Urgency.OVER.level());
        if (level <= opinion.called() || !store.called(tenant, id, opinion.n(), level)) {
            return;
        }
        var said = new LinkedHashMap<String, Object>();
        said.put("clock", "opinion");
        said.put("n", opinion.n());
        said.put("level", level);
        said.put("due", opinion.due().toString());
        steps.call(tenant, petition, StepKind.ESCALATED, said, store.move());
    }
}
