package vn.chuanmuc.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Draws the codes of papers and knows its own: 55 random bits, then 25 bits of HMAC-SHA256 over them with the key
 * {@code papers.key} of the data folder. The check tells a misread or invented code without asking anybody; a code that is found
 * among the papers issued needs no check, so a lost key loses no paper.
 */
@Component
public class PaperCodes {
    private static final String WHAT = "chuanmuc/paper/1 ";
    private static final String FILE = "papers.key";
    private static final int KEY_BYTES = 32;
    private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");
    /** Only scheme, host and port: what follows is written in capitals, which nothing else forgives. */
    private static final Pattern ADDRESS = Pattern.compile("(?i)https?://[a-z0-9.-]+(:\\d{1,5})?/?");

    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec key;
    private final String before;

    PaperCodes(@Value("${chuanmuc.data}") Path data, @Value("${chuanmuc.public-address}") String publicAddress)
            throws IOException {
        key = new SecretKeySpec(key(data.toAbsolutePath()), "HmacSHA256");
        before = before(publicAddress.strip());
    }

    private static String before(String address) {
        if (address.isEmpty()) {
            return "CHUANMUC:V/";
        }
        if (!ADDRESS.matcher(address).matches()) {
            throw new IllegalStateException(
                    "chuanmuc.public-address must be a scheme, a host and perhaps a port: " + address);
        }
        String host = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
        return host.toUpperCase(Locale.ROOT) + "/V/";
    }

    /** Reads the key, or makes one; of two that start at once on one folder, one makes it. */
    private static byte[] key(Path data) throws IOException {
        Path file = data.resolve(FILE);
        if (!Files.exists(file)) {
            Files.createDirectories(data);
            var made = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(made);
            Path whole = Files.createTempFile(
                    data, FILE, "", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try {
                Files.writeString(whole, HexFormat.of().formatHex(made) + "\n");
                Files.createLink(file, whole);
            } catch (FileAlreadyExistsException quicker) {
                // The other's key is read below.
            } finally {
                Files.delete(whole);
            }
        }
        String text = Files.readString(file).strip();
        if (!KEY.matcher(text).matches()) {
            throw new UncheckedIOException(new IOException(file + " is not a key of 64 hex digits"));
        }
        return HexFormat.of().parseHex(text);
    }

    /** A code nobody has seen; whether it is free is for the store to say. */
    PaperCode next() {
        long bits = random.nextLong();
        var drawn = new StringBuilder(PaperCode.LENGTH);
        for (int at = 0; at < PaperCode.DRAWN; at++) {
            drawn.append(PaperCode.DIGITS.charAt((int) (bits >>> (5 * at)) & 31));
        }
        return new PaperCode(drawn.append(check(drawn)).toString());
    }

    /** Whether the code's check is right: not misread, not invented. It says nothing of what the paper says. */
    public boolean genuine(PaperCode code) {
        byte[] right = check(code.signs().substring(0, PaperCode.DRAWN)).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(
                right, code.signs().substring(PaperCode.DRAWN).getBytes(StandardCharsets.US_ASCII));
    }

    /** What the QR of a page says: upper case throughout, which its alphanumeric mode needs. */
    public String mark(PaperCode code, int page, int pages) {
        var mark = new PageMark(code, page, pages);
        return before + mark.code().signs() + "/" + mark.page() + "/" + mark.pages();
    }

    private String check(CharSequence drawn) {
        byte[] mac;
        try {
            var hmac = Mac.getInstance("HmacSHA256");
            hmac.init(key);
            mac = hmac.doFinal((WHAT + drawn).getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
        int bits = (mac[0] & 0xff) << 24 | (mac[1] & 0xff) << 16 | (mac[2] & 0xff) << 8 | mac[3] & 0xff;
        var check = new StringBuilder(5);
        for (int at = 0; at < PaperCode.LENGTH - PaperCode.DRAWN; at++) {
            check.append(PaperCode.DIGITS.charAt(bits >>> (27 - 5 * at) & 31));
        }
        return check.toString();
    }
}
