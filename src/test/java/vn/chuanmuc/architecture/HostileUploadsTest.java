package vn.chuanmuc.architecture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static vn.chuanmuc.office.OfficeSamples.document;
import static vn.chuanmuc.office.OfficeSamples.repeated;
import static vn.chuanmuc.office.OfficeSamples.row;
import static vn.chuanmuc.office.OfficeSamples.workbook;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.ReorganisationDraft;
import vn.chuanmuc.directory.Reorganisations;
import vn.chuanmuc.directory.Scope;
import vn.chuanmuc.office.OfficeSamples;
import vn.chuanmuc.signing.Signatures;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;

/**
 * Every route that takes a file, over real HTTP, with files made to hurt: one clear message each, and nothing half-imported. The
 * routes come from the route table: a new one without its entry in {@link #UPLOADS} fails.
 */
@ProductTest
class HostileUploadsTest {
    private static final String XXE =
            "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>";
    /** What a refused upload leaves: that it was refused, by whom and why. */
    private static final Set<String> RECORDS = Set.of(
            "directory.people_import",
            // What the ledger orders seconds later, of all that was done before.
            "ledger.waiting",
            "ledger.record",
            "ledger.leaf",
            "ledger.node",
            "ledger.checkpoint");

    private static final int FIFTY_MEGABYTES = 50 << 20;

    /** A route's form: whose it is, whether it takes a sheet or a text, and whether a job reads what is large. */
    private record Upload(Role role, boolean sheet, boolean later, String page, String field, String... fields) {
        /** @param role whose form stands at the route's own address */
        static Upload of(Role role, boolean sheet, boolean later, String... fields) {
            return new Upload(role, sheet, later, "", "tep", fields);
        }
    }

    private static final Map<String, Upload> UPLOADS = both(
            Map.of(
                    "/phieu-giay/quet",
                    Upload.of(Role.CLERK, false, false),
                    "/so-lieu/nhap",
                    Upload.of(Role.CLERK, true, false, "ten-vb", "Báo cáo", "so-vb", "1-BC", "ngay-vb", "01/01/2021")),
            Map.of(
                    "/van-ban/nhap",
                    Upload.of(Role.IMPORTER, false, false, "noi-dung", "", "nguon-khac", ""),
                    "/can-bo/nhap",
                    Upload.of(Role.CLERK, true, true, "khoi", "Khối Đảng", "tu-ngay", "01/01/2021"),
                    "/sap-xep/{id}/tep",
                    Upload.of(Role.BOARD, true, false),
                    "/ky-so/{id}/tep",
                    new Upload(Role.HEAD, false, false, "/ky-so/{id}", "tep"),
                    "/tin-cay/neo",
                    new Upload(
                            Role.ADMINISTRATOR,
                            false,
                            false,
                            "/tin-cay",
                            "tep",
                            "can-cu",
                            "Thử",
                            "tu-ngay",
                            "01/01/2021"),
                    "/con-dau",
                    new Upload(Role.BOARD, false, false, "/con-dau", "tep", "can-cu", "Thử", "tu-ngay", "01/01/2021"),
                    "/tin-cay/thu-hoi",
                    new Upload(Role.ADMINISTRATOR, false, false, "/tin-cay", "tep-thu-hoi"),
                    "/ban-quet/moi",
                    Upload.of(Role.CLERK, false, false),
                    "/kiem-tra",
                    Upload.of(Role.CLERK, false, false),
                    "/quy-tac/lich/tep",
                    new Upload(Role.BOARD, true, false, "/quy-tac/lich", "tep")));

    private static Map<String, Upload> both(Map<String, Upload> one, Map<String, Upload> other) {
        var both = new LinkedHashMap<>(one);
        both.putAll(other);
        return both;
    }

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping routes;

    @Autowired
    TestBodies bodies;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Reorganisations reorganisations;

    @Autowired
    Signatures signatures;

    @Autowired
    TransactionTemplate transaction;

    @TempDir
    Path folder;

