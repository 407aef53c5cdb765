package vn.chuanmuc.assessments;

import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.directory.LeaveKind;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.platform.Planner;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.rules.RuleBook.Presence;
import vn.chuanmuc.rules.RuleBook.Window;

/**
 * Who gets which form, as one statement over a part of the roster: the same one counts for the launch gates and writes at the
 * opening, so that what was shown is what is made. Memory does not grow with the people.
 */
@Component
class FormCreation {
    /**
     * Everybody on the roster by the units in which they had their main post in the quarter, with their days there, what they
     * signed, why they are not assessed, and the units whose heads act: the nearest one with a head who is somebody else.
     */
    private static final String PLAN = """
            with who as materialized (
                select r.person_id, r.unit_id, r.unit_name, r.full_name, r.position_name, r.sort_key, r.search_key, r.sample,
                       r.set_id, r.left_on
                from campaigns.roster_entry r
                where r.tenant_id = :tenant and r.campaign_id = :campaign and r.person_id > :after
                  and (cast(:only as uuid) is null or r.person_id = :only)
                order by r.person_id
                limit :many),
            span as (
                select w.person_id, a.unit_id, a.position_id, greatest(a.valid_from, :first) as day_from,
                       least(coalesce(a.valid_to - 1, :last), coalesce(w.left_on - 1, :last), :last) as day_to
                from who w
                join directory.assignment a on a.tenant_id = :tenant and a.person_id = w.person_id and a.main
                    and a.valid_from <= :last and (a.valid_to is null or a.valid_to > :first)),
            turn as (
                select s.person_id, s.unit_id, s.position_id, s.day_from, s.day_to,
                       case when lag(s.unit_id) over (partition by s.person_id order by s.day_from) is distinct from s.unit_id
                            then 1 else 0 end as turned
                from span s
                where s.day_from <= s.day_to),
            stretch as (
                select t.person_id, t.unit_id, t.position_id, t.day_from, t.day_to,
                       sum(t.turned) over (partition by t.person_id order by t.day_from) as segment
                from turn t),
            piece as materialized (
                select x.person_id, x.segment::smallint as segment, x.unit_id, min(x.day_from) as day_from,
                       max(x.day_to) as day_to, (array_agg(x.position_id order by x.day_from desc))[1] as position_id,
                       count(*) over (partition by x.person_id)::smallint as segments
                from stretch x
                group by x.person_id, x.segment, x.unit_id),
            headed as materialized (
                select g.unit_id, a.person_id
                from access.role_grant g
                join access.account a on a.tenant_id = g.tenant_id and a.id = g.account_id and a.state = 'active'
                where g.tenant_id = :tenant and g.role = 'HEAD' and g.valid_from <= :today and g.valid_to is null),
            leader as materialized (
                select h.person_id from headed h where h.person_id is not null
                union
                select v.head_id from directory.unit_version v
                where v.tenant_id = :tenant and v.valid_to is null and v.head_id is not null),
            near as materialized (
                select c.descendant_id as unit_id, c.ancestor_id, c.depth
                from (select distinct unit_id from piece) u
                join directory.unit_closure c on c.tenant_id = :tenant and c.descendant_id = u.unit_id
                where c.ancestor_id in (select h.unit_id from headed h)),
            nearest as materialized (
                select n.unit_id, (array_agg(n.ancestor_id order by n.depth))[1] as own,
                       (array_agg(n.ancestor_id order by n.depth) filter (where n.depth > 0))[1] as above
                from near n group by n.unit_id),
            away as materialized (
                select d.person_id, count(distinct d.day) as days
                from (select w.person_id, generate_series(greatest(l.first_day, :since),
                                 least(coalesce(l.last_day, :last), :last), interval '1 day') as day
                      from who w
                      join directory.leave l on l.tenant_id = :tenant and l.person_id = w.person_id and l.current
                          and not l.withdrawn and l.kind = any (:leaves) and l.first_day <= :last
                          and (l.last_day is null or l.last_day >= :since)
                      where :least > 0) d
                group by d.person_id),
            present as materialized (
                select w.person_id, sum(least(coalesce(a.valid_to - 1, :last), :last) - greatest(a.valid_from, :since) + 1) as days
                from who w
                join directory.assignment a on a.tenant_id = :tenant and a.person_id = w.person_id and a.main
                    and a.valid_from <= :last and (a.valid_to is null or a.valid_to > :since)
                where :least > 0
                group by w.person_id),
            plan as materialized (
                select w.person_id, coalesce(p.segment, 1::smallint) as segment, coalesce(p.segments, 1::smallint) as segments,
                       coalesce(p.unit_id, w.unit_id) as unit_id, coalesce(v.name, w.unit_name) as unit_name, w.full_name,
                       coalesce(o.name, w.position_name) as position_name, w.sort_key, w.search_key, w.sample,
                       coalesce(p.day_from, :first) as day_from, coalesce(p.day_to, :last) as day_to,
                       coalesce(s.set_id, w.set_id) as set_id, s.id as commitment_id, s.document_hash,
                       w.person_id in (select l.person_id from leader l)
                       and (exists (select from headed h where h.unit_id = p.unit_id and h.person_id = w.person_id)
                            or exists (select from directory.unit_version y
                                       where y.tenant_id = :tenant and y.unit_id = p.unit_id and y.valid_to is null
                                         and y.head_id = w.person_id)) as leads,
                       case when w.person_id in (select l.person_id from leader l) then
                                (select n.ancestor_id from near n
                                 where n.unit_id = p.unit_id and exists (
                                     select from headed h
                                     where h.unit_id = n.ancestor_id and h.person_id is distinct from w.person_id)
                                 order by n.depth limit 1)
                            else x.own end as own_head,
                       case when w.person_id in (select l.person_id from leader l) then
                                (select n.ancestor_id from near n
                                 where n.unit_id = p.unit_id and n.depth > 0 and exists (
                                     select from headed h
                                     where h.unit_id = n.ancestor_id and h.person_id is distinct from w.person_id)
                                 order by n.depth limit 1)
                            else x.above end as above_head,
                       case when p.person_id is null then 'left'
                            when :least > 0 and coalesce(q.days, 0) < :least then 'short'
                            when :least > 0 and coalesce(q.days, 0) - coalesce(y.days, 0) < :least then 'leave'
                            when s.id is not null then null
                            when s.standing = 'declined' then 'declined'
                            when s.standing = 'excused' then 'excused'
                            else 'not-signed' end as reason
                from who w
                left join piece p on p.person_id = w.person_id
                left join nearest x on x.unit_id = p.unit_id
                left join directory.position o on o.tenant_id = :tenant and o.id = p.position_id
                left join directory.unit_version v on v.tenant_id = :tenant and v.unit_id = p.unit_id
                    and v.valid_from <= p.day_to and (v.valid_to is null or v.valid_to > p.day_to)
                left join commitments.v_signed s
                    on s.tenant_id = :tenant and s.campaign_id = :campaign and s.person_id = w.person_id
                left join present q on q.person_id = w.person_id
                left join away y on y.person_id = w.person_id)
            """;

