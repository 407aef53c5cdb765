package vn.chuanmuc.petitions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.text.Normalizer;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Cycles;
import vn.chuanmuc.assessments.Forms;
import vn.chuanmuc.assessments.LevelDecisions;
import vn.chuanmuc.assessments.PetitionGround;
import vn.chuanmuc.assessments.Results;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.rules.Rules;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.VeraPdf;

/** Petitions as people use the pages, without a script: mistakes keep what was entered, strangers find nothing. */
@ProductTest
class PetitionPagesTest {
    private static final String HOA = "Trần Thị Hoà";
    private static final String AN = "Đỗ Văn An";
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy");

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
    LevelDecisions decisions;

    @Autowired
    Results results;

    @Autowired
    Petitions petitions;

    @Autowired
    JdbcClient jdbc;

    private PetitionGround ground(String... names) {
        var ground = new PetitionGround(
                bodies.create(), campaigns, commitments, rules, cycles, forms, decisions, results, jdbc, null, names);
        for (String name : names) {
            ground.told(name, "dat_mot_phan");
        }
        return ground;
    }

    private static String result(PetitionGround ground, String name) {
        return "/danh-gia/ket-qua/20214/" + ground.form(name);
    }

    /** From the page of one's result to a draft; its address. */
    private static String draft(PetitionGround ground, Browser browser, String name) {
        String begin = Objects.requireNonNull(
                        browser.get(result(ground, name)).page().selectFirst("a[href^=/kien-nghi/moi/]"))
                .attr("href");
        Browser.Answer page = browser.get(begin);
        assertThat(page.page().text()).contains("5 ngày làm việc").contains("chưa có căn cứ");
        Browser.Answer written = browser.post(begin, begin);
        assertThat(written.path()).endsWith("/soan");
        return written.path();
    }

    private static String filed(PetitionGround ground, Browser browser, String name) {
        String draft = draft(ground, browser, name);
        Browser.Answer filed =
                browser.post(draft, draft, "viec", "nop", "ban", "0", "ca-muc", "co", "can-cu", "Chưa đúng");
        assertThat(filed.path()).endsWith("xong=petition-filed");
        return filed.path().substring(0, filed.path().indexOf('?'));
    }

    private static String step(Browser browser, String at) {
        return Objects.requireNonNull(browser.get(at).page().selectFirst("input[name=buoc]"))
                .val();
    }

    @Test
    void fromTheResultToTheAnswerOnPagesOnly() throws IOException {
        var ground = ground(HOA);
        Browser hoa = ground.body.browser(ground.official(HOA));
        String draft = draft(ground, hoa, HOA);
        Browser.Answer wrong = hoa.post(draft, draft, "viec", "nop", "ban", "0", "can-cu", "Có giấy khen");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.page().select(".alert-danger").text()).contains("ít nhất một nội dung");
        assertThat(wrong.page().select("textarea[name=can-cu]").text()).isEqualTo("Có giấy khen");
        String version = wrong.page().select("input[name=ban]").val();
        String named = Normalizer.normalize("Giấy khen quý IV.png", Normalizer.Form.NFD);
        Browser.Answer attached = hoa.upload(
                draft,
                draft,
                "tep",
                named,
                PetitionGround.picture(),
                "viec",
                "tep",
                "ban",
                version,
                "muc",
                "2",
                "can-cu",
                "Có giấy khen");
        assertThat(attached.path()).endsWith("xong=petition-file-added");
        assertThat(attached.page().select(".pet-files a").text())
                .as("names in NFC")
                .isEqualTo("Giấy khen quý IV.png");
        assertThat(attached.page().select("input[name=muc][checked]").val()).isEqualTo("2");
        Browser.Answer saved = hoa.postWithToken(
                hoa.token(draft), draft + "/tu-luu", "ban", "2", "muc", "2", "can-cu", "Có giấy khen ngày 12/11");
        assertThat(saved.text()).contains("Đã lưu nháp").contains("data-ban=\"3\"");
        Browser.Answer filed = hoa.post(
                draft,
                draft,
                "viec",
                "nop",
                "ban",
                "3",
                "ca-muc",
                "co",
                "muc",
                "2",
                "can-cu",
                "Có giấy khen ngày 12/11");
        assertThat(filed.path()).endsWith("xong=petition-filed");
        String at = filed.path().substring(0, filed.path().indexOf('?'));
        assertThat(hoa.postWithToken(hoa.token(at), draft, "viec", "nop").path())
                .as("a second click")
                .endsWith("xong=petition-filed");
        assertThat(hoa.get(result(ground, HOA)).page().text())
                .contains("Đang có kiến nghị")
                .contains("Kiến nghị nộp ngày " + DAY.format(petitions.today()));
        paper(hoa.get(result(ground, HOA) + "/giay.pdf"), "ĐANG CÓ KIẾN NGHỊ VỀ KẾT QUẢ NÀY");

