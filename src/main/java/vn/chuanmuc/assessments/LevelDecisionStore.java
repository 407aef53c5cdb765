package vn.chuanmuc.assessments;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.LevelDecisions.Case;
import vn.chuanmuc.assessments.LevelDecisions.DeskLine;
import vn.chuanmuc.assessments.LevelDecisions.Elsewhere;
import vn.chuanmuc.assessments.LevelDecisions.Given;
import vn.chuanmuc.assessments.LevelDecisions.Result;
import vn.chuanmuc.assessments.LevelDecisions.TakenFigure;
import vn.chuanmuc.assessments.LevelDecisions.Words;
import vn.chuanmuc.criteria.Audience;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.rules.RuleBook.Measure;

/** Which forms a head decides about, how they stand, and what was said of them; written is in {@link DecisionWriting}. */
@Component
class LevelDecisionStore {
    /** People one head decides about; a unit with more has units of its own below it. */
    private static final int MOST_CASES = 5_000;

    private static final int MOST_DESKS = 200;
    /** A number as people read it, with or without its unit: “92,5 %”, “1.204 hồ sơ”. */
    private static final Pattern NUMBER =
            Pattern.compile("(-?\\d{1,3}(?:\\.\\d{3})+|-?\\d+)(?:,(\\d+))?(?:\\s*%|\\s+\\p{L}\\D*)?");

    /**
     * The forms one unit's head decides about: those that head rates, and those whose route has no head, of the units below. Where
     * nobody is above, the form lies at the cycle's unit, and who acts in the missing head's place decides.
     */
    private static final String PICKED = """
            with picked as (
                select r.form_id, false as unheaded
                from assessments.rating r
                join assessments.form f on f.tenant_id = r.tenant_id and f.period = r.period and f.id = r.form_id
                where r.tenant_id = :tenant and r.period = :period and r.cycle_id = :cycle and r.unit_id = :unit
                  and r.actor = case when f.leads then 'superior' else 'head' end
                union
                select f.id, u.unit_id is null
                from assessments.form f
                join assessments.cycle c on c.tenant_id = f.tenant_id and c.id = f.cycle_id
                join directory.unit_closure d on d.tenant_id = f.tenant_id and d.descendant_id = f.unit_id and d.ancestor_id = :unit
                cross join lateral (
                    select assessments.head_unit(f.tenant_id, f.unit_id, case when f.leads then 1 else 0 end, '{}', array[f.person_id],
                                                 :today) as unit_id) u
                where f.tenant_id = :tenant and f.period = :period and f.cycle_id = :cycle
                  and not exists (select from assessments.rating r
                                  where r.tenant_id = f.tenant_id and r.period = f.period and r.form_id = f.id and r.unit_id is not null
                                    and r.actor = case when f.leads then 'superior' else 'head' end)
                  and coalesce(u.unit_id, c.unit_id) = :unit)
            """;

    private static final String CASES =
            PICKED + """
            select f.id, f.period, f.cycle_id, %1$s as person_id, f.full_name, f.position_name, f.unit_id, f.unit_name, f.segment, f.segments,
                   f.leads, f.set_id, s.audience, f.items, f.state, f.step, h.account_id as instead, p.unheaded, x.version, x.state as result_state,
                   x.grade, x.rank, x.decided_by, %2$s as decider_person, x.approver_unit, x.standing, x.standing_name, x.tell_by, x.told,
                   w.unit_id as way_unit, w.account_id as way_account, w.due as way_due,
            """.formatted(FormHead.PERSON, FormHead.present("x.decider_person")) + ResultStore.CONTESTED + """
                   as contested
            from picked p
            join assessments.form f on f.tenant_id = :tenant and f.period = :period and f.id = p.form_id
            join criteria.criteria_set s on s.tenant_id = f.tenant_id and s.id = f.set_id
            left join assessments.rating h on h.tenant_id = f.tenant_id and h.period = f.period and h.form_id = f.id
                and h.actor = case when f.leads then 'superior' else 'head' end
            left join assessments.result x on x.tenant_id = f.tenant_id and x.period = f.period and x.form_id = f.id
            left join assessments.approval_way w on w.tenant_id = f.tenant_id and w.period = f.period and w.form_id = f.id
            where f.state <> 'cancelled'
            order by f.sort_key, f.id
            limit :most
            """;

