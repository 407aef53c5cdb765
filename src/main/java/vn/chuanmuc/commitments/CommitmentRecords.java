package vn.chuanmuc.commitments;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.directory.PersonRecords;
import vn.chuanmuc.kernel.Reason;

/** What people did about their commitments, for their page; also under records that were given up for theirs. */
@Component
class CommitmentRecords implements PersonRecords {
    private final JdbcClient jdbc;
    private final Clock clock;

    CommitmentRecords(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public List<Held> of(UUID tenantId, Collection<UUID> people) {
        return jdbc.sql("""
                        select k.year, k.standing, k.at, k.campaign_id, c.title, r.full_name
                        from commitments.commitment k
                        join campaigns.campaign c on c.tenant_id = k.tenant_id and c.id = k.campaign_id
                        join campaigns.roster_entry r
                            on r.tenant_id = k.tenant_id and r.campaign_id = k.campaign_id and r.person_id = k.person_id
                        where k.tenant_id = ? and k.person_id = any (?) and k.standing <> 'open'
                          and not exists (select from commitments.commitment n
                                          where n.tenant_id = k.tenant_id and n.year = k.year and n.person_id = k.person_id
                                            and n.campaign_id = k.campaign_id and n.version > k.version)
                        order by k.year desc, k.at desc
                        limit 100
                        """)
                .param(tenantId)
                .param(people.toArray(UUID[]::new))
                .query((row, n) -> new Held(
                        Reason.of(
                                "commitments.person." + row.getString("standing"),
                                String.valueOf(row.getInt("year")),
                                row.getString("title")),
                        LocalDate.ofInstant(row.getTimestamp("at").toInstant(), clock.getZone()),
                        "/cam-ket/danh-sach/" + row.getObject("campaign_id", UUID.class) + "?tim="
                                + URLEncoder.encode(row.getString("full_name"), StandardCharsets.UTF_8),
                        false))
                .list();
    }
}
