package vn.chuanmuc.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Sha256;

/**
 * Roots and proofs of the Merkle tree of RFC 9162, 2.1. Hashes of leaves and of full subtrees of 2^8, 2^16 … leaves are read 256
 * at a time; everything between is computed, so that a proof reads a few hundred hashes, however many leaves there are.
 */
final class MerkleTree {
    /** Levels that are stored: 0 (leaves) and every eighth. */
    static final int STEP = 8;

    private static final int TILE = 1 << STEP;
    private static final byte[] NODE = {1};

    private final Hashes hashes;
    private final Map<Long, byte[][]> tiles = new HashMap<>();

    /** Reads hashes of one stored level that stand side by side; fewer where there are no more. */
    interface Hashes {
        List<byte[]> read(int level, long from, int count);
    }

    MerkleTree(Hashes hashes) {
        this.hashes = hashes;
    }

    static byte[] join(byte[] left, byte[] right) {
        return Sha256.of(NODE, left, right);
    }

    /** @param size how many leaves, more than none */
    byte[] root(long size) {
        return range(0, size);
    }

    /** From the leaf's sibling up to the child of the root (RFC 9162, 2.1.3.1). */
    List<byte[]> inclusion(long leaf, long size) {
        Check.that(leaf >= 0 && leaf < size, "a leaf that the tree has");
        var path = new ArrayList<byte[]>();
        inclusion(leaf, 0, size, path);
        return path;
    }

    private void inclusion(long leaf, long from, long to, List<byte[]> path) {
        if (to - from == 1) {
            return;
        }
        long middle = from + split(to - from);
        if (leaf < middle) {
            inclusion(leaf, from, middle, path);
            path.add(range(middle, to));
        } else {
            inclusion(leaf, middle, to, path);
            path.add(range(from, middle));
        }
    }

    /** That the tree of {@code older} leaves is the beginning of the one of {@code newer} (RFC 9162, 2.1.4.1). */
    List<byte[]> consistency(long older, long newer) {
        Check.that(older > 0 && older <= newer, "an older tree and a newer one");
        var path = new ArrayList<byte[]>();
        if (older < newer) {
            consistency(older, 0, newer, true, path);
        }
        return path;
    }

    private void consistency(long older, long from, long to, boolean whole, List<byte[]> path) {
        if (older == to) {
            if (!whole) {
                path.add(range(from, to));
            }
            return;
        }
        long middle = from + split(to - from);
        if (older <= middle) {
            consistency(older, from, middle, whole, path);
            path.add(range(middle, to));
        } else {
            consistency(older, middle, to, false, path);
            path.add(range(from, middle));
        }
    }

    /** The hashes of the full subtrees that make up the tree, the largest first: what is needed to go on. */
    Frontier frontier(long size) {
        var frontier = new Frontier(size);
        long from = 0;
        for (int level = Long.SIZE - 2; level >= 0; level--) {
            if ((size >>> level & 1) == 1) {
                frontier.full[level] = node(level, from >>> level);
                from += 1L << level;
            }
        }
        return frontier;
    }

    /** The largest power of two that is smaller. */
    private static long split(long size) {
        return Long.highestOneBit(size - 1);
    }

    private byte[] range(long from, long to) {
        long size = to - from;
        if (Long.bitCount(size) == 1) {
            int level = Long.numberOfTrailingZeros(size);
            return node(level, from >>> level);
        }
        long middle = from + split(size);
        return join(range(from, middle), range(middle, to));
    }

    /** The hash of a full subtree of 2^level leaves. */
    private byte[] node(int level, long position) {
        int stored = level - level % STEP;
        if (level == stored) {
            return tile(stored, position >>> STEP)[(int) (position & TILE - 1)];
        }
        return join(node(level - 1, 2 * position), node(level - 1, 2 * position + 1));
    }

    private byte[][] tile(int level, long tile) {
        return tiles.computeIfAbsent(
                (long) level << 56 | tile,
                any -> hashes.read(level, tile << STEP, TILE).toArray(byte[][]::new));
    }

    /** A tree that grows leaf by leaf; keeps only the full subtrees at its right edge. */
    static final class Frontier {
        private final byte[][] full = new byte[Long.SIZE][];
        private long size;

        Frontier(long size) {
            this.size = size;
        }

        long size() {
            return size;
        }

        /** Takes the full subtrees that a leaf completes, from the smallest. */
        interface Completed {
            void node(int level, long position, byte[] hash);
        }

        void add(byte[] leaf, Completed completed) {
            byte[] hash = leaf;
            int level = 0;
            for (long rest = size; (rest & 1) == 1; rest >>>= 1) {
                hash = join(full[level], hash);
                level++;
                completed.node(level, size >>> level, hash);
            }
            full[level] = hash;
            size++;
        }

        byte[] root() {
            Check.that(size > 0, "a tree with leaves");
            byte[] root = null;
            for (int level = 0; level < full.length; level++) {
                if ((size >>> level & 1) == 1) {
                    root = root == null ? full[level] : join(full[level], root);
                }
            }
            return java.util.Objects.requireNonNull(root);
        }
    }
}
