package vn.chuanmuc.petitions;

import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Cycles;
import vn.chuanmuc.assessments.Forms;
import vn.chuanmuc.assessments.LevelDecisions;
import vn.chuanmuc.assessments.PetitionGround;
import vn.chuanmuc.assessments.Results;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.petitions.Drafting.Draft;
import vn.chuanmuc.petitions.Handling.Wanted;
import vn.chuanmuc.petitions.Petition.Outcome;
import vn.chuanmuc.rules.Rules;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.Kept;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.StateTable;
import vn.chuanmuc.testing.StateTable.Sent;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TurnedClock;

/**
 * Every route of petitions × role × where a petition stands (issue 5: “every route × role × stage refused or allowed as the rule table
 * says”). That whoever handles is another than who decided, and who approves another than who decides: design.md, Authority (two pairs
 * of eyes). Who reads what of it and when: no law was found (domain.md 3), so own decision: ADR 0020 (Hands, Who sees what).
 */
@ProductTest
class PetitionRoutesTest {
    /**
     * Being written, and thrown away; filed; registered and given to a handler; an opinion asked for; filed too late; a proposal; given to
     * another to assess anew; decided that the level stands; decided that it changes; approved; answered; taken back.
     *
     * <p>{@code head} decided what is contested and {@code top} approved it; {@code superior} heads the same unit and had no hand in it.
     * That whoever approved the contested version may approve that it stands: ADR 0020, Hands.
     */
    private static final StateTable OF_A_PETITION = StateTable.of("""
                                                           | draft dropped filed handling asked late proposed reassessing decided changed approved answered withdrawn
            GET /kien-nghi/{id}
              petitioner handler clerk board second-board  |   -     -      +       +      +     +      +         +          +       +       +        +         +
              inspector top superior                       |   -     -      +       +      +     +      +         +          +       +       +        +         +
              asked                                        |   -     -      -       -      +     -      +         +          +       +       +        +         -
              reassessor                                   |   -     -      -       -      -     -      -         +          -       -       -        -         -
            GET /kien-nghi/moi/{period}/{form}
              petitioner                                   |   +     +      >       >      >     >      >         >          >       >       >        >         +
            POST /kien-nghi/moi/{period}/{form}
              petitioner                                   |   =     +      =       =      =     =      =         =          =       =       =        =         +
            GET /kien-nghi/{id}/soan
              petitioner                                   |   +     -      -       -      -     -      -         -          -       -       -        -         -
            POST /kien-nghi/{id}/soan
              petitioner                                   |   +     -      =       =      =     =      =         =          =       =       =        =         =
            POST /kien-nghi/{id}/soan/tu-luu
              petitioner                                   |   +     -      -       -      -     -      -         -          -       -       -        -         -
            POST /kien-nghi/{id}/rut
              petitioner                                   |   -     -      +       +      +     +      +         ~          ~       ~       ~        ~         =
            POST /kien-nghi/{id}/tiep-nhan
              handler clerk board second-board             |   -     -      +       =      =     =      =         =          =       =       =        =         =
            POST /kien-nghi/{id}/giao
              board second-board                           |   -     -      +       +      +     +      +         ~          ~       ~       ~        ~         ~
            POST /kien-nghi/{id}/tu-choi
              handler                                      |   -     -      -       +      +     +      +         ~          ~       ~       ~        ~         ~
            POST /kien-nghi/{id}/nhan-muon
              handler                                      |   -     -      -       ~      ~     +      ~         ~          ~       ~       ~        ~         ~
            POST /kien-nghi/{id}/hoi
              handler                                      |   -     -      -       +      +     +      ~         ~          ~       ~       ~        ~         ~
            POST /kien-nghi/{id}/rut-hoi
              handler                                      |   -     -      -       =      +     =      ~         ~          ~       ~       ~        ~         ~
            POST /kien-nghi/{id}/tai-lieu
              handler                                      |   -     -      -       +      +     +      ~         ~          ~       ~       ~        ~         ~
            POST /kien-nghi/{id}/bo-tep
              handler                                      |   -     -      -       +      +     +      ~         ~          ~       ~       ~        ~         ~
            POST /kien-nghi/{id}/de-xuat
              handler                                      |   -     -      -       +      ~     +      ~         ~          ~       ~       ~        ~         ~
            POST /kien-nghi/{id}/quyet-dinh
              board second-board superior                  |   -     -      -       -      -     -      +         -          ~       ~       ~        ~         -
            POST /kien-nghi/{id}/tra-lai
              board second-board superior                  |   -     -      -       -      -     -      +         -          ~       ~       ~        ~         -
            POST /kien-nghi/{id}/danh-gia-lai
              reassessor                                   |   -     -      -       -      -     -      -         +          -       -       -        -         -
            POST /kien-nghi/{id}/phe-duyet
              second-board superior top                    |   -     -      -       -      -     -      -         -          +       -       ~        -         -
            POST /kien-nghi/{id}/tra-loi
              board second-board                           |   -     -      ~       ~      ~     ~      ~         ~          ~       ~       +        ~         ~
              handler                                      |   -     -      -       ~      ~     ~      ~         ~          ~       ~       +        ~         ~
            GET /kien-nghi/{id}/y-kien/{n}
              asked                                        |   -     -      -       -      +     -      +         +          +       +       +        +         -
            POST /kien-nghi/{id}/y-kien/{n}
              asked                                        |   -     -      -       -      +     -      ~         ~          ~       ~       ~        ~         -
            POST /kien-nghi/{id}/y-kien/{n}/tep
              asked                                        |   -     -      -       -      +     -      ~         ~          ~       ~       ~        ~         -
            GET /kien-nghi/{id}/tep/{attachment}
              petitioner                                   |   +     -      +       +      +     +      +         +          +       +       +        +         +
              handler clerk board second-board inspector   |   -     -      +       +      +     +      +         +          +       +       +        +         +
              asked                                        |   -     -      -       -      +     -      +         +          +       +       +        +         -
              superior                                     |   -     -      -       -      -     -      +         -          +       +       +        +         -
              reassessor                                   |   -     -      -       -      -     -      -         +          -       -       -        -         -
              top                                          |   -     -      -       -      -     -      -         -          +       -       +        -         -
            GET /kien-nghi/{id}/bien-nhan.{format}
              petitioner                                   |   -     -      -       +      +     +      +         +          +       +       +        +         +
              handler clerk board second-board inspector   |   -     -      -       +      +     +      +         +          +       +       +        +         +
              superior                                     |   -     -      -       -      -     -      +         -          +       +       +        +         -
              reassessor                                   |   -     -      -       -      -     -      -         +          -       -       -        -         -
              top                                          |   -     -      -       -      -     -      -         -          +       -       +        -         -
            GET /kien-nghi/{id}/tra-loi.{format}
              petitioner                                   |   -     -      -       -      -     -      -         -          -       -       -        +         -
              handler clerk board second-board inspector   |   -     -      -       -      -     -      -         -          -       -       -        +         -
              superior                                     |   -     -      -       -      -     -      -         -          -       -       -        +         -
            """);

