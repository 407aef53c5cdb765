package vn.chuanmuc.directory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.chuanmuc.directory.ReorganisationDraft.Action;
import vn.chuanmuc.directory.ReorganisationDraft.Changed;
import vn.chuanmuc.directory.ReorganisationDraft.Line;
import vn.chuanmuc.directory.ReorganisationDraft.NewUnit;
import vn.chuanmuc.directory.ReorganisationDraft.Part;
import vn.chuanmuc.directory.ReorganisationDraft.Rule;
import vn.chuanmuc.directory.Reorganisations.Candidate;
import vn.chuanmuc.directory.Reorganisations.Saved;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.office.Cell;
import vn.chuanmuc.office.OfficeFiles;
import vn.chuanmuc.office.SheetLimits;
import vn.chuanmuc.office.SheetReading;
import vn.chuanmuc.office.SheetRow;

/**
 * A draft as a form in Excel: a row for each unit that begins, each there is, and each person of a unit that is split. What is
 * uploaded takes the place of the draft's units and lines, whole, or not at all: then every cell that is wrong is named.
 */
@Component
public class ReorganisationSheet {
    private static final SheetLimits LIMITS = new SheetLimits(5L << 20, 25_000, 40);
    private static final int LONGEST_TOLD = 60;

    private final Reorganisations reorganisations;
    private final ReorganisationStore store;
    private final Units units;

    ReorganisationSheet(Reorganisations reorganisations, ReorganisationStore store, Units units) {
        this.reorganisations = reorganisations;
        this.store = store;
        this.units = units;
    }

    /** The columns from A on. */
    public enum Column {
        ROW,
        CODE,
        NAME,
        KIND,
        PARENT,
        ACTION,
        DESTINATION,
        CUSTODIAN,
        POSITION,
        BLOC,
        KEY;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        char letter() {
            return (char) ('A' + ordinal());
        }
    }

    /**
     * The words of the form, as its reader compares them.
     *
     * @param newUnit first cell of a row of a unit that begins
     * @param stays what happens to a unit there is
     * @param heading of the first column, by which the table is found
     */
    public record Words(
            String heading,
            String newUnit,
            String oldUnit,
            String person,
            String stays,
            String ends,
            String changes,
            Map<Units.Kind, String> kinds) {
        public Words {
            kinds = Map.copyOf(kinds);
        }
    }

    /** A cell that is wrong: where, what it holds, and why. */
    public record Finding(String cell, String value, Reason why) {}

    /** What came of a form. */
    public sealed interface Read {
        record Done(int units, int people) implements Read {}

        /** Nothing was changed. */
        record Wrong(List<Finding> findings) implements Read {}

        record Refused(Reason why) implements Read {}
    }

    /** The rows of the form, filled with the draft as it stands and the units there are. */
    public List<List<String>> rows(Scope scope, ReorganisationDraft draft, Words words) {
        var rows = new ArrayList<List<String>>();
        Map<UUID, String> codes = new HashMap<>();
        List<Units.Unit> all = units.under(scope.tenantId(), units.root(scope.tenantId()));
        all.forEach(unit -> codes.put(unit.id(), unit.code()));
        draft.newUnits().forEach(unit -> codes.put(unit.id(), unit.code()));
        for (NewUnit unit : draft.newUnits()) {
            rows.add(List.of(
                    words.newUnit(),
                    unit.code(),
                    unit.name(),
                    words.kinds().getOrDefault(unit.kind(), ""),
                    codes.getOrDefault(unit.parentId(), "")));
        }
        for (Units.Unit unit : all) {
            Line line = draft.line(unit.id()).orElse(null);
            Changed changed = line == null ? null : line.changed();
            UUID parent = changed == null ? unit.parentId() : changed.parentId();
            rows.add(List.of(
                    words.oldUnit(),
                    unit.code(),
                    changed == null ? unit.name() : changed.name(),
                    words.kinds().getOrDefault(changed == null ? unit.kind() : changed.kind(), ""),
                    parent == null ? "" : codes.getOrDefault(parent, ""),
                    line == null ? words.stays() : line.ends() ? words.ends() : words.changes(),
                    code(codes, line == null ? null : line.destination()),
                    code(codes, line == null ? null : line.custodian())));
        }
        for (Line line : draft.lines()) {
            if (line.ends() && (line.destination() == null || !line.parts().isEmpty())) {
                people(scope, draft, line, codes, words, rows);
            }
        }
        return rows;
    }

