package vn.chuanmuc.overview.web;

import java.util.List;
import vn.chuanmuc.overview.Thresholds;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** @param people and {@code from} and {@code basis}: as they were typed */
record ThresholdPage(
        int now, List<Thresholds.Threshold> history, String people, String from, String basis, FormErrors errors)
        implements View {
    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }
}
