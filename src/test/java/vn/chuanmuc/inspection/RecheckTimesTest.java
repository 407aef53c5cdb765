package vn.chuanmuc.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When a body is checked by itself: soon for the first time, then every night, and late when nights were missed. */
class RecheckTimesTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");
    private static final String BEGAN = "2026-11-20T09:00";

    private static Instant at(String text) {
        return LocalDateTime.parse(text).atZone(ZONE).toInstant();
    }

    private static Instant next(@Nullable String last, String now) {
        return RecheckTimes.next(at(BEGAN), last == null ? null : at(last), at(now), 2, ZONE);
    }

    @Test
    void theFirstOneDoesNotWaitForTheNight() {
        assertThat(next(null, "2026-11-20T09:10")).isEqualTo(at("2026-11-20T10:00"));
    }

    @Test
    void thenItIsOnceANightInTheHourThatIsSet() {
        assertThat(next("2026-11-20T10:00", "2026-11-20T10:01")).isEqualTo(at("2026-11-21T02:00"));
        assertThat(next("2026-11-20T10:00", "2026-11-21T02:40"))
                .as("due since two")
                .isEqualTo(at("2026-11-21T02:00"));
        assertThat(next("2026-11-21T02:05", "2026-11-21T02:25")).isEqualTo(at("2026-11-22T02:00"));
        assertThat(next("2026-11-21T00:30", "2026-11-21T00:31"))
                .as("somebody asked for one shortly before")
                .isEqualTo(at("2026-11-22T02:00"));
    }

    @Test
    void aMachineThatSleptWaitsForTheNightOrThirtySixHours() {
        assertThat(next("2026-11-20T02:00", "2026-11-21T09:00")).isEqualTo(at("2026-11-21T14:00"));
        assertThat(next("2026-11-20T20:00", "2026-11-21T09:00")).isEqualTo(at("2026-11-22T02:00"));
        assertThat(next("2026-11-10T02:00", "2026-11-21T09:00")).isBefore(at("2026-11-21T09:00"));
    }
}
