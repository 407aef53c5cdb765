package vn.chuanmuc.notifications.web;

import java.time.Instant;
import java.util.List;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.notifications.Notifications.Line;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.View;

/** @param until the moment the list was made: what comes later is not marked as read with it */
record NoticesPage(List<Line> lines, boolean unreadOnly, long unread, Paging paging, Instant until, boolean mailed)
        implements View {
    static Reason words(Line line) {
        return new Reason("notifications.notice." + line.kind().code(), List.copyOf(line.told()));
    }
}
