package vn.chuanmuc.scans;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** What kind of file a scan is by its first bytes; its name is never asked. */
enum ScanKind {
    PDF("255044462d"),
    JPEG("ffd8ff"),
    PNG("89504e470d0a1a0a"),
    TIFF("49492a00", "4d4d002a");

    private final String[] beginnings;

    ScanKind(String... beginnings) {
        this.beginnings = beginnings;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ScanKind of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    static Optional<ScanKind> of(Path file) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(8);
        }
        String hex = HexFormat.of().formatHex(head);
        for (ScanKind kind : values()) {
            for (String beginning : kind.beginnings) {
                if (hex.startsWith(beginning)) {
                    return Optional.of(kind);
                }
            }
        }
        return Optional.empty();
    }
}
