package vn.chuanmuc.directory;

import java.sql.Date;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * How many people stand in lines on any day, from stored sums. Whoever writes memberships does it through {@link #changing}, which
 * takes out what those people count before and puts in what they count after, in the same transaction. In how many lines a person
 * stands depends on all of them: so there is one writer of a body's memberships at a time.
 */
@Component
class LineCounts {
    /** The days on which any of the people comes into a line or leaves it. */
    private static final String WRITE = """
            with member as materialized (
                select line_id, unit_id, person_id, valid_from, valid_to
                from directory.line_member
                where tenant_id = :tenant and person_id = any (:people)),
            event as materialized (
                select line_id, unit_id, person_id, valid_from as day, 1 as n from member
                union all
                select line_id, unit_id, person_id, valid_to, -1 from member where valid_to is not null),
            unit as (
                insert into directory.line_unit_count as c (tenant_id, line_id, unit_id, day, people)
                select :tenant, line_id, unit_id, day, cast(:sign * sum(n) as int)
                from event group by line_id, unit_id, day having sum(n) <> 0
                on conflict (tenant_id, line_id, unit_id, day) do update set people = c.people + excluded.people),
            line as (
                insert into directory.line_count as c (tenant_id, line_id, day, people)
                select :tenant, line_id, day, cast(:sign * sum(n) as int)
                from event group by line_id, day having sum(n) <> 0
                on conflict (tenant_id, line_id, day) do update set people = c.people + excluded.people),
            change as (
                select person_id, day, sum(n) as n from event group by person_id, day having sum(n) <> 0),
            standing as (
                select day, n, sum(n) over (partition by person_id order by day) as lines from change)
            insert into directory.line_crowd as c (tenant_id, lines, day, people)
            select :tenant, lines, day, cast(:sign * sum(people) as int)
            from (select lines, day, 1 as people from standing
                  union all
                  select lines - n, day, -1 from standing) as moved
            where lines > 0
            group by lines, day
            having sum(people) <> 0
            on conflict (tenant_id, lines, day) do update set people = c.people + excluded.people
            """;

    private final JdbcClient jdbc;

    LineCounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Does what changes memberships of these people, and of nobody else. */
    @Transactional(propagation = Propagation.MANDATORY)
    public <T> T changing(UUID tenantId, Collection<UUID> people, Supplier<T> change) {
        lock(tenantId);
        write(tenantId, people, -1);
        T changed = change.get();
        write(tenantId, people, 1);
        return changed;
    }

    /** Whoever writes memberships of a body waits here; after the rows of lines, before everything else that is locked. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void lock(UUID tenantId) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 211))")
                .param("directory.line-members " + tenantId)
                .query((row, n) -> "")
                .single();
    }

    private void write(UUID tenantId, Collection<UUID> people, int sign) {
        if (people.isEmpty()) {
            return;
        }
        jdbc.sql(WRITE)
                .param("tenant", tenantId)
                .param("people", people.toArray(UUID[]::new))
                .param("sign", sign)
                .update();
    }

    /** How many people stand in each line of the body on the day. */
    Map<UUID, Long> lines(UUID tenantId, LocalDate day) {
        Map<UUID, Long> people = new HashMap<>();
        jdbc.sql("""
                        select line_id, sum(people) as people from directory.line_count
                        where tenant_id = ? and day <= ?
                        group by line_id having sum(people) <> 0
                        """).params(List.of(tenantId, Date.valueOf(day))).query(row -> {
            people.put(row.getObject("line_id", UUID.class), row.getLong("people"));
        });
        return people;
    }

    /** How many people of the body stand in one line on the day, in two, in three … */
    Map<Integer, Long> crowd(UUID tenantId, LocalDate day) {
        Map<Integer, Long> people = new TreeMap<>();
        jdbc.sql("""
                        select lines, sum(people) as people from directory.line_crowd
                        where tenant_id = ? and day <= ?
                        group by lines having sum(people) <> 0
                        """).params(List.of(tenantId, Date.valueOf(day))).query(row -> {
            people.put(row.getInt("lines"), row.getLong("people"));
        });
        return people;
    }
}
