package vn.chuanmuc.submissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vn.chuanmuc.submissions.ListGround.atOnce;
import static vn.chuanmuc.submissions.ListGround.done;
import static vn.chuanmuc.submissions.ListGround.refusal;

import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Todo;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.CampaignSamples;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.campaigns.Campaigns.Plan;
import vn.chuanmuc.campaigns.Gate;
import vn.chuanmuc.directory.LineMembers;
import vn.chuanmuc.directory.Lines;
import vn.chuanmuc.directory.Lines.Duty;
import vn.chuanmuc.directory.Scope;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.submissions.Lists.Filter;
import vn.chuanmuc.submissions.Lists.Key;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.SmallDecision;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;

/** In a campaign of a line the duties of the line compile, approve and accept (issue 3; ADR 0011, rule 8). */
@ProductTest
class LineListsTest {
    private static final LocalDate FROM = LocalDate.of(2021, 1, 1);

    @Autowired
    TestBodies bodies;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Lines lines;

    @Autowired
    LineMembers members;

    @Autowired
    Lists lists;

    @Autowired
    ListTodos todos;

    @Autowired
    ListSeals seals;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    DataSource source;

    @Autowired
    Clock clock;

    private Body body;
    private Scope scope;
    private Viewer board;
    private Viewer roleClerk;
    private Viewer roleHead;
    private UUID line;
    private Viewer lap;
    private Viewer duyet;
    private Viewer nhan;
    private Key key;

    /** In the line the first ward stands under the second, not under the top as in the tree. */
    @BeforeEach
    void aLaunchedCampaignOfALine() {
        body = bodies.create();
        board = body.viewer(Role.BOARD, body.root);
        scope = new Scope(body.tenant, board.accountId(), List.of(body.root));
        roleClerk = body.viewer(Role.CLERK, body.wardOne);
        roleHead = body.viewer(Role.HEAD, body.wardOne);
        lap = body.official(body.person("Trần Văn Lập", body.wardTwo, body.stateBloc, body.staff));
        duyet = body.official(body.person("Lê Thị Duyệt", body.wardTwo, body.stateBloc, body.staff));
        nhan = body.official(body.person("Phạm Văn Nhận", body.wardTwo, body.stateBloc, body.staff));
        var people = body.people(3, body.wardOne, body.partyBloc);
        var saved = lines.found(scope, new Lines.Saying("Tuyến Đảng", Lines.Kind.PARTY, "", FROM));
        line = ((Lines.Saved.Done) saved).id();
        place(body.root, null);
        place(body.wardTwo, body.root);
        place(body.wardOne, body.wardTwo);
        people.forEach(person -> assertThat(members.join(scope, line, body.wardOne, person, FROM))
                .isInstanceOf(Lines.Saved.Done.class));
        var decision = SmallDecision.publish(jdbc, body);
        decision.decideForAll();
        Plan plan = CampaignSamples.plan(body, decision.id, body.wardOne);
        UUID campaign = CampaignSamples.draft(
                campaigns,
                board,
                new Plan(
                        plan.year(),
                        plan.title(),
                        plan.planNumber(),
                        plan.planDate(),
                        plan.decisionId(),
                        plan.signBy(),
                        plan.submitBy(),
                        plan.methods(),
                        plan.receiverUnit(),
                        plan.units(),
                        line));
        assertThat(campaigns.launch(board, campaign)).isInstanceOf(Campaigns.Launch.Launched.class);
        key = new Key(campaign, body.wardOne, body.partyBloc);
    }

    private void place(UUID unit, @org.jspecify.annotations.Nullable UUID superior) {
        assertThat(lines.place(scope, line, unit, superior, FROM, "")).isInstanceOf(Lines.Saved.Done.class);
    }

    private void appoint(UUID unit, Duty duty, Viewer holder) {
        UUID person = java.util.Objects.requireNonNull(holder.personId());
        assertThat(lines.appoint(scope, line, unit, duty, person, today().minusDays(1)))
                .isInstanceOf(Lines.Saved.Done.class);
    }

    private void relieve(UUID unit, Duty duty) {
        var held = lines.holders(body.tenant, line, unit).stream()
                .filter(holder -> holder.open() && holder.duty() == duty)
                .findFirst()
                .orElseThrow();
        assertThat(lines.endDuty(scope, line, held.id(), held.version(), today(), "thôi việc"))
                .isInstanceOf(Lines.Saved.Done.class);
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }

