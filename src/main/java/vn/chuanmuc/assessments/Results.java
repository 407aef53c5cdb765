package vn.chuanmuc.assessments;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.criteria.Audience;
import vn.chuanmuc.criteria.Criteria;
import vn.chuanmuc.directory.Duplicates;
import vn.chuanmuc.documents.Bearing;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;
import vn.chuanmuc.notifications.Kind;
import vn.chuanmuc.notifications.Notice;
import vn.chuanmuc.notifications.Notifications;
import vn.chuanmuc.rules.Answers;
import vn.chuanmuc.rules.Computation;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.rules.Rules;
import vn.chuanmuc.rules.Scoring;
import vn.chuanmuc.rules.SetShape;

/**
 * Results: told to the person, seen by them, published within the unit by name and level, kept over years; what person and head write
 * about growing; the mark of a pending petition. A person sees the version they were told of, and nothing before.
 */
@Component
public class Results {
    public static final int LONGEST_TEXT = 4_000;
    private static final int LONGEST_NOTE = 300;

    private final ResultStore store;
    private final CycleStore cycles;
    private final Criteria criteria;
    private final Rules rules;
    private final Access access;
    private final ResultNumbers numbers;
    private final Notifications notifications;
    private final ApprovalWays ways;
    private final Duplicates duplicates;
    private final Ledger ledger;
    private final Clock clock;

    Results(
            ResultStore store,
            CycleStore cycles,
            Criteria criteria,
            Rules rules,
            Access access,
            ResultNumbers numbers,
            Notifications notifications,
            ApprovalWays ways,
            Duplicates duplicates,
            Ledger ledger,
            Clock clock) {
        this.notifications = notifications;
        this.ways = ways;
        this.duplicates = duplicates;
        this.numbers = numbers;
        this.store = store;
        this.cycles = cycles;
        this.criteria = criteria;
        this.rules = rules;
        this.access = access;
        this.ledger = ledger;
        this.clock = clock;
    }

    public enum Way {
        IN_APP,
        MAIL,
        PAPER;

        public String code() {
            return Columns.code(this);
        }

        /** The way that is a person's to record; none for what is no way. */
        public static Optional<Way> read(String code) {
            return Arrays.stream(values())
                    .filter(way -> way.code().equals(code))
                    .findFirst();
        }
    }

    /** That the person was told. @param by name of the account */
    public record Telling(int version, Way way, LocalDate on, String note, String by) {}

    /** One version of a decision with what was said to it. @param approved null while it waits */
    public record Decided(
            int version,
            String grade,
            String gradeName,
            @Nullable String suggested,
            String reason,
            String remark,
            boolean onPetition,
            String by,
            Instant at,
            @Nullable Boolean approved,
            String verdictReason,
            @Nullable String approvedBy,
            @Nullable Instant approvedAt,
            byte[] hash,
            String content) {}

    public enum Side {
        PERSON,
        HEAD;

        public String code() {
            return Columns.code(this);
        }
    }

    /** What one side wrote about growing. @param version 0: nothing yet */
    public record Growth(
            Side side,
            int version,
            String notes,
            String plan,
            @Nullable Instant at) {
        static Growth none(Side side) {
            return new Growth(side, 0, "", "", null);
        }
    }

    /** A form with its result, as far as it concerns results. */
    public record About(
            FormHead head,
            UUID cycleUnit,
            UUID ruleVersion,
            UUID setId,
            Audience audience,
            UUID deciderUnit,
            LevelDecisions.State state,
            @Nullable LocalDate tellBy,
            @Nullable Integer standing,
            @Nullable Integer told,
            boolean contested)
            implements FormHead.Bearer {}

    /**
     * A result as the viewer may see it.
     *
     * @param shown the version that is shown: to the person the one they were told of, to others the newest
     * @param versions every one, for others than the person
     * @param number of the notice of the shown version; null before it is approved, and where none could be taken
     * @param words of the items, in their order
     * @param answers what was on the table when it was decided; the computation is of these
     * @param taken figures that stood in the form when it was decided
     * @param seenAt when the person said they have seen the shown version; null until then
     * @param own whether the viewer is the person
     * @param mayTell whether the viewer may record that the person was told
     * @param mayWrite the side the viewer writes on; null: on none
     */
    public record Sheet(
            About about,
            Decided shown,
            List<Decided> versions,
            @Nullable Bearing number,
            List<Telling> tellings,
            @Nullable Instant seenAt,
            List<Growth> growth,
            RuleBook book,
            SetShape shape,
            List<String> words,
            Answers answers,
            Computation computation,
            List<Reason> unknown,
            List<Reason> signs,
            List<LevelDecisions.TakenFigure> taken,
            @Nullable String stage,
            boolean own,
            boolean mayTell,
            @Nullable Side mayWrite) {
        public Growth growth(Side side) {
            return growth.stream().filter(one -> one.side() == side).findFirst().orElse(Growth.none(side));
        }
    }

