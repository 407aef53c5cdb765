package vn.chuanmuc.directory.web;

import java.time.LocalDate;
import java.util.List;
import vn.chuanmuc.directory.People;
import vn.chuanmuc.directory.Transfers.Known;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

/**
 * @param asked whether a name was given, so that the second step is shown
 * @param known people of this name and birth date
 */
record ArrivalPage(
        boolean asked,
        List<Known> known,
        UnitChoice choice,
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

    boolean anyHere() {
        return known.stream().anyMatch(Known::works);
    }

    /** Whether what is not typed yet is filled in with what is usual. */
    boolean fresh() {
        return !form.values().containsKey("hieu-luc");
    }

    String or(String field, String otherwise) {
        return fresh() ? otherwise : form.value(field);
    }
}
