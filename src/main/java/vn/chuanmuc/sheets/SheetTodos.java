package vn.chuanmuc.sheets;

import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Todo;
import vn.chuanmuc.access.Todos;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.sheets.SheetReadings.Line;

/** Scanned forms that wait for somebody to read or to compare them, and people who have to be asked about theirs. */
@Component
class SheetTodos implements Todos {
    private final SheetReadings readings;
    private final SheetWitnesses witnesses;

    SheetTodos(SheetReadings readings, SheetWitnesses witnesses) {
        this.readings = readings;
        this.witnesses = witnesses;
    }

    @Override
    public List<Todo> of(Viewer viewer) {
        var todos = new ArrayList<Todo>();
        for (WitnessStore.Waiting paper : witnesses.toCompare(viewer)) {
            todos.add(new Todo(
                    Reason.of("sheets.todo.witness", paper.fullName()),
                    "/phieu-giay/chung-kien/" + paper.paper(),
                    null,
                    11));
        }
        if (!viewer.may(Permission.ENTER_PAPER_FORMS)) {
            return todos;
        }
        for (WitnessStore.Waiting paper : witnesses.compared(viewer)) {
            todos.add(new Todo(
                    Reason.of("sheets.todo.compared", paper.fullName()),
                    "/phieu-giay/phieu/" + paper.paper(),
                    null,
                    24));
        }
        List<Line> waiting = readings.lines(viewer, null, true);
        long asking = waiting.stream().filter(line -> line.unclear() > 0).count();
        if (waiting.size() > asking) {
            todos.add(new Todo(Reason.of("sheets.todo.read", waiting.size() - asking), "/phieu-giay", null, 25));
        }
        if (asking > 0) {
            todos.add(new Todo(Reason.of("sheets.todo.ask", asking), "/phieu-giay/hoi", null, 26));
        }
        return todos;
    }
}
