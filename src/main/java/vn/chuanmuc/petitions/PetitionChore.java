package vn.chuanmuc.petitions;

import java.time.Duration;
import org.springframework.stereotype.Component;
import vn.chuanmuc.jobs.Chore;

/** Clocks of petitions call whoever must act. */
@Component
class PetitionChore implements Chore {
    private final Calls calls;

    PetitionChore(Calls calls) {
        this.calls = calls;
    }

    @Override
    public String name() {
        return "petitions.clocks";
    }

    @Override
    public Duration pause() {
        return Duration.ofMinutes(10);
    }

    @Override
    public void run() {
        calls.look();
    }
}