    /** What is about no single petition. */
    private static final StateTable OF_ALL = StateTable.of("""
                                                           | withdrawn
            GET /kien-nghi
              petitioner asked reassessor official         |   +
              handler clerk board second-board inspector   |   +
              head top superior other-board other-head     |   +
              other-clerk administrator                    |   +
            GET /kien-nghi/giay
              handler clerk board second-board             |   +
              other-board other-clerk                      |   +
            POST /kien-nghi/giay
              handler clerk board second-board             |   +
            GET /kien-nghi/so
              handler clerk board second-board inspector   |   +
              other-board other-clerk                      |   +
            GET /kien-nghi/so.xlsx
              handler clerk board second-board inspector   |   +
              other-board other-clerk                      |   +
            GET /kien-nghi/quy-tac
              board second-board inspector other-board     |   +
            POST /kien-nghi/quy-tac
              board second-board                           |   +
            """);

    private static final String ASKED = "Đặng Văn Được Hỏi";
    private static final String REASSESSOR = "Bùi Thị Đánh Giá Lại";
    private static final String OFFICIAL = "Hoàng Thị Ngoài";
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
    LevelDecisions decisions;

    @Autowired
    Results results;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Petitions petitions;

    @Autowired
    Drafting drafting;

    @Autowired
    Handling handling;

    @Autowired
    Deciding deciding;

