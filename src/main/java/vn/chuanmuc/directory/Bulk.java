package vn.chuanmuc.directory;

import java.sql.Connection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Thousands of rows in one statement: one array per column, which SQL takes apart with {@code unnest}. */
final class Bulk {
    /** Rows in one statement: bounds memory here and in the server. */
    static final int CHUNK = 2_000;

    private Bulk() {}

    /**
     * @param type of the array's elements in PostgreSQL
     * @param value of a row; UUID, String, Integer, Boolean, a date as text or bytes
     */
    record Column<T>(String type, Function<T, @Nullable Object> value) {}

    /** The statement's first parameters are {@code scalars}, then one array per column. Returns how many rows changed. */
    static <T> int update(
            JdbcTemplate jdbc, String sql, List<?> scalars, List<? extends T> rows, List<Column<T>> columns) {
        return update(jdbc, sql, scalars, rows, columns, List.of());
    }

    /** The same, with more parameters behind the arrays. */
    static <T> int update(
            JdbcTemplate jdbc,
            String sql,
            List<?> scalars,
            List<? extends T> rows,
            List<Column<T>> columns,
            List<?> scalarsBehind) {
        if (rows.isEmpty()) {
            return 0;
        }
        Integer changed = jdbc.execute((Connection connection) -> {
            try (var statement = connection.prepareStatement(sql)) {
                int at = 1;
                for (Object scalar : scalars) {
                    statement.setObject(at++, scalar);
                }
                for (Column<T> column : columns) {
                    statement.setArray(at++, connection.createArrayOf(column.type(), values(column, rows)));
                }
                for (Object scalar : scalarsBehind) {
                    statement.setObject(at++, scalar);
                }
                return statement.executeUpdate();
            }
        });
        return changed == null ? 0 : changed;
    }

    private static <T> @Nullable Object[] values(Column<T> column, List<? extends T> rows) {
        @Nullable
        Object[] values = switch (column.type()) {
            case "bytea" -> new byte[rows.size()][];
            case "text" -> new String[rows.size()];
            default -> new Object[rows.size()];
        };
        for (int i = 0; i < values.length; i++) {
            values[i] = column.value().apply(rows.get(i));
        }
        return values;
    }
}
