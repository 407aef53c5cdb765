package vn.chuanmuc.panels;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.image.JPEGFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Cycles;
import vn.chuanmuc.assessments.Forms;
import vn.chuanmuc.assessments.PanelCycle;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.documents.Numbering;
import vn.chuanmuc.panels.Meeting.Role;
import vn.chuanmuc.panels.Meeting.Way;
import vn.chuanmuc.panels.Meetings.Chosen;
import vn.chuanmuc.panels.MinutesBook.Read;
import vn.chuanmuc.rules.Rules;
import vn.chuanmuc.scans.Scanner;
import vn.chuanmuc.signing.DigitalSamples;
import vn.chuanmuc.signing.Offer;
import vn.chuanmuc.signing.Signatures;
import vn.chuanmuc.signing.SignerConfirmations;
import vn.chuanmuc.signing.TrustList;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.Kept;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.StateTable;
import vn.chuanmuc.testing.StateTable.Sent;
import vn.chuanmuc.testing.TestBodies;

/**
 * Every route of meetings × role × where a meeting stands (issue 5: “every route × role × stage refused or allowed as the rule table
 * says”). Who leads, signs, counts and reads: ADR 0019 and 0026 (votes) and ADR 0023 (minutes); that nobody has authority outside their units:
 * design.md, Authority. No law was found that says who may look into a meeting of this kind (domain.md 3): own decision.
 */
