package vn.chuanmuc.notifications;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.notifications.Notice.To;
import vn.chuanmuc.notifications.Notifications.Line;

@Component
class NoticeStore {
    private static final int MOST_LISTED = 200;

    private final JdbcClient jdbc;

    NoticeStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private static final RowMapper<Line> LINE = (row, n) -> new Line(
            row.getObject("id", UUID.class),
            Kind.read(row.getString("kind")).orElseThrow(),
            words(row.getString("words")),
            row.getString("href"),
            row.getObject("due", LocalDate.class),
            row.getTimestamp("made_at").toInstant(),
            row.getTimestamp("read_at") != null,
            row.getBoolean("mailed"));

    static List<String> words(String lines) {
        return lines.isEmpty() ? List.of() : List.of(lines.split("\n", -1));
    }

    /**
     * One statement: whoever was told before keeps what they have. A mail of its own bears the notice's id.
     *
     * @param all of one kind and one body
     * @param mails whether mail is sent at all
     * @return how many are new
     */
    int insert(List<To> all, boolean mails, Instant now) {
        if (all.isEmpty()) {
            return 0;
        }
        Notice first = all.getFirst().notice();
        Kind kind = first.kind();
        return jdbc.sql("""
                        with given as (
                            select g.*, a.id as account,
                                   case when not :mails or r.verified_at is null or r.faulty_at is not null
                                             or (:mutable and :group = any (r.muted)) then 'none'
                                        when :urgent or r.rhythm = 'now' then 'now'
                                        else 'digest' end as post
                            from unnest(cast(:ids as uuid[]), cast(:accounts as uuid[]), cast(:subjects as uuid[]),
                                        cast(:occasions as text[]), cast(:words as text[]), cast(:hrefs as text[]), cast(:dues as date[]))
                                as g (id, account_id, subject_id, occasion, words, href, due)
                            join access.account a on a.tenant_id = :tenant and a.id = g.account_id and a.state = 'active'
                            left join notifications.recipient r on r.tenant_id = :tenant and r.account_id = g.account_id
                            order by g.account_id, g.subject_id),
                        told as (
                            insert into notifications.notice
                                (tenant_id, id, account_id, kind, subject_id, occasion, words, href, due, made_at, post, mail_id)
                            select :tenant, g.id, g.account_id, :kind, g.subject_id, g.occasion, g.words, g.href, g.due, :now, g.post,
                                   case when g.post = 'now' then g.id end
                            from given g
                            on conflict (tenant_id, account_id, kind, subject_id, occasion) do nothing
                            returning id, account_id, post),
                        posted as (
                            insert into notifications.mail
                                (tenant_id, id, account_id, purpose, place, state, made_at, made_by, since, due_at)
                            select :tenant, t.id, t.account_id, 'notice', case when :urgent then 1 else 2 end, 'waiting', :now, :by,
                                   :now, :now
                            from told t where t.post = 'now')
                        select count(*) from told
                        """)
                .param("tenant", first.tenantId())
                .param("kind", kind.code())
                .param("mails", mails)
                .param("mutable", kind.group().mutable())
                .param("group", kind.group().code())
                .param("urgent", kind.group().urgent())
                .param("by", first.by())
                .param("now", Timestamp.from(now))
                .param("ids", all.stream().map(to -> Ids.next()).toArray(UUID[]::new))
                .param("accounts", all.stream().map(To::account).toArray(UUID[]::new))
                .param("subjects", all.stream().map(to -> to.notice().subject()).toArray(UUID[]::new))
                .param("occasions", texts(all, Notice::occasion))
                .param("words", texts(all, notice -> String.join("\n", notice.words())))
                .param("hrefs", texts(all, Notice::href))
                .param(
                        "dues",
                        all.stream()
                                .map(to -> to.notice().due())
                                .map(due -> due == null ? null : Date.valueOf(due))
                                .toArray(Date[]::new))
                .query((row, n) -> row.getInt(1))
                .single();
    }

    private static String[] texts(List<To> all, Function<Notice, String> part) {
        return all.stream().map(to -> part.apply(to.notice())).toArray(String[]::new);
    }

    int unread(Viewer viewer, int most) {
        return jdbc.sql("""
                        select count(*) from (
                            select from notifications.notice where tenant_id = ? and account_id = ? and read_at is null limit ?) u
                        """)
                .params(viewer.tenantId(), viewer.accountId(), most)
                .query((row, n) -> row.getInt(1))
                .single();
    }

    List<Line> list(Viewer viewer, boolean unreadOnly, int offset, int limit) {
        return jdbc.sql("""
                        select n.id, n.kind, n.words, n.href, n.due, n.made_at, n.read_at,
                               exists (select from notifications.mail m
                                       where m.tenant_id = n.tenant_id and m.id = n.mail_id and m.state = 'sent') as mailed
                        from notifications.notice n
                        where n.tenant_id = :tenant and n.account_id = :account and (not :unread or n.read_at is null)
                        order by n.id desc
                        limit :limit offset :offset
                        """)
                .param("tenant", viewer.tenantId())
                .param("account", viewer.accountId())
                .param("unread", unreadOnly)
                .param("limit", Math.min(limit, MOST_LISTED))
                .param("offset", offset)
                .query(LINE)
                .list();
    }

    long count(Viewer viewer, boolean unreadOnly) {
        return jdbc.sql("""
                        select count(*) from notifications.notice
                        where tenant_id = ? and account_id = ? and (not ? or read_at is null)
                        """)
                .params(viewer.tenantId(), viewer.accountId(), unreadOnly)
                .query((row, n) -> row.getLong(1))
                .single();
    }

    Optional<String> read(Viewer viewer, UUID id, Instant now) {
        return jdbc.sql("""
                        update notifications.notice set read_at = coalesce(read_at, ?)
                        where tenant_id = ? and id = ? and account_id = ?
                        returning href
                        """)
                .params(Timestamp.from(now), viewer.tenantId(), id, viewer.accountId())
                .query((row, n) -> row.getString(1))
                .optional();
    }

    int readAll(Viewer viewer, Instant until, Instant now) {
        return jdbc.sql("""
                        update notifications.notice set read_at = ?
                        where tenant_id = ? and account_id = ? and read_at is null and made_at <= ?
                        """)
                .params(Timestamp.from(now), viewer.tenantId(), viewer.accountId(), Timestamp.from(until))
                .update();
    }
}
