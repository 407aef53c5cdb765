package vn.chuanmuc.directory;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.directory.Leaves.Leave;
import vn.chuanmuc.kernel.Check;

@Component
class LeaveStore {
    private static final int MOST = 500;
    private static final String COLUMNS =
            "select id, version, person_id, kind, first_day, last_day, basis, reason, withdrawn, made_by, made_at ";
    private static final RowMapper<Leave> LEAVE = (row, n) -> new Leave(
            row.getObject("id", UUID.class),
            row.getInt("version"),
            row.getObject("person_id", UUID.class),
            LeaveKind.of(row.getString("kind")).orElseThrow(),
            row.getObject("first_day", LocalDate.class),
            row.getObject("last_day", LocalDate.class),
            row.getString("basis"),
            row.getString("reason"),
            row.getBoolean("withdrawn"),
            row.getObject("made_by", UUID.class),
            row.getTimestamp("made_at").toInstant());

    private final JdbcClient jdbc;

    LeaveStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Leave> of(UUID tenantId, UUID personId) {
        return jdbc.sql(COLUMNS + """
                        from directory.leave
                        where tenant_id = ? and person_id = ? and current and not withdrawn
                        order by first_day desc, id desc
                        limit ?
                        """)
                .params(tenantId, personId, MOST)
                .query(LEAVE)
                .list();
    }

    Optional<Leave> find(UUID tenantId, UUID leaveId) {
        return jdbc.sql(COLUMNS + "from directory.leave where tenant_id = ? and id = ? and current and not withdrawn")
                .params(tenantId, leaveId)
                .query(LEAVE)
                .optional();
    }

    List<Leave> versions(UUID tenantId, UUID leaveId) {
        return jdbc.sql(COLUMNS + "from directory.leave where tenant_id = ? and id = ? order by version desc limit ?")
                .params(tenantId, leaveId, MOST)
                .query(LEAVE)
                .list();
    }

    /** Of one person those that began earlier come first. */
    List<Leave> on(UUID tenantId, Collection<UUID> people, LocalDate day) {
        return jdbc.sql(COLUMNS + """
                        from directory.leave
                        where tenant_id = ? and person_id = any (?) and current and not withdrawn
                          and first_day <= ? and coalesce(last_day, 'infinity') >= ?
                        order by person_id, first_day
                        """)
                .param(tenantId)
                .param(people.toArray(UUID[]::new))
                .param(Date.valueOf(day))
                .param(Date.valueOf(day))
                .query(LEAVE)
                .list();
    }

    void insert(UUID tenantId, Leave leave) {
        int rows = jdbc.sql("""
                        insert into directory.leave (tenant_id, id, version, person_id, kind, first_day, last_day, basis, reason,
                                                     withdrawn, made_by, made_at)
                        values (?, ?, ?, ?, ?, ?, cast(? as date), ?, ?, ?, ?, ?)
                        """)
                .param(tenantId)
                .param(leave.id())
                .param(leave.version())
                .param(leave.personId())
                .param(leave.kind().code())
                .param(Date.valueOf(leave.firstDay()))
                .param(leave.lastDay() == null ? null : Date.valueOf(leave.lastDay()))
                .param(leave.basis())
                .param(leave.reason())
                .param(leave.withdrawn())
                .param(leave.madeBy())
                .param(Timestamp.from(leave.madeAt()))
                .update();
        Check.that(rows == 1, "a version of a leave is one row");
    }

    /** Puts the new version in the place of {@code version}; false when that is not the current one any more. */
    boolean replace(UUID tenantId, int version, Leave leave) {
        boolean ours = jdbc.sql("""
                        update directory.leave set current = false
                        where tenant_id = ? and id = ? and version = ? and current and not withdrawn
                        """).params(tenantId, leave.id(), version).update() == 1;
        if (ours) {
            insert(tenantId, leave);
        }
        return ours;
    }

    /** A new version in the name of another person, or taken back; the person is locked. */
    void replaceLocked(
            UUID tenantId, UUID actor, Instant now, Leave leave, UUID person, boolean withdrawn, String reason) {
        Check.that(
                replace(
                        tenantId,
                        leave.version(),
                        new Leave(
                                leave.id(),
                                leave.version() + 1,
                                person,
                                leave.kind(),
                                leave.firstDay(),
                                leave.lastDay(),
                                leave.basis(),
                                reason,
                                withdrawn,
                                actor,
                                now)),
                "a leave of a locked person is as it was read");
    }
}
