package vn.chuanmuc.assessments;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Forms.Form;
import vn.chuanmuc.assessments.Forms.Said;
import vn.chuanmuc.assessments.Forms.Sheet;
import vn.chuanmuc.assessments.Forms.Turn;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;
import vn.chuanmuc.rules.RuleBook.Actor;

/**
 * Stages that a meeting does, of colleagues or of a panel: which forms wait for one, what is shown to those who sit in it, and its
 * outcome. A meeting says something of the whole and nothing of single items, so its levels stay unassessed.
 */
@Component
public class PanelStages {
    private static final int MOST = 300;

    private final FormStore store;
    private final CycleStore cycles;
    private final Rollups rollups;
    private final Ledger ledger;
    private final JdbcClient jdbc;
    private final ObjectProvider<PanelSeats> seats;
    private final Clock clock;

    PanelStages(
            FormStore store,
            CycleStore cycles,
            Rollups rollups,
            Ledger ledger,
            JdbcClient jdbc,
            ObjectProvider<PanelSeats> seats,
            Clock clock) {
        this.store = store;
        this.cycles = cycles;
        this.rollups = rollups;
        this.ledger = ledger;
        this.jdbc = jdbc;
        this.seats = seats;
        this.clock = clock;
    }

    /** A form that goes through a stage of meetings. @param turn where that stage stands */
    public record Waiting(
            UUID formId,
            UUID personId,
            String fullName,
            String positionName,
            UUID unitId,
            String unitName,
            Turn turn) {}

    /** The stages of a cycle that meetings do, in their order. */
    public List<Cycle.Stage> stages(UUID tenantId, UUID cycleId) {
        return cycles.stages(tenantId, cycleId).stream()
                .filter(stage -> meets(stage.actor()))
                .toList();
    }

    static boolean meets(Actor actor) {
        return switch (actor) {
            case COLLEAGUES, PANEL -> true;
            case SELF, HEAD, SUPERIOR, APPROVAL -> false;
        };
    }

    /** Forms of a unit and those below it that the stage has not been done of, by name; at most 300. Who may ask is for the caller to know. */
    public List<Waiting> waiting(UUID tenantId, Period period, UUID cycleId, String stage, UUID unitId) {
        return jdbc.sql("""
                        select f.id, f.person_id, f.full_name, f.position_name, f.unit_id, f.unit_name, r.state
                        from assessments.form f
                        join assessments.rating r on r.tenant_id = f.tenant_id and r.period = f.period and r.form_id = f.id
                            and r.stage = :stage and r.state <> 'handed-in' and r.actor in ('panel', 'colleagues')
                        join directory.unit_closure d on d.tenant_id = f.tenant_id and d.descendant_id = f.unit_id
                            and d.ancestor_id = :unit
                        where f.tenant_id = :tenant and f.period = :period and f.cycle_id = :cycle and f.state = 'open'
                        order by f.sort_key, f.id
                        limit :most
                        """)
                .param("tenant", tenantId)
                .param("period", period.code())
                .param("cycle", cycleId)
                .param("stage", stage)
                .param("unit", unitId)
                .param("most", MOST)
                .query((row, n) -> new Waiting(
                        row.getObject("id", UUID.class),
                        row.getObject("person_id", UUID.class),
                        row.getString("full_name"),
                        row.getString("position_name"),
                        row.getObject("unit_id", UUID.class),
                        row.getString("unit_name"),
                        Columns.of(Turn.class, row.getString("state"))))
                .list();
    }

    /** The open cycles that have a stage for meetings, the newest first; at most 50. */
    public List<Cycle> cycles(UUID tenantId) {
        return jdbc.sql("""
                        select c.id from assessments.cycle c
                        where c.tenant_id = ? and c.state = 'open'
                          and exists (select from assessments.cycle_stage s
                                      where s.tenant_id = c.tenant_id and s.cycle_id = c.id and s.actor in ('panel', 'colleagues'))
                        order by c.period desc, c.id desc
                        limit 50
                        """).param(tenantId).query((row, n) -> row.getObject("id", UUID.class)).list().stream()
                .flatMap(id -> cycles.find(tenantId, id).stream())
                .toList();
    }

