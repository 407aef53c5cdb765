package vn.chuanmuc.assessments;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Forms.Attachment;
import vn.chuanmuc.assessments.Forms.Form;
import vn.chuanmuc.assessments.Forms.Said;
import vn.chuanmuc.assessments.Forms.Sheet;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.rules.RuleBook.Actor;

/** Forms, what is said in them, and who may see it: asked of {@code assessments.seen}, here and nowhere else. */
@Component
class FormStore {

    private static final int MOST_STANDS = 200;

    /** Who the person is now, of {@code directory.person m} that the form was made for: asked for once, however often it is used. */
    private static final String PRESENT = "coalesce(m.merged_into, f.person_id)";

    private static final String SHEET = """
            select %1$s, c.state as cycle_state, c.unit_id as cycle_unit, c.opens_on, c.rule_version, f.set_id, f.items, f.commitment_id,
                   f.document_hash, f.leads, f.sample, f.route, f.step, f.state, f.reason, f.version, k.reads, s.stage, s.ord, s.actor, s.blind, s.unit_id as acting_unit, s.account_id as acting_account,
                   s.due, s.state as said_state, s.version as said_version, s.handing, s.saved_at, s.saved_by, s.handed_at, s.acting,
                   s.visible, s.levels, exists (select from directory.person o
                                                where o.tenant_id = f.tenant_id and o.merged_into = %2$s) as several
            from assessments.form f
            join assessments.cycle c on c.tenant_id = f.tenant_id and c.id = f.cycle_id
            left join directory.person m on m.tenant_id = f.tenant_id and m.id = f.person_id
            cross join lateral (
                select cardinality(cast(:reads as uuid[])) > 0 and exists (
                    select from directory.unit_closure d
                    where d.tenant_id = f.tenant_id and d.descendant_id = f.unit_id
                      and d.ancestor_id = any (cast(:reads as uuid[]))) as reads) k
            left join lateral assessments.seen(:tenant, :period, f.id,
                case when %2$s = cast(:person as uuid) then f.person_id else cast(:person as uuid) end, :account, :held, k.reads, :panel) s on true
            where f.tenant_id = :tenant and f.period = :period and f.id = :form and c.state <> 'creating'
            """.formatted(FormHead.columns(PRESENT), PRESENT);

    /** The guard of every save: whose turn it is, on the version that was read, by somebody who acts. */
    private static final String SAVE = """
            with saved as (
                update assessments.rating r
                set levels = :levels, version = r.version + 1, saved_at = :now, saved_by = :account,
                    begun_at = coalesce(r.begun_at, :now)
                from assessments.form f
                join assessments.cycle c on c.tenant_id = f.tenant_id and c.id = f.cycle_id
                where r.tenant_id = :tenant and r.period = :period and r.form_id = :form and r.stage = :stage
                  and f.tenant_id = :tenant and f.period = :period and f.id = :form
                  and r.version = :version and r.state = 'open' and f.state = 'open' and c.state = 'open'
                  and c.opens_on <= :today and cardinality(r.levels) = cardinality(:levels)
                  and (select coalesce(max(l), 0) from unnest(:levels) l) <= c.levels
                  and assessments.acts(f.person_id, r.actor, r.unit_id, r.account_id, %s, :account, :held)
                returning r.version),
            given as (
                select g.position, g.words from unnest(cast(:positions as smallint[]), cast(:words as text[])) as g (position, words)
                where exists (select from saved)),
            gone as (
                delete from assessments.remark m
                where m.tenant_id = :tenant and m.period = :period and m.form_id = :form and m.stage = :stage
                  and exists (select from saved)
                  and m.position <> all (cast(:positions as smallint[]))),
            written as (
                insert into assessments.remark (tenant_id, period, form_id, stage, position, words)
                select :tenant, :period, :form, :stage, g.position, g.words from given g
                on conflict (tenant_id, period, form_id, stage, position) do update set words = excluded.words
                    where assessments.remark.words <> excluded.words)
            select version from saved
            """.formatted(FormHead.ASKING);

