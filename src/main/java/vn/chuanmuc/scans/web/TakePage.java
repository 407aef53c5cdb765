package vn.chuanmuc.scans.web;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.scans.Pile;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

/** Bringing files, for a new pile or one that is there. @param into null for a new one */
public record TakePage(
        @Nullable Pile into,
        List<Campaign> campaigns,
        @Nullable UUID campaign,
        UnitChoice choice,
        String label,
        String day,
        FormErrors errors)
        implements View {
    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }
}
