package vn.chuanmuc.assessments.web;

import java.util.UUID;
import vn.chuanmuc.assessments.Period;

/** A stage of a form, as an address names it. */
record StagePath(String period, UUID form, String stage) {
    Period quarter() {
        return FormController.period(period);
    }
}
