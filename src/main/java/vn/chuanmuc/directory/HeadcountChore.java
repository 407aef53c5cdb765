package vn.chuanmuc.directory;

import java.time.Duration;
import java.util.UUID;
import org.springframework.stereotype.Component;
import vn.chuanmuc.jobs.Chore;

/** Adds up the lines of head-counts, so that reading a sum stays cheap however much changed. */
@Component
class HeadcountChore implements Chore {
    private final UnitStore units;
    private final Headcounts headcounts;

    HeadcountChore(UnitStore units, Headcounts headcounts) {
        this.units = units;
        this.headcounts = headcounts;
    }

    @Override
    public String name() {
        return "directory.headcounts";
    }

    @Override
    public Duration pause() {
        return Duration.ofMinutes(10);
    }

    @Override
    public void run() {
        for (UUID tenant : units.tenants()) {
            while (headcounts.compact(tenant) > 0) {
                // as long as there is something to add up
            }
        }
    }
}
