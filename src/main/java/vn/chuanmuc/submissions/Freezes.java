package vn.chuanmuc.submissions;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.submissions.Lists.Key;

@Component
class Freezes {
    private final JdbcClient jdbc;

    Freezes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void freeze(UUID tenantId, Key key, UUID listId, Instant since) {
        Check.that(
                jdbc.sql("""
                        insert into campaigns.freeze (tenant_id, campaign_id, unit_id, bloc_id, list_id, since)
                        values (?, ?, ?, ?, ?, ?)
                        """)
                                .params(
                                        tenantId,
                                        key.campaignId(),
                                        key.unitId(),
                                        key.blocId(),
                                        listId,
                                        Timestamp.from(since))
                                .update()
                        == 1,
                "a freeze is one row");
    }

    void lift(UUID tenantId, Key key) {
        Check.that(
                jdbc.sql("""
                        delete from campaigns.freeze
                        where tenant_id = ? and campaign_id = ? and unit_id = ? and bloc_id = ?
                        """)
                                .params(tenantId, key.campaignId(), key.unitId(), key.blocId())
                                .update()
                        == 1,
                "a freeze is one row");
    }
}
