package vn.chuanmuc.submissions;

import java.sql.Date;
import java.sql.Timestamp;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.criteria.Audience;
import vn.chuanmuc.submissions.Lists.Key;

/** The rows a list would have if it were compiled now. */
@Component
class LiveRows {
    private final JdbcClient jdbc;

    LiveRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<ListRow> of(UUID tenantId, Key key) {
        return jdbc.sql("""
                        select r.person_id, r.sort_key, r.rank_order, r.full_name, r.birth_date, r.position_name, r.unit_name,
                               k.title, k.audience, s.standing, c.at, c.method, c.reason_kind, c.reason, r.sample
                        from campaigns.roster_entry r
                        join commitments.standing s
                            on s.tenant_id = r.tenant_id and s.campaign_id = r.campaign_id and s.person_id = r.person_id
                        join criteria.criteria_set k on k.tenant_id = r.tenant_id and k.id = r.set_id
                        left join commitments.commitment c on c.tenant_id = r.tenant_id and c.year = r.year
                            and c.person_id = r.person_id and c.version = s.version
                        where r.tenant_id = ? and r.campaign_id = ? and r.unit_id = ? and r.bloc_id = ?
                            and s.standing <> 'left'
                        order by r.sort_key, r.person_id
                        limit 200000
                        """)
                .params(tenantId, key.campaignId(), key.unitId(), key.blocId())
                .query((row, n) -> {
                    Standing standing = Standing.of(row.getString("standing"));
                    boolean signed = standing == Standing.SIGNED;
                    Date birth = row.getDate("birth_date");
                    Timestamp at = row.getTimestamp("at");
                    String reason = row.getString("reason");
                    return new ListRow(
                            row.getObject("person_id", UUID.class),
                            row.getBytes("sort_key"),
                            row.getInt("rank_order"),
                            row.getString("full_name"),
                            birth == null ? null : birth.toLocalDate(),
                            row.getString("position_name"),
                            row.getString("unit_name"),
                            row.getString("title"),
                            Audience.valueOf(row.getString("audience").toUpperCase(Locale.ROOT)),
                            standing,
                            signed && at != null ? at.toInstant() : null,
                            signed ? row.getString("method") : null,
                            signed ? null : row.getString("reason_kind"),
                            signed || reason == null ? "" : reason,
                            "",
                            row.getBoolean("sample"));
                })
                .list();
    }
}
