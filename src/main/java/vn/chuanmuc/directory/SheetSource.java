package vn.chuanmuc.directory;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.directory.PeopleHeading.ColumnUse;
import vn.chuanmuc.directory.PeopleHeading.Use;
import vn.chuanmuc.directory.PeopleImports.ColumnReport;
import vn.chuanmuc.directory.PeopleImports.LineReport;
import vn.chuanmuc.directory.SheetFinding.CellReason;
import vn.chuanmuc.directory.StagedRow.Outcome;
import vn.chuanmuc.directory.StagedRow.Problem;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.office.Cell;
import vn.chuanmuc.office.OfficeFiles;
import vn.chuanmuc.office.SheetLimits;
import vn.chuanmuc.office.SheetRow;
import vn.chuanmuc.office.SheetRows;

/** The first sheet of an uploaded workbook. */
final class SheetSource implements ImportSource {
    static final SheetLimits LIMITS = new SheetLimits(20L << 20, PeopleSheetReader.MOST_PEOPLE + 1_000, 256);
    private static final int MOST_LINES = 200;
    private static final Pattern CITIZEN_NUMBER = Pattern.compile("\\d{12}");

    private final SheetRows rows;
    private final PeopleSheetReader reader;
    private final List<LineReport> lines = new ArrayList<>();
    private List<StagedRow> taken = new ArrayList<>();
    private int linesInAll;
    private int people;
    private boolean ended;
    private @Nullable SheetRow row;
    private @Nullable Reason refused;
    private @Nullable List<Integer> returned;

    SheetSource(Path file, LocalDate today) {
        this.rows = OfficeFiles.openFirstSheet(file, LIMITS);
        this.reader = new PeopleSheetReader(today, this::take);
    }

    @Override
    public List<StagedRow> next(int most) {
        taken = new ArrayList<>(most);
        while (!ended && taken.size() < most) {
            SheetRow read = rows.next();
            if (read == null) {
                end();
            } else if (isExample(read)) {
                line("directory.import.ignored.example", read.number(), "");
            } else {
                row = read;
                if (!reader.accept(read)) {
                    end();
                }
            }
        }
        people += taken.size();
        if (ended && refused == null && people == 0) {
            refused = Reason.of("directory.import.refused.nobody");
        }
        return refused == null ? taken : List.of();
    }

    private void end() {
        ended = true;
        rows.refused().ifPresent(why -> refused = new Reason("office.refused." + why.code(), why.args()));
        if (refused == null) {
            reader.finish();
        }
    }

    @Override
    public boolean more() {
        return !ended;
    }

    @Override
    public Optional<Reason> refused() {
        return Optional.ofNullable(refused);
    }

    /** The example in the template, left in by whoever filled it in. */
    private static boolean isExample(SheetRow row) {
        return !row.cells().isEmpty()
                && row.cells().getFirst() instanceof Cell.Text(var text)
                && Texts.searchKey(text).equals("vi du");
    }

    private void take(SheetFinding finding) {
        switch (finding) {
            case SheetFinding.PersonRow person -> taken.add(staged(person, cells()));
            case SheetFinding.BadRow unreadable -> taken.add(staged(unreadable, cells()));
            case SheetFinding.SectionRow section -> line(section.section().messageKey(), section.row(), section.text());
            case SheetFinding.IgnoredRow ignored -> line(ignored.why().messageKey(), ignored.row(), ignored.text());
            case SheetFinding.SheetRefused sheet ->
                refused = Reason.of(sheet.reason().messageKey(), sheet.args().toArray());
        }
    }

    private void line(String key, int number, String text) {
        linesInAll++;
        if (lines.size() < MOST_LINES) {
            lines.add(new LineReport(key, number, text));
        }
    }

    static StagedRow staged(SheetFinding.PersonRow person, List<String> cells) {
        return new StagedRow(
                person.row(),
                true,
                Outcome.SAME,
                person.name().display(),
                person.birthDate(),
                person.position(),
                person.unit(),
                person.bloc(),
                person.kind(),
                person.staffCode(),
                person.order(),
                person.note(),
                cells,
                List.of(),
                problems(person.warnings()),
                null,
                null);
    }

    static StagedRow staged(SheetFinding.BadRow unreadable, List<String> cells) {
        return bad(unreadable.row(), unreadable.name(), null, cells, problems(unreadable.reasons()));
    }

    static StagedRow bad(
            int number, String name, @Nullable String staffCode, List<String> cells, List<Problem> problems) {
        return new StagedRow(
                number,
                false,
                Outcome.BAD,
                name,
                null,
                null,
                null,
                null,
                null,
                staffCode,
                null,
                null,
                cells,
                List.of(),
                problems,
                null,
                null);
    }

    private static List<Problem> problems(List<CellReason> reasons) {
        return reasons.stream()
                .map(reason -> new Problem(
                        reason.reason().messageKey(),
                        Arrays.stream(reason.messageArguments())
                                .map(String::valueOf)
                                .toList(),
                        reason.reason().isError(),
                        false))
                .toList();
    }

    @Override
    public List<ColumnReport> columns() {
        return reader.columns().stream()
                .map(use -> new ColumnReport(use.use().messageKey(), use.letter(), use.heading()))
                .toList();
    }

    @Override
    public List<LineReport> lines() {
        return lines;
    }

    @Override
    public int linesInAll() {
        return linesInAll;
    }

    /** The columns that are read besides the name. */
    private List<ColumnUse> readColumns() {
        return reader.columns().stream()
                .filter(column -> column.use() == Use.USED || column.use() == Use.SECOND_CHOICE)
                .filter(column -> !reader.namePlaces().contains(place(column.letter())))
                .toList();
    }

    @Override
    public List<String> headings() {
        var headings = new ArrayList<String>();
        headings.add(""); // the name: whoever writes the sheet puts its word here
        readColumns().forEach(column -> headings.add(column.heading()));
        return headings;
    }

    /**
     * What the present row says: the name, then the other columns that are read; never a citizen's number, whatever column
     * it slipped into.
     */
    private List<String> cells() {
        if (row == null) {
            return List.of();
        }
        if (returned == null) {
            returned =
                    readColumns().stream().map(column -> place(column.letter())).toList();
        }
        var texts = new ArrayList<String>();
        texts.add(String.join(
                " ",
                reader.namePlaces().stream()
                        .map(place -> text(row, place))
                        .filter(text -> !text.isEmpty())
                        .toList()));
        for (int place : returned) {
            texts.add(text(row, place));
        }
        return texts;
    }

    private static String text(SheetRow row, int place) {
        String text = place < row.cells().size()
                ? PeopleSheetReader.textOf(row.cells().get(place))
                : "";
        return CITIZEN_NUMBER.matcher(text.replace(" ", "")).matches() ? "" : text;
    }

    private static int place(String letters) {
        int place = 0;
        for (char letter : letters.toCharArray()) {
            place = place * 26 + (letter - 'A' + 1);
        }
        return place - 1;
    }

    @Override
    public void close() {
        rows.close();
    }
}
