package vn.chuanmuc.access;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which accounts something concerns: the other way round from {@link Access}. Closed accounts are none. */
@Component
public class Holders {
    private static final int MOST = 200;

    private final JdbcClient jdbc;
    private final Clock clock;

    Holders(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Whoever holds the permission in the unit itself; at most 200. */
    public List<UUID> in(UUID tenantId, Permission permission, UUID unitId) {
        return nearest(tenantId, permission, unitId, List.of(), 0);
    }

    /** Whoever holds the permission for the unit nearest to it: in the unit itself or, while nobody does, in the next one above; at most 200. */
    public List<UUID> nearest(UUID tenantId, Permission permission, UUID unitId) {
        return nearest(tenantId, permission, unitId, List.of());
    }

    /** The same as if some accounts held nothing: who may not act is passed over, up to the next one who may. */
    public List<UUID> nearest(UUID tenantId, Permission permission, UUID unitId, Collection<UUID> except) {
        return nearest(tenantId, permission, unitId, except, Integer.MAX_VALUE);
    }

    private List<UUID> nearest(
            UUID tenantId, Permission permission, UUID unitId, Collection<UUID> except, int highest) {
        return jdbc.sql("""
                        select account_id from (
                            select distinct g.account_id, c.depth, min(c.depth) over () as nearest
                            from directory.unit_closure c
                            join access.role_grant g on g.tenant_id = c.tenant_id and g.unit_id = c.ancestor_id
                                and g.role = any (:roles) and g.valid_from <= :today and g.valid_to is null
                            join access.account a on a.tenant_id = g.tenant_id and a.id = g.account_id and a.state = 'active'
                                and a.id <> all (:except)
                            where c.tenant_id = :tenant and c.descendant_id = :unit and not c.custody and c.depth <= :highest) h
                        where depth = nearest
                        order by account_id
                        limit :most
                        """)
                .param("tenant", tenantId)
                .param("unit", unitId)
                .param(
                        "roles",
                        Arrays.stream(Role.values())
                                .filter(role -> role.holds(permission))
                                .map(Role::name)
                                .toArray(String[]::new))
                .param("today", LocalDate.now(clock))
                .param("except", except.toArray(UUID[]::new))
                .param("highest", highest)
                .param("most", MOST)
                .query((row, n) -> row.getObject(1, UUID.class))
                .list();
    }

    /** The accounts of officials; whoever has none is not among them. */
    public List<UUID> of(UUID tenantId, Collection<UUID> people) {
        return jdbc.sql("""
                        select id from access.account
                        where tenant_id = ? and person_id = any (?) and state = 'active'
                        order by id
                        """)
                .param(tenantId)
                .param(people.toArray(UUID[]::new))
                .query((row, n) -> row.getObject(1, UUID.class))
                .list();
    }
}
