package vn.chuanmuc.panels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.zip.ZipInputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.assessments.Cycles;
import vn.chuanmuc.assessments.Forms;
import vn.chuanmuc.assessments.PanelCycle;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.panels.Meeting.Way;
import vn.chuanmuc.rules.Rules;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.VeraPdf;

/** A meeting as people use its pages: mistakes keep what was entered, strangers find nothing, who is assessed sees nothing of it. */
@ProductTest
class MeetingPagesTest {
    private static final String GUEST = PanelGround.GUEST;
    private static final String MEMBER = PanelGround.MEMBER;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy");

    @Autowired
    TestBodies bodies;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Commitments commitments;

    @Autowired
    Rules rules;

    @Autowired
    Cycles cycles;

    @Autowired
    Forms forms;

    @Autowired
    Meetings meetings;

    @Autowired
    Rounds rounds;

    @Autowired
    Ballots ballots;

    @Autowired
    MinutesBook minutes;

    @Autowired
    JdbcClient jdbc;

    private PanelGround ground() {
        var cycle = new PanelCycle(
                bodies.create(), campaigns, commitments, rules, cycles, forms, jdbc, PanelGround.names());
        cycle.rated(GUEST, 1, 2);
        cycle.rated(MEMBER, 1, 1);
        return new PanelGround(cycle, meetings, rounds, ballots, minutes);
    }

    private static String[] fields(List<String> pairs) {
        return pairs.toArray(String[]::new);
    }

    @Test
    void anOfficePlansConvenesAndTheSecretaryLeadsTheMeetingToItsEnd() throws Exception {
        PanelGround ground = ground();
        Browser office = ground.cycle.body.browser(ground.cycle.body.viewer(Role.CLERK, ground.cycle.body.wardOne));
        var list = office.get("/hop").page();
        assertThat(list.select(".cm-todo").text()).contains("Phường Một").contains("6 người chưa họp");
        String address = list.select(".cm-todo a.btn").attr("href");
        var blank = office.get(address).page();
        assertThat(blank.select("input[name=phieu][checked]"))
                .as("those whose turn it is are chosen")
                .hasSize(2);
        var plan =
                new ArrayList<String>(List.of("ten", "Họp xét quý IV", "ngay", "32/12/2021", "gio", "14h", "noi", ""));
        for (String name : List.of(GUEST, MEMBER)) {
            plan.addAll(List.of("phieu", ground.cycle.form(name).toString()));
        }
        Map<String, String> roles = Map.of(
                PanelGround.CHAIR,
                "chair",
                PanelGround.SECRETARY,
                "secretary",
                PanelGround.COUNTER,
                "counter",
                PanelGround.OTHER,
                "counter",
                MEMBER,
                "member");
        roles.forEach((name, role) -> plan.addAll(List.of("vai-" + ground.person(name), role)));
        var wrong = office.post(address, address, fields(plan));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.page().select(".alert-danger").text()).contains("Nhập ngày theo dạng");
        assertThat(wrong.page().select("#f-ten").val()).isEqualTo("Họp xét quý IV");
        assertThat(wrong.page().select("select option[value=counter][selected]"))
                .hasSize(2);
        plan.set(3, "27/12/2021");
        assertThat(office.post(address, address, fields(plan))
                        .page()
                        .select(".alert-danger")
                        .text())
                .contains("Nhập địa điểm");
        plan.set(7, "Phòng họp số 1");
        var planned = office.post(address, address, fields(plan));
        assertThat(planned.status()).isEqualTo(200);
        String at = planned.path().substring(0, planned.path().indexOf('?'));
        ground.id = UUID.fromString(at.substring(at.lastIndexOf('/') + 1));
        assertThat(office.post(at, at + "/trieu-tap")
                        .page()
                        .select("h1 ~ *, .alert-success")
                        .text())
                .contains("Đã triệu tập");

