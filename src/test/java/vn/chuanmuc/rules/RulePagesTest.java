package vn.chuanmuc.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.criteria.Criteria;
import vn.chuanmuc.criteria.Decisions;
import vn.chuanmuc.office.TableDocument.Kind;
import vn.chuanmuc.office.TemplateSheet;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.RealDecision;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;

/** The pages under /quy-tac over real HTTP, without JavaScript. */
@NullUnmarked // what is asked of a computation is there, or the test fails
@ProductTest
class RulePagesTest {
    private static final String DEFAULT = "/quy-tac/" + Rules.DEFAULT_ID;

    @Autowired
    TestBodies bodies;

    @Autowired
    Decisions decisions;

    @Autowired
    Criteria criteria;

    @Autowired
    Rules rules;

    @TempDir
    Path folder;

    private Body body;
    private Viewer board;
    private Browser browser;

    @BeforeEach
    void aBody() {
        body = bodies.create();
        board = body.viewer(Role.BOARD, body.root);
        browser = body.browser(board);
    }

    /** What a browser would send of the form, in its order. */
    private static Map<String, String> fields(Document page) {
        var fields = new TreeMap<String, String>();
        Element form = page.selectFirst("form[action=/quy-tac/moi]");
        for (Element input : form.select("input[name], textarea[name], select[name]")) {
            String type = input.attr("type");
            if (type.equals("checkbox")) {
                if (input.hasAttr("checked")) {
                    fields.put(input.attr("name"), input.attr("value"));
                }
            } else if (input.tagName().equals("select")) {
                Element chosen = input.selectFirst("option[selected]");
                Element first = chosen == null ? input.selectFirst("option") : chosen;
                fields.put(input.attr("name"), first == null ? "" : first.attr("value"));
            } else if (!input.attr("name").equals("_csrf")) {
                fields.put(input.attr("name"), input.val());
            }
        }
        return fields;
    }

    private Browser.Answer send(Map<String, String> fields, String task) {
        var all = new ArrayList<String>();
        fields.forEach((name, value) -> all.addAll(List.of(name, value)));
        all.addAll(List.of("viec", task));
        return browser.post("/quy-tac/moi", "/quy-tac/moi", all.toArray(String[]::new));
    }

    /** A form with points and a formula, made of the default's. */
    private Map<String, String> withPoints() {
        var fields = fields(browser.get("/quy-tac/moi").page());
        fields.put("ten", "Thang điểm của phường");
        fields.put("tu-ngay", "01/01/2026");
        fields.put("muc-1-diem", "10");
        fields.put("muc-2-diem", "7,5");
        fields.put("muc-3-diem", "0");
        fields.put("phuong-phap", "FORMULA");
        fields.put("cong-thuc", "30% × điểm(I) + 70% × điểm(II)");
        fields.put("xep-1-tu", "8,5");
        fields.put("xep-2-tu", "5");
        return fields;
    }

