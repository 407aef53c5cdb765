package vn.chuanmuc.directory;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.directory.PeopleHeading.ColumnUse;
import vn.chuanmuc.directory.SheetFinding.BadRow;
import vn.chuanmuc.directory.SheetFinding.CellReason;
import vn.chuanmuc.directory.SheetFinding.Ignored;
import vn.chuanmuc.directory.SheetFinding.IgnoredRow;
import vn.chuanmuc.directory.SheetFinding.PersonRow;
import vn.chuanmuc.directory.SheetFinding.Section;
import vn.chuanmuc.directory.SheetFinding.SectionRow;
import vn.chuanmuc.directory.SheetFinding.SheetRefused;
import vn.chuanmuc.kernel.PersonName;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.office.Cell;
import vn.chuanmuc.office.SheetRow;

/**
 * Reads a list of people as offices keep it: a title above, headings in one row or two, people, lines that name a bloc or a unit
 * between them, totals and signatures below. Rows go in one by one, findings come out in their order; kept in memory are only the
 * identities seen, to find the same person twice. One reader reads one sheet, in one thread.
 *
 * <p>The first cell of a row is column A. A blank row says nothing.
 */
final class PeopleSheetReader {

    /** Rows with a person, good or bad. */
    static final int MOST_PEOPLE = 200_000;

    private static final int LONGEST_TEXT = 200;
    private static final int LONGEST_NOTE = 500;
    private static final int LONGEST_CODE = 40;
    /** Rows that are not blank, among which the heading must stand. */
    private static final int ROWS_BEFORE_HEADING = 100;

    private static final Pattern CITIZEN_NUMBER = Pattern.compile("\\d{12}");
    private static final Pattern COLUMN_NUMBER = Pattern.compile("\\(?(?:\\d{1,2}|[A-Za-z])\\)?(?: ?=.*)?");
    private static final Pattern SERIAL = Pattern.compile("(\\d{1,7})\\.?");

    private final LocalDate today;
    private final Consumer<? super SheetFinding> findings;

    private final Map<Identity, FirstSeen> people = new HashMap<>();
    private final Map<String, Integer> staffCodes = new HashMap<>();
    private final Map<String, String> unitKeys = new HashMap<>();

    private @Nullable PeopleHeading heading;
    private @Nullable SheetRow rowBefore;
    private int rowsSearched;
    private boolean justAfterHeading;
    private boolean inFooter;
    private boolean stopped;
    private @Nullable String sectionBloc;
    private @Nullable String sectionUnit;
    private int lastSerial;
    private int good;
    private int bad;
    private int lastRow;

    private record Identity(String foldedName, @Nullable LocalDate birthDate, String unitKey) {}

    private record FirstSeen(int row, @Nullable String staffCode) {}

    /**
     * What was read.
     *
     * @param headingRow 0 when there is no heading
     */
    record Summary(int headingRow, List<ColumnUse> columns, int good, int bad) {}

    /** @param today what "in the future" and ages are counted from */
    PeopleSheetReader(LocalDate today, Consumer<? super SheetFinding> findings) {
        this.today = today;
        this.findings = findings;
    }

    /** Takes the next row. False: no more rows are wanted, the reader has said why. */
    boolean accept(SheetRow row) {
        if (stopped || isBlank(row)) {
            return !stopped;
        }
        lastRow = row.number();
        if (heading == null) {
            search(row);
        } else if (justAfterHeading && heading.continuedBy(row) instanceof PeopleHeading both) {
            heading = both;
        } else {
            read(row, heading);
        }
        return !stopped;
    }

    /** Takes a row that is a person, whatever it looks like: of a table without titles, totals and signatures. */
    boolean acceptPerson(SheetRow row) {
        if (!stopped) {
            lastRow = row.number();
            readPerson(new RowCells(row, java.util.Objects.requireNonNull(heading, "no heading yet")));
        }
        return !stopped;
    }

    /** The columns as far as the heading is known; empty before it. */
    List<ColumnUse> columns() {
        return heading == null ? List.of() : heading.uses();
    }

    /** The places from 0 whose texts together make the name; empty before the heading. */
    List<Integer> namePlaces() {
        return heading == null ? List.of() : heading.namePlaces();
    }

    /** What a cell says as text; empty where it says nothing or is in error. */
    static String textOf(Cell cell) {
        return text(cell);
    }

