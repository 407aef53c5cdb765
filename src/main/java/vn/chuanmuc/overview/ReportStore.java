package vn.chuanmuc.overview;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.kernel.Check;

/** Which papers are quarterly reports, and of what. */
@Component
class ReportStore {
    private final JdbcClient jdbc;

    ReportStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param sealed whether it is made of what everybody may see @param closed whether the cycle was closed then */
    record Report(
            UUID paperId, UUID cycleId, UUID unitId, boolean sealed, boolean closed, UUID issuedBy, Instant issuedAt) {}

    void insert(UUID tenantId, Report report) {
        int rows = jdbc.sql("""
                        insert into overview.report
                            (tenant_id, paper_id, cycle_id, unit_id, sealed, closed, issued_by, issued_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        tenantId,
                        report.paperId(),
                        report.cycleId(),
                        report.unitId(),
                        report.sealed(),
                        report.closed(),
                        report.issuedBy(),
                        Timestamp.from(report.issuedAt()))
                .update();
        Check.that(rows == 1, "a report is one row");
    }

    Optional<Report> find(UUID tenantId, UUID paperId) {
        return jdbc.sql("""
                        select paper_id, cycle_id, unit_id, sealed, closed, issued_by, issued_at
                        from overview.report
                        where tenant_id = ? and paper_id = ?
                        """)
                .params(tenantId, paperId)
                .query((row, n) -> new Report(
                        row.getObject("paper_id", UUID.class),
                        row.getObject("cycle_id", UUID.class),
                        row.getObject("unit_id", UUID.class),
                        row.getBoolean("sealed"),
                        row.getBoolean("closed"),
                        row.getObject("issued_by", UUID.class),
                        row.getTimestamp("issued_at").toInstant()))
                .optional();
    }
}
