package vn.chuanmuc.directory.web;

import java.time.LocalDate;
import java.util.List;
import vn.chuanmuc.directory.People;
import vn.chuanmuc.directory.PersonKind;
import vn.chuanmuc.directory.web.PeopleController.PersonForm;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

record NewPersonPage(
        UnitChoice choice,
        List<People.Bloc> blocs,
        List<String> positions,
        LocalDate today,
        PersonForm form,
        FormErrors errors)
        implements View {
    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    List<PersonKind> kinds() {
        return List.of(PersonKind.values());
    }
}
