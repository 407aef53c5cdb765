package vn.chuanmuc.assessments.web;

import java.util.UUID;
import vn.chuanmuc.assessments.Period;

/** A form, as an address names it. */
record FormPath(String period, UUID form) {
    Period quarter() {
        return FormController.period(period);
    }
}
