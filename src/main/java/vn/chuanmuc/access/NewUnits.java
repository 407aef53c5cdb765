package vn.chuanmuc.access;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Units that a re-organisation founded and in which nobody holds a role yet that a campaign needs. */
@Component
public class NewUnits {
    private static final int MOST = 500;
    /** Who compiles a unit's lists, and who approves them; campaigns do not open without them. */
    private static final List<Role> NEEDED = List.of(Role.CLERK, Role.HEAD);

    private final JdbcClient jdbc;
    private final Accounts accounts;

    NewUnits(JdbcClient jdbc, Accounts accounts) {
        this.jdbc = jdbc;
        this.accounts = accounts;
    }

    /** Who held the role in a unit that went on as the new one, until it ended: proposed, never decided. */
    public record Former(UUID account, String name, Role role, String unitName) {}

    /**
     * A new unit.
     *
     * @param above name of the unit above it
     * @param order title of the re-organisation that founded it, on {@code since}
     * @param roles nobody holds in it or above it
     */
    public record Lacking(
            UUID unit,
            String name,
            String code,
            String above,
            String order,
            LocalDate since,
            List<Role> roles,
            List<Former> former) {}

    /** Of the 500 that were founded last. */
    public List<Lacking> lackingRoles(UUID tenantId) {
        List<Lacking> founded = jdbc.sql("""
                        select u.id, v.name, v.code, coalesce(p.name, '') as above, r.title, r.effective
                        from directory.reorganisation r
                        join directory.reorganisation_unit u on u.tenant_id = r.tenant_id and u.reorganisation_id = r.id
                        join directory.unit_version v
                            on v.tenant_id = r.tenant_id and v.unit_id = u.id and v.valid_to is null
                        left join directory.unit_version p
                            on p.tenant_id = r.tenant_id and p.unit_id = v.parent_id and p.valid_to is null
                        where r.tenant_id = ? and r.state = 'done'
                        order by r.effective desc, v.rank_order, v.name, u.id
                        limit ?
                        """)
                .params(tenantId, MOST)
                .query((row, n) -> new Lacking(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getString("code"),
                        row.getString("above"),
                        row.getString("title"),
                        row.getObject("effective", LocalDate.class),
                        List.of(),
                        List.of()))
                .list();
        if (founded.isEmpty()) {
            return List.of();
        }
        List<UUID> ids = founded.stream().map(Lacking::unit).toList();
        Map<UUID, List<Role>> roles = new HashMap<>();
        for (Role role : NEEDED) {
            for (UUID unit : new HashSet<>(accounts.unitsLackingRole(tenantId, role, ids))) {
                roles.computeIfAbsent(unit, any -> new ArrayList<>()).add(role);
            }
        }
        Map<UUID, List<Former>> former = former(tenantId, List.copyOf(roles.keySet()));
        return founded.stream()
                .filter(unit -> roles.containsKey(unit.unit()))
                .map(unit -> {
                    List<Role> lacking = roles.getOrDefault(unit.unit(), List.of());
                    return new Lacking(
                            unit.unit(),
                            unit.name(),
                            unit.code(),
                            unit.above(),
                            unit.order(),
                            unit.since(),
                            lacking,
                            former.getOrDefault(unit.unit(), List.of()).stream()
                                    .filter(one -> lacking.contains(one.role()))
                                    .toList());
                })
                .toList();
    }

    private Map<UUID, List<Former>> former(UUID tenantId, List<UUID> units) {
        Map<UUID, List<Former>> former = new HashMap<>();
        jdbc.sql("""
                        select distinct s.to_id, a.id, a.display_name, g.role, v.name as unit_name
                        from directory.unit_succession s
                        join access.role_grant g on g.tenant_id = s.tenant_id and g.unit_id = s.from_id
                            and g.role = any (?) and g.valid_to is not null
                        join access.account a on a.tenant_id = g.tenant_id and a.id = g.account_id and a.state = 'active'
                        cross join lateral (
                            select u.name from directory.unit_version u
                            where u.tenant_id = s.tenant_id and u.unit_id = s.from_id
                            order by u.valid_from desc limit 1) v
                        where s.tenant_id = ? and s.to_id = any (?)
                        order by v.name, g.role, a.display_name
                        limit 1000
                        """)
                .param(NEEDED.stream().map(Role::name).toArray(String[]::new))
                .param(tenantId)
                .param(units.toArray(UUID[]::new))
                .query(row -> {
                    former.computeIfAbsent(row.getObject("to_id", UUID.class), any -> new ArrayList<>())
                            .add(new Former(
                                    row.getObject("id", UUID.class),
                                    row.getString("display_name"),
                                    Role.valueOf(row.getString("role")),
                                    row.getString("unit_name")));
                });
        return former;
    }
}
