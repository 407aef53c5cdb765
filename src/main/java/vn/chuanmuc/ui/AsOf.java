package vn.chuanmuc.ui;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.VietnameseDates;

/**
 * The day a page is asked for: today, or an earlier one. Pages read it from the parameter {@value #PARAMETER}.
 *
 * @param day what the page shows; today when what was typed is no such day
 * @param typed as it was typed
 * @param wrong why what was typed cannot be shown
 */
public record AsOf(
        LocalDate day,
        LocalDate today,
        String typed,
        @Nullable Reason wrong) {
    public static final String PARAMETER = "ngay";

    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

    public static AsOf today(LocalDate today) {
        return new AsOf(today, today, "", null);
    }

    public static AsOf read(String typed, LocalDate today) {
        return switch (VietnameseDates.parse(typed)) {
            case VietnameseDates.Parsed.Read(var day) ->
                day.isAfter(today)
                        ? new AsOf(today, today, typed, Reason.of("ui.as-of.future", day, today))
                        : new AsOf(day, today, typed, null);
            case VietnameseDates.Parsed.Refused(var why) ->
                why == VietnameseDates.Reason.EMPTY
                        ? today(today)
                        : new AsOf(
                                today,
                                today,
                                typed.length() > 40 ? typed.substring(0, 40) : typed,
                                Reason.of(
                                        why == VietnameseDates.Reason.NOT_REAL
                                                ? "ui.as-of.not-real"
                                                : "ui.as-of.format"));
        };
    }

    public boolean past() {
        return day.isBefore(today);
    }

    /** The first moment of the day. */
    public Instant start() {
        return day.atStartOfDay(ZONE).toInstant();
    }

    /** The first moment after the day: what was done before it was known then. */
    public Instant end() {
        return day.plusDays(1).atStartOfDay(ZONE).toInstant();
    }

    /** The same where the day is past; null today, when nothing is left out. */
    public @Nullable Instant pastEnd() {
        return past() ? end() : null;
    }

    /** Whether it had been done by the end of the day; never, when it is not done yet. */
    public boolean knows(@Nullable Instant at) {
        return at != null && at.isBefore(end());
    }

    /** As it is written into the field. */
    public String field() {
        return wrong != null ? typed : past() ? VietnameseDates.format(day) : "";
    }

    /** For addresses that stay on the same day: {@code ngay=dd/MM/yyyy&}, or nothing today. */
    public String parameter() {
        return past() ? PARAMETER + "=" + VietnameseDates.format(day) + "&" : "";
    }

    /** For addresses without other parameters: {@code ?ngay=dd/MM/yyyy}, or nothing today. */
    public String query() {
        return past() ? "?" + PARAMETER + "=" + VietnameseDates.format(day) : "";
    }

    /** For an address one is sent on to: {@code ?ngay=} with the day, or with what was typed when it is none; nothing today. */
    public String carried() {
        return wrong == null ? query() : "?" + PARAMETER + "=" + URLEncoder.encode(typed, StandardCharsets.UTF_8);
    }

    /** 200, or 422 when the day could not be read. */
    public int status() {
        return wrong == null ? 200 : 422;
    }
}
