package vn.chuanmuc.ledger;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Rows of evidence that an act wrote, by their kind and key ({@link Evidence.Kind}). The hash is taken of what stands in the
 * table at that moment, so the rows are written first and the act is appended after them.
 *
 * @param key values of the kind's key columns, from the first; of a kind whose rows stand together, those that name the group
 * @param among values of the next key column, when several rows are meant; null when {@code key} names what is meant
 */
public record Piece(String kind, List<Object> key, @Nullable List<UUID> among) {
    /** One row, or one group of rows that stand together. */
    public static Piece of(String kind, Object... key) {
        return new Piece(kind, List.of(key), null);
    }

    /** A row for each id, whose key goes on with it; each gets a record of its own. */
    public static Piece each(String kind, List<Object> key, Collection<UUID> among) {
        return new Piece(kind, key, List.copyOf(among));
    }
}
