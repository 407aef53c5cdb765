package vn.chuanmuc.directory;

import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.ReorganisationDraft.Basis;
import vn.chuanmuc.directory.ReorganisationDraft.Head;
import vn.chuanmuc.directory.ReorganisationDraft.Rule;
import vn.chuanmuc.directory.Reorganisations.CarriedOut;
import vn.chuanmuc.directory.Reorganisations.Row;
import vn.chuanmuc.directory.Reorganisations.Saved;
import vn.chuanmuc.kernel.PersonName;
import vn.chuanmuc.testing.TestBodies.Body;

/** A body that has been there for years, with two people of its board, for tests of re-organisations. */
@TestComponent
public class ReorganisationGround {
    public static final LocalDate BEGINNING = LocalDate.of(2015, 1, 1);

    private static final UUID NOBODY = new UUID(0, 0);

    private final JdbcClient jdbc;
    private final Units units;
    private final People people;
    private final Reorganisations reorganisations;

    ReorganisationGround(JdbcClient jdbc, Units units, People people, Reorganisations reorganisations) {
        this.jdbc = jdbc;
        this.units = units;
        this.people = people;
        this.reorganisations = reorganisations;
    }

    /** @param fresh the units that begin */
    public record Approved(UUID id, List<UUID> fresh) {}

    /** What happened on 1 July 2025, in size: 14 wards with 5,000 people become 4, each old one split by bloc; approved. */
    public Approved fourteenWards(UUID tenant, UUID root, Viewer preparer, Viewer approver, LocalDate day) {
        List<UUID> wards = units.addAll(
                tenant,
                NOBODY,
                IntStream.range(0, 14)
                        .mapToObj(i -> new Units.NewUnit("C" + i, "Phường cũ " + i, Units.Kind.WARD, root))
                        .toList());
        List<UUID> offices = units.addAll(
                tenant,
                NOBODY,
                IntStream.range(0, 14)
                        .mapToObj(i -> new Units.NewUnit("C" + i + "-VP", "Văn phòng", Units.Kind.OFFICE, wards.get(i)))
                        .toList());
        people.addAll(
                tenant,
                NOBODY,
                IntStream.range(0, 5_000)
                        .mapToObj(i -> new NewPerson(
                                PersonName.of("Nguyễn Văn Mẫu"),
                                null,
                                PersonKind.CIVIL_SERVANT,
                                i % 3 == 0 ? offices.get(i % 14) : wards.get(i % 14),
                                "Khối " + i % 2,
                                "Chức vụ " + i % 20,
                                false,
                                i,
                                true))
                        .toList());
        since2015(tenant);
        UUID id = draft(preparer, day);
        List<UUID> fresh = IntStream.range(0, 4)
                .mapToObj(i -> newWard(preparer, id, "N" + i, "Phường mới " + i, root))
                .toList();
        UUID bloc = people.blocs(tenant).getLast().id();
        for (int i = 0; i < 14; i++) {
            end(preparer, id, wards.get(i), fresh.get(i % 4), fresh.get(i % 4));
            done(reorganisations.putParts(
                    scope(preparer), id, wards.get(i), Rule.BLOC, List.of(bloc), fresh.get((i + 1) % 4)));
        }
        approve(preparer, approver, id, "");
        return new Approved(id, fresh);
    }

    /** Everything there is in the body has been there since 2015; head-counts are made anew. */
    public void since2015(UUID tenant) {
        Date day = Date.valueOf(BEGINNING);
        jdbc.sql("update directory.unit_version set valid_from = ? where tenant_id = ?")
                .params(day, tenant)
                .update();
        jdbc.sql("update directory.unit_path set valid_from = ? where tenant_id = ?")
                .params(day, tenant)
                .update();
        jdbc.sql("update directory.assignment set valid_from = ? where tenant_id = ? and valid_from > ?")
                .params(day, tenant, day)
                .update();
        jdbc.sql("delete from directory.headcount where tenant_id = ?")
                .param(tenant)
                .update();
        jdbc.sql("""
                        insert into directory.headcount (tenant_id, unit_id, day, id, people)
                        select p.tenant_id, p.ancestor_id, greatest(a.valid_from, p.valid_from), gen_random_uuid(), count(*)
                        from directory.assignment a
                        join directory.unit_path p on p.tenant_id = a.tenant_id and p.descendant_id = a.unit_id
                        where a.tenant_id = ? and a.main and a.valid_to is null
                        group by 1, 2, 3
                        """).param(tenant).update();
    }

