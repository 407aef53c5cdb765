package vn.chuanmuc.assessments.web;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Forms;
import vn.chuanmuc.assessments.Forms.ActingCounts;
import vn.chuanmuc.assessments.Forms.ActingQuery;
import vn.chuanmuc.assessments.Forms.Turn;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.Ui;
import vn.chuanmuc.ui.View;

/** One's own forms, and those in which one acts for others. */
@Controller
class OwnFormsController {
    static final String OWN = "/danh-gia";
    static final String ACTING = "/danh-gia/cham";
    private static final int PAGE = 50;

    private final Forms forms;
    private final Clock clock;

    OwnFormsController(Forms forms, Clock clock) {
        this.forms = forms;
        this.clock = clock;
    }

    @GetMapping(OWN)
    @Allowed(Permission.RATE_SELF)
    View own(Viewer viewer) {
        return new OwnFormsPage(
                forms.own(viewer), forms.actingCounts(viewer, new ActingQuery(null, null, "")), LocalDate.now(clock));
    }

    @GetMapping(ACTING)
    @Allowed({Permission.RATE_AS_HEAD, Permission.RATE_SELF})
    View acting(
            Viewer viewer,
            @RequestParam(name = "tinh-trang", defaultValue = "open") String state,
            @RequestParam(name = "tim", defaultValue = "") String words,
            @RequestParam(name = "trang", defaultValue = "1") int page) {
        Turn turn = List.of(Turn.values()).stream()
                .filter(one -> one.code().equals(state))
                .findFirst()
                .orElse(null);
        String key = Texts.searchKey(words.length() > 100 ? words.substring(0, 100) : words);
        var query = new ActingQuery(null, turn, key);
        ActingCounts counts = forms.actingCounts(viewer, new ActingQuery(null, null, ""));
        long total = forms.actingCounts(viewer, query).all();
        int at = Math.clamp(page, 1, (int) Math.max(1, (total + PAGE - 1) / PAGE));
        String address = ACTING + "?tinh-trang=" + (turn == null ? "" : turn.code()) + "&tim=" + Ui.encode(words) + "&";
        return new ActingPage(
                forms.acting(viewer, query, Paging.offset(at, PAGE), PAGE),
                counts,
                turn == null ? "" : turn.code(),
                words,
                new Paging(at, PAGE, total, address),
                LocalDate.now(clock));
    }

    static String address(Forms.Line line) {
        return "/danh-gia/phieu/" + line.period().code() + "/" + line.id();
    }
}