@ProductTest
class MeetingRoutesTest {
    /**
     * Draft, convened, open; voting by hands, secretly, on paper; everything concluded; minutes made, confirmed by the secretary, issued
     * to be signed by hand, brought in as a scan by the secretary; closed; called off. None of them is signed digitally: who reads what
     * was checked of such a signature is in MinutesSigningTest.
     */
    private static final StateTable OF_A_MEETING = StateTable.of("""
                                                  | draft convened open hands secret paper concluded minutes signed given scanned closed cancelled
            GET /hop/{id}
              head superior board clerk inspector |   +      +      +     +     +      +       +        +       +     +      +      +        +
              chair secretary counter member      |   -      +      +     +     +      +       +        +       +     +      +      +        +
            GET /hop/{id}/sua
              head superior board clerk           |   +      -      -     -     -      -       -        -       -     -      -      -        -
            POST /hop/{id}/sua
              head superior board clerk           |   +      ~      ~     ~     ~      ~       ~        ~       ~     ~      ~      ~        ~
            POST /hop/{id}/trieu-tap
              head superior board clerk           |   +      =      ~     ~     ~      ~       ~        ~       ~     ~      ~      ~        ~
            POST /hop/{id}/huy
              head superior board clerk           |   +      +      +     ~     ~      ~       +        +       +     +      +      ~        =
            POST /hop/{id}/diem-danh
              chair secretary                     |   -      +      +     +     +      +       +        ~       ~     ~      ~      ~        ~
            POST /hop/{id}/khai-mac
              chair secretary                     |   -      +      =     =     =      =       =        ~       ~     ~      ~      ~        ~
            GET /hop/{id}/nguoi/{form}
              head superior board clerk inspector |   +      +      +     +     +      +       +        +       +     +      +      +        +
              chair secretary                     |   -      +      +     +     +      +       +        +       +     +      +      +        +
              counter member                      |   -      +      +     +     +      +       +        +       +     +      +      -        -
            POST /hop/{id}/nguoi/{form}/y-kien
              chair secretary                     |   -      ~      +     +     +      +       +        ~       ~     ~      ~      ~        ~
            POST /hop/{id}/nguoi/{form}/ket-luan
              chair secretary                     |   -      ~      +     ~     ~      ~       +        ~       ~     ~      ~      ~        ~
            POST /hop/{id}/luot
              chair secretary                     |   -      ~      +     =     ~      ~       +        ~       ~     ~      ~      ~        ~
            GET /hop/{id}/luot/{round}
              head superior board clerk inspector |   -      -      -     +     +      +       +        +       +     +      +      +        +
              chair secretary counter member      |   -      -      -     +     +      +       +        +       +     +      +      +        +
            POST /hop/{id}/luot/{round}/dem
              chair secretary                     |   -      -      -     +     -      +       +        ~       ~     ~      ~      ~        ~
            POST /hop/{id}/luot/{round}/kiem
              chair secretary                     |   -      -      -     -     +      -       -        -       -     -      -      -        -
            POST /hop/{id}/luot/{round}/chung-kien
              counter                             |   -      -      -     ~     ~      +       ~        ~       ~     ~      ~      ~        ~
              chair secretary                     |   -      -      -     ~     ~      ~       ~        ~       ~     ~      ~      ~        ~
            POST /hop/{id}/luot/{round}/huy
              chair secretary                     |   -      -      -     +     +      +       ~        ~       ~     ~      ~      ~        ~
            POST /hop/{id}/luot/{round}/phieu-ma
              chair secretary                     |   -      -      -     ~     +      ~       ~        ~       ~     ~      ~      ~        ~
            POST /hop/{id}/bien-ban
              chair secretary                     |   -      ~      ~     ~     ~      ~       +        =       =     =      =      =        ~
            GET /hop/{id}/bien-ban.{kind}
              head superior board clerk inspector |   -      -      -     -     -      -       -        +       +     +      +      +        -
              chair secretary                     |   -      -      -     -     -      -       -        +       +     +      +      +        -
            POST /hop/{id}/thu-hoi
              chair secretary                     |   -      ~      ~     ~     ~      ~       ~        +       +     +      +      ~        ~
            POST /hop/{id}/xac-nhan
              secretary                           |   -      ~      ~     ~     ~      ~       ~        +       =     +      =      =        ~
              chair                               |   -      ~      ~     ~     ~      ~       ~        +       +     +      ~      =        ~
            POST /hop/{id}/ky-so
              secretary                           |   -      ~      ~     ~     ~      ~       ~        +       =     +      =      =        ~
              chair                               |   -      ~      ~     ~     ~      ~       ~        ~       ~     ~      ~      =        ~
            POST /hop/{id}/ky-tay
              secretary                           |   -      ~      ~     ~     ~      ~       ~        +       =     =      =      =        ~
              chair                               |   -      ~      ~     ~     ~      ~       ~        +       ~     =      =      =        ~
            POST /hop/{id}/ban-quet
              secretary                           |   -      ~      ~     ~     ~      ~       ~        ~       ~     +      =      ~        ~
              chair                               |   -      ~      ~     ~     ~      ~       ~        ~       ~     +      ~      ~        ~
            GET /hop/{id}/bien-ban-da-ky.pdf
              head superior board clerk inspector |   -      -      -     -     -      -       -        -       -     -      +      -        -
              chair secretary                     |   -      -      -     -     -      -       -        -       -     -      +      -        -
            GET /hop/{id}/bien-ban-luu-lau-dai.pdf
            GET /hop/{id}/kiem-tra-chu-tri.xml
            GET /hop/{id}/kiem-tra-thu-ky.xml
            POST /hop/{id}/xac-nhan-ban-quet
              secretary                           |   -      ~      ~     ~     ~      ~       ~        ~       =     ~      =      =        ~
              chair                               |   -      ~      ~     ~     ~      ~       ~        ~       ~     ~      +      =        ~
            POST /hop/{id}/lay-so
              chair secretary                     |   -      ~      ~     ~     ~      ~       ~        ~       ~     ~      ~      ~        ~
            POST /hop/{id}/dua-vao-phieu
              chair secretary                     |   -      ~      ~     ~     ~      ~       ~        ~       ~     ~      ~      =        ~
            """);

