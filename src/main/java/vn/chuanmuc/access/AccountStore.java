package vn.chuanmuc.access;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.kernel.Check;

@Component
class AccountStore {
    private static final String COLUMNS = """
            a.tenant_id, a.id, a.username, a.display_name, a.person_id, a.password_hash, a.code_hash, a.code_expires,
            a.state, a.locked_until
            """;
    private static final RowMapper<Account> ACCOUNT = (row, n) -> new Account(
            row.getObject("tenant_id", UUID.class),
            row.getObject("id", UUID.class),
            row.getString("username"),
            row.getString("display_name"),
            row.getObject("person_id", UUID.class),
            row.getString("password_hash"),
            row.getBytes("code_hash"),
            instant(row.getTimestamp("code_expires")),
            row.getString("state").equals("closed"),
            instant(row.getTimestamp("locked_until")));

    private final JdbcClient jdbc;

    AccountStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Account(
            UUID tenantId,
            UUID id,
            String username,
            String displayName,
            @Nullable UUID personId,
            @Nullable String passwordHash,
            byte @Nullable [] codeHash,
            @Nullable Instant codeExpires,
            boolean closed,
            @Nullable Instant lockedUntil) {}

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }

    Optional<Account> byUsername(String username) {
        return jdbc.sql("select " + COLUMNS + """
                        from access.login l
                        join access.account a on a.tenant_id = l.tenant_id and a.id = l.account_id
                        where l.username = ?
                        """)
                .param(username)
                .query(ACCOUNT)
                .optional();
    }

    Account get(UUID tenantId, UUID accountId) {
        return jdbc.sql("select " + COLUMNS + "from access.account a where a.tenant_id = ? and a.id = ?")
                .param(tenantId)
                .param(accountId)
                .query(ACCOUNT)
                .single();
    }

    Optional<Account> ofPerson(UUID tenantId, UUID personId) {
        return jdbc.sql("select " + COLUMNS
                        + "from access.account a where a.tenant_id = ? and a.person_id = ? and a.state = 'active'")
                .param(tenantId)
                .param(personId)
                .query(ACCOUNT)
                .optional();
    }

    /** The account is another record's from now on: the same person's. */
    boolean hand(UUID tenantId, UUID accountId, UUID from, UUID to) {
        return jdbc.sql("""
                        update access.account set person_id = ?
                        where tenant_id = ? and id = ? and person_id = ? and state = 'active'
                        """).params(to, tenantId, accountId, from).update() == 1;
    }

    boolean taken(String username) {
        return jdbc.sql("select exists (select from access.login where username = ?)")
                .param(username)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    /** The smallest number from 2 that no name of this base ends in. */
    int nextSuffix(String base) {
        return jdbc.sql("""
                        select coalesce(max(cast(substr(username, length(?) + 1) as int)), 1) + 1
                        from access.login
                        where username ~ ('^' || ? || '[0-9]{1,6}$')
                        """)
                .param(base)
                .param(base.replace(".", "\\."))
                .query((row, n) -> row.getInt(1))
                .single();
    }

    void insert(
            UUID tenantId, UUID id, String username, String displayName, @Nullable UUID personId, Instant createdAt) {
        int rows = jdbc.sql("insert into access.login (username, tenant_id, account_id) values (?, ?, ?)")
                .param(username)
                .param(tenantId)
                .param(id)
                .update();
        rows += jdbc.sql("""
                        insert into access.account (tenant_id, id, username, display_name, person_id, created_at)
                        values (?, ?, ?, ?, ?, ?)
                        """)
                .param(tenantId)
                .param(id)
                .param(username)
                .param(displayName)
                .param(personId)
                .param(Timestamp.from(createdAt))
                .update();
        Check.that(rows == 2, "an account is one login and one account");
    }

    void setCode(UUID tenantId, UUID accountId, byte[] hash, Instant expires) {
        one(jdbc.sql("update access.account set code_hash = ?, code_expires = ? where tenant_id = ? and id = ?")
                .param(hash)
                .param(Timestamp.from(expires))
                .param(tenantId)
                .param(accountId)
                .update());
    }

    void setPassword(UUID tenantId, UUID accountId, String hash) {
        one(jdbc.sql("""
                        update access.account
                        set password_hash = ?, code_hash = null, code_expires = null, failures = 0, locked_until = null
                        where tenant_id = ? and id = ?
                        """).param(hash).param(tenantId).param(accountId).update());
    }

    void clearPassword(UUID tenantId, UUID accountId) {
        one(jdbc.sql("update access.account set password_hash = null where tenant_id = ? and id = ?")
                .param(tenantId)
                .param(accountId)
                .update());
    }

    void close(UUID tenantId, UUID accountId) {
        one(jdbc.sql("update access.account set state = 'closed' where tenant_id = ? and id = ?")
                .param(tenantId)
                .param(accountId)
                .update());
    }

    void endSessions(UUID tenantId, UUID accountId) {
        jdbc.sql("delete from access.session where tenant_id = ? and account_id = ?")
                .param(tenantId)
                .param(accountId)
                .update();
    }

    void clearFailures(Account account) {
        jdbc.sql("""
                        update access.account set failures = 0, locked_until = null
                        where tenant_id = ? and id = ? and failures > 0
                        """).param(account.tenantId()).param(account.id()).update();
    }

    void countFailure(Account account, int most, Instant lockedUntil) {
        one(jdbc.sql("""
                        update access.account
                        set failures = case when failures + 1 >= ? then 0 else failures + 1 end,
                            locked_until = case when failures + 1 >= ? then ? else locked_until end
                        where tenant_id = ? and id = ?
                        """)
                .param(most)
                .param(most)
                .param(Timestamp.from(lockedUntil))
                .param(account.tenantId())
                .param(account.id())
                .update());
    }

    boolean grant(
            UUID tenantId,
            UUID id,
            UUID accountId,
            Role role,
            UUID unitId,
            UUID actor,
            Instant now,
            LocalDate today,
            String reason) {
        return jdbc.sql("""
                                insert into access.role_grant
                                    (tenant_id, id, account_id, role, unit_id, valid_from, granted_by, granted_at, reason)
                                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                                on conflict (tenant_id, account_id, role, unit_id) where valid_to is null do nothing
                                """)
                        .param(tenantId)
                        .param(id)
                        .param(accountId)
                        .param(role.name())
                        .param(unitId)
                        .param(today)
                        .param(actor)
                        .param(Timestamp.from(now))
                        .param(reason)
                        .update()
                == 1;
    }

    List<Role> roles(UUID tenantId, UUID accountId) {
        return jdbc.sql(
                        "select role from access.role_grant where tenant_id = ? and account_id = ? and valid_to is null")
                .param(tenantId)
                .param(accountId)
                .query((row, n) -> Role.valueOf(row.getString("role")))
                .list();
    }

    boolean revoke(UUID tenantId, UUID accountId, Role role, UUID unitId, LocalDate today) {
        // A grant of today that is taken back today never held: it ends tomorrow on paper, but is refused from now on.
        return jdbc.sql("""
                                update access.role_grant set valid_to = greatest(cast(? as date), valid_from + 1)
                                where tenant_id = ? and account_id = ? and role = ? and unit_id = ? and valid_to is null
                                """)
                        .param(today)
                        .param(tenantId)
                        .param(accountId)
                        .param(role.name())
                        .param(unitId)
                        .update()
                == 1;
    }

    List<Accounts.Listed> list(UUID tenantId, String words, LocalDate today, int offset, int limit) {
        Map<UUID, Accounts.Listed> accounts = new LinkedHashMap<>();
        jdbc.sql("""
                        with page as (
                            select a.id, a.username, a.display_name, a.person_id, a.password_hash is not null as set_,
                                   a.state
                            from access.account a
                            left join directory.person p on p.tenant_id = a.tenant_id and p.id = a.person_id
                            where a.tenant_id = :tenant
                              and (:words = '' or a.username like '%' || :words || '%' or p.search_key like '%' || :words || '%')
                            order by a.person_id is not null, p.sort_key, a.username
                            limit :limit offset :offset)
                        select page.id, page.username, page.display_name, page.person_id, page.set_, page.state,
                               g.role, g.unit_id, v.name as unit_name
                        from page
                        left join access.role_grant g on g.tenant_id = :tenant and g.account_id = page.id
                            and g.valid_to is null and g.valid_from <= :today
                        left join directory.unit_version v on v.tenant_id = :tenant and v.unit_id = g.unit_id
                            and v.valid_to is null
                        """)
                .param("tenant", tenantId)
                .param("words", words)
                .param("today", today)
                .param("offset", offset)
                .param("limit", Math.min(limit, 200))
                .query((row, n) -> {
                    UUID id = row.getObject("id", UUID.class);
                    Accounts.Listed known = accounts.get(id);
                    if (known == null) {
                        known = new Accounts.Listed(
                                id,
                                row.getString("username"),
                                row.getString("display_name"),
                                row.getObject("person_id") != null,
                                row.getBoolean("set_"),
                                row.getString("state").equals("closed"),
                                new ArrayList<>(),
                                new ArrayList<>());
                        accounts.put(id, known);
                    }
                    if (row.getString("role") != null) {
                        known.grants()
                                .add(new Viewer.Grant(
                                        Role.valueOf(row.getString("role")), row.getObject("unit_id", UUID.class)));
                        known.grantedUnits().add(row.getString("unit_name"));
                    }
                    return id;
                })
                .list();
        return List.copyOf(accounts.values());
    }

    long count(UUID tenantId, String words) {
        return jdbc.sql("""
                        select count(*)
                        from access.account a
                        left join directory.person p on p.tenant_id = a.tenant_id and p.id = a.person_id
                        where a.tenant_id = :tenant
                          and (:words = '' or a.username like '%' || :words || '%' or p.search_key like '%' || :words || '%')
                        """)
                .param("tenant", tenantId)
                .param("words", words)
                .query((row, n) -> row.getLong(1))
                .single();
    }

    Map<UUID, String> names(UUID tenantId, Collection<UUID> accounts) {
        Map<UUID, String> names = new HashMap<>();
        jdbc.sql("select id, display_name from access.account where tenant_id = ? and id = any (?)")
                .param(tenantId)
                .param(accounts.toArray(UUID[]::new))
                .query(row -> {
                    names.put(row.getObject("id", UUID.class), row.getString("display_name"));
                });
        return names;
    }

    List<UUID> unitsLackingRole(UUID tenantId, Role role, Collection<UUID> units, LocalDate today) {
        return jdbc.sql("""
                        select u.id
                        from unnest(cast(? as uuid[])) as u (id)
                        where not exists (
                            select from directory.unit_closure c
                            join access.role_grant g on g.tenant_id = c.tenant_id and g.unit_id = c.ancestor_id
                            join access.account a on a.tenant_id = g.tenant_id and a.id = g.account_id and a.state = 'active'
                            where c.tenant_id = ? and c.descendant_id = u.id and g.role = ?
                              and g.valid_from <= ? and g.valid_to is null)
                        """)
                .param(units.toArray(UUID[]::new))
                .param(tenantId)
                .param(role.name())
                .param(today)
                .query((row, n) -> row.getObject(1, UUID.class))
                .list();
    }

    private static void one(int rows) {
        Check.that(rows == 1, "exactly one account changes");
    }
}
