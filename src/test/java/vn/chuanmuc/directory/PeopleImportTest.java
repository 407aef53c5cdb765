package vn.chuanmuc.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.Browser.Answer;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;

@ProductTest
class PeopleImportTest {
    private static final List<String> HEADINGS =
            List.of("STT", "Họ và tên", "Ngày sinh", "Số CCCD", "Chức vụ/Vị trí việc làm", "Đơn vị", "Khối", "Ghi chú");

    @Autowired
    TestBodies bodies;

    @Autowired
    People people;

    @Autowired
    JdbcClient jdbc;

    private static List<?> row(int serial, String name, Object birth, String position, String unit, String bloc) {
        return Arrays.asList(serial, name, birth, "001080012345", position, unit, bloc, "");
    }

    private static List<List<?>> fivePeople() {
        return List.of(
                row(1, "Nguyễn Văn An", "05/02/1980", "Bí thư Đảng ủy", "", "Khối Đảng, đoàn thể"),
                row(
                        2,
                        "Trần Thị Bích",
                        LocalDate.of(1985, 12, 31),
                        "Chủ tịch Hội Nông dân",
                        "Phường Một",
                        "KHỐI ĐẢNG, ĐOÀN THỂ"),
                row(
                        3,
                        Normalizer.normalize("Đỗ Thuý Hòa", Normalizer.Form.NFD),
                        "1/3/1990",
                        "Văn thư",
                        "",
                        "Khối chính quyền"),
                row(4, "Lê Sai Ngày", "31/02/1990", "Văn thư", "", "Khối chính quyền"),
                row(5, "Phạm Lạc Đơn Vị", "01/01/1991", "Văn thư", "Phường Hai", "Khối chính quyền"));
    }

    private Answer upload(Browser browser, Body body, byte[] file) {
        return upload(browser, body, file, "01/10/2021");
    }

    private Answer upload(Browser browser, Body body, byte[] file, String from) {
        return browser.upload(
                "/can-bo/nhap",
                "/can-bo/nhap",
                "tep",
                "Danh sách.xlsx",
                file,
                "don-vi",
                body.wardOne.toString(),
                "khoi",
                "",
                "loai",
                "cong-chuc",
                "tu-ngay",
                from);
    }

    private int members(Body body) {
        return people.membersOf(body.tenant, List.of(body.wardOne)).size();
    }

    @Test
    void previewsThenTakesTheGoodRowsAndTheSameFileAgainChangesNothing() {
        var body = bodies.create();
        var browser = body.browser(body.viewer(Role.CLERK, body.wardOne));
        Answer preview = upload(browser, body, Sheets.list(HEADINGS, fivePeople()));
        assertThat(preview.status()).isEqualTo(200);
        var page = preview.page();
        assertThat(page.select(".cm-counts strong").eachText()).containsExactly("2", "0", "3", "0");
        assertThat(page.select("tbody tr").text())
                .contains("Ô C8: ngày sinh “31/02/1990” không có thật")
                .contains("Dòng 9: không có đơn vị “Phường Hai” trong phạm vi Phường Một");
        assertThat(page.text()).contains("Cột D “Số CCCD”: không thu thập").doesNotContain("001080012345");
        assertThat(page.select("input[name=lanh-dao][checked]").eachAttr("value"))
                .containsExactly("chu tich hoi nong dan");
        assertThat(members(body)).isZero();

        Answer applied = browser.post(preview.path(), preview.path() + "/ghi", "lanh-dao", "chu tich hoi nong dan");
        assertThat(applied.path()).endsWith("?xong=imported");
        var members = people.membersOf(body.tenant, List.of(body.wardOne));
        assertThat(members)
                .extracting(People.Member::fullName)
                .containsExactlyInAnyOrder("Nguyễn Văn An", "Trần Thị Bích", "Đỗ Thuý Hòa");
        assertThat(members)
                .filteredOn(People.Member::leads)
                .extracting(People.Member::positionName)
                .containsExactlyInAnyOrder("Bí thư Đảng ủy", "Chủ tịch Hội Nông dân");
        assertThat(members)
                .filteredOn(member -> member.fullName().equals("Trần Thị Bích"))
                .extracting(People.Member::birthDate, People.Member::blocId)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(LocalDate.of(1985, 12, 31), body.partyBloc));

