package vn.chuanmuc.rules;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.rules.RuleBook.Level;
import vn.chuanmuc.rules.RuleBook.Method;
import vn.chuanmuc.rules.RuleBook.Mode;
import vn.chuanmuc.rules.RuleBook.Rounding;
import vn.chuanmuc.rules.RuleBook.Weighting;
import vn.chuanmuc.rules.Syntax.Binary;
import vn.chuanmuc.rules.Syntax.Call;
import vn.chuanmuc.rules.Syntax.Minus;
import vn.chuanmuc.rules.Syntax.Not;

/**
 * A computation as a workbook that computes: points and weights are numbers, everything else is a live formula over them, so that who
 * doubts a result changes a cell and sees. Beside the last formula stands what the program computed.
 */
final class ComputationSheet {
    private static final int FIRST = 4;

    private final RuleBook book;
    private final SetShape shape;
    private final Answers answers;
    private final Computation computation;
    private final Function<Reason, String> words;
    private final Worksheet sheet;
    private final Weighing weighing;
    private final Map<String, String> cells = new HashMap<>();
    private final Map<String, String> countCells = new HashMap<>();
    private final Map<String, int[]> rowsOf = new HashMap<>();
    private int row;

    private ComputationSheet(
            RuleBook book, SetShape shape, Answers answers, Function<Reason, String> words, Worksheet sheet) {
        this.book = book;
        this.shape = shape;
        this.answers = answers;
        this.words = words;
        this.sheet = sheet;
        this.computation = Scoring.compute(book, shape, answers);
        var counts = new boolean[shape.items()];
        for (int at = 0; at < counts.length; at++) {
            Integer ordinal = answers.levels().get(at);
            counts[at] = ordinal != null && book.level(ordinal).counts();
        }
        this.weighing = new Weighing(shape, book.weights(), counts);
    }

    /**
     * Writes the workbook and leaves the stream open. Column A place, B words, C level, D points, E counts (1 or 0), F weight beside its
     * neighbours; below, the criteria, the groups and the result.
     */
    static void write(RuleBook book, SetShape shape, Answers answers, Function<Reason, String> words, OutputStream out)
            throws IOException {
        var workbook = new Workbook(out, "ChuanMuc", "1.0");
        new ComputationSheet(book, shape, answers, words, workbook.newWorksheet("1")).write();
        workbook.finish();
    }

    private String word(String key, Object... arguments) {
        return words.apply(Reason.of(key, arguments));
    }

    private void text(int column, String text) {
        sheet.inlineString(row, column, Texts.oneLine(text));
    }

    private void head(String... keys) {
        for (int column = 0; column < keys.length; column++) {
            if (!keys[column].isEmpty()) {
                text(column, word(keys[column]));
                sheet.style(row, column).bold().wrapText(true).set();
            }
        }
        row++;
    }

    private void write() {
        for (int column = 0; column < 7; column++) {
            sheet.width(column, column == 1 ? 60 : 16);
        }
        text(0, book.name());
        sheet.style(row, 0).bold().set();
        row++;
        text(0, word(book.named() ? "rules.words" : "rules.no-basis", book.basis()));
        row = FIRST - 1;
        head(
                "rules.sheet.place",
                "rules.sheet.words",
                "rules.sheet.level",
                "rules.sheet.points",
                "rules.sheet.counts",
                "rules.sheet.weight");
        items();
        row++;
        head(
                "rules.sheet.place",
                "rules.sheet.words",
                "rules.sheet.mean",
                "",
                "rules.sheet.counts",
                "rules.sheet.weight");
        parts();
        row++;
        result();
    }

