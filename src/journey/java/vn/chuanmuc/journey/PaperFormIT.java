package vn.chuanmuc.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.PaperForms.Place;
import vn.chuanmuc.scans.Scanner;
import vn.chuanmuc.sheets.SheetGround;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;

/** A ward assesses on paper: printed, ticked by hand, scanned in one pile with what goes wrong in an office, read, handed in. */
@ProductTest
class PaperFormIT {
    private static final String HOA = "Trần Thị Hoà";
    private static final String AN = "Đỗ Văn An";
    private static final int DPI = 200;
    /** For printing and reading codes on a busy machine, in milliseconds. */
    private static final int PATIENCE = 180_000;

    /** Two ticks in the fifth row; what was meant is asked. */
    private static final int[] HOAS = {1, 2, 1, 3, 9, 1, 1, 2, 1, 1, 4, 1, 1, 1, 2, 1, 1, 1};

    private static final int[] ANS = {2, 1};
    private static final int[] HEADS = {1, 1, 2};
    private static final List<String> LEVELS = List.of("Đạt", "Đạt một phần", "Chưa đạt", "Không áp dụng");
    private static final Pattern PAGE = Pattern.compile("\\b(\\d)/(\\d)\\b");

    @LocalServerPort
    int port;

    @Autowired
    SheetGround grounds;

    @Autowired
    Accounts accounts;

    private final Scanner scanner = new Scanner(2026);

    @SuppressWarnings("NullAway.Init")
    private Chromium chromium;

    @SuppressWarnings("NullAway.Init")
    private SheetGround.Ward ward;

    @BeforeEach
    void open() {
        chromium = new Chromium(port);
        ward = grounds.ward(HOA, AN);
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
    void fromThePrintedFormToTheFigures() throws IOException {
        Map<String, List<BufferedImage>> own =
                pages(prints("Người được đánh giá tự ghi", "3 phiếu tự đánh giá chưa nộp."));
        Map<String, List<BufferedImage>> others =
                pages(prints("Thủ trưởng hoặc cấp trên trực tiếp ghi", "3 phiếu thủ trưởng chưa nộp."));
        Place hoaSelf = ward.self(ward.official(HOA));
        Place hoaHead = ward.byHead(ward.official(HOA));
        Place anSelf = ward.self(ward.official(AN));
        List<BufferedImage> hoa = ward.crossed(of(own, HOA), hoaSelf, DPI, HOAS);
        List<BufferedImage> an = ward.crossed(of(own, AN), anSelf, DPI, ANS);
        List<BufferedImage> head = ward.crossed(of(others, HOA), hoaHead, DPI, HEADS);
        List<BufferedImage> headOfAn = ward.crossed(of(others, AN), ward.byHead(ward.official(AN)), DPI, HEADS);

        // One pile in no order: the last page of one form stays on the desk, somebody else's letter is between them.
        var pile = new ArrayList<Scanner.Sheet>();
        pile.add(scanner.scan(scanner.stranger(DPI), DPI));
        for (BufferedImage page : head) {
            pile.add(scanner.scan(page, DPI));
        }
        for (BufferedImage page : headOfAn) {
            pile.add(scanner.scan(page, DPI));
        }
        for (BufferedImage page : an.subList(0, an.size() - 1)) {
            pile.addFirst(scanner.scan(page, DPI));
        }
        for (BufferedImage page : hoa) {
            pile.add(scanner.scan(page, DPI));
        }
        brings(Scanner.pdf(pile));
        readsWithTwoTicksOnThePhone();
        bringsTheMissingPage(Scanner.pdf(List.of(scanner.scan(an.getLast(), DPI))));
        theOtherSideIsSomebodyElses();
        theOnlyClerkEntersItWithAWitness();
        theFiguresAreThoseOnPaper(hoaSelf);
    }

    private byte[] prints(String side, String forms) throws IOException {
        var person = desk(ward.clerk);
        person.page.navigate("/phieu-giay");
        person.looks("phieu-giay-trong");
        person.follows("In phiếu");
        person.ticks(side);
        person.presses("Xem số phiếu");
        person.sees(forms);
        person.looks("phieu-giay-in");
        Locator button = person.page
                .locator("main")
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("In phiếu").setExact(true));
        Download download = person.page.waitForDownload(
                new Page.WaitForDownloadOptions().setTimeout(PATIENCE),
                () -> button.click(new Locator.ClickOptions().setNoWaitAfter(true)));
        byte[] pdf = Files.readAllBytes(download.path());
        person.close();
        return pdf;
    }

