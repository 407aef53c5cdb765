package vn.chuanmuc.rules.web;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.rules.RuleBook.Level;
import vn.chuanmuc.rules.RuleBook.Quota;
import vn.chuanmuc.rules.RuleBook.Stage;

/** A book as a person reads it, part by part; and what differs between two. */
final class BookText {
    private final List<Section> sections = new ArrayList<>();
    private List<Line> lines = new ArrayList<>();

    private BookText() {}

    /** @param key of its heading: {@code rules.part.<key>} */
    record Section(String key, List<Line> lines) {}

    /** @param id the same for what is compared in two books */
    record Line(String id, Reason label, Reason value) {}

    static List<Section> of(RuleBook book) {
        var text = new BookText();
        text.whole(book);
        return text.sections;
    }

    private void section(String key) {
        lines = new ArrayList<>();
        sections.add(new Section(key, lines));
    }

    private void line(String id, Reason label, Reason value) {
        lines.add(new Line(id, label, value));
    }

    private void line(String id, Reason value) {
        line(id, Reason.of("rules.line." + id), value);
    }

    static Reason words(String text) {
        return Reason.of("rules.words", text);
    }

    private static Reason choice(String kind, Enum<?> value) {
        return Reason.of(
                "rules." + kind + "." + value.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private static Reason yes(boolean yes) {
        return Reason.of(yes ? "rules.truth.yes" : "rules.truth.no");
    }

    private void whole(RuleBook book) {
        section("general");
        line("name", words(book.name()));
        line("purpose", choice("purpose", book.purpose()));
        line("basis", basis(book.basis()));
        section("scale");
        for (Level level : book.scale()) {
            line(
                    "scale." + level.code(),
                    Reason.of("rules.line.level", level.words(), level.code()),
                    level.counts()
                            ? level.points() == null
                                    ? Reason.of("rules.line.level.words")
                                    : Reason.of("rules.line.level.points", level.points())
                            : Reason.of("rules.line.level.drops"));
        }
        section("weights");
        line("weighting", choice("weighting", book.weights().weighting()));
        book.weights()
                .own()
                .forEach(own -> line(
                        "own." + own.audience() + "." + own.place(),
                        Reason.of("rules.line.own", own.place(), choice("audience", own.audience())),
                        Reason.of("rules.line.own.value", own.weight(), basis(own.source()))));
        section("result");
        line("method", choice("method", book.whole().method()));
        if (!book.whole().formula().isEmpty()) {
            line("formula", words(book.whole().formula()));
        }
        line("unassessed", choice("unassessed", book.whole().unassessed()));
        line(
                "rounding",
                Reason.of(
                        book.whole().rounding().everyStep() ? "rules.line.rounding.each" : "rules.line.rounding.end",
                        choice("mode", book.whole().rounding().mode()),
                        book.whole().rounding().decimals()));
        book.figures()
                .forEach(figure -> line(
                        "figure." + figure.code(),
                        Reason.of("rules.line.figure", figure.words(), figure.code()),
                        Reason.of(
                                "rules.line.figure.value",
                                choice("measure", figure.measure()),
                                figure.least(),
                                figure.most())));
        section("grades");
        for (RuleBook.Grade grade : book.grades()) {
            BigDecimal bound = grade.atLeast();
            line(
                    "grade." + grade.code(),
                    Reason.of("rules.line.level", grade.words(), grade.code()),
                    bound == null ? Reason.of("rules.line.grade.free") : Reason.of("rules.line.grade.from", bound));
        }
        book.disqualifiers()
                .forEach(rule -> line(
                        "disqualifier." + rule.code(),
                        Reason.of("rules.line.disqualifier", rule.words()),
                        Reason.of(
                                rule.formula().isEmpty()
                                        ? "rules.line.disqualifier.fact"
                                        : "rules.line.disqualifier.formula",
                                grade(book, rule.highest()),
                                rule.formula())));
        int number = 0;
        for (Quota quota : book.quotas()) {
            number++;
            line(
                    "quota." + number,
                    Reason.of("rules.line.quota", grade(book, quota.grade()), choice("among", quota.among())),
                    Reason.of(
                            "rules.line.quota.value",
                            quota.percent(),
                            Reason.of(
                                    "rules.of."
                                            + quota.denominator()
                                                    .name()
                                                    .toLowerCase(Locale.ROOT)
                                                    .replace('_', '-'),
                                    grade(book, quota.of())),
                            choice("part", quota.part())));
        }
        line("head", yes(book.headNotAboveUnit()));
        section("stages");
        for (Stage stage : book.stages()) {
            line(
                    "stage." + stage.code(),
                    Reason.of("rules.line.stage", stage.order(), stage.words()),
                    Reason.of(
                            stage.blind() ? "rules.line.stage.blind" : "rules.line.stage.open",
                            choice("actor", stage.actor()),
                            choice("whose", stage.whose()),
                            stage.days()));
        }
        section("days");
        line("day", Reason.of("rules.line.day.value", book.deadlines().day()));
        line("tell", Reason.of("rules.line.days", book.deadlines().tellDays()));
        line("file", Reason.of("rules.line.days", book.clocks().file()));
        line("answer", Reason.of("rules.line.days", book.clocks().answer()));
        line("remind", Reason.of("rules.line.days", book.clocks().remind()));
        line("clocks-basis", basis(book.clocks().basis()));
        line(
                "presence",
                book.presence().leastDays() == 0
                        ? Reason.of("rules.line.presence.none")
                        : Reason.of(
                                "rules.line.presence.value",
                                book.presence().leastDays(),
                                choice("window", book.presence().window())));
        if (!book.presence().notCounted().isEmpty()) {
            book.presence().notCounted().stream()
                    .sorted()
                    .forEach(
                            kind -> line("leave." + kind.code(), Reason.of("rules.line.leave"), Reason.of(kind.key())));
        }
    }

    static Reason basis(String basis) {
        return basis.isBlank() ? Reason.of("rules.no-basis") : words(basis);
    }

    private static String grade(RuleBook book, @Nullable String code) {
        return code == null ? "" : book.grade(code).map(RuleBook.Grade::words).orElse(code);
    }

    /**
     * A line of two books.
     *
     * @param one null where only the other has it
     */
    record Pair(
            Reason label, @Nullable Reason one, @Nullable Reason other) {
        boolean differs() {
            return one == null || !one.equals(other);
        }
    }

    record Compared(String key, List<Pair> pairs) {
        boolean differs() {
            return pairs.stream().anyMatch(Pair::differs);
        }
    }

    static List<Compared> compare(RuleBook one, RuleBook other) {
        List<Section> left = of(one);
        List<Section> right = of(other);
        var compared = new ArrayList<Compared>();
        for (int at = 0; at < left.size(); at++) {
            Map<String, Line> a = byId(left.get(at));
            Map<String, Line> b = byId(right.get(at));
            var ids = new LinkedHashSet<>(a.keySet());
            ids.addAll(b.keySet());
            var pairs = new ArrayList<Pair>();
            for (String id : ids) {
                Line x = a.get(id);
                Line y = b.get(id);
                Line either = x == null ? java.util.Objects.requireNonNull(y) : x;
                pairs.add(new Pair(either.label(), x == null ? null : x.value(), y == null ? null : y.value()));
            }
            compared.add(new Compared(left.get(at).key(), pairs));
        }
        return compared;
    }

    private static Map<String, Line> byId(Section section) {
        var lines = new LinkedHashMap<String, Line>();
        section.lines().forEach(line -> lines.put(line.id(), line));
        return lines;
    }
}
