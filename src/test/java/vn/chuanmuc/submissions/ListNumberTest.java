package vn.chuanmuc.submissions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xwpf.extractor.XWPFWordExtractor;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.documents.NumberBook;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;

/** A list that is sent up takes a number of its unit's run (Guide 36-HD/VPTW, II.1: from 01 on for each type through a term). */
@ProductTest
class ListNumberTest {
    private static final LocalDate TODAY = LocalDate.now(java.time.ZoneId.of("Asia/Ho_Chi_Minh"));

    @Autowired
    TestBodies bodies;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Commitments commitments;

    @Autowired
    Lists lists;

    @Autowired
    NumberBook book;

    @Autowired
    JdbcClient jdbc;

    private ListGround ground;
    private UUID yen;
    private String list = "";

    @BeforeEach
    void aLaunchedCampaign() {
        var body = bodies.create();
        yen = body.person("Lê Thị Yến", body.wardOne, body.partyBloc, body.secretary);
        body.person("Trần Thị Hoà", body.wardOne, body.partyBloc, body.staff);
        ground = ListGround.launch(body, jdbc, campaigns, lists, commitments, body.wardOne);
        list = "/danh-sach/" + ground.campaign + "/" + body.wardOne + "/" + body.partyBloc;
        ground.sign(yen);
    }

    private Browser as(Viewer viewer) {
        return ground.body.browser(viewer);
    }

    private void term() {
        Viewer office = ground.body.viewer(Role.BOARD, ground.body.root);
        assertThat(book.enterTerm(
                        office,
                        ground.body.wardOne,
                        "Nhiệm kỳ 2025–2030",
                        LocalDate.of(2025, 7, 1),
                        null,
                        "NQ 05",
                        false))
                .isEqualTo(new NumberBook.Entered.Done());
    }

    private String written(String issuer) {
        return "Số 01-DS/" + issuer;
    }

    /** What the three papers say, blanks as one. */
    private Map<String, String> papers(int version) throws IOException {
        Browser clerk = as(ground.clerk);
        String xlsx;
        try (var book = new XSSFWorkbook(new ByteArrayInputStream(
                clerk.get(list + "/v" + version + ".xlsx").bytes()))) {
            var text = new StringBuilder();
            var format = new DataFormatter();
            book.getSheetAt(0)
                    .forEach(row -> row.forEach(
                            cell -> text.append(format.formatCellValue(cell)).append(' ')));
            xlsx = text.toString();
        }
        String docx;
        try (var word = new XWPFDocument(new ByteArrayInputStream(
                        clerk.get(list + "/v" + version + ".docx").bytes()));
                var text = new XWPFWordExtractor(word)) {
            docx = text.getText();
        }
        String pdf;
        try (var document =
                Loader.loadPDF(clerk.get(list + "/v" + version + ".pdf").bytes())) {
            pdf = new PDFTextStripper().getText(document);
        }
        return Map.of("xlsx", blank(xlsx), "docx", blank(docx), "pdf", blank(pdf));
    }

    private static String blank(String text) {
        return text.replaceAll("[\\s\u00a0]+", " ");
    }

    /** The clerk's whole way with mistakes: signs and terms are entered, the number stands the same everywhere. */
    @Test
    void theNumberTakenAtSendingIsTheSameOnScreenWordExcelAndPdf() throws IOException {
        term();
        Browser clerk = as(ground.clerk);
        String unit = ground.body.wardOne.toString();
        String settings = "/danh-so?don-vi=" + unit;
        ground.approve();
        assertThat(clerk.get(list).page().select("#so-du-kien").text())
                .contains(written("…………"), "Chưa ghi ký hiệu của đơn vị");
        Browser.Answer wrong = clerk.post(
                settings,
                "/danh-so/ky-hieu",
                "don-vi",
                unit,
                "kh-tuyen",
                "party",
                "kh-ky-hieu",
                "ĐU",
                "kh-dia-danh",
                "Phường Một",
                "kh-tu-ngay",
                "31/02/2025");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.page().select("#f-kh-dia-danh").val()).isEqualTo("Phường Một");
        assertThat(wrong.page().select("#e-kh-tu-ngay").text()).contains("ngày có thật");
        Browser.Answer signs = clerk.post(
                settings,
                "/danh-so/ky-hieu",
                "don-vi",
                unit,
                "kh-tuyen",
                "party",
                "kh-ky-hieu",
                "ĐU",
                "kh-dia-danh",
                "Phường Một",
                "kh-tu-ngay",
                "01/07/2025",
                "khong-can-cu",
                "co");
        assertThat(signs.path()).endsWith("xong=issuer-sign-set");
        assertThat(signs.page().select("#cac-ky-hieu").text()).contains("ĐU", "Phường Một", "Chưa có căn cứ");
        assertThat(clerk.get(list).page().select("#so-du-kien").text())
                .contains(written("ĐU"))
                .doesNotContain("Chưa");
        assertThat(papers(1).values()).as("before it is sent").noneMatch(text -> text.contains(written("ĐU")));

