package vn.chuanmuc.commitments;

import java.sql.Date;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.campaigns.Rosters;
import vn.chuanmuc.campaigns.SigningProgress;
import vn.chuanmuc.commitments.Commitments.Counts;
import vn.chuanmuc.commitments.Commitments.Row;
import vn.chuanmuc.kernel.Check;

/** Where everybody on a roster stands, kept in step with the roster and counted. */
@Component
class StandingStore implements Rosters, SigningProgress {
    private final JdbcClient jdbc;

    StandingStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void frozen(UUID tenantId, UUID campaignId) {
        jdbc.sql("""
                        insert into commitments.standing (tenant_id, campaign_id, person_id, unit_id, bloc_id, standing)
                        select tenant_id, campaign_id, person_id, unit_id, bloc_id, 'open'
                        from campaigns.roster_entry
                        where tenant_id = ? and campaign_id = ?
                        """).params(tenantId, campaignId).update();
    }

    /** Somebody who comes back stands where they stood; but what they signed for another set does not count. */
    @Override
    public void joined(UUID tenantId, UUID campaignId, UUID personId) {
        int rows = jdbc.sql("""
                        insert into commitments.standing
                            (tenant_id, campaign_id, person_id, unit_id, bloc_id, standing, version, at)
                        select r.tenant_id, r.campaign_id, r.person_id, r.unit_id, r.bloc_id,
                               case when k.standing is null or (k.standing = 'signed' and k.set_id <> r.set_id) then 'open'
                                    else k.standing end,
                               coalesce(k.version, 0), k.at
                        from campaigns.roster_entry r
                        left join lateral (
                            select standing, version, at, set_id
                            from commitments.commitment
                            where tenant_id = r.tenant_id and year = r.year and person_id = r.person_id
                            order by version desc
                            limit 1) k on true
                        where r.tenant_id = ? and r.campaign_id = ? and r.person_id = ?
                        on conflict (tenant_id, campaign_id, person_id) do update
                        set unit_id = excluded.unit_id, bloc_id = excluded.bloc_id, standing = excluded.standing,
                            version = excluded.version, at = excluded.at
                        """).params(tenantId, campaignId, personId).update();
        Check.that(rows == 1, "who joins has one standing");
    }

    @Override
    public void left(UUID tenantId, UUID campaignId, UUID personId) {
        int rows = jdbc.sql("""
                        update commitments.standing set standing = 'left'
                        where tenant_id = ? and campaign_id = ? and person_id = ? and standing <> 'left'
                        """).params(tenantId, campaignId, personId).update();
        Check.that(rows == 1, "who leaves had one standing");
    }

    @Override
    public Map<UUID, Signed> progress(UUID tenantId, Collection<UUID> campaigns, UUID[] units) {
        Map<UUID, Signed> progress = new HashMap<>();
        jdbc.sql("""
                        select campaign_id, count(*) filter (where standing = 'signed') as signed, count(*) as expected
                        from commitments.standing
                        where tenant_id = ? and campaign_id = any (?) and standing <> 'left'
                          and unit_id in (select descendant_id from directory.unit_closure
                                          where tenant_id = ? and ancestor_id = any (?))
                        group by campaign_id
                        """)
                .param(tenantId)
                .param(campaigns.toArray(UUID[]::new))
                .param(tenantId)
                .param(units)
                .query(row -> {
                    progress.put(
                            row.getObject("campaign_id", UUID.class),
                            new Signed(row.getLong("signed"), row.getLong("expected")));
                });
        return progress;
    }

    Counts counts(UUID tenantId, UUID campaignId, UUID unitId, UUID blocId) {
        return jdbc.sql("""
                        select count(*) as expected, count(*) filter (where standing = 'signed') as signed,
                               count(*) filter (where standing = 'declined') as declined,
                               count(*) filter (where standing = 'excused') as excused
                        from commitments.standing
                        where tenant_id = ? and campaign_id = ? and unit_id = ? and bloc_id = ? and standing <> 'left'
                        """)
                .params(tenantId, campaignId, unitId, blocId)
                .query((row, n) -> new Counts(
                        row.getLong("expected"),
                        row.getLong("signed"),
                        row.getLong("declined"),
                        row.getLong("excused")))
                .single();
    }

    List<Row> rows(UUID tenantId, UUID campaignId, UUID unitId, UUID blocId) {
        return jdbc.sql("""
                        select r.person_id, r.sort_key, r.rank_order, r.full_name, r.birth_date, r.position_name, r.unit_name,
                               r.set_id, r.sample, s.standing, s.version, k.at, k.method, k.reason_kind, k.reason
                        from commitments.standing s
                        join campaigns.roster_entry r
                            on r.tenant_id = s.tenant_id and r.campaign_id = s.campaign_id and r.person_id = s.person_id
                        left join commitments.commitment k on k.tenant_id = s.tenant_id and k.year = r.year
                            and k.person_id = s.person_id and k.version = s.version and k.standing = s.standing
                        where s.tenant_id = ? and s.campaign_id = ? and s.unit_id = ? and s.bloc_id = ? and s.standing <> 'left'
                        order by r.sort_key, r.person_id
                        """)
                .params(tenantId, campaignId, unitId, blocId)
                .query((row, n) -> {
                    Date birth = row.getDate("birth_date");
                    Timestamp at = row.getTimestamp("at");
                    return new Row(
                            row.getObject("person_id", UUID.class),
                            row.getBytes("sort_key"),
                            row.getInt("rank_order"),
                            row.getString("full_name"),
                            birth == null ? null : birth.toLocalDate(),
                            row.getString("position_name"),
                            row.getString("unit_name"),
                            row.getObject("set_id", UUID.class),
                            row.getBoolean("sample"),
                            Standing.of(row.getString("standing")),
                            row.getInt("version"),
                            at == null ? null : at.toInstant(),
                            row.getString("method"),
                            CommitmentStore.kind(row.getString("reason_kind")),
                            row.getString("reason") == null ? "" : row.getString("reason"));
                })
                .list();
    }
}
