package vn.chuanmuc.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.MethodParameter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import vn.chuanmuc.directory.Lines;
import vn.chuanmuc.directory.Scope;
import vn.chuanmuc.jobs.Chore;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.ledger.EvidenceGround;
import vn.chuanmuc.rules.Rules;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Ui;

/**
 * Issue 3, “As of: every page, list and report can be asked as of a date”: taken from the route table itself, so that no page is
 * forgotten. A page either takes the day, or stands here with why it makes no sense.
 */
@ProductTest
class EveryPageOnADayTest {
    /** Nothing of the body is in the record as of this day: everything was done later. */
    private static final String YESTERDAY = "yesterday";

    /** Before its units, people and decisions, by their own dates. */
    private static final String LONG_AGO = "31/12/1999";

    /** Address of a page with content, and a day on which it shows other content. */
    private record Case(
            String address, String day, @Nullable Browser reader) {
        Case(String address, String day) {
            this(address, day, null);
        }
    }

    private static final String PEOPLE = "what people type, before anybody signs in or about themselves";
    private static final String FORM = "an entry form or a question before a command: what is done is done today";
    private static final String WORK = "work in hand: what is to be done now, and how far it is";
    private static final String FIXED = "a file or a text of one version, the same for ever";
    private static final String PUBLIC = "says what holds at the moment somebody holds the paper in their hands";
    private static final String PROPOSALS = "what a field proposes while somebody types, as of the day of its page";

