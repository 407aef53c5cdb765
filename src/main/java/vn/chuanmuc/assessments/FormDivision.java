package vn.chuanmuc.assessments;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Cycles.Done;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;
import vn.chuanmuc.rules.Rules;

/**
 * Somebody's forms of a cycle made to follow their posts again: who moved in the quarter is rated by each unit for its days (ADR 0016),
 * also when the move happened, or was only entered, after the opening. A step with a reason, never by itself: what was handed in
 * about other days stays until somebody sends it back.
 */
@Component
class FormDivision {
    /** Where forms wait while they change places; no person has so many posts in a quarter. */
    private static final int ASIDE = 25;

    private final JdbcClient jdbc;
    private final CycleStore cycles;
    private final FormCreation creation;
    private final FormReading reading;
    private final Exceptions exceptions;
    private final Rollups rollups;
    private final Rules rules;
    private final Access access;
    private final Ledger ledger;

    FormDivision(
            JdbcClient jdbc,
            CycleStore cycles,
            FormCreation creation,
            FormReading reading,
            Exceptions exceptions,
            Rollups rollups,
            Rules rules,
            Access access,
            Ledger ledger) {
        this.jdbc = jdbc;
        this.cycles = cycles;
        this.creation = creation;
        this.reading = reading;
        this.exceptions = exceptions;
        this.rollups = rollups;
        this.rules = rules;
        this.access = access;
        this.ledger = ledger;
    }

    private record Held(
            UUID id,
            int segment,
            UUID unit,
            String unitName,
            LocalDate from,
            LocalDate to,
            Forms.State state,
            boolean handedIn) {
        boolean live() {
            return state != Forms.State.CANCELLED;
        }

        boolean is(FormCreation.Piece piece) {
            return unit.equals(piece.unitId()) && from.equals(piece.from()) && to.equals(piece.to());
        }
    }

    /** @throws NotFound when there is no such form where the viewer runs cycles */
    Done divide(Viewer viewer, Period period, UUID formId, String reason, String basis) {
        UUID tenant = viewer.tenantId();
        Forms.Form form = reading.sheet(viewer, period, formId).form();
        access.require(viewer, Permission.RUN_CYCLE, form.cycleUnit());
        Optional<Done.Refused> refused = Exceptions.refused(reason, basis);
        if (refused.isPresent()) {
            return refused.get();
        }
        cycles.lockCycle(form.cycleId(), false);
        Cycle cycle = cycles.find(tenant, form.cycleId()).orElseThrow();
        if (cycle.state() != Cycle.State.OPEN) {
            return new Done.Refused(
                    "", Reason.of("assessments.locked.cycle." + cycle.state().code()));
        }
        List<Held> all = held(tenant, period, form);
        List<Held> live = all.stream().filter(Held::live).toList();
        var ground = new FormCreation.Ground(
                tenant,
                cycle.id(),
                period,
                cycle.campaignId(),
                rules.book(tenant, cycle.ruleVersion()),
                reading.today());
        List<FormCreation.Piece> pieces = creation.pieces(ground, form.personId());
        if (pieces.isEmpty()) {
            return new Done.Refused("", Reason.of("assessments.divide.nowhere", form.fullName()));
        }
        if (same(live, pieces)) {
            return new Done.Refused("", Reason.of("assessments.divide.same", form.fullName()));
        }
        Map<Integer, Held> kept = kept(live, pieces);
        Optional<Held> late = live.stream()
                .filter(one -> one.state() != Forms.State.OPEN && one.state() != Forms.State.NOT_ASSESSED)
                .findFirst();
        if (late.isPresent()) {
            return new Done.Refused(
                    "", Reason.of("assessments.divide.decided", late.get().unitName()));
        }
        Optional<Held> said = live.stream()
                .filter(Held::handedIn)
                .filter(one -> !stays(one, kept, pieces))
                .findFirst();
        if (said.isPresent()) {
            return new Done.Refused(
                    "", Reason.of("assessments.divide.handed-in", said.get().unitName()));
        }
        place(tenant, period, form, all, kept, pieces);
        creation.makeFor(ground, form.personId());
        var units = new HashSet<UUID>();
        live.forEach(one -> units.add(one.unit()));
        pieces.forEach(piece -> units.add(piece.unitId()));
        units.forEach(unit -> rollups.changed(tenant, cycle.id(), unit));
        var facts = form.facts(null);
        facts.put("from", live.stream().map(one -> one.from() + ".." + one.to()).collect(Collectors.joining(", ")));
        facts.put("to", pieces.stream().map(one -> one.from() + ".." + one.to()).collect(Collectors.joining(", ")));
        UUID id = exceptions.record(
                viewer,
                new Exceptions.Entry(
                        cycle.id(),
                        form.id(),
                        form.unitId(),
                        null,
                        Exceptions.Kind.DIVIDE,
                        facts,
                        pieces.size(),
                        reason,
                        basis));
        ledger.append(new Act(tenant, "assessments.forms-divided", form.id(), viewer.accountId(), facts)
                .with(Piece.of(AssessmentEvidence.EXCEPTION, id)));
        return new Done.Now(pieces.size());
    }

