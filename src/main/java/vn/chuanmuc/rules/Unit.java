package vn.chuanmuc.rules;

import java.util.Locale;

/** What a value of a formula counts in. Values of different units are not added or compared. */
public enum Unit {
    POINTS,
    /** In per cent; a factor when it multiplies. */
    SHARE,
    COUNT,
    /** Without a unit: the ratio of two shares. */
    NUMBER,
    /** A number as somebody wrote it: takes the unit of what stands beside it, but never that of a share. */
    PLAIN,
    GRADE,
    TRUTH;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean numeric() {
        return this != GRADE && this != TRUTH;
    }

    static Unit of(RuleBook.Measure measure) {
        return switch (measure) {
            case POINTS -> POINTS;
            case SHARE -> SHARE;
            case COUNT -> COUNT;
        };
    }
}
