package vn.chuanmuc.assessments.web;

import java.util.UUID;
import vn.chuanmuc.assessments.Period;

/** An item in a stage of a form, as an address names it; position 0: the whole. */
record ItemPath(String period, UUID form, String stage, int position) {
    Period quarter() {
        return FormController.period(period);
    }

    String address() {
        return "/danh-gia/phieu/" + period + "/" + form + "/" + stage + "/minh-chung/" + position;
    }
}
