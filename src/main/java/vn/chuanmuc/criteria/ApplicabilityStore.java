package vn.chuanmuc.criteria;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class ApplicabilityStore {
    private final JdbcClient jdbc;

    ApplicabilityStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Row(UUID personId, UUID setId, String reason) {}

    Map<UUID, Applicability.Decided> decided(UUID tenantId, UUID decisionId, Collection<UUID> people) {
        var decided = new HashMap<UUID, Applicability.Decided>();
        jdbc.sql("""
                        select person_id, set_id, proposed, reason from criteria.applicability
                        where tenant_id = ? and decision_id = ? and person_id = any (?)
                        """)
                .param(tenantId)
                .param(decisionId)
                .param(people.toArray(UUID[]::new))
                .query(row -> {
                    decided.put(
                            row.getObject("person_id", UUID.class),
                            new Applicability.Decided(
                                    row.getObject("set_id", UUID.class),
                                    row.getBoolean("proposed"),
                                    row.getString("reason")));
                });
        return decided;
    }

    /** Adds what is proposed in one statement; whoever was decided meanwhile stays so. Returns the rows that were added. */
    List<Row> addAll(UUID tenantId, UUID decisionId, List<Row> rows, UUID by, Instant at) {
        var added = new HashSet<>(jdbc.sql("""
                        insert into criteria.applicability
                            (tenant_id, decision_id, person_id, set_id, proposed, reason, decided_by, decided_at)
                        select ?, ?, p.person_id, p.set_id, true, p.reason, ?, ?
                        from unnest(cast(? as uuid[]), cast(? as uuid[]), cast(? as text[])) as p (person_id, set_id, reason)
                        on conflict (tenant_id, decision_id, person_id) do nothing
                        returning person_id
                        """)
                .param(tenantId)
                .param(decisionId)
                .param(by)
                .param(Timestamp.from(at))
                .param(rows.stream().map(Row::personId).toArray(UUID[]::new))
                .param(rows.stream().map(Row::setId).toArray(UUID[]::new))
                .param(rows.stream().map(Row::reason).toArray(String[]::new))
                .query((row, n) -> row.getObject("person_id", UUID.class))
                .list());
        return rows.stream().filter(row -> added.contains(row.personId())).toList();
    }

    /** Decides or decides again; false if exactly this was decided already. */
    boolean decide(
            UUID tenantId,
            UUID decisionId,
            UUID personId,
            UUID setId,
            boolean proposed,
            String reason,
            UUID by,
            Instant at) {
        return jdbc.sql("""
                                insert into criteria.applicability as a
                                    (tenant_id, decision_id, person_id, set_id, proposed, reason, decided_by, decided_at)
                                values (?, ?, ?, ?, ?, ?, ?, ?)
                                on conflict (tenant_id, decision_id, person_id) do update
                                set set_id = excluded.set_id, proposed = excluded.proposed, reason = excluded.reason,
                                    decided_by = excluded.decided_by, decided_at = excluded.decided_at
                                where (a.set_id, a.proposed, a.reason)
                                    is distinct from (excluded.set_id, excluded.proposed, excluded.reason)
                                """)
                        .params(tenantId, decisionId, personId, setId, proposed, reason, by, Timestamp.from(at))
                        .update()
                == 1;
    }

    /** A unit the person is assigned to at or below one of the tops, the main assignment's first. */
    Optional<UUID> unitInScope(UUID tenantId, UUID personId, UUID[] tops) {
        return jdbc.sql("""
                        select a.unit_id
                        from directory.assignment a
                        where a.tenant_id = ? and a.person_id = ? and a.valid_to is null
                          and exists (
                              select from directory.unit_closure c
                              where c.tenant_id = a.tenant_id and c.descendant_id = a.unit_id and c.ancestor_id = any (?))
                        order by a.main desc, a.id
                        limit 1
                        """)
                .param(tenantId)
                .param(personId)
                .param(tops)
                .query((row, n) -> row.getObject("unit_id", UUID.class))
                .optional();
    }

    /** How many people whose main unit is at or below the tops have no set under the decision. */
    int undecided(UUID tenantId, UUID decisionId, UUID[] tops) {
        return jdbc.sql("""
                        select count(*)
                        from directory.assignment a
                        where a.tenant_id = ? and a.main and a.valid_to is null
                          and a.unit_id in (
                              select c.descendant_id from directory.unit_closure c
                              where c.tenant_id = a.tenant_id and c.ancestor_id = any (?))
                          and not exists (
                              select from criteria.applicability x
                              where x.tenant_id = a.tenant_id and x.decision_id = ? and x.person_id = a.person_id)
                        """)
                .param(tenantId)
                .param(tops)
                .param(decisionId)
                .query((row, n) -> row.getInt(1))
                .single();
    }
}
