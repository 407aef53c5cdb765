package vn.chuanmuc.testing;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.criteria.Audience;
import vn.chuanmuc.criteria.Decisions;
import vn.chuanmuc.criteria.Decisions.Import;
import vn.chuanmuc.criteria.Decisions.Publication;
import vn.chuanmuc.criteria.Decisions.Settled;
import vn.chuanmuc.criteria.Proof;
import vn.chuanmuc.testing.TestBodies.Body;

/** A decision with two small sets, read in and published as people do it, for tests that need one but not the real text. */
public final class SmallDecision {
    private static final String LEADERS = "Bộ tiêu chí của lãnh đạo, quản lý";
    private static final String STAFF = "Bộ tiêu chí của công chức, viên chức";
    private static final String HEADING = "Chính trị, tư tưởng";
    /** The text has it in capitals, as papers do above their type. */
    private static final Map<String, String> SETTLED = Map.of(Proof.ISSUER, "Ban Thường vụ Quận ủy thử");

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d/M/yyyy");

    public final UUID id;
    public final UUID leaders;
    public final UUID staff;
    private final JdbcClient jdbc;
    private final Body body;
    private final Viewer importer;
    private final Viewer proofreader;

    private SmallDecision(JdbcClient jdbc, Body body, Viewer importer, Viewer proofreader, UUID id) {
        this.jdbc = jdbc;
        this.body = body;
        this.importer = importer;
        this.proofreader = proofreader;
        this.id = id;
        this.leaders = set(Audience.LEADERS);
        this.staff = set(Audience.STAFF);
    }

    /** In force from 24/9/2021; leaders take three items, staff two. */
    public static SmallDecision publish(JdbcClient jdbc, Body body) {
        String text = text(
                "12-QĐ/QU",
                LocalDate.of(2021, 9, 24),
                "về việc ban hành tiêu chí",
                sheet(LEADERS, HEADING, leadersItems()),
                sheet(STAFF, HEADING, staffItems()));
        return published(
                jdbc,
                body,
                body.viewer(Role.IMPORTER, body.root),
                body.viewer(Role.PROOFREADER, body.root),
                "nho.txt",
                text,
                null);
    }

    /** The words of the leaders' items as {@link #publish} writes them. */
    public static List<String> leadersItems() {
        return items(LEADERS, 3);
    }

    /** The words of the staff's items as {@link #publish} writes them. */
    public static List<String> staffItems() {
        return items(STAFF, 2);
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
        String text = text(
                number,
                from,
                "về việc sửa đổi tiêu chí",
                sheet(LEADERS, leadersHeading, leadersItems),
                sheet(STAFF, staffHeading, staffItems));
        return published(jdbc, body, importer, proofreader, "sau.txt", text, id);
    }

    private static SmallDecision published(
            JdbcClient jdbc,
            Body body,
            Viewer importer,
            Viewer proofreader,
            String name,
            String text,
            @Nullable UUID supersedes) {
        Decisions decisions = body.decisions();
        Import read = decisions.importText(importer, name, text, List.of());
        if (read instanceof Import.Imported imported
                && decisions.acceptReadings(proofreader, imported.id(), SETTLED) instanceof Settled.Done settled
                && decisions.publish(proofreader, imported.id(), settled.version(), supersedes)
                        instanceof Publication.Published published) {
            return new SmallDecision(jdbc, body, importer, proofreader, published.id());
        }
        throw new IllegalStateException("the small decision could not be published: " + read);
    }

    private UUID set(Audience audience) {
        return body.criteria().sets(body.tenant, id).stream()
                .filter(set -> set.audience() == audience)
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static String text(String number, LocalDate day, String subject, String leaders, String staff) {
        return """
                QUẬN ỦY THỬ
                Số %s, ngày %s

                QUYẾT ĐỊNH
                %s

                - Xét đề nghị của Ban Tổ chức Quận ủy thử,

                BAN THƯỜNG VỤ QUẬN ỦY THỬ
                QUYẾT ĐỊNH

                Điều 1. Ban hành hai bộ tiêu chí kèm theo quyết định này.

                Điều 2. Quyết định có hiệu lực kể từ ngày ký.

                Nơi nhận:
                - Lưu.

                T/M BAN THƯỜNG VỤ
                BÍ THƯ

                Nguyễn Văn Thử

                %s
                %s""".formatted(number, DAY.format(day), subject, leaders, staff);
    }

    private static String sheet(String title, String heading, List<String> items) {
        return """
                BỘ TIÊU CHÍ
                %s
                (ban hành kèm theo quyết định thử)

                I. Phẩm chất
                1. %s
                - %s
                """.formatted(title, heading, String.join("\n- ", items));
    }

    private static List<String> items(String title, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(position -> "Nội dung thứ " + position + " của " + title + ".")
                .toList();
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
}
