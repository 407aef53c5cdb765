package vn.chuanmuc.directory.web;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.directory.ReorganisationDraft;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Dated;

/** A re-organisation at the end of a day that is past. @param then null when nobody had begun it */
record ReorganisationThenPage(
        ReorganisationDraft.Head head, ReorganisationDraft.@Nullable Facts then, Map<UUID, String> accounts, AsOf asOf)
        implements Dated {
    @Override
    public String undated() {
        return "directory.reorg.undated";
    }

    String who(@Nullable UUID account) {
        return account == null ? "" : accounts.getOrDefault(account, "");
    }
}
