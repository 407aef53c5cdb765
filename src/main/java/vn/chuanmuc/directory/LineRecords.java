package vn.chuanmuc.directory;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.kernel.Reason;

/** When two records of people become one, the places of both in lines become those of one. A person's page shows lines by itself. */
@Component
class LineRecords implements PersonRecords {
    private final JdbcClient jdbc;
    private final LineCounts counts;

    LineRecords(JdbcClient jdbc, LineCounts counts) {
        this.jdbc = jdbc;
        this.counts = counts;
    }

    /** Both in one line on one day, or the one compiling what the other approves: a person decides first which of it was right. */
    @Override
    public Optional<Reason> objection(UUID tenantId, UUID kept, UUID givenUp) {
        return jdbc
                .sql("""
                        select l.name
                        from directory.line l
                        where l.tenant_id = :tenant and (
                            exists (
                                select from directory.line_member a
                                join directory.line_member b on b.tenant_id = a.tenant_id and b.line_id = a.line_id
                                    and b.valid_from < coalesce(a.valid_to, 'infinity')
                                    and a.valid_from < coalesce(b.valid_to, 'infinity')
                                where a.tenant_id = :tenant and a.line_id = l.id and a.person_id = :kept
                                  and b.person_id = :givenUp)
                            or exists (
                                select from directory.line_duty a
                                join directory.line_duty b on b.tenant_id = a.tenant_id and b.line_id = a.line_id
                                    and b.unit_id = a.unit_id and b.valid_from < coalesce(a.valid_to, 'infinity')
                                    and a.valid_from < coalesce(b.valid_to, 'infinity')
                                where a.tenant_id = :tenant and a.line_id = l.id and a.person_id = :kept
                                  and b.person_id = :givenUp))
                        order by l.name
                        limit 1
                        """)
                .param("tenant", tenantId)
                .param("kept", kept)
                .param("givenUp", givenUp)
                .query((row, n) -> Reason.of("directory.line.objection", row.getString("name")))
                .list()
                .stream()
                .findFirst();
    }

    @Override
    @Transactional
    public void merged(UUID tenantId, UUID actor, UUID kept, UUID givenUp) {
        counts.changing(tenantId, List.of(kept, givenUp), () -> {
            become(tenantId, kept, givenUp);
            return kept;
        });
    }

    private void become(UUID tenantId, UUID kept, UUID givenUp) {
        for (String table : List.of("line_member", "line_duty")) {
            jdbc.sql("""
                            update directory.%s set person_id = ?, version = version + 1
                            where tenant_id = ? and person_id = ?
                            """.formatted(table)).params(kept, tenantId, givenUp).update();
        }
    }
}
