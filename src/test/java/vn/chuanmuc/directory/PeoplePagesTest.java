package vn.chuanmuc.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;

@ProductTest
class PeoplePagesTest {
    @Autowired
    TestBodies bodies;

    @Autowired
    People people;

    @Autowired
    Units units;

    private static List<String> names(Browser browser, String path) {
        return browser.get(path).page().select("tbody th a").eachText();
    }

    private static Body peopled(TestBodies bodies) {
        var body = bodies.create();
        for (String name : List.of("Trần Văn Hoa", "Lê Thị Hòa", "Phạm Thị Hoà", "Nguyễn Hoàng Yến", "Đỗ Văn Ân")) {
            body.person(name, body.wardOne, body.partyBloc, body.staff);
        }
        body.person("Bùi Thị Hòa", body.wardTwo, body.stateBloc, body.staff);
        return body;
    }

    @Test
    void findsWithAndWithoutMarksAndPutsTheExactOnesFirst() {
        var body = peopled(bodies);
        var browser = body.browser(body.viewer(Role.BOARD, body.root));
        assertThat(names(browser, "/can-bo?tim=hoa"))
                .containsExactly("Trần Văn Hoa", "Bùi Thị Hòa", "Lê Thị Hòa", "Phạm Thị Hoà", "Nguyễn Hoàng Yến");
        assertThat(names(browser, "/can-bo?tim=H%C3%B2a"))
                .startsWith("Bùi Thị Hòa", "Lê Thị Hòa", "Phạm Thị Hoà")
                .contains("Trần Văn Hoa");
        assertThat(names(browser, "/can-bo?tim=do+an")).containsExactly("Đỗ Văn Ân");
        assertThat(names(browser, "/can-bo?tim=%27%3A*%5C+%26+%25")).isEmpty();
    }

    @Test
    void ordersByGivenNameAndStaysWithinTheViewersUnits() {
        var body = peopled(bodies);
        var clerk = body.browser(body.viewer(Role.CLERK, body.wardOne));
        assertThat(names(clerk, "/can-bo"))
                .containsExactly("Đỗ Văn Ân", "Trần Văn Hoa", "Lê Thị Hòa", "Phạm Thị Hoà", "Nguyễn Hoàng Yến");
        assertThat(clerk.get("/can-bo?don-vi=" + body.wardTwo).status()).isEqualTo(404);
        var other = people.membersOf(body.tenant, List.of(body.wardTwo)).getFirst();
        assertThat(clerk.get("/can-bo/" + other.personId()).status()).isEqualTo(404);
        assertThat(clerk.get("/don-vi").page().select("h2").eachText()).first().isEqualTo("Phường Một");
        assertThat(clerk.get("/don-vi?tai=" + body.wardTwo).status()).isEqualTo(404);
        assertThat(clerk.get("/don-vi?tim=phuong+hai").text()).contains("Không có đơn vị nào khớp");
        assertThat(body.browser(body.viewer(Role.ADMINISTRATOR, body.root))
                        .get("/can-bo")
                        .status())
                .isEqualTo(403);
        assertThat(names(
                        body.browser(body.viewer(Role.BOARD, body.root)),
                        "/can-bo?khoi=" + body.stateBloc + "&sap=thu-tu"))
                .containsExactly("Bùi Thị Hòa");
    }

    @Test
    void tellsTheSecondOfTwoWhoCorrectOnePersonAtOnce() {
        var body = peopled(bodies);
        var person = people.membersOf(body.tenant, List.of(body.wardTwo)).getFirst();
        var browser = body.browser(body.viewer(Role.CLERK, body.wardTwo));
        String page = "/can-bo/" + person.personId();
        assertThat(browser.post(
                                page,
                                page + "/sua",
                                "phien-ban",
                                "0",
                                "ho-ten",
                                "Bùi Thị Hòa",
                                "ngay-sinh",
                                "32/1/1980",
                                "ly-do",
                                "x")
                        .status())
                .isEqualTo(422);
        assertThat(browser.post(
                                page,
                                page + "/sua",
                                "phien-ban",
                                "0",
                                "ho-ten",
                                "Bùi Thu Hòa",
                                "ngay-sinh",
                                "02/01/1980",
                                "ly-do",
                                "theo lý lịch")
                        .path())
                .endsWith("?xong=person-corrected");
        var second = browser.post(
                page, page + "/sua", "phien-ban", "0", "ho-ten", "Bùi Thi Hòa", "ngay-sinh", "", "ly-do", "khác");
        assertThat(second.status()).isEqualTo(422);
        assertThat(second.text()).contains("Người khác vừa sửa");
        assertThat(second.page().select("input[name=ho-ten]").val()).isEqualTo("Bùi Thi Hòa");
        assertThat(people.find(body.tenant, person.personId()).orElseThrow().fullName())
                .isEqualTo("Bùi Thu Hòa");
    }

