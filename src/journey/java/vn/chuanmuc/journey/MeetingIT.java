package vn.chuanmuc.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.poi.xwpf.extractor.XWPFWordExtractor;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Cycles;
import vn.chuanmuc.assessments.Forms;
import vn.chuanmuc.assessments.PanelCycle;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.panels.PanelRule;
import vn.chuanmuc.panels.PanelSettings;
import vn.chuanmuc.rules.Rules;
import vn.chuanmuc.samples.SampleAuthority.Holder;
import vn.chuanmuc.signing.DigitalSamples;
import vn.chuanmuc.signing.SignerConfirmations;
import vn.chuanmuc.signing.TrustList;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;

/** A meeting that assesses together: from convening it to its signed minutes, by six people, with what goes wrong on the way. */
@ProductTest
class MeetingIT {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy", Locale.ROOT);
    private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh"));
    private static final String CHAIR = "Lê Thị Đứng Đầu";
    private static final String SECRETARY = "Trần Thị Hoà";
    private static final String COUNTER = "Đỗ Văn An";
    private static final String OTHER = "Vũ Thị Bình";
    private static final String MEMBER = "Phạm Văn Cường";
    /** Assessed, and no member. */
    private static final String GUEST = "Hoàng Thị Dung";

    private static final String SECOND = "Bùi Văn Lâm";
    private static final List<String> GRADES = List.of("Xuất sắc", "Tốt", "Đạt", "Chưa đạt");
    private static final Holder WRITES = DigitalSamples.holder(SECRETARY);
    private static final Holder PRESIDES = DigitalSamples.holder(CHAIR);

    @LocalServerPort
    int port;

    @Autowired
    TestBodies bodies;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Commitments commitments;

    @Autowired
    Rules rules;

    @Autowired
    Cycles cycles;

    @Autowired
    Forms forms;

    @Autowired
    PanelSettings settings;

    @Autowired
    TrustList trust;

    @Autowired
    SignerConfirmations confirmations;

    @Autowired
    JdbcClient jdbc;

    @SuppressWarnings("NullAway.Init")
    private Chromium chromium;

    @SuppressWarnings("NullAway.Init")
    private PanelCycle cycle;

    @SuppressWarnings("NullAway.Init")
    private Viewer clerk;

    @SuppressWarnings("NullAway.Init")
    private String meeting;

    @BeforeEach
    void aStageThatWaitsForItsMeeting() {
        chromium = new Chromium(port);
        cycle = new PanelCycle(
                bodies.create(),
                campaigns,
                commitments,
                rules,
                cycles,
                forms,
                jdbc,
                SECRETARY,
                COUNTER,
                OTHER,
                MEMBER,
                GUEST,
                SECOND);
        for (String name : List.of(GUEST, MEMBER, SECOND)) {
            cycle.rated(name, 1, 2);
        }
        assertThat(settings.set(
                        cycle.board,
                        new PanelRule(
                                null,
                                TODAY,
                                new PanelRule.Share(2, 3, false),
                                new PanelRule.Share(1, 2, true),
                                PanelRule.Base.RETURNED,
                                true,
                                PanelRule.Hands.COUNTED,
                                5,
                                "Quy chế làm việc")))
                .isInstanceOf(PanelSettings.Setting.Done.class);
        clerk = cycle.body.viewer(Role.CLERK, cycle.body.wardOne);
        DigitalSamples.trust(trust, cycle.body.viewer(Role.ADMINISTRATOR, cycle.body.root), cycle.board);
    }

    @AfterEach
    void close() {
        chromium.close();
    }

    private Person desk(String name) {
        return Person.atTheDesk(chromium).signsIn(cycle.official(name).username(), TestBodies.PASSWORD);
    }

    private Person phone(String name) {
        return Person.onThePhone(chromium).signsIn(cycle.official(name).username(), TestBodies.PASSWORD);
    }

    @Test
    void fromConveningToTheSignedMinutes() {
        convenes();
        isInvited();
        Person secretary = desk(SECRETARY);
        opens(secretary);
        presents(secretary);
        votesByHands(secretary);
        votesBySlips(secretary);
        votesOnPaper(secretary);
        concludes(secretary);
        Map<String, String> figures = makesMinutes(secretary);
        sameOnPaper(secretary, figures);
        signs(secretary);
        secretary.close();
        closes(figures);
    }

