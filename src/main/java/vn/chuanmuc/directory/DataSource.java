package vn.chuanmuc.directory;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.directory.PeopleImports.ColumnReport;
import vn.chuanmuc.directory.PeopleImports.LineReport;
import vn.chuanmuc.directory.StagedRow.Problem;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.office.Cell;
import vn.chuanmuc.office.SheetRow;

/**
 * People whom another system sends. They go through the reader of sheets as rows of a sheet in our template, so that the same
 * rules hold for both.
 */
final class DataSource implements ImportSource {
    /** The headings of our template; {@link #FIELDS} has what JSON calls the same column. */
    static final List<String> HEADINGS = List.of(
            "STT",
            "Họ và tên",
            "Ngày sinh",
            "Chức vụ/Vị trí việc làm",
            "Đơn vị",
            "Khối",
            "Loại",
            "Số hiệu",
            "Thứ tự",
            "Ghi chú");

    private static final List<String> FIELDS =
            List.of("", "fullName", "birthDate", "position", "unit", "bloc", "kind", "staffCode", "order", "note");
    private static final Cell BLANK = new Cell.Blank();

    /** A person, or why there is none. */
    sealed interface Sent {
        int number();

        record Person(int number, PersonData data) implements Sent {}

        /** @param field what is wrong, as a pointer */
        record Broken(int number, String field, Reason why) implements Sent {}
    }

    private final Iterator<Sent> people;
    private final PeopleSheetReader reader;
    private final Function<Collection<String>, Map<String, String>> namesByCode;
    private final @Nullable AutoCloseable closed;
    private final List<StagedRow> taken = new ArrayList<>();
    private List<String> cells = List.of();
    private boolean clearsNote;
    private @Nullable Reason refused;
    private int count;
    private boolean ended;

    DataSource(PeopleLines lines, LocalDate today, Function<Collection<String>, Map<String, String>> namesByCode) {
        this(lines, lines, today, namesByCode);
    }

    DataSource(
            Iterator<Sent> people,
            @Nullable AutoCloseable closed,
            LocalDate today,
            Function<Collection<String>, Map<String, String>> namesByCode) {
        this.people = people;
        this.closed = closed;
        this.namesByCode = namesByCode;
        this.reader = new PeopleSheetReader(today, this::take);
        reader.accept(new SheetRow(
                1, HEADINGS.stream().map(text -> (Cell) new Cell.Text(text)).toList()));
    }

    /** The field a cell of the sheet stands for, from its letter. */
    static String field(String cell) {
        int place = cell.isEmpty() ? 0 : cell.charAt(0) - 'A';
        return place > 0 && place < FIELDS.size() ? FIELDS.get(place) : "";
    }

    @Override
    public List<StagedRow> next(int most) {
        var sent = new ArrayList<Sent>();
        while (sent.size() < most && people.hasNext()) {
            sent.add(people.next());
        }
        ended = sent.size() < most;
        Map<String, String> names = namesByCode.apply(sent.stream()
                .filter(one ->
                        one instanceof Sent.Person person && person.data().fullName() == null)
                .map(one -> ((Sent.Person) one).data().staffCode())
                .toList());
        taken.clear();
        for (Sent one : sent) {
            switch (one) {
                case Sent.Person(var number, var data) -> {
                    String name = data.fullName() == null ? names.get(data.staffCode()) : data.fullName();
                    if (name == null) {
                        broken(
                                number,
                                data.staffCode(),
                                "/fullName",
                                Reason.of("directory.data.unknown-code", data.staffCode()));
                    } else {
                        cells = texts(data, name);
                        clearsNote = data.note() != null && data.note().isEmpty();
                        if (!reader.acceptPerson(new SheetRow(number, cells(data, name)))) {
                            ended = true;
                        }
                    }
                }
                case Sent.Broken(var number, var field, var why) -> broken(number, null, field, why);
            }
        }
        count += taken.size();
        if (ended && count == 0 && refused == null) {
            refused = Reason.of("directory.data.nobody");
        }
        return refused == null ? List.copyOf(taken) : List.of();
    }

    private void broken(int number, @Nullable String code, String field, Reason why) {
        List<String> arguments = why.arguments().stream().map(String::valueOf).toList();
        taken.add(SheetSource.bad(
                number, "", code, List.of(), List.of(new Problem(why.key(), arguments, true, false, field))));
    }

    private void take(SheetFinding finding) {
        switch (finding) {
            case SheetFinding.PersonRow person -> {
                StagedRow row = SheetSource.staged(person, cells);
                taken.add(clearsNote ? row.withNote("") : row);
            }
            case SheetFinding.BadRow unreadable -> taken.add(SheetSource.staged(unreadable, cells));
            case SheetFinding.SheetRefused sheet ->
                refused = Reason.of(sheet.reason().messageKey(), sheet.args().toArray());
            case SheetFinding.SectionRow _, SheetFinding.IgnoredRow _ ->
                throw new IllegalStateException("a person is a person");
        }
    }

    private static List<Cell> cells(PersonData data, String name) {
        var row = new ArrayList<Cell>();
        row.add(BLANK);
        row.add(text(name));
        row.add(data.birthDate() == null ? BLANK : new Cell.Day(data.birthDate()));
        row.add(text(data.position()));
        row.add(text(data.unit()));
        row.add(text(data.bloc()));
        row.add(text(data.kind() == null ? null : data.kind().code()));
        row.add(text(data.staffCode()));
        row.add(text(data.order() == null ? null : data.order().toString()));
        row.add(text(data.note()));
        return row;
    }

    private static Cell text(@Nullable String text) {
        return text == null || text.isEmpty() ? BLANK : new Cell.Text(text);
    }

    private static List<String> texts(PersonData data, String name) {
        return cells(data, name).stream().map(PeopleSheetReader::textOf).skip(1).toList();
    }

    @Override
    public boolean more() {
        return !ended;
    }

    @Override
    public Optional<Reason> refused() {
        return Optional.ofNullable(refused);
    }

    @Override
    public List<ColumnReport> columns() {
        return List.of();
    }

    @Override
    public List<String> headings() {
        return HEADINGS.subList(1, HEADINGS.size());
    }

    @Override
    public List<LineReport> lines() {
        return List.of();
    }

    @Override
    public int linesInAll() {
        return 0;
    }

    @Override
    public void close() {
        try {
            if (closed != null) {
                closed.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
