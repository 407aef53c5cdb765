package vn.chuanmuc.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xwpf.extractor.XWPFWordExtractor;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Rollups;
import vn.chuanmuc.campaigns.CampaignSamples;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.directory.Lines;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.documents.Bearing;
import vn.chuanmuc.documents.NumberBook;
import vn.chuanmuc.documents.PaperFiles.Format;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.overview.Reports.Issued;
import vn.chuanmuc.overview.Reports.Issuing;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.Recorded;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.VeraPdf;

/** The quarterly report as a paper: issue 5, “official quarterly report in DOCX/PDF/XLSX with figures equal to the screen”. */
@ProductTest
class ReportsTest {
    @Autowired
    TestBodies bodies;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Units units;

    @Autowired
    Rollups rollups;

    @Autowired
    Seals seals;

    @Autowired
    Overview overview;

    @Autowired
    Reports reports;

    @Autowired
    NumberBook book;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Clock clock;

    private OverviewGround ground;
    private UUID cycle;
    private UUID ward;
    private Viewer head;

    @BeforeEach
    void aQuarterWithFigures() {
        ground = new OverviewGround(bodies.create(), campaigns, units, rollups, jdbc);
        cycle = ground.cycle(OverviewGround.QUARTER);
        ground.leaders(OverviewGround.QUARTER, cycle, ground.offices.get("A"), 6);
        ward = ground.body.wardOne;
        head = ground.body.viewer(Role.HEAD, ward);
    }

    private void numbered() {
        LocalDate from = LocalDate.of(2025, 7, 1);
        assertThat(book.enterTerm(ground.board, ward, "Nhiệm kỳ 2025–2030", from, null, "NQ", false))
                .isEqualTo(new NumberBook.Entered.Done());
        assertThat(book.setIssuer(ground.board, ward, "party", from, "ĐU", "Phường Một", "", true))
                .isEqualTo(new NumberBook.Entered.Done());
        assertThat(book.setIssuer(ground.board, ward, "state", from, "UBND", "Phường Một", "", true))
                .isEqualTo(new NumberBook.Entered.Done());
    }

    private Issuing issue(boolean sealed) {
        return reports.issue(head, cycle, ward, sealed, false);
    }

    private UUID issued(boolean sealed) {
        return ((Issuing.Done) issue(sealed)).id();
    }

    private List<Issued> list(Viewer viewer) {
        return reports.issued(
                viewer,
                overview.cycles(viewer).stream()
                        .filter(one -> one.id().equals(cycle))
                        .findFirst()
                        .orElseThrow(),
                ward,
                null);
    }

    /** Somebody more, in office B, so the figures are others. */
    private void another() {
        ground.leaders(OverviewGround.QUARTER, cycle, ground.offices.get("B"), 1);
    }

    private String pdf(UUID id) throws IOException {
        try (var document = Loader.loadPDF(reports.file(head, id, Format.PDF).bytes())) {
            return blank(new PDFTextStripper().getText(document));
        }
    }

    private String docx(UUID id) throws IOException {
        try (var word = new XWPFDocument(new ByteArrayInputStream(
                        reports.file(head, id, Format.DOCX).bytes()));
                var text = new XWPFWordExtractor(word)) {
            return blank(text.getText());
        }
    }

    private String xlsx(UUID id) throws IOException {
        var text = new StringBuilder();
        try (var workbook = new XSSFWorkbook(
                new ByteArrayInputStream(reports.file(head, id, Format.XLSX).bytes()))) {
            workbook.getSheetAt(0)
                    .forEach(row -> row.forEach(cell -> text.append(cell).append(' ')));
        }
        return blank(text.toString());
    }

    private static Bearing number(Issued report) {
        return Objects.requireNonNull(report.number());
    }

    private static String blank(String text) {
        return text.replaceAll("[\\s\u00a0]+", " ");
    }

