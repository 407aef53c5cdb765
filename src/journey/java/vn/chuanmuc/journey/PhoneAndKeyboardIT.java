package vn.chuanmuc.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;

/**
 * The whole chain at the width of a phone and by keyboard alone, with the mistakes people make: nothing entered is lost, and
 * each refusal says what to do.
 */
@ProductTest
class PhoneAndKeyboardIT {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy", Locale.ROOT);
    private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh"));
    private static final String YEAR = String.valueOf(TODAY.getYear());
    private static final String CAMPAIGN = "Cam kết năm " + YEAR;
    private static final String LIST = "Phường Một – " + PeopleSheet.PARTY;
    private static final String OWN_PASSWORD = "bon tu khong lien quan";

    @LocalServerPort
    int port;

    @Autowired
    TestBodies bodies;

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

    private Person phone(Role role, boolean wholeBody) {
        var viewer = body.viewer(role, wholeBody ? body.root : body.wardOne);
        return Person.onThePhone(chromium).signsIn(viewer.username(), TestBodies.PASSWORD);
    }

    @Test
    void fromTheDecisionToTheAcceptedListWithMistakesOnTheWay() {
        importAndPublish();
        var clerk = phone(Role.CLERK, false);
        loadPeople(clerk);
        var slips = issueCodes(clerk);
        var lan = slips.of("Nguyễn Thị Ngọc Lan");
        var nhu = slips.of("Phạm Quỳnh Như");
        decideSets(clerk);
        var board = phone(Role.BOARD, true);
        var head = phone(Role.HEAD, false);
        openCampaign(board);
        signAtTheSharedComputer(lan);
        recordLeave(clerk);
        moveUp(clerk, head, 1);
        sendBack(board);
        clerk.goesTo("Việc của tôi");
        clerk.follows("Danh sách " + LIST + " bị trả lại: 1 dòng có nhận xét");
        clerk.sees(clerk.row("Phạm Quỳnh Như"), "Đã nhắc chưa?");
        clerk.looks("bi-tra-lai");
        signTwice(nhu);
        moveUp(clerk, head, 2);
        accept(board);
        clerk.goesTo("Danh sách");
        clerk.follows(LIST);
        clerk.sees("Danh sách đã chốt: bản 2 đã được tiếp nhận.");
        clerk.sees("Tổng số: 3 người. Đã ký: 2; từ chối: 0; không ký, có lý do: 1; chưa ký: 0.");
        clerk.looks("danh-sach-chot-2");
        var screen = Papers.screen(clerk.page);
        assertThat(Papers.docx(clerk.downloads("Word (.docx)")).rows()).isEqualTo(screen.rows());
    }

    private void importAndPublish() {
        var importer = phone(Role.IMPORTER, true);
        importer.goesTo("Văn bản");
        importer.follows("Nhập văn bản");
        importer.presses("Đọc văn bản");
        importer.isTold("Chưa có nội dung. Hãy dán văn bản vào ô này hoặc chọn một tệp.");
        importer.looks("nhap-van-ban-loi");
        importer.hands.paste(importer.page.getByLabel("Nội dung quyết định"), "Kính gửi các đồng chí");
        importer.presses("Đọc văn bản");
        importer.isTold("văn bản này không phải là quyết định");
        assertThat(importer.page.getByLabel("Nội dung quyết định").inputValue()).isEqualTo("Kính gửi các đồng chí");
        Proofreading.importReal(importer);
        importer.close();

        var reader = phone(Role.PROOFREADER, true);
        reader.follows("1 văn bản chờ soát và công bố");
        reader.go(reader.row("Còn 6 chỗ chờ soát").locator("a"));
        reader.follows("Tới chỗ cần soát");
        reader.go(reader.page.locator(".cm-place.open form button").first());
        reader.isTold("Chưa có số. Hãy nhập số của quyết định, ví dụ: 264-QĐ/QU.");
        reader.looks("soat-loi");
        Proofreading.settleAll(reader);
        reader.looks("soat-xong");
        reader.presses("Công bố quyết định");
        reader.sees("Đã công bố. Từ nay văn bản không thay đổi.");
        reader.looks("quyet-dinh");
        reader.follows("Bộ tiêu chí 1 với Bộ tiêu chí 2");
        reader.sees("11 giống nhau");
        reader.sees("7 khác lời");
        reader.looks("so-sanh");
        reader.close();
    }

