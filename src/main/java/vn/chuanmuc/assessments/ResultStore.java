package vn.chuanmuc.assessments;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Results.About;
import vn.chuanmuc.assessments.Results.Decided;
import vn.chuanmuc.assessments.Results.Deed;
import vn.chuanmuc.assessments.Results.Growth;
import vn.chuanmuc.assessments.Results.Hand;
import vn.chuanmuc.assessments.Results.Line;
import vn.chuanmuc.assessments.Results.Side;
import vn.chuanmuc.assessments.Results.StageLevels;
import vn.chuanmuc.assessments.Results.Telling;
import vn.chuanmuc.assessments.Results.Way;
import vn.chuanmuc.criteria.Audience;

/** What was decided, told, seen and written about growing. */
@Component
class ResultStore {
    private static final int MOST_VERSIONS = 100;
    private static final int MOST_LINES = 500;
    private static final int MOST_PEOPLE = 5_000;

    /** Whether a petition against the result of {@code assessments.form f} is pending. */
    static final String CONTESTED = """
            exists (select from assessments.petition_mark m
                    where m.tenant_id = f.tenant_id and m.period = f.period and m.form_id = f.id and m.kind = 'pending'
                      and not exists (select from assessments.petition_mark e
                                      where e.tenant_id = m.tenant_id and e.period = m.period and e.form_id = m.form_id
                                        and e.petition_id = m.petition_id and e.kind = 'closed'))
            """;

    private static final String ABOUT = """
            select %s, c.unit_id as cycle_unit, c.rule_version, f.set_id, s.audience, x.unit_id as decider_unit, x.state, x.tell_by,
                   x.standing, x.told,
            """.formatted(FormHead.COLUMNS) + CONTESTED + """
                   as contested
            from assessments.result x
            join assessments.form f on f.tenant_id = x.tenant_id and f.period = x.period and f.id = x.form_id
            join assessments.cycle c on c.tenant_id = f.tenant_id and c.id = f.cycle_id
            join criteria.criteria_set s on s.tenant_id = f.tenant_id and s.id = f.set_id
            where x.tenant_id = :tenant
            """;

    private static final RowMapper<About> OF = (row, n) -> new About(
            FormHead.of(row),
            row.getObject("cycle_unit", UUID.class),
            row.getObject("rule_version", UUID.class),
            row.getObject("set_id", UUID.class),
            Columns.of(Audience.class, row.getString("audience")),
            row.getObject("decider_unit", UUID.class),
            Columns.of(LevelDecisions.State.class, row.getString("state")),
            row.getObject("tell_by", LocalDate.class),
            Columns.whole(row, "standing"),
            Columns.whole(row, "told"),
            row.getBoolean("contested"));

    private final JdbcClient jdbc;
    private final RollupStore rollups;

    ResultStore(JdbcClient jdbc, RollupStore rollups) {
        this.jdbc = jdbc;
        this.rollups = rollups;
    }

    Optional<About> about(UUID tenantId, Period period, UUID formId) {
        return jdbc.sql(ABOUT + " and x.period = :period and x.form_id = :form")
                .param("tenant", tenantId)
                .param("period", period.code())
                .param("form", formId)
                .query(OF)
                .optional();
    }

    /** Approved and not told of, at one desk, by name; held until the transaction ends. */
    List<About> toTell(UUID tenantId, UUID cycleId, UUID unitId) {
        return jdbc.sql(ABOUT + """
                         and x.cycle_id = :cycle and x.unit_id = :unit and x.state = 'approved'
                        order by f.id
                        limit :most
                        for update of x
                        """)
                .param("tenant", tenantId)
                .param("cycle", cycleId)
                .param("unit", unitId)
                .param("most", MOST_PEOPLE)
                .query(OF)
                .list();
    }

    void lock(UUID tenantId, Period period, UUID formId) {
        jdbc.sql("select form_id from assessments.result where tenant_id = ? and period = ? and form_id = ? for update")
                .params(tenantId, period.code(), formId)
                .query((row, n) -> n)
                .list();
    }

