package vn.chuanmuc.directory;

import java.sql.Date;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.directory.Tree.Node;
import vn.chuanmuc.directory.Tree.Step;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ui.UnitChoice.Option;

/** The tree on a day, read from dated versions and paths; never the whole of it. */
@Component
class TreeStore {
    /** Names that match are put in order among so many. */
    private static final int MOST_RANKED = 200;

    private static final RowMapper<Node> NODE = (row, n) -> new Node(
            row.getObject("unit_id", UUID.class),
            row.getString("code"),
            row.getString("name"),
            Units.Kind.of(row.getString("kind")),
            0,
            row.getBoolean("parted"),
            row.getObject("ended", LocalDate.class));

    private static final String PARTED = """
            exists (select from directory.unit_version c
                    where c.tenant_id = v.tenant_id and c.parent_id = v.unit_id
                      and c.valid_from <= :day and (c.valid_to is null or c.valid_to > :day)) as parted
            """;
    private static final String SEEN = """
             and exists (select from directory.unit_closure s
                         where s.tenant_id = v.tenant_id and s.descendant_id = v.unit_id and s.ancestor_id = any (:tops))
            """;
    /** Nothing of the unit holds on the day or between this version and the day: it had ended with this version. */
    private static final String LAST = """
             and not exists (select from directory.unit_version n
                             where n.tenant_id = v.tenant_id and n.unit_id = v.unit_id and n.valid_from > v.valid_from
                               and n.valid_from <= :day)
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    TreeStore(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    boolean today(LocalDate day) {
        return !day.isBefore(LocalDate.now(clock));
    }

    record Below(List<Node> nodes, int count) {}

    private JdbcClient.StatementSpec asked(String sql, UUID tenantId, LocalDate day) {
        return jdbc.sql(sql).param("tenant", tenantId).param("day", Date.valueOf(day));
    }

    /** Whether the scope is the whole body: then nothing needs to be looked up unit by unit. */
    boolean holdsTop(Scope scope) {
        return jdbc.sql("""
                        select exists (select from directory.unit_version
                                       where tenant_id = ? and parent_id is null and valid_to is null and unit_id = any (?))
                        """)
                .params(scope.tenantId(), scope.tops())
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    boolean sees(Scope scope, UUID unit) {
        return jdbc.sql("""
                        select exists (select from directory.unit_closure
                                       where tenant_id = ? and descendant_id = ? and ancestor_id = any (?))
                        """)
                .params(scope.tenantId(), unit, scope.tops())
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    /** Also where what was below it is dissolved and its records are kept. */
    boolean parted(UUID tenantId, UUID unit) {
        return jdbc.sql("""
                        select exists (select from directory.unit_closure
                                       where tenant_id = ? and ancestor_id = ? and descendant_id <> ancestor_id)
                        """)
                .params(tenantId, unit)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    Optional<LocalDate> begins(UUID tenantId, UUID unit) {
        return jdbc.sql("select min(valid_from) from directory.unit_version where tenant_id = ? and unit_id = ?")
                .params(tenantId, unit)
                .query((row, n) -> Optional.ofNullable(row.getObject(1, LocalDate.class)))
                .single();
    }

    /** These units as on the day, or as they were last; those that had not begun are left out. */
    List<Node> nodes(UUID tenantId, UUID[] units, LocalDate day) {
        return asked("""
                        select v.unit_id, v.code, v.name, v.kind, case when v.valid_to <= :day then v.valid_to end as ended,
                               %s
                        from directory.unit_version v
                        where v.tenant_id = :tenant and v.unit_id = any (:units) and v.valid_from <= :day
                        %s
                        order by v.rank_order, v.name
                        limit 1000
                        """.formatted(PARTED, LAST), tenantId, day)
                .param("units", units)
                .query(NODE)
                .list();
    }

    Below below(Scope scope, boolean whole, UUID unit, LocalDate day, int offset) {
        String from = """
                from directory.unit_version v
                where v.tenant_id = :tenant and v.parent_id = :unit
                  and v.valid_from <= :day and (v.valid_to is null or v.valid_to > :day)
                """ + (whole ? "" : SEEN);
        List<Node> nodes = asked(
                        "select v.unit_id, v.code, v.name, v.kind, cast(null as date) as ended, " + PARTED + from
                                + " order by v.rank_order, v.name, v.unit_id limit :limit offset :offset",
                        scope.tenantId(),
                        day)
                .param("unit", unit)
                .param("tops", scope.tops())
                .param("limit", Tree.PAGE)
                .param("offset", offset)
                .query(NODE)
                .list();
        int count = offset == 0 && nodes.size() < Tree.PAGE
                ? nodes.size()
                : asked("select count(*) " + from, scope.tenantId(), day)
                        .param("unit", unit)
                        .param("tops", scope.tops())
                        .query((row, n) -> row.getInt(1))
                        .single();
        return new Below(nodes, count);
    }

    List<Node> ended(Scope scope, boolean whole, UUID unit, LocalDate day) {
        return asked(
                        """
                        select v.unit_id, v.code, v.name, v.kind, v.valid_to as ended, false as parted
                        from directory.unit_version v
                        where v.tenant_id = :tenant and v.parent_id = :unit and v.valid_to <= :day
                        """ + LAST + (whole ? "" : SEEN)
                                + " order by v.valid_to desc, v.rank_order, v.name limit :limit",
                        scope.tenantId(),
                        day)
                .param("unit", unit)
                .param("tops", scope.tops())
                .param("limit", Tree.PAGE)
                .query(NODE)
                .list();
    }

    /** The units above on the day, from the top down. */
    List<Step> above(Scope scope, boolean whole, UUID unit, LocalDate day) {
        return asked("""
                        select p.ancestor_id, v.name,
                               (:whole or exists (select from directory.unit_closure s
                                                  where s.tenant_id = :tenant and s.descendant_id = p.ancestor_id
                                                    and s.ancestor_id = any (:tops))) as seen
                        from directory.unit_path p
                        join directory.unit_version v on v.tenant_id = p.tenant_id and v.unit_id = p.ancestor_id
                            and v.valid_from <= :day and (v.valid_to is null or v.valid_to > :day)
                        where p.tenant_id = :tenant and p.descendant_id = :unit and p.depth > 0
                          and p.valid_from <= :day and (p.valid_to is null or p.valid_to > :day)
                        order by p.depth desc
                        limit 50
                        """, scope.tenantId(), day)
                .param("unit", unit)
                .param("whole", whole)
                .param("tops", scope.tops())
                .query((row, n) -> new Step(
                        row.getObject("ancestor_id", UUID.class), row.getString("name"), row.getBoolean("seen")))
                .list();
    }

    /** One more than {@link Tree#MOST_HITS} when there are more. */
    List<Node> search(Scope scope, boolean whole, String words, LocalDate day) {
        var found = new LinkedHashMap<UUID, Node>();
        asked(HITS.formatted(PARTED, "lower(v.code) = lower(:code)", whole ? "" : SEEN, 1), scope.tenantId(), day)
                .param("code", words)
                .param("tops", scope.tops())
                .query(NODE)
                .list()
                .forEach(node -> found.put(node.id(), node));
        String key = Units.matchKey(words);
        String query = key.isBlank() ? "" : BeginningsOfWords.query(key, "");
        if (!query.isEmpty()) {
            if (key.indexOf(' ') < 0) {
                query += " | " + BeginningsOfWords.query(key, "="); // "phường" alone, or the beginning of it
            }
            String exact = words.toLowerCase(Locale.ROOT);
            String named = "v.words @@ cast(:words as tsquery)";
            boolean marked = !Texts.searchKey(words).equals(exact);
            if (marked) {
                // typed with marks: names that have just these come first, however many others there are
                hits(scope, whole, day, query, exact, key, named + " and position(:exact in lower(v.name)) > 0")
                        .forEach(node -> found.putIfAbsent(node.id(), node));
            }
            if (found.size() <= Tree.MOST_HITS) {
                hits(scope, whole, day, query, exact, key, named).forEach(node -> found.putIfAbsent(node.id(), node));
            }
        }
        return List.copyOf(found.values()).subList(0, Math.min(found.size(), Tree.MOST_HITS + 1));
    }

    /** Units that hold on the day first, then those that had ended; a unit stands once, by its last version until the day. */
    private static final String HITS = """
            select v.unit_id, v.code, v.name, v.kind, case when v.valid_to <= :day then v.valid_to end as ended, %s
            from directory.unit_version v
            where v.tenant_id = :tenant and %s and v.valid_from <= :day
            """ + LAST + """
             %s
            limit %d
            """;

    /** @param key the words as names are compared: those that begin with it come before those that have it somewhere */
    private List<Node> hits(
            Scope scope, boolean whole, LocalDate day, String query, String exact, String key, String condition) {
        String some = """
                select unit_id, code, name, kind, valid_from, valid_to, tenant_id,
                       starts_with(match_key, :key) or (starts_with('phuong', :key) and starts_with(lower(name), 'phường'))
                           as begins
                from directory.unit_version v
                where v.tenant_id = :tenant and %s and v.valid_from <= :day
                """.formatted(condition) + LAST + (whole ? "" : SEEN) + " limit " + MOST_RANKED;
        return asked("""
                        select v.unit_id, v.code, v.name, v.kind, v.ended, %s
                        from (
                            select s.*, case when s.valid_to <= :day then s.valid_to end as ended
                            from (%s) as s
                            order by (s.valid_to <= :day) is true, position(:exact in lower(s.name)) <> 1, not s.begins,
                                     length(s.name), s.name, s.code
                            limit %d
                        ) as v
                        """.formatted(PARTED, some, Tree.MOST_HITS + 1), scope.tenantId(), day)
                .param("words", query)
                .param("exact", exact)
                .param("key", key)
                .param("tops", scope.tops())
                .query(NODE)
                .list();
    }

    /** Names of what is above each, the highest first, on the day or the last day of a unit that had ended. */
    Map<UUID, List<String>> paths(UUID tenantId, List<Node> nodes, LocalDate day) {
        Map<UUID, List<String>> paths = new HashMap<>();
        jdbc.sql("""
                        select u.id, v.name
                        from unnest(?, ?) as u (id, day)
                        join directory.unit_path p on p.tenant_id = ? and p.descendant_id = u.id and p.depth > 0
                            and p.valid_from <= u.day and (p.valid_to is null or p.valid_to > u.day)
                        join directory.unit_version v on v.tenant_id = ? and v.unit_id = p.ancestor_id
                            and v.valid_from <= u.day and (v.valid_to is null or v.valid_to > u.day)
                        order by u.id, p.depth desc
                        """)
                .param(nodes.stream().map(Node::id).toArray(UUID[]::new))
                .param(nodes.stream()
                        .map(node -> {
                            LocalDate ended = node.ended();
                            return Date.valueOf(ended == null ? day : ended.minusDays(1));
                        })
                        .toArray(Date[]::new))
                .param(tenantId)
                .param(tenantId)
                .query(row -> {
                    paths.computeIfAbsent(row.getObject("id", UUID.class), id -> new ArrayList<>())
                            .add(row.getString("name"));
                });
        return paths;
    }

    /** All units of the scope on the day in the order of the tree, or nothing when they are more than so many. */
    Optional<List<Option>> few(Scope scope, LocalDate day, int most) {
        record Row(Option option, UUID parent) {}
        List<Row> rows = asked("""
                        select v.unit_id, v.code, v.name, v.parent_id
                        from (select distinct descendant_id from directory.unit_closure
                              where tenant_id = :tenant and ancestor_id = any (:tops) limit :most) as c
                        join directory.unit_version v on v.tenant_id = :tenant and v.unit_id = c.descendant_id
                            and v.valid_from <= :day and (v.valid_to is null or v.valid_to > :day)
                        order by v.rank_order, v.name
                        """, scope.tenantId(), day)
                .param("tops", scope.tops())
                .param("most", 4 * most)
                .query((row, n) -> new Row(
                        new Option(
                                row.getObject("unit_id", UUID.class),
                                row.getString("name"),
                                row.getString("code"),
                                0,
                                ""),
                        row.getObject("parent_id", UUID.class)))
                .list();
        if (rows.size() > most) {
            return Optional.empty();
        }
        var known = new HashSet<UUID>();
        rows.forEach(row -> known.add(row.option().id()));
        Map<UUID, List<Option>> below = new HashMap<>();
        var tops = new ArrayList<Option>();
        for (Row row : rows) {
            (known.contains(row.parent()) ? below.computeIfAbsent(row.parent(), id -> new ArrayList<>()) : tops)
                    .add(row.option());
        }
        var ordered = new ArrayList<Option>(rows.size());
        tops.forEach(top -> walk(top, 0, below, ordered));
        return Optional.of(ordered);
    }

    private static void walk(Option option, int depth, Map<UUID, List<Option>> below, List<Option> ordered) {
        ordered.add(new Option(option.id(), option.name(), option.code(), depth, ""));
        below.getOrDefault(option.id(), List.of()).forEach(child -> walk(child, depth + 1, below, ordered));
    }
}