    /** Routes that do not take the day, and why; those of the assessment of a quarter besides. */
    private static final Map<String, String> WITHOUT = without(
            PEOPLE,
            List.of(
                    "/",
                    "/error",
                    "/dang-nhap",
                    "/ngon-ngu",
                    "/thiet-lap",
                    "/tai-khoan",
                    "/thong-bao",
                    "/thong-bao/{id}",
                    "/thong-bao/thu",
                    "/tai-khoan/khoa-truy-cap",
                    "/mat-khau",
                    "/bo-phieu"),
            WORK,
            List.of(
                    "/viec",
                    "/viec-nen",
                    "/viec-nen/{id}",
                    "/quan-tri/tai-khoan/don-vi-moi",
                    "/quan-tri/thu",
                    "/quan-tri/thu/dia-chi",
                    "/quan-tri/thu/dia-chi/{account}",
                    "/can-bo/ma-truy-cap",
                    "/can-bo/bo-tieu-chi",
                    "/can-bo/nhap",
                    "/can-bo/nhap/{import}",
                    "/can-bo/trung/{kept}/{givenUp}",
                    "/can-bo/trung/gop/{merge}",
                    "/dot/{id}/dieu-kien/{kind}",
                    "/dot/{id}/doi-chieu",
                    "/ban-quet/{pile}/ban/{sheaf}",
                    "/ban-quet/{pile}/trang/{page}",
                    "/ky-so/{id}",
                    "/ky-so/cong-cu/{token}",
                    "/cam-ket/in/{campaign}",
                    "/cam-ket/in/ket-qua/{run}",
                    "/sap-xep/{id}/xem-truoc",
                    "/danh-sach/{campaign}/{unit}/{bloc}/tra-lai"),
            FORM,
            List.of(
                    "/quan-tri/tai-khoan/moi",
                    "/can-bo/them",
                    "/can-bo/den",
                    "/can-bo/{person}/phan-cong/them",
                    "/can-bo/{person}/phan-cong/{assignment}/{task:doi|sua|chinh|thoi}",
                    "/can-bo/{person}/chuyen/{kind:move|add|out}",
                    "/can-bo/{person}/nghi/them",
                    "/dot/moi",
                    "/dot/{id}/sua",
                    "/dot/{id}/dong",
                    "/dot/{id}/mo-lai",
                    "/dot/{id}/danh-sach-chot/them",
                    "/dot/{id}/danh-sach-chot/{person}/roi",
                    "/cam-ket/khong-ky/{campaign}/{person}",
                    "/cam-ket/thu-hoi/{campaign}/{person}",
                    "/van-ban/nhap",
                    "/van-ban/{id}/noi-dung",
                    "/quy-tac/moi",
                    "/quy-tac/{id}/thu",
                    "/quy-tac/{id}/thu.xlsx",
                    "/quy-tac/lich/mau.xlsx",
                    "/quy-tac/{id}/so-sanh",
                    "/ban-quet/moi",
                    "/tuyen/{line}/hang-loat",
                    "/tuyen/{line}/nhieu-don-vi",
                    "/can-bo/mau.xlsx",
                    "/sap-xep/moi",
                    "/sap-xep/{id}/thong-tin",
                    "/sap-xep/{id}/bang",
                    "/sap-xep/{id}/don-vi-moi/{unit}",
                    "/sap-xep/{id}/don-vi/{unit}",
                    "/sap-xep/{id}/tep",
                    "/sap-xep/{id}/mau.xlsx"),
            FIXED,
            List.of(
                    "/van-ban/{id}/nguon",
                    "/van-ban/mau/quyet-dinh-264.txt",
                    "/van-ban/{id}/so-sanh/{other}",
                    "/van-ban/{id}/so-sanh-bo/{before}/{after}",
                    "/quy-tac/{id}/so-sanh/{other}",
                    "/can-bo/nhap/{import}/thay-doi.jsonl",
                    "/can-bo/nhap/{import}/loi.xlsx",
                    "/cam-ket/{campaign}/bao-cao.xml",
                    "/cam-ket/{campaign}/xac-nhan/{proof}.{format:pdf|txt}",
                    "/cam-ket/{campaign}/luu-lau-dai.pdf",
                    "/cam-ket/{campaign}/bien-nhan",
                    "/cam-ket/{campaign}/bien-nhan.tlog-proof",
                    "/cam-ket/{campaign}/ban-cam-ket.txt",
                    "/cam-ket/{campaign}/ban-cam-ket.pdf",
                    "/cam-ket/{campaign}/ban-cam-ket.docx",
                    "/cam-ket/in/{campaign}/{person}.pdf",
                    "/cam-ket/in/{campaign}/{person}.docx",
                    "/cam-ket/in/ket-qua/{run}.pdf",
                    "/danh-sach/{campaign}/{unit}/{bloc}/dong-dau-v{version:\\d{1,5}}-{by:don-vi|cap-tren}.pdf",
                    "/danh-sach/{campaign}/{unit}/{bloc}/v{version:\\d{1,5}}.{format:xlsx|docx|pdf}",
                    "/ky-so/{id}/tep.pdf",
                    "/ky-so/{id}/bao-cao.xml",
                    "/so-cai/bo-chung-cu/{subject}.zip",
                    "/tong-hop/bao-cao/{id}.{kind:docx|pdf|xlsx}",
                    "/ban-quet/{pile}/ban/{sheaf}/ban-quet.pdf",
                    "/ban-quet/{pile}/trang/{page}.jpg",
                    "/ban-quet/{pile}/trang/{page}/{field}.jpg"),
            PUBLIC,
            List.of("/kiem-tra", "/v/{code}", "/V/{code}", "/v/{code}/{page}/{pages}", "/V/{code}/{page}/{pages}"),
            PROPOSALS,
            List.of("/tuyen/{line}/goi-y", "/sap-xep/{id}/goi-y"));

    private static Map<String, String> without(Object... whyAndWhich) {
        var without = new LinkedHashMap<String, String>();
        for (int i = 0; i < whyAndWhich.length; i += 2) {
            for (Object pattern : (List<?>) whyAndWhich[i + 1]) {
                without.put((String) pattern, (String) whyAndWhich[i]);
            }
        }
        return without;
    }

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping routes;

    @Autowired
    EvidenceGround ground;

    @Autowired
    ApiTokens tokens;

    @Autowired
    Lines lines;

    @Autowired
    Rules rules;

    @Autowired
    TestBodies bodies;

    @Autowired
    List<Chore> chores;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Clock clock;

    /** Routes that show something, by pattern; those for systems take {@code asOf} and are told by their own description. */
    private Map<String, HandlerMethod> table() {
        var table = new LinkedHashMap<String, HandlerMethod>();
        routes.getHandlerMethods().forEach((info, handler) -> {
            if (!info.getMethodsCondition().getMethods().contains(RequestMethod.POST)) {
                info.getPatternValues().stream()
                        .filter(pattern -> !pattern.startsWith("/api/"))
                        .forEach(pattern -> table.put(pattern, handler));
            }
        });
        return table;
    }

