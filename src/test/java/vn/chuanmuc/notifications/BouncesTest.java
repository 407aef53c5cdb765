package vn.chuanmuc.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.testing.TestBodies.Body;

/** Mails that were taken and came back later (ADR 0022, RFC 3464), read from a real mailbox. */
class BouncesTest extends MailProduct {
    private static final GreenMail BOX = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
    private static GreenMailUser user;

    @BeforeAll
    static void start() {
        BOX.start();
        user = BOX.setUser(FROM, "bounces", "bi-mat");
    }

    @AfterAll
    static void stop() {
        BOX.stop();
    }

    private BounceChore chore() {
        return new BounceChore(
                new BounceBox("127.0.0.1", BOX.getImap().getPort(), "bounces", "bi-mat", false),
                store,
                recipients,
                settings,
                transaction,
                clock);
    }

    private record Sent(Viewer viewer, UUID mail, String address) {}

    /** A notice that was mailed. */
    private Sent sent(Body body) {
        Viewer viewer = body.official(body.person("Trần Thị Hoà", body.wardOne, body.partyBloc, body.staff));
        String address = verified(viewer);
        transaction.executeWithoutResult(status -> notifications.tell(
                new Notice(
                        body.tenant,
                        Kind.RESULT_TOLD,
                        new UUID(0, 0),
                        Ids.next(),
                        "1",
                        List.of("Đợt quý II"),
                        "/danh-gia/ket-qua",
                        null),
                List.of(viewer.accountId())));
        postman.run();
        MimeMessage mail = to(address).getLast();
        String id = header(mail, "Message-ID");
        return new Sent(viewer, UUID.fromString(id.substring(1, id.indexOf('@'))), address);
    }

    private static String report(String mail, String address, String action, String status) {
        return """
                From: Mail Delivery System <mailer-daemon@phuong1.gov.vn>
                To: %s
                Subject: Undelivered Mail Returned to Sender
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status; boundary="ranh"

                --ranh
                Content-Type: text/plain

                I'm sorry to have to inform you that your message could not be delivered.
                --ranh
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.phuong1.gov.vn
                Arrival-Date: Mon, 22 Nov 2021 07:00:00 +0700

                Final-Recipient: rfc822; %s
                Action: %s
                Status: %s
                Diagnostic-Code: smtp; 550 %s <b>User unknown</b>

                --ranh
                Content-Type: message/rfc822

                From: %s
                To: %s
                Message-ID: %s
                Subject: [...]

                text
                --ranh--
                """.formatted(FROM, address, action, status, status, FROM, address, mail)
                .replace("\n", "\r\n");
    }

    private static String id(Sent sent) {
        return "<" + sent.mail() + "@tinh.gov.vn>";
    }