    private final JdbcClient jdbc;

    LevelDecisionStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Where a form is decided about. */
    record Place(UUID cycleId, UUID unitId) {}

    Optional<Place> place(UUID tenantId, Period period, UUID formId, LocalDate today) {
        return jdbc.sql("""
                        select f.cycle_id,
                               coalesce(r.unit_id, assessments.head_unit(f.tenant_id, f.unit_id, case when f.leads then 1 else 0 end,
                                                                         '{}', array[f.person_id], :today), c.unit_id) as unit_id
                        from assessments.form f
                        join assessments.cycle c on c.tenant_id = f.tenant_id and c.id = f.cycle_id and c.state <> 'creating'
                        left join assessments.rating r on r.tenant_id = f.tenant_id and r.period = f.period and r.form_id = f.id
                            and r.actor = case when f.leads then 'superior' else 'head' end
                        where f.tenant_id = :tenant and f.period = :period and f.id = :form
                        """)
                .param("tenant", tenantId)
                .param("period", period.code())
                .param("form", formId)
                .param("today", today)
                .query((row, n) ->
                        new Place(row.getObject("cycle_id", UUID.class), row.getObject("unit_id", UUID.class)))
                .optional();
    }

    List<Case> cases(UUID tenantId, Cycle cycle, UUID unitId, List<RuleBook.Figure> asked, LocalDate today) {
        var given = new HashMap<UUID, List<Given>>();
        jdbc.sql(PICKED + """
                        select r.form_id, r.stage, s.name, r.ord, r.actor, r.levels, case when h.paper_id is null then h.seconds end as seconds, h.late, r.handed_at,
                               case when r.actor in ('panel', 'colleagues') then h.content::jsonb ->> 'grade' end as grade
                        from picked p
                        join assessments.rating r on r.tenant_id = :tenant and r.period = :period and r.form_id = p.form_id
                        join assessments.handing h on h.tenant_id = r.tenant_id and h.period = r.period and h.form_id = r.form_id
                            and h.stage = r.stage and h.handing = r.handing
                        join assessments.cycle_stage s on s.tenant_id = r.tenant_id and s.cycle_id = r.cycle_id and s.code = r.stage
                        where r.state = 'handed-in'
                        order by r.ord, r.stage
                        """)
                .param("tenant", tenantId)
                .param("period", cycle.period().code())
                .param("cycle", cycle.id())
                .param("unit", unitId)
                .param("today", today)
                .query(row -> {
                    given.computeIfAbsent(row.getObject("form_id", UUID.class), any -> new ArrayList<>())
                            .add(given(row));
                });
        Map<UUID, List<TakenFigure>> taken = taken(tenantId, cycle, unitId, today);
        return jdbc.sql(CASES)
                .param("tenant", tenantId)
                .param("period", cycle.period().code())
                .param("cycle", cycle.id())
                .param("unit", unitId)
                .param("today", today)
                .param("most", MOST_CASES)
                .query((row, n) -> {
                    UUID form = row.getObject("id", UUID.class);
                    return aCase(
                            row,
                            unitId,
                            given.getOrDefault(form, List.of()),
                            asked,
                            taken.getOrDefault(form, List.of()));
                })
                .list();
    }

    private static Given given(ResultSet row) throws SQLException {
        Array levels = row.getArray("levels");
        return new Given(
                row.getString("stage"),
                row.getString("name"),
                row.getInt("ord"),
                Columns.of(RuleBook.Actor.class, row.getString("actor")),
                Columns.levels(levels),
                row.getObject("seconds", Integer.class),
                row.getBoolean("late"),
                row.getTimestamp("handed_at").toInstant(),
                row.getString("grade"));
    }