    /** As whoever signs in: what they do in lines is read with the session. */
    private Viewer signedIn(Viewer viewer, Duty... duties) {
        return new Viewer(
                viewer.tenantId(),
                viewer.accountId(),
                viewer.personId(),
                viewer.name(),
                viewer.username(),
                viewer.grants(),
                false,
                false,
                Set.of(duties));
    }

    private List<String> todos(Viewer viewer) {
        return todos.of(viewer).stream().map(todo -> todo.what().key()).toList();
    }

    @Test
    void whoeverHasTheDutyActsAndNoRoleDoes() {
        appoint(body.wardOne, Duty.CLERK, lap);
        appoint(body.wardOne, Duty.APPROVER, duyet);
        appoint(body.wardTwo, Duty.APPROVER, nhan);
        Viewer clerk = signedIn(lap, Duty.CLERK);
        Viewer approver = signedIn(duyet, Duty.APPROVER);
        Viewer receiver = signedIn(nhan, Duty.APPROVER);

        assertThat(todos(clerk)).containsExactly("submissions.todo.compile");
        assertThat(todos(roleClerk)).isEmpty();
        assertThat(refusal(lists.compile(roleClerk, key, "", 0))).isEqualTo("submissions.refused.line.clerk");
        assertThat(refusal(lists.compile(approver, key, "", 0))).isEqualTo("submissions.refused.line.clerk");
        assertThatThrownBy(() -> lists.compile(lap(), key, "", 0)).isInstanceOf(NotFound.class);
        int number = done(lists.compile(clerk, key, "", 0));

        assertThat(todos(approver)).containsExactly("submissions.todo.approve");
        assertThat(todos(roleHead)).isEmpty();
        assertThat(refusal(lists.approve(roleHead, key, number))).isEqualTo("submissions.refused.line.approver");
        assertThat(refusal(lists.giveBack(roleHead, key, number, "sai")))
                .isEqualTo("submissions.refused.line.approver");
        assertThat(refusal(lists.approve(clerk, key, number))).isEqualTo("submissions.refused.line.approver");
        done(lists.approve(approver, key, number));

        assertThat(todos(clerk)).containsExactly("submissions.todo.submit");
        assertThat(refusal(lists.submit(roleClerk, key, number))).isEqualTo("submissions.refused.line.clerk");
        done(lists.submit(clerk, key, number));
        var sheet = lists.get(clerk, key);
        assertThat(sheet.version(number).orElseThrow().receiverName()).isEqualTo("Phường Hai");
        assertThat(sheet.version(number).orElseThrow().parentName()).isEqualTo("Phường Hai");

        assertThat(todos(receiver)).containsExactly("submissions.todo.decide");
        assertThat(lists.inbox(receiver, 10)).extracting(Lists.Listed::key).containsExactly(key);
        assertThat(lists.list(receiver, Filter.ALL, 0, 10))
                .extracting(Lists.Listed::key)
                .contains(key);
        assertThatThrownBy(() -> lists.accept(approver, key, number, "")).isInstanceOf(Forbidden.class);
        assertThatThrownBy(() -> lists.sendBack(clerk, key, number, "sai", Map.of()))
                .isInstanceOf(Forbidden.class);
        done(lists.accept(receiver, key, number, ""));
        assertThat(todos(receiver)).isEmpty();
        assertThatThrownBy(() -> lists.reopen(approver, key, number, "sót")).isInstanceOf(Forbidden.class);
        done(lists.reopen(receiver, key, number, "sót người"));
        assertThat(todos(clerk)).containsExactly("submissions.todo.given-back");
    }

    /** ADR 0011, rule 8: whoever holds the line's duty seals for the unit, and no role beside them. */
    @Test
    void whoApprovesInTheLineSealsAndNoOtherHeadDoes() {
        Viewer holder = body.viewer(
                Role.HEAD, body.wardOne, body.person("Đỗ Thị Dấu", body.wardOne, body.stateBloc, body.staff));
        assertThat(seals.by(roleHead, lists.get(roleHead, key))).containsExactly(ListSeals.By.UNIT);
        appoint(body.wardOne, Duty.APPROVER, holder);
        Viewer approver = signedIn(holder, Duty.APPROVER);
        int number = done(lists.compile(roleClerk, key, "", 0));
        done(lists.approve(approver, key, number));

        assertThat(seals.by(roleHead, lists.get(roleHead, key))).isEmpty();
        assertThatThrownBy(() -> seals.begin(roleHead, key, number)).isInstanceOf(NotFound.class);
        assertThat(seals.by(approver, lists.get(approver, key))).containsExactly(ListSeals.By.UNIT);
    }