    @Test
    void aBookIsEnteredByOneReadAndConfirmedByAnotherWithAMistakeOnTheWay() {
        RealDecision.publish(decisions, criteria, body);
        var fields = withPoints();
        fields.put("cong-thuc", "30% × điểm(I) + tỷ_lệ(đạt)");
        fields.put("muc-2-diem", "7.5");
        fields.put("buoc-1-ngay", "x");
        Browser.Answer wrong = send(fields, "luu");
        assertThat(wrong.status()).isEqualTo(422);
        Document page = wrong.page();
        assertThat(page.select("mark").text()).startsWith("30% × điểm(I) + tỷ_lệ(đạt)");
        assertThat(page.select("#e-cong-thuc").text()).contains("Không gộp được điểm với tỷ lệ %");
        assertThat(page.select("#e-muc-2").text()).contains("“7.5” không phải là số");
        assertThat(page.select("#e-buoc-1").text()).contains("số nguyên");
        assertThat(page.select("[role=alert] a").eachText())
                .as("what is told at the top names the field it is about")
                .contains(
                        "Các bước, dòng 1, Số ngày làm việc: Chỗ này cần một số nguyên từ 0 đến 9999.",
                        "Thang mức của từng nội dung, dòng 2, Điểm: “7.5” không phải là số; viết ví dụ 7,5.")
                .noneMatch(words -> words.startsWith("Chỗ này"));
        var kept = fields(page);
        fields.forEach((name, value) -> assertThat(kept).as(name).containsEntry(name, value));
        for (Element link : page.select("[role=alert] a[href^=#]")) {
            assertThat(page.getElementById(link.attr("href").substring(1)))
                    .as(link.attr("href"))
                    .isNotNull();
        }

        fields.putAll(withPoints());
        fields.put("muc-2-diem", "7,5");
        fields.put("buoc-1-ngay", "5");
        Browser.Answer checked = send(fields, "kiem-tra");
        assertThat(checked.status()).isEqualTo(200);
        assertThat(checked.page().select("#kiem-tra").text())
                .contains("Công thức đúng")
                .contains("điểm");
        assertThat(checked.page().select("details table").text()).contains("30% × điểm(I)");
        assertThat(rules.list(board)).isEmpty();

        Browser.Answer saved = send(fields, "luu");
        assertThat(saved.status()).isEqualTo(200);
        assertThat(saved.path()).startsWith("/quy-tac/").contains("xong=rules-entered");
        UUID id = rules.list(board).getFirst().id();
        assertThat(saved.page().select("form[action$=/xac-nhan]")).isEmpty();
        assertThat(saved.text()).contains("phải có người khác xác nhận");
        assertThat(browser.post("/quy-tac/moi", "/quy-tac/" + id + "/xac-nhan").status())
                .isEqualTo(422);

        Browser second = body.browser(body.viewer(Role.BOARD, body.root));
        assertThat(second.get("/viec").text()).contains("Bộ quy tắc đánh giá chờ xác nhận: 1");
        Browser.Answer confirmed = second.post("/quy-tac/" + id, "/quy-tac/" + id + "/xac-nhan");
        assertThat(confirmed.page().select(".cm-tag").eachText()).contains("Đã xác nhận", "Đang áp dụng");
        assertThat(confirmed.text()).contains("1/27").contains("1/45"); // what an item weighs, by item and by criterion
        Browser.Answer compared = second.get("/quy-tac/" + id + "/so-sanh/" + Rules.DEFAULT_ID);
        assertThat(compared.page().select(".cm-tag.wait")).isNotEmpty();
        Browser.Answer withdrawn = second.post("/quy-tac/" + id, "/quy-tac/" + id + "/rut", "ly-do", "");
        assertThat(withdrawn.status()).isEqualTo(422);
        assertThat(second.post("/quy-tac/" + id, "/quy-tac/" + id + "/rut", "ly-do", "Văn bản mới")
                        .text())
                .contains("Đã rút");
    }

    /** Nothing of an example that nobody knows is filled in, and none is saved as it ships. */
    @Test
    void noExampleIsWholeByItself() {
        for (String code : List.of("nghi-dinh-335-2025", "nghi-dinh-90-2020", "thanh-pho-hang-thang")) {
            Browser.Answer form = browser.get("/quy-tac/moi?tu=" + code);
            assertThat(form.text()).contains("Chưa kiểm chứng");
            assertThat(send(fields(form.page()), "luu").status()).as(code).isEqualTo(422);
        }
        assertThat(rules.list(board)).isEmpty();
        var decree = fields(browser.get("/quy-tac/moi?tu=nghi-dinh-335-2025").page());
        assertThat(decree)
                .containsEntry("xep-1-tu", "90")
                .containsEntry("xep-2-tu", "70")
                .containsEntry("xep-3-tu", "50")
                .containsEntry("xep-3-chu", "")
                .containsEntry("han-muc-1-mau", "")
                .containsEntry("so-lieu-1-den", "30")
                .containsEntry("so-lieu-2-den", "70");
        decree.putAll(Map.of("xep-3-chu", "Mức ba", "xep-4-chu", "Mức bốn", "so-le", "2"));
        decree.putAll(Map.of("han-muc-1-mau", "GRADE", "han-muc-1-cua", "tot", "han-muc-2-mau", "ASSESSED"));
        Browser.Answer saved = send(decree, "luu");
        assertThat(saved.page().select("[role=alert] li").eachText()).isEmpty();
        RuleBook book = rules.list(board).getFirst().book();
        var figures = new Answers(
                RuleSamples.all(RuleSamples.STAFF, 1).levels(),
                Map.of("diem_chung", RuleSamples.number("27.5"), "diem_ket_qua", RuleSamples.number("62.5")),
                Map.of());
        assertThat(Scoring.compute(book, RuleSamples.STAFF, figures).suggested().code())
                .isEqualTo("xuat_sac");
    }

