package vn.chuanmuc.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.kernel.Check;

/**
 * The canonical text of a row of evidence, as SQL over the row itself: what is hashed is what is stored. One line; a field
 * {@code column=value} for every column that is not null but the tenant, in the order of their names, parted by tabs:
 *
 * <ul>
 *   <li>moments {@code 2026-11-22T07:00:00.000000Z}, days {@code 2026-11-22}, whole numbers and ids as always, {@code true} and {@code false};
 *   <li>bytes in hexadecimal, a file's as {@code file:} and the SHA-256 of it; lists as JSON; JSON as PostgreSQL writes jsonb;
 *   <li>within a value {@code \ tab LF CR} are written {@code \\ \t \n \r}.
 * </ul>
 *
 * A row's hash is the SHA-256 of its text. Of rows that stand together it is the SHA-256 of their hashes one after the other, in
 * the order of their key.
 */
@Component
class EvidenceText {
    private final JdbcClient jdbc;
    private final ObjectProvider<Evidence> evidence;
    private final Map<String, Shape> shapes = new ConcurrentHashMap<>();
    private volatile Map<String, Evidence.Kind> kinds = Map.of();

    EvidenceText(JdbcClient jdbc, ObjectProvider<Evidence> evidence) {
        this.jdbc = jdbc;
        this.evidence = evidence;
    }

    /**
     * SQL expressions over a row {@code t}.
     *
     * @param text of the row
     * @param key of the row, {@code name} of the row or of its group
     */
    record Shape(Evidence.Kind kind, String text, String key, String name, String order, Map<String, String> types) {
        boolean grouped() {
            return kind.together() > 0;
        }

        /** Rows of the kind with their name and hash, of one tenant (the only parameter). */
        String named() {
            String rows = "from " + kind.table() + " t where t.tenant_id = ? and (" + kind.condition() + ")";
            return grouped()
                    ? "select " + name + " as key, " + groupHash() + " as hash " + rows + " group by " + columns()
                    : "select " + name + " as key, " + rowHash() + " as hash " + rows;
        }

        String rowHash() {
            return "sha256(convert_to(" + text + ", 'UTF8'))";
        }

        String groupHash() {
            return "sha256(coalesce(string_agg(" + rowHash() + ", ''::bytea order by " + order + "), ''::bytea))";
        }

        private String columns() {
            return kind.key().stream()
                    .limit(kind.together())
                    .map(column -> "t." + column)
                    .collect(Collectors.joining(", "));
        }
    }

    /** All kinds by name. */
    Map<String, Evidence.Kind> kinds() {
        Map<String, Evidence.Kind> known = kinds;
        if (known.isEmpty()) {
            known = evidence.stream()
                    .flatMap(module -> module.kinds().stream())
                    .collect(Collectors.toMap(
                            Evidence.Kind::name,
                            Function.identity(),
                            (one, other) -> {
                                throw new IllegalStateException("two kinds of evidence " + one.name());
                            },
                            TreeMap::new));
            kinds = known;
        }
        return known;
    }

    Shape shape(String kind) {
        return shapes.computeIfAbsent(
                kind, name -> shape(Objects.requireNonNull(kinds().get(name), () -> "no evidence " + name)));
    }

    private Shape shape(Evidence.Kind kind) {
        var types = new TreeMap<String, String>();
        jdbc.sql("""
                        select a.attname, format_type(a.atttypid, null) as type
                        from pg_attribute a
                        where a.attrelid = to_regclass(?) and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
                          and a.attname <> 'tenant_id'
                        """).param(kind.table()).query(row -> {
            types.put(row.getString("attname"), row.getString("type"));
        });
        Check.that(types.keySet().containsAll(kind.key()), kind.table() + " has the columns of its key");
        Check.that(types.keySet().containsAll(kind.files()), kind.table() + " has the columns of its files");
        var fields = new ArrayList<String>();
        types.forEach((column, type) -> fields.add("'" + column + "=' || "
                + (kind.files().contains(column)
                        ? "'file:' || encode(sha256(t." + column + "), 'hex')"
                        : value("t." + column, type))));
        Function<List<String>, String> joined = columns -> columns.stream()
                .map(column -> value("t." + column, Objects.requireNonNull(types.get(column))))
                .collect(Collectors.joining(" || '/' || "));
        String key = joined.apply(kind.key());
        return new Shape(
                kind,
                "concat_ws(E'\\t', " + String.join(", ", fields) + ")",
                key,
                kind.together() == 0 ? key : joined.apply(kind.key().subList(0, kind.together())),
                kind.key().stream().map(column -> "t." + column).collect(Collectors.joining(", ")),
                new HashMap<>(types));
    }

    private static String value(String column, String type) {
        return switch (type) {
            case "uuid", "smallint", "integer", "bigint", "boolean" -> column + "::text";
            case "date" -> "to_char(" + column + ", 'YYYY-MM-DD')";
            case "timestamp with time zone" ->
                "to_char(" + column + " at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";
            case "bytea" -> "encode(" + column + ", 'hex')";
            case "text" -> escaped(column);
            case "jsonb" -> escaped(column + "::text");
            case "text[]", "uuid[]", "smallint[]", "integer[]" -> escaped("to_json(" + column + ")::text");
            default -> throw new IllegalStateException("no canonical text for " + column + " of type " + type);
        };
    }

    private static String escaped(String text) {
        return "replace(replace(replace(replace(" + text
                + ", E'\\\\', E'\\\\\\\\'), E'\\t', E'\\\\t'), E'\\n', E'\\\\n'), E'\\r', E'\\\\r')";
    }
}