    private static void loadPeople(Person clerk) {
        clerk.goesTo("Cán bộ");
        clerk.follows("Nhập từ Excel");
        byte[] pdf = "%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n".getBytes(StandardCharsets.US_ASCII);
        clerk.chooses("Tệp Excel", "danh-sach.xlsx", pdf);
        clerk.presses("Đọc tệp và xem trước");
        clerk.isTold("Tệp này không phải là tệp Excel (.xlsx)");
        clerk.looks("nhap-excel-loi");
        var sheet = new PeopleSheet()
                .with("Nguyễn Thị Ngọc Lan", "05/02/1975", "Bí thư Đảng ủy", "Phường Một", PeopleSheet.PARTY)
                .with("Phạm Quỳnh Như", "01/06/1988", "Văn phòng Đảng ủy", "", PeopleSheet.PARTY)
                .with("Trần Thị Thu Huyền", "20/10/1990", "Văn phòng Đảng ủy", "", PeopleSheet.PARTY)
                .with("Lê Đình Ước", "31/02/1985", "Văn phòng Đảng ủy", "", PeopleSheet.PARTY);
        clerk.chooses("Tệp Excel", "danh-sach.xlsx", sheet.file("DANH SÁCH CÁN BỘ"));
        clerk.presses("Đọc tệp và xem trước");
        clerk.sees(clerk.row("Lê Đình Ước"), "ngày sinh “31/02/1985” không có thật");
        clerk.looks("xem-truoc");
        clerk.presses("Nhập 3 dòng đúng");
        clerk.sees("thêm 3 người, thay đổi 0, giữ nguyên 0.");
        clerk.goesTo("Cán bộ");
        clerk.looks("can-bo");
    }

    private static Slips issueCodes(Person clerk) {
        clerk.follows("Cấp mã truy cập");
        clerk.presses("Cấp mã cho người được chọn");
        clerk.isTold("Chưa chọn ai.");
        clerk.looks("ma-truy-cap-loi");
        clerk.presses("Cấp mã cho mọi người chưa có mã");
        clerk.sees("Các mã này chỉ hiện một lần.");
        clerk.looks("phieu");
        return new Slips(clerk.page);
    }

    private static void decideSets(Person clerk) {
        clerk.goesTo("Việc của tôi");
        clerk.follows("3 người chưa quyết định bộ tiêu chí");
        clerk.presses("Chấp nhận đề xuất cho 3 người");
        clerk.sees("Đã chấp nhận các đề xuất.");
        Locator nhu = clerk.row("Phạm Quỳnh Như");
        clerk.opens(nhu, "Thay đổi");
        clerk.chooses(
                nhu, "Bộ tiêu chí", String.valueOf(nhu.locator("option").first().textContent()));
        clerk.writes(nhu, "Lý do", "");
        clerk.presses(nhu, "Lưu");
        clerk.isTold("Bộ này khác với đề xuất theo chức vụ. Hãy ghi lý do.");
        clerk.looks("bo-tieu-chi-loi");
        clerk.writes(nhu, "Lý do", "Phụ trách Văn phòng");
        clerk.presses(nhu, "Lưu");
        clerk.sees("Đã ghi bộ tiêu chí.");
    }

