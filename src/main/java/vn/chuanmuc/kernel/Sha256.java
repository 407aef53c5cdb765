package vn.chuanmuc.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256 (FIPS 180-4): 32 bytes that stand for a text or a file. In one go with {@link #of}, or piece by piece with
 * {@link #add} and {@link #digest}; text is taken as UTF-8.
 */
public final class Sha256 {
    /** Bytes of a hash. */
    public static final int LENGTH = 32;

    private static final int CHUNK = 1 << 16;

    private final MessageDigest digest;

    public Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public static byte[] of(String text) {
        return new Sha256().add(text).digest();
    }

    /** Over the parts one after the other. */
    public static byte[] of(byte[]... parts) {
        var hash = new Sha256();
        for (byte[] part : parts) {
            hash.add(part);
        }
        return hash.digest();
    }

    /** Over what is left of the stream, which is read to its end and not closed; memory does not grow with its length. */
    public static byte[] of(InputStream content) throws IOException {
        var hash = new Sha256();
        var chunk = new byte[CHUNK];
        for (int read = content.read(chunk); read >= 0; read = content.read(chunk)) {
            hash.digest.update(chunk, 0, read);
        }
        return hash.digest();
    }

    public Sha256 add(byte[] part) {
        digest.update(part);
        return this;
    }

    public Sha256 add(String part) {
        return add(part.getBytes(StandardCharsets.UTF_8));
    }

    /** The hash of all that was added; what is added afterwards starts a new one. */
    public byte[] digest() {
        return digest.digest();
    }

    /** Whether two hashes are the same, in a time that tells nothing about where they differ. */
    public static boolean same(byte[] one, byte[] other) {
        return MessageDigest.isEqual(one, other);
    }
}
