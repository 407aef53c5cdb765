package vn.chuanmuc.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.chuanmuc.figures.FigureSheets.HEADINGS;
import static vn.chuanmuc.figures.FigureSheets.person;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;

/** The whole way in the browser: the file to fill in, a mistake on the way, a second person, taking back. */
@ProductTest
class FigurePagesTest {
    private static final String DAY = "20/12/2021";
    private static final String BRING = "/so-lieu/nhap";

    @Autowired
    TestBodies bodies;

    private static Browser.Answer upload(Browser browser, UUID unit, byte[] file) {
        return browser.upload(
                BRING,
                BRING,
                "tep",
                "so-lieu.xlsx",
                file,
                "don-vi",
                unit.toString(),
                "ten-vb",
                "Báo cáo <b>quý</b> IV",
                "so-vb",
                "12-BC/VP",
                "ngay-vb",
                "22/12/2021");
    }

    @Test
    void aMistakeIsShownByItsCellMendedAndConfirmedByAnother() {
        Body body = bodies.create();
        Viewer clerk = body.viewer(Role.CLERK, body.wardOne);
        Viewer second = body.viewer(Role.CLERK, body.wardOne);
        body.person("Trần Thị Hoà", body.wardOne, body.partyBloc, body.staff);
        Browser browser = body.browser(clerk);
        var wrong = upload(
                browser,
                body.wardOne,
                FigureSheets.bytes(
                        HEADINGS, List.of(person("Trần Thị Hoà", "dung_han", "=1+1<script>x</script>", DAY))));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.page().select("#loi-tep tbody tr").eachText())
                .singleElement()
                .asString()
                .startsWith("G4 =1+1<script>x</script> Ghi một số");
        assertThat(wrong.page().select("#loi-tep script")).isEmpty();
        assertThat(Objects.requireNonNull(wrong.page().selectFirst("#f-ten-vb")).attr("value"))
                .as("what was entered is kept")
                .isEqualTo("Báo cáo <b>quý</b> IV");
        assertThat(Objects.requireNonNull(wrong.page().selectFirst("#f-ngay-vb"))
                        .attr("value"))
                .isEqualTo("22/12/2021");
        var taken = upload(
                browser,
                body.wardOne,
                FigureSheets.bytes(HEADINGS, List.of(person("Trần Thị Hoà", "dung_han", "92,5", DAY))));
        assertThat(taken.status()).isEqualTo(200);
        assertThat(taken.text()).contains("Người thứ hai xác nhận xong", "92,5 %", "người khác phải xác nhận");
        assertThat(taken.page().select("h1").text()).isEqualTo("Báo cáo <b>quý</b> IV");
        assertThat(taken.page().select("form[action$=xac-nhan]"))
                .as("not by oneself")
                .isEmpty();
        String list = taken.path().substring(0, taken.path().indexOf('?'));
        assertThat(browser.postWithToken(browser.token(list), list + "/xac-nhan")
                        .status())
                .isEqualTo(422);
        Browser other = body.browser(second);
        assertThat(other.get("/viec").text()).contains("1 danh sách số liệu chờ xác nhận");
        assertThat(other.post(list, list + "/tu-choi", "ly-do", "").status()).isEqualTo(422);
        var confirmed = other.post(list, list + "/xac-nhan");
        assertThat(confirmed.text()).contains("Đã xác nhận. Số liệu có thể được lấy vào phiếu đánh giá.");
        var file = other.get(list + "/tep");
        assertThat(file.type()).startsWith("application/vnd.openxmlformats");
        assertThat(file.disposition()).startsWith("attachment");
        var withdrawn = other.post(list, list + "/rut", "ly-do-rut", "Nhầm quý");
        assertThat(withdrawn.text()).contains("Đã rút danh sách số liệu.", "Nhầm quý");
        assertThat(body.browser(body.viewer(Role.CLERK, body.wardTwo)).get(list).status())
                .as("another ward")
                .isEqualTo(404);
    }

    private static List<List<String>> cells(byte[] workbook) {
        var rows = new ArrayList<List<String>>();
        try (var book = new ReadableWorkbook(new ByteArrayInputStream(workbook))) {
            for (Row row : book.getFirstSheet().read()) {
                var cells = new ArrayList<String>();
                for (Cell cell : row) {
                    cells.add(cell == null ? "" : cell.getText());
                }
                rows.add(cells);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return rows;
    }

    /** The file that is downloaded can be uploaded: only the values are filled in. */
    @Test
    void theFileToFillInNamesThePeopleAndIsReadBack() {
        Body body = bodies.create();
        Viewer clerk = body.viewer(Role.CLERK, body.wardOne);
        body.person("Trần Thị Hoà", body.wardOne, body.partyBloc, body.staff);
        body.person("Đỗ Văn An", body.wardOne, body.partyBloc, body.staff);
        body.person("Phạm Thị Xa", body.wardTwo, body.partyBloc, body.staff);
        Browser browser = body.browser(clerk);
        byte[] template = browser.get(
                        BRING + "/mau.xlsx?don-vi=" + body.wardOne + "&chi-so=dung_han&ngay-so-lieu=20%2F12%2F2021")
                .bytes();
        List<List<String>> rows = cells(template);
        int heading = rows.indexOf(HEADINGS);
        assertThat(heading).as("the headings that are read").isPositive();
        List<List<Object>> filled = new ArrayList<>();
        for (List<String> row : rows.subList(heading + 1, rows.size())) {
            if (row.size() > 2 && !row.get(2).isEmpty()) {
                var copy = new ArrayList<Object>(row);
                copy.set(6, "95,25");
                filled.add(copy);
            }
        }
        assertThat(filled).extracting(row -> row.get(2)).containsExactly("Đỗ Văn An", "Trần Thị Hoà");
        var taken = upload(browser, body.wardOne, FigureSheets.bytes(HEADINGS, filled));
        assertThat(taken.text()).contains("95,25 %", "Đỗ Văn An");
        assertThat(browser.get(BRING + "/mau.xlsx?don-vi=" + body.wardTwo + "&chi-so=dung_han")
                        .status())
                .as("people of another ward")
                .isEqualTo(403);
    }

    /** domain.md 3: what names no legal basis says “cấu hình của đơn vị, chưa có căn cứ”; ADR 0027, Indexes. */
    @Test
    void theListOfIndexesSaysWhatHasNoBasisAndKeepsWhatWasTyped() {
        Body body = bodies.create();
        Browser board = body.browser(body.viewer(Role.BOARD, body.root));
        String page = "/so-lieu/chi-so";
        assertThat(board.get(page).page().select("td:contains(Chưa có căn cứ)")).hasSize(4);
        var wrong = board.post(page, page, "ma", "Đơn thư", "ten", "Đơn thư", "do", "COUNT", "tu", "0", "den", "50");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(Objects.requireNonNull(wrong.page().selectFirst("#f-ma")).attr("value"))
                .isEqualTo("Đơn thư");
        var done = board.post(
                page,
                page,
                "ma",
                "don_thu",
                "ten",
                "Đơn thư đã giải quyết",
                "do",
                "COUNT",
                "dem",
                "đơn thư",
                "tu",
                "0",
                "den",
                "50",
                "cua",
                "PERSON",
                "can-cu",
                "Quy chế 5-QC/VP, Điều 2",
                "tu-ngay",
                "01/01/2026");
        assertThat(done.text()).contains("Đã ghi chỉ số.", "Quy chế 5-QC/VP, Điều 2", "đơn thư, từ 0 đến 50");
        assertThat(body.browser(body.viewer(Role.CLERK, body.wardOne))
                        .get(page)
                        .page()
                        .select("form[action=" + page + "]"))
                .as("an office reads them")
                .isEmpty();
    }
}
