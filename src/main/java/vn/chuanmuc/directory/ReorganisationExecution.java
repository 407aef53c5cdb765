package vn.chuanmuc.directory;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.directory.Bulk.Column;
import vn.chuanmuc.directory.ReorganisationDraft.Changed;
import vn.chuanmuc.directory.ReorganisationDraft.Line;
import vn.chuanmuc.directory.ReorganisationDraft.NewUnit;
import vn.chuanmuc.directory.ReorganisationDraft.Outside;
import vn.chuanmuc.directory.ReorganisationPlan.Move;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Ids;

/**
 * Makes a plan that holds true, in one transaction and with a number of statements that does not grow with the people: units end
 * and begin, assignments follow, and with them paths, head-counts, custody and succession.
 */
@Component
class ReorganisationExecution {
    private final JdbcClient jdbc;
    private final JdbcTemplate bulk;
    private final UnitStore units;
    private final UnitPaths paths;
    private final Headcounts headcounts;

    ReorganisationExecution(
            JdbcClient jdbc, JdbcTemplate bulk, UnitStore units, UnitPaths paths, Headcounts headcounts) {
        this.jdbc = jdbc;
        this.bulk = bulk;
        this.units = units;
        this.paths = paths;
        this.headcounts = headcounts;
    }

    /** Which unit goes on as which. {@code from} is null for what comes from outside, {@code to} where nobody follows. */
    record Succession(
            String kind,
            @Nullable UUID from,
            String fromName,
            @Nullable UUID to,
            String toName,
            int people) {}

