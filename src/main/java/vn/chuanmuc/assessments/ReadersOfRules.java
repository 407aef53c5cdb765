package vn.chuanmuc.assessments;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.rules.VersionReaders;

/** Whoever has a form of a cycle, or acts in one in another's place, reads the rules the cycle goes by. */
@Component
class ReadersOfRules implements VersionReaders {
    private final JdbcClient jdbc;

    ReadersOfRules(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public boolean reads(Viewer viewer, UUID versionId) {
        return jdbc.sql("""
                        select exists (
                            select from assessments.cycle c
                            where c.tenant_id = :tenant and c.rule_version = :version
                              and (exists (select from assessments.form f
                                           where f.tenant_id = :tenant and f.person_id = %s and f.period = c.period
                                             and f.cycle_id = c.id)
                                   or exists (select from assessments.rating r
                                              where r.tenant_id = :tenant and r.account_id = :account and r.period = c.period
                                                and r.cycle_id = c.id)))
                        """.formatted(FormHead.RECORDS))
                .param("tenant", viewer.tenantId())
                .param("version", versionId)
                .param("person", viewer.personId())
                .param("account", viewer.accountId())
                .query((row, n) -> row.getBoolean(1))
                .single();
    }
}