    private static void openCampaign(Person board) {
        board.goesTo("Đợt triển khai");
        board.follows("Soạn đợt mới");
        board.writes("Tên đợt", CAMPAIGN);
        board.writes("Hạn ký cam kết", DAY.format(TODAY.plusDays(14)));
        board.writes("Hạn nộp danh sách", DAY.format(TODAY.plusDays(7)));
        board.unticks("Phường Hai");
        board.presses("Lưu");
        board.isTold("Hạn nộp danh sách không được sớm hơn hạn ký");
        board.looks("soan-dot-loi");
        assertThat(board.page.getByLabel("Tên đợt").inputValue()).isEqualTo(CAMPAIGN);
        assertThat(board.page.getByLabel("Phường Hai").isChecked()).isFalse();
        board.writes("Hạn nộp danh sách", DAY.format(TODAY.plusDays(21)));
        board.presses("Lưu");
        board.sees("Không còn thiếu gì.");
        board.looks("dieu-kien");
        board.presses("Mở đợt và chốt danh sách");
        board.sees("Đợt đã mở, danh sách đã chốt.");
        board.looks("dot-da-mo");
    }

    /** A wrong password, Enter pressed twice, and afterwards nothing left on the counter's computer. */
    private void signAtTheSharedComputer(Slips.Slip slip) {
        var official = Person.onThePhone(chromium);
        official.page.navigate("/dang-nhap");
        official.writes("Tên đăng nhập", slip.username());
        official.writes("Mật khẩu hoặc mã dùng một lần", slip.code());
        official.hands.tick(official.page.locator("input[name=may-chung]"));
        official.presses("Đăng nhập");
        official.isAt("/mat-khau");
        official.writes("Mật khẩu mới", OWN_PASSWORD);
        official.writes("Nhập lại mật khẩu mới", "bon tu khong lien");
        official.presses("Đặt mật khẩu");
        official.isTold("Hai lần nhập mật khẩu mới không giống nhau.");
        official.looks("mat-khau-loi");
        official.writes("Mật khẩu mới", OWN_PASSWORD);
        official.writes("Nhập lại mật khẩu mới", OWN_PASSWORD);
        official.presses("Đặt mật khẩu");
        official.sees("Đã đặt mật khẩu mới.");

        official.follows("Ký cam kết năm " + YEAR + " trước hết ngày " + DAY.format(TODAY.plusDays(14)));
        assertThat(official.page.locator(".cm-items li").count()).isEqualTo(27);
        official.looks("cam-ket");
        official.follows("Tới chỗ xác nhận ở cuối trang");
        official.ticks("Tôi đã đọc toàn bộ nội dung trên và cam kết thực hiện.");
        official.writes("Nhập lại mật khẩu", "sai mật khẩu");
        official.presses("Xác nhận điện tử");
        official.isTold("Mật khẩu không đúng.");
        assertThat(official.page.locator("#f-da-doc").isChecked()).isTrue();
        official.looks("cam-ket-sai-mat-khau");
        official.writes("Nhập lại mật khẩu", OWN_PASSWORD);
        var keyboard = official.page.keyboard();
        keyboard.press("Enter");
        keyboard.press("Enter");
        official.isAt("/bien-nhan");
        official.sees("Đây là biên nhận của anh/chị.");
        official.looks("bien-nhan");

        official.presses(official.page.locator(".cm-top"), "Đăng xuất");
        official.isAt("/dang-nhap");
        official.page.goBack();
        official.isAt("/dang-nhap");
        assertThat(official.page.content()).doesNotContain("Nguyễn Thị Ngọc Lan");
        official.close();
    }

