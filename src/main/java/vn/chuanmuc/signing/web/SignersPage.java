package vn.chuanmuc.signing.web;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.chuanmuc.signing.TrustList.Item;
import vn.chuanmuc.signing.TrustList.ItemState;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Dated;
import vn.chuanmuc.ui.FormErrors;

/** @param people names by person @param names of accounts @param me the viewer's account */
record SignersPage(
        List<Item> items, Map<UUID, String> people, Map<UUID, String> names, UUID me, AsOf asOf, FormErrors errors)
        implements Dated {
    @Override
    public int status() {
        return errors.none() ? asOf.status() : 422;
    }

    @Override
    public String undated() {
        return "signing.trust.undated";
    }

    boolean mayDecide(Item item) {
        return item.state() == ItemState.PROPOSED
                && item.endedAt() == null
                && !item.proposedBy().equals(me);
    }

    boolean mayEnd(Item item) {
        return item.state() == ItemState.CONFIRMED && item.endedAt() == null;
    }
}
