package vn.chuanmuc.assessments;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Forms.Form;
import vn.chuanmuc.assessments.Forms.Line;

/** Forms as lines of a list: a person's own, those somebody acts in, those of a cycle. */
@Component
class FormLines {
    private static final int MOST_OWN = 60;

    /** The quarters in which anything is open: others' partitions are not looked at. */
    private static final String OPEN_PERIODS =
            "select k.period from assessments.cycle k where k.tenant_id = :tenant and k.state = 'open'";

    private static final String LINES =
            "select " + FormHead.COLUMNS + ", c.state as cycle_state, f.items, f.state, f.reason, f.step\n";

    private static final String ACTING = """
            from assessments.rating r
            join assessments.form f on f.tenant_id = r.tenant_id and f.period = r.period and f.id = r.form_id
            join assessments.cycle c on c.tenant_id = r.tenant_id and c.id = r.cycle_id
            where r.tenant_id = :tenant and r.actor in ('head', 'superior')
              and r.period = any (array(%s))
              and (r.unit_id = any (:held) and r.account_id is null or r.account_id = :account)
              and f.person_id is distinct from cast(:person as uuid) and f.state <> 'cancelled'
              and c.state = 'open' and c.opens_on <= :today
              and (cast(:cycle as uuid) is null or r.cycle_id = :cycle)
              and (:turn = '' or r.state = :turn)
              and (:words = '' or f.search_key like '%%' || :words || '%%')
            """.formatted(OPEN_PERIODS);

    private static final String OF_CYCLE = """
            from assessments.form f
            join assessments.cycle c on c.tenant_id = f.tenant_id and c.id = f.cycle_id
            where f.tenant_id = :tenant and f.period = :period and f.cycle_id = :cycle and c.state <> 'creating'
              and f.unit_id in (select d.descendant_id from directory.unit_closure d
                                where d.tenant_id = :tenant and d.ancestor_id = any (:reads))
              and (cast(:unit as uuid) is null or f.unit_id = :unit)
              and (:words = '' or f.search_key like '%' || :words || '%')
              and case :state when '' then true
                              when 'running' then f.state = 'open' and f.step > 0
                              when 'complete' then f.state = 'open' and f.step = 0
                              when 'late' then f.state = 'open' and exists (
                                  select from assessments.rating r
                                  where r.tenant_id = f.tenant_id and r.period = f.period and r.form_id = f.id
                                    and r.state = 'open' and r.due < :today)
                              when 'nobody' then f.state = 'open' and exists (
                                  select from assessments.rating r
                                  where r.tenant_id = f.tenant_id and r.period = f.period and r.form_id = f.id
                                    and r.state <> 'handed-in' and r.actor in ('head', 'superior') and r.account_id is null
                                    and not exists (
                                        select from access.role_grant g
                                        join access.account a on a.tenant_id = g.tenant_id and a.id = g.account_id
                                            and a.state = 'active'
                                        where g.tenant_id = r.tenant_id and g.unit_id = r.unit_id and g.role = 'HEAD'
                                          and g.valid_to is null and a.person_id is distinct from f.person_id))
                              else f.state = :state end
            """;

    private final JdbcClient jdbc;

