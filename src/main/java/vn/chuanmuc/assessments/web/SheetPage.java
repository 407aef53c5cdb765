package vn.chuanmuc.assessments.web;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.assessments.Cycle;
import vn.chuanmuc.assessments.Exceptions;
import vn.chuanmuc.assessments.Forms;
import vn.chuanmuc.assessments.Forms.Said;
import vn.chuanmuc.assessments.Forms.Sheet;
import vn.chuanmuc.assessments.Forms.Turn;
import vn.chuanmuc.criteria.Criteria.SetText;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.ui.View;

/**
 * A form with all its stages.
 *
 * @param places names of the units whose heads act; {@code names}: of accounts
 * @param approval where the approval stands; null when the route has none
 * @param back stages the viewer may send back; {@code delegable}: those in which they may say who acts
 * @param own whether it is about the viewer
 */
record SheetPage(
        Sheet sheet,
        RuleBook book,
        SetText set,
        Map<UUID, String> places,
        Map<UUID, String> names,
        List<Forms.Handed> handings,
        List<Exceptions.Made> made,
        boolean runs,
        Set<String> back,
        Set<String> delegable,
        Forms.@Nullable Approval approval,
        boolean own)
        implements View {
    String at() {
        return FormController.address(sheet.form());
    }

    List<RuleBook.Stage> route() {
        return book.route(sheet.form().leads());
    }

    @Nullable
    Said said(RuleBook.Stage stage) {
        return sheet.stage(stage.code()).orElse(null);
    }

    String name(String stage) {
        return book.stages().stream()
                .filter(one -> one.code().equals(stage))
                .map(RuleBook.Stage::words)
                .findFirst()
                .orElse(stage);
    }

    /** Who takes part in a meeting or decides: done elsewhere, when it is its turn. */
    static boolean elsewhere(RuleBook.Actor actor) {
        return switch (actor) {
            case SELF, HEAD, SUPERIOR -> false;
            case COLLEAGUES, PANEL, APPROVAL -> true;
        };
    }

    /** What can be seen of stages that are in. */
    List<Said> shown() {
        return sheet.stages().stream()
                .filter(said -> said.visible() && said.turn() == Turn.HANDED_IN)
                .toList();
    }

    boolean open() {
        return sheet.form().state() == Forms.State.OPEN && sheet.form().cycleState() == Cycle.State.OPEN;
    }

    @Nullable
    String level(Said said, int position) {
        Integer level = said.levels().get(position - 1);
        return level == null ? null : book.level(level).words();
    }

    String place(Said said) {
        return place(said.unitId());
    }

    String place(@Nullable UUID unit) {
        return unit == null ? "" : places.getOrDefault(unit, "");
    }

    /** Steps can be taken about the approval as long as it is not in; it goes on when the cycle is closed. */
    boolean approvalOpen() {
        return approval != null
                && approval.turn() != Turn.HANDED_IN
                && sheet.form().cycleState() != Cycle.State.CANCELLED
                && (sheet.form().state() == Forms.State.OPEN || approval.turn() == Turn.OPEN);
    }

    String instead(Said said) {
        return instead(said.accountId());
    }

    String instead(@Nullable UUID account) {
        return account == null ? "" : names.getOrDefault(account, "");
    }

    static String tone(Turn turn) {
        return switch (turn) {
            case WAITING -> "";
            case OPEN -> "wait";
            case HANDED_IN -> "good";
        };
    }

    static String tone(Forms.State state) {
        return switch (state) {
            case OPEN -> "info";
            case NOT_ASSESSED -> "wait";
            case CANCELLED -> "bad";
            case DECIDED, APPROVED, TOLD -> "good";
        };
    }
}