    /** What is left to do when a meeting is closed: its number, where the unit had none to give, and forms that could not take what was concluded. */
    private static final StateTable OF_ENDS = StateTable.of("""
                                       | unnumbered numbered undelivered closed
            POST /hop/{id}/lay-so
              chair secretary          |     +         =         =         =
            POST /hop/{id}/dua-vao-phieu
              chair secretary          |     =         =         +         =
            """);

    /** The secretary signed the minutes digitally, and the chair has not yet. */
    private static final StateTable OF_DIGITAL_MINUTES = StateTable.of("""
                                                  | closed digital
            GET /hop/{id}/bien-ban-da-ky.pdf
              head superior board clerk inspector |   -      +
              chair secretary                     |   -      +
            GET /hop/{id}/kiem-tra-thu-ky.xml
              head superior board clerk inspector |   -      +
              chair secretary                     |   -      +
            GET /hop/{id}/kiem-tra-chu-tri.xml
            GET /hop/{id}/bien-ban-luu-lau-dai.pdf
            """);

    /** What is about no single meeting: there is a cycle under way, and people wait for a meeting. */
    private static final StateTable OF_ALL = StateTable.of("""
                                                             | any
            GET /hop
              chair secretary counter member assessed official |  +
              head superior board clerk inspector              |  +
              other-board other-head                           |  +
            GET /hop/moi
              head superior board clerk                        |  +
            POST /hop/moi
              head superior board clerk                        |  +
            GET /hop/quy-dinh
              head superior board clerk inspector              |  +
              other-board other-head                           |  +
            POST /hop/quy-dinh
              board                                            |  +
            """);

    /** A ballot belongs to whoever holds its slip, and to nobody whom the product knows (ADR 0019). */
    private static final StateTable OF_A_BALLOT = StateTable.of("""
                           | secret cast
            GET /bo-phieu
              everybody    |   +     +
            POST /bo-phieu
              everybody    |   =     =
            POST /bo-phieu/gui
              everybody    |   +     =
            """);

    private static final String CHAIR = "Trần Văn Chủ Trì";
    private static final String SECRETARY = "Lê Thị Thư Ký";
    private static final String COUNTER = "Đỗ Văn Kiểm";
    private static final String OTHER_COUNTER = "Vũ Thị Kiểm";
    private static final String MEMBER = "Phạm Văn Thành Viên";
    private static final String OFFICIAL = "Hoàng Thị Ngoài";
    private static final String PASSWORD = TestBodies.PASSWORD;
    private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh"));
    private static final String DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy").format(TODAY);

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
    MinutesSigning signing;

    @Autowired
    MinutesPaper paper;

    @Autowired
    Numbering numbering;

    @Autowired
    TrustList trust;

    @Autowired
    Signatures signatures;

    @Autowired
    SignerConfirmations confirmations;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping routes;

    @TempDir
    Path folder;

    @Test
    void theTablesNameEveryRouteOfMeetings() {
        StateTable.coverAllBelow(
                routes, Set.of("/hop", "/bo-phieu"), Set.of(), OF_A_MEETING, OF_ALL, OF_A_BALLOT, OF_DIGITAL_MINUTES);
    }

    @Test
    void everyRouteIsAllowedOrRefusedByRoleAndStateAsTheTablesSay() {
        var ward = new Ward();
        OF_A_MEETING.hold(routes, ward);
        OF_ALL.hold(routes, ward);
        ward.numbers();
        OF_ENDS.hold(routes, ward);
        ward.certificates();
        OF_DIGITAL_MINUTES.hold(routes, ward);
        OF_A_BALLOT.hold(routes, ward);
    }

    /** A meeting, and what it is about. */
    private record One(
            UUID id,
            String about,
            UUID form,
            @Nullable UUID round,
            @Nullable BallotCode code,
            byte @Nullable [] scan) {}

