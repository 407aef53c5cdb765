package vn.chuanmuc.access;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Accounts.Entered;
import vn.chuanmuc.access.Accounts.EntryQuery;
import vn.chuanmuc.access.Accounts.Wanted;
import vn.chuanmuc.kernel.Texts;

/** Which people of a unit can sign in already, and which still need a code. */
@Component
class CodeStore {
    /** More than one page of slips by far, and enough to tell how many are left over. */
    private static final int MOST_COUNTED = 100_000;

    private static final int MOST_ON_A_PAGE = 200;

    /** People of the unit and everything below, once each, with how far they have come. */
    private static final String PEOPLE = """
            with people as (
                select distinct on (p.sort_key, p.id) p.sort_key, p.id, p.full_name, p.search_key, p.sample,
                       v.name as unit_name, o.name as position_name, c.id as account_id, c.username,
                       case when c.id is null then 'NONE'
                            when c.password_hash is not null then 'ENTERED'
                            when c.code_expires > :now then 'WAITING'
                            else 'EXPIRED' end as entered,
                       exists (select from access.role_grant g
                               where g.tenant_id = :tenant and g.account_id = c.id and g.valid_to is null) as holds_role
                from directory.unit_closure u
                join directory.assignment a on a.tenant_id = u.tenant_id and a.unit_id = u.descendant_id and a.valid_to is null
                join directory.person p on p.tenant_id = a.tenant_id and p.id = a.person_id
                join directory.unit_version v on v.tenant_id = a.tenant_id and v.unit_id = a.unit_id and v.valid_to is null
                join directory.position o on o.tenant_id = a.tenant_id and o.id = a.position_id
                left join access.account c on c.tenant_id = p.tenant_id and c.person_id = p.id and c.state = 'active'
                where u.tenant_id = :tenant and u.ancestor_id = :unit
                order by p.sort_key, p.id, a.main desc)
            """;

    private final JdbcClient jdbc;

    CodeStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Somebody who is to get a code. */
    record Candidate(
            UUID personId,
            String fullName,
            @Nullable UUID accountId,
            @Nullable String username) {}

    private JdbcClient.StatementSpec people(UUID tenantId, UUID unitId, Instant now, String rest) {
        return jdbc.sql(PEOPLE + rest)
                .param("tenant", tenantId)
                .param("unit", unitId)
                .param("now", Timestamp.from(now));
    }

    List<Accounts.Entry> page(UUID tenantId, EntryQuery query, Instant now) {
        Entered entered = query.entered();
        return people(tenantId, query.unitId(), now, """
                        select id, full_name, unit_name, position_name, sample, username, entered, holds_role
                        from people
                        where (:words = '' or strpos(search_key, :words) > 0)
                          and (cast(:entered as text) is null or entered = :entered)
                        order by sort_key, id
                        limit :limit offset :offset
                        """)
                .param("words", Texts.searchKey(query.words()))
                .param("entered", entered == null ? null : entered.name())
                .param("limit", Math.min(query.limit(), MOST_ON_A_PAGE))
                .param("offset", query.offset())
                .query((row, n) -> new Accounts.Entry(
                        row.getObject("id", UUID.class),
                        row.getString("full_name"),
                        row.getString("unit_name"),
                        row.getString("position_name"),
                        row.getBoolean("sample"),
                        row.getString("username"),
                        Entered.valueOf(row.getString("entered")),
                        row.getBoolean("holds_role")))
                .list();
    }

    Map<Entered, Integer> counts(UUID tenantId, EntryQuery query, Instant now) {
        var counts = new EnumMap<Entered, Integer>(Entered.class);
        for (Entered entered : Entered.values()) {
            counts.put(entered, 0);
        }
        Map<String, Integer> found = new HashMap<>();
        people(tenantId, query.unitId(), now, """
                        select entered, count(*) as people from people
                        where :words = '' or strpos(search_key, :words) > 0
                        group by entered
                        """)
                .param("words", Texts.searchKey(query.words()))
                .query(row -> {
                    found.put(row.getString("entered"), row.getInt("people"));
                });
        found.forEach((entered, people) -> counts.put(Entered.valueOf(entered), people));
        return counts;
    }

    /** Those who get a code, by name: whoever has entered or holds a role gets none here. */
    List<Candidate> candidates(UUID tenantId, UUID unitId, Wanted wanted, @Nullable List<UUID> chosen, Instant now) {
        return people(tenantId, unitId, now, """
                        select id, full_name, account_id, username
                        from people
                        where entered <> 'ENTERED' and not holds_role
                          and (:renew or entered <> 'WAITING')
                          and (cast(:chosen as uuid[]) is null or id = any (:chosen))
                        order by sort_key, id
                        limit :limit
                        """)
                .param("renew", wanted != Wanted.WITHOUT_CODE)
                .param("chosen", chosen == null ? null : chosen.toArray(UUID[]::new))
                .param("limit", MOST_COUNTED)
                .query((row, n) -> new Candidate(
                        row.getObject("id", UUID.class),
                        row.getString("full_name"),
                        row.getObject("account_id", UUID.class),
                        row.getString("username")))
                .list();
    }

    /** How many people in these units and below have no account; counted no further than the limit. */
    int withoutAccount(UUID tenantId, UUID[] tops, int limit) {
        return jdbc.sql("""
                        select count(*) from (
                            select 1 from directory.assignment a
                            where a.tenant_id = :tenant and a.valid_to is null and a.main
                              and a.unit_id in (select descendant_id from directory.unit_closure
                                                where tenant_id = :tenant and ancestor_id = any (:tops))
                              and not exists (select from access.account c
                                              where c.tenant_id = a.tenant_id and c.person_id = a.person_id
                                                and c.state = 'active')
                            limit :limit) as counted
                        """)
                .param("tenant", tenantId)
                .param("tops", tops)
                .param("limit", limit)
                .query((row, n) -> row.getInt(1))
                .single();
    }
}
