package vn.chuanmuc.assessments;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.rules.RuleBook.Among;
import vn.chuanmuc.rules.Rules;
import vn.chuanmuc.rules.Spreadsheet;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;

/** Deciding, approving, telling and seeing, as people use the pages: mistakes keep what was entered, strangers find nothing. */
@ProductTest
class ResultPagesTest {
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
    Accounts accounts;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    AssessmentRecords records;

    @TempDir
    Path folder;

    private DecisionGround ground(@Nullable RuleBook book, String... names) {
        return new DecisionGround(
                bodies.create(), campaigns, commitments, rules, cycles, forms, decisions, results, jdbc, book, names);
    }

    private static String desk(DecisionGround ground) {
        return "/danh-gia/quyet-dinh/" + ground.cycle + "/" + ground.body.wardOne;
    }

    private static String approving(DecisionGround ground) {
        return "/danh-gia/phe-duyet/" + ground.cycle + "/" + ground.body.wardOne;
    }

    private static String result(DecisionGround ground, String name) {
        return "/danh-gia/ket-qua/20214/" + ground.form(name);
    }

    private static String single(DecisionGround ground, String name) {
        return "/danh-gia/quyet-dinh/phieu/20214/" + ground.form(name);
    }

    /** Forms and figures of an open cycle are of the record they were made for: it is not given up meanwhile. */
    @Test
    void aRecordWithAFormInAnOpenCycleIsNotGivenUpForAnother() {
        DecisionGround ground = ground(DecisionGround.points(null, false), HOA, AN);
        ground.in(HOA, 1, 1);
        ground.told(HOA, "tot");
        UUID hoa = AssessmentGround.person(ground.official(HOA));
        UUID an = AssessmentGround.person(ground.official(AN));
        UUID stranger = UUID.randomUUID();
        UUID tenant = ground.body.tenant;
        assertThat(records.objection(tenant, hoa, an)).map(Reason::key).contains("assessments.person.both-in-cycle");
        assertThat(records.objection(tenant, stranger, an))
                .map(Reason::key)
                .contains("assessments.person.keep-that-one");
        assertThat(records.objection(tenant, an, stranger)).isEmpty();
        var page =
                ground.body.browser(ground.ground.board).get("/can-bo/" + hoa).page();
        assertThat(page.select("main a[href=/danh-gia/lich-su/" + hoa + "]").eachText())
                .containsExactly("Kết quả đánh giá quý IV năm 2021, Phường Một");
        assertThat(page.select("main").text()).as("not what it says").doesNotContain("Tốt");
        assertThat(ground.body
                        .browser(ground.ground.board)
                        .get("/can-bo/" + an)
                        .page()
                        .text())
                .contains("Phiếu đánh giá quý IV năm 2021, Phường Một");
    }

    /** Issue 5, Decision: “approval by another person; batch with keyboard for 200 people”. */
    @Test
    void theHeadDecidesDownTheListWithAMistakeLeavesOneAsideAndAnotherPersonApproves() {
        DecisionGround ground =
                ground(DecisionGround.points(DecisionGround.half(Among.LIKE_TASKS), false), HOA, AN, "Vũ Thị Bình");
        for (String name : List.of(HOA, AN, "Vũ Thị Bình")) {
            ground.in(name, 1, 1);
        }
        Browser head = ground.body.browser(ground.ground.head);
        assertThat(head.get("/viec").page().select(".cm-todo").text()).contains("Quyết định mức cho 3 phiếu");
        assertThat(head.get("/danh-gia/quyet-dinh").page().select("tbody tr")).hasSize(1);
        String hoa = ground.form(HOA).toString();
        String an = ground.form(AN).toString();
        String binh = ground.form("Vũ Thị Bình").toString();
        var page = head.get(desk(ground)).page();
        assertThat(page.select("tbody tr")).hasSize(3);
        assertThat(page.select("input[type=radio][checked]"))
                .as("the product never decides")
                .isEmpty();
        assertThat(page.select("tbody").text()).contains("Xuất sắc (10)");
        Browser.Answer preview = head.post(
                desk(ground),
                desk(ground),
                "xem",
                "1",
                "muc-" + hoa,
                "xuat_sac",
                "muc-" + an,
                "xuat_sac",
                "muc-" + binh,
                "tot",
                "rieng-" + binh,
                "1");
        assertThat(preview.status()).isEqualTo(200);
        assertThat(preview.page().select("#phan-bo-so").text())
                .contains("Vượt tỷ lệ")
                .contains("đang 2, được 1 (tính trên 2 người)");
        assertThat(preview.page().select("input[type=radio][checked]")).hasSize(3);
        assertThat(ground.desk().ready()).as("looking decides nothing").isEqualTo(3);

        Browser.Answer wrong = head.post(
                desk(ground),
                desk(ground),
                "xet",
                "khong",
                "muc-" + hoa,
                "xuat_sac",
                "muc-" + an,
                "tot",
                "ly-do-" + hoa,
                "nổi bật",
                "muc-" + binh,
                "dat",
                "rieng-" + binh,
                "1");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.page().select(".alert-danger a[href=#d-" + an + "]").text())
                .contains("mức khác gợi ý (Xuất sắc)");
        assertThat(wrong.page().select("input[name=ly-do-" + hoa + "]").val()).isEqualTo("nổi bật");
        assertThat(wrong.page().select("input[name=muc-" + an + "][checked]").val())
                .isEqualTo("tot");
        assertThat(wrong.page().select("input[name=rieng-" + binh + "][checked]"))
                .hasSize(1);
        assertThat(ground.desk().ready()).isEqualTo(3);

