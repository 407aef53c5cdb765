package vn.chuanmuc.assessments;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.office.PdfGuard;

/** What may be attached: a PDF in which nothing acts, a JPEG, a PNG. Its bytes say what it is, never its name. */
public final class AttachedFiles {
    /** A page photographed with a telephone has 2 to 6 MB. */
    public static final int LARGEST = 10 << 20;

    private static final long MOST_DOTS = 100_000_000;

    private AttachedFiles() {}

    public sealed interface Looked {
        record Good(String mediaType) implements Looked {}

        record Refused(Reason why) implements Looked {}
    }

    public static Looked look(byte[] bytes) {
        if (bytes.length == 0) {
            return new Looked.Refused(Reason.of("assessments.file.empty"));
        }
        if (bytes.length > LARGEST) {
            return new Looked.Refused(Reason.of("assessments.file.large", LARGEST >> 20));
        }
        @Nullable String type = type(bytes);
        if (type == null) {
            return new Looked.Refused(Reason.of("assessments.file.kind"));
        }
        if (type.equals("application/pdf")) {
            Optional<Reason> refused = PdfGuard.refusal(bytes);
            return refused.isPresent() ? new Looked.Refused(refused.get()) : new Looked.Good(type);
        }
        return image(bytes) ? new Looked.Good(type) : new Looked.Refused(Reason.of("assessments.file.damaged"));
    }

    private static @Nullable String type(byte[] bytes) {
        if (begins(bytes, 0x25, 0x50, 0x44, 0x46)) {
            return "application/pdf";
        }
        if (begins(bytes, 0xFF, 0xD8, 0xFF)) {
            return "image/jpeg";
        }
        return begins(bytes, 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A) ? "image/png" : null;
    }

    private static boolean begins(byte[] bytes, int... head) {
        if (bytes.length < head.length) {
            return false;
        }
        for (int i = 0; i < head.length; i++) {
            if ((bytes[i] & 0xFF) != head[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether its header tells an image that can be shown; nothing of it is unpacked. */
    private static boolean image(byte[] bytes) {
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                return false;
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                long dots = (long) reader.getWidth(0) * reader.getHeight(0);
                return dots > 0 && dots <= MOST_DOTS;
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }
}
