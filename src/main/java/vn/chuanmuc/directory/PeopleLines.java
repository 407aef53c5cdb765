package vn.chuanmuc.directory;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.directory.DataSource.Sent;
import vn.chuanmuc.kernel.Reason;

/** People as lines of JSON (NDJSON), UTF-8: one person a line, blank lines are nothing. A wrong line does not spoil the others. */
final class PeopleLines implements Iterator<Sent>, AutoCloseable {
    private static final int LONGEST_LINE = 16_384;

    private final InputStream in;
    private int number;
    private @Nullable Sent next;
    private boolean ended;

    PeopleLines(Path file) {
        try {
            this.in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean hasNext() {
        while (next == null && !ended) {
            next = read();
        }
        return next != null;
    }

    @Override
    public Sent next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        Sent one = next;
        next = null;
        return one;
    }

    private @Nullable Sent read() {
        var bytes = new ByteArrayOutputStream(512);
        try {
            int read;
            int length = 0;
            while ((read = in.read()) >= 0 && read != '\n') {
                if (length++ < LONGEST_LINE) {
                    bytes.write(read);
                }
            }
            ended = read < 0;
            if (ended && length == 0) {
                return null;
            }
            number++;
            return length > LONGEST_LINE
                    ? new Sent.Broken(number, "", Reason.of("directory.data.line-long"))
                    : person(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable Sent person(byte[] line) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(line))
                    .toString();
            return text.isBlank() ? null : new Sent.Person(number, PersonJson.line(text));
        } catch (CharacterCodingException e) {
            return new Sent.Broken(number, "", Reason.of("directory.data.not-utf8"));
        } catch (PersonJson.Wrong wrong) {
            return new Sent.Broken(number, wrong.pointer(), wrong.why());
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