    @Test
    void anIssuedReportBearsItsNumberAndCodeInAllThreeKindsAndIsKnownToWhoeverHoldsIt() throws IOException {
        numbered();
        UUID id = issued(false);
        Issued report = list(head).getFirst();
        assertThat(number(report).written()).isEqualTo("Số 01-BC/ĐU");
        for (String text : List.of(pdf(id), docx(id), xlsx(id))) {
            assertThat(text)
                    .contains(
                            "ĐẢNG CỘNG SẢN VIỆT NAM",
                            "Số 01-BC/ĐU",
                            "Phường Một, ngày",
                            "Bộ tiêu chí của lãnh đạo, quản lý",
                            "Bộ tiêu chí của công chức, viên chức")
                    .doesNotContain("CHƯA BAN HÀNH");
        }
        assertThat(pdf(id)).contains(report.code() + " · 1/");
        assertThat(xlsx(id)).contains(report.code());
        byte[] file = reports.file(head, id, Format.PDF).bytes();
        assertThat(VeraPdf.findings(file)).isEmpty();
        assertThat(reports.file(ground.board, id, Format.PDF).bytes()).isEqualTo(file);
        Browser stranger = bodies.stranger();
        assertThat(stranger.get("/v/" + report.code()).page().select("main").text())
                .contains("Tổng hợp đánh giá theo bộ tiêu chí quý IV năm 2021", "Số 01-BC/ĐU", "Phường Một")
                .doesNotContain("Văn phòng A");
        assertThat(stranger.upload("/kiem-tra", "/kiem-tra", "tep", "bao-cao.pdf", file)
                        .page()
                        .select("main")
                        .text())
                .contains("Số 01-BC/ĐU");
        Recorded.byItsAct(jdbc, ground.body.tenant, OverviewEvidence.REPORT);
    }

    /** What is issued is what it was: figures that change later make another paper with another number. */
    @Test
    void aReportStaysAsItWasIssuedAndOtherFiguresAreAnotherPaper() throws IOException {
        numbered();
        UUID first = issued(false);
        byte[] before = reports.file(head, first, Format.PDF).bytes();
        assertThat(issue(false)).as("the same figures again").isEqualTo(new Issuing.Already(first));
        another();
        UUID second = issued(false);
        assertThat(second).isNotEqualTo(first);
        assertThat(reports.file(head, first, Format.PDF).bytes()).isEqualTo(before);
        assertThat(list(head)).extracting(Issued::live).containsExactly(true, false);
        assertThat(list(head)).extracting(one -> number(one).written()).containsExactly("Số 02-BC/ĐU", "Số 01-BC/ĐU");
        assertThat(number(list(head).getLast()).withdrawn()).isEqualTo("Đã thay bằng báo cáo Số 02-BC/ĐU");
    }

    @Test
    void aReportOfAStateLineIsTheStates() throws IOException {
        numbered();
        UUID party = issued(false);
        CampaignSamples.ofLine(jdbc, ground.body, Lines.Kind.STATE);
        assertThat(pdf(party)).as("issued before").contains("Số 01-BC/ĐU", "ĐẢNG CỘNG SẢN VIỆT NAM");
        another();
        UUID state = issued(false);
        for (String text : List.of(pdf(state), docx(state), xlsx(state))) {
            assertThat(text)
                    .contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 01/BC-UBND")
                    .doesNotContain("ĐẢNG CỘNG SẢN VIỆT NAM");
        }
    }

