package vn.chuanmuc.directory;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;

/**
 * The people of a unit and all below it as rows of the template that imports read: imported again, nothing is new, changed or
 * gone.
 */
@Component
public class PeopleExport {
    /** The headings of the template. */
    public static final List<String> HEADINGS = DataSource.HEADINGS;

    private static final int AT_ONCE = 1_000;

    private final JdbcClient jdbc;
    private final JdbcTemplate streaming;
    private final TreeStore tree;
    private final Ledger ledger;

    PeopleExport(JdbcClient jdbc, JdbcTemplate template, TreeStore tree, Ledger ledger) {
        this.jdbc = jdbc;
        this.streaming = new JdbcTemplate(java.util.Objects.requireNonNull(template.getDataSource()));
        this.streaming.setFetchSize(AT_ONCE);
        this.tree = tree;
        this.ledger = ledger;
    }

    private record Unit(UUID id, String code, String name) {}

    private record Position(String name, int rank) {}

    /**
     * Hands over one row of texts per assignment that holds on the day: units in the order of that day's tree, in each by rank
     * and name. The same people as {@link Members} lists.
     *
     * <p>The unit stands in a row unless all rows are of the asked unit itself, as the template says; by its code where its name
     * is that of several. The rank stands there when it is not that of the position.
     *
     * @param unitId with all that was below it that day; null for all that the scope reaches
     * @param kinds the words for kinds
     * @return how many rows
     */
    @Transactional
    public int export(
            Scope scope,
            @Nullable UUID unitId,
            LocalDate day,
            Map<PersonKind, String> kinds,
            Consumer<List<String>> rows) {
        List<Unit> units = units(scope, unitId, day);
        UUID top = unitId != null ? unitId : scope.units().getFirst();
        String held =
                tree.today(day) ? "a.valid_to is null" : "a.valid_from <= ? and (a.valid_to is null or a.valid_to > ?)";
        Object[] days = tree.today(day) ? new Object[0] : new Object[] {Date.valueOf(day), Date.valueOf(day)};
        UUID[] ids = units.stream().map(Unit::id).toArray(UUID[]::new);
        boolean onlyItself = (unitId != null || scope.units().size() == 1)
                && !jdbc.sql(
                                "select exists (select from directory.assignment a where a.tenant_id = ? and a.unit_id = any (?)"
                                        + " and a.unit_id <> ? and " + held + ")")
                        .param(scope.tenantId())
                        .param(ids)
                        .param(top)
                        .params(days)
                        .query((row, n) -> row.getBoolean(1))
                        .single();
        Map<UUID, String> unitNames = onlyItself ? Map.of() : written(units);
        Map<UUID, String> blocs = new HashMap<>();
        jdbc.sql("select id, name from directory.bloc where tenant_id = ?")
                .params(scope.tenantId())
                .query(row -> {
                    blocs.put(row.getObject("id", UUID.class), row.getString("name"));
                });
        Map<UUID, Position> positions = new HashMap<>();
        jdbc.sql("select id, name, rank_order from directory.position where tenant_id = ?")
                .params(scope.tenantId())
                .query(row -> {
                    positions.put(
                            row.getObject("id", UUID.class),
                            new Position(row.getString("name"), row.getInt("rank_order")));
                });
        var count = new int[1];
        streaming.query(
                """
                select p.full_name, p.birth_date, p.staff_code, a.unit_id, a.position_id, a.bloc_id, a.kind, a.rank_order, a.note
                from unnest(?) with ordinality as u (id, place)
                join directory.assignment a on a.tenant_id = ? and a.unit_id = u.id and %s
                left join directory.person p -- every assignment has one; so said, no plan starts from the people
                    on p.tenant_id = a.tenant_id and p.id = a.person_id
                order by u.place, a.rank_order, p.sort_key, a.id
                """.formatted(held),
                row -> {
                    Position position = positions.getOrDefault(
                            row.getObject("position_id", UUID.class), new Position("", Integer.MIN_VALUE));
                    java.sql.@Nullable Date birth = row.getDate("birth_date");
                    @Nullable String code = row.getString("staff_code");
                    int rank = row.getInt("rank_order");
                    count[0]++;
                    rows.accept(List.of(
                            Integer.toString(count[0]),
                            row.getString("full_name"),
                            birth == null ? "" : VietnameseDates.format(birth.toLocalDate()),
                            position.name(),
                            unitNames.getOrDefault(row.getObject("unit_id", UUID.class), ""),
                            blocs.getOrDefault(row.getObject("bloc_id", UUID.class), ""),
                            kinds.getOrDefault(
                                    PersonKind.of(row.getString("kind")).orElseThrow(), ""),
                            code == null ? "" : code,
                            rank == position.rank() ? "" : Integer.toString(rank),
                            row.getString("note")));
                },
                Stream.concat(Stream.of(ids, scope.tenantId()), Arrays.stream(days))
                        .toArray());
        ledger.append(new Act(
                scope.tenantId(),
                "directory.people-exported",
                top,
                scope.actor(),
                tree.today(day) ? Map.of("people", count[0]) : Map.of("people", count[0], "day", day.toString())));
        return count[0];
    }

