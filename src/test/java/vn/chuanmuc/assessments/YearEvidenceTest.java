package vn.chuanmuc.assessments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xwpf.extractor.XWPFWordExtractor;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.campaigns.CampaignSamples;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.directory.Lines;
import vn.chuanmuc.rules.Rules;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.VeraPdf;

/** Issue 5: Decree 335/2025, “30 general points as evidence”: quarters are shown to whoever rates the year, and no points are made. */
@ProductTest
class YearEvidenceTest {
    private static final String HOA = "Trần Thị Hoà";
    private static final String AN = "Đỗ Văn An";

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
    JdbcClient jdbc;

    @Test
    void showsTheFourQuartersAsEvidenceAndMakesNoPoints() {
        var ground = new DecisionGround(
                bodies.create(), campaigns, commitments, rules, cycles, forms, decisions, results, jdbc, null, HOA, AN);
        ground.in(HOA, 1, 1);
        String page = "/danh-gia/lich-su/" + ground.official(HOA).personId() + "/2021";
        var own = ground.body.browser(ground.official(HOA));
        assertThat(own.get(page).page().select("tbody tr"))
                .as("not told is said of every quarter, and is no failing")
                .hasSize(4)
                .allSatisfy(row -> assertThat(row.text()).contains("Chưa có kết quả nào được báo"));
        ground.told(HOA, "dat");
        var shown = own.get(page).page();
        assertThat(shown.select("h1").text()).isEqualTo("Minh chứng cho tiêu chí chung, năm 2021");
        assertThat(shown.select("tbody tr").eachText())
                .hasSize(4)
                .satisfies(rows ->
                        assertThat(rows.getLast()).contains("Quý IV", "Đạt").doesNotContain("Chưa có"))
                .satisfies(rows -> assertThat(rows.getFirst()).contains("Quý I", "Chưa có kết quả nào"));
        assertThat(shown.select("main").text())
                .contains("không đổi mức thành điểm")
                .contains("chưa được kiểm chứng");
        assertThat(own.get("/danh-gia/ket-qua").page().select("a[href=" + page + "]"))
                .hasSize(1);
        assertThat(ground.body.browser(ground.official(AN)).get(page).status())
                .as("a colleague")
                .isEqualTo(404);
        var inspector = ground.body.browser(ground.body.viewer(Role.INSPECTOR, ground.body.root));
        assertThat(inspector.get(page).page().select("tbody tr:last-child").text())
                .contains("Đạt");
        assertThat(ground.body
                        .browser(ground.body.viewer(Role.INSPECTOR, ground.body.wardTwo))
                        .get(page)
                        .status())
                .as("another ward")
                .isEqualTo(404);
    }

    /** The paper says what the page says, in all three kinds; who may not see the page gets no file. */
    @Test
    void thePaperSaysWhatThePageSaysAndIsKnownToWhoeverHoldsIt() throws IOException {
        var ground = new DecisionGround(
                bodies.create(), campaigns, commitments, rules, cycles, forms, decisions, results, jdbc, null, HOA, AN);
        ground.in(HOA, 1, 1);
        ground.told(HOA, "dat");
        String page = "/danh-gia/lich-su/" + ground.official(HOA).personId() + "/2021";
        var own = ground.body.browser(ground.official(HOA));
        var shown = own.get(page).page();
        assertThat(shown.select("a[href^=" + page + ".]").eachAttr("href"))
                .containsExactly(page + ".docx", page + ".pdf", page + ".xlsx");
        byte[] pdf = own.get(page + ".pdf").bytes();
        assertThat(VeraPdf.findings(pdf)).isEmpty();
        String ofPdf;
        try (var document = Loader.loadPDF(pdf)) {
            ofPdf = squeezed(new PDFTextStripper().getText(document));
        }
        String ofWord;
        try (var word = new XWPFDocument(
                        new ByteArrayInputStream(own.get(page + ".docx").bytes()));
                var text = new XWPFWordExtractor(word)) {
            ofWord = squeezed(text.getText());
        }
        var book = new StringBuilder();
        try (var workbook = new XSSFWorkbook(
                new ByteArrayInputStream(own.get(page + ".xlsx").bytes()))) {
            var format = new DataFormatter();
            workbook.getSheetAt(0)
                    .forEach(row -> row.forEach(
                            cell -> book.append(format.formatCellValue(cell)).append(' ')));
        }
        for (String said : List.of(ofPdf, ofWord, squeezed(book.toString()))) {
            for (var cell : shown.select("tbody th, tbody td")) {
                assertThat(said)
                        .as(cell.text())
                        .contains(cell.text().toLowerCase(Locale.ROOT).split("\\s+"));
            }
            assertThat(said)
                    .contains(squeezed("ĐẢNG CỘNG SẢN VIỆT NAM"), squeezed(HOA), squeezed("không đổi mức thành điểm"));
        }
        var inspector = ground.body.browser(ground.body.viewer(Role.INSPECTOR, ground.body.root));
        assertThat(inspector.get(page + ".pdf").bytes()).as("the same paper").isEqualTo(pdf);
        assertThat(bodies.stranger()
                        .upload("/kiem-tra", "/kiem-tra", "tep", "minh-chung.pdf", pdf)
                        .page()
                        .select("main")
                        .text())
                .contains("Minh chứng kết quả đánh giá trong năm")
                .doesNotContain(HOA);
        for (String kind : List.of("docx", "pdf", "xlsx")) {
            assertThat(ground.body
                            .browser(ground.official(AN))
                            .get(page + "." + kind)
                            .status())
                    .as("a colleague")
                    .isEqualTo(404);
            assertThat(ground.body
                            .browser(ground.body.viewer(Role.INSPECTOR, ground.body.wardTwo))
                            .get(page + "." + kind)
                            .status())
                    .as("another ward")
                    .isEqualTo(404);
        }
        CampaignSamples.ofLine(jdbc, ground.body, Lines.Kind.STATE);
        ground.in(AN, 1, 1);
        ground.told(AN, "dat");
        var an = ground.body.browser(ground.official(AN));
        try (var document =
                Loader.loadPDF(an.get("/danh-gia/lich-su/" + ground.official(AN).personId() + "/2021.pdf")
                        .bytes())) {
            assertThat(new PDFTextStripper().getText(document)).contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
        }
        assertThat(own.get(page + ".pdf").bytes()).as("issued before").isEqualTo(pdf);
    }

    private static String squeezed(String text) {
        return text.replaceAll("[\\s\u00a0]+", "").toLowerCase(Locale.ROOT);
    }
}
