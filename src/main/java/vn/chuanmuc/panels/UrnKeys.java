package vn.chuanmuc.panels;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Keys of open rounds, outside the database: one file a round in {@code urns} of the data folder, readable by the product alone and
 * deleted when the round ends. Then nothing opens the urn any more: not its rows of before that still lie in pages, logs or copies of
 * the database. {@code lookup.key} stays; it keeps anybody with the database from trying out codes.
 */
@Component
class UrnKeys {
    private static final String LOOKUP = "lookup.key";
    private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");

    private final Path folder;
    private final SecureRandom random = new SecureRandom();
    private final byte[] lookup;

    UrnKeys(@Value("${chuanmuc.data}") Path data) throws IOException {
        folder = data.toAbsolutePath().resolve("urns");
        Files.createDirectories(folder);
        if (!Files.exists(folder.resolve(LOOKUP))) {
            make(LOOKUP);
        }
        lookup = read(folder.resolve(LOOKUP));
    }

    private void make(String name) throws IOException {
        var key = new byte[32];
        random.nextBytes(key);
        Path whole = Files.createTempFile(
                folder,
                name,
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(whole, HexFormat.of().formatHex(key) + "\n");
            Files.createLink(folder.resolve(name), whole);
        } catch (FileAlreadyExistsException quicker) {
            // of two that start at once on one folder, one makes it
        } finally {
            Files.delete(whole);
        }
    }

    private static byte[] read(Path file) throws IOException {
        String text = Files.readString(file).strip();
        if (!KEY.matcher(text).matches()) {
            throw new IOException(file + " is not a key of 64 hex digits");
        }
        return HexFormat.of().parseHex(text);
    }

    void create(UUID round) {
        try {
            make(round + ".key");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty when the key is lost: then the round cannot be counted, only annulled. */
    Optional<byte[]> find(UUID round) {
        try {
            return Optional.of(read(folder.resolve(round + ".key")));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void destroy(UUID round) {
        try {
            Files.deleteIfExists(folder.resolve(round + ".key"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes keys that outlived their round: the product stopped between the end of a round and the end of its key. */
    int sweep(Collection<UUID> open, Instant now) {
        var kept = new HashSet<String>();
        open.forEach(round -> kept.add(round + ".key"));
        kept.add(LOOKUP);
        int swept = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                boolean old = Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(Duration.ofHours(1)));
                if (old && !kept.contains(file.getFileName().toString()) && Files.deleteIfExists(file)) {
                    swept++;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return swept;
    }

    byte[] sealing(byte[] key) {
        return mac(key, "chuanmuc/urn/1".getBytes(StandardCharsets.US_ASCII));
    }

    /** The codes of a round come of its key: the same slips again while it is open, and of nothing afterwards. */
    BallotCode code(byte[] key, int number) {
        byte[] bits = mac(
                key,
                ByteBuffer.allocate(24)
                        .put("chuanmuc/ballot/1   ".getBytes(StandardCharsets.US_ASCII))
                        .putInt(number)
                        .array());
        var signs = new StringBuilder(BallotCode.LENGTH);
        for (int at = 0; at < BallotCode.LENGTH; at++) {
            signs.append(BallotCode.DIGITS.charAt(bits[at] & 31));
        }
        return new BallotCode(signs.toString());
    }

    /** The only form in which a code is stored. */
    byte[] hash(BallotCode code) {
        return mac(lookup, code.signs().getBytes(StandardCharsets.US_ASCII));
    }

    /** Another order each time. */
    SecureRandom random() {
        return random;
    }

    private static byte[] mac(byte[] key, byte[] text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
