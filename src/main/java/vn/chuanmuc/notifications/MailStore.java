package vn.chuanmuc.notifications;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.notifications.Deliveries.Mail;
import vn.chuanmuc.notifications.Deliveries.State;
import vn.chuanmuc.notifications.Letters.Counted;

/** The outbox. */
@Component
class MailStore {
    private static final int LONGEST_ANSWER = 500;
    private static final int MOST_LISTED = 200;

    private final JdbcClient jdbc;

    MailStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    enum Purpose {
        NOTICE,
        DIGEST,
        VERIFY,
        /** Tells the address before that another one is used. */
        MOVED,
        TEST;

        String code() {
            return Kind.code(this);
        }

        static Purpose of(String code) {
            return valueOf(code.toUpperCase(java.util.Locale.ROOT));
        }

        /** Somebody waits before the screen for it. */
        private int place() {
            return this == NOTICE || this == DIGEST ? 2 : 0;
        }
    }

    /** A mail that is to go, held until the transaction ends, with how its receiver stands now. */
    record Claim(
            UUID tenantId,
            UUID id,
            UUID accountId,
            Purpose purpose,
            @Nullable String address,
            Instant since,
            int tries,
            boolean accountClosed,
            @Nullable String verified,
            boolean faulty,
            @Nullable String wanted,
            String language) {}

    /** What a mail of its own tells of. */
    record Told(UUID noticeId, Kind kind, @Nullable LocalDate due, boolean read) {}

    UUID insert(Viewer viewer, UUID account, Purpose purpose, String address, Instant now) {
        UUID id = Ids.next();
        one(jdbc.sql("""
                        insert into notifications.mail
                            (tenant_id, id, account_id, purpose, place, address, state, made_at, made_by, since, due_at)
                        values (:tenant, :id, :account, :purpose, :place, :address, 'waiting', :now, :by, :now, :now)
                        """)
                .param("tenant", viewer.tenantId())
                .param("id", id)
                .param("account", account)
                .param("purpose", purpose.code())
                .param("place", purpose.place())
                .param("address", address)
                .param("by", viewer.accountId())
                .param("now", Timestamp.from(now))
                .update());
        return id;
    }

    int verifications(UUID tenantId, UUID accountId, Instant since) {
        return jdbc.sql("""
                        select count(*) from notifications.mail
                        where tenant_id = ? and account_id = ? and purpose = 'verify' and made_at > ?
                        """)
                .params(tenantId, accountId, Timestamp.from(since))
                .query((row, n) -> row.getInt(1))
                .single();
    }

    int verifications(UUID tenantId, String address, Instant since) {
        return jdbc.sql("""
                        select count(*) from notifications.mail
                        where tenant_id = ? and purpose = 'verify' and lower(address) = lower(?) and made_at > ?
                        """)
                .params(tenantId, address, Timestamp.from(since))
                .query((row, n) -> row.getInt(1))
                .single();
    }

    int made(UUID tenantId, Purpose purpose, Instant since) {
        return jdbc.sql("select count(*) from notifications.mail where tenant_id = ? and purpose = ? and made_at > ?")
                .params(tenantId, purpose.code(), Timestamp.from(since))
                .query((row, n) -> row.getInt(1))
                .single();
    }

