package vn.chuanmuc.sheets;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;
import vn.chuanmuc.assessments.PaperForms.Place;
import vn.chuanmuc.assessments.Period;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.office.PdfWriter.Row;
import vn.chuanmuc.scans.PagePlace;

/** SQL of sheets: their papers' pages as scanned, and what was read of them. */
@Component
class SheetStore {
    private static final int PART = 1 << 20;
    private static final int MOST_PILES = 100;
    private static final int MOST_PAPERS = 500;
    private static final int MOST_PAGES = 3_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient jdbc;

    SheetStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private static void one(int changed) {
        Check.that(changed == 1, "one row is written");
    }

    private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    // Sheets

    /** One stage of one form, once it was printed. */
    record Sheet(UUID id, Place place, UUID cycleId, UUID unitId) {}

    /** False when there is one already. */
    boolean insertSheet(UUID tenant, Sheet sheet, UUID account, Instant at) {
        return jdbc.sql("""
                        insert into sheets.sheet (tenant_id, id, period, form_id, stage, cycle_id, unit_id, made_by, made_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (tenant_id, period, form_id, stage) do nothing
                        """)
                        .params(
                                tenant,
                                sheet.id(),
                                sheet.place().period().code(),
                                sheet.place().formId(),
                                sheet.place().stage(),
                                sheet.cycleId(),
                                sheet.unitId(),
                                account,
                                Timestamp.from(at))
                        .update()
                == 1;
    }

    private static final String SHEET = "select id, period, form_id, stage, cycle_id, unit_id from sheets.sheet ";

    private static Sheet sheet(ResultSet row, String id) throws SQLException {
        return new Sheet(
                row.getObject(id, UUID.class),
                new Place(
                        Period.of(row.getInt("period")), row.getObject("form_id", UUID.class), row.getString("stage")),
                row.getObject("cycle_id", UUID.class),
                row.getObject("unit_id", UUID.class));
    }

    Optional<Sheet> sheet(UUID tenant, Place place) {
        return jdbc.sql(SHEET + "where tenant_id = ? and period = ? and form_id = ? and stage = ?")
                .params(tenant, place.period().code(), place.formId(), place.stage())
                .query((row, n) -> sheet(row, "id"))
                .optional();
    }

    Optional<Sheet> sheet(UUID tenant, UUID id) {
        return jdbc.sql(SHEET + "where tenant_id = ? and id = ?")
                .params(tenant, id)
                .query((row, n) -> sheet(row, "id"))
                .optional();
    }

    void look(UUID tenant, UUID sheet, UUID account, Instant at) {
        one(jdbc.sql("""
                        insert into sheets.look (tenant_id, sheet_id, account_id, looked_at) values (?, ?, ?, ?)
                        on conflict (tenant_id, sheet_id, account_id) do update set looked_at = excluded.looked_at
                        """).params(tenant, sheet, account, Timestamp.from(at)).update());
    }

    /** Until the transaction ends nobody else opens a paper of the form in this account. */
    void lockLooks(UUID tenant, UUID form, UUID account) {
        jdbc.sql("select cast(pg_advisory_xact_lock(hashtextextended(?, 21)) as text)")
                .param(tenant + " " + form + " " + account)
                .query((row, n) -> n)
                .single();
    }

