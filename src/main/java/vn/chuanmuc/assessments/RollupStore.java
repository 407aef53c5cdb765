package vn.chuanmuc.assessments;

import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.assessments.RollupSums.Key;
import vn.chuanmuc.assessments.RollupSums.Part;
import vn.chuanmuc.assessments.RollupSums.Sum;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.platform.Planner;

/**
 * Figures of units in the database. Forms are read and figures written through COPY: a row costs a third of what it does through
 * a result set, and of the whole nation there are millions.
 */
@Component
class RollupStore {
    private static final String POSITION = "position";
    private static final String LINE = "line";

    private final JdbcClient jdbc;
    private final BinaryCopy copy;

    RollupStore(JdbcClient jdbc, JdbcTemplate copying) {
        this.jdbc = jdbc;
        this.copy = new BinaryCopy(copying);
    }

    /** What is to be made anew. {@code units}: how many of them wait; {@code whole}: all of them. */
    record Waiting(UUID tenantId, UUID cycleId, int units, boolean whole) {}

    /** @param on the day whose tree it has */
    record Ground(UUID tenantId, UUID cycleId, int period, int levels, LocalDate on) {}

    void queue(UUID tenantId, UUID cycleId, @Nullable UUID unitId) {
        int rows = jdbc.sql(
                        "insert into assessments.rollup_queue (tenant_id, id, cycle_id, unit_id) values (?, ?, ?, ?)")
                .params(Arrays.asList(tenantId, Ids.next(), cycleId, unitId))
                .update();
        Check.that(rows == 1, "an entry is one row");
    }

    /** The units in which somebody has forms of the cycle. */
    void queuePerson(UUID tenantId, UUID cycleId, int period, UUID personId) {
        jdbc.sql("""
                        insert into assessments.rollup_queue (tenant_id, id, cycle_id, unit_id)
                        select f.tenant_id, uuidv7(), f.cycle_id, f.unit_id
                        from assessments.form f
                        where f.tenant_id = ? and f.period = ? and f.cycle_id = ? and f.person_id = ?
                        """).params(tenantId, period, cycleId, personId).update();
    }

    /** The unit of a form. */
    void queueForm(UUID tenantId, int period, UUID formId) {
        int rows = jdbc.sql("""
                        insert into assessments.rollup_queue (tenant_id, id, cycle_id, unit_id)
                        select f.tenant_id, uuidv7(), f.cycle_id, f.unit_id
                        from assessments.form f
                        where f.tenant_id = ? and f.period = ? and f.id = ?
                        """).params(tenantId, period, formId).update();
        Check.that(rows == 1, "a form that changed is there");
    }

    List<Waiting> waiting() {
        return jdbc.sql("""
                        select tenant_id, cycle_id, count(distinct unit_id) as units, bool_or(unit_id is null) as whole
                        from assessments.rollup_queue
                        group by tenant_id, cycle_id
                        order by min(cast(id as text))
                        limit 50
                        """)
                .query((row, n) -> new Waiting(
                        row.getObject("tenant_id", UUID.class),
                        row.getObject("cycle_id", UUID.class),
                        row.getInt("units"),
                        row.getBoolean("whole")))
                .list();
    }

    /** Until the transaction ends nobody else makes figures of the cycle. */
    void lock(UUID cycleId) {
        jdbc.sql("select pg_advisory_xact_lock(assessments.rollup_lock(?))")
                .param(cycleId)
                .query((row, n) -> n)
                .single();
    }

    /** Empty when the cycle is not open and never was, or was called off. */
    Optional<Ground> ground(UUID tenantId, UUID cycleId) {
        return jdbc.sql("""
                        select period, levels, (opened_at at time zone 'Asia/Ho_Chi_Minh')::date as day
                        from assessments.cycle
                        where tenant_id = ? and id = ? and opened_at is not null and state in ('open', 'closed')
                        """)
                .params(tenantId, cycleId)
                .query((row, n) -> new Ground(
                        tenantId,
                        cycleId,
                        row.getInt("period"),
                        row.getInt("levels"),
                        row.getObject("day", LocalDate.class)))
                .optional();
    }

