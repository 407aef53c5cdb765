package vn.chuanmuc.assessments;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Cycles.Done;
import vn.chuanmuc.criteria.Criteria;
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.rules.RuleBook.Actor;

/** Forms of assessment: read by whoever may, filled in by whose turn it is, handed in, and what is done about single ones. */
@Component
public class Forms {
    public static final int LONGEST_REMARK = 2_000;
    /** Files, links and figures of one stage of a form. */
    public static final int MOST_ATTACHMENTS = 60;

    private static final int MOST_LINES = 200;

    private final FormLines lines;
    private final FormReading reading;
    private final FormRating rating;
    private final FormAttachments attachments;
    private final FormSteps steps;
    private final FormDivision division;
    private final ApprovalSteps approvals;
    private final Exceptions exceptions;
    private final Clock clock;

    Forms(
            FormLines lines,
            FormReading reading,
            FormRating rating,
            FormAttachments attachments,
            FormSteps steps,
            FormDivision division,
            ApprovalSteps approvals,
            Exceptions exceptions,
            Clock clock) {
        this.lines = lines;
        this.reading = reading;
        this.rating = rating;
        this.attachments = attachments;
        this.steps = steps;
        this.division = division;
        this.approvals = approvals;
        this.exceptions = exceptions;
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
            return Columns.code(this);
        }
    }

    /** Where a stage stands: before its turn, in it, or done. */
    public enum Turn {
        WAITING,
        OPEN,
        HANDED_IN;

        public String code() {
            return Columns.code(this);
        }
    }

    /**
     * A person in a cycle, in one unit.
     *
     * @param cycleUnit whose board runs the cycle
     * @param documentHash of the commitment whose words are assessed; null when not assessed
     * @param leads rated by the direct superior
     * @param step the order of stages whose turn it is; 0 when all that comes before the decision is in
     * @param reason why not assessed, as a code
     * @param read whether the viewer may read in the unit
     */
    public record Form(
            FormHead head,
            Cycle.State cycleState,
            UUID cycleUnit,
            LocalDate opensOn,
            UUID ruleVersion,
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
            boolean read)
            implements FormHead.Bearer {
        public UUID id() {
            return head.formId();
        }

        /** What an act about the form says. @param stage null: about the whole */
        LinkedHashMap<String, Object> facts(@Nullable String stage) {
            var facts = new LinkedHashMap<String, Object>();
            facts.put("cycle", cycleId().toString());
            facts.put("period", period().code());
            facts.put("person", personId().toString());
            facts.put("unit", unitId().toString());
            facts.put("segment", segment());
            if (stage != null) {
                facts.put("stage", stage);
            }
            return facts;
        }
    }

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

    /**
     * A file, a link or a figure that was brought in, beside an item; position 0: beside the whole.
     *
     * @param figureId which figure of its source; null for other kinds
     * @param figureSource the document it was taken from, in words
     */
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
            @Nullable LocalDate figureOn,
            @Nullable UUID figureId,
            @Nullable String figureSource) {}

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

    /**
     * What whoever acts now said a quarter before, in the words of the rules of then.
     *
     * @param sameWords whether it was of the same set
     * @param levels item by item; null: not assessed
     */
    public record Earlier(Period period, boolean sameWords, List<@Nullable String> levels) {}

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
            FormHead head,
            Cycle.State cycleState,
            int items,
            State state,
            @Nullable String reason,
            int step,
            @Nullable String stage,
            @Nullable Turn turn,
            @Nullable LocalDate due,
            int filled)
            implements FormHead.Bearer {
        public UUID id() {
            return head.formId();
        }
    }

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

    /** What came of attaching something. */
    public sealed interface Attached {
        record Done(UUID id) implements Attached {}

        record Refused(String field, Reason why) implements Attached {}
    }

    /**
     * The form as the viewer may see it: the person, whoever acts in one of its stages, and who may read in its unit.
     *
     * @throws NotFound for everybody else
     */
    public Sheet sheet(Viewer viewer, Period period, UUID formId) {
        return reading.sheet(viewer, period, formId);
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
        return reading.handings(viewer, sheet);
    }

    public RuleBook book(UUID tenantId, Form form) {
        return reading.book(tenantId, form);
    }

    /** The exact words that were signed. */
    public Criteria.SetText words(UUID tenantId, Form form) {
        return reading.words(tenantId, form);
    }

    /**
     * A form to be filled in.
     *
     * @param earlier null when there is none to compare with
     * @param planned whether {@link Results#planned} may know of something
     */
    public record Filling(Sheet sheet, @Nullable Earlier earlier, boolean planned) {}

    /** The form as {@link #sheet} gives it, with what the stage's actor said in the quarter before, for the page it is filled in on. */
    public Filling filling(Viewer viewer, Period period, UUID formId, String stage) {
        return reading.filling(viewer, period, formId, stage);
    }

    public Optional<Earlier> earlier(UUID tenantId, Form form, Said said) {
        return reading.earlier(tenantId, form, said);
    }

    public List<Exceptions.Made> exceptions(UUID tenantId, Form form) {
        return exceptions.ofForm(tenantId, form.id());
    }

    /** One's own forms, the newest quarter first. */
    public List<Line> own(Viewer viewer) {
        UUID person = viewer.personId();
        return person == null ? List.of() : lines.own(viewer.tenantId(), person, false);
    }

    /** Those of cycles that are open. */
    List<Line> ownOpen(Viewer viewer) {
        UUID person = viewer.personId();
        return person == null ? List.of() : lines.own(viewer.tenantId(), person, true);
    }

    /** Forms in which the viewer acts for others, by quarter, unit and name; at most 200. */
    public List<Line> acting(Viewer viewer, ActingQuery query, int offset, int limit) {
        return lines.acting(viewer, query, today(), offset, Math.min(limit, MOST_LINES));
    }

    public ActingCounts actingCounts(Viewer viewer, ActingQuery query) {
        return lines.actingCounts(viewer, query, today());
    }

    public Neighbours neighbours(Viewer viewer, Form form, String stage) {
        return lines.neighbours(viewer, form, stage, today());
    }

    /** The forms of a cycle in the viewer's units, by name; at most 200. */
    public List<Line> ofCycle(Viewer viewer, Cycle cycle, CycleQuery query, int offset, int limit) {
        return lines.ofCycle(viewer, cycle, query, today(), offset, Math.min(limit, MOST_LINES));
    }

    public long countOfCycle(Viewer viewer, Cycle cycle, CycleQuery query) {
        return lines.countOfCycle(viewer, cycle, query, today());
    }

    /** Why the stage cannot be filled in now by whoever acts in it; empty when it can. */
    public Optional<Reason> locked(Form form, Said said) {
        return reading.locked(form, said);
    }

    /**
     * Saves what is on the screen as the next version of the draft: one statement that writes only when it is the viewer's turn
     * and nobody saved since {@code version}. Not evidence, so no act.
     */
    public Saving save(Viewer viewer, Period period, UUID formId, String stage, int version, Draft draft) {
        return rating.save(viewer, period, formId, stage, version, draft);
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
        return rating.handIn(viewer, period, formId, stage, version, draft, knowing, opened);
    }

    /** Attaches a file to an item; position 0: to the whole. */
    @Transactional
    public Attached attachFile(
            Viewer viewer, Period period, UUID formId, String stage, int position, String title, byte[] bytes) {
        return attachments.attachFile(viewer, period, formId, stage, position, title, bytes);
    }

    /** Attaches the address of a page. */
    @Transactional
    public Attached attachLink(
            Viewer viewer, Period period, UUID formId, String stage, int position, String title, String address) {
        return attachments.attachLink(viewer, period, formId, stage, position, title, address);
    }

    /** Figures that can be brought into a form: of the person and the form's own days. */
    public List<FigureSource.Figure> figures(UUID tenantId, Form form) {
        return attachments.figures(tenantId, form);
    }

    /** Brings a figure in as it stands at its source now. @param figureId one of {@link #figures} */
    @Transactional
    public Attached attachFigure(Viewer viewer, Period period, UUID formId, String stage, int position, UUID figureId) {
        return attachments.attachFigure(viewer, period, formId, stage, position, figureId);
    }

    /** Takes an attachment away again, before the stage is handed in. What was handed in with it keeps it. */
    @Transactional
    public Attached detach(Viewer viewer, Period period, UUID formId, String stage, UUID attachment) {
        return attachments.detach(viewer, period, formId, stage, attachment);
    }

    /** The bytes of an attached file, for whoever sees the stage it stands in. */
    public Contents.Content file(Viewer viewer, Period period, UUID formId, UUID attachment) {
        return attachments.file(viewer, period, formId, attachment);
    }

    /** Whether the viewer runs the form's cycle, and so may take steps out of the ordinary. */
    public boolean runs(Viewer viewer, Form form) {
        return steps.runs(viewer, form);
    }

    /** Whether the viewer may send the stage back: who runs the cycle, or who acts in a later stage whose turn it is. */
    public boolean maySendBack(Viewer viewer, Sheet sheet, Said said) {
        return steps.maySendBack(viewer, sheet, said);
    }

    /** Whether the viewer may say who acts instead of the head: the head themself, or who runs the cycle. */
    public boolean mayDelegate(Viewer viewer, Form form, Said said) {
        return steps.mayDelegate(viewer, form, said);
    }

    /** Opens a stage again that was handed in: what was handed in stays on record, the next handing in is the next version. */
    @Transactional
    public Done sendBack(Viewer viewer, Period period, UUID formId, String stage, String reason, String basis) {
        return steps.sendBack(viewer, period, formId, stage, reason, basis);
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
        return steps.reroute(viewer, period, formId, stage, unitId, reason, basis);
    }

    /**
     * Lets an official act in place of the head, until it is taken back.
     *
     * @param username the sign-in name of who is to act
     */
    @Transactional
    public Done delegate(
            Viewer viewer, Period period, UUID formId, String stage, String username, String reason, String basis) {
        return steps.delegate(viewer, period, formId, stage, username, reason, basis);
    }

    /** Whether a step out of the ordinary is the viewer's to take: who runs the cycle, and of their own stages those who act. */
    public boolean mayStep(Viewer viewer, Sheet sheet, Exceptions.Kind kind, String stage) {
        return steps.authorised(viewer, sheet, kind, stage);
    }

    /** An official who may be chosen to act in another's place. @param post and unit */
    public record Named(String username, String name, String post) {}

    /**
     * Officials with an account in the form's unit and the two above it, by name; at most 200, to choose from. Nobody for who may
     * not give the form to others.
     */
    public List<Named> stands(Viewer viewer, Form form) {
        return steps.stands(viewer, form);
    }

    /** The head acts themself again. What was drafted in their place stays in the form. */
    @Transactional
    public Done takeBack(Viewer viewer, Period period, UUID formId, String stage, String reason, String basis) {
        return steps.takeBack(viewer, period, formId, stage, reason, basis);
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

    /** Gives one form more days for a stage. */
    @Transactional
    public Done extend(
            Viewer viewer, Period period, UUID formId, String stage, LocalDate due, String reason, String basis) {
        return steps.extend(viewer, period, formId, stage, due, reason, basis);
    }

    /** Calls one form off; what was handed in stays on record. A decision that waits for approval goes back first, for the same reason. */
    @Transactional
    public Done cancel(Viewer viewer, Period period, UUID formId, String reason, String basis) {
        return steps.cancel(viewer, period, formId, reason, basis);
    }

    /**
     * Makes a person's forms of the cycle follow their posts in the quarter again, after a move that was entered late: days are
     * shared out anew, a unit they came to gets a form of its own, one they never were in is called off.
     */
    @Transactional
    public Done divide(Viewer viewer, Period period, UUID formId, String reason, String basis) {
        return division.divide(viewer, period, formId, reason, basis);
    }

    /** Somebody who came to a unit in the quarter in which they have no form. @param formId one of theirs */
    public record Stray(
            UUID formId,
            String fullName,
            String unitName,
            @Nullable String nowIn,
            LocalDate since) {}

    /** People whose posts are not those of their forms, by name, at most 201: for whoever runs the cycle. */
    public List<Stray> strays(Viewer viewer, Cycle cycle) {
        return division.strays(viewer, cycle, MOST_LINES + 1);
    }

    /**
     * Assesses somebody after all: a form that was called off goes on where it stood; of somebody who was not assessed it begins,
     * once there is a signed commitment to assess against.
     */
    @Transactional
    public Done reopen(Viewer viewer, Period period, UUID formId, String reason, String basis) {
        return steps.reopen(viewer, period, formId, reason, basis);
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }
}
