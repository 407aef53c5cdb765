package vn.chuanmuc.ui;

/**
 * In place of a page that is asked for as of a day on which there was nothing to show yet.
 *
 * @param title of the page
 * @param back where the list it stands in is, as of the same day; {@code backKey} its name
 * @param key of what is said; its explanation is {@code key.text}
 */
public record NotYet(String title, String back, String backKey, String key, AsOf asOf) implements Dated {}
