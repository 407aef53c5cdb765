package vn.chuanmuc.petitions;

import java.sql.Date;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.petitions.Petition.Outcome;
import vn.chuanmuc.petitions.Petition.State;

/** The register of petitions, and what waits for somebody. */
@Component
public class PetitionLists {
    /** Lines of a file made of the register. */
    public static final int MOST_LINES = 20_000;

    private static final int MOST_OWN = 200;

    private final JdbcClient jdbc;

    PetitionLists(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How the clock of an answer stands. */
    public enum ClockState {
        /** Not near its end. */
        RUNNING,
        NEAR,
        OVER,
        /** Answered in time. */
        KEPT,
        /** Answered after the last day. */
        MISSED,
        /** Taken back by the petitioner. */
        STOPPED;

        public String code() {
            return PetitionRule.code(this);
        }

        public static Optional<ClockState> read(String code) {
            return PetitionRule.read(ClockState.class, code);
        }
    }

    /** @param words in a name; {@code unit} with all below it */
    public record Query(
            String words,
            @Nullable State state,
            @Nullable ClockState clock,
            @Nullable UUID unit,
            @Nullable UUID cycle) {
        public static final Query ALL = new Query("", null, null, null, null);
    }

    /** A petition in the register. */
    public record Line(
            UUID id,
            String fullName,
            String unitName,
            String cycleTitle,
            String gradeName,
            State state,
            LocalDate filedOn,
            boolean late,
            boolean onPaper,
            String registered,
            @Nullable LocalDate ackOn,
            LocalDate ackBy,
            LocalDate answerBy,
            @Nullable LocalDate closedOn,
            String handler,
            @Nullable Outcome outcome,
            ClockState clock) {}

    /** @param counts of all that match but for the clock, by how their clocks stand @param cycles to choose from */
    public record Page(List<Line> lines, long total, Map<ClockState, Long> counts, Map<UUID, String> cycles) {}

    private static final String CLOCK = """
            case when p.state = 'withdrawn' then 'stopped'
                 when p.state = 'answered' then case when p.closed_on > p.answer_by then 'missed' else 'kept' end
                 when p.answer_by < :today then 'over'
                 when p.answer_by <= (cast(:near as date[]))[least(p.remind_days, 60) + 1] then 'near'
                 else 'running' end
            """;

    private static final String WITHIN = """
            from petitions.petition p
            where p.tenant_id = :tenant and p.state not in ('draft', 'dropped')
              and p.unit_id in (select v.descendant_id from directory.unit_closure v
                                where v.tenant_id = :tenant and v.ancestor_id = any (:units))
              and (cast(:words as text) = '' or p.search_key like '%' || :words || '%')
              and (cast(:state as text) is null or p.state = :state)
              and (cast(:unit as uuid) is null
                   or p.unit_id in (select v.descendant_id from directory.unit_closure v
                                    where v.tenant_id = :tenant and v.ancestor_id = :unit))
              and (cast(:cycle as uuid) is null or p.cycle_id = :cycle)
            """;

    private static final RowMapper<Line> LINE = (row, n) -> new Line(
            row.getObject("id", UUID.class),
            row.getString("full_name"),
            row.getString("unit_name"),
            row.getString("cycle_title"),
            row.getString("grade_name"),
            State.of(row.getString("state")),
            row.getObject("filed_on", LocalDate.class),
            row.getBoolean("late"),
            row.getBoolean("on_paper"),
            row.getString("registered"),
            row.getObject("ack_on", LocalDate.class),
            row.getObject("ack_by", LocalDate.class),
            row.getObject("answer_by", LocalDate.class),
            row.getObject("closed_on", LocalDate.class),
            row.getString("handler"),
            Optional.ofNullable(row.getString("outcome")).flatMap(Outcome::read).orElse(null),
            ClockState.read(row.getString("clock")).orElseThrow());

    private static UUID[] units(Viewer viewer) {
        return Stream.of(Permission.RECORD_PETITION, Permission.READ_PETITIONS, Permission.RUN_PETITIONS)
                .flatMap(permission -> Arrays.stream(viewer.unitsWith(permission)))
                .distinct()
                .toArray(UUID[]::new);
    }

    private JdbcClient.StatementSpec with(
            JdbcClient.StatementSpec sql, Viewer viewer, Query query, LocalDate[] near, LocalDate today) {
        return sql.param("tenant", viewer.tenantId())
                .param("units", units(viewer))
                .param("words", Texts.searchKey(query.words()))
                .param("state", query.state() == null ? null : query.state().code())
                .param("unit", query.unit())
                .param("cycle", query.cycle())
                .param("near", Arrays.stream(near).map(Date::valueOf).toArray(Date[]::new))
                .param("today", today);
    }

    /** @param near by days at which a book reminds, the last day that is near */
    Page register(Viewer viewer, Query query, LocalDate[] near, LocalDate today, int page, int size) {
        var counts = new TreeMap<ClockState, Long>();
        with(
                        jdbc.sql("select clock, count(*) as n from (select " + CLOCK + " as clock " + WITHIN
                                + ") x group by clock"),
                        viewer,
                        query,
                        near,
                        today)
                .query(row -> {
                    counts.put(ClockState.read(row.getString("clock")).orElseThrow(), row.getLong("n"));
                });
        long total = query.clock() == null
                ? counts.values().stream().mapToLong(Long::longValue).sum()
                : counts.getOrDefault(query.clock(), 0L);
        // Those that are not parted by anything a person would name keep their place by id: pages neither repeat nor
        // lose a line.
        List<Line> lines = with(
                        jdbc.sql("""
                                select * from (
                                    select p.id, p.full_name, p.unit_name, p.cycle_title, p.grade_name, p.state, p.filed_on, p.late, p.on_paper,
                                           coalesce(p.register_no || '/' || p.register_year, '') as registered, p.ack_on, p.ack_by, p.answer_by,
                                           p.closed_on, coalesce(a.display_name, '') as handler, p.outcome,
                                """ + CLOCK + """
                                           as clock
                                """
                                + WITHIN.replace(
                                        "from petitions.petition p",
                                        "from petitions.petition p left join access.account a on a.tenant_id = p.tenant_id and a.id = p.handler")
                                + """
                                ) x
                                where (cast(:clock as text) is null or x.clock = :clock)
                                order by x.state in ('answered', 'withdrawn'), x.answer_by, x.id
                                limit :size offset :offset
                                """),
                        viewer,
                        query,
                        near,
                        today)
                .param("clock", query.clock() == null ? null : query.clock().code())
                .param("size", size)
                .param("offset", (Math.max(1, page) - 1) * size)
                .query(LINE)
                .list();
        var cycles = new TreeMap<UUID, String>();
        jdbc.sql("""
                        select distinct p.cycle_id, p.cycle_title from petitions.petition p
                        where p.tenant_id = :tenant and p.state not in ('draft', 'dropped')
                          and p.unit_id in (select v.descendant_id from directory.unit_closure v
                                            where v.tenant_id = :tenant and v.ancestor_id = any (:units))
                        order by p.cycle_id desc
                        limit 40
                        """)
                .param("tenant", viewer.tenantId())
                .param("units", units(viewer))
                .query(row -> {
                    cycles.put(row.getObject("cycle_id", UUID.class), row.getString("cycle_title"));
                });
        return new Page(lines, total, counts, cycles);
    }

    /** Why a petition is in somebody's list. */
    public enum Part {
        DRAFT,
        MINE,
        /** To be given to a handler. */
        ASSIGN,
        ACKNOWLEDGE,
        HANDLE,
        OPINION,
        DECIDE,
        REASSESS,
        APPROVE,
        ANSWER,
        /** Its clock has run out: the board, then the head are told. */
        OVERDUE;

        public String code() {
            return PetitionRule.code(this);
        }

        /** Whether the viewer has something to do. */
        public boolean waits() {
            return this != MINE;
        }
    }

    /** @param due the day it must be done by; {@code n} which opinion */
    public record Own(
            UUID id,
            Part part,
            int n,
            String fullName,
            String cycleTitle,
            State state,
            @Nullable LocalDate due) {
        /** Where it is done. */
        public String href() {
            return "/kien-nghi/" + id
                    + switch (part) {
                        case DRAFT -> "/soan";
                        case OPINION -> "/y-kien/" + n;
                        default -> "";
                    };
        }
    }

    private static final RowMapper<Own> OWN = (row, n) -> new Own(
            row.getObject("id", UUID.class),
            PetitionRule.read(Part.class, row.getString("part")).orElseThrow(),
            row.getInt("n"),
            row.getString("full_name"),
            row.getString("cycle_title"),
            State.of(row.getString("state")),
            row.getObject("due", LocalDate.class));

    /**
     * Hands are those who rated, decided or approved what is contested: they neither assign nor decide. Of somebody who may decide,
     * their own decision is not there to approve.
     */
    List<Own> own(Viewer viewer, LocalDate today) {
        return jdbc.sql("""
                        with own as (
                            select r.id from directory.records_of(:tenant, cast(:person as uuid)) as r (id)),
                        pending as (
                            select p.*,
                                   coalesce((select r.decides from petitions.rule r where r.tenant_id = p.tenant_id and r.id = p.rule_id), 'either')
                                       as decides,
                                   exists (select from assessments.decision d
                                           left join assessments.approval a on a.tenant_id = d.tenant_id and a.period = d.period
                                               and a.form_id = d.form_id and a.version = d.version
                                           where d.tenant_id = p.tenant_id and d.period = p.period and d.form_id = p.form_id
                                             and d.version <= p.told_version
                                             and (:account in (d.decided_by, a.made_by)
                                                  or cast(:person as uuid) in (d.decider_person, a.maker_person)))
                                   or exists (select from assessments.handing i
                                              join assessments.rating r on r.tenant_id = i.tenant_id and r.period = i.period
                                                  and r.form_id = i.form_id and r.stage = i.stage
                                              where i.tenant_id = p.tenant_id and i.period = p.period and i.form_id = p.form_id
                                                and i.account_id = :account and r.actor <> 'self') as hand,
                                   exists (select from directory.unit_closure v where v.tenant_id = p.tenant_id
                                           and v.descendant_id = p.cycle_unit and v.ancestor_id = any (:board)) as board,
                                   exists (select from directory.unit_closure v where v.tenant_id = p.tenant_id
                                           and v.descendant_id = p.decider_unit and v.ancestor_id = any (:heads)) as head,
                                   exists (select from directory.unit_closure v where v.tenant_id = p.tenant_id
                                           and v.descendant_id = p.unit_id and v.ancestor_id = any (:clerk)) as clerk
                            from petitions.petition p
                            where p.tenant_id = :tenant and p.state in ('filed', 'handling', 'proposed', 'reassessing', 'decided')
                              and p.person_id <> all (array(select id from own)))
                        select x.id, x.part, x.n, x.full_name, x.cycle_title, x.state, x.due
                        from (
                            select id, 'draft' as part, 0 as n, full_name, cycle_title, state, null::date as due, opened_at
                            from petitions.petition
                            where tenant_id = :tenant and state = 'draft' and opened_by = :account
                            union all
                            select id, 'mine', 0, full_name, cycle_title, state, case when closed_on is null then answer_by end, opened_at
                            from petitions.petition
                            where tenant_id = :tenant and person_id = any (array(select id from own)) and state not in ('draft', 'dropped')
                            union all
                            select id, 'assign', 0, full_name, cycle_title, state, answer_by, opened_at from pending
                            where state = 'filed' and board and not hand
                            union all
                            select id, 'acknowledge', 0, full_name, cycle_title, state, ack_by, opened_at from pending
                            where ack_on is null and clerk
                            union all
                            select id, 'handle', 0, full_name, cycle_title, state, answer_by, opened_at from pending
                            where state = 'handling' and handler = :account
                            union all
                            select p.id, 'opinion', o.n, p.full_name, p.cycle_title, p.state, o.due, p.opened_at from pending p
                            join petitions.opinion o on o.tenant_id = p.tenant_id and o.petition_id = p.id and o.state = 'asked'
                                and (o.account_id = :account or o.unit_id = any (:heads))
                            union all
                            select id, 'decide', 0, full_name, cycle_title, state, answer_by, opened_at from pending
                            where state = 'proposed' and handler <> :account and not hand
                              and (decides <> 'head' and board or decides <> 'board' and head)
                            union all
                            select id, 'reassess', 0, full_name, cycle_title, state, reassess_by, opened_at from pending
                            where state = 'reassessing' and reassessor = :account
                            union all
                            select id, 'approve', 0, full_name, cycle_title, state, answer_by, opened_at from pending
                            where state = 'decided' and not approved and new_version is null and handler <> :account
                              and decided_by <> :account and decider_person is distinct from cast(:person as uuid) and (board or head)
                              and not exists (select from assessments.decision d
                                              where d.tenant_id = :tenant and d.period = pending.period and d.form_id = pending.form_id
                                                and d.version <= pending.told_version
                                                and (d.decided_by = :account or d.decider_person = cast(:person as uuid)))
                            union all
                            select id, 'answer', 0, full_name, cycle_title, state, answer_by, opened_at from pending
                            where state = 'decided' and approved and (handler = :account or board and not hand)
                            union all
                            select id, 'overdue', 0, full_name, cycle_title, state, answer_by, opened_at from pending
                            where (board and not hand and greatest(ack_told, answer_told) >= 2)
                               or (cycle_unit = any (:heads) and greatest(ack_told, answer_told) >= 3)) x
                        order by x.part = 'mine', x.due nulls last, x.opened_at desc, x.id
                        limit :most
                        """)
                .param("tenant", viewer.tenantId())
                .param("account", viewer.accountId())
                .param("person", viewer.personId())
                .param("board", viewer.unitsWith(Permission.RUN_PETITIONS))
                .param("heads", viewer.unitsWith(Permission.RATE_AS_HEAD))
                .param("clerk", viewer.unitsWith(Permission.RECORD_PETITION))
                .param("most", MOST_OWN)
                .query(OWN)
                .list();
    }
}