    @Test
    void ofTwoIssuesAtOnceOneIsIssuedAndNoNumberIsTakenTwice() throws Exception {
        numbered();
        int many = 6;
        var start = new CyclicBarrier(many);
        var calls = new ArrayList<Callable<Issuing>>();
        for (int i = 0; i < many; i++) {
            calls.add(() -> {
                start.await();
                return issue(false);
            });
        }
        var answers = new ArrayList<Issuing>();
        try (var threads = Executors.newFixedThreadPool(many)) {
            for (var answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
        }
        assertThat(answers).filteredOn(Issuing.Done.class::isInstance).hasSize(1);
        assertThat(answers).filteredOn(Issuing.Already.class::isInstance).hasSize(many - 1);
        assertThat(list(head)).hasSize(1);
        another();
        issued(false);
        assertThat(jdbc.sql(
                                "select n.number from documents.number n where n.tenant_id = ? and n.kind = 'bao-cao' order by 1")
                        .param(ground.body.tenant)
                        .query((row, n) -> row.getInt(1))
                        .list())
                .containsExactly(1, 2);
    }

    /** Small groups: who does not read the forms neither sees nor opens the report with all figures. */
    @Test
    void theReportWithAllFiguresIsForThoseWhoReadTheFormsAndTheOtherOneForAll() throws IOException {
        numbered();
        assertThat(issue(true))
                .as("nothing is sealed before the cycle is closed")
                .isInstanceOf(Issuing.Refused.class);
        ground.close(cycle, seals);
        UUID full = issued(false);
        UUID hidden = issued(true);
        Viewer clerk = ground.body.viewer(Role.CLERK, ward);
        assertThat(list(head)).extracting(Issued::id).containsExactly(hidden, full);
        assertThat(list(head)).allMatch(Issued::live);
        assertThat(list(clerk)).extracting(Issued::id).containsExactly(hidden);
        assertThatThrownBy(() -> reports.file(clerk, full, Format.PDF)).isInstanceOf(NotFound.class);
        assertThat(reports.file(clerk, hidden, Format.PDF).bytes())
                .isEqualTo(reports.file(head, hidden, Format.PDF).bytes());
        assertThat(pdf(hidden)).contains(" ẩn ").doesNotContain("Lưu hành nội bộ", "Tình hình thực hiện");
        assertThat(pdf(full)).contains("Lưu hành nội bộ", "Tình hình thực hiện").doesNotContain(" ẩn ");
        Viewer elsewhere = ground.body.viewer(Role.HEAD, ground.body.wardTwo);
        for (UUID id : List.of(full, hidden)) {
            assertThatThrownBy(() -> reports.file(elsewhere, id, Format.PDF)).isInstanceOf(NotFound.class);
        }
        for (Role role : List.of(Role.CLERK, Role.INSPECTOR)) {
            Viewer reader = ground.body.viewer(role, ward);
            assertThatThrownBy(() -> reports.issue(reader, cycle, ward, false, false))
                    .isInstanceOf(Forbidden.class);
        }
        assertThatThrownBy(() -> reports.issue(elsewhere, cycle, ward, false, false))
                .isInstanceOf(Forbidden.class);
    }

    /** Where no run of numbers is known nothing is issued by mistake: it is said why, what was chosen is kept, and a clerk's pen may do. */
    @Test
    void onThePageAMistakeKeepsWhatWasChosenAndAReportWithoutANumberIsAChoice() throws IOException {
        ground.close(cycle, seals);
        Browser browser = ground.body.browser(head);
        String at = "/tong-hop/bao-cao?dot=" + cycle + "&don-vi=" + ward;
        var page = browser.get("/tong-hop?don-vi=" + ward).page();
        assertThat(page.select(".ov-files a[href^=/tong-hop/bao-cao?]").attr("href"))
                .isEqualTo(at);
        assertThat(browser.get(at).page().select("#so-du-kien").text()).contains("nhiệm kỳ");
        Browser.Answer refused =
                browser.post(at, "/tong-hop/bao-cao", "dot", cycle.toString(), "don-vi", ward.toString(), "ban", "che");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.page().select("input[value=che]").hasAttr("checked")).isTrue();
        assertThat(refused.page().select(".alert-danger").text()).contains("nhiệm kỳ");
        assertThat(jdbc.sql("select count(*) from documents.paper where tenant_id = ? and kind = 'bao-cao-quy'")
                        .param(ground.body.tenant)
                        .query((row, n) -> row.getInt(1))
                        .single())
                .as("what is refused leaves nothing")
                .isZero();
        Browser.Answer done = browser.post(
                at,
                "/tong-hop/bao-cao",
                "dot",
                cycle.toString(),
                "don-vi",
                ward.toString(),
                "ban",
                "che",
                "khong-so",
                "co");
        assertThat(done.path()).endsWith("&xong=report-issued");
        var row = done.page().select("#da-ban-hanh tbody tr");
        assertThat(row.text()).contains("Không lấy số", "Đã ẩn nhóm nhỏ");
        for (String link : row.select("a[href*=.]").eachAttr("href")) {
            assertThat(browser.get(link).disposition()).contains("attachment");
        }
        assertThat(row.select("a[href^=/v/]")).hasSize(1);
        assertThat(list(head).getFirst().number()).isNull();
        Browser.Answer again = browser.post(
                at,
                "/tong-hop/bao-cao",
                "dot",
                cycle.toString(),
                "don-vi",
                ward.toString(),
                "ban",
                "che",
                "khong-so",
                "co");
        assertThat(again.path()).endsWith("&xong=report-known");
        assertThat(again.page().select("#da-ban-hanh tbody tr")).hasSize(1);
        jdbc.sql("update overview.seal set sealed_at = sealed_at - interval '3 days' where tenant_id = ?")
                .param(ground.body.tenant)
                .update();
        var yesterday = browser.get(
                at + "&ngay=" + VietnameseDates.format(LocalDate.now(clock).minusDays(1)));
        assertThat(yesterday.page().select("#da-ban-hanh, form[method=post][action=/tong-hop/bao-cao]"))
                .as("it was not issued then, and nothing is issued then")
                .isEmpty();
        assertThat(yesterday.page().select("a[href^=/tong-hop/bao-cao.pdf]"))
                .allSatisfy(link ->
                        assertThat(browser.get(link.attr("href")).disposition()).contains("attachment"))
                .isNotEmpty();
        browser.get("/ngon-ngu?l=en&ve=/tong-hop");
        assertThat(browser.get(at).page().select("h1").text()).isEqualTo("Quarterly report");
    }
}
