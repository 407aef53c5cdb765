package vn.chuanmuc.directory;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.directory.Lines.Duty;
import vn.chuanmuc.directory.Lines.Holder;
import vn.chuanmuc.directory.Lines.Kind;
import vn.chuanmuc.directory.Lines.Line;
import vn.chuanmuc.directory.Lines.Place;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.DateRange;
import vn.chuanmuc.ui.UnitChoice.Option;

@Component
class LineStore {
    private static final int MOST_LINES = 200;
    private static final int MOST_ROWS = 200;
    private static final int MOST_PLACES = 100_000;

    private static final RowMapper<Line> LINE = (row, n) -> new Line(
            row.getObject("id", UUID.class),
            row.getString("name"),
            Kind.of(row.getString("kind")),
            row.getString("basis"),
            row.getObject("valid_from", LocalDate.class),
            row.getObject("valid_to", LocalDate.class),
            row.getInt("version"));
    private static final String PLACE_ROWS = """
            select p.id, p.unit_id, p.superior_id, p.basis, p.valid_from, p.valid_to, p.version,
                   (select v.name from directory.unit_version v
                    where v.tenant_id = p.tenant_id and v.unit_id = p.superior_id
                    order by v.valid_from desc limit 1) as superior_name
            from directory.line_place p
            where p.tenant_id = :tenant and p.line_id = :line
            """;
    private static final RowMapper<Place> PLACE = (row, n) -> new Place(
            row.getObject("id", UUID.class),
            row.getObject("unit_id", UUID.class),
            row.getObject("superior_id", UUID.class),
            row.getString("superior_name"),
            row.getString("basis"),
            row.getObject("valid_from", LocalDate.class),
            row.getObject("valid_to", LocalDate.class),
            row.getInt("version"));
    private static final String DUTY_ROWS = """
            select d.id, d.unit_id, d.duty, d.person_id, p.full_name, d.valid_from, d.valid_to, d.version
            from directory.line_duty d
            join directory.person p on p.tenant_id = d.tenant_id and p.id = d.person_id
            where d.tenant_id = :tenant and d.line_id = :line
            """;
    private static final RowMapper<Holder> HOLDER = (row, n) -> new Holder(
            row.getObject("id", UUID.class),
            Duty.of(row.getString("duty")),
            row.getObject("person_id", UUID.class),
            row.getString("full_name"),
            row.getObject("valid_from", LocalDate.class),
            row.getObject("valid_to", LocalDate.class),
            row.getInt("version"));
    /** Not asked of whoever looks after the whole body. */
    private static final String SEEN = """
             and %s.unit_id in (select c.descendant_id from directory.unit_closure c
                                where c.tenant_id = :tenant and c.ancestor_id = any (:tops))
            """;

    private final JdbcClient jdbc;
    private final LineCounts counts;

    LineStore(JdbcClient jdbc, LineCounts counts) {
        this.jdbc = jdbc;
        this.counts = counts;
    }

    // --- lines
    // -----------------------------------------------------------------------------------------------------------

    List<Line> list(UUID tenantId, LocalDate day) {
        return jdbc.sql("""
                        select id, name, kind, basis, valid_from, valid_to, version
                        from directory.line
                        where tenant_id = ? and valid_from <= ? and (valid_to is null or valid_to > ?)
                        order by array_position(array['party', 'state', 'mass', 'school', 'enterprise'], kind), name, id
                        limit ?
                        """).params(tenantId, day, day, MOST_LINES).query(LINE).list();
    }

    Optional<Line> find(UUID tenantId, UUID lineId) {
        return jdbc.sql("""
                        select id, name, kind, basis, valid_from, valid_to, version
                        from directory.line where tenant_id = ? and id = ?
                        """).params(tenantId, lineId).query(LINE).optional();
    }

    /** Whoever comes second waits here. */
    Optional<Line> lock(UUID tenantId, UUID lineId) {
        return jdbc.sql("""
                        select id, name, kind, basis, valid_from, valid_to, version
                        from directory.line where tenant_id = ? and id = ?
                        for no key update
                        """).params(tenantId, lineId).query(LINE).optional();
    }

    /** @return false when an open line has this name */
    boolean insert(UUID tenantId, UUID id, Lines.Saying saying) {
        return jdbc.sql("""
                                insert into directory.line (tenant_id, id, name, match_key, kind, basis, valid_from)
                                values (?, ?, ?, ?, ?, ?, ?)
                                on conflict (tenant_id, match_key) where valid_to is null do nothing
                                """)
                        .params(
                                tenantId,
                                id,
                                saying.name(),
                                UnitNames.matchKey(saying.name()),
                                saying.kind().code(),
                                saying.basis(),
                                saying.from())
                        .update()
                == 1;
    }