    private static Case aCase(
            ResultSet row, UUID unitId, List<Given> given, List<RuleBook.Figure> asked, List<TakenFigure> taken)
            throws SQLException {
        return new Case(
                row.getObject("id", UUID.class),
                Period.of(row.getInt("period")),
                row.getObject("cycle_id", UUID.class),
                row.getObject("person_id", UUID.class),
                row.getString("full_name"),
                row.getString("position_name"),
                row.getObject("unit_id", UUID.class),
                row.getString("unit_name"),
                row.getInt("segment"),
                row.getInt("segments"),
                row.getBoolean("leads"),
                row.getObject("set_id", UUID.class),
                Columns.of(Audience.class, row.getString("audience")),
                row.getInt("items"),
                Columns.of(Forms.State.class, row.getString("state")),
                row.getInt("step"),
                unitId,
                row.getObject("instead", UUID.class),
                row.getBoolean("unheaded"),
                List.copyOf(given),
                row.getObject("version") == null ? null : result(row),
                new LevelDecisions.Way(
                        row.getObject("way_unit", UUID.class),
                        row.getObject("way_account", UUID.class),
                        row.getObject("way_due", LocalDate.class)),
                values(asked, taken),
                List.copyOf(taken));
    }

    private static Result result(ResultSet row) throws SQLException {
        return new Result(
                row.getInt("version"),
                Columns.of(LevelDecisions.State.class, row.getString("result_state")),
                row.getString("grade"),
                row.getInt("rank"),
                row.getObject("decided_by", UUID.class),
                row.getObject("decider_person", UUID.class),
                row.getObject("approver_unit", UUID.class),
                Columns.whole(row, "standing"),
                row.getString("standing_name"),
                row.getObject("tell_by", LocalDate.class),
                Columns.whole(row, "told"),
                row.getBoolean("contested"));
    }

    /** What was brought into stages that are in, the newest figure first. */
    private Map<UUID, List<TakenFigure>> taken(UUID tenantId, Cycle cycle, UUID unitId, LocalDate today) {
        var taken = new HashMap<UUID, List<TakenFigure>>();
        jdbc.sql(PICKED + """
                        select e.form_id, e.figure_id, s.name, e.position, e.index_code, e.title, e.figure, e.figure_on, e.figure_source
                        from picked p
                        join assessments.evidence e on e.tenant_id = :tenant and e.period = :period and e.form_id = p.form_id
                        join assessments.rating r on r.tenant_id = e.tenant_id and r.period = e.period and r.form_id = e.form_id
                            and r.stage = e.stage and r.state = 'handed-in'
                        join assessments.cycle_stage s on s.tenant_id = r.tenant_id and s.cycle_id = r.cycle_id and s.code = r.stage
                        where e.kind = 'figure'
                        order by e.form_id, e.figure_on desc, e.id desc
                        """)
                .param("tenant", tenantId)
                .param("period", cycle.period().code())
                .param("cycle", cycle.id())
                .param("unit", unitId)
                .param("today", today)
                .query(row -> {
                    taken.computeIfAbsent(row.getObject("form_id", UUID.class), any -> new ArrayList<>())
                            .add(new TakenFigure(
                                    row.getObject("figure_id", UUID.class),
                                    row.getString("name"),
                                    row.getInt("position"),
                                    row.getString("index_code"),
                                    row.getString("title"),
                                    row.getString("figure"),
                                    row.getObject("figure_on", LocalDate.class),
                                    Objects.requireNonNullElse(row.getString("figure_source"), ""),
                                    null));
                });
        return taken;
    }

    /** The newest figure of each code that the book asks for, where its value reads as a number of that measure. */
    private static Map<String, BigDecimal> values(List<RuleBook.Figure> asked, List<TakenFigure> taken) {
        var values = new HashMap<String, BigDecimal>();
        for (RuleBook.Figure figure : asked) {
            taken.stream()
                    .filter(one -> one.code().equals(figure.code()))
                    .findFirst()
                    .map(one -> number(one.value(), figure.measure()))
                    .ifPresent(number -> values.put(figure.code(), number));
        }
        return Map.copyOf(values);
    }

    /** A number of that measure: 92 dossiers are neither 92 % nor 92 points. */
    static @Nullable BigDecimal number(String figure, Measure measure) {
        Matcher matcher = NUMBER.matcher(figure.strip());
        Measure written = figure.strip().endsWith("%")
                ? Measure.SHARE
                : figure.strip().endsWith("điểm") ? Measure.POINTS : Measure.COUNT;
        if (!matcher.matches() || written != measure) {
            return null;
        }
        String decimals = matcher.group(2);
        return new BigDecimal(matcher.group(1).replace(".", "") + (decimals == null ? "" : "." + decimals));
    }

