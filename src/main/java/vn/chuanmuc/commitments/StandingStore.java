package vn.chuanmuc.commitments;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.campaigns.Rosters;
import vn.chuanmuc.campaigns.SigningProgress;
import vn.chuanmuc.commitments.Commitments.Counts;
import vn.chuanmuc.commitments.Commitments.Signer;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Texts;

/** Where everybody on a roster stands, kept in step with the roster and counted. */
@Component
class StandingStore implements Rosters, SigningProgress {
    /** What {@link #COUNTS} reads, over rows {@code s} that have a standing. */
    static final String COUNTED = """
            select count(*) filter (where s.standing <> 'left') as expected,
                   count(*) filter (where s.standing = 'left') as left_,
                   count(*) filter (where s.standing = 'signed') as signed,
                   count(*) filter (where s.standing = 'declined') as declined,
                   count(*) filter (where s.standing = 'excused') as excused
            """;

    static final RowMapper<Counts> COUNTS = (row, n) -> new Counts(
            row.getLong("expected"),
            row.getLong("signed"),
            row.getLong("declined"),
            row.getLong("excused"),
            row.getLong("left_"));
    static final RowMapper<Signer> SIGNER = (row, n) -> {
        Date birth = row.getDate("birth_date");
        Timestamp at = row.getTimestamp("at");
        String reason = row.getString("reason");
        return new Signer(
                row.getObject("person_id", UUID.class),
                row.getString("full_name"),
                birth == null ? null : birth.toLocalDate(),
                row.getString("position_name"),
                row.getObject("unit_id", UUID.class),
                row.getString("unit_name"),
                row.getString("bloc_name"),
                row.getBoolean("sample"),
                Standing.of(row.getString("standing")),
                at == null ? null : at.toInstant(),
                CommitmentStore.kind(row.getString("reason_kind")),
                reason == null ? "" : reason);
    };

    private final JdbcClient jdbc;
    private final RecentCounts recent;

    StandingStore(JdbcClient jdbc, RecentCounts recent) {
        this.jdbc = jdbc;
        this.recent = recent;
    }

