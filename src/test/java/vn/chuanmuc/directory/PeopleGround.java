package vn.chuanmuc.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.testing.TestBodies.Body;

/** People of a test body, made by the product itself so that head-counts hold, and what must hold after every act. */
final class PeopleGround {
    static final LocalDate SINCE = LocalDate.of(2020, 1, 1);

    private final People people;
    private final Headcounts headcounts;
    private final JdbcClient jdbc;
    final Body body;

    PeopleGround(People people, Headcounts headcounts, JdbcClient jdbc, Body body) {
        this.people = people;
        this.headcounts = headcounts;
        this.jdbc = jdbc;
        this.body = body;
    }

    /** Today where the product is used. */
    static LocalDate today() {
        return LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh"));
    }

    static Scope scope(Viewer viewer) {
        return new Scope(viewer.tenantId(), viewer.accountId(), List.of(viewer.unitsWith(Permission.MANAGE_PEOPLE)));
    }

    UUID person(String name, @Nullable LocalDate born, UUID unit) {
        return person(name, born, unit, "");
    }

    UUID person(String name, @Nullable LocalDate born, UUID unit, String code) {
        var scope = new Scope(body.tenant, new UUID(0, 0), List.of(body.root));
        return switch (people.add(scope, unit, name, born, code, work(50).post(), SINCE, true)) {
            case People.Saved.Done(var id) -> id;
            case People.Saved.Refused(var field, var why) -> throw new IllegalStateException(field + " " + why);
        };
    }

    static Assignments.Work work(int share) {
        return new Assignments.Work(
                new People.Post("Chuyên viên", false, "Khối chính quyền", PersonKind.CIVIL_SERVANT, null, ""),
                AssignmentMode.REGULAR,
                share,
                true);
    }

    /** The open assignments: unit and whether main. */
    Map<UUID, Boolean> open(UUID person) {
        Map<UUID, Boolean> open = new HashMap<>();
        jdbc.sql("""
                        select unit_id, main from directory.assignment
                        where tenant_id = ? and person_id = ? and valid_to is null
                        """).params(body.tenant, person).query(row -> {
            open.put(row.getObject("unit_id", UUID.class), row.getBoolean("main"));
        });
        return open;
    }

    UUID assignment(UUID person, UUID unit) {
        return jdbc.sql("""
                        select id from directory.assignment
                        where tenant_id = ? and person_id = ? and unit_id = ? and valid_to is null
                        """)
                .params(body.tenant, person, unit)
                .query((row, n) -> row.getObject(1, UUID.class))
                .single();
    }

    int version(UUID assignment) {
        return jdbc.sql("select version from directory.assignment where tenant_id = ? and id = ?")
                .params(body.tenant, assignment)
                .query((row, n) -> row.getInt(1))
                .single();
    }

    int acts(String name) {
        return jdbc.sql("select count(*) from ledger.entry where tenant_id = ? and act = ?")
                .params(body.tenant, name)
                .query((row, n) -> row.getInt(1))
                .single();
    }

    /** Stored head-counts are what counting would give, and nobody has two main assignments or none. */
    void holds() {
        LocalDate today = today();
        List<UUID> units = List.of(body.root, body.wardOne, body.wardTwo);
        for (LocalDate day : List.of(today, today.plusDays(1))) {
            Map<UUID, Integer> counted = new HashMap<>();
            jdbc.sql("""
                            select p.ancestor_id, count(distinct a.person_id) as people
                            from directory.assignment a
                            join directory.unit_path p on p.tenant_id = a.tenant_id and p.descendant_id = a.unit_id
                                and p.valid_from <= :day and coalesce(p.valid_to, 'infinity') > :day
                            where a.tenant_id = :tenant and a.main and a.valid_from <= :day
                              and coalesce(a.valid_to, 'infinity') > :day
                            group by p.ancestor_id
                            """)
                    .param("tenant", body.tenant)
                    .param("day", java.sql.Date.valueOf(day))
                    .query(row -> {
                        counted.put(row.getObject(1, UUID.class), row.getInt("people"));
                    });
            assertThat(headcounts.on(body.tenant, units, day)).as("on %s", day).isEqualTo(counted);
        }
        assertThat(jdbc.sql("""
                        select person_id from directory.assignment
                        where tenant_id = ? and valid_to is null
                        group by person_id having count(*) filter (where main) <> 1
                        """)
                        .param(body.tenant)
                        .query((row, n) -> row.getObject(1, UUID.class))
                        .list())
                .isEmpty();
    }
}
