package vn.chuanmuc.assessments;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Cycles.Done;
import vn.chuanmuc.criteria.Criteria;
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.rules.RuleBook.Actor;
import vn.chuanmuc.rules.Rules;

/** Forms of assessment: read by whoever may, filled in by whose turn it is, handed in, and what is done about single ones. */
@Component
public class Forms {
    public static final int LONGEST_REMARK = 2_000;
    /** Files, links and figures of one stage of a form. */
    public static final int MOST_ATTACHMENTS = 60;

    private static final int LONGEST_TITLE = 300;
    private static final int LONGEST_ADDRESS = 1_000;
    private static final int MOST_LINES = 200;
    /** A page that was open longer was not read all the time: what it says of its opening is not believed. */
    private static final Duration LONGEST_OPEN = Duration.ofHours(12);

    private final FormStore store;
    private final CycleStore cycles;
    private final FormCreation creation;
    private final Exceptions exceptions;
    private final ApprovalSteps approvals;
    private final Rollups rollups;
    private final Criteria criteria;
    private final Rules rules;
    private final Contents contents;
    private final Access access;
    private final Ledger ledger;
    private final ObjectProvider<FigureSource> figures;
    private final Clock clock;

    Forms(
            FormStore store,
            CycleStore cycles,
            FormCreation creation,
            Exceptions exceptions,
            ApprovalSteps approvals,
            Rollups rollups,
            Criteria criteria,
            Rules rules,
            Contents contents,
            Access access,
            Ledger ledger,
            ObjectProvider<FigureSource> figures,
            Clock clock) {
        this.store = store;
        this.cycles = cycles;
        this.creation = creation;
        this.exceptions = exceptions;
        this.approvals = approvals;
        this.rollups = rollups;
        this.criteria = criteria;
        this.rules = rules;
        this.contents = contents;
        this.access = access;
        this.ledger = ledger;
        this.figures = figures;
        this.clock = clock;
    }

    public enum State {
        OPEN,
        NOT_ASSESSED,
        CANCELLED,
        DECIDED,
        APPROVED,
        TOLD;

        public String code() {
            return FormStore.code(this);
        }
    }

    /** Where a stage stands: before its turn, in it, or done. */
    public enum Turn {
        WAITING,
        OPEN,
        HANDED_IN;

        public String code() {
            return FormStore.code(this);
        }
    }

    /**
     * A person in a cycle, in one unit; names as they were at the opening.
     *
     * @param cycleUnit whose board runs the cycle
     * @param segment of {@code segments}: each unit of somebody who moved rates its own days
     * @param documentHash of the commitment whose words are assessed; null when not assessed
     * @param leads rated by the direct superior
     * @param step the order of stages whose turn it is; 0 when all that comes before the decision is in
     * @param reason why not assessed, as a code
     * @param read whether the viewer may read in the unit
     */
    public record Form(
            UUID id,
            Period period,
            UUID cycleId,
            String cycleTitle,
            Cycle.State cycleState,
            UUID cycleUnit,
            LocalDate opensOn,
            UUID ruleVersion,
            UUID personId,
            String fullName,
            String positionName,
            UUID unitId,
            String unitName,
            int segment,
            int segments,
            LocalDate dayFrom,
            LocalDate dayTo,
            UUID setId,
            int items,
            @Nullable UUID commitmentId,
            byte @Nullable [] documentHash,
            boolean leads,
            boolean sample,
            List<String> route,
            int step,
            State state,
            @Nullable String reason,
            int version,
            boolean read) {}

    /**
     * What one stage says of a form, as far as the viewer may see it.
     *
     * @param unitId the unit whose head acts; null for the person themself, or when nobody is known
     * @param accountId who acts in place of that head
     * @param acting whether it is the viewer's stage
     * @param visible whether the viewer sees what it says; otherwise version 0 and no levels
     * @param levels ordinals of the scale from 1, item by item; null: not assessed
     */
    public record Said(
            String stage,
            int order,
            Actor actor,
            boolean blind,
            @Nullable UUID unitId,
            @Nullable UUID accountId,
            LocalDate due,
            Turn turn,
            int handing,
            @Nullable Instant handedAt,
            boolean acting,
            boolean visible,
            int version,
            @Nullable Instant savedAt,
            @Nullable UUID savedBy,
            List<@Nullable Integer> levels) {
        public long assessed() {
            return levels.stream().filter(level -> level != null).count();
        }
    }

    public enum AttachmentKind {
        FILE,
        LINK,
        FIGURE
    }

    /** A file, a link or a figure that was brought in, beside an item; position 0: beside the whole. */
    public record Attachment(
            UUID id,
            String stage,
            int position,
            AttachmentKind kind,
            String title,
            @Nullable String address,
            byte @Nullable [] hash,
            @Nullable String mediaType,
            @Nullable Long size,
            @Nullable String indexCode,
            @Nullable String figure,
            @Nullable LocalDate figureOn) {}

    /**
     * A form with what the viewer may see of it.
     *
     * @param remarks by stage and item, of visible stages only; 0 is about the whole
     */
    public record Sheet(
            Form form, List<Said> stages, Map<String, Map<Integer, String>> remarks, List<Attachment> attachments) {
        public Optional<Said> stage(String code) {
            return stages.stream().filter(said -> said.stage().equals(code)).findFirst();
        }

        public Map<Integer, String> remarks(String stage) {
            return remarks.getOrDefault(stage, Map.of());
        }

        public List<Attachment> attachments(String stage, int position) {
            return attachments.stream()
                    .filter(one -> one.stage().equals(stage) && one.position() == position)
                    .toList();
        }
    }

    /** What the same stage said a quarter before. @param sameWords whether it was of the same set */
    public record Earlier(Period period, boolean sameWords, List<@Nullable Integer> levels) {}

    /** What somebody has on the screen: a level or none for each item, and words beside some. */
    public record Draft(List<@Nullable Integer> levels, Map<Integer, String> remarks) {}