    /** Confirming in a page that was open before, and in the one that the back button shows: the same receipt. */
    private void signTwice(Slips.Slip slip) {
        var official = Person.onThePhone(chromium).signsInFirst(slip, OWN_PASSWORD);
        official.goesTo("Cam kết");
        Page other = official.page.context().newPage();
        other.navigate(official.page.url());
        other.getByLabel("Nhập lại mật khẩu").waitFor();
        confirm(official.page);
        official.sees("Đã ghi xác nhận điện tử.");
        String receipt = official.page.locator(".cm-facts dd").first().innerText();

        confirm(other);
        assertThat(other.locator(".alert[role=status]").innerText())
                .contains("đã được ký trước đó; không ghi thêm lần nữa");
        assertThat(other.locator(".cm-facts dd").first().innerText()).isEqualTo(receipt);
        chromium.look(other, "da-ky-truoc-do-390");

        official.page.goBack();
        official.sees("Anh/chị đã ký bản cam kết này.");
        official.follows("Xem biên nhận");
        assertThat(official.page.locator(".cm-facts dd").first().innerText()).isEqualTo(receipt);
        official.close();
    }

    private static void confirm(Page page) {
        var keyboard = new Keyboard(page);
        keyboard.tick(page.getByLabel("Tôi đã đọc toàn bộ nội dung trên và cam kết thực hiện."));
        keyboard.write(page.getByLabel("Nhập lại mật khẩu"), OWN_PASSWORD);
        page.keyboard().press("Enter");
        page.waitForURL("**/bien-nhan?*");
    }

    private static void recordLeave(Person clerk) {
        clerk.goesTo("Đợt triển khai");
        clerk.follows(CAMPAIGN);
        clerk.follows("Ai đã ký");
        clerk.writes("Tìm theo tên (có dấu hoặc không dấu)", "huyen");
        clerk.presses("Tìm");
        clerk.looks("ai-da-ky");
        clerk.follows("Ghi nhận không ký: Trần Thị Thu Huyền");
        clerk.chooses("Loại lý do", "Nghỉ thai sản");
        clerk.writes("Lý do", "   ");
        clerk.presses("Ghi nhận không ký");
        clerk.isTold("Chưa có lý do");
        clerk.looks("ghi-nhan-loi");
        clerk.writes("Lý do", "Nghỉ thai sản từ ngày " + DAY.format(TODAY.minusMonths(1)));
        clerk.presses("Ghi nhận không ký");
        clerk.sees("Đã ghi nhận không ký.");
        clerk.sees(clerk.row("Trần Thị Thu Huyền"), "Nghỉ thai sản");
    }

    private static void moveUp(Person clerk, Person head, int version) {
        clerk.goesTo("Danh sách");
        clerk.follows(LIST);
        clerk.presses("Lập bản " + version);
        clerk.sees("Đã lập danh sách.");
        clerk.looks("danh-sach-" + version);
        head.goesTo("Việc của tôi");
        head.follows("Duyệt danh sách " + LIST + " (bản " + version + ")");
        head.presses("Duyệt bản " + version);
        head.sees("Đã duyệt.");
        clerk.goesTo("Việc của tôi");
        clerk.follows("Nộp danh sách " + LIST + " (bản " + version + ") đã được duyệt");
        clerk.presses("Nộp bản " + version + " lên cấp trên");
        clerk.sees("Đã nộp danh sách lên cấp trên.");
    }

    private static void sendBack(Person board) {
        board.goesTo("Việc của tôi");
        board.follows("1 danh sách chờ tiếp nhận");
        board.looks("danh-sach-ban");
        board.follows(LIST);
        board.follows("Trả lại kèm nhận xét…");
        board.presses("Trả lại bản 1");
        board.isTold("Chưa có nhận xét nào.");
        board.looks("tra-lai-loi");
        board.writes("Nhận xét về Phạm Quỳnh Như", "Đã nhắc chưa?");
        board.presses("Trả lại bản 1");
        board.sees("Đã trả lại danh sách kèm nhận xét.");
    }

    private static void accept(Person board) {
        board.goesTo("Việc của tôi");
        board.follows("1 danh sách chờ tiếp nhận");
        board.follows(LIST);
        board.presses("Tiếp nhận bản 2");
        board.sees("Đã tiếp nhận danh sách. Khối này đã chốt.");
    }
}
