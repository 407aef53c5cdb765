package vn.chuanmuc.signing;

import java.time.Duration;
import java.time.Instant;

/** Whether a moment is far from the machine's own time: the product lives in another year then (sample mode). */
final class OtherTime {
    private static final Duration DRIFT = Duration.ofHours(12);

    private OtherTime() {}

    static boolean isOf(Instant moment) {
        return Duration.between(Instant.now(), moment).abs().compareTo(DRIFT) > 0;
    }
}
