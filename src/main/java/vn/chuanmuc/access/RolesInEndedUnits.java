package vn.chuanmuc.access;

import java.sql.Date;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.directory.UnitsEnded;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;

/** A role held in a unit ends with the unit: its records are read through the custodian from then on. */
@Component
class RolesInEndedUnits implements UnitsEnded {
    private final JdbcClient jdbc;
    private final Ledger ledger;

    RolesInEndedUnits(JdbcClient jdbc, Ledger ledger) {
        this.jdbc = jdbc;
        this.ledger = ledger;
    }

    @Override
    public List<Ending> endingWith(UUID tenantId, Collection<UUID> units) {
        return jdbc.sql("""
                        select g.id, g.unit_id, g.role, a.display_name
                        from access.role_grant g
                        join access.account a on a.tenant_id = g.tenant_id and a.id = g.account_id and a.state = 'active'
                        where g.tenant_id = ? and g.unit_id = any (?) and g.valid_to is null
                        order by g.unit_id, g.role, a.display_name, g.id limit 500
                        """)
                .param(tenantId)
                .param(units.toArray(UUID[]::new))
                .query((row, n) -> new Ending(
                        row.getObject("unit_id", UUID.class),
                        row.getObject("id", UUID.class),
                        row.getString("display_name"),
                        Reason.of("access.role." + row.getString("role").toLowerCase(java.util.Locale.ROOT))))
                .list();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void ended(UUID tenantId, Collection<UUID> units, LocalDate day, UUID reorganisation, UUID actor) {
        record Ended(UUID account, String role, UUID unit) {}
        List<Ended> ended = jdbc.sql("""
                        update access.role_grant set valid_to = greatest(cast(? as date), valid_from + 1)
                        where tenant_id = ? and unit_id = any (?) and valid_to is null
                        returning account_id, role, unit_id
                        """)
                .param(Date.valueOf(day))
                .param(tenantId)
                .param(units.toArray(UUID[]::new))
                .query((row, n) -> new Ended(
                        row.getObject("account_id", UUID.class),
                        row.getString("role"),
                        row.getObject("unit_id", UUID.class)))
                .list();
        for (Ended grant : ended) {
            ledger.append(new Act(
                    tenantId,
                    "access.role-ended",
                    grant.account(),
                    actor,
                    Map.of(
                            "role",
                            grant.role(),
                            "unit",
                            grant.unit().toString(),
                            "reorganisation",
                            reorganisation.toString())));
        }
    }
}
