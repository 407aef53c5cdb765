package vn.chuanmuc.access.web;

import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ui.View;

/** @param kind last part of the keys {@code access.error.<kind>.title} and {@code .text} */
record ErrorPage(int status, String kind, @Nullable Reason why) implements View {
    /** What was sent may be written or not: the page leads to where one sees it. */
    static final String DATABASE = "database";

    boolean toLookAgain() {
        return kind.equals(DATABASE);
    }
}