    /** The printed pages by whose form it is. */
    private Map<String, List<BufferedImage>> pages(byte[] pdf) throws IOException {
        List<BufferedImage> images = scanner.printed(pdf, DPI, true);
        var byName = new LinkedHashMap<String, List<BufferedImage>>();
        try (var document = Loader.loadPDF(pdf)) {
            var text = new PDFTextStripper();
            String name = "";
            for (int page = 1; page <= images.size(); page++) {
                text.setStartPage(page);
                text.setEndPage(page);
                String words = text.getText(document);
                if (PAGE.matcher(words)
                        .results()
                        .anyMatch(found -> found.group(1).equals("1"))) {
                    name = List.of(HOA, AN, "Lê Thị Đứng Đầu").stream()
                            .filter(one -> words.contains("Họ và tên: " + one) || words.contains(one))
                            .findFirst()
                            .orElseThrow();
                }
                byName.computeIfAbsent(name, any -> new ArrayList<>()).add(images.get(page - 1));
            }
        }
        assertThat(byName).hasSize(3);
        return byName;
    }

    private static List<BufferedImage> of(Map<String, List<BufferedImage>> pages, String name) {
        return Objects.requireNonNull(pages.get(name));
    }

    private void brings(byte[] pdf) {
        var person = desk(ward.clerk);
        person.page.navigate("/phieu-giay");
        person.follows("Đưa bản quét lên");
        person.looks("phieu-giay-dua-len");
        person.writes("Tên để nhớ", "Phiếu quý của phường");
        file(person, "phieu.docx", "application/msword", new byte[2000]);
        person.presses("Đưa lên và đọc mã");
        person.isTold("phieu.docx"); // which file, and what it may be
        person.looks("phieu-giay-sai-tep");
        assertThat(person.page.locator("input[name=ten]").inputValue()).isEqualTo("Phiếu quý của phường");
        file(person, "quet.pdf", "application/pdf", pdf);
        person.presses("Đưa lên và đọc mã");
        read(person);
        person.sees("Trang rời");
        person.sees("Không có mã");
        person.sees("Thiếu 1 trang");
        person.looks("phieu-giay-chong");
        person.follows(person.row("Không có mã"), "Trang " + strangers(person) + " của quet.pdf");
        person.looks("phieu-giay-trang-roi");
        person.writes("Mã phiếu giấy", "ABCD-EFGH-IJKL-MNOP");
        person.writes("Trang số", "1");
        person.presses("Gán trang");
        person.isTold("Kiểm tra lại mã ở chân trang");
        person.presses("Bỏ qua trang này");
        person.sees("Hình này không được tính nữa.");
        person.close();
    }

    private static String strangers(Person person) {
        return person.row("Không có mã").locator("a").first().innerText().replaceAll("\\D*(\\d+) của.*", "$1");
    }

    private static void file(Person person, String name, String type, byte[] bytes) {
        person.page.locator("main").getByLabel("Tệp quét").setInputFiles(new FilePayload(name, type, bytes));
    }

    /** The page says how far the codes are read, and goes on by itself. */
    private static void read(Person person) {
        person.page
                .locator("main")
                .getByText("Đang đọc mã QR trên các trang.")
                .waitFor(new Locator.WaitForOptions()
                        .setState(com.microsoft.playwright.options.WaitForSelectorState.DETACHED)
                        .setTimeout(PATIENCE));
    }

