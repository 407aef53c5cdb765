package vn.chuanmuc.campaigns;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.directory.Lines;
import vn.chuanmuc.platform.Planner;

/**
 * Counts and pages through what is missing, without ever holding the people of a body in memory. People are counted from the
 * assignments in the units, names are looked up for the few that are shown.
 */
@Component
class GateStore {
    /** From as many units on a pass through the whole body is cheaper than looking units up one by one. */
    private static final int MANY_UNITS = 50;

    private static final String WHOLE = """
            with post as materialized (
                select a.person_id, a.main
                from unnest(cast(:units as uuid[])) as u (id)
                join directory.assignment a on a.tenant_id = :tenant and a.unit_id = u.id and a.valid_to is null)
            """;
    /** People of some of the units, by all their posts in the campaign's units. */
    private static final String PART = """
            with mine as materialized (
                select distinct a.person_id
                from unnest(cast(:scope as uuid[])) as u (id)
                join directory.assignment a on a.tenant_id = :tenant and a.unit_id = u.id and a.valid_to is null),
            post as materialized (
                select a.person_id, a.main
                from mine m
                join directory.assignment a on a.tenant_id = :tenant and a.person_id = m.person_id and a.valid_to is null
                join unnest(cast(:units as uuid[])) as u (id) on u.id = a.unit_id)
            """;

    private static final String PEOPLE = """
            , person as materialized (
                select person_id, count(*) as posts, count(*) filter (where main) as mains from post group by person_id)
            """;
    /** Of a line's campaign: only those who stand in the line on the day. */
    private static final String PEOPLE_OF_LINE = """
            , person as materialized (
                select post.person_id, count(*) as posts, count(*) filter (where post.main) as mains
                from post
                join directory.line_member m on m.tenant_id = :tenant and m.line_id = :line and m.person_id = post.person_id
                    and m.valid_from <= :day and (m.valid_to is null or m.valid_to > :day)
                group by post.person_id)
            """;

    private static final String FACTS = """
            from person c
            left join directory.person p on p.tenant_id = :tenant and p.id = c.person_id
            left join criteria.applicability x
                on x.tenant_id = :tenant and x.decision_id = :decision and x.person_id = c.person_id
            left join campaigns.roster_entry o
                on o.tenant_id = :tenant and o.year = :year and o.person_id = c.person_id and o.campaign_id <> :campaign
                    and o.base_id is null
            """;
    private static final Map<Gate.Kind, String> PERSONAL = personal();

    private final JdbcClient jdbc;

    GateStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private static Map<Gate.Kind, String> personal() {
        var conditions = new LinkedHashMap<Gate.Kind, String>();
        conditions.put(Gate.Kind.PERSON_WITHOUT_SET, "x.person_id is null");
        conditions.put(Gate.Kind.PERSON_IN_TWO_UNITS, "c.posts > 1 and c.mains <> 1");
        conditions.put(Gate.Kind.PERSON_ON_ANOTHER_ROSTER, "o.person_id is not null");
        conditions.put(Gate.Kind.PERSON_COUNTED_ELSEWHERE, "o.person_id is not null");
        conditions.put(Gate.Kind.PERSON_WITH_SECOND_POST, "c.posts > 1 and c.mains = 1");
        conditions.put(Gate.Kind.PERSON_WITHOUT_BIRTH_DATE, "p.birth_date is null");
        return conditions;
    }

    /**
     * People on another roster of the year stand in the way of a campaign of the whole organisation; a line's campaign goes on
     * without them, for they are counted there, and tells who they are.
     */
    private static String condition(Campaign campaign, Gate.Kind kind) {
        String condition = java.util.Objects.requireNonNull(PERSONAL.get(kind), "a kind about people");
        boolean line = campaign.lineId() != null;
        return switch (kind) {
            case PERSON_ON_ANOTHER_ROSTER -> line ? "false" : condition;
            case PERSON_COUNTED_ELSEWHERE -> line ? condition : "false";
            default -> line ? condition + " and o.person_id is null" : condition;
        };
    }

    static boolean personal(Gate.Kind kind) {
        return PERSONAL.containsKey(kind);
    }

    /**
     * Where to look.
     *
     * @param units those of the campaign
     * @param scope those of them that the viewer sees
     */
    record Ground(UUID tenantId, Campaign campaign, Collection<UUID> units, Collection<UUID> scope) {
        boolean whole() {
            return scope.size() == units.size();
        }
    }