        Browser clerk = ground.body.browser(ground.clerk);
        assertThat(clerk.get("/viec").page().select(".cm-todo").text()).contains("Biên nhận kiến nghị của " + HOA);
        assertThat(clerk.post(at, at + "/tiep-nhan", "ghi-chu", "Nộp trên hệ thống")
                        .path())
                .endsWith("xong=petition-acknowledged");
        paper(
                hoa.get(at + "/bien-nhan.pdf"),
                "GIẤY BIÊN NHẬN KIẾN NGHỊ",
                "1/" + petitions.today().getYear());

        Browser board = ground.body.browser(ground.board);
        assertThat(board.get(at).page().select("option[value=" + ground.top.username() + "][disabled]"))
                .as("who approved cannot be chosen")
                .hasSize(1);
        assertThat(board.post(at, at + "/giao", "buoc", "2", "nguoi", ground.clerk.username())
                        .path())
                .endsWith("xong=petition-assigned");
        Browser.Answer behind = board.post(at, at + "/giao", "buoc", "2", "nguoi", ground.otherBoard.username());
        assertThat(behind.status()).isEqualTo(422);
        assertThat(behind.page().select(".alert-danger").text()).contains("đã có bước mới");

        Browser.Answer asked = clerk.post(
                at, at + "/hoi", "buoc", "3", "hoi-ai", ground.body.wardOne.toString(), "cau-hoi", "Vì sao?");
        assertThat(asked.path()).endsWith("xong=petition-asked");
        Browser head = ground.body.browser(ground.head);
        assertThat(head.get("/viec").page().select(".cm-todo").text()).contains("Cho ý kiến về kiến nghị của " + HOA);
        String opinion = at + "/y-kien/1";
        assertThat(head.post(opinion, opinion, "y-kien", "Đang tra", "viec", "luu")
                        .page()
                        .select("textarea")
                        .text())
                .isEqualTo("Đang tra");
        assertThat(head.upload(opinion, opinion + "/tep", "tep", "bb.png", PetitionGround.picture())
                        .path())
                .endsWith("xong=petition-file-added");
        assertThat(head.post(opinion, opinion, "y-kien", "Thiếu hai việc", "viec", "gui")
                        .path())
                .endsWith("xong=petition-opinion-given");
        assertThat(hoa.get(at).page().text()).doesNotContain("Thiếu hai việc");
        assertThat(clerk.get(at).page().text()).contains("Thiếu hai việc").contains("Mức ở từng bước");

