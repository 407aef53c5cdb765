package vn.chuanmuc.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.CampaignSamples;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.directory.Transfer.Kind;
import vn.chuanmuc.directory.Transfer.State;
import vn.chuanmuc.directory.Transfers.Order;
import vn.chuanmuc.directory.Transfers.Outcome;
import vn.chuanmuc.directory.Transfers.Part;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.PersonName;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.SmallDecision;
import vn.chuanmuc.testing.TestBodies;

@ProductTest
class TransfersTest {
    private static final LocalDate BORN = LocalDate.of(1980, 5, 2);
    private static final LocalDate THEN = LocalDate.of(2024, 7, 1);

    @Autowired
    TestBodies bodies;

    @Autowired
    People people;

    @Autowired
    Transfers transfers;

    @Autowired
    TransferChore chore;

    @Autowired
    Headcounts headcounts;

    @Autowired
    Campaigns campaigns;

    @Autowired
    JdbcClient jdbc;

    private PeopleGround ground;
    private UUID wardOne;
    private UUID wardTwo;
    private UUID person;
    private Viewer sender;
    private Viewer receiver;

    @BeforeEach
    void somebodyInWardOne() {
        ground = new PeopleGround(people, headcounts, jdbc, bodies.create());
        wardOne = ground.body.wardOne;
        wardTwo = ground.body.wardTwo;
        sender = ground.body.viewer(Role.CLERK, wardOne);
        receiver = ground.body.viewer(Role.CLERK, wardTwo);
        person = ground.person("Vũ Thị Mai", BORN, wardOne);
    }

    private Order move(@Nullable UUID who, UUID to, LocalDate day) {
        return new Order(Kind.MOVE, who, null, null, to, "", PeopleGround.work(100), day, "12-QĐ/ĐU", "điều động");
    }

