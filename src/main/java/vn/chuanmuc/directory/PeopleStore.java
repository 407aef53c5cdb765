package vn.chuanmuc.directory;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.directory.Bulk.Column;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.PersonName;

@Component
class PeopleStore {
    private static final String MEMBER = """
            select p.id as person_id, p.full_name, p.sort_key, p.search_key, p.birth_date, p.sample,
                   a.unit_id, v.name as unit_name, a.bloc_id, b.name as bloc_name,
                   a.position_id, o.name as position_name, o.leads, a.kind, a.rank_order, a.main
            from directory.assignment a
            join directory.person p on p.tenant_id = a.tenant_id and p.id = a.person_id
            join directory.unit_version v on v.tenant_id = a.tenant_id and v.unit_id = a.unit_id and v.valid_to is null
            join directory.bloc b on b.tenant_id = a.tenant_id and b.id = a.bloc_id
            join directory.position o on o.tenant_id = a.tenant_id and o.id = a.position_id
            where a.tenant_id = ? and a.valid_to is null
            """;
    private static final RowMapper<People.Member> MEMBER_ROW = (row, n) -> {
        Date birth = row.getDate("birth_date");
        return new People.Member(
                row.getObject("person_id", UUID.class),
                row.getString("full_name"),
                row.getBytes("sort_key"),
                row.getString("search_key"),
                birth == null ? null : birth.toLocalDate(),
                row.getBoolean("sample"),
                row.getObject("unit_id", UUID.class),
                row.getString("unit_name"),
                row.getObject("bloc_id", UUID.class),
                row.getString("bloc_name"),
                row.getObject("position_id", UUID.class),
                row.getString("position_name"),
                row.getBoolean("leads"),
                row.getString("kind"),
                row.getInt("rank_order"),
                row.getBoolean("main"));
    };

    private final JdbcClient jdbc;
    private final JdbcTemplate bulk;

    PeopleStore(JdbcClient jdbc, JdbcTemplate bulk) {
        this.jdbc = jdbc;
        this.bulk = bulk;
    }

    record NewAssignment(
            UUID id,
            UUID unitId,
            UUID positionId,
            UUID blocId,
            String kind,
            boolean main,
            int rank,
            String note,
            LocalDate validFrom) {}

    record NewRow(
            UUID id,
            PersonName name,
            @Nullable LocalDate birthDate,
            @Nullable String staffCode,
            boolean sample,
            NewAssignment assignment) {}

    /** Adds people with their first assignment; at most {@link Bulk#CHUNK} at once. */
    void insert(UUID tenantId, List<NewRow> people, Instant now) {
        Check.that(people.size() <= Bulk.CHUNK, "people are added in chunks");
        int added = Bulk.update(
                bulk,
                """
                insert into directory.person (tenant_id, id, full_name, folded_key, sort_key, search_key, birth_date,
                                              staff_code, sample, created_at)
                select ?, n.id, n.full_name, n.folded_key, n.sort_key, n.search_key, n.birth_date, n.staff_code, n.sample, ?
                from unnest(?, ?, ?, ?, ?, ?, ?, ?)
                    as n (id, full_name, folded_key, sort_key, search_key, birth_date, staff_code, sample)
                """,
                List.of(tenantId, Timestamp.from(now)),
                people,
                List.of(
                        new Column<NewRow>("uuid", NewRow::id),
                        new Column<NewRow>("text", row -> row.name().display()),
                        new Column<NewRow>("text", row -> row.name().foldedKey()),
                        new Column<NewRow>("bytea", row -> row.name().sortKey()),
                        new Column<NewRow>("text", row -> row.name().searchKey()),
                        new Column<NewRow>("date", NewRow::birthDate),
                        new Column<NewRow>("text", NewRow::staffCode),
                        new Column<NewRow>("bool", NewRow::sample)));
        Check.that(added == people.size(), "every person is one row");
        insertAssignments(
                tenantId,
                people.stream()
                        .map(person -> new Assigned(person.id(), person.assignment()))
                        .toList());
    }

    record Assigned(UUID personId, NewAssignment assignment) {}

    void insertAssignments(UUID tenantId, List<Assigned> assigned) {
        int added = Bulk.update(
                bulk,
                """
                insert into directory.assignment (tenant_id, id, person_id, unit_id, position_id, bloc_id, kind, main,
                                                  rank_order, note, valid_from)
                select ?, n.id, n.person_id, n.unit_id, n.position_id, n.bloc_id, n.kind, n.main, n.rank_order, n.note,
                       n.valid_from
                from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    as n (id, person_id, unit_id, position_id, bloc_id, kind, main, rank_order, note, valid_from)
                """,
                List.of(tenantId),
                assigned,
                List.of(
                        new Column<Assigned>("uuid", row -> row.assignment().id()),
                        new Column<Assigned>("uuid", Assigned::personId),
                        new Column<Assigned>("uuid", row -> row.assignment().unitId()),
                        new Column<Assigned>("uuid", row -> row.assignment().positionId()),
                        new Column<Assigned>("uuid", row -> row.assignment().blocId()),
                        new Column<Assigned>("text", row -> row.assignment().kind()),
                        new Column<Assigned>("bool", row -> row.assignment().main()),
                        new Column<Assigned>("int4", row -> row.assignment().rank()),
                        new Column<Assigned>("text", row -> row.assignment().note()),
                        new Column<Assigned>("date", row -> row.assignment().validFrom())));
        Check.that(added == assigned.size(), "every assignment is one row");
    }

    Optional<People.Person> find(UUID tenantId, UUID personId) {
        return jdbc.sql("select id, full_name, birth_date, sample from directory.person where tenant_id = ? and id = ?")
                .param(tenantId)
                .param(personId)
                .query((row, n) -> new People.Person(
                        row.getObject("id", UUID.class),
                        row.getString("full_name"),
                        row.getObject("birth_date", LocalDate.class),
                        row.getBoolean("sample")))
                .optional();
    }

    Map<UUID, String> names(UUID tenantId, Collection<UUID> people) {
        Map<UUID, String> names = new HashMap<>();
        jdbc.sql("select id, full_name from directory.person where tenant_id = ? and id = any (?)")
                .param(tenantId)
                .param(people.toArray(UUID[]::new))
                .query(row -> {
                    names.put(row.getObject("id", UUID.class), row.getString("full_name"));
                });
        return names;
    }

    List<People.Member> membersOf(UUID tenantId, List<UUID> unitIds) {
        return jdbc.sql(MEMBER + " and a.unit_id = any (?) order by a.unit_id, a.rank_order, p.sort_key")
                .param(tenantId)
                .param(unitIds.toArray(UUID[]::new))
                .query(MEMBER_ROW)
                .list();
    }
}
