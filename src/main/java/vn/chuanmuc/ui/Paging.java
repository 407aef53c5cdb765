package vn.chuanmuc.ui;

/**
 * A page out of a long list.
 *
 * @param page from 1
 * @param size rows on a page
 * @param total rows in all
 * @param address of the list with its filters, ending in {@code ?} or {@code &}
 */
public record Paging(int page, int size, long total, String address) {
    public static final String PARAMETER = "trang";
    /** In its place where a list goes on behind a row. */
    public static final String CURSOR = "truoc";

    public static int offset(int page, int size) {
        return (Math.max(1, page) - 1) * size;
    }

    public int pages() {
        return (int) Math.max(1, (total + size - 1) / size);
    }

    public long first() {
        return total == 0 ? 0 : (long) (page - 1) * size + 1;
    }

    public long last() {
        return Math.min(total, (long) page * size);
    }

    public String to(int target) {
        return address + PARAMETER + "=" + target;
    }

    public boolean needed() {
        return total > size || page > 1;
    }
}
