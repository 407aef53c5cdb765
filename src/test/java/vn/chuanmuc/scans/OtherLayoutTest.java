package vn.chuanmuc.scans;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import vn.chuanmuc.documents.PaperCodes;
import vn.chuanmuc.documents.Papers.Paper;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.office.Layouts;
import vn.chuanmuc.office.PaperDocument;
import vn.chuanmuc.office.PaperDocument.Mark;
import vn.chuanmuc.office.PaperDocument.Points;
import vn.chuanmuc.office.PaperDocument.SignatureBlock;
import vn.chuanmuc.office.PdfWriter;
import vn.chuanmuc.office.TableDocument.Header;
import vn.chuanmuc.scans.ScanPage.Found;
import vn.chuanmuc.scans.Sheaf.Group;
import vn.chuanmuc.testing.ProductTest;

/** Papers that were printed before the layout changed: as many pages as they say, not as many as there would be today. */
@ProductTest
class OtherLayoutTest {
    private static final int DPI = 200;

    @Autowired
    ScanGround ground;

    @Autowired
    Scans scans;

    @Autowired
    PaperCodes codes;

    /** A paper of the person laid out at such length that it has more pages than today's. */
    private List<Scanner.Sheet> before(ScanGround.Ward ward, UUID person, Scanner scanner, int items)
            throws IOException {
        ward.printed(person);
        Paper paper = ward.paper(person);
        var out = new ByteArrayOutputStream();
        PdfWriter.write(
                new PaperDocument(
                        "Bản cam kết",
                        LocalDate.now(ScanTimes.ZONE),
                        Layouts.of(paper.layout()).upright(),
                        new Header("", "Phường Một", null, "", null),
                        List.of("BẢN CAM KẾT"),
                        "",
                        List.of(),
                        List.of("Tôi cam kết:"),
                        new Points(
                                "TT",
                                "Nội dung",
                                IntStream.rangeClosed(1, items)
                                        .<Points.Line>mapToObj(i -> new Points.Line.Item(
                                                i, "Gương mẫu thực hiện nhiệm vụ được giao. ".repeat(8)))
                                        .toList()),
                        List.of("Tôi chịu trách nhiệm về nội dung đã cam kết."),
                        List.of(),
                        List.of(new SignatureBlock("NguoiCamKet", "Chữ ký", List.of("NGƯỜI CAM KẾT"), "(Ký)", "")),
                        new Mark("Mã", paper.code().written(), (page, pages) -> codes.mark(paper.code(), page, pages)),
                        "vi"),
                out);
        return sheets(scanner, out.toByteArray());
    }

    private static List<Scanner.Sheet> sheets(Scanner scanner, byte[] pdf) throws IOException {
        var sheets = new ArrayList<Scanner.Sheet>();
        for (BufferedImage page : scanner.printed(pdf, DPI, true)) {
            sheets.add(new Scanner.Sheet(Scanner.jpeg(page, 0.8f), DPI, false));
        }
        return sheets;
    }

    private static int today(ScanGround.Ward ward, UUID person) throws IOException {
        try (var pdf = Loader.loadPDF(ward.printed(person))) {
            return pdf.getNumberOfPages();
        }
    }

    @Test
    void aPaperOfAnotherPrintingIsReadLookedAtAndConfirmed() throws Exception {
        var ward = ground.ward(1);
        UUID person = ward.people.getFirst();
        List<Scanner.Sheet> sheets = before(ward, person, new Scanner(21), 30);
        assertThat(sheets.size()).isGreaterThan(today(ward, person));
        UUID pile = ward.bring(Scanner.pdf(sheets.reversed()));

        Sheaf paper = ward.read(pile).in(Group.READY).getFirst();
        assertThat(paper.pages()).isEqualTo(sheets.size());
        assertThat(paper.code()).isEqualTo(ward.paper(person).code());
        assertThat(paper.read()).hasSize(sheets.size());

        String at = "/ban-quet/" + pile + "/ban/" + paper.id();
        var browser = ward.body.browser(ward.clerk);
        var look = browser.get(at).page();
        assertThat(look.select("main").text()).contains("được in trong " + sheets.size() + " trang");
        assertThat(look.select(".scan-room img").attr("src"))
                .as("the last page of its own")
                .contains(paper.of(sheets.size()).getFirst().id().toString());
        assertThat(look.select(".scan-pages img")).hasSize(sheets.size());
        var confirmed = browser.post(
                at,
                at + "/xac-nhan",
                "phien-ban",
                look.expectFirst("input[name=phien-ban]").val(),
                "ngay-ky",
                VietnameseDates.format(LocalDate.now(ScanTimes.ZONE)));
        assertThat(confirmed.status()).isEqualTo(200);
        assertThat(ward.signatures()).isEqualTo(1);
    }

    /** Pages of two printings are no whole paper: those that came first are it, the others wait for somebody's eyes. */
    @Test
    void pagesOfTwoPrintingsAreNotPutTogether() throws Exception {
        var ward = ground.ward(1);
        UUID person = ward.people.getFirst();
        var scanner = new Scanner(22);
        List<Scanner.Sheet> other = before(ward, person, scanner, 30);
        List<Scanner.Sheet> todays = ward.signed(scanner, person, DPI);
        var pile = new ArrayList<Scanner.Sheet>(todays.subList(0, 1));
        pile.addAll(other.subList(1, other.size()));

        var overview = ward.read(ward.bring(Scanner.pdf(pile)));

        assertThat(overview.in(Group.READY)).isEmpty();
        assertThat(overview.in(Group.MISSING)).singleElement().satisfies(paper -> {
            assertThat(paper.pages()).isEqualTo(todays.size());
            assertThat(paper.read()).hasSize(1);
        });
        assertThat(overview.loose(Found.UNREADABLE)).hasSize(other.size() - 1);
    }

    /** No layout of ours makes so many pages of it: somebody has to look. */
    @Test
    void aCountThatNoLayoutMakesIsNotBelieved() throws Exception {
        var ward = ground.ward(1);
        UUID person = ward.people.getFirst();
        List<Scanner.Sheet> sheets = before(ward, person, new Scanner(23), 120);
        assertThat(sheets.size()).isGreaterThan(2 * today(ward, person) + 2);
        var overview = ward.read(ward.bring(Scanner.pdf(sheets.subList(0, 2))));
        assertThat(overview.loose(Found.UNREADABLE)).hasSize(2);
    }
}
