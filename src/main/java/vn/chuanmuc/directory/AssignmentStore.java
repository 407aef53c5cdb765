package vn.chuanmuc.directory;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.directory.AssignmentRules.Line;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.NotFound;

/** All assignments of one person at once: locked, read, and written back as a whole with the head-counts. */
@Component
class AssignmentStore {
    private static final int MOST = 1_000;

    private final JdbcClient jdbc;
    private final Headcounts headcounts;

    AssignmentStore(JdbcClient jdbc, Headcounts headcounts) {
        this.jdbc = jdbc;
        this.headcounts = headcounts;
    }

    /**
     * Waits until nobody else changes the person, and keeps it so until the end of the transaction. False when there is no such
     * record, or it was given up for another.
     */
    boolean lock(UUID tenantId, UUID personId) {
        return jdbc.sql("select merged_into is null from directory.person where tenant_id = ? and id = ? for update")
                .params(tenantId, personId)
                .query((row, n) -> row.getBoolean(1))
                .optional()
                .orElse(false);
    }

    /** The same for somebody whoever asks looks after; anybody else is not found. */
    void lockManaged(Scope scope, UUID personId) {
        if (!lock(scope.tenantId(), personId) || !managed(scope, personId)) {
            throw new NotFound("person");
        }
    }

    /** Whether somebody is looked after by whoever asks: works in the scope, or works nowhere any more and was there. */
    boolean managed(Scope scope, UUID personId) {
        return jdbc.sql("""
                        select coalesce(bool_or(covered and open), false)
                               or (coalesce(bool_or(covered), false) and not bool_or(open))
                        from (select a.valid_to is null as open,
                                     exists (select from directory.unit_closure c
                                             where c.tenant_id = a.tenant_id and c.descendant_id = a.unit_id
                                               and c.ancestor_id = any (?) and (not c.custody or a.valid_to is not null)) as covered
                              from directory.assignment a where a.tenant_id = ? and a.person_id = ?) as held
                        """)
                .param(scope.tops())
                .param(scope.tenantId())
                .param(personId)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    /** Whether a unit that exists now belongs to what whoever asks may change. */
    boolean covers(Scope scope, UUID unitId) {
        return jdbc.sql("""
                        select exists (select from directory.unit_closure
                                       where tenant_id = ? and descendant_id = ? and ancestor_id = any (?) and not custody)
                        """)
                .params(scope.tenantId(), unitId, scope.tops())
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    private static final String LINES = """
            select id, version, unit_id, position_id, bloc_id, kind, main, mode, share, rank_order, note, valid_from, valid_to
            from directory.assignment
            where tenant_id = ? and person_id = ?
            order by valid_from, id
            limit ?
            """;

    /** All lines of the person there ever were, locked: an import that ends one of them waits. */
    List<Line> lines(UUID tenantId, UUID personId) {
        return lines(LINES + "for update", tenantId, personId);
    }

    /** The same for looking only. */
    List<Line> read(UUID tenantId, UUID personId) {
        return lines(LINES, tenantId, personId);
    }

    private List<Line> lines(String sql, UUID tenantId, UUID personId) {
        return jdbc.sql(sql)
                .params(tenantId, personId, MOST)
                .query((row, n) -> new Line(
                        row.getObject("id", UUID.class),
                        row.getInt("version"),
                        row.getObject("unit_id", UUID.class),
                        row.getObject("position_id", UUID.class),
                        row.getObject("bloc_id", UUID.class),
                        row.getString("kind"),
                        row.getBoolean("main"),
                        AssignmentMode.of(row.getString("mode")).orElseThrow(),
                        row.getInt("share"),
                        row.getInt("rank_order"),
                        row.getString("note"),
                        row.getObject("valid_from", LocalDate.class),
                        row.getObject("valid_to", LocalDate.class)))
                .list();
    }

    /** Makes the stored lines of the person be {@code after}. */
    void write(UUID tenantId, UUID personId, List<Line> before, List<Line> after) {
        write(tenantId, personId, before, after, false);
    }

    /** The same with lines that were somebody else's: what is left of them is then the person's. */
    void take(UUID tenantId, UUID personId, List<Line> before, List<Line> after) {
        write(tenantId, personId, before, after, true);
    }

    private void write(UUID tenantId, UUID personId, List<Line> before, List<Line> after, boolean takenOver) {
        Map<UUID, Line> was = new HashMap<>();
        before.forEach(line -> was.put(line.id(), line));
        Map<UUID, Line> is = new HashMap<>();
        after.forEach(line -> Check.that(is.put(line.id(), line) == null, "a line stands once"));
        List<Line> gone =
                before.stream().filter(line -> !is.containsKey(line.id())).toList();
        List<Line> changed = new ArrayList<>(after.stream()
                .filter(line -> {
                    Line old = was.get(line.id());
                    return old != null && (takenOver || !AssignmentRules.same(line, old));
                })
                .toList());
        List<Line> added =
                after.stream().filter(line -> !was.containsKey(line.id())).toList();
        headcounts.without(
                tenantId,
                Stream.concat(gone.stream(), changed.stream()).map(Line::id).toList());
        gone.forEach(line -> hold(jdbc.sql("delete from directory.assignment where tenant_id = ? and id = ?")
                .params(tenantId, line.id())
                .update()));
        // what ends makes room for what begins in the same unit
        changed.sort(java.util.Comparator.comparing(Line::open));
        changed.forEach(line -> update(tenantId, personId, line));
        added.forEach(line -> insert(tenantId, personId, line));
        headcounts.with(
                tenantId,
                Stream.concat(changed.stream(), added.stream()).map(Line::id).toList());
    }

    private static void hold(int rows) {
        Check.that(rows == 1, "a locked assignment is one row");
    }

    private void update(UUID tenantId, UUID personId, Line line) {
        hold(jdbc.sql("""
                        update directory.assignment
                        set person_id = ?, position_id = ?, bloc_id = ?, kind = ?, main = ?, mode = ?, share = ?,
                            rank_order = ?, note = ?, valid_from = ?, valid_to = ?, version = version + 1,
                            sort_key = (select p.sort_key from directory.person p where p.tenant_id = ? and p.id = ?)
                        where tenant_id = ? and id = ? and unit_id = ?
                        """)
                .param(personId)
                .param(line.positionId())
                .param(line.blocId())
                .param(line.kind())
                .param(line.main())
                .param(line.mode().code())
                .param(line.share())
                .param(line.rank())
                .param(line.note())
                .param(Date.valueOf(line.from()))
                .param(line.to() == null ? null : Date.valueOf(line.to()))
                .param(tenantId)
                .param(personId)
                .param(tenantId)
                .param(line.id())
                .param(line.unitId())
                .update());
    }

    private void insert(UUID tenantId, UUID personId, Line line) {
        hold(jdbc.sql("""
                        insert into directory.assignment (tenant_id, id, person_id, unit_id, position_id, bloc_id, kind, main,
                                                          mode, share, rank_order, note, valid_from, valid_to, sort_key)
                        select p.tenant_id, ?, p.id, ?, ?, ?, ?, ?, ?, ?, ?, ?, cast(? as date), cast(? as date), p.sort_key
                        from directory.person p where p.tenant_id = ? and p.id = ?
                        """)
                .param(line.id())
                .param(line.unitId())
                .param(line.positionId())
                .param(line.blocId())
                .param(line.kind())
                .param(line.main())
                .param(line.mode().code())
                .param(line.share())
                .param(line.rank())
                .param(line.note())
                .param(Date.valueOf(line.from()))
                .param(line.to() == null ? null : Date.valueOf(line.to()))
                .param(tenantId)
                .param(personId)
                .update());
    }
}