    /** Ward One with people of every role, and meetings in every state. */
    private final class Ward implements StateTable.Ground<One> {
        private final PanelCycle cycle;
        private final Kept kept;
        private final Map<String, Browser> fixed = new LinkedHashMap<>();
        private final Map<String, Browser> assessed = new HashMap<>();
        private final Map<String, One> standing = new HashMap<>();
        /** Closed while the unit had no numbers to give. */
        private final Deque<One> unnumbered = new ArrayDeque<>();
        /** People whom no meeting is about. */
        private final Deque<String> free = new ArrayDeque<>();

        Ward() {
            List<String> people = IntStream.range(0, 34)
                    .mapToObj(number -> "Ngô Thị " + (char) ('A' + number % 26) + (number < 26 ? "" : "a"))
                    .toList();
            cycle = new PanelCycle(
                    bodies.create(),
                    campaigns,
                    commitments,
                    rules,
                    cycles,
                    forms,
                    jdbc,
                    Stream.concat(
                                    Stream.of(CHAIR, SECRETARY, COUNTER, OTHER_COUNTER, MEMBER, OFFICIAL),
                                    people.stream())
                            .toArray(String[]::new));
            for (String name : people) {
                cycle.rated(name, 1, 2);
                free.add(name);
            }
            kept = new Kept(jdbc, cycle.body.tenant, "panels");
            Map.of("chair", CHAIR, "secretary", SECRETARY, "counter", COUNTER, "member", MEMBER, "official", OFFICIAL)
                    .forEach((role, name) -> fixed.put(role, cycle.body.browser(cycle.official(name))));
            fixed.put("head", cycle.body.browser(cycle.head));
            fixed.put("board", cycle.body.browser(cycle.board));
            in(vn.chuanmuc.access.Role.HEAD, cycle.body.root, "superior");
            in(vn.chuanmuc.access.Role.CLERK, cycle.body.wardOne, "clerk");
            in(vn.chuanmuc.access.Role.INSPECTOR, cycle.body.root, "inspector");
            in(vn.chuanmuc.access.Role.BOARD, cycle.body.wardTwo, "other-board");
            in(vn.chuanmuc.access.Role.HEAD, cycle.body.wardTwo, "other-head");
            in(vn.chuanmuc.access.Role.ADMINISTRATOR, cycle.body.root, "administrator");
            fixed.put("stranger", bodies.stranger());
        }

        private void in(vn.chuanmuc.access.Role role, UUID unit, String name) {
            fixed.put(name, cycle.body.browser(cycle.body.viewer(role, unit)));
        }

        @Override
        public List<String> roles() {
            return Stream.concat(Stream.of("assessed"), fixed.keySet().stream()).toList();
        }

        @Override
        public Browser browser(String role, One one) {
            return role.equals("assessed")
                    ? assessed.computeIfAbsent(one.about(), name -> cycle.body.browser(cycle.official(name)))
                    : Objects.requireNonNull(fixed.get(role));
        }

        @Override
        public One standing(String state) {
            One one = standing.get(state);
            if (one == null) {
                one = fresh(state);
                standing.put(state, one);
            }
            return one;
        }

        @Override
        public Object kept() {
            return kept.now();
        }

        private Viewer chair() {
            return cycle.official(CHAIR);
        }

        private Viewer secretary() {
            return cycle.official(SECRETARY);
        }

        private UUID person(String name) {
            return Objects.requireNonNull(cycle.official(name).personId());
        }

        private Map<String, Role> seats() {
            var seats = new LinkedHashMap<String, Role>();
            seats.put(CHAIR, Role.CHAIR);
            seats.put(SECRETARY, Role.SECRETARY);
            seats.put(COUNTER, Role.COUNTER);
            seats.put(OTHER_COUNTER, Role.COUNTER);
            seats.put(MEMBER, Role.MEMBER);
            return seats;
        }

