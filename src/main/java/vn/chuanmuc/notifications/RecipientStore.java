package vn.chuanmuc.notifications;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.notifications.Addresses.Holder;
import vn.chuanmuc.notifications.Addresses.Own;
import vn.chuanmuc.notifications.Addresses.Rhythm;

@Component
class RecipientStore {
    private static final int MOST_LISTED = 200;

    private final JdbcClient jdbc;

    RecipientStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private static @Nullable Instant instant(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }

    private static Own own(ResultSet row) throws SQLException {
        return new Own(
                row.getString("address"),
                instant(row.getTimestamp("verified_at")),
                instant(row.getTimestamp("faulty_at")),
                row.getString("wanted"),
                row.getObject("wanted_by", UUID.class),
                instant(row.getTimestamp("wanted_at")),
                row.getInt("wrong"),
                Rhythm.of(row.getString("rhythm")),
                List.of((String[]) row.getArray("muted").getArray()),
                row.getString("language"));
    }

    private static final String COLUMNS =
            "address, verified_at, faulty_at, wanted, wanted_by, wanted_at, wrong, rhythm, muted, language";

    Optional<Own> find(UUID tenantId, UUID accountId) {
        return jdbc.sql("select " + COLUMNS + " from notifications.recipient where tenant_id = ? and account_id = ?")
                .params(tenantId, accountId)
                .query((row, n) -> own(row))
                .optional();
    }

    /** The row, made when it is not there, and held until the transaction ends. */
    Own hold(UUID tenantId, UUID accountId) {
        jdbc.sql("""
                        insert into notifications.recipient (tenant_id, account_id) values (?, ?)
                        on conflict (tenant_id, account_id) do nothing
                        """).params(tenantId, accountId).update();
        return jdbc.sql("select " + COLUMNS
                        + " from notifications.recipient where tenant_id = ? and account_id = ? for update")
                .params(tenantId, accountId)
                .query((row, n) -> own(row))
                .single();
    }

    void want(UUID tenantId, UUID accountId, String address, UUID by, Instant now) {
        one(jdbc.sql("""
                        update notifications.recipient set wanted = ?, wanted_by = ?, wanted_at = ?, wrong = 0
                        where tenant_id = ? and account_id = ?
                        """)
                .params(address, by, Timestamp.from(now), tenantId, accountId)
                .update());
        dropCodes(tenantId, accountId);
    }

    void unwant(UUID tenantId, UUID accountId) {
        one(jdbc.sql("""
                        update notifications.recipient set wanted = null, wanted_by = null, wanted_at = null, wrong = 0
                        where tenant_id = ? and account_id = ?
                        """).params(tenantId, accountId).update());
        dropCodes(tenantId, accountId);
    }

    void verified(UUID tenantId, UUID accountId, Instant now) {
        one(jdbc.sql("""
                        update notifications.recipient
                        set address = wanted, verified_at = ?, faulty_at = null, wanted = null, wanted_by = null, wanted_at = null,
                            wrong = 0
                        where tenant_id = ? and account_id = ? and wanted is not null
                        """).params(Timestamp.from(now), tenantId, accountId).update());
        dropCodes(tenantId, accountId);
    }

    /** Nothing is sent to the account any more, and nothing that waited for a digest waits. */
    void remove(UUID tenantId, UUID accountId) {
        one(jdbc.sql("""
                        update notifications.recipient
                        set address = null, verified_at = null, faulty_at = null, wanted = null, wanted_by = null, wanted_at = null,
                            wrong = 0
                        where tenant_id = ? and account_id = ?
                        """).params(tenantId, accountId).update());
        dropCodes(tenantId, accountId);
        jdbc.sql("""
                        update notifications.notice set post = 'none'
                        where tenant_id = ? and account_id = ? and post = 'digest' and mail_id is null and read_at is null
                        """).params(tenantId, accountId).update();
    }

    void wrong(UUID tenantId, UUID accountId) {
        one(jdbc.sql("update notifications.recipient set wrong = wrong + 1 where tenant_id = ? and account_id = ?")
                .params(tenantId, accountId)
                .update());
    }

    void choose(UUID tenantId, UUID accountId, Rhythm rhythm, Collection<String> muted, String language) {
        one(jdbc.sql("""
                        update notifications.recipient set rhythm = ?, muted = ?, language = ?
                        where tenant_id = ? and account_id = ?
                        """)
                .param(rhythm.code())
                .param(muted.toArray(String[]::new))
                .param(language)
                .param(tenantId)
                .param(accountId)
                .update());
    }

    void faulty(UUID tenantId, UUID accountId, String address, Instant now) {
        jdbc.sql("""
                        update notifications.recipient set faulty_at = ?
                        where tenant_id = ? and account_id = ? and address = ? and faulty_at is null
                        """).params(Timestamp.from(now), tenantId, accountId, address).update();
    }

    void faultless(UUID tenantId, UUID accountId) {
        jdbc.sql("update notifications.recipient set faulty_at = null where tenant_id = ? and account_id = ?")
                .params(tenantId, accountId)
                .update();
    }

    private static void one(int rows) {
        Check.that(rows == 1, "a row that is held is there");
    }

