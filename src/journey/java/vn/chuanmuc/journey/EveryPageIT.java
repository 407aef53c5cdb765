package vn.chuanmuc.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.ApiScope;
import vn.chuanmuc.access.ApiTokens;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Cycles;
import vn.chuanmuc.assessments.Forms;
import vn.chuanmuc.assessments.LevelDecisions;
import vn.chuanmuc.assessments.PanelCycle;
import vn.chuanmuc.assessments.Period;
import vn.chuanmuc.assessments.PetitionGround;
import vn.chuanmuc.assessments.Results;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.criteria.Applicability;
import vn.chuanmuc.criteria.Criteria;
import vn.chuanmuc.criteria.Decisions;
import vn.chuanmuc.directory.Duplicates;
import vn.chuanmuc.directory.LineMembers;
import vn.chuanmuc.directory.Lines;
import vn.chuanmuc.directory.PeopleImports;
import vn.chuanmuc.directory.ReorganisationDraft;
import vn.chuanmuc.directory.Reorganisations;
import vn.chuanmuc.directory.Scope;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.panels.Ballots;
import vn.chuanmuc.panels.Meetings;
import vn.chuanmuc.panels.MinutesBook;
import vn.chuanmuc.panels.MinutesSigning;
import vn.chuanmuc.panels.PanelSamples;
import vn.chuanmuc.panels.Rounds;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.rules.RuleSamples;
import vn.chuanmuc.rules.Rules;
import vn.chuanmuc.scans.Scanner;
import vn.chuanmuc.sheets.SheetGround;
import vn.chuanmuc.signing.DigitalSamples;
import vn.chuanmuc.signing.Signatures;
import vn.chuanmuc.signing.TrustList;
import vn.chuanmuc.submissions.Lists;
import vn.chuanmuc.submissions.Moved;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.RealDecision;
import vn.chuanmuc.testing.TestBodies;

/**
 * Every page that anybody can reach by links in a body at work, one address for each route and role, at both widths and in both
 * languages: axe finds nothing, nothing scrolls sideways, no message is missing.
 */
@ProductTest
class EveryPageIT {
    private static final String CHAIR = "chu-tri-hop";
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    /** A message's key shown instead of its words. */
    private static final Pattern KEY = Pattern.compile(
            "\\b(access|act|assessments|campaigns|commitments|criteria|directory|documents|done|inspection|jobs|ledger|office|overview|panels|petitions|publication|reports|rules|samples|scans|sheets|signing|submissions|ui)\\.[a-z][\\w.-]+|\\?\\?");

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy", Locale.ROOT);
    private static final int MOST_PAGES = 100;
    private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh"));

    @LocalServerPort
    int port;

    @Autowired
    TestBodies bodies;

    @Autowired
    Decisions decisions;

    @Autowired
    Reorganisations reorganisations;

    @Autowired
    Criteria criteria;

    @Autowired
    Applicability applicability;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Commitments commitments;

    @Autowired
    Lists lists;

    @SuppressWarnings("NullAway.Init")
    private Chromium chromium;

    @Autowired
    Lines lines;

    @Autowired
    LineMembers lineMembers;

    @Autowired
    Duplicates duplicates;

    @Autowired
    PeopleImports imports;

    @Autowired
    ApiTokens tokens;

    @Autowired
    TrustList trust;

    @Autowired
    Rules rules;

    @Autowired
    Cycles cycles;

    @Autowired
    Forms forms;

    @Autowired
    LevelDecisions levelDecisions;

    @Autowired
    Results results;

    @Autowired
    SheetGround sheets;

    @Autowired
    Accounts accounts;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Signatures signatures;

    @Autowired
    Meetings meetings;

    @Autowired
    Rounds rounds;

    @Autowired
    Ballots ballots;

    @Autowired
    MinutesBook minutes;

    @Autowired
    MinutesSigning minutesSigning;

    @Autowired
    TransactionTemplate transaction;

    /** A state of a page that its route does not tell from others. @param route as it is judged */
    private record Further(String who, String route, String address) {}

    private final List<Further> further = new ArrayList<>();

    /** Routes that axe has looked at, with width and language: the same template need not be judged for each role. */
    private final Set<String> judged = new HashSet<>();

    @BeforeEach
    void open() {
        chromium = new Chromium(port);
    }

    @AfterEach
    void close() {
        chromium.close();
    }