    @Autowired
    Calls calls;

    @Autowired
    TurnedClock clock;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping routes;

    @AfterEach
    void turnBack() {
        clock.turnBack();
    }

    @Test
    void theTablesNameEveryRouteOfPetitions() {
        StateTable.coverAllBelow(routes, Set.of("/kien-nghi"), Set.of(), OF_A_PETITION, OF_ALL);
    }

    @Test
    void everyRouteIsAllowedOrRefusedByRoleAndStateAsTheTablesSay() {
        var body = new ContestedResults();
        OF_A_PETITION.hold(routes, body);
        OF_ALL.hold(routes, body);
    }

    /** A petition and whose it is. @param papers a file of the handler's, which no step has taken up until it is proposed */
    private record One(
            UUID id,
            String of,
            UUID form,
            UUID evidence,
            @Nullable UUID papers) {}

    /** Results that were told and are contested. */
    private final class ContestedResults implements StateTable.Ground<One> {
        private final PetitionGround ground;
        private final Kept kept;
        private final Viewer otherHandler;
        private final Map<String, Browser> fixed = new LinkedHashMap<>();
        private final Map<String, Browser> petitioners = new HashMap<>();
        private final Map<String, One> standing = new HashMap<>();
        private final Deque<String> free = new ArrayDeque<>();
        private final Set<String> told = new HashSet<>();

        ContestedResults() {
            List<String> people = IntStream.range(0, 44)
                    .mapToObj(number -> "Ngô Thị " + (char) ('A' + number % 26) + (number < 26 ? "" : "a"))
                    .toList();
            ground = new PetitionGround(
                    bodies.create(),
                    campaigns,
                    commitments,
                    rules,
                    cycles,
                    forms,
                    decisions,
                    results,
                    jdbc,
                    null,
                    Stream.concat(Stream.of(ASKED, REASSESSOR, OFFICIAL), people.stream())
                            .toArray(String[]::new));
            free.addAll(people);
            kept = new Kept(jdbc, ground.body.tenant, "petitions");
            otherHandler = ground.body.viewer(Role.CLERK, ground.body.root);
            as("handler", ground.clerk);
            as("clerk", ground.body.viewer(Role.CLERK, ground.body.wardOne));
            as("board", ground.board);
            as("second-board", ground.otherBoard);
            as("head", ground.head);
            as("top", ground.top);
            as("superior", ground.body.viewer(Role.HEAD, ground.body.root));
            as("asked", ground.official(ASKED));
            as("reassessor", ground.official(REASSESSOR));
            as("official", ground.official(OFFICIAL));
            as("inspector", ground.body.viewer(Role.INSPECTOR, ground.body.root));
            as("other-board", ground.body.viewer(Role.BOARD, ground.body.wardTwo));
            as("other-head", ground.body.viewer(Role.HEAD, ground.body.wardTwo));
            as("other-clerk", ground.body.viewer(Role.CLERK, ground.body.wardTwo));
            as("administrator", ground.body.viewer(Role.ADMINISTRATOR, ground.body.root));
            fixed.put("stranger", bodies.stranger());
        }

        private void as(String role, Viewer viewer) {
            fixed.put(role, ground.body.browser(viewer));
        }

        @Override
        public List<String> roles() {
            return Stream.concat(Stream.of("petitioner"), fixed.keySet().stream())
                    .toList();
        }

