package vn.chuanmuc.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.RealDecision;
import vn.chuanmuc.testing.TestBodies;

/** From the text of decision 264-QĐ/QU to the accepted list, as the people of a ward and a district do it at their desks. */
@ProductTest
class WholeChainIT {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy", Locale.ROOT);
    private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh"));
    private static final String YEAR = String.valueOf(TODAY.getYear());
    private static final String CAMPAIGN = "Triển khai bộ tiêu chí cán bộ chuyên nghiệp năm " + YEAR;
    private static final String LIST = "Phường Một – " + PeopleSheet.PARTY;
    private static final String OWN_PASSWORD = "bốn từ không liên quan";

    @LocalServerPort
    int port;

    @Autowired
    TestBodies bodies;

    @Autowired
    Accounts accounts;

    @SuppressWarnings("NullAway.Init")
    private Chromium chromium;

    @SuppressWarnings("NullAway.Init")
    private TestBodies.Body body;

    @BeforeEach
    void open() {
        chromium = new Chromium(port);
        body = bodies.create();
    }

    @AfterEach
    void close() {
        chromium.close();
    }

    private Person desk(Viewer viewer) {
        return Person.atTheDesk(chromium).signsIn(viewer.username(), TestBodies.PASSWORD);
    }

    @Test
    void fromTheDecisionToTheAcceptedList() {
        importAndPublish();

        var clerk = desk(body.viewer(Role.CLERK, body.wardOne));
        loadPeople(clerk);
        var slips = issueCodes(clerk);
        var lan = slips.of("Nguyễn Thị Ngọc Lan");
        var hoa = slips.of("Đỗ Văn Hòa");
        var nhu = slips.of("Phạm Quỳnh Như");
        var mai = slips.of("Bùi Thị Mai");
        var duc = slips.of("Hoàng Văn Đức");
        var anh = slips.of("Lý Thị Ánh");
        decideSets(clerk);

        var board = desk(body.viewer(Role.BOARD, body.root));
        var head = openCampaign(board);

        sign(lan, 27, true);
        sign(nhu, 27, false);
        sign(duc, 18, false);
        decline(mai);
        recordMaternityLeave(clerk);

        moveUp(clerk, head, 1);
        sendBack(board);
        answerTheRemark(clerk, hoa);
        moveUp(clerk, head, 2);
        accept(board);

        findsSigningLocked(anh);
        takeAway(clerk);
        seeProgress(board);
        inspect();
    }

    private void importAndPublish() {
        Viewer viewer = body.viewer(Role.IMPORTER, body.root);
        // The importer is a proof-reader, too; but not of what they imported themselves.
        accounts.grant(body.tenant, viewer.accountId(), viewer.accountId(), Role.PROOFREADER, body.root, "thử");
        var importer = desk(viewer);
        importer.looks("viec-trong");
        importer.goesTo("Văn bản");
        importer.looks("van-ban-trong");
        importer.follows("Nhập văn bản");
        importer.looks("nhap-van-ban");
        Proofreading.importReal(importer);
        importer.looks("soat");
        importer.sees("Các nguồn ghi số khác nhau");
        importer.sees("Người nhập không được tự công bố.");
        assertThat(importer.page.getByText("Công bố quyết định").count()).isZero();

        var reader = desk(body.viewer(Role.PROOFREADER, body.root));
        reader.follows("1 văn bản chờ soát và công bố");
        reader.looks("van-ban-nhap");
        reader.go(reader.row("Còn 6 chỗ chờ soát").locator("a"));
        Proofreading.settleAll(reader);
        reader.looks("soat-xong");
        reader.presses("Công bố quyết định");
        reader.sees("Đã công bố. Từ nay văn bản không thay đổi.");
        reader.looks("quyet-dinh");
        assertThat(counts(reader, 1)).containsExactly(3, 9, 27);
        assertThat(counts(reader, 2)).containsExactly(2, 6, 18);
        var source = RealDecision.text().lines().map(String::strip).toList();
        assertThat(reader.page.locator(".cm-items .cm-words").allInnerTexts())
                .hasSize(45)
                .allSatisfy(item -> assertThat(source).contains("- " + item));

        reader.follows("Bộ tiêu chí 1 với Bộ tiêu chí 2");
        reader.looks("so-sanh");
        reader.sees("11 giống nhau");
        reader.sees("7 khác lời");
        reader.sees("9 chỉ có ở bộ trước");
        reader.sees("0 chỉ có ở bộ sau");
        reader.close();
        importer.close();
    }