    /** A result in a list: of a person over years, or of a unit. @param gradeName what was told */
    public record Line(FormHead head, String gradeName, LocalDate toldOn, boolean seen, boolean contested)
            implements FormHead.Bearer {}

    /** A unit in a cycle. */
    public record Place(Period period, UUID cycleId, UUID unitId, String unitName) {}

    /** What is published within a unit: names and levels. @param people those who are assessed */
    public record Published(String cycleTitle, Period period, String unitName, long people, List<Line> lines) {}

    public sealed interface Done {
        /** @param forms how many it reached; none: it was done before */
        record Now(int forms) implements Done {}

        record Refused(String field, Reason why) implements Done {}
    }

    /** A result, for the person once told, for whoever decides, and for who may read in the unit. */
    public Sheet sheet(Viewer viewer, Period period, UUID formId) {
        UUID tenant = viewer.tenantId();
        About about = store.about(tenant, period, formId).orElseThrow(() -> new NotFound("result"));
        boolean own = about.personId().equals(viewer.personId());
        boolean decides = decides(viewer, about);
        boolean reads = !own
                && (decides
                        || access.covers(viewer, Permission.READ_ASSESSMENTS, about.unitId())
                        || ways.approves(viewer, period, formId));
        if (own ? about.told() == null : !reads) {
            throw new NotFound("result");
        }
        List<Decided> versions = store.versions(tenant, about);
        Decided shown = own
                ? versions.stream()
                        .filter(one -> Objects.equals(one.version(), about.told()))
                        .findFirst()
                        .orElseThrow()
                : versions.getFirst();
        LevelDecisionFile.Read file = LevelDecisionFile.read(shown.content());
        RuleBook book = rules.book(tenant, about.ruleVersion());
        Criteria.SetText text = criteria.text(tenant, about.setId());
        SetShape shape = SetShape.of(about.audience(), text);
        return new Sheet(
                about,
                shown,
                own ? List.of(shown) : versions,
                numbers.of(tenant, formId, shown.version()).orElse(null),
                store.tellings(tenant, about).stream()
                        .filter(telling -> !own || telling.version() == shown.version())
                        .toList(),
                store.seenAt(tenant, about, shown.version()).orElse(null),
                store.growth(tenant, about),
                book,
                shape,
                text.words(),
                file.answers(),
                Scoring.compute(book, shape, file.answers()),
                file.unknown(),
                own ? List.of() : file.signs(),
                file.taken(),
                file.stage() == null ? null : store.stageName(tenant, about.cycleId(), file.stage()),
                own,
                tells(viewer, about) && tellable(about),
                own ? Side.PERSON : decides ? Side.HEAD : null);
    }

    /** What the decider said of disqualifiers that were looked at: whether it strikes. */
    public Map<String, Boolean> facts(Decided decided) {
        return LevelDecisionFile.read(decided.content()).answers().facts();
    }

    private boolean decides(Viewer viewer, About about) {
        return !about.personId().equals(viewer.personId())
                && (Arrays.asList(viewer.unitsWith(Permission.RATE_AS_HEAD)).contains(about.deciderUnit())
                        || store.instead(viewer, about));
    }

    /** Whose task it is: who decides, or runs the cycle; nobody's about themself. */
    private boolean tells(Viewer viewer, About about) {
        return !about.personId().equals(viewer.personId())
                && (decides(viewer, about) || access.covers(viewer, Permission.RUN_CYCLE, about.cycleUnit()));
    }

    private static boolean tellable(About about) {
        return about.standing() != null
                && (about.state() == LevelDecisions.State.APPROVED || about.state() == LevelDecisions.State.TOLD);
    }

    /** One's own results, the newest first; only what one was told of. */
    public List<Line> own(Viewer viewer) {
        UUID person = viewer.personId();
        return person == null ? List.of() : store.ofPerson(viewer.tenantId(), person, null);
    }

    /** Where levels are published that the viewer may see as one of the unit's people, their own told or not. */
    public List<Place> published(Viewer viewer) {
        UUID person = viewer.personId();
        return person == null ? List.of() : store.published(viewer.tenantId(), person);
    }