    /** The first day by which something that waits must be approved; the cycle's when nothing waits. */
    private static final String DESK_DUE = """
            coalesce(min(coalesce(w.due, (select max(s.due) from assessments.cycle_stage s
                                          where s.tenant_id = c.tenant_id and s.cycle_id = c.id and s.actor = 'approval')))
                         filter (where x.state is null or x.state in ('decided', 'sent-back')),
                     (select max(s.due) from assessments.cycle_stage s
                      where s.tenant_id = c.tenant_id and s.cycle_id = c.id and s.actor = 'approval')) as due,
            """;

    private static final String DESK_COUNTS = """
            count(*) as people, count(*) filter (where f.state = 'open' and f.step > 0) as running,
            count(*) filter (where f.state = 'open' and f.step = 0) as ready, count(*) filter (where x.state = 'decided') as decided,
            count(*) filter (where x.state = 'approved') as approved, count(*) filter (where x.state = 'told') as told
            """;

    private static final RowMapper<DeskLine> DESK = (row, n) -> new DeskLine(
            row.getObject("cycle_id", UUID.class),
            Period.of(row.getInt("period")),
            row.getString("title"),
            row.getObject("unit_id", UUID.class),
            row.getString("unit_name"),
            row.getLong("people"),
            row.getLong("running"),
            row.getLong("ready"),
            row.getLong("decided"),
            row.getLong("approved"),
            row.getLong("told"),
            row.getObject("due", LocalDate.class));

    List<DeskLine> desks(Viewer viewer, LocalDate today) {
        return jdbc.sql("""
                        with mine as (
                            select r.period, r.form_id, r.unit_id
                            from assessments.rating r
                            where r.tenant_id = :tenant and r.actor in ('head', 'superior') and r.unit_id = any (:held)
                            union
                            select r.period, r.form_id,
                                   coalesce(r.unit_id,
                                            assessments.head_unit(f.tenant_id, f.unit_id, case when f.leads then 1 else 0 end, '{}',
                                                                  array[f.person_id], :today),
                                            c.unit_id)
                            from assessments.rating r
                            join assessments.form f on f.tenant_id = r.tenant_id and f.period = r.period and f.id = r.form_id
                            join assessments.cycle c on c.tenant_id = f.tenant_id and c.id = f.cycle_id
                            where r.tenant_id = :tenant and r.account_id = :account
                              and r.actor = case when f.leads then 'superior' else 'head' end
                            union
                            select f.period, f.id, u.unit_id
                            from assessments.form f
                            cross join lateral (
                                select assessments.head_unit(f.tenant_id, f.unit_id, case when f.leads then 1 else 0 end, '{}',
                                                             array[f.person_id], :today) as unit_id) u
                            where f.tenant_id = :tenant and f.state not in ('cancelled', 'not-assessed')
                              and f.unit_id in (select d.descendant_id from directory.unit_closure d
                                                where d.tenant_id = :tenant and d.ancestor_id = any (:held))
                              and not exists (select from assessments.rating r
                                              where r.tenant_id = f.tenant_id and r.period = f.period and r.form_id = f.id
                                                and r.actor in ('head', 'superior') and r.unit_id is not null)
                              and u.unit_id = any (:held))
                        select c.id as cycle_id, c.period, c.title, m.unit_id, v.name as unit_name,
                        """ + DESK_DUE + DESK_COUNTS + """
                        from mine m
                        join assessments.form f on f.tenant_id = :tenant and f.period = m.period and f.id = m.form_id
                        join assessments.cycle c on c.tenant_id = f.tenant_id and c.id = f.cycle_id and c.state in ('open', 'closed')
                        left join assessments.result x on x.tenant_id = f.tenant_id and x.period = f.period and x.form_id = f.id
                        left join assessments.approval_way w on w.tenant_id = f.tenant_id and w.period = f.period and w.form_id = f.id
                        left join directory.unit_version v on v.tenant_id = :tenant and v.unit_id = m.unit_id and v.valid_to is null
                        where f.state not in ('cancelled', 'not-assessed') and f.person_id is distinct from cast(:person as uuid)
                          and c.opens_on <= :today
                        group by c.tenant_id, c.id, c.period, c.title, m.unit_id, v.name
                        order by c.period desc, v.name, m.unit_id
                        limit :most
                        """)
                .param("tenant", viewer.tenantId())
                .param("held", viewer.unitsWith(Permission.RATE_AS_HEAD))
                .param("account", viewer.accountId())
                .param("person", viewer.personId())
                .param("today", today)
                .param("most", MOST_DESKS)
                .query(DESK)
                .list();
    }

