package vn.chuanmuc.assessments.web;

import java.util.List;
import vn.chuanmuc.assessments.ResultNotes;
import vn.chuanmuc.assessments.Results;
import vn.chuanmuc.assessments.Results.Decided;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** One result: for the person who was told, for whoever decides, for who reads. */
record ResultPage(Results.Sheet sheet, List<ResultNotes.Note> notes, Typed typed, FormErrors errors) implements View {
    /** What stands in the fields: notes and plan, or the day and who took the paper. */
    record Typed(String notes, String plan, String day, String receiver) {}

    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    String address() {
        return "/danh-gia/ket-qua/" + sheet.about().period().code() + "/"
                + sheet.about().formId();
    }

    boolean toldShown() {
        return sheet.tellings().stream()
                .anyMatch(telling -> telling.version() == sheet.shown().version());
    }

    boolean differs() {
        Decided shown = sheet.shown();
        return shown.suggested() != null && !shown.suggested().equals(shown.grade());
    }

    String grade(String code) {
        return sheet.book().grade(code).map(grade -> grade.words()).orElse(code);
    }

    static String tone(Decided decided) {
        Boolean approved = decided.approved();
        return approved == null ? "info" : approved ? "good" : "bad";
    }

    static String verdict(Decided decided) {
        Boolean approved = decided.approved();
        return approved == null ? "waits" : approved ? "approved" : "sent-back";
    }
}
