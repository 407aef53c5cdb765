package vn.chuanmuc.testing;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What is kept of a body: how many acts its ledger has, and of every table of some modules how many rows there are and a sum over all
 * that stands in them; but for what chores write at any moment: roll-ups, and when a stage is looked at again. Two readings are equal
 * when nothing was written in between.
 */
public final class Kept {
    private final JdbcClient jdbc;
    private final UUID tenant;
    private final String query;

    /** @param modules whose tables are looked at */
    public Kept(JdbcClient jdbc, UUID tenant, String... modules) {
        this.jdbc = jdbc;
        this.tenant = tenant;
        List<String> tables =
                jdbc.sql("""
                        select n.nspname || '.' || c.relname
                        from pg_class c
                        join pg_namespace n on n.oid = c.relnamespace
                        join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
                        where n.nspname = any (?) and c.relkind in ('r', 'p') and not c.relispartition and c.relname not like 'rollup%'
                        order by 1
                        """).param(modules).query((row, n) -> row.getString(1)).list();
        query = Stream.concat(
                        Stream.of("select 'acts' as what, count(*) as rows, 0::numeric as sum from ledger.entry"
                                + " where tenant_id = :tenant and act not like 'ledger.%'"),
                        tables.stream()
                                .map(table ->
                                        "select '%1$s', count(*), coalesce(sum(hashtextextended((to_jsonb(t) - 'look_on')::text, 0)), 0) from %1$s t where t.tenant_id = :tenant"
                                                .formatted(table)))
                .collect(Collectors.joining("\nunion all\n"));
    }

    public List<String> now() {
        return jdbc.sql(query)
                .param("tenant", tenant)
                .query((row, n) -> row.getString(1) + " " + row.getLong(2) + " " + row.getBigDecimal(3))
                .list();
    }
}
