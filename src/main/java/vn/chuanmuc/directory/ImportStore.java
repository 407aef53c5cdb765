package vn.chuanmuc.directory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import vn.chuanmuc.directory.Bulk.Column;
import vn.chuanmuc.directory.PeopleImports.Import;
import vn.chuanmuc.directory.PeopleImports.Report;
import vn.chuanmuc.directory.StagedRow.Change;
import vn.chuanmuc.directory.StagedRow.Outcome;
import vn.chuanmuc.directory.StagedRow.Problem;
import vn.chuanmuc.kernel.Check;

/** Imports, their rows as read, and the people they are held against. */
@Component
class ImportStore {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String CELL_END = "\u001F";
    private static final int MOST_LISTED = 50;
    private static final String IMPORT = """
            select i.tenant_id, i.id, i.unit_id, v.name as unit_name, i.file_name, i.file_hash, i.uploaded_by, i.uploaded_at,
                   i.valid_from, i.default_bloc, i.default_kind, i.new_blocs, i.state, i.report, i.rows_bad, i.rows_good,
                   i.rows_done, i.added, i.changed, i.unchanged, i.heartbeat, i.applied_at
            from directory.people_import i
            join directory.unit_version v on v.tenant_id = i.tenant_id and v.unit_id = i.unit_id and v.valid_to is null
            """;
    private static final String IN_SCOPE = """
             and exists (select from directory.unit_closure c
                         where c.tenant_id = i.tenant_id and c.descendant_id = i.unit_id and c.ancestor_id = any (?))
            """;
    private static final RowMapper<Import> IMPORT_ROW = (row, n) -> new Import(
            row.getObject("tenant_id", UUID.class),
            row.getObject("id", UUID.class),
            row.getObject("unit_id", UUID.class),
            row.getString("unit_name"),
            row.getString("file_name"),
            row.getBytes("file_hash"),
            row.getObject("uploaded_by", UUID.class),
            row.getTimestamp("uploaded_at").toInstant(),
            row.getObject("valid_from", LocalDate.class),
            row.getString("default_bloc"),
            PersonKind.of(row.getString("default_kind")).orElseThrow(),
            row.getBoolean("new_blocs"),
            PeopleImports.State.of(row.getString("state")),
            JSON.readValue(row.getString("report"), Report.class),
            row.getInt("rows_bad"),
            row.getInt("rows_good"),
            row.getInt("rows_done"),
            row.getInt("added"),
            row.getInt("changed"),
            row.getInt("unchanged"),
            row.getTimestamp("heartbeat").toInstant(),
            instant(row.getTimestamp("applied_at")));
    private static final RowMapper<StagedRow> STAGED_ROW = (row, n) -> new StagedRow(
            row.getInt("row_number"),
            row.getBoolean("readable"),
            Outcome.of(row.getString("outcome")),
            row.getString("name"),
            row.getObject("birth_date", LocalDate.class),
            row.getString("position"),
            row.getString("unit"),
            row.getString("bloc"),
            row.getString("kind") == null
                    ? null
                    : PersonKind.of(row.getString("kind")).orElseThrow(),
            row.getString("staff_code"),
            row.getObject("rank_order", Integer.class),
            row.getString("note"),
            List.of(row.getString("cells").split(CELL_END, -1)),
            list(row.getString("changes"), Change[].class),
            list(row.getString("problems"), Problem[].class));

    private final JdbcClient jdbc;
    private final JdbcTemplate bulk;

    ImportStore(JdbcClient jdbc, JdbcTemplate bulk) {
        this.jdbc = jdbc;
        this.bulk = bulk;
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }

    private static <T> List<T> list(String json, Class<T[]> type) {
        return json.equals("[]") ? List.of() : List.of(JSON.readValue(json, type));
    }

    private static String json(List<?> list) {
        return list.isEmpty() ? "[]" : JSON.writeValueAsString(list);
    }