    /** Only quarters are assessed here: whoever begins a book for another purpose is told before they type it all in. */
    @Test
    void saysThatBooksOfMonthsAndYearsAreTriedOutOnly() {
        for (String code : List.of("nghi-dinh-335-2025", "nghi-dinh-90-2020", "thanh-pho-hang-thang")) {
            assertThat(browser.get("/quy-tac/moi?tu=" + code)
                            .page()
                            .select("[role=note]")
                            .text())
                    .as(code)
                    .contains("hệ thống chỉ mở đợt đánh giá theo quý");
        }
        assertThat(browser.get("/quy-tac/moi").page().select("[role=note]:contains(theo quý)"))
                .isEmpty();
        assertThat(browser.get("/quy-tac/moi").page().select("#h-muc-dich").text())
                .contains("Chỉ bộ quy tắc hằng quý");
        assertThat(browser.get("/quy-tac").page().select(".cm-tag:contains(Chỉ tính thử)"))
                .as("each of the three examples")
                .hasSize(3);
    }

    @Test
    void triesAVersionOnMadeUpAnswersAndGivesTheSheet() throws IOException {
        assertThat(browser.get(DEFAULT + "/thu").text()).contains("Chưa có bộ tiêu chí để tính thử");
        RealDecision.publish(decisions, criteria, body);
        Browser.Answer first = browser.get(DEFAULT + "/thu");
        assertThat(first.page().select("select[name^=n]")).hasSize(27);
        assertThat(first.text()).contains("không có cách tính chung");
        String query = first.page().select("a[href*=.xlsx]").attr("href");
        Browser.Answer sheet = browser.get(query);
        assertThat(sheet.status()).isEqualTo(200);
        Path file = Files.write(folder.resolve("thu.xlsx"), sheet.bytes());
        assertThat(Spreadsheet.cells(file).values())
                .anyMatch(cell -> String.valueOf(cell.getFormula()).startsWith("SUM("));
        Browser.Answer bad = browser.get(DEFAULT + "/thu?n1=99&n2=1");
        assertThat(bad.status()).isEqualTo(422);
        assertThat(bad.text()).contains("Nội dung 1: hãy chọn một mức");
    }

    @Test
    void theCheckWhileTypingIsAPartOfAPage() {
        var fields = withPoints();
        fields.put("cong-thuc", "điểm +");
        var all = new ArrayList<String>();
        fields.forEach((name, value) -> all.addAll(List.of(name, value)));
        Browser.Answer part = browser.post("/quy-tac/moi", "/quy-tac/moi/cong-thuc", all.toArray(String[]::new));
        assertThat(part.status()).isEqualTo(200);
        assertThat(part.text())
                .doesNotContain("<html")
                .contains("Công thức chưa đúng")
                .contains("<mark>+");
    }

    @Test
    void hostileInputIsAnsweredWithWordsAndKeptInBounds() {
        var fields = withPoints();
        for (String bomb : List.of(
                "(".repeat(5_000),
                "9".repeat(3_000),
                "<script>alert(1)</script>",
                Normalizer.normalize("tỷ_lệ(đạt) +", Normalizer.Form.NFD),
                "1/0",
                "\u202e\u0000diem",
                "-".repeat(999))) {
            fields.put("cong-thuc", bomb);
            fields.put("muc-1-diem", bomb);
            fields.put("xep-1-tu", "99999999999999999999");
            fields.put("so-le", bomb);
            fields.put("buoc-1-thu-tu", "-1");
            fields.put("muc-dich", bomb);
            fields.put("tu-ngay", bomb);
            fields.put("don-vi", bomb);
            Browser.Answer answer = send(fields, "luu");
            assertThat(answer.status())
                    .as(bomb.substring(0, Math.min(bomb.length(), 20)))
                    .isEqualTo(422);
            assertThat(answer.text()).doesNotContain("<script>alert").doesNotContain("Exception");
        }
        assertThat(rules.list(board)).isEmpty();
    }