    /** Every unit by a word that an import below the same unit understands. */
    private static Map<UUID, String> written(List<Unit> units) {
        Map<String, Integer> sameName = new HashMap<>();
        units.forEach(unit -> sameName.merge(UnitNames.matchKey(unit.name()), 1, Integer::sum));
        Map<UUID, String> written = new LinkedHashMap<>();
        units.forEach(unit -> written.put(
                unit.id(), sameName.getOrDefault(UnitNames.matchKey(unit.name()), 0) == 1 ? unit.name() : unit.code()));
        return written;
    }

    private record Placed(UUID id, @Nullable UUID parent, String code, String name) {}

    /** The units of the day, as far as the scope reaches; a tree walked from the top. */
    private List<Unit> units(Scope scope, @Nullable UUID unitId, LocalDate day) {
        boolean then = unitId != null && !tree.today(day);
        List<Placed> placed = jdbc.sql("""
                        select v.unit_id, v.parent_id, v.code, v.name
                        from (%s) as c
                        cross join lateral (
                            select u.unit_id, u.parent_id, u.code, u.name, u.rank_order
                            from directory.unit_version u
                            where u.tenant_id = :tenant and u.unit_id = c.descendant_id %s
                            order by (u.valid_from <= :day and (u.valid_to is null or u.valid_to > :day)) desc, u.valid_from desc
                            limit 1) v
                        where exists (select from directory.unit_closure s
                                      where s.tenant_id = :tenant and s.descendant_id = c.descendant_id
                                        and s.ancestor_id = any (:held))
                        order by v.rank_order, v.name
                        """.formatted(then ? """
                        select p.descendant_id from directory.unit_path p
                        where p.tenant_id = :tenant and p.ancestor_id = any (:tops)
                          and p.valid_from <= :day and (p.valid_to is null or p.valid_to > :day)
                        """ : """
                        select distinct c.descendant_id from directory.unit_closure c
                        where c.tenant_id = :tenant and c.ancestor_id = any (:tops)
                        """, tree.today(day) ? "and u.valid_to is null" : ""))
                .param("tenant", scope.tenantId())
                .param("day", Date.valueOf(day))
                .param("tops", unitId == null ? scope.tops() : new UUID[] {unitId})
                .param("held", scope.tops())
                .query((row, n) -> new Placed(
                        row.getObject("unit_id", UUID.class),
                        row.getObject("parent_id", UUID.class),
                        row.getString("code"),
                        row.getString("name")))
                .list();
        Set<UUID> known = placed.stream().map(Placed::id).collect(Collectors.toSet());
        Map<UUID, List<Placed>> below = new HashMap<>();
        var tops = new ArrayList<Placed>();
        for (Placed unit : placed) {
            UUID parent = unit.parent();
            if (parent == null || !known.contains(parent)) {
                tops.add(unit);
            } else {
                below.computeIfAbsent(parent, any -> new ArrayList<>()).add(unit);
            }
        }
        var walked = new ArrayList<Unit>();
        Set<UUID> seen = new HashSet<>();
        var open = new java.util.ArrayDeque<>(tops);
        while (!open.isEmpty()) {
            Placed unit = open.pop();
            if (seen.add(unit.id())) {
                walked.add(new Unit(unit.id(), unit.code(), unit.name()));
                below.getOrDefault(unit.id(), List.of()).reversed().forEach(open::push);
            }
        }
        return walked;
    }
}
