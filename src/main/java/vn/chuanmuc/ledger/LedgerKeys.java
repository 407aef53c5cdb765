package vn.chuanmuc.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The installation's keys for checkpoints: files {@code <data>/so-cai/khoa-<n>.pem}, never in the database. The one with the
 * highest number signs; older ones stay, to sign the first checkpoint of their successor. All instances share the folder.
 */
@Component
class LedgerKeys {
    private static final Pattern FILE = Pattern.compile("khoa-([0-9]{1,6})\\.pem");

    private final Path folder;

    LedgerKeys(@Value("${chuanmuc.data:data}") String data) {
        this.folder = Path.of(data, "so-cai");
    }

    /** Newest last; the first is made when there is none. */
    List<KeyPair> all() {
        try {
            Map<Integer, Path> files = files();
            if (files.isEmpty()) {
                write(1);
                files = files();
            }
            var keys = new ArrayList<KeyPair>();
            for (Path file : files.values()) {
                keys.add(read(file));
            }
            return keys;
        } catch (IOException e) {
            throw new UncheckedIOException("the ledger's keys in " + folder + " cannot be read", e);
        }
    }

    /**
     * A file of the folder.
     *
     * @param number the higher, the younger
     * @param key null when the file holds no whole pair of keys
     */
    record KeyFile(int number, String name, @Nullable PublicKey key) {}

    /** What is in the folder, the oldest first; nothing is made. */
    List<KeyFile> look() {
        try {
            var found = new ArrayList<KeyFile>();
            for (var file : files().entrySet()) {
                found.add(
                        new KeyFile(file.getKey(), file.getValue().getFileName().toString(), whole(file.getValue())));
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException("the ledger's keys in " + folder + " cannot be read", e);
        }
    }

    /** The public key, if the private one belongs to it. */
    private static @Nullable PublicKey whole(Path file) {
        try {
            KeyPair pair = read(file);
            byte[] text = {1, 2, 3};
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(text);
            byte[] value = signature.sign();
            signature.initVerify(pair.getPublic());
            signature.update(text);
            return signature.verify(value) ? pair.getPublic() : null;
        } catch (IOException | GeneralSecurityException e) {
            return null;
        }
    }

    Optional<Note.Signer> find(Note.Verifier verifier) {
        return all().stream()
                .filter(pair -> Note.Verifier.of(verifier.name(), pair.getPublic())
                        .text()
                        .equals(verifier.text()))
                .findFirst()
                .map(pair -> new Note.Signer(verifier, pair.getPrivate()));
    }

    /** A new key from now on: every body's next checkpoint is signed by it and by the one before. */
    void rotate() {
        try {
            Map<Integer, Path> files = files();
            write(files.isEmpty() ? 1 : ((TreeMap<Integer, Path>) files).lastKey() + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TreeMap<Integer, Path> files() throws IOException {
        var files = new TreeMap<Integer, Path>();
        if (Files.isDirectory(folder)) {
            try (var listed = Files.list(folder)) {
                listed.forEach(file -> {
                    Matcher name = FILE.matcher(file.getFileName().toString());
                    if (name.matches()) {
                        files.put(Integer.valueOf(name.group(1)), file);
                    }
                });
            }
        }
        return files;
    }

    /** Whole or not at all; when another instance was quicker, its key is the one. */
    private void write(int number) throws IOException {
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, owner);
        }
        Path made = Files.createTempFile(
                folder,
                "khoa",
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            Files.writeString(
                    made,
                    pem("PRIVATE KEY", pair.getPrivate().getEncoded())
                            + pem("PUBLIC KEY", pair.getPublic().getEncoded()));
            Files.createLink(folder.resolve("khoa-" + number + ".pem"), made);
        } catch (FileAlreadyExistsException e) {
            // another instance was quicker
        } catch (UnsupportedOperationException e) {
            Files.move(made, folder.resolve("khoa-" + number + ".pem"), StandardCopyOption.ATOMIC_MOVE);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform of this version has Ed25519", e);
        } finally {
            Files.deleteIfExists(made);
        }
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(bytes) + "\n-----END " + what + "-----\n";
    }

    private static KeyPair read(Path file) throws IOException {
        String text = Files.readString(file);
        try {
            var keys = KeyFactory.getInstance("Ed25519");
            return new KeyPair(
                    keys.generatePublic(new X509EncodedKeySpec(part(text, "PUBLIC KEY"))),
                    keys.generatePrivate(new PKCS8EncodedKeySpec(part(text, "PRIVATE KEY"))));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(file + " holds no Ed25519 key", e);
        }
    }

    private static byte[] part(String text, String what) {
        Matcher part = Pattern.compile("-----BEGIN " + what + "-----(.*?)-----END " + what + "-----", Pattern.DOTALL)
                .matcher(text);
        if (!part.find()) {
            throw new IllegalArgumentException("no " + what);
        }
        return Base64.getMimeDecoder().decode(part.group(1));
    }
}
