package vn.chuanmuc.directory.web;

import java.util.List;
import vn.chuanmuc.directory.Duplicates;
import vn.chuanmuc.directory.Duplicates.Likeness;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Dated;

/**
 * @param waiting proposals that wait for a decision; on the first page only
 * @param mergedSince records that were two on the day and are one now
 * @param at the page, from 1
 */
record DuplicatesPage(
        Likeness likeness,
        Duplicates.Page found,
        List<Duplicates.Waiting> waiting,
        List<Duplicates.Waiting> mergedSince,
        int at,
        AsOf asOf)
        implements Dated {
    @Override
    public String undated() {
        return "directory.duplicates.undated";
    }

    List<Likeness> likenesses() {
        return List.of(Likeness.values());
    }

    String to(int page) {
        return DuplicatesController.LIST + "?kieu=" + likeness.code() + "&" + asOf.parameter() + "trang=" + page;
    }
}