    FormLines(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private static Line line(ResultSet row, @Nullable String stage) throws SQLException {
        return new Line(
                FormHead.of(row),
                Cycle.State.of(row.getString("cycle_state")),
                row.getInt("items"),
                Columns.of(Forms.State.class, row.getString("state")),
                row.getString("reason"),
                row.getInt("step"),
                stage,
                stage == null ? null : Columns.of(Forms.Turn.class, row.getString("said_state")),
                stage == null ? null : row.getObject("due", LocalDate.class),
                stage == null ? 0 : row.getInt("filled"));
    }

    private static final RowMapper<Line> OWN_LINE = (row, n) -> line(row, row.getString("stage"));

    /** A person's own forms, the newest quarter first. @param open only those of cycles that are open */
    List<Line> own(UUID tenantId, UUID personId, boolean open) {
        return jdbc.sql(LINES
                        + """
                        , r.stage, r.state as said_state, r.due,
                        (select count(l) from unnest(r.levels) l)::int as filled
                        from assessments.form f
                        join assessments.cycle c on c.tenant_id = f.tenant_id and c.id = f.cycle_id
                        left join assessments.rating r on r.tenant_id = f.tenant_id and r.period = f.period and r.form_id = f.id
                            and r.actor = 'self'
                        where f.tenant_id = :tenant and f.person_id = %s and c.state <> 'creating' %s
                        order by f.period desc, f.segment desc
                        limit :most
                        """.formatted(
                                FormHead.RECORDS,
                                open ? "and c.state = 'open' and f.period = any (array(" + OPEN_PERIODS + "))" : ""))
                .param("tenant", tenantId)
                .param("person", personId)
                .param("most", MOST_OWN)
                .query(OWN_LINE)
                .list();
    }

    private JdbcClient.StatementSpec acting(String sql, Viewer viewer, Forms.ActingQuery query, LocalDate today) {
        return jdbc.sql(sql)
                .param("tenant", viewer.tenantId())
                .param("held", FormStore.held(viewer))
                .param("account", viewer.accountId())
                .param("person", viewer.personId())
                .param("today", today)
                .param("cycle", query.cycleId())
                .param("turn", query.turn() == null ? "" : Columns.code(query.turn()))
                .param("words", query.words());
    }

    /** The forms in which the viewer acts for others, by quarter, unit and name. */
    List<Line> acting(Viewer viewer, Forms.ActingQuery query, LocalDate today, int offset, int limit) {
        return acting(
                        LINES + """
                        , r.stage, r.state as said_state, r.due, (select count(l) from unnest(r.levels) l)::int as filled
                        """ + ACTING
                                + " order by r.period desc, f.unit_name, f.sort_key, f.id limit :limit offset :offset",
                        viewer,
                        query,
                        today)
                .param("limit", limit)
                .param("offset", offset)
                .query(OWN_LINE)
                .list();
    }

    Forms.ActingCounts actingCounts(Viewer viewer, Forms.ActingQuery query, LocalDate today) {
        return acting("""
                        select count(*) as all_of, count(*) filter (where r.state = 'open') as open,
                               count(*) filter (where r.state = 'handed-in') as handed,
                               min(r.due) filter (where r.state = 'open') as due
                        """ + ACTING, viewer, query, today)
                .query((row, n) -> new Forms.ActingCounts(
                        row.getLong("all_of"),
                        row.getLong("open"),
                        row.getLong("handed"),
                        row.getObject("due", LocalDate.class)))
                .single();
    }

    /** The forms before and behind one in the order of {@link #acting}. */
    Forms.Neighbours neighbours(Viewer viewer, Form form, String stage, LocalDate today) {
        var query = new Forms.ActingQuery(form.cycleId(), null, "");
        var around = new UUID[2];
        var places = new int[2];
        acting("""
                        select n.before, n.behind, n.place, n.all_of from (
                            select f.id, lag(f.id) over w as before, lead(f.id) over w as behind, row_number() over w as place,
                                   count(*) over () as all_of
                        """ + ACTING + """
                              and r.period = :period and r.stage = :stage and r.state <> 'waiting'
                            window w as (order by f.unit_name, f.sort_key, f.id)) n
                        where n.id = :form
                        """, viewer, query, today)
                .param("period", form.period().code())
                .param("stage", stage)
                .param("form", form.id())
                .query(row -> {
                    around[0] = row.getObject("before", UUID.class);
                    around[1] = row.getObject("behind", UUID.class);
                    places[0] = row.getInt("place");
                    places[1] = row.getInt("all_of");
                });
        return new Forms.Neighbours(around[0], around[1], places[0], places[1]);
    }

    private JdbcClient.StatementSpec ofCycle(
            String sql, Viewer viewer, Cycle cycle, Forms.CycleQuery query, LocalDate today) {
        return jdbc.sql(sql)
                .param("tenant", viewer.tenantId())
                .param("period", cycle.period().code())
                .param("cycle", cycle.id())
                .param("reads", viewer.unitsWith(Permission.READ_ASSESSMENTS))
                .param("unit", query.unitId())
                .param("words", query.words())
                .param("state", query.state())
                .param("today", today);
    }

    List<Line> ofCycle(Viewer viewer, Cycle cycle, Forms.CycleQuery query, LocalDate today, int offset, int limit) {
        return ofCycle(
                        LINES + OF_CYCLE + " order by f.sort_key, f.id limit :limit offset :offset",
                        viewer,
                        cycle,
                        query,
                        today)
                .param("limit", limit)
                .param("offset", offset)
                .query((row, n) -> line(row, null))
                .list();
    }

    long countOfCycle(Viewer viewer, Cycle cycle, Forms.CycleQuery query, LocalDate today) {
        return ofCycle("select count(*) " + OF_CYCLE, viewer, cycle, query, today)
                .query((row, n) -> row.getLong(1))
                .single();
    }
}
