package vn.chuanmuc.panels;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.assessments.Period;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.panels.Meeting.Conclusion;
import vn.chuanmuc.panels.Meeting.Delivery;
import vn.chuanmuc.panels.Meeting.Item;
import vn.chuanmuc.panels.Meeting.Minutes;
import vn.chuanmuc.panels.Meeting.Presence;
import vn.chuanmuc.panels.Meeting.Remark;
import vn.chuanmuc.panels.Meeting.Role;
import vn.chuanmuc.panels.Meeting.Seat;
import vn.chuanmuc.panels.Meeting.Signature;
import vn.chuanmuc.panels.Meeting.State;

/** Meetings, who sits in them, what they are about, what was said, concluded and written down. */
@Component
class MeetingStore {
    static final int MOST = 200;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

    private static final String COLUMNS = """
            select m.id, m.cycle_id, m.period, m.stage, m.stage_name, m.unit_id, m.unit_name, m.rule_version, m.title, m.held_on,
                   m.held_at, m.place, m.rule_id, m.state, m.version, m.minutes, m.reason, m.created_by, m.created_at, m.convened_at,
                   m.opened_at, m.closed_at, m.number
            from panels.meeting m
            """;

    private static final RowMapper<Meeting> MEETING = (row, n) -> new Meeting(
            row.getObject("id", UUID.class),
            row.getObject("cycle_id", UUID.class),
            Period.of(row.getInt("period")),
            row.getString("stage"),
            row.getString("stage_name"),
            row.getObject("unit_id", UUID.class),
            row.getString("unit_name"),
            row.getObject("rule_version", UUID.class),
            row.getString("title"),
            row.getObject("held_on", LocalDate.class),
            LocalTime.parse(row.getString("held_at")),
            row.getString("place"),
            row.getObject("rule_id", UUID.class),
            of(State.class, row.getString("state")),
            row.getInt("version"),
            row.getInt("minutes"),
            row.getString("reason"),
            row.getObject("created_by", UUID.class),
            row.getTimestamp("created_at").toInstant(),
            moment(row, "convened_at"),
            moment(row, "opened_at"),
            moment(row, "closed_at"),
            row.getObject("number", Integer.class));

    private final JdbcClient jdbc;

    MeetingStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    static String code(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static <E extends Enum<E>> E of(Class<E> type, String code) {
        return Enum.valueOf(type, code.toUpperCase(Locale.ROOT));
    }

    static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    static List<Integer> numbers(Array array) throws SQLException {
        return Arrays.stream((Integer[]) array.getArray()).toList();
    }

    Optional<Meeting> find(UUID tenantId, UUID id) {
        return jdbc.sql(COLUMNS + "where m.tenant_id = ? and m.id = ?")
                .params(tenantId, id)
                .query(MEETING)
                .optional();
    }

    /** Everybody else who moves it waits until the transaction ends. */
    Optional<Meeting> lock(UUID tenantId, UUID id) {
        return jdbc.sql(COLUMNS + "where m.tenant_id = ? and m.id = ? for update")
                .params(tenantId, id)
                .query(MEETING)
                .optional();
    }

    /** Those a person sits in, or of units, the newest first. @param person null for an account that is no official's */
    List<Meeting> list(
            UUID tenantId, @Nullable UUID person, UUID[] units, @Nullable State state, int offset, int limit) {
        return jdbc.sql(COLUMNS + LISTED
                        + " order by m.held_on desc, m.held_at desc, m.id desc limit :limit offset :offset")
                .param("tenant", tenantId)
                .param("person", person)
                .param("units", units)
                .param("state", state == null ? "" : state.code())
                .param("offset", offset)
                .param("limit", Math.min(limit, MOST))
                .query(MEETING)
                .list();
    }

    long count(UUID tenantId, @Nullable UUID person, UUID[] units, @Nullable State state) {
        return jdbc.sql("select count(*) from panels.meeting m " + LISTED)
                .param("tenant", tenantId)
                .param("person", person)
                .param("units", units)
                .param("state", state == null ? "" : state.code())
                .query((row, n) -> row.getLong(1))
                .single();
    }

    /** A draft is seen by those who prepare it alone. */
    private static final String LISTED = """
            where m.tenant_id = :tenant and (:state = '' or m.state = :state)
              and (m.unit_id in (select d.descendant_id from directory.unit_closure d
                                 where d.tenant_id = :tenant and d.ancestor_id = any (:units))
                   or m.state <> 'draft' and exists (
                       select from panels.seat s
                       where s.tenant_id = m.tenant_id and s.meeting_id = m.id and s.person_id = cast(:person as uuid)))
            """;

    void insert(UUID tenantId, Meeting meeting) {
        int rows = jdbc.sql("""
                        insert into panels.meeting (tenant_id, id, cycle_id, period, stage, stage_name, unit_id, unit_name, rule_version,
                            title, held_on, held_at, place, state, created_by, created_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'draft', ?, ?)
                        """)
                .params(
                        tenantId,
                        meeting.id(),
                        meeting.cycleId(),
                        meeting.period().code(),
                        meeting.stage(),
                        meeting.stageName(),
                        meeting.unitId(),
                        meeting.unitName(),
                        meeting.ruleVersion(),
                        meeting.title(),
                        meeting.heldOn(),
                        TIME.format(meeting.heldAt()),
                        meeting.place(),
                        meeting.createdBy(),
                        Timestamp.from(meeting.createdAt()))
                .update();
        Check.that(rows == 1, "a meeting is one row");
    }

    boolean change(UUID tenantId, Meeting meeting) {
        return jdbc.sql("""
                        update panels.meeting set title = ?, held_on = ?, held_at = ?, place = ?, version = version + 1
                        where tenant_id = ? and id = ? and version = ? and state = 'draft'
                        """)
                        .params(
                                meeting.title(),
                                meeting.heldOn(),
                                TIME.format(meeting.heldAt()),
                                meeting.place(),
                                tenantId,
                                meeting.id(),
                                meeting.version())
                        .update()
                == 1;
    }

    /** Writes who is convened and what it is about anew, for a draft; what another meeting has claimed stays out. @return forms claimed elsewhere */
    List<UUID> plan(UUID tenantId, Meeting meeting, List<Seat> seats, List<Item> agenda) {
        for (String delete : List.of(
                "delete from panels.claim where tenant_id = ? and meeting_id = ?",
                "delete from panels.agenda where tenant_id = ? and meeting_id = ?",
                "delete from panels.seat where tenant_id = ? and meeting_id = ?")) {
            jdbc.sql(delete).params(tenantId, meeting.id()).update();
        }
        int ord = 0;
        for (Seat seat : seats) {
            jdbc.sql("""
                            insert into panels.seat
                                (tenant_id, meeting_id, person_id, ord, role, votes, full_name, position_name, unit_name)
                            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                            """)
                    .params(
                            tenantId,
                            meeting.id(),
                            seat.personId(),
                            (short) ++ord,
                            seat.role().code(),
                            seat.votes(),
                            seat.fullName(),
                            seat.positionName(),
                            seat.unitName())
                    .update();
        }
        ord = 0;
        for (Item item : agenda) {
            jdbc.sql("""
                            insert into panels.agenda
                                (tenant_id, meeting_id, form_id, ord, person_id, full_name, position_name, unit_name)
                            values (?, ?, ?, ?, ?, ?, ?, ?)
                            """)
                    .params(
                            tenantId,
                            meeting.id(),
                            item.formId(),
                            (short) ++ord,
                            item.personId(),
                            item.fullName(),
                            item.positionName(),
                            item.unitName())
                    .update();
        }
        return agenda.stream()
                .map(Item::formId)
                .sorted() // two who claim the same forms wait for each other in one order
                .filter(form -> jdbc.sql("""
                                        insert into panels.claim (tenant_id, period, form_id, stage, meeting_id) values (?, ?, ?, ?, ?)
                                        on conflict (tenant_id, period, form_id, stage) do nothing
                                        """)
                                .params(tenantId, meeting.period().code(), form, meeting.stage(), meeting.id())
                                .update()
                        == 0)
                .toList();
    }

    void release(UUID tenantId, UUID meetingId) {
        jdbc.sql("delete from panels.claim where tenant_id = ? and meeting_id = ?")
                .params(tenantId, meetingId)
                .update();
    }

    /** Forms of a stage that other meetings have claimed. */
    List<UUID> claimed(UUID tenantId, Period period, String stage, @Nullable UUID except) {
        return jdbc.sql("""
                        select form_id from panels.claim
                        where tenant_id = ? and period = ? and stage = ? and meeting_id is distinct from cast(? as uuid)
                        limit 10000
                        """)
                .param(tenantId)
                .param(period.code())
                .param(stage)
                .param(except)
                .query((row, n) -> row.getObject("form_id", UUID.class))
                .list();
    }

    /** Guards every move: from a state to another. */
    boolean move(UUID tenantId, UUID id, State from, State to, String reason, Instant now) {
        return jdbc.sql("""
                        update panels.meeting
                        set state = :to, version = version + 1, reason = :reason,
                            convened_at = case when :to = 'convened' then :now else convened_at end,
                            opened_at = case when :from = 'convened' and :to = 'open' then :now else opened_at end,
                            closed_at = case when :to = 'closed' then :now else closed_at end
                        where tenant_id = :tenant and id = :id and state = :from
                        """)
                        .param("to", to.code())
                        .param("from", from.code())
                        .param("reason", reason)
                        .param("now", Timestamp.from(now))
                        .param("tenant", tenantId)
                        .param("id", id)
                        .update()
                == 1;
    }

    void rule(UUID tenantId, UUID id, @Nullable UUID ruleId) {
        int rows = jdbc.sql("update panels.meeting set rule_id = ? where tenant_id = ? and id = ? and state = 'draft'")
                .param(ruleId)
                .param(tenantId)
                .param(id)
                .update();
        Check.that(rows == 1, "a draft that is locked");
    }

    void number(UUID tenantId, UUID id, int number) {
        int rows = jdbc.sql("""
                        update panels.meeting set number = ?, version = version + 1
                        where tenant_id = ? and id = ? and number is null
                        """).params(number, tenantId, id).update();
        Check.that(rows == 1, "a meeting's minutes get one number");
    }

    List<Seat> seats(UUID tenantId, UUID meetingId) {
        return jdbc.sql("""
                        select s.person_id, s.role, s.votes, s.full_name, s.position_name, s.unit_name,
                               (select a.id from access.account a
                                where a.tenant_id = s.tenant_id and a.person_id = s.person_id and a.state = 'active' limit 1) as account_id
                        from panels.seat s
                        where s.tenant_id = ? and s.meeting_id = ?
                        order by s.ord
                        limit 500
                        """).params(tenantId, meetingId).query(SEAT).list();
    }

    private static final RowMapper<Seat> SEAT = (row, n) -> new Seat(
            row.getObject("person_id", UUID.class),
            of(Role.class, row.getString("role")),
            row.getBoolean("votes"),
            row.getString("full_name"),
            row.getString("position_name"),
            row.getString("unit_name"),
            row.getObject("account_id", UUID.class));

    List<Item> agenda(UUID tenantId, UUID meetingId) {
        return jdbc.sql("""
                        select form_id, person_id, full_name, position_name, unit_name from panels.agenda
                        where tenant_id = ? and meeting_id = ?
                        order by ord
                        limit 500
                        """)
                .params(tenantId, meetingId)
                .query((row, n) -> new Item(
                        row.getObject("form_id", UUID.class),
                        row.getObject("person_id", UUID.class),
                        row.getString("full_name"),
                        row.getString("position_name"),
                        row.getString("unit_name")))
                .list();
    }

    /** People who may be convened: of the unit itself, those named, and whoever has the words in their name; at most 200. */
    List<Seat> people(UUID tenantId, UUID unitId, UUID[] named, String words, LocalDate day) {
        return jdbc.sql("""
                        select distinct on (p.sort_key, p.id) p.id as person_id, 'member' as role, true as votes, p.full_name,
                               o.name as position_name, v.name as unit_name,
                               (select a.id from access.account a
                                where a.tenant_id = p.tenant_id and a.person_id = p.id and a.state = 'active' limit 1) as account_id
                        from directory.assignment x
                        join directory.person p on p.tenant_id = x.tenant_id and p.id = x.person_id
                        join directory.position o on o.tenant_id = x.tenant_id and o.id = x.position_id
                        join lateral (
                            select u.name from directory.unit_version u
                            where u.tenant_id = x.tenant_id and u.unit_id = x.unit_id
                            order by u.valid_from <= :day and (u.valid_to is null or u.valid_to > :day) desc, u.valid_from
                            limit 1) v on true
                        where x.tenant_id = :tenant and x.valid_from <= :day and (x.valid_to is null or x.valid_to > :day)
                          and (x.unit_id = :unit or x.person_id = any (:named)
                               or :words <> '' and p.search_key like '%' || :words || '%')
                        order by p.sort_key, p.id, x.unit_id = :unit desc, x.main desc
                        limit :most
                        """)
                .param("tenant", tenantId)
                .param("unit", unitId)
                .param("named", named)
                .param("words", words)
                .param("day", day)
                .param("most", MOST)
                .query(SEAT)
                .list();
    }

    List<Presence> presences(UUID tenantId, UUID meetingId) {
        return jdbc.sql("""
                        select person_id, seq, present, since, reason, noted_by, noted_at from panels.presence
                        where tenant_id = ? and meeting_id = ?
                        order by person_id, seq
                        limit 5000
                        """)
                .params(tenantId, meetingId)
                .query((row, n) -> new Presence(
                        row.getObject("person_id", UUID.class),
                        row.getInt("seq"),
                        row.getBoolean("present"),
                        LocalTime.parse(row.getString("since")),
                        row.getString("reason"),
                        row.getObject("noted_by", UUID.class),
                        row.getTimestamp("noted_at").toInstant()))
                .list();
    }

    void note(UUID tenantId, UUID meetingId, Presence presence) {
        int rows = jdbc.sql("""
                        insert into panels.presence
                            (tenant_id, meeting_id, person_id, seq, present, since, reason, noted_by, noted_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        tenantId,
                        meetingId,
                        presence.personId(),
                        (short) presence.seq(),
                        presence.present(),
                        TIME.format(presence.since()),
                        presence.reason(),
                        presence.notedBy(),
                        Timestamp.from(presence.notedAt()))
                .update();
        Check.that(rows == 1, "a presence is one row");
    }

    List<Remark> remarks(UUID tenantId, UUID meetingId) {
        return jdbc.sql("""
                        select form_id, seq, words, noted_by, noted_at from panels.remark
                        where tenant_id = ? and meeting_id = ?
                        order by form_id, seq
                        limit 5000
                        """)
                .params(tenantId, meetingId)
                .query((row, n) -> new Remark(
                        row.getObject("form_id", UUID.class),
                        row.getInt("seq"),
                        row.getString("words"),
                        row.getObject("noted_by", UUID.class),
                        row.getTimestamp("noted_at").toInstant()))
                .list();
    }

    void remark(UUID tenantId, UUID meetingId, Remark remark) {
        int rows = jdbc.sql("""
                        insert into panels.remark (tenant_id, meeting_id, form_id, seq, words, noted_by, noted_at)
                        values (?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        tenantId,
                        meetingId,
                        remark.formId(),
                        (short) remark.seq(),
                        remark.words(),
                        remark.notedBy(),
                        Timestamp.from(remark.notedAt()))
                .update();
        Check.that(rows == 1, "a remark is one row");
    }

    List<Conclusion> conclusions(UUID tenantId, UUID meetingId) {
        return jdbc.sql("""
                        select form_id, version, round_id, suggested, grade, grade_name, reason, concluded_by, concluded_at
                        from panels.conclusion
                        where tenant_id = ? and meeting_id = ?
                        order by form_id, version
                        limit 5000
                        """)
                .params(tenantId, meetingId)
                .query((row, n) -> new Conclusion(
                        row.getObject("form_id", UUID.class),
                        row.getInt("version"),
                        row.getObject("round_id", UUID.class),
                        row.getString("suggested"),
                        row.getString("grade"),
                        row.getString("grade_name"),
                        row.getString("reason"),
                        row.getObject("concluded_by", UUID.class),
                        row.getTimestamp("concluded_at").toInstant()))
                .list();
    }

    void conclude(UUID tenantId, UUID meetingId, Conclusion conclusion) {
        int rows = jdbc.sql("""
                        insert into panels.conclusion (tenant_id, meeting_id, form_id, version, round_id, suggested, grade, grade_name,
                            reason, concluded_by, concluded_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(tenantId)
                .param(meetingId)
                .param(conclusion.formId())
                .param((short) conclusion.version())
                .param(conclusion.roundId())
                .param(conclusion.suggested())
                .param(conclusion.grade())
                .param(conclusion.gradeName())
                .param(conclusion.reason())
                .param(conclusion.concludedBy())
                .param(Timestamp.from(conclusion.concludedAt()))
                .update();
        Check.that(rows == 1, "a conclusion is one row");
    }

    List<Minutes> minutes(UUID tenantId, UUID meetingId) {
        return jdbc.sql("""
                        select version, content, hash, reason, made_by, made_at from panels.minutes
                        where tenant_id = ? and meeting_id = ?
                        order by version
                        limit 100
                        """)
                .params(tenantId, meetingId)
                .query((row, n) -> new Minutes(
                        row.getInt("version"),
                        row.getString("content"),
                        row.getBytes("hash"),
                        row.getString("reason"),
                        row.getObject("made_by", UUID.class),
                        row.getTimestamp("made_at").toInstant()))
                .list();
    }

    void make(UUID tenantId, UUID meetingId, Minutes minutes) {
        int rows = jdbc.sql("""
                        insert into panels.minutes (tenant_id, meeting_id, version, content, hash, reason, made_by, made_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        tenantId,
                        meetingId,
                        (short) minutes.version(),
                        minutes.content(),
                        minutes.hash(),
                        minutes.reason(),
                        minutes.madeBy(),
                        Timestamp.from(minutes.madeAt()))
                .update();
        Check.that(rows == 1, "minutes are one row");
        rows = jdbc.sql("update panels.meeting set minutes = ? where tenant_id = ? and id = ? and minutes = ?")
                .params((short) minutes.version(), tenantId, meetingId, (short) (minutes.version() - 1))
                .update();
        Check.that(rows == 1, "a locked meeting gets its next minutes");
    }

    private static final String SIGNATURE = """
            select version, role, person_id, account_id, hash, signed_at, coalesce(method, 'xac-nhan-dien-tu') as method,
                   confirmed_by, passkey_id, document_hash, signed_on
            from panels.signature
            """;

    private static final RowMapper<Signature> SIGNATURES = (row, n) -> new Signature(
            row.getInt("version"),
            of(Role.class, row.getString("role")),
            row.getObject("person_id", UUID.class),
            row.getObject("account_id", UUID.class),
            row.getBytes("hash"),
            row.getTimestamp("signed_at").toInstant(),
            Meeting.Method.of(row.getString("method")),
            row.getString("confirmed_by"),
            row.getObject("passkey_id", UUID.class),
            row.getBytes("document_hash"),
            row.getObject("signed_on", LocalDate.class));

    /** In the order in which they were written; at most 200. */
    List<Signature> signatures(UUID tenantId, UUID meetingId) {
        return jdbc.sql(SIGNATURE + """
                        where tenant_id = ? and meeting_id = ?
                        order by version, signed_at, role desc
                        limit 200
                        """)
                .params(tenantId, meetingId)
                .query(SIGNATURES)
                .list();
    }

    boolean sign(UUID tenantId, UUID meetingId, Signature signature) {
        return jdbc.sql("""
                        insert into panels.signature (tenant_id, meeting_id, version, role, person_id, account_id, hash, signed_at, method,
                            confirmed_by, passkey_id, document_hash, signed_on)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (tenant_id, meeting_id, version, role) do nothing
                        """)
                        .params(
                                tenantId,
                                meetingId,
                                (short) signature.version(),
                                signature.role().code(),
                                signature.personId(),
                                signature.accountId(),
                                signature.hash(),
                                Timestamp.from(signature.signedAt()),
                                signature.method().code())
                        .param(signature.confirmedBy())
                        .param(signature.passkeyId())
                        .param(signature.documentHash())
                        .param(signature.signedOn())
                        .update()
                == 1;
    }

    /** At most 200. */
    List<Meeting.Copy> copies(UUID tenantId, UUID meetingId) {
        return jdbc.sql("""
                        select version, seq, method, paper_id, given_by, given_at from panels.minutes_copy
                        where tenant_id = ? and meeting_id = ?
                        order by version, seq
                        limit 200
                        """)
                .params(tenantId, meetingId)
                .query((row, n) -> new Meeting.Copy(
                        row.getInt("version"),
                        row.getInt("seq"),
                        Meeting.Method.of(row.getString("method")),
                        row.getObject("paper_id", UUID.class),
                        row.getObject("given_by", UUID.class),
                        row.getTimestamp("given_at").toInstant()))
                .list();
    }

    void give(UUID tenantId, UUID meetingId, Meeting.Copy copy) {
        int rows = jdbc.sql("""
                        insert into panels.minutes_copy (tenant_id, meeting_id, version, seq, given_by, given_at, method, paper_id)
                        values (?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        tenantId,
                        meetingId,
                        (short) copy.version(),
                        (short) copy.seq(),
                        copy.givenBy(),
                        Timestamp.from(copy.givenAt()),
                        copy.method().code())
                .param(copy.paperId())
                .update();
        Check.that(rows == 1, "a copy is one row");
    }

    /** Whose minutes a file was signed as. */
    record SignedFile(UUID tenantId, UUID paperId) {}

    Optional<SignedFile> signedFile(byte[] documentHash) {
        return jdbc.sql("""
                        select c.tenant_id, c.paper_id
                        from panels.signature s
                        join panels.minutes_copy c on c.tenant_id = s.tenant_id and c.meeting_id = s.meeting_id and c.version = s.version
                            and c.method = s.method
                        where s.document_hash = ?
                        order by c.seq desc
                        limit 1
                        """)
                .param(documentHash)
                .query((row, n) ->
                        new SignedFile(row.getObject("tenant_id", UUID.class), row.getObject("paper_id", UUID.class)))
                .optional();
    }

    List<Delivery> deliveries(UUID tenantId, UUID meetingId) {
        return jdbc.sql("""
                        select form_id, seq, done, why, at from panels.delivery
                        where tenant_id = ? and meeting_id = ?
                        order by form_id, seq
                        limit 5000
                        """)
                .params(tenantId, meetingId)
                .query((row, n) -> new Delivery(
                        row.getObject("form_id", UUID.class),
                        row.getInt("seq"),
                        row.getBoolean("done"),
                        row.getString("why"),
                        row.getTimestamp("at").toInstant()))
                .list();
    }

    void deliver(UUID tenantId, UUID meetingId, Delivery delivery) {
        int rows = jdbc.sql("""
                        insert into panels.delivery (tenant_id, meeting_id, form_id, seq, done, why, at) values (?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        tenantId,
                        meetingId,
                        delivery.formId(),
                        (short) delivery.seq(),
                        delivery.done(),
                        delivery.why(),
                        Timestamp.from(delivery.at()))
                .update();
        Check.that(rows == 1, "a delivery is one row");
    }

    /** The stage of a meeting under way that has the form on its agenda and the person among those who sit there, not about themself. */
    Optional<String> stage(UUID tenantId, UUID personId, UUID formId) {
        return jdbc.sql("""
                        select m.stage
                        from panels.agenda a
                        join panels.meeting m on m.tenant_id = a.tenant_id and m.id = a.meeting_id
                            and m.state in ('convened', 'open', 'voting', 'counted')
                        join panels.seat s on s.tenant_id = a.tenant_id and s.meeting_id = a.meeting_id and s.person_id = :person
                        where a.tenant_id = :tenant and a.form_id = :form and a.person_id <> :person
                        order by m.id
                        limit 1
                        """)
                .param("tenant", tenantId)
                .param("person", personId)
                .param("form", formId)
                .query((row, n) -> row.getString("stage"))
                .optional();
    }
}