    private static List<Integer> counts(Person reader, int set) {
        Locator sheet = reader.page.locator("section[aria-labelledby=bo-" + set + "]");
        return List.of(
                sheet.locator("h3").count(),
                sheet.locator("h4").count(),
                sheet.locator(".cm-items li").count());
    }

    private static PeopleSheet good() {
        return new PeopleSheet()
                .with("Nguyễn Thị Ngọc Lan", "05/02/1975", "Bí thư Đảng ủy", "Phường Một", PeopleSheet.PARTY)
                .with("Đỗ Văn Hòa", "12/11/1980", "Phó Bí thư Đảng ủy", "Phường Một", PeopleSheet.PARTY)
                .with("Trần Thị Thu Huyền", "20/10/1990", "Văn phòng Đảng ủy", "", PeopleSheet.PARTY)
                .with("Phạm Quỳnh Như", "01/06/1988", "Văn phòng Đảng ủy", "Phường Một", PeopleSheet.PARTY)
                .with("Bùi Thị Mai", "08/03/1979", "Chủ tịch Hội Liên hiệp Phụ nữ", "", PeopleSheet.PARTY)
                .with("Hoàng Văn Đức", "15/08/1983", "Công chức Tư pháp – Hộ tịch", "", PeopleSheet.STATE)
                .with("Lý Thị Ánh", "30/04/1992", "Văn phòng Đảng ủy", "Phường Một", PeopleSheet.PARTY);
    }

    private static void loadPeople(Person clerk) {
        clerk.goesTo("Cán bộ");
        clerk.looks("can-bo-trong");
        clerk.follows("Nhập từ Excel");
        clerk.looks("nhap-excel");
        byte[] sheet = good().with("Lê Đình Ước", "31/02/1985", "Văn phòng Đảng ủy", "", PeopleSheet.PARTY)
                .with("Vũ Hải Yến", "11/09/1991", "Giáo viên", "Trường Mầm non Hoa Sen", PeopleSheet.PARTY)
                .file("DANH SÁCH CÁN BỘ, CÔNG CHỨC NĂM " + YEAR);
        clerk.chooses("Tệp Excel", "ds-can-bo-P1.xlsx", sheet);
        clerk.presses("Đọc tệp và xem trước");
        clerk.looks("xem-truoc");
        clerk.sees(clerk.row("Lê Đình Ước"), "ngày sinh “31/02/1985” không có thật");
        clerk.sees(clerk.row("Vũ Hải Yến"), "không có đơn vị “Trường Mầm non Hoa Sen”");
        assertThat(clerk.page.locator("main tbody tr").count()).isEqualTo(2);
        clerk.presses("Nhập 7 dòng đúng");
        clerk.sees("thêm 7 người, thay đổi 0, giữ nguyên 0.");
        clerk.looks("da-nhap");

        clerk.follows("Tải tệp khác");
        clerk.chooses("Tệp Excel", "ds-can-bo-P1.xlsx", sheet);
        clerk.presses("Đọc tệp và xem trước");
        clerk.sees("7 không đổi");
        clerk.sees("không có gì để ghi");
        clerk.looks("nhap-lai");
        clerk.presses("Bỏ tệp này");
        clerk.goesTo("Cán bộ");
        clerk.looks("can-bo");
        assertThat(clerk.page.locator("main tbody tr").count()).isEqualTo(7);
        clerk.follows("Nguyễn Thị Ngọc Lan");
        clerk.looks("mot-can-bo");
    }

    private static Slips issueCodes(Person clerk) {
        clerk.goesTo("Cán bộ");
        clerk.follows("Cấp mã truy cập");
        clerk.looks("ma-truy-cap");
        clerk.presses("Cấp mã cho mọi người chưa có mã");
        clerk.sees("Các mã này chỉ hiện một lần.");
        clerk.looks("phieu");
        var slips = new Slips(clerk.page);
        assertThat(clerk.page.locator(".cm-slip").count()).isEqualTo(7);
        return slips;
    }