    boolean nameTaken(UUID tenantId, UUID exceptId, String matchKey) {
        return jdbc.sql("""
                        select exists (select from directory.line
                                       where tenant_id = ? and match_key = ? and id <> ? and valid_to is null)
                        """)
                .params(tenantId, matchKey, exceptId)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    void update(UUID tenantId, UUID id, int version, Lines.Saying saying) {
        int rows = jdbc.sql("""
                        update directory.line
                        set name = ?, match_key = ?, kind = ?, basis = ?, valid_from = ?, version = version + 1
                        where tenant_id = ? and id = ? and version = ?
                        """)
                .params(
                        saying.name(),
                        UnitNames.matchKey(saying.name()),
                        saying.kind().code(),
                        saying.basis(),
                        saying.from(),
                        tenantId,
                        id,
                        version)
                .update();
        Check.that(rows == 1, "a line that is locked stands as it was read");
    }

    void endLine(UUID tenantId, UUID id, int version, LocalDate day) {
        int rows = jdbc.sql("""
                        update directory.line set valid_to = ?, version = version + 1
                        where tenant_id = ? and id = ? and version = ? and valid_to is null
                        """).params(day, tenantId, id, version).update();
        Check.that(rows == 1, "a line that is locked stands as it was read");
    }

    /** The first day on which anything of the line begins. */
    Optional<LocalDate> earliest(UUID tenantId, UUID lineId) {
        return jdbc.sql("""
                        select least(
                            (select min(valid_from) from directory.line_place where tenant_id = :tenant and line_id = :line),
                            (select min(valid_from) from directory.line_duty where tenant_id = :tenant and line_id = :line),
                            (select min(valid_from) from directory.line_member where tenant_id = :tenant and line_id = :line))
                        """)
                .param("tenant", tenantId)
                .param("line", lineId)
                .query((row, n) -> Optional.ofNullable(row.getObject(1, LocalDate.class)))
                .single();
    }

    /** The last day on which something of a unit's (null: of any) would still hold or begin, were all ended on the day. */
    Optional<LocalDate> later(UUID tenantId, UUID lineId, @Nullable UUID unitId, LocalDate day) {
        String rows = """
                select case when valid_to is null then valid_from else valid_to end as last
                from directory.%s
                where tenant_id = :tenant and line_id = :line and (cast(:unit as uuid) is null or unit_id = :unit)
                  and (valid_to > :day or valid_to is null and valid_from >= :day)
                """;
        return jdbc.sql("select max(last) from (" + rows.formatted("line_place") + " union all "
                        + rows.formatted("line_duty") + " union all " + rows.formatted("line_member") + ") as later")
                .param("tenant", tenantId)
                .param("line", lineId)
                .param("unit", unitId)
                .param("day", Date.valueOf(day))
                .query((row, n) -> Optional.ofNullable(row.getObject(1, LocalDate.class)))
                .single();
    }

    record Ended(int places, int duties, int members) {}

    /** Ends everything of a unit in the line that is open, or of all its units. */
    Ended endAll(UUID tenantId, UUID lineId, @Nullable UUID unitId, LocalDate day) {
        counts.lock(tenantId);
        List<UUID> people = jdbc.sql("""
                        select person_id from directory.line_member
                        where tenant_id = :tenant and line_id = :line and valid_to is null
                          and (cast(:unit as uuid) is null or unit_id = :unit)
                        """)
                .param("tenant", tenantId)
                .param("line", lineId)
                .param("unit", unitId)
                .query((row, n) -> row.getObject(1, UUID.class))
                .list();
        return counts.changing(tenantId, people, () -> ending(tenantId, lineId, unitId, day));
    }

    private Ended ending(UUID tenantId, UUID lineId, @Nullable UUID unitId, LocalDate day) {
        return new Ended(
                endAll("line_place", tenantId, lineId, unitId, day),
                endAll("line_duty", tenantId, lineId, unitId, day),
                endAll("line_member", tenantId, lineId, unitId, day));
    }

    private int endAll(String table, UUID tenantId, UUID lineId, @Nullable UUID unitId, LocalDate day) {
        return jdbc.sql("""
                        update directory.%s set valid_to = :day, version = version + 1
                        where tenant_id = :tenant and line_id = :line and valid_to is null
                          and (cast(:unit as uuid) is null or unit_id = :unit)
                        """.formatted(table))
                .param("tenant", tenantId)
                .param("line", lineId)
                .param("unit", unitId)
                .param("day", Date.valueOf(day))
                .update();
    }

    // --- places
    // ----------------------------------------------------------------------------------------------------------

    List<Place> places(UUID tenantId, UUID lineId, UUID unitId) {
        return jdbc.sql(PLACE_ROWS + " and p.unit_id = :unit order by p.valid_from desc limit :limit")
                .param("tenant", tenantId)
                .param("line", lineId)
                .param("unit", unitId)
                .param("limit", MOST_ROWS)
                .query(PLACE)
                .list();
    }

    Optional<Place> place(UUID tenantId, UUID lineId, UUID placeId) {
        return jdbc.sql(PLACE_ROWS + " and p.id = :id")
                .param("tenant", tenantId)
                .param("line", lineId)
                .param("id", placeId)
                .query(PLACE)
                .optional();
    }

    void insertPlace(
            UUID tenantId, UUID id, UUID lineId, UUID unitId, @Nullable UUID superiorId, LocalDate from, String basis) {
        int rows = jdbc.sql("""
                        insert into directory.line_place (tenant_id, id, line_id, unit_id, superior_id, basis, valid_from)
                        values (:tenant, :id, :line, :unit, :superior, :basis, :from)
                        """)
                .param("tenant", tenantId)
                .param("id", id)
                .param("line", lineId)
                .param("unit", unitId)
                .param("superior", superiorId)
                .param("basis", basis)
                .param("from", Date.valueOf(from))
                .update();
        Check.that(rows == 1, "a place is one row");
    }

    void endPlace(UUID tenantId, UUID placeId, int version, LocalDate day) {
        int rows = jdbc.sql("""
                        update directory.line_place set valid_to = ?, version = version + 1
                        where tenant_id = ? and id = ? and version = ? and valid_to is null
                        """).params(day, tenantId, placeId, version).update();
        Check.that(rows == 1, "the places of a line that is locked stand as they were read");
    }

    void correctPlace(
            UUID tenantId, UUID placeId, int version, @Nullable UUID superiorId, LocalDate from, String basis) {
        int rows = jdbc.sql("""
                        update directory.line_place
                        set superior_id = :superior, valid_from = :from, basis = :basis, version = version + 1
                        where tenant_id = :tenant and id = :id and version = :version
                        """)
                .param("superior", superiorId)
                .param("from", Date.valueOf(from))
                .param("basis", basis)
                .param("tenant", tenantId)
                .param("id", placeId)
                .param("version", version)
                .update();
        Check.that(rows == 1, "the places of a line that is locked stand as they were read");
    }

    void deletePlace(UUID tenantId, UUID placeId, int version) {
        int rows = jdbc.sql("delete from directory.line_place where tenant_id = ? and id = ? and version = ?")
                .params(tenantId, placeId, version)
                .update();
        Check.that(rows == 1, "the places of a line that is locked stand as they were read");
    }

    /** How many units are under this one on the day or later. */
    int under(UUID tenantId, UUID lineId, UUID unitId, LocalDate day) {
        return jdbc.sql("""
                        select count(distinct unit_id) from directory.line_place
                        where tenant_id = ? and line_id = ? and superior_id = ? and (valid_to is null or valid_to > ?)
                        """)
                .params(tenantId, lineId, unitId, day)
                .query((row, n) -> row.getInt(1))
                .single();
    }

    /** The periods of all that needs the unit to have a place: units under it, duties, memberships. */
    List<DateRange> resting(UUID tenantId, UUID lineId, UUID unitId) {
        return jdbc.sql("""
                        select distinct valid_from, valid_to from directory.line_place
                        where tenant_id = :tenant and line_id = :line and superior_id = :unit
                        union
                        select valid_from, valid_to from directory.line_duty
                        where tenant_id = :tenant and line_id = :line and unit_id = :unit
                        union
                        select valid_from, valid_to from directory.line_member
                        where tenant_id = :tenant and line_id = :line and unit_id = :unit
                        """)
                .param("tenant", tenantId)
                .param("line", lineId)
                .param("unit", unitId)
                .query((row, n) -> new DateRange(
                        row.getObject("valid_from", LocalDate.class), row.getObject("valid_to", LocalDate.class)))
                .list();
    }

    /**
     * The first day in the period on which the unit would be above itself. Days are followed, not only units: what was above in
     * another year closes no circle.
     */
    Optional<LocalDate> cycle(UUID tenantId, UUID lineId, UUID unitId, UUID superiorId, DateRange period) {
        LocalDate to = period.to();
        return jdbc.sql("""
                        with recursive up (unit_id, valid_from, valid_to) as (
                            select cast(:superior as uuid), cast(:from as date),
                                   coalesce(cast(:to as date), 'infinity'::date)
                            union
                            select p.superior_id, greatest(u.valid_from, p.valid_from),
                                   least(u.valid_to, coalesce(p.valid_to, 'infinity'))
                            from up u
                            join directory.line_place p on p.tenant_id = :tenant and p.line_id = :line
                                and p.unit_id = u.unit_id and p.valid_from < u.valid_to
                                and coalesce(p.valid_to, 'infinity') > u.valid_from
                            where p.superior_id is not null and u.unit_id <> :unit)
                        select min(valid_from) from up where unit_id = :unit
                        """)
                .param("tenant", tenantId)
                .param("line", lineId)
                .param("unit", unitId)
                .param("superior", superiorId)
                .param("from", Date.valueOf(period.from()))
                .param("to", to == null ? null : Date.valueOf(to))
                .query((row, n) -> Optional.ofNullable(row.getObject(1, LocalDate.class)))
                .single();
    }

    // --- duties
    // ----------------------------------------------------------------------------------------------------------

    List<Holder> holders(UUID tenantId, UUID lineId, UUID unitId) {
        return jdbc.sql(
                        DUTY_ROWS
                                + " and d.unit_id = :unit order by d.valid_to is not null, d.duty desc, d.valid_from desc limit :limit")
                .param("tenant", tenantId)
                .param("line", lineId)
                .param("unit", unitId)
                .param("limit", MOST_ROWS)
                .query(HOLDER)
                .list();
    }

    record Seat(UUID unitId, Holder holder) {}

    Optional<Seat> seat(UUID tenantId, UUID lineId, UUID dutyId) {
        return jdbc.sql(DUTY_ROWS + " and d.id = :id")
                .param("tenant", tenantId)
                .param("line", lineId)
                .param("id", dutyId)
                .query((row, n) -> new Seat(
                        row.getObject("unit_id", UUID.class), java.util.Objects.requireNonNull(HOLDER.mapRow(row, n))))
                .optional();
    }

    void insertDuty(UUID tenantId, UUID id, UUID lineId, UUID unitId, Duty duty, UUID personId, LocalDate from) {
        int rows = jdbc.sql("""
                        insert into directory.line_duty (tenant_id, id, line_id, unit_id, person_id, duty, valid_from)
                        values (?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(tenantId, id, lineId, unitId, personId, duty.code(), from)
                .update();
        Check.that(rows == 1, "a duty is one row");
    }

    void endDuty(UUID tenantId, UUID dutyId, int version, LocalDate day) {
        int rows = jdbc.sql("""
                        update directory.line_duty set valid_to = ?, version = version + 1
                        where tenant_id = ? and id = ? and version = ? and valid_to is null
                        """).params(day, tenantId, dutyId, version).update();
        Check.that(rows == 1, "the duties of a line that is locked stand as they were read");
    }

    void correctDuty(UUID tenantId, UUID dutyId, int version, LocalDate from) {
        int rows = jdbc.sql("""
                        update directory.line_duty set valid_from = ?, version = version + 1
                        where tenant_id = ? and id = ? and version = ?
                        """).params(from, tenantId, dutyId, version).update();
        Check.that(rows == 1, "the duties of a line that is locked stand as they were read");
    }

    boolean deleteDuty(UUID tenantId, UUID dutyId, int version) {
        return jdbc.sql("delete from directory.line_duty where tenant_id = ? and id = ? and version = ?")
                        .params(tenantId, dutyId, version)
                        .update()
                == 1;
    }

    // --- reading
    // ---------------------------------------------------------------------------------------------------------

    List<LineTree.Row> treeRows(Scope scope, UUID lineId, LocalDate day) {
        return jdbc.sql("""
                        select p.unit_id, p.superior_id, v.name, coalesce(d.duties, 0) = 2 as staffed
                        from directory.line_place p
                        left join directory.unit_version v on v.tenant_id = :tenant and v.unit_id = p.unit_id
                            and v.valid_from <= :day and (v.valid_to is null or v.valid_to > :day)
                        left join (
                            select unit_id, count(distinct duty) as duties
                            from directory.line_duty
                            where tenant_id = :tenant and line_id = :line
                              and valid_from <= :day and (valid_to is null or valid_to > :day)
                            group by unit_id) d on d.unit_id = p.unit_id
                        where p.tenant_id = :tenant and p.line_id = :line
                          and p.valid_from <= :day and (p.valid_to is null or p.valid_to > :day)
                        """
                        + (holdsRoot(scope) ? "" : SEEN.formatted("p"))
                        + " order by v.rank_order, v.name, p.unit_id limit :limit")
                .params(seen(scope))
                .param("line", lineId)
                .param("day", Date.valueOf(day))
                .param("limit", MOST_PLACES)
                .query((row, n) -> new LineTree.Row(
                        row.getObject("unit_id", UUID.class),
                        row.getObject("superior_id", UUID.class),
                        row.getString("name"),
                        row.getBoolean("staffed")))
                .list();
    }

    private static Map<String, Object> seen(Scope scope) {
        return Map.of("tenant", scope.tenantId(), "tops", scope.tops());
    }

    Map<UUID, Long> peopleByUnit(Scope scope, UUID lineId, LocalDate day) {
        Map<UUID, Long> people = new HashMap<>();
        jdbc.sql("""
                        select c.unit_id, sum(c.people) as people
                        from directory.line_unit_count c
                        where c.tenant_id = :tenant and c.line_id = :line and c.day <= :day
                        """ + (holdsRoot(scope) ? "" : SEEN.formatted("c")) + " group by c.unit_id having sum(c.people) <> 0")
                .params(seen(scope))
                .param("line", lineId)
                .param("day", Date.valueOf(day))
                .query(row -> {
                    people.put(row.getObject("unit_id", UUID.class), row.getLong("people"));
                });
        return people;
    }

    Map<UUID, LineTree.Names> holdersOn(UUID tenantId, UUID lineId, Collection<UUID> units, LocalDate day) {
        Map<UUID, LineTree.Names> names = new HashMap<>();
        jdbc.sql("""
                        select d.unit_id, max(p.full_name) filter (where d.duty = 'clerk') as clerk,
                               max(p.full_name) filter (where d.duty = 'approver') as approver
                        from directory.line_duty d
                        join directory.person p on p.tenant_id = d.tenant_id and p.id = d.person_id
                        where d.tenant_id = ? and d.line_id = ? and d.unit_id = any (?)
                          and d.valid_from <= ? and (d.valid_to is null or d.valid_to > ?)
                        group by d.unit_id
                        """)
                .param(tenantId)
                .param(lineId)
                .param(units.toArray(UUID[]::new))
                .param(day)
                .param(day)
                .query(row -> {
                    names.put(
                            row.getObject("unit_id", UUID.class),
                            new LineTree.Names(row.getString("clerk"), row.getString("approver")));
                });
        return names;
    }

    Map<UUID, String> lastNames(UUID tenantId, Collection<UUID> units) {
        Map<UUID, String> names = new HashMap<>();
        jdbc.sql("""
                        select distinct on (unit_id) unit_id, name
                        from directory.unit_version
                        where tenant_id = ? and unit_id = any (?)
                        order by unit_id, valid_from desc
                        """).param(tenantId).param(units.toArray(UUID[]::new)).query(row -> {
            names.put(row.getObject("unit_id", UUID.class), row.getString("name"));
        });
        return names;
    }

    Optional<String> unitName(UUID tenantId, UUID unitId, LocalDate day) {
        return jdbc.sql("""
                        select name from directory.unit_version
                        where tenant_id = ? and unit_id = ?
                        order by valid_from > ?, valid_from desc
                        limit 1
                        """)
                .params(tenantId, unitId, day)
                .query((row, n) -> row.getString("name"))
                .optional();
    }

    Optional<String> openUnit(UUID tenantId, UUID unitId) {
        return jdbc.sql("""
                        select name from directory.unit_version
                        where tenant_id = ? and unit_id = ? and valid_to is null
                        """)
                .params(tenantId, unitId)
                .query((row, n) -> row.getString("name"))
                .optional();
    }

    /** @param most so many are read; there may be more */
    Lines.Branch branch(UUID tenantId, UUID lineId, UUID top, LocalDate from, int most) {
        List<Lines.BranchUnit> flat = jdbc.sql("""
                        select v.unit_id, v.parent_id, v.name, v.code,
                               (select min(p.valid_from) from directory.line_place p
                                where p.tenant_id = v.tenant_id and p.line_id = :line and p.unit_id = v.unit_id
                                  and coalesce(p.valid_to, 'infinity') > :from) as placed_from
                        from directory.unit_closure c
                        join directory.unit_version v
                            on v.tenant_id = c.tenant_id and v.unit_id = c.descendant_id and v.valid_to is null
                        where c.tenant_id = :tenant and c.ancestor_id = :top and not c.custody
                        order by v.name, v.code
                        """)
                .param("tenant", tenantId)
                .param("line", lineId)
                .param("top", top)
                .param("from", Date.valueOf(from))
                .query((row, n) -> new Lines.BranchUnit(
                        row.getObject("unit_id", UUID.class),
                        row.getObject("parent_id", UUID.class),
                        row.getString("name"),
                        row.getString("code"),
                        0,
                        row.getObject("placed_from", LocalDate.class)))
                .list();
        var below = new HashMap<UUID, List<Lines.BranchUnit>>();
        Lines.BranchUnit first = null;
        for (Lines.BranchUnit unit : flat) {
            if (unit.unitId().equals(top)) {
                first = unit;
            } else if (unit.parentId() != null) {
                below.computeIfAbsent(unit.parentId(), any -> new ArrayList<>()).add(unit);
            }
        }
        var ordered = new ArrayList<Lines.BranchUnit>();
        if (first != null) {
            order(first, 0, below, ordered, most);
        }
        return new Lines.Branch(List.copyOf(ordered), flat.size());
    }

    private static void order(
            Lines.BranchUnit unit,
            int level,
            Map<UUID, List<Lines.BranchUnit>> below,
            List<Lines.BranchUnit> ordered,
            int most) {
        if (ordered.size() == most) {
            return;
        }
        ordered.add(new Lines.BranchUnit(
                unit.unitId(), unit.parentId(), unit.name(), unit.code(), level, unit.placedFrom()));
        below.getOrDefault(unit.unitId(), List.of()).forEach(one -> order(one, level + 1, below, ordered, most));
    }

    private static final String SUPERIORS = """
            select p.unit_id, v.name, v.code
            from directory.line_place p
            join directory.unit_version v on v.tenant_id = p.tenant_id and v.unit_id = p.unit_id
                and v.valid_from <= :day and (v.valid_to is null or v.valid_to > :day)
            where p.tenant_id = :tenant and p.line_id = :line
              and p.valid_from <= :day and (p.valid_to is null or p.valid_to > :day)
            """;

    private static final RowMapper<Option> SUPERIOR = (row, n) ->
            new Option(row.getObject("unit_id", UUID.class), row.getString("name"), row.getString("code"), 0, "");

    private JdbcClient.StatementSpec superiors(String sql, UUID tenantId, UUID lineId, LocalDate day) {
        return jdbc.sql(SUPERIORS + sql)
                .param("tenant", tenantId)
                .param("line", lineId)
                .param("day", Date.valueOf(day));
    }

    /** Units of the line: the one, or none. */
    List<Option> superiors(UUID tenantId, UUID lineId, LocalDate day, UUID unit) {
        return superiors(" and p.unit_id = :unit", tenantId, lineId, day)
                .param("unit", unit)
                .query(SUPERIOR)
                .list();
    }

    /** @param words beginnings of words of the name, or the code, or both as a label; null for all in their order */
    List<Option> superiors(UUID tenantId, UUID lineId, LocalDate day, @Nullable String words, int most) {
        if (words == null) {
            return superiors(" order by v.rank_order, v.name, p.unit_id limit :most", tenantId, lineId, day)
                    .param("most", most)
                    .query(SUPERIOR)
                    .list();
        }
        String query = BeginningsOfWords.query(Units.matchKey(words), "");
        return superiors("""
                         and (lower(v.code) = lower(:words) or v.name || ' (' || v.code || ')' = :words
                              or v.words @@ cast(:query as tsquery))
                        order by lower(v.code) = lower(:words) desc, length(v.name), v.name, v.code
                        limit :most
                        """, tenantId, lineId, day)
                .param("words", words)
                .param("query", query)
                .param("most", most)
                .query(SUPERIOR)
                .list();
    }

    /**
     * Of the whole body from stored counts. Of a part, people of each line from stored counts too, for everybody stands in a line
     * through one unit; in how many lines they stand is counted.
     */
    Lines.Totals totals(UUID tenantId, LocalDate day, UUID[] tops) {
        if (List.of(tops).contains(root(tenantId))) {
            return totals(counts.lines(tenantId, day), counts.crowd(tenantId, day));
        }
        Map<UUID, Long> people = new HashMap<>();
        part("""
                        select c.line_id, sum(c.people) as people
                        from directory.line_unit_count c
                        where c.tenant_id = :tenant and c.day <= :day
                        """ + SEEN.formatted("c") + " group by c.line_id having sum(c.people) <> 0", tenantId, day, tops)
                .query(row -> {
                    people.put(row.getObject("line_id", UUID.class), row.getLong("people"));
                });
        Map<Integer, Long> crowd = new TreeMap<>();
        part("""
                        select lines, count(*) as people
                        from (select count(*) as lines
                              from directory.line_member m
                              where m.tenant_id = :tenant and m.valid_from <= :day and (m.valid_to is null or m.valid_to > :day)
                        """ + SEEN.formatted("m") + " group by m.person_id) as person group by lines", tenantId, day, tops)
                .query(row -> {
                    crowd.put(row.getInt("lines"), row.getLong("people"));
                });
        return totals(people, crowd);
    }

    private JdbcClient.StatementSpec part(String sql, UUID tenantId, LocalDate day, UUID[] tops) {
        return jdbc.sql(sql).param("tenant", tenantId).param("tops", tops).param("day", Date.valueOf(day));
    }

    private static Lines.Totals totals(Map<UUID, Long> people, Map<Integer, Long> crowd) {
        var several = new TreeMap<>(crowd);
        several.remove(1);
        return new Lines.Totals(
                people, crowd.values().stream().mapToLong(Long::longValue).sum(), several);
    }

    List<Lines.Standing> of(UUID tenantId, UUID personId, LocalDate day) {
        return jdbc.sql("""
                        select l.id, l.name, l.kind, m.unit_id, m.valid_from, m.valid_to,
                               (select v.name from directory.unit_version v
                                where v.tenant_id = m.tenant_id and v.unit_id = m.unit_id
                                order by v.valid_from > :day, v.valid_from desc limit 1) as unit_name
                        from directory.line_member m
                        join directory.line l on l.tenant_id = m.tenant_id and l.id = m.line_id
                        where m.tenant_id = :tenant and m.person_id = :person
                          and m.valid_from <= :day and (m.valid_to is null or m.valid_to > :day)
                        order by array_position(array['party', 'state', 'mass', 'school', 'enterprise'], l.kind), l.name
                        limit 200
                        """)
                .param("tenant", tenantId)
                .param("person", personId)
                .param("day", Date.valueOf(day))
                .query((row, n) -> new Lines.Standing(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        Kind.of(row.getString("kind")),
                        row.getObject("unit_id", UUID.class),
                        row.getString("unit_name"),
                        row.getObject("valid_from", LocalDate.class),
                        row.getObject("valid_to", LocalDate.class)))
                .list();
    }

    Optional<UUID> receiver(UUID tenantId, UUID lineId, LocalDate day, Collection<UUID> units) {
        return jdbc.sql("""
                        select coalesce(p.superior_id, p.unit_id) as receiver
                        from directory.line_place p
                        where p.tenant_id = :tenant and p.line_id = :line and p.unit_id = any (:units)
                          and p.valid_from <= :day and (p.valid_to is null or p.valid_to > :day)
                          and (p.superior_id is null or p.superior_id <> all (:units))
                        group by 1
                        order by count(*) desc, 1
                        limit 1
                        """)
                .param("tenant", tenantId)
                .param("line", lineId)
                .param("day", Date.valueOf(day))
                .param("units", units.toArray(UUID[]::new))
                .query((row, n) -> row.getObject("receiver", UUID.class))
                .optional();
    }

    void holdStill(UUID tenantId, UUID lineId) {
        jdbc.sql("select id from directory.line where tenant_id = ? and id = ? for share")
                .params(tenantId, lineId)
                .query((row, n) -> row.getObject(1, UUID.class))
                .single();
    }

    /** As of now, or of a day in the past. */
    Optional<Lines.Seat> seatOf(UUID tenantId, UUID lineId, UUID unitId, @Nullable LocalDate day) {
        return jdbc.sql("""
                        select s.unit_id, u.name as unit_name, s.superior_id, a.name as superior_name,
                               d.duty, d.unit_id as duty_unit, d.person_id, p.full_name, d.valid_from
                        from (
                            select p.unit_id, p.superior_id
                            from directory.unit_path x
                            join directory.line_place p
                                on p.tenant_id = :tenant and p.line_id = :line and p.unit_id = x.ancestor_id and %1$s
                            where x.tenant_id = :tenant and x.descendant_id = :unit and %2$s
                            order by x.depth
                            limit 1) s
                        left join directory.unit_version u
                            on u.tenant_id = :tenant and u.unit_id = s.unit_id and %3$s
                        left join directory.unit_version a
                            on a.tenant_id = :tenant and a.unit_id = s.superior_id and %4$s
                        left join directory.line_duty d
                            on d.tenant_id = :tenant and d.line_id = :line and %5$s
                                and (d.unit_id = s.unit_id or d.unit_id = s.superior_id and d.duty = 'approver')
                        left join directory.person p on p.tenant_id = :tenant and p.id = d.person_id
                        """.formatted(
                                holds("p", day), holds("x", day), holds("u", day), holds("a", day), holds("d", day)))
                .param("day", sqlDay(day))
                .param("tenant", tenantId)
                .param("line", lineId)
                .param("unit", unitId)
                .query(rows -> {
                    Lines.Seat seat = null;
                    while (rows.next()) {
                        UUID unit = rows.getObject("unit_id", UUID.class);
                        if (seat == null) {
                            seat = new Lines.Seat(
                                    unit,
                                    text(rows.getString("unit_name")),
                                    rows.getObject("superior_id", UUID.class),
                                    text(rows.getString("superior_name")),
                                    null,
                                    null,
                                    null);
                        }
                        UUID person = rows.getObject("person_id", UUID.class);
                        if (person != null) {
                            var held = new Lines.OnDuty(
                                    person, rows.getString("full_name"), rows.getObject("valid_from", LocalDate.class));
                            boolean here = unit.equals(rows.getObject("duty_unit", UUID.class));
                            boolean clerk = rows.getString("duty").equals(Duty.CLERK.code());
                            seat = new Lines.Seat(
                                    seat.unitId(),
                                    seat.unitName(),
                                    seat.superiorId(),
                                    seat.superiorName(),
                                    here && clerk ? held : seat.clerk(),
                                    here && !clerk ? held : seat.approver(),
                                    here ? seat.receiver() : held);
                        }
                    }
                    return Optional.ofNullable(seat);
                });
    }

    /** What holds now has no end: so is every index of the present. */
    private static String holds(String row, @Nullable LocalDate day) {
        return day == null
                ? row + ".valid_to is null"
                : row + ".valid_from <= :day and (" + row + ".valid_to is null or " + row + ".valid_to > :day)";
    }

    private static @Nullable Date sqlDay(@Nullable LocalDate day) {
        return day == null ? null : Date.valueOf(day);
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    Optional<Lines.OnDuty> onDuty(UUID tenantId, UUID lineId, UUID unitId, Duty duty, @Nullable LocalDate day) {
        return jdbc.sql("""
                        select d.person_id, p.full_name, d.valid_from
                        from directory.line_duty d
                        join directory.person p on p.tenant_id = d.tenant_id and p.id = d.person_id
                        where d.tenant_id = :tenant and d.line_id = :line and d.unit_id = :unit and d.duty = :duty and %s
                        """.formatted(holds("d", day)))
                .param("tenant", tenantId)
                .param("line", lineId)
                .param("unit", unitId)
                .param("duty", duty.code())
                .param("day", sqlDay(day))
                .query((row, n) -> new Lines.OnDuty(
                        row.getObject("person_id", UUID.class),
                        row.getString("full_name"),
                        row.getObject("valid_from", LocalDate.class)))
                .optional();
    }

    // --- scope
    // -----------------------------------------------------------------------------------------------------------

    boolean holdsRoot(Scope scope) {
        return scope.units().contains(root(scope.tenantId()));
    }

    private UUID root(UUID tenantId) {
        return jdbc.sql("""
                        select unit_id from directory.unit_version
                        where tenant_id = ? and parent_id is null and valid_to is null
                        """)
                .param(tenantId)
                .query((row, n) -> row.getObject(1, UUID.class))
                .single();
    }

    /**
     * @param kept whether looking after the records of a dissolved unit is enough: for reading, and for ending what was left open;
     *     nothing new begins there
     */
    boolean covers(Scope scope, UUID unitId, boolean kept) {
        return jdbc.sql("""
                        select exists (select from directory.unit_closure
                                       where tenant_id = ? and descendant_id = ? and ancestor_id = any (?)
                                         and (? or not custody))
                        """)
                .params(scope.tenantId(), unitId, scope.tops(), kept)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    /** Whether the person has or had a post in the scope. */
    boolean known(Scope scope, UUID personId) {
        return jdbc.sql("""
                        select exists (
                            select from directory.assignment a
                            join directory.unit_closure c on c.tenant_id = a.tenant_id and c.descendant_id = a.unit_id
                            where a.tenant_id = ? and a.person_id = ? and c.ancestor_id = any (?))
                        """)
                .params(scope.tenantId(), personId, scope.tops())
                .query((row, n) -> row.getBoolean(1))
                .single();
    }
}