    private void deliver(String message) {
        try {
            user.deliver(new MimeMessage(
                    Session.getInstance(new Properties()),
                    new ByteArrayInputStream(message.getBytes(StandardCharsets.UTF_8))));
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
        chore().run();
    }

    private String state(Sent sent) {
        return jdbc.sql("""
                        select m.state || coalesce(' ' || m.reason, '') || case when r.faulty_at is not null then ' faulty' else '' end
                        from notifications.mail m
                        join notifications.recipient r on r.tenant_id = m.tenant_id and r.account_id = m.account_id
                        where m.tenant_id = ? and m.id = ?
                        """)
                .params(sent.viewer().tenantId(), sent.mail())
                .query((row, n) -> row.getString(1))
                .single();
    }

    @Test
    void aMailThatCameBackIsAFailureAndItsAddressIsUsedNoMore() {
        Body body = bodies.create();
        Sent sent = sent(body);
        Sent other = sent(body);
        assertThat(state(sent)).isEqualTo("sent");
        deliver(report(id(sent), sent.address().toUpperCase(java.util.Locale.ROOT), "failed", "5.1.1"));
        assertThat(state(sent)).isEqualTo("failed no-such-address faulty");
        assertThat(state(other)).as("nobody else's").isEqualTo("sent");
        Viewer clerk = body.viewer(Role.CLERK, body.wardOne);
        assertThat(todos.of(clerk)).as("somebody's work").hasSize(1);
        var page = body.browser(clerk).get("/quan-tri/thu?trang-thai=failed");
        assertThat(page.text()).contains("Không có hộp thư này ở nơi nhận").contains("&lt;b&gt;User unknown&lt;/b&gt;");
        assertThat(BOX.getReceivedMessages()).allMatch(message -> seen(message));
        deliver(report(id(sent), sent.address(), "failed", "5.2.2"));
        assertThat(state(sent)).as("told twice").isEqualTo("failed no-such-address faulty");
    }

    private static boolean seen(MimeMessage message) {
        try {
            return message.isSet(Flags.Flag.SEEN);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aFullMailboxFailsTheMailAndADelayFailsNothing() {
        Sent sent = sent(bodies.create());
        deliver(report(id(sent), sent.address(), "delayed", "4.4.1"));
        deliver(report(id(sent), sent.address(), "failed", "4.4.7"));
        deliver(report(id(sent), sent.address(), "delivered", "2.0.0"));
        assertThat(state(sent)).isEqualTo("sent");
        deliver(report(id(sent), sent.address(), "failed", "5.2.2"));
        assertThat(state(sent)).isEqualTo("failed full");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "another address",
                "another mail",
                "another domain",
                "no id",
                "two ids",
                "no report",
                "no end",
                "huge",
                "deep",
                "bytes",
                "old"
            })
    void whatAnybodyElseWritesToTheMailboxDoesNothing(String what) {
        Sent sent = sent(bodies.create());
        String good = report(id(sent), sent.address(), "failed", "5.1.1");
        if (what.equals("old")) {
            jdbc.sql(
                            "update notifications.mail set ended_at = ended_at - interval '15 days' where tenant_id = ? and id = ?")
                    .params(sent.viewer().tenantId(), sent.mail())
                    .update();
            assertThat(BounceChore.LATEST).isLessThan(Duration.ofDays(15));
        }
        deliver(
                switch (what) {
                    case "another address" -> report(id(sent), "thu-khac@phuong1.gov.vn", "failed", "5.1.1");
                    case "another mail" ->
                        report("<" + Ids.next() + "@tinh.gov.vn>", sent.address(), "failed", "5.1.1");
                    case "another domain" ->
                        report("<" + sent.mail() + "@noi-khac.vn>", sent.address(), "failed", "5.1.1");
                    case "no id" -> good.replaceAll("Message-ID: .*\r\n", "");
                    case "two ids" -> good.replace("Message-ID: ", "Message-ID: <1@tinh.gov.vn>\r\nMessage-ID: ");
                    case "no report" ->
                        good.replace("multipart/report; report-type=delivery-status;", "multipart/mixed;");
                    case "no end" -> good.substring(0, good.indexOf("Final-Recipient"));
                    case "huge" ->
                        good.replace("I'm sorry", "x".repeat(900).concat("\r\n").repeat(400));
                    case "deep" ->
                        good.replace(
                                        "--ranh\r\nContent-Type: text/plain",
                                        "--ranh\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n"
                                                .repeat(2_000))
                                .replace("message/delivery-status", "text/plain");
                    case "bytes" -> "\u0000\u0001\uFFFD".repeat(1_000);
                    default -> good;
                });
        assertThat(state(sent)).isEqualTo("sent");
        chore().run();
        assertThat(BOX.getReceivedMessages()).as("looked at once").allMatch(BouncesTest::seen);
    }

    @Test
    void aMailboxThatIsAwayOrNotNamedBreaksNothing() {
        new BounceChore(
                        new BounceBox("127.0.0.1", MailServers.nobody(), "x", "y", false),
                        store,
                        recipients,
                        settings,
                        transaction,
                        clock)
                .run();
        var unnamed = new BounceBox("", 993, "", "", true);
        assertThat(unnamed.named()).isFalse();
        new BounceChore(unnamed, store, recipients, settings, transaction, clock).run();
    }
}
