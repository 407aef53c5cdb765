package vn.chuanmuc.commitments;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.commitments.PrintRuns.Run;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.NotFound;

/** Runs of printing and their parts. */
@Component
class PrintStore {
    private final JdbcClient jdbc;

    PrintStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(Viewer viewer, UUID id, UUID campaignId, String label, List<UUID> people, Instant now) {
        int rows = jdbc.sql("""
                        insert into commitments.print_run
                            (tenant_id, id, campaign_id, label, people, requested_by, requested_at)
                        values (?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(viewer.tenantId())
                .param(id)
                .param(campaignId)
                .param(label.substring(0, Math.min(label.length(), 300)))
                .param(people.toArray(UUID[]::new))
                .param(viewer.accountId())
                .param(Timestamp.from(now))
                .update();
        Check.that(rows == 1, "a run is one row");
    }

    Optional<Run> find(UUID tenantId, UUID id) {
        return jdbc.sql("""
                        select r.id, r.campaign_id, r.label, cardinality(r.people) as people, r.requested_by, r.requested_at,
                               coalesce(p.papers, 0) as papers, coalesce(p.skipped, 0) as skipped
                        from commitments.print_run r
                        left join lateral (
                            select sum(q.papers)::int as papers, sum(q.skipped)::int as skipped
                            from commitments.print_part q
                            where q.tenant_id = r.tenant_id and q.run_id = r.id) p on true
                        where r.tenant_id = ? and r.id = ?
                        """)
                .params(tenantId, id)
                .query((row, n) -> new Run(
                        row.getObject("id", UUID.class),
                        row.getObject("campaign_id", UUID.class),
                        row.getString("label"),
                        row.getInt("people"),
                        row.getInt("papers") + row.getInt("skipped"),
                        row.getInt("papers"),
                        row.getInt("skipped"),
                        row.getObject("requested_by", UUID.class),
                        row.getTimestamp("requested_at").toInstant()))
                .optional();
    }

    /** The people of a run behind the first {@code done}. */
    List<UUID> people(UUID tenantId, UUID runId, int done, int count) {
        return jdbc.sql("""
                        select p.person
                        from commitments.print_run r
                        cross join lateral unnest(r.people) with ordinality as p (person, place)
                        where r.tenant_id = ? and r.id = ? and p.place > ? and p.place <= ?
                        order by p.place
                        """)
                .params(tenantId, runId, done, done + count)
                .query((row, n) -> row.getObject("person", UUID.class))
                .list();
    }

    void add(UUID tenantId, UUID runId, int part, int papers, int skipped, byte[] pdf) {
        int rows = jdbc.sql("""
                        insert into commitments.print_part (tenant_id, run_id, part, papers, skipped, piece)
                        values (?, ?, ?, ?, ?, ?)
                        """)
                .params(tenantId, runId, part, papers, skipped, pdf)
                .update();
        Check.that(rows == 1, "a part is one row");
    }

    byte[] part(UUID tenantId, UUID runId, int part) {
        return jdbc.sql("select piece from commitments.print_part where tenant_id = ? and run_id = ? and part = ?")
                .params(tenantId, runId, part)
                .query((row, n) -> row.getBytes("piece"))
                .optional()
                .orElseThrow(() -> new NotFound("part of a run of printing"));
    }

    void deleteBefore(Instant day) {
        jdbc.sql("""
                        delete from commitments.print_part p
                        using commitments.print_run r
                        where r.tenant_id = p.tenant_id and r.id = p.run_id and r.requested_at < ?
                        """).param(Timestamp.from(day)).update();
        jdbc.sql("delete from commitments.print_run where requested_at < ?")
                .param(Timestamp.from(day))
                .update();
    }
}