    @Test
    void addsOnePersonChangesThePostFromADayAndEndsIt() {
        var body = bodies.create();
        var browser = body.browser(body.viewer(Role.CLERK, body.wardOne));
        String[] form = {
            "don-vi",
            body.wardOne.toString(),
            "ho-ten",
            "Vũ Thị Mai",
            "ngay-sinh",
            "02/03/1991",
            "so-hieu",
            "",
            "chuc-vu",
            "Văn thư",
            "khoi",
            "Khối chính quyền",
            "loai",
            "vien-chuc",
            "thu-tu",
            "",
            "ghi-chu",
            "",
            "tu-ngay",
            "01/10/2021"
        };
        var added = browser.post("/can-bo/them", "/can-bo/them", form);
        assertThat(added.path()).endsWith("?xong=person-added");
        var twin = browser.post("/can-bo/them", "/can-bo/them", form);
        assertThat(twin.status()).isEqualTo(422);
        assertThat(twin.text()).contains("Đã có Vũ Thị Mai cùng ngày sinh ở Phường Một");
        String page = added.path().substring(0, added.path().indexOf('?'));
        String change = added.page().select("a[href$=/doi]").attr("href");
        String[] other = {
            "phien-ban",
            "0",
            "chuc-vu",
            "Kế toán",
            "khoi",
            "Khối chính quyền",
            "loai",
            "vien-chuc",
            "hinh-thuc",
            "regular",
            "phan",
            "100",
            "thu-tu",
            "7",
            "ghi-chu",
            "",
            "tu-ngay",
            "01/10/2022",
            "ly-do",
            "phân công"
        };
        assertThat(browser.post(change, change, other).path()).endsWith("?xong=assignment-changed");
        var after = browser.get(page).page();
        assertThat(after.select("h3").eachText()).containsExactly("Kế toán – Phường Một nơi chính");
        assertThat(after.select(".dir-course .dir-when").eachText())
                .containsExactly("01/10/2022 – nay", "01/10/2021 – 01/10/2022");
        assertThat(browser.get(page + "?ngay=05/02/2022").page().select("h3").eachText())
                .containsExactly("Văn thư – Phường Một nơi chính");
        var unclear = browser.get(page + "?ngay=hom+qua");
        assertThat(unclear.status()).isEqualTo(422);
        assertThat(unclear.page().select("#ngay").val()).isEqualTo("hom qua");
        String end = after.select("a[href$=/thoi]").attr("href");
        var empty = browser.post(end, end, "phien-ban", "0", "ngay-thoi", "01/01/2023", "ly-do", "");
        assertThat(empty.status()).isEqualTo(422);
        assertThat(empty.page().select("#f-ngay-thoi").val()).isEqualTo("01/01/2023");
        assertThat(browser.post(end, end, "phien-ban", "0", "ngay-thoi", "01/01/2023", "ly-do", "nghỉ hưu")
                        .path())
                .endsWith("?xong=assignment-ended");
        assertThat(people.membersOf(body.tenant, List.of(body.wardOne))).isEmpty();
    }

