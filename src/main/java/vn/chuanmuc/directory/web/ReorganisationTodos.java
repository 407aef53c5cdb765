package vn.chuanmuc.directory.web;

import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Todo;
import vn.chuanmuc.access.Todos;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.ReorganisationDraft.Facts;
import vn.chuanmuc.directory.Reorganisations;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.Reason;

/** Re-organisations to go on with, to approve, and those that could not be carried out. */
@Component
class ReorganisationTodos implements Todos {
    private final Reorganisations reorganisations;
    private final Units units;
    private final Access access;

    ReorganisationTodos(Reorganisations reorganisations, Units units, Access access) {
        this.reorganisations = reorganisations;
        this.units = units;
        this.access = access;
    }

    @Override
    public List<Todo> of(Viewer viewer) {
        if (!viewer.may(Permission.PREPARE_REORGANISATION)
                || !access.covers(viewer, Permission.PREPARE_REORGANISATION, units.root(viewer.tenantId()))) {
            return List.of();
        }
        var todos = new ArrayList<Todo>();
        for (Facts one : reorganisations.newest(ReorganisationsController.preparing(viewer))) {
            boolean mine = one.hadHandIn(viewer.accountId());
            String key = switch (one.state()) {
                case DRAFT -> mine ? "directory.reorg.todo.draft" : "";
                case SUBMITTED ->
                    !mine && viewer.may(Permission.APPROVE_REORGANISATION) ? "directory.reorg.todo.approve" : "";
                case APPROVED ->
                    one.triedAt() != null && (mine || viewer.accountId().equals(one.approvedBy()))
                            ? "directory.reorg.todo.stuck"
                            : "";
                case DONE, WITHDRAWN -> "";
            };
            if (!key.isEmpty()) {
                todos.add(new Todo(
                        Reason.of(key, one.head().title()),
                        ReorganisationWords.at(one.id()),
                        one.head().effective(),
                        one.triedAt() != null ? 5 : 15));
            }
        }
        return todos;
    }
}
