package vn.chuanmuc.directory;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.kernel.Reason;

/** What lines hold about people; when two records become one, the places of both in lines become those of one. */
@Component
class LineRecords implements PersonRecords {
    private final JdbcClient jdbc;

    LineRecords(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Held> of(UUID tenantId, Collection<UUID> people) {
        return jdbc.sql("""
                        select l.id, l.name, h.valid_from, h.duty
                        from (
                            select line_id, valid_from, cast(null as text) as duty from directory.line_member
                            where tenant_id = :tenant and person_id = any (:people)
                            union all
                            select line_id, valid_from, duty from directory.line_duty
                            where tenant_id = :tenant and person_id = any (:people)) as h
                        join directory.line l on l.tenant_id = :tenant and l.id = h.line_id
                        order by h.valid_from desc, l.name
                        limit 100
                        """)
                .param("tenant", tenantId)
                .param("people", people.toArray(UUID[]::new))
                .query((row, n) -> new Held(
                        row.getString("duty") == null
                                ? Reason.of("directory.line.held", row.getString("name"))
                                : Reason.of("directory.line.held.duty", row.getString("name")),
                        row.getObject("valid_from", LocalDate.class),
                        "/tuyen/" + row.getObject("id", UUID.class),
                        false))
                .list();
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
    public void merged(UUID tenantId, UUID actor, UUID kept, UUID givenUp) {
        for (String table : List.of("line_member", "line_duty")) {
            jdbc.sql("""
                            update directory.%s set person_id = ?, version = version + 1
                            where tenant_id = ? and person_id = ?
                            """.formatted(table)).params(kept, tenantId, givenUp).update();
        }
    }
}
