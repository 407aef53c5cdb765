package vn.chuanmuc.sheets;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Cycle;
import vn.chuanmuc.assessments.PaperForms.Place;
import vn.chuanmuc.assessments.Period;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.sheets.SheetPrints.Run;

/** Runs of printing and their parts. */
@Component
class SheetPrintStore {
    private final JdbcClient jdbc;

    SheetPrintStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(Viewer viewer, UUID id, Cycle cycle, String label, List<Place> places, Instant now) {
        int rows = jdbc.sql("""
                        insert into sheets.print_run
                            (tenant_id, id, cycle_id, label, forms, stages, period, requested_by, requested_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(viewer.tenantId())
                .param(id)
                .param(cycle.id())
                .param(label.substring(0, Math.min(label.length(), 300)))
                .param(places.stream().map(Place::formId).toArray(UUID[]::new))
                .param(places.stream().map(Place::stage).toArray(String[]::new))
                .param(cycle.period().code())
                .param(viewer.accountId())
                .param(Timestamp.from(now))
                .update();
        Check.that(rows == 1, "a run is one row");
    }

    Optional<Run> find(UUID tenantId, UUID id) {
        return jdbc.sql("""
                        select r.id, r.cycle_id, r.label, cardinality(r.forms) as forms, r.requested_by, r.requested_at,
                               coalesce(p.papers, 0) as papers, coalesce(p.skipped, 0) as skipped
                        from sheets.print_run r
                        left join lateral (
                            select sum(q.papers)::int as papers, sum(q.skipped)::int as skipped
                            from sheets.print_part q
                            where q.tenant_id = r.tenant_id and q.run_id = r.id) p on true
                        where r.tenant_id = ? and r.id = ?
                        """)
                .params(tenantId, id)
                .query((row, n) -> new Run(
                        row.getObject("id", UUID.class),
                        row.getObject("cycle_id", UUID.class),
                        row.getString("label"),
                        row.getInt("forms"),
                        row.getInt("papers") + row.getInt("skipped"),
                        row.getInt("papers"),
                        row.getInt("skipped"),
                        row.getObject("requested_by", UUID.class),
                        row.getTimestamp("requested_at").toInstant()))
                .optional();
    }

    /** The forms of a run behind the first {@code done}. */
    List<Place> places(UUID tenantId, UUID runId, int done, int count) {
        return jdbc.sql("""
                        select r.period, p.form, p.stage
                        from sheets.print_run r
                        cross join lateral unnest(r.forms, r.stages) with ordinality as p (form, stage, place)
                        where r.tenant_id = ? and r.id = ? and p.place > ? and p.place <= ?
                        order by p.place
                        """)
                .params(tenantId, runId, done, done + count)
                .query((row, n) -> new Place(
                        Period.of(row.getInt("period")), row.getObject("form", UUID.class), row.getString("stage")))
                .list();
    }

    void add(UUID tenantId, UUID runId, int part, int papers, int skipped, byte[] pdf) {
        int rows = jdbc.sql("""
                        insert into sheets.print_part (tenant_id, run_id, part, papers, skipped, piece)
                        values (?, ?, ?, ?, ?, ?)
                        """)
                .params(tenantId, runId, part, papers, skipped)
                .param(pdf)
                .update();
        Check.that(rows == 1, "a part is one row");
    }

    byte[] part(UUID tenantId, UUID runId, int part) {
        return jdbc.sql("select piece from sheets.print_part where tenant_id = ? and run_id = ? and part = ?")
                .params(tenantId, runId, part)
                .query((row, n) -> row.getBytes("piece"))
                .optional()
                .orElseThrow(() -> new NotFound("part of a run of printing"));
    }

    void deleteBefore(Instant day) {
        jdbc.sql("""
                        delete from sheets.print_part p
                        using sheets.print_run r
                        where r.tenant_id = p.tenant_id and r.id = p.run_id and r.requested_at < ?
                        """).param(Timestamp.from(day)).update();
        jdbc.sql("delete from sheets.print_run where requested_at < ?")
                .param(Timestamp.from(day))
                .update();
    }
}
