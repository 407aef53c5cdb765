package vn.chuanmuc.assessments;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.assessments.Cycle.Stage;
import vn.chuanmuc.assessments.Cycles.UnitProgress;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.platform.Planner;
import vn.chuanmuc.rules.RuleBook;

/** Cycles with their stages, and how far they are. */
@Component
class CycleStore {
    private static final int MOST = 100;
    private static final String COLUMNS = """
            select c.id, c.period, c.campaign_id, c.unit_id, c.rule_version, c.title, c.opens_on, c.state, c.version, c.forms,
                   c.not_assessed, c.created_by, c.opened_by, c.opened_at
            from assessments.cycle c
            """;
    private static final RowMapper<Cycle> CYCLE = (row, n) -> {
        Timestamp opened = row.getTimestamp("opened_at");
        return new Cycle(
                row.getObject("id", UUID.class),
                Period.of(row.getInt("period")),
                row.getObject("campaign_id", UUID.class),
                row.getObject("unit_id", UUID.class),
                row.getObject("rule_version", UUID.class),
                row.getString("title"),
                row.getObject("opens_on", LocalDate.class),
                Cycle.State.of(row.getString("state")),
                row.getInt("version"),
                row.getObject("forms", Integer.class),
                row.getObject("not_assessed", Integer.class),
                row.getObject("created_by", UUID.class),
                row.getObject("opened_by", UUID.class),
                opened == null ? null : opened.toInstant());
    };

    private final JdbcClient jdbc;

    CycleStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Cycle> find(UUID tenantId, UUID id) {
        return jdbc.sql(COLUMNS + "where c.tenant_id = ? and c.id = ?")
                .params(tenantId, id)
                .query(CYCLE)
                .optional();
    }

    /** Whose rosters the cycles assess. */
    Set<UUID> campaigns(UUID tenantId, Collection<UUID> cycles) {
        return jdbc.sql("select distinct campaign_id from assessments.cycle where tenant_id = ? and id = any (?)")
                .params(tenantId, cycles.toArray(UUID[]::new))
                .query((row, n) -> row.getObject("campaign_id", UUID.class))
                .set();
    }

    /** The cycle, whose row nobody changes until the transaction ends. */
    Optional<Cycle> lock(UUID tenantId, UUID id) {
        return jdbc.sql(COLUMNS + "where c.tenant_id = ? and c.id = ? for update")
                .params(tenantId, id)
                .query(CYCLE)
                .optional();
    }

    /** Cycles of units above or below those held, the newest first; drafts only below {@code run}. */
    List<Cycle> visible(UUID tenantId, UUID[] held, UUID[] run) {
        return jdbc.sql(COLUMNS + """
                        where c.tenant_id = :tenant
                          and exists (select from directory.unit_closure d
                                      where d.tenant_id = c.tenant_id
                                        and (d.ancestor_id = any (:held) and d.descendant_id = c.unit_id
                                             or d.ancestor_id = c.unit_id and d.descendant_id = any (:held)))
                          and (c.state in ('open', 'closed') or c.opened_at is not null
                               or exists (select from directory.unit_closure d
                                          where d.tenant_id = c.tenant_id and d.ancestor_id = any (:run)
                                            and d.descendant_id = c.unit_id))
                        order by c.period desc, c.id desc
                        limit :most
                        """)
                .param("tenant", tenantId)
                .param("held", held)
                .param("run", run)
                .param("most", MOST)
                .query(CYCLE)
                .list();
    }

    /** @return false when the campaign has a cycle of the quarter already */
    boolean insert(UUID tenantId, Cycle cycle, Instant now) {
        return jdbc.sql("""
                        insert into assessments.cycle
                            (tenant_id, id, period, campaign_id, unit_id, rule_version, title, opens_on, state, created_by,
                             created_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, 'draft', ?, ?)
                        on conflict (tenant_id, period, campaign_id) where state <> 'cancelled' do nothing
                        """)
                        .params(
                                tenantId,
                                cycle.id(),
                                cycle.period().code(),
                                cycle.campaignId(),
                                cycle.unitId(),
                                cycle.ruleVersion(),
                                cycle.title(),
                                cycle.opensOn(),
                                cycle.createdBy(),
                                Timestamp.from(now))
                        .update()
                == 1;
    }

    /** What came of a change that may meet somebody else's. */
    enum Change {
        DONE,
        TAKEN,
        BEHIND
    }

