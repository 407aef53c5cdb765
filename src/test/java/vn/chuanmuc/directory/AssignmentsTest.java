package vn.chuanmuc.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.Leaves.Entry;
import vn.chuanmuc.directory.People.Saved;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;

@ProductTest
class AssignmentsTest {
    private static final LocalDate BORN = LocalDate.of(1980, 5, 2);

    @Autowired
    TestBodies bodies;

    @Autowired
    People people;

    @Autowired
    Assignments assignments;

    @Autowired
    Leaves leaves;

    @Autowired
    Headcounts headcounts;

    @Autowired
    JdbcClient jdbc;

    private PeopleGround ground;
    private Viewer board;
    private UUID person;
    private UUID wardOne;
    private UUID wardTwo;

    @BeforeEach
    void somebodyInWardOne() {
        ground = new PeopleGround(people, headcounts, jdbc, bodies.create());
        board = ground.body.viewer(Role.BOARD, ground.body.root);
        wardOne = ground.body.wardOne;
        wardTwo = ground.body.wardTwo;
        person = ground.person("Vũ Thị Mai", BORN, wardOne);
    }

    private static String field(Saved saved) {
        return saved instanceof Saved.Refused(var field, var why) ? field + " " + why.key() : "done";
    }

    @Test
    void anAdditionalOneBecomesMainAndPeopleCountOnce() {
        Scope scope = PeopleGround.scope(board);
        assertThat(field(assignments.begin(
                        scope, person, wardTwo, PeopleGround.work(50), LocalDate.of(2022, 3, 1), "kiêm nhiệm")))
                .isEqualTo("done");
        assertThat(ground.open(person)).isEqualTo(Map.of(wardOne, true, wardTwo, false));
        ground.holds();
        UUID second = ground.assignment(person, wardTwo);
        assertThat(field(assignments.makeMain(scope, person, second, 0, LocalDate.of(2023, 1, 1), "theo quyết định")))
                .isEqualTo("done");
        assertThat(ground.open(person)).isEqualTo(Map.of(wardOne, false, wardTwo, true));
        assertThat(headcounts.on(ground.body.tenant, List.of(ground.body.root, wardOne, wardTwo), PeopleGround.today()))
                .isEqualTo(Map.of(ground.body.root, 1, wardTwo, 1));
        ground.holds();
        UUID main = ground.assignment(person, wardTwo);
        assertThat(field(assignments.end(scope, person, main, 0, LocalDate.of(2024, 1, 1), null, "thôi")))
                .isEqualTo("chinh directory.assignment.refused.next-main");
        UUID other = ground.assignment(person, wardOne);
        assertThat(field(assignments.end(scope, person, main, 0, LocalDate.of(2024, 1, 1), other, "thôi")))
                .isEqualTo("done");
        assertThat(ground.open(person)).isEqualTo(Map.of(wardOne, true));
        ground.holds();
        assertThat(ground.acts("directory.main-changed")).isOne();
    }

    @Test
    void nothingBeginsTomorrowAndNobodyChangesWhatIsNotTheirs() {
        Scope scope = PeopleGround.scope(board);
        assertThat(field(assignments.begin(
                        scope,
                        person,
                        wardTwo,
                        PeopleGround.work(50),
                        PeopleGround.today().plusDays(2),
                        "mai")))
                .isEqualTo("tu-ngay directory.person.refused.future");
        Scope clerk = PeopleGround.scope(ground.body.viewer(Role.CLERK, wardTwo));
        UUID main = ground.assignment(person, wardOne);
        assertThatThrownBy(() -> assignments.end(clerk, person, main, 0, LocalDate.of(2024, 1, 1), null, "x"))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() ->
                        assignments.begin(clerk, person, wardTwo, PeopleGround.work(50), LocalDate.of(2024, 1, 1), "x"))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void aRefusedChangeLeavesNoNewPositionBehind() {
        Scope scope = PeopleGround.scope(board);
        UUID main = ground.assignment(person, wardOne);
        var work = new Assignments.Work(
                new People.Post("Chức vụ lạ", true, "Khối chính quyền", PersonKind.OFFICIAL, null, ""),
                AssignmentMode.REGULAR,
                100,
                false);
        assertThat(field(assignments.change(scope, person, main, 0, work, PeopleGround.SINCE, "x")))
                .isEqualTo("tu-ngay directory.assignment.refused.change-day");
        assertThat(people.positions(ground.body.tenant)).doesNotContain("Chức vụ lạ");
    }