    /** Assessment of one quarter (issue 5): each step has its day and stands on the page of steps; who sees what is of today. */
    private static boolean quarter(String pattern) {
        return pattern.equals("/danh-gia")
                || pattern.startsWith("/danh-gia/")
                || pattern.equals("/phieu-giay")
                || pattern.startsWith("/phieu-giay/")
                || pattern.equals("/so-lieu")
                || pattern.startsWith("/so-lieu/")
                || pattern.equals("/hop")
                || pattern.startsWith("/hop/")
                || pattern.equals("/kien-nghi")
                || pattern.startsWith("/kien-nghi/");
    }

    private static boolean takesTheDay(HandlerMethod handler) {
        return Arrays.stream(handler.getMethodParameters()).anyMatch(EveryPageOnADayTest::isTheDay);
    }

    private static boolean isTheDay(MethodParameter parameter) {
        RequestParam asked = parameter.getParameterAnnotation(RequestParam.class);
        return parameter.getParameterType() == AsOf.class
                || asked != null
                        && (asked.name().equals(AsOf.PARAMETER) || asked.value().equals(AsOf.PARAMETER));
    }

    @Test
    void everyRouteTakesTheDayOrItIsSaidWhyNot() {
        var without = new TreeSet<String>();
        table().forEach((pattern, handler) -> {
            if (!takesTheDay(handler) && !quarter(pattern)) {
                without.add(pattern);
            }
        });
        assertThat(without).containsExactlyElementsOf(new TreeSet<>(WITHOUT.keySet()));
    }

    /** A body in which everything was done today, and who reads it. */
    private final class Filled {
        final EvidenceGround.Ground ground = EveryPageOnADayTest.this.ground.make();
        final TestBodies.Body body = ground.body();
        final List<Browser> readers;
        final List<Viewer> viewers;
        final UUID line;
        final UUID leave = Ids.next();
        final UUID transfer = Ids.next();

        Filled() {
            UUID account = ground.board().accountId();
            UUID twin = body.person("Nguyễn Thị An", body.wardOne, body.partyBloc, body.staff);
            UUID third = body.person("Nguyễn Thị An", body.wardOne, body.partyBloc, body.staff);
            put("""
                    insert into directory.merge (tenant_id, id, kept_id, given_up_id, state, reason, proposed_by, proposed_at)
                    values (?, ?, ?, ?, 'proposed', 'một người', ?, now())
                    """, Ids.next(), twin, third, account);
            put("""
                    insert into directory.leave (tenant_id, id, version, person_id, kind, first_day, basis, reason, withdrawn, made_by, made_at)
                    values (?, ?, 1, ?, 'om', date '2026-01-01', '', 'đi vắng', false, ?, now())
                    """, leave, ground.person(), account);
            put("""
                    insert into directory.transfer (tenant_id, id, kind, person_id, from_unit, to_unit, position_name, bloc_name, effective,
                        reason, side, state, proposed_by, proposed_at)
                    values (?, ?, 'add', ?, ?, ?, 'Công chức', 'Khối', date '2030-01-01', 'tăng cường', 'from', 'proposed', ?, now())
                    """, transfer, twin, body.wardOne, body.wardTwo, account);
            trusted("neo", null, null);
            trusted("nguoi-ky", ground.person(), body.wardOne);
            trusted("co-quan", null, body.wardOne);
            put("""
                    insert into criteria.decision (tenant_id, id, state, source_hash, source_name, number_printed, number_normalised,
                        date_printed, signed_on, issuer, subject, effective_from, content, imported_by, imported_at, published_by,
                        published_at, supersedes_id)
                    select tenant_id, gen_random_uuid(), 'published', source_hash, 'sau.txt', '99-QĐ/QU', '99-QĐ/QU', '', date '2021-12-01', issuer,
                        'về việc sửa đổi', date '2021-12-01', '{}', imported_by, now(), published_by, now(), id
                    from criteria.decision where state = 'published' and tenant_id = ?
                    """);
            assertThat(tokens.issue(
                            body.tenant,
                            account,
                            "Hệ thống nhân sự",
                            body.root,
                            ApiScope.READ,
                            LocalDate.now(clock),
                            LocalDate.now(clock),
                            "thử"))
                    .isInstanceOf(ApiTokens.Issue.Done.class);
            Scope scope = new Scope(body.tenant, account, List.of(new UUID[] {body.root}));
            line = ((Lines.Saved.Done) lines.found(
                            scope, new Lines.Saying("Tuyến Đảng", Lines.Kind.PARTY, "", LocalDate.of(2020, 1, 1))))
                    .id();
            assertThat(lines.placeAll(
                            scope,
                            line,
                            body.root,
                            Set.of(body.root, body.wardOne),
                            null,
                            LocalDate.of(2020, 1, 1),
                            ""))
                    .isInstanceOf(Lines.Saved.Done.class);
            viewers = List.of(
                    ground.board(),
                    body.viewer(Role.CLERK, body.wardOne),
                    ground.inspector(),
                    body.viewer(Role.ADMINISTRATOR, body.root),
                    ground.signer());
            readers = viewers.stream().map(body::browser).toList();
        }

