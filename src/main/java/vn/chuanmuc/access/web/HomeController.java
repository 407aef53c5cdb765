package vn.chuanmuc.access.web;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Todo;
import vn.chuanmuc.access.Todos;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.ui.View;

/** Each role's first page: what waits for them, from every module, the most urgent first. */
@Controller
class HomeController {
    private final List<Todos> sources;
    private final Clock clock;

    HomeController(List<Todos> sources, Clock clock) {
        this.sources = sources;
        this.clock = clock;
    }

    @GetMapping("/viec")
    @Allowed(Permission.OWN_PAGES)
    View todo(Viewer viewer) {
        List<Todo> todos = sources.stream()
                .flatMap(source -> source.of(viewer).stream())
                .sorted(Comparator.comparing(Todo::due, Comparator.nullsLast(Comparator.naturalOrder()))
                        .thenComparingInt(Todo::rank))
                .toList();
        return new HomePage(todos, LocalDate.now(clock));
    }
}
