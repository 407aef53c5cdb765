package vn.chuanmuc.scans;

import com.google.zxing.PlanarYUVLuminanceSource;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;

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
        for (int y = 1; y < height - 1; y++) {
            for (int x = 1; x < width - 1; x++) {
                int at = y * width + x;
                int sum = 0;
                for (int dy = -width; dy <= width; dy += width) {
                    sum += (bytes[at + dy - 1] & 0xff) + (bytes[at + dy] & 0xff) + (bytes[at + dy + 1] & 0xff);
                }
                smooth[at] = (byte) (sum / 9);
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
