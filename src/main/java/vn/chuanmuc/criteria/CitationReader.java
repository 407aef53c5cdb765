package vn.chuanmuc.criteria;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads document numbers and dates out of running text, also where they were filled in by hand and then read by a machine.
 * Every pattern is bounded, so that a long line costs no more than its length.
 */
final class CitationReader {
    private CitationReader() {}

    /** {@code 264...-QĐ/QU}, {@code 01- CTr/QU}, {@code 90/2020/NĐ-CP}: digits, perhaps filler dots, then letters. */
    private static final Pattern NUMBER =
            Pattern.compile("(?<![\\p{L}0-9/.-])([0-9]{1,5})([.…_ ]{0,12}+)(/[0-9]{4}(?=/))?+ ?[-–/] ?"
                    + "(\\p{L}{1,12}[0-9]{0,2}(?:[-–/&] ?\\p{L}{1,12}[0-9]{0,2}){0,3})");

    private static final Pattern DAY_WORDS =
            Pattern.compile("ngày[ .…_]{1,12}([0-9]{1,2})?[ .…_]{0,12}tháng[ .…_]{1,12}"
                    + "([0-9]{1,2})?[ .…_]{0,12}năm[ .…_]{1,12}([0-9]{4})?");
    private static final Pattern DAY_FIGURES = Pattern.compile(
            "ngày[ :]{1,3}([0-9][0-9 ./…_-]{0,28}[0-9]{4}|[.…_/ ]{1,12}[0-9][0-9 ./…_-]{0,24}[0-9]{4})(?![0-9])");
    private static final Pattern BARE_DAY =
            Pattern.compile("(?<![0-9/.-])([0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{4})(?![0-9])");
    private static final Pattern CLEAN_FIGURES = Pattern.compile("[0-9]{1,2}([/.-])[0-9]{1,2}\\1[0-9]{4}");

    /** The first number in {@code text} and the first date after it (or the first date, if there is no number), or null. */
    static @Nullable Citation find(String text, int line) {
        var number = NUMBER.matcher(text);
        boolean numbered = number.find();
        var day = findDay(text, numbered ? number.end() : 0);
        if (!numbered && day == null) {
            return null;
        }
        int from = numbered ? number.start() : day == null ? 0 : day.from;
        int to = day != null ? day.to : number.end();
        return new Citation(
                text.substring(from, to),
                line,
                numbered ? number.group() : null,
                numbered ? normalise(number) : null,
                day == null ? null : day.printed,
                day == null ? List.of() : day.dates,
                numbered && number.group(2).isBlank(),
                day != null && day.clean);
    }

    /** The date a clause names, if it names one beyond doubt. */
    static @Nullable LocalDate certainDate(String text) {
        var day = findDay(text, 0);
        return day != null && day.clean ? day.dates.getFirst() : null;
    }

    private static String normalise(Matcher number) {
        var year = number.group(3) == null ? "" : number.group(3);
        var separator = number.group().charAt(number.start(4) - number.start() - 1) == ' '
                ? number.group().charAt(number.start(4) - number.start() - 2)
                : number.group().charAt(number.start(4) - number.start() - 1);
        var letters = number.group(4).replace(" ", "").replace('–', '-');
        return number.group(1) + year + (separator == '–' ? '-' : separator) + letters;
    }

    private record Day(String printed, int from, int to, List<LocalDate> dates, boolean clean) {}

    private static @Nullable Day findDay(String text, int after) {
        var words = DAY_WORDS.matcher(text);
        boolean inWords = words.find(after);
        var figures = DAY_FIGURES.matcher(text);
        boolean inFigures = figures.find(after);
        if (inWords && (!inFigures || words.start() <= figures.start())) {
            var dates = inWords(words.group(1), words.group(2), words.group(3));
            return new Day(words.group(), words.start(), words.end(), dates, dates.size() == 1);
        }
        if (inFigures) {
            return day(figures.group(1), figures.start(), figures.end());
        }
        var bare = BARE_DAY.matcher(text);
        return bare.find(after) ? day(bare.group(1), bare.start(), bare.end()) : null;
    }

    private static Day day(String printed, int from, int to) {
        var dates = candidates(printed);
        return new Day(
                printed,
                from,
                to,
                dates,
                dates.size() == 1 && CLEAN_FIGURES.matcher(printed).matches());
    }

    private static List<LocalDate> inWords(@Nullable String day, @Nullable String month, @Nullable String year) {
        if (day == null || month == null || year == null) {
            return List.of();
        }
        var date = date(day, month, year);
        return date == null ? List.of() : List.of(date);
    }

    /**
     * What a date in figures can mean, the likeliest first. {@code 24/9/2021} is one date. Written by hand into a dotted
     * line, the slash before the month is read as a 1: {@code 24.1.9./2021} is most likely 24/9/2021, but may be 24/1/2021.
     */
    static List<LocalDate> candidates(String printed) {
        var figures = new ArrayList<String>();
        for (var part : printed.split("[^0-9]+", 12)) {
            if (!part.isEmpty()) {
                figures.add(part);
            }
        }
        if (figures.size() < 3 || figures.size() > 6 || figures.getLast().length() != 4) {
            return List.of();
        }
        var year = figures.removeLast();
        var found = new LinkedHashSet<LocalDate>();
        if (figures.size() > 2) {
            for (int i = 1; i < figures.size() - 1; i++) {
                if (figures.get(i).equals("1")) {
                    addSplits(without(figures, i), year, found);
                }
            }
        }
        addSplits(figures, year, found);
        if (figures.size() > 2) {
            for (int i = 1; i < figures.size(); i++) {
                addSplits(without(figures, i), year, found);
            }
        }
        return List.copyOf(found);
    }

    /** Every way to read {@code figures} as a day followed by a month. */
    private static void addSplits(List<String> figures, String year, Set<LocalDate> found) {
        for (int split = 1; split < figures.size(); split++) {
            var date = date(
                    String.join("", figures.subList(0, split)),
                    String.join("", figures.subList(split, figures.size())),
                    year);
            if (date != null) {
                found.add(date);
            }
        }
    }

    private static List<String> without(List<String> figures, int index) {
        var fewer = new ArrayList<>(figures);
        fewer.remove(index);
        return fewer;
    }

    private static @Nullable LocalDate date(String day, String month, String year) {
        if (day.length() > 2 || month.length() > 2) {
            return null;
        }
        try {
            return LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day));
        } catch (DateTimeException notInTheCalendar) {
            return null;
        }
    }
}