    private static String code(Map<UUID, String> codes, @Nullable UUID unit) {
        return unit == null ? "" : codes.getOrDefault(unit, "");
    }

    private void people(
            Scope scope,
            ReorganisationDraft draft,
            Line line,
            Map<UUID, String> codes,
            Words words,
            List<List<String>> rows) {
        Map<UUID, UUID> named = new HashMap<>();
        line.parts().stream()
                .filter(part -> part.rule() == Rule.PERSON)
                .forEach(part -> named.put(part.subject(), part.destination()));
        var seen = new HashSet<UUID>();
        for (Candidate person : reorganisations.candidates(scope, draft, line.unitId())) {
            if (seen.add(person.personId())) {
                rows.add(List.of(
                        words.person(),
                        codes.getOrDefault(line.unitId(), ""),
                        person.fullName(),
                        "",
                        "",
                        "",
                        code(codes, named.get(person.personId())),
                        "",
                        person.positionName(),
                        person.blocName(),
                        person.personId().toString()));
            }
        }
    }

    /** Reads a filled form and, when nothing is wrong with it, puts it in the place of the draft's units and lines. */
    public Read read(Scope scope, UUID id, Path file, Words words) {
        ReorganisationDraft draft = reorganisations.find(scope, id).orElseThrow();
        var rows = new ArrayList<SheetRow>();
        if (OfficeFiles.readFirstSheet(file, LIMITS, rows::add) instanceof SheetReading.Refused(var why)) {
            return new Read.Refused(
                    Reason.of("office.refused." + why.code(), why.args().toArray()));
        }
        String heading = Texts.searchKey(words.heading());
        int head = -1;
        for (int at = 0; at < Math.min(rows.size(), 50); at++) {
            if (Texts.searchKey(new Reading(rows.get(at)).text(Column.ROW)).equals(heading)) {
                head = at;
                break;
            }
        }
        if (head < 0) {
            return new Read.Refused(Reason.of("directory.reorg.sheet.no-heading", words.heading()));
        }
        var form = new Form(scope, draft, words, rows.subList(head + 1, rows.size()));
        form.read();
        if (!form.findings.isEmpty()) {
            return new Read.Wrong(form.findings);
        }
        return switch (reorganisations.replace(scope, id, List.copyOf(form.newUnits.values()), form.lines())) {
            case Saved.Done done -> new Read.Done(form.newUnits.size() + form.lines.size(), form.peopleRead);
            case Saved.Refused(var field, var why) -> new Read.Refused(why);
        };
    }

    /** One row's cells as lines of text. */
    private record Reading(SheetRow row) {
        String text(Column column) {
            if (column.ordinal() >= row.cells().size()) {
                return "";
            }
            return switch (row.cells().get(column.ordinal())) {
                case Cell.Text(var value) -> Texts.oneLine(value);
                case Cell.Number(var value) -> value.stripTrailingZeros().toPlainString();
                case Cell.Day(var value) -> value.toString();
                case Cell.Blank blank -> "";
                case Cell.Fault(var code) -> code;
            };
        }

        boolean fault(Column column) {
            return column.ordinal() < row.cells().size() && row.cells().get(column.ordinal()) instanceof Cell.Fault;
        }

        String at(Column column) {
            return column.letter() + String.valueOf(row.number());
        }
    }

    /** A form being read. */
    private final class Form {
        private final Scope scope;
        private final ReorganisationDraft draft;
        private final Words words;
        private final List<Reading> rows;
        private final Map<String, UUID> begins = new HashMap<>();
        private final Map<String, UUID> living;
        final List<Finding> findings = new ArrayList<>();
        final Map<UUID, NewUnit> newUnits = new LinkedHashMap<>();
        final Map<UUID, Line> lines = new LinkedHashMap<>();
        private final Map<UUID, Map<UUID, UUID>> named = new LinkedHashMap<>();
        int peopleRead;

        Form(Scope scope, ReorganisationDraft draft, Words words, List<SheetRow> rows) {
            this.scope = scope;
            this.draft = draft;
            this.words = words;
            this.rows = rows.stream().map(Reading::new).toList();
            var codes = new HashSet<String>();
            for (Reading row : this.rows) {
                for (Column column : List.of(Column.CODE, Column.PARENT, Column.DESTINATION, Column.CUSTODIAN)) {
                    codes.add(code(row, column));
                }
            }
            living = store.codes(scope.tenantId(), codes);
        }

