package vn.chuanmuc.overview;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vn.chuanmuc.overview.Protection.Node;

/**
 * What is shown lets nobody compute what is hidden; checked with linear algebra that shares nothing with the choice itself. Issue 5,
 * Overview: “small-group protection (threshold 5, differencing over the tree covered)”; ADR 0018, Protection. No law was found that
 * gives the 5: a dated setting, chưa có căn cứ.
 */
class ProtectionTest {
    private static final int THRESHOLD = 5;

    /** A tree of {@code parent[i] < i}, with people of each unit itself. */
    private record Tree(int[] parent, int[] own) {
        static Tree random(Random random, int units, int most) {
            var parent = new int[units];
            var own = new int[units];
            parent[0] = -1;
            for (int i = 0; i < units; i++) {
                if (i > 0) {
                    parent[i] = Math.max(0, i - 1 - random.nextInt(Math.min(i, 4)));
                }
                own[i] = random.nextInt(3) == 0 ? 0 : random.nextInt(most);
            }
            return new Tree(parent, own);
        }

        boolean below(int unit, int top) {
            for (int at = unit; at >= 0; at = parent[at]) {
                if (at == top) {
                    return true;
                }
            }
            return false;
        }

        int people(int top) {
            int people = 0;
            for (int i = 0; i < own.length; i++) {
                people += below(i, top) ? own[i] : 0;
            }
            return people;
        }

        /** Which units' own people a figure of the unit is the sum of. */
        long covers(int top) {
            long covers = 0;
            for (int i = 0; i < own.length; i++) {
                covers |= below(i, top) && own[i] > 0 ? 1L << i : 0;
            }
            return covers;
        }

        List<Node> nodes() {
            var nodes = new ArrayList<Node>();
            for (int i = 0; i < own.length; i++) {
                nodes.add(new Node(id(i), parent[i] < 0 ? null : id(parent[i]), new int[] {people(i)}));
            }
            return nodes;
        }
    }

    private static UUID id(int i) {
        return new UUID(0, i);
    }

    /** Whether a sum of some units' own people can be computed from the sums that are known: by exact elimination. */
    private static boolean computable(List<Long> known, long wanted, int units) {
        var rows = new ArrayList<BigInteger[]>();
        for (long row : known) {
            add(rows, row, units);
        }
        return !independent(rows, row(wanted, units));
    }

    private static BigInteger[] row(long mask, int units) {
        var row = new BigInteger[units];
        for (int i = 0; i < units; i++) {
            row[i] = (mask >> i & 1) == 1 ? BigInteger.ONE : BigInteger.ZERO;
        }
        return row;
    }

    private static void add(List<BigInteger[]> rows, long mask, int units) {
        BigInteger[] row = row(mask, units);
        if (independent(rows, row)) {
            rows.add(row);
        }
    }

    /** Reduces the row by the others, which are each reduced by those before; true when something of it is left. */
    private static boolean independent(List<BigInteger[]> rows, BigInteger[] row) {
        for (BigInteger[] other : rows) {
            int lead = lead(other);
            if (row[lead].signum() != 0) {
                BigInteger a = other[lead];
                BigInteger b = row[lead];
                for (int i = 0; i < row.length; i++) {
                    row[i] = row[i].multiply(a).subtract(other[i].multiply(b));
                }
            }
        }
        return lead(row) < row.length;
    }

    private static int lead(BigInteger[] row) {
        int lead = 0;
        while (lead < row.length && row[lead].signum() == 0) {
            lead++;
        }
        return lead;
    }

    private static int people(Tree tree, long mask) {
        int people = 0;
        for (int i = 0; i < tree.own.length; i++) {
            people += (mask >> i & 1) == 1 ? tree.own[i] : 0;
        }
        return people;
    }

    private static List<Long> shown(Tree tree, Set<UUID> shown) {
        var masks = new ArrayList<Long>();
        for (int i = 0; i < tree.own.length; i++) {
            if (shown.contains(id(i))) {
                masks.add(tree.covers(i));
            }
        }
        return masks;
    }

