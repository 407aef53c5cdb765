package vn.chuanmuc.scans.web;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.chuanmuc.scans.Scans.Retention;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Dated;
import vn.chuanmuc.ui.FormErrors;

/** How long files and pictures of finished piles are kept. @param now days that hold today */
public record RetentionPage(
        int now,
        List<Retention> settings,
        Map<UUID, String> names,
        boolean maySet,
        String from,
        String days,
        String basis,
        FormErrors errors,
        AsOf asOf)
        implements Dated {
    @Override
    public int status() {
        return errors.none() ? asOf.status() : 422;
    }
}
