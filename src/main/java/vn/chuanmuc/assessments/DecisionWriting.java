package vn.chuanmuc.assessments;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.LevelDecisions.Case;
import vn.chuanmuc.assessments.LevelDecisions.Desk;
import vn.chuanmuc.assessments.LevelDecisions.Elsewhere;
import vn.chuanmuc.assessments.LevelDecisions.Verdict;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.rules.RuleBook.Grade;

/** Decisions and approvals as they are written. Every move is guarded by the row that says how a form stands. */
@Component
class DecisionWriting {
    private final JdbcClient jdbc;
    private final RollupStore rollups;

    DecisionWriting(JdbcClient jdbc, RollupStore rollups) {
        this.jdbc = jdbc;
        this.rollups = rollups;
    }

    /** Until the transaction ends nobody else decides or approves at the desk: what is said of its quotas holds. */
    void lockDesk(Desk desk) {
        UUID cycleId = desk.cycle().id();
        if (!desk.elsewhere().equals(Elsewhere.NONE)) {
            lockDesk(cycleId, cycleId); // the agency's quota is counted over all desks
        }
        lockDesk(cycleId, desk.unitId());
    }

    private void lockDesk(UUID cycleId, UUID unitId) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(? || '/' || ?, 370))")
                .params(cycleId.toString(), unitId.toString())
                .query((row, n) -> n)
                .single();
    }

    void lockForms(UUID tenantId, List<UUID> forms) {
        jdbc.sql("select id from assessments.form where tenant_id = ? and id = any (?) order by id for update")
                .param(tenantId)
                .param(forms.toArray(UUID[]::new))
                .query((row, n) -> n)
                .list();
    }

    /** A decision as it is written. @param bounded not above the grade of the unit */
    record Written(
            Case about,
            int version,
            UUID unitId,
            Grade grade,
            int rank,
            @Nullable Grade suggested,
            String reason,
            String remark,
            String content,
            @Nullable UUID petition,
            boolean bounded,
            Instant at) {
        byte[] hash() {
            return Sha256.of(content);
        }
    }

    /**
     * Writes the next version. Its guard: a form whose stages are all in, or one whose result was told and is decided anew on a
     * petition; about somebody else, whichever of the viewer's records it is about; not above the unit's grade where that bounds it.
     */
    boolean decide(Viewer viewer, Written written, LocalDate today) {
        Case about = written.about();
        boolean anew = written.petition() != null;
        int rows = jdbc.sql("""
                        insert into assessments.decision
                            (tenant_id, period, form_id, version, cycle_id, person_id, unit_id, grade, grade_name, rank, suggested, reason,
                             remark, content, hash, origin, petition_id, decided_by, decider_person, decided_at)
                        select f.tenant_id, f.period, f.id, :version, f.cycle_id, f.person_id, :unit, :grade, :name, :rank, :suggested,
                               :reason, :remark, :content, :hash, case when :anew then 'petition' else 'route' end, :petition, :account,
                               :person, :at
                        from assessments.form f
                        left join assessments.result x on x.tenant_id = f.tenant_id and x.period = f.period and x.form_id = f.id
                        where f.tenant_id = :tenant and f.period = :period and f.id = :form
                          and not (f.person_id = %s) and coalesce(x.version, 0) = :version - 1
                          and case when :anew then x.told is not null and x.state <> 'decided'
                                   else f.state = 'open' and f.step = 0 end
                          and (not :bounded or :rank >= (select g.rank from assessments.unit_grade g
                                                         where g.tenant_id = f.tenant_id and g.cycle_id = f.cycle_id
                                                           and g.unit_id = f.unit_id
                                                         order by g.version desc limit 1))
                        """.formatted(FormHead.RECORDS))
                .param("tenant", viewer.tenantId())
                .param("period", about.period().code())
                .param("form", about.formId())
                .param("version", (short) written.version())
                .param("unit", written.unitId())
                .param("grade", written.grade().code())
                .param("name", written.grade().words())
                .param("rank", (short) written.rank())
                .param(
                        "suggested",
                        written.suggested() == null ? null : written.suggested().code())
                .param("reason", written.reason())
                .param("remark", written.remark())
                .param("content", written.content())
                .param("hash", written.hash())
                .param("anew", anew)
                .param("petition", written.petition())
                .param("account", viewer.accountId())
                .param("person", viewer.personId())
                .param("bounded", written.bounded())
                .param("at", Timestamp.from(written.at()))
                .update();
        return rows == 1 && moved(viewer, written, anew, today);
    }

    private boolean moved(Viewer viewer, Written written, boolean anew, LocalDate today) {
        Case about = written.about();
        int results = jdbc.sql("""
                        insert into assessments.result
                            (tenant_id, period, form_id, cycle_id, unit_id, version, state, grade, rank, decided_by, decider_person,
                             approver_unit)
                        select d.tenant_id, d.period, d.form_id, d.cycle_id, d.unit_id, d.version, 'decided', d.grade, d.rank, d.decided_by,
                               d.decider_person,
                               assessments.head_unit(d.tenant_id, coalesce(w.unit_id, d.unit_id), case when w.unit_id is null then 1 else 0 end,
                                   (select array_agg(o.decided_by) from assessments.decision o
                                    where o.tenant_id = d.tenant_id and o.period = d.period and o.form_id = d.form_id),
                                   (select array_agg(o.decider_person) filter (where o.decider_person is not null) || d.person_id
                                    from assessments.decision o
                                    where o.tenant_id = d.tenant_id and o.period = d.period and o.form_id = d.form_id), :today)
                        from assessments.decision d
                        left join assessments.approval_way w on w.tenant_id = d.tenant_id and w.period = d.period and w.form_id = d.form_id
                        where d.tenant_id = :tenant and d.period = :period and d.form_id = :form and d.version = :version
                        on conflict (tenant_id, period, form_id) do update
                            set unit_id = excluded.unit_id, version = excluded.version, state = 'decided', grade = excluded.grade,
                                rank = excluded.rank, decided_by = excluded.decided_by, decider_person = excluded.decider_person,
                                approver_unit = excluded.approver_unit
                            where assessments.result.version = excluded.version - 1 and assessments.result.state <> 'decided'
                        """)
                .param("tenant", viewer.tenantId())
                .param("period", about.period().code())
                .param("form", about.formId())
                .param("version", (short) written.version())
                .param("today", today)
                .update();
        return results == 1 && (anew || form(viewer.tenantId(), about, "open", "decided"));
    }

    private boolean form(UUID tenantId, Case about, String from, String to) {
        boolean moved = jdbc.sql("""
                        update assessments.form set state = ?, version = version + 1
                        where tenant_id = ? and period = ? and id = ? and state = ?
                        """)
                        .params(to, tenantId, about.period().code(), about.formId(), from)
                        .update()
                == 1;
        rollups.queueForm(tenantId, about.period().code(), about.formId());
        return moved;
    }

    /** Whether this account said just this of this version before. */
    boolean said(UUID tenantId, Case about, Verdict verdict, UUID account) {
        return jdbc.sql("""
                        select exists (select from assessments.approval
                                       where tenant_id = ? and period = ? and form_id = ? and version = ? and verdict = ? and made_by = ?)
                        """)
                .params(
                        tenantId,
                        about.period().code(),
                        about.formId(),
                        (short) verdict.version(),
                        verdict.approved() ? "approved" : "sent-back",
                        account)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    /** Its guard: the newest decision, waiting, made by another person than the viewer and about somebody else. */
    boolean approve(Viewer viewer, Case about, Verdict verdict, String reason, LocalDate tellBy, Instant at) {
        int rows = jdbc.sql("""
                        insert into assessments.approval
                            (tenant_id, period, form_id, version, verdict, reason, made_by, maker_person, made_at)
                        select d.tenant_id, d.period, d.form_id, d.version, :verdict, :reason, :account, :person, :at
                        from assessments.decision d
                        join assessments.result x on x.tenant_id = d.tenant_id and x.period = d.period and x.form_id = d.form_id
                            and x.version = d.version and x.state = 'decided'
                        where d.tenant_id = :tenant and d.period = :period and d.form_id = :form and d.version = :version
                          and not (d.person_id = %1$s)
                          and not exists (select from assessments.decision o
                                          where o.tenant_id = d.tenant_id and o.period = d.period and o.form_id = d.form_id
                                            and (o.decided_by = :account or o.decider_person = %1$s))
                        on conflict (tenant_id, period, form_id, version) do nothing
                        """.formatted(FormHead.RECORDS))
                .param("tenant", viewer.tenantId())
                .param("period", about.period().code())
                .param("form", about.formId())
                .param("version", (short) verdict.version())
                .param("verdict", verdict.approved() ? "approved" : "sent-back")
                .param("reason", reason)
                .param("account", viewer.accountId())
                .param("person", viewer.personId())
                .param("at", Timestamp.from(at))
                .update();
        if (rows != 1) {
            return false;
        }
        int results = verdict.approved()
                ? jdbc.sql("""
                                update assessments.result x
                                set state = 'approved', standing = d.version, standing_grade = d.grade, standing_name = d.grade_name,
                                    tell_by = :by
                                from assessments.decision d
                                where x.tenant_id = :tenant and x.period = :period and x.form_id = :form and x.state = 'decided'
                                  and d.tenant_id = x.tenant_id and d.period = x.period and d.form_id = x.form_id and d.version = x.version
                                """)
                        .param("by", tellBy)
                        .param("tenant", viewer.tenantId())
                        .param("period", about.period().code())
                        .param("form", about.formId())
                        .update()
                : jdbc.sql("""
                                update assessments.result set state = 'sent-back'
                                where tenant_id = ? and period = ? and form_id = ? and state = 'decided'
                                """)
                        .params(viewer.tenantId(), about.period().code(), about.formId())
                        .update();
        // what was told on an earlier version stays told; the first decision moves its form
        boolean first = about.state() == Forms.State.DECIDED;
        return results == 1
                && (!first || form(viewer.tenantId(), about, "decided", verdict.approved() ? "approved" : "open"));
    }
}