        private void put(String sql, Object... values) {
            assertThat(jdbc.sql(sql).param(body.tenant).params(values).update()).isOne();
        }

        private void trusted(String kind, @Nullable UUID person, @Nullable UUID unit) {
            byte[] certificate = {48, (byte) kind.length()};
            assertThat(jdbc.sql("""
                            insert into signing.trusted (tenant_id, id, kind, name, certificate, certificate_hash, person_id, unit_id,
                                valid_from, basis, proposed_by, proposed_at)
                            values (?, ?, ?, 'CN=Thử', ?, ?, cast(? as uuid), cast(? as uuid), (now() at time zone 'Asia/Ho_Chi_Minh')::date, 'Giấy', ?, now())
                            """)
                            .params(body.tenant, Ids.next(), kind, certificate, Sha256.of(kind))
                            .param(person)
                            .param(unit)
                            .param(ground.board().accountId())
                            .update())
                    .isOne();
        }

        String id(String from) {
            return jdbc.sql("select id from " + from + " where tenant_id = ? order by id limit 1")
                    .param(body.tenant)
                    .query((row, n) -> row.getString(1))
                    .single();
        }

        /** Whoever may see the page, as the route says. */
        Browser reader(HandlerMethod handler, String address) {
            Allowed allowed = handler.getMethodAnnotation(Allowed.class);
            for (int i = 0; i < viewers.size(); i++) {
                Viewer viewer = viewers.get(i);
                if (allowed != null
                        && Arrays.stream(allowed.value()).anyMatch(viewer::may)
                        && readers.get(i).get(address).status() == 200) {
                    return readers.get(i);
                }
            }
            throw new AssertionError("nobody reads " + address);
        }
    }

    /** Of figures that are sealed: {@code OverviewPagesTest} and {@code ReportsTest} ask them as of a day. */
    private static final Set<String> OF_SEALED = Set.of(
            "/tong-hop/bao-cao",
            "/tong-hop/bao-cao.{kind:docx|pdf|xlsx}",
            "/tong-hop/du-lieu",
            "/tong-hop/du-lieu.csv",
            "/tong-hop/du-lieu.json");

    @Test
    void everyPageShowsWhatWasThereOnTheDayAndOffersNoCommand() {
        var in = new Filled();
        chores.stream()
                .filter(chore -> chore.name().equals("ledger.sequencing"))
                .findFirst()
                .orElseThrow()
                .run();
        Map<String, Case> cases = cases(in);
        Map<String, HandlerMethod> dated = new TreeMap<>();
        table().forEach((pattern, handler) -> {
            if (takesTheDay(handler) && !OF_SEALED.contains(pattern)) {
                dated.put(pattern, handler);
            }
        });
        assertThat(cases.keySet()).containsExactlyInAnyOrderElementsOf(dated.keySet());
        LocalDate today = LocalDate.now(clock);
        var wrong = new ArrayList<String>();
        cases.forEach((pattern, asked) -> {
            Browser reader = asked.reader() != null
                    ? asked.reader()
                    : in.reader(Objects.requireNonNull(dated.get(pattern)), asked.address());
            String day = asked.day().equals(YESTERDAY) ? VietnameseDates.format(today.minusDays(1)) : asked.day();
            try {
                look(reader, asked.address(), day, VietnameseDates.format(today.plusDays(1)));
            } catch (AssertionError e) {
                wrong.add(pattern + " as of " + day + ": " + e.getMessage());
            }
        });
        assertThat(wrong).isEmpty();
    }

