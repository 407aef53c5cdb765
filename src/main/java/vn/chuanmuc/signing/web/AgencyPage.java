package vn.chuanmuc.signing.web;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.signing.AgencyCertificates.ServerKey;
import vn.chuanmuc.signing.TrustList.Item;
import vn.chuanmuc.signing.TrustList.ItemState;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Dated;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.UnitChoice;

/**
 * @param units names by unit
 * @param names of accounts that proposed, decided or ended
 * @param me the viewer's account: nobody confirms what they proposed
 * @param ends which links the viewer may end
 * @param beside units whose seal a proposed certificate already is, by the proposal's id
 * @param choice of the unit a certificate is proposed for; null when the viewer proposes nothing
 * @param keys that this server holds
 * @param form what the errors belong to: the proposal, or the id of the link that was to be ended
 */
record AgencyPage(
        List<Item> items,
        Map<UUID, String> units,
        Map<UUID, String> names,
        UUID me,
        boolean decides,
        Set<UUID> ends,
        Map<UUID, UUID> beside,
        @Nullable UnitChoice choice,
        List<ServerKey> keys,
        AsOf asOf,
        String form,
        Entered entered,
        FormErrors errors)
        implements Dated {
    @Override
    public String undated() {
        return "signing.trust.undated";
    }

    static final String PROPOSAL = "de-nghi";

    /** What was typed into the proposal, to be shown again. @param key alias of a key of this server, empty for a file */
    record Entered(String key, String basis, String from, String to) {}

    @Override
    public int status() {
        return errors.none() ? asOf.status() : 422;
    }

    /** Open where there is nothing yet to look at, and where something is to be put right. */
    boolean proposalOpen() {
        return form.equals(PROPOSAL) || items.isEmpty();
    }

    FormErrors errorsOf(String which) {
        return which.equals(form) ? errors : FormErrors.NONE;
    }

    boolean mayDecide(Item item) {
        return decides
                && item.state() == ItemState.PROPOSED
                && item.endedAt() == null
                && !item.proposedBy().equals(me);
    }

    /** The other unit whose seal the proposed certificate is; empty when it is no other's. */
    String linkedTo(Item item) {
        UUID unit = beside.get(item.id());
        return unit == null ? "" : units.getOrDefault(unit, "");
    }

    boolean mayEnd(Item item) {
        return ends.contains(item.id()) && item.state() != ItemState.REJECTED && item.endedAt() == null;
    }

    /** Whether somebody else must decide, for whoever proposed it. */
    boolean waitsForAnother(Item item) {
        return item.state() == ItemState.PROPOSED && item.endedAt() == null && !asOf.past() && !mayDecide(item);
    }
}
