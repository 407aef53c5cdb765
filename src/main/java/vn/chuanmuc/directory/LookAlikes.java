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
 * not search everybody. Of a record no more than {@link #MOST} are noted that come after it in the order of the ids: a name that
 * thousands bear would make millions of pairs, and nobody compares more at a time; once some are told apart the chore notes the
 * next. Two records that are written at the same moment in two transactions do not see each other: the chore
 * finds them later.
 */
@Component
class LookAlikes implements Chore {
    /** Records that are held against one, of those that come after it. */
    static final int MOST = 20;

    private static final int BATCH = 2_000;
    private static final List<Likeness> NOTED = List.of(Likeness.SAME, Likeness.REVERSED, Likeness.CODE);

    private final JdbcClient jdbc;
    private final UnitStore units;

    LookAlikes(JdbcClient jdbc, UnitStore units) {
        this.jdbc = jdbc;
        this.units = units;
    }

    /** After these people were added, in the same transaction. */
    void added(UUID tenantId, Collection<UUID> people) {
        // One index look-up for each, whatever the planner knows: it may believe that nobody is in a body that was just
        // filled, and would then walk all of it for each. So it is told only that both are of one body, not of which.
        note(tenantId, """
                unnest(cast(:people as uuid[])) as n (id)
                join directory.person p on p.tenant_id = :tenant and p.id = n.id and p.merged_into is null
                cross join lateral (
                    (select q.id, q.sort_key from directory.person q
                     where q.tenant_id = p.tenant_id and q.merged_into is null and q.id > p.id and %1$s
                     order by q.id limit 20)
                    union all
                    (select q.id, q.sort_key from directory.person q
                     where q.tenant_id = p.tenant_id and q.merged_into is null and q.id < p.id and %1$s
                     order by q.id desc limit 20)
                ) as q
                where %2$s
                """.replace("20", Integer.toString(MOST)), people.toArray(UUID[]::new));
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
                            order by 4, 5
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

    /**
     * Reads the records in the order of their ids, so many at a time, and notes what is missing pair by pair: nothing is held while
     * something is waited for, so whoever else notes pairs at the same time (an import, the chore of another instance that was taken
     * for dead) never waits in a circle, and a body of millions is no long transaction.
     */
    @Override
    public void run() {
        units.tenants().forEach(this::run);
    }

    /** The same for one body. */
    void run(UUID tenant) {
        UUID after = new UUID(0, 0);
        List<UUID> people;
        do {
            people = batch(tenant, after);
            for (Likeness likeness : NOTED) {
                missing(tenant, likeness, people).forEach(pair -> note(tenant, likeness, pair));
            }
            after = people.isEmpty() ? after : people.getLast();
        } while (people.size() == BATCH);
    }

    private List<UUID> batch(UUID tenantId, UUID after) {
        return jdbc.sql("""
                        select id from directory.person
                        where tenant_id = ? and id > ? and merged_into is null
                        order by id limit ?
                        """)
                .params(tenantId, after, BATCH)
                .query((row, n) -> row.getObject("id", UUID.class))
                .list();
    }

    private record Found(byte[] sortKey, UUID one, UUID other) {}

    /** Pairs of these people with later ones that nobody noted, in the order of their ids. */
    private List<Found> missing(UUID tenantId, Likeness likeness, List<UUID> people) {
        return jdbc.sql("""
                        select least(p.sort_key, q.sort_key) as sort_key, p.id as one_id, q.id as other_id
                        from unnest(cast(:people as uuid[])) as n (id)
                        join directory.person p on p.tenant_id = :tenant and p.id = n.id and p.merged_into is null
                        cross join lateral (
                            select q.id, q.sort_key from directory.person q
                            where q.tenant_id = :tenant and q.merged_into is null and q.id > p.id and %s
                              and not exists (select from directory.not_same s
                                              where s.tenant_id = :tenant and s.one_id = p.id and s.other_id = q.id)
                            order by q.id limit %d
                        ) as q
                        where %s
                          and not exists (select from directory.look_alike l
                                          where l.tenant_id = :tenant and l.one_id = p.id and l.other_id = q.id
                                            and l.likeness = :likeness)
                        order by p.id, q.id
                        """.formatted(DuplicateStore.alike(likeness), MOST, DuplicateStore.worth(likeness)))
                .param("tenant", tenantId)
                .param("likeness", likeness.code())
                .param("people", people.toArray(UUID[]::new))
                .query((row, n) -> new Found(
                        row.getBytes("sort_key"),
                        row.getObject("one_id", UUID.class),
                        row.getObject("other_id", UUID.class)))
                .list();
    }

    /** One row, one transaction. */
    private void note(UUID tenantId, Likeness likeness, Found pair) {
        jdbc.sql("""
                        insert into directory.look_alike (tenant_id, likeness, sort_key, one_id, other_id)
                        values (?, ?, ?, ?, ?)
                        on conflict do nothing
                        """)
                .params(tenantId, likeness.code(), pair.sortKey(), pair.one(), pair.other())
                .update();
    }
}
