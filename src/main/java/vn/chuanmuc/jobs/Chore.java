package vn.chuanmuc.jobs;

import java.time.Duration;

/** Small work that comes back: one running instance at a time does it. Each module brings its own as a component. */
public interface Chore {
    /** {@code module.chore}: a stable name. */
    String name();

    /** From the end of one run to the beginning of the next. */
    Duration pause();

    /** Must leave nothing half done when it throws; it comes back after the pause either way. */
    void run();
}
