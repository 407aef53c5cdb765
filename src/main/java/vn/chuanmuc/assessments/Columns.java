package vn.chuanmuc.assessments;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How columns of this module hold what has a name or is nothing. */
final class Columns {
    private Columns() {}

    static String code(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static <E extends Enum<E>> E of(Class<E> type, String code) {
        return Enum.valueOf(type, code.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    static List<@Nullable Integer> levels(@Nullable Array array) throws SQLException {
        if (array == null) {
            return List.of();
        }
        var levels = new ArrayList<@Nullable Integer>();
        for (Object level : (Object[]) array.getArray()) {
            levels.add(level == null ? null : ((Number) level).intValue());
        }
        return Collections.unmodifiableList(levels);
    }

    static @Nullable Short[] shorts(List<@Nullable Integer> levels) {
        var shorts = new @Nullable Short[levels.size()];
        for (int i = 0; i < shorts.length; i++) {
            Integer level = levels.get(i);
            shorts[i] = level == null ? null : level.shortValue();
        }
        return shorts;
    }

    static List<@Nullable Integer> nothing(int items) {
        var levels = new ArrayList<@Nullable Integer>();
        for (int i = 0; i < items; i++) {
            levels.add(null);
        }
        return Collections.unmodifiableList(levels);
    }

    static @Nullable Integer whole(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? null : Integer.valueOf(value);
    }
}