        /** A code as it is compared; behind a dash its name may stand. */
        private static String code(Reading row, Column column) {
            String text = row.text(column);
            int dash = text.indexOf(" – ");
            return (dash < 0 ? text : text.substring(0, dash)).toLowerCase(Locale.ROOT);
        }

        List<Line> lines() {
            return lines.values().stream()
                    .map(line -> new Line(
                            line.unitId(),
                            line.action(),
                            line.destination(),
                            line.custodian(),
                            line.changed(),
                            line.ends() ? parts(line.unitId()) : List.of()))
                    .toList();
        }

        /** People as the form names them; other parts are not in it and stay. */
        private List<Part> parts(UUID unit) {
            var parts = new ArrayList<Part>();
            draft.line(unit).map(Line::parts).orElse(List.of()).stream()
                    .filter(part -> part.rule() != Rule.PERSON)
                    .forEach(parts::add);
            named.getOrDefault(unit, Map.of())
                    .forEach((person, destination) -> parts.add(new Part(Rule.PERSON, person, destination)));
            return parts;
        }

        void read() {
            Map<String, UUID> known = new HashMap<>();
            draft.newUnits().forEach(unit -> known.put(unit.code().toLowerCase(Locale.ROOT), unit.id()));
            for (Reading row : rows) {
                for (Column column : Column.values()) {
                    if (row.fault(column)) {
                        wrong(row, column, Reason.of("directory.reorg.sheet.fault"));
                    }
                }
                if (is(row, Column.ROW, words.newUnit())
                        && !code(row, Column.CODE).isEmpty()) {
                    String code = code(row, Column.CODE);
                    UUID id = Optional.ofNullable(known.get(code)).orElseGet(Ids::next);
                    if (begins.putIfAbsent(code, id) != null) {
                        wrong(row, Column.CODE, Reason.of("directory.reorg.sheet.twice"));
                    }
                }
            }
            for (Reading row : rows) {
                if (is(row, Column.ROW, words.newUnit())) {
                    newUnit(row);
                } else if (is(row, Column.ROW, words.oldUnit())) {
                    oldUnit(row);
                } else if (!is(row, Column.ROW, words.person())) {
                    wrong(
                            row,
                            Column.ROW,
                            Reason.of("directory.reorg.sheet.row", words.newUnit(), words.oldUnit(), words.person()));
                }
            }
            rows.stream().filter(row -> is(row, Column.ROW, words.person())).forEach(this::person);
            belonging();
        }

        private void newUnit(Reading row) {
            if (!Units.isCode(row.text(Column.CODE))) {
                wrong(row, Column.CODE, Reason.of("directory.unit.refused.code"));
                return;
            }
            boolean name = name(row);
            Units.Kind kind = kind(row);
            UUID parent = unit(row, Column.PARENT, true);
            UUID id = begins.get(code(row, Column.CODE));
            if (name && kind != null && parent != null && id != null) {
                newUnits.put(id, new NewUnit(id, row.text(Column.CODE), row.text(Column.NAME), kind, parent));
            }
        }

        private void oldUnit(Reading row) {
            UUID unit = living.get(code(row, Column.CODE));
            if (unit == null) {
                wrong(row, Column.CODE, Reason.of("directory.reorg.sheet.no-unit"));
                return;
            }
            if (lines.containsKey(unit)) {
                wrong(row, Column.CODE, Reason.of("directory.reorg.sheet.twice"));
                return;
            }
            if (is(row, Column.ACTION, words.ends())) {
                UUID destination = unit(row, Column.DESTINATION, false);
                UUID custodian = unit(row, Column.CUSTODIAN, false);
                lines.put(unit, new Line(unit, Action.END, destination, custodian, null, List.of()));
            } else if (is(row, Column.ACTION, words.changes())) {
                change(row, unit);
            } else if (!row.text(Column.ACTION).isEmpty() && !is(row, Column.ACTION, words.stays())) {
                wrong(
                        row,
                        Column.ACTION,
                        Reason.of("directory.reorg.sheet.action", words.stays(), words.ends(), words.changes()));
            } else if (!row.text(Column.DESTINATION).isEmpty()) {
                wrong(row, Column.DESTINATION, Reason.of("directory.reorg.sheet.stays", words.ends()));
            }
        }

