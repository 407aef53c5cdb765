package vn.chuanmuc.figures;

import java.util.List;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Todo;
import vn.chuanmuc.access.Todos;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.Reason;

/** Lists that another brought in and that wait to be confirmed. */
@Component
class FigureTodos implements Todos {
    private static final int RANK = 36;

    private final FigureLists lists;

    FigureTodos(FigureLists lists) {
        this.lists = lists;
    }

    @Override
    public List<Todo> of(Viewer viewer) {
        long waiting = lists.toConfirm(viewer);
        return waiting == 0
                ? List.of()
                : List.of(new Todo(Reason.of("figures.todo.confirm", waiting), "/so-lieu?loc=waiting", null, RANK));
    }
}
