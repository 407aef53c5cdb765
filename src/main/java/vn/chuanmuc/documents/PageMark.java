package vn.chuanmuc.documents;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which page of which paper a sheet is: what its QR says.
 *
 * @param page from 1 to {@code pages}
 */
public record PageMark(PaperCode code, int page, int pages) {
    /** More pages than this has no paper. */
    public static final int MOST_PAGES = 999;

    private static final Pattern WRITTEN =
            Pattern.compile("(?i)(?:.*/|CHUANMUC:)V/([0-9A-Z]{16})/([1-9]\\d{0,2})/([1-9]\\d{0,2})");

    public PageMark {
        if (page < 1 || pages < page || pages > MOST_PAGES) {
            throw new IllegalArgumentException("page " + page + " of " + pages);
        }
    }

    /** What a QR says that {@link PaperCodes#mark} wrote, under whatever address; empty for a stranger's. */
    public static Optional<PageMark> read(String text) {
        var written = WRITTEN.matcher(text);
        if (text.length() > 300 || !written.matches()) {
            return Optional.empty();
        }
        int page = Integer.parseInt(written.group(2));
        int pages = Integer.parseInt(written.group(3));
        return page > pages
                ? Optional.empty()
                : PaperCode.read(written.group(1)).map(code -> new PageMark(code, page, pages));
    }
}
