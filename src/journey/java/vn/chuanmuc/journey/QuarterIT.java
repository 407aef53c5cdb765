package vn.chuanmuc.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Period;
import vn.chuanmuc.campaigns.CampaignSamples;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.CommitmentSamples;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.criteria.Applicability;
import vn.chuanmuc.criteria.Criteria;
import vn.chuanmuc.criteria.Decisions;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.RealDecision;
import vn.chuanmuc.testing.TestBodies;

/** One quarter of a ward: from opening the assessment to the result that is told, and the figures the board sees of it. */
@ProductTest
class QuarterIT {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy", Locale.ROOT);
    private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh"));
    private static final Period QUARTER = Period.of(TODAY);
    private static final String CYCLE = "Đánh giá sự chuyên nghiệp quý " + QUARTER.numeral() + " năm " + QUARTER.year();
    private static final String HEAD = "Lê Thị Đứng Đầu";
    private static final String NHU = "Phạm Quỳnh Như";
    private static final String DUC = "Hoàng Văn Đức";
    private static final int STAFF_ITEMS = 18;
    private static final int LEADER_ITEMS = 27;

    @LocalServerPort
    int port;

    @Autowired
    TestBodies bodies;

    @Autowired
    Decisions decisions;

    @Autowired
    Criteria criteria;

    @Autowired
    Applicability applicability;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Commitments commitments;

    @SuppressWarnings("NullAway.Init")
    private Chromium chromium;

    @SuppressWarnings("NullAway.Init")
    private TestBodies.Body body;

    @SuppressWarnings("NullAway.Init")
    private Viewer board;

    @SuppressWarnings("NullAway.Init")
    private Viewer top;

    @SuppressWarnings("NullAway.Init")
    private Viewer handler;

    @SuppressWarnings("NullAway.Init")
    private Viewer head;

    @SuppressWarnings("NullAway.Init")
    private Viewer nhu;

    @SuppressWarnings("NullAway.Init")
    private Viewer duc;

    @BeforeEach
    void signed() {
        chromium = new Chromium(port);
        body = bodies.create();
        board = body.viewer(Role.BOARD, body.root);
        top = body.viewer(Role.HEAD, body.root);
        handler = body.viewer(Role.BOARD, body.root);
        body.viewer(Role.CLERK, body.wardOne);
        body.viewer(Role.CLERK, body.root);
        head = body.viewer(Role.HEAD, body.wardOne, body.person(HEAD, body.wardOne, body.partyBloc, body.secretary));
        nhu = body.official(body.person(NHU, body.wardOne, body.partyBloc, body.staff));
        duc = body.official(body.person(DUC, body.wardOne, body.partyBloc, body.staff));
        RealDecision decision = RealDecision.publish(decisions, criteria, body);
        applicability.acceptProposals(board, decision.id(), List.of(body.root));
        var campaign = CampaignSamples.draft(
                campaigns,
                board,
                new Campaigns.Plan(
                        TODAY.getYear(),
                        "Triển khai bộ tiêu chí năm " + TODAY.getYear(),
                        "",
                        null,
                        decision.id(),
                        TODAY.plusDays(30),
                        TODAY.plusDays(45),
                        Set.of(Commitments.ELECTRONIC),
                        body.root,
                        Set.of(body.wardOne)));
        assertThat(campaigns.launch(board, campaign)).isInstanceOf(Campaigns.Launch.Launched.class);
        for (Viewer official : List.of(head, nhu, duc)) {
            assertThat(CommitmentSamples.sign(commitments, official, campaign)).isTrue();
        }
    }

    @AfterEach
    void close() {
        chromium.close();
    }

    private Person desk(Viewer viewer) {
        return Person.atTheDesk(chromium).signsIn(viewer.username(), TestBodies.PASSWORD);
    }

    private Person phone(Viewer viewer) {
        return Person.onThePhone(chromium).signsIn(viewer.username(), TestBodies.PASSWORD);
    }

