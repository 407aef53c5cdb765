package vn.chuanmuc.directory;

import java.sql.Date;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.directory.LineMembers.Member;
import vn.chuanmuc.directory.LineMembers.Move;
import vn.chuanmuc.directory.LineMembers.Page;
import vn.chuanmuc.directory.LineMembers.Preview;
import vn.chuanmuc.directory.LineMembers.Selection;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.DateRange;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.platform.Planner;

@Component
class LineMemberStore {
    /** With more people a pass through the whole body is cheaper than looking them up one by one. */
    private static final int MANY_PEOPLE = 2_000;

    /**
     * People through a unit on a day. First the memberships, then the people they name: of tables that were filled a moment ago the
     * planner would start from everybody with such a name.
     */
    private static final String THROUGH_UNIT = """
            with member as materialized (
                select m.person_id, m.valid_from, m.valid_to, m.version
                from directory.line_member m
                where m.tenant_id = :tenant and m.line_id = :line and m.unit_id = :unit
                  and m.valid_from <= :day and (m.valid_to is null or m.valid_to > :day)),
            named as materialized (
                select m.person_id, m.valid_from, m.valid_to, m.version, p.full_name, p.birth_date, p.sort_key, p.sample, p.words
                from member m
                left join directory.person p on p.tenant_id = :tenant and p.id = m.person_id)
            """;

    /**
     * People by their main post on the day in the unit or below, each with the nearest unit above it that has a place in the line
     * and belongs to the scope.
     */
    private static final String COMING = """
            with held as materialized (
                select distinct c.descendant_id as unit_id
                from directory.unit_closure c
                where c.tenant_id = :tenant and c.ancestor_id = any (:tops) and not c.custody),
            ground as materialized (
                select p.descendant_id as unit_id
                from directory.unit_path p
                join held h on h.unit_id = p.descendant_id
                where p.tenant_id = :tenant and p.ancestor_id = :unit
                  and p.valid_from <= :day and (p.valid_to is null or p.valid_to > :day)),
            place as materialized (
                select l.unit_id
                from directory.line_place l
                join held h on h.unit_id = l.unit_id
                where l.tenant_id = :tenant and l.line_id = :line and l.valid_from <= :day and l.valid_to is null),
            nearest as materialized (
                select distinct on (p.descendant_id) p.descendant_id as unit_id, p.ancestor_id as through
                from ground g
                join directory.unit_path p on p.tenant_id = :tenant and p.descendant_id = g.unit_id
                    and p.valid_from <= :day and (p.valid_to is null or p.valid_to > :day)
                join place l on l.unit_id = p.ancestor_id
                order by p.descendant_id, p.depth),
            standing as materialized (
                select m.person_id
                from directory.line_member m
                where m.tenant_id = :tenant and m.line_id = :line and (m.valid_to is null or m.valid_to > :day)),
            post as materialized (
                select a.person_id, a.unit_id
                from ground g
                join directory.assignment a on a.tenant_id = :tenant and a.unit_id = g.unit_id
                where a.main and a.valid_from <= :day and (a.valid_to is null or a.valid_to > :day)
                  and (cast(:bloc as uuid) is null or a.bloc_id = :bloc)
                  and (cast(:position as uuid) is null or a.position_id = :position)),
            chosen as materialized (
                select a.person_id, n.through, exists (select from standing s where s.person_id = a.person_id) as already
                from post a
                left join nearest n on n.unit_id = a.unit_id)
            """;

    /** Open memberships through the unit or below it. */
    private static final String GOING = """
             directory.line_member m
            where m.tenant_id = :tenant and m.line_id = :line and m.valid_to is null
              and m.unit_id = any (array(
                  select c.descendant_id from directory.unit_closure c
                  where c.tenant_id = :tenant and c.ancestor_id = :unit))
            """;

    private static final String OF_THE_POST = """
                  and m.person_id in (
                      select a.person_id from directory.assignment a
                      where a.tenant_id = :tenant and a.main and a.valid_from <= :day
                        and (a.valid_to is null or a.valid_to > :day)
                        and (cast(:bloc as uuid) is null or a.bloc_id = :bloc)
                        and (cast(:position as uuid) is null or a.position_id = :position))
            """;
    private static final String WITHOUT_POST = """
                  and not exists (
                      select from directory.assignment a
                      where a.tenant_id = :tenant and a.person_id = m.person_id and a.valid_from <= :day
                        and (a.valid_to is null or a.valid_to > :day))
            """;