        private void change(Reading row, UUID unit) {
            Units.Unit now = units.find(scope.tenantId(), unit).orElseThrow();
            boolean name = name(row);
            Units.Kind kind = now.kind() == Units.Kind.ROOT ? Units.Kind.ROOT : kind(row);
            UUID parent = now.parentId() == null ? null : unit(row, Column.PARENT, true);
            if (name && kind != null && (parent != null || now.parentId() == null)) {
                lines.put(
                        unit,
                        new Line(
                                unit,
                                Action.CHANGE,
                                null,
                                null,
                                new Changed(now.code(), row.text(Column.NAME), kind, parent),
                                List.of()));
            }
        }

        private void person(Reading row) {
            UUID unit = living.get(code(row, Column.CODE));
            if (unit == null) {
                wrong(row, Column.CODE, Reason.of("directory.reorg.sheet.no-unit"));
                return;
            }
            UUID person = key(row);
            if (person == null) {
                wrong(row, Column.KEY, Reason.of("directory.reorg.sheet.key"));
                return;
            }
            if (row.text(Column.DESTINATION).isEmpty()) {
                return; // goes where the rest of the unit goes
            }
            Line line = lines.get(unit);
            if (line == null || !line.ends()) {
                wrong(row, Column.DESTINATION, Reason.of("directory.reorg.sheet.not-ending", words.ends()));
                return;
            }
            UUID destination = unit(row, Column.DESTINATION, true);
            if (destination != null) {
                peopleRead++;
                Map<UUID, UUID> of = named.computeIfAbsent(unit, key -> new LinkedHashMap<>());
                if (of.putIfAbsent(person, destination) != null) {
                    wrong(row, Column.KEY, Reason.of("directory.reorg.sheet.twice"));
                }
            }
        }

        private static @Nullable UUID key(Reading row) {
            String text = row.text(Column.KEY);
            return text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}") ? UUID.fromString(text) : null;
        }

        /** Whoever is named must be in the unit or below it. */
        private void belonging() {
            if (!findings.isEmpty() || named.isEmpty()) {
                return;
            }
            Map<UUID, Set<UUID>> members = new HashMap<>();
            for (Reading row : rows) {
                UUID unit = is(row, Column.ROW, words.person()) ? living.get(code(row, Column.CODE)) : null;
                UUID person = unit == null ? null : key(row);
                if (unit == null || person == null || !named.containsKey(unit)) {
                    continue;
                }
                Set<UUID> known = members.computeIfAbsent(unit, key -> {
                    var people = new HashSet<UUID>();
                    store.posts(scope.tenantId(), store.below(scope.tenantId(), key), draft.effective())
                            .forEach(post -> people.add(post.personId()));
                    return people;
                });
                if (!known.contains(person)) {
                    wrong(row, Column.KEY, Reason.of("directory.reorg.sheet.not-there"));
                }
            }
        }

        private boolean name(Reading row) {
            boolean good = Units.isName(row.text(Column.NAME));
            if (!good) {
                wrong(row, Column.NAME, Reason.of("directory.unit.refused.name"));
            }
            return good;
        }

        private Units.@Nullable Kind kind(Reading row) {
            for (var kind : words.kinds().entrySet()) {
                if (kind.getKey() != Units.Kind.ROOT && is(row, Column.KIND, kind.getValue())) {
                    return kind.getKey();
                }
            }
            wrong(
                    row,
                    Column.KIND,
                    Reason.of(
                            "directory.reorg.sheet.kind",
                            words.kinds().entrySet().stream()
                                    .filter(kind -> kind.getKey() != Units.Kind.ROOT)
                                    .sorted(Map.Entry.comparingByKey())
                                    .map(Map.Entry::getValue)
                                    .collect(java.util.stream.Collectors.joining("; "))));
            return null;
        }

        private @Nullable UUID unit(Reading row, Column column, boolean required) {
            String code = code(row, column);
            if (code.isEmpty()) {
                if (required) {
                    wrong(row, column, Reason.of("directory.reorg.sheet.missing"));
                }
                return null;
            }
            UUID unit = begins.getOrDefault(code, living.get(code));
            if (unit == null) {
                wrong(row, column, Reason.of("directory.reorg.sheet.no-unit"));
            }
            return unit;
        }

        private static boolean is(Reading row, Column column, String word) {
            return Texts.searchKey(row.text(column)).equals(Texts.searchKey(word));
        }

        private void wrong(Reading row, Column column, Reason why) {
            String value = row.text(column);
            findings.add(new Finding(
                    row.at(column),
                    value.length() <= LONGEST_TOLD ? value : value.substring(0, LONGEST_TOLD) + "…",
                    why));
        }
    }
}