    List<DeskLine> toApprove(Viewer viewer, UUID[] runs, LocalDate today) {
        return jdbc.sql("""
                        select c.id as cycle_id, c.period, c.title, x.unit_id, v.name as unit_name,
                        """ + DESK_DUE + DESK_COUNTS + """
                        from assessments.result x
                        join assessments.cycle c on c.tenant_id = x.tenant_id and c.id = x.cycle_id and c.state in ('open', 'closed')
                        join assessments.form f on f.tenant_id = x.tenant_id and f.period = x.period and f.id = x.form_id
                            and f.state <> 'cancelled'
                        left join assessments.approval_way w on w.tenant_id = x.tenant_id and w.period = x.period and w.form_id = x.form_id
                        left join directory.unit_version v on v.tenant_id = :tenant and v.unit_id = x.unit_id and v.valid_to is null
                        where x.tenant_id = :tenant and f.person_id is distinct from cast(:person as uuid)
                          and case when w.account_id is not null then w.account_id = :account
                              else x.approver_unit = any (:held)
                                   or exists (select from directory.unit_closure d
                                              where d.tenant_id = :tenant and d.descendant_id = c.unit_id and not d.custody
                                                and d.ancestor_id = any (:runs))
                                      and (x.approver_unit is null
                                           or not exists (select from access.role_grant g
                                                          join access.account a on a.tenant_id = g.tenant_id and a.id = g.account_id
                                                              and a.state = 'active'
                                                          where g.tenant_id = :tenant and g.unit_id = x.approver_unit
                                                            and g.role = 'HEAD' and g.valid_to is null)) end
                        group by c.tenant_id, c.id, c.period, c.title, x.unit_id, v.name
                        order by (count(*) filter (where x.state = 'decided') = 0), c.period desc, v.name, x.unit_id
                        limit :most
                        """)
                .param("tenant", viewer.tenantId())
                .param("held", viewer.unitsWith(Permission.RATE_AS_HEAD))
                .param("runs", runs)
                .param("account", viewer.accountId())
                .param("person", viewer.personId())
                .param("most", MOST_DESKS)
                .query(DESK)
                .list();
    }

    /** How all others of the cycle stand: by set and grade of the newest decision that was not sent back. */
    List<Elsewhere.Group> elsewhere(UUID tenantId, Cycle cycle, List<UUID> forms) {
        return jdbc.sql("""
                        select f.set_id, x.grade, count(*) as people
                        from assessments.form f
                        left join assessments.result x on x.tenant_id = f.tenant_id and x.period = f.period and x.form_id = f.id
                            and x.state <> 'sent-back'
                        where f.tenant_id = :tenant and f.period = :period and f.cycle_id = :cycle and f.state <> 'cancelled'
                          and f.id not in (select unnest(cast(:forms as uuid[])))
                        group by f.set_id, x.grade
                        order by f.set_id, x.grade
                        """)
                .param("tenant", tenantId)
                .param("period", cycle.period().code())
                .param("cycle", cycle.id())
                .param("forms", forms.toArray(UUID[]::new))
                .query((row, n) -> new Elsewhere.Group(
                        row.getObject("set_id", UUID.class), row.getString("grade"), row.getInt("people")))
                .list();
    }