        assertThat(clerk.post(list, list + "/gui", "ban", "1").path()).endsWith("xong=list-submitted");
        assertThat(clerk.post(list, list + "/gui", "ban", "1").path()).endsWith("xong=list-submitted");
        String head = Objects.requireNonNull(lists.numbers(ground.clerk, lists.get(ground.clerk, ground.key))
                        .get(1))
                .signer();
        assertThat(head).isNotBlank();
        assertThat(blank(clerk.get(list).page().select("#so-van-ban").text()))
                .contains(written("ĐU"), VietnameseDates.format(TODAY), head);
        String day = "Phường Một, " + VietnameseDates.formatOnPaper(TODAY);
        assertThat(papers(1))
                .allSatisfy((format, text) -> assertThat(text).as(format).contains(written("ĐU"), day, head));
        Browser.Answer runs = clerk.get(settings);
        String address = runs.page().select("#cac-day-so tbody a").attr("href");
        assertThat(clerk.get(address).page().select("#so-van-ban tbody tr").eachText())
                .singleElement()
                .asString()
                .contains(written("ĐU"), "Khối Đảng", head);
        assertThat(as(ground.body.viewer(Role.CLERK, ground.body.wardTwo))
                        .get(address)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aListSentBackKeepsItsNumberAndTheNextOneTakesAnother() throws IOException {
        term();
        ground.submit();
        Map<String, String> sent = papers(1);
        ListGround.done(lists.sendBack(ground.board, ground.key, 1, "Thiếu người", Map.of()));
        assertThat(ground.submit()).isEqualTo(2);
        Lists.Sheet sheet = lists.get(ground.clerk, ground.key);
        var numbers = lists.numbers(ground.clerk, sheet);
        assertThat(Objects.requireNonNull(numbers.get(1)).number()).isEqualTo(1);
        assertThat(Objects.requireNonNull(numbers.get(1)).withdrawn()).isEqualTo("Cấp trên trả lại danh sách");
        assertThat(Objects.requireNonNull(numbers.get(2)).number()).isEqualTo(2);
        assertThat(Objects.requireNonNull(numbers.get(2)).withdrawn()).isNull();
        assertThat(sent.values()).allMatch(text -> text.contains("Số 01-DS/"));
        assertThat(papers(1).values()).allMatch(text -> text.contains("Số 01-DS/"));
        NumberBook.Run run = book.runs(ground.clerk, ground.body.wardOne).getFirst();
        assertThat(run.last()).isEqualTo(2);
        assertThat(run.cancelled()).isEqualTo(1);
        Browser clerk = as(ground.clerk);
        assertThat(clerk.get("/danh-so/so/" + run.id())
                        .page()
                        .select("#so-van-ban tbody")
                        .text())
                .contains("Không còn giá trị", "Cấp trên trả lại danh sách");
        assertThat(clerk.get(list + "?ban=1").page().select("#so-van-ban").text())
                .contains("Không còn giá trị");
    }

    /** What went up without a number keeps its paper, byte by byte, whatever is entered later. */
    @Test
    void aListSentWithoutANumberIsPrintedAgainAsItWas() {
        ground.approve();
        Browser clerk = as(ground.clerk);
        assertThat(clerk.get(list).page().select("#so-du-kien").text()).contains("Chưa nhập nhiệm kỳ", "không có số");
        assertThat(clerk.post(list, list + "/gui", "ban", "1").path()).endsWith("xong=list-submitted");
        assertThat(clerk.get(list).page().select("#so-van-ban").text()).contains("không lấy số");
        List<String> endings = List.of(".xlsx", ".docx", ".pdf");
        List<byte[]> before = endings.stream()
                .map(ending -> clerk.get(list + "/v1" + ending).bytes())
                .toList();
        term();
        for (int i = 0; i < endings.size(); i++) {
            assertThat(clerk.get(list + "/v1" + endings.get(i)).bytes())
                    .as(endings.get(i))
                    .isEqualTo(before.get(i));
        }
        assertThat(lists.numbers(ground.clerk, lists.get(ground.clerk, ground.key)))
                .isEmpty();
    }
}
