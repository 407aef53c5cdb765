package vn.chuanmuc.submissions;

import java.util.Locale;

/** Where a version of a list stands. */
public enum ListState {
    /** Completed by the clerk. */
    COMPILED,
    /** Approved by the head, not sent yet. */
    APPROVED,
    /** With the upper board. */
    SUBMITTED,
    SENT_BACK,
    ACCEPTED,
    /** Was accepted; the board opened it again. */
    REOPENED,
    /** Replaced by a later version or returned by the head before it was sent. */
    DROPPED;

    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static ListState of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** Key of the word for it. */
    public String key() {
        return "submissions.state." + code();
    }
}
