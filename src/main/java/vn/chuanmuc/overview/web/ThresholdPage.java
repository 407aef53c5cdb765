package vn.chuanmuc.overview.web;

import java.util.List;
import vn.chuanmuc.overview.Thresholds;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Dated;
import vn.chuanmuc.ui.FormErrors;

/** @param people and {@code from} and {@code basis}: as they were typed */
record ThresholdPage(
        int now,
        List<Thresholds.Threshold> history,
        String people,
        String from,
        String basis,
        FormErrors errors,
        AsOf asOf)
        implements Dated {
    @Override
    public int status() {
        return errors.none() ? asOf.status() : 422;
    }
}