    @Test
    void everyPageIsCleanAtBothWidthsAndInBothLanguages() {
        Map<String, Viewer> people = bodyAtWork();
        stranger();
        var routes = new HashSet<String>();
        people.forEach((name, viewer) -> {
            Page page = chromium.desktop();
            chromium.signIn(page, viewer.username(), TestBodies.PASSWORD);
            for (String language : List.of("vi", "en")) {
                page.navigate("/ngon-ngu?l=" + language);
                routes.addAll(crawl(page, name, language));
            }
            page.context().close();
        });
        assertThat(further)
                .hasSize(19)
                .allSatisfy(one -> assertThat(judged).contains(one.route() + "390vi", one.route() + "1280en"));
        assertThat(routes)
                .contains(
                        "/viec",
                        "/tai-khoan",
                        "/van-ban",
                        "/van-ban/nhap",
                        "/van-ban/*",
                        "/van-ban/*/so-sanh-bo/*/*",
                        "/can-bo",
                        "/can-bo/*",
                        "/can-bo/them",
                        "/can-bo/nhap",
                        "/can-bo/nhap/*",
                        "/can-bo/ma-truy-cap",
                        "/can-bo/bo-tieu-chi",
                        "/don-vi",
                        "/sap-xep",
                        "/sap-xep/*",
                        "/tuyen",
                        "/tuyen/*",
                        "/tuyen/*/don-vi/*",
                        "/tuyen/*/hang-loat",
                        "/sap-xep/*/xem-truoc",
                        "/quan-tri/ma-api",
                        "/can-bo/trung",
                        "/can-bo/chuyen",
                        "/can-bo/*/phan-cong/*/doi",
                        "/can-bo/*/nghi/them",
                        "/quy-tac",
                        "/quy-tac/*",
                        "/quy-tac/moi",
                        "/quy-tac/lich",
                        "/quy-tac/*/thu",
                        "/quy-tac/*/so-sanh/*",
                        "/danh-gia",
                        "/danh-gia/cham",
                        "/danh-gia/dot",
                        "/danh-gia/dot/moi",
                        "/danh-gia/dot/*",
                        "/danh-gia/dot/*/sua",
                        "/danh-gia/dot/*/phieu",
                        "/danh-gia/phieu/" + Period.of(TODAY).code() + "/*",
                        "/danh-gia/phieu/" + Period.of(TODAY).code() + "/*/tu-danh-gia",
                        "/danh-gia/phieu/" + Period.of(TODAY).code() + "/*/thu-truong",
                        "/hop",
                        "/hop/*",
                        "/hop/moi",
                        "/hop/quy-dinh",
                        "/so-lieu",
                        "/so-lieu/nhap",
                        "/so-lieu/chi-so",
                        "/kien-nghi",
                        "/kien-nghi/so",
                        "/kien-nghi/quy-tac",
                        "/kien-nghi/giay",
                        "/dot",
                        "/dot/moi",
                        "/dot/*",
                        "/dot/*/sua",
                        "/dot/*/dieu-kien/person-without-set",
                        "/dot/*/danh-sach-chot",
                        "/dot/*/danh-sach-chot/them",
                        "/dot/*/danh-sach-chot/*/roi",
                        "/cam-ket",
                        "/cam-ket/*/bien-nhan",
                        "/cam-ket/danh-sach/*",
                        "/cam-ket/khong-ky/*/*",
                        "/danh-sach",
                        "/danh-sach/*/*/*",
                        "/danh-sach/*/*/*/tra-lai",
                        "/tien-do",
                        "/quan-tri/tai-khoan",
                        "/quan-tri/tai-khoan/moi",
                        "/quan-tri/tai-khoan/*",
                        "/chung-thu",
                        "/tin-cay",
                        "/so-cai",
                        "/nhat-ky");
    }

    /** Pages of a quarter whose state no crawl comes by: results that were told, a petition, forms on paper, with their own ids. */
    @Test
    void everyPageOfAQuarterIsCleanAtBothWidthsAndInBothLanguages() throws IOException {
        quarter();
        paper();
        assertThat(judged).hasSizeGreaterThan(4 * 40);
    }

