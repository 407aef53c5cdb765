package vn.chuanmuc.assessments;

import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Todo;
import vn.chuanmuc.access.Todos;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.Reason;

/** Forms to decide about, decisions to approve, people to tell, and one's own result to look at. */
@Component
class LevelDecisionTodos implements Todos {
    private final LevelDecisions decisions;
    private final Results results;

    LevelDecisionTodos(LevelDecisions decisions, Results results) {
        this.decisions = decisions;
        this.results = results;
    }

    @Override
    public List<Todo> of(Viewer viewer) {
        var todos = new ArrayList<Todo>();
        if (viewer.may(Permission.RATE_AS_HEAD) || viewer.may(Permission.RATE_SELF)) {
            for (LevelDecisions.DeskLine desk : decisions.desks(viewer)) {
                if (desk.ready() > 0) {
                    todos.add(new Todo(
                            Reason.of("assessments.todo.decide", desk.ready(), desk.cycleTitle(), desk.unitName()),
                            "/danh-gia/quyet-dinh/" + desk.cycleId() + "/" + desk.unitId(),
                            desk.due(),
                            13));
                }
            }
        }
        if (viewer.may(Permission.RATE_AS_HEAD)
                || viewer.may(Permission.RATE_SELF)
                || viewer.may(Permission.RUN_CYCLE)) {
            for (LevelDecisions.DeskLine desk : decisions.toApprove(viewer)) {
                if (desk.decided() > 0) {
                    todos.add(new Todo(
                            Reason.of("assessments.todo.approve", desk.decided(), desk.cycleTitle(), desk.unitName()),
                            "/danh-gia/phe-duyet/" + desk.cycleId() + "/" + desk.unitId(),
                            desk.due(),
                            14));
                }
            }
        }
        Results.Waiting waiting = results.waiting(viewer);
        if (waiting.untold() > 0) {
            todos.add(new Todo(
                    Reason.of("assessments.todo.tell", waiting.untold()),
                    "/danh-gia/quyet-dinh/" + waiting.cycleId() + "/" + waiting.unitId(),
                    waiting.tellBy(),
                    15));
        }
        waiting.unseen()
                .forEach(line -> todos.add(new Todo(
                        Reason.of("assessments.todo.result", line.cycleTitle()),
                        "/danh-gia/ket-qua/" + line.period().code() + "/" + line.formId(),
                        null,
                        9)));
        return todos;
    }
}
