package vn.chuanmuc.assessments;

import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.ledger.Fault;
import vn.chuanmuc.ledger.Recomputation;

/** How a result stands must follow from what was decided, approved and told; a decision from its own file. */
@Component
class ResultRecomputation implements Recomputation {
    /** What does not follow from evidence, by what it is. */
    private static final Map<String, String> CONTRADICTIONS =
            Map.of("assessments.decision", """
            select d.period || '/' || d.form_id || '/' || d.version as key
            from assessments.decision d
            where d.tenant_id = ?
              and (d.hash <> sha256(convert_to(d.content, 'UTF8'))
                   or (d.content::jsonb ->> 'grade', d.content::jsonb ->> 'reason', d.content::jsonb ->> 'remark',
                       (d.content::jsonb ->> 'version')::int)
                      is distinct from (d.grade, d.reason, d.remark, d.version::int)
                   or d.content::jsonb -> 'suggestion' ->> 'grade' is distinct from d.suggested)
            """, "assessments.approval", """
            select a.period || '/' || a.form_id || '/' || a.version as key
            from assessments.approval a
            join assessments.decision d on d.tenant_id = a.tenant_id and d.period = a.period and d.form_id = a.form_id
            where a.tenant_id = ? and (a.made_by = d.decided_by and d.version <= a.version or a.maker_person = d.person_id)
            """, "assessments.result", """
            select x.period || '/' || x.form_id as key
            from assessments.result x
            join assessments.form f on f.tenant_id = x.tenant_id and f.period = x.period and f.id = x.form_id
            left join lateral (
                select max(d.version) as newest,
                       max(d.version) filter (where a.verdict = 'approved') as standing,
                       max(d.version) filter (where exists (
                           select from assessments.telling t
                           where t.tenant_id = d.tenant_id and t.period = d.period and t.form_id = d.form_id
                             and t.version = d.version)) as told
                from assessments.decision d
                left join assessments.approval a on a.tenant_id = d.tenant_id and a.period = d.period and a.form_id = d.form_id
                    and a.version = d.version
                where d.tenant_id = x.tenant_id and d.period = x.period and d.form_id = x.form_id) v on true
            left join assessments.approval n on n.tenant_id = x.tenant_id and n.period = x.period and n.form_id = x.form_id
                and n.version = x.version
            where x.tenant_id = ?
              and (v.newest is distinct from x.version or v.standing is distinct from x.standing
                   or v.told is distinct from x.told
                   or x.state is distinct from case when n.verdict is null then 'decided'
                                                    when n.verdict = 'sent-back' then 'sent-back'
                                                    when x.told = x.version then 'told' else 'approved' end
                   or f.state is distinct from case when x.told is not null then 'told'
                                                    when x.state = 'sent-back' then 'open' else x.state end
                      and not (x.state = 'sent-back' and f.state in ('open', 'cancelled')))
            """);

    private final JdbcClient jdbc;

    ResultRecomputation(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void check(UUID tenantId, Consumer<Fault> faults) {
        CONTRADICTIONS.forEach((what, sql) -> jdbc.sql(sql).param(tenantId).query(row -> {
            faults.accept(new Fault(what, row.getString("key"), Fault.DISAGREES));
        }));
    }
}
