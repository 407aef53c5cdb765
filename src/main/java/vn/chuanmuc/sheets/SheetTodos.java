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

/** Scanned forms that wait for somebody to read them, and people who have to be asked about theirs. */
@Component
class SheetTodos implements Todos {
    private final SheetReadings readings;

    SheetTodos(SheetReadings readings) {
        this.readings = readings;
    }

    @Override
    public List<Todo> of(Viewer viewer) {
        if (!viewer.may(Permission.ENTER_PAPER_FORMS)) {
            return List.of();
        }
        List<Line> waiting = readings.lines(viewer, null, true);
        long asking = waiting.stream().filter(line -> line.unclear() > 0).count();
        var todos = new ArrayList<Todo>();
        if (waiting.size() > asking) {
            todos.add(new Todo(Reason.of("sheets.todo.read", waiting.size() - asking), "/phieu-giay", null, 25));
        }
        if (asking > 0) {
            todos.add(new Todo(Reason.of("sheets.todo.ask", asking), "/phieu-giay/hoi", null, 26));
        }
        return todos;
    }
}