    private final JdbcClient jdbc;
    private final Headcounts headcounts;
    private final LineCounts counts;

    LineMemberStore(JdbcClient jdbc, Headcounts headcounts, LineCounts counts) {
        this.jdbc = jdbc;
        this.headcounts = headcounts;
        this.counts = counts;
    }

    Page list(UUID tenantId, UUID lineId, UUID unitId, LocalDate day, String words, int offset, int limit) {
        String loose = BeginningsOfWords.query(Texts.searchKey(words), "");
        if (loose.isEmpty() && !words.isBlank()) {
            return new Page(List.of(), 0); // signs only: no name has them
        }
        String found = "from named n" + (loose.isEmpty() ? "" : " where n.words @@ cast(:words as tsquery)");
        var parameters = new HashMap<String, Object>(
                Map.of("tenant", tenantId, "line", lineId, "unit", unitId, "day", Date.valueOf(day), "words", loose));
        long total = jdbc.sql(THROUGH_UNIT + "select count(*) " + found)
                .params(parameters)
                .query((row, n) -> row.getLong(1))
                .single();
        List<Member> members = jdbc.sql(THROUGH_UNIT + """
                        , page as materialized (
                            select n.person_id, n.valid_from, n.valid_to, n.version, n.full_name, n.birth_date, n.sort_key, n.sample
                            %s
                            order by n.sort_key, n.person_id
                            limit :limit offset :offset)
                        select p.person_id, p.valid_from, p.valid_to, p.version, p.full_name, p.birth_date, p.sample,
                               not exists (select from directory.assignment a
                                           where a.tenant_id = :tenant and a.person_id = p.person_id and a.valid_to is null
                                           limit 1) as gone
                        from page p
                        order by p.sort_key, p.person_id
                        """.formatted(found))
                .params(parameters)
                .param("limit", limit)
                .param("offset", offset)
                .query((row, n) -> new Member(
                        row.getObject("person_id", UUID.class),
                        row.getString("full_name"),
                        row.getObject("birth_date", LocalDate.class),
                        row.getObject("valid_from", LocalDate.class),
                        row.getObject("valid_to", LocalDate.class),
                        row.getInt("version"),
                        row.getBoolean("gone"),
                        row.getBoolean("sample")))
                .list();
        return new Page(members, total);
    }

    /** A membership of one person in one line. */
    record Row(UUID unitId, DateRange period, int version) {}

    List<Row> rows(UUID tenantId, UUID lineId, UUID personId) {
        return jdbc.sql("""
                        select unit_id, valid_from, valid_to, version from directory.line_member
                        where tenant_id = ? and line_id = ? and person_id = ?
                        order by valid_from
                        limit 1000
                        """)
                .params(tenantId, lineId, personId)
                .query((row, n) -> new Row(
                        row.getObject("unit_id", UUID.class),
                        new DateRange(
                                row.getObject("valid_from", LocalDate.class),
                                row.getObject("valid_to", LocalDate.class)),
                        row.getInt("version")))
                .list();
    }

    void insert(UUID tenantId, UUID lineId, UUID personId, UUID unitId, LocalDate from) {
        one(tenantId, personId, """
                        insert into directory.line_member (tenant_id, line_id, person_id, valid_from, unit_id)
                        values (?, ?, ?, ?, ?)
                        """, tenantId, lineId, personId, from, unitId);
    }

    void end(UUID tenantId, UUID lineId, UUID personId, LocalDate from, int version, LocalDate day) {
        one(tenantId, personId, """
                        update directory.line_member set valid_to = ?, version = version + 1
                        where tenant_id = ? and line_id = ? and person_id = ? and valid_from = ? and version = ?
                          and valid_to is null
                        """, day, tenantId, lineId, personId, from, version);
    }

    void correct(UUID tenantId, UUID lineId, UUID personId, LocalDate from, int version, LocalDate day) {
        one(tenantId, personId, """
                        update directory.line_member set valid_from = ?, version = version + 1
                        where tenant_id = ? and line_id = ? and person_id = ? and valid_from = ? and version = ?
                        """, day, tenantId, lineId, personId, from, version);
    }

    void delete(UUID tenantId, UUID lineId, UUID personId, LocalDate from, int version) {
        one(tenantId, personId, """
                        delete from directory.line_member
                        where tenant_id = ? and line_id = ? and person_id = ? and valid_from = ? and version = ?
                        """, tenantId, lineId, personId, from, version);
    }

