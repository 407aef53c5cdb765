package vn.chuanmuc.rules.web;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.rules.WorkingCalendar.Due;
import vn.chuanmuc.rules.WorkingCalendar.Fixed;
import vn.chuanmuc.rules.WorkingDays.Entry;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/**
 * The days of a year that are not as their weekday says.
 *
 * @param years that may be chosen
 * @param known whether the body entered days of this year
 * @param names of accounts
 * @param values of the form as typed
 * @param asked what was asked about a clock, and the answer
 */
record CalendarPage(
        int year,
        List<Integer> years,
        boolean known,
        List<Entry> entries,
        List<Fixed> fixed,
        Map<UUID, String> names,
        boolean enters,
        Map<String, String> values,
        @Nullable Asked asked,
        FormErrors errors)
        implements View {
    static final int ROWS = 8;

    record Asked(LocalDate day, int n, Due due) {}

    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    String value(String field) {
        return values.getOrDefault(field, "");
    }
}
