package vn.chuanmuc.overview;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.assessments.Period;

/** Reads the views of roll-ups, and what is sealed. Never a form. */
@Component
class OverviewStore {
    static final int MOST_UNITS = 2_000;
    private static final int MOST_PARTS = 300;

    private static final RowMapper<Node> NODE = (row, n) -> new Node(
            row.getObject("unit_id", UUID.class), row.getObject("parent_id", UUID.class), row.getString("name"));

    private final JdbcClient jdbc;

    OverviewStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Node(UUID id, @Nullable UUID parent, String name) {}

    /** @param counts empty for what is sealed */
    record Row(UUID unit, UUID set, String stage, int n, int[] hist, int[] counts) {}

    record Part(String key, String name, UUID set, String stage, int n, int[] hist) {}

    /** Cycles with forms in these units or below them, or above: the newest quarter first. */
    List<Overview.CycleLine> cycles(UUID tenantId, UUID[] held) {
        return jdbc.sql("""
                        select c.id, c.period, c.title, c.rule_version, c.state, c.levels, c.settled, s.sealed_at, s.people
                        from assessments.v_rollup_cycle c
                        left join overview.seal s on s.tenant_id = c.tenant_id and s.cycle_id = c.id
                            and c.state = 'closed' and s.cycle_version = c.version
                        where c.tenant_id = :tenant
                          and (exists (select from assessments.v_rollup_node k
                                       where k.tenant_id = :tenant and k.cycle_id = c.id and k.unit_id = any (:held))
                               or exists (select from assessments.v_rollup_node k
                                          join directory.unit_closure d on d.tenant_id = :tenant and d.descendant_id = k.unit_id
                                          where k.tenant_id = :tenant and k.cycle_id = c.id and d.ancestor_id = any (:held)))
                        order by c.period desc, c.opened_at desc, c.id desc
                        limit 200
                        """)
                .param("tenant", tenantId)
                .param("held", held)
                .query((row, n) -> {
                    Timestamp sealed = row.getTimestamp("sealed_at");
                    return new Overview.CycleLine(
                            row.getObject("id", UUID.class),
                            Period.of(row.getInt("period")),
                            row.getString("title"),
                            row.getObject("rule_version", UUID.class),
                            row.getString("state").equals("closed"),
                            row.getInt("levels"),
                            row.getBoolean("settled"),
                            sealed == null ? null : sealed.toInstant(),
                            row.getInt("people"));
                })
                .list();
    }

    List<Overview.StageName> stages(UUID tenantId, UUID cycleId) {
        return jdbc.sql("""
                        select code, name from assessments.v_rollup_stage
                        where tenant_id = ? and cycle_id = ?
                        order by ord, actor <> 'self', code
                        """)
                .params(tenantId, cycleId)
                .query((row, n) -> new Overview.StageName(row.getString("code"), row.getString("name")))
                .list();
    }

    /** The unit and all that is above it, the highest first; empty when the cycle does not know it. */
    List<Node> path(UUID tenantId, UUID cycleId, UUID unitId) {
        return jdbc.sql("""
                        with recursive up as (
                            select k.unit_id, k.parent_id, k.name, 0 as far from assessments.v_rollup_node k
                            where k.tenant_id = :tenant and k.cycle_id = :cycle and k.unit_id = :unit
                            union all
                            select k.unit_id, k.parent_id, k.name, u.far + 1 from up u
                            join assessments.v_rollup_node k
                                on k.tenant_id = :tenant and k.cycle_id = :cycle and k.unit_id = u.parent_id
                            where u.far < 60)
                        select unit_id, parent_id, name from up order by far desc
                        """)
                .param("tenant", tenantId)
                .param("cycle", cycleId)
                .param("unit", unitId)
                .query(NODE)
                .list();
    }

    /** The units directly below, in their order of rank and name. */
    List<Node> children(UUID tenantId, UUID cycleId, UUID unitId) {
        return jdbc.sql("""
                        select unit_id, parent_id, name from assessments.v_rollup_node
                        where tenant_id = ? and cycle_id = ? and parent_id = ?
                        order by rank_order, name, unit_id
                        limit ?
                        """)
                .params(tenantId, cycleId, unitId, MOST_UNITS)
                .query(NODE)
                .list();
    }

