package vn.chuanmuc.directory.web;

import java.util.List;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Todo;
import vn.chuanmuc.access.Todos;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.PeopleImports;
import vn.chuanmuc.kernel.Reason;

/** Uploaded lists that somebody still has to apply or drop. */
@Component
class DirectoryTodos implements Todos {
    private final PeopleImports imports;

    DirectoryTodos(PeopleImports imports) {
        this.imports = imports;
    }

    @Override
    public List<Todo> of(Viewer viewer) {
        if (!viewer.may(Permission.MANAGE_PEOPLE)) {
            return List.of();
        }
        int waiting = imports.countWaiting(Scopes.managing(viewer));
        return waiting == 0
                ? List.of()
                : List.of(new Todo(Reason.of("directory.todo.imports", waiting), "/can-bo/nhap", null, 40));
    }
}
