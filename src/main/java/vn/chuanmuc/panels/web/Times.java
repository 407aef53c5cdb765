package vn.chuanmuc.panels.web;

import java.time.LocalTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times of day as people write them: 8:5, 08:05, 8h05, 8 giờ 05. */
final class Times {
    private static final Pattern TIME = Pattern.compile("(\\d{1,2})\\s*(?:[:hg.]|giờ)\\s*(\\d{1,2})?");

    private Times() {}

    static Optional<LocalTime> read(String text) {
        Matcher matcher = TIME.matcher(text.strip().toLowerCase(java.util.Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int hour = Integer.parseInt(matcher.group(1));
        int minute = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
        return hour < 24 && minute < 60 ? Optional.of(LocalTime.of(hour, minute)) : Optional.empty();
    }
}