    private static final String WRITE = """
            , made as (
                insert into assessments.form
                    (tenant_id, period, id, cycle_id, person_id, segment, segments, unit_id, unit_name, full_name, position_name,
                     sort_key, search_key, leads, sample, day_from, day_to, set_id, items, commitment_id, document_hash, route,
                     step, state, reason)
                select :tenant, :period, uuidv7(), :cycle, p.person_id, p.segment, p.segments, p.unit_id, p.unit_name, p.full_name,
                       p.position_name, p.sort_key, p.search_key, p.leads, p.sample, p.day_from, p.day_to, p.set_id, c.items,
                       p.commitment_id, p.document_hash, t.route, case when p.reason is null then t.step else 0 end,
                       case when p.reason is null then 'open' else 'not-assessed' end, p.reason
                from plan p
                join criteria.criteria_set c on c.tenant_id = :tenant and c.id = p.set_id
                join (values (true, cast(:headRoute as text[]), cast(:headStep as smallint)),
                             (false, cast(:otherRoute as text[]), cast(:otherStep as smallint))) as t (leads, route, step)
                    on t.leads = p.leads
                on conflict (tenant_id, period, cycle_id, person_id, segment) do nothing
                returning id, person_id, segment, leads, items, state, step),
            rated as (
                insert into assessments.rating
                    (tenant_id, period, form_id, stage, cycle_id, ord, actor, blind, unit_id, due, state, levels)
                select :tenant, :period, m.id, s.code, :cycle, s.ord, s.actor, s.blind,
                       case when s.actor = 'superior' or (s.actor = 'head' and m.leads) then p.above_head
                            when s.actor = 'head' then p.own_head end,
                       s.due, case when s.ord = m.step then 'open' else 'waiting' end,
                       array_fill(null::smallint, array[m.items::int])
                from made m
                join plan p on p.person_id = m.person_id and p.segment = m.segment
                join assessments.cycle_stage s on s.tenant_id = :tenant and s.cycle_id = :cycle and s.actor <> 'approval'
                    and (s.applies = 'all' or (s.applies = 'heads') = m.leads)
                where m.state = 'open'
                returning 1)
            select (select count(*) from who) as people, (select w.person_id from who w order by w.person_id desc limit 1) as last,
                   (select count(*) from made) as forms, (select count(*) from made where state <> 'open') as not_assessed,
                   (select count(*) from rated) as ratings
            """;

