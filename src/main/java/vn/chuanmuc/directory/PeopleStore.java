package vn.chuanmuc.directory;

import java.sql.Date;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class PeopleStore {
    private static final String MEMBER = """
            select p.id as person_id, p.full_name, p.sort_key, p.search_key, p.birth_date, p.sample,
                   a.unit_id, v.name as unit_name, a.bloc_id, b.name as bloc_name,
                   a.position_id, o.name as position_name, o.leads, a.kind, a.rank_order, a.main
            from directory.assignment a
            join directory.person p on p.tenant_id = a.tenant_id and p.id = a.person_id
            join directory.unit_version v on v.tenant_id = a.tenant_id and v.unit_id = a.unit_id and v.valid_to is null
            join directory.bloc b on b.tenant_id = a.tenant_id and b.id = a.bloc_id
            join directory.position o on o.tenant_id = a.tenant_id and o.id = a.position_id
            where a.tenant_id = ? and a.valid_to is null
            """;
    private static final RowMapper<People.Member> MEMBER_ROW = (row, n) -> {
        Date birth = row.getDate("birth_date");
        return new People.Member(
                row.getObject("person_id", UUID.class),
                row.getString("full_name"),
                row.getBytes("sort_key"),
                row.getString("search_key"),
                birth == null ? null : birth.toLocalDate(),
                row.getBoolean("sample"),
                row.getObject("unit_id", UUID.class),
                row.getString("unit_name"),
                row.getObject("bloc_id", UUID.class),
                row.getString("bloc_name"),
                row.getObject("position_id", UUID.class),
                row.getString("position_name"),
                row.getBoolean("leads"),
                row.getString("kind"),
                row.getInt("rank_order"),
                row.getBoolean("main"));
    };

    private final JdbcClient jdbc;

    PeopleStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<People.Member> membersOf(UUID tenantId, List<UUID> unitIds) {
        return jdbc.sql(MEMBER + " and a.unit_id = any (?) order by a.unit_id, a.rank_order, p.sort_key")
                .param(tenantId)
                .param(unitIds.toArray(UUID[]::new))
                .query(MEMBER_ROW)
                .list();
    }
}
