package vn.chuanmuc.office;

/**
 * Bounds inside the package. A sheet and a document body are streamed, so only a row or a run of text must be small; every
 * other part (shared strings, styles) may end up in memory whole.
 *
 * @param maxTotal bytes of all parts unpacked
 * @param maxRatio unpacked to packed bytes of one part over 1 MB
 * @param maxPart bytes of an XML part that is not a sheet
 * @param maxRun bytes between two angle brackets
 */
record OfficeLimits(
        long maxBytes,
        int maxEntries,
        long maxTotal,
        int maxRatio,
        long maxPart,
        int maxRun,
        long maxRowBytes,
        int maxColumns,
        int maxRows) {

    static OfficeLimits of(SheetLimits limits) {
        return new OfficeLimits(
                limits.maxBytes(),
                1_000,
                300L << 20,
                200,
                24L << 20,
                256 << 10,
                8L << 20,
                limits.maxColumns(),
                limits.maxRows());
    }

    static OfficeLimits of(TextLimits limits) {
        // Word keeps base64 drawings in attributes, hence the long run
        return new OfficeLimits(
                limits.maxBytes(),
                2_000,
                300L << 20,
                200,
                48L << 20,
                4 << 20,
                Long.MAX_VALUE,
                Integer.MAX_VALUE,
                Integer.MAX_VALUE);
    }
}
