package vn.chuanmuc.inspection;

import java.util.List;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Todo;
import vn.chuanmuc.access.Todos;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.Reason;

/** That the last re-check found something: for the inspector and for whoever runs the system. */
@Component
class InspectionTodos implements Todos {
    private final Inspection inspection;

    InspectionTodos(Inspection inspection) {
        this.inspection = inspection;
    }

    @Override
    public List<Todo> of(Viewer viewer) {
        if (!viewer.may(Permission.READ_LEDGER)) {
            return List.of();
        }
        return inspection.lastCheck(viewer.tenantId()).filter(checked -> checked.count() > 0).stream()
                .map(checked -> new Todo(
                        Reason.of(
                                "inspection.todo.faults",
                                checked.count(),
                                checked.faults().getFirst().kind() + " "
                                        + checked.faults().getFirst().key(),
                                checked.at()),
                        "/so-cai",
                        null,
                        0))
                .toList();
    }
}
