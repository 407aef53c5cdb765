package vn.chuanmuc.criteria;

/**
 * An item. {@code text} is the source character for character (no normalisation), without its bullet and without
 * surrounding blanks; the printed lines of an item that runs over several are joined with a newline.
 */
public record ReadItem(int position, String text, int line) {}