    /** Says that there are no more rows. */
    Summary finish() {
        if (heading == null) {
            refuse(ImportReason.NO_HEADING, List.of());
            return new Summary(0, List.of(), 0, 0);
        }
        return new Summary(heading.row(), heading.uses(), good, bad);
    }

    private void search(SheetRow row) {
        heading = PeopleHeading.in(row, rowBefore);
        justAfterHeading = heading != null;
        rowBefore = row;
        if (heading == null && ++rowsSearched >= ROWS_BEFORE_HEADING) {
            stopped = true;
        }
    }

    private void read(SheetRow row, PeopleHeading headings) {
        var cells = new RowCells(row, headings);
        var directlyBelow = justAfterHeading;
        justAfterHeading = false;
        if (directlyBelow && isColumnNumbers(row)) {
            ignore(row, Ignored.COLUMN_NUMBERS);
            return;
        }
        if (!cells.isPlainlyAPerson()) {
            if (headings.isRepeatedBy(row)) {
                inFooter = false;
                ignore(row, Ignored.REPEATED_HEADING);
                return;
            }
            if (readLine(row, cells)) {
                return;
            }
        }
        if (inFooter) {
            if (cells.serial == 0 || cells.name.isEmpty()) {
                ignore(row, Ignored.FOOTER);
                return;
            }
            inFooter = false;
        }
        if (good + bad >= MOST_PEOPLE) {
            stopped = true;
            refuse(ImportReason.TOO_MANY_ROWS, List.of(Integer.toString(MOST_PEOPLE)));
            return;
        }
        readPerson(cells);
    }

    /** Reads a line that is no person; false when it may be one. */
    private boolean readLine(SheetRow row, RowCells cells) {
        var texts = texts(row);
        if (texts.isEmpty()) {
            if (cells.hasOnlySerial()) {
                ignore(row, Ignored.SERIAL_ONLY);
                return true;
            }
            return false;
        }
        var first = texts.getFirst();
        if (cells.serial == 0 || cells.name.isEmpty()) {
            if (SheetLines.isTotal(first) || SheetLines.isTotal(cells.name)) {
                ignore(row, Ignored.TOTAL);
                return true;
            }
            var signed = cells.name.isEmpty() || first.equals(cells.name)
                    ? texts.stream().anyMatch(SheetLines::isSignature)
                    : SheetLines.isSignature(cells.name);
            if (signed && (cells.name.isEmpty() || SheetLines.isSignature(cells.name) || texts.size() == 1)) {
                inFooter = true;
                ignore(row, Ignored.FOOTER);
                return true;
            }
        }
        return !inFooter && readSection(row, cells, texts);
    }

    private boolean readSection(SheetRow row, RowCells cells, List<String> texts) {
        var counted = texts.size() == 2 && SheetLines.isCounter(texts.getFirst());
        if (texts.size() != 1 && !counted && !(texts.size() == 2 && cells.serial > 0)) {
            return cells.isEmptyOfPeople() && unclear(row);
        }
        if (row.cells().stream().anyMatch(cell -> cell instanceof Cell.Day || cell instanceof Cell.Fault)) {
            return false;
        }
        var text = texts.getLast();
        var inNameOrSerial = text.equals(cells.name) || cells.serialText.equals(text) || cells.isEmptyOfPeople();
        if (inNameOrSerial && (counted || SheetLines.isCounted(text) || SheetLines.namesUnit(text))) {
            var title = SheetLines.title(text);
            var section = SheetLines.section(title);
            if (section == Section.BLOC) {
                sectionBloc = title;
                sectionUnit = null;
            } else {
                sectionUnit = title;
            }
            findings.accept(new SectionRow(row.number(), section, title));
            return true;
        }
        return cells.isEmptyOfPeople() && unclear(row);
    }

    private boolean unclear(SheetRow row) {
        ignore(row, Ignored.UNCLEAR);
        return true;
    }

