package vn.chuanmuc.rules;

import java.math.BigDecimal;

/**
 * A number of a computation.
 *
 * @param value to be shown; of a share in per cent
 * @param fraction the exact value, as {@code 7/3}; of a share as a part of one
 * @param exact whether {@code value} is all there is
 */
public record Amount(BigDecimal value, Unit unit, String fraction, boolean exact) {
    static Amount of(Fraction value, Unit unit) {
        Fraction shown = unit == Unit.SHARE ? value.times(Fraction.HUNDRED) : value;
        return new Amount(shown.shown(), unit, value.text(), shown.ends());
    }
}
