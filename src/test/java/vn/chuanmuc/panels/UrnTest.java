package vn.chuanmuc.panels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.Sha256;

/** ADR 0019: what an urn keeps, and what nobody can take out of it. */
class UrnTest {
    private static final UUID ROUND = Ids.next();
    private static final byte[] KEY = Sha256.of("khóa");
    private final SecureRandom random = new SecureRandom();

    private static byte[] code(int number) {
        return Sha256.of("mã " + number);
    }

    /** Property: the votes about everybody are as many as the codes that were used. */
    @Test
    void sumsAreAsManyAsCodesHoweverVotesFall() {
        var chance = new Random(3);
        for (int run = 0; run < 200; run++) {
            int persons = 1 + chance.nextInt(6);
            int choices = 2 + chance.nextInt(5);
            var urn = new Urn(persons, choices);
            int voters = chance.nextInt(40);
            var expected = new int[persons][choices];
            for (int voter = 0; voter < voters; voter++) {
                int[] ballot = chance.ints(persons, 0, choices).toArray();
                assertThat(urn.cast(code(voter), ballot)).isTrue();
                for (int person = 0; person < persons; person++) {
                    expected[person][ballot[person]]++;
                }
                if (chance.nextInt(3) == 0) {
                    assertThat(urn.cast(code(voter), ballot))
                            .as("once for each code")
                            .isFalse();
                    urn = Urn.open(urn.seal(KEY, ROUND, random), KEY, ROUND, persons, choices);
                }
            }
            assertThat(urn.cast()).isEqualTo(voters);
            for (int person = 0; person < persons; person++) {
                int sum = 0;
                for (int choice = 0; choice < choices; choice++) {
                    assertThat(urn.sum(person, choice)).isEqualTo(expected[person][choice]);
                    sum += urn.sum(person, choice);
                }
                assertThat(sum).isEqualTo(voters);
            }
        }
    }

    /** Neither who voted how nor in which order: exchanged votes and another order leave the same content. */
    @Test
    void anUrnForgetsWhichCodeBroughtWhichVoteAndInWhichOrder() {
        var first = new Urn(2, 3);
        var second = new Urn(2, 3);
        List<int[]> votes =
                new ArrayList<>(List.of(new int[] {0, 1}, new int[] {2, 2}, new int[] {0, 0}, new int[] {1, 1}));
        var codes = new ArrayList<>(List.of(1, 2, 3, 4));
        for (int i = 0; i < 4; i++) {
            first.cast(code(codes.get(i)), votes.get(i));
        }
        Collections.reverse(votes);
        Collections.shuffle(codes, new Random(1));
        for (int i = 0; i < 4; i++) {
            second.cast(code(codes.get(i)), votes.get(i));
        }
        assertThat(plain(first)).isEqualTo(plain(second));
    }

    private static List<Object> plain(Urn urn) {
        var all = new ArrayList<Object>();
        for (int person = 0; person < 2; person++) {
            for (int choice = 0; choice < 3; choice++) {
                all.add(urn.sum(person, choice));
            }
        }
        for (int code = 1; code <= 4; code++) {
            all.add(urn.used(code(code)));
        }
        return all;
    }

    /** What leaves memory tells by its length how many voted, and nothing else; the same content is never the same bytes. */
    @Test
    void sealedContentsDifferEachTimeAndHaveOneLength() {
        var seals = new HashSet<String>();
        var lengths = new HashSet<Integer>();
        for (int choice = 0; choice < 3; choice++) {
            var urn = new Urn(1, 3);
            urn.cast(code(choice), new int[] {choice});
            for (int time = 0; time < 3; time++) {
                byte[] sealed = urn.seal(KEY, ROUND, random);
                seals.add(Arrays.toString(sealed));
                lengths.add(sealed.length);
            }
        }
        assertThat(seals).hasSize(9);
        assertThat(lengths).hasSize(1);
    }

    @Test
    void aChangedUrnAnotherRoundsUrnAndAnotherKeyDoNotOpen() {
        var urn = new Urn(1, 2);
        urn.cast(code(1), new int[] {1});
        byte[] sealed = urn.seal(KEY, ROUND, random);
        assertThat(Urn.open(sealed, KEY, ROUND, 1, 2).sum(0, 1)).isEqualTo(1);
        for (int at = 0; at < sealed.length; at++) {
            byte[] changed = sealed.clone();
            changed[at] ^= 1;
            assertThatThrownBy(() -> Urn.open(changed, KEY, ROUND, 1, 2)).isInstanceOf(IllegalStateException.class);
        }
        assertThatThrownBy(() -> Urn.open(sealed, KEY, Ids.next(), 1, 2)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Urn.open(sealed, Sha256.of("khác"), ROUND, 1, 2))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesAChoiceThatIsNotOnTheBallot() {
        var urn = new Urn(1, 2);
        for (int[] hostile : List.of(new int[] {2}, new int[] {-1}, new int[] {}, new int[] {0, 0})) {
            assertThatThrownBy(() -> urn.cast(code(1), hostile)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(urn.cast()).isZero();
    }

    /** Typed from paper by people in a hurry; and by people who try. */
    @Test
    void codesAreReadAsPeopleTypeThemAndNothingElseIs() {
        var code = BallotCode.read("k7qx 2m9p-ab3d").orElseThrow();
        assertThat(code.written()).isEqualTo("K7QX-2M9P-AB3D");
        assertThat(BallotCode.read("KoIL-2M9P-AB3D").orElseThrow().signs()).startsWith("K011");
        for (String hostile : List.of(
                "",
                " ",
                "K7QX2M9PAB3",
                "K7QX2M9PAB3DD",
                "K7QX-2M9P-AB3'",
                "' or 1=1 --",
                "K7QX2M9PAB3U",
                "%00%00%00",
                "ＫＫＫＫＫＫＫＫＫＫＫＫ",
                "x".repeat(10_000),
                "K7QX-2M9P-AB3đ",
                "<script>")) {
            assertThat(BallotCode.read(hostile)).as(hostile).isEmpty();
        }
    }
}