    /** Whether the account opened the paper of one of these stages of the form. */
    boolean looked(UUID tenant, Place place, List<String> stages, UUID account) {
        return jdbc.sql("""
                        select exists (
                            select from sheets.look k
                            join sheets.sheet s on s.tenant_id = k.tenant_id and s.id = k.sheet_id
                            where k.tenant_id = ? and k.account_id = ? and s.period = ? and s.form_id = ? and s.stage = any (?))
                        """)
                .param(tenant)
                .param(account)
                .param(place.period().code())
                .param(place.formId())
                .param(stages.toArray(String[]::new))
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    // Piles and files

    private static final String PILE = """
            select p.id, p.unit_id, coalesce(v.name, '') as unit_name, p.label, p.created_by, p.created_at,
                   (select coalesce(sum(f.pages), 0) from sheets.file f where f.tenant_id = p.tenant_id and f.pile_id = p.id) as pages,
                   g.read, g.loose
            from sheets.pile p
            left join directory.unit_version v on v.tenant_id = p.tenant_id and v.unit_id = p.unit_id and v.valid_to is null
            cross join lateral (
                select count(*) as read, count(*) filter (where x.paper_id is null and x.found <> 'blank' and not x.dropped) as loose
                from sheets.page x where x.tenant_id = p.tenant_id and x.pile_id = p.id) g
            """;

    private static SheetPile pile(ResultSet row) throws SQLException {
        return new SheetPile(
                row.getObject("id", UUID.class),
                row.getObject("unit_id", UUID.class),
                row.getString("unit_name"),
                row.getString("label"),
                row.getInt("pages"),
                row.getInt("read"),
                row.getInt("loose"),
                row.getObject("created_by", UUID.class),
                row.getTimestamp("created_at").toInstant());
    }

    Optional<SheetPile> pile(UUID tenant, UUID id) {
        return jdbc.sql(PILE + "where p.tenant_id = ? and p.id = ?")
                .params(tenant, id)
                .query((row, n) -> pile(row))
                .optional();
    }

    List<SheetPile> piles(UUID tenant, UUID[] units) {
        return jdbc.sql(PILE + """
                        where p.tenant_id = ? and p.unit_id in (
                            select d.descendant_id from directory.unit_closure d where d.tenant_id = ? and d.ancestor_id = any (?))
                        order by p.id desc
                        limit ?
                        """)
                .param(tenant)
                .param(tenant)
                .param(units)
                .param(MOST_PILES)
                .query((row, n) -> pile(row))
                .list();
    }

    void insertPile(UUID tenant, UUID id, UUID unit, String label, UUID account, Instant at) {
        one(jdbc.sql("""
                        insert into sheets.pile (tenant_id, id, unit_id, label, created_by, created_at) values (?, ?, ?, ?, ?, ?)
                        """)
                .params(tenant, id, unit, label, account, Timestamp.from(at))
                .update());
    }

    /** Whoever adds files to the pile, or reads it, waits for the other who does. */
    void hold(UUID tenant, UUID pile) {
        jdbc.sql("select id from sheets.pile where tenant_id = ? and id = ? for update")
                .params(tenant, pile)
                .query((row, n) -> n)
                .single();
    }

    record FileRow(UUID id, String kind, int pages) {}

    boolean hasFile(UUID tenant, UUID pile, byte[] hash) {
        return jdbc.sql("select exists (select from sheets.file where tenant_id = ? and pile_id = ? and hash = ?)")
                .param(tenant)
                .param(pile)
                .param(hash)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    void insertFile(
            UUID tenant,
            UUID id,
            UUID pile,
            String name,
            String kind,
            byte[] hash,
            int pages,
            Path file,
            UUID account,
            Instant at)
            throws IOException {
        one(jdbc.sql("""
                        insert into sheets.file
                            (tenant_id, id, pile_id, seq, name, kind, hash, size, pages, uploaded_by, uploaded_at)
                        select :tenant, :id, :pile, coalesce(max(f.seq), 0) + 1, :name, :kind, :hash, :size, :pages, :account, :at
                        from sheets.file f where f.tenant_id = :tenant and f.pile_id = :pile
                        """)
                .param("tenant", tenant)
                .param("id", id)
                .param("pile", pile)
                .param("name", name)
                .param("kind", kind)
                .param("hash", hash)
                .param("size", Files.size(file))
                .param("pages", pages)
                .param("account", account)
                .param("at", Timestamp.from(at))
                .update());
        try (InputStream in = Files.newInputStream(file)) {
            int part = 0;
            for (byte[] bytes; (bytes = in.readNBytes(PART)).length > 0; part++) {
                one(jdbc.sql("insert into sheets.file_part (tenant_id, file_id, part, bytes) values (?, ?, ?, ?)")
                        .params(tenant, id, part)
                        .param(bytes)
                        .update());
            }
        }
    }

    void copyFile(UUID tenant, UUID file, Path to) throws IOException {
        try (OutputStream out = Files.newOutputStream(to)) {
            for (int part = 0; ; part++) {
                Optional<byte[]> bytes = jdbc.sql(
                                "select bytes from sheets.file_part where tenant_id = ? and file_id = ? and part = ?")
                        .params(tenant, file, part)
                        .query((row, n) -> row.getBytes("bytes"))
                        .optional();
                if (bytes.isEmpty()) {
                    return;
                }
                out.write(bytes.get());
            }
        }
    }

    /** The first page of the pile that is not read yet. */
    record NextPage(FileRow file, int number) {}

    Optional<NextPage> nextPage(UUID tenant, UUID pile) {
        return jdbc.sql("""
                        select f.id, f.kind, f.pages, n.number
                        from sheets.file f cross join lateral generate_series(1, f.pages) as n (number)
                        where f.tenant_id = ? and f.pile_id = ? and not exists (
                            select from sheets.page g where g.tenant_id = f.tenant_id and g.file_id = f.id and g.number = n.number)
                        order by f.seq, n.number limit 1
                        """)
                .params(tenant, pile)
                .query((row, n) -> new NextPage(
                        new FileRow(row.getObject("id", UUID.class), row.getString("kind"), row.getInt("pages")),
                        row.getInt("number")))
                .optional();
    }

    /** The file is read: its pictures are kept, not it. */
    void dropFile(UUID tenant, UUID file) {
        jdbc.sql("delete from sheets.file_part where tenant_id = ? and file_id = ?")
                .params(tenant, file)
                .update();
    }

    // Pages

    record NewPage(
            UUID id,
            UUID pile,
            UUID file,
            int number,
            PaperPage.Found found,
            String hint,
            @Nullable UUID paper,
            @Nullable Integer page,
            @Nullable PagePlace place,
            int width,
            int height,
            Instant at,
            byte @Nullable [] jpeg) {}

    void insertPage(UUID tenant, NewPage page) {
        one(jdbc.sql("""
                        insert into sheets.page
                            (tenant_id, id, pile_id, file_id, number, found, hint, paper_id, page, place, width, height, read_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?)
                        """)
                .params(tenant, page.id(), page.pile(), page.file(), page.number())
                .params(page.found().code(), page.hint())
                .param(page.paper())
                .param(page.page())
                .param(page.place() == null ? null : JSON.writeValueAsString(page.place()))
                .params(page.width(), page.height(), Timestamp.from(page.at()))
                .update());
        if (page.jpeg() != null) {
            one(jdbc.sql("insert into sheets.page_image (tenant_id, page_id, bytes) values (?, ?, ?)")
                    .params(tenant, page.id())
                    .param(page.jpeg())
                    .update());
        }
    }

    private static final String PAGE = """
            select g.id, g.pile_id, p.unit_id, f.name as file_name, g.number, g.found, g.hint, g.paper_id, g.page, g.dropped,
                   g.place is not null as placed, g.by_hand, g.width, g.height, g.read_at,
                   exists (select from sheets.page_image i where i.tenant_id = g.tenant_id and i.page_id = g.id) as pictured
            from sheets.page g
            join sheets.file f on f.tenant_id = g.tenant_id and f.id = g.file_id
            join sheets.pile p on p.tenant_id = g.tenant_id and p.id = g.pile_id
            """;

    private static PaperPage page(ResultSet row) throws SQLException {
        return new PaperPage(
                row.getObject("id", UUID.class),
                row.getObject("pile_id", UUID.class),
                row.getObject("unit_id", UUID.class),
                row.getString("file_name"),
                row.getInt("number"),
                PaperPage.Found.of(row.getString("found")),
                row.getString("hint"),
                row.getObject("paper_id", UUID.class),
                row.getObject("page", Integer.class),
                row.getBoolean("dropped"),
                row.getBoolean("placed"),
                row.getBoolean("by_hand"),
                row.getInt("width"),
                row.getInt("height"),
                row.getBoolean("pictured"),
                row.getTimestamp("read_at").toInstant());
    }

    Optional<PaperPage> page(UUID tenant, UUID id) {
        return jdbc.sql(PAGE + "where g.tenant_id = ? and g.id = ?")
                .params(tenant, id)
                .query((row, n) -> page(row))
                .optional();
    }

    Optional<PaperPage> pageLocked(UUID tenant, UUID id) {
        jdbc.sql("select id from sheets.page where tenant_id = ? and id = ? for update")
                .params(tenant, id)
                .query((row, n) -> n)
                .list();
        return page(tenant, id);
    }

    /** In the order of the paper, and then of reading. */
    List<PaperPage> pagesOf(UUID tenant, UUID paper) {
        return jdbc.sql(PAGE + "where g.tenant_id = ? and g.paper_id = ? order by g.page, g.dropped, g.id limit ?")
                .params(tenant, paper, MOST_PAGES)
                .query((row, n) -> page(row))
                .list();
    }

    /** Those of a pile that belong to no paper, without empty ones and those that were put aside. */
    List<PaperPage> loose(UUID tenant, UUID pile) {
        return jdbc.sql(PAGE + """
                        where g.tenant_id = ? and g.pile_id = ? and g.paper_id is null and g.found <> 'blank' and not g.dropped
                        order by g.id limit ?
                        """)
                .params(tenant, pile, MOST_PAGES)
                .query((row, n) -> page(row))
                .list();
    }

    Optional<byte[]> image(UUID tenant, UUID page) {
        return jdbc.sql("select bytes from sheets.page_image where tenant_id = ? and page_id = ?")
                .params(tenant, page)
                .query((row, n) -> row.getBytes("bytes"))
                .optional();
    }

    Optional<PagePlace> place(UUID tenant, UUID page) {
        return jdbc.sql(
                        "select place::text as place from sheets.page where tenant_id = ? and id = ? and place is not null")
                .params(tenant, page)
                .query((row, n) -> JSON.readValue(row.getString("place"), PagePlace.class))
                .optional();
    }

    void assign(UUID tenant, UUID page, UUID paper, int number, UUID account) {
        one(jdbc.sql("""
                        update sheets.page set paper_id = ?, page = ?, by_hand = true, assigned_by = ?, place = null
                        where tenant_id = ? and id = ? and paper_id is null
                        """).params(paper, number, account, tenant, page).update());
    }

    void takeOut(UUID tenant, UUID page) {
        one(jdbc.sql("""
                        update sheets.page set paper_id = null, page = null, by_hand = false, assigned_by = null
                        where tenant_id = ? and id = ? and by_hand
                        """).params(tenant, page).update());
    }

    void drop(UUID tenant, UUID page, boolean dropped) {
        one(jdbc.sql("update sheets.page set dropped = ? where tenant_id = ? and id = ?")
                .params(dropped, tenant, page)
                .update());
    }

    void turn(UUID tenant, UUID page, byte[] jpeg) {
        one(jdbc.sql("""
                        update sheets.page set width = height, height = width, place = null where tenant_id = ? and id = ?
                        """).params(tenant, page).update());
        one(jdbc.sql("update sheets.page_image set bytes = ? where tenant_id = ? and page_id = ?")
                .param(jpeg)
                .params(tenant, page)
                .update());
    }

    // Readings

    /**
     * What a person has read of a paper so far.
     *
     * @param rows where each item stands; none where the paper is of another layout
     * @param levels null: not read yet, or unclear
     */
    record Reading(
            UUID paperId,
            Sheet sheet,
            int pages,
            List<Row> rows,
            int version,
            List<@Nullable Integer> levels,
            List<Integer> unclear,
            List<Integer> asked,
            Map<Integer, String> remarks,
            String answer,
            @Nullable UUID savedBy,
            @Nullable Instant savedAt,
            byte @Nullable [] scanHash,
            @Nullable Integer handing,
            @Nullable UUID handedBy,
            @Nullable Instant handedAt) {}

    private static final String READING = """
            select r.paper_id, r.sheet_id, s.period, s.form_id, s.stage, s.cycle_id, s.unit_id, r.pages, r.rows::text as rows, r.version,
                   r.levels, r.unclear, r.asked, r.remarks::text as remarks, r.answer, r.saved_by, r.saved_at, r.scan_hash, r.handing,
                   r.handed_by, r.handed_at
            from sheets.reading r
            join sheets.sheet s on s.tenant_id = r.tenant_id and s.id = r.sheet_id
            """;

    private static Reading reading(ResultSet row) throws SQLException {
        return new Reading(
                row.getObject("paper_id", UUID.class),
                sheet(row, "sheet_id"),
                row.getInt("pages"),
                JSON.readValue(row.getString("rows"), new TypeReference<List<Row>>() {}),
                row.getInt("version"),
                levels(row.getArray("levels")),
                numbers(row.getArray("unclear")),
                numbers(row.getArray("asked")),
                JSON.readValue(row.getString("remarks"), new TypeReference<TreeMap<Integer, String>>() {}),
                row.getString("answer"),
                row.getObject("saved_by", UUID.class),
                moment(row, "saved_at"),
                row.getBytes("scan_hash"),
                row.getObject("handing", Integer.class),
                row.getObject("handed_by", UUID.class),
                moment(row, "handed_at"));
    }

    private static List<@Nullable Integer> levels(Array array) throws SQLException {
        var levels = new ArrayList<@Nullable Integer>();
        for (Object level : (Object[]) array.getArray()) {
            levels.add(level == null ? null : ((Number) level).intValue());
        }
        return levels;
    }

    private static List<Integer> numbers(Array array) throws SQLException {
        var numbers = new ArrayList<Integer>();
        for (Object number : (Object[]) array.getArray()) {
            numbers.add(((Number) number).intValue());
        }
        return numbers;
    }

    private static @Nullable Short[] shorts(List<? extends @Nullable Integer> numbers) {
        var shorts = new @Nullable Short[numbers.size()];
        for (int i = 0; i < shorts.length; i++) {
            Integer number = numbers.get(i);
            shorts[i] = number == null ? null : number.shortValue();
        }
        return shorts;
    }

    Optional<Reading> reading(UUID tenant, UUID paper) {
        return jdbc.sql(READING + "where r.tenant_id = ? and r.paper_id = ?")
                .params(tenant, paper)
                .query((row, n) -> reading(row))
                .optional();
    }

    Optional<Reading> readingLocked(UUID tenant, UUID paper) {
        jdbc.sql("select paper_id from sheets.reading where tenant_id = ? and paper_id = ? for update")
                .params(tenant, paper)
                .query((row, n) -> n)
                .list();
        return reading(tenant, paper);
    }

    /** Begins to read a paper; nothing is changed when somebody did already. */
    void begin(UUID tenant, UUID paper, UUID sheet, int pages, List<Row> rows, int items) {
        jdbc.sql("""
                        insert into sheets.reading (tenant_id, paper_id, sheet_id, pages, rows, levels)
                        values (?, ?, ?, ?, ?::jsonb, array_fill(null::smallint, array[?]))
                        on conflict (tenant_id, paper_id) do nothing
                        """)
                .params(tenant, paper, sheet, pages, JSON.writeValueAsString(rows), items)
                .update();
    }

    /** @return the version it is now; empty when somebody saved since, or it was handed in */
    OptionalInt save(
            UUID tenant,
            UUID paper,
            int version,
            List<@Nullable Integer> levels,
            List<Integer> unclear,
            List<Integer> asked,
            Map<Integer, String> remarks,
            String answer,
            UUID account,
            Instant at) {
        return jdbc
                .sql("""
                        update sheets.reading
                        set levels = :levels, unclear = :unclear, asked = :asked, remarks = :remarks::jsonb, answer = :answer,
                            version = version + 1, saved_by = :account, saved_at = :at
                        where tenant_id = :tenant and paper_id = :paper and version = :version and handed_at is null
                        returning version
                        """)
                .param("levels", shorts(levels))
                .param("unclear", shorts(unclear))
                .param("asked", shorts(asked))
                .param("remarks", JSON.writeValueAsString(remarks))
                .param("answer", answer)
                .param("account", account)
                .param("at", Timestamp.from(at))
                .param("tenant", tenant)
                .param("paper", paper)
                .param("version", version)
                .query((row, n) -> row.getInt("version"))
                .list()
                .stream()
                .mapToInt(Integer::intValue)
                .findFirst();
    }

    void handedIn(UUID tenant, UUID paper, byte[] scan, int handing, UUID account, Instant at) {
        one(jdbc.sql("""
                        update sheets.reading set scan_hash = ?, handing = ?, handed_by = ?, handed_at = ?
                        where tenant_id = ? and paper_id = ? and handed_at is null
                        """)
                .param(scan)
                .params(handing, account, Timestamp.from(at), tenant, paper)
                .update());
    }

    /**
     * A paper in a list.
     *
     * @param missing pages of which there is no picture; {@code doubles}: with several
     * @param read items with a level; {@code unclear}: that cannot be read
     * @param late the stage was handed in otherwise, or nothing can be handed in any more
     */
    record Line(
            UUID paperId,
            String code,
            Sheet sheet,
            String fullName,
            String unitName,
            String stageName,
            int pages,
            int missing,
            int doubles,
            int items,
            int read,
            int unclear,
            boolean late,
            @Nullable Instant handedAt) {}

    private static final String LINE = """
            select r.paper_id, p.code, r.sheet_id, s.period, s.form_id, s.stage, s.cycle_id, s.unit_id, f.full_name, f.unit_name,
                   c.name as stage_name, r.pages, r.pages - n.there as missing, n.doubles, cardinality(r.levels) as items,
                   (select count(l) from unnest(r.levels) l)::int as read, cardinality(r.unclear) as unclear, k.late, r.handed_at
            from sheets.reading r
            join sheets.sheet s on s.tenant_id = r.tenant_id and s.id = r.sheet_id
            join assessments.form f on f.tenant_id = s.tenant_id and f.period = s.period and f.id = s.form_id
            join assessments.cycle_stage c on c.tenant_id = s.tenant_id and c.cycle_id = s.cycle_id and c.code = s.stage
            join documents.paper p on p.tenant_id = r.tenant_id and p.id = r.paper_id
            join assessments.cycle y on y.tenant_id = s.tenant_id and y.id = s.cycle_id
            join assessments.rating a on a.tenant_id = s.tenant_id and a.period = s.period and a.form_id = s.form_id and a.stage = s.stage
            cross join lateral (
                select r.handed_at is null
                       and (y.state <> 'open' or f.state <> 'open' or a.state = 'handed-in' or exists (
                           select from documents.paper_state t
                           where t.tenant_id = r.tenant_id and t.paper_id = r.paper_id and t.state in ('superseded', 'withdrawn')))
                       as late) k
            cross join lateral (
                select count(*)::int as there, (count(*) filter (where x.pictures > 1))::int as doubles
                from (select g.page, count(*) as pictures from sheets.page g
                      where g.tenant_id = r.tenant_id and g.paper_id = r.paper_id and not g.dropped group by g.page) x) n
            where r.tenant_id = :tenant and f.unit_id in (
                select d.descendant_id from directory.unit_closure d where d.tenant_id = :tenant and d.ancestor_id = any (:units))
            """;

    private static Line line(ResultSet row) throws SQLException {
        return new Line(
                row.getObject("paper_id", UUID.class),
                row.getString("code"),
                sheet(row, "sheet_id"),
                row.getString("full_name"),
                row.getString("unit_name"),
                row.getString("stage_name"),
                row.getInt("pages"),
                row.getInt("missing"),
                row.getInt("doubles"),
                row.getInt("items"),
                row.getInt("read"),
                row.getInt("unclear"),
                row.getBoolean("late"),
                moment(row, "handed_at"));
    }

    /** Papers that wait for somebody, or those that do not: handed in, or too late. @param pile of which they have a page; null for all */
    List<Line> lines(UUID tenant, UUID[] units, @Nullable UUID pile, boolean waiting) {
        return jdbc.sql(LINE + """
                        and (r.handed_at is null and not k.late) = :waiting
                        and (cast(:pile as uuid) is null or exists (
                            select from sheets.page g
                            where g.tenant_id = r.tenant_id and g.paper_id = r.paper_id and g.pile_id = cast(:pile as uuid)))
                        order by f.unit_name, f.sort_key, s.stage, r.paper_id
                        limit :most
                        """)
                .param("tenant", tenant)
                .param("units", units)
                .param("pile", pile)
                .param("waiting", waiting)
                .param("most", MOST_PAPERS)
                .query((row, n) -> line(row))
                .list();
    }

    // Sweeping

    /** @param pile whose pictures went, {@code by} who had brought them */
    record Swept(UUID tenant, UUID pile, UUID by, int pictures) {}

    /** Deletes pictures of papers handed in before a moment, of pages of no paper read before it, and of all read before another. */
    List<Swept> sweep(Instant before, Instant longBefore) {
        return jdbc.sql("""
                        with gone as (
                            delete from sheets.page_image i
                            using sheets.page g
                            left join sheets.reading r on r.tenant_id = g.tenant_id and r.paper_id = g.paper_id
                            where i.tenant_id = g.tenant_id and i.page_id = g.id
                              and (r.handed_at < :before or g.paper_id is null and g.read_at < :before or g.read_at < :long)
                            returning i.tenant_id, g.pile_id)
                        select p.tenant_id, p.id, p.created_by, count(*)::int as pictures
                        from gone join sheets.pile p on p.tenant_id = gone.tenant_id and p.id = gone.pile_id
                        group by p.tenant_id, p.id, p.created_by
                        """)
                .param("before", Timestamp.from(before))
                .param("long", Timestamp.from(longBefore))
                .query((row, n) -> new Swept(
                        row.getObject("tenant_id", UUID.class),
                        row.getObject("id", UUID.class),
                        row.getObject("created_by", UUID.class),
                        row.getInt("pictures")))
                .list();
    }
}