    /** A day that there is not, and one counter forgotten. */
    private void convenes() {
        Person head = desk(CHAIR);
        head.page.navigate("/hop");
        head.looks("hop-dang-cho");
        head.go(head.page.locator("main .cm-todo a.btn").first());
        head.writes("Tên cuộc họp", "Họp đánh giá quý IV năm 2021");
        head.writes("Ngày họp", "31/02/2026");
        head.writes("Giờ họp", "14:00");
        head.writes("Địa điểm", "Phòng họp số 1");
        Map.of(CHAIR, "Chủ trì", SECRETARY, "Thư ký", COUNTER, "Kiểm phiếu", MEMBER, "Thành viên")
                .forEach((name, role) -> chooses(head, name, role));
        head.presses("Lưu dự thảo");
        head.isTold("Nhập ngày theo dạng");
        assertThat(head.page.locator("#f-noi").inputValue())
                .as("nothing is lost")
                .isEqualTo("Phòng họp số 1");
        head.looks("hop-du-thao-sai-ngay");
        head.writes("Ngày họp", DAY.format(TODAY));
        head.presses("Lưu dự thảo");
        head.sees("Cần đúng 2 người kiểm phiếu, đang có 1.");
        head.looks("hop-du-thao-thieu");
        head.follows("Sửa dự thảo");
        chooses(head, OTHER, "Kiểm phiếu");
        head.presses("Lưu dự thảo");
        head.sees("Dự thảo đã đủ.");
        head.presses("Triệu tập");
        head.sees("Đã triệu tập");
        head.looks("hop-da-trieu-tap");
        meeting = head.page.url().replaceFirst("https?://[^/]+", "").replaceFirst("\\?.*", "");
        head.close();
    }

