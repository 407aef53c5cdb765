package vn.chuanmuc.directory.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.directory.PeopleImports.Difference;
import vn.chuanmuc.directory.PeopleImports.Ending;
import vn.chuanmuc.directory.PeopleImports.Gone;
import vn.chuanmuc.directory.PeopleImports.Import;
import vn.chuanmuc.directory.PeopleImports.Part;
import vn.chuanmuc.directory.PeopleImports.Row;
import vn.chuanmuc.directory.PeopleImports.State;
import vn.chuanmuc.jobs.Job;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.Ui;
import vn.chuanmuc.ui.View;

/**
 * @param gone rows of the part GONE; otherwise {@code rows} are shown
 * @param ending what the clerk chose for those who are gone, or just entered
 * @param day as entered
 * @param chosen how many are ticked in all
 * @param job the job at work; null when none is
 */
record ImportPage(
        Import sheet,
        String uploader,
        Part part,
        List<Row> rows,
        List<Gone> gone,
        Ending ending,
        String day,
        int chosen,
        @Nullable Job job,
        Paging paging,
        FormErrors errors)
        implements View {
    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    static String code(Part part) {
        return switch (part) {
            case BAD -> "loi";
            case CHANGE -> "doi";
            case ADD -> "moi";
            case GONE -> "vang";
        };
    }

    boolean waiting() {
        return sheet.state() == State.READ || sheet.state() == State.FAILED;
    }

    boolean working() {
        return sheet.state() == State.APPLYING || sheet.state() == State.READING;
    }

    boolean done() {
        return sheet.state() == State.APPLIED;
    }

    boolean nothingNew() {
        return sheet.added() + sheet.changed() + toEnd() == 0;
    }

    int count(Part of) {
        return switch (of) {
            case BAD -> sheet.bad();
            case CHANGE -> sheet.changed();
            case ADD -> sheet.added();
            case GONE -> sheet.gone();
        };
    }

    /** How many assignments applying would end. */
    int toEnd() {
        return switch (sheet.ending().choice()) {
            case KEEP -> 0;
            case ALL -> sheet.gone();
            case CHOSEN -> chosen;
        };
    }

    boolean blocsRefused() {
        return waiting()
                && !sheet.newBlocs()
                && sheet.bad() > 0
                && !sheet.report().newBlocs().isEmpty();
    }

    boolean unusedColumns() {
        return sheet.report().columns().stream()
                .anyMatch(column ->
                        column.key().endsWith(".unused") || column.key().endsWith(".not-collected"));
    }

    /** A kind is kept by its code; everything else as it is read. */
    String text(Ui ui, Difference difference, String value) {
        return difference.key().endsWith(".kind") ? ui.t("directory.kind." + value) : value;
    }
}