    boolean waits(UUID tenantId, UUID accountId, Purpose purpose) {
        return jdbc.sql("""
                        select exists (select from notifications.mail
                                       where tenant_id = ? and account_id = ? and purpose = ? and state = 'waiting')
                        """)
                .params(tenantId, accountId, purpose.code())
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    // Sending

    private static final String CLAIM = """
            select m.tenant_id, m.id, m.account_id, m.purpose, m.address, m.since, m.tries, a.state = 'closed' as closed,
                   r.address as verified, r.faulty_at is not null as faulty, r.wanted, coalesce(r.language, 'vi') as language
            from notifications.mail m
            join access.account a on a.tenant_id = m.tenant_id and a.id = m.account_id
            left join notifications.recipient r on r.tenant_id = m.tenant_id and r.account_id = m.account_id
            where m.state = 'waiting' and
            """;

    private static Claim claim(ResultSet row) throws SQLException {
        return new Claim(
                row.getObject("tenant_id", UUID.class),
                row.getObject("id", UUID.class),
                row.getObject("account_id", UUID.class),
                Purpose.of(row.getString("purpose")),
                row.getString("address"),
                row.getTimestamp("since").toInstant(),
                row.getInt("tries"),
                row.getBoolean("closed"),
                row.getString("verified"),
                row.getBoolean("faulty"),
                row.getString("wanted"),
                row.getString("language"));
    }

    /** The next mail whose time has come and that no other instance holds. */
    Optional<Claim> claim(Instant now) {
        return jdbc.sql(CLAIM + " m.due_at <= ? order by m.place, m.due_at, m.id limit 1 for update of m skip locked")
                .param(Timestamp.from(now))
                .query((row, n) -> claim(row))
                .optional();
    }

    /** This mail, unless another instance holds it or it has ended. */
    Optional<Claim> claim(UUID tenantId, UUID id) {
        return jdbc.sql(CLAIM + " m.tenant_id = ? and m.id = ? for update of m skip locked")
                .params(tenantId, id)
                .query((row, n) -> claim(row))
                .optional();
    }

    /** How many mails were tried since, whichever instance did. */
    int tried(Instant since) {
        return jdbc.sql("select count(*) from notifications.mail where tried_at > ?")
                .param(Timestamp.from(since))
                .query((row, n) -> row.getInt(1))
                .single();
    }

    Optional<Told> told(Claim mail) {
        return jdbc.sql("""
                        select id, kind, due, read_at is not null as read
                        from notifications.notice where tenant_id = ? and mail_id = ? limit 1
                        """)
                .params(mail.tenantId(), mail.id())
                .query((row, n) -> new Told(
                        row.getObject("id", UUID.class),
                        Kind.read(row.getString("kind")).orElseThrow(),
                        row.getObject("due", LocalDate.class),
                        row.getBoolean("read")))
                .optional();
    }

    /** What the mail of a day tells of, without what was read meanwhile. */
    List<Counted> counted(Claim mail) {
        var counted = new EnumMap<Kind, Counted>(Kind.class);
        jdbc.sql("""
                        select kind, count(*) as many, min(due) as due
                        from notifications.notice where tenant_id = ? and mail_id = ? and read_at is null group by kind
                        """).params(mail.tenantId(), mail.id()).query(row -> {
            Kind kind = Kind.read(row.getString("kind")).orElseThrow();
            counted.put(kind, new Counted(kind, row.getInt("many"), row.getObject("due", LocalDate.class)));
        });
        return List.copyOf(counted.values());
    }

    void sent(Claim mail, String address, Instant now) {
        end(mail, "sent", address, null, null, now, true);
    }

    void failed(Claim mail, @Nullable String address, String reason, @Nullable String answer, Instant now) {
        end(mail, "failed", address, reason, answer, now, true);
    }

    /** It is not sent, because it is not wanted or not needed any more. */
    void dropped(Claim mail, String reason, Instant now) {
        end(mail, "dropped", mail.address(), reason, null, now, false);
    }

    private void end(
            Claim mail,
            String state,
            @Nullable String address,
            @Nullable String reason,
            @Nullable String answer,
            Instant now,
            boolean tried) {
        one(jdbc.sql("""
                        update notifications.mail
                        set state = :state, address = :address, reason = :reason, answer = :answer, ended_at = :now,
                            tried_at = case when :tried then :now else tried_at end, tries = tries + case when :tried then 1 else 0 end
                        where tenant_id = :tenant and id = :id and state = 'waiting'
                        """)
                .param("state", state)
                .param("address", address)
                .param("reason", reason)
                .param("answer", cut(answer))
                .param("now", Timestamp.from(now))
                .param("tried", tried)
                .param("tenant", mail.tenantId())
                .param("id", mail.id())
                .update());
    }

    /** A mail that came back. */
    record Returned(UUID tenantId, UUID accountId, Purpose purpose, String address) {}

    /**
     * A mail that was sent since a moment, to this address, did not arrive after all. The id names the mail, whichever body it is of.
     *
     * @return whose it was; empty when no such mail was sent there, or it was known before
     */
    Optional<Returned> bounced(UUID id, String address, String reason, String answer, Instant now, Instant since) {
        return jdbc.sql("""
                        update notifications.mail m
                        set state = 'failed', reason = :reason, answer = :answer, ended_at = :now
                        from directory.tenant t
                        where m.tenant_id = t.id and m.id = :id and m.state = 'sent' and lower(m.address) = :address
                          and m.ended_at >= :since
                        returning m.tenant_id, m.account_id, m.purpose, m.address
                        """)
                .param("id", id)
                .param("address", address)
                .param("reason", reason)
                .param("answer", cut(answer))
                .param("now", Timestamp.from(now))
                .param("since", Timestamp.from(since))
                .query((row, n) -> new Returned(
                        row.getObject("tenant_id", UUID.class),
                        row.getObject("account_id", UUID.class),
                        Purpose.valueOf(row.getString("purpose").toUpperCase(Locale.ROOT)),
                        row.getString("address")))
                .optional();
    }

    void later(Claim mail, String address, String reason, String answer, Instant now, Instant due) {
        one(jdbc.sql("""
                        update notifications.mail
                        set address = :address, reason = :reason, answer = :answer, tried_at = :now, tries = tries + 1, due_at = :due
                        where tenant_id = :tenant and id = :id and state = 'waiting'
                        """)
                .param("address", address)
                .param("reason", reason)
                .param("answer", cut(answer))
                .param("now", Timestamp.from(now))
                .param("due", Timestamp.from(due))
                .param("tenant", mail.tenantId())
                .param("id", mail.id())
                .update());
    }

    private static @Nullable String cut(@Nullable String answer) {
        if (answer == null) {
            return null;
        }
        String line = Texts.oneLine(answer);
        return line.length() > LONGEST_ANSWER ? line.substring(0, LONGEST_ANSWER - 1) + "…" : line;
    }

    private static void one(int rows) {
        Check.that(rows == 1, "a mail that is held is there");
    }

    // Mails of the day

    record Whose(UUID tenantId, UUID accountId) {}

    /** Accounts that have something unread from before their hour. @param morning the newest 7 o'clock that is past; {@code evening} 17 o'clock */
    List<Whose> digests(Instant morning, Instant evening, Instant now, Whose after, int most) {
        return jdbc.sql("""
                        select distinct n.tenant_id, n.account_id
                        from notifications.notice n
                        join notifications.recipient r on r.tenant_id = n.tenant_id and r.account_id = n.account_id
                            and r.verified_at is not null and r.faulty_at is null
                        where n.post = 'digest' and n.mail_id is null and n.read_at is null
                          and n.made_at < case r.rhythm when 'morning' then cast(:morning as timestamptz)
                                                        when 'evening' then cast(:evening as timestamptz) else :now end
                          and (n.tenant_id, n.account_id) > (:tenant, :account)
                        order by n.tenant_id, n.account_id
                        limit :most
                        """)
                .param("morning", Timestamp.from(morning))
                .param("evening", Timestamp.from(evening))
                .param("now", Timestamp.from(now))
                .param("tenant", after.tenantId())
                .param("account", after.accountId())
                .param("most", most)
                .query((row, n) ->
                        new Whose(row.getObject("tenant_id", UUID.class), row.getObject("account_id", UUID.class)))
                .list();
    }

    /** One mail for all that waits of one account, however many instances make it. @return whether there is one now */
    boolean digest(Whose whose, Instant now) {
        UUID id = Ids.next();
        int notices =
                jdbc.sql("""
                        update notifications.notice set mail_id = ?
                        where tenant_id = ? and account_id = ? and post = 'digest' and mail_id is null and read_at is null
                        """).params(id, whose.tenantId(), whose.accountId()).update();
        if (notices == 0) {
            return false;
        }
        one(jdbc.sql("""
                        insert into notifications.mail
                            (tenant_id, id, account_id, purpose, place, state, made_at, made_by, since, due_at)
                        values (:tenant, :id, :account, 'digest', 2, 'waiting', :now, :nobody, :now, :now)
                        """)
                .param("tenant", whose.tenantId())
                .param("id", id)
                .param("account", whose.accountId())
                .param("nobody", Notice.NOBODY)
                .param("now", Timestamp.from(now))
                .update());
        return true;
    }

    // Lists

    private static final String WITHIN = """
            from notifications.mail m
            join access.account a on a.tenant_id = m.tenant_id and a.id = m.account_id
            left join directory.person p on p.tenant_id = a.tenant_id and p.id = a.person_id
            where m.tenant_id = :tenant
              and (:words = '' or strpos(p.search_key, :words) > 0 or strpos(translate(a.username, '._-', '   '), :words) > 0
                   or strpos(lower(a.display_name), lower(:typed)) > 0 or strpos(lower(m.address), lower(:typed)) > 0)
              and """ + RecipientStore.REACH;

    private JdbcClient.StatementSpec within(String sql, Viewer viewer, UUID[] units, String words) {
        return jdbc.sql(sql)
                .param("tenant", viewer.tenantId())
                .param("units", units)
                .param("words", Texts.searchKey(words))
                .param("typed", words.strip());
    }

    Map<State, Long> counts(Viewer viewer, UUID[] units, String words) {
        var counts = new EnumMap<State, Long>(State.class);
        within("select m.state, count(*) as many " + WITHIN + " group by m.state", viewer, units, words)
                .query(row -> {
                    counts.put(State.read(row.getString("state")).orElseThrow(), row.getLong("many"));
                });
        return counts;
    }

    List<Mail> list(Viewer viewer, UUID[] units, String words, @Nullable State state, int offset, int limit) {
        return within("""
                        select m.id, m.account_id, a.display_name, m.purpose, m.address, m.state, m.made_at, m.due_at, m.tries,
                               m.tried_at, m.ended_at, m.reason, m.answer,
                               (select n.kind from notifications.notice n
                                where n.tenant_id = m.tenant_id and n.mail_id = m.id and m.purpose = 'notice' limit 1) as kind
                        """ + WITHIN + """
                              and (cast(:state as text) is null or m.state = :state)
                        order by m.id desc
                        limit :limit offset :offset
                        """, viewer, units, words)
                .param("state", state == null ? null : state.code())
                .param("limit", Math.min(limit, MOST_LISTED))
                .param("offset", offset)
                .query((row, n) -> mail(row))
                .list();
    }

    Optional<Mail> find(Viewer viewer, UUID[] units, UUID id) {
        return within("""
                        select m.id, m.account_id, a.display_name, m.purpose, m.address, m.state, m.made_at, m.due_at, m.tries,
                               m.tried_at, m.ended_at, m.reason, m.answer, cast(null as text) as kind
                        """ + WITHIN + " and m.id = :id", viewer, units, "")
                .param("id", id)
                .query((row, n) -> mail(row))
                .optional();
    }

    /** One that was just made. */
    Mail one(UUID tenantId, UUID id) {
        return jdbc.sql("""
                        select m.id, m.account_id, '' as display_name, m.purpose, m.address, m.state, m.made_at, m.due_at, m.tries,
                               m.tried_at, m.ended_at, m.reason, m.answer, cast(null as text) as kind
                        from notifications.mail m where m.tenant_id = ? and m.id = ?
                        """).params(tenantId, id).query((row, n) -> mail(row)).single();
    }

    private static Mail mail(ResultSet row) throws SQLException {
        String kind = row.getString("kind");
        return new Mail(
                row.getObject("id", UUID.class),
                row.getObject("account_id", UUID.class),
                row.getString("display_name"),
                row.getString("purpose"),
                kind == null ? null : Kind.read(kind).orElseThrow(),
                row.getString("address"),
                State.read(row.getString("state")).orElseThrow(),
                row.getTimestamp("made_at").toInstant(),
                row.getTimestamp("due_at").toInstant(),
                row.getInt("tries"),
                instant(row.getTimestamp("tried_at")),
                instant(row.getTimestamp("ended_at")),
                row.getString("reason"),
                row.getString("answer"));
    }

    private static @Nullable Instant instant(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }

    /** Notices and digests that did not reach whoever they are for, in the units, since a moment; counted no further than the limit. */
    int failures(UUID tenantId, UUID[] units, Instant since, int most) {
        return jdbc.sql("""
                        select count(*) from (
                            select from notifications.mail m
                            join access.account a on a.tenant_id = m.tenant_id and a.id = m.account_id and a.state = 'active'
                            where m.tenant_id = :tenant and m.state = 'failed' and m.purpose in ('notice', 'digest')
                              and m.ended_at > :since and
                        """ + RecipientStore.REACH + " limit :most) f")
                .param("tenant", tenantId)
                .param("units", units)
                .param("since", Timestamp.from(since))
                .param("most", most)
                .query((row, n) -> row.getInt(1))
                .single();
    }

    /** Sends again what failed. @return whether it had failed */
    boolean again(UUID tenantId, UUID id, Instant now) {
        return jdbc.sql("""
                        update notifications.mail
                        set state = 'waiting', since = :now, due_at = :now, tries = 0, ended_at = null, reason = null, answer = null
                        where tenant_id = :tenant and id = :id and state = 'failed'
                        """)
                        .param("tenant", tenantId)
                        .param("id", id)
                        .param("now", Timestamp.from(now))
                        .update()
                == 1;
    }

    /** Says of a failure that it was dealt with otherwise. @return whether it had failed */
    boolean settle(UUID tenantId, UUID id) {
        return jdbc.sql("""
                        update notifications.mail set state = 'dropped', reason = 'settled'
                        where tenant_id = ? and id = ? and state = 'failed'
                        """).params(tenantId, id).update() == 1;
    }

    /** The newest trouble on the way to the server among what waits: the last try that did not get there. */
    Optional<Deliveries.Trouble> trouble(Instant since) {
        return jdbc.sql("""
                        select reason, answer, tried_at, (select count(*) from notifications.mail w where w.state = 'waiting') as waiting
                        from notifications.mail
                        where tried_at > ?
                        order by tried_at desc, id desc
                        limit 1
                        """)
                .param(Timestamp.from(since))
                .query((row, n) -> new Deliveries.Trouble(
                        String.valueOf(row.getString("reason")),
                        String.valueOf(row.getString("answer")),
                        row.getTimestamp("tried_at").toInstant(),
                        row.getLong("waiting")))
                .optional()
                .filter(last -> Deliveries.DOWN.contains(last.reason()));
    }

    /** Clears what nobody needs any more. @return rows */
    int tidy(Instant mailsBefore, Instant noticesBefore, Instant now) {
        int rows = jdbc.sql("delete from notifications.code where expires_at < ?")
                .param(Timestamp.from(now))
                .update();
        rows += jdbc.sql("delete from notifications.mail where state <> 'waiting' and ended_at < ?")
                .param(Timestamp.from(mailsBefore))
                .update();
        rows += jdbc.sql("delete from notifications.notice where made_at < ?")
                .param(Timestamp.from(noticesBefore))
                .update();
        return rows;
    }
}