    private final JdbcClient jdbc;

    FormStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The statement for one quarter, whose number stands in the text: PostgreSQL then plans it once for the one partition it needs,
     * instead of weighing all of them each time.
     */
    private JdbcClient.StatementSpec in(Period period, String sql) {
        return jdbc.sql(sql.replace(":period", Integer.toString(period.code())));
    }

    static UUID[] held(Viewer viewer) {
        return viewer.unitsWith(Permission.RATE_AS_HEAD);
    }

    private static @Nullable Instant moment(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }

    /** The form with what the viewer may see of it, as of now; empty when there is none. Who may see it at all is not asked here. */
    Optional<Sheet> sheet(Viewer viewer, Period period, UUID formId) {
        return sheet(viewer, period, formId, null);
    }

    /** The same for somebody who sits in a meeting about it. @param panel the meeting's stage */
    Optional<Sheet> sheet(Viewer viewer, Period period, UUID formId, @Nullable String panel) {
        return bare(viewer, period, formId, panel).map(Bare::sheet).map(sheet -> {
            List<String> visible = visible(sheet);
            return visible.isEmpty() ? sheet : texts(viewer.tenantId(), sheet, visible);
        });
    }

    /**
     * A sheet, and what the stage's actor said in the quarter before.
     *
     * @param planned whether anything may have been planned in the quarter before: asked along, for mostly nothing was
     */
    record Filled(Sheet sheet, Optional<Before> before, boolean planned) {}

    /** What a page needs to fill a stage in, with one statement less than to ask for both. */
    Optional<Filled> filled(Viewer viewer, Period period, UUID formId, String stage) {
        return bare(viewer, period, formId, null).map(bare -> {
            Sheet sheet = bare.sheet();
            List<String> visible = visible(sheet);
            Optional<Said> said = sheet.stage(stage);
            return visible.isEmpty() || said.isEmpty()
                    ? new Filled(
                            visible.isEmpty() ? sheet : texts(viewer.tenantId(), sheet, visible),
                            said.flatMap(one -> earlier(viewer.tenantId(), sheet.form(), one.actor())),
                            true)
                    : texts(viewer.tenantId(), sheet, visible, said.get().actor(), bare.several());
        });
    }

    private static List<String> visible(Sheet sheet) {
        return sheet.stages().stream().filter(Said::visible).map(Said::stage).toList();
    }

    /** Without remarks and evidence. @param several whether the person has had more records than the one they have now */
    private record Bare(Sheet sheet, boolean several) {}

    private Optional<Bare> bare(Viewer viewer, Period period, UUID formId, @Nullable String panel) {
        var forms = new ArrayList<Form>(1);
        var stages = new ArrayList<Said>();
        var several = new AtomicBoolean();
        in(period, SHEET)
                .param("tenant", viewer.tenantId())
                .param("form", formId)
                .param("person", viewer.personId())
                .param("account", viewer.accountId())
                .param("held", held(viewer))
                .param("reads", viewer.unitsWith(Permission.READ_ASSESSMENTS))
                .param("panel", panel, java.sql.Types.VARCHAR)
                .query(row -> {
                    if (forms.isEmpty()) {
                        forms.add(form(row));
                        several.set(row.getBoolean("several"));
                    }
                    if (row.getString("stage") != null) {
                        stages.add(said(row));
                    }
                });
        if (forms.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Bare(new Sheet(forms.getFirst(), List.copyOf(stages), Map.of(), List.of()), several.get()));
    }

