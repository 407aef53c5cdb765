package vn.chuanmuc.directory;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
import vn.chuanmuc.directory.LineSuccession.Followed;
import vn.chuanmuc.directory.LineSuccession.Member;
import vn.chuanmuc.directory.LineSuccession.Placed;
import vn.chuanmuc.directory.LineSuccession.Resettled;
import vn.chuanmuc.directory.LineSuccession.Seat;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;

/** What a re-organisation does in lines: read for the preview and the gates, and done in the transaction that carries it out. */
@Component
class ReorganisationLines {
    private final JdbcClient jdbc;
    private final JdbcTemplate bulk;
    private final LineCounts counts;
    private final Ledger ledger;

    ReorganisationLines(JdbcClient jdbc, JdbcTemplate bulk, LineCounts counts, Ledger ledger) {
        this.jdbc = jdbc;
        this.bulk = bulk;
        this.counts = counts;
        this.ledger = ledger;
    }

    /** One line with what becomes of it. @param duties how many end */
    record After(UUID lineId, String name, LineSuccession succession, int duties) {
        List<Followed> leaving() {
            return succession.followed.stream()
                    .filter(one -> one.destination() == null)
                    .toList();
        }
    }

    /** Before the units: whoever writes in a line holds it first, and units afterwards. */
    @Transactional(propagation = Propagation.MANDATORY)
    void lock(UUID tenantId) {
        jdbc.sql("select id from directory.line where tenant_id = ? and valid_to is null order by id for no key update")
                .param(tenantId)
                .query((row, n) -> row.getObject(1, UUID.class))
                .list();
        counts.lock(tenantId);
    }

    /** What becomes of the lines that units in the plan have places in; usually none. */
    List<After> after(UUID tenantId, ReorganisationDraft draft, ReorganisationPlan plan) {
        Set<UUID> ending = plan.ending.keySet();
        LocalDate day = draft.effective();
        record Named(UUID id, String name) {}
        List<Named> lines = ending.isEmpty()
                ? List.of()
                : jdbc.sql("""
                                select l.id, l.name from directory.line l
                                where l.tenant_id = :tenant and exists (
                                    select from directory.line_place p
                                    where p.tenant_id = l.tenant_id and p.line_id = l.id and p.unit_id = any (:units)
                                      and (p.valid_to is null or p.valid_to > :day))
                                order by l.name, l.id
                                limit 200
                                """)
                        .param("tenant", tenantId)
                        .param("units", ending.toArray(UUID[]::new))
                        .param("day", Date.valueOf(day))
                        .query((row, n) -> new Named(row.getObject("id", UUID.class), row.getString("name")))
                        .list();
        if (lines.isEmpty()) {
            return List.of();
        }
        Map<UUID, List<UUID>> heirs = heirs(plan);
        var found = new ArrayList<After>();
        for (Named line : lines) {
            List<Seat> seats = seats(tenantId, line.id(), day);
            List<Member> members = members(tenantId, line.id(), ending, day);
            Map<UUID, UUID> posts = posts(
                    tenantId,
                    plan,
                    day,
                    members.stream().map(Member::personId).distinct().toList());
            var near = new HashSet<>(posts.values());
            heirs.values().forEach(near::addAll);
            Map<UUID, UUID> parents = parents(tenantId, near);
            plan.after.forEach((unit, place) -> {
                if (place.parentId() == null) {
                    parents.remove(unit);
                } else {
                    parents.put(unit, place.parentId());
                }
            });
            found.add(new After(
                    line.id(),
                    line.name(),
                    new LineSuccession(
                            day, ending, new LineSuccession.Tree(heirs, parents::get), seats, members, posts),
                    duties(tenantId, line.id(), ending, day)));
        }
        return found;
    }

    private static Map<UUID, List<UUID>> heirs(ReorganisationPlan plan) {
        Map<UUID, List<UUID>> heirs = new HashMap<>();
        plan.ending.forEach((unit, line) -> {
            var to = new LinkedHashSet<UUID>();
            if (line.destination() != null) {
                to.add(line.destination());
            }
            line.parts().stream().map(ReorganisationDraft.Part::destination).forEach(to::add);
            to.removeAll(plan.ending.keySet());
            heirs.put(unit, List.copyOf(to));
        });
        return heirs;
    }

