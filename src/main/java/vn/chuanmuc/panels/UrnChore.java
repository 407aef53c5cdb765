package vn.chuanmuc.panels;

import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;
import vn.chuanmuc.jobs.Chore;

/** A key does not outlive its vote, even when the product stopped between the end of one and of the other. */
@Component
class UrnChore implements Chore {
    private final RoundStore rounds;
    private final UrnKeys keys;
    private final Clock clock;

    UrnChore(RoundStore rounds, UrnKeys keys, Clock clock) {
        this.rounds = rounds;
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "panels.keys";
    }

    @Override
    public Duration pause() {
        return Duration.ofMinutes(15);
    }

    @Override
    public void run() {
        keys.sweep(rounds.openUrns(), clock.instant());
    }
}
