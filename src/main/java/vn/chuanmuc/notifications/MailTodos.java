package vn.chuanmuc.notifications;

import java.util.List;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Todo;
import vn.chuanmuc.access.Todos;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.Reason;

/** Mails that did not arrive, for whoever looks after them; an address that waits for its code, for its owner. */
@Component
class MailTodos implements Todos {
    private static final int MOST_COUNTED = 1_000;

    private final Deliveries deliveries;
    private final Addresses addresses;

    MailTodos(Deliveries deliveries, Addresses addresses) {
        this.deliveries = deliveries;
        this.addresses = addresses;
    }

    @Override
    public List<Todo> of(Viewer viewer) {
        var own = addresses.own(viewer);
        var mine = own.waits()
                ? List.of(
                        new Todo(Reason.of("notifications.todo.verify", own.shownWanted()), "/thong-bao/thu", null, 55))
                : List.<Todo>of();
        int failed = viewer.may(Permission.MANAGE_MAIL) ? deliveries.failures(viewer, MOST_COUNTED) : 0;
        if (failed == 0) {
            return mine;
        }
        var all = new java.util.ArrayList<Todo>(mine);
        all.add(new Todo(
                failed == MOST_COUNTED
                        ? Reason.of("notifications.todo.failed.many", failed)
                        : Reason.of("notifications.todo.failed", failed),
                "/quan-tri/thu?trang-thai=failed",
                null,
                50));
        return all;
    }
}