    private void items() {
        int begin = row;
        for (SetShape.Place place : weighing.places()) {
            Integer ordinal = answers.levels().get(place.position() - 1);
            Level level = ordinal == null ? null : book.level(ordinal);
            text(0, place.name());
            text(2, level == null ? word("rules.standing.not-assessed") : level.words());
            BigDecimal points = level == null ? null : level.points();
            if (points != null) {
                sheet.value(row, 3, points);
                cells.put(place.name(), "D" + (row + 1));
            }
            sheet.value(row, 4, weighing.counts(place.position()) ? 1 : 0);
            sheet.value(row, 5, weighing.beside(place.name()).approximate());
            text(6, level == null ? "" : level.code());
            row++;
        }
        rowsOf.put("", new int[] {begin, row - 1});
        int at = begin;
        for (SetShape.Group group : shape.groups()) {
            int from = at;
            for (SetShape.Criterion criterion : group.criteria()) {
                rowsOf.put(group.numeral() + "." + criterion.numeral(), new int[] {at, at + criterion.items() - 1});
                for (int i = 1; i <= criterion.items(); i++) {
                    rowsOf.put(
                            group.numeral() + "." + criterion.numeral() + "." + i, new int[] {at + i - 1, at + i - 1});
                }
                at += criterion.items();
            }
            rowsOf.put(group.numeral(), new int[] {from, at - 1});
        }
    }

    private String range(char column, int[] rows) {
        return "$" + column + "$" + (rows[0] + 1) + ":$" + column + "$" + (rows[1] + 1);
    }

    private String range(char column, @Nullable String place) {
        return range(column, Objects.requireNonNull(rowsOf.get(place == null ? "" : place)));
    }

    private void parts() {
        var criteria = new ArrayList<Integer>();
        var groups = new ArrayList<Integer>();
        for (SetShape.Group group : shape.groups()) {
            int from = row;
            for (SetShape.Criterion criterion : group.criteria()) {
                String place = group.numeral() + "." + criterion.numeral();
                criteria.add(row);
                part(
                        place,
                        criterion.title(),
                        mean(range('D', place), range('E', place), range('F', place)),
                        "SUM(" + range('E', place) + ")");
            }
            int[] own = {from, row - 1};
            String numeral = group.numeral();
            groups.add(row);
            part(
                    numeral,
                    group.title(),
                    book.weights().weighting() == Weighting.ITEMS
                            ? mean(range('D', numeral), range('E', numeral), null)
                            : mean(range('C', own), range('E', own), range('F', own)),
                    "SUM(" + range('E', numeral) + ")");
        }
        List<Integer> pool = book.weights().weighting() == Weighting.CRITERIA ? criteria : groups;
        String mean;
        if (book.weights().weighting() == Weighting.ITEMS) {
            mean = plainMean(range('D', (String) null), range('E', (String) null), null);
        } else {
            String above = pool.stream()
                    .map(at -> "IF($E$" + (at + 1) + ">0,$C$" + (at + 1) + "*" + besideCell(at) + ",0)")
                    .collect(Collectors.joining("+"));
            String below = pool.stream()
                    .map(at -> "IF($E$" + (at + 1) + ">0," + besideCell(at) + ",0)")
                    .collect(Collectors.joining("+"));
            mean = "(" + above + ")/(" + below + ")";
        }
        if (book.points() && computation.counted() > 0) {
            text(1, word("rules.sheet.whole"));
            sheet.formula(row, 2, mean);
            cells.put("", "$C$" + (row + 1));
            row++;
        }
    }

    /** A criterion beside criteria of other groups weighs 1: only weights of one's own are kept in the column. */
    private String besideCell(int at) {
        return book.weights().weighting() == Weighting.OWN ? "$F$" + (at + 1) : "1";
    }

    private void part(String place, String title, String mean, String count) {
        text(0, place);
        text(1, title);
        if (book.points()) {
            sheet.formula(row, 2, mean);
        }
        sheet.formula(row, 4, count);
        sheet.value(row, 5, weighing.beside(place).approximate());
        cells.put(place, "$C$" + (row + 1));
        countCells.put(place, "$E$" + (row + 1));
        row++;
    }

