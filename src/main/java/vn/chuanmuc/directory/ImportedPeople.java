package vn.chuanmuc.directory;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.directory.Bulk.Column;
import vn.chuanmuc.directory.PeopleImports.Ending;
import vn.chuanmuc.directory.PeopleImports.Import;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.PersonName;

/**
 * Changes of many known people at once, each only as it was seen: by its version. False when any was changed by somebody
 * meanwhile; then the caller undoes all.
 */
@Component
class ImportedPeople {
    private final JdbcClient jdbc;
    private final JdbcTemplate bulk;
    private final Headcounts headcounts;
    private final PeopleStore names;
    private final LookAlikes lookAlikes;

    ImportedPeople(
            JdbcClient jdbc, JdbcTemplate bulk, Headcounts headcounts, PeopleStore names, LookAlikes lookAlikes) {
        this.lookAlikes = lookAlikes;
        this.names = names;
        this.jdbc = jdbc;
        this.bulk = bulk;
        this.headcounts = headcounts;
    }

    record Corrected(
            UUID id,
            int version,
            PersonName name,
            @Nullable LocalDate birthDate,
            @Nullable String staffCode) {}

    boolean correct(UUID tenantId, List<Corrected> people) {
        boolean all = Bulk.update(
                        bulk,
                        """
                        update directory.person p
                        set full_name = n.full_name, folded_key = n.folded_key, sort_key = n.sort_key,
                            search_key = n.search_key, birth_date = n.birth_date, staff_code = n.staff_code,
                            version = p.version + 1
                        from unnest(?, ?, ?, ?, ?, ?, ?, ?)
                            as n (id, version, full_name, folded_key, sort_key, search_key, birth_date, staff_code)
                        where p.tenant_id = ? and p.id = n.id and p.version = n.version
                        """,
                        List.of(),
                        people,
                        List.of(
                                new Column<Corrected>("uuid", Corrected::id),
                                new Column<Corrected>("int4", Corrected::version),
                                new Column<Corrected>("text", row -> row.name().display()),
                                new Column<Corrected>("text", row -> row.name().foldedKey()),
                                new Column<Corrected>("bytea", row -> row.name().sortKey()),
                                new Column<Corrected>("text", row -> row.name().searchKey()),
                                new Column<Corrected>("date", Corrected::birthDate),
                                new Column<Corrected>("text", Corrected::staffCode)),
                        List.of(tenantId))
                == people.size();
        if (!people.isEmpty()) {
            names.addNames(tenantId, people.stream().map(Corrected::name).toList());
            names.orderByNames(tenantId, people.stream().map(Corrected::id).toList());
            lookAlikes.corrected(tenantId, people.stream().map(Corrected::id).toList());
        }
        return all;
    }

    record Ended(UUID assignmentId, int version, LocalDate day) {}

    boolean end(UUID tenantId, List<Ended> lines) {
        List<UUID> ids = lines.stream().map(Ended::assignmentId).toList();
        headcounts.without(tenantId, ids);
        boolean all = Bulk.update(
                        bulk,
                        """
                        update directory.assignment a
                        set valid_to = n.valid_to, version = a.version + 1
                        from unnest(?, ?, ?) as n (id, version, valid_to)
                        where a.tenant_id = ? and a.id = n.id and a.version = n.version and a.valid_to is null
                        """,
                        List.of(),
                        lines,
                        List.of(
                                new Column<Ended>("uuid", Ended::assignmentId),
                                new Column<Ended>("int4", Ended::version),
                                new Column<Ended>("date", Ended::day)),
                        List.of(tenantId))
                == lines.size();
        headcounts.with(tenantId, ids);
        return all;
    }

    /** @param now id, post, rank and note as they are to be; person, unit, beginning and main stay */
    record Amended(int version, PeopleStore.NewAssignment now) {}

    boolean amend(UUID tenantId, List<Amended> lines) {
        return Bulk.update(
                        bulk,
                        """
                        update directory.assignment a
                        set position_id = n.position_id, bloc_id = n.bloc_id, kind = n.kind, rank_order = n.rank_order,
                            note = n.note, version = a.version + 1
                        from unnest(?, ?, ?, ?, ?, ?, ?) as n (id, version, position_id, bloc_id, kind, rank_order, note)
                        where a.tenant_id = ? and a.id = n.id and a.version = n.version and a.valid_to is null
                        """,
                        List.of(),
                        lines,
                        List.of(
                                new Column<Amended>("uuid", row -> row.now().id()),
                                new Column<Amended>("int4", Amended::version),
                                new Column<Amended>("uuid", row -> row.now().positionId()),
                                new Column<Amended>("uuid", row -> row.now().blocId()),
                                new Column<Amended>("text", row -> row.now().kind()),
                                new Column<Amended>("int4", row -> row.now().rank()),
                                new Column<Amended>("text", row -> row.now().note())),
                        List.of(tenantId))
                == lines.size();
    }

