package vn.chuanmuc.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.chuanmuc.directory.ReorganisationGround.scope;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.dhatim.fastexcel.Workbook;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.ReorganisationDraft.State;
import vn.chuanmuc.office.Cell;
import vn.chuanmuc.office.OfficeFiles;
import vn.chuanmuc.office.SheetLimits;
import vn.chuanmuc.office.SheetReading;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;

/** Drafting, approving and looking at re-organisations on the pages, with the usual mistakes. */
@ProductTest
class ReorganisationPagesTest {
    @Autowired
    TestBodies bodies;

    @Autowired
    ReorganisationGround ground;

    @Autowired
    Reorganisations reorganisations;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Units units;

    private Body body;
    private Viewer preparer;
    private Browser board;
    private UUID lan;

    @BeforeEach
    void prepare() {
        body = bodies.create();
        body.people(4, body.wardOne, body.partyBloc);
        lan = body.person("Nguyễn Thị Lan", body.wardOne, body.stateBloc, body.staff);
        body.people(3, body.wardTwo, body.partyBloc);
        ground.since2015(body.tenant);
        preparer = ground.board(body);
        board = body.browser(preparer);
    }

    private String draft() {
        var answer = board.post(
                "/sap-xep/moi",
                "/sap-xep",
                "tieu-de",
                "Sắp xếp phường (mẫu)",
                "hieu-luc",
                "01/07/2025",
                "can-cu",
                "chua");
        assertThat(answer.status()).isEqualTo(200);
        return answer.path().replaceAll("[?#].*", "");
    }

    @Test
    void theWholeWayByTableWithAMistakeThatLosesNothing() {
        var wrong = board.post(
                "/sap-xep/moi", "/sap-xep", "tieu-de", "Sắp xếp", "hieu-luc", "31/06/2025", "can-cu", "co", "so", "12");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.page().select("#f-hieu-luc").val()).isEqualTo("31/06/2025");
        assertThat(wrong.page().select("#e-hieu-luc").text()).contains("ngày hiệu lực có thật");
        assertThat(wrong.page().select("#e-ngay-ban-hanh").text()).isNotEmpty();
        String at = draft();
        assertThat(board.get(at).page().text()).contains("Chưa có căn cứ", "Dự thảo chưa thay đổi gì");

        var badParent = board.post(
                at, at + "/don-vi-moi", "ten", "Phường Mới", "ma", "PM", "loai", "WARD", "cha", "Quận không có");
        assertThat(badParent.status()).isEqualTo(422);
        assertThat(badParent.page().select("#f-ten").val()).isEqualTo("Phường Mới");
        assertThat(badParent.page().select("#e-cha").text()).contains("Không có đơn vị “Quận không có”");
        assertThat(board.post(at, at + "/don-vi-moi", "ten", "Phường Mới", "ma", "PM", "loai", "WARD", "cha", "GOC")
                        .status())
                .isEqualTo(200);

        String one = body.wardOne.toString();
        String two = body.wardTwo.toString();
        String root = body.root.toString();
        var badRow = board.post(
                at + "/bang",
                at + "/bang",
                "cap-tren",
                root,
                "don-vi",
                one,
                "don-vi",
                two,
                "viec-" + one,
                "het",
                "dich-" + one,
                "Phường Chín",
                "viec-" + two,
                "het",
                "dich-" + two,
                "PM – Phường Mới");
        assertThat(badRow.status()).isEqualTo(422);
        assertThat(badRow.page().select("#f-dich-" + one).val()).isEqualTo("Phường Chín");
        assertThat(badRow.page().select("#f-dich-" + two).val()).isEqualTo("PM – Phường Mới");
        var saved = board.post(
                at + "/bang",
                at + "/bang",
                "cap-tren",
                root,
                "don-vi",
                one,
                "don-vi",
                two,
                "viec-" + one,
                "het",
                "giu-" + one,
                "PM",
                "viec-" + two,
                "het",
                "dich-" + two,
                "PM");
        assertThat(saved.status()).isEqualTo(200);
        assertThat(board.get(at).page().text()).contains("5 người chưa có nơi về");
        assertThat(board.post(at, at + "/trinh", "phien-ban", version(at)).status())
                .isEqualTo(422);