    /** Takes everything of the cycle out of the queue; false when nothing was in it. What is queued after this is seen next time. */
    boolean take(UUID tenantId, UUID cycleId) {
        return jdbc.sql("delete from assessments.rollup_queue where tenant_id = ? and cycle_id = ?")
                        .params(tenantId, cycleId)
                        .update()
                > 0;
    }

    /** Takes some units out of the queue. */
    List<UUID> take(UUID tenantId, UUID cycleId, int most) {
        return jdbc.sql("""
                        with taken as (
                            select distinct unit_id from assessments.rollup_queue
                            where tenant_id = :tenant and cycle_id = :cycle and unit_id is not null
                            order by unit_id
                            limit :most),
                        gone as (
                            delete from assessments.rollup_queue q using taken s
                            where q.tenant_id = :tenant and q.cycle_id = :cycle and q.unit_id = s.unit_id)
                        select unit_id from taken
                        """)
                .param("tenant", tenantId)
                .param("cycle", cycleId)
                .param("most", most)
                .query((row, n) -> row.getObject(1, UUID.class))
                .list();
    }

    /**
     * Adds units with forms that the cycle's tree does not know, and what is above them: each as it was on the day, or on the day
     * nearest to it on which there was such a unit.
     *
     * @param units null: all with forms
     */
    void grow(Ground ground, @Nullable Collection<UUID> units) {
        if (units == null) {
            Planner.wholeBody(jdbc);
        }
        jdbc.sql("""
                        with recursive place as materialized (
                            select distinct on (v.unit_id) v.unit_id, v.parent_id, v.name, v.rank_order
                            from directory.unit_version v
                            where v.tenant_id = :tenant
                              and (cast(:units as uuid[]) is null or v.unit_id in (
                                      select p.ancestor_id from directory.unit_path p
                                      where p.tenant_id = :tenant and p.descendant_id = any (cast(:units as uuid[]))))
                            order by v.unit_id, v.valid_from > :day, abs(v.valid_from - :day)),
                        missing as materialized (
                            select f.unit_id
                            from (select distinct unit_id from assessments.form
                                  where tenant_id = :tenant and period = :period and cycle_id = :cycle
                                    and (cast(:units as uuid[]) is null or unit_id = any (cast(:units as uuid[])))) f
                            where not exists (select from assessments.rollup_node k
                                              where k.tenant_id = :tenant and k.cycle_id = :cycle and k.unit_id = f.unit_id)),
                        up as (
                            select p.unit_id, p.parent_id, p.name, p.rank_order from missing m join place p on p.unit_id = m.unit_id
                            union
                            select p.unit_id, p.parent_id, p.name, p.rank_order from up u join place p on p.unit_id = u.parent_id)
                        insert into assessments.rollup_node (tenant_id, cycle_id, unit_id, parent_id, name, rank_order)
                        select :tenant, :cycle, u.unit_id, u.parent_id, u.name, u.rank_order from up u
                        on conflict (tenant_id, cycle_id, unit_id) do nothing
                        """)
                .param("tenant", ground.tenantId())
                .param("cycle", ground.cycleId())
                .param("period", ground.period())
                .param("day", ground.on())
                .param("units", units == null ? null : units.toArray(UUID[]::new))
                .update();
    }

    /** Unit to the one above it; units without one are absent. {@code units}: those above these only; null for all */
    Map<UUID, UUID> parents(Ground ground, @Nullable Collection<UUID> units) {
        Map<UUID, UUID> parents = new HashMap<>();
        jdbc.sql(units == null ? """
                                select unit_id, parent_id from assessments.rollup_node
                                where tenant_id = :tenant and cycle_id = :cycle and parent_id is not null
                                """ : """
                                with recursive up as (
                                    select unit_id, parent_id from assessments.rollup_node
                                    where tenant_id = :tenant and cycle_id = :cycle and unit_id = any (:units)
                                    union
                                    select k.unit_id, k.parent_id from up u
                                    join assessments.rollup_node k
                                        on k.tenant_id = :tenant and k.cycle_id = :cycle and k.unit_id = u.parent_id)
                                select unit_id, parent_id from up where parent_id is not null
                                """)
                .param("tenant", ground.tenantId())
                .param("cycle", ground.cycleId())
                .param("units", units == null ? new UUID[0] : units.toArray(UUID[]::new))
                .query(row -> {
                    parents.put(row.getObject("unit_id", UUID.class), row.getObject("parent_id", UUID.class));
                });
        return parents;
    }

