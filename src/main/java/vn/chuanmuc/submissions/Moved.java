package vn.chuanmuc.submissions;

import vn.chuanmuc.kernel.Reason;

/** What came of moving a list on. */
public sealed interface Moved {
    record Done(int version) implements Moved {}

    /** Somebody did the same a moment ago (a second click, a second person): nothing was written, nothing is wrong. */
    record Already(int version) implements Moved {}

    record Refused(Reason why) implements Moved {}
}
