package vn.chuanmuc.assessments;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Holders;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Forms.Form;
import vn.chuanmuc.assessments.Forms.Said;
import vn.chuanmuc.notifications.Kind;
import vn.chuanmuc.notifications.Notice;
import vn.chuanmuc.notifications.Notifications;
import vn.chuanmuc.rules.RuleBook.Actor;

/**
 * Tells people of forms that wait for them. What one person does about one form is told with it. What comes to many at once, or by a
 * day going by, a chore finds in the forms themselves: each of their own form; whoever rates others of all of a stage together.
 */
@Component
public class StageNotices {
    private static final Logger LOG = LoggerFactory.getLogger(StageNotices.class);
    /** So many days before its last one a stage is due soon. */
    static final int SOON = 2;

    private static final int AT_ONCE = 1_000;

    private final JdbcClient jdbc;
    private final Holders holders;
    private final Notifications notifications;
    private final TransactionTemplate transaction;
    private final Clock clock;

    StageNotices(
            JdbcClient jdbc,
            Holders holders,
            Notifications notifications,
            TransactionTemplate transaction,
            Clock clock) {
        this.jdbc = jdbc;
        this.holders = holders;
        this.notifications = notifications;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** A stage of a form is open again: whoever handed it in hears of it. */
    void sentBack(Viewer viewer, Form form, Said said, String stageName) {
        tell(
                viewer,
                Kind.FORM_SENT_BACK,
                form,
                said,
                stageName,
                said.stage() + " " + said.handing(),
                said.actor() == Actor.SELF
                        ? holders.of(viewer.tenantId(), List.of(form.personId()))
                        : raters(viewer.tenantId(), form, said.unitId(), said.accountId()));
    }

    /** A stage that is open was given to somebody else. @param exception the record of it */
    void given(
            Viewer viewer,
            Form form,
            Said said,
            String stageName,
            UUID exception,
            @Nullable UUID unitId,
            @Nullable UUID accountId) {
        tell(
                viewer,
                Kind.STAGE_OPENED,
                form,
                said,
                stageName,
                exception.toString(),
                raters(viewer.tenantId(), form, unitId, accountId));
    }

    private List<UUID> raters(UUID tenant, Form form, @Nullable UUID unitId, @Nullable UUID accountId) {
        if (accountId != null) {
            return List.of(accountId);
        }
        if (unitId == null) {
            return List.of();
        }
        List<UUID> own = holders.of(tenant, List.of(form.personId()));
        return holders.in(tenant, Permission.RATE_AS_HEAD, unitId).stream()
                .filter(head -> !own.contains(head))
                .toList();
    }

    private void tell(
            Viewer viewer,
            Kind kind,
            Form form,
            Said said,
            String stageName,
            String occasion,
            Collection<UUID> accounts) {
        notifications.tell(
                new Notice(
                        viewer.tenantId(),
                        kind,
                        viewer.accountId(),
                        form.id(),
                        occasion,
                        List.of(form.cycleTitle(), stageName),
                        "/danh-gia/phieu/" + form.period().code() + "/" + form.id() + "/" + said.stage(),
                        said.due()),
                accounts);
    }

    /** Decisions of a desk were not approved: whoever decides there hears of it, once for all of them. */
    void decisionsSentBack(Viewer viewer, Cycle cycle, UUID unitId, String unitName, Instant at) {
        notifications.tell(
                new Notice(
                        viewer.tenantId(),
                        Kind.FORM_SENT_BACK,
                        viewer.accountId(),
                        cycle.id(),
                        unitId + " " + at,
                        List.of(cycle.title(), unitName),
                        "/danh-gia/quyet-dinh/" + cycle.id() + "/" + unitId,
                        null),
                holders.in(viewer.tenantId(), Permission.RATE_AS_HEAD, unitId));
    }

    private record Open(UUID tenant, UUID id, int period, String title) {}

    /** Looks through all open cycles. @return how many notices are new */
    public int look() {
        int told = 0;
        for (Open cycle : jdbc.sql("""
                        select tenant_id, id, period, title from assessments.cycle
                        where state = 'open' and opens_on <= ?
                        order by tenant_id, id
                        """)
                .param(today())
                .query((row, n) -> new Open(
                        row.getObject("tenant_id", UUID.class),
                        row.getObject("id", UUID.class),
                        row.getInt("period"),
                        row.getString("title")))
                .list()) {
            try {
                told += look(cycle);
            } catch (RuntimeException e) {
                LOG.error("people could not be told of the forms of cycle {}, goes on with the others", cycle.id(), e);
            }
        }
        return told;
    }

    /** The forms of one cycle. @return how many notices are new */
    int look(UUID tenant, UUID cycleId, Period period, String title) {
        return look(new Open(tenant, cycleId, period.code(), title));
    }

    private int look(Open cycle) {
        int told = 0;
        for (Kind kind : List.of(Kind.STAGE_OVERDUE, Kind.STAGE_DUE, Kind.STAGE_OPENED)) {
            told += all(cycle, kind, OWN);
            told += all(cycle, kind, OTHERS);
        }
        return told;
    }

    /** One's own form: one notice for each. */
    private static final String OWN = """
            select a.id as account, r.form_id as subject, r.stage, s.name, r.due,
                   '/danh-gia/phieu/' || r.period || '/' || r.form_id || '/' || r.stage as href
            from assessments.rating r
            join assessments.form f on f.tenant_id = r.tenant_id and f.period = r.period and f.id = r.form_id and f.state = 'open'
            join assessments.cycle_stage s on s.tenant_id = r.tenant_id and s.cycle_id = r.cycle_id and s.code = r.stage
            join access.account a on a.tenant_id = r.tenant_id and a.person_id = f.person_id and a.state = 'active'
            where r.tenant_id = :tenant and r.period = :period and r.cycle_id = :cycle and r.state = 'open' and r.actor = 'self'
            """;

    /** Others' forms: one for all of a stage, by the first day until which one must be in. */
    private static final String OTHERS = """
            select a.id as account, r.cycle_id as subject, r.stage, s.name, min(r.due) as due, '/danh-gia/cham' as href
            from assessments.rating r
            join assessments.form f on f.tenant_id = r.tenant_id and f.period = r.period and f.id = r.form_id and f.state = 'open'
            join assessments.cycle_stage s on s.tenant_id = r.tenant_id and s.cycle_id = r.cycle_id and s.code = r.stage
            left join access.role_grant g on g.tenant_id = r.tenant_id and g.unit_id = r.unit_id and r.account_id is null
                and g.role = any (:roles) and g.valid_from <= :today and g.valid_to is null
            join access.account a on a.tenant_id = r.tenant_id and a.id = coalesce(r.account_id, g.account_id) and a.state = 'active'
                and a.person_id is distinct from f.person_id
            where r.tenant_id = :tenant and r.period = :period and r.cycle_id = :cycle and r.state = 'open'
              and r.actor in ('head', 'superior')
            group by a.id, r.cycle_id, r.stage, s.name
            """;

    /** Of what is overdue nobody is told besides that it has opened. */
    private static String days(Kind kind) {
        return switch (kind) {
            case STAGE_OVERDUE -> "w.due < :today";
            case STAGE_DUE -> "w.due >= :today and w.due <= :soon";
            default -> "w.due > :soon";
        };
    }

    private int all(Open cycle, Kind kind, String waiting) {
        LocalDate today = today();
        // The quarter stands in the text, so that only its partition is planned for.
        String sql = ("select w.* from (" + waiting + """
                ) w
                where %s and not exists (
                    select from notifications.notice n
                    where n.tenant_id = :tenant and n.account_id = w.account and n.kind = :kind and n.subject_id = w.subject
                      and n.occasion = %s)
                order by w.account, w.subject
                limit :most
                """.formatted(days(kind), occasion(kind)))
                .replace(":period", Integer.toString(cycle.period()));
        int told = 0;
        int now;
        do {
            List<Notice.To> some = jdbc.sql(sql)
                    .param("tenant", cycle.tenant())
                    .param("cycle", cycle.id())
                    .param("kind", kind.code())
                    .param("today", today)
                    .param("soon", today.plusDays(SOON))
                    .param("roles", ROLES)
                    .param("most", AT_ONCE)
                    .query((row, n) -> to(cycle, kind, row))
                    .list();
            Integer made = transaction.execute(status -> notifications.tell(some));
            now = made == null ? 0 : made;
            told += now;
        } while (now == AT_ONCE);
        return told;
    }

    private static final String[] ROLES = Arrays.stream(Role.values())
            .filter(role -> role.holds(Permission.RATE_AS_HEAD))
            .map(Role::name)
            .toArray(String[]::new);

    /** Opened is told once; due and overdue once for each last day, which may be moved. */
    private static String occasion(Kind kind) {
        return kind == Kind.STAGE_OPENED ? "w.stage" : "w.stage || ' ' || to_char(w.due, 'YYYY-MM-DD')";
    }

    private static Notice.To to(Open cycle, Kind kind, ResultSet row) throws SQLException {
        String stage = row.getString("stage");
        LocalDate due = row.getObject("due", LocalDate.class);
        return new Notice.To(
                new Notice(
                        cycle.tenant(),
                        kind,
                        Notice.NOBODY,
                        row.getObject("subject", UUID.class),
                        kind == Kind.STAGE_OPENED ? stage : stage + " " + due,
                        List.of(cycle.title(), row.getString("name")),
                        row.getString("href"),
                        due),
                row.getObject("account", UUID.class));
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }
}
