package vn.chuanmuc.petitions;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.MessageSource;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.CyclePapers;
import vn.chuanmuc.assessments.LevelDecisions;
import vn.chuanmuc.assessments.LevelDecisions.Anew;
import vn.chuanmuc.assessments.LevelDecisions.Choice;
import vn.chuanmuc.assessments.Results;
import vn.chuanmuc.documents.Numbering;
import vn.chuanmuc.documents.PaperKind;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.petitions.Handling.Wanted;
import vn.chuanmuc.petitions.Petition.Outcome;
import vn.chuanmuc.petitions.Petition.State;
import vn.chuanmuc.petitions.Petition.Step;
import vn.chuanmuc.petitions.Petition.StepKind;
import vn.chuanmuc.petitions.PetitionStore.Candidate;
import vn.chuanmuc.petitions.PetitionStore.Move;
import vn.chuanmuc.petitions.Petitions.Sheet;
import vn.chuanmuc.petitions.Petitions.Side;

/**
 * The decision on a petition: by another than the handler and than whoever decided what is contested; a new level is a new version of
 * the result and approved as every level; anything else is approved where the rule says so; then the answer, and the mark goes.
 */
@Component
public class Deciding {
    private static final Locale VIETNAMESE = Locale.forLanguageTag("vi");

    private final PetitionStore store;
    private final Steps steps;
    private final Petitions petitions;
    private final Handling handling;
    private final LevelDecisions levels;
    private final Results results;
    private final CyclePapers cycles;
    private final Numbering numbering;
    private final MessageSource messages;

    Deciding(
            PetitionStore store,
            Steps steps,
            Petitions petitions,
            Handling handling,
            LevelDecisions levels,
            Results results,
            CyclePapers cycles,
            Numbering numbering,
            MessageSource messages) {
        this.store = store;
        this.steps = steps;
        this.petitions = petitions;
        this.handling = handling;
        this.levels = levels;
        this.results = results;
        this.cycles = cycles;
        this.numbering = numbering;
        this.messages = messages;
    }

    /** Who signs the answer: whoever decided. */
    private String decider(UUID tenantId, UUID id) {
        return store.steps(tenantId, id).stream()
                .filter(step -> step.kind() == StepKind.DECIDED)
                .reduce((before, last) -> last)
                .map(Step::name)
                .orElse("");
    }

    private Sheet held(Viewer viewer, UUID id, Side... sides) {
        steps.hold(viewer.tenantId(), id);
        Sheet sheet = petitions.sheet(viewer, id);
        if (!sheet.is(sides)) {
            throw new Forbidden(Permission.DECIDE_PETITION);
        }
        return sheet;
    }

    /** Decides as the handler proposed, or otherwise. */
    @Transactional
    public Moved decide(Viewer viewer, UUID id, int seen, Wanted wanted) {
        Sheet sheet = held(viewer, id, Side.DECIDER);
        Petition petition = sheet.petition();
        Optional<Moved> stop = steps.behind(viewer, petition, seen, StepKind.DECIDED, wanted.same());
        if (stop.isEmpty() && petition.state() != State.PROPOSED) {
            stop = Optional.of(Moved.refused("", "petitions.decide.not-now"));
        }
        if (stop.isEmpty()) {
            stop = handling.wrong(viewer.tenantId(), sheet, wanted);
        }
        if (stop.isPresent()) {
            return stop.get();
        }
        Outcome outcome = Objects.requireNonNull(wanted.outcome());
        var said = new LinkedHashMap<>(wanted.said());
        said.put("proposed", wanted.equals(handling.proposed(sheet)));
        Move move = store.move()
                .set("outcome", outcome.code())
                .set("decided_by", viewer.accountId())
                .set("decider_person", viewer.personId());
        switch (outcome) {
            case UPHOLD, INADMISSIBLE -> {
                boolean approved = !sheet.rule().approval();
                said.put("approved", approved);
                move.to(State.DECIDED).set("approved", approved).set("new_version", null);
            }
            case REASSESS -> {
                Candidate reassessor =
                        store.candidate(viewer.tenantId(), wanted.reassessor()).orElseThrow();
                LocalDate by = Terms.last(steps.calendar(viewer.tenantId()), steps.today(), wanted.days(), List.of());
                said.put("account", reassessor.account().toString());
                said.put("name", reassessor.name());
                said.put("by", by.toString());
                move.to(State.REASSESSING)
                        .set("reassessor", reassessor.account())
                        .set("reassess_by", by);
            }
            case CHANGE -> {
                switch (anew(viewer, petition, sheet, wanted.grade(), wanted.reason(), wanted.remark())) {
                    case Anew.Refused(var field, var why) -> {
                        return new Moved.Refused(field.equals("muc") ? "muc-moi" : field, why);
                    }
                    case Anew.Decided(int version) -> {
                        said.put("version", version);
                        move.to(State.DECIDED)
                                .set("new_version", (short) version)
                                .set("approved", false);
                    }
                }
            }
        }
        return steps.take(viewer, petition, StepKind.DECIDED, said, move);
    }