    /** What came of saving a draft. */
    public sealed interface Saving {
        /** It is this version now. */
        record Saved(int version, Instant at) implements Saving {}

        /** Somebody saved since the version that was read: nothing was written; this is what stands there. */
        record Behind(Sheet now, Said theirs) implements Saving {}

        /** @param field {@code muc-3}, {@code nx-3}, or empty for the whole */
        record Refused(String field, Reason why) implements Saving {}
    }

    /** What came of handing in. */
    public sealed interface HandingIn {
        record Done(int handing) implements HandingIn {}

        /** Nothing was handed in: these items have no level, and that was not said to be meant. What was filled in is saved. */
        record Missing(int version, List<Integer> positions) implements HandingIn {}

        /** Why the draft could not be saved before. */
        record NotSaved(Saving why) implements HandingIn {}

        record Already() implements HandingIn {}
    }

    /** A form in a list. @param stage the viewer's, with where it stands and how many items have a level; null where none is asked */
    public record Line(
            UUID id,
            Period period,
            UUID cycleId,
            String cycleTitle,
            Cycle.State cycleState,
            UUID personId,
            String fullName,
            String positionName,
            UUID unitId,
            String unitName,
            int segment,
            int segments,
            LocalDate dayFrom,
            LocalDate dayTo,
            int items,
            State state,
            @Nullable String reason,
            int step,
            @Nullable String stage,
            @Nullable Turn turn,
            @Nullable LocalDate due,
            int filled) {}

    /** @param turn null for all; {@code words} without marks, of the name */
    public record ActingQuery(
            @Nullable UUID cycleId, @Nullable Turn turn, String words) {}

    /** @param due the first day by which one of the open ones must be in */
    public record ActingCounts(
            long all, long open, long handed, @Nullable LocalDate due) {}

    /** @param place of {@code all}, from 1; 0 when the form is not among them */
    public record Neighbours(
            @Nullable UUID before, @Nullable UUID behind, int place, int all) {}

    /** @param state empty, a form's state, or {@code running}, {@code complete}, {@code late}, {@code nobody} */
    public record CycleQuery(@Nullable UUID unitId, String words, String state) {
        public static final List<String> STATES =
                List.of("running", "complete", "late", "nobody", "not-assessed", "cancelled");
    }

    /**
     * Something that was handed in, with its evidence.
     *
     * @param accountId who handed it in; of a paper, who entered it
     * @param scanHash of the scan it was read from; null when it was filled in here
     */
    public record Handed(
            String stage,
            int handing,
            List<@Nullable Integer> levels,
            int assessed,
            byte[] hash,
            int seconds,
            boolean late,
            UUID accountId,
            Instant at,
            byte @Nullable [] scanHash) {}

    /** Somebody who may act in another's place. */
    public record Stand(UUID accountId, UUID personId, String name) {}

    /**
     * The form as the viewer may see it: the person, whoever acts in one of its stages, and who may read in its unit.
     *
     * @throws NotFound for everybody else
     */
    public Sheet sheet(Viewer viewer, Period period, UUID formId) {
        Sheet sheet = store.sheet(viewer, period, formId).orElseThrow(() -> new NotFound("form"));
        boolean concerned = sheet.form().read()
                || sheet.form().personId().equals(viewer.personId())
                || sheet.stages().stream().anyMatch(Said::acting)
                || approvals.concerned(viewer, sheet.form());
        if (!concerned) {
            throw new NotFound("form");
        }
        return sheet;
    }

    /**
     * What was handed in of a form, as far as the viewer may see it now: for panels, decisions and petitions. A stage that is
     * open again is not among it.
     */
    public List<Said> handedIn(Viewer viewer, Period period, UUID formId) {
        return sheet(viewer, period, formId).stages().stream()
                .filter(said -> said.visible() && said.turn() == Turn.HANDED_IN)
                .toList();
    }

    /** Every version that was handed in of the stages the viewer sees, the newest first. */
    public List<Handed> handings(Viewer viewer, Sheet sheet) {
        return store.handings(
                viewer.tenantId(),
                sheet.form(),
                sheet.stages().stream()
                        .filter(said -> said.visible() && (said.turn() == Turn.HANDED_IN || said.acting()))
                        .map(Said::stage)
                        .toList());
    }

    public RuleBook book(UUID tenantId, Form form) {
        return rules.book(tenantId, form.ruleVersion());
    }

    /** The exact words that were signed. */
    public Criteria.SetText words(UUID tenantId, Form form) {
        return criteria.text(tenantId, form.setId());
    }

    public Optional<Earlier> earlier(UUID tenantId, Form form, String stage) {
        return store.earlier(tenantId, form, stage);
    }

    public List<Exceptions.Made> exceptions(UUID tenantId, Form form) {
        return exceptions.ofForm(tenantId, form.id());
    }

    /** One's own forms, the newest quarter first. */
    public List<Line> own(Viewer viewer) {
        UUID person = viewer.personId();
        return person == null ? List.of() : store.own(viewer.tenantId(), person, false);
    }

    /** Those of cycles that are open. */
    List<Line> ownOpen(Viewer viewer) {
        UUID person = viewer.personId();
        return person == null ? List.of() : store.own(viewer.tenantId(), person, true);
    }

    /** Forms in which the viewer acts for others, by quarter, unit and name; at most 200. */
    public List<Line> acting(Viewer viewer, ActingQuery query, int offset, int limit) {
        return store.acting(viewer, query, today(), offset, Math.min(limit, MOST_LINES));
    }

    public ActingCounts actingCounts(Viewer viewer, ActingQuery query) {
        return store.actingCounts(viewer, query, today());
    }

    public Neighbours neighbours(Viewer viewer, Form form, String stage) {
        return store.neighbours(viewer, form, stage, today());
    }

