package vn.chuanmuc.notifications.web;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.notifications.Addresses;
import vn.chuanmuc.notifications.Deliveries;
import vn.chuanmuc.notifications.Deliveries.Done;
import vn.chuanmuc.notifications.Deliveries.State;
import vn.chuanmuc.notifications.Deliveries.Tested;
import vn.chuanmuc.ui.Answer;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.Ui;
import vn.chuanmuc.ui.View;

/** Which mails arrive and which do not, and people's addresses. */
@Controller
class DeliveriesController {
    static final String MAILS = "/quan-tri/thu";
    static final String ADDRESSES = MAILS + "/dia-chi";
    private static final String ONE = ADDRESSES + "/{account}";
    private static final int SIZE = 50;

    private final Deliveries deliveries;
    private final Addresses addresses;

    DeliveriesController(Deliveries deliveries, Addresses addresses) {
        this.deliveries = deliveries;
        this.addresses = addresses;
    }

    @GetMapping(MAILS)
    @Allowed(Permission.MANAGE_MAIL)
    View list(
            Viewer viewer,
            @RequestParam(name = "tim", defaultValue = "") String words,
            @RequestParam(name = "trang-thai", defaultValue = "") String state,
            @RequestParam(name = "trang", defaultValue = "1") int page) {
        return page(viewer, words, State.read(state).orElse(null), page, null, "", FormErrors.NONE);
    }

    private DeliveriesPage page(
            Viewer viewer,
            String words,
            @Nullable State state,
            int page,
            @Nullable Tested tested,
            String typed,
            FormErrors errors) {
        var counts = deliveries.counts(viewer, words);
        long total = state == null
                ? counts.values().stream().mapToLong(Long::longValue).sum()
                : counts.getOrDefault(state, 0L);
        return new DeliveriesPage(
                deliveries.server(),
                deliveries.list(viewer, words, state, Paging.offset(page, SIZE), SIZE),
                counts,
                words,
                state,
                new Paging(Math.max(1, page), SIZE, total, address(words, state)),
                deliveries.mayTest(viewer),
                tested,
                typed,
                errors);
    }

    private static String address(String words, @Nullable State state) {
        return MAILS + "?" + (words.isEmpty() ? "" : "tim=" + Ui.encode(words) + "&")
                + (state == null ? "" : "trang-thai=" + state.code() + "&");
    }

    /** @param words and state of the list the button stands in */
    @PostMapping(MAILS + "/{id}/gui-lai")
    @Allowed(Permission.MANAGE_MAIL)
    Object again(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @RequestParam(name = "tim", defaultValue = "") String words,
            @RequestParam(name = "trang-thai", defaultValue = "") String state) {
        return answer(viewer, deliveries.again(viewer, id), words, state, "mail-resent");
    }

    @PostMapping(MAILS + "/{id}/xong")
    @Allowed(Permission.MANAGE_MAIL)
    Object settle(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @RequestParam(name = "tim", defaultValue = "") String words,
            @RequestParam(name = "trang-thai", defaultValue = "") String state) {
        return answer(viewer, deliveries.settle(viewer, id), words, state, "failure-settled");
    }

    private Object answer(Viewer viewer, Done done, String words, String state, String code) {
        State chosen = State.read(state).orElse(null);
        return switch (done) {
            case Done.Now now -> {
                String back = address(words, chosen);
                yield Answer.done(back.substring(0, back.length() - 1), code);
            }
            case Done.Refused(var field, var why) ->
                page(viewer, words, chosen, 1, null, "", FormErrors.of(field, why));
        };
    }

    /** The same page says what the server said. */
    @PostMapping(MAILS + "/gui-thu")
    @Allowed(Permission.MANAGE_ACCOUNTS)
    View test(Viewer viewer, @RequestParam(name = "dia-chi", defaultValue = "") String typed) {
        Tested tested = deliveries.test(viewer, typed);
        return tested instanceof Tested.Refused(var field, var why)
                ? page(viewer, "", null, 1, null, typed, FormErrors.of(field, why))
                : page(viewer, "", null, 1, tested, typed, FormErrors.NONE);
    }

    @GetMapping(ADDRESSES)
    @Allowed(Permission.MANAGE_MAIL)
    View addresses(
            Viewer viewer,
            @RequestParam(name = "tim", defaultValue = "") String words,
            @RequestParam(name = "trang-thai", defaultValue = "") String state,
            @RequestParam(name = "trang", defaultValue = "1") int page) {
        String chosen = Addresses.STATES.contains(state) ? state : "";
        var paging = new Paging(
                Math.max(1, page),
                SIZE,
                addresses.countHolders(viewer, words, chosen),
                ADDRESSES + "?" + (words.isEmpty() ? "" : "tim=" + Ui.encode(words) + "&")
                        + (chosen.isEmpty() ? "" : "trang-thai=" + chosen + "&"));
        return new AddressesPage(
                addresses.holders(viewer, words, chosen, Paging.offset(page, SIZE), SIZE), words, chosen, paging);
    }

    @GetMapping(ONE)
    @Allowed(Permission.MANAGE_MAIL)
    View one(Viewer viewer, @PathVariable("account") UUID account) {
        return new AddressPage(addresses.others(viewer, account), addresses.sending(), "", FormErrors.NONE);
    }

    @PostMapping(ONE)
    @Allowed(Permission.MANAGE_MAIL)
    Object enter(
            Viewer viewer,
            @PathVariable("account") UUID account,
            @RequestParam(name = "dia-chi", defaultValue = "") String typed) {
        return switch (addresses.enterFor(viewer, account, typed)) {
            case Addresses.Done.Now now -> Answer.done(ADDRESSES + "/" + account, "address-entered-for");
            case Addresses.Done.Refused(var field, var why) ->
                new AddressPage(
                        addresses.others(viewer, account), addresses.sending(), typed, FormErrors.of(field, why));
        };
    }
}
