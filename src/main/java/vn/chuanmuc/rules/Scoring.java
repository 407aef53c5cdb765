package vn.chuanmuc.rules;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.VietnameseNumbers;
import vn.chuanmuc.rules.Computation.Alternative;
import vn.chuanmuc.rules.Computation.Cap;
import vn.chuanmuc.rules.Computation.Standing;
import vn.chuanmuc.rules.Computation.Step;
import vn.chuanmuc.rules.Computation.Struck;
import vn.chuanmuc.rules.FormulaRun.Value;
import vn.chuanmuc.rules.RuleBook.Disqualifier;
import vn.chuanmuc.rules.RuleBook.Grade;
import vn.chuanmuc.rules.RuleBook.Level;
import vn.chuanmuc.rules.RuleBook.Method;
import vn.chuanmuc.rules.RuleBook.Rounding;
import vn.chuanmuc.rules.RuleBook.Unassessed;
import vn.chuanmuc.rules.RuleBook.Weighting;
import vn.chuanmuc.rules.RuleBook.Weights;
import vn.chuanmuc.rules.SetShape.Place;
import vn.chuanmuc.rules.Weighing.Mean;
import vn.chuanmuc.rules.Weighing.Means;

/**
 * Computes one person's result by a book. Pure: the same book, set and answers give the same computation, exact until it is rounded as
 * the book says. It suggests; an authorised person decides.
 */
public final class Scoring {
    private final RuleBook book;
    private final SetShape shape;
    private final Answers answers;
    private final List<@Nullable Level> levels = new ArrayList<>();
    private final List<@Nullable Fraction> points = new ArrayList<>();
    private final Weighing weighing;
    private final Means means;
    private final List<Step> steps = new ArrayList<>();
    private final int counted;
    private final int notAssessed;

    private Scoring(RuleBook book, SetShape shape, Answers answers) {
        Check.that(answers.levels().size() == shape.items(), "one answer for each item");
        this.book = book;
        this.shape = shape;
        this.answers = answers;
        var counts = new boolean[shape.items()];
        int missing = 0;
        int count = 0;
        for (int i = 0; i < counts.length; i++) {
            Integer ordinal = answers.levels().get(i);
            Level level = ordinal == null ? null : book.level(ordinal);
            levels.add(level);
            counts[i] = level != null && level.counts();
            BigDecimal worth = level == null ? null : level.points();
            points.add(counts[i] && worth != null ? Fraction.of(worth) : null);
            count += counts[i] ? 1 : 0;
            missing += level == null ? 1 : 0;
        }
        this.counted = count;
        this.notAssessed = missing;
        this.weighing = new Weighing(shape, book.weights(), counts);
        this.means = weighing.means(points, everyStep());
    }

    /** The result of one person's answers, with everything it came from. */
    public static Computation compute(RuleBook book, SetShape shape, Answers answers) {
        return new Scoring(book, shape, answers).compute();
    }

    /** What every item weighs in the whole when all of them count, by position; exact, in per cent to be shown. */
    public static List<Weight> weights(SetShape shape, Weights weights) {
        var all = new boolean[shape.items()];
        java.util.Arrays.fill(all, true);
        var weighing = new Weighing(shape, weights, all);
        List<Fraction> shares = weighing.shares();
        return weighing.places().stream()
                .map(place -> {
                    Fraction share = shares.get(place.position() - 1);
                    return new Weight(
                            place.position(),
                            place.name(),
                            share.text(),
                            share.times(Fraction.HUNDRED).shown(),
                            weighing.sourceOf(place));
                })
                .toList();
    }

    /**
     * @param part of the whole: {@code 1/27}
     * @param percent the same in per cent, at most twelve places
     */
    public record Weight(int position, String place, String part, BigDecimal percent, Reason source) {}

    private UnaryOperator<Fraction> everyStep() {
        Rounding rounding = book.whole().rounding();
        return rounding.everyStep()
                ? value -> Fraction.of(
                        value.round(rounding.decimals(), rounding.mode().java()))
                : UnaryOperator.identity();
    }

    private boolean withheld() {
        return notAssessed > 0 && book.whole().unassessed() == Unassessed.WITHHOLD;
    }

    private void step(Reason what, String expression, @Nullable Amount value, @Nullable Reason words) {
        steps.add(new Step(steps.size() + 1, what, expression, value, words));
    }

    /** What the whole came to, before it is rounded. */
    private record Whole(
            @Nullable Fraction number,
            Unit unit,
            @Nullable String grade,
            @Nullable Reason none) {
        static Whole none(String key, Object... arguments) {
            return new Whole(null, Unit.PLAIN, null, Reason.of(key, arguments));
        }
    }