    @Override
    public void frozen(UUID tenantId, UUID campaignId) {
        recent.changed(tenantId, campaignId);
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
        recent.changed(tenantId, campaignId);
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
                              and campaign_id = r.campaign_id
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
        recent.changed(tenantId, campaignId);
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

    @Override
    public Map<UUID, Signed> progress(UUID tenantId, Collection<UUID> campaigns, UUID[] units, LocalDate day) {
        Map<UUID, Signed> progress = new HashMap<>();
        jdbc.sql("""
                        select c.id as campaign_id, count(*) filter (where s.standing = 'signed') as signed, count(*) as expected
                        from unnest(cast(:campaigns as uuid[])) as c (id)
                        cross join lateral commitments.standing_on(:tenant, c.id, :day) s
                        where s.standing <> 'left'
                          and s.unit_id in (select descendant_id from directory.unit_closure
                                            where tenant_id = :tenant and ancestor_id = any (:units))
                        group by c.id
                        """)
                .param("campaigns", campaigns.toArray(UUID[]::new))
                .param("tenant", tenantId)
                .param("day", Date.valueOf(day))
                .param("units", units)
                .query(row -> {
                    progress.put(
                            row.getObject("campaign_id", UUID.class),
                            new Signed(row.getLong("signed"), row.getLong("expected")));
                });
        return progress;
    }

    Counts counts(UUID tenantId, UUID campaignId, UUID unitId, UUID blocId) {
        return jdbc.sql(COUNTED + """
                        from commitments.standing s
                        where s.tenant_id = ? and s.campaign_id = ? and s.unit_id = ? and s.bloc_id = ?
                        """)
                .params(tenantId, campaignId, unitId, blocId)
                .query(COUNTS)
                .single();
    }

    /** How many people of a query there are, and how they stand. The standing asked for does not narrow the counts. */
    Counts counts(UUID tenantId, Campaign campaign, UUID[] held, SignerQuery query) {
        String words = Texts.searchKey(query.words());
        return words.isEmpty()
                ? recent.get(
                        tenantId,
                        campaign.id(),
                        held,
                        query.unitId(),
                        () -> count(tenantId, campaign, held, query, words))
                : count(tenantId, campaign, held, query, words);
    }

    private Counts count(UUID tenantId, Campaign campaign, UUID[] held, SignerQuery query, String words) {
        var sql = new StringBuilder(COUNTED).append(" from commitments.standing s ");
        if (!words.isEmpty()) {
            sql.append("""
                        join campaigns.roster_entry r on r.tenant_id = s.tenant_id and r.campaign_id = s.campaign_id
                            and r.person_id = s.person_id and r.search_key like '%' || :words || '%'
                        """);
        }
        sql.append(" where s.tenant_id = :tenant and s.campaign_id = :campaign");
        sql.append(inScope("s", campaign, held, query));
        return bound(sql.toString(), tenantId, campaign, held, query, words)
                .query(COUNTS)
                .single();
    }

    /** One page: the keys are found in an index that has the order, then only those rows are read whole. */
    List<Signer> signers(UUID tenantId, Campaign campaign, UUID[] held, SignerQuery query) {
        String words = Texts.searchKey(query.words());
        String order = (words.isEmpty() ? "" : "position(:exact in lower(r.full_name)) = 0, ")
                + (query.byRank() ? "r.rank_order, r.sort_key, r.person_id" : "r.sort_key, r.person_id");
        String sql = """
                        select r.person_id, r.full_name, r.birth_date, r.position_name, r.unit_id, r.unit_name, r.bloc_name,
                               r.sample, s.standing, s.at, k.reason_kind, k.reason
                        from campaigns.roster_entry r
                        join commitments.standing s
                            on s.tenant_id = r.tenant_id and s.campaign_id = r.campaign_id and s.person_id = r.person_id
                        left join lateral (
                            select c.reason_kind, c.reason
                            from commitments.commitment c
                            where s.standing in ('declined', 'excused') and c.tenant_id = s.tenant_id and c.year = r.year
                              and c.person_id = s.person_id and c.version = s.version
                            offset 0) k on true
                        where r.tenant_id = :tenant and r.campaign_id = :campaign
                        """
                + (query.standing() == null ? " and s.standing <> 'left'" : " and s.standing = :standing")
                + (words.isEmpty() ? "" : " and r.search_key like '%' || :words || '%'")
                + inScope("r", campaign, held, query)
                // As numbers in the text: a plan kept for any limit would read the whole roster, and planning costs
                // more than 50 rows.
                + " order by " + order + " limit " + Math.min(query.limit(), 200) + " offset " + query.offset();
        return bound(sql, tenantId, campaign, held, query, words).query(SIGNER).list();
    }

    /** Whose papers a query comes to, unit by unit; with no standing asked for, of those who stand open. */
    List<UUID> people(UUID tenantId, Campaign campaign, UUID[] held, SignerQuery query, int limit) {
        String words = Texts.searchKey(query.words());
        String sql = """
                        select r.person_id
                        from campaigns.roster_entry r
                        join commitments.standing s
                            on s.tenant_id = r.tenant_id and s.campaign_id = r.campaign_id and s.person_id = r.person_id
                        where r.tenant_id = :tenant and r.campaign_id = :campaign and s.standing = coalesce(cast(:standing as text), 'open')
                        """
                + (words.isEmpty() ? "" : " and r.search_key like '%' || :words || '%'")
                + inScope("r", campaign, held, query)
                + " order by r.unit_name, r.unit_id, r.bloc_name, r.sort_key, r.person_id limit " + limit;
        return bound(sql, tenantId, campaign, held, query, words)
                .query((row, n) -> row.getObject("person_id", UUID.class))
                .list();
    }

    private static String inScope(String table, Campaign campaign, UUID[] held, SignerQuery query) {
        if (Arrays.asList(held).contains(campaign.receiverUnit())) {
            // All units of a campaign are below the unit that receives its lists: nothing to look up.
            return unit(table, query);
        }
        return query.unitId() == null
                ? " and " + table + ".unit_id in (select d.descendant_id from directory.unit_closure d"
                        + " where d.tenant_id = :tenant and d.ancestor_id = any (:held))"
                : unit(table, query) + " and exists (select from directory.unit_closure d"
                        + " where d.tenant_id = :tenant and d.descendant_id = :unit and d.ancestor_id = any (:held))";
    }

    private static String unit(String table, SignerQuery query) {
        if (query.unitId() == null) {
            return "";
        }
        return query.parted()
                ? " and " + table + ".unit_id in (select b.descendant_id from directory.unit_closure b"
                        + " where b.tenant_id = :tenant and b.ancestor_id = :unit)"
                // A value the planner does not see: for one it sees it would plan anew each time, which costs more than
                // the rows.
                : " and " + table + ".unit_id = (select cast(:unit as uuid))";
    }

    private JdbcClient.StatementSpec bound(
            String sql, UUID tenantId, Campaign campaign, UUID[] held, SignerQuery query, String words) {
        Standing standing = query.standing();
        return jdbc.sql(sql)
                .param("tenant", tenantId)
                .param("campaign", campaign.id())
                .param("held", held)
                .param("unit", query.unitId())
                .param("standing", standing == null ? null : standing.code())
                .param("words", words)
                .param("exact", Texts.oneLine(query.words()).toLowerCase(Locale.ROOT));
    }

    /** How many people in the units stand open, per open campaign; those where nobody does are absent. */
    Map<UUID, Long> openIn(UUID tenantId, UUID[] units) {
        Map<UUID, Long> open = new HashMap<>();
        jdbc.sql("""
                        select s.campaign_id, count(*) as open
                        from commitments.standing s
                        join campaigns.campaign c
                            on c.tenant_id = s.tenant_id and c.id = s.campaign_id and c.state = 'launched'
                        where s.tenant_id = ? and s.standing = 'open'
                          and s.unit_id in (select descendant_id from directory.unit_closure
                                            where tenant_id = ? and ancestor_id = any (?) and not custody)
                          and not exists (
                              select from campaigns.freeze f
                              where f.tenant_id = s.tenant_id and f.campaign_id = s.campaign_id and f.unit_id = s.unit_id
                                and f.bloc_id = s.bloc_id)
                        group by s.campaign_id
                        """).param(tenantId).param(tenantId).param(units).query(row -> {
            open.put(row.getObject("campaign_id", UUID.class), row.getLong("open"));
        });
        return open;
    }
}