    private TreeSet<String> uploadRoutes() {
        var found = new TreeSet<String>();
        routes.getHandlerMethods().forEach((info, handler) -> {
            if (Arrays.stream(handler.getMethodParameters())
                    .anyMatch(parameter -> parameter
                            .getGenericParameterType()
                            .getTypeName()
                            .contains(MultipartFile.class.getName()))) {
                found.addAll(info.getPatternValues());
            }
        });
        return found;
    }

    /** Pictures and PDFs as evidence of an item: told by their bytes, tried with the form they belong to in AssessmentPagesTest. */
    private static final String EVIDENCE =
            "/danh-gia/phieu/{period}/{form}/{stage}/minh-chung/{position:[0-9]{1,4}}/tep";

    /** Files of petitions, by the same means: tried with the petition they belong to in PetitionPagesTest. */
    private static final List<String> PETITIONS = List.of(
            "/kien-nghi/{id}/soan",
            "/kien-nghi/{id}/tai-lieu",
            "/kien-nghi/{id}/de-xuat",
            "/kien-nghi/{id}/y-kien/{n:[0-9]{1,3}}/tep");

    /** Scans of signed minutes: tried with the meeting they belong to in MinutesSigningTest. */
    private static final String MINUTES = "/hop/{id}/ban-quet";

    @Test
    void everyRouteThatTakesAFileIsTriedHere() {
        var tried = new TreeSet<>(UPLOADS.keySet());
        tried.add(EVIDENCE);
        tried.add(MINUTES);
        tried.addAll(PETITIONS);
        assertThat(uploadRoutes()).isEqualTo(tried);
    }

    private Map<String, byte[]> hostile(boolean sheet) throws IOException {
        OfficeSamples[] whole = new OfficeSamples[7];
        for (int i = 0; i < whole.length; i++) {
            whole[i] = sheet ? workbook(row(1, "Họ và tên")) : document("<w:p><w:r><w:t>QUYẾT ĐỊNH</w:t></w:r></w:p>");
        }
        String main = sheet ? "xl/worksheets/sheet1.xml" : "word/document.xml";
        String cell = sheet ? "<row r=\"1\"><c r=\"A1\" s=\"1\"/></row>" : "<w:p/>";
        String start = sheet ? "<worksheet><sheetData>" : "<w:document xmlns:w=\"w\"><w:body>";
        var files = new LinkedHashMap<String, byte[]>();
        files.put("giải nén một GB", bytes(whole[0].part(main, repeated(start, cell, (1L << 30) / cell.length(), ""))));
        files.put("DOCTYPE", bytes(whole[1].part(main, XXE)));
        files.put("macro", bytes(whole[2].part((sheet ? "xl" : "word") + "/vbaProject.bin", new byte[100])));
        files.put("đối tượng nhúng", bytes(whole[3].part((sheet ? "xl" : "word") + "/embeddings/a.bin", new byte[10])));
        if (sheet) {
            files.put(
                    "một triệu cột",
                    bytes(whole[4].part(
                            main,
                            repeated(
                                    "<worksheet><sheetData><row>",
                                    "<c><v>1</v></c>",
                                    1_000_000,
                                    "</row></sheetData></worksheet>"))));
        } else {
            files.put("bảng mã cũ", "Quyết định ban hành tiêu chuẩn".getBytes(Charset.forName("windows-1258")));
        }
        files.put("loại khác", bytes(sheet ? document("<w:p/>") : workbook(row(1, "a"))));
        files.put("cắt ngắn", Arrays.copyOf(bytes(whole[5]), 300));
        files.put("PDF", "%PDF-1.7\n".getBytes(UTF_8));
        files.put("rỗng", new byte[0]);
        var noise = new byte[FIFTY_MEGABYTES];
        new Random(1).nextBytes(noise);
        files.put("50 MB", noise);
        return files;
    }

    private byte[] bytes(OfficeSamples sample) throws IOException {
        return Files.readAllBytes(sample.in(folder));
    }

