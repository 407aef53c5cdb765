package vn.chuanmuc.rules.web;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.rules.WorkingCalendar.Due;
import vn.chuanmuc.rules.WorkingCalendar.Fixed;
import vn.chuanmuc.rules.WorkingDays.Entry;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Dated;
import vn.chuanmuc.ui.FormErrors;

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
        FormErrors errors,
        AsOf asOf)
        implements Dated {
    static final int ROWS = 8;

    @Override
    public String undated() {
        return "rules.calendar.undated";
    }

    record Asked(LocalDate day, int n, Due due) {}

    @Override
    public int status() {
        return errors.none() ? asOf.status() : 422;
    }

    String value(String field) {
        return values.getOrDefault(field, "");
    }
}
