package vn.chuanmuc.ledger;

import java.util.List;
import java.util.Set;

/**
 * The tables of a module whose rows are evidence. Each module that has some brings one of these as a component; a test fails
 * for an append-only table that no kind covers.
 */
public interface Evidence {
    List<Kind> kinds();

    /**
     * Rows that the acts which wrote them name in the ledger.
     *
     * <p>A column that is added to such a table later is nullable and has no default: what is null does not stand in a row's
     * canonical text, so the hashes of older rows stay as they are. A migration never changes a row.
     *
     * @param name {@code <schema>.<words>}, mostly the table's own name
     * @param table with its schema
     * @param condition SQL on a row {@code t} that tells which rows of the table are of this kind
     * @param key the columns of the table's key behind the tenant
     * @param together how many of them name a group of rows with one record for all; 0 when each row has its own
     * @param changes whether a row changes on its way: then the newest record says how it stands
     * @param files columns with the bytes of a file, of which the text has the SHA-256 only
     * @param later whether installations are in use whose acts did not name these rows at first: what is there is taken up once
     */
    record Kind(
            String name,
            String table,
            String condition,
            List<String> key,
            int together,
            boolean changes,
            Set<String> files,
            boolean later) {
        /** Rows that never change, each with a record of its own. */
        public static Kind of(String table, String... key) {
            return new Kind(table, table, "true", List.of(key), 0, false, Set.of(), false);
        }

        public Kind named(String other) {
            return new Kind(other, table, condition, key, together, changes, files, later);
        }

        public Kind where(String which) {
            return new Kind(name, table, which, key, together, changes, files, later);
        }

        /** One record for all rows that have the first columns of the key in common. */
        public Kind togetherBy(int columns) {
            return new Kind(name, table, condition, key, columns, changes, files, later);
        }

        public Kind changing() {
            return new Kind(name, table, condition, key, together, true, files, later);
        }

        /** A kind that came after the first acts with records: see {@link Border}. */
        public Kind coveredLater() {
            return new Kind(name, table, condition, key, together, changes, files, true);
        }

        public Kind withFiles(String... columns) {
            return new Kind(name, table, condition, key, together, changes, Set.of(columns), later);
        }
    }
}
