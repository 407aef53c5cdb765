package vn.chuanmuc.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import vn.chuanmuc.kernel.Sha256;

/** RFC 9162, 2.1: roots and proofs, checked by the RFC's own verification steps and by plain recursion over all leaves. */
class MerkleTreeTest {
    private static final int MOST = 300; // beyond one stored node of 256 leaves

    /** The leaves and roots of the test vectors that Certificate Transparency's implementations share (RFC 6962). */
    private static final List<String> SHARED =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    private static final List<String> SHARED_ROOTS = List.of(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    private static byte[] leafHash(byte[] leaf) {
        return Sha256.of(new byte[] {0}, leaf);
    }

    /** What the sequencer stores of so many leaves. */
    private static final class Stored implements MerkleTree.Hashes {
        private final List<byte[]> leaves = new ArrayList<>();
        private final List<byte[]> nodes = new ArrayList<>();
        private final MerkleTree.Frontier frontier = new MerkleTree.Frontier(0);
        private int reads;

        void add(byte[] hash) {
            leaves.add(hash);
            frontier.add(hash, (level, position, node) -> {
                if (level == MerkleTree.STEP) {
                    assertThat(position).isEqualTo(nodes.size());
                    nodes.add(node);
                }
            });
        }

        @Override
        public List<byte[]> read(int level, long from, int count) {
            reads++;
            List<byte[]> all = level == 0 ? leaves : nodes;
            return all.subList((int) from, Math.min(all.size(), (int) from + count));
        }
    }

    private static Stored stored(int size) {
        var stored = new Stored();
        for (int i = 0; i < size; i++) {
            stored.add(leafHash(("leaf " + i).getBytes(UTF_8)));
        }
        return stored;
    }

    /** MTH of RFC 9162, 2.1.1, word for word. */
    private static byte[] plain(List<byte[]> hashes) {
        if (hashes.size() == 1) {
            return hashes.getFirst();
        }
        int k = Integer.highestOneBit(hashes.size() - 1);
        return Sha256.of(new byte[] {1}, plain(hashes.subList(0, k)), plain(hashes.subList(k, hashes.size())));
    }

    @Test
    void hasTheRootsOfTheSharedVectors() {
        var frontier = new MerkleTree.Frontier(0);
        for (int i = 0; i < SHARED.size(); i++) {
            frontier.add(leafHash(HexFormat.of().parseHex(SHARED.get(i))), (level, position, hash) -> {});
            assertThat(HexFormat.of().formatHex(frontier.root())).isEqualTo(SHARED_ROOTS.get(i));
        }
    }

    @Test
    void hasTheRootOfTheDefinitionAtEverySize() {
        Stored stored = stored(MOST);
        for (int size = 1; size <= MOST; size++) {
            assertThat(new MerkleTree(stored).root(size)).isEqualTo(plain(stored.leaves.subList(0, size)));
        }
        assertThat(stored.frontier.root()).isEqualTo(plain(stored.leaves));
    }

    @Test
    void aFrontierGoesOnWhereTheStoredTreeStands() {
        Stored whole = stored(MOST);
        for (int from : new int[] {1, 2, 3, 7, 128, 255, 256, 257, 299}) {
            MerkleTree.Frontier frontier = new MerkleTree(whole).frontier(from);
            for (int i = from; i < MOST; i++) {
                frontier.add(whole.leaves.get(i), (level, position, hash) -> {});
            }
            assertThat(frontier.root()).isEqualTo(whole.frontier.root());
        }
    }

    @Test
    void provesEveryLeafInEveryTree() {
        Stored stored = stored(MOST);
        for (int size : (Iterable<Integer>)
                Stream.concat(
                                Stream.iterate(1, n -> n <= 70, n -> n + 1),
                                Stream.of(127, 128, 129, 255, 256, 257, 258, MOST))::iterator) {
            byte[] root = plain(stored.leaves.subList(0, size));
            var tree = new MerkleTree(stored);
            for (int leaf = 0; leaf < size; leaf++) {
                List<byte[]> path = tree.inclusion(leaf, size);
                assertThat(ProofSteps.includes(stored.leaves.get(leaf), leaf, size, path, root))
                        .as("%d of %d", leaf, size)
                        .isTrue();
                assertThat(ProofSteps.includes(leafHash(new byte[] {9}), leaf, size, path, root))
                        .isFalse();
                if (size > 1) {
                    assertThat(ProofSteps.includes(stored.leaves.get(leaf), (leaf + 1) % size, size, path, root))
                            .isFalse();
                }
            }
        }
    }

    @Test
    void provesThatEveryTreeIsTheBeginningOfEveryLaterOne() {
        Stored stored = stored(MOST);
        for (int older = 1; older <= 66; older++) {
            for (int newer = older; newer <= 70; newer++) {
                proves(stored, older, newer);
            }
        }
        for (int older : new int[] {1, 128, 200, 255, 256, 257}) {
            for (int newer : new int[] {257, 258, 299, MOST}) {
                proves(stored, older, newer);
            }
        }
    }

    private static void proves(Stored stored, int older, int newer) {
        byte[] first = plain(stored.leaves.subList(0, older));
        byte[] second = plain(stored.leaves.subList(0, newer));
        List<byte[]> path = new MerkleTree(stored).consistency(older, newer);
        assertThat(ProofSteps.consistent(older, newer, path, first, second))
                .as("%d and %d", older, newer)
                .isTrue();
        if (older < newer) {
            assertThat(ProofSteps.consistent(older, newer, path, second, first)).isFalse();
        }
    }

    @Test
    void aProofReadsAFewTilesHoweverLargeTheTree() {
        Stored stored = stored(20_000);
        stored.reads = 0;
        var tree = new MerkleTree(stored);
        tree.inclusion(7_777, 20_000);
        assertThat(stored.reads).isLessThanOrEqualTo(3);
    }
}
