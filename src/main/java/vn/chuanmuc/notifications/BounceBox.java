package vn.chuanmuc.notifications;

import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.search.FlagTerm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Properties;
import java.util.function.Consumer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The mailbox of the sender's address, read by IMAP (RFC 9051) when an operator names it. What was looked at is marked as read, and
 * nothing is ever deleted.
 */
@Component
class BounceBox {
    /** A server's report with what it is about; more is somebody's letter. */
    static final int MOST_BYTES = 256 << 10;

    private static final int AT_ONCE = 200;
    private static final String PATIENCE = "20000";

    private final String host;
    private final int port;
    private final String user;
    private final String password;
    private final boolean secure;

    BounceBox(
            @Value("${chuanmuc.bounces.host}") String host,
            @Value("${chuanmuc.bounces.port}") int port,
            @Value("${chuanmuc.bounces.user}") String user,
            @Value("${chuanmuc.bounces.password}") String password,
            @Value("${chuanmuc.bounces.ssl}") boolean secure) {
        this.host = host.strip();
        this.port = port;
        this.user = user.strip();
        this.password = password;
        this.secure = secure;
    }

    boolean named() {
        return !host.isEmpty();
    }

    /** Hands over what is unread, as bytes; at most 200. @return how many were looked at */
    int read(Consumer<byte[]> reader) throws MessagingException {
        String protocol = secure ? "imaps" : "imap";
        var properties = new Properties();
        String mail = "mail." + protocol + ".";
        properties.setProperty(mail + "connectiontimeout", PATIENCE);
        properties.setProperty(mail + "timeout", PATIENCE);
        properties.setProperty(mail + "writetimeout", PATIENCE);
        properties.setProperty(mail + "ssl.checkserveridentity", "true");
        try (Store store = Session.getInstance(properties).getStore(protocol)) {
            store.connect(host, port, user, password);
            try (Folder inbox = store.getFolder("INBOX")) {
                inbox.open(Folder.READ_WRITE);
                Message[] unread = inbox.search(new FlagTerm(new Flags(Flags.Flag.SEEN), false));
                Message[] some = Arrays.copyOf(unread, Math.min(unread.length, AT_ONCE));
                var sizes = new FetchProfile();
                sizes.add(FetchProfile.Item.ENVELOPE);
                sizes.add(FetchProfile.Item.CONTENT_INFO);
                inbox.fetch(some, sizes);
                for (Message message : some) {
                    if (message.getSize() <= MOST_BYTES) {
                        look(message, reader);
                    }
                    message.setFlag(Flags.Flag.SEEN, true);
                }
                return some.length;
            }
        }
    }

    private static void look(Message message, Consumer<byte[]> reader) throws MessagingException {
        var bytes = new Limited();
        try {
            message.writeTo(bytes);
        } catch (IOException e) {
            return; // larger than its server said, or unreadable
        }
        reader.accept(bytes.held.toByteArray());
    }

    private static final class Limited extends OutputStream {
        final ByteArrayOutputStream held = new ByteArrayOutputStream();

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] some, int from, int length) throws IOException {
            if (held.size() + length > MOST_BYTES) {
                throw new IOException("more than is read");
            }
            held.write(some, from, length);
        }
    }
}
