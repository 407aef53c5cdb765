package vn.chuanmuc.office;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Plain text in UTF-8, or in UTF-16 if it says so; anything else is refused, not guessed. */
final class PlainText {
    private final TextLimits limits;

    PlainText(TextLimits limits) {
        this.limits = limits;
    }

    List<String> read(Path file) throws RefusedFile, IOException {
        byte[] bytes = Files.readAllBytes(file);
        int skip = 0;
        Charset charset = StandardCharsets.UTF_8;
        if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
            skip = 3;
        } else if (startsWith(bytes, 0xFF, 0xFE)) {
            skip = 2;
            charset = StandardCharsets.UTF_16LE;
        } else if (startsWith(bytes, 0xFE, 0xFF)) {
            skip = 2;
            charset = StandardCharsets.UTF_16BE;
        }
        String text;
        try {
            text = charset.newDecoder()
                    .decode(ByteBuffer.wrap(bytes, skip, bytes.length - skip))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new RefusedFile("WRONG_ENCODING");
        }
        if (text.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f')) {
            throw new RefusedFile("WRONG_ENCODING");
        }
        var lines = new Lines(limits);
        lines.text(text.replace('\f', '\n'));
        return lines.finish();
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        for (int at = 0; at < mark.length; at++) {
            if (bytes.length <= at || (bytes[at] & 0xff) != mark[at]) {
                return false;
            }
        }
        return true;
    }
}