    @Test
    void showsTheTreeWithCountsAndKeepsWhatWasEnteredWrongly() {
        var body = peopled(bodies);
        var browser = body.browser(body.viewer(Role.BOARD, body.root));
        var top = browser.get("/don-vi").page();
        assertThat(top.select("tbody td.num").eachText()).containsExactly("5", "1");
        assertThat(top.select("dl.cm-facts dd").eachText()).last().isEqualTo("6");
        var found = browser.get("/don-vi?tim=phuong+hai").page().select(".cm-hits li");
        assertThat(found).hasSize(1);
        assertThat(found.text()).contains("Phường Hai").contains("1 người").contains("Quận thử");
        var refused = browser.post(
                "/don-vi",
                "/don-vi",
                "ten",
                "Phòng Nội vụ",
                "ma",
                "P1",
                "loai",
                "OFFICE",
                "cha",
                body.wardOne.toString());
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.page().select("input[name=ten]").val()).isEqualTo("Phòng Nội vụ");
        assertThat(browser.post(
                                "/don-vi",
                                "/don-vi",
                                "ten",
                                "Phòng Nội vụ",
                                "ma",
                                "P1-NV",
                                "loai",
                                "OFFICE",
                                "cha",
                                body.wardOne.toString())
                        .text())
                .contains("Đã thêm đơn vị")
                .contains("Phòng Nội vụ");
    }

    @Test
    void issuesCodesOnSlipsToThoseWhoNeverSignedIn() {
        var body = peopled(bodies);
        var browser = body.browser(body.viewer(Role.CLERK, body.wardOne));
        assertThat(browser.get("/viec").text()).contains("5 người chưa có tài khoản");
        String codes = "/can-bo/ma-truy-cap";
        String form = browser.get(codes).page().select("input[name=phieu]").val();
        var slips = browser.post(codes, codes, "don-vi", body.wardOne.toString(), "phieu", form, "ai", "chua");
        assertThat(slips.page().select(".cm-slip")).hasSize(5);
        assertThat(browser.get("/can-bo/ma-truy-cap").text()).contains("5 người đã cấp mã nhưng chưa vào");
        String other = browser.get(codes).page().select("input[name=phieu]").val();
        assertThat(browser.post(codes, codes, "don-vi", body.wardTwo.toString(), "phieu", other, "ai", "chua")
                        .status())
                .isEqualTo(403);
        assertThat(browser.post(codes, codes, "don-vi", body.wardOne.toString(), "phieu", other)
                        .status())
                .isEqualTo(422);
    }

    @Test
    void showsPeopleAndTreeAsOfADayAndSaysWhatIsWrongWithTheDay() {
        var body = peopled(bodies);
        var browser = body.browser(body.viewer(Role.BOARD, body.root));
        for (String page : List.of("/can-bo", "/don-vi")) {
            assertThat(browser.get(page).page().select(".cm-as-of")).isEmpty();
            var past = browser.get(page + "?ngay=31/12/2020");
            assertThat(past.status()).isEqualTo(200);
            assertThat(past.page().select(".cm-as-of").text())
                    .contains("31/12/2020")
                    .contains("Về hôm nay");
            assertThat(past.page().select(".cm-as-of a").attr("href"))
                    .startsWith(page)
                    .doesNotContain("ngay=");
            var wrong = browser.get(page + "?ngay=31/02/2020");
            assertThat(wrong.status()).isEqualTo(422);
            assertThat(wrong.page().select("input[name=ngay]").val()).isEqualTo("31/02/2020");
            assertThat(wrong.page().select("[role=alert]").text()).contains("Lịch không có ngày này");
            assertThat(browser.get(page + "?ngay=01/01/2190")
                            .page()
                            .select("[role=alert]")
                            .text())
                    .contains("chưa tới");
            assertThat(browser.get(page + "?ngay=2020").status()).isEqualTo(422);
        }
        String person = Objects.requireNonNull(
                        browser.get("/can-bo?ngay=31/12/2020&tim=hoa").page().selectFirst("tbody th a"))
                .attr("href");
        assertThat(person).endsWith("?ngay=31/12/2020");
        assertThat(browser.get(person).page().select(".cm-as-of").text()).contains("31/12/2020");
        assertThat(browser.get(person).page().select("h3").eachText()).isNotEmpty();
        assertThat(browser.get(person).page().select("details, .btn-primary")).isEmpty();
        String ward = "/don-vi/" + body.wardOne;
        for (String page : List.of(person.replaceFirst("\\?.*", ""), ward)) {
            var wrong = browser.get(page + "?ngay=30/02/2020");
            assertThat(wrong.status()).isEqualTo(422);
            assertThat(wrong.page().select("input[name=ngay]").val()).isEqualTo("30/02/2020");
            assertThat(browser.get(page + "?ngay=01/01/2190")
                            .page()
                            .select("[role=alert]")
                            .text())
                    .contains("chưa tới");
        }
        assertThat(browser.get(ward + "?ngay=31/12/2019").text()).contains("Ngày đó chưa có đơn vị này");
        // these people's posts began in 2020
        assertThat(browser.get("/can-bo?ngay=31/12/2019").text()).doesNotContain("Phạm Thị Hoà");
        assertThat(browser.get("/can-bo?ngay=31/12/2020").text()).contains("Phạm Thị Hoà");
        assertThat(browser.get("/can-bo?ngay=31/12/2020&don-vi=" + body.wardTwo)
                        .page()
                        .select("a.page-link"))
                .allMatch(link -> link.attr("href").contains("ngay=31/12/2020"));
    }

    @Test
    void givesThePeopleOfADayAsAWorkbookThatHasWhomThePageShows() {
        var body = peopled(bodies);
        var browser = body.browser(body.viewer(Role.BOARD, body.root));
        String export = Objects.requireNonNull(
                        browser.get("/can-bo?ngay=31/12/2020").page().selectFirst("a[href^=/can-bo.xlsx]"))
                .attr("href");
        assertThat(export).contains("ngay=31/12/2020");
        for (String day : List.of("31/12/2019", "31/12/2020", "")) {
            for (String unit : List.of("", body.wardOne.toString(), body.wardTwo.toString())) {
                String query = "?ngay=" + day + (unit.isEmpty() ? "" : "&don-vi=" + unit);
                var sheet = browser.get("/can-bo.xlsx" + query);
                assertThat(sheet.status()).isEqualTo(200);
                assertThat(names(sheet.bytes()))
                        .as(query)
                        .containsExactlyInAnyOrderElementsOf(browser.get("/can-bo" + query)
                                .page()
                                .select("tbody th a")
                                .eachText());
            }
        }
        assertThat(browser.get("/can-bo.xlsx?ngay=31/12/2020").disposition())
                .contains("danh-sach-can-bo-2020-12-31.xlsx");
        var wrong = browser.get("/can-bo.xlsx?ngay=31/02/2020");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.page().select("input[name=ngay]").val()).isEqualTo("31/02/2020");
    }

    /** The second column of a workbook, without its heading. */
    private static List<String> names(byte[] workbook) {
        try (var book = new ReadableWorkbook(new ByteArrayInputStream(workbook));
                var rows = book.getFirstSheet().openStream()) {
            return rows.skip(1).map(row -> row.getCellText(1)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void takesAUnitFromASearchWhereThereAreTooManyForAList() {
        var body = peopled(bodies);
        units.addAll(
                body.tenant,
                body.root,
                java.util.stream.IntStream.rangeClosed(1, 70)
                        .mapToObj(n -> new Units.NewUnit("T" + n, "Tổ công tác " + n, Units.Kind.OTHER, body.wardTwo))
                        .toList());
        var browser = body.browser(body.viewer(Role.BOARD, body.root));
        var list = browser.get("/can-bo").page();
        assertThat(list.select("select[name=don-vi]")).isEmpty();
        assertThat(list.select("input[name=don-vi-tim]")).hasSize(1);
        var one = browser.get("/can-bo?don-vi-tim=phuong+mot").page();
        assertThat(one.select("input[name=don-vi-tim]").val()).isEqualTo("Phường Một (P1)");
        assertThat(one.select("input[name=don-vi]").val()).isEqualTo(body.wardOne.toString());
        assertThat(one.select("tbody tr")).hasSize(5);
        var several = browser.get("/can-bo?don-vi-tim=to+cong+tac").page();
        assertThat(several.select("input[type=radio][name=don-vi]")).hasSizeGreaterThan(20);
        assertThat(several.select("[role=alert]").text()).contains("đơn vị khớp");
        assertThat(browser.get("/don-vi/goi-y?don-vi-tim=phuong+h")
                        .page()
                        .select("option")
                        .eachAttr("value"))
                .containsExactly("Phường Hai (P2)");
        var refused = browser.post("/can-bo/them", "/can-bo/them", "don-vi-tim", "to cong tac", "ho-ten", "Lê Văn Mới");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.page().select("input[name=ho-ten]").val()).isEqualTo("Lê Văn Mới");
        assertThat(refused.page().select("input[type=radio][name=don-vi]")).isNotEmpty();
    }
}