    private String mean(String values, String counts, @Nullable String weights) {
        String plain = plainMean(values, counts, weights);
        Rounding rounding = book.whole().rounding();
        String stepped = rounding.everyStep() ? rounded(plain, rounding.decimals(), rounding.mode()) : plain;
        return "IF(SUM(" + counts + ")=0,0," + stepped + ")";
    }

    private static String plainMean(String values, String counts, @Nullable String weights) {
        String on = "(" + counts + ">0)";
        String last = weights == null ? "" : "*" + weights;
        return "SUMPRODUCT(" + on + "*" + values + last + ")/SUMPRODUCT(" + on + "*1" + last + ")";
    }

    /** Half to even has no function of its own: half of a whole number of halves is rounded and doubled. */
    private static String rounded(String value, int decimals, Mode mode) {
        return switch (mode) {
            case HALF_UP -> "ROUND(" + value + "," + decimals + ")";
            case DOWN -> "ROUNDDOWN(ROUND(" + value + ",12)," + decimals + ")";
            case HALF_EVEN -> {
                String times = "10^" + decimals;
                String whole = "ROUND((" + value + ")*" + times + ",9)";
                yield "IF(ABS(" + whole + "-TRUNC(" + whole + "))=0.5,2*ROUND((" + value + ")*" + times + "/2,0)/"
                        + times + ",ROUND(" + value + "," + decimals + "))";
            }
        };
    }

    private void result() {
        Amount result = computation.result();
        Unit unit = Unit.POINTS;
        String formula = null;
        if (book.whole().method() == Method.MEAN && result != null) {
            formula = cells.get("");
        } else if (book.whole().method() == Method.FORMULA && result != null) {
            Formulas.Ready ready = Formulas.ready(book.whole().formula(), book);
            unit = Objects.requireNonNull(ready.unit());
            text(1, book.whole().formula());
            row++;
            formula = excel(Objects.requireNonNull(ready.tree()));
        }
        if (formula != null && result != null) {
            text(1, word("rules.sheet.unrounded"));
            sheet.formula(row, 2, formula);
            String cell = "$C$" + (row + 1);
            row++;
            text(1, word("rules.sheet.result"));
            Rounding rounding = book.whole().rounding();
            sheet.formula(
                    row, 2, rounded(unit == Unit.SHARE ? "100*" + cell : cell, rounding.decimals(), rounding.mode()));
            text(3, word("rules.sheet.program"));
            sheet.value(row, 4, result.value());
            sheet.style(row, 2).bold().set();
            row++;
        }
        text(1, word("rules.step.suggested"));
        var suggested = computation.suggested();
        text(2, suggested != null ? suggested.words() : words.apply(Objects.requireNonNull(computation.none())));
        row++;
        for (Computation.Cap cap : computation.caps()) {
            text(1, cap.rule().words());
            text(2, word("rules.struck." + cap.struck().name().toLowerCase(java.util.Locale.ROOT)));
            if (cap.why() != null) {
                text(3, words.apply(cap.why()));
            }
            row++;
        }
    }

    /** The formula in the language of spreadsheets. */
    private String excel(Syntax node) {
        return switch (node) {
            case Syntax.Number number -> number(number.value());
            case Minus minus -> "(-" + excel(minus.of()) + ")";
            case Not not -> "NOT(" + excel(not.of()) + ")";
            case Binary binary -> binary(binary);
            case Call call -> call(call);
        };
    }

    private static String number(Fraction value) {
        return value.shown().toPlainString();
    }