        Browser secretary = ground.cycle.body.browser(ground.secretary());
        assertThat(secretary.get("/viec").page().select(".cm-todo").text()).contains("Điểm danh và khai mạc");
        assertThat(secretary
                        .post(at, at + "/khai-mac")
                        .page()
                        .select(".alert-danger")
                        .text())
                .contains("Chủ trì chưa được ghi là có mặt");
        var ticks = new ArrayList<String>();
        ground.protocol()
                .seats()
                .forEach(seat ->
                        ticks.addAll(List.of("mat-" + seat.personId(), "co", "gio-" + seat.personId(), "14:00")));
        ticks.set(3, "mười bốn giờ");
        var badTime = secretary.post(at, at + "/diem-danh", fields(ticks));
        assertThat(badTime.status()).isEqualTo(422);
        assertThat(badTime.page().select("input[name^=gio-]").eachAttr("value")).contains("mười bốn giờ", "14:00");
        ticks.set(3, "14 giờ 05");
        assertThat(secretary.post(at, at + "/diem-danh", fields(ticks)).status())
                .isEqualTo(200);
        assertThat(secretary
                        .post(at, at + "/khai-mac")
                        .page()
                        .select(".alert-success")
                        .text())
                .contains("Đã khai mạc");

        String guest = ground.cycle.form(GUEST).toString();
        var person = secretary.get(at + "/nguoi/" + guest).page();
        assertThat(person.text()).contains("LỜI-" + PanelCycle.SELF).contains("Tự đánh giá");
        secretary.post(at + "/nguoi/" + guest, at + "/nguoi/" + guest + "/y-kien", "y-kien", "Chu đáo với dân");
        var voting = secretary.post(at, at + "/luot", "phieu", guest, "cach", "hands");
        String hands = voting.path().substring(0, voting.path().indexOf('?'));
        var short_ = secretary.post(
                hands,
                hands + "/dem",
                "muc0-" + guest,
                "3",
                "muc1-" + guest,
                "1",
                "muc2-" + guest,
                "0",
                "muc3-" + guest,
                "0",
                "khong-" + guest,
                "0");
        assertThat(short_.status()).isEqualTo(422);
        assertThat(short_.page().select(".invalid-feedback").text())
                .contains("cộng lại được 4, nhưng có 5 người được biểu quyết");
        assertThat(short_.page().select("#muc0-" + guest).val()).isEqualTo("3");
        assertThat(secretary
                        .post(
                                hands,
                                hands + "/dem",
                                "muc0-" + guest,
                                "4",
                                "muc1-" + guest,
                                "1",
                                "muc2-" + guest,
                                "0",
                                "muc3-" + guest,
                                "0",
                                "khong-" + guest,
                                "0")
                        .status())
                .isEqualTo(200);

        String member = ground.cycle.form(MEMBER).toString();
        var secret = secretary.post(at, at + "/luot", "phieu", member, "cach", "secret");
        String urn = secret.path().substring(0, secret.path().indexOf('?'));
        assertThat(secret.page().text()).contains("Chỉ 4 người được biểu quyết, ít hơn 5");
        var slips = secretary.post(urn, urn + "/phieu-ma");
        assertThat(slips.type()).isEqualTo("application/pdf");
        List<String> codes;
        try (var pdf = Loader.loadPDF(slips.bytes())) {
            codes = new PDFTextStripper()
                    .getText(pdf)
                    .lines()
                    .map(String::strip)
                    .filter(line -> line.matches("[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}"))
                    .toList();
        }
        assertThat(codes).hasSize(4);
        Browser phone = bodies.stranger();
        for (String code : codes) {
            phone.post("/bo-phieu", "/bo-phieu", "ma", code);
            assertThat(phone.post("/bo-phieu", "/bo-phieu/gui", "ma", code, "p-" + member, "tot")
                            .page()
                            .select(".alert-success")
                            .text())
                    .contains("Phiếu của anh/chị đã vào hòm");
        }
        assertThat(secretary
                        .post(urn, urn + "/phieu-ma")
                        .page()
                        .select(".alert-danger")
                        .text())
                .contains("không in lại mã được nữa");
        assertThat(secretary.get(urn).page().select("progress").attr("value")).isEqualTo("4");
        assertThat(secretary.post(urn, urn + "/kiem").page().select("table").text())
                .contains("4");

