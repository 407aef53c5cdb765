package vn.chuanmuc.submissions;

import java.util.Locale;

/** What a person on a list has done about the commitment. */
public enum Standing {
    OPEN,
    SIGNED,
    DECLINED,
    /** Recorded as not signing, with a reason. */
    EXCUSED;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Standing of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    public String key() {
        return "submissions.standing." + code();
    }
}
