package vn.chuanmuc.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;

@ProductTest
class LinePagesTest {
    @Autowired
    TestBodies bodies;

    @Autowired
    Units units;

    @Autowired
    Lines lines;

    @Autowired
    Clock clock;

    /** The whole job in the browser, with mistakes on the way. */
    @Test
    void foundsALineGivesPlacesAndDutiesAndBringsPeopleIn() {
        var body = bodies.create();
        body.people(3, body.wardOne, body.partyBloc);
        body.person("Đỗ Thị Hòa", body.wardOne, body.partyBloc, body.staff);
        var board = body.browser(body.viewer(Role.BOARD, body.root));
        assertThat(board.get("/tuyen").text()).contains("Chưa có tuyến nào");
        var wrong = board.post(
                "/tuyen", "/tuyen", "ten", "Tuyến Đảng", "loai", "party", "can-cu", "", "tu-ngay", "31/02/2021");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.page().select("input[name=ten]").val()).isEqualTo("Tuyến Đảng");
        assertThat(wrong.page().select("input[name=tu-ngay]").val()).isEqualTo("31/02/2021");
        var founded = board.post(
                "/tuyen", "/tuyen", "ten", "Tuyến Đảng", "loai", "party", "can-cu", "", "tu-ngay", "01/03/2021");
        assertThat(founded.path()).endsWith("?xong=line-founded");
        assertThat(founded.text()).contains("chưa có căn cứ");
        String page = founded.path().substring(0, founded.path().indexOf('?'));
        assertThat(board.post(page, page + "/cho", "don-vi", "", "cap-tren", "", "tu-ngay", "01/03/2021", "can-cu", "")
                        .status())
                .isEqualTo(422);
        assertThat(board.post(
                                page,
                                page + "/cho",
                                "don-vi",
                                body.root.toString(),
                                "cap-tren",
                                "",
                                "tu-ngay",
                                "01/03/2021",
                                "can-cu",
                                "")
                        .path())
                .endsWith("?xong=line-place-given");
        var early = board.post(
                page,
                page + "/cho",
                "don-vi",
                body.wardOne.toString(),
                "cap-tren",
                body.root.toString(),
                "tu-ngay",
                "01/01/2021",
                "can-cu",
                "05-QĐ");
        assertThat(early.status()).isEqualTo(422);
        assertThat(early.text()).contains("Tuyến bắt đầu từ 01/03/2021");
        assertThat(early.page().select("#c-can-cu").val()).isEqualTo("05-QĐ");
        var placed = board.post(
                page,
                page + "/cho",
                "don-vi",
                body.wardOne.toString(),
                "cap-tren",
                body.root.toString(),
                "tu-ngay",
                "01/03/2021",
                "can-cu",
                "");
        assertThat(placed.text()).contains("2 đơn vị thiếu người tổng hợp hoặc người duyệt");

        String unit = page + "/don-vi/" + body.wardOne;
        var found = board.get(unit + "?tim-nguoi=hoa");
        String person = found.page().select("input[name=ai]").val();
        assertThat(board.post(
                                unit + "?tim-nguoi=hoa",
                                unit + "/nguoi",
                                "tim-nguoi",
                                "hoa",
                                "viec",
                                "clerk",
                                "tu-ngay",
                                "01/04/2021")
                        .status())
                .as("nobody chosen")
                .isEqualTo(422);
        assertThat(board.post(
                                unit + "?tim-nguoi=hoa",
                                unit + "/nguoi",
                                "tim-nguoi",
                                "hoa",
                                "ai",
                                person,
                                "viec",
                                "clerk",
                                "tu-ngay",
                                "01/04/2021")
                        .path())
                .endsWith("?xong=line-duty-given");
        var both = board.post(
                unit + "?tim-nguoi=hoa",
                unit + "/nguoi",
                "tim-nguoi",
                "hoa",
                "ai",
                person,
                "viec",
                "approver",
                "tu-ngay",
                "02/04/2021");
        assertThat(both.status()).isEqualTo(422);
        assertThat(both.text()).contains("không ai duyệt việc mình tổng hợp");
        assertThat(both.page().select("input[name=ai][checked]").val()).isEqualTo(person);