    private Anew anew(Viewer viewer, Petition petition, Sheet sheet, String grade, String reason, String remark) {
        var choice = new Choice(
                petition.formId(),
                grade,
                reason,
                remark,
                results.facts(sheet.about().told()));
        return levels.decideOnPetition(viewer, petition.period(), petition.formId(), petition.id(), choice);
    }

    /** Gives the proposal back to its handler. */
    @Transactional
    public Moved giveBack(Viewer viewer, UUID id, int seen, String reason) {
        Sheet sheet = held(viewer, id, Side.DECIDER);
        Petition petition = sheet.petition();
        String words = Texts.nfc(reason).strip();
        Optional<Moved> stop = steps.behind(viewer, petition, seen, StepKind.SENT_BACK, Map.of("reason", words));
        if (stop.isEmpty() && petition.state() != State.PROPOSED) {
            stop = Optional.of(Moved.refused("", "petitions.decide.not-now"));
        }
        if (stop.isEmpty() && (words.isEmpty() || words.length() > Drafting.LONGEST_REASON)) {
            stop = Optional.of(Moved.refused("ly-do-tra", "petitions.reason", Drafting.LONGEST_REASON));
        }
        return stop.orElseGet(() -> steps.take(
                viewer,
                petition,
                StepKind.SENT_BACK,
                Map.of("to", "handler", "reason", words),
                store.move().to(State.HANDLING).set("outcome", null)));
    }

    /** Whoever was named decides about the level anew; it may be the same. */
    @Transactional
    public Moved reassess(Viewer viewer, UUID id, int seen, String grade, String reason, String remark) {
        Sheet sheet = held(viewer, id, Side.REASSESSOR);
        Petition petition = sheet.petition();
        Optional<Moved> stop = steps.behind(viewer, petition, seen, StepKind.REASSESSED, Map.of("grade", grade));
        if (stop.isEmpty() && petition.state() != State.REASSESSING) {
            stop = Optional.of(Moved.refused("", "petitions.decide.not-now"));
        }
        var wanted = new Wanted(Outcome.REASSESS, grade, reason, remark, "", 0);
        if (stop.isEmpty() && sheet.book().rank(grade) == 0) {
            stop = Optional.of(Moved.refused("muc-moi", "petitions.outcome.grade"));
        }
        if (stop.isEmpty() && (wanted.reason().isEmpty() || wanted.reason().length() > Drafting.LONGEST_REASON)) {
            stop = Optional.of(Moved.refused("ly-do", "petitions.reason", Drafting.LONGEST_REASON));
        }
        if (stop.isEmpty() && wanted.remark().length() > Drafting.LONGEST_WISH) {
            stop = Optional.of(Moved.refused("nhan-xet", "petitions.long", Drafting.LONGEST_WISH));
        }
        if (stop.isPresent()) {
            return stop.get();
        }
        return switch (anew(viewer, petition, sheet, grade, wanted.reason(), wanted.remark())) {
            case Anew.Refused(var field, var why) -> new Moved.Refused(field.equals("muc") ? "muc-moi" : field, why);
            case Anew.Decided(int version) -> {
                var said = new LinkedHashMap<String, Object>();
                said.put("grade", grade);
                said.put("reason", wanted.reason());
                said.put("remark", wanted.remark());
                said.put("version", version);
                yield steps.take(
                        viewer,
                        petition,
                        StepKind.REASSESSED,
                        said,
                        store.move()
                                .to(State.DECIDED)
                                .set("new_version", (short) version)
                                .set("approved", false));
            }
        };
    }