    /**
     * A form that was called off, or of somebody not assessed, goes on: by what they signed since, and on the authority of whoever
     * says so, whatever the rule's least presence says. Stages that were made before stay as they are.
     */
    private static final String REVIVE = """
            , revived as (
                update assessments.form f
                set state = 'open', reason = null, version = f.version + 1,
                    set_id = coalesce(o.set_id, p.set_id), items = coalesce(o.items, c.items),
                    commitment_id = coalesce(f.commitment_id, p.commitment_id),
                    document_hash = coalesce(f.document_hash, p.document_hash),
                    leads = coalesce(o.leads, p.leads), route = coalesce(o.route, t.route), step = coalesce(o.step, t.step)
                from plan p
                join criteria.criteria_set c on c.tenant_id = :tenant and c.id = p.set_id
                join (values (true, cast(:headRoute as text[]), cast(:headStep as smallint)),
                             (false, cast(:otherRoute as text[]), cast(:otherStep as smallint))) as t (leads, route, step)
                    on t.leads = p.leads
                left join assessments.form o on o.tenant_id = :tenant and o.period = :period and o.id = :form
                    and exists (select from assessments.rating r
                                where r.tenant_id = :tenant and r.period = :period and r.form_id = :form)
                where f.tenant_id = :tenant and f.period = :period and f.id = :form
                  and f.state in ('cancelled', 'not-assessed') and p.person_id = f.person_id and p.segment = f.segment
                  and (f.commitment_id is not null or p.commitment_id is not null)
                returning f.id, p.leads, f.items, f.step, p.own_head, p.above_head),
            rated as (
                insert into assessments.rating
                    (tenant_id, period, form_id, stage, cycle_id, ord, actor, blind, unit_id, due, state, levels)
                select :tenant, :period, m.id, s.code, :cycle, s.ord, s.actor, s.blind,
                       case when s.actor = 'superior' or (s.actor = 'head' and m.leads) then m.above_head
                            when s.actor = 'head' then m.own_head end,
                       s.due, case when s.ord = m.step then 'open' else 'waiting' end,
                       array_fill(null::smallint, array[m.items::int])
                from revived m
                join assessments.cycle_stage s on s.tenant_id = :tenant and s.cycle_id = :cycle and s.actor <> 'approval'
                    and (s.applies = 'all' or (s.applies = 'heads') = m.leads)
                where not exists (select from assessments.rating r
                                  where r.tenant_id = :tenant and r.period = :period and r.form_id = m.id)
                returning 1)
            select (select count(*) from revived) as revived, (select count(*) from rated) as ratings
            """;

