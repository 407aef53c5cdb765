package vn.chuanmuc.notifications;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what servers write when a mail they took could not be delivered after all (RFC 3464). What is written otherwise is no bounce. */
final class BounceReader {
    /** Of a part: more is not read. */
    private static final int MOST_BYTES = 64 << 10;

    private static final int MOST_PARTS = 10;
    private static final int MOST_RECIPIENTS = 20;
    private static final Pattern ID =
            Pattern.compile("\\s*<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@([^<>@\\s]{1,255})>\\s*");
    private static final Pattern FINAL = Pattern.compile("\\s*5\\.(\\d{1,3})\\.(\\d{1,3})\\b.*");

    private BounceReader() {}

    /** @param address to which it could not be delivered, as the server says */
    record Failed(String address, String reason, String words) {}

    /** @param mail the row the mail was sent from, by its own id */
    record Bounce(UUID mail, List<Failed> failed) {}

    /** @param domain the right half of our mails' ids; empty for everything that is not told of one of them, for good */
    static Optional<Bounce> read(byte[] bytes, String domain) {
        try {
            var message = new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes));
            if (!message.isMimeType("multipart/report")) {
                return Optional.empty();
            }
            Multipart parts = new MimeMultipart(message.getDataHandler().getDataSource());
            UUID mail = null;
            var failed = new ArrayList<Failed>();
            for (int i = 0; i < Math.min(parts.getCount(), MOST_PARTS); i++) {
                BodyPart part = parts.getBodyPart(i);
                if (part.isMimeType("message/delivery-status")) {
                    failed.addAll(failures(text(part)));
                } else if (part.isMimeType("message/rfc822") || part.isMimeType("text/rfc822-headers")) {
                    mail = mail == null ? mail(text(part), domain) : mail;
                }
            }
            return mail == null || failed.isEmpty() ? Optional.empty() : Optional.of(new Bounce(mail, failed));
        } catch (MessagingException | IOException | RuntimeException e) {
            return Optional.empty(); // whoever writes to a mailbox may write anything, and nothing comes of it
        }
    }

    private static String text(BodyPart part) throws MessagingException, IOException {
        try (InputStream in = part.getInputStream()) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        }
    }

    private static @Nullable UUID mail(String headers, String domain) throws MessagingException {
        String[] ids = headers(headers).getHeader("Message-ID");
        Matcher matcher = ID.matcher(ids == null || ids.length != 1 ? "" : ids[0]);
        return matcher.matches() && matcher.group(2).equalsIgnoreCase(domain)
                ? UUID.fromString(matcher.group(1))
                : null;
    }

    private static InternetHeaders headers(String text) throws MessagingException {
        return new InternetHeaders(
                new ByteArrayInputStream((text + "\r\n\r\n").getBytes(StandardCharsets.UTF_8)), true);
    }

    /** A block for the mail, then one for each of those who did not get it. */
    private static List<Failed> failures(String status) throws MessagingException {
        var failed = new ArrayList<Failed>();
        for (String block : status.split("\\r?\\n[ \\t]*\\r?\\n", MOST_RECIPIENTS + 2)) {
            if (failed.size() == MOST_RECIPIENTS) {
                break;
            }
            InternetHeaders fields = headers(block.strip());
            String action = fields.getHeader("Action", null);
            Matcher code = FINAL.matcher(field(fields, "Status"));
            if (action == null || !action.strip().equalsIgnoreCase("failed") || !code.matches()) {
                continue;
            }
            for (String name : List.of("Original-Recipient", "Final-Recipient")) {
                String address = address(field(fields, name));
                if (!address.isEmpty()) {
                    failed.add(new Failed(
                            address,
                            reason(code.group(1), code.group(2)),
                            field(fields, "Status").strip() + " "
                                    + field(fields, "Diagnostic-Code").strip()));
                }
            }
        }
        return failed;
    }

    private static String field(InternetHeaders fields, String name) {
        String value = fields.getHeader(name, null);
        return value == null ? "" : value;
    }

    /** {@code rfc822; an@phuong1.gov.vn} */
    private static String address(String field) {
        int type = field.indexOf(';');
        return type < 0 || !field.substring(0, type).strip().equalsIgnoreCase("rfc822")
                ? ""
                : field.substring(type + 1).strip().replaceAll("^<|>$", "").toLowerCase(Locale.ROOT);
    }

    /** RFC 3463: of 5.1.x those about the address it went to; 5.2.2: a mailbox that is full. */
    private static String reason(String subject, String detail) {
        return switch (subject + "." + detail) {
            case "1.1", "1.2", "1.3", "1.6", "1.10" -> "no-such-address";
            case "2.2" -> "full";
            default -> "refused";
        };
    }
}