        /** From now on the unit has numbers to give; three meetings were closed before. */
        void numbers() {
            for (int i = 0; i < 3; i++) {
                unnumbered.add(fresh("closed"));
            }
            transaction.executeWithoutResult(status -> numbering.addTerm(
                    cycle.body.tenant,
                    cycle.body.wardOne,
                    "2020–2025",
                    LocalDate.of(2020, 6, 1),
                    "Nghị quyết đại hội",
                    cycle.board.accountId()));
            standing.remove("closed");
        }

        @Override
        public One fresh(String state) {
            if (state.equals("unnumbered")) {
                return unnumbered.remove();
            }
            String about = free.remove();
            UUID form = cycle.form(about);
            if (state.equals("any")) {
                return new One(new UUID(0, 0), about, form, null, null, null);
            }
            UUID id = planned(form);
            UUID round = null;
            BallotCode code = null;
            byte[] scan = null;
            if (!state.equals("draft")) {
                PanelGround.now(meetings.convene(cycle.head, id));
                PanelGround.now(meetings.attend(secretary(), id, everybody(id)));
            }
            if (!Set.of("draft", "convened").contains(state)) {
                PanelGround.now(meetings.open(secretary(), id));
            }
            switch (state) {
                case "draft", "convened", "open" -> {}
                case "hands" -> round = round(id, form, Way.HANDS);
                case "secret", "cast" -> {
                    round = round(id, form, Way.SECRET);
                    if (!(rounds.slips(secretary(), id, round) instanceof Rounds.Slips.Printed printed)) {
                        throw new IllegalStateException("no slips");
                    }
                    code = printed.codes().getFirst();
                    if (state.equals("cast")) {
                        ballots.cast(code, Map.of(form, "dat"));
                    }
                }
                case "paper" -> {
                    round = round(id, form, Way.PAPER);
                    PanelGround.now(rounds.enterPapers(
                            secretary(), id, round, Map.of(form, new Rounds.Entry(5, 5, 0, List.of(4, 1, 0, 0))), ""));
                }
                default -> {
                    round = round(id, form, Way.HANDS);
                    PanelGround.now(rounds.countHands(
                            secretary(), id, round, Map.of(form, new Rounds.Entry(5, 5, 0, List.of(5, 0, 0, 0))), ""));
                    PanelGround.now(meetings.conclude(secretary(), id, form, "xuat_sac", "Nhất trí"));
                    scan = afterConcluding(state, id, form);
                }
            }
            return new One(id, about, form, round, code, scan);
        }

        private byte @Nullable [] afterConcluding(String state, UUID id, UUID form) {
            switch (state) {
                case "concluded" -> {
                    return null;
                }
                case "cancelled" -> {
                    PanelGround.now(meetings.cancel(cycle.head, id, "Thôi họp"));
                    return null;
                }
                case "undelivered" ->
                    forms.sendBack(cycle.board, PanelCycle.QUARTER, form, PanelCycle.SELF, "Ghi nhầm", "");
                default -> {}
            }
            PanelGround.now(minutes.make(secretary(), id, ""));
            switch (state) {
                case "minutes" -> {
                    return null;
                }
                case "signed" -> minutes.sign(secretary(), id, read(id), PASSWORD);
                case "digital" -> digitally(id);
                case "closed", "numbered", "undelivered" -> {
                    minutes.sign(secretary(), id, read(id), PASSWORD);
                    minutes.sign(chair(), id, read(id), PASSWORD);
                }
                case "given", "scanned" -> {
                    signing.give(secretary(), id, read(id));
                    byte[] scan = scanned(paper.file(secretary(), id, false).bytes());
                    if (state.equals("scanned")) {
                        handIn(id, scan);
                    }
                    return scan;
                }
                default -> throw new IllegalArgumentException(state);
            }
            return null;
        }