    private static final String COUNT = """
            select (select count(*) from who) as people, count(*) as forms,
                   count(distinct p.person_id) filter (where p.segments > 1) as moved,
                   count(*) filter (where p.reason is null and p.leads) as leading,
                   count(*) filter (where p.reason is null and not p.leads and p.own_head is null) as headless,
                   count(*) filter (where p.reason is null and p.leads and p.above_head is null) as topmost,
                   count(*) filter (where p.reason = 'not-signed') as not_signed,
                   count(*) filter (where p.reason = 'declined') as declined,
                   count(*) filter (where p.reason = 'excused') as excused,
                   count(*) filter (where p.reason = 'short') as short,
                   count(*) filter (where p.reason = 'leave') as leave,
                   count(*) filter (where p.reason = 'left') as gone,
                   count(*) filter (where p.reason is null) as assessed
            from plan p
            """;

    private static final UUID FIRST = new UUID(0, 0);

    private final JdbcClient jdbc;

    FormCreation(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What of a cycle decides who gets which form. */
    record Ground(UUID tenantId, UUID cycleId, Period period, UUID campaignId, RuleBook book, LocalDate today) {}

    /** Part of the roster: so many people from behind {@code last} on were looked at, and these are their forms. */
    record Part(@Nullable UUID last, int people, int forms, int notAssessed) {}

    /** Makes the forms of the next people of the roster, in the order of their ids. Made already, they are not made twice. */
    Part make(Ground ground, @Nullable UUID after, int many) {
        return write(ground, after, null, many);
    }

    /** Makes the forms of one person. */
    Part makeFor(Ground ground, UUID personId) {
        return write(ground, null, personId, 1);
    }

    /** A unit's days of one person in the quarter. */
    record Piece(UUID unitId, LocalDate from, LocalDate to) {}

    /** The person's posts in the quarter as they are on record now, the first one first; none when they left before it. */
    List<Piece> pieces(Ground ground, UUID personId) {
        return bound(
                        PLAN + "select p.unit_id, p.day_from, p.day_to from piece p order by p.segment",
                        ground,
                        null,
                        personId,
                        1)
                .query((row, n) -> new Piece(
                        row.getObject("unit_id", UUID.class),
                        row.getObject("day_from", LocalDate.class),
                        row.getObject("day_to", LocalDate.class)))
                .list();
    }

    private Part write(Ground ground, @Nullable UUID after, @Nullable UUID only, int many) {
        if (only == null) {
            Planner.wholeBody(jdbc);
        }
        return written(PLAN + WRITE, ground, after, only, many)
                .query((row, n) -> {
                    int assessed = row.getInt("forms") - row.getInt("not_assessed");
                    Check.that(
                            (assessed == 0) == (row.getInt("ratings") == 0),
                            "whoever is assessed has stages, and nobody else");
                    return new Part(
                            row.getObject("last", UUID.class),
                            row.getInt("people"),
                            row.getInt("forms"),
                            row.getInt("not_assessed"));
                })
                .single();
    }

    /** @return whether the form goes on; not when nothing was signed, or the person's days are others now */
    boolean revive(Ground ground, UUID formId, UUID personId) {
        return written(PLAN + REVIVE, ground, null, personId, 1)
                .param("form", formId)
                .query((row, n) -> row.getInt("revived") == 1)
                .single();
    }

    private JdbcClient.StatementSpec written(
            String sql, Ground ground, @Nullable UUID after, @Nullable UUID only, int many) {
        return bound(sql, ground, after, only, many)
                .param("period", ground.period().code())
                .param("cycle", ground.cycleId())
                .param("headRoute", route(ground.book(), true))
                .param("headStep", firstStep(ground.book(), true))
                .param("otherRoute", route(ground.book(), false))
                .param("otherStep", firstStep(ground.book(), false));
    }

    /** How many people there are, and how many of a kind of case. */
    record Counts(long people, long forms, long assessed, long leading, Map<CycleGate.Kind, Long> cases) {}

    Counts count(Ground ground) {
        Planner.wholeBody(jdbc);
        return bound(PLAN + COUNT, ground, null, null, Integer.MAX_VALUE)
                .query((row, n) -> {
                    var cases = new EnumMap<CycleGate.Kind, Long>(CycleGate.Kind.class);
                    cases.put(CycleGate.Kind.NOBODY_TO_ASSESS, row.getLong("assessed") == 0 ? 1L : 0L);
                    cases.put(CycleGate.Kind.UNIT_WITHOUT_HEAD, row.getLong("headless"));
                    cases.put(CycleGate.Kind.HEAD_WITHOUT_SUPERIOR, row.getLong("topmost"));
                    cases.put(
                            CycleGate.Kind.NOT_SIGNED,
                            row.getLong("not_signed") + row.getLong("declined") + row.getLong("excused"));
                    cases.put(CycleGate.Kind.TOO_SHORT, row.getLong("short") + row.getLong("leave"));
                    cases.put(CycleGate.Kind.LEFT, row.getLong("gone"));
                    cases.put(CycleGate.Kind.MOVED, row.getLong("moved"));
                    return new Counts(
                            row.getLong("people"),
                            row.getLong("forms"),
                            row.getLong("assessed"),
                            row.getLong("leading"),
                            cases);
                })
                .single();
    }

    /** Cases of a kind about people, by name. */
    List<CycleGate.Case> cases(Ground ground, CycleGate.Kind kind, int offset, int limit) {
        String condition = switch (kind) {
            case UNIT_WITHOUT_HEAD -> "p.reason is null and not p.leads and p.own_head is null";
            case HEAD_WITHOUT_SUPERIOR -> "p.reason is null and p.leads and p.above_head is null";
            case NOT_SIGNED -> "p.reason in ('not-signed', 'declined', 'excused')";
            case TOO_SHORT -> "p.reason in ('short', 'leave')";
            case LEFT -> "p.reason = 'left'";
            case MOVED -> "p.segments > 1 and p.segment = 1";
            case RULE_NOT_IN_FORCE, NO_BASIS, CAMPAIGN_NOT_LAUNCHED, OPENS_LATER, CALENDAR_UNKNOWN, NOBODY_TO_ASSESS ->
                "";
        };
        if (condition.isEmpty()) {
            return List.of(); // about no person in particular
        }
        Planner.wholeBody(jdbc);
        return bound(
                        PLAN + "select p.person_id, p.full_name, p.unit_id, p.unit_name, p.reason from plan p where "
                                + condition + " order by p.sort_key, p.person_id limit :limit offset :offset",
                        ground,
                        null,
                        null,
                        Integer.MAX_VALUE)
                .param("limit", limit)
                .param("offset", offset)
                .query((row, n) -> new CycleGate.Case(
                        row.getObject("person_id", UUID.class),
                        row.getString("full_name"),
                        row.getObject("unit_id", UUID.class),
                        row.getString("unit_name"),
                        row.getString("reason")))
                .list();
    }

    private JdbcClient.StatementSpec bound(
            String sql, Ground ground, @Nullable UUID after, @Nullable UUID only, int many) {
        Presence presence = ground.book().presence();
        LocalDate first = ground.period().firstDay();
        return jdbc.sql(sql)
                .param("tenant", ground.tenantId())
                .param("campaign", ground.campaignId())
                .param("after", after == null ? FIRST : after)
                .param("only", only)
                .param("many", many)
                .param("first", first)
                .param("last", ground.period().lastDay())
                .param(
                        "since",
                        presence.window() == Window.YEAR ? first.plusMonths(3).minusYears(1) : first)
                .param("least", presence.leastDays())
                .param(
                        "leaves",
                        presence.notCounted().stream().map(LeaveKind::code).toArray(String[]::new))
                .param("today", ground.today());
    }

    private static String[] route(RuleBook book, boolean head) {
        return book.route(head).stream().map(RuleBook.Stage::code).toArray(String[]::new);
    }

    /** The first order in which something is said about a form. */
    private static int firstStep(RuleBook book, boolean head) {
        return book.route(head).stream()
                .filter(stage -> stage.actor() != RuleBook.Actor.APPROVAL)
                .mapToInt(RuleBook.Stage::order)
                .findFirst()
                .orElse(0);
    }
}
