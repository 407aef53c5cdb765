package vn.chuanmuc.assessments;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Todo;
import vn.chuanmuc.access.Todos;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.Reason;

/** One's own forms that are not in, those of others one has to rate, and plans of cycles whose day has come. */
@Component
class AssessmentTodos implements Todos {
    private final Cycles cycles;
    private final Forms forms;
    private final Access access;
    private final Clock clock;

    AssessmentTodos(Cycles cycles, Forms forms, Access access, Clock clock) {
        this.cycles = cycles;
        this.forms = forms;
        this.access = access;
        this.clock = clock;
    }

    @Override
    public List<Todo> of(Viewer viewer) {
        var todos = new ArrayList<Todo>();
        LocalDate today = LocalDate.now(clock);
        for (Forms.Line line : forms.ownOpen(viewer)) {
            if (line.state() == Forms.State.OPEN && line.turn() == Forms.Turn.OPEN) {
                todos.add(new Todo(
                        Reason.of("assessments.todo.own", line.cycleTitle(), line.unitName()),
                        "/danh-gia/phieu/" + line.period().code() + "/" + line.id() + "/" + line.stage(),
                        line.due(),
                        10));
            }
        }
        if (viewer.may(Permission.RATE_AS_HEAD) || viewer.may(Permission.RATE_SELF)) {
            Forms.ActingCounts counts = forms.actingCounts(viewer, new Forms.ActingQuery(null, Forms.Turn.OPEN, ""));
            if (counts.open() > 0) {
                todos.add(new Todo(
                        Reason.of("assessments.todo.acting", counts.open()), "/danh-gia/cham", counts.due(), 12));
            }
        }
        if (viewer.may(Permission.RUN_CYCLE)) {
            for (Cycle cycle : cycles.visible(viewer)) {
                if (cycle.state() == Cycle.State.DRAFT
                        && !cycle.opensOn().isAfter(today)
                        && access.covers(viewer, Permission.RUN_CYCLE, cycle.unitId())) {
                    todos.add(new Todo(
                            Reason.of("assessments.todo.draft", cycle.title()),
                            "/danh-gia/dot/" + cycle.id(),
                            cycle.opensOn(),
                            20));
                }
            }
        }
        return todos;
    }
}