    private static Form form(ResultSet row) throws SQLException {
        return new Form(
                FormHead.of(row),
                Cycle.State.of(row.getString("cycle_state")),
                row.getObject("cycle_unit", UUID.class),
                row.getObject("opens_on", LocalDate.class),
                row.getObject("rule_version", UUID.class),
                row.getObject("set_id", UUID.class),
                row.getInt("items"),
                row.getObject("commitment_id", UUID.class),
                row.getBytes("document_hash"),
                row.getBoolean("leads"),
                row.getBoolean("sample"),
                List.of((String[]) row.getArray("route").getArray()),
                row.getInt("step"),
                Columns.of(Forms.State.class, row.getString("state")),
                row.getString("reason"),
                row.getInt("version"),
                row.getBoolean("reads"));
    }

    private static Said said(ResultSet row) throws SQLException {
        return new Said(
                row.getString("stage"),
                row.getInt("ord"),
                Columns.of(RuleBook.Actor.class, row.getString("actor")),
                row.getBoolean("blind"),
                row.getObject("acting_unit", UUID.class),
                row.getObject("acting_account", UUID.class),
                row.getObject("due", LocalDate.class),
                Columns.of(Forms.Turn.class, row.getString("said_state")),
                row.getInt("handing"),
                moment(row.getTimestamp("handed_at")),
                row.getBoolean("acting"),
                row.getBoolean("visible"),
                row.getInt("said_version"),
                moment(row.getTimestamp("saved_at")),
                row.getObject("saved_by", UUID.class),
                Columns.levels(row.getArray("levels")));
    }

    private static final String TEXTS = """
            select stage, position, words as title, null::uuid as id, null as kind, null as address, null::bytea as hash,
                   null as media_type, null::bigint as size, null as index_code, null as figure, null::date as figure_on,
                   null::uuid as figure_id, null as figure_source, null::smallint[] as levels
            from assessments.remark
            where tenant_id = :tenant and period = :period and form_id = :form and stage = any (:visible)
            union all
            select stage, position, title, id, kind, address, hash, media_type, size, index_code, figure, figure_on,
                   figure_id, figure_source, null
            from assessments.evidence
            where tenant_id = :tenant and period = :period and form_id = :form and stage = any (:visible)
            """;

    /** As a row among the texts: the set and the rule version in place of ids. For the person, who mostly has but one record. */
    private static final String EARLIER = """
            union all
            (select '', 0::smallint, null, f.set_id, 'before', null, null, null, null, null, null, null, c.rule_version, null, r.levels
             from assessments.form f
             join assessments.cycle c on c.tenant_id = f.tenant_id and c.id = f.cycle_id and c.state <> 'cancelled'
             join assessments.rating r on r.tenant_id = f.tenant_id and r.period = f.period and r.form_id = f.id
             where f.tenant_id = :tenant and f.period = :before and f.person_id = %1$s and f.state <> 'cancelled'
               and r.tenant_id = :tenant and r.period = :before and r.actor = :actor and r.state = 'handed-in'
             order by f.day_to desc, r.handed_at desc, f.id desc
             limit 1)
            union all
            select '', 0::smallint, null, null, 'planned', null, null, null, null, null, null, null, null, null, null
            where exists (select from assessments.form f
                          join assessments.growth g on g.tenant_id = f.tenant_id and g.period = f.period and g.form_id = f.id
                          where f.tenant_id = :tenant and f.period = :before and f.person_id = %1$s and f.state = 'told'
                            and g.tenant_id = :tenant and g.period = :before)
            """;

    private static final String IN_ORDER = """
            order by stage, position, id
            limit 20000
            """;

    Sheet texts(UUID tenantId, Sheet sheet, List<String> visible) {
        return texts(tenantId, sheet, visible, null, false).sheet();
    }

