package vn.chuanmuc.directory.web;

import java.util.List;
import vn.chuanmuc.directory.Transfer;
import vn.chuanmuc.directory.Transfers.Part;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.View;

record TransfersPage(Part part, List<Transfer> transfers, Paging paging) implements View {
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
