package vn.chuanmuc.assessments;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.notifications.Kind;
import vn.chuanmuc.notifications.Notice;
import vn.chuanmuc.notifications.Notifications;

/**
 * Tells people of stages that came to many at once, or by a day going by: each of their own form; whoever rates others of all of a
 * stage together. Every stage says from which day on it is to be looked at again, so a look costs what changed or became due.
 */
@Component
public class StageLooks {
    private static final Logger LOG = LoggerFactory.getLogger(StageLooks.class);
    /** So many days before its last one a stage is due soon. */
    static final int SOON = 2;
    /** Who got an account or a role within this time is told of what was open before. */
    private static final Duration LATELY = Duration.ofDays(1);

    private static final int AT_ONCE = 1_000;
    private static final int PLACES_AT_ONCE = 200;

    private final JdbcClient jdbc;
    private final Notifications notifications;
    private final TransactionTemplate transaction;
    private final Clock clock;

    StageLooks(JdbcClient jdbc, Notifications notifications, TransactionTemplate transaction, Clock clock) {
        this.jdbc = jdbc;
        this.notifications = notifications;
        this.transaction = transaction;
        this.clock = clock;
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
    public int look(UUID tenant, UUID cycleId, Period period, String title) {
        return look(new Open(tenant, cycleId, period.code(), title));
    }

    private int look(Open cycle) {
        transaction.executeWithoutResult(status -> nobodyToTell(cycle));
        int told = 0;
        List<Stage> some;
        do {
            some = own(cycle);
            told += persons(cycle, some);
        } while (some.size() == AT_ONCE);
        told += persons(cycle, newcomers(cycle));
        Set<Place> places = places(cycle);
        var chunk = new ArrayList<Place>();
        for (Place place : places) {
            chunk.add(place);
            if (chunk.size() == PLACES_AT_ONCE) {
                told += raters(cycle, chunk);
                chunk.clear();
            }
        }
        return told + (chunk.isEmpty() ? 0 : raters(cycle, chunk));
    }

    /** Stages of meetings and colleagues are told of by the meetings. */
    private void nobodyToTell(Open cycle) {
        sql(cycle, """
                update assessments.rating r set look_on = null
                where r.tenant_id = :tenant and r.period = :period and r.cycle_id = :cycle and r.state = 'open'
                  and r.look_on <= :today and r.actor not in ('self', 'head', 'superior')
                """).update();
    }

    // one's own form: one notice for each

    private record Stage(UUID form, String code) {}

    private static final String DUE_OWN = """
            select r.form_id, r.stage
            from assessments.rating r
            where r.tenant_id = :tenant and r.period = :period and r.cycle_id = :cycle and r.state = 'open' and r.look_on <= :today
              and r.actor = 'self'
            limit :most
            """;

    private List<Stage> own(Open cycle) {
        return stages(sql(cycle, DUE_OWN).param("most", AT_ONCE));
    }

    /** Forms that were open before their person had an account. */
    private List<Stage> newcomers(Open cycle) {
        return stages(sql(cycle, """
                select r.form_id, r.stage
                from access.account a
                join assessments.form f on f.tenant_id = a.tenant_id and f.period = :period and f.person_id = a.person_id
                    and f.cycle_id = :cycle
                join assessments.rating r on r.tenant_id = f.tenant_id and r.period = :period and r.form_id = f.id
                    and r.state = 'open' and r.actor = 'self'
                where a.tenant_id = :tenant and a.created_at >= :lately and a.state = 'active'
                  and not exists (select from notifications.notice o
                                  where o.tenant_id = a.tenant_id and o.account_id = a.id and o.subject_id = r.form_id)
                limit :most
                """).param("lately", lately()).param("most", AT_ONCE));
    }

    private static List<Stage> stages(JdbcClient.StatementSpec asked) {
        return asked.query((row, n) -> new Stage(row.getObject("form_id", UUID.class), row.getString("stage")))
                .list();
    }

    private static final String OWN = """
            select a.id as account, r.form_id as subject, r.stage, s.name, r.due,
                   '/danh-gia/phieu/' || r.period || '/' || r.form_id || '/' || r.stage as href
            from unnest(cast(:forms as uuid[]), cast(:stages as text[])) as n (form_id, stage)
            join assessments.rating r on r.tenant_id = :tenant and r.period = :period and r.form_id = n.form_id and r.stage = n.stage
                and r.state = 'open'
            join assessments.form f on f.tenant_id = :tenant and f.period = :period and f.id = r.form_id and f.state = 'open'
            join assessments.cycle_stage s on s.tenant_id = r.tenant_id and s.cycle_id = r.cycle_id and s.code = r.stage
            join access.account a on a.tenant_id = r.tenant_id and a.person_id = f.person_id and a.state = 'active'
            """;

    private int persons(Open cycle, List<Stage> stages) {
        if (stages.isEmpty()) {
            return 0;
        }
        Integer told = transaction.execute(status -> {
            int made = tell(cycle, named(sql(cycle, kinds(OWN)), stages));
            looked(cycle, stages);
            return made;
        });
        return Objects.requireNonNullElse(told, 0);
    }

    private static JdbcClient.StatementSpec named(JdbcClient.StatementSpec asked, List<Stage> stages) {
        return asked.param("forms", stages.stream().map(Stage::form).toArray(UUID[]::new))
                .param("stages", stages.stream().map(Stage::code).toArray(String[]::new));
    }

    /** When there is more to tell: of its last day two days before it, that it is over on the day after it. */
    private static final String NEXT = """
            case when r.due < :today then null when r.due <= :soon then r.due + 1 else r.due - :days end
            """;

    private void looked(Open cycle, List<Stage> stages) {
        named(sql(cycle, "update assessments.rating r set look_on = " + NEXT + """
                                from unnest(cast(:forms as uuid[]), cast(:stages as text[])) as n (form_id, stage)
                                where r.tenant_id = :tenant and r.period = :period and r.form_id = n.form_id and r.stage = n.stage
                                """), stages)
                .update();
    }

    // others' forms: one for all of a stage, by the first day until which one must be in

    /** Where a stage about others lies: at a unit's head, or with somebody in their place. */
    private record Place(
            String stage, @Nullable UUID unit, @Nullable UUID account) {}

    private Set<Place> places(Open cycle) {
        var places = new LinkedHashSet<Place>();
        sql(cycle, """
                select distinct r.stage, case when r.account_id is null then r.unit_id end as unit_id, r.account_id
                from assessments.rating r
                where r.tenant_id = :tenant and r.period = :period and r.cycle_id = :cycle and r.state = 'open' and r.look_on <= :today
                  and r.actor in ('head', 'superior')
                union
                select distinct r.stage, r.unit_id, null::uuid
                from access.role_grant g
                join assessments.rating r on r.tenant_id = g.tenant_id and r.period = :period and r.unit_id = g.unit_id
                    and r.cycle_id = :cycle and r.state = 'open' and r.account_id is null and r.actor in ('head', 'superior')
                where g.tenant_id = :tenant and g.role = any (:roles) and g.valid_to is null and g.valid_from <= :today
                  and (g.granted_at >= :lately or g.valid_from = :today)
                  and not exists (select from notifications.notice o
                                  where o.tenant_id = g.tenant_id and o.account_id = g.account_id and o.subject_id = :cycle)
                """).param("lately", lately()).param("roles", ROLES).query(row -> {
            places.add(new Place(
                    row.getString("stage"),
                    row.getObject("unit_id", UUID.class),
                    row.getObject("account_id", UUID.class)));
        });
        return places;
    }

    private static final String THERE = """
            r.tenant_id = :tenant and r.period = :period and r.cycle_id = :cycle and r.state = 'open' and r.actor in ('head', 'superior')
              and r.stage = any (:stages)
              and (r.unit_id = any (:units) and r.account_id is null or r.account_id = any (:accounts))
            """;

    private static final String OTHERS = """
            select a.id as account, r.cycle_id as subject, r.stage, s.name, min(r.due) as due, '/danh-gia/cham' as href
            from assessments.rating r
            join assessments.form f on f.tenant_id = r.tenant_id and f.period = r.period and f.id = r.form_id and f.state = 'open'
            join assessments.cycle_stage s on s.tenant_id = r.tenant_id and s.cycle_id = r.cycle_id and s.code = r.stage
            left join access.role_grant g on g.tenant_id = r.tenant_id and g.unit_id = r.unit_id and r.account_id is null
                and g.role = any (:roles) and g.valid_from <= :today and g.valid_to is null
            join access.account a on a.tenant_id = r.tenant_id and a.id = coalesce(r.account_id, g.account_id) and a.state = 'active'
                and a.person_id is distinct from f.person_id
            where """ + " " + THERE + """
            group by a.id, r.cycle_id, r.stage, s.name
            """;

    private int raters(Open cycle, List<Place> places) {
        Integer told = transaction.execute(status -> {
            int made = tell(cycle, at(sql(cycle, kinds(OTHERS)).param("roles", ROLES), places));
            at(
                            sql(
                                    cycle,
                                    "update assessments.rating r set look_on = " + NEXT + " where " + THERE
                                            + " and r.look_on <= :today"),
                            places)
                    .update();
            return made;
        });
        return Objects.requireNonNullElse(told, 0);
    }

    private static JdbcClient.StatementSpec at(JdbcClient.StatementSpec asked, List<Place> places) {
        return asked.param(
                        "stages", places.stream().map(Place::stage).distinct().toArray(String[]::new))
                .param(
                        "units",
                        places.stream()
                                .map(Place::unit)
                                .filter(Objects::nonNull)
                                .toArray(UUID[]::new))
                .param(
                        "accounts",
                        places.stream()
                                .map(Place::account)
                                .filter(Objects::nonNull)
                                .toArray(UUID[]::new));
    }

    // both

    /** What is told of each, as its last day says: of what is overdue or due soon, nobody is told besides that it has opened. */
    private static String kinds(String waiting) {
        return "select w.*, case when w.due < :today then '%s' when w.due <= :soon then '%s' else '%s' end as kind from (%s) w"
                .formatted(Kind.STAGE_OVERDUE.name(), Kind.STAGE_DUE.name(), Kind.STAGE_OPENED.name(), waiting);
    }

    private int tell(Open cycle, JdbcClient.StatementSpec waiting) {
        return waiting.query((row, n) -> to(cycle, row)).list().stream()
                .collect(Collectors.groupingBy(
                        to -> to.notice().kind(), () -> new EnumMap<>(Kind.class), Collectors.toList()))
                .values()
                .stream()
                .mapToInt(notifications::tell)
                .sum();
    }

    private static final String[] ROLES = Arrays.stream(Role.values())
            .filter(role -> role.holds(Permission.RATE_AS_HEAD))
            .map(Role::name)
            .toArray(String[]::new);

    /** The quarter stands in the text, so that only its partition is planned for. */
    private JdbcClient.StatementSpec sql(Open cycle, String sql) {
        LocalDate today = today();
        return jdbc.sql(sql.replace(":period", Integer.toString(cycle.period())))
                .param("tenant", cycle.tenant())
                .param("cycle", cycle.id())
                .param("today", today)
                .param("soon", today.plusDays(SOON))
                .param("days", SOON);
    }

    /** Opened is told once; due and overdue once for each last day, which may be moved. */
    private static Notice.To to(Open cycle, ResultSet row) throws SQLException {
        String stage = row.getString("stage");
        LocalDate due = row.getObject("due", LocalDate.class);
        Kind kind = Kind.valueOf(row.getString("kind"));
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

    private Timestamp lately() {
        return Timestamp.from(clock.instant().minus(LATELY));
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }
}
