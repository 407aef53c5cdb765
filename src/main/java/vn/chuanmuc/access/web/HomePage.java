package vn.chuanmuc.access.web;

import java.time.LocalDate;
import java.util.List;
import vn.chuanmuc.access.Todo;
import vn.chuanmuc.ui.View;

record HomePage(List<Todo> todos, LocalDate today) implements View {
    boolean late(Todo todo) {
        return todo.due() != null && todo.due().isBefore(today);
    }
}