    /** A unit that is held; of those whose holder has none in the tree any more, the highest of those they keep. */
    Optional<UUID> start(UUID tenantId, UUID cycleId, UUID[] held) {
        Optional<UUID> own = jdbc.sql("""
                        select unit_id from assessments.v_rollup_node
                        where tenant_id = ? and cycle_id = ? and unit_id = any (?)
                        order by parent_id is not null, rank_order, unit_id
                        limit 1
                        """)
                .params(tenantId, cycleId, held)
                .query((row, n) -> row.getObject(1, UUID.class))
                .optional();
        return own.isPresent() ? own : kept(tenantId, cycleId, held);
    }

    private Optional<UUID> kept(UUID tenantId, UUID cycleId, UUID[] held) {
        return jdbc.sql("""
                        select k.unit_id
                        from directory.unit_closure d
                        join assessments.v_rollup_node k
                            on k.tenant_id = :tenant and k.cycle_id = :cycle and k.unit_id = d.descendant_id
                        where d.tenant_id = :tenant and d.ancestor_id = any (:held)
                        order by d.depth, k.rank_order, k.unit_id
                        limit 1
                        """)
                .param("tenant", tenantId)
                .param("cycle", cycleId)
                .param("held", held)
                .query((row, n) -> row.getObject(1, UUID.class))
                .optional();
    }