        Browser.Answer done = head.post(
                desk(ground),
                desk(ground),
                "xet",
                "khong",
                "muc-" + hoa,
                "xuat_sac",
                "muc-" + an,
                "tot",
                "ly-do-" + an,
                "chậm hai việc",
                "muc-" + binh,
                "dat",
                "rieng-" + binh,
                "1");
        assertThat(done.path()).endsWith("xong=assessment-decided");
        assertThat(done.page().select("tbody tr"))
                .as("the one left aside waits")
                .hasSize(1);
        Browser.Answer one = head.get(single(ground, "Vũ Thị Bình"));
        assertThat(one.page().text())
                .contains("Gợi ý: Xuất sắc.")
                .contains("kỷ luật, đơn thư")
                .contains("Bị kỷ luật trong quý");
        Browser.Answer again = head.post(
                single(ground, "Vũ Thị Bình"),
                single(ground, "Vũ Thị Bình"),
                "viec-ky_luat",
                "co",
                "xem",
                "1",
                "nhan-xet",
                "Cố gắng");
        assertThat(again.page().text()).contains("Gợi ý: Đạt.");
        assertThat(again.page().select("textarea[name=nhan-xet]").text()).isEqualTo("Cố gắng");
        assertThat(head.post(
                                single(ground, "Vũ Thị Bình"),
                                single(ground, "Vũ Thị Bình"),
                                "viec-ky_luat",
                                "co",
                                "muc",
                                "dat",
                                "nhan-xet",
                                "Cố gắng")
                        .path())
                .endsWith("xong=assessment-decided");

