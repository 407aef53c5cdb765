package vn.chuanmuc.scans;

import java.util.List;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Todo;
import vn.chuanmuc.access.Todos;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.Reason;

/** Piles that wait for a clerk. */
@Component
class ScanTodos implements Todos {
    private final ScanStore store;

    ScanTodos(ScanStore store) {
        this.store = store;
    }

    @Override
    public List<Todo> of(Viewer viewer) {
        if (!viewer.may(Permission.RECORD_PAPER_SIGNATURE)) {
            return List.of();
        }
        return store.waiting(viewer.tenantId(), viewer.unitsWith(Permission.RECORD_PAPER_SIGNATURE)).stream()
                .map(pile -> new Todo(
                        pile.papers() > 0
                                ? Reason.of("scans.todo.papers", pile.label(), pile.papers())
                                : Reason.of("scans.todo.finish", pile.label()),
                        "/ban-quet/" + pile.id(),
                        null,
                        25))
                .toList();
    }
}
