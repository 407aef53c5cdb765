package vn.chuanmuc.assessments;

import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Forms.Form;
import vn.chuanmuc.kernel.Check;

/** Which way the approval of a form goes: whose it is, by when, and where that was changed. */
@Component
class ApprovalWays {
    private final JdbcClient jdbc;

    ApprovalWays(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param stage its code in the rule book
     * @param due by when, for this form
     * @param unitId whose head approves: as it was changed, as found when it was decided, or as would be found now; null: who runs the cycle
     * @param accountId who does so in that head's place
     * @param state of the newest decision; null before the first
     */
    record Standing(
            String stage,
            LocalDate due,
            @Nullable UUID unitId,
            @Nullable UUID accountId,
            LevelDecisions.@Nullable State state,
            int version) {}

    Optional<Standing> of(UUID tenantId, Form form, LocalDate today) {
        return jdbc.sql("""
                        select s.code, coalesce(w.due, s.due) as due, w.account_id, x.state, coalesce(x.version, 0) as version,
                               case when x.state in ('decided', 'approved', 'told') then x.approver_unit
                                    when w.unit_id is not null then w.unit_id
                                    else assessments.head_unit(f.tenant_id,
                                        coalesce(r.unit_id, assessments.head_unit(f.tenant_id, f.unit_id,
                                            case when f.leads then 1 else 0 end, '{}', array[f.person_id], :today)),
                                        1, '{}', array[f.person_id], :today) end as unit_id
                        from assessments.form f
                        join assessments.cycle_stage s on s.tenant_id = f.tenant_id and s.cycle_id = f.cycle_id and s.actor = 'approval'
                            and s.code = any (f.route)
                        left join assessments.rating r on r.tenant_id = f.tenant_id and r.period = f.period and r.form_id = f.id
                            and r.actor = case when f.leads then 'superior' else 'head' end
                        left join assessments.approval_way w on w.tenant_id = f.tenant_id and w.period = f.period and w.form_id = f.id
                        left join assessments.result x on x.tenant_id = f.tenant_id and x.period = f.period and x.form_id = f.id
                        where f.tenant_id = :tenant and f.period = :period and f.id = :form
                        """)
                .param("tenant", tenantId)
                .param("period", form.period().code())
                .param("form", form.id())
                .param("today", today)
                .query((row, n) -> new Standing(
                        row.getString("code"),
                        row.getObject("due", LocalDate.class),
                        row.getObject("unit_id", UUID.class),
                        row.getObject("account_id", UUID.class),
                        row.getString("state") == null
                                ? null
                                : Columns.of(LevelDecisions.State.class, row.getString("state")),
                        row.getInt("version")))
                .optional();
    }

    /** Whether the approval of a form is the viewer's: as head, or in a head's place; nobody about themself. */
    boolean approves(Viewer viewer, Period period, UUID formId) {
        return approves(viewer, period, formId, false);
    }

    /** The same, or theirs again once they take it back. */
    boolean concerned(Viewer viewer, Period period, UUID formId) {
        return approves(viewer, period, formId, true);
    }

    private boolean approves(Viewer viewer, Period period, UUID formId, boolean given) {
        return jdbc.sql("""
                        select exists (
                            select from assessments.form f
                            left join assessments.approval_way w on w.tenant_id = f.tenant_id and w.period = f.period and w.form_id = f.id
                            left join assessments.result x on x.tenant_id = f.tenant_id and x.period = f.period and x.form_id = f.id
                            where f.tenant_id = :tenant and f.period = :period and f.id = :form
                              and f.person_id is distinct from cast(:person as uuid)
                              and (w.account_id = :account
                                   or (w.account_id is null or :given)
                                      and case when x.version is null then w.unit_id else x.approver_unit end = any (:held)))
                        """)
                .param("tenant", viewer.tenantId())
                .param("period", period.code())
                .param("form", formId)
                .param("given", given)
                .param("person", viewer.personId())
                .param("account", viewer.accountId())
                .param("held", viewer.unitsWith(Permission.RATE_AS_HEAD))
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    /** Whether somebody decided any version of the form. */
    boolean decided(UUID tenantId, Form form, UUID account, @Nullable UUID person) {
        return jdbc.sql("""
                        select exists (select from assessments.decision d
                                       where d.tenant_id = :tenant and d.period = :period and d.form_id = :form
                                         and (d.decided_by = :account or d.decider_person = cast(:person as uuid)))
                        """)
                .param("tenant", tenantId)
                .param("period", form.period().code())
                .param("form", form.id())
                .param("account", account)
                .param("person", person)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    /** Whether a unit has a head today who neither is the person nor decided about them. */
    boolean headed(UUID tenantId, UUID unitId, Form form, LocalDate today) {
        return jdbc.sql("""
                        select assessments.head_unit(:tenant, :unit, 0,
                                   array(select d.decided_by from assessments.decision d
                                         where d.tenant_id = :tenant and d.period = :period and d.form_id = :form),
                                   array(select d.decider_person from assessments.decision d
                                         where d.tenant_id = :tenant and d.period = :period and d.form_id = :form
                                           and d.decider_person is not null) || cast(:person as uuid),
                                   :today) is not distinct from :unit
                        """)
                .param("tenant", tenantId)
                .param("unit", unitId)
                .param("period", form.period().code())
                .param("form", form.id())
                .param("person", form.personId())
                .param("today", today)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    /** Says whose the approval is, of what is decided already too. False when it was so before. */
    boolean go(UUID tenantId, Form form, @Nullable UUID unitId, @Nullable UUID accountId) {
        boolean changed = jdbc.sql("""
                        insert into assessments.approval_way (tenant_id, period, form_id, unit_id, account_id)
                        values (:tenant, :period, :form, :unit, :account)
                        on conflict (tenant_id, period, form_id) do update
                            set unit_id = excluded.unit_id, account_id = excluded.account_id
                            where assessments.approval_way.unit_id is distinct from excluded.unit_id
                               or assessments.approval_way.account_id is distinct from excluded.account_id
                        """)
                        .param("tenant", tenantId)
                        .param("period", form.period().code())
                        .param("form", form.id())
                        .param("unit", unitId)
                        .param("account", accountId)
                        .update()
                == 1;
        if (unitId != null) {
            int waiting = jdbc.sql("""
                            update assessments.result set approver_unit = ?
                            where tenant_id = ? and period = ? and form_id = ? and state = 'decided'
                            """)
                    .params(unitId, tenantId, form.period().code(), form.id())
                    .update();
            Check.that(waiting <= 1, "a form has one result");
        }
        return changed;
    }

    /** Where the approval was sent, as it was last said: not what the rules find. */
    Optional<LevelDecisions.Way> said(UUID tenantId, Form form) {
        return jdbc.sql("""
                        select unit_id, account_id, due from assessments.approval_way
                        where tenant_id = ? and period = ? and form_id = ?
                        """)
                .params(tenantId, form.period().code(), form.id())
                .query((row, n) -> new LevelDecisions.Way(
                        row.getObject("unit_id", UUID.class),
                        row.getObject("account_id", UUID.class),
                        row.getObject("due", LocalDate.class)))
                .optional();
    }

    /** False when the day is not later than the one that holds. */
    boolean extend(UUID tenantId, Form form, LocalDate due) {
        return extended("f.id = :form", tenantId, form.period(), form.cycleId(), form.id(), due) == 1;
    }

    /** Of all forms of a unit and those below it whose approval is not in and whose day is earlier. @return how many */
    int extend(UUID tenantId, Cycle cycle, UUID unitId, LocalDate due) {
        return extended("""
                f.unit_id in (select d.descendant_id from directory.unit_closure d
                              where d.tenant_id = :tenant and d.ancestor_id = :form)
                """, tenantId, cycle.period(), cycle.id(), unitId, due);
    }

    private int extended(String which, UUID tenantId, Period period, UUID cycleId, UUID formOrUnit, LocalDate due) {
        return jdbc.sql("""
                        insert into assessments.approval_way (tenant_id, period, form_id, due)
                        select f.tenant_id, f.period, f.id, :due
                        from assessments.form f
                        join assessments.cycle_stage s on s.tenant_id = f.tenant_id and s.cycle_id = f.cycle_id and s.actor = 'approval'
                            and s.code = any (f.route)
                        left join assessments.approval_way w on w.tenant_id = f.tenant_id and w.period = f.period and w.form_id = f.id
                        left join assessments.result x on x.tenant_id = f.tenant_id and x.period = f.period and x.form_id = f.id
                        where f.tenant_id = :tenant and f.period = :period and f.cycle_id = :cycle
                          and (f.state = 'open' or x.state = 'decided') and coalesce(w.due, s.due) < :due and
                        """ + which + "\n" + """
                        on conflict (tenant_id, period, form_id) do update set due = excluded.due
                            where assessments.approval_way.due is null or assessments.approval_way.due < excluded.due
                        """)
                .param("tenant", tenantId)
                .param("period", period.code())
                .param("cycle", cycleId)
                .param("form", formOrUnit)
                .param("due", due)
                .update();
    }
}
