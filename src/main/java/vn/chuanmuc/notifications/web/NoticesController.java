package vn.chuanmuc.notifications.web;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.notifications.Addresses;
import vn.chuanmuc.notifications.Notifications;
import vn.chuanmuc.ui.Answer;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.View;

/** What I was told: whoever has no mail finds it here. */
@Controller
class NoticesController {
    static final String NOTICES = "/thong-bao";
    private static final int SIZE = 25;

    private final Notifications notifications;
    private final Addresses addresses;
    private final Clock clock;

    NoticesController(Notifications notifications, Addresses addresses, Clock clock) {
        this.notifications = notifications;
        this.addresses = addresses;
        this.clock = clock;
    }

    @GetMapping(NOTICES)
    @Allowed(Permission.OWN_PAGES)
    View list(
            Viewer viewer,
            @RequestParam(name = "loc", defaultValue = "") String filter,
            @RequestParam(name = "trang", defaultValue = "1") int page) {
        boolean unreadOnly = filter.equals("chua-doc");
        var paging = new Paging(
                Math.max(1, page),
                SIZE,
                notifications.count(viewer, unreadOnly),
                NOTICES + "?" + (unreadOnly ? "loc=chua-doc&" : ""));
        return new NoticesPage(
                notifications.list(viewer, unreadOnly, Paging.offset(page, SIZE), SIZE),
                unreadOnly,
                notifications.count(viewer, true),
                paging,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                addresses.own(viewer).address() != null);
    }

    /** The address in mails: read from now on, and on to where it leads. Opening it again leads there again. */
    @GetMapping(NOTICES + "/{id}")
    @Allowed(Permission.OWN_PAGES)
    String open(Viewer viewer, @PathVariable("id") UUID id) {
        return "redirect:" + notifications.open(viewer, id).orElseThrow(() -> new NotFound("notice"));
    }

    @PostMapping(NOTICES + "/da-doc")
    @Allowed(Permission.OWN_PAGES)
    String readAll(Viewer viewer, @RequestParam(name = "den", defaultValue = "") String until) {
        Instant moment = moment(until);
        notifications.readAll(viewer, moment);
        return Answer.done(NOTICES, "notices-read");
    }

    private Instant moment(String typed) {
        try {
            return Instant.parse(typed);
        } catch (java.time.format.DateTimeParseException e) {
            return clock.instant();
        }
    }
}
