package vn.chuanmuc.directory;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.directory.Duplicates.Likeness;
import vn.chuanmuc.jobs.Chore;

/**
 * Notes which records may be of one person when names, birth dates and codes are written, so that the page of a whole body need
 * not search everybody. Two records that are written at the same moment in two transactions do not see each other: the chore
 * finds them later.
 */
@Component
class LookAlikes implements Chore {
    private static final List<Likeness> NOTED = List.of(Likeness.SAME, Likeness.REVERSED, Likeness.CODE);

    private final JdbcClient jdbc;
    private final UnitStore units;

    LookAlikes(JdbcClient jdbc, UnitStore units) {
        this.jdbc = jdbc;
        this.units = units;
    }

    /** After these people were added, in the same transaction. */
    void added(UUID tenantId, Collection<UUID> people) {
        // one index look-up for each, whatever the planner knows of a table that was just filled
        note(tenantId, """
                unnest(cast(:people as uuid[])) as n (id)
                join directory.person p on p.tenant_id = :tenant and p.id = n.id and p.merged_into is null
                cross join lateral (
                    select q.id, q.sort_key from directory.person q
                    where q.tenant_id = :tenant and q.merged_into is null and q.id <> p.id and %s
                    offset 0
                ) as q
                where %s
                """, people.toArray(UUID[]::new));
    }

    /** After their names, dates or codes were corrected, in the same transaction. */
    void corrected(UUID tenantId, Collection<UUID> people) {
        forget(tenantId, people);
        added(tenantId, people);
    }

    /** After these were merged into others. */
    void forget(UUID tenantId, Collection<UUID> people) {
        UUID[] ids = people.toArray(UUID[]::new);
        jdbc.sql("delete from directory.look_alike where tenant_id = ? and one_id = any (?)")
                .params(tenantId, ids)
                .update();
        jdbc.sql("delete from directory.look_alike where tenant_id = ? and other_id = any (?)")
                .params(tenantId, ids)
                .update();
    }

    private void note(UUID tenantId, String pairs, UUID[] people) {
        for (Likeness likeness : NOTED) {
            jdbc.sql("""
                            insert into directory.look_alike (tenant_id, likeness, sort_key, one_id, other_id)
                            select cast(:tenant as uuid), :likeness, least(p.sort_key, q.sort_key), least(p.id, q.id),
                                   greatest(p.id, q.id)
                            from %s
                            on conflict do nothing
                            """.formatted(pairs.formatted(DuplicateStore.alike(likeness), DuplicateStore.worth(likeness))))
                    .param("tenant", tenantId)
                    .param("likeness", likeness.code())
                    .param("people", people)
                    .update();
        }
    }

    @Override
    public String name() {
        return "directory.look-alikes";
    }

    @Override
    public Duration pause() {
        return Duration.ofHours(12);
    }

    @Override
    public void run() {
        for (UUID tenant : units.tenants()) {
            note(tenant, """
                    directory.person p
                    join directory.person q on q.tenant_id = :tenant and q.merged_into is null and q.id > p.id and %s
                    where p.tenant_id = :tenant and p.merged_into is null and %s
                    """, new UUID[0]);
        }
    }
}