    /** The forms of a cycle in the viewer's units, by name; at most 200. */
    public List<Line> ofCycle(Viewer viewer, Cycle cycle, CycleQuery query, int offset, int limit) {
        return store.ofCycle(viewer, cycle, query, today(), offset, Math.min(limit, MOST_LINES));
    }

    public long countOfCycle(Viewer viewer, Cycle cycle, CycleQuery query) {
        return store.countOfCycle(viewer, cycle, query, today());
    }

    /** Why the stage cannot be filled in now by whoever acts in it; empty when it can. */
    public Optional<Reason> locked(Form form, Said said) {
        if (form.cycleState() != Cycle.State.OPEN) {
            return Optional.of(
                    Reason.of("assessments.locked.cycle." + form.cycleState().code()));
        }
        if (form.opensOn().isAfter(today())) {
            return Optional.of(Reason.of("assessments.locked.early", form.opensOn()));
        }
        if (form.state() != State.OPEN) {
            return Optional.of(
                    Reason.of("assessments.locked.form." + form.state().code()));
        }
        return switch (said.turn()) {
            case OPEN -> Optional.empty();
            case WAITING -> Optional.of(Reason.of("assessments.locked.waiting"));
            case HANDED_IN ->
                Optional.of(Reason.of(
                        "assessments.locked.handed-in", said.handedAt() == null ? Instant.EPOCH : said.handedAt()));
        };
    }

    /**
     * Saves what is on the screen as the next version of the draft: one statement that writes only when it is the viewer's turn
     * and nobody saved since {@code version}. Not evidence, so no act.
     */
    public Saving save(Viewer viewer, Period period, UUID formId, String stage, int version, Draft draft) {
        TreeMap<Integer, String> remarks = new TreeMap<>();
        for (Map.Entry<Integer, String> remark : draft.remarks().entrySet()) {
            String words = Texts.nfc(remark.getValue()).strip();
            if (words.length() > LONGEST_REMARK) {
                return new Saving.Refused(
                        "nx-" + remark.getKey(), Reason.of("assessments.remark.long", LONGEST_REMARK));
            }
            if (!words.isEmpty()) {
                remarks.put(remark.getKey(), words);
            }
        }
        Instant now = now();
        OptionalInt saved = draft.levels().isEmpty()
                ? OptionalInt.empty()
                : store.save(viewer, period, formId, stage, version, draft.levels(), remarks, now, today());
        return saved.isPresent()
                ? new Saving.Saved(saved.getAsInt(), now)
                : notSaved(viewer, period, formId, stage, version, draft);
    }

    private Saving notSaved(Viewer viewer, Period period, UUID formId, String stage, int version, Draft draft) {
        Sheet sheet = sheet(viewer, period, formId);
        Said said = acting(viewer, sheet, stage);
        Optional<Reason> locked = locked(sheet.form(), said);
        if (locked.isPresent()) {
            return new Saving.Refused("", locked.get());
        }
        if (said.version() != version) {
            return new Saving.Behind(sheet, said);
        }
        int levels = book(viewer.tenantId(), sheet.form()).scale().size();
        for (int i = 0; i < draft.levels().size(); i++) {
            Integer level = draft.levels().get(i);
            if (level != null && (level < 1 || level > levels)) {
                return new Saving.Refused("muc-" + (i + 1), Reason.of("assessments.level.unknown", i + 1));
            }
        }
        return new Saving.Refused(
                "",
                draft.levels().size() == sheet.form().items()
                        ? Reason.of("assessments.busy")
                        : Reason.of("assessments.level.count", sheet.form().items()));
    }

    /** The stage, when the viewer acts in it. */
    private static Said acting(Viewer viewer, Sheet sheet, String stage) {
        Said said = sheet.stage(stage).orElseThrow(() -> new NotFound("stage"));
        if (!said.acting()) {
            throw new Forbidden(
                    said.actor() == Actor.SELF || viewer.may(Permission.RATE_AS_HEAD)
                            ? Permission.RATE_SELF
                            : Permission.RATE_AS_HEAD);
        }
        return said;
    }

    /**
     * Hands a stage in: saves what is on the screen, keeps it as evidence with its act, and gives the turn on.
     *
     * @param draft null: what was saved last
     * @param knowing it was said that items without a level stay without one
     * @param opened when the page says it was opened; null when it does not
     */
    @Transactional
    public HandingIn handIn(
            Viewer viewer,
            Period period,
            UUID formId,
            String stage,
            int version,
            @Nullable Draft draft,
            boolean knowing,
            @Nullable Instant opened) {
        UUID tenant = viewer.tenantId();
        Sheet before = sheet(viewer, period, formId);
        Form form = before.form();
        Said said = acting(viewer, before, stage);
        if (said.turn() == Turn.HANDED_IN) {
            return new HandingIn.Already();
        }
        cycles.lockCycle(form.cycleId(), false);
        Check.that(store.lock(tenant, period, formId), "a form that was read is there");
        Instant begun = store.begun(tenant, form, stage);
        int current = version;
        if (draft != null) {
            Saving saving = save(viewer, period, formId, stage, version, draft);
            if (!(saving instanceof Saving.Saved saved)) {
                return new HandingIn.NotSaved(saving);
            }
            current = saved.version();
        }
        Sheet sheet = sheet(viewer, period, formId);
        Said now = acting(viewer, sheet, stage);
        Optional<Reason> locked = locked(sheet.form(), now);
        if (now.turn() == Turn.HANDED_IN) {
            return new HandingIn.Already();
        }
        if (locked.isPresent()) {
            return new HandingIn.NotSaved(new Saving.Refused("", locked.get()));
        }
        if (now.version() != current) {
            return new HandingIn.NotSaved(new Saving.Behind(sheet, now));
        }
        List<Integer> missing = missing(now.levels());
        if (!missing.isEmpty() && !knowing) {
            return new HandingIn.Missing(current, missing);
        }
        Instant at = now();
        OptionalInt handing = store.handIn(tenant, form, stage, current, at);
        if (handing.isEmpty()) {
            return new HandingIn.NotSaved(new Saving.Refused("", Reason.of("assessments.busy")));
        }
        keep(viewer, sheet, now, handing.getAsInt(), seconds(begun, opened, at), at, null);
        store.advance(tenant, form);
        rollups.changed(tenant, form.cycleId(), form.unitId());
        return new HandingIn.Done(handing.getAsInt());
    }

