package vn.chuanmuc.overview.web;

import java.util.List;
import vn.chuanmuc.assessments.Period;
import vn.chuanmuc.ui.Ui;

/** Quarters as people write them. */
final class Words {
    private static final List<String> ROMAN = List.of("I", "II", "III", "IV");

    private Words() {}

    static String roman(Period period) {
        return ROMAN.get(period.quarter() - 1);
    }

    static String quarter(Ui ui, Period period) {
        return ui.t("overview.quarter", roman(period), String.valueOf(period.year()));
    }
}
