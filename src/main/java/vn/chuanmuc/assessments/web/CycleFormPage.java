package vn.chuanmuc.assessments.web;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.assessments.Period;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** @param id null for a new one */
record CycleFormPage(@Nullable UUID id, int version, Typed typed, List<Campaign> campaigns, FormErrors errors)
        implements View {
    /** The four of any year. */
    static final List<Period> QUARTERS =
            List.of(new Period(2000, 1), new Period(2000, 2), new Period(2000, 3), new Period(2000, 4));

    /** As it was typed. */
    record Typed(String quarter, String campaign, String title, String day) {}

    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    String action() {
        return id == null ? CyclesController.LIST + "/moi" : CyclesController.LIST + "/" + id + "/sua";
    }

    String back() {
        return id == null ? CyclesController.LIST : CyclesController.LIST + "/" + id;
    }
}
