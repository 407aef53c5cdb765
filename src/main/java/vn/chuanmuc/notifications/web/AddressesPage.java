package vn.chuanmuc.notifications.web;

import java.util.List;
import vn.chuanmuc.notifications.Addresses;
import vn.chuanmuc.notifications.Addresses.Holder;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.View;

/** Accounts of the viewer's units with how mail reaches them. */
record AddressesPage(List<Holder> holders, String words, String state, Paging paging) implements View {
    static List<String> states() {
        return Addresses.STATES;
    }

    static String tone(String state) {
        return switch (state) {
            case "verified" -> "good";
            case "waiting" -> "wait";
            case "faulty" -> "bad";
            default -> "info";
        };
    }
}