    private void readPerson(RowCells cells) {
        var name = cells.readName();
        var birthDate = readBirthDate(cells);
        var position = cells.text(PeopleColumn.POSITION);
        var ownUnit = cells.text(PeopleColumn.UNIT);
        var ownBloc = cells.text(PeopleColumn.BLOC);
        var kind = cells.readKind();
        var staffCode = cells.readStaffCode();
        var order = cells.readOrder();
        var note = cells.text(PeopleColumn.NOTE);
        var unit = ownUnit == null ? sectionUnit : ownUnit;
        var bloc = ownBloc == null ? sectionBloc : ownBloc;
        checkSerial(cells);
        if (name != null && cells.errors == 0) {
            checkIdentity(cells, name, birthDate, unit, staffCode);
        }
        var reasons = List.copyOf(cells.reasons);
        if (name == null || cells.errors > 0) {
            bad++;
            findings.accept(new BadRow(cells.row, quoted(cells.name), reasons));
        } else {
            good++;
            findings.accept(new PersonRow(
                    cells.row, name, birthDate, position, unit, bloc, kind, staffCode, order, note, reasons));
        }
    }

    private @Nullable LocalDate readBirthDate(RowCells cells) {
        var place = cells.place(PeopleColumn.BIRTH_DATE);
        var day = place < 0 ? null : cells.readDate(place);
        if (day != null && day.isAfter(today)) {
            cells.say(place, ImportReason.DATE_IN_FUTURE, VietnameseDates.format(day));
            return null;
        }
        if (day != null) {
            var age = Period.between(day, today).getYears();
            if (age < 15 || age > 100) {
                cells.say(place, ImportReason.AGE_UNUSUAL, VietnameseDates.format(day), Integer.toString(age));
            }
        }
        return day;
    }

    private void checkSerial(RowCells cells) {
        var serial = cells.serial;
        if (serial > 0) {
            // each section may count from 1 again
            if (serial != lastSerial + 1 && serial != 1) {
                cells.say(
                        cells.place(PeopleColumn.SERIAL),
                        ImportReason.SERIAL_GAP,
                        Integer.toString(serial),
                        Integer.toString(lastSerial + 1));
            }
            lastSerial = serial;
        }
    }

    private void checkIdentity(
            RowCells cells,
            PersonName name,
            @Nullable LocalDate birthDate,
            @Nullable String unit,
            @Nullable String staffCode) {
        var unitKey = unit == null ? "" : unitKeys.computeIfAbsent(unit, UnitNames::matchKey);
        var first = people.putIfAbsent(
                new Identity(name.foldedKey(), birthDate, unitKey), new FirstSeen(cells.row, staffCode));
        if (first != null && (staffCode == null || first.staffCode == null || staffCode.equals(first.staffCode))) {
            cells.say(cells.namePlace(), ImportReason.DUPLICATE_ROW, name.display(), Integer.toString(first.row));
        } else if (staffCode != null) {
            var owner = staffCodes.putIfAbsent(staffCode, cells.row);
            if (owner != null) {
                cells.say(
                        cells.place(PeopleColumn.STAFF_CODE),
                        ImportReason.DUPLICATE_CODE,
                        quoted(staffCode),
                        Integer.toString(owner));
            }
        }
    }

    private void ignore(SheetRow row, Ignored why) {
        var texts = texts(row);
        findings.accept(new IgnoredRow(row.number(), why, texts.isEmpty() ? "" : quoted(texts.getFirst())));
    }

    private void refuse(ImportReason reason, List<String> args) {
        findings.accept(new SheetRefused(lastRow, reason, args));
    }

    private static boolean isBlank(SheetRow row) {
        for (var cell : row.cells()) {
            if (!(cell instanceof Cell.Blank)
                    && !(cell instanceof Cell.Text(var value)
                            && Texts.oneLine(value).isEmpty())) {
                return false;
            }
        }
        return true;
    }

    /** "(1) (2) (3)" or "A B 1 2", as official tables number their columns. */
    private static boolean isColumnNumbers(SheetRow row) {
        var cells = row.cells().stream().filter(cell -> !text(cell).isEmpty()).toList();
        return cells.size() > 1
                && cells.stream()
                        .allMatch(cell -> COLUMN_NUMBER.matcher(text(cell)).matches());
    }

    private static List<String> texts(SheetRow row) {
        var texts = new ArrayList<String>();
        for (var cell : row.cells()) {
            if (cell instanceof Cell.Text
                    && !text(cell).isEmpty()
                    && !SERIAL.matcher(text(cell)).matches()) {
                texts.add(text(cell));
            }
        }
        return texts;
    }

    private static String text(Cell cell) {
        return switch (cell) {
            case Cell.Text(var value) -> Texts.oneLine(value);
            case Cell.Number(var value) -> plain(value);
            case Cell.Day(var value) -> VietnameseDates.format(value);
            case Cell.Blank _, Cell.Fault _ -> "";
        };
    }