    static List<Integer> missing(List<@Nullable Integer> levels) {
        var missing = new ArrayList<Integer>();
        for (int i = 0; i < levels.size(); i++) {
            if (levels.get(i) == null) {
                missing.add(i + 1);
            }
        }
        return missing;
    }

    /** From the opening of the page or the first save, whichever was earlier. */
    private static int seconds(@Nullable Instant begun, @Nullable Instant opened, Instant at) {
        Instant from = begun == null ? at : begun;
        if (opened != null && opened.isBefore(from) && opened.isAfter(at.minus(LONGEST_OPEN))) {
            from = opened;
        }
        return (int) Math.clamp(Duration.between(from, at).toSeconds(), 0, Integer.MAX_VALUE);
    }

    /** Keeps what was handed in as evidence, with its act. @param scan what it was read from; null when it was filled in here */
    void keep(
            Viewer viewer,
            Sheet sheet,
            Said said,
            int handing,
            int seconds,
            Instant at,
            PaperForms.@Nullable Scan scan) {
        UUID tenant = viewer.tenantId();
        Form form = sheet.form();
        var content = new LinkedHashMap<String, @Nullable Object>();
        content.put("form", form.id().toString());
        content.put("period", form.period().code());
        content.put("stage", said.stage());
        content.put("handing", handing);
        content.put("person", form.personId().toString());
        content.put("rule", form.ruleVersion().toString());
        content.put("set", form.setId().toString());
        content.put("commitment", String.valueOf(form.commitmentId()));
        content.put("document", hex(form.documentHash()));
        content.put("levels", said.levels());
        var remarks = new TreeMap<String, String>();
        sheet.remarks(said.stage()).forEach((position, words) -> remarks.put(String.valueOf(position), words));
        content.put("remarks", remarks);
        content.put(
                "evidence",
                sheet.attachments().stream()
                        .filter(one -> one.stage().equals(said.stage()))
                        .map(Forms::canonical)
                        .toList());
        if (scan != null) {
            content.put("paper", scan.canonical());
        }
        String json = Exceptions.CANONICAL.writeValueAsString(content);
        byte[] hash = Sha256.of(json);
        boolean late = LocalDate.ofInstant(at, clock.getZone()).isAfter(said.due());
        store.insertHanding(
                tenant,
                form,
                said.stage(),
                handing,
                said.levels(),
                json,
                hash,
                seconds,
                late,
                viewer.accountId(),
                at,
                scan);
        var facts = facts(form, said.stage());
        facts.put("handing", handing);
        facts.put("assessed", said.assessed());
        facts.put("late", late);
        var pieces = new ArrayList<Piece>();
        pieces.add(
                Piece.of(AssessmentEvidence.HANDING, form.period().code(), form.id(), said.stage(), (short) handing));
        if (scan != null) {
            facts.put("paper", scan.paperId().toString());
            facts.put("scan", hex(scan.hash()));
            pieces.add(Piece.of(AssessmentEvidence.CONTENT, scan.hash()));
        }
        ledger.append(
                new Act(tenant, "assessments.handed-in", form.id(), viewer.accountId(), facts, hash).with(pieces));
    }

    private static Map<String, @Nullable Object> canonical(Attachment one) {
        var said = new TreeMap<String, @Nullable Object>();
        said.put("position", one.position());
        said.put("kind", FormStore.code(one.kind()));
        said.put("title", one.title());
        if (one.hash() != null) {
            said.put("file", hex(one.hash()));
        }
        if (one.address() != null) {
            said.put("address", one.address());
        }
        if (one.figure() != null) {
            said.put("index", one.indexCode());
            said.put("figure", one.figure());
            said.put("on", String.valueOf(one.figureOn()));
        }
        return said;
    }

    private static String hex(byte @Nullable [] hash) {
        return hash == null ? "" : HexFormat.of().formatHex(hash);
    }

