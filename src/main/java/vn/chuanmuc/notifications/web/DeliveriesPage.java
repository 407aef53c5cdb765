package vn.chuanmuc.notifications.web;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.notifications.Deliveries.Mail;
import vn.chuanmuc.notifications.Deliveries.Server;
import vn.chuanmuc.notifications.Deliveries.State;
import vn.chuanmuc.notifications.Deliveries.Tested;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.View;

/**
 * @param mayTest whether the viewer may try the server
 * @param tested what came of it just now; null when it was not tried
 * @param typed what stands in the field of the test's address
 */
record DeliveriesPage(
        Server server,
        List<Mail> mails,
        Map<State, Long> counts,
        String words,
        @Nullable State state,
        Paging paging,
        boolean mayTest,
        @Nullable Tested tested,
        String typed,
        FormErrors errors)
        implements View {
    static List<State> states() {
        return List.of(State.values());
    }

    long count(State state) {
        return counts.getOrDefault(state, 0L);
    }

    boolean any() {
        return counts.values().stream().anyMatch(many -> many > 0);
    }

    static String tone(State state) {
        return switch (state) {
            case FAILED -> "bad";
            case WAITING -> "wait";
            case SENT -> "good";
            case DROPPED -> "info";
        };
    }

    /** Key of what the mail is about: for whoever looks after mail no more than for whoever reads it on the way. */
    static String about(Mail mail) {
        var kind = mail.kind();
        return kind == null
                ? "notifications.purpose." + mail.purpose()
                : "notifications.mail." + kind.code() + ".subject";
    }

    static boolean resendable(Mail mail) {
        return mail.state() == State.FAILED
                && (mail.purpose().equals("notice") || mail.purpose().equals("digest"));
    }

    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }
}