    @Test
    void fromOpeningToTheResult() {
        opens();
        assessesOneself();
        assessesOthers();
        decides();
        approvesAndSendsBack();
        readsTheResult();
        String petition = petitions();
        answers(petition);
        readsTheAnswer(petition);
        seesTheWhole();
    }

    private void opens() {
        var person = desk(board);
        person.page.navigate("/danh-gia/dot");
        person.follows("Lập đợt đánh giá");
        person.ticks("Quý " + QUARTER.numeral());
        person.writes("Tên đợt", CYCLE);
        person.writes("Ngày bắt đầu đánh giá", "01/01/2020");
        person.presses("Lưu");
        person.isTold("Ngày bắt đầu không được trước ngày đầu quý");
        person.writes("Ngày bắt đầu đánh giá", DAY.format(TODAY));
        person.looks("quy-lap-dot");
        person.presses("Lưu");
        person.sees("Danh sách chốt có 3 người");
        person.looks("quy-truoc-khi-mo");
        person.presses("Mở đợt và lập phiếu");
        person.sees("Đã mở đợt đánh giá.");
        person.looks("quy-dot-da-mo");
        person.close();
    }

    /** On the phone and by keyboard; one item is forgotten. */
    private void assessesOneself() {
        var person = phone(nhu);
        person.page.navigate("/danh-gia");
        person.looks("quy-phieu-cua-toi");
        person.follows("Điền phiếu");
        person.looks("quy-tu-danh-gia");
        assertThat(person.page.locator("fieldset.ass-item:visible").count())
                .as("one criterion at a time on a phone")
                .isBetween(1, 6);
        for (int item = 1; item <= STAFF_ITEMS; item++) {
            if (item == 7) {
                continue; // forgotten
            }
            rates(person, item, item % 5 == 0 ? 2 : 1);
        }
        goesOnTo(person, person.page.locator("#f-nx-0"));
        person.writes("Nhận xét chung", "Quý này em phụ trách thêm việc của đồng chí nghỉ thai sản.");
        person.looks("quy-tu-danh-gia-xong");
        person.presses("Nộp");
        person.sees("Chưa nộp: 1/18 nội dung chưa đánh giá.");
        person.looks("quy-con-thieu");
        person.hands.press(person.page.locator("main a[href='#muc-7']").first());
        person.page.locator("#muc-7").waitFor();
        rates(person, 7, 1);
        person.presses("Nộp");
        person.sees("Đã nộp phiếu.");
        person.close();

        var other = desk(duc);
        other.page.navigate("/danh-gia");
        other.follows("Điền phiếu");
        other.looks("quy-tu-danh-gia");
        rateAll(other, STAFF_ITEMS, 1);
        other.presses("Nộp");
        other.sees("Đã nộp phiếu.");
        other.close();
    }

    /** By keys alone: a digit rates and goes on. */
    private static void rateAll(Person person, int items, int level) {
        person.page.locator("input[name=muc-1][value='0']").focus();
        for (int item = 1; item <= items; item++) {
            person.page.keyboard().press(String.valueOf(level));
        }
        assertThat(person.page.locator("#dem").innerText()).isEqualTo(items + "/" + items);
    }

    /** Criterion by criterion, until it is there. */
    private static void goesOnTo(Person person, Locator field) {
        while (!field.isVisible()) {
            person.hands.press(person.page.locator("#cac-buoc [data-go='1']"));
        }
    }

    private static void rates(Person person, int item, int level) {
        Locator choice = person.page.locator("input[name=muc-" + item + "][value='" + level + "']");
        goesOnTo(person, choice);
        choice.focus();
        person.page.keyboard().press(String.valueOf(level));
        assertThat(choice.isChecked()).isTrue();
    }