    /**
     * The form as it is presented to somebody who sits in a meeting about it: what the rules of its stages let that stage see.
     *
     * @throws NotFound for everybody who sits in none
     */
    public Sheet presented(Viewer viewer, Period period, UUID formId) {
        String stage = seats.stream()
                .flatMap(seat -> seat.stage(viewer, formId).stream())
                .findFirst()
                .orElseThrow(() -> new NotFound("seat"));
        return store.sheet(viewer, period, formId, stage)
                .filter(sheet -> !sheet.form().personId().equals(viewer.personId()))
                .orElseThrow(() -> new NotFound("form"));
    }

    /** Where a form's stage stands; empty when it has none such. */
    public Optional<Turn> turn(UUID tenantId, Period period, UUID formId, String stage) {
        return jdbc.sql("""
                        select r.state from assessments.rating r
                        where r.tenant_id = ? and r.period = ? and r.form_id = ? and r.stage = ?
                          and r.actor in ('panel', 'colleagues')
                        """)
                .params(tenantId, period.code(), formId, stage)
                .query((row, n) -> Columns.of(Turn.class, row.getString("state")))
                .optional();
    }

    /**
     * What a meeting concluded about one form.
     *
     * @param grade code in the cycle's rule book
     * @param way in which it was voted
     * @param votes by the grades of the book, in their order
     * @param blank ballots that name no grade
     * @param unvoted who had a vote and did not use it
     * @param words what is shown beside the stage: the grade, how it was voted, where it is written
     * @param minutesHash SHA-256 of the minutes' content
     */
    public record Outcome(
            UUID meetingId,
            UUID formId,
            Period period,
            String stage,
            String grade,
            String way,
            List<Integer> votes,
            int blank,
            int unvoted,
            String words,
            byte[] minutesHash) {}

    public sealed interface Completion {
        record Done(int handing) implements Completion {}

        /** The meeting's outcome is in already. */
        record Already() implements Completion {}

        record Refused(Reason why) implements Completion {}
    }

    /**
     * Completes the stage by the outcome of a meeting, in the transaction that closes it, and gives the turn on. That the meeting
     * was held and may say so is for the caller to know; that it is the stage's turn is asked here.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Completion complete(Viewer viewer, Outcome outcome) {
        UUID tenant = viewer.tenantId();
        Form form = store.sheet(viewer, outcome.period(), outcome.formId())
                .orElseThrow(() -> new NotFound("form"))
                .form();
        cycles.lockCycle(form.cycleId(), false);
        Check.that(store.lock(tenant, outcome.period(), outcome.formId()), "a form that was read is there");
        Sheet sheet = store.sheet(viewer, outcome.period(), outcome.formId()).orElseThrow();
        form = sheet.form();
        Said said = sheet.stage(outcome.stage())
                .filter(one -> meets(one.actor()))
                .orElseThrow(() -> new NotFound("stage of a meeting"));
        if (said.turn() == Turn.HANDED_IN) {
            return reached(tenant, form, said, outcome.meetingId())
                    ? new Completion.Already()
                    : new Completion.Refused(Reason.of("assessments.panel.handed-in"));
        }
        if (form.cycleState() != Cycle.State.OPEN) {
            return new Completion.Refused(
                    Reason.of("assessments.locked.cycle." + form.cycleState().code()));
        }
        if (form.state() != Forms.State.OPEN) {
            return new Completion.Refused(
                    Reason.of("assessments.locked.form." + form.state().code()));
        }
        if (said.turn() == Turn.WAITING) {
            return new Completion.Refused(Reason.of("assessments.locked.waiting"));
        }
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        int version = write(viewer, form, outcome, at);
        OptionalInt handing = store.handIn(tenant, form, outcome.stage(), version, at);
        Check.that(handing.isPresent(), "the turn of a locked form stands as read");
        keep(viewer, form, said, outcome, handing.getAsInt(), at);
        store.advance(tenant, form);
        rollups.changed(tenant, form.cycleId(), form.unitId());
        return new Completion.Done(handing.getAsInt());
    }

    /** Whether what is in came of this meeting. */
    private boolean reached(UUID tenantId, Form form, Said said, UUID meetingId) {
        return jdbc.sql("""
                        select content from assessments.handing
                        where tenant_id = ? and period = ? and form_id = ? and stage = ? and handing = ?
                        """)
                .params(tenantId, form.period().code(), form.id(), said.stage(), (short) said.handing())
                .query((row, n) -> row.getString("content"))
                .optional()
                .filter(content -> content.contains("\"meeting\":\"" + meetingId + "\""))
                .isPresent();
    }