    /** By keyboard: digits read, the row is cut out of the scan; two ticks are nobody's guess. */
    private void readsWithTwoTicksOnThePhone() {
        var person = phone(ward.clerk);
        person.page.navigate("/phieu-giay");
        person.looks("phieu-giay-cho-doc");
        person.go(paper(person, HOA, "Tự đánh giá"));
        person.page.locator("#dong img").waitFor();
        person.looks("phieu-giay-doc");
        for (int item = 1; item <= HOAS.length; item++) {
            if (item != 7) { // forgotten
                reads(person, item, HOAS[item - 1] == 9 ? "-" : String.valueOf(HOAS[item - 1]));
            }
        }
        person.page.keyboard().press("Control+Enter");
        person.isTold("1 mục chưa đọc nên chưa nộp được");
        person.looks("phieu-giay-chua-doc");
        reads(person, 7, "1");
        person.page.keyboard().press("Control+Enter");
        person.isTold("1 mục không rõ: hãy hỏi người ghi phiếu");
        person.looks("phieu-giay-khong-ro");
        assertThat(person.page.locator("input[name=muc-4][value='3']").isChecked())
                .as("nothing that was read is lost")
                .isTrue();

        // It waits among those to be asked about, until somebody has asked.
        person.page.navigate("/phieu-giay/hoi");
        person.looks("phieu-giay-hoi");
        person.follows("Nội dung 5");
        reads(person, 5, "2");
        person.page.keyboard().press("Control+Enter");
        person.isTold("Mục 5 trước đó không rõ");
        person.writes("Đã hỏi ai, ngày nào, trả lời thế nào", "Hỏi chị Hoà ngày 28/12: dấu ở ô “Đạt một phần”.");
        person.looks("phieu-giay-da-hoi");
        person.page.keyboard().press("Control+Enter");
        person.sees("Đã nộp phiếu");
        person.close();
    }

    /** The link to a paper in the list: the person's name, with the stage in its row. */
    private static Locator paper(Person person, String name, String stage) {
        return person.row(name)
                .filter(new Locator.FilterOptions().setHasText(stage))
                .getByRole(AriaRole.LINK);
    }

    private static void reads(Person person, int item, String key) {
        Locator first = person.page.locator("input[name=muc-" + item + "]").first();
        while (!first.isVisible()) {
            person.hands.press(person.page.locator("#cac-buoc [data-go='1']"));
        }
        person.page.locator("input[name=muc-" + item + "]:checked").focus();
        person.page.keyboard().press(key);
        String value = key.equals("-") ? "x" : key;
        assertThat(person.page
                        .locator("input[name=muc-" + item + "][value='" + value + "']")
                        .isChecked())
                .as("item %d is %s", item, key)
                .isTrue();
    }

    /** At the desk: the form cannot be handed in before its last page is there, and what was read of it is kept. */
    private void bringsTheMissingPage(byte[] pdf) {
        var person = desk(ward.clerk);
        person.page.navigate("/phieu-giay");
        person.go(paper(person, AN, "Tự đánh giá"));
        person.sees("Quét trang thiếu rồi đưa thêm");
        person.looks("phieu-giay-thieu-trang");
        person.page.locator("input[name=muc-1][value='0']").focus();
        for (int item = 1; item <= HOAS.length; item++) {
            person.page.keyboard().press(String.valueOf(ANS[(item - 1) % ANS.length]));
        }
        person.presses("Nộp theo phiếu");
        person.isTold("nên chưa nộp được. Phần đã đọc được giữ.");
        person.follows("Đưa thêm bản quét");
        file(person, "trang-thieu.pdf", "application/pdf", pdf);
        person.presses("Đưa lên và đọc mã");
        read(person);
        person.go(paper(person, AN, "Tự đánh giá"));
        assertThat(person.page.locator("#dem").innerText()).isEqualTo(HOAS.length + "/" + HOAS.length);
        person.looks("phieu-giay-du-trang");
        person.presses("Nộp theo phiếu");
        person.sees("Đã nộp phiếu");
        person.close();
    }

    /** Whoever entered one side of a blind order is not shown the other. */
    private void theOtherSideIsSomebodyElses() {
        var person = desk(ward.clerk);
        person.page.navigate("/phieu-giay");
        person.go(paper(person, HOA, "Thủ trưởng đánh giá"));
        person.sees("Hai bên không được thấy nhau trước khi cả hai nộp");
        person.looks("phieu-giay-ben-kia");
        assertThat(person.page.locator("main img").count()).isZero();
        person.close();

        var other = desk(ward.otherClerk);
        other.page.navigate("/phieu-giay");
        other.go(paper(other, HOA, "Thủ trưởng đánh giá"));
        other.page.locator("#dong img").waitFor();
        other.page.locator("input[name=muc-1][value='0']").focus();
        for (int item = 1; item <= HOAS.length; item++) {
            other.page.keyboard().press(String.valueOf(HEADS[(item - 1) % HEADS.length]));
        }
        other.looks("phieu-giay-doc");
        other.page.keyboard().press("Control+Enter");
        other.sees("Đã nộp phiếu");
        other.close();
    }