    private Filled texts(UUID tenantId, Sheet sheet, List<String> visible, @Nullable Actor earlierOf, boolean several) {
        var remarks = new HashMap<String, Map<Integer, String>>();
        var attachments = new ArrayList<Attachment>();
        var before = new ArrayList<Before>(1);
        var planned = new AtomicBoolean();
        Form form = sheet.form();
        String sql = earlierOf == null
                ? TEXTS + IN_ORDER
                : TEXTS
                        + EARLIER.formatted(several ? FormHead.RECORDS : ":person")
                                .replace(
                                        ":before",
                                        Integer.toString(
                                                form.period().previous().code()))
                        + IN_ORDER;
        JdbcClient.StatementSpec asked = in(form.period(), sql)
                .param("tenant", tenantId)
                .param("form", form.id())
                .param("visible", visible.toArray(String[]::new));
        if (earlierOf != null) {
            asked.param("person", form.personId()).param("actor", Columns.code(earlierOf));
        }
        asked.query(row -> {
            String kind = row.getString("kind");
            if (kind == null) {
                remarks.computeIfAbsent(row.getString("stage"), any -> new TreeMap<>())
                        .put(row.getInt("position"), row.getString("title"));
            } else if (kind.equals("planned")) {
                planned.set(true);
            } else if (kind.equals("before")) {
                before.add(new Before(
                        row.getObject("id", UUID.class),
                        row.getObject("figure_id", UUID.class),
                        Columns.levels(row.getArray("levels"))));
            } else {
                attachments.add(new Attachment(
                        row.getObject("id", UUID.class),
                        row.getString("stage"),
                        row.getInt("position"),
                        Columns.of(Forms.AttachmentKind.class, kind),
                        row.getString("title"),
                        row.getString("address"),
                        row.getBytes("hash"),
                        row.getString("media_type"),
                        row.getObject("size", Long.class),
                        row.getString("index_code"),
                        row.getString("figure"),
                        row.getObject("figure_on", LocalDate.class),
                        row.getObject("figure_id", UUID.class),
                        row.getString("figure_source")));
            }
        });
        return new Filled(
                new Sheet(form, sheet.stages(), remarks, attachments),
                before.stream().findFirst(),
                planned.get());
    }

    /** @param ruleVersion of the cycle it was said in */
    record Before(UUID setId, UUID ruleVersion, List<@Nullable Integer> levels) {}

    /**
     * What the same actor handed in about the same person in the quarter before, whatever the stage was called then; of several
     * units the last. What was called off was never said.
     */
    Optional<Before> earlier(UUID tenantId, Form form, Actor actor) {
        return in(form.period().previous(), """
                        select f.set_id, c.rule_version, r.levels
                        from assessments.form f
                        join assessments.cycle c on c.tenant_id = f.tenant_id and c.id = f.cycle_id and c.state <> 'cancelled'
                        join assessments.rating r on r.tenant_id = f.tenant_id and r.period = f.period and r.form_id = f.id
                        where f.tenant_id = :tenant and f.period = :period and f.person_id = %s and f.state <> 'cancelled'
                          and r.tenant_id = :tenant and r.period = :period and r.actor = :actor and r.state = 'handed-in'
                        order by f.day_to desc, r.handed_at desc, f.id desc
                        limit 1
                        """.formatted(FormHead.RECORDS))
                .param("tenant", tenantId)
                .param("person", form.personId())
                .param("actor", Columns.code(actor))
                .query((row, n) -> new Before(
                        row.getObject("set_id", UUID.class),
                        row.getObject("rule_version", UUID.class),
                        Columns.levels(row.getArray("levels"))))
                .optional();
    }

    /** @return the version it is now; empty when some guard did not hold, and then nothing was written */
    OptionalInt save(
            Viewer viewer,
            Period period,
            UUID formId,
            String stage,
            int version,
            List<@Nullable Integer> levels,
            Map<Integer, String> remarks,
            Instant now,
            LocalDate today) {
        return in(period, SAVE)
                .param("tenant", viewer.tenantId())
                .param("form", formId)
                .param("stage", stage)
                .param("version", version)
                .param("levels", Columns.shorts(levels))
                .param(
                        "positions",
                        remarks.keySet().stream().map(Integer::shortValue).toArray(Short[]::new))
                .param("words", remarks.values().toArray(String[]::new))
                .param("now", Timestamp.from(now))
                .param("today", today)
                .param("person", viewer.personId())
                .param("account", viewer.accountId())
                .param("held", held(viewer))
                .query((row, n) -> row.getInt("version"))
                .list()
                .stream()
                .mapToInt(Integer::intValue)
                .findFirst();
    }