        Browser.Answer unchosen = clerk.post(at, at + "/de-xuat", "buoc", "5", "ly-do", "Đủ minh chứng");
        assertThat(unchosen.status()).isEqualTo(422);
        assertThat(unchosen.page().select("textarea[name=ly-do]").text()).isEqualTo("Đủ minh chứng");
        assertThat(clerk.post(
                                at,
                                at + "/de-xuat",
                                "buoc",
                                "5",
                                "huong",
                                "change",
                                "muc-moi",
                                "dat",
                                "ly-do",
                                "Đủ minh chứng")
                        .path())
                .endsWith("xong=petition-proposed");
        assertThat(board.get(at).page().select("input[name=huong][checked]").val())
                .isEqualTo("change");
        assertThat(board.post(
                                at,
                                at + "/quyet-dinh",
                                "buoc",
                                step(board, at),
                                "huong",
                                "change",
                                "muc-moi",
                                "dat",
                                "ly-do",
                                "Đủ minh chứng",
                                "nhan-xet",
                                "Tiếp tục phát huy")
                        .path())
                .endsWith("xong=petition-decided");
        assertThat(hoa.get(at).page().text()).doesNotContain("Đủ minh chứng");
        assertThat(board.get(at).page().select("a[href^=/danh-gia/phe-duyet/]")).hasSize(1);
        assertThat(ground.approve(ground.top, HOA, 2)).isTrue();
        Browser.Answer unnumbered = board.post(at, at + "/tra-loi", "buoc", step(board, at));
        assertThat(unnumbered.status())
                .as("no term of the committee is entered")
                .isEqualTo(422);
        assertThat(board.post(at, at + "/tra-loi", "buoc", step(board, at), "khong-so", "co")
                        .path())
                .endsWith("xong=petition-answered");
        assertThat(hoa.get(result(ground, HOA)).page().text())
                .doesNotContain("Đang có kiến nghị")
                .contains("Đã trả lời");
        try (var notice =
                Loader.loadPDF(hoa.get(result(ground, HOA) + "/giay.pdf").bytes())) {
            assertThat(new PDFTextStripper().getText(notice))
                    .as("the notice of the new version")
                    .doesNotContainIgnoringCase("Đang có kiến nghị");
        }
        assertThat(hoa.get(at).page().text()).contains("Đủ minh chứng").contains("Thiếu hai việc");
        byte[] pdf = paper(hoa.get(at + "/tra-loi.pdf"), "Thay đổi mức", "Đủ minh chứng");
        Browser.Answer word = hoa.get(at + "/tra-loi.docx");
        assertThat(word.type()).contains("wordprocessingml");
        try (var text = new org.apache.poi.xwpf.extractor.XWPFWordExtractor(
                new org.apache.poi.xwpf.usermodel.XWPFDocument(new ByteArrayInputStream(word.bytes())))) {
            assertThat(text.getText()).contains("Thay đổi mức").contains("Đủ minh chứng");
        }
        assertThat(paper(hoa.get(at + "/tra-loi.pdf"), "Thay đổi mức")).isEqualTo(pdf);
    }

    /** ADR 0020: a reassessment decides anew and opens no stage; whoever proposes, makes and awaits it is told so, and the answer too. */
    @Test
    void aReassessmentSaysToEverybodyThatTheFormIsNotOpenedAgain() throws IOException {
        var ground = ground(HOA);
        Browser hoa = ground.body.browser(ground.official(HOA));
        String at = filed(ground, hoa, HOA);
        Browser board = ground.body.browser(ground.board);
        board.post(at, at + "/giao", "buoc", "1", "nguoi", ground.clerk.username());
        Browser clerk = ground.body.browser(ground.clerk);
        assertThat(clerk.get(at).page().select(".pet-choices").text())
                .contains("Phiếu không mở lại")
                .contains("có thể bằng mức cũ");
        assertThat(clerk.get(at).page().select("details tbody tr").size())
                .as("whoever looks once more sees what the stages said")
                .isPositive();
        Viewer expert = ground.body.viewer(Role.INSPECTOR, ground.body.root);
        String[] wanted = {
            "buoc",
            step(clerk, at),
            "huong",
            "reassess",
            "ly-do",
            "Chấm chưa đủ minh chứng",
            "danh-gia-lai-khac",
            expert.username(),
            "so-ngay",
            "3"
        };
        Browser.Answer wrongFile = clerk.upload(at, at + "/de-xuat", "tep", "rong.pdf", new byte[0], wanted);
        assertThat(wrongFile.status()).isEqualTo(422);
        assertThat(wrongFile.page().select("textarea[name=ly-do]").text()).isEqualTo("Chấm chưa đủ minh chứng");
        Browser.Answer attached =
                clerk.upload(at, at + "/tai-lieu", "tep", "so-giao-nhan.png", PetitionGround.picture(), wanted);
        assertThat(attached.status()).isEqualTo(200);
        assertThat(attached.page().select("textarea[name=ly-do]").text())
                .as("what was typed beside the file stays")
                .isEqualTo("Chấm chưa đủ minh chứng");
        assertThat(attached.page().select(".pet-file").text()).contains("so-giao-nhan.png");
        assertThat(attached.page().select("input[name=huong][checked]").val()).isEqualTo("reassess");
        assertThat(clerk.upload(at, at + "/de-xuat", "tep", "bien-ban.png", PetitionGround.picture(), wanted)
                        .path())
                .as("a file that was chosen goes with the proposal")
                .endsWith("xong=petition-proposed");
        assertThat(board.get(at).page().select(".pet-files").text())
                .contains("so-giao-nhan.png")
                .contains("bien-ban.png");
        wanted[1] = step(board, at);
        assertThat(board.post(at, at + "/quyet-dinh", wanted).path()).endsWith("xong=petition-decided");
        assertThat(hoa.get(at).page().select(".alert-info").text())
                .contains("Phiếu không mở lại")
                .contains("có thể bằng mức cũ")
                .doesNotContain("Người đánh giá lại:");
        Browser anew = ground.body.browser(expert);
        Browser.Answer page = anew.get(at);
        assertThat(page.text()).contains("Phiếu không mở lại: những gì các bước đã nộp giữ nguyên");
        assertThat(page.page().select("details tbody tr").size()).isPositive();
        Browser.Answer unchosen = anew.post(at, at + "/danh-gia-lai", "buoc", step(anew, at), "ly-do", "Đủ rồi");
        assertThat(unchosen.status()).isEqualTo(422);
        assertThat(unchosen.page().select("textarea[name=ly-do]").text()).isEqualTo("Đủ rồi");
        assertThat(anew.post(
                                at,
                                at + "/danh-gia-lai",
                                "buoc",
                                step(anew, at),
                                "muc-moi",
                                "dat",
                                "ly-do",
                                "Đủ minh chứng",
                                "nhan-xet",
                                "Tiếp tục phát huy")
                        .path())
                .endsWith("xong=petition-reassessed");
        assertThat(ground.approve(ground.top, HOA, 2)).isTrue();
        assertThat(board.post(at, at + "/tra-loi", "buoc", step(board, at), "khong-so", "co")
                        .path())
                .endsWith("xong=petition-answered");
        assertThat(hoa.get(at).page().text())
                .contains("Mức được quyết định lại trên hồ sơ đã có")
                .contains("Tiếp tục phát huy");
        paper(hoa.get(at + "/tra-loi.pdf"), "các bước của phiếu đánh giá đã nộp giữ nguyên, không mở lại");
    }

    /** PDF/A-2a and PDF/UA-1 by another program; the same bytes each time. */
    private static byte[] paper(Browser.Answer answer, String... words) throws IOException {
        assertThat(answer.type()).isEqualTo("application/pdf");
        assertThat(answer.disposition()).startsWith("attachment");
        assertThat(VeraPdf.findings(answer.bytes())).isEmpty();
        try (var pdf = Loader.loadPDF(answer.bytes())) {
            assertThat(new PDFTextStripper().getText(pdf).replaceAll("\\s+", " "))
                    .contains(words);
        }
        return answer.bytes();
    }

    /** Issue 5, Petition: another handler than who decided, and so for who approved: a board member as much as a head. */
    @Test
    void whoApprovedTheLevelDoesNotReadWhatIsSaidAgainstIt() {
        var ground = new PetitionGround(
                bodies.create(), campaigns, commitments, rules, cycles, forms, decisions, results, jdbc, null, HOA);
        // Nobody heads the unit above: then the board approves.
        assertThat(jdbc.sql(
                                "update access.role_grant set valid_from = valid_from - 1, valid_to = valid_from where tenant_id = ? and account_id = ?")
                        .params(ground.body.tenant, ground.top.accountId())
                        .update())
                .isOne();
        ground.told(HOA, "dat_mot_phan", ground.otherBoard);
        String hoa = filed(ground, ground.body.browser(ground.official(HOA)), HOA);
        Browser approver = ground.body.browser(ground.otherBoard);
        assertThat(approver.get(hoa).status()).isEqualTo(404);
        assertThat(approver.get(hoa + "/bien-nhan.pdf").status()).isEqualTo(404);
        assertThat(approver.get("/kien-nghi/so").page().select("tbody tr"))
                .as("that there is one, the register says")
                .hasSize(1);
        Browser board = ground.body.browser(ground.board);
        assertThat(board.get(hoa).page().text()).contains("Chưa đúng");
    }

    @Test
    void theRegisterAndItsWorkbookSayTheSameAndStrangersFindNothing() throws IOException {
        var ground = ground(HOA, AN);
        String hoa = filed(ground, ground.body.browser(ground.official(HOA)), HOA);
        filed(ground, ground.body.browser(ground.official(AN)), AN);
        Browser board = ground.body.browser(ground.board);
        var page = board.get("/kien-nghi/so").page();
        assertThat(page.select("tbody tr")).hasSize(2);
        assertThat(page.text()).contains("Trong hạn: 2").contains("2 kiến nghị");
        assertThat(board.get("/kien-nghi/so?tim=hoa&han=running").page().select("tbody tr"))
                .hasSize(1);
        assertThat(board.get("/kien-nghi/so?han=over").page().select("tbody tr"))
                .isEmpty();
        Browser.Answer file = board.get("/kien-nghi/so.xlsx?tim=hoa&");
        try (var book = new XSSFWorkbook(new ByteArrayInputStream(file.bytes()))) {
            var text = new StringBuilder();
            book.getSheetAt(0)
                    .forEach(row -> row.forEach(cell -> text.append(cell).append('\n')));
            assertThat(text)
                    .contains(HOA)
                    .contains("1 kiến nghị")
                    .contains("Trong hạn: 1")
                    .doesNotContain(AN);
        }
        Viewer otherWard = ground.body.viewer(Role.CLERK, ground.body.wardTwo);
        Browser stranger = ground.body.browser(otherWard);
        assertThat(stranger.get("/kien-nghi/so").page().select("tbody tr")).isEmpty();
        assertThat(stranger.get(hoa).status()).isEqualTo(404);
        assertThat(stranger.get(hoa + "/bien-nhan.pdf").status()).isEqualTo(404);
        Browser an = ground.body.browser(ground.official(AN));
        assertThat(an.get(hoa).status()).isEqualTo(404);
        assertThat(an.post("/tai-khoan", hoa + "/rut").status()).isEqualTo(404);
        Browser decider = ground.body.browser(ground.head);
        assertThat(decider.get(hoa).status())
                .as("who decided sees nothing unless asked")
                .isEqualTo(404);
        Browser inspector = ground.body.browser(ground.body.viewer(Role.INSPECTOR, ground.body.root));
        assertThat(inspector.get(hoa).page().text()).contains("Chưa đúng");
        assertThat(inspector.post("/tai-khoan", hoa + "/giao", "buoc", "1").status())
                .isEqualTo(403);
        assertThat(inspector.post("/tai-khoan", hoa + "/de-xuat", "buoc", "1").status())
                .isEqualTo(403);
        var english = board.get("/ngon-ngu?l=en&ve=/kien-nghi/so").page();
        assertThat(english.select("h1").text()).isEqualTo("Register of petitions");
        assertThat(board.get(hoa).page().text()).contains("Assign a handler").doesNotContain("??");
    }

    /** domain.md 4.9; design.md, Authority. */
    @Test
    void aClerkEntersAPaperAndFindsOnlyResultsOfTheirUnits() {
        var ground = ground(HOA);
        Viewer viewer = ground.body.viewer(Role.CLERK, ground.body.wardOne);
        Browser clerk = ground.body.browser(viewer);
        assertThat(ground.body
                        .browser(ground.body.viewer(Role.CLERK, ground.body.wardTwo))
                        .get("/kien-nghi/giay?tim=hoa")
                        .page()
                        .select("input[type=radio]"))
                .isEmpty();
        assertThat(clerk.post("/kien-nghi/giay?tim=hoa", "/kien-nghi/giay", "tim", "hoa")
                        .page()
                        .select(".alert-danger")
                        .text())
                .contains("Chọn kết quả");
        Browser.Answer draft = clerk.post(
                "/kien-nghi/giay?tim=hoa", "/kien-nghi/giay", "tim", "hoa", "ket-qua", "20214/" + ground.form(HOA));
        assertThat(draft.path()).endsWith("/soan");
        Browser.Answer unread = clerk.post(
                draft.path(), draft.path(), "viec", "luu", "ban", "0", "ngay-nhan", "hôm qua", "can-cu", "Theo đơn");
        assertThat(unread.status()).isEqualTo(422);
        assertThat(unread.page().select("input[name=ngay-nhan]").val()).isEqualTo("hôm qua");
        Browser.Answer filed = clerk.upload(
                draft.path(),
                draft.path(),
                "tep",
                "don.png",
                PetitionGround.picture(),
                "viec",
                "nop",
                "ban",
                unread.page().select("input[name=ban]").val(),
                "ngay-nhan",
                DAY.format(petitions.today()),
                "ca-muc",
                "co",
                "can-cu",
                "Theo đơn",
                "ban-quet",
                "co");
        assertThat(filed.path()).endsWith("xong=petition-filed");
        assertThat(filed.page().text()).contains("Đơn trên giấy");
    }

    /** Whatever is sent as evidence: one clear message, everything written stays, nothing is kept. */
    @Test
    void hostileFilesAreRefusedWithWordsOnEveryWayIn() throws IOException {
        var ground = ground(HOA);
        Browser hoa = ground.body.browser(ground.official(HOA));
        String draft = draft(ground, hoa, HOA);
        for (Map.Entry<String, byte[]> file : hostile().entrySet()) {
            Browser.Answer answer = hoa.upload(
                    draft,
                    draft,
                    "tep",
                    file.getKey(),
                    file.getValue(),
                    "viec",
                    "tep",
                    "ban",
                    version(hoa, draft),
                    "can-cu",
                    "Giữ nguyên chữ này");
            assertThat(answer.status()).as(file.getKey()).isEqualTo(422);
            assertThat(answer.page().select(".alert-danger li"))
                    .as(file.getKey())
                    .hasSize(1);
            assertThat(answer.page().select("textarea[name=can-cu]").text()).isEqualTo("Giữ nguyên chữ này");
        }
        assertThat(jdbc.sql("select count(*) from petitions.attachment where tenant_id = ?")
                        .param(ground.body.tenant)
                        .query((row, n) -> row.getInt(1))
                        .single())
                .isZero();
        Browser.Answer filed = hoa.post(
                draft, draft, "viec", "nop", "ban", version(hoa, draft), "ca-muc", "co", "can-cu", "Chưa đúng");
        String at = filed.path().substring(0, filed.path().indexOf('?'));
        Browser board = ground.body.browser(ground.board);
        board.post(at, at + "/giao", "buoc", "1", "nguoi", ground.clerk.username());
        Browser clerk = ground.body.browser(ground.clerk);
        clerk.post(at, at + "/hoi", "buoc", "2", "hoi-ai", ground.head.username(), "cau-hoi", "Vì sao?");
        Browser head = ground.body.browser(ground.head);
        for (Map.Entry<String, byte[]> file : hostile().entrySet()) {
            assertThat(head.upload(at + "/y-kien/1", at + "/y-kien/1/tep", "tep", file.getKey(), file.getValue())
                            .status())
                    .as(file.getKey())
                    .isEqualTo(422);
            assertThat(clerk.upload(at, at + "/tai-lieu", "tep", file.getKey(), file.getValue())
                            .status())
                    .as(file.getKey())
                    .isEqualTo(422);
            Browser.Answer proposed = clerk.upload(
                    at,
                    at + "/de-xuat",
                    "tep",
                    file.getKey(),
                    file.getValue(),
                    "buoc",
                    "3",
                    "huong",
                    "uphold",
                    "ly-do",
                    "Giữ nguyên chữ này");
            assertThat(proposed.status()).as(file.getKey()).isEqualTo(422);
        }
    }

    private static String version(Browser browser, String draft) {
        return browser.get(draft).page().select("input[name=ban]").val();
    }

    private static Map<String, byte[]> hostile() throws IOException {
        var files = new LinkedHashMap<String, byte[]>();
        files.put("rong.pdf", new byte[0]);
        files.put("ten-pdf-ma-khong-phai.pdf", "không phải PDF".getBytes(UTF_8));
        files.put("cut.pdf", "%PDF-1.7\n".getBytes(UTF_8));
        files.put(
                "chay-lenh.pdf",
                "%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
                        .getBytes(UTF_8));
        files.put("trang.html", "<script>alert(1)</script>".getBytes(UTF_8));
        files.put("anh.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>".getBytes(UTF_8));
        byte[] picture = PetitionGround.picture();
        files.put("anh-cut.png", java.util.Arrays.copyOf(picture, 20));
        byte[] huge = picture.clone(); // claims 60,000 × 60,000 dots
        for (int at : new int[] {16, 20}) {
            huge[at] = 0;
            huge[at + 1] = 0;
            huge[at + 2] = (byte) 0xEA;
            huge[at + 3] = 0x60;
        }
        files.put("anh-khong-lo.png", huge);
        var zip = new ByteArrayOutputStream();
        try (var out = new ZipOutputStream(zip)) {
            out.putNextEntry(new ZipEntry("a"));
            out.write(new byte[1 << 20]);
        }
        files.put("bom.zip", zip.toByteArray());
        files.put("bom-doi-ten.png", zip.toByteArray());
        var large = new byte[(10 << 20) + 1];
        System.arraycopy("%PDF-1.7\n".getBytes(UTF_8), 0, large, 0, 9);
        files.put("lon.pdf", large);
        return files;
    }

    /** domain.md 3 and 4.1: dated settings that name their basis or say “chưa có căn cứ”. */
    @Test
    void theRulesArePageAndDataAndABadOneKeepsWhatWasTyped() {
        var ground = ground();
        Browser board = ground.body.browser(ground.board);
        assertThat(board.get("/kien-nghi/quy-tac").page().text()).contains("Mặc định của phần mềm");
        Browser.Answer wrong = board.post(
                "/kien-nghi/quy-tac",
                "/kien-nghi/quy-tac",
                "tu-ngay",
                DAY.format(petitions.today()),
                "tiep-nhan",
                "nhiều",
                "y-kien",
                "3",
                "muon",
                "0",
                "thu-truong",
                "2",
                "cap-duoi",
                "never",
                "tham-quyen",
                "board",
                "cho-xem",
                "never",
                "can-cu",
                "Quy chế 12");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.page().select("input[name=tiep-nhan]").val()).isEqualTo("nhiều");
        assertThat(board.post(
                                "/kien-nghi/quy-tac",
                                "/kien-nghi/quy-tac",
                                "tu-ngay",
                                DAY.format(petitions.today()),
                                "tiep-nhan",
                                "4",
                                "y-kien",
                                "3",
                                "muon",
                                "0",
                                "thu-truong",
                                "2",
                                "cap-duoi",
                                "never",
                                "tham-quyen",
                                "board",
                                "cho-xem",
                                "never",
                                "can-cu",
                                "Quy chế 12")
                        .path())
                .endsWith("xong=petition-rule-set");
        assertThat(petitions.rule(ground.body.tenant, petitions.today()).acknowledgeDays())
                .isEqualTo(4);
        Browser inspector = ground.body.browser(ground.body.viewer(Role.INSPECTOR, ground.body.root));
        assertThat(inspector.get("/kien-nghi/quy-tac").page().select("form[action=/kien-nghi/quy-tac]"))
                .isEmpty();
    }
}