    private void one(UUID tenantId, UUID personId, String sql, Object... params) {
        int rows = counts.changing(
                tenantId, List.of(personId), () -> jdbc.sql(sql).params(params).update());
        Check.that(rows == 1, "the memberships of a line that is locked stand as they were read");
    }

    Preview preview(Scope scope, UUID lineId, Selection selection) {
        plan(scope, selection);
        String concerned = concerned(selection);
        String counts =
                selection.move() == Move.JOIN ? COMING + """
                        select count(*) as chosen, count(*) filter (where not already and through is not null) as concerned,
                               count(*) filter (where already) as already,
                               count(*) filter (where not already and through is null) as placeless
                        from chosen
                        """ : """
                        select count(*) as chosen, count(*) filter (where %s) as concerned,
                               count(*) filter (where not (%s)) as already, 0 as placeless
                        from
                        """.formatted(concerned, concerned) + going(selection);
        return bound(counts, scope, lineId, selection)
                .query((row, n) -> new Preview(
                        row.getLong("chosen"),
                        row.getLong("concerned"),
                        row.getLong("already"),
                        row.getLong("placeless")))
                .single();
    }

    /** @param through for whoever comes in: the unit through which; null otherwise */
    private record Concerned(UUID personId, @Nullable UUID through) {}

    /** In the transaction that holds the line, for as many at once; returns how many people. */
    int carryOut(Scope scope, UUID lineId, Selection selection, int most) {
        counts.lock(scope.tenantId());
        plan(scope, selection);
        String find = selection.move() == Move.JOIN
                ? COMING + "select person_id, through from chosen where not already and through is not null"
                : "select m.person_id, cast(null as uuid) as through from " + going(selection) + " and "
                        + concerned(selection);
        List<Concerned> people = bound(find + " order by person_id limit :most", scope, lineId, selection)
                .param("most", most)
                .query((row, n) ->
                        new Concerned(row.getObject("person_id", UUID.class), row.getObject("through", UUID.class)))
                .list();
        if (people.isEmpty()) {
            return 0;
        }
        List<UUID> ids = people.stream().map(Concerned::personId).toList();
        String write = switch (selection.move()) {
            case JOIN -> """
                        insert into directory.line_member (tenant_id, line_id, person_id, valid_from, unit_id)
                        select :tenant, :line, n.person_id, :day, n.through
                        from unnest(cast(:people as uuid[]), cast(:through as uuid[])) as n (person_id, through)
                        """;
            case LEAVE -> """
                        update directory.line_member set valid_to = :day, version = version + 1
                        where tenant_id = :tenant and line_id = :line and valid_to is null and valid_from < :day
                          and person_id = any (:people)
                        """;
            case WITHDRAW -> """
                        delete from directory.line_member
                        where tenant_id = :tenant and line_id = :line and valid_to is null and valid_from = :day
                          and person_id = any (:people)
                        """;
        };
        int rows = counts.changing(
                scope.tenantId(),
                ids,
                () -> jdbc.sql(write)
                        .param("tenant", scope.tenantId())
                        .param("line", lineId)
                        .param("day", Date.valueOf(selection.day()))
                        .param("people", ids.toArray(UUID[]::new))
                        .param(
                                "through",
                                people.stream().map(Concerned::through).toArray(UUID[]::new))
                        .update());
        Check.that(rows == people.size(), "nobody else writes in a line that is locked");
        return rows;
    }

    private static String concerned(Selection selection) {
        return selection.move() == Move.LEAVE ? "m.valid_from < :day" : "m.valid_from = :day";
    }

    private static String going(Selection selection) {
        boolean post = selection.blocId() != null || selection.positionId() != null;
        return GOING + (post ? OF_THE_POST : "") + (selection.withoutPost() ? WITHOUT_POST : "");
    }

    private void plan(Scope scope, Selection selection) {
        int people = headcounts
                .on(scope.tenantId(), List.of(selection.unitId()), selection.day())
                .getOrDefault(selection.unitId(), 0);
        if (people > MANY_PEOPLE) {
            Planner.wholeBody(jdbc);
        }
    }

    private JdbcClient.StatementSpec bound(String sql, Scope scope, UUID lineId, Selection selection) {
        return jdbc.sql(sql)
                .param("tenant", scope.tenantId())
                .param("tops", scope.tops())
                .param("line", lineId)
                .param("unit", selection.unitId())
                .param("bloc", selection.blocId())
                .param("position", selection.positionId())
                .param("day", Date.valueOf(selection.day()));
    }
}