    private List<Seat> seats(UUID tenantId, UUID lineId, LocalDate day) {
        return jdbc.sql("""
                        select id, unit_id, superior_id, valid_from, valid_to from directory.line_place
                        where tenant_id = ? and line_id = ? and (valid_to is null or valid_to > ?)
                        order by unit_id, valid_from
                        """)
                .params(tenantId, lineId, day)
                .query((row, n) -> new Seat(
                        row.getObject("id", UUID.class),
                        row.getObject("unit_id", UUID.class),
                        row.getObject("superior_id", UUID.class),
                        row.getObject("valid_from", LocalDate.class),
                        row.getObject("valid_to", LocalDate.class)))
                .list();
    }

    private List<Member> members(UUID tenantId, UUID lineId, Set<UUID> ending, LocalDate day) {
        return jdbc.sql("""
                        select person_id, unit_id, valid_from, valid_to, version from directory.line_member
                        where tenant_id = ? and line_id = ? and unit_id = any (?) and (valid_to is null or valid_to > ?)
                        order by person_id, valid_from
                        """)
                .param(tenantId)
                .param(lineId)
                .param(ending.toArray(UUID[]::new))
                .param(Date.valueOf(day))
                .query((row, n) -> new Member(
                        row.getObject("person_id", UUID.class),
                        row.getObject("unit_id", UUID.class),
                        row.getObject("valid_from", LocalDate.class),
                        row.getObject("valid_to", LocalDate.class),
                        row.getInt("version")))
                .list();
    }

    /** The unit of each person's main post from the day on, or of another post where the main one is not known. */
    private Map<UUID, UUID> posts(UUID tenantId, ReorganisationPlan plan, LocalDate day, Collection<UUID> people) {
        Map<UUID, UUID> posts = new HashMap<>();
        Set<UUID> wanted = new HashSet<>(people);
        Map<UUID, UUID> others = new HashMap<>();
        for (ReorganisationPlan.Move move : plan.moves) {
            UUID person = move.post().personId();
            if (move.destination() != null
                    && wanted.contains(person)
                    && move.post().open()) {
                (move.post().main() ? posts : others).put(person, move.destination());
            }
        }
        jdbc.sql("""
                        select distinct on (person_id) person_id, unit_id from directory.assignment
                        where tenant_id = ? and person_id = any (?) and valid_from <= ? and valid_to is null and unit_id <> all (?)
                        order by person_id, main desc, id
                        """)
                .param(tenantId)
                .param(people.stream()
                        .filter(person -> !posts.containsKey(person))
                        .toArray(UUID[]::new))
                .param(Date.valueOf(day))
                .param(plan.ending.keySet().toArray(UUID[]::new))
                .query(row -> {
                    posts.put(row.getObject("person_id", UUID.class), row.getObject("unit_id", UUID.class));
                });
        others.forEach(posts::putIfAbsent);
        return posts;
    }

    /** Of the units and all above them, as the tree is now. */
    private Map<UUID, UUID> parents(UUID tenantId, Collection<UUID> units) {
        Map<UUID, UUID> parents = new HashMap<>();
        jdbc.sql("""
                        select v.unit_id, v.parent_id from directory.unit_version v
                        where v.tenant_id = :tenant and v.valid_to is null and v.parent_id is not null
                          and v.unit_id in (select x.ancestor_id from directory.unit_path x
                                            where x.tenant_id = :tenant and x.descendant_id = any (:units) and x.valid_to is null)
                        """)
                .param("tenant", tenantId)
                .param("units", units.toArray(UUID[]::new))
                .query(row -> {
                    parents.put(row.getObject("unit_id", UUID.class), row.getObject("parent_id", UUID.class));
                });
        return parents;
    }

    private int duties(UUID tenantId, UUID lineId, Set<UUID> ending, LocalDate day) {
        return jdbc.sql("""
                        select count(*) from directory.line_duty
                        where tenant_id = ? and line_id = ? and unit_id = any (?) and (valid_to is null or valid_to > ?)
                        """)
                .param(tenantId)
                .param(lineId)
                .param(ending.toArray(UUID[]::new))
                .param(Date.valueOf(day))
                .query((row, n) -> row.getInt(1))
                .single();
    }

