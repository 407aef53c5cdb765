package vn.chuanmuc.access;

import java.util.List;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.NewUnits.Lacking;
import vn.chuanmuc.kernel.Reason;

/** After a re-organisation: its new units need somebody who compiles and somebody who approves. */
@Component
class NewUnitTodos implements Todos {
    private final NewUnits units;

    NewUnitTodos(NewUnits units) {
        this.units = units;
    }

    @Override
    public List<Todo> of(Viewer viewer) {
        if (!viewer.may(Permission.MANAGE_ACCOUNTS)) {
            return List.of();
        }
        List<Lacking> lacking = units.lackingRoles(viewer.tenantId());
        return lacking.isEmpty()
                ? List.of()
                : List.of(new Todo(
                        Reason.of(
                                "access.todo.new-units",
                                lacking.size(),
                                lacking.getFirst().name()),
                        "/quan-tri/tai-khoan/don-vi-moi",
                        null,
                        20));
    }
}
