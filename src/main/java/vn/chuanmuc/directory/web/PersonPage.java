package vn.chuanmuc.directory.web;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.directory.People;
import vn.chuanmuc.directory.PersonKind;
import vn.chuanmuc.directory.web.PeopleController.PersonForm;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/**
 * @param managed the assignments the viewer may change
 * @param edited the assignment whose form is shown again with errors
 */
record PersonPage(
        People.Portrait person,
        boolean manages,
        List<UUID> managed,
        @Nullable UUID edited,
        List<People.Bloc> blocs,
        List<String> positions,
        LocalDate today,
        PersonForm form,
        FormErrors errors)
        implements View {
    static final PersonForm NO_FORM =
            new PersonForm(null, null, null, null, null, null, null, null, null, null, null, null, null);

    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    boolean mayChange(People.Assignment held) {
        return managed.contains(held.id());
    }

    /** Errors belong to one of the page's forms. */
    FormErrors errorsOf(@Nullable UUID assignment) {
        return java.util.Objects.equals(assignment, edited) ? errors : FormErrors.NONE;
    }

    String kept(@Nullable UUID assignment, String field, String otherwise) {
        return errorsOf(assignment).none() || form.value(field).isEmpty() && !field.equals("ly-do")
                ? otherwise
                : form.value(field);
    }

    List<PersonKind> kinds() {
        return List.of(PersonKind.values());
    }
}