    /** An open line of somebody who is gone. */
    record Line(UUID assignmentId, UUID personId, UUID unitId, LocalDate validFrom, boolean main, int version) {}

    /** The next lines to be ended behind an id, in the order of ids; locked until the transaction ends. */
    List<Line> toEnd(Import of, UUID after, int limit) {
        return jdbc.sql("""
                        select a.id, a.person_id, a.unit_id, a.valid_from, a.main, a.version
                        from directory.people_import_gone g
                        join directory.assignment a on a.tenant_id = g.tenant_id and a.id = g.assignment_id
                        where g.tenant_id = ? and g.import_id = ? and g.assignment_id > ? and (? or g.chosen)
                          and a.valid_to is null
                        order by g.assignment_id limit ?
                        for no key update of a
                        """)
                .params(of.tenantId(), of.id(), after, of.ending().choice() == Ending.Choice.ALL, limit)
                .query((row, n) -> new Line(
                        row.getObject("id", UUID.class),
                        row.getObject("person_id", UUID.class),
                        row.getObject("unit_id", UUID.class),
                        row.getObject("valid_from", LocalDate.class),
                        row.getBoolean("main"),
                        row.getInt("version")))
                .list();
    }

    /** A line that goes on as another: with the same mode and share of time. */
    record GoesOn(UUID ended, UUID begun) {}

    void goOn(UUID tenantId, List<GoesOn> lines) {
        Bulk.update(
                bulk,
                """
                update directory.assignment a set mode = e.mode, share = e.share
                from unnest(?, ?) as n (ended, begun)
                join directory.assignment e on e.tenant_id = ? and e.id = n.ended
                where a.tenant_id = ? and a.id = n.begun and (a.mode <> e.mode or a.share <> e.share)
                """,
                List.of(),
                lines,
                List.of(new Column<GoesOn>("uuid", GoesOn::ended), new Column<GoesOn>("uuid", GoesOn::begun)),
                List.of(tenantId, tenantId));
    }

    private record Next(UUID id, LocalDate validFrom) {}

    /**
     * Of these people, whoever has open lines and none that is main gets one: the oldest becomes main from the day (ADR 0009,
     * rule 2). A line that began before the day ends and goes on as a new one, for until then it was not main.
     */
    void makeMain(UUID tenantId, Collection<UUID> people, LocalDate day) {
        if (people.isEmpty()) {
            return;
        }
        List<Next> next = jdbc.sql("""
                        select distinct on (a.person_id) a.id, a.valid_from
                        from directory.assignment a
                        where a.tenant_id = ? and a.person_id = any (?) and a.valid_to is null
                          and not exists (select from directory.assignment m
                                          where m.tenant_id = a.tenant_id and m.person_id = a.person_id and m.main
                                            and m.valid_to is null)
                        order by a.person_id, a.valid_from, a.id
                        """)
                .params(tenantId, people.toArray(UUID[]::new))
                .query((row, n) ->
                        new Next(row.getObject("id", UUID.class), row.getObject("valid_from", LocalDate.class)))
                .list();
        Map<Boolean, List<Next>> parted = next.stream()
                .collect(Collectors.partitioningBy(line -> line.validFrom().isBefore(day)));
        List<GoesOn> later = parted.getOrDefault(true, List.of()).stream()
                .map(line -> new GoesOn(line.id(), Ids.next()))
                .toList();
        List<UUID> now =
                parted.getOrDefault(false, List.of()).stream().map(Next::id).toList();
        jdbc.sql("""
                        update directory.assignment set valid_to = ?, version = version + 1
                        where tenant_id = ? and id = any (?)
                        """)
                .params(day, tenantId, later.stream().map(GoesOn::ended).toArray(UUID[]::new))
                .update();
        Bulk.update(
                bulk,
                """
                insert into directory.assignment (tenant_id, id, person_id, unit_id, position_id, bloc_id, kind, main,
                    rank_order, note, valid_from, mode, share, sort_key)
                select e.tenant_id, n.begun, e.person_id, e.unit_id, e.position_id, e.bloc_id, e.kind, true, e.rank_order,
                    e.note, e.valid_to, e.mode, e.share, e.sort_key
                from unnest(?, ?) as n (ended, begun)
                join directory.assignment e on e.tenant_id = ? and e.id = n.ended
                """,
                List.of(),
                later,
                List.of(new Column<GoesOn>("uuid", GoesOn::ended), new Column<GoesOn>("uuid", GoesOn::begun)),
                List.of(tenantId));
        jdbc.sql("""
                        update directory.assignment set main = true, version = version + 1
                        where tenant_id = ? and id = any (?)
                        """).params(tenantId, now.toArray(UUID[]::new)).update();
        headcounts.with(
                tenantId,
                Stream.concat(later.stream().map(GoesOn::begun), now.stream()).toList());
    }
}