    @Test
    void ofTwoWhoEndItAtOnceOneDoes() throws Exception {
        Scope scope = PeopleGround.scope(board);
        UUID main = ground.assignment(person, wardOne);
        Callable<Saved> end = () -> assignments.end(scope, person, main, 0, LocalDate.of(2024, 1, 1), null, "nghỉ hưu");
        try (var threads = Executors.newFixedThreadPool(4)) {
            var answers = threads.invokeAll(List.of(end, end, end, end));
            int done = 0;
            for (var answer : answers) {
                done += answer.get() instanceof Saved.Done ? 1 : 0;
            }
            assertThat(done).isOne();
        }
        assertThat(ground.open(person)).isEmpty();
        ground.holds();
        assertThat(ground.acts("directory.assignment-ended")).isOne();
        // back again: the record goes on
        assertThat(field(assignments.begin(
                        scope, person, wardOne, PeopleGround.work(100), LocalDate.of(2025, 1, 1), "trở lại")))
                .isEqualTo("done");
        assertThat(ground.open(person)).isEqualTo(Map.of(wardOne, true));
        ground.holds();
    }

    @Test
    void leaveIsKnownOnItsDaysCorrectedByAVersionAndNeverTwiceOfOneKind() {
        Scope scope = PeopleGround.scope(ground.body.viewer(Role.CLERK, wardOne));
        LocalDate first = LocalDate.of(2025, 3, 1);
        var entry = new Entry(LeaveKind.MATERNITY, first, LocalDate.of(2025, 8, 31), "", "theo đơn");
        assertThat(field(leaves.enter(scope, person, entry))).isEqualTo("done");
        assertThat(field(leaves.enter(
                        scope,
                        person,
                        new Entry(LeaveKind.MATERNITY, LocalDate.of(2025, 8, 31), null, "", "trùng một ngày"))))
                .isEqualTo("tu-ngay directory.leave.refused.overlaps");
        assertThat(field(leaves.enter(scope, person, new Entry(LeaveKind.UNPAID, first, null, "", "khác loại"))))
                .isEqualTo("done");
        UUID tenant = ground.body.tenant;
        assertThat(leaves.on(tenant, List.of(person), LocalDate.of(2025, 2, 28)))
                .isEmpty();
        assertThat(leaves.on(tenant, List.of(person), LocalDate.of(2030, 1, 1)).values())
                .extracting(Leaves.Leave::kind)
                .containsExactly(LeaveKind.UNPAID);
        var leave = leaves.of(tenant, person).stream()
                .filter(one -> one.kind() == LeaveKind.MATERNITY)
                .findFirst()
                .orElseThrow();
        var longer = new Entry(LeaveKind.MATERNITY, first, LocalDate.of(2025, 9, 30), "15-QĐ/ĐU", "gia hạn");
        assertThat(field(leaves.correct(scope, leave.id(), 1, longer))).isEqualTo("done");
        assertThat(field(leaves.correct(scope, leave.id(), 1, longer))).isEqualTo(" directory.person.refused.changed");
        assertThat(leaves.versions(tenant, leave.id()))
                .extracting(Leaves.Leave::lastDay)
                .containsExactly(LocalDate.of(2025, 9, 30), LocalDate.of(2025, 8, 31));
        assertThat(field(leaves.withdraw(scope, leave.id(), 2, "ghi nhầm"))).isEqualTo("done");
        assertThat(leaves.of(tenant, person)).extracting(Leaves.Leave::kind).containsExactly(LeaveKind.UNPAID);
        assertThat(leaves.versions(tenant, leave.id())).hasSize(3);
    }
}
