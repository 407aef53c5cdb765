package vn.chuanmuc.submissions;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;
import vn.chuanmuc.campaigns.ListProgress;
import vn.chuanmuc.commitments.Standing;
import vn.chuanmuc.criteria.Audience;
import vn.chuanmuc.directory.Lines;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.platform.Planner;
import vn.chuanmuc.submissions.ListVersion.Step;
import vn.chuanmuc.submissions.Lists.Filter;
import vn.chuanmuc.submissions.Lists.Key;
import vn.chuanmuc.submissions.Lists.Listed;

@Component
class ListStore {
    private static final int BATCH = 1_000;
    private static final int MOST_VERSIONS = 500;
    private static final int MOST_ROWS = 200_000;
    private static final String VERSION = """
            select list_id, version, state, expected, signed, declined, excused, content_hash, parent_name,
                   receiver_name, compiled_by,
                   compiled_at, compile_note, approved_by, approved_at, submitted_by, submitted_at, decided_by, decided_at,
                   decision_note, late_rows, late_reason, ended_by, ended_at, end_note
            from submissions.list_version
            where tenant_id = ? and list_id = ?
            """;
    private static final List<String> COLUMNS = List.of(
            "person_id",
            "sort_key",
            "search_key",
            "rank_order",
            "full_name",
            "birth_date",
            "position_name",
            "unit_name",
            "set_title",
            "set_audience",
            "standing",
            "signed_at",
            "method",
            "reason_kind",
            "reason",
            "note",
            "sample",
            "commitment_id",
            "document_hash");
    /** More people than these are not looked up one by one. */
    private static final int MANY = 1_000;

    private static final String COMPILED = """
            (select %s from submissions.list_row
             where tenant_id = :tenant and list_id = :list and version = %%d)
            """.formatted(String.join(", ", COLUMNS));
    /** What a version compiled now would hold. */
    private static final String LIVE = """
            (select z.person_id, z.sort_key, z.search_key, z.rank_order, z.full_name, z.birth_date, z.position_name, z.unit_name,
                    c.title as set_title, c.audience as set_audience, z.standing, z.signed_at, z.method, z.reason_kind,
                    z.reason, '' as note, z.sample, z.commitment_id, z.document_hash
             from commitments.v_row z
             join criteria.criteria_set c on c.tenant_id = z.tenant_id and c.id = z.set_id
             where z.tenant_id = :tenant and z.campaign_id = :campaign and z.unit_id = :unit and z.bloc_id = :bloc)
            """;
    /** The same at the end of a day in the past. */
    private static final String THEN = """
            (select z.person_id, z.sort_key, z.search_key, z.rank_order, z.full_name, z.birth_date, z.position_name, z.unit_name,
                    c.title as set_title, c.audience as set_audience, z.standing,
                    coalesce(m.signed_on::timestamp at time zone 'Asia/Ho_Chi_Minh', z.signed_at) as signed_at, -- the day on a paper
                    z.method, z.reason_kind,
                    z.reason, '' as note, z.sample, m.id as commitment_id, m.document_hash
             from commitments.row_on(:tenant, :campaign, :day) z
             left join lateral (
                 select m.id, m.document_hash, m.signed_on
                 from commitments.commitment m
                 where m.tenant_id = :tenant and m.campaign_id = :campaign and m.person_id = z.person_id
                   and m.at = z.signed_at and m.standing = 'signed'
                 order by m.version desc
                 limit 1) m on true
             join criteria.criteria_set c on c.tenant_id = :tenant and c.id = z.set_id
             where z.unit_id = :unit and z.bloc_id = :bloc)
            """;
    /** Pairs of rows of one person that are not alike; {@code b} before, {@code a} after. */
    private static final String UNLIKE = """
            from %s b
            full join %s a on a.person_id = b.person_id
            where a.person_id is null or b.person_id is null
                or row(a.rank_order, a.full_name, a.birth_date, a.position_name, a.unit_name, a.set_title, a.set_audience,
                       a.standing, a.signed_at, a.method, a.reason_kind, a.reason, a.note, a.sample)
                    is distinct from
                   row(b.rank_order, b.full_name, b.birth_date, b.position_name, b.unit_name, b.set_title, b.set_audience,
                       b.standing, b.signed_at, b.method, b.reason_kind, b.reason, b.note, b.sample)
                -- rows compiled before documents were kept in them have none to compare
                or a.commitment_id is not null and b.commitment_id is not null
                    and (a.commitment_id <> b.commitment_id or a.document_hash <> b.document_hash)
            """;

    private static final String KIND = """
            case when b.person_id is null then 'added' when a.person_id is null then 'removed'
                 when a.standing <> b.standing then 'standing' else 'words' end""";
    /** What a viewer may see of the lists: theirs by unit, filtered. */
    private static final String SEEN = """
            from submissions.list l
            join campaigns.campaign c on c.tenant_id = l.tenant_id and c.id = l.campaign_id and c.state <> 'draft'
            %s
            left join directory.unit_version u
                on u.tenant_id = l.tenant_id and u.unit_id = l.unit_id and u.valid_to is null
            left join directory.bloc b on b.tenant_id = l.tenant_id and b.id = l.bloc_id
            %s
            where l.tenant_id = :tenant
                and (l.unit_id in (
                    select x.descendant_id from directory.unit_closure x
                    where x.tenant_id = :tenant and x.ancestor_id = any (:reads)) %s)
                and (cast(:campaign as uuid) is null or l.campaign_id = :campaign)
                and (:state = '' or coalesce(v.state, 'none') = :state)
                and (:words = '' or l.search_key like '%%' || :words || '%%')
            """;