        Browser assessed = ground.cycle.body.browser(ground.cycle.official(MEMBER));
        assertThat(assessed.get(at).page().select("table").text()).contains("Mục này về chính anh/chị");
        assertThat(assessed.get(at + "/nguoi/" + member).status()).isEqualTo(404);
        assertThat(assessed.get(urn).page().text())
                .contains("Mục này về chính anh/chị")
                .doesNotContain("không còn kín");
        assertThat(assessed.get(at + "/bien-ban.pdf").status()).isEqualTo(403);

        for (String form : List.of(guest, member)) {
            String one = at + "/nguoi/" + form;
            var none = secretary.post(one, one + "/ket-luan", "muc", "tot", "ly-do", "");
            assertThat(none.status()).isEqualTo(422);
            assertThat(none.page().select("input[value=tot][checked]")).hasSize(1);
            assertThat(secretary
                            .post(one, one + "/ket-luan", "muc", "tot", "ly-do", "Theo đa số phiếu")
                            .status())
                    .isEqualTo(200);
        }
        assertThat(secretary
                        .post(at, at + "/bien-ban")
                        .page()
                        .select(".alert-success")
                        .text())
                .contains("Đã lập biên bản");
        assertThat(assessed.get(at + "/bien-ban.pdf").status())
                .as("not theirs to read")
                .isEqualTo(403);
        Browser chair = ground.cycle.body.browser(ground.chair());
        assertThat(chair.get("/viec").page().select(".cm-todo").text()).contains("Xác nhận biên bản");
        var signing = Objects.requireNonNull(chair.get(at).page().selectFirst("form[action$=/xac-nhan]"));
        String version = signing.select("input[name=ban]").val();
        String hash = signing.select("input[name=noi-dung]").val();
        assertThat(chair.post(
                                at,
                                at + "/xac-nhan",
                                "ban",
                                version,
                                "noi-dung",
                                "0".repeat(64),
                                "mat-khau",
                                PanelGround.PASSWORD)
                        .page()
                        .select(".alert-danger")
                        .text())
                .as("other words than those that were read")
                .contains("vừa được lập lại");
        assertThat(chair.post(at, at + "/xac-nhan", "ban", version, "noi-dung", hash, "mat-khau", "sai")
                        .status())
                .isEqualTo(422);
        chair.post(at, at + "/xac-nhan", "ban", version, "noi-dung", hash, "mat-khau", PanelGround.PASSWORD);
        assertThat(secretary
                        .post(at, at + "/xac-nhan", "ban", version, "noi-dung", hash, "mat-khau", PanelGround.PASSWORD)
                        .page()
                        .select(".alert-success")
                        .text())
                .contains("Cuộc họp đã kết thúc");
        minutesSayWhatHappened(chair.get(at + "/bien-ban.pdf"), chair.get(at + "/bien-ban.docx"));
        assertThat(secretary.get(at + "?l=en").page().select("h1").text()).isEqualTo("Họp xét quý IV");
    }

    private static void minutesSayWhatHappened(Browser.Answer pdf, Browser.Answer docx) throws Exception {
        assertThat(pdf.type()).isEqualTo("application/pdf");
        assertThat(VeraPdf.findings(pdf.bytes())).isEmpty();
        String words;
        try (var read = Loader.loadPDF(pdf.bytes())) {
            words = new PDFTextStripper().getText(read).replaceAll("\\s+", " ");
        }
        var document = new StringBuilder();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(docx.bytes()))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals("word/document.xml")) {
                    document.append(new String(zip.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
                }
            }
        }
        String text = document.toString().replaceAll("<[^>]+>", "");
        for (String said : List.of(
                "BIÊN BẢN",
                "Phòng họp số 1",
                PanelGround.CHAIR,
                "có mặt từ 14 giờ 05",
                "Chu đáo với dân",
                "chưa có quy định",
                "bỏ phiếu kín bằng mã",
                "phát ra 4, thu về 4",
                "kết quả cho biết từng người đã bỏ phiếu thế nào",
                "Theo đa số phiếu",
                "xác nhận điện tử sau khi đăng nhập lại")) {
            assertThat(words).as("PDF").contains(said);
            assertThat(text).as("DOCX").contains(said);
        }
    }

    /** design.md, Authority: deny by default. */
    @Test
    void strangersAndOtherUnitsFindNothing() {
        PanelGround ground = ground().convened(List.of(GUEST)).opened(List.of());
        UUID round = ground.round(Way.SECRET, GUEST);
        String at = "/hop/" + ground.id;
        Browser elsewhere = ground.cycle.body.browser(ground.cycle.body.viewer(Role.HEAD, ground.cycle.body.wardTwo));
        Browser official = ground.cycle.body.browser(ground.cycle.official(GUEST));
        for (Browser nobody : List.of(elsewhere, official)) {
            for (String page : List.of(
                    at, at + "/luot/" + round, at + "/nguoi/" + ground.cycle.form(GUEST), at + "/bien-ban.pdf")) {
                assertThat(nobody.get(page).status()).as(page).isEqualTo(404);
            }
            String token = nobody.token("/tai-khoan");
            assertThat(nobody.postWithToken(token, at + "/luot/" + round + "/phieu-ma")
                            .status())
                    .isIn(403, 404);
            assertThat(nobody.get("/hop").page().text()).doesNotContain("Họp đánh giá quý IV");
        }
        Browser member = ground.cycle.body.browser(ground.cycle.official(MEMBER));
        assertThat(member.get(at).status()).isEqualTo(200);
        String token = member.token("/tai-khoan");
        for (String command : List.of(
                "/khai-mac",
                "/bien-ban",
                "/luot/" + round + "/kiem",
                "/luot/" + round + "/phieu-ma",
                "/luot/" + round + "/huy")) {
            assertThat(member.postWithToken(token, at + command).status())
                    .as(command)
                    .isEqualTo(403);
        }
        assertThat(ground.protocol().round(round).orElseThrow().prints()).isZero();
    }

    /** domain.md 3 and 4.1: no share is known; what is set is dated and names its basis or says that it has none. */
    @Test
    void theBoardSetsARuleWithAMistakeOnTheWay() {
        PanelGround ground = ground();
        Browser board = ground.cycle.body.browser(ground.cycle.board);
        assertThat(board.get("/hop/quy-dinh").page().select(".cm-facts").text())
                .contains("chưa có quy định")
                .contains("chưa có căn cứ");
        String today = DAY.format(LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh")));
        var wrong = board.post(
                "/hop/quy-dinh",
                "/hop/quy-dinh",
                "so-nguoi-phan",
                "3",
                "so-nguoi-tren",
                "2",
                "kin",
                "5",
                "tu-ngay",
                today,
                "can-cu",
                "Quy chế làm việc");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.page().select("#f-can-cu").val()).isEqualTo("Quy chế làm việc");
        assertThat(board.post(
                                "/hop/quy-dinh",
                                "/hop/quy-dinh",
                                "so-nguoi-phan",
                                "2",
                                "so-nguoi-tren",
                                "3",
                                "da-so-qua",
                                "qua",
                                "da-so-phan",
                                "1",
                                "da-so-tren",
                                "2",
                                "tren",
                                "returned",
                                "kin",
                                "5",
                                "tu-ngay",
                                today,
                                "can-cu",
                                "Quy chế làm việc")
                        .page()
                        .select(".cm-facts")
                        .text())
                .contains("ít nhất 2/3")
                .contains("quá 1/2 trên số phiếu thu về hoặc số người đã biểu quyết")
                .contains("Quy chế làm việc");
        Browser head = ground.cycle.body.browser(ground.cycle.head);
        assertThat(head.get("/hop/quy-dinh").page().select("form button.btn-primary"))
                .isEmpty();
    }
}