    private void visits(Viewer viewer, String name, String... addresses) {
        Page page = chromium.desktop();
        chromium.signIn(page, viewer.username(), TestBodies.PASSWORD);
        for (String language : List.of("vi", "en")) {
            page.navigate("/ngon-ngu?l=" + language);
            for (String address : addresses) {
                Response response = Objects.requireNonNull(page.navigate(address), address);
                assertThat(response.status()).as("%s for %s", address, name).isIn(200, 403);
                assertThat(response.status() == 403)
                        .as("%s for %s is shut only where somebody else has to read it", address, name)
                        .isEqualTo(name.startsWith("van-phong-ben-kia"));
                String route = route(address) + "-" + name;
                if (language.equals("en")) { // axe has looked at the same page in the other language
                    judged.addAll(List.of(route + 390 + language, route + 1280 + language));
                }
                judge(page, name, route, language);
            }
        }
        page.context().close();
    }

    private void quarter() {
        String told = "Trần Thị Hoà";
        String drafting = "Đỗ Văn An";
        String rating = "Phạm Quỳnh Như";
        var ground = new PetitionGround(
                bodies.create(),
                campaigns,
                commitments,
                rules,
                cycles,
                forms,
                levelDecisions,
                results,
                jdbc,
                null,
                told,
                drafting,
                rating);
        ground.told(told, "dat_mot_phan");
        ground.told(drafting, "dat_mot_phan");
        ground.decided(rating, "dat");
        String quarter = "/20214/";
        var browser = ground.body.browser(ground.official(told));
        String draft = begun(browser, "/kien-nghi/moi" + quarter + ground.form(told));
        String filed = browser.post(draft, draft, "viec", "nop", "ban", "0", "ca-muc", "co", "can-cu", "Chưa đúng")
                .path()
                .replaceFirst("[?].*", "");
        String open = begun(
                ground.body.browser(ground.official(drafting)), "/kien-nghi/moi" + quarter + ground.form(drafting));
        String form = "/danh-gia/phieu" + quarter + ground.form(rating);
        String desk = "/" + ground.cycle + "/" + ground.body.wardOne;
        visits(
                ground.official(told),
                "nguoi-kien-nghi",
                "/danh-gia/ket-qua",
                "/danh-gia/ket-qua" + quarter + ground.form(told),
                "/kien-nghi",
                filed,
                "/danh-gia/lich-su/" + ground.official(told).personId());
        visits(ground.official(drafting), "nguoi-soan", open, "/kien-nghi/moi" + quarter + ground.form(drafting));
        visits(
                ground.head,
                "thu-truong-quy",
                "/danh-gia/phieu" + quarter + ground.form("Lê Thị Đứng Đầu") + "/tu-danh-gia/minh-chung/1",
                "/danh-gia/quyet-dinh",
                "/danh-gia/quyet-dinh" + desk + "?loc=tat-ca",
                "/danh-gia/quyet-dinh/phieu" + quarter + ground.form(told),
                "/danh-gia/cong-khai" + desk);
        visits(
                ground.top,
                "cap-tren",
                "/danh-gia/phe-duyet" + desk,
                "/danh-gia/quyet-dinh/phieu" + quarter + ground.form(rating),
                form + "/viec/giao?buoc=phe-duyet");
        visits(
                ground.board,
                "ban-to-chuc-quy",
                "/danh-gia/dau-hieu",
                form,
                form + "/viec/gia-han?buoc=phe-duyet",
                form + "/viec/chuyen?buoc=phe-duyet",
                form + "/viec/tra-lai?buoc=phe-duyet",
                form + "/viec/giao?buoc=thu-truong",
                form + "/viec/thoi-giao?buoc=thu-truong",
                form + "/viec/huy",
                form + "/viec/mo-lai",
                "/danh-gia/dot/" + ground.cycle + "/dong",
                "/danh-gia/dot/" + ground.cycle + "/huy",
                "/danh-gia/dot/" + ground.cycle + "/mo-lai",
                "/danh-gia/dot/" + ground.cycle + "/gia-han",
                filed,
                "/kien-nghi/so",
                "/tong-hop",
                "/tong-hop/noi-dung",
                "/tong-hop/vi-tri",
                "/tong-hop/tuyen",
                "/tong-hop/xu-huong",
                "/tong-hop/du-lieu",
                "/tong-hop/nguong");
    }

    private static String begun(Browser browser, String address) {
        return browser.post(address, address).path().replaceFirst("[?].*", "");
    }

