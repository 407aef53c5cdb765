package vn.chuanmuc.figures;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.assessments.FigureSource;
import vn.chuanmuc.figures.FigureIndex.About;
import vn.chuanmuc.figures.FigureLists.FigureList;
import vn.chuanmuc.figures.FigureLists.Named;
import vn.chuanmuc.figures.FigureLists.Row;
import vn.chuanmuc.figures.FigureLists.State;
import vn.chuanmuc.figures.FigureLists.Step;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.rules.RuleBook.Measure;

@Component
class FigureStore {
    private static final int MOST_INDEXES = 500;
    /** Figures of one person in a quarter: an index for every day of it, and then some. */
    private static final int MOST_OFFERED = 200;

    /** Of what stands beside an item. */
    private static final int LONGEST_TITLE = 300;

    private static final int MOST_CANDIDATES = 100_000;

    private static final String LIST = """
            select l.id, l.unit_id, l.document_name, l.document_number, l.document_date, l.file_name, l.file_hash, l.figures,
                   l.blank, l.brought_by, l.brought_at, v.confirmed, v.reason, v.decided_by, v.decided_at,
                   w.reason as withdrawal, w.withdrawn_by, w.withdrawn_at,
                   (select n.name from directory.unit_version n
                    where n.tenant_id = l.tenant_id and n.unit_id = l.unit_id
                    order by n.valid_from desc limit 1) as unit_name
            from figures.list l
            left join figures.verdict v on v.tenant_id = l.tenant_id and v.list_id = l.id
            left join figures.withdrawal w on w.tenant_id = l.tenant_id and w.list_id = l.id
            where l.tenant_id = :tenant
            """;

    /** Among units that are below (or are) those held; the parameter is {@code held}. */
    private static final String HELD = """
              and exists (select from directory.unit_closure c
                          where c.tenant_id = l.tenant_id and c.descendant_id = l.unit_id and c.ancestor_id = any (:held))
            """;

    private final JdbcClient jdbc;

    FigureStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Lets one after the other, until the transaction ends. @param what within the body */
    void lock(UUID tenantId, String what) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 485))")
                .param(tenantId + " " + what)
                .query((row, n) -> 0)
                .single();
    }

    // indexes

    List<FigureIndex> indexes(UUID tenantId) {
        return jdbc.sql("""
                        select code, words, measure, counted, least, most, about, basis, valid_from, valid_to, entered_by, entered_at
                        from figures.index_entry
                        where tenant_id = ?
                        order by id desc
                        limit %d
                        """.formatted(MOST_INDEXES))
                .param(tenantId)
                .query((row, n) -> new FigureIndex(
                        row.getString("code"),
                        row.getString("words"),
                        Measure.valueOf(row.getString("measure").toUpperCase(Locale.ROOT)),
                        row.getString("counted"),
                        new BigDecimal(row.getString("least")),
                        new BigDecimal(row.getString("most")),
                        About.valueOf(row.getString("about").toUpperCase(Locale.ROOT)),
                        row.getString("basis"),
                        row.getObject("valid_from", LocalDate.class),
                        row.getObject("valid_to", LocalDate.class),
                        row.getObject("entered_by", UUID.class),
                        row.getTimestamp("entered_at").toInstant()))
                .list();
    }

    /** Whether it was kept: the same as the newest of its code is not kept again. */
    boolean insertIndex(UUID tenantId, UUID id, FigureIndex index) {
        int rows = jdbc.sql("""
                        insert into figures.index_entry
                            (tenant_id, id, code, words, measure, counted, least, most, about, basis, valid_from, valid_to,
                             entered_by, entered_at)
                        select :tenant, :id, :code, :words, :measure, :counted, :least, :most, :about, :basis, :from,
                               cast(:to as date), :by, :at
                        where not exists (
                            select from (
                                select words, measure, counted, least, most, about, basis, valid_from, valid_to
                                from figures.index_entry
                                where tenant_id = :tenant and code = :code
                                order by id desc limit 1) newest
                            where (newest.words, newest.measure, newest.counted, newest.least, newest.most, newest.about,
                                   newest.basis, newest.valid_from) = (:words, :measure, :counted, :least, :most, :about, :basis, :from)
                              and newest.valid_to is not distinct from cast(:to as date))
                        """)
                .param("tenant", tenantId)
                .param("id", id)
                .param("code", index.code())
                .param("words", index.words())
                .param("measure", code(index.measure()))
                .param("counted", index.counted())
                .param("least", plain(index.least()))
                .param("most", plain(index.most()))
                .param("about", code(index.about()))
                .param("basis", index.basis())
                .param("from", Date.valueOf(index.validFrom()))
                .param("to", index.validTo() == null ? null : Date.valueOf(index.validTo()))
                .param("by", Objects.requireNonNull(index.enteredBy()))
                .param("at", Timestamp.from(Objects.requireNonNull(index.enteredAt())))
                .update();
        Check.that(rows <= 1, "an index is one row");
        return rows == 1;
    }

    /** One text for one number, however many zeros it was written with. */
    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    private static String code(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    // who and where

    /** Somebody who was in the unit or below it. @param to the first day they are there no more; null for none */
    record Candidate(
            UUID personId,
            @Nullable String staffCode,
            @Nullable LocalDate birthDate,
            UUID unitId,
            LocalDate from,
            @Nullable LocalDate to) {
        boolean on(LocalDate day) {
            return !day.isBefore(from) && (to == null || day.isBefore(to));
        }
    }

    /**
     * Who of these names was in the unit or below it at some time, the main post first. Where a unit stood before its first record
     * is not known: then it is where that says.
     */
    Map<String, List<Candidate>> candidates(UUID tenantId, UUID unitId, List<String> foldedKeys) {
        var byName = new HashMap<String, List<Candidate>>();
        jdbc.sql("""
                        select p.folded_key, p.id, p.staff_code, p.birth_date, a.unit_id,
                               case when u.valid_from <= f.first then a.valid_from else greatest(a.valid_from, u.valid_from) end as since,
                               least(a.valid_to, u.valid_to) as until
                        from directory.person p
                        join directory.assignment a on a.tenant_id = p.tenant_id and a.person_id = p.id
                        join directory.unit_path u on u.tenant_id = a.tenant_id and u.descendant_id = a.unit_id
                            and u.ancestor_id = :unit
                        join lateral (select min(v.valid_from) as first from directory.unit_version v
                                      where v.tenant_id = a.tenant_id and v.unit_id = a.unit_id) f on true
                        where p.tenant_id = :tenant and p.folded_key = any (:keys) and p.merged_into is null
                        order by a.main desc, a.id
                        limit %d
                        """.formatted(MOST_CANDIDATES))
                .param("tenant", tenantId)
                .param("unit", unitId)
                .param("keys", foldedKeys.toArray(String[]::new))
                .query(row -> {
                    byName.computeIfAbsent(row.getString("folded_key"), any -> new ArrayList<>())
                            .add(new Candidate(
                                    row.getObject("id", UUID.class),
                                    row.getString("staff_code"),
                                    row.getObject("birth_date", LocalDate.class),
                                    row.getObject("unit_id", UUID.class),
                                    row.getObject("since", LocalDate.class),
                                    row.getObject("until", LocalDate.class)));
                });
        return byName;
    }

    /** Living units of these codes (lower case) that are the unit or below it. */
    Map<String, UUID> unitCodes(UUID tenantId, UUID unitId, List<String> codes) {
        var byCode = new HashMap<String, UUID>();
        jdbc.sql("""
                        select lower(v.code) as code, v.unit_id
                        from directory.unit_closure c
                        join directory.unit_version v on v.tenant_id = c.tenant_id and v.unit_id = c.descendant_id
                            and v.valid_to is null
                        where c.tenant_id = :tenant and c.ancestor_id = :unit and not c.custody and lower(v.code) = any (:codes)
                        limit 20000
                        """)
                .param("tenant", tenantId)
                .param("unit", unitId)
                .param("codes", codes.toArray(String[]::new))
                .query(row -> {
                    byCode.put(row.getString("code"), row.getObject("unit_id", UUID.class));
                });
        return byCode;
    }

    List<Named> people(UUID tenantId, UUID unitId, LocalDate day, int most) {
        return jdbc.sql("""
                        select coalesce(p.staff_code, '') as staff_code, p.full_name, p.birth_date, v.code
                        from directory.assignment a
                        join directory.unit_path u on u.tenant_id = a.tenant_id and u.descendant_id = a.unit_id
                            and u.ancestor_id = :unit and (u.valid_to is null or u.valid_to > :day)
                        join lateral (select min(n.valid_from) as first from directory.unit_version n
                                      where n.tenant_id = a.tenant_id and n.unit_id = a.unit_id) f
                            on u.valid_from <= greatest(f.first, :day)
                        join directory.person p on p.tenant_id = a.tenant_id and p.id = a.person_id
                        join directory.unit_version v on v.tenant_id = a.tenant_id and v.unit_id = a.unit_id
                            and v.valid_from <= greatest(f.first, :day) and (v.valid_to is null or v.valid_to > :day)
                        where a.tenant_id = :tenant and a.main and a.valid_from <= :day and (a.valid_to is null or a.valid_to > :day)
                          and p.merged_into is null
                        order by p.sort_key, p.id
                        limit :most
                        """)
                .param("tenant", tenantId)
                .param("unit", unitId)
                .param("day", Date.valueOf(day))
                .param("most", most)
                .query((row, n) -> new Named(
                        row.getString("staff_code"),
                        row.getString("full_name"),
                        row.getObject("birth_date", LocalDate.class),
                        row.getString("code")))
                .list();
    }

    // lists

    record NewFigure(
            int number,
            UUID id,
            @Nullable UUID personId,
            UUID unitId,
            FigureIndex index,
            BigDecimal value,
            LocalDate on) {}

    /** A list of the unit made of the same file that was neither refused nor taken back. */
    Optional<UUID> same(UUID tenantId, UUID unitId, byte[] hash) {
        return jdbc.sql("""
                        select l.id from figures.list l
                        left join figures.verdict v on v.tenant_id = l.tenant_id and v.list_id = l.id
                        left join figures.withdrawal w on w.tenant_id = l.tenant_id and w.list_id = l.id
                        where l.tenant_id = ? and l.unit_id = ? and l.file_hash = ?
                          and w.list_id is null and coalesce(v.confirmed, true)
                        order by l.id
                        limit 1
                        """)
                .params(tenantId, unitId, hash)
                .query((row, n) -> row.getObject("id", UUID.class))
                .optional();
    }

    void insertList(UUID tenantId, FigureList list) {
        int rows = jdbc.sql("""
                        insert into figures.list
                            (tenant_id, id, unit_id, document_name, document_number, document_date, file_name, file_hash, figures,
                             blank, brought_by, brought_at)
                        values (:tenant, :id, :unit, :name, :number, :date, :file, :hash, :figures, :blank, :by, :at)
                        """)
                .param("tenant", tenantId)
                .param("id", list.id())
                .param("unit", list.unitId())
                .param("name", list.documentName())
                .param("number", list.documentNumber())
                .param("date", Date.valueOf(list.documentDate()))
                .param("file", list.fileName())
                .param("hash", list.fileHash())
                .param("figures", list.figures())
                .param("blank", list.blank())
                .param("by", list.broughtBy())
                .param("at", Timestamp.from(list.broughtAt()))
                .update();
        Check.that(rows == 1, "a list is one row");
    }

    void insertFigures(UUID tenantId, UUID listId, List<NewFigure> figures) {
        int rows = jdbc.sql("""
                        insert into figures.figure
                            (tenant_id, list_id, row_number, id, person_id, unit_id, index_code, words, measure, counted, value, on_day)
                        select ?, ?, f.row_number, f.id, f.person_id, f.unit_id, f.code, f.words, f.measure, f.counted, f.value, f.on_day
                        from unnest(cast(? as int[]), cast(? as uuid[]), cast(? as uuid[]), cast(? as uuid[]), cast(? as text[]), cast(? as text[]),
                                    cast(? as text[]), cast(? as text[]), cast(? as text[]), cast(? as date[]))
                            as f (row_number, id, person_id, unit_id, code, words, measure, counted, value, on_day)
                        """)
                .params(
                        tenantId,
                        listId,
                        figures.stream().map(NewFigure::number).toArray(Integer[]::new),
                        figures.stream().map(NewFigure::id).toArray(UUID[]::new),
                        figures.stream().map(NewFigure::personId).toArray(UUID[]::new),
                        figures.stream().map(NewFigure::unitId).toArray(UUID[]::new),
                        figures.stream().map(one -> one.index().code()).toArray(String[]::new),
                        figures.stream().map(one -> one.index().words()).toArray(String[]::new),
                        figures.stream().map(one -> code(one.index().measure())).toArray(String[]::new),
                        figures.stream().map(one -> one.index().counted()).toArray(String[]::new),
                        figures.stream().map(one -> plain(one.value())).toArray(String[]::new),
                        figures.stream().map(one -> Date.valueOf(one.on())).toArray(Date[]::new))
                .update();
        Check.that(rows == figures.size(), "every figure is a row");
    }

    private static FigureList list(ResultSet row) throws SQLException {
        Timestamp judged = row.getTimestamp("decided_at");
        Timestamp withdrawn = row.getTimestamp("withdrawn_at");
        State state = withdrawn != null
                ? State.WITHDRAWN
                : judged == null ? State.WAITING : row.getBoolean("confirmed") ? State.CONFIRMED : State.REFUSED;
        return new FigureList(
                row.getObject("id", UUID.class),
                row.getObject("unit_id", UUID.class),
                row.getString("unit_name"),
                row.getString("document_name"),
                row.getString("document_number"),
                row.getObject("document_date", LocalDate.class),
                row.getString("file_name"),
                row.getBytes("file_hash"),
                row.getInt("figures"),
                row.getInt("blank"),
                row.getObject("brought_by", UUID.class),
                row.getTimestamp("brought_at").toInstant(),
                state,
                judged == null
                        ? null
                        : new Step(
                                row.getObject("decided_by", UUID.class), judged.toInstant(), row.getString("reason")),
                withdrawn == null
                        ? null
                        : new Step(
                                row.getObject("withdrawn_by", UUID.class),
                                withdrawn.toInstant(),
                                row.getString("withdrawal")));
    }

    Optional<FigureList> find(UUID tenantId, UUID id) {
        return jdbc.sql(LIST + " and l.id = :id")
                .param("tenant", tenantId)
                .param("id", id)
                .query((row, n) -> list(row))
                .optional();
    }

    List<FigureList> lists(UUID tenantId, UUID[] held, @Nullable State state) {
        return jdbc.sql(LIST + HELD + """
                          and (cast(:state as text) is null
                               or :state = case when w.list_id is not null then 'withdrawn' when v.list_id is null then 'waiting'
                                                when v.confirmed then 'confirmed' else 'refused' end)
                        order by l.id desc
                        limit %d
                        """.formatted(FigureLists.MOST_LISTS))
                .param("tenant", tenantId)
                .param("held", held)
                .param("state", state == null ? null : state.code())
                .query((row, n) -> list(row))
                .list();
    }

    long toConfirm(UUID tenantId, UUID[] held, UUID accountId) {
        return jdbc.sql("""
                        select count(*) from figures.list l
                        where l.tenant_id = :tenant and l.brought_by <> :account
                          and not exists (select from figures.verdict v where v.tenant_id = l.tenant_id and v.list_id = l.id)
                          and not exists (select from figures.withdrawal w where w.tenant_id = l.tenant_id and w.list_id = l.id)
                        """ + HELD)
                .param("tenant", tenantId)
                .param("account", accountId)
                .param("held", held)
                .query((row, n) -> row.getLong(1))
                .single();
    }

    /** Whether a figure of the list is of this person. */
    boolean names(UUID tenantId, UUID listId, UUID personId) {
        return jdbc.sql(
                        "select exists (select from figures.figure where tenant_id = ? and list_id = ? and person_id = ?)")
                .params(tenantId, listId, personId)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    List<Row> rows(UUID tenantId, UUID listId, int offset, int limit) {
        return jdbc.sql("""
                        select f.row_number, f.person_id, p.full_name, f.index_code, f.words, f.measure, f.counted, f.value, f.on_day,
                               (select n.name from directory.unit_version n
                                where n.tenant_id = f.tenant_id and n.unit_id = f.unit_id
                                order by (n.valid_from <= f.on_day) desc, n.valid_from desc limit 1) as unit_name,
                               e.value as earlier, e.measure as earlier_measure, e.counted as earlier_counted
                        from figures.figure f
                        left join directory.person p on p.tenant_id = f.tenant_id and p.id = f.person_id
                        left join figures.verdict own on own.tenant_id = f.tenant_id and own.list_id = f.list_id
                        left join lateral (
                            select g.value, g.measure, g.counted
                            from figures.figure g
                            join figures.verdict v on v.tenant_id = g.tenant_id and v.list_id = g.list_id and v.confirmed
                            where g.tenant_id = f.tenant_id and g.list_id <> f.list_id and g.index_code = f.index_code
                              and g.on_day = f.on_day
                              and (g.person_id = f.person_id or f.person_id is null and g.person_id is null and g.unit_id = f.unit_id)
                              and v.decided_at < coalesce(own.decided_at, 'infinity')
                              and not exists (select from figures.withdrawal w
                                              where w.tenant_id = g.tenant_id and w.list_id = g.list_id)
                            order by v.decided_at desc, g.list_id desc
                            limit 1) e on true
                        where f.tenant_id = :tenant and f.list_id = :list
                        order by f.row_number
                        limit :limit offset :offset
                        """)
                .param("tenant", tenantId)
                .param("list", listId)
                .param("limit", limit)
                .param("offset", offset)
                .query((row, n) -> {
                    String earlier = row.getString("earlier");
                    return new Row(
                            row.getInt("row_number"),
                            row.getObject("person_id", UUID.class),
                            row.getString("full_name"),
                            row.getString("unit_name"),
                            row.getString("index_code"),
                            row.getString("words"),
                            written(row, "value", "measure", "counted"),
                            row.getObject("on_day", LocalDate.class),
                            earlier == null ? null : written(row, "earlier", "earlier_measure", "earlier_counted"));
                })
                .list();
    }

    private static String shortened(String title) {
        return title.length() > LONGEST_TITLE ? title.substring(0, LONGEST_TITLE - 1) + "…" : title;
    }

    private static String written(ResultSet row, String value, String measure, String counted) throws SQLException {
        return FigureIndex.written(
                new BigDecimal(row.getString(value)),
                Measure.valueOf(row.getString(measure).toUpperCase(Locale.ROOT)),
                row.getString(counted));
    }

    void insertVerdict(UUID tenantId, UUID listId, boolean confirmed, String reason, UUID by, Instant at) {
        int rows = jdbc.sql("""
                        insert into figures.verdict (tenant_id, list_id, confirmed, reason, decided_by, decided_at)
                        values (?, ?, ?, ?, ?, ?)
                        """)
                .params(tenantId, listId, confirmed, reason, by, Timestamp.from(at))
                .update();
        Check.that(rows == 1, "a verdict is one row");
    }

    void insertWithdrawal(UUID tenantId, UUID listId, String reason, UUID by, Instant at) {
        int rows = jdbc.sql("""
                        insert into figures.withdrawal (tenant_id, list_id, reason, withdrawn_by, withdrawn_at)
                        values (?, ?, ?, ?, ?)
                        """)
                .params(tenantId, listId, reason, by, Timestamp.from(at))
                .update();
        Check.that(rows == 1, "a withdrawal is one row");
    }

    /** Whether a unit is one of these or below one. */
    boolean below(UUID tenantId, UUID[] tops, UUID unitId) {
        return jdbc.sql("""
                        select exists (select from directory.unit_closure c
                                       where c.tenant_id = ? and c.descendant_id = ? and c.ancestor_id = any (?))
                        """)
                .param(tenantId)
                .param(unitId)
                .param(tops)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    // what forms are offered

    /**
     * Of each index and day the figure that was confirmed last and stands: of the person, and of the units they worked in on that
     * day.
     */
    List<FigureSource.Figure> offered(UUID tenantId, UUID personId, LocalDate from, LocalDate to) {
        return jdbc.sql("""
                        select id, code, words, measure, counted, value, on_day, unit_name, document_name, document_number, document_date
                        from (
                            select distinct on (f.index_code, f.on_day, f.person_id is null, case when f.person_id is null then f.unit_id end)
                                   f.id, f.index_code as code, f.words, f.measure, f.counted, f.value, f.on_day,
                                   case when f.person_id is null then
                                       (select n.name from directory.unit_version n
                                        where n.tenant_id = f.tenant_id and n.unit_id = f.unit_id
                                        order by (n.valid_from <= f.on_day) desc, n.valid_from desc limit 1) end as unit_name,
                                   l.document_name, l.document_number, l.document_date
                            from figures.figure f
                            join figures.list l on l.tenant_id = f.tenant_id and l.id = f.list_id
                            join figures.verdict v on v.tenant_id = f.tenant_id and v.list_id = f.list_id and v.confirmed
                            where f.tenant_id = :tenant and f.on_day between :from and :to
                              and (f.person_id in (select p.id from directory.person p
                                                   where p.tenant_id = :tenant and (p.id = :person or p.merged_into = :person))
                                   or f.person_id is null and exists (
                                       select from directory.assignment a
                                       where a.tenant_id = :tenant and a.person_id = :person and a.unit_id = f.unit_id
                                         and a.valid_from <= f.on_day and (a.valid_to is null or a.valid_to > f.on_day)))
                              and not exists (select from figures.withdrawal w
                                              where w.tenant_id = f.tenant_id and w.list_id = f.list_id)
                            order by f.index_code, f.on_day, f.person_id is null, case when f.person_id is null then f.unit_id end,
                                     v.decided_at desc, f.list_id desc
                            limit %d) offered
                        order by on_day desc, code, unit_name
                        """.formatted(MOST_OFFERED))
                .param("tenant", tenantId)
                .param("person", personId)
                .param("from", Date.valueOf(from))
                .param("to", Date.valueOf(to))
                .query((row, n) -> {
                    String unit = row.getString("unit_name");
                    String words = row.getString("words");
                    return new FigureSource.Figure(
                            row.getObject("id", UUID.class),
                            row.getString("code"),
                            unit == null ? words : shortened(words + " – " + unit),
                            written(row, "value", "measure", "counted"),
                            row.getObject("on_day", LocalDate.class),
                            row.getString("document_name") + ", " + row.getString("document_number") + ", "
                                    + VietnameseDates.format(row.getObject("document_date", LocalDate.class)));
                })
                .list();
    }

    /** What stands of the same index, day and person (or unit) in the place of figures that do not. */
    Map<UUID, FigureSource.Change> changed(UUID tenantId, Collection<UUID> figures) {
        var changed = new HashMap<UUID, FigureSource.Change>();
        jdbc.sql("""
                        select f.id, w.withdrawn_at, n.value, n.measure, n.counted, n.decided_at
                        from figures.figure f
                        left join directory.person p on p.tenant_id = f.tenant_id and p.id = f.person_id
                        left join figures.withdrawal w on w.tenant_id = f.tenant_id and w.list_id = f.list_id
                        left join lateral (
                            select g.id, g.value, g.measure, g.counted, v.decided_at
                            from figures.figure g
                            join figures.verdict v on v.tenant_id = g.tenant_id and v.list_id = g.list_id and v.confirmed
                            where g.tenant_id = f.tenant_id and g.index_code = f.index_code and g.on_day = f.on_day
                              and (f.person_id is null and g.person_id is null and g.unit_id = f.unit_id
                                   or g.person_id in (select q.id from directory.person q
                                                      where q.tenant_id = p.tenant_id
                                                        and (q.id = coalesce(p.merged_into, p.id)
                                                             or q.merged_into = coalesce(p.merged_into, p.id))))
                              and not exists (select from figures.withdrawal x
                                              where x.tenant_id = g.tenant_id and x.list_id = g.list_id)
                            order by v.decided_at desc, g.list_id desc
                            limit 1) n on true
                        where f.tenant_id = ? and f.id = any (?) and n.id is distinct from f.id
                          and (n.value, n.measure, n.counted) is distinct from (f.value, f.measure, f.counted)
                        """).param(tenantId).param(figures.toArray(UUID[]::new)).query(row -> {
            Timestamp withdrawn = row.getTimestamp("withdrawn_at");
            boolean stands = row.getString("value") != null;
            changed.put(
                    row.getObject("id", UUID.class),
                    new FigureSource.Change(
                            stands ? written(row, "value", "measure", "counted") : null,
                            Objects.requireNonNull(withdrawn != null ? withdrawn : row.getTimestamp("decided_at"))
                                    .toInstant()));
        });
        return changed;
    }
}