    private static LinkedHashMap<String, Object> facts(Form form, @Nullable String stage) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("cycle", form.cycleId().toString());
        facts.put("period", form.period().code());
        facts.put("person", form.personId().toString());
        facts.put("unit", form.unitId().toString());
        facts.put("segment", form.segment());
        if (stage != null) {
            facts.put("stage", stage);
        }
        return facts;
    }

    /** What came of attaching something. */
    public sealed interface Attached {
        record Done(UUID id) implements Attached {}

        record Refused(String field, Reason why) implements Attached {}
    }

    /** Attaches a file to an item; position 0: to the whole. */
    @Transactional
    public Attached attachFile(
            Viewer viewer, Period period, UUID formId, String stage, int position, String title, byte[] bytes) {
        String mediaType;
        switch (AttachedFiles.look(bytes)) {
            case AttachedFiles.Looked.Refused(var why) -> {
                return new Attached.Refused("tep", why);
            }
            case AttachedFiles.Looked.Good(var type) -> mediaType = type;
        }
        return attach(viewer, period, formId, stage, position, title, "tep", id -> {
            byte[] hash = contents.store(viewer.tenantId(), mediaType, bytes);
            return new Attachment(
                    id,
                    stage,
                    position,
                    AttachmentKind.FILE,
                    Texts.oneLine(title),
                    null,
                    hash,
                    mediaType,
                    (long) bytes.length,
                    null,
                    null,
                    null);
        });
    }

    /** Attaches the address of a page. */
    @Transactional
    public Attached attachLink(
            Viewer viewer, Period period, UUID formId, String stage, int position, String title, String address) {
        String clean = address.strip();
        if (!isAddress(clean)) {
            return new Attached.Refused("dia-chi", Reason.of("assessments.link.address"));
        }
        return attach(
                viewer,
                period,
                formId,
                stage,
                position,
                title,
                "ten",
                id -> new Attachment(
                        id,
                        stage,
                        position,
                        AttachmentKind.LINK,
                        Texts.oneLine(title),
                        clean,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null));
    }

    static boolean isAddress(String address) {
        if (address.length() > LONGEST_ADDRESS || !address.matches("https?://[^\\s\"<>]+")) {
            return false;
        }
        try {
            return new URI(address).getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Figures that can be brought into a form: of the person and the form's own days. */
    public List<FigureSource.Figure> figures(UUID tenantId, Form form) {
        return figures.stream()
                .flatMap(source -> source.of(tenantId, form.personId(), form.dayFrom(), form.dayTo()).stream())
                .toList();
    }

    /** Brings a figure in as it stands at its source now. @param code of the index */
    @Transactional
    public Attached attachFigure(Viewer viewer, Period period, UUID formId, String stage, int position, String code) {
        Form form = sheet(viewer, period, formId).form();
        Optional<FigureSource.Figure> known = figures(viewer.tenantId(), form).stream()
                .filter(figure -> figure.code().equals(code))
                .findFirst();
        if (known.isEmpty()) {
            return new Attached.Refused("chi-so", Reason.of("assessments.figure.none"));
        }
        FigureSource.Figure figure = known.get();
        return attach(
                viewer,
                period,
                formId,
                stage,
                position,
                figure.title(),
                "chi-so",
                id -> new Attachment(
                        id,
                        stage,
                        position,
                        AttachmentKind.FIGURE,
                        Texts.oneLine(figure.title()),
                        null,
                        null,
                        null,
                        null,
                        figure.code(),
                        figure.value(),
                        figure.on()));
    }

    private interface Making {
        Attachment of(UUID id);
    }

    private Attached attach(
            Viewer viewer,
            Period period,
            UUID formId,
            String stage,
            int position,
            String title,
            String field,
            Making making) {
        Optional<Attached> refused = attachable(viewer, period, formId, stage, position);
        if (refused.isPresent()) {
            return refused.get();
        }
        String words = Texts.oneLine(title);
        if (words.isEmpty() || words.length() > LONGEST_TITLE) {
            return new Attached.Refused(
                    field.equals("tep") ? "ten-tep" : field, Reason.of("assessments.attachment.title", LONGEST_TITLE));
        }
        Sheet sheet = sheet(viewer, period, formId);
        long held = sheet.attachments().stream()
                .filter(one -> one.stage().equals(stage))
                .count();
        if (held >= MOST_ATTACHMENTS) {
            return new Attached.Refused("", Reason.of("assessments.attachment.many", MOST_ATTACHMENTS));
        }
        UUID id = Ids.next();
        store.insertAttachment(viewer.tenantId(), sheet.form(), making.of(id), viewer.accountId(), now());
        return new Attached.Done(id);
    }

    /** Takes an attachment away again, before the stage is handed in. What was handed in with it keeps it. */
    @Transactional
    public Attached detach(Viewer viewer, Period period, UUID formId, String stage, UUID attachment) {
        Optional<Attached> refused = attachable(viewer, period, formId, stage, 0);
        if (refused.isPresent()) {
            return refused.get();
        }
        Form form = sheet(viewer, period, formId).form();
        store.deleteAttachment(viewer.tenantId(), form, stage, attachment); // gone already is gone
        return new Attached.Done(attachment);
    }

    private Optional<Attached> attachable(Viewer viewer, Period period, UUID formId, String stage, int position) {
        Sheet sheet = sheet(viewer, period, formId);
        acting(viewer, sheet, stage);
        if (!store.lockStage(viewer.tenantId(), sheet.form(), stage)) {
            throw new NotFound("stage");
        }
        Sheet now = sheet(viewer, period, formId);
        Optional<Reason> locked = locked(now.form(), acting(viewer, now, stage));
        if (locked.isPresent()) {
            return Optional.of(new Attached.Refused("", locked.get()));
        }
        return position < 0 || position > now.form().items()
                ? Optional.of(new Attached.Refused(
                        "", Reason.of("assessments.level.count", now.form().items())))
                : Optional.empty();
    }

    /** The bytes of an attached file, for whoever sees the stage it stands in. */
    public Contents.Content file(Viewer viewer, Period period, UUID formId, UUID attachment) {
        Attachment held = sheet(viewer, period, formId).attachments().stream()
                .filter(one -> one.id().equals(attachment))
                .findFirst()
                .orElseThrow(() -> new NotFound("attachment"));
        byte[] hash = held.hash();
        if (hash == null) {
            throw new NotFound("file");
        }
        return contents.find(viewer.tenantId(), hash)
                .orElseThrow(() -> new IllegalStateException("an attached file is missing"));
    }

    /** Whether the viewer runs the form's cycle, and so may take steps out of the ordinary. */
    public boolean runs(Viewer viewer, Form form) {
        return access.covers(viewer, Permission.RUN_CYCLE, form.cycleUnit());
    }

    /** Whether the viewer may send the stage back: who runs the cycle, or who acts in a later stage whose turn it is. */
    public boolean maySendBack(Viewer viewer, Sheet sheet, Said said) {
        return said.turn() == Turn.HANDED_IN
                && said.handing() > 0
                && (runs(viewer, sheet.form())
                        || sheet.stages().stream()
                                .anyMatch(later ->
                                        later.acting() && later.order() > said.order() && later.turn() == Turn.OPEN));
    }

    /** Whether the viewer may say who acts instead of the head: the head themself, or who runs the cycle. */
    public boolean mayDelegate(Viewer viewer, Form form, Said said) {
        return (said.actor() == Actor.HEAD || said.actor() == Actor.SUPERIOR)
                && said.turn() != Turn.HANDED_IN
                && (runs(viewer, form) || heads(viewer, form, said));
    }

    private static boolean heads(Viewer viewer, Form form, Said said) {
        UUID unit = said.unitId();
        return unit != null
                && !form.personId().equals(viewer.personId())
                && List.of(viewer.unitsWith(Permission.RATE_AS_HEAD)).contains(unit);
    }

    /** Opens a stage again that was handed in: what was handed in stays on record, the next handing in is the next version. */
    @Transactional
    public Done sendBack(Viewer viewer, Period period, UUID formId, String stage, String reason, String basis) {
        Form form = form(viewer, period, formId);
        Optional<ApprovalWays.Standing> approval = approvals.standing(viewer.tenantId(), form, stage);
        if (approval.isPresent()) {
            return approvals.sendBack(viewer, form, approval.get(), reason, basis);
        }
        Sheet sheet = held(viewer, period, formId);
        Said said = sheet.stage(stage).orElseThrow(() -> new NotFound("stage"));
        if (!runs(viewer, sheet.form())
                && sheet.stages().stream().noneMatch(later -> later.acting() && later.order() > said.order())) {
            throw new Forbidden(Permission.RUN_CYCLE);
        }
        Optional<Done.Refused> refused = running(sheet.form()).or(() -> Exceptions.refused(reason, basis));
        if (refused.isPresent()) {
            return refused.get();
        }
        if (said.turn() != Turn.HANDED_IN) {
            return new Done.Already();
        }
        Optional<Said> later = sheet.stages().stream()
                .filter(other -> other.order() > said.order() && other.turn() == Turn.HANDED_IN)
                .findFirst();
        if (later.isPresent()) {
            return new Done.Refused(
                    "", Reason.of("assessments.send-back.later", name(viewer, sheet.form(), later.get())));
        }
        if (!maySendBack(viewer, sheet, said)) {
            throw new Forbidden(Permission.RUN_CYCLE);
        }
        Check.that(store.sendBack(viewer.tenantId(), sheet.form(), stage), "a stage of a locked form stands as read");
        store.advance(viewer.tenantId(), sheet.form());
        rollups.changed(viewer.tenantId(), sheet.form().cycleId(), sheet.form().unitId());
        var facts = facts(sheet.form(), stage);
        facts.put("handing", said.handing());
        UUID id = made(viewer, sheet.form(), stage, Exceptions.Kind.SEND_BACK, facts, reason, basis);
        ledger.append(new Act(viewer.tenantId(), "assessments.sent-back", formId, viewer.accountId(), facts)
                .with(Piece.of(AssessmentEvidence.EXCEPTION, id)));
        return new Done.Now(1);
    }

    private String name(Viewer viewer, Form form, Said said) {
        return book(viewer.tenantId(), form).stages().stream()
                .filter(stage -> stage.code().equals(said.stage()))
                .map(RuleBook.Stage::words)
                .findFirst()
                .orElse(said.stage());
    }

    /** Where the approval of a form stands, and what the viewer may do about it. */
    public record Approval(
            String stage,
            LocalDate due,
            Turn turn,
            @Nullable UUID unitId,
            @Nullable UUID accountId,
            boolean maySendBack,
            boolean mayDelegate) {}

    /** Empty when the form's route has no approval. */
    public Optional<Approval> approval(Viewer viewer, Form form) {
        return approvals
                .standing(viewer.tenantId(), form)
                .map(standing -> new Approval(
                        standing.stage(),
                        standing.due(),
                        ApprovalSteps.turn(standing),
                        standing.unitId(),
                        standing.accountId(),
                        ApprovalSteps.turn(standing) == Turn.OPEN
                                && (runs(viewer, form) || approvals.approves(viewer, form)),
                        approvals.mayDelegate(viewer, form, standing)));
    }

    private Form form(Viewer viewer, Period period, UUID formId) {
        return store.sheet(viewer, period, formId)
                .orElseThrow(() -> new NotFound("form"))
                .form();
    }

    /** Gives a stage to the head of another unit: where a post is vacant, or the head may not judge. */
    @Transactional
    public Done reroute(
            Viewer viewer,
            Period period,
            UUID formId,
            String stage,
            @Nullable UUID unitId,
            String reason,
            String basis) {
        Sheet sheet = run(viewer, period, formId);
        Optional<ApprovalWays.Standing> approval = approvals.standing(viewer.tenantId(), sheet.form(), stage);
        if (approval.isPresent()) {
            return approvals.reroute(viewer, sheet.form(), approval.get(), unitId, reason, basis);
        }
        Said said = stage(sheet, stage);
        Optional<Done.Refused> refused =
                notLed(said).or(() -> movable(sheet.form(), said)).or(() -> Exceptions.refused(reason, basis));
        if (refused.isPresent()) {
            return refused.get();
        }
        if (unitId == null
                || !access.covers(viewer, Permission.RUN_CYCLE, unitId)
                || !store.headed(viewer.tenantId(), unitId, sheet.form().personId(), today())) {
            return new Done.Refused("don-vi", Reason.of("assessments.reroute.unit"));
        }
        return moved(viewer, sheet, said, unitId, null, Exceptions.Kind.REROUTE, reason, basis);
    }

    /**
     * Lets an official act in place of the head, until it is taken back.
     *
     * @param username the sign-in name of who is to act
     */
    @Transactional
    public Done delegate(
            Viewer viewer, Period period, UUID formId, String stage, String username, String reason, String basis) {
        Sheet sheet = held(viewer, period, formId);
        Optional<Stand> stand =
                store.official(viewer.tenantId(), username.strip().toLowerCase(java.util.Locale.ROOT));
        Optional<ApprovalWays.Standing> approval = approvals.standing(viewer.tenantId(), sheet.form(), stage);
        if (approval.isPresent()) {
            return approvals.delegate(viewer, sheet.form(), approval.get(), stand, reason, basis);
        }
        Said said = stage(sheet, stage);
        authorised(viewer, sheet.form(), said);
        Optional<Done.Refused> refused =
                notLed(said).or(() -> movable(sheet.form(), said)).or(() -> Exceptions.refused(reason, basis));
        if (refused.isPresent()) {
            return refused.get();
        }
        if (stand.isEmpty()) {
            return new Done.Refused("tai-khoan", Reason.of("assessments.delegate.unknown"));
        }
        if (stand.get().personId().equals(sheet.form().personId())) {
            return new Done.Refused("tai-khoan", Reason.of("assessments.delegate.self"));
        }
        return moved(
                viewer, sheet, said, said.unitId(), stand.get().accountId(), Exceptions.Kind.DELEGATE, reason, basis);
    }

    /** The head acts themself again. What was drafted in their place stays in the form. */
    @Transactional
    public Done takeBack(Viewer viewer, Period period, UUID formId, String stage, String reason, String basis) {
        Sheet sheet = held(viewer, period, formId);
        Optional<ApprovalWays.Standing> approval = approvals.standing(viewer.tenantId(), sheet.form(), stage);
        if (approval.isPresent()) {
            return approvals.takeBack(viewer, sheet.form(), approval.get(), reason, basis);
        }
        Said said = stage(sheet, stage);
        authorised(viewer, sheet.form(), said);
        Optional<Done.Refused> refused =
                notLed(said).or(() -> movable(sheet.form(), said)).or(() -> Exceptions.refused(reason, basis));
        if (refused.isPresent()) {
            return refused.get();
        }
        return moved(viewer, sheet, said, said.unitId(), null, Exceptions.Kind.TAKE_BACK, reason, basis);
    }

    private void authorised(Viewer viewer, Form form, Said said) {
        if (!runs(viewer, form) && !heads(viewer, form, said)) {
            throw new Forbidden(Permission.RATE_AS_HEAD);
        }
    }

    private Done moved(
            Viewer viewer,
            Sheet sheet,
            Said said,
            @Nullable UUID unitId,
            @Nullable UUID accountId,
            Exceptions.Kind kind,
            String reason,
            String basis) {
        UUID tenant = viewer.tenantId();
        Form form = sheet.form();
        if (!store.route(tenant, form, said.stage(), unitId, accountId)) {
            return new Done.Already();
        }
        var facts = facts(form, said.stage());
        facts.put("fromUnit", String.valueOf(said.unitId()));
        facts.put("fromAccount", String.valueOf(said.accountId()));
        facts.put("toUnit", String.valueOf(unitId));
        facts.put("toAccount", String.valueOf(accountId));
        UUID id = made(viewer, form, said.stage(), kind, facts, reason, basis);
        Act act = switch (kind) {
            case REROUTE -> new Act(tenant, "assessments.stage-rerouted", form.id(), viewer.accountId(), facts);
            case DELEGATE -> new Act(tenant, "assessments.stage-delegated", form.id(), viewer.accountId(), facts);
            default -> new Act(tenant, "assessments.stage-taken-back", form.id(), viewer.accountId(), facts);
        };
        ledger.append(act.with(Piece.of(AssessmentEvidence.EXCEPTION, id)));
        return new Done.Now(1);
    }

    /** Gives one form more days for a stage. */
    @Transactional
    public Done extend(
            Viewer viewer, Period period, UUID formId, String stage, LocalDate due, String reason, String basis) {
        Sheet sheet = run(viewer, period, formId);
        Optional<ApprovalWays.Standing> approval = approvals.standing(viewer.tenantId(), sheet.form(), stage);
        if (approval.isPresent()) {
            return approvals.extend(viewer, sheet.form(), approval.get(), due, reason, basis);
        }
        Said said = stage(sheet, stage);
        Optional<Done.Refused> refused = movable(sheet.form(), said)
                .or(() -> due.isBefore(today())
                        ? Optional.of(new Done.Refused("ngay", Reason.of("assessments.extend.past", today())))
                        : Optional.empty())
                .or(() -> Exceptions.refused(reason, basis));
        if (refused.isPresent()) {
            return refused.get();
        }
        if (!store.extend(viewer.tenantId(), sheet.form(), stage, due)) {
            return said.due().equals(due)
                    ? new Done.Already()
                    : new Done.Refused("ngay", Reason.of("assessments.extend.earlier", said.due()));
        }
        var facts = facts(sheet.form(), stage);
        facts.put("from", said.due().toString());
        facts.put("to", due.toString());
        UUID id = made(viewer, sheet.form(), stage, Exceptions.Kind.EXTEND, facts, reason, basis);
        ledger.append(new Act(viewer.tenantId(), "assessments.stage-extended", formId, viewer.accountId(), facts)
                .with(Piece.of(AssessmentEvidence.EXCEPTION, id)));
        return new Done.Now(1);
    }

    /** Calls one form off; what was handed in stays on record. A decision that waits for approval goes back first, for the same reason. */
    @Transactional
    public Done cancel(Viewer viewer, Period period, UUID formId, String reason, String basis) {
        if (waits(viewer, form(viewer, period, formId))) {
            Form waiting = form(viewer, period, formId); // as it stands with its cycle held
            Optional<ApprovalWays.Standing> approval = approvals.standing(viewer.tenantId(), waiting);
            if (approval.isPresent()
                    && cycleOpen(waiting).isEmpty()
                    && approvals.sendBack(viewer, waiting, approval.get(), reason, basis)
                            instanceof Done.Refused refused) {
                return refused;
            }
        }
        Sheet sheet = run(viewer, period, formId);
        Form form = sheet.form();
        if (form.state() == State.CANCELLED) {
            return new Done.Already();
        }
        Optional<Done.Refused> refused = cycleOpen(form).or(() -> Exceptions.refused(reason, basis));
        if (refused.isPresent()) {
            return refused.get();
        }
        if (!store.cancel(viewer.tenantId(), form)) {
            return new Done.Refused("", Reason.of("assessments.cancel.decided"));
        }
        rollups.changed(viewer.tenantId(), form.cycleId(), form.unitId());
        var facts = facts(form, null);
        facts.put("from", form.state().code());
        UUID id = made(viewer, form, null, Exceptions.Kind.CANCEL, facts, reason, basis);
        ledger.append(new Act(viewer.tenantId(), "assessments.form-cancelled", formId, viewer.accountId(), facts)
                .with(Piece.of(AssessmentEvidence.EXCEPTION, id)));
        return new Done.Now(1);
    }

    /**
     * Assesses somebody after all: a form that was called off goes on where it stood; of somebody who was not assessed it begins,
     * once there is a signed commitment to assess against.
     */
    @Transactional
    public Done reopen(Viewer viewer, Period period, UUID formId, String reason, String basis) {
        Sheet sheet = run(viewer, period, formId);
        Form form = sheet.form();
        if (form.state() == State.OPEN) {
            return new Done.Already();
        }
        Optional<Done.Refused> refused = cycleOpen(form).or(() -> Exceptions.refused(reason, basis));
        if (refused.isPresent()) {
            return refused.get();
        }
        if (form.state() != State.CANCELLED && form.state() != State.NOT_ASSESSED) {
            return new Done.Refused("", Reason.of("assessments.cancel.decided"));
        }
        Cycle cycle = cycles.find(viewer.tenantId(), form.cycleId()).orElseThrow();
        var ground = new FormCreation.Ground(
                viewer.tenantId(),
                cycle.id(),
                cycle.period(),
                cycle.campaignId(),
                rules.book(viewer.tenantId(), cycle.ruleVersion()),
                today());
        if (!creation.revive(ground, form.id(), form.personId())) {
            return new Done.Refused("", Reason.of("assessments.reopen.unsigned", form.fullName()));
        }
        rollups.changed(viewer.tenantId(), form.cycleId(), form.unitId());
        var facts = facts(form, null);
        facts.put("from", form.state().code());
        facts.put("reason", String.valueOf(form.reason()));
        UUID id = made(viewer, form, null, Exceptions.Kind.REOPEN, facts, reason, basis);
        ledger.append(new Act(viewer.tenantId(), "assessments.form-reopened", formId, viewer.accountId(), facts)
                .with(Piece.of(AssessmentEvidence.EXCEPTION, id)));
        return new Done.Now(1);
    }

    /** Whether it waits for an approval; its cycle is then held until the transaction ends. */
    private boolean waits(Viewer viewer, Form form) {
        if (form.state() != State.DECIDED || !runs(viewer, form)) {
            return false;
        }
        cycles.lockCycle(form.cycleId(), false);
        return true;
    }

    /** The form, held until the transaction ends, as it stands then. */
    private Sheet held(Viewer viewer, Period period, UUID formId) {
        Form form = store.sheet(viewer, period, formId)
                .orElseThrow(() -> new NotFound("form"))
                .form();
        cycles.lockCycle(form.cycleId(), false);
        Check.that(store.lock(viewer.tenantId(), period, formId), "a form that was read is there");
        Sheet sheet = store.sheet(viewer, period, formId).orElseThrow();
        boolean concerned = runs(viewer, sheet.form())
                || sheet.form().read()
                || sheet.form().personId().equals(viewer.personId())
                || sheet.stages().stream().anyMatch(said -> said.acting() || heads(viewer, sheet.form(), said))
                || approvals.concerned(viewer, sheet.form());
        if (!concerned) {
            throw new NotFound("form");
        }
        return sheet;
    }

    private Sheet run(Viewer viewer, Period period, UUID formId) {
        Sheet sheet = held(viewer, period, formId);
        access.require(viewer, Permission.RUN_CYCLE, sheet.form().cycleUnit());
        return sheet;
    }

    private static Said stage(Sheet sheet, String stage) {
        return sheet.stage(stage).orElseThrow(() -> new NotFound("stage"));
    }

    /** Only a head's stage can be somebody else's: nobody rates themself through another, and a meeting seats its own people. */
    private static Optional<Done.Refused> notLed(Said said) {
        return switch (said.actor()) {
            case HEAD, SUPERIOR, APPROVAL -> Optional.empty();
            case SELF -> Optional.of(new Done.Refused("", Reason.of("assessments.step.own")));
            case COLLEAGUES, PANEL -> Optional.of(new Done.Refused("", Reason.of("assessments.step.meeting")));
        };
    }

    private Optional<Done.Refused> movable(Form form, Said said) {
        return running(form)
                .or(() -> said.turn() == Turn.HANDED_IN
                        ? Optional.of(new Done.Refused("", Reason.of("assessments.step.handed-in")))
                        : Optional.empty());
    }

    private static Optional<Done.Refused> running(Form form) {
        return cycleOpen(form)
                .or(() -> form.state() == State.OPEN
                        ? Optional.empty()
                        : Optional.of(new Done.Refused(
                                "",
                                Reason.of("assessments.locked.form."
                                        + form.state().code()))));
    }

    private static Optional<Done.Refused> cycleOpen(Form form) {
        return form.cycleState() == Cycle.State.OPEN
                ? Optional.empty()
                : Optional.of(new Done.Refused(
                        "",
                        Reason.of(
                                "assessments.locked.cycle." + form.cycleState().code())));
    }

    private UUID made(
            Viewer viewer,
            Form form,
            @Nullable String stage,
            Exceptions.Kind kind,
            Map<String, ?> said,
            String reason,
            String basis) {
        return exceptions.record(
                viewer,
                new Exceptions.Entry(form.cycleId(), form.id(), form.unitId(), stage, kind, said, 1, reason, basis));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }
}