        Browser top = ground.body.browser(ground.ground.top);
        var waiting = top.get(approving(ground)).page();
        assertThat(waiting.select("tbody tr")).hasSize(3);
        assertThat(waiting.select("input[name=y-kien-" + hoa + "][checked]").val())
                .isEmpty();
        assertThat(waiting.text()).contains("chậm hai việc").contains("khác gợi ý");
        Browser.Answer unreasoned = top.post(
                approving(ground),
                approving(ground),
                "ban-" + hoa,
                "1",
                "y-kien-" + hoa,
                "duyet",
                "ban-" + an,
                "1",
                "y-kien-" + an,
                "tra");
        assertThat(unreasoned.status()).isEqualTo(422);
        assertThat(unreasoned
                        .page()
                        .select("input[name=y-kien-" + an + "][checked]")
                        .val())
                .isEqualTo("tra");
        assertThat(unreasoned
                        .page()
                        .select("input[name=y-kien-" + hoa + "][checked]")
                        .val())
                .isEqualTo("duyet");
        assertThat(top.post(
                                approving(ground),
                                approving(ground),
                                "ban-" + hoa,
                                "1",
                                "y-kien-" + hoa,
                                "duyet",
                                "ban-" + an,
                                "1",
                                "y-kien-" + an,
                                "tra",
                                "ly-do-" + an,
                                "xem lại",
                                "ban-" + binh,
                                "1",
                                "y-kien-" + binh,
                                "")
                        .path())
                .endsWith("xong=assessment-approved");
        assertThat(top.get(approving(ground)).page().select("tbody tr")).hasSize(1);
        assertThat(head.get(desk(ground)).page().select("tbody").text())
                .contains(AN)
                .contains("bị trả lại");
    }

    @Test
    void thePersonIsToldSeesLevelRemarksAndComputationConfirmsAndPlansAndTheUnitSeesNameAndLevelOnly()
            throws Exception {
        DecisionGround ground = ground(DecisionGround.points(null, false), HOA, AN);
        ground.in(HOA, 1, 2);
        Browser hoa = ground.body.browser(ground.official(HOA));
        Browser head = ground.body.browser(ground.ground.head);
        head.post(
                single(ground, HOA),
                single(ground, HOA),
                "muc",
                "xuat_sac",
                "ly-do",
                "việc của riêng tổ",
                "nhan-xet",
                "Chủ động, rõ việc");
        assertThat(hoa.get(result(ground, HOA)).status())
                .as("decided is not told")
                .isEqualTo(404);
        ground.approve(ground.ground.top, HOA, 1);
        assertThat(hoa.get(result(ground, HOA)).status())
                .as("approved is not told")
                .isEqualTo(404);
        assertThat(hoa.get("/danh-gia/cong-khai/" + ground.cycle + "/" + ground.body.wardOne)
                        .page()
                        .text())
                .doesNotContain(HOA);
        assertThat(head.get("/viec").page().text()).contains("Thông báo 1 kết quả");

        Browser.Answer unsaid = head.post(
                result(ground, HOA),
                result(ground, HOA) + "/bao",
                "cach",
                "paper",
                "ngay",
                "31/02/2026",
                "nguoi-nhan",
                "bà Hoà");
        assertThat(unsaid.status()).isEqualTo(422);
        assertThat(unsaid.page().select("input[name=nguoi-nhan]").val()).isEqualTo("bà Hoà");
        String today = results.today().format(DAY);
        assertThat(head.post(
                                result(ground, HOA),
                                result(ground, HOA) + "/bao",
                                "cach",
                                "paper",
                                "ngay",
                                today,
                                "nguoi-nhan",
                                "bà Hoà nhận tại phòng")
                        .path())
                .endsWith("xong=assessment-told");
        assertThat(head.post(desk(ground), desk(ground) + "/bao").path()).endsWith("xong=assessment-told");

        assertThat(hoa.get("/viec").page().text()).contains("Xem kết quả đánh giá");
        var page = hoa.get(result(ground, HOA)).page();
        assertThat(page.text())
                .contains("Xuất sắc")
                .contains("Chủ động, rõ việc")
                .contains("(10 + 7,5) / 2")
                .contains("bà Hoà nhận tại phòng")
                .doesNotContain("việc của riêng tổ");
        assertThat(hoa.post(result(ground, HOA), result(ground, HOA) + "/da-xem")
                        .page()
                        .text())
                .contains("Đã xem");
        assertThat(hoa.post(result(ground, HOA), result(ground, HOA) + "/da-xem")
                        .status())
                .isEqualTo(200);
        assertThat(hoa.post(
                                result(ground, HOA),
                                result(ground, HOA) + "/ke-hoach",
                                "ban",
                                "0",
                                "ghi-chu",
                                "Học số hoá",
                                "ke-hoach",
                                "Xong hồ sơ tồn")
                        .path())
                .endsWith("xong=assessment-growth");
        Browser.Answer behind = hoa.post(
                result(ground, HOA),
                result(ground, HOA) + "/ke-hoach",
                "ban",
                "0",
                "ghi-chu",
                "Khác",
                "ke-hoach",
                "Khác nữa");
        assertThat(behind.status()).isEqualTo(422);
        assertThat(behind.page().select("textarea[name=ke-hoach]").text()).isEqualTo("Khác nữa");
        assertThat(head.post(
                                result(ground, HOA),
                                result(ground, HOA) + "/ke-hoach",
                                "ban",
                                "0",
                                "ghi-chu",
                                "Giao thêm việc",
                                "ke-hoach",
                                "Kèm cặp")
                        .path())
                .endsWith("xong=assessment-growth");
        assertThat(head.get(result(ground, HOA)).page().text()).contains("Học số hoá");
        assertThat(hoa.get(result(ground, HOA)).page().text()).contains("Kèm cặp");

        Browser an = ground.body.browser(ground.official(AN));
        assertThat(an.get("/danh-gia/ket-qua")
                        .page()
                        .select("main a[href^=/danh-gia/cong-khai/]")
                        .eachText())
                .as("a colleague finds it who was told nothing yet")
                .containsExactly("Quý IV năm 2021, Phường Một");
        var published = an.get("/danh-gia/cong-khai/" + ground.cycle + "/" + ground.body.wardOne)
                .page();
        assertThat(published.select("tbody tr")).hasSize(1);
        assertThat(published.select("tbody").text())
                .contains(HOA)
                .contains("Xuất sắc")
                .doesNotContain("Chủ động");
        assertThat(an.get(result(ground, HOA)).status()).isEqualTo(404);
        assertThat(hoa.get("/danh-gia/ket-qua").page().select("tbody tr:not(.res-growth)"))
                .hasSize(1);
        assertThat(head.get("/danh-gia/lich-su/" + ground.official(HOA).personId())
                        .page()
                        .text())
                .contains("Quý IV năm 2021");

        Browser.Answer pdf = hoa.get(result(ground, HOA) + "/giay.pdf");
        assertThat(pdf.type()).startsWith("application/pdf");
        try (var document = Loader.loadPDF(pdf.bytes())) {
            assertThat(new PDFTextStripper().getText(document).replaceAll("\\s+", " "))
                    .contains("Trần Thị Hoà")
                    .contains("Xuất sắc")
                    .contains("Chủ động, rõ việc")
                    .contains("(10 + 7,5) / 2")
                    .doesNotContain("việc của riêng tổ");
        }
        assertThat(hoa.get(result(ground, HOA) + "/giay.docx").bytes()).startsWith('P', 'K');
        String code = jdbc.sql("select code from documents.paper where tenant_id = ? and kind = 'ket-qua'")
                .param(ground.body.tenant)
                .query((row, n) -> row.getString(1))
                .single();
        var verified = bodies.stranger().get("/v/" + code).page().text();
        assertThat(verified)
                .contains("Thông báo kết quả đánh giá")
                .doesNotContain(HOA)
                .doesNotContain("Xuất sắc");
    }

    /**
     * Issue 5: “since criteria are uneven, the difference must be explicit and shown”; the computation “with its inputs on every
     * result”. The workbook of a result comes to what was decided about, computed by another program.
     */
    @Test
    void theResultShowsWeightsAndWhatTheyChangeAndItsWorkbookComesToWhatWasDecidedAbout() throws Exception {
        DecisionGround ground = ground(DecisionGround.points(null, false), HOA, AN);
        ground.in(HOA, 1, 2);
        Browser head = ground.body.browser(ground.ground.head);
        for (Element page : List.of(
                head.get(single(ground, HOA)).page(), decidedAndTold(ground).page())) {
            assertThat(page.select("table:has(caption:contains(cách tính trọng số khác)) tbody tr"))
                    .hasSize(3);
            assertThat(page.select("table:has(caption:contains(cách tính trọng số khác)) tbody tr:has(.cm-tag)")
                            .text())
                    .contains("Mọi nội dung ngang nhau")
                    .contains("8,75");
            Elements items = page.select("details:has(summary:contains(Từng nội dung)) tbody tr");
            assertThat(items).hasSize(2);
            assertThat(items.text())
                    .contains("1/2 = 50%")
                    .contains("7,5")
                    .contains(page.select("details:has(summary:contains(Từng nội dung)) th span")
                            .getFirst()
                            .text());
            assertThat(page.select("details:has(summary:contains(Các bước tính))[open]"))
                    .as("a phone shows the level first, and the steps when asked")
                    .isEmpty();
            assertThat(page.select("details:has(summary:contains(Các bước tính)) tbody")
                            .text())
                    .contains("(10 + 7,5) / 2");
        }
        Browser hoa = ground.body.browser(ground.official(HOA));
        String address = hoa.get(result(ground, HOA))
                .page()
                .select("a[href$=bang-tinh.xlsx]")
                .attr("href");
        Path workbook =
                Files.write(folder.resolve("bang-tinh.xlsx"), hoa.get(address).bytes());
        var cells = Spreadsheet.cells(
                Spreadsheet.recomputed(folder, List.of(workbook)).resolve("bang-tinh.xlsx"));
        String kept = jdbc.sql("""
                        select content::jsonb -> 'suggestion' -> 'result' ->> 'value' from assessments.decision
                        where tenant_id = ? and form_id = ?
                        """)
                .params(ground.body.tenant, ground.form(HOA))
                .query((row, n) -> row.getString(1))
                .single();
        String row = cells.entrySet().stream()
                .filter(cell -> "Kết quả".equals(cell.getValue().getText()))
                .map(cell -> cell.getKey().substring(1))
                .findFirst()
                .orElseThrow();
        assertThat(Spreadsheet.number(Objects.requireNonNull(cells.get("C" + row))))
                .as("as LibreOffice computes it")
                .isEqualByComparingTo(kept);
        assertThat(Spreadsheet.number(Objects.requireNonNull(cells.get("E" + row))))
                .isEqualByComparingTo(kept);
        assertThat(cells.values().stream().map(cell -> String.valueOf(cell.getValue())))
                .noneMatch(words -> words.contains(HOA));
        assertThat(ground.body.browser(ground.official(AN)).get(address).status())
                .isEqualTo(404);
        hoa.get("/ngon-ngu?l=en");
        assertThat(hoa.get(result(ground, HOA)).page().select(".rul-formula").text())
                .as("one notation on a page")
                .contains("(10 + 7.5) / 2")
                .doesNotContain("7,5");
    }

    /** Issue 5, “rules as data … naming their legal basis”: whoever is assessed by them may read them, and tries nothing else. */
    @Test
    void whoIsAssessedReadsTheVeryRulesTheyAreAssessedByFromFormResultAndTriesThemOut() {
        DecisionGround ground = ground(DecisionGround.points(null, false), HOA, AN);
        ground.in(HOA, 1, 2);
        Browser hoa = ground.body.browser(ground.official(HOA));
        String sheet = "/danh-gia/phieu/20214/" + ground.form(HOA);
        String read = hoa.get(sheet).page().select("a[href^=/quy-tac/]").attr("href");
        Browser.Answer book = hoa.get(read);
        assertThat(book.status()).isEqualTo(200);
        assertThat(book.text()).contains("Bị kỷ luật trong quý").contains("Tự đánh giá");
        assertThat(book.page().select("main form[method=post], main a[href^=/quy-tac/moi], main a[href*=so-sanh]"))
                .as("read, and no more")
                .isEmpty();
        assertThat(book.page().select("main a[href=/danh-gia]")).isNotEmpty();
        assertThat(hoa.get(read + "/thu").status()).isEqualTo(200);
        assertThat(hoa.get("/quy-tac").status()).isEqualTo(403);
        assertThat(hoa.get(read + "/so-sanh/" + Rules.DEFAULT_ID).status()).isEqualTo(403);
        Browser an = ground.body.browser(ground.official(AN));
        assertThat(an.get("/danh-gia/phieu/20214/" + ground.form(AN) + "/tu-danh-gia")
                        .page()
                        .select("a[href=" + read + "]"))
                .hasSize(1);
        assertThat(decidedAndTold(ground).page().select("a[href=" + read + "]")).hasSize(1);

        Viewer one = ground.body.viewer(Role.BOARD, ground.body.root);
        if (rules.enter(
                        one,
                        ground.body.root,
                        DecisionGround.points(null, true),
                        results.today().plusDays(1),
                        null,
                        "")
                instanceof Rules.Saved.Done(var other)) {
            assertThat(hoa.get("/quy-tac/" + other).status())
                    .as("nobody is assessed by these")
                    .isEqualTo(404);
        } else {
            throw new AssertionError("the other book is whole");
        }
        var elsewhere = bodies.create();
        Browser stranger = elsewhere.browser(elsewhere.official(
                elsewhere.person("Lý Văn Xa", elsewhere.wardOne, elsewhere.partyBloc, elsewhere.staff)));
        assertThat(stranger.get(read).status()).as("another body").isEqualTo(404);
    }

    /** Issue 5: “the product suggests, never decides”; “petition: file within the clock (working days)”: the paper says both as they are. */
    @Test
    void theNoticeSaysThatTheDecisionIsNotWhatTheRulesSuggestAndHowManyDaysThereAreToFile() throws Exception {
        DecisionGround ground = ground(DecisionGround.points(null, false), HOA, AN);
        ground.in(HOA, 1, 2);
        ground.in(AN, 1, 1);
        ground.told(HOA, "dat");
        ground.told(AN, "xuat_sac");
        String days = "trong " + Rules.shipped().book().clocks().file() + " ngày làm việc";
        assertThat(letter(ground, HOA))
                .contains("Gợi ý theo bộ quy tắc là “Xuất sắc”; người có thẩm quyền quyết định “Đạt”.")
                .contains(days)
                .contains("toàn văn ở trang kết quả, mục Bộ quy tắc")
                .contains("Mọi nội dung ngang nhau (trung bình các nội dung): 8,75 (đang dùng)")
                .contains("Khá, 7,5 điểm, phần trong kết quả 1/2");
        assertThat(letter(ground, AN)).contains(days).doesNotContain("Gợi ý theo bộ quy tắc");
    }

    private static String letter(DecisionGround ground, String name) throws Exception {
        Browser browser = ground.body.browser(ground.official(name));
        try (var document =
                Loader.loadPDF(browser.get(result(ground, name) + "/giay.pdf").bytes())) {
            return new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
        }
    }

    private Browser.Answer decidedAndTold(DecisionGround ground) {
        ground.told(HOA, "xuat_sac");
        return ground.body.browser(ground.official(HOA)).get(result(ground, HOA));
    }

    @Test
    void hostileInputIsAnsweredWithAPageAndChangesNothing() {
        DecisionGround ground = ground(null, HOA, AN);
        ground.in(HOA, 1, 2);
        Browser head = ground.body.browser(ground.ground.head);
        String hoa = ground.form(HOA).toString();
        assertThat(head.post(desk(ground), desk(ground)).status())
                .as("nothing chosen")
                .isEqualTo(422);
        assertThat(head.post(desk(ground), desk(ground), "muc-abc", "dat", "muc-", "x")
                        .status())
                .isEqualTo(422);
        assertThat(head.post(desk(ground), desk(ground), "muc-" + new UUID(9, 9), "dat")
                        .status())
                .isEqualTo(404);
        assertThat(head.post(desk(ground), desk(ground), "muc-" + ground.form(AN), "dat")
                        .page()
                        .text())
                .contains("chưa nộp đủ");
        Browser.Answer markup = head.post(
                desk(ground), desk(ground), "muc-" + hoa, "<b>", "ly-do-" + hoa, "<script>alert(1)</script>\u0000");
        assertThat(markup.status()).isEqualTo(422);
        assertThat(markup.page().select("script:not([src])")).isEmpty();
        assertThat(markup.page().select("input[name=ly-do-" + hoa + "]").val()).contains("<script>alert(1)</script>");
        assertThat(head.get(desk(ground) + "?trang=999999999&loc=xyz&tim=%25%27")
                        .status())
                .isEqualTo(200);
        assertThat(head.get("/danh-gia/ket-qua/99999/" + hoa).status()).isEqualTo(404);
        assertThat(head.get("/danh-gia/quyet-dinh/khong/" + hoa).status()).isEqualTo(404);
        assertThat(head.post(single(ground, HOA), single(ground, HOA) + "/don-vi", "muc-don-vi", "dat", "can-cu", "x")
                        .status())
                .as("no head, no bound")
                .isIn(403, 404);
        assertThat(head.post(single(ground, HOA), single(ground, HOA) + "/phe-duyet", "y-kien", "x")
                        .status())
                .isIn(403, 422);
        Browser board = ground.body.browser(ground.ground.board);
        Browser.Answer signs = board.post(
                "/danh-gia/dau-hieu", "/danh-gia/dau-hieu", "tu-ngay", "hôm nay", "giay", "-1", "nguoi", "x");
        assertThat(signs.status()).isEqualTo(422);
        assertThat(signs.page().select("input[name=tu-ngay]").val()).isEqualTo("hôm nay");
        assertThat(ground.desk().ready()).isOne();
    }

    /** Issue 5, Decision: disqualifiers are shown to who decides; what nobody looked at is not told to anybody as “Không”. */
    @Test
    void theListAsksOnceWhetherDisqualifiersWereLookedAtAndThePersonReadsTheAnswer() {
        DecisionGround ground = ground(DecisionGround.points(null, false), HOA, AN, "Vũ Thị Bình");
        for (String name : List.of(HOA, AN, "Vũ Thị Bình")) {
            ground.in(name, 1, 2);
        }
        Browser head = ground.body.browser(ground.ground.head);
        var page = head.get(desk(ground)).page();
        assertThat(page.select("#f-xet").text())
                .contains("Bị kỷ luật trong quý")
                .contains("mức cao nhất còn lại: Đạt");
        assertThat(page.select("#f-xet input[checked]"))
                .as("nobody looked before they say so")
                .isEmpty();
        String hoa = "muc-" + ground.form(HOA);
        String reason = "ly-do-" + ground.form(HOA);
        Browser.Answer unsaid = head.post(desk(ground), desk(ground), hoa, "tot", reason, "còn chậm");
        assertThat(unsaid.status()).isEqualTo(422);
        assertThat(unsaid.page().select(".alert-danger").text()).contains("Trường hợp giữ mức thấp lại");
        assertThat(unsaid.page().select("input[name=" + hoa + "][checked]").val())
                .isEqualTo("tot");
        assertThat(unsaid.page().select("input[name=" + reason + "]").val()).isEqualTo("còn chậm");
        assertThat(ground.desk().in(LevelDecisions.State.DECIDED)).isZero();
        head.post(desk(ground), desk(ground), hoa, "tot", reason, "còn chậm", "xet", "chua");
        String an = ground.form(AN).toString();
        head.post(desk(ground), desk(ground), "muc-" + an, "tot", "ly-do-" + an, "còn chậm", "xet", "khong");
        head.post(single(ground, "Vũ Thị Bình"), single(ground, "Vũ Thị Bình"), "viec-ky_luat", "co", "muc", "dat");
        assertThat(ground.desk().in(LevelDecisions.State.DECIDED)).isEqualTo(3);
        Browser top = ground.body.browser(ground.ground.top);
        var waiting = top.get(approving(ground)).page();
        assertThat(waiting.select("#d-" + ground.form(HOA)).text()).contains("Chưa xem xét Bị kỷ luật trong quý");
        assertThat(waiting.select("#d-" + ground.form(AN)).text()).doesNotContain("kỷ luật");
        assertThat(waiting.select("#d-" + ground.form("Vũ Thị Bình")).text())
                .as("the suggestion is the one that was decided by")
                .contains("Thuộc trường hợp Bị kỷ luật trong quý")
                .doesNotContain("khác gợi ý");
        for (String name : List.of(HOA, AN, "Vũ Thị Bình")) {
            ground.approve(ground.ground.top, name, 1);
        }
        head.post(desk(ground), desk(ground) + "/bao");
        assertThat(told(ground, HOA))
                .contains("Chưa biết Bị kỷ luật trong quý (chưa ai xem xét)")
                .doesNotContain("Không Bị kỷ luật");
        assertThat(told(ground, AN)).contains("Không Bị kỷ luật trong quý").doesNotContain("chưa ai xem xét");
        assertThat(told(ground, "Vũ Thị Bình")).contains("Có Bị kỷ luật trong quý");
    }

    private String told(DecisionGround ground, String name) {
        return ground.body
                .browser(ground.official(name))
                .get(result(ground, name))
                .page()
                .select("main")
                .text();
    }

    /** Issue 5: the direct superior rates and decides about heads; where there is none, whoever is named in that place does both. */
    @Test
    void theTopmostHeadIsDecidedAboutByWhoWasNamedApprovedByTheBoardAndTold() {
        var ground = new AssessmentGround(bodies.create(), campaigns, commitments, jdbc, HOA).signed();
        accounts.close(ground.body.tenant, ground.board.accountId(), ground.top.accountId(), "nghỉ hưu");
        UUID cycle = ground.opened(cycles);
        UUID form = ground.form(cycle, ground.head);
        Viewer named = ground.body.viewer(
                Role.HEAD,
                ground.body.wardTwo,
                ground.body.person(
                        "Ngô Thị Được Giao", ground.body.wardTwo, ground.body.partyBloc, ground.body.secretary));
        String one = "/danh-gia/quyet-dinh/phieu/20214/" + form;
        Browser stranger = ground.body.browser(named);
        assertThat(stranger.get(one).status()).isEqualTo(404);
        assertThat(forms.delegate(
                        ground.board,
                        AssessmentGround.QUARTER,
                        form,
                        DecisionGround.SUPERIOR,
                        named.username(),
                        "không có cấp trên trong hệ thống",
                        "CV 12"))
                .isInstanceOf(Cycles.Done.Now.class);
        Browser board = ground.body.browser(ground.board);
        assertThat(board.get("/danh-gia/phieu/20214/" + form).page().text())
                .contains("được giao đánh giá và quyết định")
                .doesNotContain("(thay thủ trưởng )");
        handsIn(ground.head, form, DecisionGround.SELF);
        handsIn(named, form, DecisionGround.SUPERIOR);
        assertThat(stranger.get("/viec").page().text()).contains("Quyết định mức cho 1 phiếu");
        String desk = "/danh-gia/quyet-dinh/" + cycle + "/" + ground.body.root;
        assertThat(stranger.get("/danh-gia/quyet-dinh").page().select("a[href='" + desk + "']"))
                .isNotEmpty();
        assertThat(stranger.get(desk).page().select("tbody tr[data-decide]")).hasSize(1);
        assertThat(ground.body.browser(ground.head).get(one).status())
                .as("nobody decides about themself")
                .isEqualTo(404);
        assertThat(board.get(one).page().select("input[name=muc]"))
                .as("the board reads and does not decide")
                .isEmpty();
        assertThat(stranger.post(one, one, "muc", "dat").path()).endsWith("xong=assessment-decided");
        String approving = "/danh-gia/phe-duyet/" + cycle + "/" + ground.body.root;
        assertThat(stranger.get(approving).page().select("input[value=duyet]")).isEmpty();
        assertThat(board.get("/danh-gia/quyet-dinh").page().select("a[href='" + approving + "']"))
                .isNotEmpty();
        assertThat(board.post(approving, approving, "ban-" + form, "1", "y-kien-" + form, "duyet")
                        .path())
                .endsWith("xong=assessment-approved");
        assertThat(stranger.post(desk, desk + "/bao").path()).endsWith("xong=assessment-told");
        assertThat(ground.body
                        .browser(ground.head)
                        .get("/danh-gia/ket-qua/20214/" + form)
                        .page()
                        .text())
                .contains("Đạt");
    }

    private void handsIn(Viewer viewer, UUID form, String stage) {
        assertThat(forms.handIn(
                        viewer,
                        AssessmentGround.QUARTER,
                        form,
                        stage,
                        0,
                        AssessmentGround.draft(1, 2, 1),
                        true,
                        java.time.Instant.now().minusSeconds(300)))
                .isInstanceOf(Forms.HandingIn.Done.class);
    }

    /** What was written with a decision that was sent back is mended; what comes too late is shown, not dropped. */
    @Test
    void wordsOfADecisionAreKeptWhenItIsSentBackAndWhenTheyComeTooLate() {
        DecisionGround ground = ground(null, HOA, AN);
        ground.in(HOA, 1, 2);
        ground.in(AN, 1, 2);
        Browser head = ground.body.browser(ground.ground.head);
        String[] said = {"muc", "dat", "ly-do", "đủ việc", "nhan-xet", "Rõ việc"};
        head.post(single(ground, HOA), single(ground, HOA), said);
        assertThat(head.post(single(ground, AN), single(ground, HOA), said).path())
                .as("a second click")
                .endsWith("xong=assessment-decided");
        Browser.Answer late = head.post(
                single(ground, AN),
                single(ground, HOA),
                "muc",
                "dat",
                "ly-do",
                "đủ việc, đúng hạn",
                "nhan-xet",
                "Tốt hơn");
        assertThat(late.status()).isEqualTo(422);
        assertThat(late.page().select("main").text())
                .contains("đang chờ phê duyệt")
                .contains("Vừa nhập, chưa ghi")
                .contains("đủ việc, đúng hạn")
                .contains("Tốt hơn");
        Browser.Answer late2 = head.post(
                desk(ground),
                desk(ground),
                "muc-" + ground.form(HOA),
                "dat",
                "ly-do-" + ground.form(HOA),
                "lý do khác");
        assertThat(late2.status()).isEqualTo(422);
        assertThat(late2.page().select("#d-" + ground.form(HOA)).text()).contains("lý do khác");

        ground.sendBack(ground.ground.top, HOA, 1, "xem lại");
        var again = head.get(single(ground, HOA)).page();
        assertThat(again.select("textarea[name=ly-do]").text()).isEqualTo("đủ việc");
        assertThat(again.select("textarea[name=nhan-xet]").text()).isEqualTo("Rõ việc");
        assertThat(again.select("input[name=muc][checked]"))
                .as("the level is chosen anew")
                .isEmpty();
        assertThat(head.get(desk(ground))
                        .page()
                        .select("input[name=ly-do-" + ground.form(HOA) + "]")
                        .val())
                .isEqualTo("đủ việc");
        head.post(
                desk(ground),
                desk(ground),
                "muc-" + ground.form(HOA),
                "dat_mot_phan",
                "ly-do-" + ground.form(HOA),
                "đã xem lại");
        var newest = results.sheet(ground.ground.top, AssessmentGround.QUARTER, ground.form(HOA))
                .versions()
                .getFirst();
        assertThat(newest.version()).isEqualTo(2);
        assertThat(newest.reason()).isEqualTo("đã xem lại");
        assertThat(newest.remark()).as("the list has no field for it").isEqualTo("Rõ việc");
    }

    /** Issue 5, Decision: approval by another person, who says so of each; nothing is approved because nobody unticked it. */
    @Test
    void whoeverApprovesFindsNothingChosenAndChoosesPlainLinesTogether() {
        DecisionGround ground = ground(null, HOA, AN);
        for (String name : List.of(HOA, AN)) {
            ground.in(name, ground.official(name), DecisionGround.SELF, 1, 2);
            ground.in(name, ground.ground.head, DecisionGround.HEAD, 2, name.equals(HOA) ? 1 : 2);
        }
        ground.decide(ground.ground.head, ground.choice(HOA, "dat", ""), ground.choice(AN, "dat", "có lý do riêng"));
        Browser top = ground.body.browser(ground.ground.top);
        var page = top.get(approving(ground)).page();
        assertThat(page.select("input[value=duyet][checked], input[value=tra][checked]"))
                .isEmpty();
        assertThat(page.text()).contains("phím 1 phê duyệt").contains("cho 1 dòng không có gì phải xem riêng");
        String hoa = ground.form(HOA).toString();
        String an = ground.form(AN).toString();
        String[] fields = {
            "ban-" + hoa, "1", "y-kien-" + hoa, "", "ban-" + an, "1", "y-kien-" + an, "", "ly-do-" + an, "hỏi lại"
        };
        assertThat(top.post(approving(ground), approving(ground), fields).status())
                .as("nothing said, nothing approved")
                .isEqualTo(422);
        var choose = new ArrayList<>(List.of(fields));
        choose.addAll(List.of("chon", "1"));
        var chosen = top.post(approving(ground), approving(ground), choose.toArray(String[]::new))
                .page();
        assertThat(chosen.select("input[value=duyet][checked]").eachAttr("name"))
                .containsExactly("y-kien-" + hoa);
        assertThat(chosen.select("input[name=ly-do-" + an + "]").val()).isEqualTo("hỏi lại");
        assertThat(ground.desk().in(LevelDecisions.State.APPROVED))
                .as("choosing approves nothing")
                .isZero();
    }

    @Test
    void aWholeListIsDecidedAboutInOneGo() {
        var names = new ArrayList<String>();
        for (int i = 0; i < LevelDecisions.MOST_AT_ONCE; i++) {
            names.add("Nguyễn Văn " + (char) ('A' + i / 26) + (char) ('a' + i % 26));
        }
        DecisionGround ground = ground(null, names.toArray(String[]::new));
        names.forEach(name -> ground.in(name, 1, 2));
        var fields = new ArrayList<String>();
        for (String name : names) {
            fields.add("muc-" + ground.form(name));
            fields.add("dat");
            fields.add("ly-do-" + ground.form(name));
            fields.add("");
        }
        Browser head = ground.body.browser(ground.ground.head);
        assertThat(head.get(desk(ground)).page().select("tbody tr")).hasSize(names.size());
        assertThat(head.post(desk(ground), desk(ground), fields.toArray(String[]::new))
                        .path())
                .endsWith("xong=assessment-decided");
        assertThat(ground.desk().in(LevelDecisions.State.DECIDED)).isEqualTo(names.size());
    }

    @Test
    void theEnglishPagesSpeakEnglish() {
        DecisionGround ground = ground(null, HOA);
        ground.in(HOA, 1, 2);
        Browser head = ground.body.browser(ground.ground.head);
        head.get("/ngon-ngu?l=en&ve=/viec");
        assertThat(head.get(desk(ground)).page().text())
                .contains("Record decisions")
                .contains("No suggestion");
        assertThat(head.get(single(ground, HOA)).page().text()).contains("What the suggestion does not know");
    }
}
