package vn.chuanmuc.jobs;

/** How far a running step is, for those who watch: seen at once, though the step's own transaction is still open. */
@FunctionalInterface
public interface Progress {
    /** At most a few times a second. Throws when the job was cancelled or taken over: let it pass, so that the step is undone. */
    void at(long done, long total);
}
