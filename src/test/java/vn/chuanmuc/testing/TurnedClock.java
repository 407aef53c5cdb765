package vn.chuanmuc.testing;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Primary;

/**
 * The clock of the product under test. It goes right, but a test may turn it for its own thread: what is done on other threads,
 * chores and requests above all, sees no difference. Turn it to days far ahead, then no chore meddles with what the test orders.
 */
@TestComponent
@Primary
public class TurnedClock extends Clock {
    public static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

    private record Turned(Instant noon, long since) {}

    private final Clock system = Clock.system(ZONE);
    private final ThreadLocal<@Nullable Turned> turned = new ThreadLocal<>();

    /** It is about noon of that day, for this thread. */
    public void turnTo(LocalDate day) {
        turned.set(new Turned(day.atTime(12, 0).atZone(ZONE).toInstant(), System.nanoTime()));
    }

    public void turnBack() {
        turned.remove();
    }

    @Override
    public Instant instant() {
        Turned now = turned.get();
        return now == null ? system.instant() : now.noon().plusNanos(System.nanoTime() - now.since());
    }

    @Override
    public ZoneId getZone() {
        return ZONE;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.fixed(instant(), zone);
    }
}
