package vn.chuanmuc.office;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.SheetVisibility;
import org.jspecify.annotations.Nullable;

/** Reads the first visible sheet of a package that {@link PackageGuard} has let pass. */
final class SheetReader {
    private static final Set<String> FAULTS = Set.of(
            "#REF!", "#N/A", "#NAME?", "#DIV/0!", "#VALUE!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA");
    /** What in a number format is not a date field: quoted and escaped text, [colours], [$-locales]. */
    private static final Pattern FORMAT_NOISE = Pattern.compile("\"[^\"]*\"|\\\\.|_.|\\*.|\\[[^\\]]*]");
    /** Excel writes control characters and line ends as _x000D_. */
    private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");

    private static final int LAST_DAY = 2_958_465;
    private static final int LONGEST_CELL = 32_767;

    private final SheetLimits limits;

    SheetReader(SheetLimits limits) {
        this.limits = limits;
    }

    /** @return how many rows were handed over */
    int read(Path file, Consumer<SheetRow> consumer) throws RefusedFile, IOException {
        var source = open(file);
        try (source) {
            int count = 0;
            for (SheetRow row; (row = source.next()) != null; ) {
                if (++count > limits.maxRows()) {
                    throw new RefusedFile("TOO_MANY_ROWS", limits.maxRows());
                }
                consumer.accept(row);
            }
            return count;
        }
    }

    static Source open(Path file) throws RefusedFile {
        ReadableWorkbook workbook = null;
        try {
            workbook = new ReadableWorkbook(file.toFile(), new ReadingOptions(true, true));
            var sheets = workbook.getSheets().toList();
            if (sheets.isEmpty()) {
                workbook.close();
                throw new RefusedFile("NO_SHEET");
            }
            var sheet = sheets.stream()
                    .filter(s -> s.getVisibility() == SheetVisibility.VISIBLE)
                    .findFirst()
                    .orElse(sheets.getFirst());
            return new Source(workbook, sheet.openStream());
        } catch (IOException | RuntimeException e) {
            close(workbook);
            throw new RefusedFile("BROKEN");
        }
    }

    private static void close(@Nullable AutoCloseable closeable) throws RefusedFile {
        try {
            if (closeable != null) {
                closeable.close();
            }
        } catch (Exception e) {
            throw new RefusedFile("BROKEN");
        }
    }

    /** The library throws many kinds of exception at a malformed part: all of them mean that the file is broken. */
    static final class Source implements AutoCloseable {
        private final ReadableWorkbook workbook;
        private final java.util.stream.Stream<Row> stream;
        private final java.util.Iterator<Row> rows;

        Source(ReadableWorkbook workbook, java.util.stream.Stream<Row> stream) {
            this.workbook = workbook;
            this.stream = stream;
            this.rows = stream.iterator();
        }

        @Nullable
        SheetRow next() throws RefusedFile {
            try {
                while (rows.hasNext()) {
                    Row row = rows.next();
                    List<Cell> cells = cells(row);
                    if (!cells.isEmpty()) {
                        return new SheetRow(row.getRowNum(), cells);
                    }
                }
                return null;
            } catch (RuntimeException e) {
                throw new RefusedFile("BROKEN");
            }
        }

        private List<Cell> cells(Row row) {
            int last = row.getCellCount();
            var cells = new ArrayList<Cell>(last);
            for (int at = 0; at < last; at++) {
                cells.add(row.getOptionalCell(at).map(this::cell).orElse(new Cell.Blank()));
            }
            while (!cells.isEmpty() && cells.getLast() instanceof Cell.Blank) {
                cells.removeLast();
            }
            return cells;
        }

        private Cell cell(org.dhatim.fastexcel.reader.Cell cell) {
            return switch (cell.getType()) {
                case EMPTY -> new Cell.Blank();
                case ERROR -> new Cell.Fault(cell.getRawValue() == null ? "#N/A" : cell.getRawValue());
                case NUMBER, STRING, BOOLEAN, FORMULA -> value(cell);
            };
        }

        private Cell value(org.dhatim.fastexcel.reader.Cell cell) {
            return switch (cell.getValue()) {
                case null -> new Cell.Blank();
                case BigDecimal number -> number(number, cell);
                case Boolean yes -> new Cell.Text(yes ? "TRUE" : "FALSE");
                case String text when FAULTS.contains(text) -> new Cell.Fault(text);
                case String text -> text(text);
                default -> text(String.valueOf(cell.getRawValue()));
            };
        }

        private static Cell text(String raw) {
            String text = raw.contains("_x")
                    ? ESCAPED.matcher(raw)
                            .replaceAll(m -> java.util.regex.Matcher.quoteReplacement(
                                    String.valueOf((char) Integer.parseInt(m.group(1), 16))))
                    : raw;
            if (text.length() > LONGEST_CELL) {
                throw new IllegalArgumentException("a cell longer than Excel allows");
            }
            return text.isEmpty() ? new Cell.Blank() : new Cell.Text(Normalizer.normalize(text, Normalizer.Form.NFC));
        }

        private Cell number(BigDecimal number, org.dhatim.fastexcel.reader.Cell cell) {
            // 1E+999999999 is a small text and an enormous number
            if (Math.abs((long) number.precision() - number.scale()) > 400 || number.scale() > 400) {
                return new Cell.Fault("#NUM!");
            }
            if (isDate(cell.getDataFormatId(), cell.getDataFormatString())) {
                BigDecimal whole = number.setScale(0, RoundingMode.FLOOR);
                if (whole.signum() > 0 && whole.compareTo(BigDecimal.valueOf(LAST_DAY)) <= 0) {
                    return new Cell.Day(day(whole.intValueExact()));
                }
            }
            return new Cell.Number(number);
        }

        private LocalDate day(int serial) {
            if (workbook.isDate1904()) {
                return LocalDate.of(1904, 1, 1).plusDays(serial);
            }
            // Excel counts a 29 February 1900 that never was
            return LocalDate.of(1899, 12, serial < 60 ? 31 : 30).plusDays(serial);
        }

        private static boolean isDate(@Nullable Integer id, @Nullable String format) {
            if (id == null) {
                return false;
            }
            if (id >= 14 && id <= 17 || id == 22 || id >= 27 && id <= 36 || id >= 50 && id <= 58) {
                return true;
            }
            if (id < 164 || format == null) {
                return false;
            }
            String fields = FORMAT_NOISE.matcher(format).replaceAll("").toLowerCase(java.util.Locale.ROOT);
            return fields.indexOf('d') >= 0 || fields.indexOf('y') >= 0;
        }

        @Override
        public void close() throws RefusedFile {
            stream.close();
            SheetReader.close(workbook);
        }
    }
}