    /** Every version, the newest first. */
    List<Decided> versions(UUID tenantId, About about) {
        return jdbc.sql("""
                        select d.version, d.grade, d.grade_name, d.suggested, d.reason, d.remark, d.origin, d.decided_at, d.hash, d.content,
                               b.display_name as decided_by, a.verdict, a.reason as said, p.display_name as approved_by, a.made_at
                        from assessments.decision d
                        join access.account b on b.tenant_id = d.tenant_id and b.id = d.decided_by
                        left join assessments.approval a on a.tenant_id = d.tenant_id and a.period = d.period
                            and a.form_id = d.form_id and a.version = d.version
                        left join access.account p on p.tenant_id = a.tenant_id and p.id = a.made_by
                        where d.tenant_id = ? and d.period = ? and d.form_id = ?
                        order by d.version desc
                        limit ?
                        """)
                .params(tenantId, about.period().code(), about.formId(), MOST_VERSIONS)
                .query((row, n) -> new Decided(
                        row.getInt("version"),
                        row.getString("grade"),
                        row.getString("grade_name"),
                        row.getString("suggested"),
                        row.getString("reason"),
                        row.getString("remark"),
                        row.getString("origin").equals("petition"),
                        row.getString("decided_by"),
                        row.getTimestamp("decided_at").toInstant(),
                        approved(row),
                        row.getString("said") == null ? "" : row.getString("said"),
                        row.getString("approved_by"),
                        moment(row, "made_at"),
                        row.getBytes("hash"),
                        row.getString("content")))
                .list();
    }

    private static @Nullable Boolean approved(ResultSet row) throws SQLException {
        String verdict = row.getString("verdict");
        return verdict == null ? null : Boolean.valueOf(verdict.equals("approved"));
    }

    private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    List<Telling> tellings(UUID tenantId, About about) {
        return jdbc.sql("""
                        select t.version, t.way, t.told_on, t.note, a.display_name
                        from assessments.telling t
                        join access.account a on a.tenant_id = t.tenant_id and a.id = t.told_by
                        where t.tenant_id = ? and t.period = ? and t.form_id = ?
                        order by t.told_at desc
                        limit ?
                        """)
                .params(tenantId, about.period().code(), about.formId(), MOST_VERSIONS)
                .query((row, n) -> new Telling(
                        row.getInt("version"),
                        Columns.of(Way.class, row.getString("way")),
                        row.getObject("told_on", LocalDate.class),
                        row.getString("note"),
                        row.getString("display_name")))
                .list();
    }

    Instant approvedAt(UUID tenantId, About about, int version) {
        return jdbc.sql("""
                        select made_at from assessments.approval
                        where tenant_id = ? and period = ? and form_id = ? and version = ? and verdict = 'approved'
                        """)
                .params(tenantId, about.period().code(), about.formId(), (short) version)
                .query((row, n) -> row.getTimestamp("made_at").toInstant())
                .single();
    }

    Optional<Instant> seenAt(UUID tenantId, About about, int version) {
        return jdbc.sql("""
                        select seen_at from assessments.sighting
                        where tenant_id = ? and period = ? and form_id = ? and version = ?
                        """)
                .params(tenantId, about.period().code(), about.formId(), (short) version)
                .query((row, n) -> row.getTimestamp("seen_at").toInstant())
                .optional();
    }

    /** The newest of each side. */
    List<Growth> growth(UUID tenantId, About about) {
        return jdbc.sql("""
                        select distinct on (side) side, version, notes, plan, written_at from assessments.growth
                        where tenant_id = ? and period = ? and form_id = ?
                        order by side, version desc
                        """)
                .params(tenantId, about.period().code(), about.formId())
                .query((row, n) -> new Growth(
                        Columns.of(Side.class, row.getString("side")),
                        row.getInt("version"),
                        row.getString("notes"),
                        row.getString("plan"),
                        row.getTimestamp("written_at").toInstant()))
                .list();
    }

    /** The newest of each side, by form. */
    Map<UUID, List<Growth>> growth(UUID tenantId, Collection<UUID> forms) {
        var byForm = new HashMap<UUID, List<Growth>>();
        jdbc.sql("""
                        select distinct on (g.form_id, g.side) g.form_id, g.side, g.version, g.notes, g.plan, g.written_at
                        from assessments.form f
                        join assessments.growth g on g.tenant_id = f.tenant_id and g.period = f.period and g.form_id = f.id
                        where f.tenant_id = ? and f.id = any (?)
                        order by g.form_id, g.side desc, g.version desc
                        """).param(tenantId).param(forms.toArray(UUID[]::new)).query(row -> {
            byForm.computeIfAbsent(row.getObject("form_id", UUID.class), any -> new ArrayList<>())
                    .add(new Growth(
                            Columns.of(Side.class, row.getString("side")),
                            row.getInt("version"),
                            row.getString("notes"),
                            row.getString("plan"),
                            row.getTimestamp("written_at").toInstant()));
        });
        return byForm;
    }