    private static void look(Browser reader, String address, String day, String tomorrow) {
        char more = address.indexOf('?') < 0 ? '?' : '&';
        Browser.Answer now = reader.get(address);
        Browser.Answer then = reader.get(address + more + "ngay=" + day);
        assertThat(now.status()).isEqualTo(200);
        assertThat(then.status()).isIn(200, 404);
        boolean page = now.type().startsWith("text/html") && now.page().selectFirst("main") != null;
        if (!page) {
            assertThat(then.bytes()).isNotEqualTo(now.bytes());
            return;
        }
        assertThat(then.status()).isEqualTo(200);
        Document shown = then.page();
        assertThat(content(shown)).isNotEqualTo(content(now.page()));
        assertThat(now.page().select(".cm-as-of")).isEmpty();
        assertThat(shown.select(".cm-as-of")).hasSize(1);
        assertThat(shown.select(".cm-as-of").text()).contains(day);
        assertThat(shown.select("main form[method=post]")).isEmpty();
        Element back = Objects.requireNonNull(shown.selectFirst(".cm-as-of a"));
        assertThat(content(reader.get(back.attr("href")).page())).isEqualTo(content(now.page()));
        for (String typed : List.of(tomorrow, "31/02/2024", "hôm qua")) {
            Browser.Answer refused = reader.get(address + more + "ngay=" + Ui.encode(typed));
            assertThat(refused.status()).as(typed).isEqualTo(422);
            assertThat(refused.page().select("[role=alert]").text()).as(typed).isNotEmpty();
            assertThat(refused.page().select("#ngay").val()).isEqualTo(typed);
            assertThat(refused.page().select(".cm-as-of")).isEmpty();
        }
    }

    /** What a page says but for the field of the day, and tokens that are other ones each time. */
    private static String content(Document page) {
        Element main = Objects.requireNonNull(page.selectFirst("main")).clone();
        main.select(".cm-as-of, .cm-day, input, .form-hint").remove();
        return main.text();
    }