    @Test
    void readersReadAndOthersAreKeptOut() {
        for (Role role : List.of(Role.HEAD, Role.CLERK, Role.INSPECTOR)) {
            Browser reader = body.browser(body.viewer(role, body.wardOne));
            assertThat(reader.get("/quy-tac").status()).as("%s", role).isEqualTo(200);
            assertThat(reader.get(DEFAULT).status()).as("%s", role).isEqualTo(200);
            assertThat(reader.get("/quy-tac/lich").page().select("form[method=post][action^=/quy-tac]"))
                    .isEmpty();
            assertThat(reader.get("/quy-tac/moi").status()).isEqualTo(403);
        }
        assertThat(body.browser(body.viewer(Role.ADMINISTRATOR, body.root))
                        .get("/quy-tac")
                        .status())
                .isEqualTo(403);
        assertThat(browser.get("/quy-tac/" + new UUID(1, 1)).status()).isEqualTo(404);
        assertThat(browser.get(DEFAULT).page().select("form[action$=/xac-nhan], form[action$=/rut]"))
                .isEmpty();
        assertThat(browser.post("/quy-tac/moi", DEFAULT + "/rut", "ly-do", "x").status())
                .isEqualTo(404);
    }

    @Test
    void theCalendarIsEnteredByThePageAndFromASheet() throws IOException {
        Browser.Answer wrong = browser.post(
                "/quy-tac/lich?nam=2026",
                "/quy-tac/lich",
                "nam",
                "2026",
                "can-cu",
                "Thông báo nghỉ lễ",
                "ngay-1",
                "16/02/2026",
                "loai-1",
                "off",
                "ten-1",
                "Tết",
                "ngay-2",
                "45/02/2026",
                "loai-2",
                "off",
                "ten-2",
                "Tết");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.page().select("#e-hang-2").text()).contains("Dòng 2");
        assertThat(wrong.page().select("[name=ngay-1]").val()).isEqualTo("16/02/2026");
        assertThat(wrong.page().select("[name=can-cu]").val()).isEqualTo("Thông báo nghỉ lễ");

        var bytes = new ByteArrayOutputStream();
        var fields = List.of(
                new TemplateSheet.Field("Ngày", 14, Kind.TEXT, "", List.of()),
                new TemplateSheet.Field("Loại", 14, Kind.TEXT, "", List.of()),
                new TemplateSheet.Field("Tên ngày", 14, Kind.TEXT, "", List.of()),
                new TemplateSheet.Field("Căn cứ", 14, Kind.TEXT, "", List.of()));
        new TemplateSheet(
                        "Lịch",
                        "2026",
                        List.of("LỊCH"),
                        "",
                        fields,
                        5,
                        "x",
                        List.of(),
                        List.of(
                                List.of("16/02/2026", "Nghỉ", "Tết Nguyên đán", "Thông báo"),
                                List.of("22/08/2026", "Làm bù", "Hoán đổi", "Thông báo")))
                .write(bytes);
        Browser.Answer read = browser.upload(
                "/quy-tac/lich", "/quy-tac/lich/tep", "tep", "lich.xlsx", bytes.toByteArray(), "nam", "2026");
        assertThat(read.path()).contains("xong=days-entered");
        assertThat(read.text()).contains("22/08/2026").contains("Làm bù");
        Browser.Answer asked = browser.get("/quy-tac/lich?nam=2026&tu=13/02/2026&so-ngay=1");
        assertThat(asked.text()).contains("Ngày làm việc thứ 1 sau 13/02/2026 là 17/02/2026");
        assertThat(browser.get("/quy-tac/lich?nam=2026&tu=x&so-ngay=1").status())
                .isEqualTo(422);
        assertThat(browser.get("/quy-tac/lich?nam=2026&tu=13/02/2026&so-ngay=999999999999")
                        .status())
                .isEqualTo(422);
        assertThat(browser.get("/quy-tac/lich/mau.xlsx?nam=2026").status()).isEqualTo(200);
    }

    @Test
    void speaksEnglishToo() {
        browser.get("/ngon-ngu?l=en");
        for (String path : List.of("/quy-tac", DEFAULT, "/quy-tac/moi?tu=nghi-dinh-335-2025", "/quy-tac/lich")) {
            Browser.Answer answer = browser.get(path);
            assertThat(answer.status()).as(path).isEqualTo(200);
            assertThat(answer.text()).as(path).doesNotContainPattern("rules\\.[a-z]");
        }
        assertThat(browser.get(DEFAULT).text()).contains("Only count, no result for the whole");
        browser.get("/ngon-ngu?l=vi");
    }
}
