package vn.chuanmuc.petitions.web;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import vn.chuanmuc.criteria.Criteria.SetText;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.petitions.Handling.Wanted;
import vn.chuanmuc.petitions.Petition;
import vn.chuanmuc.petitions.Petition.Attachment;
import vn.chuanmuc.petitions.Petition.Opinion;
import vn.chuanmuc.petitions.Petition.Outcome;
import vn.chuanmuc.petitions.Petition.Part;
import vn.chuanmuc.petitions.Petition.State;
import vn.chuanmuc.petitions.Petition.Step;
import vn.chuanmuc.petitions.Petition.StepKind;
import vn.chuanmuc.petitions.PetitionLists;
import vn.chuanmuc.petitions.Petitions.Handler;
import vn.chuanmuc.petitions.Petitions.Sheet;
import vn.chuanmuc.petitions.Petitions.Side;
import vn.chuanmuc.petitions.Terms.Urgency;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/**
 * One petition, with what the viewer can do about it now.
 *
 * @param handlers to choose from; empty unless the viewer assigns or names somebody
 * @param units to ask: code and name
 * @param wanted what stands in the form of the proposal or the decision
 * @param form which form was sent and is shown again; empty when none was
 * @param typed what stood in its fields
 */
record PetitionPage(
        Sheet sheet,
        List<Handler> handlers,
        Map<UUID, String> units,
        Wanted wanted,
        LocalDate today,
        UUID viewer,
        String form,
        Map<String, String> typed,
        FormErrors errors)
        implements View {
    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    Petition petition() {
        return sheet.petition();
    }

    String at() {
        return PetitionsController.PETITIONS + "/" + petition().id();
    }

    /** What was typed into a field of a form that is shown again. */
    String typed(String which, String field) {
        return form.equals(which) ? typed.getOrDefault(field, "") : "";
    }

    FormErrors errors(String which) {
        return form.equals(which) ? errors : FormErrors.NONE;
    }

    static String tone(State state) {
        return switch (state) {
            case ANSWERED -> "good";
            case WITHDRAWN, DROPPED, DRAFT -> "";
            case FILED -> "wait";
            case HANDLING, PROPOSED, REASSESSING, DECIDED -> "info";
        };
    }

    static String tone(Urgency urgency) {
        return switch (urgency) {
            case QUIET -> "";
            case NEAR -> "wait";
            case OVER, LONG_OVER -> "bad";
        };
    }

    static String tone(PetitionLists.ClockState clock) {
        return switch (clock) {
            case RUNNING, STOPPED -> "";
            case NEAR -> "wait";
            case OVER, MISSED -> "bad";
            case KEPT -> "good";
        };
    }

    // What can be done now

    boolean mayWithdraw() {
        return sheet.is(Side.PETITIONER) && petition().state().undecided();
    }

    boolean mayAcknowledge() {
        return sheet.is(Side.CLERK, Side.BOARD)
                && petition().ackOn() == null
                && petition().state().pending();
    }

    boolean mayAssign() {
        return sheet.is(Side.BOARD) && petition().state().undecided();
    }

    boolean handles() {
        return sheet.is(Side.HANDLER) && petition().state() == State.HANDLING;
    }

    boolean mayRecuse() {
        return sheet.is(Side.HANDLER) && petition().has(State.HANDLING, State.PROPOSED);
    }

    boolean lateOpen() {
        return petition().late() && !petition().lateAccepted();
    }

    boolean mayDecide() {
        return sheet.is(Side.DECIDER) && petition().state() == State.PROPOSED;
    }

    boolean mayReassess() {
        return sheet.is(Side.REASSESSOR) && petition().state() == State.REASSESSING;
    }

    boolean mayApprove() {
        return sheet.is(Side.APPROVER)
                && petition().state() == State.DECIDED
                && !petition().approved();
    }

    /** A new level is approved where all levels are. */
    boolean approvedElsewhere() {
        return petition().state() == State.DECIDED
                && petition().newVersion() != null
                && !petition().approved()
                && sheet.inside();
    }

    String approving() {
        return "/danh-gia/phe-duyet/" + petition().cycleId() + "/" + petition().deciderUnit();
    }

    boolean mayAnswer() {
        return sheet.is(Side.BOARD, Side.HANDLER)
                && petition().state() == State.DECIDED
                && petition().approved();
    }

    boolean receiptPrinted() {
        return petition().ackOn() != null && (sheet.is(Side.PETITIONER, Side.CLERK) || sheet.inside());
    }

    boolean answerPrinted() {
        return petition().state() == State.ANSWERED && (sheet.is(Side.PETITIONER, Side.CLERK) || sheet.inside());
    }

    /** Questions the viewer is to answer. */
    List<Opinion> toMe() {
        return sheet.waiting().stream()
                .filter(one -> viewer.equals(one.account()) || (one.unit() != null && sheet.is(Side.ASKED)))
                .toList();
    }

    // What stands there

    List<Attachment> files(Part part) {
        return sheet.files().stream().filter(file -> file.part() == part).toList();
    }

    boolean mine(Attachment file) {
        return file.addedBy().equals(viewer);
    }

    List<Attachment> files(Opinion opinion) {
        return sheet.files().stream()
                .filter(file -> file.part() == Part.OPINION && file.n() == opinion.n() && file.seq() != null)
                .toList();
    }

    Optional<Step> step(StepKind kind, Opinion opinion) {
        return sheet.steps().stream()
                .filter(step -> step.kind() == kind && step.number("n") == opinion.n())
                .findFirst();
    }

    Optional<Step> last(StepKind kind) {
        return sheet.last(kind);
    }

    /** An item that is contested, with what each stage said of it. */
    record Contested(int position, String words, List<String> said) {}

    List<Contested> contested() {
        return items().stream()
                .filter(item -> petition().items().contains(item.position()))
                .toList();
    }

    /** The others: whoever looks at the result once more sees what it was made of. */
    List<Contested> others() {
        return items().stream()
                .filter(item -> !petition().items().contains(item.position())
                        && !item.said().isEmpty())
                .toList();
    }

    private List<Contested> items() {
        return sheet.set().groups().stream()
                .flatMap(group -> group.criteria().stream())
                .flatMap(criterion -> criterion.items().stream())
                .map(item -> new Contested(item.position(), item.words(), said(item)))
                .toList();
    }

    private List<String> said(SetText.Item item) {
        return sheet.levels().stream()
                .filter(stage -> stage.levels().size() >= item.position()
                        && stage.levels().get(item.position() - 1) != null)
                .map(stage -> stage.name() + ": "
                        + sheet.book()
                                .level(Objects.requireNonNull(stage.levels().get(item.position() - 1)))
                                .words())
                .toList();
    }

    String grade(String code) {
        return sheet.book().grade(code).map(grade -> grade.words()).orElse(code);
    }

    static List<Outcome> outcomes() {
        return List.of(Outcome.values());
    }

    /** What a step says, as one line; empty where its kind says it all. */
    Reason words(Step step) {
        String reason = step.text("reason");
        return switch (step.kind()) {
            case FILED ->
                Reason.of(
                        Boolean.TRUE.equals(step.said().get("late"))
                                ? "petitions.said.filed-late"
                                : "petitions.said.filed",
                        Objects.requireNonNull(step.date("fileBy")));
            case ACKNOWLEDGED ->
                Reason.of(
                        "petitions.said.acknowledged",
                        step.number("number") + "/" + step.number("year"),
                        Objects.requireNonNull(step.date("answerBy")));
            case ASSIGNED -> Reason.of("petitions.said.assigned", step.text("name"), hidden(reason));
            case RECUSED, LATE_ACCEPTED, SENT_BACK, APPROVED -> Reason.of("petitions.said.reason", hidden(reason));
            case WITHDRAWN -> Reason.of("petitions.said.reason", reason);
            case ASKED ->
                Reason.of("petitions.said.asked", step.text("name"), Objects.requireNonNull(step.date("due")));
            case OPINED, RECALLED -> Reason.of("petitions.said.opinion", String.valueOf(step.number("n")));
            case PROPOSED, DECIDED ->
                Reason.of(
                        "petitions.said.outcome",
                        Reason.of("petitions.outcome." + step.text("outcome")),
                        step.text("grade").isEmpty() ? "" : " – " + grade(step.text("grade")),
                        step.text("name").isEmpty() ? "" : " – " + step.text("name"));
            case REASSESSED -> Reason.of("petitions.said.reason", grade(step.text("grade")));
            case ANSWERED ->
                Reason.of(
                        step.number("number") == 0 ? "petitions.said.unnumbered" : "petitions.said.numbered",
                        String.valueOf(step.number("number")));
            case RECKONED -> Reason.of("petitions.said.reckoned", Objects.requireNonNull(step.date("answerBy")));
            case ESCALATED ->
                Reason.of(
                        "petitions.said.called." + step.text("clock") + "." + step.number("level"),
                        Objects.requireNonNull(step.date("due")));
        };
    }

    /** Why somebody was chosen or stepped back is for those who handle it. */
    private String hidden(String reason) {
        return sheet.inside() ? reason : "";
    }
}