    /** The other clerk has left: a witness compares what the one who is left enters, on the phone. */
    private void theOnlyClerkEntersItWithAWitness() {
        accounts.close(ward.body.tenant, ward.board.accountId(), ward.otherClerk.accountId(), "Nghỉ hưu");
        var person = desk(ward.clerk);
        person.page.navigate("/phieu-giay");
        person.go(paper(person, AN, "Thủ trưởng đánh giá"));
        person.sees("Ba cách để phiếu này vẫn được nhập");
        person.looks("phieu-giay-chung-kien-moi");
        assertThat(person.page.locator("#f-tai-khoan label").allInnerTexts())
                .as("nobody who rates or is rated here is offered")
                .singleElement()
                .asString()
                .contains(HOA);
        person.writes("Vì sao không có người khác nhập", "Phường chỉ còn một văn thư.");
        person.presses("Nhập cùng người chứng kiến");
        person.isTold("Chọn một người chứng kiến trong danh sách.");
        person.page.locator("#f-tai-khoan input").check();
        person.presses("Nhập cùng người chứng kiến");
        person.sees("Anh/chị nhập được phiếu này.");
        person.page.locator("input[name=muc-1][value='0']").focus();
        for (int item = 1; item <= HOAS.length; item++) {
            person.page.keyboard().press(String.valueOf(item == 2 ? 4 : HEADS[(item - 1) % HEADS.length]));
        }
        person.presses("Gửi người chứng kiến");
        person.sees("Đã lưu và gửi người chứng kiến đối chiếu.");
        person.looks("phieu-giay-da-gui");

        var witness = phone(ward.official(HOA));
        witness.page.navigate("/viec");
        witness.follows(witness.page.locator("main"), "Đối chiếu phiếu giấy của " + AN + " với phần đã nhập");
        witness.looks("phieu-giay-doi-chieu");
        assertThat(witness.page.locator("#m-2 ~ p strong").innerText()).isEqualTo("Không áp dụng");
        witness.presses("Chưa đúng");
        witness.isTold("Ghi rõ chưa đúng ở mục nào");
        witness.writes("Chưa đúng ở mục nào", "Mục 2: trên giấy đánh ở ô “Đạt”.");
        witness.presses("Chưa đúng");
        witness.sees("Đã ghi ý kiến chứng kiến.");

        person.page.navigate("/viec");
        person.follows("Người chứng kiến đã trả lời về phiếu giấy của " + AN);
        person.sees("Mục 2: trên giấy đánh ở ô “Đạt”.");
        person.looks("phieu-giay-khac");
        reads(person, 2, "1");
        person.presses("Gửi người chứng kiến");
        witness.page.navigate("/viec");
        witness.follows(witness.page.locator("main"), "Đối chiếu phiếu giấy của " + AN + " với phần đã nhập");
        witness.presses("Đúng với bản giấy");
        witness.sees("Anh/chị đã xác nhận phần nhập đúng với bản giấy.");
        witness.looks("phieu-giay-xac-nhan");
        witness.close();
        person.page.reload();
        person.sees("đã xác nhận đúng với bản giấy");
        person.presses("Nộp theo phiếu");
        person.sees("Đã nộp phiếu");
        person.close();
    }

    /** The person sees item by item what they ticked and what the head did, and the scan it was read from. */
    private void theFiguresAreThoseOnPaper(Place place) {
        var person = phone(ward.official(HOA));
        person.page.navigate("/danh-gia/phieu/" + place.period().code() + "/" + place.formId());
        person.sees("Nhập từ phiếu giấy");
        person.looks("phieu-giay-da-nop");
        List<String> mine = Arrays.stream(HOAS)
                .mapToObj(level -> LEVELS.get(level == 9 ? 1 : level - 1))
                .toList();
        assertThat(person.page
                        .locator(".ass-said tbody tr td[data-label='Tự đánh giá'] strong")
                        .allInnerTexts())
                .isEqualTo(mine);
        assertThat(person.page
                        .locator(".ass-said tbody tr td[data-label='Thủ trưởng đánh giá'] strong")
                        .allInnerTexts())
                .hasSize(HOAS.length)
                .startsWith("Đạt", "Đạt", "Đạt một phần", "Đạt");
        assertThat(person.page.locator("a[href$='/ban-quet/1.pdf']").count()).isEqualTo(2);
        person.close();
    }
}
