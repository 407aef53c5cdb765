package vn.chuanmuc.directory.web;

import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Todo;
import vn.chuanmuc.access.Todos;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.Duplicates;
import vn.chuanmuc.directory.Scope;
import vn.chuanmuc.directory.Transfers;
import vn.chuanmuc.directory.Transfers.Part;
import vn.chuanmuc.kernel.Reason;

/** Orders to answer or to look after, and records that somebody wants to make one. */
@Component
class PeopleTodos implements Todos {
    private final Transfers transfers;
    private final Duplicates duplicates;

    PeopleTodos(Transfers transfers, Duplicates duplicates) {
        this.transfers = transfers;
        this.duplicates = duplicates;
    }

    @Override
    public List<Todo> of(Viewer viewer) {
        if (!viewer.may(Permission.MANAGE_PEOPLE)) {
            return List.of();
        }
        Scope scope = Scopes.managing(viewer);
        var todos = new ArrayList<Todo>();
        add(todos, transfers.count(scope, Part.WAITING), "directory.todo.transfers", Part.WAITING, 20);
        add(todos, transfers.countFailed(scope), "directory.todo.transfers-failed", Part.OPEN, 15);
        add(todos, transfers.count(scope, Part.FOLLOW_UP), "directory.todo.follow-up", Part.FOLLOW_UP, 25);
        int merges = (int) duplicates.waiting(scope).stream()
                .filter(waiting -> !waiting.mine())
                .count();
        if (merges > 0) {
            todos.add(new Todo(Reason.of("directory.todo.merges", merges), DuplicatesController.LIST, null, 45));
        }
        return todos;
    }

    private static void add(List<Todo> todos, int count, String key, Part part, int rank) {
        if (count > 0) {
            todos.add(new Todo(Reason.of(key, count), TransfersController.LIST + "?loc=" + part.code(), null, rank));
        }
    }
}