    private Map<String, Case> cases(Filled in) {
        String campaign = in.ground.campaign().toString();
        String ward = in.body.wardOne.toString();
        String list = "/danh-sach/" + campaign + "/" + ward + "/" + in.body.partyBloc;
        String decision = in.id("criteria.decision");
        var cases = new LinkedHashMap<String, Case>();
        cases.put("/can-bo", new Case("/can-bo", LONG_AGO));
        cases.put("/can-bo.xlsx", new Case("/can-bo.xlsx", LONG_AGO));
        cases.put("/can-bo/{person}", new Case("/can-bo/" + in.ground.person(), LONG_AGO));
        cases.put("/can-bo/trung", new Case("/can-bo/trung", YESTERDAY));
        cases.put("/can-bo/chuyen", new Case("/can-bo/chuyen", YESTERDAY));
        cases.put("/can-bo/chuyen/{transfer}", new Case("/can-bo/chuyen/" + in.transfer, YESTERDAY));
        cases.put(
                "/can-bo/{person}/nghi/{leave}",
                new Case("/can-bo/" + in.ground.person() + "/nghi/" + in.leave, YESTERDAY));
        cases.put("/don-vi", new Case("/don-vi", LONG_AGO));
        cases.put("/don-vi/goi-y", new Case("/don-vi/goi-y?don-vi-tim=phuong", LONG_AGO));
        cases.put("/don-vi/{unit}", new Case("/don-vi/" + ward, LONG_AGO));
        cases.put("/tuyen", new Case("/tuyen", LONG_AGO));
        cases.put("/tuyen/{line}", new Case("/tuyen/" + in.line, LONG_AGO));
        cases.put("/tuyen/{line}/don-vi/{unit}", new Case("/tuyen/" + in.line + "/don-vi/" + ward, LONG_AGO));
        cases.put("/sap-xep", new Case("/sap-xep", YESTERDAY));
        cases.put("/sap-xep/{id}", new Case("/sap-xep/" + in.id("directory.reorganisation"), YESTERDAY));
        cases.put("/van-ban", new Case("/van-ban", LONG_AGO));
        cases.put("/van-ban/{id}", new Case("/van-ban/" + decision, LONG_AGO));
        cases.put("/danh-so", new Case("/danh-so?don-vi=" + ward, YESTERDAY));
        cases.put("/danh-so/so/{run}", new Case("/danh-so/so/" + in.id("documents.number_series"), YESTERDAY));
        cases.put("/con-dau", new Case("/con-dau", YESTERDAY));
        cases.put("/tin-cay", new Case("/tin-cay", YESTERDAY));
        cases.put("/chung-thu", new Case("/chung-thu", YESTERDAY));
        var other = bodies.create();
        Viewer board = other.viewer(Role.BOARD, other.root);
        var entered = (Rules.Saved.Done) rules.enter(
                board,
                other.wardOne,
                Rules.shipped().book(),
                LocalDate.now(clock).plusDays(40),
                null,
                "");
        cases.put("/quy-tac", new Case("/quy-tac", YESTERDAY, other.browser(board)));
        cases.put("/quy-tac/{id}", new Case("/quy-tac/" + entered.id(), YESTERDAY, other.browser(board)));
        cases.put("/quy-tac/lich", new Case("/quy-tac/lich?nam=2026", YESTERDAY));
        cases.put("/ban-quet", new Case("/ban-quet", YESTERDAY));
        cases.put("/ban-quet/{pile}", new Case("/ban-quet/" + in.id("scans.pile"), YESTERDAY));
        cases.put("/ban-quet/luu-giu", new Case("/ban-quet/luu-giu", LONG_AGO));
        cases.put("/so-cai", new Case("/so-cai", YESTERDAY));
        cases.put("/so-cai/diem-kiem-tra.txt", new Case("/so-cai/diem-kiem-tra.txt", YESTERDAY));
        cases.put("/nhat-ky", new Case("/nhat-ky", YESTERDAY));
        cases.put("/cam-ket", new Case("/cam-ket", YESTERDAY));
        cases.put("/cam-ket/{campaign}", new Case("/cam-ket/" + campaign, YESTERDAY));
        cases.put("/cam-ket/danh-sach/{campaign}", new Case("/cam-ket/danh-sach/" + campaign, YESTERDAY));
        cases.put("/danh-sach", new Case("/danh-sach", YESTERDAY));
        cases.put("/danh-sach/{campaign}/{unit}/{bloc}", new Case(list, YESTERDAY));
        cases.put("/dot", new Case("/dot", YESTERDAY));
        cases.put("/dot/{id}", new Case("/dot/" + campaign, YESTERDAY));
        cases.put("/dot/{id}/danh-sach-chot", new Case("/dot/" + campaign + "/danh-sach-chot", YESTERDAY));
        cases.put("/dot/{id}/bo-sung", new Case("/dot/" + campaign + "/bo-sung", LONG_AGO));
        cases.put("/tien-do", new Case("/tien-do", YESTERDAY));
        cases.put("/tien-do/{campaign}", new Case("/tien-do/" + campaign, YESTERDAY));
        cases.put("/tien-do/{campaign}.xlsx", new Case("/tien-do/" + campaign + ".xlsx", YESTERDAY));
        for (String side : List.of("", "/noi-dung", "/vi-tri", "/tuyen", "/xu-huong")) {
            cases.put("/tong-hop" + side, new Case("/tong-hop" + side, YESTERDAY));
        }
        cases.put("/tong-hop/nguong", new Case("/tong-hop/nguong", LONG_AGO));
        cases.put("/quan-tri/tai-khoan", new Case("/quan-tri/tai-khoan", YESTERDAY));
        cases.put(
                "/quan-tri/tai-khoan/{account}",
                new Case("/quan-tri/tai-khoan/" + in.ground.board().accountId(), YESTERDAY));
        cases.put("/quan-tri/ma-api", new Case("/quan-tri/ma-api", YESTERDAY));
        return cases;
    }
}
