package vn.chuanmuc.submissions;

import java.util.Arrays;
import java.util.Comparator;

/** The two orders every list is offered in; each is total, so that pages and papers number rows alike. */
public enum ListOrder {
    /** Given name, family name, middle names, in Vietnamese order. */
    NAME("ten", "sort_key, person_id"),
    /** Rank of the post first. */
    RANK("cap-bac", "rank_order, sort_key, person_id");

    /** What {@link #NAME} is in SQL: PostgreSQL compares {@code bytea} and {@code uuid} unsigned. */
    static final Comparator<ListRow> BY_NAME = Comparator.comparing(ListRow::sortKey, Arrays::compareUnsigned)
            .thenComparing(row -> row.personId().getMostSignificantBits(), Long::compareUnsigned)
            .thenComparing(row -> row.personId().getLeastSignificantBits(), Long::compareUnsigned);

    private final String code;
    private final String columns;

    ListOrder(String code, String columns) {
        this.code = code;
        this.columns = columns;
    }

    /** As it stands in an address. */
    public String code() {
        return code;
    }

    /** Anything unknown means by name. */
    public static ListOrder of(String code) {
        return RANK.code.equals(code) ? RANK : NAME;
    }

    /** The columns to order by in SQL. */
    String columns() {
        return columns;
    }
}