    /** Whether somebody other than those named heads the unit today. */
    boolean headed(
            UUID tenantId, UUID unitId, UUID rated, UUID decider, @Nullable UUID deciderPerson, LocalDate today) {
        return jdbc.sql("""
                        select exists (
                            select from access.role_grant g
                            join access.account a on a.tenant_id = g.tenant_id and a.id = g.account_id and a.state = 'active'
                            where g.tenant_id = :tenant and g.unit_id = :unit and g.role = 'HEAD' and g.valid_from <= :today
                              and g.valid_to is null and a.id <> :decider and a.person_id is distinct from :rated
                              and (a.person_id is null or a.person_id is distinct from cast(:person as uuid)))
                        """)
                .param("tenant", tenantId)
                .param("unit", unitId)
                .param("today", today)
                .param("decider", decider)
                .param("rated", rated)
                .param("person", deciderPerson)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    /** Whether the viewer, through whatever account, decided any version of the form. */
    boolean decidedBefore(Viewer viewer, Case about) {
        return jdbc.sql("""
                        select exists (select from assessments.decision d
                                       where d.tenant_id = :tenant and d.period = :period and d.form_id = :form
                                         and (d.decided_by = :account or d.decider_person = %s))
                        """.formatted(FormHead.RECORDS))
                .param("tenant", viewer.tenantId())
                .param("period", about.period().code())
                .param("form", about.formId())
                .param("account", viewer.accountId())
                .param("person", viewer.personId())
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    /** Whether somebody decided or approved any version of the form. */
    boolean tookPart(UUID tenantId, Period period, UUID formId, UUID petitionId, UUID account, @Nullable UUID person) {
        return jdbc.sql("""
                        select exists (
                            select from assessments.decision d
                            left join assessments.approval a on a.tenant_id = d.tenant_id and a.period = d.period
                                and a.form_id = d.form_id and a.version = d.version
                            where d.tenant_id = :tenant and d.period = :period and d.form_id = :form
                              and d.petition_id is distinct from :petition
                              and (:account in (d.decided_by, a.made_by)
                                   or d.decider_person = %1$s or a.maker_person = %1$s))
                        """.formatted(FormHead.RECORDS))
                .param("tenant", tenantId)
                .param("period", period.code())
                .param("form", formId)
                .param("petition", petitionId)
                .param("account", account)
                .param("person", person)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    /** The petition a version came of. */
    Optional<UUID> petition(UUID tenantId, Case about, int version) {
        return jdbc.sql("""
                        select petition_id from assessments.decision
                        where tenant_id = ? and period = ? and form_id = ? and version = ? and petition_id is not null
                        """)
                .params(tenantId, about.period().code(), about.formId(), (short) version)
                .query((row, n) -> row.getObject("petition_id", UUID.class))
                .optional();
    }

    Map<String, Map<Integer, String>> remarks(UUID tenantId, Case about) {
        var remarks = new HashMap<String, Map<Integer, String>>();
        jdbc.sql("""
                        select m.stage, m.position, m.words
                        from assessments.remark m
                        join assessments.rating r on r.tenant_id = m.tenant_id and r.period = m.period and r.form_id = m.form_id
                            and r.stage = m.stage and r.state = 'handed-in'
                        where m.tenant_id = ? and m.period = ? and m.form_id = ?
                        limit 20000
                        """).params(tenantId, about.period().code(), about.formId()).query(row -> {
            remarks.computeIfAbsent(row.getString("stage"), any -> new HashMap<>())
                    .put(row.getInt("position"), row.getString("words"));
        });
        return remarks;
    }

    Map<UUID, Words> words(UUID tenantId, Cycle cycle, List<UUID> forms) {
        var words = new HashMap<UUID, Words>();
        jdbc.sql("""
                        select d.form_id, d.reason, d.remark, d.content
                        from assessments.decision d
                        join assessments.result x on x.tenant_id = d.tenant_id and x.period = d.period and x.form_id = d.form_id
                            and x.version = d.version
                        where d.tenant_id = ? and d.period = ? and d.form_id = any (?)
                        """)
                .param(tenantId)
                .param(cycle.period().code())
                .param(forms.toArray(UUID[]::new))
                .query(row -> {
                    words.put(
                            row.getObject("form_id", UUID.class),
                            new Words(
                                    row.getString("reason"),
                                    row.getString("remark"),
                                    LevelDecisionFile.read(row.getString("content"))
                                            .answers()
                                            .facts()));
                });
        return words;
    }
}