    /** The results of a person in the units the viewer may read in, the newest first. */
    public List<Line> history(Viewer viewer, UUID personId) {
        if (isOwn(viewer, personId)) {
            return own(viewer);
        }
        return store.ofPerson(viewer.tenantId(), personId, viewer.unitsWith(Permission.READ_ASSESSMENTS));
    }

    /** What person and head wrote about growing under results that the viewer was given; of those where somebody wrote. */
    public Map<UUID, List<Growth>> growth(Viewer viewer, List<Line> lines) {
        return store.growth(viewer.tenantId(), lines.stream().map(Line::formId).toList());
    }

    /** What was planned a quarter before for this one; for the person, and for nobody else. */
    public List<Growth> planned(Viewer viewer, FormHead head) {
        return head.personId().equals(viewer.personId())
                ? store.toldIn(viewer.tenantId(), head.personId(), head.period().previous())
                        .map(form ->
                                store.growth(viewer.tenantId(), List.of(form)).getOrDefault(form, List.of()))
                        .orElse(List.of())
                : List.of();
    }

    /** Whether a record is the viewer's, or was before it was given up for the one they have now. */
    public boolean isOwn(Viewer viewer, UUID personId) {
        return viewer.personId() != null
                && duplicates.present(viewer.tenantId(), personId).equals(viewer.personId());
    }

    /** Names and levels of a unit, for its own people and for who may read there. */
    public Published published(Viewer viewer, UUID cycleId, UUID unitId) {
        Cycle cycle =
                cycles.find(viewer.tenantId(), cycleId).filter(Cycle::opened).orElseThrow(() -> new NotFound("cycle"));
        if (!access.covers(viewer, Permission.READ_ASSESSMENTS, unitId) && !store.belongs(viewer, cycle, unitId)) {
            throw new NotFound("unit of a cycle");
        }
        return store.published(viewer.tenantId(), cycle, unitId);
    }

    /**
     * Tells people in the product of approved results at one desk, all at once.
     *
     * @throws Forbidden when none of those who wait is the viewer's to tell
     */
    @Transactional
    public Done tellAll(Viewer viewer, UUID cycleId, UUID unitId) {
        UUID tenant = viewer.tenantId();
        cycles.lockCycle(cycleId, false);
        List<About> waiting = store.toTell(tenant, cycleId, unitId);
        if (!waiting.isEmpty() && waiting.stream().noneMatch(about -> tells(viewer, about))) {
            throw new Forbidden(Permission.RATE_AS_HEAD);
        }
        int told = 0;
        for (About about : waiting) {
            if (tells(viewer, about) && tellable(about)) {
                told += tell(viewer, about, Way.IN_APP, today(), "") ? 1 : 0;
            }
        }
        return new Done.Now(told);
    }

    /** Records that the person was told of the standing version: in the product, or by a paper handed over on a day. */
    @Transactional
    public Done tell(Viewer viewer, Period period, UUID formId, Way way, LocalDate on, String note) {
        About about = held(viewer, period, formId);
        if (!tells(viewer, about)) {
            throw new Forbidden(Permission.RATE_AS_HEAD);
        }
        if (!tellable(about)) {
            return new Done.Refused("", Reason.of("assessments.tell.not-approved"));
        }
        String words = Texts.oneLine(note);
        if (way == Way.PAPER && words.isEmpty()) {
            return new Done.Refused("nguoi-nhan", Reason.of("assessments.tell.receiver"));
        }
        if (words.length() > LONGEST_NOTE) {
            return new Done.Refused("nguoi-nhan", Reason.of("assessments.tell.note", LONGEST_NOTE));
        }
        if (on.isAfter(today())) {
            return new Done.Refused("ngay", Reason.of("assessments.tell.future", today()));
        }
        Instant approved = store.approvedAt(viewer.tenantId(), about, Objects.requireNonNull(about.standing()));
        LocalDate first = LocalDate.ofInstant(approved, clock.getZone());
        if (on.isBefore(first)) {
            return new Done.Refused("ngay", Reason.of("assessments.tell.early", first));
        }
        return new Done.Now(tell(viewer, about, way, on, words) ? 1 : 0);
    }

    /** The result's row is held until the transaction ends. */
    private About held(Viewer viewer, Period period, UUID formId) {
        UUID tenant = viewer.tenantId();
        store.lock(tenant, period, formId);
        About about = store.about(tenant, period, formId).orElseThrow(() -> new NotFound("result"));
        boolean concerned = about.personId().equals(viewer.personId())
                || decides(viewer, about)
                || access.covers(viewer, Permission.READ_ASSESSMENTS, about.unitId());
        if (!concerned) {
            throw new NotFound("result");
        }
        return about;
    }