    Change update(UUID tenantId, Cycle cycle) {
        try {
            int rows = jdbc.sql("""
                            update assessments.cycle
                            set period = ?, campaign_id = ?, unit_id = ?, rule_version = ?, title = ?, opens_on = ?,
                                version = version + 1
                            where tenant_id = ? and id = ? and version = ? and state = 'draft'
                            """)
                    .params(
                            cycle.period().code(),
                            cycle.campaignId(),
                            cycle.unitId(),
                            cycle.ruleVersion(),
                            cycle.title(),
                            cycle.opensOn(),
                            tenantId,
                            cycle.id(),
                            cycle.version())
                    .update();
            return rows == 1 ? Change.DONE : Change.BEHIND;
        } catch (DuplicateKeyException e) {
            return Change.TAKEN;
        }
    }

    boolean move(UUID tenantId, UUID id, Cycle.State from, Cycle.State to) {
        return jdbc.sql("""
                        update assessments.cycle set state = ?, version = version + 1
                        where tenant_id = ? and id = ? and state = ?
                        """).params(to.code(), tenantId, id, from.code()).update() == 1;
    }

    boolean opened(UUID tenantId, UUID id, int levels, UUID by, Instant now) {
        return jdbc.sql("""
                        update assessments.cycle c
                        set state = 'open', version = version + 1, levels = ?, opened_by = ?, opened_at = ?,
                            forms = n.forms, not_assessed = n.not_assessed
                        from (select count(*) as forms, count(*) filter (where f.state = 'not-assessed') as not_assessed
                              from assessments.form f
                              join assessments.cycle k on k.tenant_id = f.tenant_id and k.id = f.cycle_id and k.period = f.period
                              where k.tenant_id = ? and k.id = ?) n
                        where c.tenant_id = ? and c.id = ? and c.state = 'creating'
                        """)
                        .params((short) levels, by, Timestamp.from(now), tenantId, id, tenantId, id)
                        .update()
                == 1;
    }

    /** Takes away what was made for an opening that was given up. */
    void unmake(UUID tenantId, Cycle cycle) {
        Planner.wholeBody(jdbc);
        for (String table : List.of("rating", "form")) {
            jdbc.sql("delete from assessments." + table + " where tenant_id = ? and period = ? and cycle_id = ?")
                    .params(tenantId, cycle.period().code(), cycle.id())
                    .update();
        }
        jdbc.sql("delete from assessments.cycle_stage where tenant_id = ? and cycle_id = ?")
                .params(tenantId, cycle.id())
                .update();
    }

    void insertStages(UUID tenantId, UUID cycleId, Collection<Stage> stages) {
        for (Stage stage : stages) {
            Check.that(
                    jdbc.sql("""
                                    insert into assessments.cycle_stage
                                        (tenant_id, cycle_id, code, ord, actor, applies, blind, name, due)
                                    values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                                    """)
                                    .params(
                                            tenantId,
                                            cycleId,
                                            stage.code(),
                                            (short) stage.order(),
                                            Cycle.code(stage.actor()),
                                            Cycle.code(stage.whose()),
                                            stage.blind(),
                                            stage.name(),
                                            stage.due())
                                    .update()
                            == 1,
                    "a stage is one row");
        }
    }

    List<Stage> stages(UUID tenantId, UUID cycleId) {
        return jdbc.sql("""
                        select code, name, actor, applies, ord, blind, due from assessments.cycle_stage
                        where tenant_id = ? and cycle_id = ?
                        order by ord, actor <> 'self', code
                        limit 100
                        """)
                .params(tenantId, cycleId)
                .query((row, n) -> new Stage(
                        row.getString("code"),
                        row.getString("name"),
                        RuleBook.Actor.valueOf(row.getString("actor").toUpperCase(Locale.ROOT)),
                        RuleBook.Whose.valueOf(row.getString("applies").toUpperCase(Locale.ROOT)),
                        row.getInt("ord"),
                        row.getBoolean("blind"),
                        row.getObject("due", LocalDate.class)))
                .list();
    }

    /** Until the transaction ends: shared by whoever works on a form of the cycle, alone by whoever closes or cancels it. */
    void lockCycle(UUID cycleId, boolean alone) {
        jdbc.sql("select pg_advisory_xact_lock" + (alone ? "" : "_shared") + "(assessments.cycle_lock(?))")
                .param(cycleId)
                .query((row, n) -> n)
                .single();
    }

