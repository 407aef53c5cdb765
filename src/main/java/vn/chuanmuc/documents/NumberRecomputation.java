package vn.chuanmuc.documents;

import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.ledger.Fault;
import vn.chuanmuc.ledger.Recomputation;

/** Every run of numbers without gap and double: each number up to the last was taken once, or is among those given on paper. */
@Component
class NumberRecomputation implements Recomputation {
    private final JdbcClient jdbc;

    NumberRecomputation(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void check(UUID tenantId, Consumer<Fault> faults) {
        jdbc.sql("""
                        select s.id::text as key
                        from documents.number_series s
                        left join (
                            select n.series_id, count(*) as taken, min(n.number) as first, max(n.number) as last
                            from documents.number n where n.tenant_id = :tenant group by n.series_id) t on t.series_id = s.id
                        left join (
                            select a.series_id, sum(a.last - a.first + 1) as used, max(a.last) as last
                            from documents.number_reservation_answer a
                            where a.tenant_id = :tenant and a.series_id is not null group by a.series_id) p on p.series_id = s.id
                        where s.tenant_id = :tenant
                          and (coalesce(t.taken, 0) + coalesce(p.used, 0) <> s.last
                               or greatest(coalesce(t.last, 0), coalesce(p.last, 0)) <> s.last
                               or exists (select from documents.number_reservation_answer a
                                          join documents.number n on n.tenant_id = a.tenant_id and n.series_id = a.series_id
                                              and n.number between a.first and a.last
                                          where a.tenant_id = :tenant and a.series_id = s.id))
                        """).param("tenant", tenantId).query(row -> {
            faults.accept(new Fault(ContentEvidence.NUMBER, row.getString("key"), Fault.DISAGREES));
        });
    }
}
