package vn.chuanmuc.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.jobs.Job;
import vn.chuanmuc.jobs.Step;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.Browser.Answer;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.Recorded;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;

/** What goes in comes out again; who is gone is told and ended only when asked; all that changes is provable. */
@ProductTest
class ImportRoundTest {
    @Autowired
    TestBodies bodies;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PeopleImports imports;

    @Autowired
    ReadImport reading;

    @Autowired
    Headcounts headcounts;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    java.time.Clock clock;

    private static List<String> row(String... cells) {
        return List.of(cells);
    }

    /** In the columns of the template, all cells in; in the order of the tree, of rank and of name. */
    private static List<List<String>> branch() {
        return List.of(
                row(
                        "1",
                        "Trần Thị Bích",
                        "31/12/1985",
                        "Bí thư Đảng ủy",
                        "Phường Một",
                        "Khối Đảng, đoàn thể",
                        "Cán bộ",
                        "0012",
                        "1",
                        "Kiêm nhiệm: đoàn thể"),
                row(
                        "2",
                        "Nguyễn Văn An",
                        "05/02/1980",
                        "Văn phòng Đảng ủy",
                        "Phường Một",
                        "Khối chính quyền",
                        "Công chức",
                        "000345",
                        "2",
                        "=1+1"),
                row(
                        "3",
                        "Đỗ Thuý Hòa",
                        "01/03/1990",
                        "Văn phòng Đảng ủy",
                        "Phường Hai",
                        "Khối chính quyền",
                        "Viên chức",
                        "7E5",
                        "1",
                        "a \"b\" <c> & 'd'"),
                row(
                        "4",
                        "Lê Văn Không Ngày",
                        "",
                        "Văn phòng Đảng ủy",
                        "Phường Hai",
                        "Khối chính quyền",
                        "Người lao động",
                        "",
                        "9",
                        ""));
    }

    private static List<List<?>> cells(List<List<String>> rows, Normalizer.Form form) {
        var cells = new ArrayList<List<?>>();
        for (List<String> row : rows) {
            cells.add(row.stream().map(text -> Normalizer.normalize(text, form)).toList());
        }
        return cells;
    }

    private Answer upload(Browser browser, UUID unit, byte[] file, String from) {
        return browser.upload(
                "/can-bo/nhap",
                "/can-bo/nhap",
                "tep",
                "Danh sách.xlsx",
                file,
                "don-vi",
                unit.toString(),
                "khoi",
                "",
                "loai",
                "cong-chuc",
                "tu-ngay",
                from);
    }

    private static List<List<String>> read(byte[] file) throws Exception {
        var rows = new ArrayList<List<String>>();
        try (var book = new XSSFWorkbook(new ByteArrayInputStream(file))) {
            var formatter = new DataFormatter();
            for (var row : book.getSheetAt(0)) {
                var cells = new ArrayList<String>();
                for (int column = 0; column < 10; column++) {
                    cells.add(row.getCell(column) == null ? "" : formatter.formatCellValue(row.getCell(column)));
                }
                rows.add(cells);
            }
        }
        return rows;
    }

    private static List<String> counts(Answer answer) {
        return answer.page().select(".cm-counts strong").eachText();
    }

