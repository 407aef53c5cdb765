package vn.chuanmuc.jobs;

import vn.chuanmuc.kernel.Reason;

/** What a step of a job came to. */
public sealed interface Step {
    /** @param progress handed to the next step: where it goes on */
    record More(String progress, long done, long total) implements Step {}

    /** All is done. {@code told} says what came of it. */
    record Done(Reason told) implements Step {}

    /** A rule forbids it; the step is undone. {@code why} is for whoever asked for the work. */
    record Refused(Reason why) implements Step {}
}