    private static void decideSets(Person clerk) {
        clerk.goesTo("Việc của tôi");
        clerk.looks("viec-van-phong");
        clerk.follows("7 người chưa quyết định bộ tiêu chí");
        clerk.looks("bo-tieu-chi");
        clerk.presses("Chấp nhận đề xuất cho 7 người");
        clerk.sees("Đã chấp nhận các đề xuất.");
        clerk.sees("Cả 7 người ở đây đã có bộ tiêu chí.");
        Locator nhu = clerk.row("Phạm Quỳnh Như");
        String leaders = Objects.requireNonNull(nhu.locator("option").first().textContent());
        clerk.opens(nhu, "Thay đổi");
        clerk.chooses(nhu, "Bộ tiêu chí", leaders);
        clerk.writes(nhu, "Lý do", "");
        clerk.presses(nhu, "Lưu");
        clerk.isTold("Bộ này khác với đề xuất theo chức vụ. Hãy ghi lý do.");
        clerk.looks("bo-tieu-chi-loi");
        clerk.writes(nhu, "Lý do", "Được giao phụ trách Văn phòng theo phân công số 12-PC/ĐU");
        clerk.presses(nhu, "Lưu");
        clerk.sees("Đã ghi bộ tiêu chí.");
        clerk.sees(nhu, "Khác đề xuất");
    }

    /** @return the head, whose account was missing until an administrator opened it */
    private Person openCampaign(Person board) {
        board.goesTo("Đợt triển khai");
        board.looks("dot-trong");
        board.follows("Soạn đợt mới");
        board.writes("Tên đợt", CAMPAIGN);
        board.writes("Số kế hoạch", "05-KH/BCN");
        board.writes("Ngày kế hoạch", DAY.format(TODAY.minusDays(3)));
        board.writes("Hạn ký cam kết", DAY.format(TODAY.plusDays(14)));
        board.writes("Hạn nộp danh sách", DAY.format(TODAY.plusDays(21)));
        board.looks("soan-dot");
        board.presses("Lưu");
        board.sees("Đã lưu kế hoạch.");
        board.looks("dieu-kien");
        board.sees("1 đơn vị chưa có người");
        board.sees("2 đơn vị chưa có thủ trưởng");
        board.sees("Chưa mở được: còn điều kiện phải sửa ở trên.");
        board.follows("Sửa kế hoạch");
        board.unticks("Phường Hai");
        board.presses("Lưu");
        board.doesNotSee("1 đơn vị chưa có người");
        board.sees("1 đơn vị chưa có thủ trưởng");

        var administrator = desk(body.viewer(Role.ADMINISTRATOR, body.root));
        administrator.goesTo("Tài khoản");
        administrator.follows("Thêm tài khoản");
        administrator.writes("Họ và tên hoặc tên bộ phận", "Đặng Minh Khôi");
        administrator.writes("Tên đăng nhập", "khoi." + body.tenant.toString().substring(30));
        administrator.writes("Lý do, văn bản giao việc", "Quyết định phân công số 15-QĐ/ĐU");
        administrator.presses("Tạo tài khoản");
        administrator.looks("tai-khoan-moi");
        var slip = Slips.issued(administrator.page);
        administrator.follows("Tới trang tài khoản, giao vai trò");
        Locator grant = administrator.page.locator("section[aria-labelledby=giao]");
        administrator.chooses(grant, "Vai trò", "Thủ trưởng, người đứng đầu");
        administrator.ticks(grant, "Phường Một P1");
        administrator.writes(grant, "Lý do, văn bản giao việc", "Quyết định phân công số 15-QĐ/ĐU");
        administrator.presses(grant, "Giao vai trò");
        administrator.sees("Đã ghi thay đổi vai trò.");
        administrator.looks("tai-khoan");
        administrator.close();
        var head = Person.atTheDesk(chromium).signsInFirst(slip, OWN_PASSWORD);

        board.page.reload();
        board.sees("Không còn thiếu gì.");
        board.presses("Mở đợt và chốt danh sách");
        board.sees("Đợt đã mở, danh sách đã chốt.");
        board.sees("7 người lúc mở đợt");
        board.looks("dot-da-mo");
        board.follows("Danh sách chốt");
        board.looks("danh-sach-chot");
        return head;
    }