    /** Until the transaction ends nobody else moves the form from stage to stage. */
    boolean lock(UUID tenantId, Period period, UUID formId) {
        return jdbc.sql("""
                        select id from assessments.form where tenant_id = ? and period = ? and id = ? for update
                        """)
                .params(tenantId, period.code(), formId)
                .query((row, n) -> true)
                .optional()
                .isPresent();
    }

    /** @return the number of the handing in; empty when it was handed in already or the version is another */
    OptionalInt handIn(UUID tenantId, Form form, String stage, int version, Instant now) {
        return jdbc
                .sql("""
                        update assessments.rating
                        set state = 'handed-in', handing = handing + 1, handed_at = ?
                        where tenant_id = ? and period = ? and form_id = ? and stage = ? and version = ? and state = 'open'
                        returning handing
                        """)
                .params(Timestamp.from(now), tenantId, form.period().code(), form.id(), stage, version)
                .query((row, n) -> row.getInt("handing"))
                .list()
                .stream()
                .mapToInt(Integer::intValue)
                .findFirst();
    }

    /** When the stage was first saved since it was opened; null when it was not saved yet. */
    @Nullable
    Instant begun(UUID tenantId, Form form, String stage) {
        return jdbc.sql("""
                        select begun_at from assessments.rating
                        where tenant_id = ? and period = ? and form_id = ? and stage = ?
                        """)
                .params(tenantId, form.period().code(), form.id(), stage)
                .query((row, n) -> Optional.ofNullable(moment(row.getTimestamp("begun_at"))))
                .single()
                .orElse(null);
    }

    void insertHanding(
            UUID tenantId,
            Form form,
            String stage,
            int handing,
            List<@Nullable Integer> levels,
            String content,
            byte[] hash,
            int seconds,
            boolean late,
            UUID accountId,
            Instant now,
            PaperForms.@Nullable Scan scan) {
        int rows = jdbc.sql("""
                        insert into assessments.handing
                            (tenant_id, period, form_id, stage, handing, levels, assessed, content, hash, seconds, late, account_id, at,
                             paper_id, scan_hash)
                        values (:tenant, :period, :form, :stage, :handing, :levels, :assessed, :content, :hash, :seconds, :late,
                                :account, :at, :paper, :scan)
                        """)
                .param("tenant", tenantId)
                .param("period", form.period().code())
                .param("form", form.id())
                .param("stage", stage)
                .param("handing", (short) handing)
                .param("levels", Columns.shorts(levels))
                .param("assessed", (short)
                        levels.stream().filter(level -> level != null).count())
                .param("content", content)
                .param("hash", hash)
                .param("seconds", seconds)
                .param("late", late)
                .param("account", accountId)
                .param("at", Timestamp.from(now))
                .param("paper", scan == null ? null : scan.paperId())
                .param("scan", scan == null ? null : scan.hash())
                .update();
        Check.that(rows == 1, "a handing in is one row");
    }

    /** Gives the turn to the next order that is not all in; to none when all are. */
    void advance(UUID tenantId, Form form) {
        int rows =
                jdbc.sql("""
                        update assessments.form f
                        set step = coalesce((select min(r.ord) from assessments.rating r
                                             where r.tenant_id = f.tenant_id and r.period = f.period and r.form_id = f.id
                                               and r.state <> 'handed-in'), 0),
                            version = version + 1
                        where f.tenant_id = ? and f.period = ? and f.id = ?
                        """).params(tenantId, form.period().code(), form.id()).update();
        Check.that(rows == 1, "a locked form is there");
        jdbc.sql("""
                        update assessments.rating r
                        set state = case when r.ord = f.step then 'open' else 'waiting' end
                        from assessments.form f
                        where r.tenant_id = :tenant and r.period = :period and r.form_id = :form
                          and f.tenant_id = :tenant and f.period = :period and f.id = :form
                          and r.state <> 'handed-in' and (r.state = 'open') <> (r.ord = f.step)
                        """)
                .param("tenant", tenantId)
                .param("period", form.period().code())
                .param("form", form.id())
                .update();
    }