    private void paper() throws IOException {
        SheetGround.Ward ward = sheets.ward("Trần Thị Hoà", "Đỗ Văn An");
        var scanner = new Scanner(5);
        Viewer hoa = ward.official("Trần Thị Hoà");
        Viewer an = ward.official("Đỗ Văn An");
        var pile = new ArrayList<>(ward.sheets(scanner, ward.self(hoa), 1));
        pile.addAll(ward.sheets(scanner, ward.byHead(hoa), 2));
        List<Scanner.Sheet> rest = ward.sheets(scanner, ward.self(an), 1);
        pile.addAll(rest.subList(0, rest.size() - 1)); // a page is missing
        pile.add(new Scanner.Sheet(Scanner.jpeg(scanner.stranger(150), 0.8f), 150, false));
        UUID brought = ward.scanned(null, pile);
        String own = "/phieu-giay/phieu/" + ward.paper(ward.self(hoa));
        String other = "/phieu-giay/phieu/" + ward.paper(ward.byHead(hoa));
        String missing = "/phieu-giay/phieu/" + ward.paper(ward.self(an));
        Browser clerk = ward.body.browser(ward.clerk);
        String loose = Objects.requireNonNull(
                        clerk.get("/phieu-giay/chong/" + brought).page().selectFirst("a[href^=/phieu-giay/trang/]"))
                .attr("href");
        clerk.post(own, own, read("x", "viec", "nop"));
        visits(
                ward.clerk,
                "van-phong-phieu",
                "/phieu-giay",
                "/phieu-giay/in",
                "/phieu-giay/quet",
                "/phieu-giay/quet?chong=" + brought,
                "/phieu-giay/chong/" + brought,
                loose,
                own,
                missing,
                "/phieu-giay/hoi");
        visits(ward.clerk, "van-phong-ben-kia", other);
        accounts.close(ward.body.tenant, ward.board.accountId(), ward.otherClerk.accountId(), "Nghỉ hưu");
        visits(ward.clerk, "van-phong-ben-kia-mot-nguoi", other);
        assertThat(clerk.post(
                                other,
                                other + "/chung-kien",
                                "tai-khoan",
                                an.username(),
                                "ly-do",
                                "Phường có một văn thư")
                        .path())
                .endsWith("sheets-witness-named");
        assertThat(clerk.post(other, other, read("2", "viec", "nop")).path()).endsWith("sheets-witness-asked");
        visits(ward.clerk, "van-phong-chung-kien", other);
        visits(an, "nguoi-chung-kien", other.replace("/phieu/", "/chung-kien/"));
    }

    /** The fields of a form of 18 items, all read the same. */
    private static String[] read(String value, String... more) {
        var fields = new ArrayList<>(List.of("ban", "0", "so-muc", "18"));
        for (int item = 1; item <= 18; item++) {
            fields.addAll(List.of("muc-" + item, value));
        }
        fields.addAll(List.of(more));
        return fields.toArray(String[]::new);
    }