    private void sign(Slips.Slip slip, int items, boolean mistypes) {
        var official = Person.atTheDesk(chromium).signsInFirst(slip, OWN_PASSWORD);
        official.follows("Ký cam kết năm " + YEAR + " trước hết ngày " + DAY.format(TODAY.plusDays(14)));
        assertThat(official.page.locator(".cm-items li").count()).isEqualTo(items);
        official.ticks("Tôi đã đọc toàn bộ nội dung trên và cam kết thực hiện.");
        if (mistypes) {
            official.looks("cam-ket");
            official.writes("Nhập lại mật khẩu", "mật khẩu của người khác");
            official.presses("Xác nhận điện tử");
            official.isTold("Mật khẩu không đúng.");
            official.looks("cam-ket-sai-mat-khau");
        }
        official.writes("Nhập lại mật khẩu", OWN_PASSWORD);
        official.presses("Xác nhận điện tử");
        official.sees("Đã ghi xác nhận điện tử. Đây là biên nhận của anh/chị.");
        String shown = official.page.locator(".cm-hash").first().innerText().replace(" ", "");
        assertThat(sha256(official.downloads("Tải bản cam kết"))).isEqualTo(shown);
        if (mistypes) {
            official.looks("bien-nhan");
        }
        official.close();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void decline(Slips.Slip slip) {
        var official = Person.atTheDesk(chromium).signsInFirst(slip, OWN_PASSWORD);
        official.goesTo("Cam kết");
        Locator form = official.page.locator("main details.card");
        official.opens(official.page.locator("main"), "Không ký");
        official.chooses(form, "Loại lý do", "Từ chối");
        official.writes(form, "Lý do", "Tiêu chí cao so với vị trí cấp phó đoàn thể");
        official.presses(form, "Ghi là tôi không ký");
        official.sees("Đã ghi là không ký, kèm lý do.");
        official.looks("tu-bao-khong-ky");
        official.close();
    }

    private static void recordMaternityLeave(Person clerk) {
        clerk.goesTo("Đợt triển khai");
        clerk.follows(CAMPAIGN);
        clerk.follows("Ai đã ký");
        clerk.looks("ai-da-ky");
        clerk.writes("Tìm theo tên (có dấu hoặc không dấu)", "tran thi thu huyen");
        clerk.presses("Tìm");
        assertThat(clerk.page.locator("main tbody tr").count()).isEqualTo(1);
        clerk.follows("Ghi nhận không ký: Trần Thị Thu Huyền");
        clerk.looks("ghi-nhan");
        clerk.chooses("Loại lý do", "Nghỉ thai sản");
        clerk.writes("Lý do", "Nghỉ thai sản từ ngày " + DAY.format(TODAY.minusMonths(1)));
        clerk.presses("Ghi nhận không ký");
        clerk.sees("Đã ghi nhận không ký.");
        clerk.sees(clerk.row("Trần Thị Thu Huyền"), "Văn phòng ghi nhận không ký");
    }

    /** The clerk compiles, the head approves, the clerk submits. */
    private static void moveUp(Person clerk, Person head, int version) {
        clerk.goesTo("Danh sách");
        clerk.looks("cac-danh-sach-" + version);
        clerk.follows(LIST);
        clerk.looks("danh-sach-truoc-" + version);
        clerk.presses("Lập bản " + version);
        clerk.sees("Đã lập danh sách.");
        if (version == 2) {
            clerk.sees("Thay đổi từ lần nộp trước (bản 1): 1 dòng");
            Locator change = clerk.page.locator("#thay-doi tbody tr");
            clerk.sees(change, "Đỗ Văn Hòa");
            clerk.sees(change, "Đổi tình trạng");
        }
        clerk.looks("danh-sach-" + version);
        head.goesTo("Việc của tôi");
        head.follows("Duyệt danh sách " + LIST + " (bản " + version + ")");
        head.looks("duyet-" + version);
        head.presses("Duyệt bản " + version);
        head.sees("Đã duyệt.");
        clerk.goesTo("Việc của tôi");
        clerk.follows("Nộp danh sách " + LIST + " (bản " + version + ") đã được duyệt");
        clerk.presses("Nộp bản " + version + " lên cấp trên");
        clerk.sees("Đã nộp danh sách lên cấp trên.");
        clerk.sees("Không lập lại được: bản " + version + " đang ở cấp trên, chờ quyết định.");
    }

    private static void openSubmitted(Person board) {
        board.goesTo("Việc của tôi");
        board.looks("viec-ban");
        board.follows("1 danh sách chờ tiếp nhận");
        board.looks("danh-sach-ban");
        board.follows(LIST);
    }

    private static void sendBack(Person board) {
        openSubmitted(board);
        board.looks("tiep-nhan");
        board.follows("Trả lại kèm nhận xét…");
        board.presses("Trả lại bản 1");
        board.isTold("Chưa có nhận xét nào.");
        board.writes("Nhận xét về Đỗ Văn Hòa", "Đề nghị làm rõ vì sao đồng chí chưa ký");
        board.looks("tra-lai");
        board.presses("Trả lại bản 1");
        board.sees("Đã trả lại danh sách kèm nhận xét.");
    }

    private void answerTheRemark(Person clerk, Slips.Slip hoa) {
        clerk.goesTo("Việc của tôi");
        clerk.follows("Danh sách " + LIST + " bị trả lại: 1 dòng có nhận xét");
        clerk.sees(clerk.row("Đỗ Văn Hòa"), "Đề nghị làm rõ vì sao đồng chí chưa ký");
        clerk.looks("bi-tra-lai");
        sign(hoa, 27, false);
    }

    private static void accept(Person board) {
        openSubmitted(board);
        board.presses("Tiếp nhận bản 2");
        board.sees("Đã tiếp nhận danh sách. Khối này đã chốt.");
        board.looks("da-tiep-nhan");
    }

    private void findsSigningLocked(Slips.Slip slip) {
        var official = Person.atTheDesk(chromium).signsInFirst(slip, OWN_PASSWORD);
        official.goesTo("Cam kết");
        official.sees("Danh sách của " + LIST + " đã được tiếp nhận lúc");
        assertThat(official.page.getByText("Xác nhận điện tử").count()).isZero();
        official.looks("cam-ket-da-khoa");
        official.close();
    }

    private static void takeAway(Person clerk) {
        clerk.goesTo("Danh sách");
        clerk.follows(LIST);
        clerk.sees("Danh sách đã chốt: bản 2 đã được tiếp nhận.");
        clerk.sees("Ban Tổ chức của cấp tiếp nhận mở lại được, có ghi lý do.");
        clerk.looks("danh-sach-chot-2");
        var screen = Papers.screen(clerk.page);
        assertThat(screen.rows()).hasSize(6);
        // By given name: Ánh, Hòa, Huyền, Lan, Mai, Như.
        assertThat(screen.rows().stream().map(row -> row.get(1)))
                .containsExactly(
                        "Lý Thị Ánh",
                        "Đỗ Văn Hòa",
                        "Trần Thị Thu Huyền",
                        "Nguyễn Thị Ngọc Lan",
                        "Bùi Thị Mai",
                        "Phạm Quỳnh Như");
        assertThat(screen.lines())
                .first()
                .isEqualTo("Tổng số: 6 người. Đã ký: 3; từ chối: 1; không ký, có lý do: 1; chưa ký: 1.");
        var workbook = Papers.xlsx(clerk.downloads("Excel (.xlsx)"));
        assertThat(workbook.rows()).isEqualTo(screen.rows());
        assertThat(workbook.lines()).containsAll(screen.lines());
        var word = Papers.docx(clerk.downloads("Word (.docx)"));
        assertThat(word.rows()).isEqualTo(screen.rows());
        assertThat(word.lines()).containsAll(screen.lines());
        String pdf = Papers.pdf(clerk.downloads("PDF"));
        assertThat(pdf)
                .containsSubsequence(
                        screen.rows().stream().map(row -> String.join(" ", row)).toList())
                .contains(screen.lines());
    }

    private static void seeProgress(Person board) {
        board.goesTo("Tiến độ");
        board.sees(board.page.locator(".rep-strip"), "4 / 7");
        Locator ward = board.page.locator("#don-vi tbody tr");
        assertThat(ward.count()).isEqualTo(1);
        assertThat(ward.locator("td").allInnerTexts().subList(0, 5)).containsExactly("4/7", "57,1%", "1", "1", "0");
        board.sees(ward, PeopleSheet.PARTY + ": đã tiếp nhận");
        board.sees(ward, PeopleSheet.STATE + ": chưa lập");
        board.looks("tien-do");
    }

    private void inspect() {
        var inspector = desk(body.viewer(Role.INSPECTOR, body.root));
        inspector.goesTo("Nhật ký");
        inspector.sees("Tiếp nhận danh sách");
        inspector.looks("nhat-ky");
        inspector.goesTo("Đợt triển khai");
        inspector.looks("dot-kiem-tra");
        inspector.close();
    }
}