        String line = at + "/don-vi/" + one;
        assertThat(board.get(line).page().select("tbody tr .cm-tag.bad")).hasSize(5);
        var nobody = board.post(line, line + "/phan", "theo", "person", "phan-dich", "PM");
        assertThat(nobody.status()).isEqualTo(422);
        assertThat(nobody.page().text()).contains("Chưa chọn ai");
        assertThat(board.post(line, line + "/phan", "theo", "person", "phan-dich", "PM", "chon", lan.toString())
                        .status())
                .isEqualTo(200);
        assertThat(board.post(
                                line,
                                line + "/phan",
                                "theo",
                                "bloc",
                                "phan-dich",
                                "PM",
                                "chon",
                                body.partyBloc.toString())
                        .status())
                .isEqualTo(200);
        var preview = board.get(at + "/xem-truoc").page();
        assertThat(preview.select("section:last-of-type").text()).contains("Phường Mới", "+ mới", "8");
        assertThat(board.post(at, at + "/trinh", "phien-ban", version(at)).text())
                .contains("Chờ duyệt", "không được duyệt");

        var inspector = body.browser(body.viewer(Role.INSPECTOR, body.root));
        assertThat(inspector.get(at).page().text()).contains("Chờ duyệt");
        assertThat(inspector.get(at).page().select("main form[method=post]")).isEmpty();
        body.viewer(Role.CLERK, body.wardOne);
        Viewer second = ground.board(body);
        var approver = body.browser(second);
        assertThat(approver.get("/viec").text()).contains("chờ anh/chị duyệt");
        var done = approver.post(at, at + "/duyet", "phien-ban", version(at));
        assertThat(done.page().text()).contains("Đã thực hiện", "8 người chuyển sang đơn vị khác");
        assertThat(approver.post("/sap-xep/moi", at + "/duyet", "phien-ban", version(at))
                        .status())
                .isEqualTo(422); // a second click is told how things are, and does nothing
        assertThat(approver.get(at + "/xem-truoc").path()).isEqualTo(at);
        var old = approver.get("/don-vi/" + one).page();
        assertThat(old.text()).contains("Đơn vị này đã kết thúc", "Phường Mới", "Chưa có căn cứ", "Nơi giữ hồ sơ");
        assertThat(approver.get("/don-vi/" + one + "?ngay=30/06/2025")
                        .page()
                        .select("h1")
                        .text())
                .isEqualTo("Phường Một");
        givesRolesInTheNewUnit();
    }

    private void givesRolesInTheNewUnit() {
        UUID founded = jdbc.sql("select unit_id from directory.unit_version where tenant_id = ? and code = 'PM'")
                .param(body.tenant)
                .query((row, n) -> row.getObject(1, UUID.class))
                .single();
        var administrator = body.browser(body.viewer(Role.ADMINISTRATOR, body.root));
        var todo = administrator.get("/viec").page().select(".cm-todo li:contains(Phường Mới)");
        assertThat(todo.text()).contains("1 đơn vị mới sau sắp xếp");
        String place = todo.select("a").attr("href");
        var lacking = administrator.get(place).page().select("tbody tr");
        assertThat(lacking.select(".cm-tag").eachText())
                .containsExactly("Văn phòng Đảng ủy (tổng hợp)", "Thủ trưởng, người đứng đầu");
        String former = lacking.select("a[href*=tim-don-vi]").attr("href").replaceFirst("#.*", "");
        var account = administrator.get(former).page();
        assertThat(account.select("#f-vai option[selected]").val()).isEqualTo("CLERK");
        assertThat(account.select("input[name=don-vi][checked]").val()).isEqualTo(founded.toString());
        body.viewer(Role.HEAD, founded);
        assertThat(administrator.get(place).page().select("tbody .cm-tag").eachText())
                .containsExactly("Văn phòng Đảng ủy (tổng hợp)");
        body.viewer(Role.CLERK, founded);
        assertThat(administrator.get(place).page().select(".cm-empty").text()).contains("đã có người giữ vai");
        assertThat(administrator.get("/viec").text()).doesNotContain("đơn vị mới sau sắp xếp");
        assertThat(board.get(place).status()).isEqualTo(403);
    }

    @Test
    void searchesForUnitsWhereTheyAreTooManyToOffer() {
        List<UUID> teams = units.addAll(
                body.tenant,
                preparer.accountId(),
                IntStream.rangeClosed(1, 120)
                        .mapToObj(n -> new Units.NewUnit("T" + n, "Tổ số " + n, Units.Kind.OTHER, body.wardOne))
                        .toList());
        String at = draft();
        assertThat(board.get(at).page().select("#ds-dv option")).isEmpty();
        assertThat(board.get(at).page().select("#f-cha").attr("hx-get")).isEqualTo(at + "/goi-y");
        assertThat(board.post(at, at + "/don-vi-moi", "ten", "Phường Mới", "ma", "PM", "loai", "WARD", "cha", "GOC")
                        .status())
                .isEqualTo(200);
        assertThat(board.get(at + "/goi-y?cha=phuong").page().select("option").eachAttr("value"))
                .containsExactlyInAnyOrder("PM – Phường Mới", "P1 – Phường Một", "P2 – Phường Hai");

        String table = at + "/bang";
        assertThat(board.get(table).page().select("tbody tr")).hasSize(2);
        var first = board.get(table + "?don-vi=" + body.wardOne).page();
        assertThat(first.select("tbody tr")).hasSize(Tree.PAGE);
        assertThat(first.select("select option")).hasSizeLessThanOrEqualTo(2 * Tree.PAGE);
        var second = board.get(table + "?don-vi-tim=phuong+mot&trang=2").page();
        assertThat(second.select("tbody tr")).hasSize(20);
        UUID team = teams.get(110);
        String[] row = {
            "cap-tren",
            body.wardOne.toString(),
            "trang",
            "2",
            "don-vi",
            team.toString(),
            "viec-" + team,
            "het",
            "dich-" + team,
            "to 10",
            "giu-" + team,
            "PM"
        };
        var like = board.post(table, table, row);
        assertThat(like.status()).isEqualTo(422);
        assertThat(like.page().select("#f-dich-" + team).val()).isEqualTo("to 10");
        assertThat(like.page().select("main").text()).contains("Gần giống: T10 – Tổ số 10; T100 – Tổ số 100");
        row[9] = "T10";
        assertThat(board.post(table, table, row).path()).contains("?xong=reorg-saved");
        String[] on = java.util.Arrays.copyOf(row, row.length + 2);
        on[row.length] = "sang";
        on[row.length + 1] = "1";
        assertThat(board.post(table, table, on).path())
                .as("saved by going to another page of the table")
                .endsWith("/bang?don-vi=" + body.wardOne + "&trang=1&xong=reorg-saved");
        assertThat(second.select("button[name=sang]").eachAttr("value")).containsExactly("1");
        assertThat(board.get(table + "?don-vi=" + body.wardOne + "&trang=2")
                        .page()
                        .select("#f-dich-" + team)
                        .val())
                .isEqualTo("T10 – Tổ số 10");
        assertThat(board.get(at + "/don-vi/" + team).page().select("#f-cha").val())
                .isEqualTo("P1 – Phường Một");
        assertThat(board.get(at + "/goi-y?dich=T111").page().select("option"))
                .as("it ends")
                .isEmpty();
        assertThat(board.get(table + "?don-vi-tim=khong+co").status()).isEqualTo(422);
    }

    private String version(String at) {
        return Integer.toString(reorganisations
                .find(scope(preparer), UUID.fromString(at.substring("/sap-xep/".length())))
                .orElseThrow()
                .facts()
                .version());
    }

    @Test
    void theSameByAFormInExcelWithEveryWrongCellNamed() throws IOException {
        String at = draft();
        List<List<String>> rows = rows(board.get(at + "/mau.xlsx").bytes());
        assertThat(rows.getFirst()).startsWith("Loại dòng", "Mã đơn vị", "Tên");
        assertThat(rows).anySatisfy(row -> assertThat(row).startsWith("Đơn vị cũ", "P1", "Phường Một"));

        byte[] bad = sheet(
                List.of("Loại dòng", "Mã đơn vị", "Tên", "Loại đơn vị", "Thuộc (mã)", "Việc", "Về", "Giữ"),
                List.of("Đơn vị mới", "PM", "", "Phường, xã", "GOC"),
                List.of("Đơn vị cũ", "P1", "Phường Một", "", "", "Xóa", "PM", "PM"),
                List.of("Đơn vị cũ", "P9", "", "", "", "Kết thúc", "PM", "PM"),
                List.of("Gì đó", "P1"),
                List.of("Đơn vị cũ", "P2", "", "", "", "Kết thúc", "KHONG", "PM"));
        var refused = upload(at, bad);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.page().select("tbody th").eachText()).contains("C2", "F3", "B4", "A5", "G6");
        assertThat(board.get(at).page().text()).contains("Chưa có đơn vị mới nào");

        // first the units; then the form holds a row for each person of the one that is split
        String kind = rows.stream()
                .filter(row -> row.size() > 3 && row.get(1).equals("P1"))
                .findFirst()
                .orElseThrow()
                .get(3);
        List<String> head = rows.getFirst();
        assertThat(upload(
                                at,
                                sheet(
                                        head,
                                        List.of("Đơn vị mới", "PM", "Phường Mới", kind, "GOC"),
                                        List.of("Đơn vị cũ", "P1", "", "", "", "Kết thúc", "", "PM"),
                                        List.of("Đơn vị cũ", "P2", "", "", "", "Giữ nguyên")))
                        .status())
                .isEqualTo(200);
        List<List<String>> filled = new ArrayList<>();
        for (List<String> row : rows(board.get(at + "/mau.xlsx").bytes())) {
            var copy = new ArrayList<>(row);
            if (row.getFirst().equals("Người")) {
                copy.set(6, row.get(2).equals("Nguyễn Thị Lan") ? "P2" : "PM");
            }
            filled.add(copy);
        }
        assertThat(filled.stream().filter(row -> row.getFirst().equals("Người")))
                .hasSize(5);
        var strange = new ArrayList<>(filled);
        strange.add(List.of(
                "Người",
                "P1",
                "Ai đó",
                "",
                "",
                "",
                "PM",
                "",
                "",
                "",
                UUID.randomUUID().toString()));
        assertThat(upload(at, sheet(strange.toArray(List[]::new))).page().text())
                .contains("không có trong đơn vị");
        assertThat(upload(at, sheet(filled.toArray(List[]::new))).status()).isEqualTo(200);
        assertThat(board.get(at).page().text()).doesNotContain("chưa có nơi về").doesNotContain("Phải sửa");
        var preview = board.get(at + "/xem-truoc").page().text();
        assertThat(preview).contains("3 → 4");
    }

    @Test
    void takesNoHostileFile() throws IOException {
        String at = draft();
        for (byte[] file : List.of(
                new byte[0],
                "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8),
                new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0},
                sheet(List.of("=cmd|' /C calc'!A0", "<b>x</b>")))) {
            var answer = upload(at, file);
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.page().select("[role=alert]").text()).isNotEmpty();
        }
        var formula = upload(
                at,
                sheet(
                        List.of("Loại dòng", "Mã đơn vị"),
                        List.of("Đơn vị cũ", "<script>alert(1)</script>", "", "", "", "Kết thúc")));
        assertThat(formula.status()).isEqualTo(422);
        assertThat(formula.text()).doesNotContain("<script>alert(1)");
        assertThat(formula.page().select("tbody td").text()).contains("<script>alert(1)");
    }

    @Test
    void onlyTheTopUnitsBoardWritesAndOthersSeeNothing() {
        String at = draft();
        Browser ward = body.browser(body.viewer(Role.BOARD, body.wardOne));
        assertThat(ward.get(at).status()).isEqualTo(404);
        assertThat(ward.get("/sap-xep").status()).isEqualTo(404);
        assertThat(ward.get("/viec").status()).isEqualTo(200);
        Browser clerk = body.browser(body.viewer(Role.CLERK, body.wardOne));
        assertThat(clerk.get("/sap-xep").status()).isEqualTo(403);
        assertThat(clerk.get("/don-vi/" + body.wardOne).page().text()).contains("Phường Một", "nay");
        assertThat(clerk.get("/don-vi/" + body.wardTwo).status()).isEqualTo(404);
        assertThat(board.get("/sap-xep/" + UUID.randomUUID()).status()).isEqualTo(404);
        assertThat(reorganisations
                        .find(scope(preparer), UUID.fromString(at.substring(9)))
                        .orElseThrow()
                        .state())
                .isEqualTo(State.DRAFT);
    }

    private Browser.Answer upload(String at, byte[] file) {
        return board.upload(at + "/tep", at + "/tep", "tep", "sap-xep.xlsx", file);
    }

    @SafeVarargs
    private static byte[] sheet(List<String>... rows) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var book = new Workbook(bytes, "Excel", "16.0");
        var sheet = book.newWorksheet("Sắp xếp");
        for (int row = 0; row < rows.length; row++) {
            for (int column = 0; column < rows[row].size(); column++) {
                if (!rows[row].get(column).isEmpty()) {
                    sheet.value(row, column, rows[row].get(column));
                }
            }
        }
        book.finish();
        return bytes.toByteArray();
    }

    /** The rows of the form from its heading on, as texts. */
    private static List<List<String>> rows(byte[] file) throws IOException {
        Path copy = Files.write(Files.createTempFile("form", ".xlsx"), file);
        try {
            var rows = new ArrayList<List<String>>();
            assertThat(OfficeFiles.readFirstSheet(copy, SheetLimits.DEFAULT, row -> {
                        List<String> cells = row.cells().stream()
                                .map(cell -> cell instanceof Cell.Text(String text) ? text : "")
                                .toList();
                        if (!rows.isEmpty() || cells.getFirst().equals("Loại dòng")) {
                            rows.add(cells);
                        }
                    }))
                    .isInstanceOf(SheetReading.Done.class);
            return rows;
        } finally {
            Files.delete(copy);
        }
    }
}
