package vn.chuanmuc.directory.web;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.directory.ReorganisationDraft;
import vn.chuanmuc.directory.Reorganisations.Choices;
import vn.chuanmuc.directory.Units.Unit;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

/**
 * The table old → new: the units right below one, each staying or ending.
 *
 * @param above whose children stand in the rows
 * @param choice of the unit above
 * @param problems per row
 */
record ReorganisationTablePage(
        ReorganisationDraft draft,
        UUID above,
        UnitChoice choice,
        List<Row> rows,
        Paging paging,
        Choices choices,
        Map<UUID, Reason> problems)
        implements View {
    /**
     * @param action {@code giu} or {@code het}
     * @param changes it goes on with a line of its own, which this table leaves alone
     * @param parts how many parts its line has
     */
    record Row(Unit unit, String action, String destination, String custodian, boolean changes, int parts, int people) {
        boolean ends() {
            return action.equals("het");
        }
    }

    @Override
    public int status() {
        return problems.isEmpty() && choice.problem() == null ? 200 : 422;
    }

    FormErrors errors() {
        FormErrors errors = FormErrors.NONE;
        for (var problem : problems.entrySet()) {
            errors = errors.and("dich-" + problem.getKey(), problem.getValue());
        }
        return errors;
    }

    String at() {
        return ReorganisationWords.at(draft.id());
    }

    @Nullable
    String suggest() {
        return ReorganisationWords.suggestions(draft.id(), choices);
    }
}
