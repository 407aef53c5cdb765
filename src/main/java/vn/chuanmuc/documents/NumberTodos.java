package vn.chuanmuc.documents;

import java.util.List;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Todo;
import vn.chuanmuc.access.Todos;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.Reason;

/** Numbers that somebody says were given on paper and another person has to confirm. */
@Component
class NumberTodos implements Todos {
    private final NumberBook book;

    NumberTodos(NumberBook book) {
        this.book = book;
    }

    @Override
    public List<Todo> of(Viewer viewer) {
        List<NumberBook.Reservation> waiting = book.waiting(viewer);
        return waiting.isEmpty()
                ? List.of()
                : List.of(new Todo(
                        Reason.of("documents.todo.reserved", waiting.size()),
                        "/danh-so?don-vi=" + waiting.getFirst().unitId() + "#tren-giay",
                        null,
                        40));
    }
}