    /** One of each kind of thing, in each state that has a page of its own. */
    private Map<String, Viewer> bodyAtWork() {
        var body = bodies.create();
        List<UUID> party = body.people(12, body.wardOne, body.partyBloc);
        body.people(3, body.wardOne, body.stateBloc);
        body.people(4, body.wardTwo, body.partyBloc);
        var decision = RealDecision.publish(decisions, criteria, body);
        decisions.importText(decision.importer(), "du-thao.txt", RealDecision.text() + "\n", List.of());
        Viewer clerk = body.viewer(Role.CLERK, body.wardOne);
        Viewer head = body.viewer(Role.HEAD, body.wardOne);
        body.viewer(Role.CLERK, body.wardTwo);
        body.viewer(Role.HEAD, body.wardTwo);
        Viewer board = body.viewer(Role.BOARD, body.root);
        applicability.acceptProposals(board, decision.id(), List.of(body.root));
        UUID campaign = draft(board, plan(body, decision.id(), TODAY.getYear(), body.wardOne, body.wardTwo));
        assertThat(campaigns.launch(board, campaign)).isInstanceOf(Campaigns.Launch.Launched.class);
        draft(board, plan(body, decision.id(), TODAY.getYear() + 1, body.root, body.wardTwo));

        Viewer signer = body.official(party.get(0));
        var form = commitments.form(signer, campaign).orElseThrow();
        assertThat(commitments.sign(signer, campaign, form.set().id(), form.bodyHash(), TestBodies.PASSWORD))
                .isInstanceOf(Commitments.Signing.Signed.class);
        assess(board, campaign);
        Viewer decliner = body.official(party.get(1));
        commitments.decline(decliner, campaign, "tu-choi", "Tiêu chí cao so với vị trí việc làm");
        commitments.excuse(clerk, campaign, party.get(2), "nghi-thai-san", "Nghỉ từ đầu tháng");
        var key = new Lists.Key(campaign, body.wardOne, body.partyBloc);
        moved(lists.compile(clerk, key, "Đã rà soát", 0));
        moved(lists.approve(head, key, 1));
        moved(lists.submit(clerk, key, 1));
        moved(lists.sendBack(board, key, 1, "Đề nghị xem lại", Map.of(party.get(3), "Vì sao chưa ký?")));
        moved(lists.compile(clerk, key, "", 1));
        moved(lists.approve(head, key, 2));
        moved(lists.submit(clerk, key, 2));
        var sheet = new PeopleSheet()
                .with("Lê Thị Ánh", "05/02/1980", "Phó Bí thư Đảng ủy", "", PeopleSheet.PARTY)
                .with("Trần Văn Sáu", "31/02/1985", "Văn phòng Đảng ủy", "", PeopleSheet.PARTY)
                .file("DANH SÁCH");
        body.browser(clerk)
                .upload(
                        "/can-bo/nhap",
                        "/can-bo/nhap",
                        "tep",
                        "ds.xlsx",
                        sheet,
                        "don-vi",
                        body.wardOne.toString(),
                        "tu-ngay",
                        "01/01/2021");

        UUID imported = imports.newest(scope(clerk, body.wardOne)).getFirst().id();
        further.add(new Further("van-phong", "/can-bo/nhap/*/vang", "/can-bo/nhap/" + imported + "?phan=vang"));
        line(body, board, decision.id(), party);
        body.people(7, body.wardTwo, body.stateBloc); // whose set nobody has decided
        merge(body);
        Viewer administrator = body.viewer(Role.ADMINISTRATOR, body.root);
        token(body, administrator, "Phần mềm nhân sự");
        UUID revoked = token(body, administrator, "Phần mềm cũ");
        assertThat(tokens.revoke(body.tenant, administrator.accountId(), revoked, "Thay phần mềm"))
                .isTrue();

        var people = new LinkedHashMap<String, Viewer>();
        people.put("ban-to-chuc", board);
        people.put("van-phong", clerk);
        draftReorganisation(body);
        rules(body, board);
        people.put("thu-truong", head);
        people.put("nguoi-soat", decision.proofreader());
        people.put("nguoi-nhap", decision.importer());
        people.put("kiem-tra", body.viewer(Role.INSPECTOR, body.root));
        people.put("quan-tri", administrator);
        people.put("da-ky", signer);
        people.put("khong-ky", decliner);
        Viewer open = body.official(party.get(4));
        people.put("chua-ky", open);
        DigitalSamples.trust(trust, administrator, board);
        further.add(new Further("chua-ky", "/ky-so/*", "/ky-so/" + toSign(body, open)));
        people.putAll(meetings());
        return people;
    }

    /** A body of its own whose people meet: one meeting in each state. */
    private Map<String, Viewer> meetings() {
        var cycle = new PanelCycle(
                bodies.create(), campaigns, commitments, rules, cycles, forms, jdbc, PanelSamples.names());
        Map<String, String> at = PanelSamples.make(cycle, meetings, rounds, ballots, minutes, minutesSigning);
        further.add(new Further(CHAIR, "/hop/*/da-trieu-tap", page(at, "convened")));
        further.add(new Further("thu-ky-hop", "/hop/*/dang-hop", page(at, "open")));
        further.add(new Further("thu-ky-hop", "/hop/*/nguoi/*", page(at, "person")));
        further.add(new Further("thu-ky-hop", "/hop/*/luot/*/kin", page(at, "secret")));
        further.add(new Further("thu-ky-hop", "/hop/*/luot/*/giay", page(at, "paper")));
        further.add(new Further("kiem-phieu", "/hop/*/luot/*/kiem", page(at, "paper")));
        further.add(new Further(CHAIR, "/hop/*/cho-ky", page(at, "counted")));
        further.add(new Further("thu-ky-hop", "/hop/*/cho-ban-quet", page(at, "given")));
        further.add(new Further("thu-ky-hop", "/hop/*/da-ky", page(at, "closed")));
        var people = new LinkedHashMap<String, Viewer>();
        people.put(CHAIR, PanelSamples.chair(cycle));
        people.put("thu-ky-hop", PanelSamples.secretary(cycle));
        people.put("kiem-phieu", PanelSamples.counter(cycle));
        return people;
    }