    private void assessesOthers() {
        var self = desk(head);
        self.page.navigate("/danh-gia");
        self.follows("Điền phiếu");
        rateAll(self, LEADER_ITEMS, 1);
        self.presses("Nộp");
        self.sees("Đã nộp phiếu.");
        self.page.navigate("/danh-gia/cham");
        self.looks("quy-cho-cham");
        self.follows("Bắt đầu từ phiếu đầu");
        rateAll(self, STAFF_ITEMS, 1);
        self.presses("Nộp");
        self.sees("Đã nộp. Đây là phiếu tiếp theo.");
        rateAll(self, STAFF_ITEMS, 2);
        self.presses("Nộp");
        self.sees("Đã nộp. Không còn phiếu nào chờ.");
        self.close();

        var above = desk(top);
        above.page.navigate("/danh-gia/cham");
        above.follows("Bắt đầu từ phiếu đầu");
        above.sees(HEAD);
        rateAll(above, LEADER_ITEMS, 1);
        above.presses("Nộp");
        above.sees("Đã nộp. Không còn phiếu nào chờ.");
        above.close();
    }

    private void decides() {
        var person = desk(head);
        person.page.navigate("/danh-gia/quyet-dinh");
        person.follows("Phường Một");
        person.presses("Ghi quyết định"); // nothing chosen
        person.isTold("Chưa chọn mức cho ai.");
        choosesLevel(person, NHU, "dat_mot_phan");
        choosesLevel(person, DUC, "dat");
        person.looks("quy-quyet-dinh");
        person.presses("Ghi quyết định");
        person.sees("Đã ghi");
        person.looks("quy-da-quyet-dinh");
        person.close();
    }

    private static void choosesLevel(Person person, String name, String grade) {
        person.hands.tick(person.row(name).locator("input[value='" + grade + "']"));
    }

    private void approvesAndSendsBack() {
        var above = desk(top);
        above.page.navigate("/danh-gia/quyet-dinh");
        above.looks("quy-cho-phe-duyet");
        above.follows("Phường Một");
        verdict(above, NHU, "tra");
        verdict(above, DUC, "duyet");
        above.presses("Ghi phê duyệt"); // without saying why
        above.isTold("trả lại phải ghi lý do");
        above.hands.write(
                above.row(NHU).locator("input[name^='ly-do-']"), "Cần nêu rõ việc nào chưa đạt trước khi phê duyệt.");
        above.looks("quy-phe-duyet");
        above.presses("Ghi phê duyệt");
        above.sees("Đã ghi");
        above.close();

        var person = desk(head);
        person.page.navigate("/danh-gia/quyet-dinh");
        person.follows("Phường Một");
        person.go(person.row(NHU).getByText(NHU).first());
        person.sees("Cần nêu rõ việc nào chưa đạt trước khi phê duyệt.");
        person.hands.tick(person.page.locator("main input[name=muc][value=dat_mot_phan]"));
        person.writes("Nhận xét gửi người được đánh giá", "Ba việc quá hạn trong tháng 11.");
        person.writes("Lý do (cho người phê duyệt)", "Ba việc quá hạn, có sổ theo dõi kèm theo.");
        person.looks("quy-quyet-dinh-lai");
        person.presses("Ghi quyết định");
        person.sees("Đã ghi");
        person.close();

        above = desk(top);
        above.page.navigate("/danh-gia/quyet-dinh");
        above.follows("Phường Một");
        verdict(above, NHU, "duyet");
        above.presses("Ghi phê duyệt");
        above.sees("Đã ghi");
        above.close();

        person = desk(head);
        person.page.navigate("/danh-gia/quyet-dinh");
        person.follows("Phường Một");
        person.presses("Thông báo trong hệ thống cho tất cả");
        person.looks("quy-da-thong-bao");
        person.close();
    }

    private static void verdict(Person person, String name, String verdict) {
        person.hands.tick(person.row(name).locator("input[type=radio][value='" + verdict + "']"));
    }

