package vn.chuanmuc.sheets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.PaperForms.Place;
import vn.chuanmuc.scans.Scanner;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.ProductTest;

/** The pages as a clerk uses them, without JavaScript: what was entered is never lost, every refusal says what to do. */
@ProductTest
class SheetPagesTest {
    @Autowired
    SheetGround grounds;

    private final Scanner scanner = new Scanner(7);

    private static String[] fields(int version, int items, String value, String... more) {
        var fields = new ArrayList<>(List.of("ban", String.valueOf(version), "so-muc", String.valueOf(items)));
        for (int item = 1; item <= items; item++) {
            fields.addAll(List.of("muc-" + item, value));
        }
        fields.addAll(List.of(more));
        return fields.toArray(String[]::new);
    }

    @Test
    void aClerkPrintsBringsReadsMakesMistakesAndHandsIn() throws Exception {
        SheetGround.Ward ward = grounds.ward("Trần Thị Hoà");
        Viewer hoa = ward.official("Trần Thị Hoà");
        Place self = ward.self(hoa);
        Browser clerk = ward.body.browser(ward.clerk);
        assertThat(clerk.get("/phieu-giay/in?ben=tu").page().text()).contains("2 phiếu tự đánh giá chưa nộp");
        Browser.Answer printed =
                clerk.post("/phieu-giay/in", "/phieu-giay/in", "dot", ward.cycle.toString(), "ben", "tu");
        assertThat(printed.type()).isEqualTo("application/pdf");

        Browser.Answer empty =
                clerk.upload("/phieu-giay/quet", "/phieu-giay/quet", "tep", "a.docx", new byte[10], "ten", "Đợt một");
        assertThat(empty.status()).isEqualTo(422);
        assertThat(empty.page().select("input[name=ten]").val()).isEqualTo("Đợt một");
        List<Scanner.Sheet> sheets = ward.sheets(scanner, self, 1);
        byte[] file = Scanner.pdf(sheets);
        Browser.Answer brought =
                clerk.upload("/phieu-giay/quet", "/phieu-giay/quet", "tep", "quet.pdf", file, "ten", "");
        assertThat(brought.path()).startsWith("/phieu-giay/chong/").endsWith("?xong=sheets-taken");
        UUID pile = UUID.fromString(brought.path().substring(18, 54));
        ward.read(pile);
        Browser.Answer again =
                clerk.upload("/phieu-giay/quet", "/phieu-giay/quet", "tep", "quet.pdf", file, "chong", pile.toString());
        assertThat(again.status()).isEqualTo(422);

        String paper = clerk.get("/phieu-giay").page().select("tbody th a").attr("href");
        Browser.Answer page = clerk.get(paper);
        assertThat(page.page().select("fieldset.ass-item")).hasSize(18);
        assertThat(page.page().select(".she-page img")).hasSize(sheets.size());
        for (var picture : page.page().select(".she-page img")) {
            assertThat(clerk.get(picture.attr("src")).type()).startsWith("image/jpeg");
        }
        assertThat(clerk.get(paper + "/muc/3.jpg").type()).startsWith("image/jpeg");
        assertThat(page.text()).doesNotContain("đã lưu phiếu này");

        Browser.Answer unread =
                clerk.post(paper, paper, fields(0, 18, "0", "viec", "nop", "muc-1", "2", "nx-4", "Ghi thêm bên lề"));
        assertThat(unread.status()).isEqualTo(422);
        assertThat(unread.page().select("[role=alert] a[href^=#muc-]")).isNotEmpty();
        assertThat(unread.page().select("textarea[name=nx-4]").text()).isEqualTo("Ghi thêm bên lề");
        Browser.Answer unclear = clerk.post(paper, paper, fields(1, 18, "x", "viec", "nop"));
        assertThat(unclear.status()).isEqualTo(422);
        assertThat(unclear.page().select("input[name=de-trong]")).hasSize(1);
        assertThat(clerk.get("/phieu-giay/hoi").page().select("ul.she-ask li")).hasSize(18);

        // Another saved meanwhile: both are shown.
        Browser other = ward.body.browser(ward.otherClerk);
        assertThat(other.post(paper, paper, fields(2, 18, "3", "viec", "luu", "tra-loi", "Hỏi ngày 28/12"))
                        .path())
                .endsWith("?xong=sheets-saved");
        Browser.Answer behind = clerk.post(paper, paper, fields(2, 18, "1", "viec", "luu"));
        assertThat(behind.status()).isEqualTo(422);
        assertThat(behind.page().select(".ass-theirs")).hasSize(18);
        assertThat(behind.page().select("input[name=muc-5][value=1]").hasAttr("checked"))
                .isTrue();
        Browser.Answer done =
                clerk.post(paper, paper, fields(3, 18, "1", "viec", "nop", "tra-loi", "Hỏi chị Hoà ngày 28/12"));
        assertThat(done.path()).endsWith("?xong=sheets-handed-in");
        assertThat(clerk.post("/phieu-giay", paper, fields(3, 18, "1", "viec", "nop"))
                        .path())
                .as("a second click says the same")
                .endsWith("?xong=sheets-already");
        assertThat(clerk.get(paper).page().select("form#phieu")).isEmpty();
        assertThat(clerk.get(paper + "/ban-quet.pdf").type()).isEqualTo("application/pdf");

        // So it shows to the person.
        Browser.Answer own = ward.body.browser(hoa).get("/danh-gia/phieu/20214/" + self.formId());
        assertThat(own.page().text()).contains("Nhập từ phiếu giấy").contains("Bản quét");
        String scan = own.page().select("a[href$=.pdf][href*=ban-quet]").attr("href");
        assertThat(ward.body.browser(hoa).get(scan).type()).isEqualTo("application/pdf");
        assertThat(ward.body.browser(ward.head).get(scan).status())
                .as("the head does not see it before theirs is in")
                .isEqualTo(404);
    }

    /** ADR 0021, Blindness; design.md, Authority. */
    @Test
    void theOtherSideAndStrangersAreShutOut() {
        SheetGround.Ward ward = grounds.ward("Trần Thị Hoà");
        Viewer hoa = ward.official("Trần Thị Hoà");
        var both = new ArrayList<>(ward.sheets(scanner, ward.self(hoa), 1));
        both.addAll(ward.sheets(scanner, ward.byHead(hoa), 2));
        ward.scanned(null, both);
        String self = "/phieu-giay/phieu/" + ward.paper(ward.self(hoa));
        String head = "/phieu-giay/phieu/" + ward.paper(ward.byHead(hoa));
        Browser clerk = ward.body.browser(ward.clerk);
        Browser.Answer seen = clerk.get(head);
        String picture = seen.page().select(".she-page img").attr("src");
        assertThat(clerk.get(self).status()).isEqualTo(403);
        assertThat(clerk.get(self).page().text()).contains("do một người khác nhập");
        assertThat(clerk.get(self + "/muc/1.jpg").status()).isEqualTo(404);
        for (Viewer stranger : List.of(hoa, ward.head, ward.board)) {
            Browser browser = ward.body.browser(stranger);
            assertThat(browser.get(head).status()).isIn(403, 404);
            assertThat(browser.get(picture).status()).isIn(403, 404);
        }
    }
}
