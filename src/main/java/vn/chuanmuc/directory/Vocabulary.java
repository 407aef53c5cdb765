package vn.chuanmuc.directory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.Texts;

/** The blocs and positions of a body by their names, as {@link UnitNames#matchKey} compares them. */
@Component
class Vocabulary {
    private static final int MOST = 5_000;

    private final JdbcClient jdbc;

    Vocabulary(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Bloc(UUID id, String name) {}

    record Position(UUID id, String name, boolean leads, int rank) {}

    /** In rank order, then by name. */
    List<Bloc> blocs(UUID tenantId) {
        return jdbc.sql("""
                        select id, name from directory.bloc where tenant_id = ? order by rank_order, name limit ?
                        """)
                .param(tenantId)
                .param(MOST)
                .query((row, n) -> new Bloc(row.getObject("id", UUID.class), row.getString("name")))
                .list();
    }

    /** In rank order, then by name. */
    List<Position> positions(UUID tenantId) {
        return jdbc.sql("""
                        select id, name, leads, rank_order from directory.position
                        where tenant_id = ? order by rank_order, name limit ?
                        """)
                .param(tenantId)
                .param(MOST)
                .query((row, n) -> new Position(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getBoolean("leads"),
                        row.getInt("rank_order")))
                .list();
    }

    Map<String, Bloc> blocsByKey(UUID tenantId) {
        Map<String, Bloc> byKey = new LinkedHashMap<>();
        blocs(tenantId).forEach(bloc -> byKey.put(UnitNames.matchKey(bloc.name()), bloc));
        return byKey;
    }

    Map<String, Position> positionsByKey(UUID tenantId) {
        Map<String, Position> byKey = new LinkedHashMap<>();
        positions(tenantId).forEach(position -> byKey.put(UnitNames.matchKey(position.name()), position));
        return byKey;
    }

    /** The bloc of this name, made behind all others when there is none. Two at once make one. */
    Bloc bloc(UUID tenantId, String name) {
        String clean = Texts.oneLine(name);
        String key = UnitNames.matchKey(clean);
        jdbc.sql("""
                        insert into directory.bloc (tenant_id, id, name, match_key, rank_order)
                        select ?, ?, ?, ?, coalesce(max(rank_order), 0) + 1 from directory.bloc where tenant_id = ?
                        on conflict (tenant_id, match_key) do nothing
                        """).params(tenantId, Ids.next(), clean, key, tenantId).update();
        return jdbc.sql("select id, name from directory.bloc where tenant_id = ? and match_key = ?")
                .params(tenantId, key)
                .query((row, n) -> new Bloc(row.getObject("id", UUID.class), row.getString("name")))
                .single();
    }

    /**
     * The position of this name, made when there is none; one that exists keeps whether it leads and its rank.
     *
     * @param rank behind all others when null
     */
    Position position(UUID tenantId, String name, boolean leads, @Nullable Integer rank) {
        String clean = Texts.oneLine(name);
        String key = UnitNames.matchKey(clean);
        jdbc.sql("""
                        insert into directory.position (tenant_id, id, name, match_key, leads, rank_order)
                        select ?, ?, ?, ?, ?, coalesce(cast(? as int), max(rank_order) + 1, 1)
                        from directory.position where tenant_id = ?
                        on conflict (tenant_id, match_key) do nothing
                        """)
                .param(tenantId)
                .param(Ids.next())
                .param(clean)
                .param(key)
                .param(leads)
                .param(rank)
                .param(tenantId)
                .update();
        return jdbc.sql("""
                        select id, name, leads, rank_order from directory.position where tenant_id = ? and match_key = ?
                        """)
                .params(tenantId, key)
                .query((row, n) -> new Position(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getBoolean("leads"),
                        row.getInt("rank_order")))
                .single();
    }
}
