package vn.chuanmuc.directory;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.directory.Bulk.Column;
import vn.chuanmuc.directory.ReorganisationDraft.Basis;
import vn.chuanmuc.directory.ReorganisationDraft.Changed;
import vn.chuanmuc.directory.ReorganisationDraft.Facts;
import vn.chuanmuc.directory.ReorganisationDraft.Head;
import vn.chuanmuc.directory.ReorganisationDraft.Line;
import vn.chuanmuc.directory.ReorganisationDraft.NewUnit;
import vn.chuanmuc.directory.ReorganisationDraft.Outside;
import vn.chuanmuc.directory.ReorganisationDraft.Part;
import vn.chuanmuc.directory.ReorganisationDraft.Rule;
import vn.chuanmuc.directory.ReorganisationDraft.State;
import vn.chuanmuc.kernel.Check;

/** Re-organisations as they are written down, and their moves from state to state. */
@Component
class ReorganisationStore {
    private static final String FACTS = """
            select id, title, effective, has_basis, basis_number, basis_date, basis_issuer, basis_title, state, version, hands,
                   prepared_at, submitted_by, submitted_at, approved_by, approved_at, acknowledged, acknowledgement, ended_by,
                   ended_at, end_reason, tried_at, done_at, people
            from directory.reorganisation
            """;
    private static final RowMapper<Facts> FACTS_ROW = (row, n) -> new Facts(
            row.getObject("id", UUID.class),
            new Head(
                    row.getString("title"),
                    row.getObject("effective", LocalDate.class),
                    new Basis(
                            row.getBoolean("has_basis"),
                            row.getString("basis_number"),
                            row.getObject("basis_date", LocalDate.class),
                            row.getString("basis_issuer"),
                            row.getString("basis_title"))),
            State.of(row.getString("state")),
            row.getInt("version"),
            Arrays.asList((UUID[]) row.getArray("hands").getArray()),
            row.getTimestamp("prepared_at").toInstant(),
            row.getObject("submitted_by", UUID.class),
            instant(row, "submitted_at"),
            row.getObject("approved_by", UUID.class),
            instant(row, "approved_at"),
            Arrays.asList((String[]) row.getArray("acknowledged").getArray()),
            row.getString("acknowledgement"),
            row.getObject("ended_by", UUID.class),
            instant(row, "ended_at"),
            row.getString("end_reason"),
            instant(row, "tried_at"),
            instant(row, "done_at"),
            row.getObject("people", Integer.class));

    private final JdbcClient jdbc;
    private final JdbcTemplate bulk;

