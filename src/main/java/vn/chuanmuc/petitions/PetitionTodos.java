package vn.chuanmuc.petitions;

import java.util.List;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Todo;
import vn.chuanmuc.access.Todos;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.Reason;

/** What waits about petitions, for everybody who has a part in one; and what is over its day, for the board, then the head. */
@Component
class PetitionTodos implements Todos {
    private final Petitions petitions;

    PetitionTodos(Petitions petitions) {
        this.petitions = petitions;
    }

    @Override
    public List<Todo> of(Viewer viewer) {
        return petitions.own(viewer).stream()
                .filter(own -> own.part().waits())
                .map(own -> new Todo(
                        Reason.of("petitions.todo." + own.part().code(), own.fullName(), own.cycleTitle()),
                        own.href(),
                        own.due(),
                        own.part() == PetitionLists.Part.OVERDUE ? 5 : 11))
                .toList();
    }
}