    /** Which of the units the holder of some covers today, dissolved ones in custody among them. */
    Set<UUID> covered(UUID tenantId, Collection<UUID> units, UUID[] held) {
        if (held.length == 0 || units.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(jdbc.sql("""
                        select distinct d.descendant_id from directory.unit_closure d
                        where d.tenant_id = :tenant and d.descendant_id = any (:units) and d.ancestor_id = any (:held)
                        union
                        select u.id from unnest(:units) as u (id) where u.id = any (:held)
                        """)
                .param("tenant", tenantId)
                .param("units", units.toArray(UUID[]::new))
                .param("held", held)
                .query((row, n) -> row.getObject(1, UUID.class))
                .list());
    }

    /** The units held, and what was above them when the cycle was opened. */
    Set<UUID> above(UUID tenantId, UUID cycleId, UUID[] held) {
        return new HashSet<>(jdbc.sql("""
                        with recursive up as (
                            select k.unit_id, k.parent_id from assessments.v_rollup_node k
                            where k.tenant_id = :tenant and k.cycle_id = :cycle and k.unit_id = any (:held)
                            union
                            select k.unit_id, k.parent_id from up u
                            join assessments.v_rollup_node k
                                on k.tenant_id = :tenant and k.cycle_id = :cycle and k.unit_id = u.parent_id)
                        select unit_id from up
                        """)
                .param("tenant", tenantId)
                .param("cycle", cycleId)
                .param("held", held)
                .query((row, n) -> row.getObject(1, UUID.class))
                .list());
    }

    private static int[] numbers(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        Integer[] boxed = (Integer[]) array.getArray();
        var numbers = new int[boxed.length];
        for (int i = 0; i < boxed.length; i++) {
            numbers[i] = boxed[i];
        }
        return numbers;
    }

    /** Live figures, of units whose forms the viewer may see. */
    List<Row> live(UUID tenantId, Overview.CycleLine cycle, Collection<UUID> units) {
        return jdbc.sql("""
                        select unit_id, set_id, stage, n, hist, counts from assessments.v_rollup_unit
                        where tenant_id = ? and period = ? and cycle_id = ? and unit_id = any (?)
                        """)
                .params(tenantId, cycle.period().code(), cycle.id(), units.toArray(UUID[]::new))
                .query((row, n) -> new Row(
                        row.getObject("unit_id", UUID.class),
                        row.getObject("set_id", UUID.class),
                        row.getString("stage"),
                        row.getInt("n"),
                        numbers(row, "hist"),
                        numbers(row, "counts")))
                .list();
    }

    /** What may be shown to everybody. */
    List<Row> sealed(UUID tenantId, Overview.CycleLine cycle, Collection<UUID> units) {
        return jdbc.sql("""
                        select unit_id, set_id, stage, n, hist from overview.cell
                        where tenant_id = ? and cycle_id = ? and unit_id = any (?)
                        """)
                .params(tenantId, cycle.id(), units.toArray(UUID[]::new))
                .query((row, n) -> new Row(
                        row.getObject("unit_id", UUID.class),
                        row.getObject("set_id", UUID.class),
                        row.getString("stage"),
                        row.getInt("n"),
                        numbers(row, "hist"),
                        new int[0]))
                .list();
    }

    /** Everything of a cycle that may be shown to everybody, unit by unit with the one above it. */
    void everySealed(UUID tenantId, UUID cycleId, java.util.function.BiConsumer<Node, Row> each) {
        jdbc.sql("""
                        select k.unit_id, k.parent_id, k.name, c.set_id, c.stage, c.n, c.hist
                        from overview.cell c
                        join assessments.v_rollup_node k
                            on k.tenant_id = c.tenant_id and k.cycle_id = c.cycle_id and k.unit_id = c.unit_id
                        where c.tenant_id = ? and c.cycle_id = ?
                        order by k.rank_order, k.name, k.unit_id, c.set_id, c.stage
                        """).withFetchSize(1_000).params(tenantId, cycleId).query(row -> {
            UUID unit = row.getObject("unit_id", UUID.class);
            each.accept(
                    new Node(unit, row.getObject("parent_id", UUID.class), row.getString("name")),
                    new Row(
                            unit,
                            row.getObject("set_id", UUID.class),
                            row.getString("stage"),
                            row.getInt("n"),
                            numbers(row, "hist"),
                            new int[0]));
        });
    }

    /** By post or by line, those with most people first. */
    List<Part> parts(UUID tenantId, Overview.CycleLine cycle, UUID unitId, UUID setId, String stage, String part) {
        return new ArrayList<>(jdbc.sql("""
                        select p.key, coalesce(l.name, p.key) as name, p.n, p.hist
                        from assessments.v_rollup_part p
                        left join directory.line l on p.part = 'line' and l.tenant_id = p.tenant_id and cast(l.id as text) = p.key
                        where p.tenant_id = :tenant and p.period = :period and p.cycle_id = :cycle and p.unit_id = :unit
                          and p.set_id = :set and p.stage = :stage and p.part = :part and p.n > 0
                        order by p.n desc, name
                        limit :most
                        """)
                .param("tenant", tenantId)
                .param("period", cycle.period().code())
                .param("cycle", cycle.id())
                .param("unit", unitId)
                .param("set", setId)
                .param("stage", stage)
                .param("part", part)
                .param("most", MOST_PARTS)
                .query((row, n) -> new Part(
                        row.getString("key"),
                        row.getString("name"),
                        setId,
                        stage,
                        row.getInt("n"),
                        numbers(row, "hist")))
                .list());
    }

    /** Results of a set in the unit and below it, as the tree was, against which a petition is under way. */
    int contested(UUID tenantId, UUID cycleId, UUID unitId, UUID setId) {
        return jdbc.sql("""
                        with recursive pending as materialized (
                            select p.form_id, p.unit_id from petitions.v_pending p
                            where p.tenant_id = :tenant and p.cycle_id = :cycle and p.set_id = :set),
                        up as ( -- upwards from the few that there are: going down would read the whole tree
                            select distinct unit_id as unit_id, unit_id as at from pending
                            union
                            select u.unit_id, n.parent_id from up u
                            join assessments.v_rollup_node n on n.tenant_id = :tenant and n.cycle_id = :cycle and n.unit_id = u.at
                            where n.parent_id is not null)
                        select count(distinct p.form_id) from pending p
                        join up u on u.unit_id = p.unit_id and u.at = :unit
                        """)
                .param("unit", unitId)
                .param("tenant", tenantId)
                .param("cycle", cycleId)
                .param("set", setId)
                .query((row, n) -> row.getInt(1))
                .single();
    }
}
