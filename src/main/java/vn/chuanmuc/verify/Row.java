package vn.chuanmuc.verify;

import java.util.HashMap;
import java.util.Map;

/** A row of evidence as canonical text: {@code column=value} parted by tabs; {@code \\ \t \n \r} within a value. */
final class Row {
    private final Map<String, String> fields = new HashMap<>();

    Row(String text) {
        for (String field : text.split("\t", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                fields.put(field.substring(0, equals), field.substring(equals + 1));
            }
        }
    }

    /** As it stands in the text; empty when the column holds nothing. */
    String raw(String column) {
        return fields.getOrDefault(column, "");
    }

    /** As it stands in the table. */
    String get(String column) {
        String raw = raw(column);
        if (raw.indexOf('\\') < 0) {
            return raw;
        }
        var text = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '\\' && i + 1 < raw.length()) {
                i++;
                c = switch (raw.charAt(i)) {
                    case 't' -> '\t';
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    default -> raw.charAt(i);
                };
            }
            text.append(c);
        }
        return text.toString();
    }
}