    /** In the transaction that ends the units, once those that begin are there. */
    @Transactional(propagation = Propagation.MANDATORY)
    void carryOut(UUID tenantId, ReorganisationDraft draft, Set<UUID> ending, List<After> lines, UUID actor) {
        var basis = draft.facts().head().basis();
        String words = basis.known() ? Texts.oneLine(basis.number() + ", " + basis.issuer()) : "";
        String document = words.length() > LineRules.LONGEST_BASIS ? basis.number() : words;
        for (After line : lines) {
            List<UUID> people = line.succession().followed.stream()
                    .map(one -> one.member().personId())
                    .distinct()
                    .toList();
            counts.changing(tenantId, people, () -> {
                end(tenantId, line, ending, draft.effective());
                place(tenantId, line, draft.effective(), document);
                follow(tenantId, line, draft.effective());
                return people;
            });
            tell(tenantId, draft, line, actor);
        }
    }

    private void end(UUID tenantId, After line, Set<UUID> ending, LocalDate day) {
        for (String table : List.of("line_place", "line_duty")) {
            jdbc.sql("""
                            delete from directory.%s
                            where tenant_id = ? and line_id = ? and unit_id = any (?) and valid_from >= ?
                            """.formatted(table))
                    .param(tenantId)
                    .param(line.lineId())
                    .param(ending.toArray(UUID[]::new))
                    .param(Date.valueOf(day))
                    .update();
            jdbc.sql("""
                            update directory.%s set valid_to = ?, version = version + 1
                            where tenant_id = ? and line_id = ? and unit_id = any (?) and (valid_to is null or valid_to > ?)
                            """.formatted(table))
                    .param(Date.valueOf(day))
                    .param(tenantId)
                    .param(line.lineId())
                    .param(ending.toArray(UUID[]::new))
                    .param(Date.valueOf(day))
                    .update();
        }
    }

    private void place(UUID tenantId, After line, LocalDate day, String document) {
        List<Resettled> resettled = line.succession().resettled;
        List<Resettled> split = resettled.stream()
                .filter(one -> one.seat().from().isBefore(day))
                .toList();
        List<Resettled> inPlace = resettled.stream()
                .filter(one -> !one.seat().from().isBefore(day))
                .toList();
        int ended = Bulk.update(
                bulk,
                """
                update directory.line_place p set valid_to = ?, version = p.version + 1
                from unnest(?) as n (id)
                where p.tenant_id = ? and p.id = n.id
                """,
                List.of(Date.valueOf(day)),
                split,
                List.of(new Column<Resettled>("uuid", one -> one.seat().id())),
                List.of(tenantId));
        Check.that(ended == split.size(), "every place that goes on below another unit ends here");
        Bulk.update(
                bulk,
                """
                update directory.line_place p set superior_id = n.superior_id, version = p.version + 1
                from unnest(?, ?) as n (id, superior_id)
                where p.tenant_id = ? and p.id = n.id
                """,
                List.of(),
                inPlace,
                List.of(
                        new Column<Resettled>("uuid", one -> one.seat().id()),
                        new Column<Resettled>("uuid", Resettled::superiorId)),
                List.of(tenantId));
        record New(
                UUID unit,
                @Nullable UUID superior,
                @Nullable LocalDate to) {}
        var begun = new ArrayList<New>();
        for (Placed one : line.succession().placed.values()) {
            begun.add(new New(one.unitId(), one.superiorId(), null));
        }
        split.forEach(one -> begun.add(
                new New(one.seat().unitId(), one.superiorId(), one.seat().to())));
        Bulk.update(
                bulk,
                """
                insert into directory.line_place (tenant_id, id, line_id, unit_id, superior_id, basis, valid_from, valid_to)
                select ?, n.id, ?, n.unit_id, n.superior_id, ?, ?, n.valid_to
                from unnest(?, ?, ?, ?) as n (id, unit_id, superior_id, valid_to)
                """,
                List.of(tenantId, line.lineId(), document, Date.valueOf(day)),
                begun,
                List.of(
                        new Column<New>("uuid", one -> Ids.next()),
                        new Column<New>("uuid", New::unit),
                        new Column<New>("uuid", New::superior),
                        new Column<New>("date", one -> one.to() == null ? null : Date.valueOf(one.to()))));
    }