    private void readsTheResult() {
        var person = phone(nhu);
        person.page.navigate("/danh-gia/ket-qua");
        person.looks("quy-ket-qua-cua-toi");
        person.follows("Quý " + QUARTER.numeral() + " năm " + QUARTER.year());
        person.sees("Đạt một phần");
        person.sees("Ba việc quá hạn trong tháng 11.");
        person.doesNotSee("có sổ theo dõi kèm theo"); // what is for who approves
        person.looks("quy-ket-qua");
        person.presses("Tôi đã xem kết quả");
        person.sees("Đã xem");
        person.close();
    }

    /** On the phone; what it is about is forgotten first. @return the petition's address */
    private String petitions() {
        var person = phone(nhu);
        person.page.navigate("/danh-gia/ket-qua");
        person.follows("Quý " + QUARTER.numeral() + " năm " + QUARTER.year());
        person.follows("Kiến nghị về kết quả này");
        person.looks("quy-kien-nghi-han");
        person.presses("Viết kiến nghị");
        person.writes("Lý do, căn cứ", "Ba việc ấy được giao sau hạn, có sổ giao việc.");
        person.presses("Nộp kiến nghị");
        person.isTold("Chọn điều anh/chị không đồng ý");
        person.ticks("Mức đánh giá: Đạt một phần");
        person.looks("quy-kien-nghi-viet");
        person.presses("Nộp kiến nghị");
        person.sees("Chờ phân công");
        person.looks("quy-kien-nghi-da-nop");
        String address = person.page.url().replaceAll("^https?://[^/]+|[?].*", "");
        person.page.navigate("/danh-gia/ket-qua");
        person.sees("Đang có kiến nghị");
        person.close();
        return address;
    }

    /** Somebody else handles it, another decides, a third approves. */
    private void answers(String petition) {
        var office = desk(board);
        office.page.navigate(petition);
        office.presses("Biên nhận");
        office.hands.write(office.page.locator("#f-nguoi-khac"), head.username());
        office.presses("Phân công");
        office.isTold("bị kiến nghị"); // who gave the level does not judge of it
        office.hands.write(office.page.locator("#f-nguoi-khac"), handler.username());
        office.looks("quy-kien-nghi-phan-cong");
        office.presses("Phân công");
        office.sees("Đang giải quyết");

        var handling = desk(handler);
        handling.page.navigate(petition);
        handling.hands.tick(handling.page.locator("main input[name=huong][value=change]"));
        handling.hands.choose(handling.page.locator("main #f-muc-moi"), "Đạt");
        handling.writes("Lý do, căn cứ (in trong văn bản trả lời)", "Sổ giao việc cho thấy ba việc được giao sau hạn.");
        handling.looks("quy-kien-nghi-de-xuat");
        handling.presses("Trình đề xuất");
        handling.sees("Chờ quyết định");
        handling.close();

        office.page.navigate(petition);
        office.presses("Quyết định");
        office.looks("quy-kien-nghi-quyet-dinh");

        var above = desk(top);
        above.page.navigate("/danh-gia/quyet-dinh");
        above.follows("Phường Một");
        verdict(above, NHU, "duyet");
        above.presses("Ghi phê duyệt");
        above.sees("Đã ghi");
        above.close();

        office.page.navigate(petition);
        office.ticks("Chưa lấy số trong sổ; văn thư ghi số bằng tay");
        office.presses("Trả lời");
        office.sees("Đã trả lời");
        office.looks("quy-kien-nghi-tra-loi");
        office.close();
    }

    private void readsTheAnswer(String petition) {
        var person = phone(nhu);
        person.page.navigate(petition);
        person.sees("Đã trả lời");
        person.looks("quy-kien-nghi-xong");
        person.page.navigate("/danh-gia/ket-qua");
        person.doesNotSee("Đang có kiến nghị");
        person.close();
    }

    private void seesTheWhole() {
        var person = desk(board);
        person.page.navigate("/tong-hop");
        person.sees(CYCLE);
        person.looks("quy-tong-hop");
        person.close();
    }
}
