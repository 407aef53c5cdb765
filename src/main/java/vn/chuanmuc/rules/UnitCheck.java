package vn.chuanmuc.rules;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.rules.Syntax.Binary;
import vn.chuanmuc.rules.Syntax.Call;
import vn.chuanmuc.rules.Syntax.Minus;
import vn.chuanmuc.rules.Syntax.Not;
import vn.chuanmuc.rules.Syntax.Operator;

/**
 * Says what every part of a formula counts in, or what is mixed that does not go together: points, shares, counts and grades are not
 * added to or compared with one another. Nothing is saved that does not pass.
 */
final class UnitCheck {
    private static final Pattern PLACE = Pattern.compile("[\\p{L}\\p{N}]{1,10}(\\.[\\p{L}\\p{N}]{1,5}){0,2}");
    private static final int MOST_ARGUMENTS = 20;

    /** The names a formula may use, without marks. */
    enum Name {
        DIEM(Unit.POINTS),
        TONG_DIEM(Unit.POINTS),
        DIEM_TOI_DA(Unit.POINTS),
        SO(Unit.COUNT),
        TY_LE(Unit.SHARE),
        SO_NOI_DUNG(Unit.COUNT),
        CHUA_DANH_GIA(Unit.COUNT),
        SO_LIEU(null),
        CO(Unit.TRUTH),
        MUC(Unit.GRADE),
        NEU(null),
        NHO_NHAT(null),
        LON_NHAT(null),
        TRUNG_BINH(null),
        LAM_TRON(null);

        private final @Nullable Unit unit;

        Name(@Nullable Unit unit) {
            this.unit = unit;
        }

        String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        static @Nullable Name of(String written) {
            String folded = FormulaReader.fold(written);
            for (Name name : values()) {
                if (name.code().equals(folded)) {
                    return name;
                }
            }
            return folded.equals("ti_le") ? TY_LE : null;
        }
    }

    private final RuleBook book;
    private final List<FormulaError> errors = new ArrayList<>();
    private final Map<Syntax, Unit> units = new IdentityHashMap<>();

    private UnitCheck(RuleBook book) {
        this.book = book;
    }

    /**
     * @param unit of the whole; null when there are errors
     * @param units of every node that has a value
     */
    record Checked(@Nullable Unit unit, Map<Syntax, Unit> units, List<FormulaError> errors) {}

    static Checked check(Syntax tree, RuleBook book) {
        var check = new UnitCheck(book);
        Unit unit = check.unit(tree);
        return new Checked(check.errors.isEmpty() ? unit : null, check.units, List.copyOf(check.errors));
    }

    private @Nullable Unit wrong(Syntax where, String key, Object... arguments) {
        errors.add(new FormulaError(Reason.of(key, arguments), where.from(), where.to()));
        return null;
    }

    private static Reason words(Unit unit) {
        return Reason.of("rules.unit." + unit.code());
    }

    private @Nullable Unit unit(Syntax node) {
        Unit unit = switch (node) {
            case Syntax.Number number -> number.unit();
            case Minus minus -> numeric(minus.of());
            case Not not -> truth(not.of());
            case Binary binary -> binary(binary);
            case Call call -> call(call);
        };
        if (unit != null) {
            units.put(node, unit);
        }
        return unit;
    }

    private @Nullable Unit numeric(Syntax node) {
        Unit unit = unit(node);
        return unit == null || unit.numeric() ? unit : wrong(node, "rules.formula.not-a-number", words(unit));
    }

    private @Nullable Unit truth(Syntax node) {
        Unit unit = unit(node);
        return unit == null || unit == Unit.TRUTH ? unit : wrong(node, "rules.formula.not-a-condition", words(unit));
    }

    private @Nullable Unit binary(Binary binary) {
        Operator operator = binary.operator();
        if (operator == Operator.AND || operator == Operator.OR) {
            Unit left = truth(binary.left());
            Unit right = truth(binary.right());
            return left == null || right == null ? null : Unit.TRUTH;
        }
        Unit left = numeric(binary.left());
        Unit right = numeric(binary.right());
        if (left == null || right == null) {
            return null;
        }
        if (operator == Operator.TIMES) {
            return times(binary, left, right);
        }
        if (operator == Operator.OVER) {
            return over(binary, left, right);
        }
        Unit both = both(binary, left, right, operator.compares() ? "rules.formula.compares" : "rules.formula.mixes");
        return both == null ? null : operator.compares() ? Unit.TRUTH : both;
    }

    /** The unit of two that stand side by side. */
    private @Nullable Unit both(Syntax where, Unit left, Unit right, String key) {
        if (left == right) {
            return left;
        }
        if (left == Unit.PLAIN || right == Unit.PLAIN) {
            Unit other = left == Unit.PLAIN ? right : left;
            if (other == Unit.SHARE) {
                return wrong(where, "rules.formula.percent-missing");
            }
            return other;
        }
        return wrong(where, key, words(left), words(right));
    }

    private static boolean bare(Unit unit) {
        return unit == Unit.PLAIN || unit == Unit.NUMBER;
    }

    private @Nullable Unit times(Binary where, Unit left, Unit right) {
        if (bare(left) && bare(right)) {
            return left == right ? left : Unit.NUMBER;
        }
        if (bare(left) || bare(right)) {
            return bare(left) ? right : left;
        }
        if (left == Unit.SHARE || right == Unit.SHARE) {
            return left == Unit.SHARE ? right : left;
        }
        return left == right ? wrong(where, "rules.formula.squares", words(left)) : Unit.POINTS; // how many × points
    }

