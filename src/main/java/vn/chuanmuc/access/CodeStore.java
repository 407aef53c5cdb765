package vn.chuanmuc.access;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which people of a unit can sign in already, and which still need a code. */
@Component
class CodeStore {
    static final int MOST = 1_000;

    private static final RowMapper<Accounts.Entry> ENTRY = (row, n) -> new Accounts.Entry(
            row.getObject("id", UUID.class),
            row.getString("full_name"),
            row.getString("unit_name"),
            row.getString("position_name"),
            row.getBoolean("sample"),
            row.getString("username"),
            Accounts.Entered.valueOf(row.getString("entered")));

    private final JdbcClient jdbc;

    CodeStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** People of the unit and everything below, by name, once each; those who have never signed in when asked for. */
    List<Accounts.Entry> of(UUID tenantId, UUID[] tops, UUID unitId, boolean waitingOnly, @Nullable List<UUID> only) {
        return jdbc
                .sql("""
                        select p.id, p.full_name, p.sample, v.name as unit_name, o.name as position_name, c.username,
                               case when c.id is null then 'NONE' when c.password_hash is null then 'WAITING' else 'ENTERED' end
                                   as entered
                        from directory.person p
                        join directory.assignment a on a.tenant_id = p.tenant_id and a.person_id = p.id and a.valid_to is null
                        join directory.unit_version v on v.tenant_id = a.tenant_id and v.unit_id = a.unit_id
                            and v.valid_to is null
                        join directory.position o on o.tenant_id = a.tenant_id and o.id = a.position_id
                        left join access.account c on c.tenant_id = p.tenant_id and c.person_id = p.id and c.state = 'active'
                        where p.tenant_id = :tenant
                          and a.unit_id in (select descendant_id from directory.unit_closure
                                            where tenant_id = :tenant and ancestor_id = :unit)
                          and a.unit_id in (select descendant_id from directory.unit_closure
                                            where tenant_id = :tenant and ancestor_id = any (:tops))
                          and (not :waiting or c.password_hash is null)
                          -- whoever holds a role gets the code from the administrator: no clerk may enter as the head
                          and (not :waiting or not exists (
                              select from access.role_grant g
                              where g.tenant_id = :tenant and g.account_id = c.id and g.valid_to is null))
                          and (cast(:only as uuid[]) is null or p.id = any (:only))
                        order by p.sort_key, p.id, a.main desc
                        limit :limit
                        """)
                .param("tenant", tenantId)
                .param("unit", unitId)
                .param("tops", tops)
                .param("waiting", waitingOnly)
                .param("only", only == null ? null : only.toArray(UUID[]::new))
                .param("limit", MOST)
                .query(ENTRY)
                .list()
                .stream()
                .collect(java.util.stream.Collectors.toMap(
                        Accounts.Entry::personId,
                        entry -> entry,
                        (first, second) -> first,
                        java.util.LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    /** How many people in these units and below have no account; counted no further than the limit. */
    int withoutAccount(UUID tenantId, UUID[] tops, int limit) {
        return jdbc.sql("""
                        select count(*) from (
                            select 1 from directory.assignment a
                            where a.tenant_id = :tenant and a.valid_to is null and a.main
                              and a.unit_id in (select descendant_id from directory.unit_closure
                                                where tenant_id = :tenant and ancestor_id = any (:tops))
                              and not exists (select from access.account c
                                              where c.tenant_id = a.tenant_id and c.person_id = a.person_id
                                                and c.state = 'active')
                            limit :limit) as counted
                        """)
                .param("tenant", tenantId)
                .param("tops", tops)
                .param("limit", limit)
                .query((row, n) -> row.getInt(1))
                .single();
    }
}
