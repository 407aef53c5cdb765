package vn.chuanmuc.rules;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.VietnameseNumbers;
import vn.chuanmuc.rules.Syntax.Binary;
import vn.chuanmuc.rules.Syntax.Call;
import vn.chuanmuc.rules.Syntax.Minus;
import vn.chuanmuc.rules.Syntax.Not;
import vn.chuanmuc.rules.UnitCheck.Name;

/**
 * Computes a formula that {@link UnitCheck} let pass. It sees the figures of one person and nothing else; each part is computed at
 * most once, so it takes as long as the formula is.
 */
final class FormulaRun {
    /** What a formula may ask. A place is null for the whole set. */
    interface Source {
        /** @return null where nothing counts or the set has no such place */
        @Nullable
        Fraction mean(@Nullable String place);

        @Nullable
        Fraction sum(@Nullable String place);

        @Nullable
        Fraction most(@Nullable String place);

        int level(int ordinal, @Nullable String place);

        int counted(@Nullable String place);

        int notAssessed(@Nullable String place);

        boolean has(String place);

        @Nullable
        BigDecimal figure(String code);
    }

    /** A value of a formula. */
    sealed interface Value {
        record Number(Fraction number) implements Value {}

        record Truth(boolean holds) implements Value {}

        record GradeOf(String code) implements Value {}
    }

    /** What came of it: a value, or why there is none. */
    sealed interface Run {
        record Done(Value value, Unit unit, List<Traced> trace) implements Run {}

        record Undefined(Reason why, int from, int to, List<Traced> trace) implements Run {}
    }

    /**
     * A part that was computed.
     *
     * @param part as it was written
     * @param put the same with the values of its parts
     */
    record Traced(String part, String put, Value value, Unit unit) {}

    private static final class Nothing extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Reason why;
        private final transient Syntax where;

