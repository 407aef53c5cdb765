package vn.chuanmuc.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** That the acts of a body name the rows of evidence which they wrote. */
public final class Recorded {
    private Recorded() {}

    /** @param kind of evidence; the product's own acts name at least one row of it */
    public static void byItsAct(JdbcClient jdbc, UUID tenant, String kind) {
        assertThat(jdbc.sql("""
                                select count(*) from ledger.record r
                                join ledger.entry e on e.tenant_id = r.tenant_id and e.id = r.entry_id
                                where r.tenant_id = ? and r.kind = ? and e.act not like 'ledger.%'
                                """)
                        .params(tenant, kind)
                        .query((row, n) -> row.getLong(1))
                        .single())
                .as("rows of %s that an act names", kind)
                .isPositive();
    }
}