    /** The person's forms in the cycle, as they are once nobody else changes them. */
    private List<Held> held(UUID tenant, Period period, Forms.Form form) {
        // First locked, then read: who waited for another sees also the forms that one made.
        jdbc.sql("""
                        select f.id from assessments.form f
                        where f.tenant_id = ? and f.period = ? and f.cycle_id = ? and f.person_id = ?
                        order by f.id
                        for update
                        """)
                .params(tenant, period.code(), form.cycleId(), form.personId())
                .query((row, n) -> n)
                .list();
        return jdbc.sql("""
                        select f.id, f.segment, f.unit_id, f.unit_name, f.day_from, f.day_to, f.state,
                               exists (select from assessments.rating r
                                       where r.tenant_id = f.tenant_id and r.period = f.period and r.form_id = f.id
                                         and r.state = 'handed-in') as handed_in
                        from assessments.form f
                        where f.tenant_id = ? and f.period = ? and f.cycle_id = ? and f.person_id = ?
                        order by f.id
                        """)
                .params(tenant, period.code(), form.cycleId(), form.personId())
                .query((row, n) -> new Held(
                        row.getObject("id", UUID.class),
                        row.getInt("segment"),
                        row.getObject("unit_id", UUID.class),
                        row.getString("unit_name"),
                        row.getObject("day_from", LocalDate.class),
                        row.getObject("day_to", LocalDate.class),
                        Columns.of(Forms.State.class, row.getString("state")),
                        row.getBoolean("handed_in")))
                .list();
    }

    private static boolean same(List<Held> live, List<FormCreation.Piece> pieces) {
        return live.size() == pieces.size()
                && pieces.stream().allMatch(piece -> live.stream().anyMatch(one -> one.is(piece)));
    }

    /** Which form goes on for which piece, by its place: one whose days are the same first, then one of the same unit. */
    private static Map<Integer, Held> kept(List<Held> live, List<FormCreation.Piece> pieces) {
        var kept = new LinkedHashMap<Integer, Held>();
        Set<UUID> taken = new HashSet<>();
        for (boolean exact : new boolean[] {true, false}) {
            for (int i = 0; i < pieces.size(); i++) {
                FormCreation.Piece piece = pieces.get(i);
                if (kept.containsKey(i)) {
                    continue;
                }
                Optional<Held> found = live.stream()
                        .filter(one -> !taken.contains(one.id()))
                        .filter(one -> exact ? one.is(piece) : one.unit().equals(piece.unitId()))
                        .findFirst();
                if (found.isPresent()) {
                    kept.put(i, found.get());
                    taken.add(found.get().id());
                }
            }
        }
        return kept;
    }

    /** Whether what was handed in was about the very days it will be about. */
    private static boolean stays(Held one, Map<Integer, Held> kept, List<FormCreation.Piece> pieces) {
        return kept.entrySet().stream()
                .anyMatch(entry -> entry.getValue().id().equals(one.id()) && one.is(pieces.get(entry.getKey())));
    }

