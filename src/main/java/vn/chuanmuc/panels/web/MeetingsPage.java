package vn.chuanmuc.panels.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.panels.Meeting;
import vn.chuanmuc.panels.Meetings.Occasion;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.View;

/** Meetings the viewer sits in or has the units of, and where one could be held. */
record MeetingsPage(
        List<Meeting> meetings,
        Paging paging,
        Meeting.@Nullable State state,
        List<Occasion> occasions,
        boolean convenes,
        boolean rules)
        implements View {
    static String tone(Meeting.State state) {
        return switch (state) {
            case DRAFT -> "";
            case CONVENED, COUNTED -> "wait";
            case OPEN, VOTING -> "info";
            case CLOSED -> "good";
            case CANCELLED -> "bad";
        };
    }
}