    private static String page(Map<String, String> at, String what) {
        return Objects.requireNonNull(at.get(what));
    }

    /** A cycle whose forms are open, and one that is still planned. */
    private void assess(Viewer board, UUID campaign) {
        Period now = Period.of(TODAY);
        UUID open = planned(board, new Cycles.Plan(now, campaign, "Đánh giá quý " + now.numeral(), TODAY));
        assertThat(cycles.open(board, open)).isInstanceOf(Cycles.Opening.Opened.class);
        var other = new Period(TODAY.getYear(), now.quarter() % 4 + 1);
        planned(board, new Cycles.Plan(other, campaign, "Đánh giá quý " + other.numeral(), other.assessmentDay()));
    }

    private UUID planned(Viewer board, Cycles.Plan plan) {
        return ((Cycles.Saved.Done) cycles.plan(board, plan)).cycleId();
    }

    /** A paper that somebody is to sign digitally. */
    private UUID toSign(TestBodies.Body body, Viewer signer) {
        return transaction.execute(status -> signatures.ask(new Signatures.Request(
                body.tenant,
                "test.paper",
                "journey",
                "Bản cam kết năm 2026",
                "%PDF-1.7".getBytes(StandardCharsets.UTF_8),
                "NguoiCamKet",
                true,
                signer.personId(),
                "Nguyễn Văn Thử",
                body.wardOne,
                "Phường Một",
                signer.accountId(),
                Duration.ofDays(7))));
    }

    /** A book in force, one that waits for the viewer, and a form begun with an example. */
    private void rules(TestBodies.Body body, Viewer board) {
        Viewer other = body.viewer(Role.BOARD, body.root);
        RuleBook book =
                RuleSamples.formula(RuleBook.Weighting.OWN, "diem − 0,5 điểm × so(kem)", RuleSamples.twoDecimals());
        UUID inForce = entered(rules.enter(board, body.root, book, TODAY, null, ""));
        assertThat(rules.confirm(other, inForce)).isInstanceOf(Rules.Saved.Done.class);
        UUID waiting = entered(rules.enter(
                other,
                body.root,
                RuleSamples.points(RuleBook.Weighting.GROUPS),
                TODAY.plusDays(30),
                TODAY.plusDays(90),
                ""));
        further.add(new Further("ban-to-chuc", "/quy-tac/*/cho", "/quy-tac/" + waiting));
        further.add(new Further("ban-to-chuc", "/quy-tac/*/thu-cong-thuc", "/quy-tac/" + inForce + "/thu"));
        further.add(new Further("ban-to-chuc", "/quy-tac/moi/mau", "/quy-tac/moi?tu=nghi-dinh-335-2025"));
    }

    private static UUID entered(Rules.Saved saved) {
        return switch (saved) {
            case Rules.Saved.Done(var id) -> id;
            case Rules.Saved.Refused refused -> throw new AssertionError(refused.toString());
        };
    }

    private static Scope scope(Viewer viewer, UUID unit) {
        return new Scope(viewer.tenantId(), viewer.accountId(), List.of(unit));
    }

