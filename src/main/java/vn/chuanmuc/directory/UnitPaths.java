package vn.chuanmuc.directory;

import java.sql.Date;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who is above whom: for every day ({@code unit_path}) and for today ({@code unit_closure}, which scopes read). Both follow from
 * the versions of the units; this makes them follow when versions changed. Head-counts must be taken out before and put in after
 * ({@link Headcounts#withoutUnits}) for the units that {@link #below} names.
 */
@Component
class UnitPaths {
    private final JdbcClient jdbc;

    UnitPaths(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** These units and all that are below them on the day or were later, whatever became of them since. */
    List<UUID> below(UUID tenantId, Collection<UUID> units, LocalDate day) {
        return jdbc.sql("""
                        select distinct descendant_id
                        from directory.unit_path
                        where tenant_id = ? and ancestor_id = any (?) and (valid_to is null or valid_to > ?)
                        """)
                .param(tenantId)
                .param(units.toArray(UUID[]::new))
                .param(Date.valueOf(day))
                .query((row, n) -> row.getObject(1, UUID.class))
                .list();
    }

    /**
     * Makes the paths of these units, of all days, follow from the versions as they are now. The past of a path is made anew as
     * well: what is ordered for an earlier day may concern units that ended or went elsewhere since.
     *
     * @param units every unit whose own place changed, with all that {@link #below} names
     */
    void follow(UUID tenantId, Collection<UUID> units) {
        UUID[] changed = units.toArray(UUID[]::new);
        jdbc.sql("delete from directory.unit_path where tenant_id = :tenant and descendant_id = any (:units)")
                .param("tenant", tenantId)
                .param("units", changed)
                .update();
        // Walked up through the versions of each day; periods that touch are one path.
        jdbc.sql("""
                        with recursive up (descendant_id, ancestor_id, depth, during) as (
                            select v.unit_id, v.unit_id, 0, daterange(v.valid_from, v.valid_to)
                            from directory.unit_version v
                            where v.tenant_id = :tenant and v.unit_id = any (:units)
                            union all
                            select u.descendant_id, v.parent_id, u.depth + 1, u.during * daterange(v.valid_from, v.valid_to)
                            from up u
                            join directory.unit_version v
                                on v.tenant_id = :tenant and v.unit_id = u.ancestor_id
                                    and daterange(v.valid_from, v.valid_to) && u.during
                            where v.parent_id is not null
                        )
                        insert into directory.unit_path (tenant_id, ancestor_id, descendant_id, depth, valid_from, valid_to)
                        select :tenant, ancestor_id, descendant_id, depth, lower(during), upper(during)
                        from (
                            select ancestor_id, descendant_id, depth, unnest(range_agg(during)) as during
                            from up
                            group by ancestor_id, descendant_id, depth) as paths
                        """).param("tenant", tenantId).param("units", changed).update();
        jdbc.sql("""
                        delete from directory.unit_closure
                        where tenant_id = :tenant and descendant_id = any (:units) and not custody
                        """).param("tenant", tenantId).param("units", changed).update();
        jdbc.sql("""
                        insert into directory.unit_closure (tenant_id, ancestor_id, descendant_id, depth)
                        select tenant_id, ancestor_id, descendant_id, depth
                        from directory.unit_path
                        where tenant_id = :tenant and descendant_id = any (:units) and valid_to is null
                        """).param("tenant", tenantId).param("units", changed).update();
    }

    /** From now on the custodian, and whoever is above it, may read the records of the dissolved unit. */
    void entrust(UUID tenantId, UUID dissolved, UUID custodian) {
        entrust(tenantId, Map.of(dissolved, custodian));
    }

    /** The same for many dissolved units, each with its custodian. */
    void entrust(UUID tenantId, Map<UUID, UUID> custodians) {
        UUID[] dissolved = custodians.keySet().toArray(UUID[]::new);
        UUID[] keepers = Stream.of(dissolved).map(custodians::get).toArray(UUID[]::new);
        jdbc.sql("delete from directory.unit_closure where tenant_id = ? and descendant_id = any (?) and custody")
                .param(tenantId)
                .param(dissolved)
                .update();
        jdbc.sql("""
                        insert into directory.unit_closure (tenant_id, ancestor_id, descendant_id, depth, custody)
                        select c.tenant_id, c.ancestor_id, n.dissolved, c.depth + 1, true
                        from unnest(?, ?) as n (dissolved, custodian)
                        join directory.unit_closure c
                            on c.tenant_id = ? and c.descendant_id = n.custodian and not c.custody
                        """).param(dissolved).param(keepers).param(tenantId).update();
    }
}