    /** @param people how many there are; {@code cases}: how many of each kind, none where there are none */
    record Counts(long people, Map<Gate.Kind, Long> cases) {}

    Counts count(Ground ground, LocalDate day) {
        var sql = new StringBuilder(with(ground))
                .append("select count(*)")
                .append(ground.campaign().lineId() == null ? "" : " filter (where o.person_id is null)")
                .append(" as people");
        PERSONAL.keySet()
                .forEach(kind -> sql.append(", count(*) filter (where ")
                        .append(condition(ground.campaign(), kind))
                        .append(") as ")
                        .append(kind.name()));
        plan(ground);
        return bound(sql.append('\n').append(FACTS).toString(), ground, day)
                .query((row, n) -> {
                    var cases = new HashMap<Gate.Kind, Long>();
                    for (Gate.Kind kind : PERSONAL.keySet()) {
                        long count = row.getLong(kind.name());
                        if (count > 0) {
                            cases.put(kind, count);
                        }
                    }
                    return new Counts(row.getLong("people"), cases);
                })
                .single();
    }

    /** People of a kind in the order of Vietnamese names. */
    List<Gate.Case> cases(Ground ground, Gate.Kind kind, int offset, int limit, LocalDate day) {
        String condition = condition(ground.campaign(), kind);
        record Found(UUID id, String name, String other) {}
        plan(ground);
        List<Found> people = bound(
                        with(ground) + "select c.person_id, p.full_name, o.campaign_id\n" + FACTS + " where "
                                + condition + " order by p.sort_key, c.person_id limit :limit offset :offset",
                        ground,
                        day)
                .param("limit", limit)
                .param("offset", offset)
                .query((row, n) -> new Found(
                        row.getObject("person_id", UUID.class),
                        row.getString("full_name"),
                        String.valueOf(row.getString("campaign_id"))))
                .list();
        Map<UUID, List<Post>> posts =
                posts(ground, people.stream().map(Found::id).toList());
        Map<String, String> titles = place(kind) ? titles(ground.tenantId()) : Map.of();
        var scope = new HashSet<>(ground.scope());
        return people.stream()
                .map(person -> {
                    List<Post> held = posts.getOrDefault(person.id(), List.of());
                    Post shown = held.stream()
                            .filter(post -> scope.contains(post.unitId()))
                            .findFirst()
                            .orElseThrow(() -> new IllegalStateException("a person of a gate has a post in its units"));
                    String place = switch (kind) {
                        case PERSON_IN_TWO_UNITS, PERSON_WITH_SECOND_POST ->
                            String.join("; ", held.stream().map(Post::words).toList());
                        case PERSON_ON_ANOTHER_ROSTER, PERSON_COUNTED_ELSEWHERE ->
                            titles.getOrDefault(person.other(), "");
                        default -> shown.words();
                    };
                    return new Gate.Case(person.id(), person.name(), shown.unitId(), place);
                })
                .toList();
    }

    /** Whether the case is told with the other campaign's title. */
    private static boolean place(Gate.Kind kind) {
        return kind == Gate.Kind.PERSON_ON_ANOTHER_ROSTER || kind == Gate.Kind.PERSON_COUNTED_ELSEWHERE;
    }

    private record Post(UUID personId, UUID unitId, String words) {}

    /** The posts of a few people in the campaign's units, the main one first. Nothing is joined: see PeopleStore.membersOf. */
    private Map<UUID, List<Post>> posts(Ground ground, List<UUID> people) {
        record Row(UUID person, UUID unit, UUID position) {}
        List<Row> rows = jdbc.sql("""
                        select person_id, unit_id, position_id
                        from directory.assignment
                        where tenant_id = ? and valid_to is null and person_id = any (?)
                        order by main desc, id
                        """)
                .param(ground.tenantId())
                .param(people.toArray(UUID[]::new))
                .query((row, n) -> new Row(
                        row.getObject("person_id", UUID.class),
                        row.getObject("unit_id", UUID.class),
                        row.getObject("position_id", UUID.class)))
                .list();
        Map<UUID, String> units = names(
                "select unit_id, name from directory.unit_version where tenant_id = ? and unit_id = any (?) and valid_to is null",
                ground.tenantId(),
                rows.stream().map(Row::unit).distinct().toList());
        Map<UUID, String> positions = names(
                "select id, name from directory.position where tenant_id = ? and id = any (?)",
                ground.tenantId(),
                rows.stream().map(Row::position).distinct().toList());
        var posts = new HashMap<UUID, List<Post>>();
        Set<UUID> within = new HashSet<>(ground.units());
        for (Row row : rows) {
            if (within.contains(row.unit())) {
                posts.computeIfAbsent(row.person(), any -> new ArrayList<>())
                        .add(new Post(
                                row.person(),
                                row.unit(),
                                units.getOrDefault(row.unit(), "") + " (" + positions.getOrDefault(row.position(), "")
                                        + ")"));
            }
        }
        return posts;
    }