    private String binary(Binary binary) {
        String left = excel(binary.left());
        String right = excel(binary.right());
        return switch (binary.operator()) {
            case AND -> "AND(" + left + "," + right + ")";
            case OR -> "OR(" + left + "," + right + ")";
            // what is equal by hand may differ in the fifteenth place of a machine
            case LESS -> "(ROUND(" + left + "-" + right + ",10)<0)";
            case AT_MOST -> "(ROUND(" + left + "-" + right + ",10)<=0)";
            case MORE -> "(ROUND(" + left + "-" + right + ",10)>0)";
            case AT_LEAST -> "(ROUND(" + left + "-" + right + ",10)>=0)";
            case SAME -> "(ROUND(" + left + "-" + right + ",10)=0)";
            case OTHER -> "(ROUND(" + left + "-" + right + ",10)<>0)";
            case PLUS -> "(" + left + "+" + right + ")";
            case MINUS -> "(" + left + "-" + right + ")";
            case TIMES -> "(" + left + "*" + right + ")";
            case OVER -> "(" + left + "/" + right + ")";
        };
    }

    private static @Nullable String place(Call call, int at) {
        return call.arguments().size() > at ? ((Call) call.arguments().get(at)).name() : null;
    }

    private boolean has(@Nullable String place) {
        return place == null || rowsOf.containsKey(place);
    }

    private String joined(String function, Call call) {
        return function + "(" + call.arguments().stream().map(this::excel).collect(Collectors.joining(",")) + ")";
    }

    private String call(Call call) {
        var name = Objects.requireNonNull(UnitCheck.Name.of(call.name()));
        String place = switch (name) {
            case DIEM, TONG_DIEM, DIEM_TOI_DA, SO_NOI_DUNG, CHUA_DANH_GIA -> place(call, 0);
            case SO, TY_LE -> place(call, 1);
            default -> null;
        };
        if (!has(place)) {
            return "0"; // guarded by co(…), or there would be no result
        }
        return switch (name) {
            case DIEM -> Objects.requireNonNullElse(cells.get(place == null ? "" : place), "0");
            case TONG_DIEM -> "SUMPRODUCT(" + range('D', place) + "*" + range('E', place) + ")";
            case DIEM_TOI_DA ->
                "("
                        + number(book.scale().stream()
                                .map(Level::points)
                                .filter(Objects::nonNull)
                                .map(Fraction::of)
                                .max(Fraction::compareTo)
                                .orElse(Fraction.ZERO))
                        + "*SUM(" + range('E', place) + "))";
            case SO_NOI_DUNG -> "SUM(" + range('E', place) + ")";
            case CHUA_DANH_GIA -> "COUNTBLANK(" + range('G', place) + ")";
            case SO -> count(call, place);
            case TY_LE -> "(" + count(call, place) + "/SUM(" + range('E', place) + "))";
            case CO -> has(place(call, 0)) ? "TRUE()" : "FALSE()";
            case SO_LIEU -> {
                String code = FormulaReader.fold(Objects.requireNonNull(place(call, 0)));
                BigDecimal figure = answers.figures().getOrDefault(code, BigDecimal.ZERO);
                boolean share = book.figures().stream()
                        .anyMatch(one -> one.code().equals(code) && one.measure() == RuleBook.Measure.SHARE);
                yield share ? "(" + figure.toPlainString() + "/100)" : figure.toPlainString();
            }
            case MUC -> "\"" + FormulaReader.fold(Objects.requireNonNull(place(call, 0))) + "\"";
            case NEU -> joined("IF", call);
            case NHO_NHAT -> joined("MIN", call);
            case LON_NHAT -> joined("MAX", call);
            case TRUNG_BINH -> joined("AVERAGE", call);
            case LAM_TRON -> {
                Syntax of = call.arguments().getFirst();
                String decimals = number(((Syntax.Number) call.arguments().get(1)).value());
                yield "ROUND(" + excel(of) + "," + decimals + shareOffset(of) + ")";
            }
        };
    }

    /** Decimals of a share are those of its percentage. */
    private String shareOffset(Syntax of) {
        return UnitCheck.check(of, book).unit() == Unit.SHARE ? "+2" : "";
    }

    private String count(Call call, @Nullable String place) {
        String code = FormulaReader.fold(Objects.requireNonNull(place(call, 0)));
        return "COUNTIF(" + range('G', place) + ",\"" + code + "\")";
    }
}
