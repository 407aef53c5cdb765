package vn.chuanmuc.office;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Set;

/**
 * The fonts that go into PDF files, without their layout tables: Vietnamese in NFC needs none of them, and PDFBox spends four
 * fifths of its time on them.
 */
final class Fonts {
    private static final Set<String> UNUSED = Set.of("GSUB", "GPOS", "GDEF", "DSIG", "kern");
    private static final int HEADER = 12;
    private static final int RECORD = 16;

    static final Fonts SERIF = new Fonts();

    private final byte[] regular = load("Regular");
    private final byte[] bold = load("Bold");
    private final byte[] italic = load("Italic");
    private final byte[] boldItalic = load("BoldItalic");

    private Fonts() {}

    InputStream regular() {
        return new ByteArrayInputStream(regular);
    }

    InputStream bold() {
        return new ByteArrayInputStream(bold);
    }

    InputStream italic() {
        return new ByteArrayInputStream(italic);
    }

    InputStream boldItalic() {
        return new ByteArrayInputStream(boldItalic);
    }

    private static byte[] load(String face) {
        try (InputStream in = Fonts.class.getResourceAsStream("/fonts/LiberationSerif-" + face + ".ttf")) {
            if (in == null) {
                throw new IllegalStateException("font " + face + " is missing");
            }
            return stripped(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same TrueType font without the unused tables. */
    static byte[] stripped(byte[] font) {
        record Table(int tag, int checksum, int offset, int length) {
            int padded() {
                return (length + 3) & ~3;
            }
        }
        var in = ByteBuffer.wrap(font);
        int count = in.getShort(4) & 0xffff;
        var kept = new ArrayList<Table>();
        for (int at = 0; at < count; at++) {
            int record = HEADER + RECORD * at;
            if (!UNUSED.contains(new String(font, record, 4, StandardCharsets.ISO_8859_1))) {
                kept.add(new Table(
                        in.getInt(record), in.getInt(record + 4), in.getInt(record + 8), in.getInt(record + 12)));
            }
        }
        int offset = HEADER + RECORD * kept.size();
        var out = ByteBuffer.allocate(
                offset + kept.stream().mapToInt(Table::padded).sum());
        int power = Integer.highestOneBit(kept.size());
        out.putInt(in.getInt(0))
                .putShort((short) kept.size())
                .putShort((short) (power * RECORD))
                .putShort((short) Integer.numberOfTrailingZeros(power))
                .putShort((short) ((kept.size() - power) * RECORD));
        for (Table table : kept) {
            out.putInt(table.tag()).putInt(table.checksum()).putInt(offset).putInt(table.length());
            System.arraycopy(font, table.offset(), out.array(), offset, table.length());
            offset += table.padded();
        }
        return out.array();
    }
}
