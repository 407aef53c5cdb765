package vn.chuanmuc.criteria;

/**
 * An article; {@code text} has one printed line per line, without the heading.
 *
 * @param heading the heading as printed, such as "Điều 1."; empty when the text lost it
 */
public record ReadArticle(int number, String heading, String text, int line) {}