    /** Rows of every table of ours. */
    private Map<String, Long> rows() {
        var counts = new TreeMap<String, Long>();
        List<String> tables = jdbc.sql("""
                        select table_schema || '.' || table_name from information_schema.tables
                        where table_schema in ('directory', 'criteria', 'documents', 'ledger', 'campaigns', 'commitments', 'scans', 'sheets', 'rules', 'figures')
                          and table_type = 'BASE TABLE'
                        """).query((row, n) -> row.getString(1)).list();
        assertThat(tables).hasSizeGreaterThan(15);
        tables.stream()
                .filter(table -> !RECORDS.contains(table))
                .forEach(table -> counts.put(
                        table,
                        jdbc.sql("select count(*) from " + table
                                        + (table.equals("ledger.entry") ? " where act not like 'ledger.%'" : ""))
                                .query((row, n) -> row.getLong(1))
                                .single()));
        return counts;
    }

    @Test
    void answersEachWithOneMessageAndWritesNothing() throws Exception {
        var body = bodies.create();
        Viewer board = body.viewer(Role.BOARD, body.root);
        var draft = (Reorganisations.Saved.Done) reorganisations.create(
                new Scope(body.tenant, board.accountId(), List.of(body.root)),
                new ReorganisationDraft.Head("Sắp xếp", LocalDate.of(2026, 1, 1), ReorganisationDraft.Basis.NONE));
        // A gigabyte is packed once for all routes that take a sheet, and once for those that take a text.
        Map<Boolean, Map<String, byte[]>> files = Map.of(true, hostile(true), false, hostile(false));
        for (var entry : UPLOADS.entrySet()) {
            String id = (entry.getKey().startsWith("/ky-so") ? toSign(body, board) : draft.id()).toString();
            String address = entry.getKey().replace("{id}", id);
            Upload upload = entry.getValue();
            String page = upload.page().isEmpty() ? address : upload.page().replace("{id}", id);
            Browser browser = body.browser(upload.role() == Role.BOARD ? board : body.viewer(upload.role(), body.root));
            String name = upload.sheet() ? "danh-sach.xlsx" : "quyet-dinh.docx";
            String[] fields = upload.fields();
            if (upload.sheet()) {
                fields = Arrays.copyOf(fields, fields.length + 2);
                fields[fields.length - 2] = "don-vi";
                fields[fields.length - 1] = body.wardOne.toString();
            }
            Map<String, Long> before = rows();
            for (var file : Objects.requireNonNull(files.get(upload.sheet())).entrySet()) {
                String what = address + ": " + file.getKey();
                var answer = browser.upload(page, address, upload.field(), name, file.getValue(), fields);
                List<String> told;
                if (upload.later() && answer.status() == 200) {
                    answer = read(browser, answer.path());
                    told = answer.page().select("main [role=alert] p").eachText();
                } else {
                    assertThat(answer.status()).as(what).isEqualTo(422);
                    told = answer.page()
                            .select("main [id^=e-], main [role=alert] li, #loi li, main .invalid-feedback[role=alert]")
                            .eachText();
                }
                assertThat(told.stream().distinct())
                        .as(what)
                        .hasSize(1)
                        .allMatch(text -> text.endsWith(".") || text.endsWith("lại"));
                assertThat(answer.text()).as(what).doesNotContain("root:x:").doesNotContain("Exception");
                assertThat(answer.bytes().length).as(what).isLessThan(100_000);
            }
            assertThat(rows()).as(address).isEqualTo(before);
        }
    }

    /** A paper that waits for the seal of the body. */
    private UUID toSign(TestBodies.Body body, Viewer board) {
        return transaction.execute(status -> signatures.ask(new Signatures.Request(
                body.tenant,
                "test.paper",
                "hostile",
                "Thử",
                "%PDF-1.7".getBytes(UTF_8),
                "ConDau",
                true,
                null,
                "Quận thử",
                body.root,
                "Quận thử",
                board.accountId(),
                Duration.ofDays(1))));
    }

    /** The page of an upload that a job reads, once it has been read. */
    private static Browser.Answer read(Browser browser, String path) throws InterruptedException {
        Instant patience = Instant.now().plusSeconds(60);
        while (Instant.now().isBefore(patience)) {
            var answer = browser.get(path);
            if (answer.page().select("meta[http-equiv=refresh]").isEmpty()) {
                return answer;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("still being read: " + path);
    }
}
