package vn.chuanmuc.commitments;

import java.util.Locale;

/** Where a person on a roster stands. */
public enum Standing {
    /** Neither signed nor said why not. */
    OPEN,
    SIGNED,
    /** Said themselves that they do not sign. */
    DECLINED,
    /** Recorded by the office as not signing, with the reason. */
    EXCUSED,
    /** No longer on the roster: counts neither as signed nor as expected. */
    LEFT;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Key of the word for it. */
    public String key() {
        return "commitments.standing." + code();
    }

    static Standing of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