    boolean sendBack(UUID tenantId, Form form, String stage) {
        return jdbc.sql("""
                        update assessments.rating set state = 'open', begun_at = null, look_on = default
                        where tenant_id = ? and period = ? and form_id = ? and stage = ? and state = 'handed-in'
                        """)
                        .params(tenantId, form.period().code(), form.id(), stage)
                        .update()
                == 1;
    }

    /** Says who acts: the head of a unit, or somebody in their place. */
    boolean route(UUID tenantId, Form form, String stage, @Nullable UUID unitId, @Nullable UUID accountId) {
        return jdbc.sql("""
                        update assessments.rating set unit_id = :unit, account_id = :account, look_on = default
                        where tenant_id = :tenant and period = :period and form_id = :form and stage = :stage
                          and state <> 'handed-in'
                          and (unit_id is distinct from :unit or account_id is distinct from :account)
                        """)
                        .param("unit", unitId)
                        .param("account", accountId)
                        .param("tenant", tenantId)
                        .param("period", form.period().code())
                        .param("form", form.id())
                        .param("stage", stage)
                        .update()
                == 1;
    }

    boolean extend(UUID tenantId, Form form, String stage, LocalDate due) {
        return jdbc.sql("""
                        update assessments.rating set due = ?, look_on = default
                        where tenant_id = ? and period = ? and form_id = ? and stage = ? and state <> 'handed-in' and due < ?
                        """)
                        .params(due, tenantId, form.period().code(), form.id(), stage, due)
                        .update()
                == 1;
    }

    boolean cancel(UUID tenantId, Form form) {
        return jdbc.sql("""
                        update assessments.form set state = 'cancelled', reason = null, version = version + 1
                        where tenant_id = ? and period = ? and id = ? and state in ('open', 'not-assessed')
                        """).params(tenantId, form.period().code(), form.id()).update() == 1;
    }

