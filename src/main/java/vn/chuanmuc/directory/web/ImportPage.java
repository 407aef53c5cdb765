package vn.chuanmuc.directory.web;

import java.util.List;
import vn.chuanmuc.directory.PeopleImports.Difference;
import vn.chuanmuc.directory.PeopleImports.Import;
import vn.chuanmuc.directory.PeopleImports.Part;
import vn.chuanmuc.directory.PeopleImports.Row;
import vn.chuanmuc.directory.PeopleImports.State;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.Ui;
import vn.chuanmuc.ui.View;

/** @param interrupted applying was begun and is not heard of any more: nothing was written */
record ImportPage(
        Import sheet, String uploader, Part part, List<Row> rows, Paging paging, boolean interrupted, FormErrors errors)
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
        };
    }

    boolean waiting() {
        return sheet.state() == State.READ || sheet.state() == State.FAILED || interrupted;
    }

    boolean working() {
        return sheet.state() == State.APPLYING && !interrupted;
    }

    boolean done() {
        return sheet.state() == State.APPLIED;
    }

    boolean nothingNew() {
        return sheet.added() + sheet.changed() == 0;
    }

    int count(Part of) {
        return switch (of) {
            case BAD -> sheet.bad();
            case CHANGE -> sheet.changed();
            case ADD -> sheet.added();
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