        private UUID planned(UUID form) {
            var plan = new Meetings.Plan(
                    "Họp đánh giá quý IV năm 2021",
                    LocalDate.of(2021, 12, 27),
                    LocalTime.of(14, 0),
                    "Phòng họp số 1",
                    List.of(form),
                    seats().entrySet().stream()
                            .map(seat -> new Chosen(person(seat.getKey()), seat.getValue(), true))
                            .toList());
            if (meetings.plan(cycle.head, cycle.cycle, PanelCycle.PANEL, cycle.body.wardOne, plan)
                    instanceof Meetings.Saved.Done(var id)) {
                return id;
            }
            throw new IllegalStateException("not planned");
        }

        private List<Meetings.Tick> everybody(UUID id) {
            return meetings.protocol(cycle.head, id).seats().stream()
                    .map(seat -> new Meetings.Tick(seat.personId(), true, LocalTime.of(14, 0), ""))
                    .toList();
        }

        private UUID round(UUID id, UUID form, Way way) {
            if (rounds.open(secretary(), id, List.of(form), way) instanceof Rounds.Opening.Opened(var round)) {
                return round;
            }
            throw new IllegalStateException("no vote");
        }

        private Read read(UUID id) {
            return meetings.protocol(cycle.head, id)
                    .newestMinutes()
                    .map(one -> new Read(one.version(), one.hash()))
                    .orElse(new Read(0, new byte[0]));
        }

