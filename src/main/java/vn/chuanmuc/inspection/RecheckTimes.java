package vn.chuanmuc.inspection;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** When a body is checked by itself. */
final class RecheckTimes {
    /** A new body is soon checked for the first time, not only in the night. */
    static final Duration FIRST = Duration.ofHours(1);

    private static final Duration LATE = Duration.ofHours(36);

    private RecheckTimes() {}

    /**
     * The moment from which on it is due: an hour after the body's first act; then in the hour that is set, once a day; and at any hour
     * when more than a night was missed.
     *
     * @param began when the body's first act was done
     * @param last when it was checked last, or null
     */
    static Instant next(Instant began, @Nullable Instant last, Instant now, int hour, ZoneId zone) {
        if (last == null) {
            return began.plus(FIRST);
        }
        Instant night = at(LocalDate.ofInstant(last, zone).plusDays(1), hour, zone);
        if (isOver(night, now)) {
            LocalDate today = LocalDate.ofInstant(now, zone);
            night = at(today, hour, zone);
            night = isOver(night, now) ? at(today.plusDays(1), hour, zone) : night;
        }
        Instant late = last.plus(LATE);
        return late.isBefore(night) ? late : night;
    }

    private static boolean isOver(Instant night, Instant now) {
        return !now.isBefore(night.plus(Duration.ofHours(1)));
    }

    private static Instant at(LocalDate day, int hour, ZoneId zone) {
        return day.atTime(hour, 0).atZone(zone).toInstant();
    }
}