    private Viewer lap() {
        return body.official(body.person("Vũ Thị Ngoài", body.wardTwo, body.stateBloc, body.staff));
    }

    @Test
    void whereNobodyHasTheDutyTheRolesOfTheUnitActAndTheBoardAboveInTheLineDecides() {
        Viewer boardOfTwo = body.viewer(Role.BOARD, body.wardTwo);
        Viewer boardOfOne = body.viewer(Role.BOARD, body.wardOne);
        assertThat(todos(roleClerk)).containsExactly("submissions.todo.compile");
        int number = done(lists.compile(roleClerk, key, "", 0));
        assertThat(todos(roleHead)).containsExactly("submissions.todo.approve");
        done(lists.approve(roleHead, key, number));
        done(lists.submit(roleClerk, key, number));
        assertThatThrownBy(() -> lists.accept(boardOfOne, key, number, "")).isInstanceOf(Forbidden.class);
        assertThat(todos(boardOfOne)).doesNotContain("submissions.todo.decide");
        assertThat(todos(boardOfTwo)).contains("submissions.todo.decide");
        assertThat(lists.inbox(boardOfTwo, 10))
                .as("whoever decides reads, though the unit is not below in the tree")
                .hasSize(1);
        done(lists.sendBack(boardOfTwo, key, number, "Thiếu người", Map.of()));
        assertThat(todos(roleClerk)).containsExactly("submissions.todo.sent-back");
    }

