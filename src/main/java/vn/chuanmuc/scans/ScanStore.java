package vn.chuanmuc.scans;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;
import vn.chuanmuc.commitments.Standing;
import vn.chuanmuc.documents.PaperCode;
import vn.chuanmuc.documents.PaperState;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.scans.Sheaf.Box;

/** SQL of piles, their pages and what they are put together to. */
@Component
class ScanStore {
    private static final int PART = 1 << 20;
    private static final int MOST_PILES = 100;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient jdbc;

    ScanStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    // Piles

    private static final String PILE = """
            select p.tenant_id, p.id, p.campaign_id, c.title, p.unit_id, coalesce(v.name, '') as unit_name, p.label, p.signed_on,
                   (select count(*) from scans.file f where f.tenant_id = p.tenant_id and f.pile_id = p.id) as files,
                   (select coalesce(sum(f.pages), 0) from scans.file f where f.tenant_id = p.tenant_id and f.pile_id = p.id) as pages,
                   (select count(*) from scans.page g where g.tenant_id = p.tenant_id and g.pile_id = p.id) as read,
                   p.created_by, p.created_at, p.finished_by, p.finished_at, p.swept_at
            from scans.pile p
            join campaigns.campaign c on c.tenant_id = p.tenant_id and c.id = p.campaign_id
            left join directory.unit_version v on v.tenant_id = p.tenant_id and v.unit_id = p.unit_id and v.valid_to is null
            """;

    /** As it stood before a moment. A pile that was opened again is not finished on any day before. */
    private static final String PILE_THEN = """
            select p.tenant_id, p.id, p.campaign_id, c.title, p.unit_id, coalesce(v.name, '') as unit_name, p.label, p.signed_on,
                   (select count(*) from scans.file f
                    where f.tenant_id = p.tenant_id and f.pile_id = p.id and f.uploaded_at < :end) as files,
                   (select coalesce(sum(f.pages), 0) from scans.file f
                    where f.tenant_id = p.tenant_id and f.pile_id = p.id and f.uploaded_at < :end) as pages,
                   (select count(*) from scans.page g
                    where g.tenant_id = p.tenant_id and g.pile_id = p.id and g.read_at < :end) as read,
                   p.created_by, p.created_at, p.finished_by, p.finished_at, p.swept_at
            from (select tenant_id, id, campaign_id, unit_id, label, signed_on, created_by, created_at,
                         case when finished_at < :end then finished_by end as finished_by,
                         case when finished_at < :end then finished_at end as finished_at,
                         case when swept_at < :end then swept_at end as swept_at
                  from scans.pile where created_at < :end) p
            join campaigns.campaign c on c.tenant_id = p.tenant_id and c.id = p.campaign_id
            left join directory.unit_version v on v.tenant_id = p.tenant_id and v.unit_id = p.unit_id
                and v.valid_from <= (:end at time zone 'Asia/Ho_Chi_Minh')::date - 1
                and (v.valid_to is null or v.valid_to > (:end at time zone 'Asia/Ho_Chi_Minh')::date - 1)
            """;

