package vn.chuanmuc.figures;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.office.Cell;
import vn.chuanmuc.office.SheetRow;

/** Reads the rows of a workbook: where its table is, and what each cell says. Who is meant is not asked here. */
final class FigureReader {
    static final int MOST_DECIMALS = 4;
    static final int MOST_FIGURES = 20_000;
    private static final int LAST_HEADING_ROW = 50;
    private static final int LONGEST_TOLD = 60;
    /** As Vietnamese write numbers: a comma before decimals, dots between thousands or none. */
    private static final Pattern NUMBER = Pattern.compile("(-?)(\\d{1,3}(?:\\.\\d{3})+|\\d{1,12})(?:,(\\d{1,6}))?");

    private FigureReader() {}

    /** The columns of the table, by their headings, in any order. */
    public enum Column {
        STAFF_CODE(false, "ma can bo", "ma so can bo"),
        NAME(true, "ho va ten", "ho ten"),
        BIRTH(false, "ngay sinh", "ngay thang nam sinh"),
        UNIT_CODE(false, "ma don vi"),
        INDEX(true, "ma chi so"),
        VALUE(true, "gia tri"),
        MEASURE(true, "don vi tinh"),
        DAY(true, "ngay so lieu");

        private final boolean needed;
        private final List<String> headings;

        Column(boolean needed, String... headings) {
            this.needed = needed;
            this.headings = List.of(headings);
        }

        /** Message key of its heading. */
        String key() {
            return "figures.column." + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * A row with a value.
     *
     * @param places where each column's cell is, as its sender knows it
     * @param cells what each column says, as one line
     * @param value null when it is no number; {@code percent} whether it was written with its sign
     */
    record Line(
            int number,
            Map<Column, String> places,
            Map<Column, String> cells,
            @Nullable BigDecimal value,
            boolean percent,
            @Nullable LocalDate day,
            boolean dateAsValue) {
        String text(Column column) {
            return cells.getOrDefault(column, "");
        }

        /** What is wrong with one of its cells. */
        FigureLists.Finding wrong(Column column, Reason why) {
            String told = text(column);
            return new FigureLists.Finding(
                    places.getOrDefault(column, String.valueOf(number)),
                    told.length() > LONGEST_TOLD ? told.substring(0, LONGEST_TOLD) + "…" : told,
                    why);
        }
    }

    sealed interface Table {
        /** @param blank rows that name somebody and hold no value */
        record Read(List<Line> lines, int blank) implements Table {}

        record Refused(Reason why) implements Table {}
    }

    static Table read(List<SheetRow> rows) {
        for (int at = 0; at < Math.min(rows.size(), LAST_HEADING_ROW); at++) {
            Map<Column, Integer> columns = new EnumMap<>(Column.class);
            Optional<Reason> twice = headings(rows.get(at), columns);
            if (columns.containsKey(Column.INDEX) || columns.containsKey(Column.VALUE)) {
                if (twice.isPresent()) {
                    return new Table.Refused(twice.get());
                }
                for (Column column : Column.values()) {
                    if (column.needed && !columns.containsKey(column)) {
                        return new Table.Refused(Reason.of("figures.sheet.missing", Reason.of(column.key())));
                    }
                }
                return lines(rows.subList(at + 1, rows.size()), columns);
            }
        }
        return new Table.Refused(Reason.of("figures.sheet.heading"));
    }

    private static Optional<Reason> headings(SheetRow row, Map<Column, Integer> columns) {
        for (int place = 0; place < row.cells().size(); place++) {
            String heading = Texts.searchKey(text(row, place));
            for (Column column : Column.values()) {
                if (column.headings.contains(heading) && columns.putIfAbsent(column, place) != null) {
                    return Optional.of(Reason.of("figures.sheet.twice", Reason.of(column.key())));
                }
            }
        }
        return Optional.empty();
    }

    private static Table lines(List<SheetRow> rows, Map<Column, Integer> columns) {
        var lines = new ArrayList<Line>();
        int blank = 0;
        for (SheetRow row : rows) {
            Map<Column, String> cells = new EnumMap<>(Column.class);
            Map<Column, String> places = new EnumMap<>(Column.class);
            columns.forEach((column, place) -> {
                cells.put(column, text(row, place));
                places.put(column, letters(place) + row.number());
            });
            boolean names = !cells.getOrDefault(Column.NAME, "").isEmpty()
                    || !cells.getOrDefault(Column.STAFF_CODE, "").isEmpty()
                    || !cells.getOrDefault(Column.UNIT_CODE, "").isEmpty();
            if (cells.getOrDefault(Column.VALUE, "").isEmpty()) {
                blank += names ? 1 : 0; // “chưa nhập”, not zero
                continue;
            }
            lines.add(line(row, columns, places, cells));
            if (lines.size() > MOST_FIGURES) {
                return new Table.Refused(Reason.of("figures.sheet.many", MOST_FIGURES));
            }
        }
        return lines.isEmpty() ? new Table.Refused(Reason.of("figures.sheet.nothing")) : new Table.Read(lines, blank);
    }

    private static Line line(
            SheetRow row, Map<Column, Integer> columns, Map<Column, String> places, Map<Column, String> cells) {
        Cell value = cell(row, columns, Column.VALUE);
        String written = cells.getOrDefault(Column.VALUE, "");
        boolean percent = written.endsWith("%");
        BigDecimal number = value instanceof Cell.Number(var known)
                ? known.stripTrailingZeros()
                : number((percent ? written.substring(0, written.length() - 1) : written).strip());
        Cell day = cell(row, columns, Column.DAY);
        LocalDate on = day instanceof Cell.Day(var known)
                ? known
                : VietnameseDates.parse(cells.getOrDefault(Column.DAY, ""))
                                instanceof VietnameseDates.Parsed.Read(var read)
                        ? read
                        : null;
        return new Line(row.number(), places, cells, number, percent, on, value instanceof Cell.Day);
    }

    /** A number as Vietnamese write it; null when it is none. */
    static @Nullable BigDecimal number(String text) {
        Matcher matcher = NUMBER.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        String decimals = matcher.group(3);
        return new BigDecimal(
                matcher.group(1) + matcher.group(2).replace(".", "") + (decimals == null ? "" : "." + decimals));
    }

    private static Cell cell(SheetRow row, Map<Column, Integer> columns, Column column) {
        Integer place = columns.get(column);
        return place == null ? new Cell.Blank() : cell(row, place);
    }

    private static Cell cell(SheetRow row, int place) {
        return place < row.cells().size() ? row.cells().get(place) : new Cell.Blank();
    }

    private static String text(SheetRow row, int place) {
        return switch (cell(row, place)) {
            case Cell.Text(var text) -> Texts.oneLine(text);
            case Cell.Day(var day) -> VietnameseDates.format(day);
            case Cell.Number(var number) -> number.toPlainString().replace('.', ',');
            case Cell.Fault(var code) -> code;
            case Cell.Blank blank -> "";
        };
    }

    private static String letters(int place) {
        var letters = new StringBuilder();
        for (int rest = place; rest >= 0; rest = rest / 26 - 1) {
            letters.insert(0, (char) ('A' + rest % 26));
        }
        return letters.toString();
    }
}
