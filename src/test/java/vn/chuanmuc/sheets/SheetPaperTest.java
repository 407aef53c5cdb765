package vn.chuanmuc.sheets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Forms;
import vn.chuanmuc.assessments.PaperForms;
import vn.chuanmuc.assessments.PaperForms.Place;
import vn.chuanmuc.assessments.PaperForms.Side;
import vn.chuanmuc.campaigns.CampaignSamples;
import vn.chuanmuc.criteria.Criteria.SetText;
import vn.chuanmuc.directory.Lines;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.office.PdfWriter;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.VeraPdf;

/** Issue 5, the form on paper: exact words, boxes, codes, and nothing that anybody said. */
@ProductTest
class SheetPaperTest {
    @Autowired
    SheetGround grounds;

    @Autowired
    SheetPapers papers;

    @Autowired
    SheetPrints prints;

    @Autowired
    PaperForms paperForms;

    @Autowired
    Forms forms;

    @Autowired
    JdbcClient jdbc;

    private static String text(byte[] pdf, int page) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            var stripper = new PDFTextStripper();
            stripper.setStartPage(page == 0 ? 1 : page);
            stripper.setEndPage(page == 0 ? document.getNumberOfPages() : page);
            return stripper.getText(document).replaceAll("\\s+", " ");
        }
    }

    private static int pages(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return document.getNumberOfPages();
        }
    }

    private List<String> words(SheetGround.Ward ward, Place place) {
        var form = forms.sheet(ward.head, place.period(), place.formId()).form();
        var words = new ArrayList<String>();
        for (SetText.Group group : forms.words(ward.body.tenant, form).groups()) {
            group.criteria().forEach(criterion -> criterion.items().forEach(item -> words.add(item.words())));
        }
        return words;
    }

    @Test
    void bothSetsArePrintedWholeWithTheirCodesAsPdfA() throws IOException {
        SheetGround.Ward ward = grounds.ward("Trần Thị Hoà");
        Viewer hoa = ward.official("Trần Thị Hoà");
        for (Place place : List.of(ward.self(ward.head), ward.self(hoa), ward.byHead(hoa))) {
            byte[] pdf = ward.printed(ward.clerk, place);
            assertThat(VeraPdf.findings(pdf)).isEmpty();
            String all = text(pdf, 0).replace(" ", "");
            List<String> words = words(ward, place);
            assertThat(words).hasSize(place.equals(ward.self(ward.head)) ? 27 : 18);
            assertThat(words).allSatisfy(one -> assertThat(all).contains(one.replaceAll("\\s+", "")));
            for (int page = 1; page <= pages(pdf); page++) {
                assertThat(text(pdf, page)).contains("Mã phiếu giấy").contains(page + "/" + pages(pdf));
            }
            assertThat(text(pdf, 2).strip()).startsWith("2 ");
            assertThat(text(pdf, 1)).contains("1. Đạt").contains("4. Không áp dụng");
            if (papers.issue(ward.clerk, place) instanceof SheetPapers.Issuing.Issued(var paper, var letter)) {
                PdfWriter.Measured measured = PdfWriter.measure(letter);
                assertThat(measured.pages()).isEqualTo(pages(pdf));
                assertThat(measured.rows().stream().map(PdfWriter.Row::number)).hasSameSizeAs(words);
                assertThat(measured.rows()).allMatch(row -> row.top() > 10 && row.top() + row.height() < 297 - 30);
            }
        }
    }

    @Test
    void theSameFormIsTheSamePaperAndSaysNothingThatAnybodySaid() {
        SheetGround.Ward ward = grounds.ward("Trần Thị Hoà");
        Viewer hoa = ward.official("Trần Thị Hoà");
        byte[] before = ward.printed(ward.clerk, ward.byHead(hoa));
        assertThat(ward.onScreen(hoa, ward.self(hoa), 3)).isInstanceOf(Forms.HandingIn.Done.class);
        assertThat(ward.printed(ward.head, ward.byHead(hoa)))
                .as("the head's form is the same bytes, whoever prints it, whatever was handed in beside it")
                .isEqualTo(before);
        assertThat(papers.one(hoa, ward.self(hoa)))
                .as("what is handed in is not printed any more")
                .isInstanceOf(SheetPapers.Printing.Refused.class);
    }

    /** design.md, Authority. That the unit’s clerk prints: no document was found, own decision. */
    @Test
    void formsOfAStateLineAreLaidOutAsTheStates() throws IOException {
        SheetGround.Ward ward = grounds.ward("Trần Thị Hoà");
        CampaignSamples.ofLine(jdbc, ward.body, Lines.Kind.STATE);
        byte[] pdf = ward.printed(ward.clerk, ward.self(ward.official("Trần Thị Hoà")));
        assertThat(VeraPdf.findings(pdf)).isEmpty();
        assertThat(text(pdf, 1))
                .contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
                .doesNotContain("ĐẢNG CỘNG SẢN VIỆT NAM");
    }

    /** What somebody has filled in by hand is found where it was printed. */
    @Test
    void aFormThatWasIssuedKeepsTheLayoutItHadAndIsMeasuredInIt() throws IOException {
        SheetGround.Ward ward = grounds.ward("Trần Thị Hoà");
        Place place = ward.self(ward.official("Trần Thị Hoà"));
        byte[] before = ward.printed(ward.clerk, place);
        assertThat(text(before, 1)).contains("ĐẢNG CỘNG SẢN VIỆT NAM");
        var issued = (SheetPapers.Issuing.Issued) papers.issue(ward.clerk, place);
        var rows = papers.measure(ward.body.tenant, paperForms.blank(ward.clerk, place), issued.paper())
                .rows();
        CampaignSamples.ofLine(jdbc, ward.body, Lines.Kind.STATE);
        assertThat(ward.printed(ward.clerk, place)).isEqualTo(before);
        var blank = paperForms.blank(ward.clerk, place);
        assertThat(papers.current(ward.body.tenant, blank, issued.paper())).isTrue();
        assertThat(papers.measure(ward.body.tenant, blank, issued.paper()).rows())
                .hasSize(18)
                .isEqualTo(rows);
    }

    @Test
    void onlyWhoFillsItInAndTheUnitsClerkMayPrint() {
        SheetGround.Ward ward = grounds.ward("Trần Thị Hoà", "Ngô Văn Kiên");
        Viewer hoa = ward.official("Trần Thị Hoà");
        Viewer kien = ward.official("Ngô Văn Kiên");
        assertThat(papers.one(hoa, ward.self(hoa))).isInstanceOf(SheetPapers.Printing.Printed.class);
        for (Viewer stranger : List.of(kien, ward.board)) {
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> papers.one(stranger, ward.self(hoa)))
                    .isInstanceOf(NotFound.class);
        }
        assertThat(paperForms.open(ward.clerk, ward.cycle(), null, Side.SELF, 100))
                .hasSize(3);
        assertThat(paperForms.open(ward.clerk, ward.cycle(), null, Side.OTHERS, 100))
                .hasSize(3);
        assertThat(paperForms.open(ward.head, ward.cycle(), null, Side.OTHERS, 100))
                .hasSize(2);
        assertThat(paperForms.open(ward.head, ward.cycle(), null, Side.SELF, 100))
                .isEmpty();
        assertThat(paperForms.open(ward.clerk, ward.cycle(), ward.body.wardTwo, Side.SELF, 100))
                .isEmpty();
    }

    @Test
    void aSmallUnitIsOneFileAtOnce() throws IOException {
        SheetGround.Ward ward = grounds.ward("Trần Thị Hoà", "Ngô Văn Kiên");
        if (prints.start(ward.clerk, ward.cycle(), ward.body.wardOne, Side.SELF)
                instanceof SheetPrints.Start.Now(var pdf)) {
            assertThat(VeraPdf.findings(pdf)).isEmpty();
            assertThat(text(pdf, 0))
                    .contains("Trần Thị Hoà")
                    .contains("Ngô Văn Kiên")
                    .contains("Lê Thị Đứng Đầu");
        } else {
            throw new AssertionError("three forms are printed at once");
        }
    }
}
