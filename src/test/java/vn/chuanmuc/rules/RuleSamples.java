package vn.chuanmuc.rules;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.criteria.Audience;
import vn.chuanmuc.rules.RuleBook.Deadlines;
import vn.chuanmuc.rules.RuleBook.Disqualifier;
import vn.chuanmuc.rules.RuleBook.Figure;
import vn.chuanmuc.rules.RuleBook.Grade;
import vn.chuanmuc.rules.RuleBook.Level;
import vn.chuanmuc.rules.RuleBook.Measure;
import vn.chuanmuc.rules.RuleBook.Method;
import vn.chuanmuc.rules.RuleBook.Mode;
import vn.chuanmuc.rules.RuleBook.Own;
import vn.chuanmuc.rules.RuleBook.Quota;
import vn.chuanmuc.rules.RuleBook.Rounding;
import vn.chuanmuc.rules.RuleBook.Unassessed;
import vn.chuanmuc.rules.RuleBook.Weighting;
import vn.chuanmuc.rules.RuleBook.Weights;
import vn.chuanmuc.rules.RuleBook.Whole;

/** Books and sets for tests. The sets have the shapes of decision 264-QĐ/QU: 3,3 · 3,5,2,2 · 3,3,3 and 3,3 · 3,5,2,2. */
@NullUnmarked // what is asked of a computation is there, or the test fails
public final class RuleSamples {
    public static final SetShape LEADERS =
            shape(Audience.LEADERS, new int[] {3, 3}, new int[] {3, 5, 2, 2}, new int[] {3, 3, 3});
    public static final SetShape STAFF = shape(Audience.STAFF, new int[] {3, 3}, new int[] {3, 5, 2, 2});

    private RuleSamples() {}

    private static SetShape shape(Audience audience, int[]... groups) {
        var made = new ArrayList<SetShape.Group>();
        for (int g = 0; g < groups.length; g++) {
            var criteria = new ArrayList<SetShape.Criterion>();
            for (int c = 0; c < groups[g].length; c++) {
                criteria.add(new SetShape.Criterion(String.valueOf(c + 1), "Tiêu chí " + (c + 1), groups[g][c]));
            }
            made.add(new SetShape.Group(List.of("I", "II", "III").get(g), "Nhóm " + (g + 1), criteria));
        }
        return new SetShape(audience, "Bộ tiêu chí", made);
    }

    static BigDecimal number(String text) {
        return new BigDecimal(text);
    }

    /** Four levels with 10, 7,5, 3 points and none; grades from 8,5, 6 and 4. */
    public static RuleBook points(Weighting weighting) {
        var own = weighting == Weighting.OWN
                ? List.of(
                        new Own(Audience.ALL, "I", number("2"), "Quy chế của đơn vị"),
                        new Own(Audience.ALL, "II.2", number("1.5"), ""),
                        new Own(Audience.LEADERS, "III", number("3"), "Quy chế của đơn vị"),
                        new Own(Audience.STAFF, "II.2.4", number("0.25"), ""))
                : List.<Own>of();
        return new RuleBook(
                "Thang điểm mười",
                RuleBook.Purpose.QUARTER,
                "",
                List.of(
                        new Level("tot", "Tốt", true, number("10")),
                        new Level("kha", "Khá", true, number("7.5")),
                        new Level("kem", "Kém", true, number("3")),
                        new Level("khong_ap_dung", "Không áp dụng", false, null)),
                new Weights(weighting, own),
                new Whole(Method.MEAN, "", Unassessed.WITHHOLD, new Rounding(2, Mode.HALF_UP, false)),
                List.of(),
                List.of(
                        new Grade("xuat_sac", "Xuất sắc", number("8.5")),
                        new Grade("tot", "Tốt", number("6")),
                        new Grade("dat", "Đạt", number("4")),
                        new Grade("chua_dat", "Chưa đạt", null)),
                List.of(),
                List.<Quota>of(),
                Rules.shipped().book().stages(),
                new Deadlines(25, 5),
                Rules.shipped().book().clocks(),
                Rules.shipped().book().presence(),
                false);
    }

    public static RuleBook with(RuleBook book, Whole whole) {
        return new RuleBook(
                book.name(),
                book.purpose(),
                book.basis(),
                book.scale(),
                book.weights(),
                whole,
                book.figures(),
                book.grades(),
                book.disqualifiers(),
                book.quotas(),
                book.stages(),
                book.deadlines(),
                book.clocks(),
                book.presence(),
                book.headNotAboveUnit());
    }

    public static RuleBook with(RuleBook book, List<Disqualifier> disqualifiers) {
        return new RuleBook(
                book.name(),
                book.purpose(),
                book.basis(),
                book.scale(),
                book.weights(),
                book.whole(),
                book.figures(),
                book.grades(),
                disqualifiers,
                book.quotas(),
                book.stages(),
                book.deadlines(),
                book.clocks(),
                book.presence(),
                book.headNotAboveUnit());
    }

    /** The same with a formula for the whole, and figures it may use. */
    public static RuleBook formula(Weighting weighting, String formula, Rounding rounding) {
        RuleBook book = points(weighting);
        return new RuleBook(
                book.name(),
                book.purpose(),
                book.basis(),
                book.scale(),
                book.weights(),
                new Whole(Method.FORMULA, formula, Unassessed.LEAVE_OUT, rounding),
                List.of(
                        new Figure("ket_qua", "Điểm kết quả", Measure.POINTS, number("0"), number("70")),
                        new Figure("dung_han", "Việc đúng hạn", Measure.SHARE, number("0"), number("100")),
                        new Figure("don_thu", "Đơn thư", Measure.COUNT, number("0"), number("50"))),
                book.grades(),
                book.disqualifiers(),
                book.quotas(),
                book.stages(),
                book.deadlines(),
                book.clocks(),
                book.presence(),
                false);
    }

    public static Rounding twoDecimals() {
        return to(2);
    }

    static Rounding to(int decimals) {
        return new Rounding(decimals, Mode.HALF_UP, false);
    }

    public static Answers all(SetShape shape, @Nullable Integer level) {
        var levels = new ArrayList<@Nullable Integer>();
        for (int i = 0; i < shape.items(); i++) {
            levels.add(level);
        }
        return Answers.of(levels);
    }

    /** Levels as digits; '-' is not assessed. */
    public static Answers levels(String digits) {
        var levels = new ArrayList<@Nullable Integer>();
        digits.chars().forEach(c -> levels.add(c == '-' ? null : c - '0'));
        return new Answers(levels, Map.of(), Map.of());
    }
}
