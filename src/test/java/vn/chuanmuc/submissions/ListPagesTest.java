package vn.chuanmuc.submissions;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.chuanmuc.submissions.ListGround.done;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
import vn.chuanmuc.campaigns.CampaignSamples;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.SmallDecision;
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

    /** The two lawful ways when people have changed since: back for a new version, or as it stands for a reason. */
    @Test
    void acceptsAListThatPeopleHaveOvertakenOnlyAsItStandsAndForAReason() throws IOException {
        ground.submit();
        var board = as(ground.board);
        assertThat(board.get(list).page().select("form[action$=/tiep-nhan]")).hasSize(1);
        var stale = board.token(list); // the page is open while somebody signs
        ground.sign(hoa);
        var refused = board.postWithToken(stale, list + "/tiep-nhan", "ban", "1", "ghi-chu", "Danh sách gọn");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.page().select("[role=alert]").text())
                .contains("Chưa tiếp nhận bản 1", "1 dòng đã đổi", "Trần Thị Hoà", "trả lại", "có ghi lý do");
        assertThat(refused.page().select("#khac tbody tr").text())
                .contains("Trần Thị Hoà", "Đổi tình trạng", "Chưa ký", "Đã ký");
        assertThat(refused.page().select("form[action$=/tiep-nhan]")).isEmpty();
        assertThat(refused.page().select("#nb-ghi-chu").val())
                .as("nothing typed is lost")
                .isEqualTo("Danh sách gọn");

        // the first way: what speaks for a new version stands in the form already
        assertThat(board.get(list + "/tra-lai?ban=1")
                        .page()
                        .select("textarea[name=ghi-chu]")
                        .text())
                .contains("1 dòng đã đổi (Trần Thị Hoà)", "Đề nghị lập bản mới");

        // the second way, with the mistakes on the way
        String way = list + "/tiep-nhan-nguyen-ban";
        String seen = refused.page().select("input[name=da-xem]").val();
        assertThat(seen).hasSize(64);
        var reasonless = board.post(list, way, "ban", "1", "da-xem", seen, "ghi-chu", "Gọn", "ly-do", " ");
        assertThat(reasonless.status()).isEqualTo(422);
        assertThat(reasonless.page().select("[role=alert]").text()).contains("Chưa có lý do");
        assertThat(reasonless.page().select("#nb-ghi-chu").val()).isEqualTo("Gọn");
        ground.sign(an);
        var more = board.post(list, way, "ban", "1", "da-xem", seen, "ly-do", "Đã quá hạn nộp");
        assertThat(more.status()).isEqualTo(422);
        assertThat(more.page().select("[role=alert]").text())
                .contains("có thêm thay đổi", "nay là 2 dòng", "Lê Thị Yến");
        assertThat(more.page().select("#nb-ly-do").text()).isEqualTo("Đã quá hạn nộp");
        for (String wrong : List.of("", "x", "00")) {
            assertThat(board.post(list, way, "ban", "1", "da-xem", wrong, "ly-do", "Gấp")
                            .status())
                    .isEqualTo(422);
        }
        assertThat(as(ground.clerk).post(list, way, "ban", "1", "ly-do", "Gấp").status())
                .isEqualTo(403);
        seen = more.page().select("input[name=da-xem]").val();
        var done = board.post(list, way, "ban", "1", "da-xem", seen, "ly-do", "Đã quá hạn nộp");
        assertThat(done.path()).endsWith("?xong=list-accepted-as-it-stands");

        // the unit sees the reason, and who signed after compiling; so do the papers
        var clerk = as(ground.clerk);
        var page = clerk.get(list).page();
        assertThat(page.select(".sub-drift").text()).contains("dù 2 dòng đã đổi sau khi tổng hợp", "Đã quá hạn nộp");
        assertThat(page.select("#ky-sau li").eachText())
                .anyMatch(line -> line.startsWith("Trần Thị Hoà: Ký sau khi tổng hợp, ngày "))
                .hasSize(2);
        assertThat(page.select("#tong").text()).contains("Đã ký: 0;", "2 người đã đổi sau khi tổng hợp");
        var row = clerk.get(list + "?tim=hoa").page().select("#danh-sach tbody tr");
        assertThat(row.select("td:last-child").text()).contains("(mẫu) Ký sau khi tổng hợp, ngày ");
        var workbook = workbook(clerk.get(list + "/v1.xlsx").bytes());
        assertThat(workbook.lines()).anyMatch(line -> line.contains("2 người đã đổi sau khi tổng hợp"));
        assertThat(workbook.rows())
                .filteredOn(cells -> cells.getLast().contains("Ký sau khi tổng hợp"))
                .extracting(cells -> cells.get(1))
                .containsExactly("Trần Thị Hoà", "Lê Thị Yến");
        assertThat(pdf(clerk.get(list + "/v1.pdf").bytes())).contains("Ký sau khi tổng hợp, ngày");
        assertThat(as(ground.body.viewer(Role.INSPECTOR, ground.body.root))
                        .get("/nhat-ky")
                        .text())
                .contains("Tiếp nhận nguyên bản danh sách");
    }

    /** Whoever reads lists of one unit does not learn of campaigns that other units receive. */
    @Test
    void namesOnlyTheCampaignsAViewerMayKnowOf() {
        var body = ground.body;
        var other = body.viewer(Role.BOARD, body.wardTwo);
        body.person("Vũ Thị Hoa", body.wardTwo, body.partyBloc, body.staff);
        var decision = SmallDecision.publish(jdbc, body);
        decision.decideForAll();
        var plan = new Campaigns.Plan(
                2022,
                "Kế hoạch riêng của Phường Hai",
                "",
                null,
                decision.id,
                LocalDate.of(2022, 1, 30),
                LocalDate.of(2022, 2, 20),
                Set.of("xac-nhan-dien-tu"),
                body.wardTwo,
                Set.of(body.wardTwo));
        body.viewer(Role.HEAD, body.wardTwo);
        body.viewer(Role.CLERK, body.wardTwo);
        UUID foreign = CampaignSamples.draft(campaigns, other, plan);
        var launch = campaigns.launch(other, foreign);
        assertThat(launch).isInstanceOf(Campaigns.Launch.Launched.class);
        assertThat(as(other).get("/danh-sach").text()).contains("Phường Hai");
        assertThat(as(ground.clerk).get("/danh-sach").text()).doesNotContain("Kế hoạch riêng");
        assertThat(as(ground.board).get("/danh-sach").text()).contains("Kế hoạch riêng");
        // a ward's own board waits for the lists it receives, and not for those it may only read
        ground.submit();
        assertThat(as(body.viewer(Role.BOARD, body.wardOne))
                        .get("/danh-sach")
                        .page()
                        .select("#cho")
                        .text())
                .contains("(0)");
    }

    @Test
    void findsListsByStateAndUnitAndSaysWhenThereAreNone() {
        ground.submit();
        var board = as(ground.board);
        var found = board.get("/danh-sach?trang-thai=submitted&tim=phuong+mot").page();
        assertThat(found.select("tbody tr")).hasSize(1);
        assertThat(found.select("option[value=submitted]").hasAttr("selected")).isTrue();
        assertThat(board.get("/danh-sach?trang-thai=accepted").page().select(".cm-empty"))
                .hasSize(1);
        assertThat(board.get("/danh-sach?tim=khong-co").page().select(".cm-empty a[href=/danh-sach]"))
                .hasSize(1);
        assertThat(board.get("/danh-sach?trang=99").page().select("main").text())
                .contains("Phường Một");
    }

    @Test
    void whoHasSignedBelongsToTheCampaignsInTheNavigation() {
        var clerk = as(ground.clerk);
        for (String path :
                List.of("/cam-ket/danh-sach/" + ground.campaign, "/cam-ket/khong-ky/" + ground.campaign + "/" + hoa)) {
            assertThat(clerk.get(path)
                            .page()
                            .select(".cm-nav a[aria-current=page]")
                            .eachAttr("href"))
                    .as(path)
                    .containsExactly("/dot");
        }
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
