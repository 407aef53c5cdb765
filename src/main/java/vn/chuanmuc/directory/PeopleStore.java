package vn.chuanmuc.directory;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.directory.Bulk.Column;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.PersonName;

@Component
class PeopleStore {
    /** A row that has the names of unit, bloc and position. */
    static People.Member member(ResultSet row) throws SQLException {
        Date birth = row.getDate("birth_date");
        String unit = row.getString("unit_name");
        return new People.Member(
                row.getObject("person_id", UUID.class),
                row.getString("full_name"),
                row.getBytes("sort_key"),
                row.getString("search_key"),
                birth == null ? null : birth.toLocalDate(),
                row.getBoolean("sample"),
                row.getObject("unit_id", UUID.class),
                unit == null ? "" : unit,
                row.getObject("bloc_id", UUID.class),
                row.getString("bloc_name"),
                row.getObject("position_id", UUID.class),
                row.getString("position_name"),
                row.getBoolean("leads"),
                row.getString("kind"),
                row.getInt("rank_order"),
                row.getBoolean("main"));
    }

    private final JdbcClient jdbc;
    private final JdbcTemplate bulk;
    private final Headcounts headcounts;
    private final LookAlikes lookAlikes;

    PeopleStore(JdbcClient jdbc, JdbcTemplate bulk, Headcounts headcounts, LookAlikes lookAlikes) {
        this.jdbc = jdbc;
        this.bulk = bulk;
        this.headcounts = headcounts;
        this.lookAlikes = lookAlikes;
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
            LocalDate validFrom) {
        NewAssignment withId(UUID other) {
            return new NewAssignment(other, unitId, positionId, blocId, kind, main, rank, note, validFrom);
        }
    }

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
        addNames(tenantId, people.stream().map(NewRow::name).toList());
        lookAlikes.added(tenantId, people.stream().map(NewRow::id).toList());
        insertAssignments(
                tenantId,
                people.stream()
                        .map(person -> new Assigned(person.id(), person.name().sortKey(), person.assignment()))
                        .toList());
    }

    /** Names are searched in a table of their own. */
    void addNames(UUID tenantId, List<PersonName> names) {
        Bulk.update(
                bulk,
                """
                insert into directory.person_name (tenant_id, sort_key, id, search_key, folded_key)
                select distinct on (n.sort_key) ?, n.sort_key, n.id, n.search_key, n.folded_key
                from unnest(?, ?, ?, ?) as n (sort_key, id, search_key, folded_key)
                where not exists (select from directory.person_name k where k.tenant_id = ? and k.sort_key = n.sort_key)
                """,
                List.of(tenantId),
                names,
                List.of(
                        new Column<PersonName>("bytea", PersonName::sortKey),
                        new Column<PersonName>("uuid", name -> Ids.next()),
                        new Column<PersonName>("text", PersonName::searchKey),
                        new Column<PersonName>("text", PersonName::foldedKey)),
                List.of(tenantId));
    }

    /** @param sortKey the person's, where it is at hand: of a body loaded a moment ago looking it up takes long */
    record Assigned(UUID personId, byte @Nullable [] sortKey, NewAssignment assignment) {
        Assigned(UUID personId, NewAssignment assignment) {
            this(personId, null, assignment);
        }
    }

    void insertAssignments(UUID tenantId, List<Assigned> assigned) {
        int added = Bulk.update(
                bulk,
                """
                insert into directory.assignment (tenant_id, id, person_id, unit_id, position_id, bloc_id, kind, main,
                                                  rank_order, note, valid_from, sort_key)
                select ?, n.id, n.person_id, n.unit_id, n.position_id, n.bloc_id, n.kind, n.main, n.rank_order, n.note,
                       n.valid_from,
                       coalesce(n.sort_key,
                                (select p.sort_key from directory.person p where p.tenant_id = ? and p.id = n.person_id))
                from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    as n (id, person_id, unit_id, position_id, bloc_id, kind, main, rank_order, note, valid_from, sort_key)
                """,
                List.of(tenantId, tenantId),
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
                        new Column<Assigned>("date", row -> row.assignment().validFrom()),
                        new Column<Assigned>("bytea", Assigned::sortKey)));
        Check.that(added == assigned.size(), "every assignment is one row");
        headcounts.with(
                tenantId, assigned.stream().map(row -> row.assignment().id()).toList());
    }

    /** Lists are in the order that stands at the assignments. */
    void orderByNames(UUID tenantId, Collection<UUID> people) {
        jdbc.sql("""
                        update directory.assignment a set sort_key = p.sort_key
                        from directory.person p
                        where a.tenant_id = :tenant and a.person_id = any (:people)
                          and p.tenant_id = :tenant and p.id = a.person_id and a.sort_key <> p.sort_key
                        """)
                .param("tenant", tenantId)
                .param("people", people.toArray(UUID[]::new))
                .update();
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

    /**
     * The three names each row needs are looked up here, not joined: of a body that was loaded a moment ago the planner knows
     * nothing yet, and guessed joins over 130,000 people that took minutes.
     */
    List<People.Member> membersOf(UUID tenantId, List<UUID> unitIds) {
        UUID[] units = unitIds.toArray(UUID[]::new);
        Map<UUID, String> unitNames = names(
                "select unit_id, name from directory.unit_version where tenant_id = ? and unit_id = any (?) and valid_to is null",
                tenantId,
                units);
        Map<UUID, String> blocNames = names("select id, name from directory.bloc where tenant_id = ?", tenantId);
        Map<UUID, String> positionNames =
                names("select id, name from directory.position where tenant_id = ?", tenantId);
        Set<UUID> leading = names("select id, name from directory.position where tenant_id = ? and leads", tenantId)
                .keySet();
        return jdbc.sql("""
                        select p.id as person_id, p.full_name, p.sort_key, p.search_key, p.birth_date, p.sample,
                               a.unit_id, a.bloc_id, a.position_id, a.kind, a.rank_order, a.main
                        from directory.assignment a
                        left join directory.person p -- every assignment has one; so said, no plan starts from the people
                            on p.tenant_id = a.tenant_id and p.id = a.person_id
                        where a.tenant_id = ? and a.valid_to is null and a.unit_id = any (?)
                        order by a.unit_id, a.rank_order, p.sort_key
                        """)
                .param(tenantId)
                .param(units)
                .query((row, n) -> {
                    Date birth = row.getDate("birth_date");
                    UUID unit = row.getObject("unit_id", UUID.class);
                    UUID bloc = row.getObject("bloc_id", UUID.class);
                    UUID position = row.getObject("position_id", UUID.class);
                    return new People.Member(
                            row.getObject("person_id", UUID.class),
                            row.getString("full_name"),
                            row.getBytes("sort_key"),
                            row.getString("search_key"),
                            birth == null ? null : birth.toLocalDate(),
                            row.getBoolean("sample"),
                            unit,
                            unitNames.getOrDefault(unit, ""),
                            bloc,
                            blocNames.getOrDefault(bloc, ""),
                            position,
                            positionNames.getOrDefault(position, ""),
                            leading.contains(position),
                            row.getString("kind"),
                            row.getInt("rank_order"),
                            row.getBoolean("main"));
                })
                .list();
    }

    private Map<UUID, String> names(String sql, Object... parameters) {
        Map<UUID, String> names = new HashMap<>();
        jdbc.sql(sql).params(parameters).query(row -> {
            names.put(row.getObject(1, UUID.class), row.getString(2));
        });
        return names;
    }

    /** Whether the unit lives; if so, until this transaction ends: a re-organisation that would end it waits, or is waited for. */
    boolean alive(UUID tenantId, UUID unitId) {
        jdbc.sql("select id from directory.unit where tenant_id = ? and id = ? for key share")
                .params(tenantId, unitId)
                .query((row, n) -> row.getObject(1, UUID.class))
                .optional();
        return jdbc.sql("""
                        select exists (select from directory.unit_version
                                       where tenant_id = ? and unit_id = ? and valid_to is null)
                        """)
                .params(tenantId, unitId)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    /** Whether the unit lives and the scope reaches it; it lives until this transaction ends, see {@link #alive}. */
    boolean covers(Scope scope, UUID unitId) {
        jdbc.sql("select id from directory.unit where tenant_id = ? and id = ? for key share")
                .params(scope.tenantId(), unitId)
                .query((row, n) -> row.getObject(1, UUID.class))
                .optional();
        return jdbc.sql("""
                        select exists (select from directory.unit_closure
                                       where tenant_id = ? and descendant_id = ? and ancestor_id = any (?)
                                         and not custody)
                        """)
                .params(scope.tenantId(), unitId, scope.tops())
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    Optional<People.Portrait> portrait(Scope scope, UUID personId) {
        List<People.Assignment> assignments = jdbc.sql("""
                        select a.id, a.unit_id, v.name as unit_name, o.name as position_name, o.leads, a.bloc_id,
                               b.name as bloc_name, a.kind, a.main, a.mode, a.share, a.rank_order, a.note, a.valid_from,
                               a.valid_to, a.version,
                               exists (select from directory.unit_closure c
                                       where c.tenant_id = a.tenant_id and c.descendant_id = a.unit_id
                                         and c.ancestor_id = any (?)) as in_scope
                        from directory.assignment a
                        cross join lateral ( -- the last name it had while this held; at least its first
                            select u.name from directory.unit_version u
                            where u.tenant_id = a.tenant_id and u.unit_id = a.unit_id
                            order by u.valid_from < coalesce(a.valid_to, 'infinity') desc,
                                     case when u.valid_from < coalesce(a.valid_to, 'infinity') then u.valid_from end desc,
                                     u.valid_from
                            limit 1
                        ) as v
                        join directory.bloc b on b.tenant_id = a.tenant_id and b.id = a.bloc_id
                        join directory.position o on o.tenant_id = a.tenant_id and o.id = a.position_id
                        where a.tenant_id = ? and a.person_id = ?
                        order by a.valid_to is not null, a.main desc, a.valid_from desc
                        limit 200
                        """)
                .params(scope.tops(), scope.tenantId(), personId)
                .query((row, n) -> new People.Assignment(
                        row.getObject("id", UUID.class),
                        row.getObject("unit_id", UUID.class),
                        row.getString("unit_name"),
                        row.getString("position_name"),
                        row.getBoolean("leads"),
                        row.getObject("bloc_id", UUID.class),
                        row.getString("bloc_name"),
                        PersonKind.of(row.getString("kind")).orElseThrow(),
                        row.getBoolean("main"),
                        AssignmentMode.of(row.getString("mode")).orElseThrow(),
                        row.getInt("share"),
                        row.getInt("rank_order"),
                        row.getString("note"),
                        row.getObject("valid_from", LocalDate.class),
                        row.getObject("valid_to", LocalDate.class),
                        row.getInt("version"),
                        row.getBoolean("in_scope")))
                .list();
        if (assignments.stream().noneMatch(People.Assignment::inScope)) {
            return Optional.empty();
        }
        return jdbc.sql("""
                        select id, full_name, birth_date, staff_code, sample, version
                        from directory.person where tenant_id = ? and id = ?
                        """)
                .params(scope.tenantId(), personId)
                .query((row, n) -> new People.Portrait(
                        row.getObject("id", UUID.class),
                        row.getString("full_name"),
                        row.getObject("birth_date", LocalDate.class),
                        row.getString("staff_code"),
                        row.getBoolean("sample"),
                        row.getInt("version"),
                        assignments))
                .optional();
    }

    boolean codeTaken(UUID tenantId, String code) {
        return jdbc.sql("select exists (select from directory.person where tenant_id = ? and staff_code = ?)")
                .params(tenantId, code)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    /** Where somebody of this name and birth date is; without a birth date, somebody of this name in the unit. */
    Optional<String> twin(UUID tenantId, String foldedKey, @Nullable LocalDate birthDate, UUID unitId) {
        return jdbc.sql("""
                        select v.name
                        from directory.person p
                        join directory.assignment a on a.tenant_id = p.tenant_id and a.person_id = p.id and a.valid_to is null
                        join directory.unit_version v on v.tenant_id = a.tenant_id and v.unit_id = a.unit_id
                            and v.valid_to is null
                        where p.tenant_id = ? and p.folded_key = ?
                          and (p.birth_date = cast(? as date) or (a.unit_id = ? and (p.birth_date is null or cast(? as date) is null)))
                        limit 1
                        """)
                .param(tenantId)
                .param(foldedKey)
                .param(birthDate)
                .param(unitId)
                .param(birthDate)
                .query((row, n) -> row.getString(1))
                .optional();
    }

    boolean correct(UUID tenantId, UUID personId, int version, PersonName name, @Nullable LocalDate birthDate) {
        boolean corrected = jdbc.sql("""
                                update directory.person
                                set full_name = ?, folded_key = ?, sort_key = ?, search_key = ?, birth_date = ?,
                                    version = version + 1
                                where tenant_id = ? and id = ? and version = ?
                                """)
                        .param(name.display())
                        .param(name.foldedKey())
                        .param(name.sortKey())
                        .param(name.searchKey())
                        .param(birthDate)
                        .param(tenantId)
                        .param(personId)
                        .param(version)
                        .update()
                == 1;
        if (corrected) {
            addNames(tenantId, List.of(name));
            orderByNames(tenantId, List.of(personId));
            lookAlikes.corrected(tenantId, List.of(personId));
        }
        return corrected;
    }
}
