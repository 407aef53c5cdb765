package vn.chuanmuc.overview;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Period;
import vn.chuanmuc.assessments.Rollups;
import vn.chuanmuc.campaigns.CampaignSamples;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.rules.Rules;
import vn.chuanmuc.testing.SmallDecision;
import vn.chuanmuc.testing.TestBodies.Body;

/**
 * A body with a cycle whose people were told their results: Ward One with offices A (12 people), B (9), C (3) and D (14), Ward Two
 * with 7. Forms are put down at once, as the modules before this one leave them.
 */
@NullUnmarked // what is not there fails the test
final class OverviewGround {
    static final Period QUARTER = new Period(2021, 4);

    final Body body;
    final Viewer board;
    final SmallDecision decision;
    final Map<String, UUID> offices = new LinkedHashMap<>();
    private final UUID campaign;
    private final JdbcClient jdbc;
    private final Rollups rollups;

    OverviewGround(Body body, Campaigns campaigns, Units units, Rollups rollups, JdbcClient jdbc) {
        this.body = body;
        this.jdbc = jdbc;
        this.rollups = rollups;
        board = body.viewer(Role.BOARD, body.root);
        decision = SmallDecision.publish(jdbc, body);
        for (String name : new String[] {"A", "B", "C", "D"}) {
            offices.put(
                    name,
                    switch (units.add(
                            body.tenant,
                            board.accountId(),
                            new Units.NewUnit("VP" + name, "Văn phòng " + name, Units.Kind.OFFICE, body.wardOne))) {
                        case Units.Added.Done(var id) -> id;
                        case Units.Added.Refused refused -> throw new IllegalStateException(refused.toString());
                    });
        }
        body.people(3, body.wardTwo, body.partyBloc);
        campaign = CampaignSamples.launched(campaigns, body, board, decision, body.wardTwo);
    }

    /** The cycle of a quarter with everybody's forms; the figures have followed. */
    UUID cycle(Period period) {
        UUID cycle = UUID.randomUUID();
        jdbc.sql("""
                        insert into assessments.cycle
                            (tenant_id, id, period, campaign_id, unit_id, rule_version, title, opens_on, levels, state, forms,
                             not_assessed, created_by, created_at, opened_by, opened_at)
                        values (:tenant, :cycle, :period, :campaign, :root, :rule, :title, :day, 4, 'open', 0, 0, :by, now(), :by,
                                :opened)
                        """)
                .param("tenant", body.tenant)
                .param("cycle", cycle)
                .param("period", period.code())
                .param("campaign", campaign)
                .param("root", body.root)
                .param("rule", Rules.DEFAULT_ID)
                .param("title", "Đánh giá quý " + period.quarter())
                .param("day", period.assessmentDay())
                .param("by", board.accountId())
                .param(
                        "opened",
                        java.sql.Timestamp.valueOf(
                                LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh")).atStartOfDay()))
                .update();
        jdbc.sql("""
                        insert into assessments.cycle_stage (tenant_id, cycle_id, code, ord, actor, applies, blind, name, due)
                        values (:tenant, :cycle, 'tu-danh-gia', 1, 'self', 'all', true, 'Tự đánh giá', :day),
                               (:tenant, :cycle, 'thu-truong', 1, 'head', 'others', true, 'Thủ trưởng đánh giá', :day)
                        """)
                .param("tenant", body.tenant)
                .param("cycle", cycle)
                .param("day", period.assessmentDay())
                .update();
        forms(period, cycle, offices.get("A"), 12);
        forms(period, cycle, offices.get("B"), 9);
        forms(period, cycle, offices.get("C"), 3);
        forms(period, cycle, offices.get("D"), 14);
        forms(period, cycle, body.wardTwo, 7);
        rollups.changed(body.tenant, cycle);
        follow();
        return cycle;
    }

    /** Leaders besides, who have a set of their own; the figures have followed. */
    void leaders(Period period, UUID cycle, UUID unit, int people) {
        forms(period, cycle, unit, people, decision.leaders);
        rollups.changed(body.tenant, cycle);
        follow();
    }

    private void forms(Period period, UUID cycle, UUID unit, int people) {
        forms(period, cycle, unit, people, decision.staff);
    }

    /** Of staff, or leaders; the first of every four has “Đạt một phần” in the second item, and office C “Chưa đạt” throughout. */
    private void forms(Period period, UUID cycle, UUID unit, int people, UUID set) {
        jdbc.sql("""
                        insert into assessments.form
                            (tenant_id, period, id, cycle_id, person_id, segment, segments, unit_id, unit_name, full_name,
                             position_name, sort_key, search_key, leads, sample, day_from, day_to, set_id, items, commitment_id,
                             document_hash, route, step, state)
                        select :tenant, :period, uuidv7(), :cycle, gen_random_uuid(), 1, 1, :unit, '', 'Người bí mật ' || i,
                               case when i % 2 = 0 then 'Chuyên viên' else 'Văn thư' end, '', '', false, true, :from, :to, :set, 2,
                               gen_random_uuid(), sha256('x'), '{tu-danh-gia,thu-truong}', 0, 'told'
                        from generate_series(1, :people) as i
                        """)
                .param("tenant", body.tenant)
                .param("period", period.code())
                .param("cycle", cycle)
                .param("unit", unit)
                .param("from", period.firstDay())
                .param("to", period.lastDay())
                .param("set", set)
                .param("people", people)
                .update();
        jdbc.sql("""
                        insert into assessments.rating
                            (tenant_id, period, form_id, stage, cycle_id, ord, actor, blind, due, state, levels, version, handing,
                             handed_at)
                        select f.tenant_id, f.period, f.id, s.stage, f.cycle_id, 1, s.actor, true, f.day_to, 'handed-in',
                               case when :hard then array[3, 3] else array[1, case when f.n % 4 = 1 then 2 else 1 end] end, 1, 1, now()
                        from (select *, row_number() over (order by id) as n from assessments.form
                              where tenant_id = :tenant and period = :period and cycle_id = :cycle and unit_id = :unit and set_id = :set) f
                        cross join (values ('tu-danh-gia', 'self'), ('thu-truong', 'head')) as s (stage, actor)
                        """)
                .param("tenant", body.tenant)
                .param("period", period.code())
                .param("cycle", cycle)
                .param("unit", unit)
                .param("set", set)
                .param("hard", unit.equals(offices.get("C")))
                .update();
    }

    void follow() {
        for (int i = 0; i < 2_000 && rollups.waits(); i++) {
            rollups.follow();
        }
    }

    void close(UUID cycle, Seals seals) {
        jdbc.sql("update assessments.cycle set state = 'closed', version = version + 1 where tenant_id = ? and id = ?")
                .params(body.tenant, cycle)
                .update();
        for (int i = 0; i < 500 && !sealed(cycle); i++) {
            seals.sealClosed();
        }
    }

    private boolean sealed(UUID cycle) {
        return jdbc.sql("""
                        select exists (select from overview.seal s join assessments.cycle c
                            on c.tenant_id = s.tenant_id and c.id = s.cycle_id and c.version = s.cycle_version
                            where s.tenant_id = ? and s.cycle_id = ?)
                        """)
                .params(body.tenant, cycle)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }
}
