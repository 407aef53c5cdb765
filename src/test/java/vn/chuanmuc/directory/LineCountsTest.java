package vn.chuanmuc.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.LineMembers.Carried;
import vn.chuanmuc.directory.LineMembers.Change;
import vn.chuanmuc.directory.LineMembers.Move;
import vn.chuanmuc.directory.LineMembers.Selection;
import vn.chuanmuc.jobs.Job;
import vn.chuanmuc.jobs.Jobs;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;

/** Stored counts of lines are what counting the memberships gives, whatever is done (ADR 0011, 9). */
@ProductTest
class LineCountsTest {
    private static final LocalDate FROM = LocalDate.of(2021, 1, 1);

    @Autowired
    TestBodies bodies;

    @Autowired
    Lines lines;

    @Autowired
    LineMembers members;

    @Autowired
    LineMemberStore memberStore;

    @Autowired
    LineRecords records;

    @Autowired
    Jobs jobs;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Clock clock;

    private Scope all(Body body) {
        return new Scope(body.tenant, new UUID(0, 0), List.of(body.root));
    }

    private UUID line(Body body, String name) {
        UUID line = ((Lines.Saved.Done) lines.found(all(body), new Lines.Saying(name, Lines.Kind.MASS, "", FROM))).id();
        for (UUID unit : List.of(body.root, body.wardOne, body.wardTwo)) {
            assertThat(lines.place(all(body), line, unit, null, FROM, "")).isInstanceOf(Lines.Saved.Done.class);
        }
        return line;
    }

    /** Every sum on every day on which anything changes, and the days between are the same as those before. */
    static void countedIsStored(JdbcClient jdbc, UUID tenant) {
        List<LocalDate> days = jdbc.sql("""
                        select distinct day from (
                            select valid_from as day from directory.line_member where tenant_id = :tenant
                            union select valid_to from directory.line_member where tenant_id = :tenant and valid_to is not null
                            union select day from directory.line_unit_count where tenant_id = :tenant
                            union select day from directory.line_crowd where tenant_id = :tenant) as days
                        order by day
                        """)
                .param("tenant", tenant)
                .query((row, n) -> row.getObject(1, LocalDate.class))
                .list();
        for (LocalDate day : days) {
            assertThat(differences(jdbc, tenant, day)).as("on %s", day).isEmpty();
        }
    }

    private static List<String> differences(JdbcClient jdbc, UUID tenant, LocalDate day) {
        return jdbc.sql("""
                        with standing as (
                            select line_id, unit_id, person_id from directory.line_member
                            where tenant_id = :tenant and valid_from <= :day and (valid_to is null or valid_to > :day)),
                        counted as (
                            select 'unit ' || line_id || ' ' || unit_id as what, count(*) as n from standing group by line_id, unit_id
                            union all select 'line ' || line_id, count(*) from standing group by line_id
                            union all
                            select 'in ' || lines, count(*)
                            from (select count(distinct line_id) as lines from standing group by person_id) p group by lines),
                        stored as (
                            select 'unit ' || line_id || ' ' || unit_id as what, sum(people) as n
                            from directory.line_unit_count where tenant_id = :tenant and day <= :day group by line_id, unit_id
                            union all
                            select 'line ' || line_id, sum(people)
                            from directory.line_count where tenant_id = :tenant and day <= :day group by line_id
                            union all
                            select 'in ' || lines, sum(people)
                            from directory.line_crowd where tenant_id = :tenant and day <= :day group by lines)
                        select coalesce(c.what, s.what) || ': ' || coalesce(c.n, 0) || ' counted, ' || coalesce(s.n, 0) || ' stored'
                        from counted c full join stored s on s.what = c.what
                        where coalesce(c.n, 0) <> coalesce(s.n, 0)
                        """)
                .param("tenant", tenant)
                .param("day", java.sql.Date.valueOf(day))
                .query((row, n) -> row.getString(1))
                .list();
    }

    @Test
    void areWhatIsCountedAfterAnything() {
        var random = new Random(20251122);
        for (int round = 0; round < 4; round++) {
            var body = bodies.create();
            jdbc.sql("update directory.unit_path set valid_from = ? where tenant_id = ?")
                    .params(FROM, body.tenant)
                    .update();
            var people = new ArrayList<>(body.people(12, body.wardOne, body.partyBloc));
            people.addAll(body.people(8, body.wardTwo, body.stateBloc));
            List<UUID> units = List.of(body.root, body.wardOne, body.wardTwo);
            var made = new ArrayList<UUID>();
            for (int i = 0; i < 3; i++) {
                made.add(line(body, "Tuyến " + i));
            }
            int done = 0;
            for (int i = 0; i < 120; i++) {
                done += operation(body, random, made, people, units) ? 1 : 0;
            }
            assertThat(done).as("most of what is tried is done").isGreaterThan(30);
            countedIsStored(jdbc, body.tenant);
        }
    }

