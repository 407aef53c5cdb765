package vn.chuanmuc.directory;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.kernel.Check;

@Component
class UnitStore {
    private static final int BATCH = 1_000;
    private static final RowMapper<Units.Unit> UNIT = (row, n) -> new Units.Unit(
            row.getObject("id", UUID.class),
            row.getString("code"),
            row.getString("name"),
            Units.Kind.of(row.getString("kind")),
            row.getObject("parent_id", UUID.class),
            row.getInt("depth"));

    private final JdbcClient jdbc;
    private final JdbcTemplate batch;

    UnitStore(JdbcClient jdbc, JdbcTemplate batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    record Row(
            UUID id,
            String code,
            String name,
            Units.Kind kind,
            @Nullable UUID parentId,
            int rank) {}

    boolean anyTenant() {
        return jdbc.sql("select exists (select from directory.tenant)")
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    List<UUID> tenants() {
        return jdbc.sql("select id from directory.tenant order by id")
                .query((row, n) -> row.getObject(1, UUID.class))
                .list();
    }

    void insertTenant(UUID tenantId, String name, Instant now) {
        Check.that(
                jdbc.sql("insert into directory.tenant (id, name, created_at) values (?, ?, ?)")
                                .param(tenantId)
                                .param(name)
                                .param(Timestamp.from(now))
                                .update()
                        == 1,
                "a tenant is one row");
    }

    String tenantName(UUID tenantId) {
        return jdbc.sql("select name from directory.tenant where id = ?")
                .param(tenantId)
                .query((row, n) -> row.getString(1))
                .single();
    }

    UUID root(UUID tenantId) {
        return jdbc.sql("""
                        select unit_id from directory.unit_version
                        where tenant_id = ? and parent_id is null and valid_to is null
                        """)
                .param(tenantId)
                .query((row, n) -> row.getObject(1, UUID.class))
                .single();
    }

    /** Parents come before their children in the list or exist already. */
    void insertUnits(UUID tenantId, List<Row> units, LocalDate from, Instant now) {
        batch.batchUpdate(
                "insert into directory.unit (tenant_id, id, created_at) values (?, ?, ?)",
                units,
                BATCH,
                (statement, unit) -> {
                    statement.setObject(1, tenantId);
                    statement.setObject(2, unit.id());
                    statement.setTimestamp(3, Timestamp.from(now));
                });
        batch.batchUpdate("""
                insert into directory.unit_version
                    (tenant_id, unit_id, valid_from, name, match_key, kind, parent_id, rank_order, code)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, units, BATCH, (statement, unit) -> {
            statement.setObject(1, tenantId);
            statement.setObject(2, unit.id());
            statement.setDate(3, Date.valueOf(from));
            statement.setString(4, unit.name());
            statement.setString(5, Units.matchKey(unit.name()));
            statement.setString(6, unit.kind().code());
            statement.setObject(7, unit.parentId());
            statement.setInt(8, unit.rank());
            statement.setString(9, unit.code());
        });
        batch.batchUpdate("""
                insert into directory.unit_path (tenant_id, ancestor_id, descendant_id, depth, valid_from)
                select tenant_id, ancestor_id, ?, depth + 1, greatest(valid_from, ?)
                from directory.unit_path
                where tenant_id = ? and descendant_id = ? and valid_to is null
                union all
                select ?, ?, ?, 0, ?
                """, units, BATCH, (statement, unit) -> {
            statement.setObject(1, unit.id());
            statement.setDate(2, Date.valueOf(from));
            statement.setObject(3, tenantId);
            statement.setObject(4, unit.parentId(), java.sql.Types.OTHER);
            statement.setObject(5, tenantId);
            statement.setObject(6, unit.id());
            statement.setObject(7, unit.id());
            statement.setDate(8, Date.valueOf(from));
        });
        batch.batchUpdate("""
                insert into directory.unit_closure (tenant_id, ancestor_id, descendant_id, depth)
                select tenant_id, ancestor_id, ?, depth + 1
                from directory.unit_closure
                where tenant_id = ? and descendant_id = ?
                union all
                select ?, ?, ?, 0
                """, units, BATCH, (statement, unit) -> {
            statement.setObject(1, unit.id());
            statement.setObject(2, tenantId);
            statement.setObject(3, unit.parentId(), java.sql.Types.OTHER);
            statement.setObject(4, tenantId);
            statement.setObject(5, unit.id());
            statement.setObject(6, unit.id());
        });
    }

    int highestRank(UUID tenantId) {
        return jdbc.sql(
                        "select coalesce(max(rank_order), 0) from directory.unit_version where tenant_id = ? and valid_to is null")
                .param(tenantId)
                .query((row, n) -> row.getInt(1))
                .single();
    }

    /**
     * Whether the unit lives; if so, it does until this transaction ends: a re-organisation that would end it waits, or is waited
     * for. Whoever puts something into a unit asks this first.
     */
    boolean lockLiving(UUID tenantId, UUID unitId) {
        jdbc.sql("select id from directory.unit where tenant_id = ? and id = ? for key share")
                .params(tenantId, unitId)
                .query((row, n) -> row.getObject(1, UUID.class))
                .optional();
        return jdbc.sql("""
                        select exists (select from directory.unit_version
                                       where tenant_id = ? and unit_id = ? and valid_to is null)
                        """)
                .params(tenantId, unitId)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    boolean codeTaken(UUID tenantId, String code) {
        return jdbc.sql(
                        "select exists (select from directory.unit_version where tenant_id = ? and lower(code) = lower(?) and valid_to is null)")
                .param(tenantId)
                .param(code)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    boolean nameTaken(UUID tenantId, UUID parentId, String matchKey) {
        return jdbc.sql("""
                        select exists (
                            select from directory.unit_version
                            where tenant_id = ? and match_key = ? and parent_id = ? and valid_to is null)
                        """)
                .param(tenantId)
                .param(matchKey)
                .param(parentId)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    Optional<Units.Unit> find(UUID tenantId, UUID unitId) {
        return jdbc.sql("""
                        select v.unit_id as id, v.code, v.name, v.kind, v.parent_id,
                               coalesce((select max(c.depth) from directory.unit_closure c
                                         where c.tenant_id = v.tenant_id and c.descendant_id = v.unit_id), 0) as depth
                        from directory.unit_version v
                        where v.tenant_id = ? and v.unit_id = ?
                        order by v.valid_from desc
                        limit 1
                        """).param(tenantId).param(unitId).query(UNIT).optional();
    }

    Map<UUID, Units.Unit> living(UUID tenantId, Collection<UUID> unitIds) {
        Map<UUID, Units.Unit> living = new HashMap<>();
        jdbc.sql("""
                        select unit_id as id, code, name, kind, parent_id, 0 as depth
                        from directory.unit_version
                        where tenant_id = ? and unit_id = any (?) and valid_to is null
                        """)
                .param(tenantId)
                .param(unitIds.toArray(UUID[]::new))
                .query(UNIT)
                .list()
                .forEach(unit -> living.put(unit.id(), unit));
        return living;
    }

    /** Whether the unit lives and is one of these or below one of them. */
    boolean covers(UUID tenantId, UUID[] tops, UUID unitId) {
        return jdbc.sql("""
                        select exists (
                            select from directory.unit_closure
                            where tenant_id = ? and descendant_id = ? and ancestor_id = any (?) and not custody)
                        """)
                .param(tenantId)
                .param(unitId)
                .param(tops)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    List<Units.Unit> under(UUID tenantId, UUID[] tops) {
        return jdbc.sql("""
                        with recursive seen as (
                            select distinct descendant_id as id
                            from directory.unit_closure
                            where tenant_id = ? and ancestor_id = any (?)
                        ), tree as (
                            select v.unit_id, v.code, v.name, v.kind, v.parent_id, 0 as depth, array[v.rank_order] as path
                            from directory.unit_version v
                            where v.tenant_id = ? and v.parent_id is null and v.valid_to is null
                            union all
                            select v.unit_id, v.code, v.name, v.kind, v.parent_id, t.depth + 1, t.path || v.rank_order
                            from tree t
                            join directory.unit_version v on v.tenant_id = ? and v.parent_id = t.unit_id and v.valid_to is null
                        )
                        select u.id, t.code, t.name, t.kind, t.parent_id, t.depth
                        from tree t
                        join seen s on s.id = t.unit_id
                        join directory.unit u on u.tenant_id = ? and u.id = t.unit_id
                        order by t.path
                        """)
                .param(tenantId)
                .param(tops)
                .param(tenantId)
                .param(tenantId)
                .param(tenantId)
                .query(UNIT)
                .list();
    }

    Map<UUID, String> names(UUID tenantId, Collection<UUID> units) {
        Map<UUID, String> names = new HashMap<>();
        jdbc.sql("""
                        select distinct on (unit_id) unit_id, name from directory.unit_version
                        where tenant_id = ? and unit_id = any (?)
                        order by unit_id, valid_from desc
                        """).param(tenantId).param(units.toArray(UUID[]::new)).query(row -> {
            names.put(row.getObject("unit_id", UUID.class), row.getString("name"));
        });
        return names;
    }

    List<UUID> ids(UUID tenantId, UUID[] tops) {
        return jdbc.sql("""
                        select distinct descendant_id from directory.unit_closure
                        where tenant_id = ? and ancestor_id = any (?) and not custody
                        """)
                .param(tenantId)
                .param(tops)
                .query((row, n) -> row.getObject(1, UUID.class))
                .list();
    }

    Set<UUID> within(UUID tenantId, Collection<UUID> units, UUID[] tops) {
        return new HashSet<>(jdbc.sql("""
                        select u.id from unnest(?) as u (id)
                        where exists (select from directory.unit_closure c
                                      where c.tenant_id = ? and c.descendant_id = u.id and c.ancestor_id = any (?))
                        """)
                .param(units.toArray(UUID[]::new))
                .param(tenantId)
                .param(tops)
                .query((row, n) -> row.getObject(1, UUID.class))
                .list());
    }

    List<UUID> byMatchKey(UUID tenantId, String matchKey) {
        return jdbc.sql("""
                        select unit_id from directory.unit_version
                        where tenant_id = ? and match_key = ? and valid_to is null order by unit_id limit 10
                        """)
                .params(tenantId, matchKey)
                .query((row, n) -> row.getObject(1, UUID.class))
                .list();
    }

    List<Units.Version> versions(UUID tenantId, UUID unitId) {
        return jdbc.sql("""
                        select v.valid_from, v.valid_to, v.code, v.name, v.kind, v.parent_id, h.full_name as head_name,
                               (select p.name from directory.unit_version p
                                where p.tenant_id = v.tenant_id and p.unit_id = v.parent_id
                                  and p.valid_from <= v.valid_from
                                order by p.valid_from desc limit 1) as parent_name
                        from directory.unit_version v
                        left join directory.person h on h.tenant_id = v.tenant_id and h.id = v.head_id
                        where v.tenant_id = ? and v.unit_id = ?
                        order by v.valid_from desc limit 200
                        """)
                .params(tenantId, unitId)
                .query((row, n) -> new Units.Version(
                        row.getObject("valid_from", LocalDate.class),
                        row.getObject("valid_to", LocalDate.class),
                        row.getString("code"),
                        row.getString("name"),
                        Units.Kind.of(row.getString("kind")),
                        row.getObject("parent_id", UUID.class),
                        row.getString("parent_name") == null ? "" : row.getString("parent_name"),
                        row.getString("head_name") == null ? "" : row.getString("head_name")))
                .list();
    }

    private static final String SUCCESSIONS = """
            select s.reorganisation_id, r.title, r.basis_number, r.basis_date, r.basis_issuer, s.day, s.kind, s.from_id,
                   s.from_name, s.to_id, s.to_name, s.people
            from directory.unit_succession s
            join directory.reorganisation r on r.tenant_id = s.tenant_id and r.id = s.reorganisation_id
            where s.tenant_id = ?
            """;
    private static final RowMapper<Units.Succession> SUCCESSION = (row, n) -> new Units.Succession(
            row.getObject("reorganisation_id", UUID.class),
            row.getString("title"),
            row.getString("basis_number"),
            row.getObject("basis_date", LocalDate.class),
            row.getString("basis_issuer"),
            row.getObject("day", LocalDate.class),
            row.getString("kind"),
            row.getObject("from_id", UUID.class),
            row.getString("from_name"),
            row.getObject("to_id", UUID.class),
            row.getString("to_name"),
            row.getInt("people"));

    List<Units.Succession> successionsTo(UUID tenantId, UUID unitId) {
        return jdbc.sql(SUCCESSIONS + " and s.to_id = ? order by s.day desc, s.id limit 500")
                .params(tenantId, unitId)
                .query(SUCCESSION)
                .list();
    }

    List<Units.Succession> successionsFrom(UUID tenantId, UUID unitId) {
        return jdbc.sql(
                        SUCCESSIONS
                                + " and s.from_id = ? and s.to_id is distinct from s.from_id order by s.day desc, s.id limit 500")
                .params(tenantId, unitId)
                .query(SUCCESSION)
                .list();
    }

    List<Units.Succession> successionsOf(UUID tenantId, UUID reorganisation) {
        return jdbc.sql(SUCCESSIONS + " and s.reorganisation_id = ? order by s.id limit 5000")
                .params(tenantId, reorganisation)
                .query(SUCCESSION)
                .list();
    }

    private static final String CUSTODIES =
            "select unit_id, custodian_id, valid_from, valid_to from directory.unit_custody where tenant_id = ?";

    List<Units.Custody> custodians(UUID tenantId, UUID unitId) {
        return custodies(tenantId, CUSTODIES + " and unit_id = ? order by valid_from desc limit 200", unitId);
    }

    List<Units.Custody> keeps(UUID tenantId, UUID unitId) {
        return custodies(
                tenantId,
                CUSTODIES + " and custodian_id = ? and valid_to is null order by valid_from desc, unit_id limit 500",
                unitId);
    }

    private List<Units.Custody> custodies(UUID tenantId, String sql, UUID unitId) {
        record Row(
                UUID unit,
                UUID custodian,
                LocalDate from,
                @Nullable LocalDate until) {}
        List<Row> rows = jdbc.sql(sql)
                .params(tenantId, unitId)
                .query((row, n) -> new Row(
                        row.getObject("unit_id", UUID.class),
                        row.getObject("custodian_id", UUID.class),
                        row.getObject("valid_from", LocalDate.class),
                        row.getObject("valid_to", LocalDate.class)))
                .list();
        Map<UUID, String> names = names(
                tenantId,
                rows.stream()
                        .flatMap(row -> java.util.stream.Stream.of(row.unit(), row.custodian()))
                        .distinct()
                        .toList());
        return rows.stream()
                .map(row -> new Units.Custody(
                        row.unit(),
                        names.getOrDefault(row.unit(), ""),
                        row.custodian(),
                        names.getOrDefault(row.custodian(), ""),
                        row.from(),
                        row.until()))
                .toList();
    }

    int peopleOn(UUID tenantId, UUID unitId, LocalDate day) {
        return jdbc.sql("""
                        select coalesce(sum(people), 0) from directory.headcount
                        where tenant_id = ? and unit_id = ? and day <= ?
                        """)
                .params(tenantId, unitId, Date.valueOf(day))
                .query((row, n) -> row.getInt(1))
                .single();
    }
}
