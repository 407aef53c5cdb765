package vn.chuanmuc.scans.web;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.chuanmuc.scans.Scans.Retention;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** How long files and pictures of finished piles are kept. @param now days that hold today */
public record RetentionPage(
        int now,
        List<Retention> settings,
        Map<UUID, String> names,
        boolean maySet,
        String from,
        String days,
        String basis,
        FormErrors errors)
        implements View {
    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }
}
