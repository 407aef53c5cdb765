package vn.chuanmuc.access;

import java.sql.Array;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
            a.state, a.failures, a.locked_until
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
            row.getInt("failures"),
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
            int failures,
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

    /** From here to the end of the transaction nobody else gives out sign-in names: two of the same are never chosen at once. */
    void lockNames() {
        jdbc.sql("select 1 from (select pg_advisory_xact_lock(hashtextextended('access.login', 0))) as locked")
                .query((row, n) -> 1)
                .single();
    }

    /** Every sign-in name that is one of the stems or one with a number behind it. */
    Set<String> namesLike(Collection<String> stems) {
        return new HashSet<>(jdbc.sql("select username from access.login where rtrim(username, '0123456789') = any (?)")
                .param(stems.toArray(String[]::new))
                .query((row, n) -> row.getString(1))
                .list());
    }

    /** An account to be made; {@code codeHash} is null when it is entered with a password. */
    record NewAccount(
            UUID id,
            String username,
            String displayName,
            @Nullable UUID personId,
            byte @Nullable [] codeHash) {}

    /** Two statements however many there are. */
    void insert(UUID tenantId, List<NewAccount> accounts, Instant createdAt, Instant codeExpires) {
        UUID[] ids = accounts.stream().map(NewAccount::id).toArray(UUID[]::new);
        String[] usernames = accounts.stream().map(NewAccount::username).toArray(String[]::new);
        int rows = jdbc.sql("""
                        insert into access.login (username, tenant_id, account_id)
                        select n.username, ?, n.id from unnest(cast(? as text[]), cast(? as uuid[])) as n (username, id)
                        """).param(tenantId).param(usernames).param(ids).update();
        rows += jdbc.sql("""
                        insert into access.account
                            (tenant_id, id, username, display_name, person_id, code_hash, code_expires, created_at)
                        select ?, n.id, n.username, n.display_name, n.person_id, n.code_hash,
                               case when n.code_hash is not null then cast(? as timestamptz) end, ?
                        from unnest(cast(? as uuid[]), cast(? as text[]), cast(? as text[]), cast(? as uuid[]), cast(? as bytea[]))
                            as n (id, username, display_name, person_id, code_hash)
                        """)
                .param(tenantId)
                .param(Timestamp.from(codeExpires))
                .param(Timestamp.from(createdAt))
                .param(ids)
                .param(usernames)
                .param(accounts.stream().map(NewAccount::displayName).toArray(String[]::new))
                .param(accounts.stream().map(NewAccount::personId).toArray(UUID[]::new))
                .param(accounts.stream().map(NewAccount::codeHash).toArray(byte[][]::new))
                .update();
        Check.that(rows == 2 * accounts.size(), "an account is one login and one account");
    }

    /**
     * Gives accounts new codes: only such as nobody has entered, for a code must never open what a password closes, and which
     * hold no role. Returns those that have the new code.
     */
    Set<UUID> renewCodes(UUID tenantId, List<UUID> accounts, List<byte[]> hashes, Instant expires) {
        return new HashSet<>(jdbc.sql("""
                        update access.account a
                        set code_hash = n.code_hash, code_expires = ?
                        from unnest(cast(? as uuid[]), cast(? as bytea[])) as n (id, code_hash)
                        where a.tenant_id = ? and a.id = n.id and a.state = 'active' and a.password_hash is null
                          and not exists (select from access.role_grant g
                                          where g.tenant_id = a.tenant_id and g.account_id = a.id and g.valid_to is null)
                        returning a.id
                        """)
                .param(Timestamp.from(expires))
                .param(accounts.toArray(UUID[]::new))
                .param(hashes.toArray(byte[][]::new))
                .param(tenantId)
                .query((row, n) -> row.getObject(1, UUID.class))
                .list());
    }

    /** Takes an account's password away and puts a code in its place; false when the account is closed. */
    boolean replacePassword(UUID tenantId, UUID accountId, byte[] codeHash, Instant expires) {
        return jdbc.sql("""
                                update access.account
                                set password_hash = null, code_hash = ?, code_expires = ?, failures = 0, locked_until = null
                                where tenant_id = ? and id = ? and state = 'active'
                                """)
                        .param(codeHash)
                        .param(Timestamp.from(expires))
                        .param(tenantId)
                        .param(accountId)
                        .update()
                == 1;
    }

    /** A form that issued codes already. */
    record CodeIssue(List<UUID> accounts, int leftOver, UUID issuedBy, Instant issuedAt) {}

    Optional<CodeIssue> findIssue(UUID tenantId, byte[] tokenHash) {
        return jdbc.sql("""
                        select accounts, left_over, issued_by, issued_at
                        from access.code_issue where tenant_id = ? and token_hash = ?
                        """)
                .param(tenantId)
                .param(tokenHash)
                .query((row, n) -> new CodeIssue(
                        List.of((UUID[]) row.getArray("accounts").getArray()),
                        row.getInt("left_over"),
                        row.getObject("issued_by", UUID.class),
                        row.getTimestamp("issued_at").toInstant()))
                .optional();
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

    void insertIssue(UUID tenantId, byte[] tokenHash, CodeIssue issue) {
        one(jdbc.sql("""
                        insert into access.code_issue (tenant_id, token_hash, accounts, left_over, issued_by, issued_at)
                        values (?, ?, ?, ?, ?, ?)
                        """)
                .param(tenantId)
                .param(tokenHash)
                .param(issue.accounts().toArray(UUID[]::new))
                .param(issue.leftOver())
                .param(issue.issuedBy())
                .param(Timestamp.from(issue.issuedAt()))
                .update());
    }

    /** Those of the accounts that still wait for their first entry, by id. */
    Map<UUID, Account> waiting(UUID tenantId, Collection<UUID> accounts) {
        Map<UUID, Account> waiting = new HashMap<>();
        jdbc.sql("select " + COLUMNS + """
                        from access.account a
                        where a.tenant_id = ? and a.id = any (?) and a.state = 'active' and a.password_hash is null
                        """)
                .param(tenantId)
                .param(accounts.toArray(UUID[]::new))
                .query(ACCOUNT)
                .list()
                .forEach(account -> waiting.put(account.id(), account));
        return waiting;
    }

    void setPassword(UUID tenantId, UUID accountId, String hash) {
        one(jdbc.sql("""
                        update access.account
                        set password_hash = ?, code_hash = null, code_expires = null, failures = 0, locked_until = null
                        where tenant_id = ? and id = ?
                        """).param(hash).param(tenantId).param(accountId).update());
    }

    /** False when it was closed before. */
    boolean close(UUID tenantId, UUID accountId) {
        return jdbc.sql(
                                "update access.account set state = 'closed' where tenant_id = ? and id = ? and state = 'active'")
                        .param(tenantId)
                        .param(accountId)
                        .update()
                == 1;
    }

    /** Ends the account's sessions but the one with this token; an empty one keeps none. */
    void endSessions(UUID tenantId, UUID accountId, byte[] kept) {
        jdbc.sql("delete from access.session where tenant_id = ? and account_id = ? and token_hash <> ?")
                .param(tenantId)
                .param(accountId)
                .param(kept)
                .update();
    }

    void clearFailures(Account account) {
        if (account.failures() == 0) {
            return;
        }
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

    private static final String MATCHES = """
            a.tenant_id = :tenant
              and (:words = '' or strpos(translate(a.username, '._-', '   '), :words) > 0 or strpos(p.search_key, :words) > 0
                   or strpos(lower(a.display_name), lower(:typed)) > 0)
            """;
    private static final RowMapper<Accounts.Listed> LISTED = (row, n) -> new Accounts.Listed(
            row.getObject("id", UUID.class),
            row.getString("username"),
            row.getString("display_name"),
            row.getObject("person_id") != null,
            row.getBoolean("entered"),
            row.getString("state").equals("closed"),
            held(row.getArray("roles"), row.getArray("units"), row.getArray("unit_names")));
    private static final String LISTED_COLUMNS = """
            select a.id, a.username, a.display_name, a.person_id, a.password_hash is not null as entered, a.state,
                   h.roles, h.units, h.unit_names
            """;
    private static final String HELD = """
            cross join lateral (
                select array_agg(g.role order by g.valid_from, g.id) as roles,
                       array_agg(g.unit_id order by g.valid_from, g.id) as units,
                       array_agg(coalesce(v.name, '') order by g.valid_from, g.id) as unit_names
                from access.role_grant g
                left join directory.unit_version v on v.tenant_id = g.tenant_id and v.unit_id = g.unit_id and v.valid_to is null
                where g.tenant_id = a.tenant_id and g.account_id = a.id and g.valid_to is null) h
            """;

    /** The roles of a day that is past. */
    private static final String HELD_THEN = HELD.replace(
                    "v.valid_to is null", "v.valid_from <= :day and (v.valid_to is null or v.valid_to > :day)")
            .replace("g.valid_to is null)", "g.valid_from <= :day and (g.valid_to is null or g.valid_to > :day))");

    private static final String OPENED = " and (cast(:end as timestamptz) is null or a.created_at < :end)";

    private static String held(@Nullable LocalDate day) {
        return day == null ? HELD : HELD_THEN;
    }

    private static JdbcClient.StatementSpec then(
            JdbcClient.StatementSpec statement, @Nullable LocalDate day, @Nullable Instant end) {
        JdbcClient.StatementSpec bound = statement.param("end", end == null ? null : Timestamp.from(end));
        return day == null ? bound : bound.param("day", day);
    }

    private static List<Accounts.Held> held(@Nullable Array roles, @Nullable Array units, @Nullable Array names)
            throws SQLException {
        if (roles == null || units == null || names == null) {
            return List.of();
        }
        var role = (String[]) roles.getArray();
        var unit = (UUID[]) units.getArray();
        var name = (String[]) names.getArray();
        var held = new ArrayList<Accounts.Held>();
        for (int i = 0; i < role.length; i++) {
            held.add(new Accounts.Held(Role.valueOf(role[i]), unit[i], name[i]));
        }
        return List.copyOf(held);
    }

    /** @param day roles of that day and accounts opened by its {@code end}; both null for today */
    List<Accounts.Listed> list(
            UUID tenantId,
            String words,
            String typed,
            @Nullable LocalDate day,
            @Nullable Instant end,
            int offset,
            int limit) {
        return then(jdbc.sql(LISTED_COLUMNS + """
                        from (select a.*, row_number() over (order by a.person_id is not null, p.sort_key, a.username) as nth
                              from access.account a
                              left join directory.person p on p.tenant_id = a.tenant_id and p.id = a.person_id
                              where
                        """ + MATCHES + OPENED + """
                              order by nth limit :limit offset :offset) a
                        """ + held(day) + "order by a.nth"), day, end)
                .param("tenant", tenantId)
                .param("words", words)
                .param("typed", typed)
                .param("offset", offset)
                .param("limit", Math.min(limit, 200))
                .query(LISTED)
                .list();
    }

    long count(UUID tenantId, String words, String typed, @Nullable Instant end) {
        return jdbc.sql("""
                        select count(*)
                        from access.account a
                        left join directory.person p on p.tenant_id = a.tenant_id and p.id = a.person_id
                        where
                        """ + MATCHES + OPENED)
                .param("end", end == null ? null : Timestamp.from(end))
                .param("tenant", tenantId)
                .param("words", words)
                .param("typed", typed)
                .query((row, n) -> row.getLong(1))
                .single();
    }

    Optional<Accounts.Listed> find(UUID tenantId, UUID accountId) {
        return jdbc.sql(LISTED_COLUMNS + "from access.account a " + HELD + "where a.tenant_id = ? and a.id = ?")
                .param(tenantId)
                .param(accountId)
                .query(LISTED)
                .optional();
    }

    /** The account with the roles of a day; empty when it was opened later. */
    Optional<Accounts.Listed> find(UUID tenantId, UUID accountId, LocalDate day, Instant end) {
        return then(
                        jdbc.sql(LISTED_COLUMNS + "from access.account a " + HELD_THEN
                                + "where a.tenant_id = :tenant and a.id = :account" + OPENED),
                        day,
                        end)
                .param("tenant", tenantId)
                .param("account", accountId)
                .query(LISTED)
                .optional();
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
