package vn.chuanmuc.overview;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;

/** How few people a group may have for its figures to be shown to everybody: dated, of the whole body, with its basis. */
@Component
public class Thresholds {
    /** Until a body says otherwise. */
    public static final int DEFAULT = 5;

    public static final int LEAST = 3;
    public static final int MOST = 100;
    static final int LONGEST_BASIS = 300;
    private static final RowMapper<Threshold> THRESHOLD = (row, n) -> new Threshold(
            row.getObject("valid_from", LocalDate.class),
            row.getInt("people"),
            row.getString("basis"),
            row.getTimestamp("set_at").toInstant());

    private final JdbcClient jdbc;
    private final Access access;
    private final Units units;
    private final Ledger ledger;
    private final Clock clock;

    Thresholds(JdbcClient jdbc, Access access, Units units, Ledger ledger, Clock clock) {
        this.jdbc = jdbc;
        this.access = access;
        this.units = units;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** @param basis the document; empty: chưa có căn cứ */
    public record Threshold(LocalDate from, int people, String basis, Instant setAt) {}

    /** What came of setting one. */
    public sealed interface Setting {
        record Done() implements Setting {}

        record Refused(String field, Reason why) implements Setting {}
    }

    /** That of a day. */
    public int on(UUID tenantId, LocalDate day) {
        return jdbc.sql("""
                        select people from overview.threshold
                        where tenant_id = ? and valid_from <= ?
                        order by valid_from desc, id desc
                        limit 1
                        """)
                .params(tenantId, day)
                .query((row, n) -> row.getInt("people"))
                .optional()
                .orElse(DEFAULT);
    }

    /** All that were ever set, the newest first. */
    public List<Threshold> history(UUID tenantId) {
        return jdbc.sql("""
                        select valid_from, people, basis, set_at from overview.threshold
                        where tenant_id = ?
                        order by valid_from desc, id desc
                        limit 100
                        """).param(tenantId).query(THRESHOLD).list();
    }

    /** Whether the viewer sets it: whoever runs cycles for the whole body. */
    public boolean maySet(Viewer viewer) {
        return access.covers(viewer, Permission.RUN_CYCLE, units.root(viewer.tenantId()));
    }

    /**
     * Sets it from a day on, which is not past: what was sealed stays as it was sealed.
     *
     * @param people null when none was read
     */
    @Transactional
    public Setting set(Viewer viewer, Optional<Integer> people, Optional<LocalDate> from, String basis) {
        access.require(viewer, Permission.RUN_CYCLE, units.root(viewer.tenantId()));
        LocalDate today = LocalDate.now(clock);
        if (people.isEmpty() || people.get() < LEAST || people.get() > MOST) {
            return new Setting.Refused("nguong", Reason.of("overview.threshold.people", LEAST, MOST));
        }
        if (from.isEmpty() || from.get().isBefore(today)) {
            return new Setting.Refused("tu-ngay", Reason.of("overview.threshold.from", today));
        }
        String document = Texts.oneLine(basis);
        if (document.length() > LONGEST_BASIS) {
            return new Setting.Refused("can-cu", Reason.of("overview.threshold.basis.long", LONGEST_BASIS));
        }
        UUID tenant = viewer.tenantId();
        boolean same = history(tenant).stream()
                .anyMatch(known -> known.from().equals(from.get())
                        && known.people() == people.get()
                        && known.basis().equals(document));
        if (same) {
            return new Setting.Done(); // a second click
        }
        UUID id = Ids.next();
        int rows = jdbc.sql("""
                        insert into overview.threshold (tenant_id, id, valid_from, people, basis, set_by, set_at)
                        values (?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        tenant,
                        id,
                        from.get(),
                        people.get(),
                        document,
                        viewer.accountId(),
                        Timestamp.from(clock.instant().truncatedTo(ChronoUnit.MICROS)))
                .update();
        Check.that(rows == 1, "a threshold is one row");
        var facts = Map.of("people", people.get(), "from", from.get().toString(), "basis", document);
        ledger.append(new Act(tenant, "overview.threshold-set", id, viewer.accountId(), facts)
                .with(Piece.of(OverviewEvidence.THRESHOLD, id)));
        return new Setting.Done();
    }
}