    /** The units directly below these, with the one they are below. */
    Map<UUID, UUID> children(Ground ground, Collection<UUID> units) {
        Map<UUID, UUID> children = new HashMap<>();
        jdbc.sql("""
                        select unit_id, parent_id from assessments.rollup_node
                        where tenant_id = ? and cycle_id = ? and parent_id = any (?)
                        """)
                .params(ground.tenantId(), ground.cycleId(), units.toArray(UUID[]::new))
                .query(row -> {
                    children.put(row.getObject("unit_id", UUID.class), row.getObject("parent_id", UUID.class));
                });
        return children;
    }

    /** What the units' own forms say now. {@code units}: null for all of the cycle */
    RollupSums own(Ground ground, @Nullable Collection<UUID> units) {
        if (units == null) {
            Planner.wholeBody(jdbc);
            // Forms and ratings lie in the order of their keys: read along these the join needs no memory, and a third
            // less
            // time than through a table of hashes.
            jdbc.sql("select set_config('work_mem', '128MB', true), set_config('random_page_cost', '1.1', true)")
                    .query((row, n) -> n)
                    .single();
        }
        var sums = new RollupSums();
        String of = """
                f.tenant_id = '%1$s' and f.period = %2$d and f.cycle_id = '%3$s'
                """.formatted(ground.tenantId(), ground.period(), ground.cycleId())
                + (units == null
                        ? ""
                        : " and f.unit_id in ("
                                + units.stream().map(unit -> "'" + unit + "'").collect(Collectors.joining(", ")) + ")");
        String ratings = """
                join assessments.rating r on r.tenant_id = f.tenant_id and r.period = f.period and r.form_id = f.id
                    and r.tenant_id = '%1$s' and r.period = %2$d and r.cycle_id = '%3$s'
                """.formatted(ground.tenantId(), ground.period(), ground.cycleId());
        // unit, set, state, grade, post, how many
        copy.out("""
                select f.unit_id, f.set_id,
                       case f.state when 'open' then case when f.step = 0 then 1 else 0 end when 'decided' then 2
                                    when 'approved' then 3 when 'told' then 4 when 'not-assessed' then 5 else 6 end,
                       case when f.state <> 'told' then 0 when x.told = x.version then cast(x.rank as int)
                            else coalesce((select d.rank from assessments.decision d
                                           where d.tenant_id = f.tenant_id and d.period = f.period and d.form_id = f.id
                                             and d.version = x.told), 0) end,
                       f.position_name, cast(count(*) as int)
                from assessments.form f
                left join assessments.result x on x.tenant_id = f.tenant_id and x.period = f.period and x.form_id = f.id
                where %s
                group by 1, 2, 3, 4, 5
                """.formatted(of), row -> {
            UUID unit = row.uuid();
            UUID set = row.uuid();
            int state = row.number();
            int grade = row.number();
            String position = row.text();
            int many = row.number();
            Sum sum = sums.of(new Key(unit, set, ""));
            sum.count(state, RollupSums.STATES, many);
            if (grade > 0) {
                sum.n += many;
                sum.level(grade - 1, many);
                Sum part = sums.of(new Part(unit, set, "", POSITION, position));
                part.n += many;
                part.level(grade - 1, many);
            }
        });
        // unit, set, stage, post, handed in, levels: null unless they may be seen by whom they are about
        Map<ByteBuffer, Rated> rated = new HashMap<>();
        copy.out("""
                select f.unit_id, f.set_id, r.stage, f.position_name, case when r.state = 'handed-in' then 1 else 0 end,
                       case when f.state = 'told' and r.state = 'handed-in' then r.levels end
                from assessments.form f
                %s
                where %s and f.state in ('open', 'decided', 'approved', 'told')
                """.formatted(ratings, of), row -> {
            Rated to = rated.computeIfAbsent(row.head(4), head -> new Rated(sums, head, POSITION));
            Sum sum = to.unit();
            sum.count(0, RollupSums.TURNS, 1);
            sum.count(1, RollupSums.TURNS, row.number());
            int items = row.elements();
            if (items >= 0) {
                sum.n++;
                Sum part = to.part();
                part.n++;
                levels(row, items, sum, part, ground.levels());
            }
        });
        if (!lines(ground.tenantId())) {
            return sums;
        }
        Map<ByteBuffer, Rated> inLines = new HashMap<>();
        copy.out("""
                select f.unit_id, f.set_id, r.stage, m.line_id, r.levels
                from directory.line_member m
                join assessments.form f on f.tenant_id = m.tenant_id and f.person_id = m.person_id
                %s
                where m.tenant_id = '%s' and m.valid_from <= date '%s' and (m.valid_to is null or m.valid_to > date '%s')
                  and %s and f.state = 'told' and r.state = 'handed-in'
                """.formatted(ratings, ground.tenantId(), ground.on(), ground.on(), of), row -> {
            Rated to = inLines.computeIfAbsent(row.head(4), head -> new Rated(sums, head, LINE));
            int items = row.elements();
            if (items >= 0) {
                Sum part = to.part();
                part.n++;
                levels(row, items, null, part, ground.levels());
            }
        });
        return sums;
    }