    private Map<UUID, String> names(String sql, UUID tenantId, List<UUID> ids) {
        Map<UUID, String> names = new HashMap<>();
        jdbc.sql(sql).param(tenantId).param(ids.toArray(UUID[]::new)).query(row -> {
            names.put(row.getObject(1, UUID.class), row.getString(2));
        });
        return names;
    }

    private Map<String, String> titles(UUID tenantId) {
        Map<String, String> titles = new HashMap<>();
        jdbc.sql("select id, title from campaigns.campaign where tenant_id = ? order by year desc limit 1000")
                .param(tenantId)
                .query(row -> {
                    titles.put(row.getString("id"), row.getString("title"));
                });
        return titles;
    }

    /** Those of the units that nobody is assigned to; of a line's campaign, nobody of the line. */
    List<UUID> unitsWithoutPeople(Ground ground, LocalDate day) {
        UUID line = ground.campaign().lineId();
        return jdbc.sql("""
                        select u.id
                        from unnest(cast(:scope as uuid[])) as u (id)
                        where not exists (
                            select from directory.assignment a
                            where a.tenant_id = :tenant and a.unit_id = u.id and a.valid_to is null %s
                            limit 1)
                        """.formatted(line == null ? "" : """
                            and exists (select from directory.line_member m
                                        where m.tenant_id = :tenant and m.line_id = :line and m.person_id = a.person_id
                                          and m.valid_from <= :day and (m.valid_to is null or m.valid_to > :day))
                        """))
                .param("scope", ground.scope().toArray(UUID[]::new))
                .param("tenant", ground.tenantId())
                .param("line", line)
                .param("day", Date.valueOf(day))
                .query((row, n) -> row.getObject(1, UUID.class))
                .list();
    }

    /** Those of the units for which somebody with an account has the duty in the campaign's line today. */
    Set<UUID> unitsOnDuty(Ground ground, Lines.Duty duty, List<UUID> units) {
        return new HashSet<>(jdbc.sql("""
                        select u.id
                        from unnest(cast(:units as uuid[])) as u (id)
                        cross join lateral (
                            select p.unit_id
                            from directory.unit_path x
                            join directory.line_place p
                                on p.tenant_id = :tenant and p.line_id = :line and p.unit_id = x.ancestor_id and p.valid_to is null
                            where x.tenant_id = :tenant and x.descendant_id = u.id and x.valid_to is null
                            order by x.depth
                            limit 1) s
                        where exists (
                            select from directory.line_duty d
                            join access.account a
                                on a.tenant_id = d.tenant_id and a.person_id = d.person_id and a.state = 'active'
                            where d.tenant_id = :tenant and d.line_id = :line and d.unit_id = s.unit_id and d.duty = :duty
                              and d.valid_to is null)
                        """)
                .param("units", units.toArray(UUID[]::new))
                .param("tenant", ground.tenantId())
                .param("line", ground.campaign().lineId())
                .param("duty", duty.code())
                .query((row, n) -> row.getObject(1, UUID.class))
                .list());
    }

    private void plan(Ground ground) {
        // A single unit may have thousands of people, too: only a part of a campaign is looked up person by person.
        if (ground.whole() || ground.scope().size() > MANY_UNITS) {
            Planner.wholeBody(jdbc);
        }
    }

    private static String with(Ground ground) {
        return (ground.whole() ? WHOLE : PART) + (ground.campaign().lineId() == null ? PEOPLE : PEOPLE_OF_LINE);
    }

    private JdbcClient.StatementSpec bound(String sql, Ground ground, LocalDate day) {
        return jdbc.sql(sql)
                .param("line", ground.campaign().lineId())
                .param("day", Date.valueOf(day))
                .param("tenant", ground.tenantId())
                .param("units", ground.units().toArray(UUID[]::new))
                .param("scope", ground.scope().toArray(UUID[]::new))
                .param("decision", ground.campaign().decisionId())
                .param("year", ground.campaign().year())
                .param("campaign", ground.campaign().id());
    }
}
