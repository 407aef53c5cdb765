package vn.chuanmuc.assessments;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.jobs.Jobs;

/** Cycles of many people, for tests and for the bench: everybody's signature is put down at once, then the forms are made. */
public final class ManyForms {
    private final Cycles cycles;
    private final Forms forms;
    private final Jobs jobs;
    private final JdbcClient jdbc;
    private final Clock clock;

    public ManyForms(ApplicationContext context) {
        cycles = context.getBean(Cycles.class);
        forms = context.getBean(Forms.class);
        jobs = context.getBean(Jobs.class);
        jdbc = context.getBean(JdbcClient.class);
        clock = context.getBean(Clock.class);
    }

    /** As if everybody on the roster had signed who has not yet; bytes that are no real document. */
    public int sign(UUID tenant, UUID campaign, UUID account) {
        jdbc.sql("""
                        insert into documents.content (tenant_id, hash, media_type, bytes, stored_at)
                        values (?, sha256('đo'), 'text/plain', 'đo', now()) on conflict do nothing
                        """).param(tenant).update();
        int signed = jdbc.sql("""
                        insert into commitments.commitment
                            (tenant_id, year, person_id, version, campaign_id, id, standing, set_id, method, at, account_id, head_part,
                             body_hash, document_hash)
                        select r.tenant_id, r.year, r.person_id, 1, r.campaign_id, gen_random_uuid(), 'signed', r.set_id,
                               'xac-nhan-dien-tu', now(), ?, '', sha256('đo'), sha256(convert_to(r.person_id::text, 'UTF8'))
                        from campaigns.roster_entry r
                        join commitments.standing s on s.tenant_id = r.tenant_id and s.campaign_id = r.campaign_id
                            and s.person_id = r.person_id and s.standing = 'open'
                        where r.tenant_id = ? and r.campaign_id = ?
                        """).params(account, tenant, campaign).update();
        jdbc.sql("""
                        update commitments.standing set standing = 'signed', version = 1, at = now()
                        where tenant_id = ? and campaign_id = ? and standing = 'open'
                        """).params(tenant, campaign).update();
        return signed;
    }

    /** Plans the quarter of today, to be assessed from today on, and opens it; by a job where there are many. */
    public UUID open(Viewer board, UUID campaign) throws InterruptedException {
        LocalDate today = LocalDate.now(clock);
        var plan = new Cycles.Plan(Period.of(today), campaign, "Đợt đo", today);
        UUID id = switch (cycles.plan(board, plan)) {
            case Cycles.Saved.Done(var made) -> made;
            case Cycles.Saved.Refused refused -> throw new IllegalStateException(refused.toString());
        };
        switch (cycles.open(board, id)) {
            case Cycles.Opening.Opened opened -> {}
            case Cycles.Opening.Later(var job, var own) -> {
                while (jobs.find(board.tenantId(), job).orElseThrow().live()) {
                    Thread.sleep(50);
                }
            }
            case Cycles.Opening.Refused refused -> throw new IllegalStateException(refused.toString());
        }
        Cycle opened = cycles.find(board.tenantId(), id).orElseThrow();
        if (opened.state() != Cycle.State.OPEN) {
            throw new IllegalStateException(opened.toString());
        }
        return id;
    }

    public int forms(UUID tenant, UUID cycle) {
        Integer made = cycles.find(tenant, cycle).orElseThrow().forms();
        return made == null ? 0 : made;
    }

    /** The form of a person. */
    public UUID form(UUID tenant, UUID cycle, UUID person) {
        return jdbc.sql("select id from assessments.form where tenant_id = ? and cycle_id = ? and person_id = ?")
                .params(tenant, cycle, person)
                .query((row, n) -> row.getObject(1, UUID.class))
                .single();
    }

    public String address(UUID form) {
        return "/danh-gia/phieu/" + Period.of(LocalDate.now(clock)).code() + "/" + form + "/tu-danh-gia";
    }

    /** Saves a level for every item of one's own form, as the version after this one. */
    public void save(Viewer official, UUID form, int items, int version) {
        var levels = new ArrayList<@Nullable Integer>();
        for (int i = 0; i < items; i++) {
            levels.add(1 + (i + version) % 4);
        }
        var saving = forms.save(
                official,
                Period.of(LocalDate.now(clock)),
                form,
                "tu-danh-gia",
                version,
                new Forms.Draft(List.copyOf(levels), Map.of(1, "Đã làm việc số " + version)));
        if (!(saving instanceof Forms.Saving.Saved)) {
            throw new IllegalStateException(saving.toString());
        }
    }
}
