package vn.chuanmuc.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.chuanmuc.rules.Spreadsheet.column;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.dhatim.fastexcel.reader.Cell;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.chuanmuc.criteria.Audience;
import vn.chuanmuc.rules.RuleBook.Method;
import vn.chuanmuc.rules.RuleBook.Mode;
import vn.chuanmuc.rules.RuleBook.Rounding;
import vn.chuanmuc.rules.RuleBook.Unassessed;
import vn.chuanmuc.rules.RuleBook.Weighting;
import vn.chuanmuc.rules.RuleBook.Whole;

/**
 * Hundreds of generated answers to both sets under several books, computed by the engine and, independently, by spreadsheet formulas
 * written here and computed by LibreOffice: equal to the last digit. Then the product's own workbooks, computed the same way.
 */
@NullUnmarked // what is asked of a computation is there, or the test fails
class WorkedExamplesTest {
    private static final int EACH = 12;
    private static final List<SetShape> SETS = List.of(RuleSamples.LEADERS, RuleSamples.STAFF);

    /** A formula of a book, and the same thought written as a spreadsheet formula by hand. */
    private record Twin(String formula, boolean share, Function<Line, String> spreadsheet) {}

    private static final List<Twin> TWINS = List.of(
            new Twin("30% × diem(I) + 70% × diem(II)", false, line -> "0.3*" + line.group(0) + "+0.7*" + line.group(1)),
            new Twin(
                    "diem − 0,125 điểm × số(kém)",
                    false,
                    line -> line.mean(Weighting.CRITERIA) + "-0.125*COUNTIF(" + line.ordinals() + ",3)"),
            new Twin("tỷ_lệ(tốt)", true, line -> "100*COUNTIF(" + line.ordinals() + ",1)/COUNT(" + line.points() + ")"),
            new Twin(
                    "tổng_điểm / điểm_tối_đa",
                    true,
                    line -> "100*SUM(" + line.points() + ")/(10*COUNT(" + line.points() + "))"),
            new Twin(
                    "nếu(số(kém) > 3; nhỏ_nhất(diem; 6); diem)",
                    false,
                    line -> "IF(COUNTIF(" + line.ordinals() + ",3)>3,MIN(6," + line.mean(Weighting.CRITERIA) + "),"
                            + line.mean(Weighting.CRITERIA) + ")"),
            new Twin(
                    "lớn_nhất(diem(I); diem(II.2)) / 3 × 2",
                    false,
                    line -> "MAX(" + line.group(0) + "," + line.criterion(3) + ")*2/3"),
            new Twin(
                    "làm_tròn(diem(II); 1) + số_liệu(ket_qua) × tỷ_lệ(tốt)",
                    false,
                    line -> "ROUND(" + line.group(1) + ",1)+51.25*COUNTIF(" + line.ordinals() + ",1)/COUNT("
                            + line.points() + ")"),
            new Twin(
                    "trung_bình(diem(I.1); diem(I.2); diem(II.1)) × số_liệu(dung_han)",
                    false,
                    line -> "AVERAGE(" + line.criterion(0) + "," + line.criterion(1) + "," + line.criterion(2)
                            + ")*0.875"));

    /** One case: a row of a sheet. */
    private record Case(String name, RuleBook book, SetShape shape, Answers answers) {}

    @TempDir
    static Path folder;

    private static final List<Case> CASES = new ArrayList<>();
    private static final List<Case> OWN_SHEETS = new ArrayList<>();
    private static Map<String, Cell> cells = Map.of();
    private static Path computed = Path.of("");

    /** A row of the tests' own workbook: ordinals first, then points looked up, then means of criteria and groups. */
    private static final class Line {
        private final Worksheet sheet;
        private final int row;
        private final Case one;
        private final int items;
        private final List<String> criteria = new ArrayList<>();
        private final List<String> groups = new ArrayList<>();
        private int next;

        Line(Worksheet sheet, int row, Case one) {
            this.sheet = sheet;
            this.row = row;
            this.one = one;
            this.items = one.shape().items();
            this.next = 2 + 2 * items;
        }

        private String cell(int column) {
            return column(column) + (row + 1);
        }

        private String range(int from, int to) {
            return cell(from) + ":" + cell(to);
        }

        String ordinals() {
            return range(2, 1 + items);
        }

        String points() {
            return range(2 + items, 1 + 2 * items);
        }

        String group(int at) {
            return groups.get(at);
        }

        String criterion(int at) {
            return criteria.get(at);
        }

        private String put(String formula) {
            sheet.formula(row, next, formula);
            return cell(next++);
        }

        /** Points looked up by ordinal; an empty text, which means do not count, for none. */
        void answers() {
            for (int i = 0; i < items; i++) {
                Integer ordinal = one.answers().levels().get(i);
                if (ordinal != null) {
                    sheet.value(row, 2 + i, ordinal);
                }
                String from = cell(2 + i);
                sheet.formula(row, 2 + items + i, "IF(" + from + "=\"\",\"\",CHOOSE(" + from + ",10,7.5,3,\"\"))");
            }
        }