    /** Only one re-organisation of a body at a time; and nobody comes into these units meanwhile. */
    @Transactional(propagation = Propagation.MANDATORY)
    void lockBody(UUID tenantId) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 150))")
                .param("directory.reorganisation " + tenantId)
                .query((row, n) -> "")
                .single();
    }

    /** Waits for whoever is putting somebody into these units, and lets the next ones wait. */
    @Transactional(propagation = Propagation.MANDATORY)
    void lockUnits(UUID tenantId, Collection<UUID> ending) {
        jdbc.sql("select id from directory.unit where tenant_id = ? and id = any (?) order by id for update")
                .param(tenantId)
                .param(ending.toArray(UUID[]::new))
                .query((row, n) -> row.getObject(1, UUID.class))
                .list();
    }

    /** @return how many people got another unit */
    @Transactional(propagation = Propagation.MANDATORY)
    int carryOut(UUID tenantId, ReorganisationDraft draft, ReorganisationPlan plan, Instant now) {
        LocalDate day = draft.effective();
        Set<UUID> ending = plan.ending.keySet();
        List<Line> changed = draft.lines().stream().filter(line -> !line.ends()).toList();
        var replaced = new HashSet<>(ending);
        var branchTops = new HashSet<>(ending);
        for (Line line : changed) {
            replaced.add(line.unitId());
            Changed to = Objects.requireNonNull(line.changed());
            if (!Objects.equals(parentNow(tenantId, line.unitId()), to.parentId())) {
                branchTops.add(line.unitId());
            }
        }
        var branch = new HashSet<>(paths.below(tenantId, branchTops, day));
        List<UUID> aside = plan.moves.stream()
                .filter(move -> !branch.contains(move.post().unitId()))
                .map(move -> move.post().id())
                .toList();
        headcounts.withoutUnits(tenantId, branch);
        headcounts.without(tenantId, aside);

        endVersions(tenantId, replaced, day);
        beginUnits(tenantId, draft, changed, day, now);
        var places = new HashSet<>(branch);
        draft.newUnits().forEach(unit -> places.add(unit.id()));
        paths.follow(tenantId, places);

        List<UUID> begun = moveAssignments(tenantId, plan.moves, day, branch);
        headcounts.withUnits(tenantId, branch);
        headcounts.with(tenantId, begun);
        headcounts.with(tenantId, aside);

        entrust(tenantId, draft, plan, branch, day);
        insertSuccessions(tenantId, draft.id(), day, successions(tenantId, draft, plan, changed, day));
        return (int) plan.moves.stream()
                .filter(move -> move.destination() != null)
                .map(move -> move.post().personId())
                .distinct()
                .count();
    }

    private @Nullable UUID parentNow(UUID tenantId, UUID unit) {
        return units.find(tenantId, unit).map(Units.Unit::parentId).orElse(null);
    }

    private void endVersions(UUID tenantId, Collection<UUID> replaced, LocalDate day) {
        int rows = jdbc.sql("""
                        update directory.unit_version set valid_to = ?
                        where tenant_id = ? and unit_id = any (?) and valid_to is null and valid_from < ?
                        """)
                .param(Date.valueOf(day))
                .param(tenantId)
                .param(replaced.toArray(UUID[]::new))
                .param(Date.valueOf(day))
                .update();
        Check.that(rows == replaced.size(), "every unit that ends or changes had an open version");
    }

    /** Codes are unique among open versions: those that end have ended by now. */
    private void beginUnits(UUID tenantId, ReorganisationDraft draft, List<Line> changed, LocalDate day, Instant now) {
        Bulk.update(
                bulk,
                "insert into directory.unit (tenant_id, id, created_at) select ?, n.id, ? from unnest(?) as n (id)",
                List.of(tenantId, Timestamp.from(now)),
                draft.newUnits(),
                List.of(new Column<NewUnit>("uuid", NewUnit::id)));
        Bulk.update(
                bulk,
                """
                insert into directory.unit_version
                    (tenant_id, unit_id, valid_from, name, match_key, kind, parent_id, rank_order, code, head_id)
                select v.tenant_id, v.unit_id, n.valid_from, n.name, n.match_key, n.kind, n.parent_id, v.rank_order, n.code,
                       v.head_id
                from unnest(?, ?, ?, ?, ?, ?, ?) as n (unit_id, valid_from, name, match_key, kind, parent_id, code)
                join directory.unit_version v
                    on v.tenant_id = ? and v.unit_id = n.unit_id and v.valid_to = n.valid_from
                """,
                List.of(),
                changed,
                List.of(
                        new Column<Line>("uuid", Line::unitId),
                        new Column<Line>("date", line -> Date.valueOf(day)),
                        new Column<Line>("text", line -> to(line).name()),
                        new Column<Line>("text", line -> UnitNames.matchKey(to(line).name())),
                        new Column<Line>("text", line -> to(line).kind().code()),
                        new Column<Line>("uuid", line -> to(line).parentId()),
                        new Column<Line>("text", line -> to(line).code())),
                List.of(tenantId));
        int rank = units.highestRank(tenantId);
        Map<UUID, Integer> ranks = new HashMap<>();
        for (NewUnit unit : draft.newUnits()) {
            ranks.put(unit.id(), ++rank);
        }
        Bulk.update(
                bulk,
                """
                insert into directory.unit_version
                    (tenant_id, unit_id, valid_from, name, match_key, kind, parent_id, rank_order, code)
                select ?, n.unit_id, n.valid_from, n.name, n.match_key, n.kind, n.parent_id, n.rank_order, n.code
                from unnest(?, ?, ?, ?, ?, ?, ?, ?)
                    as n (unit_id, valid_from, name, match_key, kind, parent_id, rank_order, code)
                """,
                List.of(tenantId),
                draft.newUnits(),
                List.of(
                        new Column<NewUnit>("uuid", NewUnit::id),
                        new Column<NewUnit>("date", unit -> Date.valueOf(day)),
                        new Column<NewUnit>("text", NewUnit::name),
                        new Column<NewUnit>("text", unit -> UnitNames.matchKey(unit.name())),
                        new Column<NewUnit>("text", unit -> unit.kind().code()),
                        new Column<NewUnit>("uuid", NewUnit::parentId),
                        new Column<NewUnit>("int4", unit -> ranks.get(unit.id())),
                        new Column<NewUnit>("text", NewUnit::code)));
    }

    private static Changed to(Line line) {
        return Objects.requireNonNull(line.changed());
    }

    private record Step(
            UUID id,
            UUID next,
            @Nullable UUID unit,
            @Nullable LocalDate until) {}

    /** Ends and begins assignments; returns those whose new unit is outside the branch, for the head-counts. */
    private List<UUID> moveAssignments(UUID tenantId, List<Move> moves, LocalDate day, Set<UUID> branch) {
        var inPlace = new ArrayList<Step>();
        var ended = new ArrayList<Step>();
        var begun = new ArrayList<Step>();
        var counted = new ArrayList<UUID>();
        for (Move move : moves) {
            boolean same = move.post().from().equals(day);
            var step = new Step(
                    move.post().id(),
                    same ? move.post().id() : Ids.next(),
                    move.destination(),
                    move.post().to());
            if (same) {
                inPlace.add(step); // from its first day on it is in the new unit
            } else {
                ended.add(step);
                if (move.destination() != null) {
                    begun.add(step);
                }
            }
            if (move.destination() != null && !branch.contains(move.destination())) {
                counted.add(step.next());
            }
        }
        for (List<Step> some : chunks(ended)) {
            int rows = Bulk.update(
                    bulk,
                    """
                    update directory.assignment a set valid_to = n.day, version = a.version + 1
                    from unnest(?, ?) as n (id, day)
                    where a.tenant_id = ? and a.id = n.id and a.valid_from < n.day
                      and (a.valid_to is null or a.valid_to > n.day)
                    """,
                    List.of(),
                    some,
                    List.of(new Column<Step>("uuid", Step::id), new Column<Step>("date", step -> Date.valueOf(day))),
                    List.of(tenantId));
            Check.that(rows == some.size(), "every assignment that goes on elsewhere ends here");
        }
        for (List<Step> some : chunks(inPlace)) {
            int rows = Bulk.update(
                    bulk,
                    """
                    update directory.assignment a set unit_id = n.unit_id, version = a.version + 1
                    from unnest(?, ?) as n (id, unit_id)
                    where a.tenant_id = ? and a.id = n.id
                    """,
                    List.of(),
                    some,
                    List.of(new Column<Step>("uuid", Step::id), new Column<Step>("uuid", Step::unit)),
                    List.of(tenantId));
            Check.that(rows == some.size(), "every assignment of the day itself is put into its new unit");
        }
        for (List<Step> some : chunks(begun)) {
            int rows = Bulk.update(
                    bulk,
                    """
                    insert into directory.assignment
                        (tenant_id, id, person_id, unit_id, position_id, bloc_id, kind, main, rank_order, note, mode, share,
                         valid_from, valid_to, sort_key)
                    select a.tenant_id, n.next, a.person_id, n.unit_id, a.position_id, a.bloc_id, a.kind, a.main, a.rank_order,
                           a.note, a.mode, a.share, a.valid_to, n.until, a.sort_key
                    from unnest(?, ?, ?, ?) as n (id, next, unit_id, until)
                    join directory.assignment a on a.tenant_id = ? and a.id = n.id
                    """,
                    List.of(),
                    some,
                    List.of(
                            new Column<Step>("uuid", Step::id),
                            new Column<Step>("uuid", Step::next),
                            new Column<Step>("uuid", Step::unit),
                            new Column<Step>("date", step -> step.until() == null ? null : Date.valueOf(step.until()))),
                    List.of(tenantId));
            Check.that(rows == some.size(), "every assignment goes on once");
        }
        return counted;
    }

    private static <T> List<List<T>> chunks(List<T> all) {
        var chunks = new ArrayList<List<T>>();
        for (int from = 0; from < all.size(); from += Bulk.CHUNK) {
            chunks.add(all.subList(from, Math.min(all.size(), from + Bulk.CHUNK)));
        }
        return chunks;
    }

    private record Custody(UUID unit, UUID custodian) {}

    /** Records go to the custodians; what an ending unit kept goes to its own; what a moved one keeps follows it. */
    private void entrust(
            UUID tenantId, ReorganisationDraft draft, ReorganisationPlan plan, Set<UUID> branch, LocalDate day) {
        Map<UUID, UUID> keepers = new LinkedHashMap<>();
        plan.ending.forEach((unit, line) -> keepers.put(unit, Objects.requireNonNull(line.custodian())));
        var passed = new ArrayList<Custody>();
        jdbc.sql("""
                        select unit_id, custodian_id from directory.unit_custody
                        where tenant_id = ? and custodian_id = any (?) and valid_to is null
                        """).param(tenantId).param(branch.toArray(UUID[]::new)).query(row -> {
            UUID unit = row.getObject("unit_id", UUID.class);
            UUID keeper = row.getObject("custodian_id", UUID.class);
            Line line = plan.ending.get(keeper);
            if (line == null) {
                keepers.put(unit, keeper);
            } else {
                UUID next = Objects.requireNonNull(line.custodian());
                keepers.put(unit, next);
                passed.add(new Custody(unit, next));
            }
        });
        jdbc.sql("""
                        update directory.unit_custody set valid_to = greatest(?, valid_from + 1)
                        where tenant_id = ? and unit_id = any (?) and valid_to is null
                        """)
                .param(Date.valueOf(day))
                .param(tenantId)
                .param(passed.stream().map(Custody::unit).toArray(UUID[]::new))
                .update();
        plan.ending.forEach((unit, line) -> passed.add(new Custody(unit, Objects.requireNonNull(line.custodian()))));
        Bulk.update(
                bulk,
                """
                insert into directory.unit_custody (tenant_id, unit_id, valid_from, custodian_id, reorganisation_id)
                select ?, n.unit_id, coalesce((
                        select max(o.valid_to) from directory.unit_custody o
                        where o.tenant_id = n.tenant_id and o.unit_id = n.unit_id), n.day), n.custodian_id, ?
                from unnest(?, ?, ?, ?) as n (tenant_id, unit_id, day, custodian_id)
                """,
                List.of(tenantId, draft.id()),
                passed,
                List.of(
                        new Column<Custody>("uuid", custody -> tenantId),
                        new Column<Custody>("uuid", Custody::unit),
                        new Column<Custody>("date", custody -> Date.valueOf(day)),
                        new Column<Custody>("uuid", Custody::custodian)));
        paths.entrust(tenantId, keepers);
    }

    private List<Succession> successions(
            UUID tenantId, ReorganisationDraft draft, ReorganisationPlan plan, List<Line> changed, LocalDate day) {
        var rows = new ArrayList<Succession>();
        Map<UUID, Map<UUID, Set<UUID>>> people = new HashMap<>();
        for (Move move : plan.moves) {
            if (move.destination() != null) {
                people.computeIfAbsent(move.post().unitId(), unit -> new LinkedHashMap<>())
                        .computeIfAbsent(move.destination(), unit -> new HashSet<>())
                        .add(move.post().personId());
            }
        }
        plan.ending.forEach((unit, line) -> {
            Map<UUID, Integer> next = new LinkedHashMap<>();
            people.getOrDefault(unit, Map.of()).forEach((to, who) -> next.put(to, who.size()));
            if (line.unitId().equals(unit)) {
                line.parts().forEach(part -> next.putIfAbsent(part.destination(), 0));
            }
            if (line.destination() != null && (next.isEmpty() || line.unitId().equals(unit))) {
                next.putIfAbsent(line.destination(), 0);
            }
            if (next.isEmpty()) {
                rows.add(new Succession("dissolve", unit, plan.name(unit), null, "", 0));
            }
            next.forEach((to, count) -> rows.add(new Succession(
                    next.size() == 1 ? "merge" : "split", unit, plan.name(unit), to, plan.nameAfter(to), count)));
        });
        Map<UUID, Integer> counts =
                headcounts.on(tenantId, changed.stream().map(Line::unitId).toList(), day);
        for (Line line : changed) {
            Changed to = to(line);
            Units.Unit now = units.find(tenantId, line.unitId()).orElseThrow();
            String before = plan.name(line.unitId());
            int count = counts.getOrDefault(line.unitId(), 0);
            ReorganisationPlan.Place was = Objects.requireNonNull(plan.place(line.unitId()));
            if (!before.equals(to.name())
                    || was.kind() != to.kind()
                    || !was.code().equals(to.code())) {
                rows.add(new Succession("rename", now.id(), before, now.id(), to.name(), count));
            }
            if (!Objects.equals(was.parentId(), to.parentId())) {
                rows.add(new Succession("move", now.id(), before, now.id(), to.name(), count));
            }
        }
        for (Outside piece : draft.outside()) {
            rows.add(new Succession(
                    "outside", null, piece.name(), piece.destination(), plan.nameAfter(piece.destination()), 0));
        }
        return rows;
    }

    private void insertSuccessions(UUID tenantId, UUID reorganisation, LocalDate day, List<Succession> rows) {
        for (List<Succession> some : chunks(rows)) {
            Bulk.update(
                    bulk,
                    """
                    insert into directory.unit_succession
                        (tenant_id, reorganisation_id, day, id, kind, from_id, from_name, to_id, to_name, people)
                    select ?, ?, n.day, n.id, n.kind, n.from_id, n.from_name, n.to_id, n.to_name, n.people
                    from unnest(?, ?, ?, ?, ?, ?, ?, ?)
                        as n (day, id, kind, from_id, from_name, to_id, to_name, people)
                    """,
                    List.of(tenantId, reorganisation),
                    some,
                    List.of(
                            new Column<Succession>("date", row -> Date.valueOf(day)),
                            new Column<Succession>("uuid", row -> Ids.next()),
                            new Column<Succession>("text", Succession::kind),
                            new Column<Succession>("uuid", Succession::from),
                            new Column<Succession>("text", Succession::fromName),
                            new Column<Succession>("uuid", Succession::to),
                            new Column<Succession>("text", Succession::toName),
                            new Column<Succession>("int4", Succession::people)));
        }
    }
}
