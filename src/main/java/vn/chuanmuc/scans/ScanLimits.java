package vn.chuanmuc.scans;

/** Bounds on what somebody brings. */
final class ScanLimits {
    /** Of one file; what a request may hold is 64 MB. */
    static final long MOST_BYTES = 60L << 20;

    static final int MOST_FILE_PAGES = 600;
    static final int MOST_PILE_PAGES = 3_000;
    static final int MOST_FILES = 200;
    /** Dots of one picture: A3 at 400 dpi. */
    static final long MOST_DOTS = 36_000_000;
    /** Dots of the pictures of one page of a PDF together. */
    static final long MOST_PAGE_DOTS = 72_000_000;
    /** The longer side of a page as it is kept: A4 at 200 dpi. */
    static final int LONG_SIDE = 2_340;

    static final int MOST_OBJECTS = 60_000;
    /** Operators drawn for one page, those of what it repeats included. */
    static final int MOST_OPERATORS = 400_000;

    static final long MOST_STREAM = 24L << 20;
    static final long DRAWING_NANOS = 20_000_000_000L;

    private ScanLimits() {}
}