        Answer again = upload(browser, body, Sheets.list(HEADINGS, fivePeople()));
        assertThat(again.page().select(".cm-counts strong").eachText()).containsExactly("2", "0", "0", "3");
        assertThat(members(body)).isEqualTo(3);
    }

    @Test
    void tellsChangesFieldByFieldAndKeepsTheOldPostWithItsDates() {
        var body = bodies.create();
        var browser = body.browser(body.viewer(Role.CLERK, body.wardOne));
        Answer first = upload(browser, body, Sheets.list(HEADINGS, fivePeople().subList(0, 3)));
        browser.post(first.path(), first.path() + "/ghi");
        Answer second = upload(
                browser,
                body,
                Sheets.list(HEADINGS, List.of(row(1, "Đỗ Thúy Hoà", "01/03/1990", "Kế toán", "", "Khối chính quyền"))),
                "01/10/2022");
        assertThat(second.page().select(".cm-counts strong").eachText())
                .as("one change; the two others of the unit are not in the file")
                .containsExactly("0", "1", "0", "0", "2");
        assertThat(second.page().select("tbody del").text()).isEqualTo("Văn thư");
        assertThat(second.page().select("tbody ins").text()).isEqualTo("Kế toán");
    }

    @Test
    void givesBackTheBadRowsToBeMendedAndTakesThemThen() throws Exception {
        var body = bodies.create();
        var browser = body.browser(body.viewer(Role.CLERK, body.wardOne));
        Answer preview = upload(browser, body, Sheets.list(HEADINGS, fivePeople()));
        Answer bad = browser.get(preview.path() + "/loi.xlsx");
        assertThat(bad.type()).contains("spreadsheetml");
        try (var book = new org.apache.poi.xssf.usermodel.XSSFWorkbook(new java.io.ByteArrayInputStream(bad.bytes()))) {
            var sheet = book.getSheetAt(0);
            assertThat(sheet.getRow(1).getCell(0).getStringCellValue()).isEqualTo("Lê Sai Ngày");
            assertThat(sheet.getRow(1)
                            .getCell(sheet.getRow(0).getLastCellNum() - 1)
                            .getStringCellValue())
                    .contains("31/02/1990");
            for (var row : sheet) {
                for (var cell : row) {
                    assertThat(cell.getStringCellValue()).doesNotContain("001080012345");
                    if (cell.getStringCellValue().equals("31/02/1990")) {
                        // a new cell: POI would leave the inline text beside the new value
                        row.createCell(cell.getColumnIndex()).setCellValue("28/02/1990");
                    }
                }
            }
            var mended = new java.io.ByteArrayOutputStream();
            book.write(mended);
            Answer again = upload(browser, body, mended.toByteArray());
            assertThat(again.page().select(".cm-counts strong").eachText())
                    .as(again.page().select("tbody").text())
                    .containsExactly("1", "0", "1", "0");
        }
    }

    @Test
    void asksBeforeItMakesABlocThatOnlyTheFileKnows() {
        var body = bodies.create();
        var browser = body.browser(body.viewer(Role.CLERK, body.wardOne));
        Answer preview = upload(
                browser,
                body,
                Sheets.list(
                        HEADINGS, List.of(row(1, "Nguyễn Văn An", "05/02/1980", "Văn thư", "", "Khối trường học"))));
        assertThat(preview.page().select(".cm-counts strong").eachText()).containsExactly("1", "0", "0", "0");
        assertThat(preview.page().text()).contains("Các khối đang có: Khối Đảng, đoàn thể; Khối chính quyền");
        Answer agreed = browser.post(preview.path(), preview.path() + "/khoi-moi");
        assertThat(agreed.page().select(".cm-counts strong").eachText()).containsExactly("0", "0", "1", "0");
        browser.post(preview.path(), preview.path() + "/ghi");
        assertThat(people.membersOf(body.tenant, List.of(body.wardOne)))
                .extracting(People.Member::blocName)
                .containsExactly("Khối trường học");
    }

    @Test
    void twoClerksApplyingAtOnceWriteOnce() throws Exception {
        var body = bodies.create();
        Viewer one = body.viewer(Role.CLERK, body.wardOne);
        Viewer two = body.viewer(Role.CLERK, body.wardOne);
        var browsers = List.of(body.browser(one), body.browser(two), body.browser(one), body.browser(two));
        Answer preview = upload(browsers.getFirst(), body, Sheets.list(HEADINGS, fivePeople()));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = threads.invokeAll(browsers.stream()
                    .map(browser -> (Callable<Answer>) () -> browser.post(preview.path(), preview.path() + "/ghi"))
                    .toList());
            for (var answer : answers) {
                assertThat(answer.get().status()).isEqualTo(200);
            }
        }
        assertThat(members(body)).isEqualTo(3);
        assertThat(jdbc.sql(
                                "select count(*) from ledger.entry where tenant_id = ? and act = 'directory.people-imported'")
                        .params(body.tenant)
                        .query((row, n) -> row.getInt(1))
                        .single())
                .isEqualTo(1);
    }

    @Test
    void aDoubleUploadOfTheSameBytesPointsToTheFirst() {
        var body = bodies.create();
        var browser = body.browser(body.viewer(Role.CLERK, body.wardOne));
        byte[] file = Sheets.list(HEADINGS, fivePeople());
        String first = upload(browser, body, file).path();
        assertThat(upload(browser, body, file).path()).isEqualTo(first + "?xong=import-known");
        assertThat(browser.get("/viec").text()).contains("chờ ghi hoặc bỏ");
        assertThat(browser.post(first, first + "/bo").path()).endsWith("?xong=import-dropped");
        assertThat(browser.get("/viec").text()).doesNotContain("chờ ghi hoặc bỏ");
    }

    @Test
    void whatChangedSinceThePreviewIsShownAgainInsteadOfWritten() {
        var body = bodies.create();
        var browser = body.browser(body.viewer(Role.CLERK, body.wardOne));
        Answer preview =
                upload(browser, body, Sheets.list(HEADINGS, fivePeople().subList(0, 1)));
        // meanwhile two people of just this name and birth date appear elsewhere
        for (int i = 0; i < 2; i++) {
            var person = body.person("Nguyễn Văn An", body.wardTwo, body.partyBloc, body.staff);
            jdbc.sql("update directory.person set birth_date = date '1980-02-05' where tenant_id = ? and id = ?")
                    .params(body.tenant, person)
                    .update();
        }
        Answer refused = browser.post(preview.path(), preview.path() + "/ghi");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.page().select(".cm-counts strong").eachText()).containsExactly("1", "0", "0", "0");
        assertThat(members(body)).isZero();
    }

    @Test
    void aClerkOfOneWardNeitherImportsIntoAnotherNorSeesItsPeopleOrImports() {
        var body = bodies.create();
        var mine = body.browser(body.viewer(Role.CLERK, body.wardOne));
        var other = body.browser(body.viewer(Role.CLERK, body.wardTwo));
        assertThat(mine.upload(
                                "/can-bo/nhap",
                                "/can-bo/nhap",
                                "tep",
                                "a.xlsx",
                                Sheets.list(HEADINGS, fivePeople()),
                                "don-vi",
                                body.wardTwo.toString(),
                                "tu-ngay",
                                "01/10/2021")
                        .status())
                .isEqualTo(403);
        String preview = upload(mine, body, Sheets.list(HEADINGS, fivePeople())).path();
        assertThat(other.get(preview).status()).isEqualTo(404);
        assertThat(other.get(preview + "/loi.xlsx").status()).isEqualTo(404);
        assertThat(other.post("/can-bo/nhap", preview + "/ghi").status()).isEqualTo(404);
        assertThat(body.browser(body.viewer(Role.HEAD, body.wardOne))
                        .get("/can-bo/nhap")
                        .status())
                .isEqualTo(403);
        assertThat(members(body)).isZero();
    }

    @Test
    void theTemplateFilledInIsTakenWithoutItsExample() throws Exception {
        var body = bodies.create();
        var browser = body.browser(body.viewer(Role.CLERK, body.wardOne));
        Answer template = browser.get("/can-bo/mau.xlsx");
        try (var book =
                new org.apache.poi.xssf.usermodel.XSSFWorkbook(new java.io.ByteArrayInputStream(template.bytes()))) {
            var sheet = book.getSheetAt(0);
            int head = 0;
            while (sheet.getRow(head) == null
                    || sheet.getRow(head).getCell(1) == null
                    || !sheet.getRow(head).getCell(1).toString().equals("Họ và tên")) {
                head++;
            }
            var row = sheet.getRow(head + 2) == null ? sheet.createRow(head + 2) : sheet.getRow(head + 2);
            List<String> cells =
                    List.of("1", "Vũ Thị Mới", "02/03/1991", "Văn thư", "", "Khối chính quyền", "Viên chức");
            for (int i = 0; i < cells.size(); i++) {
                if (!cells.get(i).isEmpty()) {
                    row.createCell(i).setCellValue(cells.get(i));
                }
            }
            var filled = new java.io.ByteArrayOutputStream();
            book.write(filled);
            Answer preview = upload(browser, body, filled.toByteArray());
            assertThat(preview.page().select(".cm-counts strong").eachText()).containsExactly("0", "0", "1", "0");
            assertThat(preview.page().text()).contains("Vũ Thị Mới").contains("dòng ví dụ");
        }
    }

    @Test
    void hostileFilesGetOneClearMessageAndNothingIsKept() {
        var body = bodies.create();
        var browser = body.browser(body.viewer(Role.CLERK, body.wardOne));
        assertThat(upload(browser, body, "không phải Excel".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .page()
                        .select(".invalid-feedback")
                        .text())
                .contains("không phải là tệp Excel");
        assertThat(upload(browser, body, new byte[0]).status()).isEqualTo(422);
        byte[] good = Sheets.list(HEADINGS, fivePeople());
        assertThat(upload(browser, body, Arrays.copyOf(good, good.length / 2)).status())
                .isEqualTo(422);
        Answer huge = upload(browser, body, new byte[50 << 20]);
        assertThat(huge.status()).isEqualTo(422);
        assertThat(huge.page().select(".invalid-feedback").text()).contains("Tệp lớn hơn 20 MB");
        Answer formula = upload(
                browser,
                body,
                Sheets.list(
                        HEADINGS,
                        List.of(row(1, "=cmd|' /C calc'!A0", "05/02/1980", "Văn thư", "", "Khối chính quyền"))));
        assertThat(formula.page().select("tbody tr").text()).contains("có ký tự không dùng trong tên");
        assertThat(members(body)).isZero();
        assertThat(jdbc.sql("select count(*) from directory.people_import where tenant_id = ?")
                        .params(body.tenant)
                        .query((row, n) -> row.getInt(1))
                        .single())
                .isEqualTo(1);
    }

    @Test
    void aLargeListIsWrittenInTheBackgroundWithAPageThatTells() throws Exception {
        var body = bodies.create();
        var browser = body.browser(body.viewer(Role.CLERK, body.wardOne));
        var rows = new ArrayList<List<?>>();
        for (int i = 0; i < 5_000; i++) {
            rows.add(row(
                    i + 1,
                    "Nguyễn Thị " + (char) ('A' + i % 26) + (char) ('a' + i / 26 % 26) + (char) ('a' + i / 676),
                    LocalDate.of(1970, 1, 1).plusDays(i),
                    "Văn thư",
                    "",
                    "Khối chính quyền"));
        }
        Answer preview = upload(browser, body, Sheets.list(HEADINGS, rows));
        for (int i = 0; i < 300 && browser.get(preview.path()).text().contains("Đang đọc tệp"); i++) {
            Thread.sleep(100);
        }
        preview = browser.get(preview.path());
        assertThat(preview.page().select(".cm-counts strong").eachText()).containsExactly("0", "0", "5.000", "0");
        Answer started = browser.post(preview.path(), preview.path() + "/ghi");
        assertThat(started.status()).isEqualTo(200);
        for (int i = 0; i < 200 && !browser.get(preview.path()).text().contains("thêm 5.000 người"); i++) {
            Thread.sleep(100);
        }
        assertThat(browser.get(preview.path()).text()).contains("thêm 5.000 người");
        assertThat(members(body)).isEqualTo(5_000);
    }
}