    private @Nullable Unit over(Binary where, Unit left, Unit right) {
        if (where.right() instanceof Syntax.Number number && number.value().isZero()) {
            return wrong(where.right(), "rules.formula.by-zero");
        }
        if (bare(right)) {
            return left == Unit.PLAIN && right == Unit.NUMBER ? Unit.NUMBER : left;
        }
        if (left == right) {
            return left == Unit.SHARE ? Unit.NUMBER : Unit.SHARE;
        }
        if (right == Unit.SHARE || left == Unit.POINTS && right == Unit.COUNT) {
            return left;
        }
        return wrong(where, "rules.formula.divides", words(left), words(right));
    }

    private @Nullable Unit call(Call call) {
        Name name = Name.of(call.name());
        if (name == null) {
            return wrong(
                    call,
                    book.ordinal(FormulaReader.fold(call.name())).isPresent()
                            ? "rules.formula.level-alone"
                            : "rules.formula.unknown",
                    call.name());
        }
        return switch (name) {
            case DIEM, TONG_DIEM, DIEM_TOI_DA -> {
                boolean placed = places(call, 0);
                yield book.points() ? placed ? name.unit : null : wrong(call, "rules.formula.no-points", call.name());
            }
            case SO_NOI_DUNG, CHUA_DANH_GIA -> places(call, 0) ? name.unit : null;
            case SO, TY_LE -> levels(call, name) ? name.unit : null;
            case CO -> count(call, 1, 1) && place(call.arguments().getFirst()) ? name.unit : null;
            case SO_LIEU -> figure(call);
            case MUC -> grade(call) ? name.unit : null;
            case NEU -> choice(call);
            case NHO_NHAT, LON_NHAT, TRUNG_BINH -> count(call, 2, MOST_ARGUMENTS) ? together(call, 0) : null;
            case LAM_TRON -> rounded(call);
        };
    }

    private boolean count(Call call, int least, int most) {
        int given = call.arguments().size();
        if (given < least || given > most) {
            wrong(
                    call,
                    least == most ? "rules.formula.arguments" : "rules.formula.arguments-between",
                    call.name(),
                    least,
                    most);
            return false;
        }
        return true;
    }

    private boolean places(Call call, int from) {
        if (!count(call, from, from + 1)) {
            return false;
        }
        return call.arguments().size() == from || place(call.arguments().get(from));
    }

    private boolean place(Syntax argument) {
        if (argument instanceof Call call
                && !call.brackets()
                && PLACE.matcher(call.name()).matches()) {
            return true;
        }
        wrong(argument, "rules.formula.place");
        return false;
    }

    private boolean levels(Call call, Name name) {
        if (!count(call, 1, 2)) {
            return false;
        }
        Syntax first = call.arguments().getFirst();
        if (!(first instanceof Call level
                && !level.brackets()
                && book.ordinal(FormulaReader.fold(level.name())).isPresent())) {
            wrong(
                    first,
                    "rules.formula.level",
                    codes(book.scale().stream().map(RuleBook.Level::code).toList()));
            return false;
        }
        if (name == Name.TY_LE
                && !book.level(book.ordinal(FormulaReader.fold(level.name())).orElseThrow())
                        .counts()) {
            wrong(first, "rules.formula.level-counts-not", level.name());
            return false;
        }
        return places(call, 1);
    }

    private static String codes(List<String> codes) {
        return codes.isEmpty() ? "–" : String.join(", ", codes);
    }

    private @Nullable Unit figure(Call call) {
        if (!count(call, 1, 1)) {
            return null;
        }
        Syntax first = call.arguments().getFirst();
        if (first instanceof Call named && !named.brackets()) {
            for (RuleBook.Figure figure : book.figures()) {
                if (figure.code().equals(FormulaReader.fold(named.name()))) {
                    return Unit.of(figure.measure());
                }
            }
        }
        return wrong(
                first,
                "rules.formula.figure",
                codes(book.figures().stream().map(RuleBook.Figure::code).toList()));
    }

    private boolean grade(Call call) {
        if (!count(call, 1, 1)) {
            return false;
        }
        Syntax first = call.arguments().getFirst();
        if (first instanceof Call named && !named.brackets() && book.rank(FormulaReader.fold(named.name())) > 0) {
            return true;
        }
        wrong(
                first,
                "rules.formula.grade",
                codes(book.grades().stream().map(RuleBook.Grade::code).toList()));
        return false;
    }

    private @Nullable Unit choice(Call call) {
        if (!count(call, 3, 3)) {
            return null;
        }
        Unit condition = truth(call.arguments().getFirst());
        Unit unit = together(call, 1);
        return condition == null ? null : unit;
    }

    /** The one unit of the arguments from one on. */
    private @Nullable Unit together(Call call, int from) {
        Unit common = null;
        boolean whole = true;
        for (Syntax argument : call.arguments().subList(from, call.arguments().size())) {
            Unit unit = from == 0 ? numeric(argument) : unit(argument);
            if (unit == null || unit == Unit.TRUTH) {
                whole = false;
                if (unit == Unit.TRUTH) {
                    wrong(argument, "rules.formula.not-a-number", words(unit));
                }
            } else {
                Unit joined = common == null ? unit : both(argument, common, unit, "rules.formula.mixes");
                whole &= joined != null;
                common = joined == null ? common : joined;
            }
        }
        return whole ? common : null;
    }

    private @Nullable Unit rounded(Call call) {
        if (!count(call, 2, 2)) {
            return null;
        }
        Unit unit = numeric(call.arguments().getFirst());
        if (!(call.arguments().get(1) instanceof Syntax.Number places
                && places.unit() == Unit.PLAIN
                && places.value().denominator().bitLength() == 1
                && places.value().compareTo(Fraction.of(6)) <= 0)) {
            return wrong(call.arguments().get(1), "rules.formula.decimals");
        }
        return unit;
    }
}