    @Test
    void whoeverHadTheDutyUntilYesterdayActsNoMoreAndWhoeverFollowsDoes() {
        appoint(body.wardOne, Duty.CLERK, lap);
        Viewer clerk = signedIn(lap, Duty.CLERK);
        int number = done(lists.compile(clerk, key, "", 0));
        relieve(body.wardOne, Duty.CLERK);
        assertThatThrownBy(() -> lists.compile(clerk, key, "", number)).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> lists.compile(signedIn(lap), key, "", number)).isInstanceOf(NotFound.class);
        int next = done(lists.compile(roleClerk, key, "", number));
        var after = lines.appoint(scope, line, body.wardOne, Duty.CLERK, personOf(duyet), today());
        assertThat(after).isInstanceOf(Lines.Saved.Done.class);
        assertThat(refusal(lists.compile(roleClerk, key, "", next))).isEqualTo("submissions.refused.line.clerk");
        done(lists.compile(signedIn(duyet, Duty.CLERK), key, "", next));
    }

    private static UUID personOf(Viewer viewer) {
        return java.util.Objects.requireNonNull(viewer.personId());
    }

    @Test
    void nobodyApprovesOrAcceptsWhatTheyMade() {
        // the head by role compiles as clerk of the line, and approves above
        Viewer all = body.viewer(
                Role.HEAD, body.wardOne, body.person("Đỗ Văn Cả", body.wardTwo, body.stateBloc, body.staff));
        appoint(body.wardOne, Duty.CLERK, all);
        appoint(body.wardTwo, Duty.APPROVER, all);
        Viewer me = signedIn(all, Duty.CLERK, Duty.APPROVER);
        int number = done(lists.compile(me, key, "", 0));
        assertThat(refusal(lists.approve(me, key, number))).isEqualTo("submissions.refused.approve.own");
        done(lists.approve(roleHead, key, number));
        done(lists.submit(me, key, number));
        assertThat(refusal(lists.accept(me, key, number, ""))).isEqualTo("submissions.refused.accept.own");
        assertThat(todos(me)).doesNotContain("submissions.todo.decide");
        done(lists.accept(board, key, number, ""));
    }

    @Test
    void ofTwoWhoDoTheSameAtOnceOneDoesAndADutyThatIsPassedOnMeanwhileIsOneOfBoth() throws Exception {
        appoint(body.wardOne, Duty.CLERK, lap);
        Viewer clerk = signedIn(lap, Duty.CLERK);
        var compiled = atOnce(4, () -> lists.compile(clerk, key, "", 0));
        assertThat(compiled).filteredOn(Moved.Done.class::isInstance).hasSize(1);
        assertThat(compiled).filteredOn(Moved.Already.class::isInstance).hasSize(3);

        try (var threads = java.util.concurrent.Executors.newFixedThreadPool(2)) {
            var again = threads.submit(() -> {
                try {
                    return lists.compile(clerk, key, "", 1) instanceof Moved.Done;
                } catch (NotFound gone) {
                    return false;
                }
            });
            var passed = threads.submit(() -> {
                relieve(body.wardOne, Duty.CLERK);
                return true;
            });
            assertThat(passed.get()).isTrue();
            boolean was = again.get();
            assertThat(lists.get(roleClerk, key).versions()).hasSize(was ? 2 : 1);
        }
        assertThatThrownBy(() -> lists.compile(clerk, key, "", 9)).isInstanceOf(NotFound.class);
    }

    @Test
    void aUnitWithoutAPlaceGoesThroughTheNearestAboveAndTheTopGoesToTheReceiverOfTheCampaign() {
        appoint(body.wardTwo, Duty.CLERK, lap);
        var place = lines.places(body.tenant, line, body.wardOne).getFirst();
        assertThat(lines.endPlace(scope, line, place.id(), place.version(), today(), "thôi"))
                .isInstanceOf(Lines.Saved.Done.class);
        var sheet = lists.get(roleClerk, key);
        var route = java.util.Objects.requireNonNull(sheet.line());
        assertThat(java.util.Objects.requireNonNull(route.seat()).unitId())
                .as("the nearest with a place is the top")
                .isEqualTo(body.root);
        assertThat(route.atTop()).isTrue();
        assertThat(route.receiverId()).isEqualTo(body.root);
        done(lists.compile(roleClerk, key, "", 0));
    }

    @Test
    void whoeverManagesTheUnitIsToldThatDutiesAreWithNobodyWhoCanSignIn() {
        Viewer manager = body.viewer(Role.BOARD, body.wardOne);
        assertThat(todos(manager)).containsExactly("submissions.todo.unstaffed.both");
        assertThat(todos(body.viewer(Role.BOARD, body.wardTwo)))
                .as("another's unit, and no list goes through this one")
                .isEmpty();
        UUID without = body.person("Ngô Thị Chưa", body.wardTwo, body.stateBloc, body.staff);
        assertThat(lines.appoint(scope, line, body.wardOne, Duty.CLERK, without, today()))
                .isInstanceOf(Lines.Saved.Done.class);
        assertThat(todos(manager)).as("no account").containsExactly("submissions.todo.unstaffed.both");
        body.official(without);
        assertThat(todos(manager)).containsExactly("submissions.todo.unstaffed.approver");
        appoint(body.wardOne, Duty.APPROVER, duyet);
        assertThat(todos(manager)).isEmpty();
        Todo first = todos.of(body.viewer(Role.CLERK, body.root)).stream()
                .findFirst()
                .orElse(null);
        assertThat(first).as("who cannot change duties is not told").isNull();
    }

    /** A campaign of a line may be opened where duties stand in for roles; a holder who cannot sign in stands in for nobody. */
    @Test
    void inALineAUnitNeedsNoRolesWhereDutiesAreWithPeopleWhoCanSignIn() {
        UUID own = body.person("Hồ Thị Riêng", body.wardTwo, body.stateBloc, body.staff);
        UUID other = body.person("Đinh Văn Khác", body.wardTwo, body.stateBloc, body.staff);
        Plan plan = CampaignSamples.plan(
                body, campaigns.get(body.tenant, key.campaignId()).decisionId(), body.wardTwo);
        UUID draft = CampaignSamples.draft(
                campaigns,
                board,
                new Plan(
                        2022,
                        plan.title(),
                        plan.planNumber(),
                        plan.planDate(),
                        plan.decisionId(),
                        plan.signBy().plusYears(1),
                        plan.submitBy().plusYears(1),
                        plan.methods(),
                        plan.receiverUnit(),
                        plan.units(),
                        line));
        assertThat(gates(draft)).contains(Gate.Kind.UNIT_WITHOUT_CLERK, Gate.Kind.UNIT_WITHOUT_HEAD);
        assertThat(lines.appoint(scope, line, body.wardTwo, Duty.CLERK, own, today()))
                .isInstanceOf(Lines.Saved.Done.class);
        assertThat(gates(draft)).as("no account").contains(Gate.Kind.UNIT_WITHOUT_CLERK);
        body.official(own);
        assertThat(gates(draft)).doesNotContain(Gate.Kind.UNIT_WITHOUT_CLERK).contains(Gate.Kind.UNIT_WITHOUT_HEAD);
        appoint(body.wardTwo, Duty.APPROVER, body.official(other));
        assertThat(gates(draft)).doesNotContain(Gate.Kind.UNIT_WITHOUT_CLERK, Gate.Kind.UNIT_WITHOUT_HEAD);
    }

    private List<Gate.Kind> gates(UUID campaign) {
        return campaigns.readiness(board, campaigns.get(body.tenant, campaign)).gates().stream()
                .map(Gate::kind)
                .toList();
    }

    /** The pages: a holder without any role signs in, finds the list, compiles it; another is told why not. */
    @Test
    void theHolderDoesItInTheBrowserWithoutAnyRole() {
        appoint(body.wardOne, Duty.CLERK, lap);
        appoint(body.wardOne, Duty.APPROVER, duyet);
        String address = "/danh-sach/" + key.campaignId() + "/" + key.unitId() + "/" + key.blocId();
        var clerk = body.browser(lap);
        assertThat(clerk.get("/viec").page().select("a[href='" + address + "']"))
                .hasSize(1);
        assertThat(clerk.get("/danh-sach").page().select("a[href='" + address + "']"))
                .hasSize(1);
        var page = clerk.get(address).page();
        assertThat(page.select(".sub-route").text()).contains("Trần Văn Lập", "là anh/chị", "Phường Hai");
        assertThat(page.select("form[action$=/lap]")).hasSize(1);
        var other = body.browser(roleClerk);
        var told = other.get(address).page();
        assertThat(told.select("form[action$=/lap]")).isEmpty();
        assertThat(told.select(".sub-route").text()).contains("Trần Văn Lập").doesNotContain("là anh/chị");
        var refused = other.post(address, address + "/lap", "da-xem", "0");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.page().select("[role=alert]").text())
                .contains("Trần Văn Lập", "Phường Một", "Tuyến Đảng", "Ban Tổ chức hoặc người quản trị");
        var compiled = clerk.post(address, address + "/lap", "da-xem", "0");
        assertThat(compiled.page().select("body").text()).contains("Đã lập");
        assertThat(body.browser(body.official(body.person("Vũ Thị Ngoài", body.wardOne, body.partyBloc, body.staff)))
                        .get(address)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void showsTheRouteOfADayInThePast() throws SQLException {
        // the units are older than this test: only the owner of the tables can say so
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("reset role");
            for (String table : List.of("unit_path", "unit_version")) {
                statement.execute("update directory." + table + " set valid_from = '2021-01-01' where tenant_id = '"
                        + body.tenant + "'");
            }
            statement.execute("set role chuanmuc_app");
        }
        appoint(body.wardOne, Duty.CLERK, lap);
        appoint(body.wardTwo, Duty.APPROVER, nhan);
        relieve(body.wardOne, Duty.CLERK);
        appoint(body.wardOne, Duty.APPROVER, duyet);
        var route = lists.get(board, key, today().minusDays(1)).line();
        assertThat(route).isNotNull();
        assertThat(java.util.Objects.requireNonNull(route.clerk()).name()).isEqualTo("Trần Văn Lập");
        assertThat(route.receiverName()).isEqualTo("Phường Hai");
        assertThat(java.util.Objects.requireNonNull(route.receiver()).name()).isEqualTo("Phạm Văn Nhận");
        assertThat(java.util.Objects.requireNonNull(lists.get(board, key).line())
                        .clerk())
                .as("relieved today")
                .isNull();
        var earlier = java.util.Objects.requireNonNull(
                lists.get(board, key, today().minusDays(2)).line());
        assertThat(earlier.clerk()).isNull();
        assertThat(earlier.receiver()).isNull();
        assertThat(java.util.Objects.requireNonNull(
                                lists.get(board, key, FROM.minusDays(1)).line())
                        .seat())
                .as("before the line began")
                .isNull();
    }
}
