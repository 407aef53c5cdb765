package vn.chuanmuc.directory.web;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.directory.People;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

/**
 * @param held the assignment it is about; null for another one
 * @param task {@code them}, {@code doi}, {@code sua}, {@code chinh} or {@code thoi}
 * @param choice where another one may be; null where the unit stays
 */
record AssignmentPage(
        People.Portrait person,
        People.@Nullable Assignment held,
        String task,
        @Nullable UnitChoice choice,
        List<People.Bloc> blocs,
        List<String> positions,
        LocalDate today,
        Typed form,
        FormErrors errors)
        implements View {
    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    String title() {
        return "directory.assignment.task." + task;
    }

    String lead() {
        return title() + ".lead";
    }

    String action() {
        return "/can-bo/" + person.id() + "/phan-cong/" + (held == null ? "them" : held.id() + "/" + task);
    }

    boolean saysWork() {
        return held == null || task.equals("doi") || task.equals("sua");
    }

    /** The other open assignments, of which one becomes main when the main one ends. */
    List<People.Assignment> heirs() {
        return held == null || !held.main() || !task.equals("thoi")
                ? List.of()
                : person.assignments().stream()
                        .filter(one -> one.open() && !one.id().equals(held.id()))
                        .toList();
    }
}