    /** Whether somebody other than the person is the unit's head today. */
    boolean headed(UUID tenantId, UUID unitId, UUID personId, LocalDate today) {
        return jdbc.sql("""
                        select exists (
                            select from access.role_grant g
                            join access.account a on a.tenant_id = g.tenant_id and a.id = g.account_id and a.state = 'active'
                            where g.tenant_id = ? and g.unit_id = ? and g.role = 'HEAD' and g.valid_from <= ?
                              and g.valid_to is null and a.person_id is distinct from ?)
                        """)
                .params(tenantId, unitId, today, personId)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    /** The active account of an official, by its sign-in name. */
    Optional<Forms.Stand> official(UUID tenantId, String username) {
        return jdbc.sql("""
                        select id, person_id, display_name from access.account
                        where tenant_id = ? and username = ? and state = 'active' and person_id is not null
                        """)
                .params(tenantId, username)
                .query((row, n) -> new Forms.Stand(
                        row.getObject("id", UUID.class),
                        row.getObject("person_id", UUID.class),
                        row.getString("display_name")))
                .optional();
    }

    List<Forms.Named> stands(UUID tenantId, Form form) {
        return jdbc.sql("""
                        select k.username, k.display_name, p.name as post, v.name as unit
                        from directory.unit_closure c
                        join directory.assignment a on a.tenant_id = c.tenant_id and a.unit_id = c.ancestor_id and a.main
                            and a.valid_to is null and a.person_id <> :person
                        join access.account k on k.tenant_id = a.tenant_id and k.person_id = a.person_id and k.state = 'active'
                        join directory.position p on p.tenant_id = a.tenant_id and p.id = a.position_id
                        join directory.unit_version v on v.tenant_id = a.tenant_id and v.unit_id = a.unit_id and v.valid_to is null
                        where c.tenant_id = :tenant and c.descendant_id = :unit and c.depth <= 2
                        order by c.depth, a.rank_order, a.sort_key, k.username
                        limit :most
                        """)
                .param("tenant", tenantId)
                .param("person", form.personId())
                .param("unit", form.unitId())
                .param("most", MOST_STANDS)
                .query((row, n) -> new Forms.Named(
                        row.getString("username"),
                        row.getString("display_name"),
                        row.getString("post") + ", " + row.getString("unit")))
                .list();
    }

    void insertAttachment(UUID tenantId, Form form, Attachment attachment, UUID accountId, Instant now) {
        int rows = jdbc.sql("""
                        insert into assessments.evidence
                            (tenant_id, period, form_id, stage, id, position, kind, title, address, hash, media_type, size, index_code,
                             figure, figure_on, figure_id, figure_source, added_by, added_at)
                        values (:tenant, :period, :form, :stage, :id, :position, :kind, :title, :address, :hash, :type, :size, :index,
                                :figure, :on, :figureId, :source, :by, :at)
                        """)
                .param("tenant", tenantId)
                .param("period", form.period().code())
                .param("form", form.id())
                .param("stage", attachment.stage())
                .param("id", attachment.id())
                .param("position", (short) attachment.position())
                .param("kind", Columns.code(attachment.kind()))
                .param("title", attachment.title())
                .param("address", attachment.address())
                .param("hash", attachment.hash())
                .param("type", attachment.mediaType())
                .param("size", attachment.size())
                .param("index", attachment.indexCode())
                .param("figure", attachment.figure())
                .param("on", attachment.figureOn())
                .param("figureId", attachment.figureId())
                .param("source", attachment.figureSource())
                .param("by", accountId)
                .param("at", Timestamp.from(now))
                .update();
        Check.that(rows == 1, "an attachment is one row");
    }

    boolean deleteAttachment(UUID tenantId, Form form, String stage, UUID id) {
        return jdbc.sql("""
                        delete from assessments.evidence
                        where tenant_id = ? and period = ? and form_id = ? and stage = ? and id = ?
                        """)
                        .params(tenantId, form.period().code(), form.id(), stage, id)
                        .update()
                == 1;
    }

    /** The stage's row is held: nobody hands it in, or attaches one more, until the transaction ends. */
    boolean lockStage(UUID tenantId, Form form, String stage) {
        return jdbc.sql("""
                        select state from assessments.rating
                        where tenant_id = ? and period = ? and form_id = ? and stage = ? for update
                        """)
                .params(tenantId, form.period().code(), form.id(), stage)
                .query((row, n) -> true)
                .optional()
                .isPresent();
    }

    /** Everything a form was handed in as, the newest first; for those who may read it. */
    List<Forms.Handed> handings(UUID tenantId, Form form, List<String> stages) {
        return jdbc.sql("""
                        select stage, handing, levels, assessed, hash, seconds, late, account_id, at, scan_hash
                        from assessments.handing
                        where tenant_id = ? and period = ? and form_id = ? and stage = any (?)
                        order by at desc, stage
                        limit 200
                        """)
                .param(tenantId)
                .param(form.period().code())
                .param(form.id())
                .param(stages.toArray(String[]::new))
                .query((row, n) -> new Forms.Handed(
                        row.getString("stage"),
                        row.getInt("handing"),
                        Columns.levels(row.getArray("levels")),
                        row.getInt("assessed"),
                        row.getBytes("hash"),
                        row.getInt("seconds"),
                        row.getBoolean("late"),
                        row.getObject("account_id", UUID.class),
                        row.getTimestamp("at").toInstant(),
                        row.getBytes("scan_hash")))
                .list();
    }
}