        @Override
        public Browser browser(String role, One one) {
            return role.equals("petitioner")
                    ? petitioners.computeIfAbsent(one.of(), name -> ground.body.browser(ground.official(name)))
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

        private int steps(UUID id) {
            return jdbc.sql("select steps from petitions.petition where tenant_id = ? and id = ?")
                    .params(ground.body.tenant, id)
                    .query((row, n) -> row.getInt(1))
                    .single();
        }

        private static void done(Moved moved) {
            if (!(moved instanceof Moved.Done)) {
                throw new IllegalStateException(moved.toString());
            }
        }

        /** Its clocks have called whom they call, as they do at any moment. */
        @Override
        public One fresh(String state) {
            One one = filedAndFurther(state);
            calls.look(ground.body.tenant, one.id());
            return one;
        }

        private One filedAndFurther(String state) {
            String of = free.remove();
            if (told.add(of)) {
                ground.told(of, "dat_mot_phan");
            }
            if (state.equals("late")) {
                clock.turnTo(petitions.today().plusDays(12));
            }
            Viewer petitioner = ground.official(of);
            UUID form = ground.form(of);
            if (!(drafting.open(petitioner, PetitionGround.quarter(), form) instanceof Drafting.Opened.Draft(var id))) {
                throw new IllegalStateException("no draft");
            }
            int version = jdbc.sql("select version from petitions.petition where tenant_id = ? and id = ?")
                    .params(ground.body.tenant, id)
                    .query((row, n) -> row.getInt(1))
                    .single();
            drafting.save(
                    petitioner,
                    id,
                    version,
                    new Draft(
                            true,
                            List.of(2),
                            "Có giấy khen",
                            "Xem lại",
                            state.equals("late") ? "Đi công tác" : "",
                            null));
            done(drafting.attach(petitioner, id, false, "Giấy khen", PetitionGround.picture()));
            UUID evidence = attachment(id, Petition.Part.FILING);
            if (state.equals("draft")) {
                return new One(id, of, form, evidence, null);
            }
            if (state.equals("dropped")) {
                done(drafting.drop(petitioner, id));
                return new One(id, of, form, evidence, null);
            }
            done(drafting.file(petitioner, id));
            clock.turnBack();
            if (state.equals("filed")) {
                return new One(id, of, form, evidence, null);
            }
            done(handling.acknowledge(ground.clerk, id, ""));
            done(handling.assign(ground.board, id, steps(id), ground.clerk.username(), ""));
            done(handling.attach(ground.clerk, id, "Biên bản làm việc", PetitionGround.picture()));
            var one = new One(id, of, form, evidence, attachment(id, Petition.Part.HANDLING));
            further(state, one, petitioner);
            return one;
        }

        private void further(String state, One one, Viewer petitioner) {
            UUID id = one.id();
            switch (state) {
                case "handling", "late" -> {
                    return;
                }
                case "withdrawn" -> {
                    done(drafting.withdraw(petitioner, id, "Đã rõ"));
                    return;
                }
                default ->
                    done(handling.ask(
                            ground.clerk,
                            id,
                            steps(id),
                            ground.official(ASKED).username(),
                            null,
                            "Giấy khen này của đợt nào?",
                            3));
            }
            if (state.equals("asked")) {
                return;
            }
            done(handling.opine(ground.official(ASKED), id, 1, "Của quý này"));
            done(handling.propose(ground.clerk, id, steps(id), wanted(Outcome.UPHOLD, "", "")));
            switch (state) {
                case "proposed" -> {}
                case "reassessing" ->
                    done(deciding.decide(
                            ground.board,
                            id,
                            steps(id),
                            wanted(
                                    Outcome.REASSESS,
                                    "",
                                    ground.official(REASSESSOR).username())));
                case "changed" -> done(deciding.decide(ground.board, id, steps(id), wanted(Outcome.CHANGE, "dat", "")));
                case "decided", "approved", "answered" -> {
                    done(deciding.decide(ground.board, id, steps(id), wanted(Outcome.UPHOLD, "", "")));
                    if (!state.equals("decided")) {
                        done(deciding.approve(ground.otherBoard, id, steps(id), true, ""));
                    }
                    if (state.equals("answered")) {
                        done(deciding.answer(ground.board, id, steps(id), true));
                    }
                }
                default -> throw new IllegalArgumentException(state);
            }
        }

        private static Wanted wanted(Outcome outcome, String grade, String reassessor) {
            return new Wanted(outcome, grade, "Đã đối chiếu hồ sơ", "", reassessor, reassessor.isEmpty() ? 0 : 3);
        }

        private UUID attachment(UUID id, Petition.Part part) {
            return jdbc.sql("select id from petitions.attachment where tenant_id = ? and petition_id = ? and part = ?")
                    .params(ground.body.tenant, id, part.code())
                    .query((row, n) -> row.getObject(1, UUID.class))
                    .single();
        }

        /** Taken back, or thrown away: the same result can be contested once more. */
        @Override
        public void done(One used) {
            Viewer petitioner = ground.official(used.of());
            List<UUID> drafts = jdbc.sql(
                            "select id from petitions.petition where tenant_id = ? and form_id = ? and state = 'draft' and opened_by = ?")
                    .params(ground.body.tenant, used.form(), petitioner.accountId())
                    .query((row, n) -> row.getObject(1, UUID.class))
                    .list();
            drafts.forEach(draft -> drafting.drop(petitioner, draft));
            boolean over = drafts.contains(used.id())
                    || jdbc.sql("select state from petitions.petition where tenant_id = ? and id = ?")
                            .params(ground.body.tenant, used.id())
                            .query((row, n) -> row.getString(1))
                            .single()
                            .equals("dropped")
                    || drafting.withdraw(petitioner, used.id(), "Thôi") instanceof Moved.Done;
            if (over) {
                free.addLast(used.of());
            }
        }

        @Override
        public Map<String, ?> names(One one) {
            return Map.of(
                    "id",
                    one.id(),
                    "period",
                    PetitionGround.quarter().code(),
                    "form",
                    one.form(),
                    "n",
                    1,
                    "attachment",
                    one.evidence());
        }

        @Override
        public Sent sent(String route, String role, One one) {
            String seen = String.valueOf(steps(one.id()));
            String reason = "Có lý do rõ ràng";
            return switch (route.replaceFirst("^POST /kien-nghi(/\\{id})?", "")) {
                case "/moi/{period}/{form}" -> Sent.of();
                case "/giay" -> Sent.of("ket-qua", PetitionGround.quarter().code() + "/" + one.form());
                case "/soan", "/soan/tu-luu" ->
                    Sent.of("ban", version(one), "ca-muc", "co", "can-cu", "Viết lại cho rõ", "de-nghi", "Xem lại");
                case "/rut" -> Sent.of("ly-do", reason);
                case "/tiep-nhan" -> Sent.of("ghi-chu", "");
                case "/giao" -> Sent.of("buoc", seen, "nguoi", otherHandler.username(), "ly-do", reason);
                case "/tu-choi", "/nhan-muon" -> Sent.of("buoc", seen, "ly-do", reason);
                case "/hoi" ->
                    Sent.of(
                            "buoc",
                            seen,
                            "hoi-ai",
                            ground.official(OFFICIAL).username(),
                            "cau-hoi",
                            "Có đúng không?",
                            "so-ngay",
                            "3");
                case "/rut-hoi" -> Sent.of("so", "1", "ly-do", reason);
                case "/tai-lieu", "/y-kien/{n}/tep" ->
                    Sent.of("ten-tep", "Xác nhận").with("tep", PetitionGround.picture());
                case "/bo-tep" ->
                    Sent.of("tep", one.papers() == null ? "" : one.papers().toString());
                case "/de-xuat" -> Sent.of("buoc", seen, "huong", "inadmissible", "ly-do", reason);
                case "/quyet-dinh" -> Sent.of("buoc", seen, "huong", "uphold", "ly-do", reason);
                case "/tra-lai" -> Sent.of("buoc", seen, "ly-do-tra", reason);
                case "/danh-gia-lai" -> Sent.of("buoc", seen, "muc-moi", "dat", "ly-do", reason);
                case "/phe-duyet" -> Sent.of("buoc", seen, "viec", "duyet", "y-kien", "");
                case "/tra-loi" -> Sent.of("buoc", seen, "khong-so", "co");
                case "/y-kien/{n}" -> Sent.of("y-kien", "Đúng như giấy khen", "viec", "gui");
                case "/quy-tac" ->
                    Sent.of(
                            "tu-ngay",
                            DAY.format(petitions.today()),
                            "tiep-nhan",
                            "2",
                            "y-kien",
                            "3",
                            "muon",
                            "10",
                            "thu-truong",
                            "2",
                            "phe-duyet",
                            "co",
                            "cap-duoi",
                            "with-reason",
                            "tham-quyen",
                            "either",
                            "cho-xem",
                            "answered",
                            "can-cu",
                            "Quy chế của " + role);
                default -> throw new IllegalArgumentException(route);
            };
        }

        private String version(One one) {
            return String.valueOf(jdbc.sql("select version from petitions.petition where tenant_id = ? and id = ?")
                    .params(ground.body.tenant, one.id())
                    .query((row, n) -> row.getInt(1))
                    .single());
        }
    }
}