        String bulk = page + "/hang-loat";
        var preview = board.get(bulk + "?viec=join&ngay=01/10/2026&don-vi=" + body.root);
        assertThat(preview.status()).isEqualTo(200);
        assertThat(board.get(bulk + "?viec=join&ngay=01/10/2030&don-vi=" + body.root)
                        .text())
                .contains("Ngày này ở tương lai");
    }

    @Test
    void aClerkWritesTheirOwnPeopleAndSeesNoOtherUnit() {
        var body = bodies.create();
        body.person("Đỗ Thị Hòa", body.wardOne, body.partyBloc, body.staff);
        var board = body.browser(body.viewer(Role.BOARD, body.root));
        var founded = board.post(
                "/tuyen", "/tuyen", "ten", "Công đoàn", "loai", "mass", "can-cu", "QĐ 1", "tu-ngay", "01/03/2021");
        String page = founded.path().substring(0, founded.path().indexOf('?'));
        for (var unit : java.util.List.of(body.wardOne, body.wardTwo)) {
            board.post(
                    page,
                    page + "/cho",
                    "don-vi",
                    unit.toString(),
                    "cap-tren",
                    "",
                    "tu-ngay",
                    "01/03/2021",
                    "can-cu",
                    "");
        }
        var clerk = body.browser(body.viewer(Role.CLERK, body.wardOne));
        assertThat(clerk.get(page).page().select("tbody th a").eachText()).containsExactly("Phường Một");
        assertThat(clerk.get(page + "/don-vi/" + body.wardTwo).status()).isEqualTo(404);
        String unit = page + "/don-vi/" + body.wardOne;
        var search = clerk.get(unit + "?tim-nguoi=hoa").page();
        assertThat(search.select("input[name=viec]").eachAttr("value")).containsExactly("thanh-vien");
        String person = search.select("input[name=ai]").val();
        var joined = clerk.post(
                unit + "?tim-nguoi=hoa", unit + "/nguoi", "ai", person, "viec", "thanh-vien", "tu-ngay", "01/04/2021");
        assertThat(joined.path()).endsWith("?xong=line-member-joined");
        assertThat(joined.page().select("tbody th a").eachText()).containsExactly("Đỗ Thị Hòa");
        var twice = clerk.post(
                unit + "?tim-nguoi=hoa",
                unit + "/nguoi",
                "tim-nguoi",
                "hoa",
                "ai",
                person,
                "viec",
                "thanh-vien",
                "tu-ngay",
                "01/05/2021");
        assertThat(twice.status()).isEqualTo(422);
        assertThat(twice.text()).contains("đã đứng trong tuyến này qua Phường Một từ 01/04/2021");
        assertThat(clerk.post(
                                unit + "?tim-nguoi=hoa",
                                unit + "/nguoi",
                                "ai",
                                person,
                                "viec",
                                "clerk",
                                "tu-ngay",
                                "01/04/2021")
                        .status())
                .isEqualTo(403);
        String member = unit + "/thanh-vien/" + person + "?chon=" + person;
        var left = clerk.post(
                unit,
                member,
                "phien-ban",
                "0",
                "tu",
                "01/04/2021",
                "ngay",
                "01/04/2021",
                "ly-do",
                "nghỉ",
                "doi",
                "thoi");
        assertThat(left.status()).isEqualTo(422);
        assertThat(left.page().select("#m-ly-do").val()).isEqualTo("nghỉ");
        assertThat(clerk.post(
                                unit,
                                member,
                                "phien-ban",
                                "0",
                                "tu",
                                "01/04/2021",
                                "ngay",
                                "01/06/2021",
                                "ly-do",
                                "nghỉ",
                                "doi",
                                "thoi")
                        .path())
                .endsWith("?xong=line-member-left");
        assertThat(clerk.get(unit + "?ngay=31/05/2021").text()).contains("Đỗ Thị Hòa");
        assertThat(clerk.get(unit + "?ngay=01/06/2021&tim=hoa")
                        .page()
                        .select("tbody th")
                        .eachText())
                .isEmpty();
        assertThat(clerk.get("/tuyen?ngay=31/05/2021").page().select("tfoot td").text())
                .isEqualTo("1");
        assertThat(clerk.get("/tuyen?ngay=99/05/2021").status()).isEqualTo(422);
    }

    @Test
    void findsUnitsAndSuperiorsBySearchWhereTheyAreMany() {
        Body body = bodies.create();
        Viewer viewer = body.viewer(Role.BOARD, body.root);
        Browser board = body.browser(viewer);
        List<UUID> teams = units.addAll(
                body.tenant,
                viewer.accountId(),
                IntStream.rangeClosed(1, 70)
                        .mapToObj(n -> new Units.NewUnit("T" + n, "Tổ số " + n, Units.Kind.OTHER, body.wardOne))
                        .toList());
        String line = board.post(
                        "/tuyen",
                        "/tuyen",
                        "ten",
                        "Công đoàn",
                        "loai",
                        "mass",
                        "can-cu",
                        "QĐ 1",
                        "tu-ngay",
                        "01/03/2021")
                .path()
                .replaceAll("\\?.*", "");
        LocalDate from = LocalDate.now(clock);
        String day = VietnameseDates.format(from);
        var scope = new Scope(body.tenant, viewer.accountId(), List.of(body.root));
        UUID id = UUID.fromString(line.substring("/tuyen/".length()));
        assertThat(lines.place(scope, id, body.root, null, from, "")).isInstanceOf(Lines.Saved.Done.class);
        teams.stream()
                .limit(65)
                .forEach(team -> assertThat(lines.place(scope, id, team, body.root, from, ""))
                        .isInstanceOf(Lines.Saved.Done.class));

        var page = board.get(line).page();
        assertThat(page.select("select[name=don-vi], select[name=cap-tren]")).isEmpty();
        assertThat(page.select("input[name=cap-tren-tim]").attr("hx-get")).isEqualTo(line + "/goi-y");
        assertThat(board.get(line + "/goi-y?cap-tren-tim=to+so+65")
                        .page()
                        .select("option")
                        .eachAttr("value"))
                .containsExactly("Tổ số 65 (T65)");
        assertThat(board.get(line + "/goi-y?cap-tren-tim=to+so+66").page().select("option"))
                .as("a unit without a place in the line")
                .isEmpty();

        String[] fields = {"don-vi-tim", "T66", "cap-tren-tim", "to so", "tu-ngay", day, "can-cu", "QĐ 2"};
        var several = board.post(line, line + "/cho", fields);
        assertThat(several.status()).isEqualTo(422);
        assertThat(several.page().select("input[type=radio][name=cap-tren]")).hasSizeGreaterThan(20);
        assertThat(several.page().select("input[name=don-vi-tim]").val()).isEqualTo("Tổ số 66 (T66)");
        assertThat(several.page().select("#c-can-cu").val()).isEqualTo("QĐ 2");
        fields[3] = "không có";
        assertThat(board.post(line, line + "/cho", fields)
                        .page()
                        .select("[role=alert]")
                        .text())
                .contains("Không có đơn vị nào khớp");
        fields[3] = "T7";
        assertThat(board.post(line, line + "/cho", fields).path()).endsWith("?xong=line-place-given");

        String unit = line + "/don-vi/" + teams.get(65);
        var own = board.get(unit).page();
        assertThat(own.select("#d-cap-tren").val()).isEqualTo("Tổ số 7 (T7)");
        String place = own.select("form[action$=/chuyen]").attr("action");
        int version = Integer.parseInt(
                own.select("form[action$=/chuyen] input[name=phien-ban]").val());
        var wrong =
                board.post(unit, place, "phien-ban", "" + version, "cap-tren-tim", "tổ", "tu-ngay", day, "can-cu", "");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.page().select("form[action$=/chuyen] input[type=radio]"))
                .isNotEmpty();
        assertThat(wrong.page().select("form[action$=/sua] input[type=radio]")).isEmpty();

        String bulk = line + "/hang-loat";
        assertThat(board.get(bulk).page().select("select[name=don-vi]")).isEmpty();
        body.people(2, body.wardOne, body.partyBloc);
        var preview = board.get(bulk + "?viec=join&ngay=" + day + "&don-vi-tim=phuong+mot");
        assertThat(preview.page().select("form[method=post] input[name=don-vi]").val())
                .isEqualTo(body.wardOne.toString());
        assertThat(preview.page()
                        .select("form[method=post] input[name=so-nguoi]")
                        .val())
                .isEqualTo("2");
        assertThat(board.get(bulk + "?viec=join&ngay=" + day + "&don-vi-tim=to+so")
                        .status())
                .isEqualTo(422);
    }

    /** Several units at once: shown to be ticked, a mistake keeps the ticks, all or none, under one another as in the tree. */
    @Test
    void severalUnitsAreGivenPlacesAtOnce() {
        var body = bodies.create();
        Viewer viewer = body.viewer(Role.BOARD, body.root);
        var scope = new Scope(body.tenant, viewer.accountId(), List.of(new UUID[] {body.root}));
        LocalDate from = LocalDate.of(2021, 3, 1);
        UUID line = ((Lines.Saved.Done) lines.found(scope, new Lines.Saying("Tuyến Đảng", Lines.Kind.PARTY, "", from)))
                .id();
        assertThat(lines.place(scope, line, body.root, null, from, "")).isInstanceOf(Lines.Saved.Done.class);
        UUID office = ((Units.Added.Done) units.add(
                        body.tenant,
                        viewer.accountId(),
                        new Units.NewUnit("VP1", "Văn phòng Một", Units.Kind.OFFICE, body.wardOne)))
                .unitId();
        var board = body.browser(viewer);
        String at = "/tuyen/" + line + "/nhieu-don-vi";
        String asked = "?don-vi=" + body.root + "&cap-tren=&can-cu=12-QD&tu-ngay=";
        assertThat(board.get(at).status()).isEqualTo(200);
        var wrong = board.get(at + asked + "31/02/2021");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.page().select("input[name=tu-ngay]").val()).isEqualTo("31/02/2021");
        assertThat(wrong.page().select("input[name=chon]")).isEmpty();
        var shown = board.get(at + asked + "01/04/2021").page();
        assertThat(shown.select("input[name=chon]")).hasSize(4);
        assertThat(shown.select("input[name=chon][disabled]").eachAttr("value"))
                .as("placed already")
                .containsExactly(body.root.toString());
        assertThat(shown.select("input[name=chon][checked]")).hasSize(3);
        String form = at + asked + "01/04/2021";
        String[] fields = {"don-vi", body.root.toString(), "cap-tren", "", "tu-ngay", "01/04/2021", "can-cu", "12-QD"};
        var none = board.post(form, at, fields);
        assertThat(none.status()).isEqualTo(422);
        assertThat(none.page().select("#e-chon").text()).contains("ít nhất một đơn vị");
        assertThat(none.page().select("input[name=can-cu]").eachAttr("value")).containsOnly("12-QD");

        // somebody else places one of the two meanwhile: nothing is entered, the other stays ticked
        assertThat(lines.place(scope, line, body.wardTwo, body.root, from, "")).isInstanceOf(Lines.Saved.Done.class);
        String[] ticked = Stream.concat(
                        Stream.of(fields),
                        Stream.of(
                                "chon",
                                office.toString(),
                                "chon",
                                body.wardOne.toString(),
                                "chon",
                                body.wardTwo.toString()))
                .toArray(String[]::new);
        var meanwhile = board.post(form, at, ticked);
        assertThat(meanwhile.status()).isEqualTo(422);
        assertThat(meanwhile.page().select("#e-chon").text()).contains("Phường Hai đã có trong tuyến");
        assertThat(meanwhile.page().select("input[name=chon][checked]").eachAttr("value"))
                .containsExactlyInAnyOrder(office.toString(), body.wardOne.toString());
        assertThat(lines.places(body.tenant, line, office)).isEmpty();

        String[] rest = Stream.concat(
                        Stream.of(fields), Stream.of("chon", office.toString(), "chon", body.wardOne.toString()))
                .toArray(String[]::new);
        assertThat(board.post(form, at, rest).path()).endsWith("?xong=line-places-given");
        assertThat(board.post(form, at, rest).path()).as("a second click").endsWith("?xong=line-places-given");
        assertThat(lines.places(body.tenant, line, office).getFirst().superiorId())
                .isEqualTo(body.wardOne);
        assertThat(lines.places(body.tenant, line, body.wardOne)).hasSize(1);
        assertThat(lines.places(body.tenant, line, body.wardOne).getFirst().superiorId())
                .isEqualTo(body.root);
        assertThat(board.get("/tuyen/" + line + "/nhieu-don-vi" + asked + "01/05/2021")
                        .page()
                        .text())
                .contains("Mọi đơn vị của nhánh đã có trong tuyến");
        var ward = body.browser(body.viewer(Role.CLERK, body.wardOne));
        assertThat(ward.get(at).status()).isEqualTo(403);
    }
}
