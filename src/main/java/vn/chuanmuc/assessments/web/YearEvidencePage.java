package vn.chuanmuc.assessments.web;

import vn.chuanmuc.assessments.YearEvidence.Year;
import vn.chuanmuc.ui.View;

/** A person's quarters of one year, as evidence for whoever rates the year elsewhere. */
record YearEvidencePage(Year year) implements View {
    String file(String kind) {
        return "/danh-gia/lich-su/" + year.personId() + "/" + year.year() + "." + kind;
    }
}
