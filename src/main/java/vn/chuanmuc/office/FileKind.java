package vn.chuanmuc.office;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/** What the bytes say a file is; its name is never asked. */
enum FileKind {
    EMPTY,
    ZIP,
    OLE2,
    PDF,
    IMAGE,
    MARKUP,
    RTF,
    PROGRAM,
    OTHER;

    private static final HexFormat HEX = HexFormat.of();
    /** The directory of a password-protected file names this stream, in UTF-16LE. */
    private static final byte[] ENCRYPTED_PACKAGE = "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE);

    static FileKind of(Path file) throws IOException {
        byte[] head = new byte[512];
        int length;
        try (InputStream in = Files.newInputStream(file)) {
            length = in.readNBytes(head, 0, head.length);
        }
        if (length == 0) {
            return EMPTY;
        }
        String hex = HEX.formatHex(head, 0, Math.min(length, 8));
        if (hex.startsWith("504b0304") || hex.startsWith("504b0506")) {
            return ZIP;
        } else if (hex.equals("d0cf11e0a1b11ae1")) {
            return OLE2;
        } else if (hex.startsWith("25504446")) {
            return PDF;
        } else if (hex.startsWith("89504e47")
                || hex.startsWith("ffd8ff")
                || hex.startsWith("47494638")
                || hex.startsWith("49492a00")
                || hex.startsWith("4d4d002a")) {
            return IMAGE;
        } else if (hex.startsWith("4d5a") || hex.startsWith("7f454c46")) {
            return PROGRAM;
        }
        String text = new String(head, 0, length, StandardCharsets.ISO_8859_1).stripLeading();
        if (text.startsWith("ï»¿")) {
            text = text.substring(3).stripLeading();
        }
        if (text.startsWith("{\\rtf")) {
            return RTF;
        }
        return text.regionMatches(true, 0, "<!doctype", 0, 9)
                        || text.regionMatches(true, 0, "<html", 0, 5)
                        || text.regionMatches(true, 0, "<?xml", 0, 5)
                ? MARKUP
                : OTHER;
    }

    /** Whether an OLE2 file is a password-protected document of today, not an old one. Reads the file once. */
    static boolean encrypted(Path file) throws IOException {
        byte[] window = new byte[1 << 16];
        int kept = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int read; (read = in.read(window, kept, window.length - kept)) > 0; ) {
                int length = kept + read;
                if (contains(window, length, ENCRYPTED_PACKAGE)) {
                    return true;
                }
                kept = Math.min(length, ENCRYPTED_PACKAGE.length - 1);
                System.arraycopy(window, length - kept, window, 0, kept);
            }
        }
        return false;
    }

    private static boolean contains(byte[] window, int length, byte[] wanted) {
        for (int at = 0; at <= length - wanted.length; at++) {
            if (window[at] == wanted[0] && Arrays.equals(window, at, at + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }
}
