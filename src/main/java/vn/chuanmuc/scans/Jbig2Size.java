package vn.chuanmuc.scans;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;

/**
 * JBIG2, the way copiers pack black and white, says the size of page and regions a second time inside (ITU-T T.88, 7.2 and 7.4): what a
 * decoder would reserve for these is checked before it is asked.
 */
final class Jbig2Size {
    private static final int PAGE = 48;
    private static final Set<Integer> REGIONS = Set.of(4, 6, 7, 20, 22, 23, 36, 38, 39, 40, 42, 43);
    private static final long UNKNOWN = 0xffffffffL;

    private Jbig2Size() {}

    static void check(COSStream image) throws Unreadable {
        COSBase filter = image.getFilters();
        COSBase last = filter instanceof COSArray filters && filters.size() > 0
                ? filters.getObject(filters.size() - 1)
                : filter;
        if (!COSName.JBIG2_DECODE.equals(last)) {
            return;
        }
        if (filter instanceof COSArray filters && filters.size() > 1) {
            throw new Unreadable("damaged"); // packed twice: no scanner does
        }
        try (InputStream raw = image.createRawInputStream();
                var in = new DataInputStream(raw)) {
            while (segment(in)) {
                // until the end
            }
        } catch (EOFException e) {
            return;
        } catch (IOException e) {
            throw new Unreadable("damaged");
        }
    }

    private static boolean segment(DataInputStream in) throws IOException, Unreadable {
        long number = in.readInt() & UNKNOWN;
        int flags = in.readUnsignedByte();
        int first = in.readUnsignedByte();
        long referred = first >> 5;
        if (referred == 7) {
            referred = ((long) first & 0x1f) << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
            skip(in, (referred + 8) / 8);
        }
        skip(in, referred * (number <= 256 ? 1 : number <= 65_536 ? 2 : 4));
        skip(in, (flags & 0x40) == 0 ? 1 : 4);
        long length = in.readInt() & UNKNOWN;
        int type = flags & 0x3f;
        boolean sized = type == PAGE || REGIONS.contains(type);
        if (sized) {
            long width = in.readInt() & UNKNOWN;
            long height = in.readInt() & UNKNOWN;
            UploadGuard.checkDots(width, height == UNKNOWN ? 1 : height);
            length = length == UNKNOWN ? UNKNOWN : length - 8;
        }
        if (length == UNKNOWN) {
            return false; // only the last region may leave it open
        }
        skip(in, length);
        return true;
    }

    private static void skip(DataInputStream in, long bytes) throws IOException {
        if (bytes < 0) {
            throw new IOException("length");
        }
        in.skipNBytes(bytes);
    }
}
