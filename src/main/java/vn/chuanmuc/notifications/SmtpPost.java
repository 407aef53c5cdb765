package vn.chuanmuc.notifications;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.NoSuchProviderException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.Objects;
import java.util.UUID;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.stereotype.Component;

/**
 * By SMTP (RFC 5321), as {@code spring.mail.*} says. Of what goes wrong it tells whether it is about the mail, for now or for good, or
 * about the way to the server: then no other mail would fare better.
 */
@Component
class SmtpPost implements Post {
    private static final String UTF8 = StandardCharsets.UTF_8.name();

    private final ObjectFactory<JavaMailSenderImpl> senders;
    private final MailSettings settings;
    private final Clock clock;

    SmtpPost(ObjectFactory<JavaMailSenderImpl> senders, MailSettings settings, Clock clock) {
        this.senders = senders;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Line line() {
        return new SmtpLine(senders.getObject());
    }

    private final class SmtpLine implements Line {
        private final JavaMailSenderImpl sender;
        private final Session session;
        private @Nullable Transport transport;

        SmtpLine(JavaMailSenderImpl sender) {
            this.sender = sender;
            this.session = sender.getSession();
        }

        @Override
        public Outcome send(Letter letter) {
            Transport open;
            try {
                open = open();
            } catch (AuthenticationFailedException e) {
                return new Outcome.Down("auth", words(e));
            } catch (MessagingException e) {
                return new Outcome.Down(secure(e) ? "tls" : "connection", words(e));
            }
            MimeMessage message;
            try {
                message = write(letter);
            } catch (AddressException e) {
                return new Outcome.Never("bad-address", words(e));
            } catch (MessagingException | UnsupportedEncodingException e) {
                return new Outcome.Never("unwritten", words(e));
            }
            try {
                open.sendMessage(message, message.getAllRecipients());
                return new Outcome.Accepted();
            } catch (MessagingException e) {
                Outcome outcome = read(e);
                if (!open.isConnected()) {
                    transport = null;
                }
                return outcome;
            }
        }

        private Transport open() throws MessagingException {
            Transport known = transport;
            if (known != null && known.isConnected()) {
                return known;
            }
            Transport made = transport();
            made.connect(sender.getHost(), sender.getPort(), blank(sender.getUsername()), blank(sender.getPassword()));
            transport = made;
            return made;
        }

        private Transport transport() throws NoSuchProviderException {
            return session.getTransport(Objects.requireNonNullElse(sender.getProtocol(), "smtp"));
        }

        private MimeMessage write(Letter letter) throws MessagingException, UnsupportedEncodingException {
            var message = new IdentifiedMessage(session, letter.id(), settings.domain());
            message.setFrom(new InternetAddress(settings.from(), "Chuẩn Mực", UTF8));
            var to = new InternetAddress(letter.address(), true);
            to.validate();
            message.setRecipient(RecipientType.TO, to);
            message.setSubject(letter.subject(), UTF8);
            message.setText(letter.text(), UTF8);
            message.setSentDate(Date.from(clock.instant()));
            message.setHeader("Content-Language", letter.language().getLanguage());
            // Nobody's “I am on leave” comes back (RFC 3834).
            message.setHeader("Auto-Submitted", "auto-generated");
            message.setHeader("X-Auto-Response-Suppress", "All");
            message.saveChanges();
            return message;
        }

        @Override
        public void close() {
            Transport open = transport;
            transport = null;
            if (open != null) {
                try {
                    open.close();
                } catch (MessagingException e) {
                    // The mails are away; how the server says good-bye changes nothing.
                }
            }
        }
    }

    /** Its id is the row's, at every try: a server or a reader that has seen it before can tell. */
    private static final class IdentifiedMessage extends MimeMessage {
        private final String id;

        IdentifiedMessage(Session session, UUID id, String domain) {
            super(session);
            this.id = "<" + id + "@" + domain + ">";
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }

    private static @Nullable String blank(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    /** The address' own answer says most; then the sender's; then that to the mail as a whole. */
    private static Outcome read(MessagingException e) {
        Outcome whole = null;
        for (Exception one = e;
                one != null;
                one = one instanceof MessagingException more ? more.getNextException() : null) {
            switch (one) {
                case SMTPAddressFailedException address -> {
                    return ofAddress(address.getReturnCode(), words(address));
                }
                case SMTPSenderFailedException sender -> {
                    return new Outcome.Down(
                            sender.getReturnCode() == 530 || sender.getReturnCode() == 535 ? "auth" : "sender",
                            words(sender));
                }
                case SMTPSendFailedException send -> whole = ofMail(send.getReturnCode(), words(send));
                default -> {}
            }
        }
        return whole != null ? whole : new Outcome.Down(secure(e) ? "tls" : "connection", words(e));
    }

    private static Outcome ofAddress(int code, String answer) {
        if (code < 500) {
            return new Outcome.Later("busy", answer);
        }
        boolean unknown = (code == 550 || code == 551 || code == 553 || code == 556) && !answer.contains("5.7.");
        return new Outcome.Never(unknown ? "no-such-address" : code == 552 ? "full" : "refused", answer);
    }

    private static Outcome ofMail(int code, String answer) {
        return switch (code) {
            case 421 -> new Outcome.Down("busy", answer);
            case 530, 535 -> new Outcome.Down("auth", answer);
            default -> {
                if (code >= 500) {
                    yield new Outcome.Never(code == 552 ? "full" : "refused", answer);
                }
                yield code >= 400 ? new Outcome.Later("busy", answer) : new Outcome.Down("connection", answer);
            }
        };
    }

    private static boolean secure(Throwable e) {
        for (Throwable one = e; one != null; one = one.getCause()) {
            if (one instanceof SSLException) {
                return true;
            }
        }
        return String.valueOf(e.getMessage()).contains("STARTTLS");
    }

    private static String words(Exception e) {
        return String.valueOf(e.getMessage());
    }
}
