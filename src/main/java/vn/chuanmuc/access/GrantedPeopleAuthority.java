package vn.chuanmuc.access;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.directory.PeopleAuthority;

/** By the roles an account holds today, or by a token that is valid today. */
@Component
class GrantedPeopleAuthority implements PeopleAuthority {
    private static final String[] ROLES = Arrays.stream(Role.values())
            .filter(role -> role.holds(Permission.MANAGE_PEOPLE))
            .map(Role::name)
            .toArray(String[]::new);

    private final JdbcClient jdbc;
    private final Clock clock;

    GrantedPeopleAuthority(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public boolean managesPeople(UUID tenantId, UUID actor, UUID unitId) {
        return jdbc.sql("""
                        select exists (
                            select from access.role_grant g
                            join access.account a on a.tenant_id = g.tenant_id and a.id = g.account_id and a.state = 'active'
                            join directory.unit_closure c on c.tenant_id = g.tenant_id and c.ancestor_id = g.unit_id
                                and c.descendant_id = :unit and not c.custody
                            where g.tenant_id = :tenant and g.account_id = :actor and g.role = any (:roles)
                              and g.valid_from <= :today and g.valid_to is null
                            union all
                            select from access.api_token t
                            join directory.unit_closure c on c.tenant_id = t.tenant_id and c.ancestor_id = t.unit_id
                                and c.descendant_id = :unit and not c.custody
                            where t.tenant_id = :tenant and t.id = :actor and t.may_write and t.revoked_at is null
                              and t.valid_from <= :today and t.valid_to > :today)
                        """)
                .param("tenant", tenantId)
                .param("actor", actor)
                .param("unit", unitId)
                .param("roles", ROLES)
                .param("today", LocalDate.now(clock))
                .query((row, n) -> row.getBoolean(1))
                .single();
    }
}
