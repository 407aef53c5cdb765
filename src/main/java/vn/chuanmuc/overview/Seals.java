package vn.chuanmuc.overview;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.platform.Planner;

/**
 * Writes down what of a closed cycle may be shown to everybody: once, so that nobody learns of one person by comparing yesterday
 * with today. Each set of criteria is a tree of its own; an all-sets figure is never written.
 */
@Component
class Seals {
    private static final int TOLD = 5; // place of the told in the counts of forms

    private final JdbcClient jdbc;
    private final Thresholds thresholds;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Seals(JdbcClient jdbc, Thresholds thresholds, TransactionTemplate transaction, Clock clock) {
        this.jdbc = jdbc;
        this.thresholds = thresholds;
        this.transaction = transaction;
        this.clock = clock;
    }

    private record Closed(UUID tenantId, UUID cycleId, int version) {}

    /** Seals cycles that are closed and whose figures have followed. */
    void sealClosed() {
        List<Closed> closed = jdbc.sql("""
                        select c.tenant_id, c.id, c.version
                        from assessments.v_rollup_cycle c
                        left join overview.seal s on s.tenant_id = c.tenant_id and s.cycle_id = c.id
                        where c.state = 'closed' and c.settled and s.cycle_version is distinct from c.version
                        limit 20
                        """)
                .query((row, n) -> new Closed(
                        row.getObject("tenant_id", UUID.class), row.getObject("id", UUID.class), row.getInt("version")))
                .list();
        for (Closed cycle : closed) {
            transaction.executeWithoutResult(status -> seal(cycle));
        }
    }

    private void seal(Closed cycle) {
        int threshold = thresholds.on(cycle.tenantId(), LocalDate.now(clock));
        int rows = jdbc.sql("""
                        insert into overview.seal (tenant_id, cycle_id, cycle_version, people, sealed_at)
                        values (?, ?, ?, ?, ?)
                        on conflict (tenant_id, cycle_id)
                            do update set cycle_version = excluded.cycle_version, people = excluded.people,
                                sealed_at = excluded.sealed_at
                            where overview.seal.cycle_version < excluded.cycle_version
                        """)
                .params(
                        cycle.tenantId(),
                        cycle.cycleId(),
                        cycle.version(),
                        threshold,
                        Timestamp.from(clock.instant().truncatedTo(ChronoUnit.MICROS)))
                .update();
        if (rows == 0) {
            return; // somebody else did
        }
        Planner.wholeBody(jdbc);
        jdbc.sql("delete from overview.cell where tenant_id = ? and cycle_id = ?")
                .params(cycle.tenantId(), cycle.cycleId())
                .update();
        trees(cycle).forEach((set, nodes) -> {
            Set<UUID> shown = Protection.shown(nodes, threshold);
            int cells = jdbc.sql("""
                            insert into overview.cell (tenant_id, cycle_id, unit_id, set_id, stage, n, hist)
                            select u.tenant_id, u.cycle_id, u.unit_id, u.set_id, u.stage,
                                   case when u.stage = '' then u.counts[:told] else u.n end, u.hist
                            from assessments.v_rollup_unit u
                            join unnest(:shown) as s (unit_id) on s.unit_id = u.unit_id
                            where u.tenant_id = :tenant and u.cycle_id = :cycle and u.set_id = :set
                            """)
                    .param("told", TOLD)
                    .param("shown", shown.toArray(UUID[]::new))
                    .param("tenant", cycle.tenantId())
                    .param("cycle", cycle.cycleId())
                    .param("set", set)
                    .update();
            Check.that(shown.isEmpty() || cells >= shown.size(), "whatever is shown has figures");
        });
    }

    private record Row(UUID unit, @Nullable UUID parent, String stage, int told, int n) {}

    /** By set: every unit with how many were told, how many of them have a grade, and how many each stage rated. */
    private Map<UUID, List<Protection.Node>> trees(Closed cycle) {
        Map<UUID, List<Row>> rows = new LinkedHashMap<>();
        jdbc.sql("""
                        select u.set_id, u.unit_id, k.parent_id, u.stage, case when u.stage = '' then u.counts[:told] else 0 end as told,
                               u.n
                        from assessments.v_rollup_unit u
                        join assessments.v_rollup_node k
                            on k.tenant_id = u.tenant_id and k.cycle_id = u.cycle_id and k.unit_id = u.unit_id
                        where u.tenant_id = :tenant and u.cycle_id = :cycle
                        order by u.set_id, u.unit_id
                        """)
                .param("told", TOLD)
                .param("tenant", cycle.tenantId())
                .param("cycle", cycle.cycleId())
                .query(row -> {
                    rows.computeIfAbsent(row.getObject("set_id", UUID.class), any -> new ArrayList<>())
                            .add(new Row(
                                    row.getObject("unit_id", UUID.class),
                                    row.getObject("parent_id", UUID.class),
                                    row.getString("stage"),
                                    row.getInt("told"),
                                    row.getInt("n")));
                });
        var trees = new LinkedHashMap<UUID, List<Protection.Node>>();
        rows.forEach((set, ofSet) -> trees.put(set, nodes(ofSet)));
        return trees;
    }

    private static List<Protection.Node> nodes(List<Row> rows) {
        var places = new HashMap<String, Integer>();
        for (String stage : new TreeSet<>(rows.stream().map(Row::stage).toList())) {
            places.put(stage, places.size() + 1); // the first place is that of the told
        }
        var nodes = new LinkedHashMap<UUID, Protection.Node>();
        for (Row row : rows) {
            int[] people = nodes.computeIfAbsent(
                            row.unit(), unit -> new Protection.Node(unit, row.parent(), new int[places.size() + 1]))
                    .people();
            people[0] += row.told();
            people[places.getOrDefault(row.stage(), 0)] += row.n();
        }
        return List.copyOf(nodes.values());
    }
}
