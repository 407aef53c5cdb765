package vn.chuanmuc.submissions;

import java.util.Arrays;
import java.util.Comparator;

/** The two orders every list is offered in; each is total, so that pages and papers number rows alike. */
public enum ListOrder {
    /** Given name, family name, middle names, in Vietnamese order. */
    NAME("ten", "sort_key, person_id", byName()),
    /** Rank of the post first. */
    RANK(
            "cap-bac",
            "rank_order, sort_key, person_id",
            Comparator.comparingInt(ListRow::rankOrder).thenComparing(byName()));

    private final String code;
    private final String columns;
    private final Comparator<ListRow> comparator;

    ListOrder(String code, String columns, Comparator<ListRow> comparator) {
        this.code = code;
        this.columns = columns;
        this.comparator = comparator;
    }

    /** As it stands in an address. */
    public String code() {
        return code;
    }

    /** Anything unknown means by name. */
    public static ListOrder of(String code) {
        return RANK.code.equals(code) ? RANK : NAME;
    }

    /** The same order in SQL. */
    String columns() {
        return columns;
    }

    Comparator<ListRow> comparator() {
        return comparator;
    }

    /** As PostgreSQL compares {@code bytea} and {@code uuid}: unsigned. */
    private static Comparator<ListRow> byName() {
        return Comparator.comparing(ListRow::sortKey, Arrays::compareUnsigned)
                .thenComparing(row -> row.personId().getMostSignificantBits(), Long::compareUnsigned)
                .thenComparing(row -> row.personId().getLeastSignificantBits(), Long::compareUnsigned);
    }
}