    private static UUID done(Outcome outcome, State state) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        assertThat(((Outcome.Done) outcome).state()).isEqualTo(state);
        return ((Outcome.Done) outcome).transferId();
    }

    private static String why(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused) outcome).why().key();
    }

    @Test
    void oneSideProposesTheOtherAgreesAndItHappensOnce() throws Exception {
        UUID order = done(transfers.propose(PeopleGround.scope(sender), move(person, wardTwo, THEN)), State.PROPOSED);
        assertThat(ground.open(person)).isEqualTo(Map.of(wardOne, true));
        assertThat(why(transfers.propose(PeopleGround.scope(sender), move(person, wardTwo, THEN))))
                .isEqualTo("directory.transfer.refused.live");
        Scope scope = PeopleGround.scope(receiver);
        assertThat(transfers.count(scope, Part.WAITING)).isOne();
        assertThat(transfers.count(PeopleGround.scope(sender), Part.WAITING)).isZero();
        assertThatThrownBy(() -> transfers.accept(PeopleGround.scope(sender), order, ""))
                .isInstanceOf(NotFound.class);
        Callable<Outcome> accept = () -> transfers.accept(scope, order, "đồng ý");
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var answer : threads.invokeAll(List.of(accept, accept, accept, accept))) {
                done(answer.get(), State.DONE); // a double click is no error
            }
        }
        assertThat(ground.open(person)).isEqualTo(Map.of(wardTwo, true));
        assertThat(ground.acts("directory.transfer-done")).isOne();
        ground.holds();
        assertThat(why(transfers.decline(scope, order, "thôi"))).isEqualTo("directory.transfer.refused.decided");
    }

    @Test
    void anOrderForALaterDayWaitsCanBeTakenBackAndIsCarriedOutByTheChore() {
        Scope board = PeopleGround.scope(ground.body.viewer(Role.BOARD, ground.body.root));
        LocalDate later = PeopleGround.today().plusDays(20);
        UUID first = done(transfers.propose(board, move(person, wardTwo, later)), State.AGREED);
        chore.run();
        assertThat(ground.open(person)).isEqualTo(Map.of(wardOne, true));
        done(transfers.withdraw(PeopleGround.scope(sender), first, "đổi kế hoạch"), State.WITHDRAWN);
        UUID second = done(transfers.propose(board, move(person, wardTwo, later)), State.AGREED);
        itIsTheDayOf(second);
        chore.run();
        assertThat(ground.open(person)).isEqualTo(Map.of(wardTwo, true));
        ground.holds();
        assertThat(why(transfers.withdraw(board, second, "muộn"))).isEqualTo("directory.transfer.refused.decided");
    }

    /** The clock cannot be turned; the order can. */
    private void itIsTheDayOf(UUID order) {
        jdbc.sql("update directory.transfer set effective = ? where tenant_id = ? and id = ?")
                .params(java.sql.Date.valueOf(PeopleGround.today()), ground.body.tenant, order)
                .update();
    }

    @Test
    void whatCannotBeDoneOnItsDayIsToldToBothSidesAndChangesNothing() {
        Scope board = PeopleGround.scope(ground.body.viewer(Role.BOARD, ground.body.root));
        UUID order = done(
                transfers.propose(
                        board, move(person, wardTwo, PeopleGround.today().plusDays(20))),
                State.AGREED);
        jdbc.sql(
                        "update directory.assignment set valid_to = (now() at time zone 'Asia/Ho_Chi_Minh')::date where tenant_id = ? and person_id = ?")
                .params(ground.body.tenant, person)
                .update();
        itIsTheDayOf(order);
        chore.run();
        Transfer failed = transfers.find(PeopleGround.scope(receiver), order).orElseThrow();
        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.trouble()).isNotNull();
        assertThat(transfers.countFailed(PeopleGround.scope(sender))).isOne();
        assertThat(ground.open(person)).isEmpty();
        done(transfers.withdraw(PeopleGround.scope(sender), order, "lập lại"), State.WITHDRAWN);
        assertThat(transfers.countFailed(PeopleGround.scope(sender))).isZero();
    }

    @Test
    void whoeverLeavesAndComesBackKeepsTheirRecord() {
        Scope from = PeopleGround.scope(sender);
        var out = new Order(
                Kind.OUT, person, null, null, null, "Quận ủy Hoàn Kiếm", PeopleGround.work(100), THEN, "", "chuyển");
        done(transfers.propose(from, out), State.DONE);
        assertThat(ground.open(person)).isEmpty();
        ground.holds();
        // asked for by the other placement of the tone, and found
        PersonName name = PersonName.of("Vũ Thị Mai");
        assertThat(transfers.known(ground.body.tenant, name, BORN))
                .singleElement()
                .satisfies(known -> {
                    assertThat(known.works()).isFalse();
                    assertThat(known.left()).isEqualTo(THEN);
                });
        var back = new Order(
                Kind.IN,
                person,
                null,
                null,
                wardTwo,
                "Quận ủy Hoàn Kiếm",
                PeopleGround.work(100),
                LocalDate.of(2025, 1, 1),
                "",
                "về");
        done(transfers.propose(PeopleGround.scope(receiver), back), State.DONE);
        assertThat(ground.open(person)).isEqualTo(Map.of(wardTwo, true));
        ground.holds();
        var stranger = new Order(
                Kind.IN,
                null,
                new Transfers.Newcomer(PersonName.of("Hoàng Văn Ất"), null),
                null,
                wardTwo,
                "Huyện ủy Gia Lâm",
                PeopleGround.work(100),
                PeopleGround.today().plusDays(9),
                "",
                "tiếp nhận");
        UUID order = done(transfers.propose(PeopleGround.scope(receiver), stranger), State.AGREED);
        itIsTheDayOf(order);
        chore.run();
        UUID entered = transfers
                .find(PeopleGround.scope(receiver), order)
                .orElseThrow()
                .personId();
        assertThat(entered).isNotNull();
        assertThat(ground.open(entered)).isEqualTo(Map.of(wardTwo, true));
        ground.holds();
    }

    @Test
    void asksToLookAtTheRosterOfACampaignThatRunsAndLeavesItAlone() {
        SmallDecision decision = SmallDecision.publish(jdbc, ground.body);
        Viewer board = ground.body.viewer(Role.BOARD, ground.body.root);
        UUID campaign = CampaignSamples.launched(campaigns, ground.body, board, decision, wardOne);
        done(transfers.propose(PeopleGround.scope(board), move(person, wardTwo, THEN)), State.DONE);
        assertThat(campaigns.rosterEntry(ground.body.tenant, campaign, person))
                .hasValueSatisfying(entry -> assertThat(entry.unitId()).isEqualTo(wardOne));
        Scope scope = PeopleGround.scope(sender);
        assertThat(transfers.count(scope, Part.FOLLOW_UP)).isOne();
        Browser browser = ground.body.browser(sender);
        assertThat(browser.get("/viec").text()).contains("danh sách chốt của đợt đang chạy");
        UUID order = transfers.list(scope, Part.FOLLOW_UP, 0, 10).getFirst().id();
        assertThat(browser.post("/can-bo/chuyen/" + order, "/can-bo/chuyen/" + order + "/da-xem")
                        .path())
                .endsWith("?xong=transfer-followed-up");
        assertThat(transfers.count(scope, Part.FOLLOW_UP)).isZero();
    }

    @Test
    void theWholeWayInTheBrowserWithMistakesOnTheWay() {
        Browser sending = ground.body.browser(sender);
        String form = "/can-bo/" + person + "/chuyen/move";
        assertThat(sending.get("/can-bo/" + person).page().select("a[href$=/chuyen/move]"))
                .hasSize(1);
        String[] wrong = fields("den", "Phường Không Có", "hieu-luc", "31/02/2024", "ly-do", "điều động");
        var refused = sending.post(form, form, wrong);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("Không có đơn vị tên hoặc mã như vậy", "Chưa đọc được ngày");
        assertThat(refused.page().select("#f-den").val()).isEqualTo("Phường Không Có");
        var proposed =
                sending.post(form, form, fields("den", "phường hai", "hieu-luc", "01/07/2024", "ly-do", "điều động"));
        assertThat(proposed.path()).endsWith("?xong=transfer-proposed");
        assertThat(proposed.text()).contains("chưa có căn cứ");
        assertThat(sending.get("/can-bo/" + person).text()).contains("chờ bên kia trả lời");
        Browser receiving = ground.body.browser(receiver);
        assertThat(receiving.get("/viec").text()).contains("1 lệnh chuyển công tác chờ đơn vị trả lời");
        String order = receiving
                .get("/can-bo/chuyen?loc=cho-tra-loi")
                .page()
                .select("tbody th a")
                .attr("href");
        var silent = receiving.post(order, order + "/tu-choi", "ly-do", "");
        assertThat(silent.status()).isEqualTo(422);
        assertThat(silent.text()).contains("Chưa có lý do");
        assertThat(receiving.post(order, order + "/dong-y", "loi", "tiếp nhận").path())
                .endsWith("?xong=transfer-done");
        assertThat(receiving.get("/can-bo/" + person).text()).contains("Phường Hai", "Quá trình");
        var elsewhere = bodies.create();
        assertThat(elsewhere
                        .browser(elsewhere.viewer(Role.BOARD, elsewhere.root))
                        .get(order)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void somebodyOfAnotherWardIsAskedForByNameAndBirthDate() {
        Browser receiving = ground.body.browser(receiver);
        var found = receiving.get("/can-bo/den?ho-ten=V%C5%A9+Th%E1%BB%8B+Mai&ngay-sinh=02/05/1980");
        assertThat(found.text()).contains("đang ở Phường Một");
        String[] form = fields(
                "ho-ten",
                "Vũ Thị Mai",
                "ngay-sinh",
                "02/05/1980",
                "don-vi",
                wardTwo.toString(),
                "ngoai",
                "",
                "hieu-luc",
                "01/07/2024",
                "ly-do",
                "xin về");
        var unsaid = receiving.post("/can-bo/den", "/can-bo/den", form);
        assertThat(unsaid.status()).isEqualTo(422);
        assertThat(unsaid.text()).contains("Chọn một người trong danh sách");
        String[] said = java.util.Arrays.copyOf(form, form.length + 2);
        said[form.length] = "ai";
        said[form.length + 1] = person.toString();
        assertThat(receiving.post("/can-bo/den", "/can-bo/den", said).path()).endsWith("?xong=transfer-proposed");
        assertThat(transfers.count(PeopleGround.scope(sender), Part.WAITING)).isOne();
    }

    private static String[] fields(String... more) {
        List<String> fields = new java.util.ArrayList<>(List.of(
                "chuc-vu",
                "Chuyên viên",
                "khoi",
                "Khối chính quyền",
                "loai",
                "cong-chuc",
                "hinh-thuc",
                "regular",
                "phan",
                "100",
                "can-cu",
                ""));
        fields.addAll(List.of(more));
        return fields.toArray(String[]::new);
    }
}