    /** The level of every item into the unit's figures, and all together into the part's. */
    private static void levels(BinaryCopy.Row row, int items, @Nullable Sum unit, Sum part, int levels) {
        for (int item = 0; item < items; item++) {
            int level = row.element();
            if (level != BinaryCopy.NOTHING) {
                if (unit != null) {
                    unit.level(item * levels + level - 1, 1);
                }
                part.level(level - 1, 1);
            }
        }
        if (unit != null) {
            unit.room(items * levels);
        }
        part.room(levels);
    }

    private boolean lines(UUID tenantId) {
        return jdbc.sql("select exists (select from directory.line_member where tenant_id = ?)")
                .param(tenantId)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    /** Whether the cycle's tree knows all of these. */
    boolean knows(Ground ground, Collection<UUID> units) {
        return jdbc.sql("""
                        select count(*) from assessments.rollup_node
                        where tenant_id = ? and cycle_id = ? and unit_id = any (?)
                        """)
                        .params(ground.tenantId(), ground.cycleId(), units.toArray(UUID[]::new))
                        .query((row, n) -> row.getInt(1))
                        .single()
                == units.size();
    }

    /**
     * Where rows that begin alike are added up. Found by the bytes of their beginning: of a nation there are twenty times as many
     * rows as beginnings, and reading every one of them into keys costs more than the rest.
     */
    private static final class Rated {
        private final RollupSums sums;
        private final Key key;
        private final Part place;
        private @Nullable Sum unit;
        private @Nullable Sum part;

        /** @param head unit, set, stage and the part's key */
        Rated(RollupSums sums, ByteBuffer head, String kind) {
            this.sums = sums;
            var row = new BinaryCopy.Row(head);
            key = new Key(row.uuid(), row.uuid(), row.text());
            place = new Part(
                    key.unit(),
                    key.set(),
                    key.stage(),
                    kind,
                    kind.equals(LINE) ? row.uuid().toString() : row.text());
        }

        Sum unit() {
            if (unit == null) {
                unit = sums.of(key);
            }
            return unit;
        }

        Sum part() {
            if (part == null) {
                part = sums.of(place);
            }
            return part;
        }
    }

    /** The figures of these units as they are kept. */
    RollupSums kept(Ground ground, Collection<UUID> units) {
        var sums = new RollupSums();
        jdbc.sql("""
                        select unit_id, set_id, stage, null as part, null as key, n, hist, counts from assessments.rollup_unit
                        where tenant_id = :tenant and period = :period and cycle_id = :cycle and unit_id = any (:units)
                        union all
                        select unit_id, set_id, stage, part, key, n, hist, '{}' from assessments.rollup_part
                        where tenant_id = :tenant and period = :period and cycle_id = :cycle and unit_id = any (:units)
                        """)
                .param("tenant", ground.tenantId())
                .param("period", ground.period())
                .param("cycle", ground.cycleId())
                .param("units", units.toArray(UUID[]::new))
                .query(row -> {
                    UUID unit = row.getObject("unit_id", UUID.class);
                    UUID set = row.getObject("set_id", UUID.class);
                    String stage = row.getString("stage");
                    @Nullable String part = row.getString("part");
                    Sum sum = part == null
                            ? sums.of(new Key(unit, set, stage))
                            : sums.of(new Part(unit, set, stage, part, Objects.requireNonNull(row.getString("key"))));
                    sum.n = row.getInt("n");
                    sum.hist = numbers(row.getArray("hist"));
                    sum.counts = numbers(row.getArray("counts"));
                });
        return sums;
    }

    static int[] numbers(Array array) throws SQLException {
        return Arrays.stream((Integer[]) array.getArray())
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Puts these figures in place of all there were of the cycle. */
    void replace(Ground ground, RollupSums sums) {
        for (String table : List.of("rollup_unit", "rollup_part")) {
            jdbc.sql("delete from assessments." + table + " where tenant_id = ? and period = ? and cycle_id = ?")
                    .params(ground.tenantId(), ground.period(), ground.cycleId())
                    .update();
        }
        copy.in(
                "assessments.rollup_unit (tenant_id, period, cycle_id, unit_id, set_id, stage, n, hist, counts)",
                9,
                rows -> {
                    for (var entry : sums.units.entrySet()) {
                        Key key = entry.getKey();
                        Sum sum = entry.getValue();
                        place(rows.row(), ground, key.unit(), key.set(), key.stage())
                                .number(sum.n)
                                .numbers(sum.hist)
                                .numbers(sum.counts);
                    }
                });
        copy.in(
                "assessments.rollup_part (tenant_id, period, cycle_id, unit_id, set_id, stage, part, key, n, hist)",
                10,
                rows -> {
                    for (var entry : sums.parts.entrySet()) {
                        Part key = entry.getKey();
                        Sum sum = entry.getValue();
                        place(rows.row(), ground, key.unit(), key.set(), key.stage())
                                .text(key.kind())
                                .text(key.key())
                                .number(sum.n)
                                .numbers(sum.hist);
                    }
                });
    }

    private static BinaryCopy.Rows place(BinaryCopy.Rows row, Ground ground, UUID unit, UUID set, String stage)
            throws SQLException {
        return row.uuid(ground.tenantId())
                .number(ground.period())
                .uuid(ground.cycleId())
                .uuid(unit)
                .uuid(set)
                .text(stage);
    }

    /** Tells the planner what there is now, as autovacuum does a minute later; a sample, however many rows there are. */
    void analyze() {
        jdbc.sql("analyze assessments.rollup_node, assessments.rollup_unit, assessments.rollup_part")
                .update();
    }

    /** Adds these to what is kept. */
    void add(Ground ground, RollupSums sums) {
        List<Map.Entry<Key, Sum>> units = List.copyOf(sums.units.entrySet());
        if (!units.isEmpty()) {
            jdbc.sql("""
                            with d as materialized (
                                select x.unit_id, x.set_id, x.stage, x.n, x.hist, x.counts
                                from unnest(:unit, :set, :stage, :n, :hist, :counts)
                                    as x (unit_id, set_id, stage, n, hist, counts)),
                            changed as (
                                update assessments.rollup_unit u
                                set n = u.n + d.n, hist = assessments.plus(u.hist, cast(d.hist as int[])),
                                    counts = assessments.plus(u.counts, cast(d.counts as int[]))
                                from d
                                where u.tenant_id = :tenant and u.period = :period and u.cycle_id = :cycle
                                  and u.unit_id = d.unit_id and u.set_id = d.set_id and u.stage = d.stage
                                returning u.unit_id, u.set_id, u.stage)
                            insert into assessments.rollup_unit (tenant_id, period, cycle_id, unit_id, set_id, stage, n, hist, counts)
                            select :tenant, :period, :cycle, d.unit_id, d.set_id, d.stage, d.n, cast(d.hist as int[]),
                                   cast(d.counts as int[])
                            from d
                            where not exists (select from changed c
                                              where c.unit_id = d.unit_id and c.set_id = d.set_id and c.stage = d.stage)
                            """)
                    .param("tenant", ground.tenantId())
                    .param("period", ground.period())
                    .param("cycle", ground.cycleId())
                    .param("unit", units.stream().map(e -> e.getKey().unit()).toArray(UUID[]::new))
                    .param("set", units.stream().map(e -> e.getKey().set()).toArray(UUID[]::new))
                    .param("stage", units.stream().map(e -> e.getKey().stage()).toArray(String[]::new))
                    .param("n", units.stream().map(e -> e.getValue().n).toArray(Integer[]::new))
                    .param(
                            "hist",
                            units.stream().map(e -> text(e.getValue().hist)).toArray(String[]::new))
                    .param(
                            "counts",
                            units.stream().map(e -> text(e.getValue().counts)).toArray(String[]::new))
                    .update();
        }
        List<Map.Entry<Part, Sum>> parts = List.copyOf(sums.parts.entrySet());
        if (!parts.isEmpty()) {
            jdbc.sql("""
                            with d as materialized (
                                select x.unit_id, x.set_id, x.stage, x.part, x.key, x.n, x.hist
                                from unnest(:unit, :set, :stage, :part, :key, :n, :hist)
                                    as x (unit_id, set_id, stage, part, key, n, hist)),
                            changed as (
                                update assessments.rollup_part u
                                set n = u.n + d.n, hist = assessments.plus(u.hist, cast(d.hist as int[]))
                                from d
                                where u.tenant_id = :tenant and u.period = :period and u.cycle_id = :cycle
                                  and u.unit_id = d.unit_id and u.part = d.part and u.key = d.key and u.set_id = d.set_id
                                  and u.stage = d.stage
                                returning u.unit_id, u.set_id, u.stage, u.part, u.key)
                            insert into assessments.rollup_part
                                (tenant_id, period, cycle_id, unit_id, set_id, stage, part, key, n, hist)
                            select :tenant, :period, :cycle, d.unit_id, d.set_id, d.stage, d.part, d.key, d.n,
                                   cast(d.hist as int[])
                            from d
                            where not exists (select from changed c
                                              where c.unit_id = d.unit_id and c.set_id = d.set_id and c.stage = d.stage
                                                and c.part = d.part and c.key = d.key)
                            """)
                    .param("tenant", ground.tenantId())
                    .param("period", ground.period())
                    .param("cycle", ground.cycleId())
                    .param("unit", parts.stream().map(e -> e.getKey().unit()).toArray(UUID[]::new))
                    .param("set", parts.stream().map(e -> e.getKey().set()).toArray(UUID[]::new))
                    .param("stage", parts.stream().map(e -> e.getKey().stage()).toArray(String[]::new))
                    .param("part", parts.stream().map(e -> e.getKey().kind()).toArray(String[]::new))
                    .param("key", parts.stream().map(e -> e.getKey().key()).toArray(String[]::new))
                    .param("n", parts.stream().map(e -> e.getValue().n).toArray(Integer[]::new))
                    .param(
                            "hist",
                            parts.stream().map(e -> text(e.getValue().hist)).toArray(String[]::new))
                    .update();
        }
    }

    private static String text(int[] numbers) {
        return Arrays.stream(numbers).mapToObj(String::valueOf).collect(Collectors.joining(",", "{", "}"));
    }
}
