package vn.chuanmuc.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import vn.chuanmuc.ledger.KeyHistory.Period;
import vn.chuanmuc.ledger.LedgerKeys.KeyFile;

/** The keys a body's acts tell of and those in the folder (ADR 0012, re-check). */
class KeyRulesTest {
    private static final List<PublicKey> KEYS =
            IntStream.range(0, 5).mapToObj(n -> key()).toList();
    /** Sizes of the tree that have a checkpoint. */
    private static final Set<Long> HEADS = Set.of(10L, 20L, 30L);

    private static PublicKey key() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic();
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Note.Verifier verifier(int n) {
        return Note.Verifier.of("thu/1", KEYS.get(n));
    }

    private static Period period(int n, long size, boolean alone) {
        return new Period(size, verifier(n), alone);
    }

    private static KeyFile file(int n) {
        return new KeyFile(n, "khoa-" + n + ".pem", KEYS.get(n));
    }

    private static List<Fault> faults(List<Period> periods, List<KeyFile> files, PublicKey... knownElsewhere) {
        var faults = new ArrayList<Fault>();
        KeyRules.check(periods, files, HEADS::contains, List.of(knownElsewhere)::contains, faults::add);
        return faults;
    }

    private static Fault of(int n, String fault) {
        return new Fault(KeyRules.KIND, verifier(n).text(), fault);
    }

    private static Fault ofFile(int n, String fault) {
        return new Fault(KeyRules.KIND, "khoa-" + n + ".pem", fault);
    }

    private static final List<Period> TWO = List.of(period(1, 0, true), period(2, 10, false));

    @Test
    void findsNothingWhereAllAgrees() {
        assertThat(faults(TWO, List.of(file(1), file(2)))).isEmpty();
        assertThat(faults(TWO, List.of(file(1), file(2), file(3))))
                .as("a new key waits for the next checkpoint")
                .isEmpty();
        assertThat(faults(List.of(), List.of(file(1)))).isEmpty();
    }

    @Test
    void namesAKeyThatIsNotInTheFolder() {
        assertThat(faults(TWO, List.of(file(1)))).containsExactly(of(2, Fault.MISSING));
        assertThat(faults(TWO, List.of(file(2)))).containsExactly(of(1, Fault.MISSING));
        assertThat(faults(List.of(period(1, 0, true), period(2, 10, true)), List.of(file(2))))
                .as("its successor said that it was lost")
                .isEmpty();
    }

    @Test
    void namesAKeyThatNoActTellsOf() {
        assertThat(faults(TWO, List.of(file(0), file(1), file(2)))).containsExactly(ofFile(0, Fault.UNRECORDED));
        assertThat(faults(List.of(period(1, 0, true), period(3, 10, false)), List.of(file(1), file(2), file(3))))
                .containsExactly(ofFile(2, Fault.UNRECORDED));
        assertThat(faults(
                        List.of(period(1, 0, true), period(3, 10, false)),
                        List.of(file(1), file(2), file(3)),
                        KEYS.get(2)))
                .as("this body rested while another took it up")
                .isEmpty();
    }

    @Test
    void namesAPeriodThatWasChanged() {
        List<KeyFile> files = List.of(file(1), file(2), file(3));
        assertThat(faults(List.of(period(1, 0, true), period(2, 15, false)), files))
                .as("no checkpoint of that size")
                .containsExactly(of(2, Fault.CHANGED));
        assertThat(faults(List.of(period(1, 10, true)), files)).containsExactly(of(1, Fault.CHANGED));
        assertThat(faults(List.of(period(1, 0, false)), files)).containsExactly(of(1, Fault.CHANGED));
        assertThat(faults(List.of(period(2, 0, true), period(1, 10, false)), files))
                .as("an older key does not follow a younger one")
                .contains(of(1, Fault.CHANGED));
        assertThat(faults(List.of(period(1, 0, true), period(2, 20, false), period(3, 10, false)), files))
                .containsExactly(of(3, Fault.CHANGED));
        var broken = new KeyFile(2, "khoa-2.pem", null);
        assertThat(faults(TWO, List.of(file(1), broken)))
                .containsExactly(ofFile(2, Fault.CHANGED), of(2, Fault.MISSING));
    }
}