    void insertPile(
            UUID tenant,
            UUID id,
            UUID campaign,
            UUID unit,
            String label,
            @Nullable LocalDate signedOn,
            UUID account,
            Instant at) {
        one(jdbc.sql("""
                        insert into scans.pile (tenant_id, id, campaign_id, unit_id, label, signed_on, created_by, created_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(tenant, id, campaign, unit, label)
                .param(date(signedOn))
                .params(account, Timestamp.from(at))
                .update());
    }

    Optional<Pile> pile(UUID tenant, UUID id) {
        return jdbc.sql(PILE + "where p.tenant_id = ? and p.id = ?")
                .params(tenant, id)
                .query((row, n) -> pile(row))
                .optional();
    }

    /** The piles of these units and all below them, those that are not finished first, then the newest. */
    List<Pile> piles(UUID tenant, UUID[] units, @Nullable Instant end) {
        return then("""
                        where p.tenant_id = :tenant and exists (
                            select from directory.unit_closure u
                            where u.tenant_id = p.tenant_id and u.descendant_id = p.unit_id and u.ancestor_id = any (:units)
                              and not u.custody)
                        order by p.finished_at is not null, p.id desc limit :limit
                        """, end)
                .param("tenant", tenant)
                .param("units", units)
                .param("limit", MOST_PILES)
                .query((row, n) -> pile(row))
                .list();
    }

    /** The pile as it stood before a moment; empty when it was brought later. */
    Optional<Pile> pile(UUID tenant, UUID id, Instant end) {
        return then("where p.tenant_id = :tenant and p.id = :pile", end)
                .param("tenant", tenant)
                .param("pile", id)
                .query((row, n) -> pile(row))
                .optional();
    }

    private JdbcClient.StatementSpec then(String where, @Nullable Instant end) {
        return end == null
                ? jdbc.sql(PILE + where)
                : jdbc.sql(PILE_THEN + where).param("end", Timestamp.from(end));
    }

    /** Papers of ours to which pages read before a moment belong. */
    int papers(UUID tenant, UUID pile, Instant end) {
        return jdbc.sql("""
                        select count(distinct sheaf_id) from scans.page
                        where tenant_id = ? and pile_id = ? and read_at < ?
                        """)
                .params(tenant, pile, Timestamp.from(end))
                .query((row, n) -> row.getInt(1))
                .single();
    }

    List<Scans.Decided> decided(UUID tenant, UUID pile, UUID[] units, Instant end) {
        return jdbc.sql("""
                        select p.code, coalesce(r.full_name, '') as full_name, s.state, s.reason, s.decided_by, s.decided_at
                        from scans.sheaf s
                        join documents.paper p on p.tenant_id = s.tenant_id and p.id = s.paper_id
                        left join campaigns.roster_entry r
                            on r.tenant_id = p.tenant_id and r.campaign_id = p.scope_id and r.person_id = p.subject_id
                               and exists (select from directory.unit_closure u
                                           where u.tenant_id = r.tenant_id and u.descendant_id = r.unit_id
                                             and u.ancestor_id = any (?))
                        where s.tenant_id = ? and s.pile_id = ? and s.decided_at < ? and s.state <> 'open'
                        order by s.decided_at desc, s.id limit 500
                        """)
                .param(units)
                .params(tenant, pile, Timestamp.from(end))
                .query((row, n) -> new Scans.Decided(
                        new PaperCode(row.getString("code")).written(),
                        row.getString("full_name"),
                        Sheaf.State.of(row.getString("state")),
                        row.getString("reason"),
                        row.getObject("decided_by", UUID.class),
                        row.getTimestamp("decided_at").toInstant()))
                .list();
    }

    record Waiting(UUID id, String label, int papers) {}

    /** Piles nobody finished, with how many papers are not decided; at most 20. */
    List<Waiting> waiting(UUID tenant, UUID[] units) {
        return jdbc.sql("""
                        select p.id, p.label, count(s.id) as papers
                        from scans.pile p
                        left join scans.sheaf s
                            on s.tenant_id = p.tenant_id and s.pile_id = p.id and s.state in ('open', 'doubtful')
                        where p.tenant_id = ? and p.finished_at is null and exists (
                            select from directory.unit_closure u
                            where u.tenant_id = p.tenant_id and u.descendant_id = p.unit_id and u.ancestor_id = any (?)
                              and not u.custody)
                        group by p.id, p.label order by p.id limit 20
                        """)
                .param(tenant)
                .param(units)
                .query((row, n) ->
                        new Waiting(row.getObject("id", UUID.class), row.getString("label"), row.getInt("papers")))
                .list();
    }

    private static Pile pile(ResultSet row) throws SQLException {
        return new Pile(
                row.getObject("tenant_id", UUID.class),
                row.getObject("id", UUID.class),
                row.getObject("campaign_id", UUID.class),
                row.getString("title"),
                row.getObject("unit_id", UUID.class),
                row.getString("unit_name"),
                row.getString("label"),
                row.getObject("signed_on", LocalDate.class),
                row.getInt("files"),
                row.getInt("pages"),
                row.getInt("read"),
                row.getObject("created_by", UUID.class),
                row.getTimestamp("created_at").toInstant(),
                row.getObject("finished_by", UUID.class),
                instant(row, "finished_at"),
                instant(row, "swept_at"));
    }

    /** Holds the pile as it is until the transaction ends; false when it is finished. */
    boolean holdOpen(UUID tenant, UUID pile) {
        return jdbc.sql("select finished_at is null from scans.pile where tenant_id = ? and id = ? for no key update")
                .params(tenant, pile)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    /** Lets several go on with the pile, none finish it. */
    boolean shareOpen(UUID tenant, UUID pile) {
        return jdbc.sql("select finished_at is null from scans.pile where tenant_id = ? and id = ? for share")
                .params(tenant, pile)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    void signedOn(UUID tenant, UUID pile, @Nullable LocalDate day) {
        one(jdbc.sql("update scans.pile set signed_on = ? where tenant_id = ? and id = ? and finished_at is null")
                .param(date(day))
                .params(tenant, pile)
                .update());
    }

    boolean finish(UUID tenant, UUID pile, UUID account, Instant at) {
        return jdbc.sql("""
                        update scans.pile set finished_by = ?, finished_at = ?
                        where tenant_id = ? and id = ? and finished_at is null
                        """).params(account, Timestamp.from(at), tenant, pile).update() == 1;
    }

    boolean reopen(UUID tenant, UUID pile) {
        return jdbc.sql("""
                        update scans.pile set finished_by = null, finished_at = null
                        where tenant_id = ? and id = ? and finished_at is not null and swept_at is null
                        """).params(tenant, pile).update() == 1;
    }

    // Files

    record FileRow(UUID id, UUID pileId, int seq, String name, ScanKind kind, byte[] hash, int pages) {}

    boolean hasFile(UUID tenant, UUID pile, byte[] hash) {
        return jdbc.sql("select exists (select from scans.file where tenant_id = ? and pile_id = ? and hash = ?)")
                .param(tenant)
                .param(pile)
                .param(hash)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    int insertFile(
            UUID tenant,
            UUID id,
            UUID pile,
            String name,
            ScanKind kind,
            byte[] hash,
            int pages,
            Path file,
            UUID account,
            Instant at)
            throws IOException {
        int seq = jdbc.sql("select coalesce(max(seq), 0) + 1 from scans.file where tenant_id = ? and pile_id = ?")
                .params(tenant, pile)
                .query((row, n) -> row.getInt(1))
                .single();
        one(jdbc.sql("""
                        insert into scans.file
                            (tenant_id, id, pile_id, seq, name, kind, hash, size, pages, uploaded_by, uploaded_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(tenant, id, pile, seq, name, kind.code())
                .param(hash)
                .params(Files.size(file), pages, account, Timestamp.from(at))
                .update());
        try (InputStream in = Files.newInputStream(file)) {
            int part = 0;
            for (byte[] bytes; (bytes = in.readNBytes(PART)).length > 0; part++) {
                one(jdbc.sql("insert into scans.file_part (tenant_id, file_id, part, bytes) values (?, ?, ?, ?)")
                        .params(tenant, id, part)
                        .param(bytes)
                        .update());
            }
        }
        return seq;
    }

    List<FileRow> files(UUID tenant, UUID pile) {
        return jdbc.sql("""
                        select id, pile_id, seq, name, kind, hash, pages from scans.file
                        where tenant_id = ? and pile_id = ? order by seq limit 1000
                        """)
                .params(tenant, pile)
                .query((row, n) -> new FileRow(
                        row.getObject("id", UUID.class),
                        row.getObject("pile_id", UUID.class),
                        row.getInt("seq"),
                        row.getString("name"),
                        ScanKind.of(row.getString("kind")),
                        row.getBytes("hash"),
                        row.getInt("pages")))
                .list();
    }

    void copyFile(UUID tenant, UUID file, Path to) throws IOException {
        try (OutputStream out = Files.newOutputStream(to)) {
            for (int part = 0; ; part++) {
                Optional<byte[]> bytes = jdbc.sql(
                                "select bytes from scans.file_part where tenant_id = ? and file_id = ? and part = ?")
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

    /** The first page of the pile that is not read yet: its file and its number there. */
    record NextPage(UUID fileId, int number) {}

    Optional<NextPage> nextPage(UUID tenant, UUID pile) {
        return jdbc.sql("""
                        select f.id, n.number
                        from scans.file f cross join lateral generate_series(1, f.pages) as n (number)
                        where f.tenant_id = ? and f.pile_id = ? and not exists (
                            select from scans.page g where g.tenant_id = f.tenant_id and g.file_id = f.id and g.number = n.number)
                        order by f.seq, n.number limit 1
                        """)
                .params(tenant, pile)
                .query((row, n) -> new NextPage(row.getObject("id", UUID.class), row.getInt("number")))
                .optional();
    }

    // Pages

    /** A page to be kept. @param place null when no code told it */
    record NewPage(
            UUID tenant,
            UUID id,
            UUID pile,
            UUID file,
            int number,
            ScanPage.Found found,
            String hint,
            @Nullable UUID sheaf,
            @Nullable Integer page,
            @Nullable PagePlace place,
            int turned,
            int width,
            int height,
            Instant at,
            byte @Nullable [] jpeg) {}

    void insertPage(NewPage page) {
        one(jdbc.sql("""
                        insert into scans.page
                            (tenant_id, id, pile_id, file_id, number, found, hint, sheaf_id, page, place, turned, width, height, read_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?)
                        """)
                .params(page.tenant(), page.id(), page.pile(), page.file(), page.number())
                .params(page.found().code(), page.hint())
                .param(page.sheaf())
                .param(page.page())
                .param(page.place() == null ? null : JSON.writeValueAsString(page.place()))
                .params(page.turned(), page.width(), page.height(), Timestamp.from(page.at()))
                .update());
        if (page.jpeg() != null) {
            one(jdbc.sql("insert into scans.page_image (tenant_id, page_id, hash, bytes) values (?, ?, ?, ?)")
                    .params(page.tenant(), page.id())
                    .param(Sha256.of(page.jpeg()))
                    .param(page.jpeg())
                    .update());
        }
    }

    private static final String PAGE = """
            select g.id, g.pile_id, g.file_id, f.name as file_name, f.seq, g.number, g.found, g.hint, g.sheaf_id, g.page, g.chosen,
                   g.place is not null as placed, g.by_hand, g.reason, g.assigned_by, g.turned, g.width, g.height, g.read_at
            from scans.page g join scans.file f on f.tenant_id = g.tenant_id and f.id = g.file_id
            """;

    Optional<ScanPage> page(UUID tenant, UUID id) {
        return jdbc.sql(PAGE + "where g.tenant_id = ? and g.id = ?")
                .params(tenant, id)
                .query((row, n) -> page(row))
                .optional();
    }

    Optional<ScanPage> pageLocked(UUID tenant, UUID id) {
        return jdbc.sql(PAGE + "where g.tenant_id = ? and g.id = ? for update of g")
                .params(tenant, id)
                .query((row, n) -> page(row))
                .optional();
    }

    /** Pages that belong to no paper, in the order of the pile. */
    List<ScanPage> loose(UUID tenant, UUID pile) {
        return jdbc.sql(PAGE + """
                        where g.tenant_id = ? and g.pile_id = ? and g.sheaf_id is null order by f.seq, g.number limit 3000
                        """)
                .params(tenant, pile)
                .query((row, n) -> page(row))
                .list();
    }

    private static ScanPage page(ResultSet row) throws SQLException {
        return new ScanPage(
                row.getObject("id", UUID.class),
                row.getObject("pile_id", UUID.class),
                row.getObject("file_id", UUID.class),
                row.getString("file_name"),
                row.getInt("number"),
                ScanPage.Found.of(row.getString("found")),
                row.getString("hint"),
                row.getObject("sheaf_id", UUID.class),
                row.getObject("page", Integer.class),
                row.getObject("chosen", Boolean.class),
                row.getBoolean("placed"),
                row.getBoolean("by_hand"),
                row.getString("reason"),
                row.getObject("assigned_by", UUID.class),
                row.getInt("turned"),
                row.getInt("width"),
                row.getInt("height"),
                row.getTimestamp("read_at").toInstant());
    }

    Optional<PagePlace> place(UUID tenant, UUID page) {
        return jdbc.sql("select place from scans.page where tenant_id = ? and id = ? and place is not null")
                .params(tenant, page)
                .query((row, n) -> JSON.readValue(row.getString("place"), PagePlace.class))
                .optional();
    }

    Optional<byte[]> image(UUID tenant, UUID page) {
        return jdbc.sql("select bytes from scans.page_image where tenant_id = ? and page_id = ?")
                .params(tenant, page)
                .query((row, n) -> row.getBytes("bytes"))
                .optional();
    }

    void assign(UUID tenant, UUID page, UUID sheaf, int number, String reason, UUID account, Instant at) {
        one(jdbc.sql("""
                        update scans.page
                        set sheaf_id = ?, page = ?, chosen = null, by_hand = true, reason = ?, assigned_by = ?, assigned_at = ?
                        where tenant_id = ? and id = ? and sheaf_id is null
                        """)
                .params(sheaf, number, reason, account, Timestamp.from(at), tenant, page)
                .update());
    }

    void takeOut(UUID tenant, UUID page) {
        one(jdbc.sql("""
                        update scans.page
                        set sheaf_id = null, page = null, chosen = null, by_hand = false, reason = '', assigned_by = null,
                            assigned_at = null
                        where tenant_id = ? and id = ? and sheaf_id is not null and by_hand
                        """).params(tenant, page).update());
    }

    void turn(UUID tenant, UUID page, int turned, int width, int height, byte[] jpeg) {
        one(jdbc.sql("""
                        update scans.page set turned = ?, width = ?, height = ?, place = null where tenant_id = ? and id = ?
                        """).params(turned, width, height, tenant, page).update());
        one(jdbc.sql("update scans.page_image set hash = ?, bytes = ? where tenant_id = ? and page_id = ?")
                .param(Sha256.of(jpeg))
                .param(jpeg)
                .params(tenant, page)
                .update());
    }

    void choose(UUID tenant, UUID sheaf, int number, UUID page) {
        int changed = jdbc.sql(
                        "update scans.page set chosen = (id = ?) where tenant_id = ? and sheaf_id = ? and page = ?")
                .params(page, tenant, sheaf, number)
                .update();
        Check.that(changed > 0, "one of the pictures of the page");
    }

    // Papers put together

    /** The paper in the pile; made when it is its first page. */
    UUID sheaf(UUID tenant, UUID pile, UUID paper, int pages, List<Box> boxes) {
        jdbc.sql("""
                        insert into scans.sheaf (tenant_id, id, pile_id, paper_id, pages, boxes, state)
                        values (?, ?, ?, ?, ?, ?::jsonb, 'open')
                        on conflict (tenant_id, pile_id, paper_id) do nothing
                        """)
                .params(tenant, Ids.next(), pile, paper, pages, JSON.writeValueAsString(boxes))
                .update();
        return jdbc.sql("select id from scans.sheaf where tenant_id = ? and pile_id = ? and paper_id = ?")
                .params(tenant, pile, paper)
                .query((row, n) -> row.getObject("id", UUID.class))
                .single();
    }

    /** A paper in a pile and how many pages it has there. */
    record Counted(UUID sheaf, int pages) {}

    Optional<Counted> counted(UUID tenant, UUID pile, UUID paper) {
        return jdbc.sql("select id, pages from scans.sheaf where tenant_id = ? and pile_id = ? and paper_id = ?")
                .params(tenant, pile, paper)
                .query((row, n) -> new Counted(row.getObject("id", UUID.class), row.getInt("pages")))
                .optional();
    }

    /**
     * Whether the paper has so many pages. What is printed on a page counts for more than the layout of today: while nothing but pages
     * put in by hand says otherwise, the count becomes that one.
     */
    boolean countsAs(UUID tenant, UUID sheaf, int pages, List<Box> boxes) {
        jdbc.sql("""
                        update scans.sheaf s set pages = :pages, boxes = :boxes::jsonb
                        where s.tenant_id = :tenant and s.id = :sheaf and s.pages <> :pages and s.state <> 'confirmed'
                          and not exists (
                            select from scans.page g
                            where g.tenant_id = s.tenant_id and g.sheaf_id = s.id and (not g.by_hand or g.page > :pages))
                        """)
                .param("pages", pages)
                .param("boxes", JSON.writeValueAsString(boxes))
                .param("tenant", tenant)
                .param("sheaf", sheaf)
                .update();
        return jdbc.sql("select pages from scans.sheaf where tenant_id = ? and id = ? for update")
                        .params(tenant, sheaf)
                        .query((row, n) -> row.getInt(1))
                        .single()
                == pages;
    }

    /** It changed: whoever looked at it must look again. */
    void changed(UUID tenant, UUID sheaf) {
        one(jdbc.sql("update scans.sheaf set version = version + 1 where tenant_id = ? and id = ?")
                .params(tenant, sheaf)
                .update());
    }

    /** Holds the paper until the transaction ends. */
    void hold(UUID tenant, UUID sheaf) {
        if (jdbc.sql("select id from scans.sheaf where tenant_id = ? and id = ? for update")
                .params(tenant, sheaf)
                .query((row, n) -> row.getObject("id", UUID.class))
                .optional()
                .isEmpty()) {
            throw new NotFound("paper of the pile");
        }
    }

    private static final String SHEAF = """
            select s.id, s.pile_id, s.paper_id, p.code, t.state as paper_state, p.scope_id, p.subject_id, s.pages, s.boxes, s.state,
                   s.version, s.reason_kind, s.reason, s.decided_by, s.decided_at, s.signed_on, s.content_hash,
                   r.full_name, r.position_name, r.unit_name, r.unit_id, k.standing,
                   p.scope_id = q.campaign_id as same_campaign,
                   exists (select from directory.unit_closure u
                           where u.tenant_id = s.tenant_id and u.ancestor_id = q.unit_id and u.descendant_id = r.unit_id)
                   and exists (select from directory.unit_closure u
                           where u.tenant_id = s.tenant_id and u.ancestor_id = any (:units) and u.descendant_id = r.unit_id
                             and not u.custody) as here,
                   coalesce(l.version, 0) as seen_version, o.account_id as other_account, o.at as other_at
            from scans.sheaf s
            join scans.pile q on q.tenant_id = s.tenant_id and q.id = s.pile_id
            join documents.paper p on p.tenant_id = s.tenant_id and p.id = s.paper_id
            join lateral (select state from documents.paper_state x
                          where x.tenant_id = s.tenant_id and x.paper_id = s.paper_id order by x.seq desc limit 1) t on true
            left join campaigns.roster_entry r
                on r.tenant_id = p.tenant_id and r.campaign_id = p.scope_id and r.person_id = p.subject_id
            left join commitments.v_standing k
                on k.tenant_id = p.tenant_id and k.campaign_id = p.scope_id and k.person_id = p.subject_id
            left join scans.look l on l.tenant_id = s.tenant_id and l.sheaf_id = s.id and l.account_id = :account
            left join lateral (select account_id, at from scans.look y
                               where y.tenant_id = s.tenant_id and y.sheaf_id = s.id and y.account_id <> :account
                               order by y.at desc limit 1) o on true
            """;

    List<Sheaf> sheaves(UUID tenant, UUID pile, UUID account, UUID[] units) {
        Map<UUID, List<ScanPage>> pages = pages(tenant, pile, null);
        return jdbc.sql(SHEAF + """
                        where s.tenant_id = :tenant and s.pile_id = :pile order by r.sort_key, p.code limit 3000
                        """)
                .param("tenant", tenant)
                .param("pile", pile)
                .param("account", account)
                .param("units", units)
                .query((row, n) -> sheaf(row, pages))
                .list();
    }

    Optional<Sheaf> sheafOf(UUID tenant, UUID pile, UUID sheaf, UUID account, UUID[] units) {
        Map<UUID, List<ScanPage>> pages = pages(tenant, pile, sheaf);
        return jdbc.sql(SHEAF + "where s.tenant_id = :tenant and s.pile_id = :pile and s.id = :sheaf")
                .param("tenant", tenant)
                .param("pile", pile)
                .param("sheaf", sheaf)
                .param("account", account)
                .param("units", units)
                .query((row, n) -> sheaf(row, pages))
                .optional();
    }

    private Map<UUID, List<ScanPage>> pages(UUID tenant, UUID pile, @Nullable UUID sheaf) {
        return jdbc
                .sql(PAGE + """
                        where g.tenant_id = ? and g.pile_id = ? and g.sheaf_id is not null and (?::uuid is null or g.sheaf_id = ?)
                        order by g.page, f.seq, g.number limit 3000
                        """)
                .param(tenant)
                .param(pile)
                .param(sheaf)
                .param(sheaf)
                .query((row, n) -> page(row))
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        page -> java.util.Objects.requireNonNull(page.sheafId()), HashMap::new, Collectors.toList()));
    }

    private static Sheaf sheaf(ResultSet row, Map<UUID, List<ScanPage>> pages) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        boolean here = row.getBoolean("here");
        String name = row.getString("full_name");
        String standing = row.getString("standing");
        return new Sheaf(
                id,
                row.getObject("pile_id", UUID.class),
                row.getObject("paper_id", UUID.class),
                new PaperCode(row.getString("code")),
                paperState(row.getString("paper_state")),
                row.getObject("scope_id", UUID.class),
                row.getObject("subject_id", UUID.class),
                row.getInt("pages"),
                JSON.readValue(row.getString("boxes"), new TypeReference<List<Box>>() {}),
                Sheaf.State.of(row.getString("state")),
                row.getInt("version"),
                row.getString("reason_kind"),
                row.getString("reason"),
                row.getObject("decided_by", UUID.class),
                instant(row, "decided_at"),
                row.getObject("signed_on", LocalDate.class),
                row.getBytes("content_hash"),
                name == null || !here
                        ? null
                        : new Sheaf.Person(
                                name,
                                row.getString("position_name"),
                                row.getString("unit_name"),
                                row.getObject("unit_id", UUID.class),
                                standing == null ? null : standing(standing)),
                here,
                row.getBoolean("same_campaign"),
                pages.getOrDefault(id, List.of()),
                row.getInt("seen_version"),
                row.getObject("other_account", UUID.class),
                instant(row, "other_at"));
    }

    private static PaperState paperState(String code) {
        return PaperState.valueOf(code.toUpperCase(java.util.Locale.ROOT));
    }

    private static Standing standing(String code) {
        return Standing.valueOf(code.toUpperCase(java.util.Locale.ROOT));
    }

    void look(UUID tenant, UUID sheaf, UUID account, int version, Instant at) {
        one(jdbc.sql("""
                        insert into scans.look (tenant_id, sheaf_id, account_id, version, at) values (?, ?, ?, ?, ?)
                        on conflict (tenant_id, sheaf_id, account_id) do update set version = excluded.version, at = excluded.at
                        """)
                .params(tenant, sheaf, account, version, Timestamp.from(at))
                .update());
    }

    /** A decision that is not a signature. */
    boolean decide(
            UUID tenant,
            UUID sheaf,
            int version,
            Sheaf.State to,
            String kind,
            String reason,
            UUID account,
            Instant at) {
        return jdbc.sql("""
                        update scans.sheaf
                        set state = ?, reason_kind = ?, reason = ?, decided_by = ?, decided_at = ?, version = version + 1
                        where tenant_id = ? and id = ? and version = ? and state <> 'confirmed'
                        """)
                        .params(to.code(), kind, reason, account, Timestamp.from(at), tenant, sheaf, version)
                        .update()
                == 1;
    }

    void confirmed(
            UUID tenant,
            UUID sheaf,
            int version,
            LocalDate signedOn,
            byte[] content,
            UUID commitment,
            UUID account,
            Instant at) {
        one(jdbc.sql("""
                        update scans.sheaf
                        set state = 'confirmed', signed_on = ?, content_hash = ?, commitment_id = ?, decided_by = ?, decided_at = ?,
                            version = version + 1
                        where tenant_id = ? and id = ? and version = ? and state in ('open', 'doubtful')
                        """)
                .param(date(signedOn))
                .param(content)
                .params(commitment, account, Timestamp.from(at), tenant, sheaf, version)
                .update());
    }

    /** People of the campaign in these units whose name fits, with an unsigned paper to sign by hand; at most 20. */
    record Candidate(UUID paperId, String code, String fullName, String positionName, String unitName) {}

    List<Candidate> candidates(UUID tenant, UUID campaign, UUID unit, String kind, String words) {
        return jdbc.sql("""
                        select p.id, p.code, r.full_name, r.position_name, r.unit_name
                        from campaigns.roster_entry r
                        join directory.unit_closure u
                            on u.tenant_id = r.tenant_id and u.ancestor_id = ? and u.descendant_id = r.unit_id
                        join documents.paper p
                            on p.tenant_id = r.tenant_id and p.kind = ? and p.scope_id = r.campaign_id and p.subject_id = r.person_id
                        join lateral (select state from documents.paper_state x
                                      where x.tenant_id = p.tenant_id and x.paper_id = p.id order by x.seq desc limit 1) t on true
                        where r.tenant_id = ? and r.campaign_id = ? and t.state = 'issued' and r.search_key like ? escape '\\'
                        order by r.sort_key, p.id limit 20
                        """)
                .params(unit, kind, tenant, campaign, words)
                .query((row, n) -> new Candidate(
                        row.getObject("id", UUID.class),
                        new PaperCode(row.getString("code")).written(),
                        row.getString("full_name"),
                        row.getString("position_name"),
                        row.getString("unit_name")))
                .list();
    }

    // Keeping and deleting

    record Kept(LocalDate validFrom, int days, String basis, UUID setBy, Instant setAt) {}

    /** The settings, the newest first; the first that has begun holds. */
    List<Kept> retentions(UUID tenant) {
        return jdbc.sql("""
                        select valid_from, days, basis, set_by, set_at from scans.retention
                        where tenant_id = ? order by valid_from desc, id desc limit 50
                        """)
                .param(tenant)
                .query((row, n) -> new Kept(
                        row.getObject("valid_from", LocalDate.class),
                        row.getInt("days"),
                        row.getString("basis"),
                        row.getObject("set_by", UUID.class),
                        row.getTimestamp("set_at").toInstant()))
                .list();
    }

    void insertRetention(UUID tenant, UUID id, Kept kept) {
        one(jdbc.sql("""
                        insert into scans.retention (tenant_id, id, valid_from, days, basis, set_by, set_at)
                        values (?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(tenant, id)
                .param(date(kept.validFrom()))
                .params(kept.days(), kept.basis(), kept.setBy(), Timestamp.from(kept.setAt()))
                .update());
    }

    record Finished(UUID tenantId, UUID pileId, UUID finishedBy, Instant finishedAt) {}

    /** Piles that are finished and still have their files, the oldest first; at most 200. */
    List<Finished> unswept() {
        return jdbc.sql("""
                        select tenant_id, id, finished_by, finished_at from scans.pile
                        where finished_at is not null and swept_at is null order by finished_at limit 200
                        """)
                .query((row, n) -> new Finished(
                        row.getObject("tenant_id", UUID.class),
                        row.getObject("id", UUID.class),
                        row.getObject("finished_by", UUID.class),
                        row.getTimestamp("finished_at").toInstant()))
                .list();
    }

    /** How many pictures and files went; null when somebody was quicker or took the pile up again. */
    record Swept(int pictures, int strangers, int files) {}

    @Nullable
    Swept sweep(UUID tenant, UUID pile, Instant finishedAt, Instant at) {
        int marked = jdbc.sql("""
                        update scans.pile set swept_at = ?
                        where tenant_id = ? and id = ? and finished_at = ? and swept_at is null
                        """)
                .params(Timestamp.from(at), tenant, pile, Timestamp.from(finishedAt))
                .update();
        if (marked == 0) {
            return null;
        }
        int strangers = jdbc.sql("""
                        delete from scans.page_image i using scans.page g
                        where i.tenant_id = ? and g.tenant_id = i.tenant_id and g.id = i.page_id and g.pile_id = ?
                          and g.sheaf_id is null
                        """).params(tenant, pile).update();
        int others = jdbc.sql("""
                        delete from scans.page_image i using scans.page g
                        where i.tenant_id = ? and g.tenant_id = i.tenant_id and g.id = i.page_id and g.pile_id = ?
                        """).params(tenant, pile).update();
        jdbc.sql("""
                        delete from scans.file_part i using scans.file f
                        where i.tenant_id = ? and f.tenant_id = i.tenant_id and f.id = i.file_id and f.pile_id = ?
                        """).params(tenant, pile).update();
        int files = jdbc.sql("select count(*) from scans.file where tenant_id = ? and pile_id = ?")
                .params(tenant, pile)
                .query((row, n) -> row.getInt(1))
                .single();
        return new Swept(strangers + others, strangers, files);
    }

    private static @Nullable Date date(@Nullable LocalDate day) {
        return day == null ? null : Date.valueOf(day);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    private static void one(int changed) {
        Check.that(changed == 1, "one row is written");
    }

    /** Fills a file for {@link PageSource}. */
    PageSource open(UUID tenant, FileRow file) throws Unreadable {
        try {
            return PageSource.of(copy -> copyFile(tenant, file.id(), copy), file.kind());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