        private static String meanOf(String range) {
            return "IF(COUNT(" + range + ")=0,\"\",AVERAGE(" + range + "))";
        }

        private double weight(String place) {
            for (Audience audience : List.of(one.shape().audience(), Audience.ALL)) {
                for (RuleBook.Own own : one.book().weights().own()) {
                    if (own.audience() == audience && own.place().equals(place)) {
                        return own.weight().doubleValue();
                    }
                }
            }
            return 1;
        }

        /** The weighted mean of cells that hold numbers, written out term by term. */
        private static String weighted(List<String> cells, List<Double> weights) {
            var above = new StringBuilder();
            var below = new StringBuilder();
            for (int i = 0; i < cells.size(); i++) {
                above.append(i > 0 ? "+" : "")
                        .append("IF(ISNUMBER(" + cells.get(i) + ")," + cells.get(i) + ",0)*" + weights.get(i));
                below.append(i > 0 ? "+" : "").append("ISNUMBER(" + cells.get(i) + ")*" + weights.get(i));
            }
            return "IF((" + below + ")=0,\"\",(" + above + ")/(" + below + "))";
        }

        void means() {
            Rounding rounding = one.book().whole().rounding();
            boolean own = one.book().weights().weighting() == Weighting.OWN;
            int at = 2 + items;
            for (SetShape.Group group : one.shape().groups()) {
                int begin = at;
                var inGroup = new ArrayList<String>();
                var weights = new ArrayList<Double>();
                for (SetShape.Criterion criterion : group.criteria()) {
                    String place = group.numeral() + "." + criterion.numeral();
                    var cells = new ArrayList<String>();
                    var itemWeights = new ArrayList<Double>();
                    for (int i = 1; i <= criterion.items(); i++) {
                        cells.add(cell(at + i - 1));
                        itemWeights.add(weight(place + "." + i));
                    }
                    String mean = own ? weighted(cells, itemWeights) : meanOf(range(at, at + criterion.items() - 1));
                    String cell = put(stepped(mean, rounding));
                    criteria.add(cell);
                    inGroup.add(cell);
                    weights.add(weight(place));
                    at += criterion.items();
                }
                boolean byItem = one.book().weights().weighting() == Weighting.ITEMS;
                String mean = byItem
                        ? meanOf(range(begin, at - 1))
                        : own ? weighted(inGroup, weights) : meanOf(inGroup.getFirst() + ":" + inGroup.getLast());
                groups.add(put(stepped(mean, rounding)));
            }
        }

        private static String stepped(String mean, Rounding rounding) {
            return rounding.everyStep() ? "IF(ISNUMBER(" + mean + ")," + rounded(mean, rounding) + ",\"\")" : mean;
        }

        String mean(Weighting weighting) {
            return switch (weighting) {
                case ITEMS -> "AVERAGE(" + points() + ")";
                case CRITERIA -> "AVERAGE(" + String.join(",", criteria) + ")";
                case GROUPS -> "AVERAGE(" + String.join(",", groups) + ")";
                case OWN -> {
                    var weights = new ArrayList<Double>();
                    one.shape().groups().forEach(group -> weights.add(weight(group.numeral())));
                    yield weighted(groups, weights);
                }
            };
        }

        /** What the case comes to, in column B. */
        void result(@Nullable Twin twin) {
            String whole = twin == null
                    ? mean(one.book().weights().weighting())
                    : twin.spreadsheet().apply(this);
            String raw = put(whole);
            sheet.formula(row, 1, rounded(raw, one.book().whole().rounding()));
        }

        private static String rounded(String value, Rounding rounding) {
            int d = rounding.decimals();
            return switch (rounding.mode()) {
                case HALF_UP -> "ROUND(" + value + "," + d + ")";
                case DOWN -> "ROUNDDOWN(ROUND(" + value + ",11)," + d + ")";
                case HALF_EVEN ->
                    "IF(ROUND(MOD(" + value + "*1E" + d + ",2),9)=0.5,FLOOR(" + value + "*1E" + d + ",1)/1E" + d
                            + ",ROUND(" + value + "," + d + "))";
            };
        }
    }

    private static Integer halves(int at, SetShape shape) {
        return at < shape.items() / 2 ? 1 : 2;
    }

    private static @Nullable Integer drawn(int die, boolean missing) {
        if (die == 19 && missing) {
            return null;
        }
        return die < 8 ? 1 : die < 13 ? 2 : die < 17 ? 3 : 4;
    }

    /** Mostly good answers, some not applicable; with {@code missing} some not assessed. Both extremes are among them. */
    private static Answers answers(Random random, SetShape shape, int number, boolean missing) {
        var levels = new ArrayList<@Nullable Integer>();
        for (int i = 0; i < shape.items(); i++) {
            int die = random.nextInt(20);
            levels.add(number == 0 ? Integer.valueOf(1) : number == 1 ? halves(i, shape) : drawn(die, missing));
        }
        return new Answers(
                levels, Map.of("ket_qua", new BigDecimal("51.25"), "dung_han", new BigDecimal("87.5")), Map.of());
    }