    private static final String VERSION_NOW = """
            left join submissions.list_version v
                on v.tenant_id = l.tenant_id and v.list_id = l.id and v.version = l.current
            """;

    private static final String VERSION_THEN = """
            left join lateral submissions.version_on(:tenant, l.id, :day) v on true
            """;
    /** Lists that had people by the day; those that were made later are none yet. */
    private static final String BEGUN = """
                and exists (
                    select from campaigns.roster_line p
                    where p.tenant_id = :tenant and p.campaign_id = l.campaign_id and p.unit_id = l.unit_id
                        and p.bloc_id = l.bloc_id and p.joined_on <= :day)
            """;

    private static final String STANDINGS_NOW = """
            commitments.v_standing z
            where z.tenant_id = p.tenant_id and z.campaign_id = p.campaign_id and z.unit_id = p.unit_id and z.bloc_id = p.bloc_id
            """;

    private static final String STANDINGS_THEN = """
            commitments.standing_on(:tenant, p.campaign_id, :day) z
            where z.unit_id = p.unit_id and z.bloc_id = p.bloc_id
            """;

    /** Where a list goes in its campaign's line today: see {@link LineRoute}. Nothing is looked for outside of lines. */
    private static final String SEAT = """
            left join lateral (
                select p.unit_id, p.superior_id
                from directory.unit_path x
                join directory.line_place p
                    on p.tenant_id = l.tenant_id and p.line_id = c.line_id and p.unit_id = x.ancestor_id and p.valid_to is null
                where c.line_id is not null and x.tenant_id = l.tenant_id and x.descendant_id = l.unit_id
                  and x.valid_to is null
                order by x.depth
                limit 1) s on true
            """;

    /** Who has a duty in the unit of the line. */
    private static final String DUTY = """
            exists (select from directory.line_duty d
                    where d.tenant_id = l.tenant_id and d.line_id = c.line_id and d.unit_id = %s and d.duty = %s
                      and d.valid_to is null %s)
            """;

    private static final String MINE = "and d.person_id = :person";
    private static final String ABOVE = "coalesce(s.superior_id, c.receiver_unit)";

    private static final String RECEIVED_BY_BOARD = """
            %s in (
                select x.descendant_id from directory.unit_closure x
                where x.tenant_id = :tenant and x.ancestor_id = any (:decides) and not x.custody)
            """;
    private static final String RECEIVED_IN_LINE =
            "(" + RECEIVED_BY_BOARD.formatted(ABOVE) + " or " + DUTY.formatted(ABOVE, "'approver'", MINE) + ")";
    private static final String SEEN_IN_LINE = "or c.line_id is not null and (" + RECEIVED_IN_LINE + " or "
            + DUTY.formatted("s.unit_id", "d.duty", MINE) + ")";
    /** What waits for the decision of whoever asks: in a line not what they compiled or approved themselves. */
    private static final String RECEIVED =
            """
            (c.line_id is null and %s or c.line_id is not null and %s
                and v.compiled_by <> :account and v.approved_by <> :account)
            """.formatted(RECEIVED_BY_BOARD.formatted("c.receiver_unit"), RECEIVED_IN_LINE);

    private static final RowMapper<ListVersion> VERSION_ROW = (row, n) -> new ListVersion(
            row.getObject("list_id", UUID.class),
            row.getInt("version"),
            ListState.of(row.getString("state")),
            totals(row),
            row.getBytes("content_hash"),
            row.getString("parent_name"),
            row.getString("receiver_name"),
            new Step(
                    row.getObject("compiled_by", UUID.class),
                    row.getTimestamp("compiled_at").toInstant()),
            row.getString("compile_note"),
            step(row, "approved"),
            step(row, "submitted"),
            step(row, "decided"),
            row.getString("decision_note"),
            row.getInt("late_rows"),
            row.getString("late_reason"),
            step(row, "ended"),
            row.getString("end_note"));
    private static final RowMapper<ListRow> LIST_ROW = (row, n) -> row(row, "");

    private static ListRow row(ResultSet row, String prefix) throws SQLException {
        Date birth = row.getDate(prefix + "birth_date");
        Timestamp signed = row.getTimestamp(prefix + "signed_at");
        return new ListRow(
                row.getObject(prefix + "person_id", UUID.class),
                row.getBytes(prefix + "sort_key"),
                row.getInt(prefix + "rank_order"),
                row.getString(prefix + "full_name"),
                birth == null ? null : birth.toLocalDate(),
                row.getString(prefix + "position_name"),
                row.getString(prefix + "unit_name"),
                row.getString(prefix + "set_title"),
                audience(row.getString(prefix + "set_audience")),
                standing(row.getString(prefix + "standing")),
                signed == null ? null : signed.toInstant(),
                row.getString(prefix + "method"),
                row.getString(prefix + "reason_kind"),
                row.getString(prefix + "reason"),
                row.getString(prefix + "note"),
                row.getBoolean(prefix + "sample"),
                row.getObject(prefix + "commitment_id", UUID.class),
                row.getBytes(prefix + "document_hash"));
    }