        private void handIn(UUID id, byte[] scan) {
            try {
                Path file = Files.write(folder.resolve(id + ".pdf"), scan);
                signing.handIn(secretary(), id, read(id), file, "ky.pdf", TODAY);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The body trusts who gives out certificates. */
        void certificates() {
            DigitalSamples.trust(
                    trust, cycle.body.viewer(vn.chuanmuc.access.Role.ADMINISTRATOR, cycle.body.root), cycle.board);
        }

        /** The secretary signs elsewhere and brings the file; whose certificate it is, the office says once. */
        private void digitally(UUID id) {
            if (!(signing.begin(secretary(), id, read(id)) instanceof MinutesSigning.Begun.Asked(var request))) {
                throw new IllegalStateException("nothing to sign");
            }
            byte[] signed = DigitalSamples.sign(
                    signatures.paper(secretary(), request), DigitalSamples.holder(SECRETARY), "thuky");
            if (signatures.upload(secretary(), request, signed) instanceof Offer.ToIdentify) {
                DigitalSamples.confirmSigners(
                        trust, confirmations, cycle.body.viewer(vn.chuanmuc.access.Role.CLERK, cycle.body.wardOne));
            }
        }

        /** Votes are taken back and the meeting is called off: whom it was about, another can be about. */
        @Override
        public void done(One used) {
            meetings.list(cycle.head, null, 0, 200).stream()
                    .filter(meeting -> meeting.id().equals(used.id()))
                    .findFirst()
                    .ifPresent(meeting -> {
                        meetings.protocol(cycle.head, used.id())
                                .open()
                                .ifPresent(round ->
                                        PanelGround.now(rounds.annul(secretary(), used.id(), round.id(), "Thôi")));
                        if (!(meetings.cancel(cycle.head, used.id(), "Thôi họp") instanceof Meetings.Done.Refused)) {
                            free.addLast(used.about());
                        }
                    });
        }

        @Override
        public Map<String, ?> names(One one) {
            return one.round() == null
                    ? Map.of("id", one.id(), "form", one.form())
                    : Map.of("id", one.id(), "form", one.form(), "round", one.round());
        }

        @Override
        public String query(String route, One one) {
            return route.endsWith(" /hop/moi")
                    ? "?dot=" + cycle.cycle + "&buoc=" + PanelCycle.PANEL + "&don-vi=" + cycle.body.wardOne
                    : "";
        }

        @Override
        public Sent sent(String route, String role, One one) {
            String form = one.form().toString();
            return switch (route.replaceFirst("^POST /hop(/\\{id})?", "")) {
                case "/moi", "/sua" -> planning(one);
                case "/trieu-tap", "/khai-mac", "/lay-so", "/dua-vao-phieu" -> Sent.of();
                case "/huy" -> Sent.of("ly-do-huy", "Thôi họp");
                case "/diem-danh" -> Sent.of("mat-" + person(MEMBER), "vang", "ly-do-" + person(MEMBER), "Ốm");
                case "/nguoi/{form}/y-kien" -> Sent.of("y-kien", "Rõ việc");
                case "/nguoi/{form}/ket-luan" -> Sent.of("muc", "de-lai", "ly-do", "Chưa đủ ý kiến");
                case "/luot" -> Sent.of("phieu", form, "cach", "hands");
                case "/luot/{round}/dem" ->
                    Sent.of(
                            "muc0-" + form,
                            "3",
                            "muc1-" + form,
                            "2",
                            "muc2-" + form,
                            "0",
                            "muc3-" + form,
                            "0",
                            "khong-" + form,
                            "0",
                            "phat-" + form,
                            "5",
                            "thu-" + form,
                            "5",
                            "ly-do",
                            "Đếm lại");
                case "/luot/{round}/kiem", "/luot/{round}/phieu-ma" -> Sent.of();
                case "/luot/{round}/chung-kien" -> Sent.of("ban", "1", "dung", "co");
                case "/luot/{round}/huy" -> Sent.of("ly-do-huy", "Đếm nhầm");
                case "/bien-ban", "/thu-hoi" -> Sent.of("ly-do", "Ghi thiếu");
                case "/xac-nhan" -> minutes(one, "mat-khau", PASSWORD);
                case "/ky-so", "/ky-tay" -> minutes(one);
                case "/ban-quet" ->
                    minutes(one, "ngay-ky", DAY).with("tep", one.scan() == null ? new byte[] {1} : one.scan());
                case "/xac-nhan-ban-quet" -> minutes(one, "da-xem", "co", "ban-quet", document(one));
                case "/quy-dinh" -> Sent.of("tu-ngay", DAY, "kin", "3", "tren", "returned", "can-cu", "12-QĐ/QU");
                case "POST /bo-phieu" -> Sent.of("ma", code(one));
                case "POST /bo-phieu/gui" -> Sent.of("ma", code(one), "p-" + form, "dat");
                default -> throw new IllegalArgumentException(route);
            };
        }

        private Sent planning(One one) {
            var fields = new ArrayList<>(List.of(
                    "ten",
                    "Họp lần nữa",
                    "ngay",
                    DAY,
                    "gio",
                    "08:00",
                    "noi",
                    "Phòng họp số 2",
                    "ban",
                    "1",
                    "phieu",
                    one.form().toString()));
            seats().forEach((name, role) -> fields.addAll(List.of("vai-" + person(name), role.code())));
            return Sent.of(fields.toArray(String[]::new));
        }

        /** What somebody sends who has read the minutes. */
        private Sent minutes(One one, String... more) {
            Read read = read(one.id());
            var fields = new ArrayList<>(List.of(
                    "ban",
                    String.valueOf(read.version()),
                    "noi-dung",
                    HexFormat.of().formatHex(read.hash())));
            fields.addAll(List.of(more));
            return Sent.of(fields.toArray(String[]::new));
        }

        private String document(One one) {
            byte[] signed = meetings.protocol(cycle.head, one.id()).signedDocument();
            return signed == null ? "" : HexFormat.of().formatHex(signed);
        }

        private static String code(One one) {
            return Objects.requireNonNull(one.code()).written();
        }
    }

    private static byte[] scanned(byte[] pdf) {
        try (var document = new PDDocument()) {
            for (BufferedImage image : new Scanner(7).printed(pdf, 150, true)) {
                var page = new PDPage(PDRectangle.A4);
                document.addPage(page);
                try (var content = new PDPageContentStream(document, page)) {
                    content.drawImage(
                            JPEGFactory.createFromImage(document, image),
                            0,
                            0,
                            PDRectangle.A4.getWidth(),
                            PDRectangle.A4.getHeight());
                }
            }
            var out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