    /** The result somebody was told of a quarter; of several units the last. */
    Optional<UUID> toldIn(UUID tenantId, UUID personId, Period period) {
        return jdbc.sql("""
                        select f.id from assessments.form f
                        where f.tenant_id = :tenant and f.period = :period and f.state = 'told' and f.person_id = %s
                        order by f.day_to desc, f.id desc
                        limit 1
                        """.formatted(FormHead.RECORDS))
                .param("tenant", tenantId)
                .param("period", period.code())
                .param("person", personId)
                .query((row, n) -> row.getObject("id", UUID.class))
                .optional();
    }

    @Nullable
    String stageName(UUID tenantId, UUID cycleId, String stage) {
        return jdbc.sql("select name from assessments.cycle_stage where tenant_id = ? and cycle_id = ? and code = ?")
                .params(tenantId, cycleId, stage)
                .query((row, n) -> row.getString("name"))
                .optional()
                .orElse(null);
    }

    /** Whether the viewer's account acts in the head's place in the form. */
    boolean instead(Viewer viewer, About about) {
        return jdbc.sql("""
                        select exists (select from assessments.rating r
                                       where r.tenant_id = ? and r.period = ? and r.form_id = ? and r.account_id = ?
                                         and r.actor in ('head', 'superior'))
                        """)
                .params(viewer.tenantId(), about.period().code(), about.formId(), viewer.accountId())
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    private static final String LINES = """
            select %s, d.grade_name,
                   (select min(t.told_on) from assessments.telling t
                    where t.tenant_id = x.tenant_id and t.period = x.period and t.form_id = x.form_id and t.version = x.told) as told_on,
                   exists (select from assessments.sighting g
                           where g.tenant_id = x.tenant_id and g.period = x.period and g.form_id = x.form_id
                             and g.version = x.told) as seen,
            """.formatted(FormHead.COLUMNS) + CONTESTED + """
                   as contested
            from assessments.form f
            join assessments.result x on x.tenant_id = f.tenant_id and x.period = f.period and x.form_id = f.id and x.told is not null
            join assessments.decision d on d.tenant_id = x.tenant_id and d.period = x.period and d.form_id = x.form_id
                and d.version = x.told
            join assessments.cycle c on c.tenant_id = f.tenant_id and c.id = f.cycle_id
            where f.tenant_id = :tenant and f.state <> 'cancelled'
            """;

    private static final RowMapper<Line> LINE = (row, n) -> new Line(
            FormHead.of(row),
            row.getString("grade_name"),
            row.getObject("told_on", LocalDate.class),
            row.getBoolean("seen"),
            row.getBoolean("contested"));

    /** @param reads the units in which, and below which, forms may be read; null: all */
    List<Line> ofPerson(UUID tenantId, UUID personId, UUID @Nullable [] reads) {
        return jdbc.sql(LINES + " and f.person_id = " + FormHead.RECORDS + """

                          and (:all or f.unit_id in (select v.descendant_id from directory.unit_closure v
                                                     where v.tenant_id = :tenant and v.ancestor_id = any (:reads)))
                        order by f.period desc, f.segment desc
                        limit :most
                        """)
                .param("tenant", tenantId)
                .param("person", personId)
                .param("all", reads == null)
                .param("reads", reads == null ? new UUID[0] : reads)
                .param("most", MOST_LINES)
                .query(LINE)
                .list();
    }

    /** Where the person is or was assessed and somebody has been told their level, the newest first. */
    List<Results.Place> published(UUID tenantId, UUID personId) {
        return jdbc.sql("""
                        select distinct f.period, f.cycle_id, f.unit_id, f.unit_name
                        from assessments.form f
                        join assessments.cycle c on c.tenant_id = f.tenant_id and c.id = f.cycle_id and c.state in ('open', 'closed')
                        where f.tenant_id = :tenant and f.person_id = %s and f.state <> 'cancelled'
                          and exists (select from assessments.form o
                                      where o.tenant_id = :tenant and o.period = f.period and o.cycle_id = f.cycle_id
                                        and o.unit_id = f.unit_id and o.state = 'told')
                        order by f.period desc, f.unit_name, f.unit_id, f.cycle_id
                        limit :most
                        """.formatted(FormHead.RECORDS))
                .param("tenant", tenantId)
                .param("person", personId)
                .param("most", MOST_LINES)
                .query((row, n) -> new Results.Place(
                        Period.of(row.getInt("period")),
                        row.getObject("cycle_id", UUID.class),
                        row.getObject("unit_id", UUID.class),
                        row.getString("unit_name")))
                .list();
    }

    /** Whether the viewer is one of the unit's people in the cycle. */
    boolean belongs(Viewer viewer, Cycle cycle, UUID unitId) {
        return viewer.personId() != null
                && jdbc.sql("""
                                select exists (select from assessments.form
                                               where tenant_id = :tenant and period = :period and cycle_id = :cycle and unit_id = :unit
                                                 and state <> 'cancelled' and person_id = %s)
                                """.formatted(FormHead.RECORDS))
                        .param("tenant", viewer.tenantId())
                        .param("period", cycle.period().code())
                        .param("cycle", cycle.id())
                        .param("unit", unitId)
                        .param("person", viewer.personId())
                        .query((row, n) -> row.getBoolean(1))
                        .single();
    }

    Results.Published published(UUID tenantId, Cycle cycle, UUID unitId) {
        List<Line> lines = jdbc.sql(LINES + """
                          and f.period = :period and f.cycle_id = :cycle and f.unit_id = :unit
                        order by f.sort_key, f.id
                        limit :most
                        """)
                .param("tenant", tenantId)
                .param("period", cycle.period().code())
                .param("cycle", cycle.id())
                .param("unit", unitId)
                .param("most", MOST_PEOPLE)
                .query(LINE)
                .list();
        return jdbc.sql("""
                        select count(*) filter (where f.state not in ('not-assessed', 'cancelled')) as people,
                               coalesce(max(f.unit_name), '') as unit_name
                        from assessments.form f
                        where f.tenant_id = ? and f.period = ? and f.cycle_id = ? and f.unit_id = ?
                        """)
                .params(tenantId, cycle.period().code(), cycle.id(), unitId)
                .query((row, n) -> new Results.Published(
                        cycle.title(), cycle.period(), row.getString("unit_name"), row.getLong("people"), lines))
                .single();
    }

    /** @return whether the person was not told of this version in this way before */
    boolean tell(Viewer viewer, About about, int version, Way way, LocalDate on, String note, Instant at) {
        int rows = jdbc.sql("""
                        insert into assessments.telling (tenant_id, period, form_id, version, way, told_on, note, told_by, told_at)
                        select x.tenant_id, x.period, x.form_id, x.standing, :way, :on, :note, :by, :at
                        from assessments.result x
                        where x.tenant_id = :tenant and x.period = :period and x.form_id = :form and x.standing = :version
                          and x.state in ('approved', 'told')
                        on conflict (tenant_id, period, form_id, version, way) do nothing
                        """)
                .param("way", way.code())
                .param("on", on)
                .param("note", note)
                .param("by", viewer.accountId())
                .param("at", Timestamp.from(at))
                .param("tenant", viewer.tenantId())
                .param("period", about.period().code())
                .param("form", about.formId())
                .param("version", (short) version)
                .update();
        if (rows == 1) {
            jdbc.sql("""
                            update assessments.result set state = 'told', told = standing
                            where tenant_id = ? and period = ? and form_id = ? and state = 'approved'
                            """)
                    .params(viewer.tenantId(), about.period().code(), about.formId())
                    .update();
            jdbc.sql("""
                            update assessments.form set state = 'told', version = version + 1
                            where tenant_id = ? and period = ? and id = ? and state = 'approved'
                            """)
                    .params(viewer.tenantId(), about.period().code(), about.formId())
                    .update();
            rollups.queueForm(viewer.tenantId(), about.period().code(), about.formId());
        }
        return rows == 1;
    }

    boolean saw(Viewer viewer, About about, int version, Instant at) {
        return jdbc.sql("""
                        insert into assessments.sighting (tenant_id, period, form_id, version, account_id, seen_at)
                        values (?, ?, ?, ?, ?, ?)
                        on conflict (tenant_id, period, form_id, version) do nothing
                        """)
                        .params(
                                viewer.tenantId(),
                                about.period().code(),
                                about.formId(),
                                (short) version,
                                viewer.accountId(),
                                Timestamp.from(at))
                        .update()
                == 1;
    }

    boolean write(Viewer viewer, About about, Side side, int version, String notes, String plan, Instant at) {
        return jdbc.sql("""
                        insert into assessments.growth (tenant_id, period, form_id, side, version, notes, plan, written_by, written_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (tenant_id, period, form_id, side, version) do nothing
                        """)
                        .params(
                                viewer.tenantId(),
                                about.period().code(),
                                about.formId(),
                                side.code(),
                                (short) version,
                                notes,
                                plan,
                                viewer.accountId(),
                                Timestamp.from(at))
                        .update()
                == 1;
    }

    /** @return whether it was not so marked before; a petition that was not pending is not closed */
    boolean mark(Viewer viewer, About about, UUID petitionId, String kind, Instant at) {
        return jdbc.sql("""
                        insert into assessments.petition_mark (tenant_id, period, form_id, petition_id, kind, marked_by, marked_at)
                        select :tenant, :period, :form, :petition, :kind, :by, :at
                        where :kind = 'pending'
                           or exists (select from assessments.petition_mark m
                                      where m.tenant_id = :tenant and m.period = :period and m.form_id = :form
                                        and m.petition_id = :petition and m.kind = 'pending')
                        on conflict (tenant_id, period, form_id, petition_id, kind) do nothing
                        """)
                        .param("tenant", viewer.tenantId())
                        .param("period", about.period().code())
                        .param("form", about.formId())
                        .param("petition", petitionId)
                        .param("kind", kind)
                        .param("by", viewer.accountId())
                        .param("at", Timestamp.from(at))
                        .update()
                == 1;
    }

    /** Whoever rated for others, decided or approved this version or one before it. */
    List<Hand> hands(UUID tenantId, About about, int version) {
        return jdbc.sql("""
                        select h.account_id, coalesce(h.person_id, a.person_id) as person_id, a.display_name, h.deed
                        from (
                            select decided_by as account_id, decider_person as person_id, 'decided' as deed from assessments.decision
                            where tenant_id = :tenant and period = :period and form_id = :form and version <= :version
                            union
                            select made_by, maker_person, 'approved' from assessments.approval
                            where tenant_id = :tenant and period = :period and form_id = :form and version <= :version
                            union
                            select i.account_id, null, 'rated' from assessments.handing i
                            join assessments.rating r on r.tenant_id = i.tenant_id and r.period = i.period and r.form_id = i.form_id
                                and r.stage = i.stage
                            where i.tenant_id = :tenant and i.period = :period and i.form_id = :form and r.actor <> 'self') h
                        join access.account a on a.tenant_id = :tenant and a.id = h.account_id
                        order by h.deed, a.display_name
                        """)
                .param("tenant", tenantId)
                .param("period", about.period().code())
                .param("form", about.formId())
                .param("version", (short) version)
                .query((row, n) -> new Hand(
                        row.getObject("account_id", UUID.class),
                        row.getObject("person_id", UUID.class),
                        row.getString("display_name"),
                        Columns.of(Deed.class, row.getString("deed"))))
                .list();
    }

    /** What the person sees of the stages, once they were told. */
    List<StageLevels> levels(UUID tenantId, Period period, UUID formId) {
        return jdbc.sql("""
                        select c.name, s.levels
                        from assessments.form f
                        cross join lateral assessments.seen(f.tenant_id, f.period, f.id, f.person_id, null, '{}', false) s
                        join assessments.cycle_stage c on c.tenant_id = f.tenant_id and c.cycle_id = f.cycle_id and c.code = s.stage
                        where f.tenant_id = ? and f.period = ? and f.id = ? and f.state = 'told' and s.visible
                          and s.state = 'handed-in' and s.levels is not null
                        order by s.ord, s.stage
                        """)
                .params(tenantId, period.code(), formId)
                .query((row, n) -> new StageLevels(row.getString("name"), Columns.levels(row.getArray("levels"))))
                .list();
    }

    /** Whether the newest version came of the petition. */
    boolean comesOf(UUID tenantId, About about, UUID petitionId) {
        return jdbc.sql("""
                        select exists (
                            select from assessments.result x
                            join assessments.decision d on d.tenant_id = x.tenant_id and d.period = x.period and d.form_id = x.form_id
                                and d.version = x.version
                            where x.tenant_id = ? and x.period = ? and x.form_id = ? and d.petition_id = ?)
                        """)
                .params(tenantId, about.period().code(), about.formId(), petitionId)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    Results.Waiting waiting(Viewer viewer, List<Line> unseen) {
        return jdbc.sql("""
                        select count(*) as untold, min(x.tell_by) as tell_by,
                               (array_agg(x.cycle_id order by x.tell_by, x.cycle_id, x.unit_id))[1] as cycle_id,
                               (array_agg(x.unit_id order by x.tell_by, x.cycle_id, x.unit_id))[1] as unit_id
                        from assessments.result x
                        where x.tenant_id = ? and x.unit_id = any (?) and x.state = 'approved'
                        """)
                .param(viewer.tenantId())
                .param(viewer.unitsWith(Permission.RATE_AS_HEAD))
                .query((row, n) -> new Results.Waiting(
                        unseen,
                        row.getLong("untold"),
                        row.getObject("tell_by", LocalDate.class),
                        row.getObject("cycle_id", UUID.class),
                        row.getObject("unit_id", UUID.class)))
                .single();
    }
}
