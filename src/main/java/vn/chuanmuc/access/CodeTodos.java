package vn.chuanmuc.access;

import java.util.List;
import org.springframework.stereotype.Component;
import vn.chuanmuc.kernel.Reason;

/** People who cannot sign in yet because nobody issued them a code. */
@Component
class CodeTodos implements Todos {
    private static final int MOST_COUNTED = 1_000;
    private final CodeStore store;

    CodeTodos(CodeStore store) {
        this.store = store;
    }

    @Override
    public List<Todo> of(Viewer viewer) {
        if (!viewer.may(Permission.ISSUE_CODES) || !viewer.may(Permission.READ_PEOPLE)) {
            return List.of();
        }
        int missing = store.withoutAccount(viewer.tenantId(), viewer.unitsWith(Permission.ISSUE_CODES), MOST_COUNTED);
        if (missing == 0) {
            return List.of();
        }
        return List.of(new Todo(
                missing == MOST_COUNTED
                        ? Reason.of("access.todo.codes.many", missing)
                        : Reason.of("access.todo.codes", missing),
                "/can-bo/ma-truy-cap",
                null,
                60));
    }
}
