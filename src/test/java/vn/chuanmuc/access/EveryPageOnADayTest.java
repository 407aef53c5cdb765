package vn.chuanmuc.access;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Import;
import org.springframework.core.MethodParameter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import vn.chuanmuc.directory.Lines;
import vn.chuanmuc.directory.Scope;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.ledger.EvidenceGround;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.ui.AsOf;

/**
 * Issue 3, “As of: every page, list and report can be asked as of a date”: taken from the route table itself, so that no page is
 * forgotten. A page either takes the day, or stands here with why it makes no sense.
 */
@ProductTest
@Import(EvidenceGround.class)
class EveryPageOnADayTest {
    /** Nothing of the body is in the record as of this day: everything was done later. */
    private static final String YESTERDAY = "yesterday";

    /** Before its units, people and decisions, by their own dates. */
    private static final String LONG_AGO = "31/12/1999";

    /** Address of a page with content, and a day on which it shows other content. */
    private record Case(String address, String day) {}

    private static final String PEOPLE = "what people type, before anybody signs in or about themselves";
    private static final String FORM = "an entry form or a question before a command: what is done is done today";
    private static final String WORK = "work in hand: what is to be done now, and how far it is";
    private static final String FIXED = "a file or a text of one version, the same for ever";
    private static final String PUBLIC = "says what holds at the moment somebody holds the paper in their hands";
    private static final String QUARTER =
            "assessment of one quarter (issue 5): each step has its day and stands on the page of steps; who sees what is of today";
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
                    "/mat-khau"),
            WORK,
            List.of(
                    "/viec",
                    "/viec-nen",
                    "/viec-nen/{id}",
                    "/quan-tri/tai-khoan/don-vi-moi",
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
                    "/ban-quet/{pile}/ban/{sheaf}/ban-quet.pdf",
                    "/ban-quet/{pile}/trang/{page}.jpg",
                    "/ban-quet/{pile}/trang/{page}/{field}.jpg"),
            PUBLIC,
            List.of(
                    "/kiem-tra",
                    "/v/{code}",
                    "/V/{code}",
                    "/v/{code}/{page}/{pages}",
                    "/V/{code}/{page}/{pages}"),
            PROPOSALS,
            List.of(
                    "/tuyen/{line}/goi-y",
                    "/sap-xep/{id}/goi-y"));

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

    /** {@link #QUARTER} */
    private static boolean quarter(String pattern) {
        return pattern.equals("/danh-gia") || pattern.startsWith("/danh-gia/");
    }

    private static boolean takesTheDay(HandlerMethod handler) {
        return Arrays.stream(handler.getMethodParameters()).anyMatch(EveryPageOnADayTest::isTheDay);
    }

    private static boolean isTheDay(MethodParameter parameter) {
        RequestParam asked = parameter.getParameterAnnotation(RequestParam.class);
        return parameter.getParameterType() == AsOf.class
                || asked != null && (asked.name().equals(AsOf.PARAMETER) || asked.value().equals(AsOf.PARAMETER));
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
}