    private static Audience audience(String code) {
        return Audience.valueOf(code.toUpperCase(Locale.ROOT));
    }

    private static Standing standing(String code) {
        return Standing.valueOf(code.toUpperCase(Locale.ROOT));
    }

    private final JdbcClient jdbc;
    private final JdbcTemplate batch;

    ListStore(JdbcClient jdbc, JdbcTemplate batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    private static Totals totals(ResultSet row) throws SQLException {
        return new Totals(row.getInt("expected"), row.getInt("signed"), row.getInt("declined"), row.getInt("excused"));
    }

    private static @Nullable Step step(ResultSet row, String name) throws SQLException {
        UUID by = row.getObject(name + "_by", UUID.class);
        Timestamp at = row.getTimestamp(name + "_at");
        return by == null || at == null ? null : new Step(by, at.toInstant());
    }

    /** @param current number of the newest version; 0 when none was ever compiled */
    record Head(UUID id, String unitName, String blocName, int current) {}

    Optional<Head> find(UUID tenantId, Key key) {
        return jdbc.sql("""
                        select id, unit_name, bloc_name, current from submissions.list
                        where tenant_id = ? and campaign_id = ? and unit_id = ? and bloc_id = ?
                        """)
                .params(tenantId, key.campaignId(), key.unitId(), key.blocId())
                .query((row, n) -> new Head(
                        row.getObject("id", UUID.class),
                        row.getString("unit_name"),
                        row.getString("bloc_name"),
                        row.getInt("current")))
                .optional();
    }

    /** A list for every unit × bloc that the campaign's roster has people in and that has none yet. */
    void makeLists(UUID tenantId, UUID campaignId) {
        record Place(UUID unit, UUID bloc, String unitName, String blocName) {}
        List<Place> places = jdbc.sql("""
                        select r.unit_id, r.bloc_id, max(r.unit_name) as unit_name, max(r.bloc_name) as bloc_name
                        from campaigns.roster_entry r
                        where r.tenant_id = ? and r.campaign_id = ?
                            and not exists (
                                select from submissions.list l
                                where l.tenant_id = r.tenant_id and l.campaign_id = r.campaign_id
                                    and l.unit_id = r.unit_id and l.bloc_id = r.bloc_id)
                        group by r.unit_id, r.bloc_id
                        """)
                .params(tenantId, campaignId)
                .query((row, n) -> new Place(
                        row.getObject("unit_id", UUID.class),
                        row.getObject("bloc_id", UUID.class),
                        row.getString("unit_name"),
                        row.getString("bloc_name")))
                .list();
        batch.batchUpdate("""
                insert into submissions.list
                    (tenant_id, id, campaign_id, unit_id, bloc_id, unit_name, bloc_name, search_key)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (tenant_id, campaign_id, unit_id, bloc_id) do nothing
                """, places, BATCH, (statement, place) -> {
            statement.setObject(1, tenantId);
            statement.setObject(2, Ids.next());
            statement.setObject(3, campaignId);
            statement.setObject(4, place.unit());
            statement.setObject(5, place.bloc());
            statement.setString(6, place.unitName());
            statement.setString(7, place.blocName());
            statement.setString(8, Texts.searchKey(place.unitName()));
        });
    }

    /** Whether lists go through lines at all in this body. */
    boolean hasLineCampaigns(UUID tenantId) {
        return jdbc.sql("""
                        select exists (select from campaigns.campaign
                                       where tenant_id = ? and line_id is not null and state <> 'draft')
                        """)
                .param(tenantId)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    List<Listed> list(Reach reach, Filter filter, int offset, int limit) {
        return list(reach, filter, false, offset, limit);
    }

    /** Those that wait for whoever asks to decide. */
    List<Listed> inbox(Reach reach, int limit) {
        return list(reach, new Filter(null, ListState.SUBMITTED.code(), ""), true, 0, limit);
    }

    private List<Listed> list(Reach reach, Filter filter, boolean inbox, int offset, int limit) {
        boolean inLines = hasLineCampaigns(reach.tenantId());
        String received = inbox ? " and " + received(inLines) : "";
        return seen(
                        """
                        select p.*, coalesce(s.n, 0) as n, coalesce(s.n_signed, 0) as n_signed,
                               coalesce(s.n_declined, 0) as n_declined, coalesce(s.n_excused, 0) as n_excused
                        from (
                            select l.tenant_id, l.campaign_id, l.unit_id, l.bloc_id, l.unit_name, l.bloc_name,
                                   coalesce(v.version, 0) as version, c.title, c.year, c.submit_by, v.state, v.expected, v.signed, v.declined, v.excused, v.submitted_at,
                                   row_number() over (
                                       order by c.year desc, u.rank_order, l.unit_name, b.rank_order, l.bloc_name, l.id) as place
                        """ + seen(inLines, filter) + received
                                + """
                            order by place
                            limit :limit offset :offset
                        ) p
                        left join lateral (
                            select count(*) as n,
                                   count(*) filter (where standing = 'signed') as n_signed,
                                   count(*) filter (where standing = 'declined') as n_declined,
                                   count(*) filter (where standing = 'excused') as n_excused
                            from %s and z.standing <> 'left'
                        ) s on true
                        order by p.place
                        """.formatted(filter.day() == null ? STANDINGS_NOW : STANDINGS_THEN),
                        reach,
                        filter)
                .param("limit", limit)
                .param("offset", offset)
                .query((row, n) -> {
                    String state = row.getString("state");
                    Timestamp submitted = row.getTimestamp("submitted_at");
                    return new Listed(
                            new Key(
                                    row.getObject("campaign_id", UUID.class),
                                    row.getObject("unit_id", UUID.class),
                                    row.getObject("bloc_id", UUID.class)),
                            row.getString("title"),
                            row.getInt("year"),
                            row.getString("unit_name"),
                            row.getString("bloc_name"),
                            row.getDate("submit_by").toLocalDate(),
                            row.getInt("version"),
                            state == null ? null : ListState.of(state),
                            state == null ? null : totals(row),
                            new Totals(
                                    row.getInt("n"),
                                    row.getInt("n_signed"),
                                    row.getInt("n_declined"),
                                    row.getInt("n_excused")),
                            submitted == null ? null : submitted.toInstant());
                })
                .list();
    }

    long count(Reach reach, Filter filter) {
        return seen("select count(*) " + seen(hasLineCampaigns(reach.tenantId()), filter), reach, filter)
                .query((row, n) -> row.getLong(1))
                .single();
    }

    private static String seen(boolean inLines, Filter filter) {
        boolean now = filter.day() == null;
        return SEEN.formatted(now ? VERSION_NOW : VERSION_THEN, inLines ? SEAT : "", inLines ? SEEN_IN_LINE : "")
                + (now ? "" : BEGUN);
    }

    private static String received(boolean inLines) {
        return inLines ? RECEIVED : RECEIVED_BY_BOARD.formatted("c.receiver_unit");
    }

    /** A list of a launched campaign in one of a few states. */
    record Waiting(
            Key key, String unitName, String blocName, LocalDate submitBy, int version, String state, int remarks) {}

    private static final String WAITING = """
            from submissions.list l
            join campaigns.campaign c
                on c.tenant_id = l.tenant_id and c.id = l.campaign_id and c.state = 'launched'
            left join submissions.list_version v
                on v.tenant_id = l.tenant_id and v.list_id = l.id and v.version = l.current
            %s
            where l.tenant_id = :tenant
                and (l.unit_id in (
                    select x.descendant_id from directory.unit_closure x
                    where x.tenant_id = :tenant and x.ancestor_id = any (:units) and not x.custody) %s)
                and coalesce(v.state, 'none') in (:states)
            """;
    /** Where somebody has the duty in the line it is theirs alone, whatever roles others have. */
    private static final String WAITING_IN_LINE =
            "and not " + DUTY.formatted("s.unit_id", ":duty", "") + " or " + DUTY.formatted("s.unit_id", ":duty", MINE);

    /** What waits for whoever has this duty or, outside of lines and where nobody has it, the role for it. */
    List<Waiting> waiting(Reach reach, Lines.Duty duty, List<String> states, int limit) {
        return waiting("""
                        select l.campaign_id, l.unit_id, l.bloc_id, l.unit_name, l.bloc_name, l.current, c.submit_by,
                               coalesce(v.state, 'none') as state,
                               (select count(*) from submissions.row_remark r
                                where r.tenant_id = l.tenant_id and r.list_id = l.id and r.version = l.current) as remarks
                        %s
                        order by c.submit_by, l.unit_name, l.bloc_name, l.id
                        limit :limit
                        """, reach, duty, states)
                .param("limit", limit)
                .query((row, n) -> new Waiting(
                        new Key(
                                row.getObject("campaign_id", UUID.class),
                                row.getObject("unit_id", UUID.class),
                                row.getObject("bloc_id", UUID.class)),
                        row.getString("unit_name"),
                        row.getString("bloc_name"),
                        row.getDate("submit_by").toLocalDate(),
                        row.getInt("current"),
                        row.getString("state"),
                        row.getInt("remarks")))
                .list();
    }

    long countWaiting(Reach reach, Lines.Duty duty, String state) {
        return waiting("select count(*) %s", reach, duty, List.of(state))
                .query((row, n) -> row.getLong(1))
                .single();
    }

    private StatementSpec waiting(String sql, Reach reach, Lines.Duty duty, List<String> states) {
        boolean inLines = hasLineCampaigns(reach.tenantId());
        String from = inLines ? WAITING.formatted(SEAT, WAITING_IN_LINE) : WAITING.formatted("", "");
        return jdbc.sql(sql.formatted(from))
                .param("tenant", reach.tenantId())
                .param("units", duty == Lines.Duty.CLERK ? reach.compiles() : reach.approves())
                .param("person", reach.personId(), Types.OTHER)
                .param("duty", duty.code())
                .param("states", states);
    }

    /** Lists that wait for whoever asks to decide. */
    long countToDecide(Reach reach) {
        boolean inLines = hasLineCampaigns(reach.tenantId());
        return jdbc.sql("""
                        select count(*)
                        from submissions.list_version v
                        join submissions.list l on l.tenant_id = v.tenant_id and l.id = v.list_id
                        join campaigns.campaign c
                            on c.tenant_id = l.tenant_id and c.id = l.campaign_id and c.state = 'launched'
                        %s
                        where v.tenant_id = :tenant and v.state = 'submitted' and %s
                        """.formatted(inLines ? SEAT : "", received(inLines)))
                .param("tenant", reach.tenantId())
                .param("person", reach.personId(), Types.OTHER)
                .param("account", reach.accountId())
                .param("decides", reach.decides())
                .query((row, n) -> row.getLong(1))
                .single();
    }

    /** A unit of a line whose lists are under way while nobody can compile or approve them for the line. */
    record Unstaffed(
            UUID lineId,
            String lineName,
            UUID unitId,
            String unitName,
            boolean noClerk,
            boolean noApprover,
            LocalDate submitBy) {}

    /** Units that whoever manages these units looks after, by deadline; with how many there are. */
    List<Unstaffed> unstaffed(UUID tenantId, UUID[] manages, int limit) {
        return jdbc.sql("""
                        with place as (
                            select distinct on (c.line_id, s.unit_id) c.line_id, s.unit_id, c.submit_by
                            from campaigns.campaign c
                            join submissions.list l on l.tenant_id = c.tenant_id and l.campaign_id = c.id
                            %s
                            where c.tenant_id = :tenant and c.state = 'launched' and c.line_id is not null
                              and s.unit_id is not null
                              and s.unit_id in (
                                  select x.descendant_id from directory.unit_closure x
                                  where x.tenant_id = :tenant and x.ancestor_id = any (:manages) and not x.custody)
                            order by c.line_id, s.unit_id, c.submit_by),
                        lacking as (
                            select p.line_id, p.unit_id, p.submit_by,
                                   not %s as no_clerk, not %s as no_approver
                            from place p)
                        select k.line_id, n.name as line_name, k.unit_id, u.name as unit_name, k.no_clerk, k.no_approver,
                               k.submit_by
                        from lacking k
                        join directory.line n on n.tenant_id = :tenant and n.id = k.line_id
                        join directory.unit_version u on u.tenant_id = :tenant and u.unit_id = k.unit_id and u.valid_to is null
                        where k.no_clerk or k.no_approver
                        order by k.submit_by, n.name, u.rank_order, u.name, k.unit_id
                        limit :limit
                        """.formatted(SEAT, staffed("clerk"), staffed("approver")))
                .param("tenant", tenantId)
                .param("manages", manages)
                .param("limit", limit)
                .query((row, n) -> new Unstaffed(
                        row.getObject("line_id", UUID.class),
                        row.getString("line_name"),
                        row.getObject("unit_id", UUID.class),
                        row.getString("unit_name"),
                        row.getBoolean("no_clerk"),
                        row.getBoolean("no_approver"),
                        row.getDate("submit_by").toLocalDate()))
                .list();
    }

    /** Whoever has the duty must be able to sign in. */
    private static String staffed(String duty) {
        return """
                exists (select from directory.line_duty d
                        join access.account a on a.tenant_id = d.tenant_id and a.person_id = d.person_id and a.state = 'active'
                        where d.tenant_id = :tenant and d.line_id = p.line_id and d.unit_id = p.unit_id and d.duty = '%s'
                          and d.valid_to is null)
                """.formatted(duty);
    }

    /** How far the lists of a campaign are, with the first that are not accepted. */
    ListProgress.Overview overview(UUID tenantId, UUID campaignId, int examples) {
        List<ListProgress.Open> open = jdbc.sql("""
                        select unit_id, bloc_id, unit_name, bloc_name, state
                        from submissions.v_list_state
                        where tenant_id = ? and campaign_id = ? and state <> 'accepted'
                        order by unit_name, bloc_name, list_id
                        limit ?
                        """)
                .params(tenantId, campaignId, examples)
                .query((row, n) -> new ListProgress.Open(
                        row.getObject("unit_id", UUID.class),
                        row.getObject("bloc_id", UUID.class),
                        row.getString("unit_name"),
                        row.getString("bloc_name"),
                        row.getString("state")))
                .list();
        return jdbc.sql("""
                        select count(*) as lists, count(*) filter (where state = 'accepted') as accepted
                        from submissions.v_list_state
                        where tenant_id = ? and campaign_id = ?
                        """)
                .params(tenantId, campaignId)
                .query((row, n) -> new ListProgress.Overview(row.getInt("lists"), row.getInt("accepted"), open))
                .single();
    }

    private StatementSpec seen(String sql, Reach reach, Filter filter) {
        return jdbc.sql(sql)
                .param("day", date(filter.day()))
                .param("tenant", reach.tenantId())
                .param("reads", reach.reads())
                .param("decides", reach.decides())
                .param("person", reach.personId(), Types.OTHER)
                .param("account", reach.accountId())
                .param("campaign", filter.campaignId())
                .param("state", filter.state())
                .param("words", Texts.searchKey(filter.words()));
    }

    List<ListVersion> versions(UUID tenantId, UUID listId) {
        return jdbc.sql(VERSION + " order by version desc limit ?")
                .params(tenantId, listId, MOST_VERSIONS)
                .query(VERSION_ROW)
                .list();
    }

    Optional<ListVersion> version(UUID tenantId, UUID listId, int number) {
        return jdbc.sql(VERSION + " and version = ?")
                .params(tenantId, listId, number)
                .query(VERSION_ROW)
                .optional();
    }

    private static @Nullable Date date(@Nullable LocalDate day) {
        return day == null ? null : Date.valueOf(day);
    }

    /** The rows of a list: of a version, or with 0 as people stand now or stood on the day. */
    private static String rows(Place place, int version) {
        return version != Lists.NOW ? COMPILED.formatted(version) : place.day() == null ? LIVE : THEN;
    }

    /** Before a query that goes through all rows as people stand now, in an open transaction. */
    private void plan(Place place, int version) {
        if (version == Lists.NOW
                && of(place, """
                                select count(*) from (
                                    select from campaigns.roster_entry
                                    where tenant_id = :tenant and campaign_id = :campaign and unit_id = :unit and bloc_id = :bloc
                                    limit %d) r
                                """.formatted(MANY + 1))
                                .query((row, n) -> row.getInt(1))
                                .single()
                        > MANY) {
            Planner.wholeBody(jdbc);
        }
    }

    private StatementSpec of(Place place, String sql) {
        return jdbc.sql(sql)
                .param("tenant", place.tenantId())
                .param("list", place.listId())
                .param("day", date(place.day()))
                .param("campaign", place.key().campaignId())
                .param("unit", place.key().unitId())
                .param("bloc", place.key().blocId());
    }

    /** Which list the rows are of, and on which day people stand so where that is asked; null for now. */
    record Place(
            UUID tenantId, UUID listId, Key key, @Nullable LocalDate day) {}

    /**
     * One page in the order, numbered through the whole list. Words are looked for at the beginning of words ("yen" is no part
     * of "nguyen"), without marks; names that have them with just these marks come first.
     */
    List<Lists.Numbered> page(Place place, int version, ListOrder order, String words, int offset, int limit) {
        String key = Texts.searchKey(words);
        // Limit and offset stand as numbers in the text: a plan kept for any page would read the whole list for the
        // first.
        String window = " limit " + limit + " offset " + offset;
        if (key.isEmpty()) {
            return of(place, "select r.* from " + rows(place, version) + " r order by " + order.columns() + window)
                    .query((row, n) -> new Lists.Numbered(offset + n + 1, row(row, "")))
                    .list();
        }
        return of(place, """
                        select n.*
                        from (select r.*, row_number() over (order by %s) as number from %s r) n
                        where ' ' || n.search_key like '%% ' || :words || '%%'
                        order by position(:exact in lower(n.full_name)) = 0, n.number
                        """.formatted(order.columns(), rows(place, version)) + window)
                .param("words", key)
                .param("exact", Texts.oneLine(words).toLowerCase(Locale.ROOT))
                .query((row, n) -> new Lists.Numbered(row.getInt("number"), row(row, "")))
                .list();
    }

    /** How many people have the words in their names. */
    int found(Place place, int version, String words) {
        return of(place, """
                        select count(*) from %s r where ' ' || r.search_key like '%% ' || :words || '%%'
                        """.formatted(rows(place, version)))
                .param("words", Texts.searchKey(words))
                .query((row, n) -> row.getInt(1))
                .single();
    }

    /** How everybody stands now, or stood on the day. */
    Totals live(Place place) {
        return of(place, """
                        select count(*) as expected,
                               count(*) filter (where standing = 'signed') as signed,
                               count(*) filter (where standing = 'declined') as declined,
                               count(*) filter (where standing = 'excused') as excused
                        from %s and standing <> 'left'
                        """.formatted(place.day() == null ? """
                        commitments.v_standing
                        where tenant_id = :tenant and campaign_id = :campaign and unit_id = :unit and bloc_id = :bloc
                        """ : """
                        commitments.standing_on(:tenant, :campaign, :day) where unit_id = :unit and bloc_id = :bloc
                        """))
                .query((row, n) -> totals(row))
                .single();
    }

    /** Row by row from a cursor: needs an open transaction, and must be closed. */
    Stream<ListRow> stream(Place place, int version, ListOrder order) {
        plan(place, version);
        return of(
                place,
                "select r.* from " + rows(place, version) + " r order by " + order.columns() + " limit " + MOST_ROWS)
                .withFetchSize(BATCH)
                .query(LIST_ROW)
                .stream();
    }

    /** What changed from one version to another, 0 being how people stand now. */
    ListChanges changes(Place place, int before, int after, ListOrder order, int most) {
        record Counted(int added, int removed, int standing, int words, ListChange change) {}
        plan(place, Math.min(before, after));
        var select = new StringBuilder("select ").append(KIND).append(" as kind");
        for (String column : COLUMNS) {
            select.append(", b.").append(column).append(" as b_").append(column);
            select.append(", a.").append(column).append(" as a_").append(column);
        }
        String by = Stream.of(order.columns().split(", "))
                .map(column -> "coalesce(a_" + column + ", b_" + column + ")")
                .collect(Collectors.joining(", "));
        List<Counted> found = of(place, """
                        select d.*,
                               count(*) filter (where kind = 'added') over () as added,
                               count(*) filter (where kind = 'removed') over () as removed,
                               count(*) filter (where kind = 'standing') over () as restood,
                               count(*) filter (where kind = 'words') over () as reworded
                        from (%s %s) d
                        order by a_person_id is null, %s
                        limit %d
                        """.formatted(
                                select, UNLIKE.formatted(rows(place, before), rows(place, after)), by, most))
                .query((row, n) -> new Counted(
                        row.getInt("added"),
                        row.getInt("removed"),
                        row.getInt("restood"),
                        row.getInt("reworded"),
                        change(row)))
                .list();
        if (found.isEmpty()) {
            return ListChanges.NONE;
        }
        Counted all = found.getFirst();
        return new ListChanges(
                all.added(),
                all.removed(),
                all.standing(),
                all.words(),
                found.stream().map(Counted::change).toList());
    }

    private static ListChange change(ResultSet row) throws SQLException {
        ListRow before = row.getObject("b_person_id") == null ? null : row(row, "b_");
        ListRow after = row.getObject("a_person_id") == null ? null : row(row, "a_");
        return new ListChange(
                ListChange.Kind.of(row.getString("kind")),
                before,
                after,
                before == null || after == null ? List.of() : ListRules.differing(before, after));
    }

    /** The titles of the sets that the people take, each with its audience. */
    Map<String, Audience> setTitles(Place place, int version) {
        Map<String, Audience> titles = new HashMap<>();
        of(place, "select distinct set_title, set_audience from " + rows(place, version) + " r limit 100")
                .query(row -> {
                    titles.put(row.getString("set_title"), audience(row.getString("set_audience")));
                });
        return titles;
    }

    int countRemarks(UUID tenantId, UUID listId, int version) {
        return jdbc.sql("""
                        select count(*) from submissions.row_remark where tenant_id = ? and list_id = ? and version = ?
                        """)
                .params(tenantId, listId, version)
                .query((row, n) -> row.getInt(1))
                .single();
    }

    /** What is remarked on the rows of some people. */
    Map<UUID, String> remarks(UUID tenantId, UUID listId, int version, Collection<UUID> people) {
        Map<UUID, String> remarks = new HashMap<>();
        jdbc.sql("""
                        select person_id, remark from submissions.row_remark
                        where tenant_id = ? and list_id = ? and version = ? and person_id = any (?)
                        """)
                .param(tenantId)
                .param(listId)
                .param(version)
                .param(people.toArray(UUID[]::new))
                .query(row -> {
                    remarks.put(row.getObject("person_id", UUID.class), row.getString("remark"));
                });
        return remarks;
    }

    /** Remarks on people who are no longer expected. */
    List<Lists.Remarked> remarksOnTheGone(Place place, int version, int most) {
        return of(place, """
                        select w.full_name, m.remark
                        from submissions.row_remark m
                        join submissions.list_row w
                            on w.tenant_id = m.tenant_id and w.list_id = m.list_id and w.version = m.version
                                and w.person_id = m.person_id
                        where m.tenant_id = :tenant and m.list_id = :list and m.version = :version
                            and not exists (
                                select from commitments.v_standing s
                                where s.tenant_id = m.tenant_id and s.campaign_id = :campaign and s.person_id = m.person_id
                                    and s.unit_id = :unit and s.bloc_id = :bloc and s.standing <> 'left')
                        order by w.sort_key, w.person_id
                        limit :most
                        """)
                .param("version", version)
                .param("most", most)
                .query((row, n) -> new Lists.Remarked(row.getString("full_name"), row.getString("remark")))
                .list();
    }

    /** Keeps how people stood who had changed when the version was accepted as it stands. Returns how many there were. */
    int keepLate(Place place, int version) {
        plan(place, Lists.NOW);
        return of(place, """
                        insert into submissions.late_row
                            (tenant_id, list_id, version, person_id, kind, sort_key, full_name, standing, signed_at)
                        select :tenant, :list, :version, coalesce(a.person_id, b.person_id), %s,
                               coalesce(a.sort_key, b.sort_key), coalesce(a.full_name, b.full_name), a.standing, a.signed_at
                        %s
                        """.formatted(KIND, UNLIKE.formatted(rows(place, version), rows(place, Lists.NOW))))
                .param("version", version)
                .update();
    }

    private static final RowMapper<LateRow> LATE_ROW = (row, n) -> {
        Timestamp signed = row.getTimestamp("signed_at");
        String standing = row.getString("standing");
        return new LateRow(
                row.getObject("person_id", UUID.class),
                ListChange.Kind.of(row.getString("kind")),
                row.getString("full_name"),
                standing == null ? null : standing(standing),
                signed == null ? null : signed.toInstant());
    };

    List<LateRow> late(UUID tenantId, UUID listId, int version, int most) {
        return jdbc.sql("""
                        select person_id, kind, full_name, standing, signed_at from submissions.late_row
                        where tenant_id = ? and list_id = ? and version = ?
                        order by sort_key, person_id
                        limit ?
                        """)
                .params(tenantId, listId, version, most)
                .query(LATE_ROW)
                .list();
    }

    List<LateRow> late(UUID tenantId, UUID listId, int version, Collection<UUID> people) {
        return jdbc.sql("""
                        select person_id, kind, full_name, standing, signed_at from submissions.late_row
                        where tenant_id = ? and list_id = ? and version = ? and person_id = any (?)
                        """)
                .param(tenantId)
                .param(listId)
                .param(version)
                .param(people.toArray(UUID[]::new))
                .query(LATE_ROW)
                .list();
    }

    /** Takes the next number, unless somebody else has. */
    boolean next(UUID tenantId, UUID listId, int current) {
        return jdbc.sql(
                                "update submissions.list set current = current + 1 where tenant_id = ? and id = ? and current = ?")
                        .params(tenantId, listId, current)
                        .update()
                == 1;
    }

    /** The version, with its rows as people stand now. Returns how many there are. */
    int insert(Place place, ListVersion version) {
        Check.that(
                jdbc.sql("""
                                insert into submissions.list_version
                                    (tenant_id, list_id, version, state, expected, signed, declined, excused, content_hash,
                                     parent_name, receiver_name, compiled_by, compiled_at, compile_note)
                                values (?, ?, ?, 'compiled', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                                """)
                                .params(
                                        place.tenantId(),
                                        version.listId(),
                                        version.number(),
                                        version.totals().expected(),
                                        version.totals().signed(),
                                        version.totals().declined(),
                                        version.totals().excused(),
                                        version.contentHash(),
                                        version.parentName(),
                                        version.receiverName(),
                                        version.compiled().by(),
                                        Timestamp.from(version.compiled().at()),
                                        version.compileNote())
                                .update()
                        == 1,
                "a version is one row");
        String columns = String.join(", ", COLUMNS);
        plan(place, Lists.NOW);
        return of(place, """
                        insert into submissions.list_row (tenant_id, list_id, version, %s)
                        select :tenant, :list, :version, %s from %s r
                        """.formatted(columns, columns, rows(place, Lists.NOW)))
                .param("version", version.number())
                .update();
    }

    boolean approve(UUID tenantId, UUID listId, int version, UUID by, Instant at) {
        return one(jdbc.sql("""
                        update submissions.list_version
                        set state = 'approved', approved_by = ?, approved_at = ?
                        where tenant_id = ? and list_id = ? and version = ? and state = 'compiled' and compiled_by <> ?
                        """)
                .params(by, Timestamp.from(at), tenantId, listId, version, by)
                .update());
    }

    /** Ends a version that was not sent: a newer one takes its place, or the head gives it back. */
    boolean drop(UUID tenantId, UUID listId, int version, ListState from, UUID by, Instant at, String note) {
        return one(jdbc.sql("""
                        update submissions.list_version
                        set state = 'dropped', ended_by = ?, ended_at = ?, end_note = ?
                        where tenant_id = ? and list_id = ? and version = ? and state = ?
                        """)
                .params(by, Timestamp.from(at), note, tenantId, listId, version, from.code())
                .update());
    }

    /** @param receiver the unit it goes to, as it is called now */
    boolean submit(UUID tenantId, UUID listId, int version, UUID by, Instant at, String receiver) {
        return one(jdbc.sql("""
                        update submissions.list_version
                        set state = 'submitted', submitted_by = ?, submitted_at = ?, receiver_name = ?
                        where tenant_id = ? and list_id = ? and version = ? and state = 'approved'
                        """)
                .params(by, Timestamp.from(at), receiver, tenantId, listId, version)
                .update());
    }

    boolean decide(UUID tenantId, UUID listId, int version, ListState to, UUID by, Instant at, String note) {
        return one(jdbc.sql("""
                        update submissions.list_version
                        set state = ?, decided_by = ?, decided_at = ?, decision_note = ?
                        where tenant_id = ? and list_id = ? and version = ? and state = 'submitted'
                        """)
                .params(to.code(), by, Timestamp.from(at), note, tenantId, listId, version)
                .update());
    }

    /** Accepts a version although so many of its rows have changed. @param hash of the rows as people stand */
    boolean acceptAsItStands(
            UUID tenantId,
            UUID listId,
            int version,
            UUID by,
            Instant at,
            String note,
            int late,
            String why,
            byte[] hash) {
        return one(jdbc.sql("""
                        update submissions.list_version
                        set state = 'accepted', decided_by = ?, decided_at = ?, decision_note = ?, late_rows = ?,
                            late_reason = ?, late_hash = ?
                        where tenant_id = ? and list_id = ? and version = ? and state = 'submitted'
                        """)
                .params(by, Timestamp.from(at), note, late, why, hash, tenantId, listId, version)
                .update());
    }

    boolean reopen(UUID tenantId, UUID listId, int version, UUID by, Instant at, String reason) {
        return one(jdbc.sql("""
                        update submissions.list_version
                        set state = 'reopened', ended_by = ?, ended_at = ?, end_note = ?
                        where tenant_id = ? and list_id = ? and version = ? and state = 'accepted'
                        """)
                .params(by, Timestamp.from(at), reason, tenantId, listId, version)
                .update());
    }

    /** Remarks on people who are on the version; anybody else is passed over. Returns how many were written. */
    int insertRemarks(UUID tenantId, UUID listId, int version, Map<UUID, String> remarks, UUID by, Instant at) {
        int[][] written = batch.batchUpdate("""
                insert into submissions.row_remark (tenant_id, list_id, version, person_id, remark, made_by, made_at)
                select tenant_id, list_id, version, person_id, ?, ?, ?
                from submissions.list_row
                where tenant_id = ? and list_id = ? and version = ? and person_id = ?
                """, remarks.entrySet(), BATCH, (statement, remark) -> {
            statement.setString(1, remark.getValue());
            statement.setObject(2, by);
            statement.setTimestamp(3, Timestamp.from(at));
            statement.setObject(4, tenantId);
            statement.setObject(5, listId);
            statement.setInt(6, version);
            statement.setObject(7, remark.getKey());
        });
        int count = 0;
        for (int[] rows : written) {
            for (int row : rows) {
                count += Math.max(row, 0);
            }
        }
        return count;
    }

    private static boolean one(int rows) {
        Check.that(rows <= 1, "a version is one row");
        return rows == 1;
    }
}
