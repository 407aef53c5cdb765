package vn.chuanmuc.directory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.kernel.NotFound;
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
    private final Ledger ledger;

    PeopleExport(JdbcClient jdbc, JdbcTemplate template, Ledger ledger) {
        this.jdbc = jdbc;
        this.streaming = new JdbcTemplate(java.util.Objects.requireNonNull(template.getDataSource()));
        this.streaming.setFetchSize(AT_ONCE);
        this.ledger = ledger;
    }

    private record Unit(UUID id, String code, String name) {}

    private record Position(String name, int rank) {}

    /**
     * Hands over one row of texts per open assignment: units in the order of the tree, in each by rank and name.
     *
     * <p>The unit stands in a row unless all rows are of the asked unit itself, as the template says; by its code where its name
     * is that of several. The rank stands there when it is not that of the position.
     *
     * @param kinds the words for kinds
     * @return how many rows
     */
    @Transactional
    public int export(Scope scope, UUID unitId, Map<PersonKind, String> kinds, Consumer<List<String>> rows) {
        List<Unit> units = units(scope, unitId);
        if (units.isEmpty()) {
            throw new NotFound("unit");
        }
        UUID[] ids = units.stream().map(Unit::id).toArray(UUID[]::new);
        boolean onlyItself = !jdbc.sql("""
                        select exists (select from directory.assignment
                                       where tenant_id = ? and valid_to is null and unit_id = any (?) and unit_id <> ?)
                        """)
                .params(scope.tenantId(), ids, unitId)
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
                join directory.assignment a on a.tenant_id = ? and a.unit_id = u.id and a.valid_to is null
                left join directory.person p -- every assignment has one; so said, no plan starts from the people
                    on p.tenant_id = a.tenant_id and p.id = a.person_id
                order by u.place, a.rank_order, p.sort_key, a.id
                """,
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
                ids,
                scope.tenantId());
        ledger.append(new Act(
                scope.tenantId(), "directory.people-exported", unitId, scope.actor(), Map.of("people", count[0])));
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

    /** The unit and all below it that are not dissolved, as far as the scope reaches; a tree walked from the top. */
    private List<Unit> units(Scope scope, UUID unitId) {
        Map<UUID, List<Placed>> below = new HashMap<>();
        var tops = new ArrayList<Placed>();
        jdbc.sql("""
                        select v.unit_id, v.parent_id, v.code, v.name
                        from directory.unit_closure c
                        join directory.unit_version v on v.tenant_id = c.tenant_id and v.unit_id = c.descendant_id
                            and v.valid_to is null
                        where c.tenant_id = ? and c.ancestor_id = ? and not c.custody
                          and exists (select from directory.unit_closure s
                                      where s.tenant_id = c.tenant_id and s.descendant_id = c.ancestor_id
                                        and s.ancestor_id = any (?))
                        order by v.rank_order, v.name
                        """).params(scope.tenantId(), unitId, scope.tops()).query(row -> {
            var unit = new Placed(
                    row.getObject("unit_id", UUID.class),
                    row.getObject("parent_id", UUID.class),
                    row.getString("code"),
                    row.getString("name"));
            if (unit.id().equals(unitId) || unit.parent() == null) {
                tops.add(unit);
            } else {
                below.computeIfAbsent(unit.parent(), any -> new ArrayList<>()).add(unit);
            }
        });
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
