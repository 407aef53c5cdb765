package vn.chuanmuc.assessments.web;

import java.util.List;
import vn.chuanmuc.assessments.Cycle;
import vn.chuanmuc.assessments.Forms.Stray;
import vn.chuanmuc.ui.View;

/** People who came to another unit in the quarter after their forms were made, or whose move was entered afterwards. */
record StraysPage(Cycle cycle, List<Stray> all) implements View {
    private static final int MOST = 200;

    List<Stray> strays() {
        return all.size() > MOST ? all.subList(0, MOST) : all;
    }

    boolean more() {
        return all.size() > MOST;
    }

    String step(Stray stray) {
        return "/danh-gia/phieu/" + cycle.period().code() + "/" + stray.formId() + "/viec/tach";
    }
}
