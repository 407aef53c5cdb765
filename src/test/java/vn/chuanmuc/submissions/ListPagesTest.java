package vn.chuanmuc.submissions;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.chuanmuc.submissions.ListGround.done;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFTableCell;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;

@ProductTest
class ListPagesTest {
    @Autowired
    TestBodies bodies;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Commitments commitments;

    @Autowired
    Lists lists;

    @Autowired
    JdbcClient jdbc;

    private ListGround ground;
    private UUID an;
    private UUID hoa;
    private String list = "";

    @BeforeEach
    void aLaunchedCampaign() {
        var body = bodies.create();
        an = body.person("Lê Thị Yến", body.wardOne, body.partyBloc, body.secretary);
        hoa = body.person("Trần Thị Hoà", body.wardOne, body.partyBloc, body.staff);
        body.people(60, body.wardOne, body.partyBloc);
        jdbc.sql("""
                        update directory.assignment a set rank_order = p.rank_order
                        from directory.position p
                        where a.tenant_id = ? and p.tenant_id = a.tenant_id and p.id = a.position_id
                        """).param(body.tenant).update();
        ground = ListGround.launch(body, jdbc, campaigns, lists, commitments, body.wardOne);
        list = "/danh-sach/" + ground.campaign + "/" + body.wardOne + "/" + body.partyBloc;
    }

    private Browser as(Viewer viewer) {
        return ground.body.browser(viewer);
    }

    /** The whole chain in the browser, with the mistakes on the way. */
    @Test
    void goesTheWholeWayOnPages() {
        ground.sign(an);
        var clerk = as(ground.clerk);
        var head = as(ground.head);
        var board = as(ground.board);
        assertThat(clerk.get("/danh-sach").page().select("tbody tr")).hasSize(1);
        assertThat(clerk.get(list).page().select("#tong").text()).contains("Tổng số: 62 người. Đã ký: 1;");

        var compiled = clerk.post(list, list + "/lap", "da-xem", "0", "ghi-chu", "Còn chờ ông Thử");
        assertThat(compiled.path()).endsWith("?xong=list-compiled");
        assertThat(compiled.page().select(".alert-success").text()).isNotEmpty();
        // the same form sent again: the same answer, no second version
        assertThat(clerk.post(list, list + "/lap", "da-xem", "0").path()).endsWith("?xong=list-compiled");
        assertThat(lists.get(ground.clerk, ground.key).versions()).hasSize(1);
        assertThat(clerk.post(list, list + "/duyet", "ban", "1").status()).isEqualTo(403);

        assertThat(head.get("/viec").page().select(".cm-todo a").eachAttr("href"))
                .contains(list);
        assertThat(head.get(list).page().select("main").text()).contains("Còn chờ ông Thử");
        var empty = head.post(list, list + "/tra-van-phong", "ban", "1", "ly-do", " ");
        assertThat(empty.status()).isEqualTo(422);
        assertThat(empty.page().select("[role=alert]").text()).contains("Chưa có lý do");
        assertThat(head.post(list, list + "/duyet", "ban", "1").path()).endsWith("?xong=list-approved");
        assertThat(clerk.post(list, list + "/gui", "ban", "1").path()).endsWith("?xong=list-submitted");
        var locked = clerk.get(list).page();
        assertThat(locked.select("form[action$=/lap]")).isEmpty();
        assertThat(locked.select(".alert-info").text()).contains("Khóa từ", "Ban Tổ chức");
        assertThat(locked.select(".cm-steps li.done")).hasSize(3);

        assertThat(board.get("/danh-sach").page().select("#cho").text()).contains("(1)");
        var stale = head.post(list, list + "/duyet", "ban", "1");
        assertThat(stale.status()).isEqualTo(422);
        assertThat(stale.page().select("[role=alert]").text()).contains("Đã nộp");
        assertThat(board.post(list, list + "/tiep-nhan", "ban", "1").path()).endsWith("?xong=list-accepted");
        assertThat(board.get(list).page().select("main").text()).contains("không ai trong khối này ký");
        var reopened = board.post(list, list + "/mo-lai", "ban", "1", "ly-do", "");
        assertThat(reopened.status()).isEqualTo(422);
        assertThat(board.post(list, list + "/mo-lai", "ban", "1", "ly-do", "Sót một người")
                        .path())
                .endsWith("?xong=list-reopened");
    }

