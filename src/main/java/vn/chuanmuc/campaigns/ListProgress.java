package vn.chuanmuc.campaigns;

import java.util.List;
import java.util.UUID;

/** Tells how far the lists of a campaign are; the module that keeps the lists knows. */
public interface ListProgress {
    /** @param open the first lists that are not accepted; {@code accepted <= lists} */
    record Overview(int lists, int accepted, List<Open> open) {
        public boolean complete() {
            return accepted == lists;
        }
    }

    /** @param state where the list stands, as the message key {@code submissions.state.<state>} names it */
    record Open(UUID unitId, UUID blocId, String unitName, String blocName, String state) {}

    /** @param examples how many of the open lists are named at most */
    Overview overview(UUID tenantId, UUID campaignId, int examples);
}
