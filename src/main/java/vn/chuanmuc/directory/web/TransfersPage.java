package vn.chuanmuc.directory.web;

import java.util.List;
import vn.chuanmuc.directory.Transfer;
import vn.chuanmuc.directory.Transfers.Part;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Dated;
import vn.chuanmuc.ui.Paging;

record TransfersPage(Part part, List<Transfer> transfers, Paging paging, AsOf asOf) implements Dated {
    @Override
    public String undated() {
        return "directory.transfers.undated";
    }

    List<Part> parts() {
        return List.of(Part.values());
    }

    static String tag(Transfer order) {
        return switch (order.state()) {
            case PROPOSED -> "wait";
            case AGREED -> "info";
            case DONE -> "good";
            case FAILED, DECLINED -> "bad";
            case WITHDRAWN -> "";
        };
    }
}