    private boolean tell(Viewer viewer, About about, Way way, LocalDate on, String note) {
        int version = Objects.requireNonNull(about.standing());
        if (!store.tell(viewer, about, version, way, on, note, now())) {
            return false;
        }
        var facts = facts(about, version);
        facts.put("way", way.code());
        facts.put("on", on.toString());
        ledger.append(new Act(viewer.tenantId(), "assessments.result-told", about.formId(), viewer.accountId(), facts)
                .with(Piece.of(
                        ResultEvidence.TELLING, about.period().code(), about.formId(), (short) version, way.code())));
        notifications.tellPeople(
                new Notice(
                        viewer.tenantId(),
                        Kind.RESULT_TOLD,
                        viewer.accountId(),
                        about.formId(),
                        String.valueOf(version),
                        List.of(about.cycleTitle()),
                        "/danh-gia/ket-qua/" + about.period().code() + "/" + about.formId(),
                        null),
                List.of(about.personId()));
        return true;
    }

    private static LinkedHashMap<String, Object> facts(About about, int version) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("cycle", about.cycleId().toString());
        facts.put("period", about.period().code());
        facts.put("person", about.personId().toString());
        facts.put("version", version);
        return facts;
    }

    /** The person says they have seen the result; it is no agreement. */
    @Transactional
    public Done confirmSeen(Viewer viewer, Period period, UUID formId) {
        About about = held(viewer, period, formId);
        if (!about.personId().equals(viewer.personId())) {
            throw new Forbidden(Permission.RATE_SELF);
        }
        Integer told = about.told();
        if (told == null) {
            throw new NotFound("result");
        }
        if (!store.saw(viewer, about, told, now())) {
            return new Done.Now(0);
        }
        ledger.append(
                new Act(viewer.tenantId(), "assessments.result-seen", formId, viewer.accountId(), facts(about, told))
                        .with(Piece.of(ResultEvidence.SIGHTING, period.code(), formId, (short) (int) told)));
        return new Done.Now(1);
    }

    /**
     * Writes the notes and the plan of the viewer's side: the person's own, or the head's.
     *
     * @param version as it was read; of two who write at once the second is told
     */
    @Transactional
    public Done write(Viewer viewer, Period period, UUID formId, int version, String notes, String plan) {
        About about = held(viewer, period, formId);
        boolean own = about.personId().equals(viewer.personId());
        if (!own && !decides(viewer, about)) {
            throw new Forbidden(Permission.RATE_AS_HEAD);
        }
        if (about.told() == null) {
            return own ? notFound() : new Done.Refused("", Reason.of("assessments.growth.not-told"));
        }
        Side side = own ? Side.PERSON : Side.HEAD;
        String cleanNotes = Texts.nfc(notes).strip();
        String cleanPlan = Texts.nfc(plan).strip();
        if (cleanNotes.length() > LONGEST_TEXT) {
            return new Done.Refused("ghi-chu", Reason.of("assessments.growth.long", LONGEST_TEXT, cleanNotes.length()));
        }
        if (cleanPlan.length() > LONGEST_TEXT) {
            return new Done.Refused("ke-hoach", Reason.of("assessments.growth.long", LONGEST_TEXT, cleanPlan.length()));
        }
        Growth before = store.growth(viewer.tenantId(), about).stream()
                .filter(one -> one.side() == side)
                .findFirst()
                .orElse(Growth.none(side));
        if (before.notes().equals(cleanNotes) && before.plan().equals(cleanPlan)) {
            return new Done.Now(0);
        }
        if (before.version() != version) {
            return new Done.Refused("", Reason.of("assessments.growth.behind"));
        }
        int next = version + 1;
        Check.that(
                store.write(viewer, about, side, next, cleanNotes, cleanPlan, now()), "the row of the result is held");
        var facts = facts(about, next);
        facts.put("side", side.code());
        ledger.append(new Act(viewer.tenantId(), "assessments.growth-written", formId, viewer.accountId(), facts)
                .with(Piece.of(ResultEvidence.GROWTH, period.code(), formId, side.code(), (short) next)));
        return new Done.Now(1);
    }

    private static Done notFound() {
        throw new NotFound("result");
    }

    /** What somebody had to do with a result. */
    public enum Deed {
        /** Handed in a stage about somebody else: what the decision was suggested from. */
        RATED,
        DECIDED,
        APPROVED
    }

    /** Whoever had a hand in a result. @param person the official behind the account */
    public record Hand(UUID account, @Nullable UUID person, String name, Deed deed) {}

    /** What a stage said of every item. @param levels ordinals of the book's scale; null: not assessed */
    public record StageLevels(String name, List<@Nullable Integer> levels) {}

    /** What a petition is about. @param hands everybody who rated, decided or approved: none of them handles it */
    public record Contestable(About about, Decided told, LocalDate toldOn, List<Hand> hands) {
        public boolean had(UUID account, @Nullable UUID person, Deed... deeds) {
            return hands.stream()
                    .filter(hand -> List.of(deeds).contains(hand.deed()))
                    .anyMatch(
                            hand -> hand.account().equals(account) || (person != null && person.equals(hand.person())));
        }
    }

    /** For the module of petitions: what the person was told, and when; empty until then. Whose it is, the caller asks. */
    public Optional<Contestable> contestable(UUID tenantId, Period period, UUID formId) {
        return store.about(tenantId, period, formId)
                .filter(about -> about.told() != null)
                .map(about -> contestable(tenantId, about, Objects.requireNonNull(about.told())));
    }

    /** The same of a version the person was told of earlier. */
    public Optional<Contestable> contested(UUID tenantId, Period period, UUID formId, int version) {
        return store.about(tenantId, period, formId)
                .filter(about -> about.told() != null && about.told() >= version)
                .map(about -> contestable(tenantId, about, version));
    }

    private Contestable contestable(UUID tenantId, About about, int version) {
        Decided told = store.versions(tenantId, about).stream()
                .filter(one -> one.version() == version)
                .findFirst()
                .orElseThrow();
        LocalDate on = store.tellings(tenantId, about).stream()
                .filter(telling -> telling.version() == version)
                .map(Telling::on)
                .min(LocalDate::compareTo)
                .orElseThrow();
        return new Contestable(about, told, on, store.hands(tenantId, about, version));
    }

    /** For the module of petitions: what each stage said, as the person sees it who was told. */
    public List<StageLevels> levels(UUID tenantId, Period period, UUID formId) {
        return store.levels(tenantId, period, formId);
    }

    /**
     * For the module of petitions, with its answer: the person is told in the product of the version that came of the petition.
     *
     * @return whether they were told now; false when there is nothing approved to tell of
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean tellOnPetition(Viewer viewer, Period period, UUID formId, UUID petitionId) {
        store.lock(viewer.tenantId(), period, formId);
        About about = store.about(viewer.tenantId(), period, formId).orElseThrow(() -> new NotFound("result"));
        return about.state() == LevelDecisions.State.APPROVED
                && store.comesOf(viewer.tenantId(), about, petitionId)
                && tell(viewer, about, Way.IN_APP, today(), "");
    }

    /** For the module of petitions: “đang có kiến nghị” stands beside the result until it is closed. @return whether it is new */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean markContested(Viewer viewer, Period period, UUID formId, UUID petitionId) {
        About about = store.about(viewer.tenantId(), period, formId).orElseThrow(() -> new NotFound("result"));
        Check.that(about.told() != null, "what nobody was told of is not contested");
        return mark(viewer, about, petitionId, "pending");
    }

    /** For the module of petitions: takes the mark away, whatever the outcome. @return whether it stood */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean closeContest(Viewer viewer, Period period, UUID formId, UUID petitionId) {
        About about = store.about(viewer.tenantId(), period, formId).orElseThrow(() -> new NotFound("result"));
        return mark(viewer, about, petitionId, "closed");
    }

    private boolean mark(Viewer viewer, About about, UUID petitionId, String kind) {
        if (!store.mark(viewer, about, petitionId, kind, now())) {
            return false;
        }
        var facts = facts(about, Objects.requireNonNullElse(about.told(), 0));
        facts.put("petition", petitionId.toString());
        ledger.append((kind.equals("pending")
                        ? new Act(
                                viewer.tenantId(),
                                "assessments.result-contested",
                                about.formId(),
                                viewer.accountId(),
                                facts)
                        : new Act(
                                viewer.tenantId(),
                                "assessments.contest-closed",
                                about.formId(),
                                viewer.accountId(),
                                facts))
                .with(Piece.of(ResultEvidence.PETITION_MARK, about.period().code(), about.formId(), petitionId, kind)));
        return true;
    }

    /** What waits: own results not seen yet, and how many approved ones nobody was told of, by desk. */
    record Waiting(
            List<Line> unseen,
            long untold,
            @Nullable LocalDate tellBy,
            @Nullable UUID cycleId,
            @Nullable UUID unitId) {}

    Waiting waiting(Viewer viewer) {
        return store.waiting(
                viewer, own(viewer).stream().filter(line -> !line.seen()).toList());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    public LocalDate today() {
        return LocalDate.now(clock);
    }
}
