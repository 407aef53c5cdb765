package vn.chuanmuc.directory;

import java.sql.Date;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.kernel.Ids;

/**
 * How many people each unit and all below it have on any day, from stored lines. Whoever changes a main assignment's unit or
 * dates, or the tree, takes the assignments' part out before the change and puts it in after, in one transaction.
 */
@Component
class Headcounts {
    private static final String LINES = """
            insert into directory.headcount (tenant_id, unit_id, day, id, people)
            select :tenant, unit_id, day, :id, cast(sum(people) as int)
            from (
                select p.ancestor_id as unit_id, greatest(a.valid_from, p.valid_from) as day, :sign as people
                from directory.assignment a
                join directory.unit_path p on p.tenant_id = a.tenant_id and p.descendant_id = a.unit_id
                    and p.valid_from < coalesce(a.valid_to, 'infinity') and coalesce(p.valid_to, 'infinity') > a.valid_from
                where a.tenant_id = :tenant and a.main and %1$s
                union all
                select p.ancestor_id, least(a.valid_to, p.valid_to), -:sign
                from directory.assignment a
                join directory.unit_path p on p.tenant_id = a.tenant_id and p.descendant_id = a.unit_id
                    and p.valid_from < coalesce(a.valid_to, 'infinity') and coalesce(p.valid_to, 'infinity') > a.valid_from
                where a.tenant_id = :tenant and a.main and %1$s and least(a.valid_to, p.valid_to) is not null
            ) as lines
            group by unit_id, day
            having sum(people) <> 0
            """;
    private static final String BY_ASSIGNMENT = LINES.formatted("a.id = any (:subjects)");
    private static final String BY_UNIT = LINES.formatted("a.unit_id = any (:subjects)");

    private final JdbcClient jdbc;

    Headcounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Takes out what these assignments count, before they or the paths of their units change. */
    void without(UUID tenantId, Collection<UUID> assignments) {
        write(BY_ASSIGNMENT, tenantId, assignments, -1);
    }

    /** Puts in what these assignments count now. */
    void with(UUID tenantId, Collection<UUID> assignments) {
        write(BY_ASSIGNMENT, tenantId, assignments, 1);
    }

    /** The same as {@link #without} for all assignments there ever were in these units themselves. */
    void withoutUnits(UUID tenantId, Collection<UUID> units) {
        write(BY_UNIT, tenantId, units, -1);
    }

    void withUnits(UUID tenantId, Collection<UUID> units) {
        write(BY_UNIT, tenantId, units, 1);
    }

    private void write(String sql, UUID tenantId, Collection<UUID> subjects, int sign) {
        if (subjects.isEmpty()) {
            return;
        }
        jdbc.sql(sql)
                .param("tenant", tenantId)
                .param("id", Ids.next())
                .param("sign", sign)
                .param("subjects", subjects.toArray(UUID[]::new))
                .update();
    }

    /** People of each of these units with all below it on the day; units with nobody are absent. */
    Map<UUID, Integer> on(UUID tenantId, Collection<UUID> units, LocalDate day) {
        Map<UUID, Integer> people = new HashMap<>();
        jdbc.sql("""
                        select u.id, s.people
                        from unnest(?) as u (id)
                        cross join lateral (
                            select sum(h.people) as people
                            from directory.headcount h
                            where h.tenant_id = ? and h.unit_id = u.id and h.day <= ?
                        ) as s
                        where s.people <> 0
                        """)
                .param(units.toArray(UUID[]::new))
                .param(tenantId)
                .param(Date.valueOf(day))
                .query(row -> {
                    people.put(row.getObject("id", UUID.class), row.getInt("people"));
                });
        return people;
    }

    /** Adds up the lines of one unit and day; readers see the same sums before and after. Returns how many lines went. */
    int compact(UUID tenantId) {
        return jdbc.sql("""
                        with several as (
                            select unit_id, day from directory.headcount
                            where tenant_id = :tenant
                            group by unit_id, day having count(*) > 1
                            limit 20000
                        ), gone as (
                            delete from directory.headcount h using several s
                            where h.tenant_id = :tenant and h.unit_id = s.unit_id and h.day = s.day
                            returning h.unit_id, h.day, h.people
                        ), added as (
                            insert into directory.headcount (tenant_id, unit_id, day, id, people)
                            select :tenant, unit_id, day, :id, cast(sum(people) as int)
                            from gone group by unit_id, day having sum(people) <> 0
                        )
                        select count(*) from gone
                        """)
                .param("tenant", tenantId)
                .param("id", Ids.next())
                .query((row, n) -> row.getInt(1))
                .single();
    }
}