    ReorganisationStore(JdbcClient jdbc, JdbcTemplate bulk) {
        this.jdbc = jdbc;
        this.bulk = bulk;
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    void insert(UUID tenantId, UUID id, Head head, UUID actor, Instant now) {
        Basis basis = head.basis();
        Check.that(
                jdbc.sql("""
                                insert into directory.reorganisation
                                    (tenant_id, id, title, effective, has_basis, basis_number, basis_date, basis_issuer,
                                     basis_title, state, hands, prepared_by, prepared_at)
                                values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'draft', array[cast(? as uuid)], ?, ?)
                                """)
                                .param(tenantId)
                                .param(id)
                                .param(head.title())
                                .param(Date.valueOf(head.effective()))
                                .param(basis.known())
                                .param(basis.number())
                                .param(basis.date() == null ? null : Date.valueOf(basis.date()))
                                .param(basis.issuer())
                                .param(basis.title())
                                .param(actor)
                                .param(actor)
                                .param(Timestamp.from(now))
                                .update()
                        == 1,
                "a re-organisation is one row");
    }

    /** Takes the draft for writing; false when it is no draft (any more). Every change of the content begins with this. */
    boolean open(UUID tenantId, UUID id, UUID actor) {
        return jdbc.sql("""
                        update directory.reorganisation
                        set version = version + 1,
                            hands = case when :actor = any (hands) then hands else hands || cast(:actor as uuid) end
                        where tenant_id = :tenant and id = :id and state = 'draft' and cardinality(hands) < 1000
                        """)
                        .param("tenant", tenantId)
                        .param("id", id)
                        .param("actor", actor)
                        .update()
                == 1;
    }

    void head(UUID tenantId, UUID id, Head head) {
        Basis basis = head.basis();
        one(jdbc.sql("""
                        update directory.reorganisation
                        set title = ?, effective = ?, has_basis = ?, basis_number = ?, basis_date = ?, basis_issuer = ?,
                            basis_title = ?
                        where tenant_id = ? and id = ? and state = 'draft'
                        """)
                .param(head.title())
                .param(Date.valueOf(head.effective()))
                .param(basis.known())
                .param(basis.number())
                .param(basis.date() == null ? null : Date.valueOf(basis.date()))
                .param(basis.issuer())
                .param(basis.title())
                .param(tenantId)
                .param(id)
                .update());
    }

    boolean submit(UUID tenantId, UUID id, int version, UUID actor, Instant now) {
        return jdbc.sql("""
                        update directory.reorganisation set state = 'submitted', submitted_by = ?, submitted_at = ?
                        where tenant_id = ? and id = ? and state = 'draft' and version = ?
                        """)
                        .params(actor, Timestamp.from(now), tenantId, id, version)
                        .update()
                == 1;
    }

    boolean approve(
            UUID tenantId, UUID id, int version, UUID actor, Collection<String> objections, String words, Instant now) {
        return jdbc.sql("""
                        update directory.reorganisation
                        set state = 'approved', approved_by = ?, approved_at = ?, acknowledged = ?, acknowledgement = ?,
                            tried_at = null
                        where tenant_id = ? and id = ? and state = 'submitted' and version = ?
                        """)
                        .param(actor)
                        .param(Timestamp.from(now))
                        .param(objections.toArray(String[]::new))
                        .param(words)
                        .param(tenantId)
                        .param(id)
                        .param(version)
                        .update()
                == 1;
    }

    /** Back to a draft from where it waits; the approval is gone. */
    boolean back(UUID tenantId, UUID id, int version, UUID actor, String reason, Instant now) {
        return jdbc.sql("""
                        update directory.reorganisation
                        set state = 'draft', version = version + 1, approved_by = null, approved_at = null,
                            acknowledged = '{}', acknowledgement = '', tried_at = null, ended_by = ?, ended_at = ?,
                            end_reason = ?
                        where tenant_id = ? and id = ? and state in ('submitted', 'approved') and version = ?
                        """)
                        .params(actor, Timestamp.from(now), reason, tenantId, id, version)
                        .update()
                == 1;
    }

    boolean withdraw(UUID tenantId, UUID id, UUID actor, String reason, Instant now) {
        return jdbc.sql("""
                        update directory.reorganisation
                        set state = 'withdrawn', ended_by = ?, ended_at = ?, end_reason = ?
                        where tenant_id = ? and id = ? and state in ('draft', 'submitted', 'approved')
                        """)
                        .params(actor, Timestamp.from(now), reason, tenantId, id)
                        .update()
                == 1;
    }

    /** Waits for whoever carries out or withdraws this one; true when it is still to be carried out, and due. */
    boolean claim(UUID tenantId, UUID id, LocalDate today) {
        return jdbc.sql("""
                        select true from directory.reorganisation
                        where tenant_id = ? and id = ? and state = 'approved' and effective <= ?
                        for update
                        """)
                .param(tenantId)
                .param(id)
                .param(Date.valueOf(today))
                .query((row, n) -> true)
                .optional()
                .isPresent();
    }

    void done(UUID tenantId, UUID id, int people, Instant now) {
        one(jdbc.sql("""
                        update directory.reorganisation set state = 'done', done_at = ?, people = ?, tried_at = null
                        where tenant_id = ? and id = ? and state = 'approved'
                        """).params(Timestamp.from(now), people, tenantId, id).update());
    }

    void tried(UUID tenantId, UUID id, Instant now) {
        jdbc.sql("""
                        update directory.reorganisation set tried_at = coalesce(tried_at, ?)
                        where tenant_id = ? and id = ? and state = 'approved'
                        """).params(Timestamp.from(now), tenantId, id).update();
    }

    record Due(UUID tenantId, UUID id) {}

    List<Due> due(LocalDate today) {
        return jdbc.sql("""
                        select tenant_id, id from directory.reorganisation
                        where state = 'approved' and effective <= ? order by effective, approved_at limit 200
                        """)
                .param(Date.valueOf(today))
                .query((row, n) -> new Due(row.getObject("tenant_id", UUID.class), row.getObject("id", UUID.class)))
                .list();
    }

    Optional<Facts> facts(UUID tenantId, UUID id) {
        return jdbc.sql(FACTS + "where tenant_id = ? and id = ?")
                .params(tenantId, id)
                .query(FACTS_ROW)
                .optional();
    }

    List<Facts> newest(UUID tenantId, int limit) {
        return jdbc.sql(FACTS + "where tenant_id = ? order by id desc limit ?")
                .params(tenantId, limit)
                .query(FACTS_ROW)
                .list();
    }

    Optional<ReorganisationDraft> find(UUID tenantId, UUID id) {
        return facts(tenantId, id)
                .map(facts -> new ReorganisationDraft(
                        facts, newUnits(tenantId, id), lines(tenantId, id), outside(tenantId, id)));
    }

    private List<NewUnit> newUnits(UUID tenantId, UUID id) {
        return jdbc.sql("""
                        select id, code, name, kind, parent_id from directory.reorganisation_unit
                        where tenant_id = ? and reorganisation_id = ? order by id limit 10000
                        """)
                .params(tenantId, id)
                .query((row, n) -> new NewUnit(
                        row.getObject("id", UUID.class),
                        row.getString("code"),
                        row.getString("name"),
                        Units.Kind.of(row.getString("kind")),
                        row.getObject("parent_id", UUID.class)))
                .list();
    }

    private List<Line> lines(UUID tenantId, UUID id) {
        Map<UUID, List<Part>> parts = new HashMap<>();
        jdbc.sql("""
                        select unit_id, rule, subject_id, destination_id from directory.reorganisation_part
                        where tenant_id = ? and reorganisation_id = ? order by unit_id, rule, subject_id
                        """).params(tenantId, id).query(row -> {
            parts.computeIfAbsent(row.getObject("unit_id", UUID.class), unit -> new ArrayList<>())
                    .add(new Part(
                            Rule.of(row.getString("rule")),
                            row.getObject("subject_id", UUID.class),
                            row.getObject("destination_id", UUID.class)));
        });
        return jdbc.sql("""
                        select l.unit_id, l.action, l.destination_id, l.custodian_id, l.code, l.name, l.kind, l.parent_id
                        from directory.reorganisation_line l
                        left join directory.unit_version v
                            on v.tenant_id = l.tenant_id and v.unit_id = l.unit_id and v.valid_to is null
                        where l.tenant_id = ? and l.reorganisation_id = ?
                        order by v.rank_order, l.unit_id limit 20000
                        """)
                .params(tenantId, id)
                .query((row, n) -> {
                    UUID unit = row.getObject("unit_id", UUID.class);
                    boolean ends = row.getString("action").equals("end");
                    return new Line(
                            unit,
                            ends ? ReorganisationDraft.Action.END : ReorganisationDraft.Action.CHANGE,
                            row.getObject("destination_id", UUID.class),
                            row.getObject("custodian_id", UUID.class),
                            ends
                                    ? null
                                    : new Changed(
                                            row.getString("code"),
                                            row.getString("name"),
                                            Units.Kind.of(row.getString("kind")),
                                            row.getObject("parent_id", UUID.class)),
                            parts.getOrDefault(unit, List.of()));
                })
                .list();
    }

    private List<Outside> outside(UUID tenantId, UUID id) {
        return jdbc.sql("""
                        select id, name, destination_id, note from directory.reorganisation_outside
                        where tenant_id = ? and reorganisation_id = ? order by id limit 1000
                        """)
                .params(tenantId, id)
                .query((row, n) -> new Outside(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getObject("destination_id", UUID.class),
                        row.getString("note")))
                .list();
    }

    void put(UUID tenantId, UUID id, NewUnit unit) {
        one(jdbc.sql("""
                        insert into directory.reorganisation_unit
                            (tenant_id, reorganisation_id, id, code, name, kind, parent_id)
                        values (?, ?, ?, ?, ?, ?, ?)
                        on conflict (tenant_id, reorganisation_id, id) do update
                        set code = excluded.code, name = excluded.name, kind = excluded.kind, parent_id = excluded.parent_id
                        """)
                .params(
                        tenantId,
                        id,
                        unit.id(),
                        unit.code(),
                        unit.name(),
                        unit.kind().code(),
                        unit.parentId())
                .update());
    }

    void removeUnit(UUID tenantId, UUID id, UUID unit) {
        jdbc.sql("delete from directory.reorganisation_unit where tenant_id = ? and reorganisation_id = ? and id = ?")
                .params(tenantId, id, unit)
                .update();
    }

    /** Writes a line without its parts; what an ending unit's parts were stays. */
    void put(UUID tenantId, UUID id, Line line) {
        Changed changed = line.changed();
        one(jdbc.sql("""
                        insert into directory.reorganisation_line
                            (tenant_id, reorganisation_id, unit_id, action, destination_id, custodian_id, code, name, kind,
                             parent_id)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (tenant_id, reorganisation_id, unit_id) do update
                        set action = excluded.action, destination_id = excluded.destination_id,
                            custodian_id = excluded.custodian_id, code = excluded.code, name = excluded.name,
                            kind = excluded.kind, parent_id = excluded.parent_id
                        """)
                .param(tenantId)
                .param(id)
                .param(line.unitId())
                .param(line.action().code())
                .param(line.destination())
                .param(line.custodian())
                .param(changed == null ? null : changed.code())
                .param(changed == null ? null : changed.name())
                .param(changed == null ? null : changed.kind().code())
                .param(changed == null ? null : changed.parentId())
                .update());
        if (!line.ends()) {
            removeParts(tenantId, id, line.unitId());
        }
    }

    void removeLine(UUID tenantId, UUID id, UUID unit) {
        removeParts(tenantId, id, unit);
        jdbc.sql("""
                        delete from directory.reorganisation_line
                        where tenant_id = ? and reorganisation_id = ? and unit_id = ?
                        """).params(tenantId, id, unit).update();
    }

    private void removeParts(UUID tenantId, UUID id, UUID unit) {
        jdbc.sql("""
                        delete from directory.reorganisation_part
                        where tenant_id = ? and reorganisation_id = ? and unit_id = ?
                        """).params(tenantId, id, unit).update();
    }

    void put(UUID tenantId, UUID id, UUID unit, List<Part> parts) {
        for (int from = 0; from < parts.size(); from += Bulk.CHUNK) {
            List<Part> some = parts.subList(from, Math.min(parts.size(), from + Bulk.CHUNK));
            Bulk.update(
                    bulk,
                    """
                    insert into directory.reorganisation_part
                        (tenant_id, reorganisation_id, unit_id, rule, subject_id, destination_id)
                    select ?, ?, ?, n.rule, n.subject_id, n.destination_id
                    from unnest(?, ?, ?) as n (rule, subject_id, destination_id)
                    on conflict (tenant_id, reorganisation_id, unit_id, rule, subject_id)
                    do update set destination_id = excluded.destination_id
                    """,
                    List.of(tenantId, id, unit),
                    some,
                    List.of(
                            new Column<Part>("text", part -> part.rule().code()),
                            new Column<Part>("uuid", Part::subject),
                            new Column<Part>("uuid", Part::destination)));
        }
    }

    void removePart(UUID tenantId, UUID id, UUID unit, Rule rule, UUID subject) {
        jdbc.sql("""
                        delete from directory.reorganisation_part
                        where tenant_id = ? and reorganisation_id = ? and unit_id = ? and rule = ? and subject_id = ?
                        """).params(tenantId, id, unit, rule.code(), subject).update();
    }

    void put(UUID tenantId, UUID id, Outside outside) {
        one(jdbc.sql("""
                        insert into directory.reorganisation_outside
                            (tenant_id, reorganisation_id, id, name, destination_id, note)
                        values (?, ?, ?, ?, ?, ?)
                        """)
                .params(tenantId, id, outside.id(), outside.name(), outside.destination(), outside.note())
                .update());
    }

    void removeOutside(UUID tenantId, UUID id, UUID outside) {
        jdbc.sql(
                        "delete from directory.reorganisation_outside where tenant_id = ? and reorganisation_id = ? and id = ?")
                .params(tenantId, id, outside)
                .update();
    }

    /** Puts a whole content in the place of what was there, keeping what comes from outside. */
    void replace(UUID tenantId, UUID id, List<NewUnit> units, List<Line> lines) {
        for (String table : List.of("part", "line", "unit")) {
            jdbc.sql("delete from directory.reorganisation_" + table + " where tenant_id = ? and reorganisation_id = ?")
                    .params(tenantId, id)
                    .update();
        }
        units.forEach(unit -> put(tenantId, id, unit));
        for (Line line : lines) {
            put(tenantId, id, line);
            put(tenantId, id, line.unitId(), line.parts());
        }
    }

    // What is there

    private static final RowMapper<ReorganisationPlan.Place> PLACE = (row, n) -> new ReorganisationPlan.Place(
            row.getObject("unit_id", UUID.class),
            row.getString("code"),
            row.getString("name"),
            Units.Kind.of(row.getString("kind")),
            row.getObject("parent_id", UUID.class),
            row.getInt("rank_order"),
            row.getObject("valid_from", LocalDate.class),
            row.getObject("since", LocalDate.class),
            row.getObject("placed", LocalDate.class));
    private static final String PLACES = """
            select v.unit_id, v.code, v.name, v.kind, v.parent_id, v.rank_order, v.valid_from,
                   (select min(f.valid_from) from directory.unit_version f
                    where f.tenant_id = v.tenant_id and f.unit_id = v.unit_id) as since,
                   coalesce((select p.valid_from from directory.unit_path p
                             where p.tenant_id = v.tenant_id and p.ancestor_id = v.parent_id and p.descendant_id = v.unit_id
                               and p.depth = 1 and p.valid_to is null), v.valid_from) as placed
            from directory.unit_version v
            where v.tenant_id = :tenant and v.valid_to is null
            """;

    /** The living ones among these units, with all that is below the first and above all of them. */
    Map<UUID, ReorganisationPlan.Place> places(UUID tenantId, Collection<UUID> withAllBelow, Collection<UUID> others) {
        var all = new ArrayList<>(withAllBelow);
        all.addAll(others);
        Map<UUID, ReorganisationPlan.Place> places = new HashMap<>();
        jdbc.sql(PLACES + """
                         and v.unit_id = any (array(
                            select descendant_id from directory.unit_closure
                            where tenant_id = :tenant and ancestor_id = any (:below) and not custody
                            union
                            select ancestor_id from directory.unit_closure
                            where tenant_id = :tenant and descendant_id = any (:all) and not custody))
                        """)
                .param("tenant", tenantId)
                .param("below", withAllBelow.toArray(UUID[]::new))
                .param("all", all.toArray(UUID[]::new))
                .query(PLACE)
                .list()
                .forEach(place -> places.put(place.id(), place));
        return places;
    }

    /** The unit and all below it. */
    List<UUID> below(UUID tenantId, UUID unit) {
        return jdbc.sql("""
                        select descendant_id from directory.unit_closure
                        where tenant_id = ? and ancestor_id = ? and not custody
                        """)
                .params(tenantId, unit)
                .query((row, n) -> row.getObject(1, UUID.class))
                .list();
    }

    Map<String, UUID> codes(UUID tenantId, Collection<String> codes) {
        Map<String, UUID> owners = new HashMap<>();
        jdbc.sql("""
                        select lower(code) as code, unit_id from directory.unit_version
                        where tenant_id = ? and lower(code) = any (?) and valid_to is null
                        """)
                .param(tenantId)
                .param(codes.stream().map(code -> code.toLowerCase(Locale.ROOT)).toArray(String[]::new))
                .query(row -> {
                    owners.put(row.getString("code"), row.getObject("unit_id", UUID.class));
                });
        return owners;
    }

    /** Living children of these units with one of these names. */
    List<ReorganisationPlan.Place> siblings(UUID tenantId, Collection<UUID> parents, Collection<String> matchKeys) {
        return jdbc.sql(PLACES + " and v.parent_id = any (:parents) and v.match_key = any (:keys) limit 20000")
                .param("tenant", tenantId)
                .param("parents", parents.toArray(UUID[]::new))
                .param("keys", matchKeys.toArray(String[]::new))
                .query(PLACE)
                .list();
    }

    private static final String POSTS = """
            select id, person_id, unit_id, position_id, bloc_id, main, rank_order, valid_from, valid_to
            from directory.assignment
            where tenant_id = :tenant and unit_id = any (:units)
            """;
    private static final RowMapper<ReorganisationPlan.Post> POST = (row, n) -> new ReorganisationPlan.Post(
            row.getObject("id", UUID.class),
            row.getObject("person_id", UUID.class),
            row.getObject("unit_id", UUID.class),
            row.getObject("position_id", UUID.class),
            row.getObject("bloc_id", UUID.class),
            row.getBoolean("main"),
            row.getInt("rank_order"),
            row.getObject("valid_from", LocalDate.class),
            row.getObject("valid_to", LocalDate.class));

    /** Everything that is in these units on the day or later. No join: of a new body the planner knows nothing yet. */
    List<ReorganisationPlan.Post> posts(UUID tenantId, Collection<UUID> units, LocalDate day) {
        return units.isEmpty()
                ? List.of()
                : jdbc.sql(POSTS + " and (valid_to is null or valid_to > :day)")
                        .param("tenant", tenantId)
                        .param("units", units.toArray(UUID[]::new))
                        .param("day", Date.valueOf(day))
                        .query(POST)
                        .list();
    }

    /** Open assignments of these people in these units. */
    List<ReorganisationPlan.Post> posts(UUID tenantId, Collection<UUID> units, Collection<UUID> people) {
        return units.isEmpty() || people.isEmpty()
                ? List.of()
                : jdbc.sql(POSTS + " and valid_to is null and person_id = any (:people)")
                        .param("tenant", tenantId)
                        .param("units", units.toArray(UUID[]::new))
                        .param("people", people.toArray(UUID[]::new))
                        .query(POST)
                        .list();
    }

    /** How many main assignments each of these units has itself on the day. */
    Map<UUID, Integer> ownPeople(UUID tenantId, Collection<UUID> units, LocalDate day) {
        Map<UUID, Integer> people = new HashMap<>();
        jdbc.sql("""
                        select unit_id, count(*) as people from directory.assignment
                        where tenant_id = :tenant and unit_id = any (:units) and main
                          and valid_from <= :day and (valid_to is null or valid_to > :day)
                        group by unit_id
                        """)
                .param("tenant", tenantId)
                .param("units", units.toArray(UUID[]::new))
                .param("day", Date.valueOf(day))
                .query(row -> {
                    people.put(row.getObject("unit_id", UUID.class), row.getInt("people"));
                });
        return people;
    }

    /** Files that are read or wait to be applied to these units; and any being applied just now that reaches them from above. */
    List<ReorganisationPlan.Waiting> waitingImports(UUID tenantId, Collection<UUID> units) {
        return jdbc.sql("""
                        select id, unit_id, file_name from directory.people_import
                        where tenant_id = :tenant
                          and (state in ('reading', 'read', 'applying') and unit_id = any (:units)
                               or state = 'applying' and unit_id in (
                                    select ancestor_id from directory.unit_closure
                                    where tenant_id = :tenant and descendant_id = any (:units)))
                        order by id limit 500
                        """)
                .param("tenant", tenantId)
                .param("units", units.toArray(UUID[]::new))
                .query((row, n) -> new ReorganisationPlan.Waiting(
                        row.getObject("id", UUID.class),
                        row.getObject("unit_id", UUID.class),
                        row.getString("file_name")))
                .list();
    }

    /** Orders about people that lead out of or into one of these units and still wait. */
    List<ReorganisationPlan.Order> waitingOrders(UUID tenantId, Collection<UUID> units) {
        return jdbc.sql("""
                        select t.id, t.person_id, t.effective, coalesce(p.full_name, t.newcomer) as name,
                               case when t.to_unit = any (:units) then t.to_unit else t.from_unit end as unit_id
                        from directory.transfer t
                        left join directory.person p on p.tenant_id = t.tenant_id and p.id = t.person_id
                        where t.tenant_id = :tenant and t.state in ('proposed', 'agreed')
                          and (t.to_unit = any (:units) or t.from_unit = any (:units))
                        order by t.id limit 500
                        """)
                .param("tenant", tenantId)
                .param("units", units.toArray(UUID[]::new))
                .query((row, n) -> new ReorganisationPlan.Order(
                        row.getObject("id", UUID.class),
                        row.getObject("unit_id", UUID.class),
                        row.getObject("person_id", UUID.class),
                        row.getString("name"),
                        row.getObject("effective", LocalDate.class)))
                .list();
    }

    /** A person of a unit that is split, as a choice and as a line of the form. */
    List<Reorganisations.Candidate> candidates(UUID tenantId, Collection<UUID> units, LocalDate day) {
        return jdbc.sql("""
                        select a.id, a.person_id, p.full_name, p.birth_date, a.unit_id, o.name as position_name, a.position_id,
                               b.name as bloc_name, a.bloc_id, p.sort_key
                        from directory.assignment a
                        left join directory.person p on p.tenant_id = a.tenant_id and p.id = a.person_id
                        left join directory.position o on o.tenant_id = a.tenant_id and o.id = a.position_id
                        left join directory.bloc b on b.tenant_id = a.tenant_id and b.id = a.bloc_id
                        where a.tenant_id = :tenant and a.unit_id = any (:units)
                          and (a.valid_to is null or a.valid_to > :day)
                        order by a.unit_id, p.sort_key, a.id limit 20000
                        """)
                .param("tenant", tenantId)
                .param("units", units.toArray(UUID[]::new))
                .param("day", Date.valueOf(day))
                .query((row, n) -> new Reorganisations.Candidate(
                        row.getObject("id", UUID.class),
                        row.getObject("person_id", UUID.class),
                        row.getString("full_name"),
                        row.getObject("birth_date", LocalDate.class),
                        row.getObject("unit_id", UUID.class),
                        row.getObject("position_id", UUID.class),
                        row.getString("position_name"),
                        row.getObject("bloc_id", UUID.class),
                        row.getString("bloc_name")))
                .list();
    }

    private static void one(int rows) {
        Check.that(rows == 1, "exactly one row changes");
    }
}
