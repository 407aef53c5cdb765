package vn.chuanmuc.notifications;

import java.time.Duration;
import org.springframework.stereotype.Component;
import vn.chuanmuc.jobs.Chore;

/** Empties the outbox. */
@Component
class PostChore implements Chore {
    private final Postman postman;

    PostChore(Postman postman) {
        this.postman = postman;
    }

    @Override
    public String name() {
        return "notifications.post";
    }

    @Override
    public Duration pause() {
        return Duration.ofSeconds(15);
    }

    @Override
    public void run() {
        postman.run();
    }
}