    private Computation compute() {
        step(
                Reason.of(
                        "rules.step.count", shape.items(), counted, shape.items() - counted - notAssessed, notAssessed),
                "",
                null,
                null);
        if (book.points()) {
            means();
        }
        Whole whole = whole();
        Amount unrounded = null;
        Amount result = null;
        Grade byRule = null;
        Reason none = whole.none();
        if (whole.number() != null) {
            unrounded = Amount.of(whole.number(), whole.unit());
            Fraction rounded = rounded(whole.number(), whole.unit());
            result = Amount.of(rounded, whole.unit());
            Rounding rounding = book.whole().rounding();
            step(
                    Reason.of(
                            "rules.step.round."
                                    + rounding.mode()
                                            .name()
                                            .toLowerCase(Locale.ROOT)
                                            .replace('_', '-'),
                            rounding.decimals()),
                    FormulaRun.shown(whole.number(), whole.unit()),
                    result,
                    null);
            byRule = byBound(result.value());
            if (byRule == null) {
                none = Reason.of(
                        book.grades().stream().anyMatch(grade -> grade.atLeast() != null)
                                ? "rules.none.below"
                                : "rules.none.bounds");
            } else {
                BigDecimal bound = byRule.atLeast();
                step(
                        bound == null ? Reason.of("rules.step.lowest") : Reason.of("rules.step.bound", bound),
                        VietnameseNumbers.format(result.value())
                                + (bound == null ? "" : " ≥ " + VietnameseNumbers.format(bound)),
                        null,
                        Reason.of("rules.words", byRule.words()));
            }
        } else if (whole.grade() != null) {
            byRule = book.grade(whole.grade()).orElseThrow();
        }
        List<Cap> caps = book.disqualifiers().stream().map(this::cap).toList();
        Grade suggested = byRule;
        for (Cap cap : caps) {
            if (suggested != null
                    && cap.struck() == Struck.YES
                    && book.rank(cap.rule().highest()) > book.rank(suggested.code())) {
                suggested = book.grade(cap.rule().highest()).orElseThrow();
                step(
                        Reason.of("rules.step.cap", cap.rule().words()),
                        "",
                        null,
                        Reason.of("rules.words", suggested.words()));
            }
        }
        if (suggested == null && none == null) {
            none = Reason.of("rules.none.no-rule");
        }
        step(
                Reason.of("rules.step.suggested"),
                "",
                null,
                suggested == null ? none : Reason.of("rules.words", suggested.words()));
        return new Computation(
                items(),
                tallies(),
                counted,
                shape.items() - counted - notAssessed,
                notAssessed,
                parts(),
                alternatives(),
                steps,
                result,
                unrounded,
                byRule,
                caps,
                suggested,
                suggested == null ? none : null);
    }

    private Fraction rounded(Fraction number, Unit unit) {
        Rounding rounding = book.whole().rounding();
        int decimals = rounding.decimals() + (unit == Unit.SHARE ? 2 : 0);
        return Fraction.of(number.round(decimals, rounding.mode().java()));
    }

    private void means() {
        Map<String, String> titles = titles();
        means.parts().forEach((place, mean) -> {
            if (mean != null) {
                boolean group = place.indexOf('.') < 0;
                step(
                        Reason.of(
                                group ? "rules.step.group" : "rules.step.criterion",
                                place,
                                titles.getOrDefault(place, "")),
                        written(mean),
                        Amount.of(mean.value(), Unit.POINTS),
                        null);
            }
        });
        Mean whole = means.whole();
        if (whole != null) {
            step(
                    Reason.of("rules.step.whole."
                            + book.weights().weighting().name().toLowerCase(Locale.ROOT)),
                    written(whole),
                    Amount.of(whole.value(), Unit.POINTS),
                    null);
        }
    }

    private Map<String, String> titles() {
        var titles = new LinkedHashMap<String, String>();
        for (SetShape.Group group : shape.groups()) {
            for (SetShape.Criterion criterion : group.criteria()) {
                titles.put(group.numeral() + "." + criterion.numeral(), criterion.title());
            }
            titles.put(group.numeral(), group.title());
        }
        return titles;
    }