    /** ADR 0018, Protection: every group of fewer people than the threshold, of whatever units it is made up: no arithmetic on what is shown gives its figure. */
    @Test
    void noSmallGroupOfAnyUnitsCanBeComputedFromWhatIsShown() {
        var random = new Random(335);
        int groups = 0;
        for (int round = 0; round < 400; round++) {
            Tree tree = Tree.random(random, 2 + random.nextInt(9), 2 + random.nextInt(14));
            List<Long> known = shown(tree, Protection.shown(tree.nodes(), THRESHOLD));
            long all = tree.covers(0);
            for (long group = all; group > 0; group = group - 1 & all) {
                if (people(tree, group) < THRESHOLD) {
                    groups++;
                    assertThat(computable(known, group, tree.own.length))
                            .as("%s of %s", Long.toBinaryString(group), tree)
                            .isFalse();
                }
            }
        }
        assertThat(groups).isGreaterThan(1_000);
    }

    /** ADR 0018, Protection: a head knows every figure of their own unit and of all below it; of the others they learn no more than anybody. */
    @Test
    void noHeadCanComputeASmallGroupOfOthersWithWhatTheyKnow() {
        var random = new Random(90);
        for (int round = 0; round < 200; round++) {
            Tree tree = Tree.random(random, 2 + random.nextInt(8), 2 + random.nextInt(14));
            List<Long> known = shown(tree, Protection.shown(tree.nodes(), THRESHOLD));
            for (int head = 1; head < tree.own.length; head++) {
                var knows = new ArrayList<>(known);
                long own = tree.covers(head);
                for (int i = 0; i < tree.own.length; i++) {
                    if ((own >> i & 1) == 1) {
                        knows.add(1L << i);
                    }
                }
                long others = tree.covers(0) & ~own;
                for (long group = others; group > 0; group = group - 1 & others) {
                    if (people(tree, group) < THRESHOLD) {
                        assertThat(computable(knows, group, tree.own.length))
                                .as("head of %d computes %s of %s", head, Long.toBinaryString(group), tree)
                                .isFalse();
                    }
                }
            }
        }
    }

    /** ADR 0018, Protection (differencing): the check itself finds the hole that hiding only the small units leaves. */
    @Test
    void hidingSmallUnitsAloneWouldNotDo() {
        Tree tree = new Tree(new int[] {-1, 0, 0, 0}, new int[] {0, 3, 20, 30});
        List<Long> naive = List.of(tree.covers(0), tree.covers(2), tree.covers(3));
        assertThat(computable(naive, tree.covers(1), 4)).isTrue();
        Set<UUID> shown = Protection.shown(tree.nodes(), THRESHOLD);
        // the next smallest goes with it: and since its head knows it, another one that leaves enough
        assertThat(shown).containsExactly(id(0));
    }

    /** ADR 0018, Protection: only the units that must be hidden are. */
    @Test
    void showsEverythingWhereNobodyIsAlone() {
        Tree tree = new Tree(new int[] {-1, 0, 0, 1, 1, 2}, new int[] {7, 6, 5, 9, 0, 12});
        assertThat(Protection.shown(tree.nodes(), THRESHOLD)).hasSize(6);
        assertThat(Protection.shown(List.of(), THRESHOLD)).isEmpty();
        assertThat(Protection.shown(new Tree(new int[] {-1, 0}, new int[] {0, 4}).nodes(), THRESHOLD))
                .isEmpty();
        assertThat(Protection.shown(new Tree(new int[] {-1, 0}, new int[] {0, 0}).nodes(), THRESHOLD))
                .hasSize(2);
    }

    /** ADR 0018, Protection (Stages): several figures of the same people: what is unsafe in one of them is hidden in all. */
    @Test
    void aUnitIsHiddenWhenOneOfItsFiguresIsOfFewPeople() {
        var nodes = List.of(
                new Node(id(0), null, new int[] {40, 24}),
                new Node(id(1), id(0), new int[] {10, 10}),
                new Node(id(2), id(0), new int[] {10, 2}),
                new Node(id(3), id(0), new int[] {20, 12}));
        Set<UUID> shown = new HashSet<>(Protection.shown(nodes, THRESHOLD));
        assertThat(shown).contains(id(0)).doesNotContain(id(2));
    }
}