        Nothing(Syntax where, String key, Object... arguments) {
            super(key, null, false, false);
            this.why = Reason.of(key, arguments);
            this.where = where;
        }
    }

    private final String text;
    private final RuleBook book;
    private final Map<Syntax, Unit> units;
    private final Source source;
    private final List<Traced> trace = new ArrayList<>();

    private FormulaRun(String text, RuleBook book, Map<Syntax, Unit> units, Source source) {
        this.text = text;
        this.book = book;
        this.units = units;
        this.source = source;
    }

    static Run run(String text, Syntax tree, RuleBook book, Map<Syntax, Unit> units, Source source) {
        var run = new FormulaRun(text, book, units, source);
        try {
            Value value = run.value(tree);
            return new Run.Done(value, run.unit(tree), List.copyOf(run.trace));
        } catch (Nothing nothing) {
            return new Run.Undefined(nothing.why, nothing.where.from(), nothing.where.to(), List.copyOf(run.trace));
        }
    }

    private Unit unit(Syntax node) {
        return Objects.requireNonNull(units.get(node));
    }

    private String written(Syntax node) {
        return text.substring(node.from(), node.to());
    }

    private Value traced(Syntax node, String put, Value value) {
        trace.add(new Traced(written(node), put, value, unit(node)));
        return value;
    }

    private Fraction number(Syntax node) {
        return ((Value.Number) value(node)).number();
    }

    private boolean truth(Syntax node) {
        return ((Value.Truth) value(node)).holds();
    }

    private Value value(Syntax node) {
        return switch (node) {
            case Syntax.Number number -> new Value.Number(number.value());
            case Minus minus -> new Value.Number(number(minus.of()).negate());
            case Not not -> new Value.Truth(!truth(not.of()));
            case Binary binary -> binary(binary);
            case Call call -> call(call);
        };
    }

    private Value binary(Binary binary) {
        switch (binary.operator()) {
            case AND -> {
                return new Value.Truth(truth(binary.left()) && truth(binary.right()));
            }
            case OR -> {
                return new Value.Truth(truth(binary.left()) || truth(binary.right()));
            }
            default -> {}
        }
        Fraction left = number(binary.left());
        Fraction right = number(binary.right());
        String put = shown(left, unit(binary.left())) + " " + binary.operator().sign() + " "
                + shown(right, unit(binary.right()));
        int order = left.compareTo(right);
        return traced(
                binary,
                put,
                switch (binary.operator()) {
                    case LESS -> new Value.Truth(order < 0);
                    case AT_MOST -> new Value.Truth(order <= 0);
                    case MORE -> new Value.Truth(order > 0);
                    case AT_LEAST -> new Value.Truth(order >= 0);
                    case SAME -> new Value.Truth(order == 0);
                    case OTHER -> new Value.Truth(order != 0);
                    case PLUS -> new Value.Number(left.plus(right));
                    case MINUS -> new Value.Number(left.minus(right));
                    case TIMES -> new Value.Number(left.times(right));
                    case OVER -> {
                        if (right.isZero()) {
                            throw new Nothing(binary.right(), "rules.undefined.by-zero", written(binary.right()));
                        }
                        yield new Value.Number(left.over(right));
                    }
                    case AND, OR -> throw new IllegalStateException("computed above");
                });
    }

    /** As it is put into the text of a step. */
    static String shown(Fraction number, Unit unit) {
        Amount amount = Amount.of(number, unit);
        return (amount.exact() ? "" : "≈") + VietnameseNumbers.format(amount.value()) + (unit == Unit.SHARE ? "%" : "");
    }

    private static @Nullable String place(Call call, int at) {
        return call.arguments().size() > at ? ((Call) call.arguments().get(at)).name() : null;
    }

    private Value call(Call call) {
        Name name = Objects.requireNonNull(Name.of(call.name()));
        return switch (name) {
            case DIEM -> traced(call, "", asked(call, source.mean(place(call, 0)), place(call, 0)));
            case TONG_DIEM -> traced(call, "", asked(call, source.sum(place(call, 0)), place(call, 0)));
            case DIEM_TOI_DA -> traced(call, "", asked(call, source.most(place(call, 0)), place(call, 0)));
            case SO_NOI_DUNG -> traced(call, "", whole(source.counted(present(call, 0))));
            case CHUA_DANH_GIA -> traced(call, "", whole(source.notAssessed(present(call, 0))));
            case SO -> traced(call, "", whole(source.level(ordinal(call), present(call, 1))));
            case TY_LE -> share(call);
            case CO -> traced(call, "", new Value.Truth(source.has(Objects.requireNonNull(place(call, 0)))));
            case SO_LIEU -> figure(call);
            case MUC -> new Value.GradeOf(FormulaReader.fold(Objects.requireNonNull(place(call, 0))));
            case NEU -> {
                Syntax chosen = call.arguments().get(truth(call.arguments().getFirst()) ? 1 : 2);
                yield traced(call, written(chosen), value(chosen));
            }
            case NHO_NHAT, LON_NHAT, TRUNG_BINH -> together(call, name);
            case LAM_TRON -> {
                Fraction number = number(call.arguments().getFirst());
                int places = ((Syntax.Number) call.arguments().get(1))
                        .value()
                        .numerator()
                        .intValueExact();
                int decimals = unit(call.arguments().getFirst()) == Unit.SHARE ? places + 2 : places;
                yield traced(
                        call,
                        shown(number, unit(call)),
                        new Value.Number(Fraction.of(number.round(decimals, RoundingMode.HALF_UP))));
            }
        };
    }

    private static Value whole(int number) {
        return new Value.Number(Fraction.of(number));
    }

    private int ordinal(Call call) {
        return book.ordinal(FormulaReader.fold(Objects.requireNonNull(place(call, 0))))
                .orElseThrow();
    }

    /** The place an argument names, which the set must have. */
    private @Nullable String present(Call call, int at) {
        String place = place(call, at);
        if (place != null && !source.has(place)) {
            throw new Nothing(call.arguments().get(at), "rules.undefined.place", place);
        }
        return place;
    }

    private Value asked(Call call, @Nullable Fraction number, @Nullable String place) {
        if (number != null) {
            return new Value.Number(number);
        }
        if (place != null && !source.has(place)) {
            throw new Nothing(call, "rules.undefined.place", place);
        }
        throw place == null
                ? new Nothing(call, "rules.undefined.nothing-counts")
                : new Nothing(call, "rules.undefined.nothing-counts-in", place);
    }

    private Value share(Call call) {
        String place = present(call, 1);
        int all = source.counted(place);
        if (all == 0) {
            throw place == null
                    ? new Nothing(call, "rules.undefined.nothing-counts")
                    : new Nothing(call, "rules.undefined.nothing-counts-in", place);
        }
        int of = source.level(ordinal(call), place);
        return traced(call, of + " / " + all, new Value.Number(Fraction.of(of, all)));
    }

    private Value figure(Call call) {
        String code = FormulaReader.fold(Objects.requireNonNull(place(call, 0)));
        RuleBook.Figure figure = book.figures().stream()
                .filter(one -> one.code().equals(code))
                .findFirst()
                .orElseThrow();
        BigDecimal number = source.figure(code);
        if (number == null) {
            throw new Nothing(call, "rules.undefined.figure", figure.words());
        }
        if (number.compareTo(figure.least()) < 0 || number.compareTo(figure.most()) > 0) {
            throw new Nothing(
                    call, "rules.undefined.figure-range", figure.words(), number, figure.least(), figure.most());
        }
        Fraction value = Fraction.of(number);
        return traced(call, "", new Value.Number(unit(call) == Unit.SHARE ? value.over(Fraction.HUNDRED) : value));
    }

    private Value together(Call call, Name name) {
        List<Fraction> numbers = call.arguments().stream().map(this::number).toList();
        var put = new ArrayList<String>();
        for (int i = 0; i < numbers.size(); i++) {
            put.add(shown(numbers.get(i), unit(call.arguments().get(i))));
        }
        Fraction found = switch (name) {
            case NHO_NHAT -> numbers.stream().min(Fraction::compareTo).orElseThrow();
            case LON_NHAT -> numbers.stream().max(Fraction::compareTo).orElseThrow();
            default -> numbers.stream().reduce(Fraction.ZERO, Fraction::plus).over(Fraction.of(numbers.size()));
        };
        return traced(call, String.join("; ", put), new Value.Number(found));
    }
}
