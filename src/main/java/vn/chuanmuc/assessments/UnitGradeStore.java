package vn.chuanmuc.assessments;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.LevelDecisions.Case;
import vn.chuanmuc.assessments.LevelDecisions.UnitGrade;

/** The grades units were given, each entry a new version. */
@Component
class UnitGradeStore {
    private final JdbcClient jdbc;

    UnitGradeStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<UnitGrade> newest(UUID tenantId, UUID cycleId, UUID unitId) {
        return jdbc.sql("""
                        select version, grade, rank, basis from assessments.unit_grade
                        where tenant_id = ? and cycle_id = ? and unit_id = ? order by version desc limit 1
                        """)
                .params(tenantId, cycleId, unitId)
                .query((row, n) -> new UnitGrade(
                        row.getInt("version"), row.getString("grade"), row.getInt("rank"), row.getString("basis")))
                .optional();
    }

    /** @return whether nobody entered one since the version before it was read */
    boolean enter(Viewer viewer, Case about, int version, String grade, int rank, String basis, Instant at) {
        return jdbc.sql("""
                        insert into assessments.unit_grade (tenant_id, cycle_id, unit_id, version, grade, rank, basis, set_by, set_at)
                        select :tenant, :cycle, :unit, :version, :grade, :rank, :basis, :by, :at
                        where :version = 1 + coalesce((select max(g.version) from assessments.unit_grade g
                                                       where g.tenant_id = :tenant and g.cycle_id = :cycle and g.unit_id = :unit), 0)
                        on conflict (tenant_id, cycle_id, unit_id, version) do nothing
                        """)
                        .param("tenant", viewer.tenantId())
                        .param("cycle", about.cycleId())
                        .param("unit", about.formUnit())
                        .param("version", (short) version)
                        .param("grade", grade)
                        .param("rank", (short) rank)
                        .param("basis", basis)
                        .param("by", viewer.accountId())
                        .param("at", Timestamp.from(at))
                        .update()
                == 1;
    }
}