    private boolean operation(Body body, Random random, List<UUID> made, List<UUID> people, List<UUID> units) {
        UUID line = made.get(random.nextInt(made.size()));
        UUID person = people.get(random.nextInt(people.size()));
        UUID unit = units.get(random.nextInt(units.size()));
        LocalDate day = FROM.plusDays(random.nextInt(300));
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3, 4 -> {
                return members.join(all(body), line, unit, person, day) instanceof Lines.Saved.Done;
            }
            case 5, 6, 7 -> {
                var rows = memberStore.rows(body.tenant, line, person);
                if (rows.isEmpty()) {
                    return false;
                }
                var row = rows.get(random.nextInt(rows.size()));
                return members.change(
                                all(body),
                                line,
                                person,
                                row.period().from(),
                                row.version(),
                                Change.values()[random.nextInt(3)],
                                day,
                                "thử")
                        instanceof Lines.Saved.Done;
            }
            case 8, 9 -> {
                var selection = new Selection(Move.values()[random.nextInt(3)], day, unit, null, null, false);
                long expected = members.preview(all(body), line, selection).concerned();
                return members.carryOut(all(body), line, selection, expected, "thử") instanceof Carried.Done(var n)
                        && n > 0;
            }
            case 10 -> {
                UUID other = people.get(random.nextInt(people.size()));
                if (other.equals(person)
                        || records.objection(body.tenant, person, other).isPresent()) {
                    return false;
                }
                records.merged(body.tenant, new UUID(0, 0), person, other);
                return true;
            }
            default -> {
                return lines.places(body.tenant, line, unit).stream()
                        .filter(Lines.Place::open)
                        .anyMatch(place -> lines.endPlace(
                                        all(body), line, place.id(), place.version(), LocalDate.now(clock), "thử")
                                instanceof Lines.Saved.Done);
            }
        }
    }

    /** The same people into several lines at once: in how many they stand depends on all of them. */
    @Test
    void areRightWhenManyWriteAtOnce() throws Exception {
        var body = bodies.create();
        List<UUID> people = body.people(6, body.wardOne, body.partyBloc);
        var wishes = new ArrayList<Callable<Lines.Saved>>();
        for (int i = 0; i < 4; i++) {
            UUID line = line(body, "Tuyến " + i);
            people.forEach(person -> wishes.add(() -> members.join(all(body), line, body.wardOne, person, FROM)));
        }
        java.util.Collections.shuffle(wishes, new Random(1));
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var outcome : threads.invokeAll(wishes)) {
                assertThat(outcome.get()).isInstanceOf(Lines.Saved.Done.class);
            }
        }
        countedIsStored(jdbc, body.tenant);
        var totals = lines.totals(body.tenant, FROM, List.of(body.root));
        assertThat(totals.together()).isEqualTo(6);
        assertThat(totals.inSeveral()).containsOnly(java.util.Map.entry(4, 6L));
    }

    private Job ended(UUID tenant, UUID id) throws InterruptedException {
        for (int i = 0; i < 600; i++) {
            Job job = jobs.find(tenant, id).orElseThrow();
            if (!job.live()) {
                return job;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("still " + jobs.find(tenant, id));
    }

    private long standing(Body body, UUID line) {
        return lines.totals(body.tenant, LocalDate.now(clock), List.of(body.root))
                .people()
                .getOrDefault(line, 0L);
    }

    @Test
    void aJobBringsInMoreThanAThousandAndAsksForAuthorityAgain() throws Exception {
        var body = bodies.create();
        Viewer board = body.viewer(Role.BOARD, body.root);
        var scope = new Scope(body.tenant, board.accountId(), List.of(body.root));
        jdbc.sql("update directory.unit_path set valid_from = ? where tenant_id = ?")
                .params(FROM, body.tenant)
                .update();
        body.people(2_150, body.wardOne, body.partyBloc);
        UUID line = line(body, "Tuyến Đảng");
        var everybody = new Selection(Move.JOIN, FROM.plusDays(5), body.root, null, null, false);
        assertThat(members.carryOut(scope, line, everybody, 2_149, "Nghị quyết"))
                .isInstanceOf(Carried.Refused.class);
        var browser = body.browser(board);
        String form = "/tuyen/" + line + "/hang-loat?viec=join&ngay=06/01/2021&don-vi=" + body.root;
        assertThat(browser.get(form).page().text()).contains("2.150", "máy làm dần");
        var asked = browser.post(
                form,
                "/tuyen/" + line + "/hang-loat",
                "viec",
                "join",
                "ngay",
                "06/01/2021",
                "don-vi",
                body.root.toString(),
                "khoi",
                "",
                "chuc-vu",
                "",
                "da-thoi",
                "false",
                "so-nguoi",
                "2150",
                "ly-do",
                "Nghị quyết 12");
        assertThat(asked.path()).startsWith("/viec-nen/");
        UUID job = UUID.fromString(asked.path().substring("/viec-nen/".length()));
        assertThat(ended(body.tenant, job).state()).isEqualTo(Job.State.DONE);
        assertThat(browser.get("/viec-nen/" + job).page().text()).contains("Đã đưa 2.150 người vào tuyến.");
        assertThat(standing(body, line)).isEqualTo(2_150);
        countedIsStored(jdbc, body.tenant);

        var leave = new Selection(Move.LEAVE, FROM.plusDays(9), body.root, null, null, false);
        jdbc.sql(
                        "update access.role_grant set valid_to = (now() at time zone 'Asia/Ho_Chi_Minh')::date + 1, valid_from = (now() at time zone 'Asia/Ho_Chi_Minh')::date where tenant_id = ? and account_id = ?")
                .params(body.tenant, board.accountId())
                .update();
        var later = (Carried.Later) members.carryOut(scope, line, leave, 2_150, "thôi");
        Job refused = ended(body.tenant, later.jobId());
        assertThat(refused.state()).isEqualTo(Job.State.REFUSED);
        assertThat(refused.outcome()).isEqualTo(vn.chuanmuc.kernel.Reason.of("directory.line.bulk.authority"));
        assertThat(standing(body, line)).isEqualTo(2_150);
    }

    @Test
    void whatWasDoneBeforeAStopStaysAndTheRestIsDoneWhenAskedAgain() throws Exception {
        var body = bodies.create();
        Viewer board = body.viewer(Role.BOARD, body.root);
        var scope = new Scope(body.tenant, board.accountId(), List.of(body.root));
        jdbc.sql("update directory.unit_path set valid_from = ? where tenant_id = ?")
                .params(FROM, body.tenant)
                .update();
        body.people(1_300, body.wardOne, body.partyBloc);
        UUID line = line(body, "Tuyến Đảng");
        var everybody = new Selection(Move.JOIN, FROM.plusDays(5), body.root, null, null, false);
        // the first part as a job does it that is then stopped
        assertThat(members.part(scope, line, everybody, 1_300, "Nghị quyết", true))
                .isEqualTo(new LineMembers.Part.Done(LineMembers.PEOPLE_A_STEP));
        assertThat(standing(body, line)).isEqualTo(1_000);
        countedIsStored(jdbc, body.tenant);
        // taken up again, as after a crash, it goes on with whoever is left
        assertThat(members.part(scope, line, everybody, 1_300, "Nghị quyết", false))
                .isEqualTo(new LineMembers.Part.Done(300));
        assertThat(members.part(scope, line, everybody, 1_300, "Nghị quyết", false))
                .isEqualTo(new LineMembers.Part.Done(0));
        assertThat(members.preview(scope, line, everybody).already()).isEqualTo(1_300);
        countedIsStored(jdbc, body.tenant);
        var withdraw = new Selection(Move.WITHDRAW, FROM.plusDays(5), body.root, null, null, false);
        var later = (Carried.Later) members.carryOut(scope, line, withdraw, 1_300, "nhầm");
        assertThat(members.carryOut(scope, line, withdraw, 1_300, "nhầm"))
                .as("a double click")
                .isIn(later, new Carried.Done(0));
        jobs.cancel(body.tenant, later.jobId());
        Job job = ended(body.tenant, later.jobId());
        assertThat(standing(body, line)).as("%s", job).isIn(1_300L, 300L, 0L);
        countedIsStored(jdbc, body.tenant);
    }
}