    private static void chooses(Person person, String name, String role) {
        Locator select = person.page.getByLabel("Vai trò của " + name);
        String label = select.locator("option").allInnerTexts().stream()
                .filter(option -> option.toLowerCase(Locale.ROOT).contains(role.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow();
        person.hands.choose(select, label);
    }

    private void isInvited() {
        Person member = phone(MEMBER);
        member.page.navigate("/viec");
        member.looks("hop-giay-moi");
        member.go(member.page.getByText("Được triệu tập họp").first());
        member.sees("Phòng họp số 1");
        member.sees(GUEST);
        member.sees("Mục này về chính anh/chị");
        member.looks("hop-thanh-vien");
        member.close();
    }

    /** Two are there at first, which is too few; a time is written wrongly. */
    private void opens(Person secretary) {
        secretary.page.navigate("/viec");
        secretary.go(secretary.page.getByText("Điểm danh và khai mạc").first());
        for (String name : List.of(CHAIR, SECRETARY)) {
            there(secretary, name);
        }
        secretary.presses("Ghi điểm danh");
        secretary.sees("Đã ghi điểm danh.");
        secretary.presses("Khai mạc");
        secretary.isTold("Chưa đủ số người: có mặt 2 trên 5 thành viên có quyền biểu quyết, cần ít nhất 4.");
        secretary.looks("hop-chua-du-nguoi");
        for (String name : List.of(COUNTER, OTHER, MEMBER)) {
            there(secretary, name);
        }
        secretary.hands.write(secretary.page.getByLabel("Giờ đến hoặc giờ rời của " + MEMBER), "hai giờ");
        secretary.presses("Ghi điểm danh");
        secretary.isTold("Giờ ghi theo dạng 14:05.");
        assertThat(secretary
                        .page
                        .getByLabel("Giờ đến hoặc giờ rời của " + MEMBER)
                        .inputValue())
                .isEqualTo("hai giờ");
        secretary.hands.write(secretary.page.getByLabel("Giờ đến hoặc giờ rời của " + MEMBER), "14:20");
        secretary.presses("Ghi điểm danh");
        secretary.presses("Khai mạc");
        secretary.sees("Đã khai mạc.");
        secretary.looks("hop-da-khai-mac");
    }

    private static void there(Person person, String name) {
        person.hands.tick(person.row(name).locator("input[value=co]"));
    }

    /** One after the other, by the arrows of the keyboard. */
    private void presents(Person secretary) {
        secretary.go(secretary.row(GUEST).getByText("Trình bày").first());
        secretary.sees("Tự đánh giá");
        secretary.sees("LỜI-tu-danh-gia");
        secretary.hands.write(secretary.page.locator("#f-y-kien"), "Tiếp dân chu đáo, hồ sơ đúng hẹn.");
        secretary.presses("Ghi ý kiến");
        secretary.sees("Đã ghi ý kiến.");
        secretary.looks("hop-trinh-bay");
        String at = secretary.page.url();
        secretary.page.keyboard().press("ArrowRight");
        secretary.page.waitForURL(url -> !url.equals(at));
        secretary.page.navigate(meeting);
    }

    private static Locator round(Person person, String name) {
        return person.page
                .locator("main form[action$='/luot']")
                .filter(new Locator.FilterOptions().setHasText(name))
                .first();
    }

    private static void counts(Person person, UUID form, String field, int number) {
        person.hands.write(person.page.locator("#" + field + "-" + form), String.valueOf(number));
    }

    private void votesByHands(Person secretary) {
        UUID guest = cycle.form(GUEST);
        // Both guests have the same voters: they would be one round. This one is about the first alone, once more.
        secretary.presses(round(secretary, GUEST), "Giơ tay, không ghi tên");
        secretary.sees("5 người biểu quyết; có mặt 5 trên 5");
        for (String name : List.of(GUEST, SECOND)) {
            UUID form = cycle.form(name);
            counts(secretary, form, "muc0", 3);
            counts(secretary, form, "muc1", 1);
            counts(secretary, form, "muc2", 0);
            counts(secretary, form, "muc3", 0);
            counts(secretary, form, "khong", name.equals(SECOND) ? 1 : 0);
        }
        secretary.presses("Ghi và kết thúc lượt");
        secretary.isTold("cộng lại được 4, nhưng có 5 người được biểu quyết");
        assertThat(secretary.page.locator("#muc0-" + guest).inputValue()).isEqualTo("3");
        assertThat(secretary.page.locator("#khong-" + cycle.form(SECOND)).inputValue())
                .isEqualTo("1");
        secretary.looks("hop-gio-tay-sai-tong");
        counts(secretary, guest, "muc0", 4);
        secretary.presses("Ghi và kết thúc lượt");
        secretary.sees("Xuất sắc: 4/5");
        secretary.looks("hop-gio-tay");
        secretary.follows("Về cuộc họp");
    }

    /** Slips are printed, cut and drawn; everybody votes on a phone, signed in nowhere. */
    private void votesBySlips(Person secretary) {
        secretary.presses(round(secretary, MEMBER), "Phiếu kín bằng mã");
        secretary.sees("Chỉ 4 người được biểu quyết, ít hơn 5");
        List<String> codes = codes(secretary);
        assertThat(codes).as("the member has no vote about themself").hasSize(4);
        // A page that follows by itself is looked at while it stands still: axe leaves empty styles behind, which a
        // swap would set again.
        secretary.page.evaluate("() => document.querySelectorAll('[data-follow]').forEach(e => e.remove())");
        secretary.looks("hop-phieu-kin-cho");
        Locator status = secretary.page.locator("progress");
        for (int at = 0; at < codes.size(); at++) {
            votes(codes.get(at), at == 3 ? "Tốt" : "Xuất sắc", at == 0);
        }
        secretary.page.reload();
        assertThat(status.getAttribute("value")).isEqualTo("4");
        Person late = Person.onThePhone(chromium);
        late.page.navigate("/bo-phieu");
        late.writes("Mã trên phiếu", codes.getFirst());
        late.presses("Mở phiếu");
        late.sees("Mã này đã được dùng");
        late.close();
        secretary.presses("Kết thúc và kiểm phiếu");
        secretary.sees("Xuất sắc: 3 trên 4");
        secretary.looks("hop-phieu-kin-kiem");
        secretary.follows("Về cuộc họp");
    }

    private static List<String> codes(Person secretary) {
        Download slips = secretary.page.waitForDownload(() -> secretary.hands.press(secretary.page.getByRole(
                AriaRole.BUTTON, new com.microsoft.playwright.Page.GetByRoleOptions().setName("In phiếu mã (PDF)"))));
        try (var pdf = Loader.loadPDF(Files.readAllBytes(slips.path()))) {
            return new PDFTextStripper()
                    .getText(pdf)
                    .lines()
                    .map(String::strip)
                    .filter(line -> line.matches("[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By keyboard at 390 px. @param clumsy mistypes the code, and sends before choosing */
    private void votes(String code, String grade, boolean clumsy) {
        Person phone = Person.onThePhone(chromium);
        phone.page.navigate("/bo-phieu");
        if (clumsy) {
            phone.looks("hop-bo-phieu-ma");
            phone.writes("Mã trên phiếu", "K7QX");
            phone.presses("Mở phiếu");
            phone.isTold("Mã gồm 12 chữ và số");
        }
        phone.writes("Mã trên phiếu", code.toLowerCase(Locale.ROOT));
        phone.presses("Mở phiếu");
        phone.sees(MEMBER);
        if (clumsy) {
            phone.presses("Bỏ phiếu");
            phone.isTold("Chưa chọn về " + MEMBER);
            phone.looks("hop-bo-phieu");
        }
        phone.ticks(grade);
        phone.presses("Bỏ phiếu");
        phone.sees("Phiếu của anh/chị đã vào hòm.");
        if (clumsy) {
            phone.looks("hop-bo-phieu-xong");
        }
        phone.close();
    }

    /** Once more about one of the guests, on paper: a paper is miscounted, and one of the two who counted says so. */
    private void votesOnPaper(Person secretary) {
        UUID form = cycle.form(SECOND);
        secretary.opens(secretary.page.locator("main"), "Biểu quyết lại về một người");
        secretary.presses(round(secretary, SECOND), "Phiếu giấy");
        papers(secretary, form, 6, 5, 4, 1);
        secretary.presses("Ghi, gửi người kiểm phiếu");
        secretary.isTold("phát ra 6");
        assertThat(secretary.page.locator("#thu-" + form).inputValue()).isEqualTo("5");
        secretary.looks("hop-phieu-giay-sai");
        papers(secretary, form, 5, 5, 4, 1);
        secretary.presses("Ghi, gửi người kiểm phiếu");
        secretary.sees("Lượt kết thúc khi cả hai người xác nhận số liệu đúng.");
        String at = secretary.page.url().replaceFirst("https?://[^/]+", "").replaceFirst("\\?.*", "");

        Person counter = phone(COUNTER);
        counter.page.navigate("/viec");
        counter.go(counter.page.getByText("Xác nhận số đếm biểu quyết").first());
        counter.page.navigate(at);
        counter.ticks("Không đúng");
        counter.presses("Trả lời");
        counter.isTold("Nêu chỗ không đúng");
        counter.writes("Chỗ không đúng", "Có hai phiếu ghi Tốt.");
        counter.looks("hop-kiem-phieu-khong-dung");
        counter.presses("Trả lời");
        counter.sees("Đã ghi câu trả lời của anh/chị.");

        secretary.page.navigate(at);
        secretary.sees("Có hai phiếu ghi Tốt.");
        papers(secretary, form, 5, 5, 3, 2);
        secretary.writes("Vì sao sửa", "Đếm lại cùng người kiểm phiếu");
        secretary.presses("Ghi, gửi người kiểm phiếu");
        Person other = phone(OTHER);
        for (Person one : List.of(counter, other)) {
            one.page.navigate(at);
            one.ticks("Đúng");
            one.presses("Trả lời");
            one.sees("Đã ghi câu trả lời của anh/chị.");
            one.close();
        }
        secretary.page.navigate(at);
        secretary.sees("Xuất sắc: 3/5");
        secretary.looks("hop-phieu-giay");
        secretary.follows("Về cuộc họp");
    }

    private static void papers(Person secretary, UUID form, int issued, int returned, int best, int second) {
        counts(secretary, form, "phat", issued);
        counts(secretary, form, "thu", returned);
        counts(secretary, form, "muc0", best);
        counts(secretary, form, "muc1", second);
        counts(secretary, form, "muc2", 0);
        counts(secretary, form, "muc3", 0);
        counts(secretary, form, "khong", 0);
    }

    /** As suggested; and once otherwise, which wants a reason. */
    private void concludes(Person secretary) {
        secretary.presses("Lập biên bản");
        secretary.isTold("Còn 3 người chưa có kết luận");
        for (String name : List.of(GUEST, MEMBER, SECOND)) {
            secretary.go(secretary.row(name).getByText("Trình bày").first());
            secretary.ticks(name.equals(SECOND) ? "Tốt" : "Xuất sắc");
            secretary.presses("Ghi kết luận");
            if (name.equals(SECOND)) {
                secretary.isTold("lý do");
                secretary.hands.write(secretary.page.locator("#f-ly-do"), "Có việc chậm hạn trong quý.");
                secretary.looks("hop-ket-luan-ly-do");
                secretary.presses("Ghi kết luận");
            }
            secretary.sees("Đã ghi kết luận.");
            secretary.page.navigate(meeting);
        }
    }

    /** @return what the screen says was voted about each person */
    private Map<String, String> makesMinutes(Person secretary) {
        var figures = new LinkedHashMap<String, String>();
        for (String name : List.of(GUEST, MEMBER, SECOND)) {
            figures.put(
                    name,
                    secretary
                            .row(name)
                            .locator("td[data-label='Số phiếu']")
                            .first()
                            .innerText()
                            .replaceAll("[\\s\u00a0]+", " "));
        }
        assertThat(figures.get(GUEST)).contains("4 Xuất sắc").contains("1 Tốt");
        assertThat(figures.get(MEMBER)).contains("3 Xuất sắc").contains("1 Tốt");
        assertThat(figures.get(SECOND)).contains("3 Xuất sắc").contains("2 Tốt");
        secretary.presses("Lập biên bản");
        secretary.sees("Đã lập biên bản");
        secretary.looks("hop-bien-ban-cho-ky");
        return figures;
    }

    /** The figures of the screen stand in the PDF and in the DOCX. */
    private static void sameOnPaper(Person secretary, Map<String, String> figures) {
        String pdf = Papers.pdf(secretary.downloads("Biên bản (PDF)"));
        String docx = words(secretary.downloads("Biên bản (DOCX)"));
        figures.forEach((name, screen) -> {
            String said = GRADES.stream()
                    .map(grade -> grade + ": " + number(screen, grade))
                    .reduce((one, other) -> one + "; " + other)
                    .orElseThrow();
            for (String paper : List.of(pdf, docx)) {
                assertThat(paper).as(name).contains(name).contains(said);
            }
        });
        for (String paper : List.of(pdf, docx)) {
            assertThat(paper)
                    .contains("BIÊN BẢN")
                    .contains("Tiếp dân chu đáo, hồ sơ đúng hẹn.")
                    .contains("có mặt từ 14 giờ 20")
                    .contains("Có việc chậm hạn trong quý.")
                    .contains("5 trên 5 thành viên có quyền biểu quyết")
                    .contains("Đếm lại cùng người kiểm phiếu");
        }
    }

    private static String number(String screen, String grade) {
        var found = Pattern.compile("(\\d+) " + grade).matcher(screen);
        assertThat(found.find()).as("%s in %s", grade, screen).isTrue();
        return found.group(1);
    }

    private static String words(byte[] docx) {
        try (var document = new XWPFDocument(new java.io.ByteArrayInputStream(docx));
                var words = new XWPFWordExtractor(document)) {
            return words.getText().replaceAll("[\\s\u00a0]+", " ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Digitally: the chair is told to wait, the secretary signs, then the chair signs the same file. */
    private void signs(Person secretary) {
        Person chair = desk(CHAIR);
        chair.page.navigate(meeting);
        chair.sees("Khi ký số, thư ký ký trước");
        chair.looks("hop-ky-cho-thu-ky");
        secretary.presses("Sang trang Ký số");
        secretary.looks("hop-ky-so");
        byte[] first = handsIn(secretary, WRITES, "thuky");
        secretary.sees("văn phòng sẽ xác nhận");
        DigitalSamples.confirmSigners(trust, confirmations, clerk);

        chair.page.navigate(meeting);
        chair.sees("đã ký số");
        chair.presses("Sang trang Ký số");
        byte[] second = handsIn(chair, PRESIDES, "chutri");
        assertThat(second).startsWith(first);
        DigitalSamples.confirmSigners(trust, confirmations, clerk);
        chair.page.navigate(meeting);
        chair.sees("Đã kết thúc");
        chair.looks("hop-da-ky");
        assertThat(chair.downloads("Biên bản đã ký (PDF)")).isEqualTo(second);
        assertThat(chair.downloads("Biên bản (PDF)")).isEqualTo(second);
        chair.close();
    }

    /** What a program elsewhere does: fetches the paper, signs it, and the person brings it. */
    private byte[] handsIn(Person person, Holder holder, String field) {
        String at = person.page.url().replaceFirst("https?://[^/]+", "").replaceFirst("\\?.*", "");
        byte[] paper = person.page
                .context()
                .request()
                .get("http://localhost:" + port + at + "/tep.pdf")
                .body();
        byte[] signed = DigitalSamples.sign(paper, holder, field);
        person.page.locator("#f-tep").setInputFiles(new FilePayload("da-ky.pdf", "application/pdf", signed));
        person.go(person.page.locator("form[action$='/tep'] button[type=submit]"));
        return signed;
    }

    /** A member on the phone sees the end; whoever was assessed still sees nothing about themself. */
    private void closes(Map<String, String> figures) {
        Person member = phone(MEMBER);
        member.page.navigate(meeting);
        member.sees("Đã kết thúc");
        member.sees("Mục này về chính anh/chị");
        member.looks("hop-ket-thuc");
        member.close();
        Person head = Person.atTheDesk(chromium).signsIn(cycle.head.username(), TestBodies.PASSWORD);
        head.page.navigate("/hop");
        head.sees("Đã kết thúc");
        head.looks("hop-danh-sach");
        head.close();
        assertThat(figures).hasSize(3);
    }
}