    /** {@code (3 + 2 × 1,5) / (1 + 1,5)}, or {@code (3 + 2) / 2} when all weigh the same. */
    private static String written(Mean mean) {
        boolean even = mean.weights().stream().allMatch(Fraction.ONE::equals);
        var above = new ArrayList<String>();
        for (int i = 0; i < mean.of().size(); i++) {
            String value = FormulaRun.shown(mean.of().get(i), Unit.POINTS);
            above.add(even ? value : FormulaRun.shown(mean.weights().get(i), Unit.NUMBER) + " × " + value);
        }
        String below = even
                ? String.valueOf(mean.of().size())
                : mean.weights().stream()
                        .map(weight -> FormulaRun.shown(weight, Unit.NUMBER))
                        .collect(Collectors.joining(" + ", "(", ")"));
        return "(" + String.join(" + ", above) + ") / " + below;
    }

    private Whole whole() {
        if (book.whole().method() == Method.NONE) {
            return Whole.none("rules.none.no-rule");
        }
        if (withheld()) {
            return Whole.none("rules.none.not-assessed", notAssessed);
        }
        if (book.whole().method() == Method.MEAN) {
            Mean mean = means.whole();
            return mean == null
                    ? Whole.none("rules.none.nothing-counts")
                    : new Whole(mean.value(), Unit.POINTS, null, null);
        }
        FormulaRun.Run run = run(book.whole().formula());
        trace(run, "rules.step.formula");
        return switch (run) {
            case FormulaRun.Run.Undefined undefined -> Whole.none("rules.none.undefined", undefined.why());
            case FormulaRun.Run.Done done ->
                switch (done.value()) {
                    case Value.Number(var number) -> new Whole(number, done.unit(), null, null);
                    case Value.GradeOf(var code) -> new Whole(null, Unit.GRADE, code, null);
                    case Value.Truth truth -> throw new IllegalStateException("a whole is no condition");
                };
        };
    }

    private FormulaRun.Run run(String formula) {
        Formulas.Ready ready = Formulas.ready(formula, book);
        Check.that(ready.errors().isEmpty(), "formulas of a book are checked when it is entered");
        return FormulaRun.run(ready.text(), Objects.requireNonNull(ready.tree()), book, ready.units(), new Figures());
    }

    private void trace(FormulaRun.Run run, String key) {
        List<FormulaRun.Traced> trace = switch (run) {
            case FormulaRun.Run.Done done -> done.trace();
            case FormulaRun.Run.Undefined undefined -> undefined.trace();
        };
        for (FormulaRun.Traced part : trace) {
            switch (part.value()) {
                case Value.Number(var number) ->
                    step(Reason.of(key, part.part()), part.put(), Amount.of(number, part.unit()), null);
                case Value.Truth(var holds) ->
                    step(
                            Reason.of(key, part.part()),
                            part.put(),
                            null,
                            Reason.of(holds ? "rules.truth.yes" : "rules.truth.no"));
                case Value.GradeOf(var code) ->
                    step(
                            Reason.of(key, part.part()),
                            part.put(),
                            null,
                            Reason.of(
                                    "rules.words",
                                    book.grade(code).orElseThrow().words()));
            }
        }
    }

    /** The best grade whose bound the result reaches; the lowest where it has none. */
    private @Nullable Grade byBound(BigDecimal result) {
        if (book.grades().stream().allMatch(grade -> grade.atLeast() == null)) {
            return null;
        }
        for (Grade grade : book.grades()) {
            BigDecimal bound = grade.atLeast();
            if (bound != null && result.compareTo(bound) >= 0) {
                return grade;
            }
        }
        Grade lowest = book.grades().getLast();
        return lowest.atLeast() == null ? lowest : null;
    }

    private Cap cap(Disqualifier rule) {
        if (rule.formula().isBlank()) {
            Boolean said = answers.facts().get(rule.code());
            return said == null
                    ? new Cap(rule, Struck.UNKNOWN, Reason.of("rules.cap.not-looked"))
                    : new Cap(rule, said ? Struck.YES : Struck.NO, null);
        }
        if (withheld()) {
            return new Cap(rule, Struck.UNKNOWN, Reason.of("rules.none.not-assessed", notAssessed));
        }
        FormulaRun.Run run = run(rule.formula());
        trace(run, "rules.step.disqualifier");
        return switch (run) {
            case FormulaRun.Run.Undefined undefined -> new Cap(rule, Struck.UNKNOWN, undefined.why());
            case FormulaRun.Run.Done done ->
                new Cap(rule, ((Value.Truth) done.value()).holds() ? Struck.YES : Struck.NO, null);
        };
    }

