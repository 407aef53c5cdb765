package vn.chuanmuc.rules;

import java.util.List;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Todo;
import vn.chuanmuc.access.Todos;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.Reason;

/** Versions that another entered and that wait to be confirmed. */
@Component
class RulesTodos implements Todos {
    private static final int RANK = 35;

    private final Rules rules;

    RulesTodos(Rules rules) {
        this.rules = rules;
    }

    @Override
    public List<Todo> of(Viewer viewer) {
        long waiting = rules.waiting(viewer);
        return waiting == 0
                ? List.of()
                : List.of(new Todo(Reason.of("rules.todo.confirm", waiting), "/quy-tac?loc=cho", null, RANK));
    }
}
