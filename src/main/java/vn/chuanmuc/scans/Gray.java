package vn.chuanmuc.scans;

import com.google.zxing.PlanarYUVLuminanceSource;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Arrays;

/** The brightness of a picture, row by row from the upper left. */
record Gray(byte[] bytes, int width, int height) {
    /** A grey level that is taken for ink when the paper is white. */
    private static final int DARKER = 60;

    static Gray of(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        var bytes = new byte[width * height];
        if (image.getType() == BufferedImage.TYPE_BYTE_GRAY) {
            System.arraycopy(((DataBufferByte) image.getRaster().getDataBuffer()).getData(), 0, bytes, 0, bytes.length);
            return new Gray(bytes, width, height);
        }
        var row = new int[width];
        for (int y = 0; y < height; y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int x = 0; x < width; x++) {
                int rgb = row[x];
                bytes[y * width + x] =
                        (byte) ((306 * (rgb >> 16 & 0xff) + 601 * (rgb >> 8 & 0xff) + 117 * (rgb & 0xff)) >> 10);
            }
        }
        return new Gray(bytes, width, height);
    }

    int at(int x, int y) {
        return bytes[y * width + x] & 0xff;
    }

    PlanarYUVLuminanceSource part(int left, int top, int partWidth, int partHeight) {
        return new PlanarYUVLuminanceSource(bytes, width, height, left, top, partWidth, partHeight, false);
    }

    BufferedImage image() {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setDataElements(0, 0, width, height, bytes);
        return image;
    }

    /** Each dot the mean of what it covers, by parts where it covers parts. @param scale below 1 */
    Gray smaller(double scale) {
        int w = Math.max(1, (int) Math.round(width * scale));
        int h = Math.max(1, (int) Math.round(height * scale));
        var columns = Span.of(width, w);
        var rows = Span.of(height, h);
        var sums = new int[w];
        var smaller = new byte[w * h];
        for (int y = 0; y < h; y++) {
            Arrays.fill(sums, 1 << 15);
            Span down = rows[y];
            for (int r = 0; r < down.weights().length; r++) {
                int line = (down.from() + r) * width;
                int weight = down.weights()[r];
                for (int x = 0; x < w; x++) {
                    Span across = columns[x];
                    int sum = 0;
                    int at = line + across.from();
                    for (int part : across.weights()) {
                        sum += (bytes[at++] & 0xff) * part;
                    }
                    sums[x] += sum * weight;
                }
            }
            for (int x = 0; x < w; x++) {
                smaller[y * w + x] = (byte) Math.min(255, sums[x] >> 16);
            }
        }
        return new Gray(smaller, w, h);
    }

    /** The dots that one covers, from one on, and how much of 256 each counts. */
    private record Span(int from, int[] weights) {
        static Span[] of(int size, int smaller) {
            var spans = new Span[smaller];
            double each = (double) size / smaller;
            for (int i = 0; i < smaller; i++) {
                double start = i * each;
                double end = Math.min(size, start + each);
                int from = (int) start;
                int to = Math.min(size, (int) Math.ceil(end));
                var weights = new int[to - from];
                int left = 256;
                for (int at = from; at < to - 1; at++) {
                    double covered = Math.min(at + 1, end) - Math.max(at, start);
                    weights[at - from] = (int) Math.round(256 * covered / each);
                    left -= weights[at - from];
                }
                weights[to - 1 - from] = Math.max(0, left);
                spans[i] = new Span(from, weights);
            }
            return spans;
        }
    }

    /** Half as wide and high: the mean of four. */
    Gray half() {
        int w = width / 2;
        int h = height / 2;
        var smaller = new byte[w * h];
        for (int y = 0; y < h; y++) {
            int above = 2 * y * width;
            int below = above + width;
            for (int x = 0; x < w; x++) {
                int sum = (bytes[above + 2 * x] & 0xff)
                        + (bytes[above + 2 * x + 1] & 0xff)
                        + (bytes[below + 2 * x] & 0xff)
                        + (bytes[below + 2 * x + 1] & 0xff);
                smaller[y * w + x] = (byte) (sum + 2 >> 2);
            }
        }
        return new Gray(smaller, w, h);
    }

    /** Each dot the mean of nine: takes the grain out of a noisy scan. */
    Gray smooth() {
        var smooth = bytes.clone();
        var columns = new int[width]; // the sums of three above each other
        for (int y = 1; y < height - 1; y++) {
            int at = y * width;
            for (int x = 0; x < width; x++) {
                columns[x] = (bytes[at + x - width] & 0xff) + (bytes[at + x] & 0xff) + (bytes[at + x + width] & 0xff);
            }
            for (int x = 1; x < width - 1; x++) {
                smooth[at + x] = (byte) ((columns[x - 1] + columns[x] + columns[x + 1]) / 9);
            }
        }
        return new Gray(smooth, width, height);
    }

    /** Turned by an angle about the middle; what lies outside is lost. Nearest dots are enough for a code. */
    Gray turned(double degrees) {
        double cos = Math.cos(Math.toRadians(degrees));
        double sin = Math.sin(Math.toRadians(degrees));
        var turned = new byte[bytes.length];
        double cx = width / 2.0;
        double cy = height / 2.0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int fromX = (int) Math.round(cx + cos * (x - cx) - sin * (y - cy));
                int fromY = (int) Math.round(cy + sin * (x - cx) + cos * (y - cy));
                turned[y * width + x] = fromX < 0 || fromY < 0 || fromX >= width || fromY >= height
                        ? (byte) 255
                        : bytes[fromY * width + fromX];
            }
        }
        return new Gray(turned, width, height);
    }

    /** Whether there is nothing on the page but its edges: the back of a sheet. */
    boolean blank() {
        var levels = new int[256];
        int left = width / 20;
        int top = height / 20;
        long seen = 0;
        for (int y = top; y < height - top; y += 2) {
            for (int x = left; x < width - left; x += 2) {
                levels[at(x, y)]++;
                seen++;
            }
        }
        if (seen == 0) {
            return true;
        }
        int paper = 0;
        for (long below = 0; paper < 255 && below + levels[paper] <= seen / 2; paper++) {
            below += levels[paper];
        }
        long ink = 0;
        for (int level = 0; level < paper - DARKER; level++) {
            ink += levels[level];
        }
        return ink * 10_000 < seen * 2;
    }
}