    private List<Computation.Item> items() {
        List<Fraction> shares = weighing.shares();
        return weighing.places().stream()
                .map(place -> {
                    int at = place.position() - 1;
                    Level level = levels.get(at);
                    Fraction share = shares.get(at);
                    return new Computation.Item(
                            place.position(),
                            place.name(),
                            level == null
                                    ? Standing.NOT_ASSESSED
                                    : level.counts() ? Standing.COUNTED : Standing.NOT_APPLICABLE,
                            level,
                            share.text(),
                            share.times(Fraction.HUNDRED).shown(),
                            weighing.sourceOf(place));
                })
                .toList();
    }

    private List<Computation.Tally> tallies() {
        return book.scale().stream()
                .map(level -> new Computation.Tally(
                        level, (int) levels.stream().filter(level::equals).count()))
                .toList();
    }

    private List<Computation.Part> parts() {
        var parts = new ArrayList<Computation.Part>();
        for (SetShape.Group group : shape.groups()) {
            for (SetShape.Criterion criterion : group.criteria()) {
                parts.add(part(group.numeral() + "." + criterion.numeral(), criterion.title(), false));
            }
            parts.add(part(group.numeral(), group.title(), true));
        }
        return parts;
    }

    private Computation.Part part(String place, String title, boolean group) {
        Mean mean = means.parts().get(place);
        return new Computation.Part(
                place,
                title,
                group,
                (int) in(place).count(),
                (int) in(place).filter(one -> weighing.counts(one.position())).count(),
                weighing.beside(place).shown(),
                weighing.source(place),
                mean == null ? null : Amount.of(mean.value(), Unit.POINTS));
    }

    private Stream<Place> in(@Nullable String place) {
        return weighing.places().stream()
                .filter(one -> place == null
                        || one.groupName().equals(place)
                        || one.criterionName().equals(place)
                        || one.name().equals(place));
    }

    /** The mean as each weighting gives it, all rounded as the book says. Empty without points. */
    private List<Alternative> alternatives() {
        Mean chosen = means.whole();
        if (chosen == null) {
            return List.of();
        }
        BigDecimal own = rounded(chosen.value(), Unit.POINTS).shown();
        var alternatives = new ArrayList<Alternative>();
        for (Weighting weighting : Weighting.values()) {
            boolean same = weighting == book.weights().weighting();
            if (weighting == Weighting.OWN && !same) {
                continue;
            }
            Mean mean = same
                    ? chosen
                    : weighing.under(new Weights(weighting, List.of()))
                            .means(points, everyStep())
                            .whole();
            if (mean != null) {
                BigDecimal rounded = rounded(mean.value(), Unit.POINTS).shown();
                alternatives.add(new Alternative(
                        weighting, same, Amount.of(mean.value(), Unit.POINTS), rounded, rounded.subtract(own)));
            }
        }
        return alternatives;
    }

    /** What formulas see. */
    private final class Figures implements FormulaRun.Source {
        @Override
        public @Nullable Fraction mean(@Nullable String place) {
            if (place != null && place.chars().filter(c -> c == '.').count() == 2) {
                return in(place)
                        .findFirst()
                        .map(one -> points.get(one.position() - 1))
                        .orElse(null);
            }
            Mean mean = place == null ? means.whole() : means.parts().get(place);
            return mean == null ? null : mean.value();
        }

        @Override
        public @Nullable Fraction sum(@Nullable String place) {
            return has(place)
                    ? in(place)
                            .map(one -> points.get(one.position() - 1))
                            .filter(Objects::nonNull)
                            .reduce(Fraction.ZERO, Fraction::plus)
                    : null;
        }

        @Override
        public @Nullable Fraction most(@Nullable String place) {
            Fraction best = book.scale().stream()
                    .filter(Level::counts)
                    .map(Level::points)
                    .filter(Objects::nonNull)
                    .map(Fraction::of)
                    .max(Fraction::compareTo)
                    .orElse(null);
            return has(place) && best != null ? best.times(Fraction.of(counted(place))) : null;
        }

        @Override
        public int level(int ordinal, @Nullable String place) {
            Level level = book.level(ordinal);
            return (int) in(place)
                    .filter(one -> level.equals(levels.get(one.position() - 1)))
                    .count();
        }

        @Override
        public int counted(@Nullable String place) {
            return (int)
                    in(place).filter(one -> weighing.counts(one.position())).count();
        }

        @Override
        public int notAssessed(@Nullable String place) {
            return (int) in(place)
                    .filter(one -> levels.get(one.position() - 1) == null)
                    .count();
        }

        @Override
        public boolean has(@Nullable String place) {
            return place == null || in(place).findAny().isPresent();
        }

        @Override
        public @Nullable BigDecimal figure(String code) {
            return answers.figures().get(code);
        }
    }
}
