package vn.chuanmuc.jobs;

/** A kind of long work; each module brings its own as a component. */
public interface Work {
    /** {@code module.work}: a stable name. The words for people are {@code <module>.job.<work>}. */
    String kind();

    /**
     * Does one step, in a transaction that also keeps how far the job came: after a stop, the work goes on behind the last
     * step that was committed. Work that must be whole or not at all is one single step.
     *
     * @param progress tells how far a step is while it runs; stops the step when the job was cancelled meanwhile
     */
    Step step(Job job, Progress progress);

    /** Where people see what came of it. */
    String page(Job job);

    /** The job ended without being done; called in the transaction that says so. Nothing of the last step was kept. */
    default void ended(Job job) {}
}