    @Test
    void keepsEveryRemarkWhileSearchingAndTurningPagesAndEscapesIt() {
        ground.submit();
        var board = as(ground.board);
        String compose = list + "/tra-lai?ban=1";
        var found = board.post(
                compose,
                list + "/tra-lai",
                "ban",
                "1",
                "ghi-chu",
                "Chung",
                "nx-" + an,
                "<b>sai & thiếu</b>",
                "tim",
                "hoa",
                "xem",
                "1");
        assertThat(found.page().select("tbody tr")).hasSize(1);
        assertThat(found.page().select("tbody tr").text()).contains("Trần Thị Hoà");
        assertThat(found.page().select("input[type=hidden][name=nx-" + an + "]").val())
                .isEqualTo("<b>sai & thiếu</b>");
        assertThat(found.page().select("textarea[name=ghi-chu]").text()).isEqualTo("Chung");
        var second = board.post(compose, list + "/tra-lai", "ban", "1", "nx-" + an, "x", "trang", "2");
        assertThat(second.page().select("tbody tr")).hasSize(12);

        var nothing = board.post(compose, list + "/tra-lai", "ban", "1", "gui", "1");
        assertThat(nothing.status()).isEqualTo(422);
        assertThat(nothing.page().select("[role=alert]").text()).contains("Chưa có nhận xét");
        assertThat(board.post(compose, list + "/tra-lai", "ban", "1", "gui", "1", "nx-" + an, "<b>sai & thiếu</b>")
                        .path())
                .endsWith("?xong=list-sent-back");
        // beside the live rows of the clerk, as text
        var page = as(ground.clerk).get(list + "?tim=Yến").page();
        assertThat(page.select("#danh-sach tbody tr")).hasSize(1);
        assertThat(page.select("#danh-sach td.sub-remark").text()).isEqualTo("<b>sai & thiếu</b>");
        assertThat(page.select("#danh-sach td.sub-remark b")).isEmpty();
        assertThat(as(ground.clerk).get("/viec").page().select(".cm-todo").text())
                .contains("bị trả lại: 1 dòng");
    }

    @Test
    void findsPeopleWithAndWithoutMarksAndKeepsTheirNumbers() {
        var clerk = as(ground.clerk);
        for (String words : List.of("Hoà", "hòa", "hoa", "TRAN THI")) {
            var rows = clerk.get(
                            list + "?tim=" + java.net.URLEncoder.encode(words, java.nio.charset.StandardCharsets.UTF_8))
                    .page()
                    .select("#danh-sach tbody tr");
            assertThat(rows).as(words).hasSize(1);
            assertThat(rows.select("td").get(1).text()).isEqualTo("Trần Thị Hoà");
        }
        assertThat(clerk.get(list + "?tim=khong-co-ai").page().select(".cm-empty"))
                .hasSize(1);
    }

    @Test
    void showsWhatChangedSinceTheLastSubmission() {
        ground.submit();
        done(lists.sendBack(ground.board, ground.key, 1, "Xem lại", Map.of()));
        ground.sign(hoa);
        var live = as(ground.clerk).get(list).page();
        assertThat(live.select("details summary").text()).contains("Thay đổi từ lần nộp trước (bản 1): 1 dòng");
        ground.submit();
        var changes = as(ground.board).get(list).page().select("#thay-doi tbody tr");
        assertThat(changes).hasSize(1);
        assertThat(changes.text()).contains("Trần Thị Hoà", "Đổi tình trạng", "Chưa ký", "Đã ký");
    }

    @Test
    void answersNotFoundOutsideTheScopeAndForUnknownVersions() {
        ground.compile();
        var stranger = as(ground.body.viewer(Role.CLERK, ground.body.wardTwo));
        for (String path : List.of(list, list + "/v1.xlsx", list + "/v1.pdf")) {
            assertThat(stranger.get(path).status()).as(path).isEqualTo(404);
        }
        var administrator = as(ground.body.viewer(Role.ADMINISTRATOR, ground.body.root));
        assertThat(administrator.get("/danh-sach").status()).isEqualTo(403);
        assertThat(administrator.get(list + "/v1.docx").status()).isEqualTo(403);
        var clerk = as(ground.clerk);
        for (String path : List.of("?ban=7", "?ban=x", "/v7.xlsx", "/tra-lai")) {
            assertThat(clerk.get(list + path).status()).as(path).isIn(403, 404);
        }
        assertThat(stranger.get("/danh-sach").page().select(".cm-empty")).hasSize(1);
    }

