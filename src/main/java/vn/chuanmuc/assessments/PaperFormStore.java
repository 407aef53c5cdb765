package vn.chuanmuc.assessments;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Forms.Form;
import vn.chuanmuc.assessments.PaperForms.Place;
import vn.chuanmuc.assessments.PaperForms.Side;
import vn.chuanmuc.kernel.Check;

/** Which forms can be filled in on paper now, and writing what was read from one. */
@Component
class PaperFormStore {
    private static final int MOST_CYCLES = 50;

    /** Those of the units whose papers the viewer enters, and those in which they act for others. */
    private static final String REACH = """
            (f.unit_id in (select d.descendant_id from directory.unit_closure d
                           where d.tenant_id = :tenant and d.ancestor_id = any (:units))
             or r.actor in ('head', 'superior')
                and coalesce(assessments.acts(f.person_id, r.actor, r.unit_id, r.account_id, :person, :account, :held), false))
            """;

    private final JdbcClient jdbc;

    PaperFormStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private JdbcClient.StatementSpec reaching(String sql, Viewer viewer, UUID[] units, LocalDate today) {
        return jdbc.sql(sql)
                .param("tenant", viewer.tenantId())
                .param("units", units)
                .param("person", viewer.personId())
                .param("account", viewer.accountId())
                .param("held", viewer.unitsWith(Permission.RATE_AS_HEAD))
                .param("today", today);
    }

    List<UUID> cycles(Viewer viewer, UUID[] units, LocalDate today) {
        return reaching("""
                        select c.id from assessments.cycle c
                        where c.tenant_id = :tenant and c.state = 'open' and c.opens_on <= :today and exists (
                            select from assessments.rating r
                            join assessments.form f on f.tenant_id = r.tenant_id and f.period = r.period and f.id = r.form_id
                            where r.tenant_id = c.tenant_id and r.period = c.period and r.cycle_id = c.id and f.state = 'open' and
                        """ + REACH + """
                            )
                        order by c.period desc, c.id
                        limit :most
                        """, viewer, units, today)
                .param("most", MOST_CYCLES)
                .query((row, n) -> row.getObject("id", UUID.class))
                .list();
    }

    List<Place> open(
            Viewer viewer, UUID[] units, Cycle cycle, @Nullable UUID unit, Side side, LocalDate today, int most) {
        return reaching("""
                        select f.id, r.stage
                        from assessments.rating r
                        join assessments.form f on f.tenant_id = r.tenant_id and f.period = r.period and f.id = r.form_id
                        join assessments.cycle c on c.tenant_id = r.tenant_id and c.id = r.cycle_id
                        where r.tenant_id = :tenant and r.period = :period and r.cycle_id = :cycle
                          and r.state = 'open' and f.state = 'open' and c.state = 'open' and c.opens_on <= :today
                          and (r.actor = 'self') = :self and r.actor in ('self', 'head', 'superior')
                          and (cast(:unit as uuid) is null or f.unit_id in (
                              select d.descendant_id from directory.unit_closure d
                              where d.tenant_id = :tenant and d.ancestor_id = cast(:unit as uuid)))
                          and
                        """ + REACH + """
                        order by f.unit_name, f.sort_key, f.id, r.ord, r.stage
                        limit :most
                        """, viewer, units, today)
                .param("period", cycle.period().code())
                .param("cycle", cycle.id())
                .param("self", side == Side.SELF)
                .param("unit", unit)
                .param("most", most)
                .query((row, n) -> new Place(cycle.period(), row.getObject("id", UUID.class), row.getString("stage")))
                .list();
    }

    /** Writes what was read as the next version of a stage that is held and open; what was drafted there is gone. */
    int write(
            UUID tenantId,
            Form form,
            String stage,
            List<@Nullable Integer> levels,
            Map<Integer, String> remarks,
            UUID accountId,
            Instant now) {
        Short[] positions = remarks.keySet().stream().map(Integer::shortValue).toArray(Short[]::new);
        int version = jdbc.sql("""
                        update assessments.rating
                        set levels = :levels, version = version + 1, saved_at = :now, saved_by = :account,
                            begun_at = coalesce(begun_at, :now)
                        where tenant_id = :tenant and period = :period and form_id = :form and stage = :stage and state = 'open'
                        returning version
                        """)
                .param("levels", Columns.shorts(levels))
                .param("now", Timestamp.from(now))
                .param("account", accountId)
                .param("tenant", tenantId)
                .param("period", form.period().code())
                .param("form", form.id())
                .param("stage", stage)
                .query((row, n) -> row.getInt("version"))
                .single();
        jdbc.sql("""
                        delete from assessments.remark
                        where tenant_id = ? and period = ? and form_id = ? and stage = ? and position <> all (?)
                        """)
                .param(tenantId)
                .param(form.period().code())
                .param(form.id())
                .param(stage)
                .param(positions)
                .update();
        int written = jdbc.sql("""
                        insert into assessments.remark (tenant_id, period, form_id, stage, position, words)
                        select :tenant, :period, :form, :stage, g.position, g.words
                        from unnest(cast(:positions as smallint[]), cast(:words as text[])) as g (position, words)
                        on conflict (tenant_id, period, form_id, stage, position) do update set words = excluded.words
                        """)
                .param("tenant", tenantId)
                .param("period", form.period().code())
                .param("form", form.id())
                .param("stage", stage)
                .param("positions", positions)
                .param("words", remarks.values().toArray(String[]::new))
                .update();
        Check.that(written == remarks.size(), "each remark is one row");
        return version;
    }
}
