package vn.chuanmuc.directory.web;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.chuanmuc.directory.People;
import vn.chuanmuc.directory.PeopleImports.Import;
import vn.chuanmuc.directory.PersonKind;
import vn.chuanmuc.directory.web.ImportsController.UploadForm;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

record UploadPage(
        UnitChoice choice,
        List<People.Bloc> blocs,
        List<Import> newest,
        Map<UUID, String> names,
        LocalDate today,
        UploadForm form,
        FormErrors errors)
        implements View {
    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    List<PersonKind> kinds() {
        return List.of(PersonKind.CIVIL_SERVANT, PersonKind.OFFICIAL, PersonKind.PUBLIC_EMPLOYEE, PersonKind.WORKER);
    }

    /** Good news, bad news, waiting, or nothing of these. */
    static String tone(Import known) {
        return switch (known.state()) {
            case APPLIED -> "good";
            case READ, READING, APPLYING -> "wait";
            case DROPPED -> "";
            case UNREADABLE, FAILED -> "bad";
        };
    }
}
