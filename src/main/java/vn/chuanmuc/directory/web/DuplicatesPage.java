package vn.chuanmuc.directory.web;

import java.util.List;
import vn.chuanmuc.directory.Duplicates;
import vn.chuanmuc.directory.Duplicates.Likeness;
import vn.chuanmuc.ui.View;

/**
 * @param waiting proposals that wait for a decision; on the first page only
 * @param at the page, from 1
 */
record DuplicatesPage(Likeness likeness, Duplicates.Page found, List<Duplicates.Waiting> waiting, int at)
        implements View {
    List<Likeness> likenesses() {
        return List.of(Likeness.values());
    }

    String to(int page) {
        return DuplicatesController.LIST + "?kieu=" + likeness.code() + "&trang=" + page;
    }
}
