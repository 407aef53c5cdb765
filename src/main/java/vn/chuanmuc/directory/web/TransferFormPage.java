package vn.chuanmuc.directory.web;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.directory.People;
import vn.chuanmuc.directory.Transfers;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/**
 * @param kind {@code move}, {@code add} or {@code out}
 * @param places units that answer to what was typed, when there are several
 */
record TransferFormPage(
        People.Portrait person,
        String kind,
        List<Transfers.Place> places,
        List<People.Bloc> blocs,
        List<String> positions,
        LocalDate today,
        Typed form,
        FormErrors errors)
        implements View {
    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    boolean inside() {
        return !kind.equals("out");
    }

    /** What may end with a move. */
    List<People.Assignment> open() {
        return person.assignments().stream().filter(People.Assignment::open).toList();
    }

    /** The assignment that is offered to be left: the main one. */
    People.@Nullable Assignment main() {
        return open().stream().filter(People.Assignment::main).findFirst().orElse(null);
    }

    boolean leaves(UUID assignment) {
        UUID chosen = form.id("tu");
        People.Assignment main = main();
        return chosen == null ? main != null && main.id().equals(assignment) : chosen.equals(assignment);
    }

    List<String> modes() {
        return kind.equals("add") ? List.of("secondment", "acting", "regular") : List.of("regular", "acting");
    }
}
