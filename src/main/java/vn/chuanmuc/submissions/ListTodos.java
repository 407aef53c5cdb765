package vn.chuanmuc.submissions;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Todo;
import vn.chuanmuc.access.Todos;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.submissions.ListStore.Waiting;
import vn.chuanmuc.submissions.Lists.Filter;
import vn.chuanmuc.submissions.Lists.Key;

/** What waits on the way of the lists: compiling and sending for the clerk, approving for the head, deciding for the board. */
@Component
class ListTodos implements Todos {
    /** Whoever has more lists than this to do the same with is told how many, and where. */
    private static final int MOST_ONE_BY_ONE = 6;

    private static final List<String> TO_COMPILE = List.of("none", "dropped", "reopened");

    private final ListStore store;

    ListTodos(ListStore store) {
        this.store = store;
    }

    @Override
    public List<Todo> of(Viewer viewer) {
        var todos = new ArrayList<Todo>();
        if (viewer.may(Permission.COMPILE_LIST)) {
            UUID[] units = viewer.unitsWith(Permission.COMPILE_LIST);
            List<Waiting> sentBack = waiting(viewer, units, List.of("sent-back"));
            sentBack.forEach(list -> todos.add(todo(
                    Reason.of("submissions.todo.sent-back", list.unitName(), list.blocName(), list.remarks()),
                    list,
                    1)));
            List<Waiting> approved = waiting(viewer, units, List.of("approved"));
            approved.forEach(list -> todos.add(todo(
                    Reason.of("submissions.todo.submit", list.unitName(), list.blocName(), list.version()), list, 2)));
            List<Waiting> compile = waiting(viewer, units, TO_COMPILE);
            if (compile.size() > MOST_ONE_BY_ONE) {
                List<Waiting> returned = waiting(viewer, units, List.of("dropped", "reopened"));
                returned.forEach(list -> todos.add(
                        todo(Reason.of("submissions.todo.given-back", list.unitName(), list.blocName()), list, 4)));
                List<Waiting> untouched = waiting(viewer, units, List.of("none"));
                if (!untouched.isEmpty()) {
                    todos.add(many(viewer, units, untouched.getFirst(), "none", "submissions.todo.compile.many"));
                }
            } else {
                compile.forEach(list -> {
                    String key =
                            list.state().equals("none") ? "submissions.todo.compile" : "submissions.todo.given-back";
                    todos.add(todo(Reason.of(key, list.unitName(), list.blocName()), list, 4));
                });
            }
        }
        if (viewer.may(Permission.APPROVE_LIST)) {
            UUID[] units = viewer.unitsWith(Permission.APPROVE_LIST);
            List<Waiting> compiled = waiting(viewer, units, List.of("compiled"));
            if (compiled.size() > MOST_ONE_BY_ONE) {
                todos.add(many(viewer, units, compiled.getFirst(), "compiled", "submissions.todo.approve.many"));
            } else {
                compiled.forEach(list -> todos.add(todo(
                        Reason.of("submissions.todo.approve", list.unitName(), list.blocName(), list.version()),
                        list,
                        2)));
            }
        }
        if (viewer.may(Permission.DECIDE_ON_LIST)) {
            long waiting = store.countToDecide(viewer.tenantId(), viewer.unitsWith(Permission.DECIDE_ON_LIST));
            if (waiting > 0) {
                todos.add(new Todo(
                        Reason.of("submissions.todo.decide", waiting), "/danh-sach?trang-thai=submitted", null, 1));
            }
        }
        return todos;
    }

    private List<Waiting> waiting(Viewer viewer, UUID[] units, List<String> states) {
        return store.waiting(viewer.tenantId(), units, states, MOST_ONE_BY_ONE + 1);
    }

    private Todo many(Viewer viewer, UUID[] units, Waiting first, String state, String key) {
        long count = store.count(viewer.tenantId(), units, new Filter(null, state, ""));
        return new Todo(Reason.of(key, count), "/danh-sach?trang-thai=" + state, first.submitBy(), 4);
    }

    private static Todo todo(Reason what, Waiting list, int rank) {
        Key key = list.key();
        return new Todo(
                what,
                "/danh-sach/" + key.campaignId() + "/" + key.unitId() + "/" + key.blocId(),
                list.submitBy(),
                rank);
    }
}
