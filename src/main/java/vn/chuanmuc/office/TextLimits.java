package vn.chuanmuc.office;

/**
 * Bounds of a text.
 *
 * @param maxBytes size of the file
 * @param maxLines lines read from it
 * @param maxChars characters in all lines together
 */
public record TextLimits(long maxBytes, int maxLines, int maxChars) {
    public static final TextLimits DEFAULT = new TextLimits(20L << 20, 20_000, 2_000_000);
}
