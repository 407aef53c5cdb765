package vn.chuanmuc.testing;

import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.testing.TestBodies.Body;

/** A published decision with two small sets, for tests that need one but not the real text. */
public final class SmallDecision {
    private static final String HEADING = "Chính trị, tư tưởng";
    public final UUID id = Ids.next();
    public final UUID leaders = Ids.next();
    public final UUID staff = Ids.next();
    private final JdbcClient jdbc;
    private final Body body;

    private SmallDecision(JdbcClient jdbc, Body body) {
        this.jdbc = jdbc;
        this.body = body;
    }

    /** In force from 24/9/2021; leaders take three items, staff two. */
    public static SmallDecision publish(JdbcClient jdbc, Body body) {
        var decision = new SmallDecision(jdbc, body);
        byte[] hash = Sha256.of(decision.id.toString());
        jdbc.sql("""
                        insert into documents.content (tenant_id, hash, media_type, bytes, stored_at)
                        values (?, ?, 'text/plain', ?, now())
                        """).params(body.tenant, hash, new byte[] {1}).update();
        jdbc.sql("""
                        insert into criteria.decision
                            (tenant_id, id, state, source_hash, source_name, number_printed, number_normalised, date_printed,
                             signed_on, issuer, subject, effective_from, content, imported_by, imported_at, published_by,
                             published_at)
                        values (?, ?, 'published', ?, 'nho.txt', '12-QĐ/QU', '12-QĐ/QU', '24/9/2021', date '2021-09-24',
                                'Ban Thường vụ Quận ủy thử', 'về việc ban hành tiêu chí', date '2021-09-24', '{}',
                                '00000000-0000-0000-0000-000000000001', now(), '00000000-0000-0000-0000-000000000002', now())
                        """).params(body.tenant, decision.id, hash).update();
        decision.set(decision.leaders, 1, "Bộ tiêu chí của lãnh đạo, quản lý", "leaders", 3);
        decision.set(decision.staff, 2, "Bộ tiêu chí của công chức, viên chức", "staff", 2);
        return decision;
    }

    /** The words of the leaders' items as {@link #publish} writes them. */
    public static List<String> leadersItems() {
        return items("Bộ tiêu chí của lãnh đạo, quản lý", 3);
    }

    /** The words of the staff's items as {@link #publish} writes them. */
    public static List<String> staffItems() {
        return items("Bộ tiêu chí của công chức, viên chức", 2);
    }

    /** A later decision that takes the place of this one from a day on, with these items. */
    public SmallDecision replacedBy(String number, LocalDate from, List<String> leadersItems, List<String> staffItems) {
        return replacedBy(number, from, leadersItems, staffItems, HEADING, HEADING);
    }

    /** The same with other headings over the items. */
    public SmallDecision replacedBy(
            String number,
            LocalDate from,
            List<String> leadersItems,
            List<String> staffItems,
            String leadersHeading,
            String staffHeading) {
        var later = new SmallDecision(jdbc, body);
        jdbc.sql("""
                        insert into criteria.decision
                            (tenant_id, id, state, source_hash, source_name, number_printed, number_normalised, date_printed,
                             signed_on, issuer, subject, effective_from, content, imported_by, imported_at, published_by,
                             published_at, supersedes_id)
                        select tenant_id, ?, 'published', source_hash, 'sau.txt', ?, ?, '', ?, issuer, 'về việc sửa đổi tiêu chí',
                               ?, '{}', imported_by, now(), published_by, now(), id
                        from criteria.decision where tenant_id = ? and id = ?
                        """)
                .params(later.id, number, number, Date.valueOf(from), Date.valueOf(from), body.tenant, id)
                .update();
        supersededFrom(from);
        later.set(later.leaders, 1, "Bộ tiêu chí của lãnh đạo, quản lý", "leaders", leadersItems, leadersHeading);
        later.set(later.staff, 2, "Bộ tiêu chí của công chức, viên chức", "staff", staffItems, staffHeading);
        return later;
    }

    private static List<String> items(String title, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(position -> "Nội dung thứ " + position + " của " + title + ".")
                .toList();
    }

    private void set(UUID set, int ordinal, String title, String audience, int items) {
        set(set, ordinal, title, audience, items(title, items), HEADING);
    }

    private void set(UUID set, int ordinal, String title, String audience, List<String> items, String heading) {
        jdbc.sql("""
                        insert into criteria.criteria_set (tenant_id, id, decision_id, ordinal, title, issued_with, audience, items)
                        values (?, ?, ?, ?, ?, '(ban hành kèm theo quyết định thử)', ?, ?)
                        """)
                .params(body.tenant, set, id, ordinal, title, audience, items.size())
                .update();
        jdbc.sql(
                        "insert into criteria.criteria_group (tenant_id, set_id, ordinal, numeral, title) values (?, ?, 1, 'I', 'Phẩm chất')")
                .params(body.tenant, set)
                .update();
        jdbc.sql("""
                        insert into criteria.criterion (tenant_id, set_id, group_ordinal, ordinal, numeral, title)
                        values (?, ?, 1, 1, '1', ?)
                        """).params(body.tenant, set, heading).update();
        for (int position = 1; position <= items.size(); position++) {
            jdbc.sql("""
                            insert into criteria.item
                                (tenant_id, id, set_id, position, group_ordinal, criterion_ordinal, ordinal, words)
                            values (?, ?, ?, ?, 1, 1, ?, ?)
                            """)
                    .params(body.tenant, Ids.next(), set, position, position, items.get(position - 1))
                    .update();
        }
    }

    /** Decides by position, for everybody of the body who has no set yet: who leads takes the leaders' set. */
    public void decideForAll() {
        jdbc.sql("""
                        insert into criteria.applicability
                            (tenant_id, decision_id, person_id, set_id, proposed, reason, decided_by, decided_at)
                        select distinct on (a.person_id) a.tenant_id, ?, a.person_id, case when o.leads then ? else ? end, true,
                               'theo chức vụ', '00000000-0000-0000-0000-000000000001', now()
                        from directory.assignment a
                        join directory.position o on o.tenant_id = a.tenant_id and o.id = a.position_id
                        where a.tenant_id = ? and a.valid_to is null
                        on conflict do nothing
                        """).params(id, leaders, staff, body.tenant).update();
    }

    public void supersededFrom(LocalDate day) {
        jdbc.sql(
                        "update criteria.decision set state = 'superseded', superseded_from = ? where tenant_id = ? and id = ?")
                .params(Date.valueOf(day), body.tenant, id)
                .update();
    }
}
