package vn.chuanmuc.scans;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The directory of a TIFF's pages, read by itself: a library follows a chain that leads back to its beginning for ever. */
final class TiffPages {
    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS = 258;
    private static final int SHORT = 3;
    private static final int ENTRY = 12;

    private TiffPages() {}

    /** @param bits of one sample, at most */
    record Size(long width, long height, int bits) {}

    static List<Size> of(Path path) throws IOException, Unreadable {
        try (var file = new RandomAccessFile(path.toFile(), "r")) {
            var head = new byte[8];
            file.readFully(head);
            ByteOrder order = head[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
            long next = ByteBuffer.wrap(head).order(order).getInt(4) & 0xffffffffL;
            Set<Long> seen = new HashSet<>();
            var pages = new ArrayList<Size>();
            while (next != 0) {
                if (!seen.add(next) || next >= file.length()) {
                    throw new Unreadable("damaged");
                }
                if (pages.size() >= ScanLimits.MOST_FILE_PAGES) {
                    throw new Unreadable("pages");
                }
                file.seek(next);
                next = page(file, order, pages);
            }
            return pages;
        }
    }

    private static long page(RandomAccessFile file, ByteOrder order, List<Size> pages) throws IOException {
        var two = new byte[2];
        file.readFully(two);
        int count = ByteBuffer.wrap(two).order(order).getShort() & 0xffff;
        var entries = new byte[count * ENTRY + 4];
        file.readFully(entries);
        ByteBuffer read = ByteBuffer.wrap(entries).order(order);
        long width = 0;
        long height = 0;
        int bits = 1;
        for (int i = 0; i < count; i++) {
            int at = i * ENTRY;
            int tag = read.getShort(at) & 0xffff;
            long value = (read.getShort(at + 2) & 0xffff) == SHORT
                    ? read.getShort(at + 8) & 0xffff
                    : read.getInt(at + 8) & 0xffffffffL;
            if (tag == WIDTH) {
                width = value;
            } else if (tag == HEIGHT) {
                height = value;
            } else if (tag == BITS && read.getInt(at + 4) == 1) {
                bits = (int) Math.min(value, 64);
            } else if (tag == BITS) {
                bits = 8;
            }
        }
        pages.add(new Size(width, height, bits));
        return read.getInt(count * ENTRY) & 0xffffffffL;
    }
}
