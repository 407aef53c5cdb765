package vn.chuanmuc.kernel;

import java.util.List;

/**
 * Why something was refused, or what is to be told, without the words: a message key and its arguments. Arguments may be
 * text, numbers, {@link java.time.LocalDate}, {@link java.time.Instant} or {@link java.time.Year}; the page that shows the
 * reason writes them the way its reader does.
 */
public record Reason(String key, List<Object> arguments) {
    public static Reason of(String key, Object... arguments) {
        return new Reason(key, List.of(arguments));
    }
}
