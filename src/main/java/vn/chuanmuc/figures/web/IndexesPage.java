package vn.chuanmuc.figures.web;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.chuanmuc.figures.FigureIndex;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** What is measured. @param names of accounts @param values of the form as typed */
record IndexesPage(
        List<FigureIndex> indexes,
        Map<UUID, String> names,
        boolean enters,
        Map<String, String> values,
        FormErrors errors)
        implements View {
    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    String value(String field) {
        return values.getOrDefault(field, "");
    }
}