    // Codes

    void addCode(UUID tenantId, UUID accountId, byte[] hash, Instant expires) {
        one(jdbc.sql("insert into notifications.code (tenant_id, hash, account_id, expires_at) values (?, ?, ?, ?)")
                .params(tenantId, hash, accountId, Timestamp.from(expires))
                .update());
    }

    /** When the code ends; empty when it is none of the account's. */
    Optional<Instant> code(UUID tenantId, UUID accountId, byte[] hash) {
        return jdbc.sql("select expires_at from notifications.code where tenant_id = ? and account_id = ? and hash = ?")
                .params(tenantId, accountId, hash)
                .query((row, n) -> row.getTimestamp(1).toInstant())
                .optional();
    }

    void dropCodes(UUID tenantId, UUID accountId) {
        jdbc.sql("delete from notifications.code where tenant_id = ? and account_id = ?")
                .params(tenantId, accountId)
                .update();
    }

    // People, for whoever looks after their mail

    /** Accounts in the reach of {@code :units}: by the main post of their official, or by a role they hold. */
    static final String REACH = """
            (exists (select from directory.assignment s
                     join directory.unit_closure c on c.tenant_id = s.tenant_id and c.descendant_id = s.unit_id
                         and c.ancestor_id = any (:units) and not c.custody
                     where s.tenant_id = a.tenant_id and s.person_id = a.person_id and s.main and s.valid_to is null)
             or exists (select from access.role_grant g
                        join directory.unit_closure c on c.tenant_id = g.tenant_id and c.descendant_id = g.unit_id
                            and c.ancestor_id = any (:units) and not c.custody
                        where g.tenant_id = a.tenant_id and g.account_id = a.id and g.valid_to is null))
            """;

    private static final String HOLDERS = """
            from access.account a
            left join directory.person p on p.tenant_id = a.tenant_id and p.id = a.person_id
            left join notifications.recipient r on r.tenant_id = a.tenant_id and r.account_id = a.id
            where a.tenant_id = :tenant and a.state = 'active'
              and (:words = '' or strpos(p.search_key, :words) > 0 or strpos(translate(a.username, '._-', '   '), :words) > 0
                   or strpos(lower(a.display_name), lower(:typed)) > 0)
              and (:state = ''
                   or :state = 'verified' and r.verified_at is not null and r.faulty_at is null
                   or :state = 'waiting' and r.wanted is not null
                   or :state = 'faulty' and r.faulty_at is not null
                   or :state = 'none' and r.address is null and r.wanted is null)
              and """ + REACH;

    private JdbcClient.StatementSpec holders(String sql, Viewer viewer, UUID[] units, String words, String state) {
        return jdbc.sql(sql)
                .param("tenant", viewer.tenantId())
                .param("units", units)
                .param("words", Texts.searchKey(words))
                .param("typed", words.strip())
                .param("state", state);
    }

    List<Holder> holders(Viewer viewer, UUID[] units, String words, String state, int offset, int limit) {
        return holders("""
                        select a.id, a.username, a.display_name, coalesce(u.name, '') as unit_name, r.address, r.faulty_at, r.wanted
                        from (select a.id, a.tenant_id, a.person_id, a.username, a.display_name, p.sort_key
                        """ + HOLDERS + """
                              order by p.sort_key nulls first, a.username limit :limit offset :offset) a
                        left join notifications.recipient r on r.tenant_id = a.tenant_id and r.account_id = a.id
                        left join lateral (
                            select v.name from directory.assignment s
                            join directory.unit_version v on v.tenant_id = s.tenant_id and v.unit_id = s.unit_id and v.valid_to is null
                            where s.tenant_id = a.tenant_id and s.person_id = a.person_id and s.main and s.valid_to is null
                            limit 1) u on true
                        order by a.sort_key nulls first, a.username
                        """, viewer, units, words, state)
                .param("limit", Math.min(limit, MOST_LISTED))
                .param("offset", offset)
                .query((row, n) -> new Holder(
                        row.getObject("id", UUID.class),
                        row.getString("display_name"),
                        row.getString("username"),
                        row.getString("unit_name"),
                        row.getString("address"),
                        instant(row.getTimestamp("faulty_at")),
                        row.getString("wanted")))
                .list();
    }

    long countHolders(Viewer viewer, UUID[] units, String words, String state) {
        return holders("select count(*) " + HOLDERS, viewer, units, words, state)
                .query((row, n) -> row.getLong(1))
                .single();
    }

    /** The name of an active account in the reach of the units; empty for others. */
    Optional<String> reached(UUID tenantId, UUID[] units, UUID accountId) {
        return jdbc.sql("select a.display_name from access.account a"
                        + " where a.tenant_id = :tenant and a.id = :account and a.state = 'active' and " + REACH)
                .param("tenant", tenantId)
                .param("account", accountId)
                .param("units", units)
                .query((row, n) -> row.getString(1))
                .optional();
    }

    static List<String> groups() {
        return Arrays.stream(Kind.Group.values())
                .filter(Kind.Group::mutable)
                .map(Kind.Group::code)
                .toList();
    }
}
