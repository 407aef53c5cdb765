package vn.chuanmuc.verify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.ZipException;

/** Lines of strict UTF-8, each ended by a line feed; one at a time, and none longer than memory can hold. */
final class Lines implements AutoCloseable {
    private static final int LONGEST = 64 << 20;
    private static final int CHUNK = 1 << 16;

    private final String name;
    private final InputStream in;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private byte[] buffer = new byte[CHUNK];
    private int from;
    private int to;
    private boolean ended;
    private long number;
    private String ahead;

    Lines(String name, InputStream in) {
        this.name = name;
        this.in = in;
    }

    String name() {
        return name;
    }

    long number() {
        return number;
    }

    /** The next line without its end, which stays the next one; null behind the last. */
    String peek() throws Unusable {
        if (ahead == null) {
            ahead = read();
        }
        return ahead;
    }

    /** The next line without its end; null behind the last. */
    String next() throws Unusable {
        String line = peek();
        ahead = null;
        if (line != null) {
            number++;
        }
        return line;
    }

    /** The next line, which must be there. */
    String need() throws Unusable {
        String line = next();
        if (line == null) {
            throw new Unusable("cut", name, number);
        }
        return line;
    }

    private String read() throws Unusable {
        int searched = from;
        while (true) {
            for (int i = searched; i < to; i++) {
                if (buffer[i] == '\n') {
                    String line = text(from, i);
                    from = i + 1;
                    return line;
                }
            }
            searched = to;
            if (ended) {
                if (from < to) {
                    throw new Unusable("cut", name, number + 1);
                }
                return null;
            }
            searched -= fill();
        }
    }

    /** Returns by how much what is in the buffer moved. */
    private int fill() throws Unusable {
        int moved = 0;
        if (to == buffer.length) {
            if (from > 0) {
                System.arraycopy(buffer, from, buffer, 0, to - from);
                moved = from;
                to -= from;
                from = 0;
            } else if (buffer.length >= LONGEST) {
                throw new Unusable("long", name, number + 1);
            } else {
                buffer = Arrays.copyOf(buffer, buffer.length * 2);
            }
        }
        try {
            int read = in.read(buffer, to, buffer.length - to);
            if (read < 0) {
                ended = true;
            } else {
                to += read;
            }
        } catch (ZipException | java.io.EOFException e) {
            throw new Unusable("damaged", name);
        } catch (IOException e) {
            throw new Unusable("unreadable", name, e.getMessage());
        }
        return moved;
    }

    private String text(int begin, int end) throws Unusable {
        boolean ascii = true;
        for (int i = begin; i < end; i++) {
            byte b = buffer[i];
            if (b >= 0 && b < ' ' && b != '\t') {
                throw new Unusable("control", name, number + 1);
            }
            ascii &= b >= 0;
        }
        if (ascii) {
            return new String(buffer, begin, end - begin, StandardCharsets.ISO_8859_1);
        }
        try {
            return decoder.decode(ByteBuffer.wrap(buffer, begin, end - begin)).toString();
        } catch (CharacterCodingException e) {
            throw new Unusable("encoding", name, number + 1);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