    /** A line over the wards with duties, people and a campaign of its own; its list waits for the board. */
    private void line(TestBodies.Body body, Viewer board, UUID decision, List<UUID> party) {
        LocalDate from = TODAY.minusDays(60);
        Scope scope = scope(board, body.root);
        UUID line = saved(lines.found(scope, new Lines.Saying("Tuyến Đảng", Lines.Kind.PARTY, "", from)));
        saved(lines.place(scope, line, body.root, null, from, ""));
        saved(lines.place(scope, line, body.wardOne, body.root, from, "12-QĐ/ĐU"));
        saved(lines.place(scope, line, body.wardTwo, body.wardOne, from, ""));
        UUID compiles = body.person("Trần Văn Lập", body.wardTwo, body.stateBloc, body.staff);
        UUID approves = body.person("Lê Thị Duyệt", body.wardTwo, body.stateBloc, body.staff);
        saved(lines.appoint(scope, line, body.wardTwo, Lines.Duty.CLERK, compiles, from));
        saved(lines.appoint(scope, line, body.wardTwo, Lines.Duty.APPROVER, approves, from));
        for (UUID person : List.of(compiles, approves)) {
            saved(lineMembers.join(scope, line, body.wardTwo, person, from));
        }
        saved(lineMembers.join(scope, line, body.wardOne, party.get(5), from));
        applicability.acceptProposals(board, decision, List.of(body.wardTwo));
        Campaigns.Plan whole = plan(body, decision, TODAY.getYear(), body.wardTwo);
        UUID campaign = draft(
                board,
                new Campaigns.Plan(
                        whole.year(),
                        "Cam kết của tuyến Đảng",
                        whole.planNumber(),
                        whole.planDate(),
                        whole.decisionId(),
                        whole.signBy(),
                        whole.submitBy(),
                        whole.methods(),
                        whole.receiverUnit(),
                        whole.units(),
                        line));
        assertThat(campaigns.launch(board, campaign)).isInstanceOf(Campaigns.Launch.Launched.class);
        var key = new Lists.Key(campaign, body.wardTwo, body.stateBloc);
        Viewer clerk = onDuty(body.official(compiles), Lines.Duty.CLERK);
        Viewer approver = onDuty(body.official(approves), Lines.Duty.APPROVER);
        moved(lists.compile(clerk, key, "", 0));
        moved(lists.approve(approver, key, 1));
        moved(lists.submit(clerk, key, 1));
        further.add(new Further(
                "ban-to-chuc",
                "/danh-sach/cua-tuyen",
                "/danh-sach/" + campaign + "/" + body.wardTwo + "/" + body.stateBloc));
        further.add(new Further(
                "ban-to-chuc",
                "/tuyen/*/hang-loat/xem-truoc",
                "/tuyen/" + line + "/hang-loat?viec=join&ngay=" + DAY.format(TODAY) + "&don-vi=" + body.wardOne));
        further.add(
                new Further("ban-to-chuc", "/tuyen/*/don-vi/*/co-nguoi", "/tuyen/" + line + "/don-vi/" + body.wardTwo));
    }

    private static Viewer onDuty(Viewer official, Lines.Duty duty) {
        return new Viewer(
                official.tenantId(),
                official.accountId(),
                official.personId(),
                official.name(),
                official.username(),
                official.grants(),
                false,
                false,
                Set.of(duty));
    }

    private static UUID saved(Lines.Saved saved) {
        return switch (saved) {
            case Lines.Saved.Done(var id) -> id;
            case Lines.Saved.Refused refused -> throw new AssertionError(refused.toString());
        };
    }

    /** Two records of one person that somebody proposes to make one. */
    private void merge(TestBodies.Body body) {
        UUID kept = body.person("Ngô Văn Trùng", body.wardOne, body.stateBloc, body.staff);
        UUID givenUp = body.person("Ngô Văn Trùng", body.wardOne, body.stateBloc, body.staff);
        Viewer other = body.viewer(Role.CLERK, body.wardOne);
        var proposed = duplicates.propose(scope(other, body.wardOne), kept, givenUp, "Cùng một người, nhập hai lần");
        assertThat(proposed).isInstanceOf(Duplicates.Outcome.Done.class);
        further.add(new Further(
                "van-phong",
                "/can-bo/trung/gop/*",
                "/can-bo/trung/gop/" + ((Duplicates.Outcome.Done) proposed).mergeId()));
        UUID first = body.person("Mai Thị Hai Lần", body.wardOne, body.stateBloc, body.staff);
        UUID second = body.person("Mai Thị Hai Lần", body.wardOne, body.stateBloc, body.staff);
        further.add(new Further("van-phong", "/can-bo/trung/*/*", "/can-bo/trung/" + first + "/" + second));
    }

    private UUID token(TestBodies.Body body, Viewer administrator, String name) {
        return switch (tokens.issue(
                body.tenant,
                administrator.accountId(),
                name,
                body.root,
                ApiScope.WRITE,
                TODAY,
                TODAY.plusDays(90),
                "Đồng bộ cán bộ")) {
            case ApiTokens.Issue.Done(var id, var _) -> id;
            case ApiTokens.Issue.Refused refused -> throw new AssertionError(refused.toString());
        };
    }

