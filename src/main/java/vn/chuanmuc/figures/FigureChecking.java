package vn.chuanmuc.figures;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.figures.FigureIndex.About;
import vn.chuanmuc.figures.FigureReader.Column;
import vn.chuanmuc.figures.FigureReader.Line;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.PersonName;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.rules.RuleBook.Measure;

/** The rows of one list against what is known: indexes, units, who was where on which day. */
final class FigureChecking {
    private final FigureIndexes indexes;
    private final String unitName;
    private final LocalDate today;
    private final List<Line> lines;
    private final List<FigureIndex> known;
    private final Map<LocalDate, Map<String, FigureIndex>> byDay = new LinkedHashMap<>();
    private final Map<String, List<FigureStore.Candidate>> byName;
    private final Map<String, UUID> unitsByCode;
    private final HashSet<List<Object>> seen = new HashSet<>();
    final List<FigureLists.Finding> findings = new ArrayList<>();
    final List<FigureStore.NewFigure> figures = new ArrayList<>();

    FigureChecking(
            FigureStore store, FigureIndexes indexes, UUID tenant, Units.Unit unit, LocalDate today, List<Line> lines) {
        this.indexes = indexes;
        this.unitName = unit.name();
        this.today = today;
        this.lines = lines;
        this.known = indexes.all(tenant);
        List<String> keys = lines.stream()
                .map(line -> folded(line.text(Column.NAME)))
                .filter(key -> !key.isEmpty())
                .distinct()
                .toList();
        this.byName = store.candidates(tenant, unit.id(), keys);
        this.unitsByCode = store.unitCodes(
                tenant,
                unit.id(),
                lines.stream()
                        .map(line -> line.text(Column.UNIT_CODE).toLowerCase(Locale.ROOT))
                        .filter(code -> !code.isEmpty())
                        .distinct()
                        .toList());
    }

    private static String folded(String name) {
        return PersonName.parse(name) instanceof PersonName.Parsed.Read(var read) ? read.foldedKey() : "";
    }

    void all() {
        lines.forEach(this::check);
    }

    private void check(Line line) {
        int before = findings.size();
        LocalDate day = line.day();
        if (day == null) {
            findings.add(line.wrong(Column.DAY, Reason.of("figures.row.day")));
            return;
        }
        if (day.isAfter(today)) {
            findings.add(line.wrong(Column.DAY, Reason.of("figures.row.future")));
            return;
        }
        FigureIndex index = byDay.computeIfAbsent(day, any -> indexes.on(known, day))
                .get(line.text(Column.INDEX).toLowerCase(Locale.ROOT));
        if (index == null) {
            findings.add(line.wrong(Column.INDEX, Reason.of("figures.row.index", day)));
            return;
        }
        BigDecimal value = value(line, index);
        if (!Texts.searchKey(line.text(Column.MEASURE) + "x").equals(Texts.searchKey(index.unit() + "x"))
                || index.measure() == Measure.SHARE != line.text(Column.MEASURE).equals("%")) {
            findings.add(line.wrong(Column.MEASURE, Reason.of("figures.row.measure", index.unit())));
        }
        UUID person = null;
        UUID at = null;
        if (index.about() == About.UNIT) {
            at = unitOf(line);
        } else {
            FigureStore.Candidate found = person(line, day);
            if (found != null) {
                person = found.personId();
                at = found.unitId();
            }
        }
        if (value == null || at == null || findings.size() > before) {
            return;
        }
        if (!seen.add(List.of(index.code(), person == null ? at : person, day))) {
            findings.add(line.wrong(Column.VALUE, Reason.of("figures.row.twice", index.code(), day)));
            return;
        }
        figures.add(new FigureStore.NewFigure(line.number(), Ids.next(), person, at, index, value, day));
    }

    private @Nullable BigDecimal value(Line line, FigureIndex index) {
        BigDecimal value = line.value();
        boolean share = index.measure() == Measure.SHARE;
        if (line.dateAsValue() || value == null || line.percent() && !share) {
            findings.add(line.wrong(Column.VALUE, Reason.of("figures.row.number", index.unit())));
            return null;
        }
        // A cell formatted as a percentage holds 0,925 for 92,5 %: nobody can tell which of the two was meant.
        if (share && !line.percent() && value.signum() > 0 && value.compareTo(BigDecimal.ONE) <= 0) {
            findings.add(line.wrong(Column.VALUE, Reason.of("figures.row.share")));
            return null;
        }
        if (value.compareTo(index.least()) < 0 || value.compareTo(index.most()) > 0) {
            findings.add(line.wrong(
                    Column.VALUE, Reason.of("figures.row.range", index.least(), index.most(), index.unit())));
            return null;
        }
        if (value.scale() > FigureReader.MOST_DECIMALS) {
            findings.add(line.wrong(Column.VALUE, Reason.of("figures.row.decimals", FigureReader.MOST_DECIMALS)));
            return null;
        }
        return value;
    }

    private @Nullable UUID unitOf(Line line) {
        if (!line.text(Column.NAME).isEmpty()) {
            findings.add(line.wrong(Column.NAME, Reason.of("figures.row.of-unit")));
            return null;
        }
        String code = line.text(Column.UNIT_CODE);
        UUID found = unitsByCode.get(code.toLowerCase(Locale.ROOT));
        if (found == null) {
            findings.add(line.wrong(Column.UNIT_CODE, Reason.of("figures.row.unit", unitName)));
        }
        return found;
    }

    private FigureStore.@Nullable Candidate person(Line line, LocalDate day) {
        String name = line.text(Column.NAME);
        String code = line.text(Column.STAFF_CODE);
        if (!(PersonName.parse(name) instanceof PersonName.Parsed.Read)) {
            findings.add(line.wrong(Column.NAME, Reason.of("figures.row.name")));
            return null;
        }
        LocalDate birth = null;
        if (!line.text(Column.BIRTH).isEmpty()) {
            if (!(VietnameseDates.parse(line.text(Column.BIRTH)) instanceof VietnameseDates.Parsed.Read(var read))) {
                findings.add(line.wrong(Column.BIRTH, Reason.of("figures.row.birth")));
                return null;
            }
            birth = read;
        }
        LocalDate born = birth;
        Map<UUID, FigureStore.Candidate> fit = new LinkedHashMap<>();
        byName.getOrDefault(folded(name), List.of()).stream()
                .filter(one -> one.on(day))
                .filter(one -> born == null || one.birthDate() == null || born.equals(one.birthDate()))
                .filter(one -> code.isEmpty() || code.equalsIgnoreCase(one.staffCode()))
                .forEach(one -> fit.putIfAbsent(one.personId(), one));
        if (fit.size() == 1) {
            return fit.values().iterator().next();
        }
        findings.add(line.wrong(
                Column.NAME,
                fit.isEmpty()
                        ? Reason.of(
                                code.isEmpty() && born == null ? "figures.row.nobody" : "figures.row.nobody-such",
                                unitName,
                                day)
                        : Reason.of("figures.row.several", fit.size())));
        return null;
    }
}
