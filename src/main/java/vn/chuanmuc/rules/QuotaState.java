package vn.chuanmuc.rules;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import vn.chuanmuc.rules.RuleBook.Denominator;
import vn.chuanmuc.rules.RuleBook.Grade;
import vn.chuanmuc.rules.RuleBook.Quota;

/**
 * How a quota stands among some people.
 *
 * @param base how many its share is taken of, as its denominator says
 * @param exact the share of the base, before a part of a person is rounded
 * @param used how many have the grade
 */
public record QuotaState(Quota quota, int base, BigDecimal exact, int allowed, int used) {

    /** @param given how many have each grade, by its code; {@code roster}: all people of the roster among them */
    public static QuotaState of(RuleBook book, Quota quota, Map<String, Integer> given, int roster) {
        int base = 0;
        String of = quota.of();
        for (Grade grade : book.grades()) {
            int people = given.getOrDefault(grade.code(), 0);
            boolean counts = switch (quota.denominator()) {
                case GRADE -> grade.code().equals(of);
                case GRADE_OR_BETTER -> of != null && book.rank(grade.code()) <= book.rank(of);
                case ASSESSED -> true;
                case ROSTER -> false;
            };
            base += counts ? people : 0;
        }
        if (quota.denominator() == Denominator.ROSTER) {
            base = roster;
        }
        Fraction exact = Fraction.of(quota.percent()).times(Fraction.of(base)).over(Fraction.HUNDRED);
        RoundingMode mode = switch (quota.part()) {
            case DOWN -> RoundingMode.DOWN;
            case HALF_UP -> RoundingMode.HALF_UP;
            case UP -> RoundingMode.UP;
        };
        return new QuotaState(
                quota, base, exact.shown(), exact.round(0, mode).intValueExact(), given.getOrDefault(quota.grade(), 0));
    }

    public int left() {
        return allowed - used;
    }

    public boolean over() {
        return used > allowed;
    }
}
