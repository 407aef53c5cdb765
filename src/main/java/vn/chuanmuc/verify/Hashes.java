package vn.chuanmuc.verify;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 and the tree of RFC 9162, 2.1. */
final class Hashes {
    private static final HexFormat HEX = HexFormat.of();
    private static final int LENGTH = 32;
    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    private Hashes() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] of(byte[]... parts) {
        MessageDigest digest = sha256();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    static byte[] of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    static String hex(byte[] bytes) {
        return HEX.formatHex(bytes);
    }

    /** Null when the text is no hash. */
    static byte[] parse(String text) {
        return isHash(text) ? HEX.parseHex(text) : null;
    }

    static boolean isHash(String text) {
        if (text.length() != 2 * LENGTH) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    static byte[] leaf(String text) {
        return of(LEAF, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] join(byte[] left, byte[] right) {
        return of(NODE, left, right);
    }

    /** RFC 9162, 2.1.3.2, step by step. */
    static boolean includes(byte[] leaf, long index, long size, List<byte[]> path, byte[] root) {
        if (index < 0 || index >= size) {
            return false;
        }
        long fn = index;
        long sn = size - 1;
        byte[] r = leaf;
        for (byte[] p : path) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                r = join(p, r);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>>= 1;
                    sn >>>= 1;
                }
            } else {
                r = join(r, p);
            }
            fn >>>= 1;
            sn >>>= 1;
        }
        return sn == 0 && Arrays.equals(r, root);
    }

    /** The root of leaves that come one by one: of every subtree that is full only its hash is kept. */
    static final class Growing {
        private final byte[][] full = new byte[Long.SIZE][];
        private long size;

        long size() {
            return size;
        }

        void add(byte[] leaf) {
            byte[] hash = leaf;
            int level = 0;
            while (full[level] != null) {
                hash = join(full[level], hash);
                full[level] = null;
                level++;
            }
            full[level] = hash;
            size++;
        }

        byte[] root() {
            byte[] root = null;
            for (byte[] hash : full) {
                if (hash != null) {
                    root = root == null ? hash : join(hash, root);
                }
            }
            return root == null ? of(new byte[0]) : root;
        }
    }
}
