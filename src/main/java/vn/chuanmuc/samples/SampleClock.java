package vn.chuanmuc.samples;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * The clock of sample mode. It runs as fast as any, but from another moment: the afternoon of 8 October 2021, so that the
 * deadlines of that campaign lie ahead as they did then (docs/adr/0006).
 */
final class SampleClock extends Clock {
    static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

    private final Clock system;
    private volatile Duration offset = Duration.ZERO;

    SampleClock(Clock system, Instant now) {
        this.system = system;
        moveTo(now);
    }

    /** Makes it be this moment now. */
    void moveTo(Instant moment) {
        offset = Duration.between(system.instant(), moment);
    }

    @Override
    public Instant instant() {
        return system.instant().plus(offset);
    }

    @Override
    public ZoneId getZone() {
        return ZONE;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.offset(system.withZone(zone), offset);
    }
}
