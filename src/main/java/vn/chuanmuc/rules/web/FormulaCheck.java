package vn.chuanmuc.rules.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.rules.Computation;
import vn.chuanmuc.rules.FormulaError;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.rules.Unit;
import vn.chuanmuc.ui.View;

/**
 * What a formula comes to, and a trial with made-up answers; part of the form, and an answer of its own while somebody types.
 *
 * @param unit null when something is wrong
 * @param trial null when something is wrong or no set is published
 */
record FormulaCheck(
        String text,
        @Nullable Unit unit,
        List<FormulaError> errors,
        @Nullable Computation trial,
        @Nullable RuleBook book,
        String set)
        implements View {
    /** The text cut at what is wrong first: before, in it, behind. */
    List<String> cut() {
        if (errors.isEmpty()) {
            return List.of(text, "", "");
        }
        FormulaError first = errors.getFirst();
        return List.of(
                text.substring(0, first.from()), text.substring(first.from(), first.to()), text.substring(first.to()));
    }
}
