package vn.chuanmuc.notifications;

import java.time.Duration;
import org.springframework.stereotype.Component;
import vn.chuanmuc.jobs.Chore;

/** Makes the mails of the day. */
@Component
class DigestChore implements Chore {
    private final Digests digests;

    DigestChore(Digests digests) {
        this.digests = digests;
    }

    @Override
    public String name() {
        return "notifications.digests";
    }

    @Override
    public Duration pause() {
        return Duration.ofMinutes(5);
    }

    @Override
    public void run() {
        digests.look();
    }
}
