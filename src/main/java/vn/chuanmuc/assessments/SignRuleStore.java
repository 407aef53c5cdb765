package vn.chuanmuc.assessments;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.LevelDecisions.SignRule;
import vn.chuanmuc.kernel.Check;

/** From when on what counts as a sign of formality, by day. */
@Component
class SignRuleStore {
    private static final RowMapper<SignRule> SIGNS = (row, n) -> new SignRule(
            row.getObject("valid_from", LocalDate.class),
            row.getInt("seconds"),
            row.getInt("people"),
            row.getString("basis"));

    private final JdbcClient jdbc;

    SignRuleStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<SignRule> on(UUID tenantId, LocalDate day) {
        return jdbc.sql("""
                        select valid_from, seconds, people, basis from assessments.sign_rule
                        where tenant_id = ? and valid_from <= ? order by valid_from desc, id desc limit 1
                        """).params(tenantId, day).query(SIGNS).optional();
    }

    List<SignRule> all(UUID tenantId) {
        return jdbc.sql("""
                        select valid_from, seconds, people, basis from assessments.sign_rule
                        where tenant_id = ? order by valid_from desc, id desc limit 50
                        """).param(tenantId).query(SIGNS).list();
    }

    void set(Viewer viewer, UUID id, SignRule rule, String basis, Instant at) {
        int rows = jdbc.sql("""
                        insert into assessments.sign_rule (tenant_id, id, valid_from, seconds, people, basis, set_by, set_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        viewer.tenantId(),
                        id,
                        rule.validFrom(),
                        (short) rule.seconds(),
                        (short) rule.people(),
                        basis,
                        viewer.accountId(),
                        Timestamp.from(at))
                .update();
        Check.that(rows == 1, "a setting is one row");
    }
}
