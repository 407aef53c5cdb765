package vn.chuanmuc.ledger;

import java.util.Arrays;
import java.util.List;
import vn.chuanmuc.kernel.Sha256;

/** The steps by which RFC 9162 has proofs verified (2.1.3.2 and 2.1.4.2), word for word: another way than the one that makes them. */
final class ProofSteps {
    private ProofSteps() {}

    private static byte[] join(byte[] left, byte[] right) {
        return Sha256.of(new byte[] {1}, left, right);
    }

    static boolean includes(byte[] leafHash, long leafIndex, long treeSize, List<byte[]> path, byte[] root) {
        if (leafIndex >= treeSize) {
            return false;
        }
        long fn = leafIndex;
        long sn = treeSize - 1;
        byte[] r = leafHash;
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

    static boolean consistent(long first, long second, List<byte[]> given, byte[] firstHash, byte[] secondHash) {
        if (first == second) {
            return given.isEmpty() && Arrays.equals(firstHash, secondHash);
        }
        if (given.isEmpty()) {
            return false;
        }
        List<byte[]> path = given;
        if (Long.bitCount(first) == 1) {
            path = new java.util.ArrayList<>(given);
            path.addFirst(firstHash);
        }
        long fn = first - 1;
        long sn = second - 1;
        while ((fn & 1) == 1) {
            fn >>>= 1;
            sn >>>= 1;
        }
        byte[] fr = path.getFirst();
        byte[] sr = path.getFirst();
        for (byte[] c : path.subList(1, path.size())) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                fr = join(c, fr);
                sr = join(c, sr);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>>= 1;
                    sn >>>= 1;
                }
            } else {
                sr = join(sr, c);
            }
            fn >>>= 1;
            sn >>>= 1;
        }
        return sn == 0 && Arrays.equals(fr, firstHash) && Arrays.equals(sr, secondHash);
    }
}