    private void draftReorganisation(TestBodies.Body body) {
        var scope = new Scope(body.tenant, body.viewer(Role.BOARD, body.root).accountId(), List.of(body.root));
        var draft = (Reorganisations.Saved.Done) reorganisations.create(
                scope, new ReorganisationDraft.Head("Sắp xếp thử", TODAY.plusDays(60), ReorganisationDraft.Basis.NONE));
        var merged = (Reorganisations.Saved.Done)
                reorganisations.putUnit(scope, draft.id(), null, "M1", "Phường Mới", Units.Kind.WARD, body.root);
        reorganisations.table(
                scope, draft.id(), List.of(new Reorganisations.Row(body.wardTwo, true, merged.id(), merged.id())));
    }

    private static Campaigns.Plan plan(TestBodies.Body body, UUID decision, int year, UUID... units) {
        return new Campaigns.Plan(
                year,
                "Cam kết năm " + year,
                "05-KH/BCN",
                TODAY,
                decision,
                TODAY.plusDays(20),
                TODAY.plusDays(30),
                Set.of("xac-nhan-dien-tu"),
                body.root,
                Set.of(units));
    }

    private UUID draft(Viewer board, Campaigns.Plan plan) {
        return switch (campaigns.create(board, plan)) {
            case Campaigns.Saved.Done(var id) -> id;
            case Campaigns.Saved.Refused(var why) -> throw new AssertionError(why.toString());
        };
    }

    private static void moved(Moved moved) {
        assertThat(moved).isInstanceOf(Moved.Done.class);
    }

    private void stranger() {
        Page page = chromium.desktop();
        for (String language : List.of("vi", "en")) {
            page.navigate("/ngon-ngu?l=" + language);
            for (String address : List.of("/dang-nhap", "/dang-nhap?loi", "/bo-phieu")) {
                page.navigate(address);
                judge(page, "khach", address, language);
            }
        }
        page.context().close();
    }

    private Set<String> crawl(Page page, String name, String language) {
        var seen = new HashSet<String>();
        var waiting = new ArrayDeque<>(List.of("/viec", "/tai-khoan", "/mat-khau"));
        waiting.forEach(address -> seen.add(route(address)));
        while (!waiting.isEmpty()) {
            String address = waiting.remove();
            Response response = Objects.requireNonNull(page.navigate(address), address);
            assertThat(response.status()).as("%s for %s", address, name).isEqualTo(200);
            judge(page, name, route(address), language);
            for (String link : links(page)) {
                if (seen.add(route(link))) {
                    waiting.add(link);
                }
            }
            assertThat(seen).as("routes of %s", name).hasSizeLessThan(MOST_PAGES);
        }
        for (Further one : further) {
            if (one.who().equals(name)) {
                Response response = Objects.requireNonNull(page.navigate(one.address()), one.address());
                assertThat(response.status())
                        .as("%s for %s", one.address(), name)
                        .isEqualTo(200);
                judge(page, name, one.route(), language);
            }
        }
        page.navigate("/khong-co-trang-nay");
        judge(page, name, "/khong-co-trang-nay", language);
        return seen;
    }

    private static List<String> links(Page page) {
        return page.locator("main a[href^='/'], .cm-nav a[href^='/'], .cm-me").all().stream()
                .filter(link -> link.getAttribute("download") == null)
                .map(link -> Objects.requireNonNull(link.getAttribute("href")).replaceFirst("#.*", ""))
                .filter(href -> !href.matches(".*\\.(xlsx|docx|pdf|txt|yaml|jsonl|tlog-proof|zip|xml|jpg)(\\?.*)?"))
                .toList();
    }

    private static String route(String address) {
        return ID.matcher(address.replaceFirst("\\?.*", "")).replaceAll("*");
    }

    private void judge(Page page, String name, String route, String language) {
        // A page that follows by itself is looked at while it stands still.
        page.evaluate("() => document.querySelectorAll('[data-follow]').forEach(e => e.remove())");
        String words = page.locator("body").innerText();
        assertThat(KEY.matcher(words).results().map(match -> match.group()))
                .as("keys of messages on %s for %s (%s)", route, name, language)
                .isEmpty();
        assertThat(page.locator("html").getAttribute("lang")).isEqualTo(language);
        for (int width : List.of(390, 1280)) {
            page.setViewportSize(width, 900);
            String picture =
                    "moi-trang" + route.replaceAll("[^a-z0-9]+", "-") + "-" + name + "-" + language + "-" + width;
            if (judged.add(route + width + language)) {
                chromium.look(page, picture);
            } else {
                chromium.glance(page, picture);
            }
        }
    }
}
