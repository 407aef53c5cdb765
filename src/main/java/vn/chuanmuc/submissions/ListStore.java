package vn.chuanmuc.submissions;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;
import vn.chuanmuc.commitments.Standing;
import vn.chuanmuc.criteria.Audience;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.Texts;
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
                   decision_note, ended_by, ended_at, end_note
            from submissions.list_version
            where tenant_id = ? and list_id = ?
            """;
    private static final String ROWS = """
            select person_id, sort_key, rank_order, full_name, birth_date, position_name, unit_name, set_title, set_audience,
                   standing, signed_at, method, reason_kind, reason, note, sample
            from submissions.list_row
            where tenant_id = ? and list_id = ? and version = ?
            """;
    /** What a viewer may see of the lists: theirs by unit, filtered. */
    private static final String SEEN = """
            from submissions.list l
            join campaigns.campaign c on c.tenant_id = l.tenant_id and c.id = l.campaign_id and c.state <> 'draft'
            left join submissions.list_version v
                on v.tenant_id = l.tenant_id and v.list_id = l.id and v.version = l.current
            left join directory.unit_version u
                on u.tenant_id = l.tenant_id and u.unit_id = l.unit_id and u.valid_to is null
            left join directory.bloc b on b.tenant_id = l.tenant_id and b.id = l.bloc_id
            where l.tenant_id = :tenant
                and l.unit_id in (
                    select x.descendant_id from directory.unit_closure x
                    where x.tenant_id = :tenant and x.ancestor_id = any (:units))
                and (cast(:campaign as uuid) is null or l.campaign_id = :campaign)
                and (:state = '' or coalesce(v.state, 'none') = :state)
                and (:words = '' or l.search_key like '%' || :words || '%')
            """;

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
            step(row, "ended"),
            row.getString("end_note"));
    private static final RowMapper<ListRow> LIST_ROW = (row, n) -> {
        Date birth = row.getDate("birth_date");
        Timestamp signed = row.getTimestamp("signed_at");
        return new ListRow(
                row.getObject("person_id", UUID.class),
                row.getBytes("sort_key"),
                row.getInt("rank_order"),
                row.getString("full_name"),
                birth == null ? null : birth.toLocalDate(),
                row.getString("position_name"),
                row.getString("unit_name"),
                row.getString("set_title"),
                Audience.valueOf(row.getString("set_audience").toUpperCase(Locale.ROOT)),
                Standing.valueOf(row.getString("standing").toUpperCase(Locale.ROOT)),
                signed == null ? null : signed.toInstant(),
                row.getString("method"),
                row.getString("reason_kind"),
                row.getString("reason"),
                row.getString("note"),
                row.getBoolean("sample"));
    };

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

    List<Listed> list(UUID tenantId, UUID[] units, Filter filter, int offset, int limit) {
        return seen("""
                        select p.*, coalesce(s.n, 0) as n, coalesce(s.n_signed, 0) as n_signed,
                               coalesce(s.n_declined, 0) as n_declined, coalesce(s.n_excused, 0) as n_excused
                        from (
                            select l.tenant_id, l.campaign_id, l.unit_id, l.bloc_id, l.unit_name, l.bloc_name, l.current, c.title,
                                   c.year, c.submit_by, v.state, v.expected, v.signed, v.declined, v.excused, v.submitted_at,
                                   row_number() over (
                                       order by c.year desc, u.rank_order, l.unit_name, b.rank_order, l.bloc_name, l.id) as place
                        """ + SEEN + """
                            order by place
                            limit :limit offset :offset
                        ) p
                        left join lateral (
                            select count(*) as n,
                                   count(*) filter (where standing = 'signed') as n_signed,
                                   count(*) filter (where standing = 'declined') as n_declined,
                                   count(*) filter (where standing = 'excused') as n_excused
                            from commitments.v_standing z
                            where z.tenant_id = p.tenant_id and z.campaign_id = p.campaign_id and z.unit_id = p.unit_id
                                and z.bloc_id = p.bloc_id and z.standing <> 'left'
                        ) s on true
                        order by p.place
                        """, tenantId, units, filter)
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
                            row.getInt("current"),
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

    long count(UUID tenantId, UUID[] units, Filter filter) {
        return seen("select count(*) " + SEEN, tenantId, units, filter)
                .query((row, n) -> row.getLong(1))
                .single();
    }

    /** A list of a launched campaign in one of a few states. */
    record Waiting(
            Key key, String unitName, String blocName, LocalDate submitBy, int version, String state, int remarks) {}

    List<Waiting> waiting(UUID tenantId, UUID[] units, List<String> states, int limit) {
        return jdbc.sql("""
                        select l.campaign_id, l.unit_id, l.bloc_id, l.unit_name, l.bloc_name, l.current, c.submit_by,
                               coalesce(v.state, 'none') as state,
                               (select count(*) from submissions.row_remark r
                                where r.tenant_id = l.tenant_id and r.list_id = l.id and r.version = l.current) as remarks
                        from submissions.list l
                        join campaigns.campaign c
                            on c.tenant_id = l.tenant_id and c.id = l.campaign_id and c.state = 'launched'
                        left join submissions.list_version v
                            on v.tenant_id = l.tenant_id and v.list_id = l.id and v.version = l.current
                        where l.tenant_id = :tenant
                            and l.unit_id in (
                                select x.descendant_id from directory.unit_closure x
                                where x.tenant_id = :tenant and x.ancestor_id = any (:units) and not x.custody)
                            and coalesce(v.state, 'none') in (:states)
                        order by c.submit_by, l.unit_name, l.bloc_name, l.id
                        limit :limit
                        """)
                .param("tenant", tenantId)
                .param("units", units)
                .param("states", states)
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

    /** Lists that wait for a board: of campaigns whose receiver is in the units. */
    long countToDecide(UUID tenantId, UUID[] units) {
        return jdbc.sql("""
                        select count(*)
                        from submissions.list_version v
                        join submissions.list l on l.tenant_id = v.tenant_id and l.id = v.list_id
                        join campaigns.campaign c on c.tenant_id = l.tenant_id and c.id = l.campaign_id
                        where v.tenant_id = :tenant and v.state = 'submitted'
                            and c.receiver_unit in (
                                select x.descendant_id from directory.unit_closure x
                                where x.tenant_id = :tenant and x.ancestor_id = any (:units))
                        """)
                .param("tenant", tenantId)
                .param("units", units)
                .query((row, n) -> row.getLong(1))
                .single();
    }

    private StatementSpec seen(String sql, UUID tenantId, UUID[] units, Filter filter) {
        return jdbc.sql(sql)
                .param("tenant", tenantId)
                .param("units", units)
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

    List<ListRow> rows(UUID tenantId, UUID listId, int version) {
        return jdbc.sql(ROWS + " order by " + ListOrder.NAME.columns() + " limit ?")
                .params(tenantId, listId, version, MOST_ROWS)
                .query(LIST_ROW)
                .list();
    }

    /** Row by row from a cursor: needs an open transaction, and must be closed. */
    Stream<ListRow> stream(UUID tenantId, UUID listId, int version, ListOrder order) {
        return jdbc
                .sql(ROWS + " order by " + order.columns() + " limit ?")
                .params(tenantId, listId, version, MOST_ROWS)
                .withFetchSize(BATCH)
                .query(LIST_ROW)
                .stream();
    }

    /** The titles of the sets that the version's people take, each with its audience. */
    Map<String, Audience> setTitles(UUID tenantId, UUID listId, int version) {
        Map<String, Audience> titles = new HashMap<>();
        jdbc.sql("""
                        select distinct set_title, set_audience from submissions.list_row
                        where tenant_id = ? and list_id = ? and version = ?
                        limit 100
                        """).params(tenantId, listId, version).query(row -> {
            titles.put(
                    row.getString("set_title"),
                    Audience.valueOf(row.getString("set_audience").toUpperCase(Locale.ROOT)));
        });
        return titles;
    }

    Map<UUID, String> remarks(UUID tenantId, UUID listId, int version) {
        Map<UUID, String> remarks = new HashMap<>();
        jdbc.sql("""
                        select person_id, remark from submissions.row_remark
                        where tenant_id = ? and list_id = ? and version = ?
                        limit ?
                        """).params(tenantId, listId, version, MOST_ROWS).query(row -> {
            remarks.put(row.getObject("person_id", UUID.class), row.getString("remark"));
        });
        return remarks;
    }

    /** Takes the next number, unless somebody else has. */
    boolean next(UUID tenantId, UUID listId, int current) {
        return jdbc.sql(
                                "update submissions.list set current = current + 1 where tenant_id = ? and id = ? and current = ?")
                        .params(tenantId, listId, current)
                        .update()
                == 1;
    }

    void insert(UUID tenantId, ListVersion version, List<ListRow> rows) {
        Check.that(
                jdbc.sql("""
                                insert into submissions.list_version
                                    (tenant_id, list_id, version, state, expected, signed, declined, excused, content_hash,
                                     parent_name, receiver_name, compiled_by, compiled_at, compile_note)
                                values (?, ?, ?, 'compiled', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                                """)
                                .params(
                                        tenantId,
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
        batch.batchUpdate("""
                insert into submissions.list_row
                    (tenant_id, list_id, version, person_id, sort_key, rank_order, full_name, birth_date, position_name,
                     unit_name, set_title, set_audience, standing, signed_at, method, reason_kind, reason, note, sample)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, rows, BATCH, (statement, row) -> {
            statement.setObject(1, tenantId);
            statement.setObject(2, version.listId());
            statement.setInt(3, version.number());
            statement.setObject(4, row.personId());
            statement.setBytes(5, row.sortKey());
            statement.setInt(6, row.rankOrder());
            statement.setString(7, row.fullName());
            statement.setDate(8, row.birthDate() == null ? null : Date.valueOf(row.birthDate()));
            statement.setString(9, row.positionName());
            statement.setString(10, row.unitName());
            statement.setString(11, row.setTitle());
            statement.setString(12, row.audience().name().toLowerCase(Locale.ROOT));
            statement.setString(13, row.standing().code());
            statement.setTimestamp(14, row.signedAt() == null ? null : Timestamp.from(row.signedAt()));
            statement.setString(15, row.method());
            statement.setString(16, row.reasonKind());
            statement.setString(17, row.reason());
            statement.setString(18, row.note());
            statement.setBoolean(19, row.sample());
        });
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

    boolean submit(UUID tenantId, UUID listId, int version, UUID by, Instant at) {
        return one(jdbc.sql("""
                        update submissions.list_version
                        set state = 'submitted', submitted_by = ?, submitted_at = ?
                        where tenant_id = ? and list_id = ? and version = ? and state = 'approved'
                        """)
                .params(by, Timestamp.from(at), tenantId, listId, version)
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