    public static Scope scope(Viewer viewer) {
        return new Scope(
                viewer.tenantId(), viewer.accountId(), List.of(viewer.unitsWith(Permission.PREPARE_REORGANISATION)));
    }

    public static Head head(LocalDate effective) {
        return new Head(
                "Sắp xếp thử",
                effective,
                new Basis(true, "1656/NQ-THỬ", LocalDate.of(2025, 6, 16), "Cơ quan thử", "Về việc sắp xếp (mẫu)"));
    }

    public UUID draft(Viewer board, LocalDate effective) {
        return done(reorganisations.create(scope(board), head(effective)));
    }

    public UUID newWard(Viewer board, UUID id, String code, String name, UUID parent) {
        return done(reorganisations.putUnit(scope(board), id, null, code, name, Units.Kind.WARD, parent));
    }

    public void end(Viewer board, UUID id, UUID unit, UUID destination, UUID custodian) {
        done(reorganisations.table(scope(board), id, List.of(new Row(unit, true, destination, custodian))));
    }

    int version(Viewer board, UUID id) {
        return reorganisations.find(scope(board), id).orElseThrow().facts().version();
    }

    /** Submitted by whoever prepared it, approved by somebody else. */
    public void approve(Viewer preparer, Viewer approver, UUID id, String words) {
        done(reorganisations.submit(scope(preparer), id, version(preparer, id)));
        done(reorganisations.approve(scope(approver), id, version(preparer, id), words));
    }

    public CarriedOut carryOut(UUID tenant, UUID id) {
        return reorganisations.carryOut(tenant, id);
    }

    public static UUID done(Saved saved) {
        return switch (saved) {
            case Saved.Done(UUID id) -> id;
            case Saved.Refused refused -> throw new AssertionError(refused.toString());
        };
    }

    public static String refusal(Saved saved) {
        return switch (saved) {
            case Saved.Done done -> throw new AssertionError(done.toString());
            case Saved.Refused(String field, var why) -> why.key();
        };
    }

    /** Kinds of what stands in the way now, by code, with how many cases. */
    public Map<String, Integer> gates(Viewer board, UUID id) {
        var gates = new TreeMap<String, Integer>();
        reorganisations
                .outlook(scope(board), id)
                .gates()
                .forEach(gate -> gates.put(gate.kind().code(), gate.count()));
        return gates;
    }

    public Viewer board(Body body) {
        return body.viewer(Role.BOARD, body.root);
    }

    /** Head-counts as stored, and as counted from the assignments and paths themselves, differ nowhere on this day. */
    public List<String> wrongCounts(UUID tenant, LocalDate day) {
        return jdbc.sql("""
                        with stored as (
                            select unit_id, sum(people) as people from directory.headcount
                            where tenant_id = :tenant and day <= :day group by unit_id
                        ), counted as (
                            select p.ancestor_id as unit_id, count(*) as people
                            from directory.assignment a
                            join directory.unit_path p on p.tenant_id = a.tenant_id and p.descendant_id = a.unit_id
                                and p.valid_from <= :day and (p.valid_to is null or p.valid_to > :day)
                            where a.tenant_id = :tenant and a.main
                              and a.valid_from <= :day and (a.valid_to is null or a.valid_to > :day)
                            group by p.ancestor_id
                        )
                        select coalesce(s.unit_id, c.unit_id) || ': ' || coalesce(s.people, 0) || ' ≠ ' || coalesce(c.people, 0)
                        from stored s
                        full join counted c on c.unit_id = s.unit_id
                        where coalesce(s.people, 0) <> coalesce(c.people, 0)
                        """)
                .param("tenant", tenant)
                .param("day", Date.valueOf(day))
                .query((row, n) -> row.getString(1))
                .list();
    }
}