    /** Lets one upload of the same bytes after the other, so that the second sees the first. Until the transaction ends. */
    void lockFile(UUID tenantId, byte[] hash) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 1))")
                .param(tenantId + java.util.HexFormat.of().formatHex(hash))
                .query((row, n) -> 0)
                .single();
    }

    /** Whether this transaction is now the only one that applies an import in the body; until it ends. */
    boolean lockPeople(UUID tenantId) {
        return jdbc.sql("select pg_try_advisory_xact_lock(hashtextextended(?, 2))")
                .param(tenantId.toString())
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    Optional<UUID> waiting(UUID tenantId, UUID unitId, byte[] hash) {
        return jdbc.sql("""
                        select id from directory.people_import
                        where tenant_id = ? and unit_id = ? and file_hash = ? and state in ('read', 'applying', 'failed')
                        order by id desc limit 1
                        """)
                .params(tenantId, unitId, hash)
                .query((row, n) -> row.getObject(1, UUID.class))
                .optional();
    }

    void insert(Import made) {
        Check.that(
                jdbc.sql("""
                                insert into directory.people_import
                                    (tenant_id, id, unit_id, file_name, file_hash, uploaded_by, uploaded_at, valid_from,
                                     default_bloc, default_kind, new_blocs, state, report, heartbeat)
                                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'read', '{}', ?)
                                """)
                                .params(
                                        made.tenantId(),
                                        made.id(),
                                        made.unitId(),
                                        made.fileName(),
                                        made.fileHash(),
                                        made.uploadedBy(),
                                        Timestamp.from(made.uploadedAt()),
                                        made.validFrom(),
                                        made.defaultBloc(),
                                        made.defaultKind().code(),
                                        made.newBlocs(),
                                        Timestamp.from(made.heartbeat()))
                                .update()
                        == 1,
                "an import is one row");
    }

    void insertRows(UUID tenantId, UUID importId, List<StagedRow> rows) {
        int added = Bulk.update(
                bulk,
                """
                insert into directory.people_import_row
                    (tenant_id, import_id, row_number, readable, outcome, name, birth_date, position, unit, bloc, kind,
                     staff_code, rank_order, note, cells, changes, problems)
                select ?, ?, n.row_number, n.readable, n.outcome, n.name, n.birth_date, n.position, n.unit, n.bloc, n.kind,
                       n.staff_code, n.rank_order, n.note, n.cells, cast(n.changes as jsonb), cast(n.problems as jsonb)
                from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    as n (row_number, readable, outcome, name, birth_date, position, unit, bloc, kind, staff_code, rank_order,
                          note, cells, changes, problems)
                """,
                List.of(tenantId, importId),
                rows,
                List.of(
                        new Column<StagedRow>("int4", StagedRow::number),
                        new Column<StagedRow>("bool", StagedRow::readable),
                        new Column<StagedRow>("text", row -> row.outcome().code()),
                        new Column<StagedRow>("text", StagedRow::name),
                        new Column<StagedRow>("date", StagedRow::birthDate),
                        new Column<StagedRow>("text", StagedRow::position),
                        new Column<StagedRow>("text", StagedRow::unit),
                        new Column<StagedRow>("text", StagedRow::bloc),
                        new Column<StagedRow>(
                                "text",
                                row -> row.kind() == null ? null : row.kind().code()),
                        new Column<StagedRow>("text", StagedRow::staffCode),
                        new Column<StagedRow>("int4", StagedRow::order),
                        new Column<StagedRow>("text", StagedRow::note),
                        new Column<StagedRow>("text", row -> String.join(CELL_END, row.cells())),
                        new Column<StagedRow>("text", row -> json(row.changes())),
                        new Column<StagedRow>("text", row -> json(row.problems()))));
        Check.that(added == rows.size(), "every staged row is one row");
    }

    void updateOutcomes(UUID tenantId, UUID importId, List<StagedRow> rows) {
        int updated = Bulk.update(
                bulk,
                """
                update directory.people_import_row r
                set outcome = n.outcome, changes = cast(n.changes as jsonb), problems = cast(n.problems as jsonb)
                from unnest(?, ?, ?, ?) as n (row_number, outcome, changes, problems)
                where r.tenant_id = ? and r.import_id = ? and r.row_number = n.row_number
                """,
                List.of(),
                rows,
                List.of(
                        new Column<StagedRow>("int4", StagedRow::number),
                        new Column<StagedRow>("text", row -> row.outcome().code()),
                        new Column<StagedRow>("text", row -> json(row.changes())),
                        new Column<StagedRow>("text", row -> json(row.problems()))),
                List.of(tenantId, importId));
        Check.that(updated == rows.size(), "every staged row is there");
    }

    /** Counts the outcomes of the rows into the import and keeps the report. */
    void summarise(UUID tenantId, UUID importId, Report report, boolean newBlocs) {
        Check.that(
                jdbc.sql("""
                                update directory.people_import i
                                set report = cast(? as jsonb), new_blocs = ?, rows_bad = c.bad,
                                    rows_good = c.added + c.changed + c.same, added = c.added, changed = c.changed,
                                    unchanged = c.same
                                from (select count(*) filter (where outcome = 'bad') as bad,
                                             count(*) filter (where outcome = 'add') as added,
                                             count(*) filter (where outcome = 'change') as changed,
                                             count(*) filter (where outcome = 'same') as same
                                      from directory.people_import_row where tenant_id = ? and import_id = ?) c
                                where i.tenant_id = ? and i.id = ?
                                """)
                                .params(
                                        JSON.writeValueAsString(report),
                                        newBlocs,
                                        tenantId,
                                        importId,
                                        tenantId,
                                        importId)
                                .update()
                        == 1,
                "an import is one row");
    }

    Optional<Import> find(Scope scope, UUID importId) {
        return jdbc.sql(IMPORT + "where i.tenant_id = ? and i.id = ?" + IN_SCOPE)
                .params(scope.tenantId(), importId, scope.tops())
                .query(IMPORT_ROW)
                .optional();
    }

    /** The newest first; at most 50. */
    List<Import> newest(Scope scope) {
        return jdbc.sql(IMPORT + "where i.tenant_id = ?" + IN_SCOPE + "order by i.id desc limit ?")
                .params(scope.tenantId(), scope.tops(), MOST_LISTED)
                .query(IMPORT_ROW)
                .list();
    }

    int countWaiting(Scope scope) {
        return jdbc.sql("select count(*) from directory.people_import i where i.tenant_id = ? and i.state = 'read'"
                        + IN_SCOPE)
                .params(scope.tenantId(), scope.tops())
                .query((row, n) -> row.getInt(1))
                .single();
    }

    List<StagedRow> rows(UUID tenantId, UUID importId, Outcome outcome, int offset, int limit) {
        return jdbc.sql("""
                        select row_number, readable, outcome, name, birth_date, position, unit, bloc, kind, staff_code,
                               rank_order, note, cells, changes, problems
                        from directory.people_import_row
                        where tenant_id = ? and import_id = ? and outcome = ?
                        order by row_number limit ? offset ?
                        """)
                .params(tenantId, importId, outcome.code(), limit, offset)
                .query(STAGED_ROW)
                .list();
    }

    /** Readable rows behind a row, in their order: for going through all of them in pieces. */
    List<StagedRow> readableAfter(UUID tenantId, UUID importId, int after, int limit) {
        return jdbc.sql("""
                        select row_number, readable, outcome, name, birth_date, position, unit, bloc, kind, staff_code,
                               rank_order, note, cells, changes, problems
                        from directory.people_import_row
                        where tenant_id = ? and import_id = ? and row_number > ? and readable
                        order by row_number limit ?
                        """)
                .params(tenantId, importId, after, limit)
                .query(STAGED_ROW)
                .list();
    }

    /** Takes an import to apply it; false when somebody else has it or it is done. */
    boolean claim(UUID tenantId, UUID importId, UUID claim, Instant now, Instant deadBefore) {
        return jdbc.sql("""
                                update directory.people_import
                                set state = 'applying', claim = ?, heartbeat = ?, rows_done = 0
                                where tenant_id = ? and id = ?
                                  and (state in ('read', 'failed') or (state = 'applying' and heartbeat < ?))
                                """)
                        .params(claim, Timestamp.from(now), tenantId, importId, Timestamp.from(deadBefore))
                        .update()
                == 1;
    }

    /** Tells that the attempt is alive; false when it was given up for dead and is no longer wanted. */
    boolean beat(UUID tenantId, UUID importId, UUID claim, int rowsDone, Instant now) {
        return jdbc.sql("""
                                update directory.people_import set rows_done = ?, heartbeat = ?
                                where tenant_id = ? and id = ? and state = 'applying' and claim = ?
                                """)
                        .params(rowsDone, Timestamp.from(now), tenantId, importId, claim)
                        .update()
                == 1;
    }

    /** Ends an attempt; false when it was given up for dead. */
    boolean end(UUID tenantId, UUID importId, UUID claim, PeopleImports.State state) {
        return jdbc.sql("""
                                update directory.people_import set state = ?
                                where tenant_id = ? and id = ? and state = 'applying' and claim = ?
                                """).params(state.code(), tenantId, importId, claim).update() == 1;
    }

    boolean applied(UUID tenantId, UUID importId, UUID claim, UUID actor, int[] counts, Instant now) {
        return jdbc.sql("""
                                update directory.people_import
                                set state = 'applied', applied_by = ?, applied_at = ?, added = ?, changed = ?, unchanged = ?,
                                    rows_done = rows_good
                                where tenant_id = ? and id = ? and state = 'applying' and claim = ?
                                """)
                        .params(actor, Timestamp.from(now), counts[0], counts[1], counts[2], tenantId, importId, claim)
                        .update()
                == 1;
    }

    boolean drop(UUID tenantId, UUID importId, Instant deadBefore) {
        return jdbc.sql("""
                                update directory.people_import set state = 'dropped'
                                where tenant_id = ? and id = ?
                                  and (state in ('read', 'failed') or (state = 'applying' and heartbeat < ?))
                                """)
                        .params(tenantId, importId, Timestamp.from(deadBefore))
                        .update()
                == 1;
    }

    /** Work data that is no longer needed: bad rows of an applied import stay, for they may still be downloaded and mended. */
    void deleteRows(UUID tenantId, UUID importId, boolean goodOnly) {
        jdbc.sql("delete from directory.people_import_row where tenant_id = ? and import_id = ?"
                        + (goodOnly ? " and outcome <> 'bad'" : ""))
                .params(tenantId, importId)
                .update();
    }

    /** Everybody who may be one of the rows, by the row's folded name and by staff code. */
    List<KnownPerson> candidates(UUID tenantId, List<StagedRow> rows, List<String> foldedKeys) {
        return bulk.execute((java.sql.Connection connection) -> {
            try (var statement = connection.prepareStatement("""
                    with wanted as (
                        select p.id
                        from unnest(?, ?) as n (folded_key, birth_date)
                        join directory.person p on p.tenant_id = ? and p.folded_key = n.folded_key
                            and (p.birth_date = n.birth_date or p.birth_date is null or n.birth_date is null)
                        union
                        select p.id
                        from unnest(?) as n (staff_code)
                        join directory.person p on p.tenant_id = ? and p.staff_code = n.staff_code
                    )
                    select p.id, p.full_name, p.folded_key, p.birth_date, p.staff_code,
                           a.id as assignment_id, a.unit_id, a.position_id, a.bloc_id, a.kind, a.main, a.rank_order, a.note,
                           a.valid_from
                    from wanted w
                    join directory.person p on p.tenant_id = ? and p.id = w.id and p.merged_into is null
                    left join directory.assignment a on a.tenant_id = p.tenant_id and a.person_id = p.id
                        and a.valid_to is null
                    """)) {
                statement.setArray(1, connection.createArrayOf("text", foldedKeys.toArray()));
                statement.setArray(
                        2,
                        connection.createArrayOf(
                                "date", rows.stream().map(StagedRow::birthDate).toArray()));
                statement.setObject(3, tenantId);
                statement.setArray(
                        4,
                        connection.createArrayOf(
                                "text",
                                rows.stream()
                                        .map(StagedRow::staffCode)
                                        .filter(java.util.Objects::nonNull)
                                        .toArray()));
                statement.setObject(5, tenantId);
                statement.setObject(6, tenantId);
                try (ResultSet result = statement.executeQuery()) {
                    return people(result);
                }
            }
        });
    }

    private static List<KnownPerson> people(ResultSet row) throws SQLException {
        Map<UUID, KnownPerson> people = new LinkedHashMap<>();
        while (row.next()) {
            UUID id = row.getObject("id", UUID.class);
            KnownPerson person = people.get(id);
            if (person == null) {
                person = new KnownPerson(
                        id,
                        row.getString("full_name"),
                        row.getString("folded_key"),
                        row.getObject("birth_date", LocalDate.class),
                        row.getString("staff_code"),
                        new ArrayList<>());
                people.put(id, person);
            }
            UUID assignment = row.getObject("assignment_id", UUID.class);
            if (assignment != null) {
                person.open()
                        .add(new KnownPerson.OpenAssignment(
                                assignment,
                                row.getObject("unit_id", UUID.class),
                                row.getObject("position_id", UUID.class),
                                row.getObject("bloc_id", UUID.class),
                                row.getString("kind"),
                                row.getBoolean("main"),
                                row.getInt("rank_order"),
                                row.getString("note"),
                                row.getObject("valid_from", LocalDate.class)));
            }
        }
        return List.copyOf(people.values());
    }
}
