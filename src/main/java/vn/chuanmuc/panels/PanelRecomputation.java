package vn.chuanmuc.panels;

import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.ledger.Fault;
import vn.chuanmuc.ledger.Recomputation;

/** What follows from what was noted: whom a round let vote, how counts add up, what minutes say, who signed before a meeting closed. */
@Component
class PanelRecomputation implements Recomputation {
    private static final Map<String, String> CONTRADICTIONS = Map.of(
            PanelEvidence.MINUTES,
            """
            select m.meeting_id || '/' || m.version as key
            from panels.minutes m
            where m.tenant_id = ? and m.hash <> sha256(convert_to(m.content, 'UTF8'))
            """,
            PanelEvidence.SIGNATURE,
            """
            select s.meeting_id || '/' || s.version || '/' || s.role as key
            from panels.signature s
            join panels.minutes m on m.tenant_id = s.tenant_id and m.meeting_id = s.meeting_id and m.version = s.version
            left join panels.seat t on t.tenant_id = s.tenant_id and t.meeting_id = s.meeting_id and t.person_id = s.person_id
            where s.tenant_id = ?
              and (s.hash <> m.hash or t.role is distinct from s.role
                   or exists (select from panels.signature o
                              where o.tenant_id = s.tenant_id and o.meeting_id = s.meeting_id and o.version = s.version
                                and coalesce(o.method, 'xac-nhan-dien-tu') <> coalesce(s.method, 'xac-nhan-dien-tu'))
                   or s.method = 'giay'
                      and exists (select from panels.signature o
                                  where o.tenant_id = s.tenant_id and o.meeting_id = s.meeting_id and o.version = s.version
                                    and o.document_hash <> s.document_hash)
                   or s.document_hash is not null
                      and not exists (select from documents.content c
                                      where c.tenant_id = s.tenant_id and c.hash = s.document_hash)
                   or s.method = 'chu-ky-so'
                      and not exists (select from signing.signature g
                                      where g.tenant_id = s.tenant_id and g.document_hash = s.document_hash
                                        and g.person_id = s.person_id))
            """,
            PanelEvidence.MEETING,
            """
            select m.id::text as key
            from panels.meeting m
            where m.tenant_id = ? and m.state = 'closed'
              and (select count(*) from panels.signature s
                   where s.tenant_id = m.tenant_id and s.meeting_id = m.id and s.version = m.minutes) <> 2
            """,
            PanelEvidence.ROUND,
            """
            select r.id::text as key
            from panels.round r
            where r.tenant_id = ?
              and (r.members <> (select count(*) from panels.seat s
                                 where s.tenant_id = r.tenant_id and s.meeting_id = r.meeting_id and s.votes)
                   or r.state = 'counted' and r.way = 'paper'
                      and (select count(*) from panels.witness w
                           where w.tenant_id = r.tenant_id and w.round_id = r.id and w.version = r.count and w.agrees)
                          < (select count(*) from panels.seat s
                             where s.tenant_id = r.tenant_id and s.meeting_id = r.meeting_id and s.role = 'counter')
                   or r.state = 'counted' and r.way = 'hands'
                      and exists (select from panels.meeting m
                                  join panels.rule u on u.tenant_id = m.tenant_id and u.id = m.rule_id and u.hands = 'confirmed'
                                  where m.tenant_id = r.tenant_id and m.id = r.meeting_id)
                      and not exists (select from panels.witness w
                                      where w.tenant_id = r.tenant_id and w.round_id = r.id and w.version = r.count and w.agrees
                                        and not exists (select from panels.count c
                                                        where c.tenant_id = w.tenant_id and c.round_id = w.round_id
                                                          and c.version = w.version and c.entered_by = w.account_id))
                   or r.state = 'counted'
                      and (select count(*) from panels.count c
                           where c.tenant_id = r.tenant_id and c.round_id = r.id and c.version = r.count)
                          <> (select count(*) from panels.round_form f where f.tenant_id = r.tenant_id and f.round_id = r.id))
            """,
            PanelEvidence.COUNT,
            """
            select c.round_id || '/' || c.version || '/' || c.form_id as key
            from panels.count c
            join panels.round r on r.tenant_id = c.tenant_id and r.id = c.round_id
            where c.tenant_id = ?
              and (panels.total(c.votes) + c.invalid <> c.returned or c.returned > c.issued or c.issued > r.entitled
                   or r.way = 'hands' and c.issued <> r.entitled)
            """,
            PanelEvidence.CONCLUSION,
            """
            select d.meeting_id || '/' || d.form_id as key
            from panels.delivery d
            where d.tenant_id = ? and d.done
              and not exists (select from panels.conclusion c
                              where c.tenant_id = d.tenant_id and c.meeting_id = d.meeting_id and c.form_id = d.form_id
                                and c.grade is not null)
            """);

    private final JdbcClient jdbc;

    PanelRecomputation(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void check(UUID tenantId, Consumer<Fault> faults) {
        CONTRADICTIONS.forEach((what, sql) -> jdbc.sql(sql).param(tenantId).query(row -> {
            faults.accept(new Fault(what, row.getString("key"), Fault.DISAGREES));
        }));
    }
}