    private Answer settled(Browser browser, Answer answer) throws InterruptedException {
        for (int i = 0; i < 400; i++) {
            Answer now = browser.get(answer.path());
            if (!now.text().contains("Đang đọc tệp") && !now.text().contains("Đang ghi. ")) {
                return now;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("still at work");
    }

    @Test
    void givesBackEveryCellOfAFilledInTemplateAndTakesItAgainWithoutAnyDifference() throws Exception {
        Body body = bodies.create();
        Browser browser = body.browser(body.viewer(Role.BOARD, body.root));
        byte[] sent = Sheets.list(PeopleExport.HEADINGS, cells(branch(), Normalizer.Form.NFD));
        Answer preview = upload(browser, body.root, sent, "01/10/2021");
        assertThat(counts(preview)).as(preview.page().select("tbody").text()).containsExactly("0", "0", "4", "0");
        browser.post(preview.path(), preview.path() + "/ghi");

        Answer export = browser.get("/can-bo.xlsx?don-vi=" + body.root);
        assertThat(export.type()).contains("spreadsheetml");
        List<List<String>> rows = read(export.bytes());
        assertThat(rows.getFirst()).isEqualTo(PeopleExport.HEADINGS);
        assertThat(rows.subList(1, rows.size())).isEqualTo(branch());

        Answer again = upload(browser, body.root, export.bytes(), "01/10/2022");
        assertThat(counts(again)).containsExactly("0", "0", "0", "4");
        assertThat(again.page().text()).contains("không có gì để ghi").doesNotContain("không có trong tệp");
        assertThat(body.browser(body.viewer(Role.CLERK, body.wardTwo))
                        .get("/can-bo.xlsx?don-vi=" + body.wardOne)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void leavesUnitAndRankBlankWhereTheTemplateSaysSo() throws Exception {
        Body body = bodies.create();
        Browser browser = body.browser(body.viewer(Role.CLERK, body.wardOne));
        List<List<String>> one = List.of(
                row(
                        "1",
                        "Nguyễn Văn An",
                        "05/02/1980",
                        "Bí thư Đảng ủy",
                        "",
                        "Khối chính quyền",
                        "Công chức",
                        "",
                        "",
                        ""),
                row(
                        "2",
                        "Trần Thị Bích",
                        "31/12/1985",
                        "Văn phòng Đảng ủy",
                        "",
                        "Khối chính quyền",
                        "Cán bộ",
                        "",
                        "",
                        ""));
        Answer preview = upload(
                browser,
                body.wardOne,
                Sheets.list(PeopleExport.HEADINGS, cells(one, Normalizer.Form.NFC)),
                "01/10/2021");
        browser.post(preview.path(), preview.path() + "/ghi");
        List<List<String>> rows = read(browser.get("/can-bo.xlsx").bytes());
        assertThat(rows.subList(1, rows.size())).isEqualTo(one);
    }

    private int open(Body body) {
        return jdbc.sql("select count(*) from directory.assignment where tenant_id = ? and valid_to is null")
                .params(body.tenant)
                .query((row, n) -> row.getInt(1))
                .single();
    }

    @Test
    void tellsWhoIsGoneAndEndsOnlyWhoWasChosenWithAReason() throws Exception {
        Body body = bodies.create();
        Browser browser = body.browser(body.viewer(Role.BOARD, body.root));
        Answer first = upload(
                browser,
                body.root,
                Sheets.list(PeopleExport.HEADINGS, cells(branch(), Normalizer.Form.NFC)),
                "01/10/2021");
        browser.post(first.path(), first.path() + "/ghi");

        // Phường Hai is not covered, An of Phường Một is not named; a bad row of the same name would keep him
        var shorter = Sheets.list(PeopleExport.HEADINGS, cells(branch().subList(0, 1), Normalizer.Form.NFC));
        Answer preview = upload(browser, body.root, shorter, "01/10/2022");
        assertThat(counts(preview)).containsExactly("0", "0", "0", "1", "1");
        Answer gone = browser.get(preview.path() + "?phan=vang");
        assertThat(gone.page().select("tbody th").eachText()).containsExactly("Nguyễn Văn An");
        assertThat(gone.page().text()).contains("giữ nguyên");
        String assignment = gone.page().select("input[name=hien]").val();
        String form = preview.path() + "?phan=vang";
        assertThat(browser.post(
                                form,
                                preview.path() + "/vang",
                                "cach",
                                "chosen",
                                "ngay-thoi",
                                "01/10/2022",
                                "ly-do",
                                "Nghỉ hưu",
                                "hien",
                                assignment)
                        .page()
                        .text())
                .contains("Chưa đánh dấu ai");
        Answer future = browser.post(
                form,
                preview.path() + "/vang",
                "cach",
                "all",
                "ngay-thoi",
                "01/10/2999",
                "ly-do",
                "Nghỉ hưu",
                "hien",
                assignment);
        assertThat(future.status()).isEqualTo(422);
        assertThat(future.page().select("#f-ly-do").val()).isEqualTo("Nghỉ hưu");
        assertThat(browser.post(
                                form,
                                preview.path() + "/vang",
                                "cach",
                                "all",
                                "ngay-thoi",
                                "30/09/2021",
                                "ly-do",
                                "Nghỉ hưu",
                                "hien",
                                assignment)
                        .page()
                        .text())
                .contains("Nguyễn Văn An bắt đầu công tác sau ngày này");
        assertThat(browser.post(
                                form,
                                preview.path() + "/vang",
                                "cach",
                                "chosen",
                                "ngay-thoi",
                                "01/10/2022",
                                "ly-do",
                                "Nghỉ hưu",
                                "hien",
                                assignment,
                                "chon",
                                assignment)
                        .path())
                .contains("xong=import-ending");
        assertThat(open(body)).as("nothing is ended yet").isEqualTo(4);
        assertThat(browser.get(preview.path()).page().text()).contains("Sẽ kết thúc 1 phân công từ ngày 01/10/2022");
        browser.post(preview.path(), preview.path() + "/ghi");
        assertThat(open(body)).isEqualTo(3);
        assertThat(headcounts.on(body.tenant, List.of(body.root), LocalDate.now(clock)))
                .isEqualTo(Map.of(body.root, 3));
        assertThat(jdbc.sql("select valid_to from directory.assignment where tenant_id = ? and valid_to is not null")
                        .params(body.tenant)
                        .query((row, n) -> row.getDate(1).toString())
                        .list())
                .containsExactly("2022-10-01");

        Answer record = browser.get(preview.path() + "/thay-doi.jsonl");
        assertThat(record.text()).contains("\"act\":\"end\"").contains("\"reason\":\"Nghỉ hưu\"");
        String proved = jdbc.sql("""
                        select encode(document_hash, 'hex') from ledger.entry
                        where tenant_id = ? and act = 'directory.people-imported' order by id desc limit 1
                        """)
                .params(body.tenant)
                .query((row, n) -> row.getString(1))
                .single();
        assertThat(HexFormat.of().formatHex(Sha256.of(record.bytes()))).isEqualTo(proved);
        assertThat(browser.get(preview.path()).text()).contains(proved);
        Recorded.byItsAct(jdbc, body.tenant, "directory.people_import_change");
    }

    @Test
    void aPersonWhoseMainLineEndsGoesOnWithAnotherAsMain() throws Exception {
        Body body = bodies.create();
        UUID person = body.person("Vũ Hai Nơi", body.wardOne, body.partyBloc, body.staff);
        body.assign(person, body.wardTwo, body.partyBloc, body.staff, false);
        body.person("Phạm Ở Lại", body.wardOne, body.partyBloc, body.staff);
        Browser browser = body.browser(body.viewer(Role.BOARD, body.root));
        var stays =
                List.of(row("1", "Phạm Ở Lại", "02/05/1980", "Văn phòng Đảng ủy", "Phường Một", "", "", "", "", ""));
        Answer preview = upload(
                browser,
                body.root,
                Sheets.list(PeopleExport.HEADINGS, cells(stays, Normalizer.Form.NFC)),
                "01/10/2021");
        assertThat(counts(preview)).containsExactly("0", "0", "0", "1", "1");
        browser.post(
                preview.path() + "?phan=vang",
                preview.path() + "/vang",
                "cach",
                "all",
                "ngay-thoi",
                "01/06/2022",
                "ly-do",
                "Chuyển công tác");
        browser.post(preview.path(), preview.path() + "/ghi");
        assertThat(jdbc.sql(
                                "select main, valid_from from directory.assignment where tenant_id = ? and person_id = ? and valid_to is null")
                        .params(body.tenant, person)
                        .query((row, n) -> row.getBoolean("main") + " " + row.getDate("valid_from"))
                        .list())
                .containsExactly("true 2022-06-01");
        assertThat(headcounts.on(body.tenant, List.of(body.root, body.wardOne, body.wardTwo), LocalDate.now(clock)))
                .isEqualTo(Map.of(body.root, 2, body.wardOne, 1, body.wardTwo, 1));
    }

    @Test
    void aManualChangeAfterThePreviewIsNotOverwritten() {
        Body body = bodies.create();
        UUID person = body.person("Hồ Bị Sửa", body.wardOne, body.partyBloc, body.staff);
        Browser browser = body.browser(body.viewer(Role.CLERK, body.wardOne));
        var change = List.of(row("1", "Hồ Bị Sửa", "02/05/1980", "Bí thư Đảng ủy", "", "", "", "", "", ""));
        Answer preview = upload(
                browser,
                body.wardOne,
                Sheets.list(PeopleExport.HEADINGS, cells(change, Normalizer.Form.NFC)),
                "01/10/2021");
        assertThat(counts(preview)).containsExactly("0", "1", "0", "0");
        UUID line = jdbc.sql("select id from directory.assignment where tenant_id = ? and person_id = ?")
                .params(body.tenant, person)
                .query((row, n) -> row.getObject(1, UUID.class))
                .single();
        // somebody ends the line between the decision and the write: the guarded update says so
        assertThat(guarded.end(body.tenant, List.of(new ImportedPeople.Ended(line, 0, LocalDate.of(2021, 10, 1)))))
                .isTrue();
        assertThat(guarded.end(body.tenant, List.of(new ImportedPeople.Ended(line, 0, LocalDate.of(2021, 11, 1)))))
                .as("the same line as it was seen before")
                .isFalse();
    }

    @Autowired
    ImportedPeople guarded;

    private static byte[] many(int people) {
        var rows = new ArrayList<List<?>>();
        for (int i = 0; i < people; i++) {
            rows.add(List.of(
                    Integer.toString(i + 1),
                    "Nguyễn Thị " + (char) ('A' + i % 26) + (char) ('a' + i / 26 % 26) + (char) ('a' + i / 676),
                    LocalDate.of(1970, 1, 1).plusDays(i),
                    "Văn phòng Đảng ủy",
                    "",
                    "Khối chính quyền",
                    "Công chức",
                    "S" + i,
                    "",
                    ""));
        }
        return Sheets.list(PeopleExport.HEADINGS, rows);
    }

    /** The steps are called as the runner calls them, and stop in the middle as a killed process does. */
    @Test
    void anotherAttemptGoesOnBehindTheStagedRows() throws Exception {
        Body body = bodies.create();
        var clerk = body.viewer(Role.CLERK, body.wardOne);
        var file = java.nio.file.Files.createTempFile("lon", ".xlsx");
        java.nio.file.Files.write(file, many(5_000));
        var scope = new Scope(body.tenant, clerk.accountId(), List.of(body.wardOne));
        UUID id = transaction.execute(status -> {
            var uploaded = (PeopleImports.Uploaded.Read) imports.importSheet(
                    scope,
                    body.wardOne,
                    "lon.xlsx",
                    file,
                    new PeopleImports.Settings("", PersonKind.CIVIL_SERVANT, false, LocalDate.of(2021, 1, 1)));
            // keeps the runner out: only this test works on it
            jdbc.sql("delete from jobs.scheduled_tasks where task_instance like ?")
                    .params(body.tenant + "%")
                    .update();
            return uploaded.importId();
        });
        java.nio.file.Files.delete(file);
        Job job = imports.work(imports.find(scope, id).orElseThrow()).orElseThrow();
        assertThat(rows(body, id))
                .as("the first chunk is read while the browser waits")
                .isEqualTo(2_000);
        Step first = transaction.execute(status -> reading.step(attempt(job, 1), (done, total) -> {}));
        assertThat(first).isInstanceOf(Step.More.class);
        assertThat(rows(body, id)).isEqualTo(4_000);
        // the process is gone; another takes over, and knows nothing but what is stored
        var other = new ReadImport(importStore, importReading, importApplying);
        Step last = transaction.execute(status -> other.step(attempt(job, 2), (done, total) -> {}));
        assertThat(last).isInstanceOf(Step.Done.class);
        assertThat(rows(body, id)).isEqualTo(5_000);
        reading.ended(attempt(job, 1)); // lets go of what the dead attempt held open
        var read = imports.find(scope, id).orElseThrow();
        assertThat(read.state()).isEqualTo(PeopleImports.State.READ);
        assertThat(List.of(read.added(), read.bad(), read.gone())).containsExactly(5_000, 0, 0);
        assertThat(jdbc.sql("select count(*) from directory.people_import_file where tenant_id = ?")
                        .params(body.tenant)
                        .query((row, n) -> row.getInt(1))
                        .single())
                .as("what was sent is gone once it is read")
                .isZero();
    }

    @Autowired
    ImportStore importStore;

    @Autowired
    ImportReading importReading;

    @Autowired
    ImportApplying importApplying;

    private static Job attempt(Job job, int number) {
        return new Job(
                job.tenantId(),
                job.id(),
                job.kind(),
                job.subject(),
                job.label(),
                job.parameters(),
                job.state(),
                "",
                0,
                0,
                false,
                number,
                null,
                job.requestedBy(),
                job.requestedAt(),
                null,
                null);
    }

    private int rows(Body body, UUID id) {
        return jdbc.sql("select count(*) from directory.people_import_row where tenant_id = ? and import_id = ?")
                .params(body.tenant, id)
                .query((row, n) -> row.getInt(1))
                .single();
    }

    @Test
    void aWorkWhoseAskerLostTheRoleIsRefused() throws Exception {
        Body body = bodies.create();
        var clerk = body.viewer(Role.CLERK, body.wardOne);
        Browser browser = body.browser(clerk);
        Answer preview = settled(browser, upload(browser, body.wardOne, many(3_000), "01/10/2021"));
        assertThat(counts(preview)).containsExactly("0", "0", "3.000", "0");
        var scope = new Scope(body.tenant, clerk.accountId(), List.of(body.wardOne));
        UUID id = UUID.fromString(preview.path().replaceAll(".*/", "").replaceAll("\\?.*", ""));
        transaction.executeWithoutResult(status -> {
            assertThat(imports.apply(scope, id, java.util.Set.of())).isEqualTo(PeopleImports.Applied.STARTED);
            jdbc.sql("update access.role_grant set valid_to = valid_from + 1 where tenant_id = ? and account_id = ?")
                    .params(body.tenant, clerk.accountId())
                    .update();
        });
        for (int i = 0; i < 200 && imports.find(scope, id).orElseThrow().state() == PeopleImports.State.APPLYING; i++) {
            Thread.sleep(50);
        }
        assertThat(imports.find(scope, id).orElseThrow().state()).isEqualTo(PeopleImports.State.READ);
        assertThat(open(body)).isZero();
    }
}