    /** Every membership ends where it was and goes on where its person goes; what began there later is put there. */
    private void follow(UUID tenantId, After line, LocalDate day) {
        List<Followed> all = line.succession().followed;
        List<Followed> before =
                all.stream().filter(one -> one.member().from().isBefore(day)).toList();
        List<Followed> later =
                all.stream().filter(one -> !one.member().from().isBefore(day)).toList();
        List<Column<Followed>> which = List.of(
                new Column<Followed>("uuid", one -> one.member().personId()),
                new Column<Followed>("date", one -> Date.valueOf(one.member().from())));
        int ended = Bulk.update(bulk, """
                update directory.line_member m set valid_to = ?, version = m.version + 1
                from unnest(?, ?) as n (person_id, valid_from)
                where m.tenant_id = ? and m.line_id = ? and m.person_id = n.person_id and m.valid_from = n.valid_from
                """, List.of(Date.valueOf(day)), before, which, List.of(tenantId, line.lineId()));
        Check.that(ended == before.size(), "every membership through a unit that ends, ends there");
        List<Followed> going =
                before.stream().filter(one -> one.destination() != null).toList();
        int begun = Bulk.update(
                bulk,
                """
                insert into directory.line_member (tenant_id, line_id, person_id, valid_from, valid_to, unit_id)
                select ?, ?, n.person_id, ?, n.valid_to, n.unit_id
                from unnest(?, ?, ?) as n (person_id, valid_to, unit_id)
                """,
                List.of(tenantId, line.lineId(), Date.valueOf(day)),
                going,
                List.of(
                        new Column<Followed>("uuid", one -> one.member().personId()),
                        new Column<Followed>(
                                "date",
                                one -> one.member().to() == null
                                        ? null
                                        : Date.valueOf(Objects.requireNonNull(
                                                one.member().to()))),
                        new Column<Followed>("uuid", Followed::destination)));
        Check.that(begun == going.size(), "every membership goes on once");
        List<Followed> put =
                later.stream().filter(one -> one.destination() != null).toList();
        Bulk.update(
                bulk,
                """
                update directory.line_member m set unit_id = n.unit_id, version = m.version + 1
                from unnest(?, ?, ?) as n (unit_id, person_id, valid_from)
                where m.tenant_id = ? and m.line_id = ? and m.person_id = n.person_id and m.valid_from = n.valid_from
                """,
                List.of(),
                put,
                List.of(new Column<Followed>("uuid", Followed::destination), which.getFirst(), which.getLast()),
                List.of(tenantId, line.lineId()));
        Bulk.update(
                bulk,
                """
                delete from directory.line_member m
                using unnest(?, ?) as n (person_id, valid_from)
                where m.tenant_id = ? and m.line_id = ? and m.person_id = n.person_id and m.valid_from = n.valid_from
                """,
                List.of(),
                later.stream().filter(one -> one.destination() == null).toList(),
                which,
                List.of(tenantId, line.lineId()));
    }

    private void tell(UUID tenantId, ReorganisationDraft draft, After line, UUID actor) {
        LineSuccession done = line.succession();
        List<UUID> left = line.leaving().stream()
                .map(one -> one.member().personId())
                .distinct()
                .toList();
        var facts = new LinkedHashMap<String, Object>();
        facts.put("reorganisation", draft.id().toString());
        facts.put("day", draft.effective().toString());
        facts.put("placesEnded", done.ended.size());
        facts.put("placesBegun", done.placed.size());
        facts.put("unitsBelowMoved", done.resettled.size());
        facts.put("dutiesEnded", line.duties());
        facts.put("membersCarried", done.followed.size() - line.leaving().size());
        facts.put("membersEnded", left.size());
        ledger.append(new Act(tenantId, "directory.line-reorganised", line.lineId(), actor, facts));
        for (UUID person : left) {
            ledger.append(new Act(
                    tenantId,
                    "directory.line-member-left",
                    person,
                    actor,
                    Map.of(
                            "line", line.lineId().toString(),
                            "day", draft.effective().toString(),
                            "reorganisation", draft.id().toString())));
        }
    }
}
