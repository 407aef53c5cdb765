package vn.chuanmuc.assessments;

import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.ledger.Fault;
import vn.chuanmuc.ledger.Recomputation;

/** What stands in forms must follow from what was handed in: levels, how often, whose turn it is. */
@Component
class AssessmentRecomputation implements Recomputation {
    /** What does not follow from evidence, by what it is. */
    private static final Map<String, String> CONTRADICTIONS =
            Map.of("assessments.rating", """
            select r.period || '/' || r.form_id || '/' || r.stage as key
            from assessments.rating r
            left join assessments.handing h on h.tenant_id = r.tenant_id and h.period = r.period and h.form_id = r.form_id
                and h.stage = r.stage and h.handing = r.handing
            where r.tenant_id = ?
              and (r.handing > 0 and h.form_id is null
                   or r.state = 'handed-in' and (h.levels is distinct from r.levels or h.at is distinct from r.handed_at))
            """, "assessments.handing", """
            select h.period || '/' || h.form_id || '/' || h.stage || '/' || h.handing as key
            from assessments.handing h
            where h.tenant_id = ? and h.hash <> sha256(convert_to(h.content, 'UTF8'))
            """, "assessments.form", """
            select f.period || '/' || f.id as key
            from assessments.form f
            join assessments.cycle c on c.tenant_id = f.tenant_id and c.id = f.cycle_id and c.state <> 'creating'
            join (select tenant_id, period, form_id, coalesce(min(ord) filter (where state <> 'handed-in'), 0) as step
                  from assessments.rating group by tenant_id, period, form_id) r
                on r.tenant_id = f.tenant_id and r.period = f.period and r.form_id = f.id
            where f.tenant_id = ? and f.step <> r.step
            """);

    private final JdbcClient jdbc;

    AssessmentRecomputation(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void check(UUID tenantId, Consumer<Fault> faults) {
        CONTRADICTIONS.forEach((what, sql) -> jdbc.sql(sql).param(tenantId).query(row -> {
            faults.accept(new Fault(what, row.getString("key"), Fault.DISAGREES));
        }));
    }
}