    /** Approves a decision that leaves the level as it is, or sends it back. */
    @Transactional
    public Moved approve(Viewer viewer, UUID id, int seen, boolean good, String reason) {
        Sheet sheet = held(viewer, id, Side.APPROVER);
        Petition petition = sheet.petition();
        StepKind kind = good ? StepKind.APPROVED : StepKind.SENT_BACK;
        String words = Texts.nfc(reason).strip();
        Optional<Moved> stop = steps.behind(viewer, petition, seen, kind, Map.of("reason", words));
        if (stop.isEmpty() && (petition.state() != State.DECIDED || petition.approved())) {
            stop = Optional.of(Moved.refused("", "petitions.approve.nothing"));
        }
        if (stop.isEmpty() && (words.length() > Drafting.LONGEST_REASON || words.isEmpty() && !good)) {
            stop = Optional.of(Moved.refused("y-kien", "petitions.reason", Drafting.LONGEST_REASON));
        }
        if (stop.isPresent()) {
            return stop.get();
        }
        return good
                ? steps.take(
                        viewer,
                        petition,
                        kind,
                        Map.of("reason", words),
                        store.move().set("approved", true))
                : steps.take(viewer, petition, kind, Map.of("to", "decider", "reason", words), again());
    }

    /** It is to be decided once more. */
    private Move again() {
        return store.move()
                .to(State.PROPOSED)
                .set("decided_by", null)
                .set("decider_person", null)
                .set("reassessor", null)
                .set("reassess_by", null)
                .set("new_version", null)
                .set("approved", false);
    }

    /** What was said to a new version of the result, where all levels are approved. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void follow(LevelDecisions.OnPetition said) {
        Viewer viewer = said.viewer();
        Petition petition = store.lock(viewer.tenantId(), said.petitionId()).orElse(null);
        if (petition == null
                || petition.state() != State.DECIDED
                || !Objects.equals(petition.newVersion(), said.version())
                || petition.approved()) {
            return;
        }
        var words = new LinkedHashMap<String, Object>();
        words.put("version", said.version());
        words.put("reason", said.reason());
        if (said.approved()) {
            steps.take(viewer, petition, StepKind.APPROVED, words, store.move().set("approved", true));
        } else {
            words.put("to", "decider");
            steps.take(viewer, petition, StepKind.SENT_BACK, words, again());
        }
    }

    /**
     * Answers: takes the number of the notice, tells the petitioner, and takes the mark away from the result. By the board or the
     * handler, once what was decided is approved.
     *
     * @param unnumbered without a number out of the book; a clerk writes one on the paper
     */
    @Transactional
    public Moved answer(Viewer viewer, UUID id, int seen, boolean unnumbered) {
        Sheet sheet = held(viewer, id, Side.BOARD, Side.HANDLER);
        Petition petition = sheet.petition();
        Optional<Moved> stop = steps.behind(viewer, petition, seen, StepKind.ANSWERED, Map.of());
        if (stop.isEmpty() && (petition.state() != State.DECIDED || !petition.approved())) {
            stop = Optional.of(Moved.refused("", "petitions.answer.not-now"));
        }
        if (stop.isPresent()) {
            return stop.get();
        }
        LocalDate today = steps.today();
        var said = new LinkedHashMap<String, Object>();
        said.put("outcome", Objects.requireNonNull(petition.outcome()).code());
        said.put("answerBy", String.valueOf(petition.answerBy()));
        if (!unnumbered) {
            var request = new Numbering.Request(
                    viewer.tenantId(),
                    petition.cycleUnit(),
                    cycles.line(viewer.tenantId(), petition.cycleId()),
                    PaperKind.ANSWER,
                    today,
                    id,
                    messages.getMessage("petitions.letter.answer.sub", new Object[] {petition.fullName()}, VIETNAMESE),
                    decider(viewer.tenantId(), id),
                    viewer.accountId());
            switch (numbering.take(request)) {
                case Numbering.Taking.Refused(var why) -> {
                    return new Moved.Refused("khong-so", why);
                }
                case Numbering.Taking.Taken(var bearing) -> {
                    said.put("series", bearing.series().toString());
                    said.put("number", bearing.number());
                }
            }
        }
        Moved moved = steps.take(
                viewer,
                petition,
                StepKind.ANSWERED,
                said,
                store.move().to(State.ANSWERED).set("closed_on", today));
        if (petition.newVersion() != null) {
            results.tellOnPetition(viewer, petition.period(), petition.formId(), id);
        }
        results.closeContest(viewer, petition.period(), petition.formId(), id);
        return moved;
    }
}