    private static String plain(BigDecimal number) {
        // a cell may hold 1E+300: 40 digits are more than anything here has
        return Math.abs((long) number.precision() - number.scale()) > 40 || number.scale() > 40
                ? number.toString()
                : number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    /** What a message quotes of a cell. */
    private static String quoted(String text) {
        return text.codePointCount(0, text.length()) <= 60
                ? text
                : text.substring(0, text.offsetByCodePoints(0, 60)) + "…";
    }

    /** One row seen through the headings, and the reasons found in it. */
    private static final class RowCells {

        private static final Cell BLANK = new Cell.Blank();

        private final int row;
        private final List<Cell> cells;
        private final PeopleHeading headings;
        private final List<Integer> namePlaces;
        private final String name;
        private final String serialText;
        /** 0 when the row has no whole number there. */
        private final int serial;

        private final List<CellReason> reasons = new ArrayList<>(0);
        private int errors;

        RowCells(SheetRow row, PeopleHeading headings) {
            this.row = row.number();
            this.cells = row.cells();
            this.headings = headings;
            this.namePlaces = headings.namePlaces();
            this.name = joinedName();
            var place = place(PeopleColumn.SERIAL);
            this.serialText = place < 0 ? "" : PeopleSheetReader.text(cell(place));
            var digits = SERIAL.matcher(serialText);
            this.serial = digits.matches() ? Integer.parseInt(digits.group(1)) : 0;
        }

        /** Where the column stands in this row: its first place that is not blank, or else its first; -1 when there is none. */
        int place(PeopleColumn column) {
            var places = headings.places(column);
            for (var place : places) {
                if (!isEmpty(place)) {
                    return place;
                }
            }
            return places.isEmpty() ? -1 : places.getFirst();
        }

        int namePlace() {
            return namePlaces.getFirst();
        }

        boolean isPlainlyAPerson() {
            return serial > 0 && !name.isEmpty() && hasMoreThanName();
        }

        boolean hasMoreThanName() {
            return has(PeopleColumn.BIRTH_DATE)
                    || has(PeopleColumn.POSITION)
                    || has(PeopleColumn.UNIT)
                    || has(PeopleColumn.KIND)
                    || has(PeopleColumn.STAFF_CODE);
        }

        boolean hasOnlySerial() {
            return serial > 0 && isEmptyOfPeople();
        }

        /** Whether no column that speaks of a person holds anything. */
        boolean isEmptyOfPeople() {
            return name.isEmpty()
                    && namePlaces.stream().allMatch(this::isEmpty)
                    && !hasMoreThanName()
                    && !has(PeopleColumn.BLOC)
                    && !has(PeopleColumn.ORDER)
                    && !has(PeopleColumn.NOTE);
        }

        @Nullable
        String text(PeopleColumn column) {
            var place = place(column);
            if (place < 0) {
                return null;
            }
            var cell = cell(place);
            if (cell instanceof Cell.Fault(var code)) {
                say(place, ImportReason.CELL_FAULT, code);
                return null;
            }
            var text = PeopleSheetReader.text(cell);
            int longest = column == PeopleColumn.NOTE
                    ? LONGEST_NOTE
                    : column == PeopleColumn.STAFF_CODE ? LONGEST_CODE : LONGEST_TEXT;
            if (text.length() > longest) {
                say(place, ImportReason.TEXT_TOO_LONG, Integer.toString(text.length()), Integer.toString(longest));
                return null;
            }
            return text.isEmpty() ? null : text;
        }

        @Nullable
        PersonName readName() {
            for (var place : namePlaces) {
                if (cell(place) instanceof Cell.Fault(var code)) {
                    say(place, ImportReason.CELL_FAULT, code);
                    return null;
                }
            }
            return switch (PersonName.parse(name)) {
                case PersonName.Parsed.Read(var read) -> read;
                case PersonName.Parsed.Refused(var reason) -> {
                    switch (reason) {
                        case EMPTY -> say(namePlace(), ImportReason.NAME_MISSING);
                        case TOO_LONG ->
                            say(
                                    namePlace(),
                                    ImportReason.NAME_TOO_LONG,
                                    quoted(name),
                                    Integer.toString(PersonName.MAX_LENGTH));
                        case DIGIT -> say(namePlace(), ImportReason.NAME_DIGIT, quoted(name));
                        case CHARACTER -> say(namePlace(), ImportReason.NAME_CHARACTER, quoted(name));
                        case NO_LETTER_FIRST -> say(namePlace(), ImportReason.NAME_NO_LETTER_FIRST, quoted(name));
                    }
                    yield null;
                }
            };
        }

        @Nullable
        LocalDate readDate(int place) {
            return switch (cell(place)) {
                case Cell.Blank() -> null;
                case Cell.Day(var day) -> day;
                case Cell.Fault(var code) -> {
                    say(place, ImportReason.CELL_FAULT, code);
                    yield null;
                }
                case Cell.Number(var number) -> {
                    var year = number.compareTo(BigDecimal.valueOf(1800)) >= 0
                            && number.compareTo(BigDecimal.valueOf(2200)) < 0;
                    say(place, year ? ImportReason.DATE_YEAR_ONLY : ImportReason.DATE_NUMBER, plain(number));
                    yield null;
                }
                case Cell.Text(var text) -> readDate(place, text);
            };
        }

        private @Nullable LocalDate readDate(int place, String text) {
            return switch (VietnameseDates.parse(text)) {
                case VietnameseDates.Parsed.Read(var day) -> day;
                case VietnameseDates.Parsed.Refused(var reason) -> {
                    var found = switch (reason) {
                        case EMPTY -> null;
                        case YEAR_ONLY -> ImportReason.DATE_YEAR_ONLY;
                        case MONTH_AND_YEAR -> ImportReason.DATE_MONTH_AND_YEAR;
                        case TWO_DIGIT_YEAR -> ImportReason.DATE_TWO_DIGIT_YEAR;
                        case NOT_REAL -> ImportReason.DATE_NOT_REAL;
                        case FORMAT -> ImportReason.DATE_FORMAT;
                    };
                    if (found != null) {
                        say(place, found, quoted(Texts.oneLine(text)));
                    }
                    yield null;
                }
            };
        }

        @Nullable
        PersonKind readKind() {
            var text = text(PeopleColumn.KIND);
            if (text == null) {
                return null;
            }
            var kind = SheetLines.kind(text);
            if (kind == null && SheetLines.isPartTime(text)) {
                kind = PersonKind.WORKER;
                say(place(PeopleColumn.KIND), ImportReason.KIND_READ_AS_WORKER, quoted(text));
            } else if (kind == null) {
                say(place(PeopleColumn.KIND), ImportReason.KIND_UNKNOWN, quoted(text));
            }
            return kind;
        }

        /** The office's own code. What looks like a citizen's number is dropped, and not even quoted. */
        @Nullable
        String readStaffCode() {
            var code = text(PeopleColumn.STAFF_CODE);
            if (code != null && CITIZEN_NUMBER.matcher(code.replace(" ", "")).matches()) {
                say(place(PeopleColumn.STAFF_CODE), ImportReason.CITIZEN_NUMBER);
                return null;
            }
            return code;
        }

        @Nullable
        Integer readOrder() {
            var text = text(PeopleColumn.ORDER);
            if (text == null) {
                return null;
            }
            var digits = SERIAL.matcher(text);
            if (!digits.matches()) {
                say(place(PeopleColumn.ORDER), ImportReason.ORDER_NOT_WHOLE, quoted(text));
                return null;
            }
            return Integer.valueOf(digits.group(1));
        }

        void say(int place, ImportReason reason, String... args) {
            reasons.add(new CellReason(PeopleHeading.letter(place) + row, reason, List.of(args)));
            if (reason.isError()) {
                errors++;
            }
        }

        private boolean has(PeopleColumn column) {
            for (var place : headings.places(column)) {
                if (!isEmpty(place)) {
                    return true;
                }
            }
            return false;
        }

        private Cell cell(int place) {
            return place < cells.size() ? cells.get(place) : BLANK;
        }

        private boolean isEmpty(int place) {
            var cell = cell(place);
            return !(cell instanceof Cell.Fault) && PeopleSheetReader.text(cell).isEmpty();
        }

        private String joinedName() {
            if (namePlaces.size() == 1) {
                return PeopleSheetReader.text(cell(namePlaces.getFirst()));
            }
            var parts = new ArrayList<String>(namePlaces.size());
            for (var place : namePlaces) {
                var part = PeopleSheetReader.text(cell(place));
                if (!part.isEmpty()) {
                    parts.add(part);
                }
            }
            return String.join(" ", parts);
        }
    }
}