    /** Gives every form its place: those that go on, in order; behind them those that are called off. */
    private void place(
            UUID tenant,
            Period period,
            Forms.Form form,
            List<Held> all,
            Map<Integer, Held> kept,
            List<FormCreation.Piece> pieces) {
        Check.that(
                all.stream().allMatch(one -> one.segment() <= ASIDE) && pieces.size() <= ASIDE, "room to step aside");
        jdbc.sql("""
                        update assessments.form set segment = segment + ?, segments = 50
                        where tenant_id = ? and period = ? and cycle_id = ? and person_id = ?
                        """)
                .params(ASIDE, tenant, period.code(), form.cycleId(), form.personId())
                .update();
        Map<UUID, Integer> places = new LinkedHashMap<>();
        kept.forEach((place, one) -> places.put(one.id(), place));
        int behind = pieces.size();
        var gone = new ArrayList<Held>();
        for (Held one : all) {
            Integer place = places.get(one.id());
            if (place == null) {
                behind++;
                move(tenant, period, one, behind, behind, null);
                if (one.live()) {
                    gone.add(one);
                }
            } else {
                move(tenant, period, one, place + 1, pieces.size(), pieces.get(place));
            }
        }
        for (Held one : gone) {
            int rows = jdbc.sql("""
                            update assessments.form set state = 'cancelled', reason = null, version = version + 1
                            where tenant_id = ? and period = ? and id = ? and state in ('open', 'not-assessed')
                            """).params(tenant, period.code(), one.id()).update();
            Check.that(rows == 1, "a form that was locked is called off");
        }
    }

    private void move(
            UUID tenant, Period period, Held one, int segment, int segments, FormCreation.@Nullable Piece piece) {
        boolean other = piece != null && !one.is(piece);
        int rows = jdbc.sql("""
                        update assessments.form
                        set segment = ?, segments = ?, day_from = ?, day_to = ?, version = version + ?
                        where tenant_id = ? and period = ? and id = ?
                        """)
                .params(
                        segment,
                        segments,
                        piece == null ? one.from() : piece.from(),
                        piece == null ? one.to() : piece.to(),
                        other ? 1 : 0,
                        tenant,
                        period.code(),
                        one.id())
                .update();
        Check.that(rows == 1, "a form that was locked has its place");
    }

    /** People of the cycle's forms who came to a unit in the quarter in which they have no form; by name, at most so many. */
    List<Forms.Stray> strays(Viewer viewer, Cycle cycle, int limit) {
        access.require(viewer, Permission.RUN_CYCLE, cycle.unitId());
        return jdbc.sql("""
                        select distinct on (f.sort_key, f.person_id) f.id, f.full_name, f.unit_name, a.valid_from,
                               (select v.name from directory.unit_version v
                                where v.tenant_id = a.tenant_id and v.unit_id = a.unit_id
                                order by v.valid_from > a.valid_from, abs(v.valid_from - a.valid_from) limit 1) as now_in
                        from directory.assignment a
                        join assessments.form f on f.tenant_id = a.tenant_id and f.person_id = a.person_id
                            and f.tenant_id = :tenant and f.period = :period and f.cycle_id = :cycle and f.state <> 'cancelled'
                        where a.tenant_id = :tenant and a.main and a.valid_from > :first and a.valid_from <= :last
                          and (a.valid_to is null or a.valid_to > a.valid_from)
                          and not exists (select from assessments.form o
                                          where o.tenant_id = :tenant and o.period = :period and o.cycle_id = :cycle
                                            and o.person_id = a.person_id and o.unit_id = a.unit_id and o.state <> 'cancelled')
                        order by f.sort_key, f.person_id, f.segment
                        limit :limit
                        """)
                .param("tenant", viewer.tenantId())
                .param("period", cycle.period().code())
                .param("cycle", cycle.id())
                .param("first", cycle.period().firstDay())
                .param("last", cycle.period().lastDay())
                .param("limit", limit)
                .query((row, n) -> new Forms.Stray(
                        row.getObject("id", UUID.class),
                        row.getString("full_name"),
                        row.getString("unit_name"),
                        row.getString("now_in"),
                        row.getObject("valid_from", LocalDate.class)))
                .list();
    }
}
