package vn.chuanmuc.campaigns.web;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.campaigns.Campaigns.RosterChange;
import vn.chuanmuc.campaigns.Campaigns.RosterEntry;
import vn.chuanmuc.campaigns.Campaigns.RosterQuery;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

/**
 * @param sets titles of the sets by id
 * @param today the address of the same list today
 * @param people names of those in the changes
 */
record RosterPage(
        Campaign campaign,
        List<RosterEntry> entries,
        Map<UUID, String> sets,
        UnitChoice choice,
        RosterQuery query,
        Paging paging,
        AsOf asOf,
        String today,
        List<RosterChange> changes,
        Map<UUID, String> people,
        Map<UUID, String> accounts,
        boolean mayChange)
        implements View {
    @Override
    public int status() {
        return asOf.status();
    }

    String set(RosterEntry entry) {
        return sets.getOrDefault(entry.setId(), "");
    }
}