    /** How far each unit below those held is, in the order of names. */
    List<UnitProgress> progress(UUID tenantId, Cycle cycle, UUID[] held, LocalDate today) {
        Planner.wholeBody(jdbc);
        var stages = new LinkedHashMap<UUID, Map<String, UnitProgress.OfStage>>();
        jdbc.sql("""
                        select f.unit_id, r.stage, count(*) as all_of, count(*) filter (where r.state = 'handed-in') as handed,
                               count(*) filter (where r.state <> 'handed-in' and r.due < :today) as late
                        from assessments.form f
                        join assessments.rating r on r.tenant_id = f.tenant_id and r.period = f.period and r.form_id = f.id
                        where f.tenant_id = :tenant and f.period = :period and f.cycle_id = :cycle and f.state <> 'cancelled'
                          and r.tenant_id = :tenant and r.period = :period and r.cycle_id = :cycle
                        group by f.unit_id, r.stage
                        """)
                .param("tenant", tenantId)
                .param("period", cycle.period().code())
                .param("cycle", cycle.id())
                .param("today", today)
                .query(row -> {
                    stages.computeIfAbsent(row.getObject("unit_id", UUID.class), any -> new TreeMap<>())
                            .put(
                                    row.getString("stage"),
                                    new UnitProgress.OfStage(
                                            row.getLong("all_of"), row.getLong("handed"), row.getLong("late")));
                });
        return jdbc.sql("""
                        select f.unit_id, max(f.unit_name) as name, count(*) filter (where f.state <> 'cancelled') as forms,
                               count(*) filter (where f.state = 'not-assessed') as not_assessed,
                               count(*) filter (where f.state = 'cancelled') as cancelled,
                               count(*) filter (where f.state not in ('not-assessed', 'cancelled') and f.step = 0) as complete
                        from assessments.form f
                        where f.tenant_id = :tenant and f.period = :period and f.cycle_id = :cycle
                          and f.unit_id in (select d.descendant_id from directory.unit_closure d
                                            where d.tenant_id = :tenant and d.ancestor_id = any (:held))
                        group by f.unit_id
                        order by name, f.unit_id
                        limit 5000
                        """)
                .param("tenant", tenantId)
                .param("period", cycle.period().code())
                .param("cycle", cycle.id())
                .param("held", held)
                .query((row, n) -> {
                    UUID unit = row.getObject("unit_id", UUID.class);
                    return new UnitProgress(
                            unit,
                            row.getString("name"),
                            row.getLong("forms"),
                            row.getLong("not_assessed"),
                            row.getLong("cancelled"),
                            row.getLong("complete"),
                            stages.getOrDefault(unit, Map.of()));
                })
                .list();
    }

    /** Moves the last day of a stage for all in the unit and below who are not in yet; how many, and from which days. */
    int extend(UUID tenantId, Cycle cycle, UUID unitId, String stage, LocalDate due) {
        return jdbc.sql("""
                        update assessments.rating r set due = :due, look_on = default
                        from assessments.form f
                        where r.tenant_id = :tenant and r.period = :period and r.cycle_id = :cycle and r.stage = :stage
                          and r.state <> 'handed-in' and r.due < :due
                          and f.tenant_id = r.tenant_id and f.period = r.period and f.id = r.form_id and f.state = 'open'
                          and f.tenant_id = :tenant and f.period = :period
                          and f.unit_id in (select d.descendant_id from directory.unit_closure d
                                            where d.tenant_id = :tenant and d.ancestor_id = :unit)
                        """)
                .param("due", due)
                .param("tenant", tenantId)
                .param("period", cycle.period().code())
                .param("cycle", cycle.id())
                .param("stage", stage)
                .param("unit", unitId)
                .update();
    }

    /** Whether another cycle of the campaign's quarter took its place. */
    boolean taken(UUID tenantId, Cycle cycle) {
        return jdbc.sql("""
                        select exists (select from assessments.cycle
                                       where tenant_id = ? and period = ? and campaign_id = ? and id <> ? and state <> 'cancelled')
                        """)
                .params(tenantId, cycle.period().code(), cycle.campaignId(), cycle.id())
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    /** The cycles of a campaign that are open. */
    List<Cycle> openOf(UUID tenantId, UUID campaignId) {
        return jdbc.sql(COLUMNS
                        + "where c.tenant_id = ? and c.campaign_id = ? and c.state = 'open' order by c.id limit 8")
                .params(tenantId, campaignId)
                .query(CYCLE)
                .list();
    }
}