    /** domain.md 4.2: one denominator; the issue: the same rows and totals as on screen, read from all four. */
    @Test
    void screenWorkbookWordAndPdfSayTheSameInBothOrders() throws IOException {
        ground.sign(an);
        commitments.excuse(ground.clerk, ground.campaign, hoa, "om", "Nằm viện, hồ sơ số <12> & 13");
        ground.approve();
        var clerk = as(ground.clerk);
        var seen = new ArrayList<List<List<String>>>();
        for (String order : List.of("ten", "cap-bac")) {
            var rows = new ArrayList<List<String>>();
            List<String> totals = List.of();
            for (int page = 1; page <= 2; page++) {
                var screen =
                        clerk.get(list + "?thu-tu=" + order + "&trang=" + page).page();
                screen.select("#danh-sach tbody tr")
                        .forEach(row -> rows.add(row.select("td").eachText()));
                totals = screen.select("#tong p").eachText();
            }
            assertThat(rows).hasSize(62);
            seen.add(rows);
            assertThat(totals).hasSize(3);
            assertThat(totals.getFirst())
                    .isEqualTo("Tổng số: 62 người. Đã ký: 1; từ chối: 0; không ký, có lý do: 1; chưa ký: 60.");

            String query = "?thu-tu=" + order;
            var workbook = workbook(clerk.get(list + "/v1.xlsx" + query).bytes());
            assertThat(workbook.rows()).isEqualTo(rows);
            assertThat(workbook.lines()).containsAll(totals);
            var word = word(clerk.get(list + "/v1.docx" + query).bytes());
            assertThat(word.rows()).isEqualTo(rows);
            assertThat(word.lines()).containsAll(totals);
            String pdf = pdf(clerk.get(list + "/v1.pdf" + query).bytes());
            int at = 0;
            for (List<String> row : rows) {
                int found = pdf.indexOf(String.join(" ", row), at);
                assertThat(found).as("%s after %d", row, at).isNotNegative();
                at = found + 1;
            }
            for (String total : totals) {
                assertThat(pdf.indexOf(total, at)).as(total).isGreaterThan(at);
            }
            assertThat(pdf).doesNotContain("DỰ THẢO").contains("ĐẢNG CỘNG SẢN VIỆT NAM", "PHƯỜNG MỘT", "Số -DS/");
        }
        assertThat(seen.get(0)).isNotEqualTo(seen.get(1));
        assertThat(seen.get(0).getFirst().get(1)).isEqualTo("Nguyễn Văn Thử A");
        assertThat(seen.get(0)).extracting(row -> row.get(1)).containsSubsequence("Trần Thị Hoà", "Lê Thị Yến");
        assertThat(seen.get(1).stream().limit(7).map(row -> row.get(3))).containsOnly("Bí thư Đảng ủy");
    }

    private record Read(List<List<String>> rows, List<String> lines) {}

    /** Blank cells are left out, as jsoup leaves them out. */
    private static Read workbook(byte[] bytes) throws IOException {
        var rows = new ArrayList<List<String>>();
        var lines = new ArrayList<String>();
        var formatter = new DataFormatter();
        try (var book = new XSSFWorkbook(new ByteArrayInputStream(bytes))) {
            boolean table = false;
            for (var row : book.getSheetAt(0)) {
                var cells = new ArrayList<String>();
                row.forEach(cell -> cells.add(formatter.formatCellValue(cell)));
                cells.removeIf(String::isEmpty);
                if (table && !cells.isEmpty() && cells.getFirst().matches("\\d+")) {
                    rows.add(cells);
                } else {
                    lines.addAll(cells);
                }
                table |= cells.contains("STT");
            }
        }
        return new Read(rows, lines);
    }

    private static Read word(byte[] bytes) throws IOException {
        try (var word = new XWPFDocument(new ByteArrayInputStream(bytes))) {
            var rows = word.getTables().get(1).getRows().stream()
                    .skip(1)
                    .map(row -> row.getTableCells().stream()
                            .map(XWPFTableCell::getText)
                            .filter(text -> !text.isEmpty())
                            .toList())
                    .toList();
            return new Read(
                    rows,
                    word.getParagraphs().stream().map(line -> line.getText()).toList());
        }
    }

    private static String pdf(byte[] bytes) throws IOException {
        try (var pdf = Loader.loadPDF(bytes)) {
            return new PDFTextStripper().getText(pdf).replaceAll("[\\s\u00a0]+", " ");
        }
    }

    @Test
    void aPaperSaysThatItIsADraftUntilTheHeadApproves() throws IOException {
        ground.compile();
        var clerk = as(ground.clerk);
        assertThat(word(clerk.get(list + "/v1.docx").bytes()).lines()).anyMatch(line -> line.contains("DỰ THẢO"));
        done(lists.approve(ground.head, ground.key, 1));
        var approved = clerk.get(list + "/v1.docx");
        assertThat(word(approved.bytes()).lines()).noneMatch(line -> line.contains("DỰ THẢO"));
        try (var word = new XWPFDocument(new ByteArrayInputStream(approved.bytes()))) {
            String signatures = word.getTables().getLast().getText();
            assertThat(signatures).contains("NGƯỜI LẬP", "T/M", "THỦ TRƯỞNG", "Tài khoản thử head");
        }
    }

    @Test
    void namesTheFileForEverySystem() {
        ground.compile();
        var sheet = lists.get(ground.clerk, ground.key);
        assertThat(Objects.requireNonNull(sheet.current()).number()).isEqualTo(1);
        var answer = as(ground.clerk).get(list + "/v1.xlsx");
        assertThat(answer.type()).isEqualTo("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        assertThat(answer.disposition())
                .contains("filename=\"danh-sach-phuong-mot-khoi-dang-doan-the-v1.xlsx\"")
                .contains("filename*=UTF-8''Ph%C6%B0%E1%BB%9Dng%20M%E1%BB%99t");
    }
}
