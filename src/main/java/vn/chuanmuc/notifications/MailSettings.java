package vn.chuanmuc.notifications;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import vn.chuanmuc.platform.StartFailure;

/** Whether mail is sent at all, from whom, how fast, and where its links lead. The server's password is not here. */
@Component
class MailSettings {
    private final String host;
    private final int port;
    private final String from;
    private final String publicAddress;
    private final int perMinute;

    MailSettings(
            @Value("${spring.mail.host}") String host,
            @Value("${spring.mail.port}") int port,
            @Value("${chuanmuc.mail.from}") String from,
            @Value("${chuanmuc.public-address}") String publicAddress,
            @Value("${chuanmuc.mail.per-minute}") int perMinute) {
        this.host = host.strip();
        this.port = port;
        this.publicAddress = publicAddress.strip().replaceAll("/+$", "");
        this.perMinute = Math.max(1, perMinute);
        String sender = from.strip();
        Optional<String> read = MailAddress.read(sender) instanceof MailAddress.Reading.Read(var address)
                ? Optional.of(address)
                : Optional.empty();
        if (!sender.isEmpty() && read.isEmpty()) {
            throw new StartFailure("mail-from", null, sender);
        }
        this.from = read.orElse("");
    }

    /** What an operator has yet to set, as parts of message keys; empty when mail is sent. */
    List<String> missing() {
        var missing = new ArrayList<String>();
        if (host.isEmpty()) {
            missing.add("host");
        }
        if (from.isEmpty()) {
            missing.add("from");
        }
        if (publicAddress.isEmpty()) {
            missing.add("public-address");
        }
        return missing;
    }

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    String from() {
        return from;
    }

    /** The domain of the sender: the right half of each mail's own id. */
    String domain() {
        return from.substring(from.indexOf('@') + 1);
    }

    int perMinute() {
        return perMinute;
    }

    String link(String path) {
        return publicAddress + path;
    }
}
