package vn.chuanmuc.directory;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import vn.chuanmuc.directory.Bulk.Column;
import vn.chuanmuc.directory.PeopleImports.Ending;
import vn.chuanmuc.directory.PeopleImports.Gone;
import vn.chuanmuc.directory.PeopleImports.Import;
import vn.chuanmuc.directory.PeopleImports.Origin;
import vn.chuanmuc.directory.PeopleImports.Report;
import vn.chuanmuc.directory.StagedRow.Change;
import vn.chuanmuc.directory.StagedRow.Outcome;
import vn.chuanmuc.directory.StagedRow.Problem;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.platform.Planner;

/** Imports, their rows as read, and the people they are held against. */
@Component
class ImportStore {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String CELL_END = "\u001F";
    private static final int MOST_LISTED = 50;
    private static final int FILE_PART = 1 << 20;
    /** From so many rows on, joins go through everybody. */
    private static final int LARGE = 20_000;

    private static final String IMPORT = """
            select i.tenant_id, i.id, i.unit_id, v.name as unit_name, i.file_name, i.file_hash, i.uploaded_by, i.uploaded_at,
                   i.origin, i.automatic, i.valid_from, i.default_bloc, i.default_kind, i.new_blocs, i.state, i.refusal, i.report,
                   i.read_to, i.leading_keys, i.rows_bad, i.rows_good, i.added, i.changed, i.unchanged, i.gone, i.end_choice,
                   i.end_day, i.end_reason, i.ended, i.change_hash, i.applied_at
            from directory.people_import i
            cross join lateral (
                select name from directory.unit_version
                where tenant_id = i.tenant_id and unit_id = i.unit_id
                order by valid_from desc limit 1
            ) v
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
            Origin.valueOf(row.getString("origin").toUpperCase(Locale.ROOT)),
            row.getBoolean("automatic"),
            row.getObject("valid_from", LocalDate.class),
            row.getString("default_bloc"),
            PersonKind.of(row.getString("default_kind")).orElseThrow(),
            row.getBoolean("new_blocs"),
            PeopleImports.State.of(row.getString("state")),
            row.getString("refusal") == null ? null : reason(row.getString("refusal")),
            JSON.readValue(row.getString("report"), Report.class),
            row.getInt("read_to"),
            Set.of((String[]) row.getArray("leading_keys").getArray()),
            row.getInt("rows_bad"),
            row.getInt("rows_good"),
            row.getInt("added"),
            row.getInt("changed"),
            row.getInt("unchanged"),
            row.getInt("gone"),
            new Ending(
                    Ending.Choice.valueOf(row.getString("end_choice").toUpperCase(Locale.ROOT)),
                    row.getObject("end_day", LocalDate.class),
                    Objects.requireNonNullElse(row.getString("end_reason"), "")),
            row.getInt("ended"),
            row.getBytes("change_hash"),
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
            list(row.getString("problems"), Problem[].class),
            row.getObject("unit_id", UUID.class),
            row.getObject("assignment_id", UUID.class));

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

    /** A reason as kept; its arguments are texts and whole numbers. */
    private static Reason reason(String json) {
        Kept kept = JSON.readValue(json, Kept.class);
        return new Reason(kept.key(), kept.arguments());
    }

    private record Kept(String key, List<Object> arguments) {}

    /** Whether this transaction is now the only one that applies an import in the body; until it ends. */
    boolean lockPeople(UUID tenantId) {
        return jdbc.sql("select pg_try_advisory_xact_lock(hashtextextended(?, 2))")
                .param(tenantId.toString())
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    /** Waits until this transaction is the only one that applies an import in the body. */
    void waitForPeople(UUID tenantId) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 2))")
                .param(tenantId.toString())
                .query((row, n) -> 0)
                .single();
    }

    Optional<UUID> waiting(UUID tenantId, UUID unitId, byte[] hash) {
        return jdbc.sql("""
                        select id from directory.people_import
                        where tenant_id = ? and unit_id = ? and file_hash = ? and state in ('reading', 'read', 'applying', 'failed')
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
                                    (tenant_id, id, unit_id, file_name, file_hash, uploaded_by, uploaded_at, origin, automatic,
                                     valid_from, default_bloc, default_kind, new_blocs, state, report, end_choice, end_day,
                                     end_reason)
                                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'reading', cast(? as jsonb), ?, ?, ?)
                                """)
                                .param(made.tenantId())
                                .param(made.id())
                                .param(made.unitId())
                                .param(made.fileName())
                                .param(made.fileHash())
                                .param(made.uploadedBy())
                                .param(Timestamp.from(made.uploadedAt()))
                                .param(made.origin().name().toLowerCase(Locale.ROOT))
                                .param(made.automatic())
                                .param(made.validFrom())
                                .param(made.defaultBloc())
                                .param(made.defaultKind().code())
                                .param(made.newBlocs())
                                .param(JSON.writeValueAsString(made.report()))
                                .param(made.ending().choice().code())
                                .param(made.ending().day())
                                .param(
                                        made.ending().reason().isEmpty()
                                                ? null
                                                : made.ending().reason())
                                .update()
                        == 1,
                "an import is one row");
    }

    void insertFile(UUID tenantId, UUID importId, Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] part;
            for (int number = 0; (part = in.readNBytes(FILE_PART)).length > 0; number++) {
                jdbc.sql(
                                "insert into directory.people_import_file (tenant_id, import_id, part, bytes) values (?, ?, ?, ?)")
                        .params(tenantId, importId, number, part)
                        .update();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the bytes that were sent into the file. */
    void copyFile(UUID tenantId, UUID importId, Path to) {
        try (OutputStream out = Files.newOutputStream(to)) {
            for (int number = 0; ; number++) {
                Optional<byte[]> part = jdbc.sql(
                                "select bytes from directory.people_import_file where tenant_id = ? and import_id = ? and part = ?")
                        .params(tenantId, importId, number)
                        .query((row, n) -> row.getBytes(1))
                        .optional();
                if (part.isEmpty()) {
                    return;
                }
                out.write(part.get());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void deleteFile(UUID tenantId, UUID importId) {
        jdbc.sql("delete from directory.people_import_file where tenant_id = ? and import_id = ?")
                .params(tenantId, importId)
                .update();
    }

    /** How far reading has come; false when it is not being read any more. */
    boolean readTo(UUID tenantId, UUID importId, int row) {
        return jdbc.sql("""
                                update directory.people_import set read_to = ?
                                where tenant_id = ? and id = ? and state = 'reading'
                                """).params(row, tenantId, importId).update() == 1;
    }

    /** A move between states; false when it was in none of these. */
    boolean move(UUID tenantId, UUID importId, Collection<PeopleImports.State> from, PeopleImports.State to) {
        return jdbc.sql(
                                "update directory.people_import set state = ? where tenant_id = ? and id = ? and state = any (?)")
                        .params(
                                to.code(),
                                tenantId,
                                importId,
                                from.stream().map(PeopleImports.State::code).toArray(String[]::new))
                        .update()
                == 1;
    }

    boolean unreadable(UUID tenantId, UUID importId, Reason why) {
        return jdbc.sql("""
                                update directory.people_import set state = 'unreadable', refusal = cast(? as jsonb)
                                where tenant_id = ? and id = ? and state = 'reading'
                                """)
                        .params(JSON.writeValueAsString(new Kept(why.key(), why.arguments())), tenantId, importId)
                        .update()
                == 1;
    }

    void insertRows(UUID tenantId, UUID importId, List<StagedRow> rows) {
        int added = Bulk.update(
                bulk,
                """
                insert into directory.people_import_row
                    (tenant_id, import_id, row_number, readable, outcome, name, birth_date, position, unit, bloc, kind,
                     staff_code, rank_order, note, cells, changes, problems, unit_id, assignment_id, folded_key)
                select ?, ?, n.row_number, n.readable, n.outcome, n.name, n.birth_date, n.position, n.unit, n.bloc, n.kind,
                       n.staff_code, n.rank_order, n.note, n.cells, cast(n.changes as jsonb), cast(n.problems as jsonb),
                       n.unit_id, n.assignment_id, n.folded_key
                from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    as n (row_number, readable, outcome, name, birth_date, position, unit, bloc, kind, staff_code, rank_order,
                          note, cells, changes, problems, unit_id, assignment_id, folded_key)
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
                        new Column<StagedRow>("text", row -> json(row.problems())),
                        new Column<StagedRow>("uuid", StagedRow::unitId),
                        new Column<StagedRow>("uuid", StagedRow::assignmentId),
                        new Column<StagedRow>("text", StagedRow::foldedKey)));
        Check.that(added == rows.size(), "every staged row is one row");
    }

    void updateOutcomes(UUID tenantId, UUID importId, List<StagedRow> rows) {
        int updated = Bulk.update(
                bulk,
                """
                update directory.people_import_row r
                set outcome = n.outcome, changes = cast(n.changes as jsonb), problems = cast(n.problems as jsonb),
                    unit_id = n.unit_id, assignment_id = n.assignment_id
                from unnest(?, ?, ?, ?, ?, ?) as n (row_number, outcome, changes, problems, unit_id, assignment_id)
                where r.tenant_id = ? and r.import_id = ? and r.row_number = n.row_number
                """,
                List.of(),
                rows,
                List.of(
                        new Column<StagedRow>("int4", StagedRow::number),
                        new Column<StagedRow>("text", row -> row.outcome().code()),
                        new Column<StagedRow>("text", row -> json(row.changes())),
                        new Column<StagedRow>("text", row -> json(row.problems())),
                        new Column<StagedRow>("uuid", StagedRow::unitId),
                        new Column<StagedRow>("uuid", StagedRow::assignmentId)),
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
                                    unchanged = c.same,
                                    gone = (select count(*) from directory.people_import_gone
                                            where tenant_id = i.tenant_id and import_id = i.id)
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

    /** For work that runs for whoever asked; it asks for their authority itself. */
    Import get(UUID tenantId, UUID importId) {
        return jdbc.sql(IMPORT + "where i.tenant_id = ? and i.id = ?")
                .params(tenantId, importId)
                .query(IMPORT_ROW)
                .single();
    }

    /** The newest first; at most 50. What other systems send every day and changes nothing is left out. */
    List<Import> newest(Scope scope) {
        return jdbc.sql(IMPORT
                        + "where i.tenant_id = ? and not (i.origin = 'data' and i.state = 'applied' and i.added + i.changed = 0)"
                        + IN_SCOPE + "order by i.id desc limit ?")
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
                               rank_order, note, cells, changes, problems, unit_id, assignment_id
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
                               rank_order, note, cells, changes, problems, unit_id, assignment_id
                        from directory.people_import_row
                        where tenant_id = ? and import_id = ? and row_number > ? and readable
                        order by row_number limit ?
                        """)
                .params(tenantId, importId, after, limit)
                .query(STAGED_ROW)
                .list();
    }

    /** Takes an import to apply it; false when somebody else has it or it is done. */
    boolean claim(UUID tenantId, UUID importId, Set<String> leading) {
        return jdbc.sql("""
                                update directory.people_import set state = 'applying', leading_keys = ?
                                where tenant_id = ? and id = ? and state in ('read', 'failed')
                                """)
                        .params(leading.toArray(String[]::new), tenantId, importId)
                        .update()
                == 1;
    }

    boolean applied(Import of, UUID actor, ImportWriting.Written written, Instant now) {
        return jdbc.sql("""
                                update directory.people_import
                                set state = 'applied', applied_by = ?, applied_at = ?, added = ?, changed = ?, unchanged = ?,
                                    ended = ?, change_hash = ?
                                where tenant_id = ? and id = ? and state = 'applying'
                                """)
                        .params(
                                actor,
                                Timestamp.from(now),
                                written.added(),
                                written.changed(),
                                written.unchanged(),
                                written.ended(),
                                written.changeHash(),
                                of.tenantId(),
                                of.id())
                        .update()
                == 1;
    }

    /** Rows of earlier parts that later ones must know of: new people, and assignments that were spoken of. */
    record Earlier(
            int row,
            Outcome outcome,
            @Nullable UUID assignmentId,
            String foldedKey,
            @Nullable LocalDate birthDate,
            @Nullable String staffCode) {}

    void earlier(UUID tenantId, UUID importId, Consumer<Earlier> each) {
        jdbc.sql("""
                        select row_number, outcome, assignment_id, folded_key, birth_date, staff_code
                        from directory.people_import_row
                        where tenant_id = ? and import_id = ? and (assignment_id is not null or outcome = 'add')
                        order by row_number
                        """).params(tenantId, importId).query(row -> {
            each.accept(new Earlier(
                    row.getInt("row_number"),
                    Outcome.of(row.getString("outcome")),
                    row.getObject("assignment_id", UUID.class),
                    row.getString("folded_key"),
                    row.getObject("birth_date", LocalDate.class),
                    row.getString("staff_code")));
        });
    }

    /** The words of the rows that would be written, as they stand there, with how many rows; in the order of the sheet. */
    Map<String, Integer> words(UUID tenantId, UUID importId, boolean blocs) {
        Map<String, Integer> words = new LinkedHashMap<>();
        String column = blocs ? "bloc" : "position";
        jdbc.sql("select " + column + """
                         as word, count(*) as people from directory.people_import_row
                        where tenant_id = ? and import_id = ? and readable and %1$s is not null and (? or outcome in ('add', 'change'))
                        group by %1$s order by min(row_number) limit 10000
                        """.formatted(column))
                .params(tenantId, importId, blocs)
                .query(row -> {
                    words.put(row.getString("word"), row.getInt("people"));
                });
        return words;
    }

    boolean anyProblem(UUID tenantId, UUID importId, String key) {
        return jdbc.sql("""
                        select exists (
                            select from directory.people_import_row
                            where tenant_id = ? and import_id = ? and outcome = 'bad'
                              and problems @> jsonb_build_array(jsonb_build_object('key', cast(? as text))))
                        """)
                .params(tenantId, importId, key)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    /**
     * Keeps who is gone: open assignments in units where a good row goes, spoken of by no row. Whoever has the name or the code
     * of a bad row is in the list after all. Those chosen stay chosen.
     */
    void findGone(UUID tenantId, UUID importId) {
        if (countRows(tenantId, importId) > LARGE) {
            Planner.wholeBody(jdbc);
        }
        jdbc.sql("""
                        with gone as (
                            select a.id, a.person_id, p.sort_key
                            from directory.assignment a
                            left join directory.person p on p.tenant_id = a.tenant_id and p.id = a.person_id
                            where a.tenant_id = :tenant and a.valid_to is null
                              and a.unit_id in (select r.unit_id from directory.people_import_row r
                                                where r.tenant_id = :tenant and r.import_id = :import and r.outcome <> 'bad'
                                                  and r.unit_id is not null)
                              and not exists (select from directory.people_import_row r
                                              where r.tenant_id = :tenant and r.import_id = :import and r.assignment_id = a.id)
                              and not exists (select from directory.people_import_row r
                                              where r.tenant_id = :tenant and r.import_id = :import and r.outcome = 'bad'
                                                and r.folded_key = p.folded_key)
                              and not exists (select from directory.people_import_row r
                                              where r.tenant_id = :tenant and r.import_id = :import and r.outcome = 'bad'
                                                and r.staff_code = p.staff_code)
                        ), back as (
                            delete from directory.people_import_gone g
                            where g.tenant_id = :tenant and g.import_id = :import
                              and not exists (select from gone where gone.id = g.assignment_id)
                        )
                        insert into directory.people_import_gone (tenant_id, import_id, assignment_id, person_id, sort_key)
                        select :tenant, :import, id, person_id, sort_key from gone
                        on conflict (tenant_id, import_id, assignment_id) do nothing
                        """).param("tenant", tenantId).param("import", importId).update();
    }

    private int countRows(UUID tenantId, UUID importId) {
        return jdbc.sql("select count(*) from directory.people_import_row where tenant_id = ? and import_id = ?")
                .params(tenantId, importId)
                .query((row, n) -> row.getInt(1))
                .single();
    }

    List<Gone> gone(UUID tenantId, UUID importId, int offset, int limit) {
        return jdbc.sql("""
                        select g.assignment_id, g.person_id, p.full_name, p.birth_date, v.name as unit_name, o.name as position_name,
                               a.valid_from, a.main, g.chosen
                        from directory.people_import_gone g
                        join directory.assignment a on a.tenant_id = g.tenant_id and a.id = g.assignment_id
                        join directory.person p on p.tenant_id = g.tenant_id and p.id = g.person_id
                        join directory.position o on o.tenant_id = g.tenant_id and o.id = a.position_id
                        join directory.unit_version v on v.tenant_id = g.tenant_id and v.unit_id = a.unit_id
                            and v.valid_to is null
                        where g.tenant_id = ? and g.import_id = ?
                        order by g.sort_key, g.assignment_id limit ? offset ?
                        """)
                .params(tenantId, importId, limit, offset)
                .query((row, n) -> new Gone(
                        row.getObject("assignment_id", UUID.class),
                        row.getObject("person_id", UUID.class),
                        row.getString("full_name"),
                        row.getObject("birth_date", LocalDate.class),
                        row.getString("unit_name"),
                        row.getString("position_name"),
                        row.getObject("valid_from", LocalDate.class),
                        row.getBoolean("main"),
                        row.getBoolean("chosen")))
                .list();
    }

    /** Of those shown, only these are chosen from now on. */
    void choose(UUID tenantId, UUID importId, Collection<UUID> shown, Collection<UUID> chosen) {
        jdbc.sql("""
                        update directory.people_import_gone set chosen = (assignment_id = any (?))
                        where tenant_id = ? and import_id = ? and assignment_id = any (?)
                        """)
                .params(chosen.toArray(UUID[]::new), tenantId, importId, shown.toArray(UUID[]::new))
                .update();
    }

    int countChosen(UUID tenantId, UUID importId) {
        return jdbc.sql(
                        "select count(*) from directory.people_import_gone where tenant_id = ? and import_id = ? and chosen")
                .params(tenantId, importId)
                .query((row, n) -> row.getInt(1))
                .single();
    }

    /** One of those to be ended who was not there yet on the day. */
    Optional<String> notYetThere(UUID tenantId, UUID importId, Ending ending) {
        return jdbc.sql("""
                        select p.full_name
                        from directory.people_import_gone g
                        join directory.assignment a on a.tenant_id = g.tenant_id and a.id = g.assignment_id
                        join directory.person p on p.tenant_id = g.tenant_id and p.id = g.person_id
                        where g.tenant_id = ? and g.import_id = ? and (? or g.chosen) and a.valid_to is null and a.valid_from > ?
                        order by g.sort_key limit 1
                        """)
                .params(tenantId, importId, ending.choice() == Ending.Choice.ALL, Objects.requireNonNull(ending.day()))
                .query((row, n) -> row.getString(1))
                .optional();
    }

    boolean end(UUID tenantId, UUID importId, Ending ending) {
        return jdbc.sql("""
                                update directory.people_import set end_choice = ?, end_day = ?, end_reason = ?
                                where tenant_id = ? and id = ? and state in ('read', 'failed')
                                """)
                        .param(ending.choice().code())
                        .param(ending.day())
                        .param(ending.reason().isEmpty() ? null : ending.reason())
                        .param(tenantId)
                        .param(importId)
                        .update()
                == 1;
    }

    void deleteGone(UUID tenantId, UUID importId) {
        jdbc.sql("delete from directory.people_import_gone where tenant_id = ? and import_id = ?")
                .params(tenantId, importId)
                .update();
    }

    void insertChanges(UUID tenantId, UUID importId, int part, String lines) {
        Check.that(
                jdbc.sql(
                                        "insert into directory.people_import_change (tenant_id, import_id, part, lines) values (?, ?, ?, ?)")
                                .params(tenantId, importId, part, lines)
                                .update()
                        == 1,
                "a part is one row");
    }

    Optional<String> changes(UUID tenantId, UUID importId, int part) {
        return jdbc.sql(
                        "select lines from directory.people_import_change where tenant_id = ? and import_id = ? and part = ?")
                .params(tenantId, importId, part)
                .query((row, n) -> row.getString(1))
                .optional();
    }

    /** The names of the people who have these codes. */
    Map<String, String> namesByCode(UUID tenantId, Collection<String> codes) {
        Map<String, String> names = new HashMap<>();
        jdbc.sql(
                        "select staff_code, full_name from directory.person where tenant_id = ? and staff_code = any (?) and merged_into is null")
                .params(tenantId, codes.toArray(String[]::new))
                .query(row -> {
                    names.put(row.getString("staff_code"), row.getString("full_name"));
                });
        return names;
    }

    record KnownUnit(UUID id, String code, String name) {}

    /** The unit and all below it that are not dissolved. */
    List<KnownUnit> units(UUID tenantId, UUID top) {
        return jdbc.sql("""
                        select v.unit_id, v.code, v.name
                        from directory.unit_closure c
                        join directory.unit_version v on v.tenant_id = c.tenant_id and v.unit_id = c.descendant_id
                            and v.valid_to is null
                        where c.tenant_id = ? and c.ancestor_id = ? and not c.custody
                        limit 200000
                        """)
                .params(tenantId, top)
                .query((row, n) -> new KnownUnit(
                        row.getObject("unit_id", UUID.class), row.getString("code"), row.getString("name")))
                .list();
    }

    /** Whether the unit is within the scope and may be changed: records of dissolved units are only read. */
    boolean changeable(Scope scope, UUID unitId) {
        return jdbc.sql("""
                        select exists (
                            select from directory.unit_closure
                            where tenant_id = ? and descendant_id = ? and ancestor_id = any (?) and not custody)
                        """)
                .params(scope.tenantId(), unitId, scope.tops())
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    /** Work data that is no longer needed: bad rows of an applied import stay, for they may still be downloaded and mended. */
    void deleteRows(UUID tenantId, UUID importId, boolean goodOnly) {
        jdbc.sql("delete from directory.people_import_row where tenant_id = ? and import_id = ?"
                        + (goodOnly ? " and outcome <> 'bad'" : ""))
                .params(tenantId, importId)
                .update();
    }

    /** All work data of an import that came to nothing. */
    void clear(UUID tenantId, UUID importId) {
        deleteRows(tenantId, importId, false);
        deleteGone(tenantId, importId);
        deleteFile(tenantId, importId);
    }

    /** Everybody who may be one of the rows, by the row's folded name and by staff code. */
    List<KnownPerson> candidates(UUID tenantId, List<StagedRow> rows, List<String> foldedKeys) {
        return bulk.execute((java.sql.Connection connection) -> {
            try (var statement = connection.prepareStatement("""
                    with wanted as (
                        select p.id
                        from unnest(?, ?) as n (folded_key, birth_date)
                        join directory.person p on p.tenant_id = ? and p.folded_key = n.folded_key and p.merged_into is null
                            and (p.birth_date = n.birth_date or p.birth_date is null or n.birth_date is null)
                        union
                        select p.id
                        from unnest(?) as n (staff_code)
                        join directory.person p on p.tenant_id = ? and p.staff_code = n.staff_code and p.merged_into is null
                    )
                    select p.id, p.full_name, p.folded_key, p.birth_date, p.staff_code, p.version,
                           a.id as assignment_id, a.unit_id, a.position_id, a.bloc_id, a.kind, a.main, a.rank_order, a.note,
                           a.valid_from, a.version as assignment_version
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
                        row.getInt("version"),
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
                                row.getObject("valid_from", LocalDate.class),
                                row.getInt("assignment_version")));
            }
        }
        return List.copyOf(people.values());
    }
}