    private int write(Viewer viewer, Form form, Outcome outcome, Instant at) {
        String words = Texts.nfc(outcome.words()).strip();
        Check.that(!words.isEmpty() && words.length() <= Forms.LONGEST_REMARK, "a meeting's outcome has words");
        int version = jdbc.sql("""
                        update assessments.rating
                        set version = version + 1, saved_at = ?, saved_by = ?, begun_at = coalesce(begun_at, ?)
                        where tenant_id = ? and period = ? and form_id = ? and stage = ? and state = 'open'
                        returning version
                        """)
                .params(
                        Timestamp.from(at),
                        viewer.accountId(),
                        Timestamp.from(at),
                        viewer.tenantId(),
                        form.period().code(),
                        form.id(),
                        outcome.stage())
                .query((row, n) -> row.getInt("version"))
                .single();
        int rows = jdbc.sql("""
                        insert into assessments.remark (tenant_id, period, form_id, stage, position, words)
                        values (?, ?, ?, ?, 0, ?)
                        on conflict (tenant_id, period, form_id, stage, position) do update set words = excluded.words
                        """)
                .params(viewer.tenantId(), form.period().code(), form.id(), outcome.stage(), words)
                .update();
        Check.that(rows == 1, "a remark is one row");
        return version;
    }

    private void keep(Viewer viewer, Form form, Said said, Outcome outcome, int handing, Instant at) {
        List<@Nullable Integer> levels = Columns.nothing(form.items());
        var content = HandingFile.of(
                form,
                outcome.stage(),
                handing,
                levels,
                Map.of(0, Texts.nfc(outcome.words()).strip()));
        content.put("meeting", outcome.meetingId().toString());
        content.put("grade", outcome.grade());
        content.put("votes", outcome.votes());
        content.put("way", outcome.way());
        content.put("blank", outcome.blank());
        content.put("unvoted", outcome.unvoted());
        content.put("minutes", HandingFile.hex(outcome.minutesHash()));
        String json = HandingFile.write(content);
        byte[] hash = Sha256.of(json);
        boolean late = LocalDate.ofInstant(at, clock.getZone()).isAfter(said.due());
        store.insertHanding(
                viewer.tenantId(),
                form,
                outcome.stage(),
                handing,
                levels,
                json,
                hash,
                0,
                late,
                viewer.accountId(),
                at,
                null);
        var facts = new LinkedHashMap<String, Object>();
        facts.put("cycle", form.cycleId().toString());
        facts.put("period", form.period().code());
        facts.put("person", form.personId().toString());
        facts.put("unit", form.unitId().toString());
        facts.put("stage", outcome.stage());
        facts.put("handing", handing);
        facts.put("meeting", outcome.meetingId().toString());
        facts.put("late", late);
        ledger.append(new Act(viewer.tenantId(), "assessments.met", form.id(), viewer.accountId(), facts, hash)
                .with(Piece.of(AssessmentEvidence.HANDING, form.period().code(), form.id(), outcome.stage(), (short)
                        handing)));
    }
}
