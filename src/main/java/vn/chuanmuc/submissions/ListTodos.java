package vn.chuanmuc.submissions;

import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Todo;
import vn.chuanmuc.access.Todos;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.Lines;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.submissions.ListStore.Waiting;
import vn.chuanmuc.submissions.Lists.Key;

/** What waits on the way of the lists: compiling and sending for the clerk, approving for the head, deciding for the board. */
@Component
class ListTodos implements Todos {
    /** Whoever has more lists than this to do the same with is told how many, and where. */
    private static final int MOST_ONE_BY_ONE = 6;

    private static final int MOST_UNSTAFFED = 500;

    private static final List<String> TO_COMPILE = List.of("none", "dropped", "reopened");

    private final ListStore store;

    ListTodos(ListStore store) {
        this.store = store;
    }

    @Override
    public List<Todo> of(Viewer viewer) {
        var todos = new ArrayList<Todo>();
        var reach = Reach.of(viewer);
        if (viewer.may(Permission.COMPILE_LIST)) {
            List<Waiting> sentBack = waiting(reach, Lines.Duty.CLERK, List.of("sent-back"));
            sentBack.forEach(list -> todos.add(todo(
                    Reason.of("submissions.todo.sent-back", list.unitName(), list.blocName(), list.remarks()),
                    list,
                    1)));
            List<Waiting> approved = waiting(reach, Lines.Duty.CLERK, List.of("approved"));
            approved.forEach(list -> todos.add(todo(
                    Reason.of("submissions.todo.submit", list.unitName(), list.blocName(), list.version()), list, 2)));
            List<Waiting> compile = waiting(reach, Lines.Duty.CLERK, TO_COMPILE);
            if (compile.size() > MOST_ONE_BY_ONE) {
                List<Waiting> returned = waiting(reach, Lines.Duty.CLERK, List.of("dropped", "reopened"));
                returned.forEach(list -> todos.add(
                        todo(Reason.of("submissions.todo.given-back", list.unitName(), list.blocName()), list, 4)));
                List<Waiting> untouched = waiting(reach, Lines.Duty.CLERK, List.of("none"));
                if (!untouched.isEmpty()) {
                    todos.add(many(
                            reach, Lines.Duty.CLERK, untouched.getFirst(), "none", "submissions.todo.compile.many"));
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
            List<Waiting> compiled = waiting(reach, Lines.Duty.APPROVER, List.of("compiled"));
            if (compiled.size() > MOST_ONE_BY_ONE) {
                todos.add(many(
                        reach, Lines.Duty.APPROVER, compiled.getFirst(), "compiled", "submissions.todo.approve.many"));
            } else {
                compiled.forEach(list -> todos.add(todo(
                        Reason.of("submissions.todo.approve", list.unitName(), list.blocName(), list.version()),
                        list,
                        2)));
            }
        }
        if (viewer.may(Permission.DECIDE_ON_LIST)) {
            long waiting = store.countToDecide(reach);
            if (waiting > 0) {
                todos.add(new Todo(
                        Reason.of("submissions.todo.decide", waiting), "/danh-sach?trang-thai=submitted", null, 1));
            }
        }
        if (viewer.may(Permission.MANAGE_UNITS)) {
            todos.addAll(unstaffed(viewer));
        }
        return todos;
    }

    /** Whoever manages a unit gives its duties in lines: until then the unit's roles act, or nobody can. */
    private List<Todo> unstaffed(Viewer viewer) {
        if (!store.hasLineCampaigns(viewer.tenantId())) {
            return List.of();
        }
        List<ListStore.Unstaffed> found =
                store.unstaffed(viewer.tenantId(), viewer.unitsWith(Permission.MANAGE_UNITS), MOST_UNSTAFFED + 1);
        if (found.size() > MOST_ONE_BY_ONE) {
            ListStore.Unstaffed first = found.getFirst();
            String key = found.size() > MOST_UNSTAFFED
                    ? "submissions.todo.unstaffed.many-more"
                    : "submissions.todo.unstaffed.many";
            return List.of(new Todo(
                    Reason.of(key, Math.min(found.size(), MOST_UNSTAFFED), first.lineName()),
                    "/tuyen/" + first.lineId(),
                    first.submitBy(),
                    3));
        }
        return found.stream()
                .map(unit -> new Todo(
                        Reason.of(
                                "submissions.todo.unstaffed."
                                        + (unit.noClerk() ? unit.noApprover() ? "both" : "clerk" : "approver"),
                                unit.unitName(),
                                unit.lineName()),
                        "/tuyen/" + unit.lineId() + "/don-vi/" + unit.unitId(),
                        unit.submitBy(),
                        3))
                .toList();
    }

    private List<Waiting> waiting(Reach reach, Lines.Duty duty, List<String> states) {
        return store.waiting(reach, duty, states, MOST_ONE_BY_ONE + 1);
    }

    private Todo many(Reach reach, Lines.Duty duty, Waiting first, String state, String key) {
        long count = store.countWaiting(reach, duty, state);
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