    @BeforeAll
    static void computeAllAtOnce() throws Exception {
        var random = new Random(264);
        var twins = new ArrayList<@Nullable Twin>();
        List<Rounding> roundings = List.of(
                new Rounding(2, Mode.HALF_UP, false),
                new Rounding(1, Mode.DOWN, false),
                new Rounding(0, Mode.HALF_EVEN, false),
                new Rounding(2, Mode.HALF_UP, true),
                new Rounding(4, Mode.HALF_EVEN, false));
        for (SetShape shape : SETS) {
            for (Weighting weighting : Weighting.values()) {
                for (Rounding rounding : roundings) {
                    RuleBook book = RuleSamples.with(
                            RuleSamples.points(weighting), new Whole(Method.MEAN, "", Unassessed.LEAVE_OUT, rounding));
                    for (int i = 0; i < EACH; i++) {
                        CASES.add(new Case(weighting + " " + rounding, book, shape, answers(random, shape, i, true)));
                        twins.add(null);
                    }
                }
            }
            for (Twin twin : TWINS) {
                RuleBook book = RuleSamples.formula(Weighting.CRITERIA, twin.formula(), RuleSamples.to(3));
                assertThat(Formulas.check(twin.formula(), book).errors())
                        .as(twin.formula())
                        .isEmpty();
                for (int i = 0; i < EACH; i++) {
                    CASES.add(new Case(twin.formula(), book, shape, answers(random, shape, i, true)));
                    twins.add(twin);
                }
            }
        }
        Path own = folder.resolve("own.xlsx");
        try (OutputStream out = Files.newOutputStream(own)) {
            var workbook = new Workbook(out, "test", "1.0");
            Worksheet sheet = workbook.newWorksheet("cases");
            for (int row = 0; row < CASES.size(); row++) {
                var line = new Line(sheet, row, CASES.get(row));
                sheet.inlineString(row, 0, CASES.get(row).name());
                line.answers();
                line.means();
                line.result(twins.get(row));
            }
            workbook.finish();
        }
        var books = new ArrayList<>(List.of(own));
        for (int at = 2; at < CASES.size(); at += EACH) {
            Case one = CASES.get(at);
            OWN_SHEETS.add(one);
            Path file = folder.resolve("product-" + OWN_SHEETS.size() + ".xlsx");
            try (OutputStream out = Files.newOutputStream(file)) {
                ComputationSheet.write(one.book(), one.shape(), one.answers(), reason -> reason.key(), out);
            }
            books.add(file);
        }
        computed = Spreadsheet.recomputed(folder, books);
        cells = Spreadsheet.cells(computed.resolve("own.xlsx"));
    }

    @Test
    void theEngineAndTheSpreadsheetAgreeToTheLastDigit() {
        assertThat(CASES).hasSizeGreaterThan(600);
        int withNumbers = 0;
        for (int row = 0; row < CASES.size(); row++) {
            Case one = CASES.get(row);
            Computation computation = Scoring.compute(one.book(), one.shape(), one.answers());
            Amount result = computation.result();
            String what = "row " + (row + 1) + " " + one.name() + " "
                    + one.shape().audience() + " " + one.answers().levels();
            if (result == null) {
                // a criterion the formula names of which nothing counts: no result, and no number in the spreadsheet
                // either
                assertThat(String.valueOf(computation.none())).as(what).contains("nothing-counts-in");
                continue;
            }
            assertThat(Spreadsheet.number(cells.get("B" + (row + 1)))).as(what).isEqualByComparingTo(result.value());
            withNumbers++;
        }
        assertThat(withNumbers).isGreaterThan(CASES.size() - 10);
    }

    /** The workbook a person downloads comes to the result the program shows beside it. */
    @Test
    void theProductsOwnWorkbooksComputeWhatTheProgramComputed() throws IOException {
        assertThat(OWN_SHEETS).hasSizeGreaterThan(50);
        for (int at = 1; at <= OWN_SHEETS.size(); at++) {
            Case one = OWN_SHEETS.get(at - 1);
            Map<String, Cell> own = Spreadsheet.cells(computed.resolve("product-" + at + ".xlsx"));
            String label = own.entrySet().stream()
                    .filter(cell -> "rules.sheet.program".equals(cell.getValue().getRawValue())
                            || "rules.sheet.program"
                                    .equals(String.valueOf(cell.getValue().getValue())))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseThrow();
            String row = label.substring(1);
            assertThat(Spreadsheet.number(own.get("C" + row)))
                    .as(
                            "%s %s %s",
                            one.name(), one.shape().audience(), one.answers().levels())
                    .isEqualByComparingTo(Spreadsheet.number(own.get("E" + row)));
        }
    }
}
