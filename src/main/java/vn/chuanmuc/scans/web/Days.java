package vn.chuanmuc.scans.web;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.VietnameseDates;

/** A day as typed. @param day null when nothing stands there, or no day */
record Days(@Nullable LocalDate day, boolean wrong) {
    static Days read(String text) {
        if (text.isBlank()) {
            return new Days(null, false);
        }
        return VietnameseDates.parse(text) instanceof VietnameseDates.Parsed.Read(var day)
                ? new Days(day, false)
                : new Days(null, true);
    }
}
