package vn.chuanmuc.notifications;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Holders;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TurnedClock;

/** The product with a mail server: a real one in this process, one for all tests. */
@ProductTest
abstract class MailProduct {
    static final String PUBLIC = "https://chuanmuc.example.vn";
    static final String FROM = "chuanmuc@tinh.gov.vn";
    static final GreenMail SERVER = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP))
            .withConfiguration(GreenMailConfiguration.aConfig().withDisabledAuthentication());
    private static final Pattern CODE = Pattern.compile("[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}");

    static {
        SERVER.start();
    }

    @DynamicPropertySource
    static void mail(DynamicPropertyRegistry properties) {
        properties.add("spring.mail.host", () -> "127.0.0.1");
        properties.add("spring.mail.port", () -> SERVER.getSmtp().getPort());
        properties.add("spring.mail.properties.mail.smtp.starttls.required", () -> "false");
        properties.add("chuanmuc.mail.from", () -> FROM);
        properties.add("chuanmuc.mail.per-minute", () -> "5000");
        properties.add("chuanmuc.public-address", () -> PUBLIC);
    }

    @Autowired
    TestBodies bodies;

    @Autowired
    Notifications notifications;

    @Autowired
    Addresses addresses;

    @Autowired
    Deliveries deliveries;

    @Autowired
    MailTodos todos;

    @Autowired
    MailStore store;

    @Autowired
    RecipientStore recipients;

    @Autowired
    MailSettings settings;

    @Autowired
    Letters letters;

    @Autowired
    MailCodes codes;

    @Autowired
    Holders holders;

    @Autowired
    SmtpPost post;

    @Autowired
    Postman postman;

    @Autowired
    Digests digests;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TurnedClock clock;

    /** The outbox is everybody's: what other tests left there, in whichever year they were, is not to be sent in this one. */
    @BeforeEach
    void clear() {
        jdbc.sql("""
                        update notifications.mail set state = 'dropped', reason = 'settled', ended_at = made_at where state = 'waiting'
                        """).update();
        jdbc.sql("update notifications.mail set tried_at = null where tried_at is not null")
                .update();
        jdbc.sql("update notifications.notice set post = 'none' where post = 'digest' and mail_id is null")
                .update();
    }

    @AfterEach
    void turnBack() {
        clock.turnBack();
    }

    /** A postman who goes to another server. */
    Postman postman(JavaMailSenderImpl sender) {
        return postman(new SmtpPost(() -> sender, settings, clock));
    }

    Postman postman(Post other) {
        return new Postman(store, recipients, settings, letters, codes, other, transaction, clock);
    }

    /** An address that no other test uses. */
    static String fresh() {
        return "t" + Ids.next().toString().replace("-", "") + "@phuong1.gov.vn";
    }

    /** Enters an address and verifies it with the code out of the mail, as a person does. */
    String verified(Viewer viewer) {
        String address = fresh();
        if (!addresses.enter(viewer, address).equals(new Addresses.Done.Now(false))) {
            throw new AssertionError("not entered");
        }
        postman.run();
        if (!addresses.verify(viewer, code(address)).equals(new Addresses.Done.Now(false))) {
            throw new AssertionError("not verified");
        }
        return address;
    }

    /** The code in the newest mail to the address. */
    static String code(String address) {
        Matcher matcher = CODE.matcher(text(to(address).getLast()));
        if (!matcher.find()) {
            throw new AssertionError("no code in the mail");
        }
        return matcher.group();
    }

    /** What has come for the address, the oldest first. */
    static List<MimeMessage> to(String address) {
        return Arrays.stream(SERVER.getReceivedMessages())
                .filter(message -> receiver(message).equals(Optional.of(address)))
                .toList();
    }

    private static Optional<String> receiver(MimeMessage message) {
        try {
            var to = message.getRecipients(Message.RecipientType.TO);
            return to == null || to.length != 1 ? Optional.empty() : Optional.of(to[0].toString());
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    static String subject(MimeMessage message) {
        try {
            return message.getSubject();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    static String text(MimeMessage message) {
        try {
            return ((String) message.getContent()).replace("\r\n", "\n");
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String header(MimeMessage message, String name) {
        try {
            return String.join("|", message.getHeader(name));
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    static final LocalDate DUE = LocalDate.of(2031, 12, 24);

    static Notice notice(Viewer viewer, Kind kind, UUID subject) {
        return new Notice(
                viewer.tenantId(),
                kind,
                Notice.NOBODY,
                subject,
                "",
                List.of("Đợt quý IV năm 2031", "Nguyễn Thị Bí Mật", "Phòng họp"),
                "/tai-khoan",
                DUE);
    }

    /** Tells in a transaction of its own. */
    int tell(Viewer viewer, Kind kind, UUID subject) {
        Integer told = transaction.execute(
                status -> notifications.tell(notice(viewer, kind, subject), List.of(viewer.accountId())));
        return told == null ? 0 : told;
    }

    /** How the mail of the account's newest notice or digest stands: state, reason. */
    List<String> states(Viewer viewer) {
        return jdbc.sql("""
                        select state || coalesce(' ' || reason, '') from notifications.mail
                        where tenant_id = ? and account_id = ? and purpose in ('notice', 'digest') order by id
                        """)
                .params(viewer.tenantId(), viewer.accountId())
                .query((row, n) -> row.getString(1))
                .list();
    }
}
