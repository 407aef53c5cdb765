package vn.chuanmuc.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThreeStepsTest {
    @Test
    void anotherInstancePreparesTheSameBytesFromWhatWasKept() {
        SigningPlan plan = SignatureSamples.plan(SignatureSamples.HUYEN, FieldedPdf.SIGNER, true, false);
        byte[] first = Pades.prepare(SignatureSamples.PAPER, plan).toBeSigned();
        var kept = new SigningPlan(
                plan.field(),
                Certificates.split(Certificates.join(plan.chain())),
                Instant.ofEpochMilli(plan.at().toEpochMilli()),
                List.copyOf(plan.lines()),
                plan.certifies(),
                plan.stamped());
        var again = Pades.prepare(SignatureSamples.PAPER, kept);
        assertThat(again.toBeSigned()).isEqualTo(first);
        byte[] signed = again.finish(SignatureSamples.value(SignatureSamples.HUYEN, first), null);
        assertThat(StrictCheck.check(SignatureSamples.PAPER, signed, SignatureSamples.trust(), Instant.now())
                        .verdict())
                .isInstanceOf(Verdict.Valid.class);
    }

    @Test
    void anotherTimeIsAnotherSignature() {
        SigningPlan plan = SignatureSamples.plan(SignatureSamples.HUYEN, FieldedPdf.SIGNER, true, false);
        var other = new SigningPlan(
                plan.field(), plan.chain(), plan.at().plusMillis(1_000), plan.lines(), plan.certifies(), false);
        byte[] value = SignatureSamples.value(
                SignatureSamples.HUYEN,
                Pades.prepare(SignatureSamples.PAPER, plan).toBeSigned());
        assertThat(Pades.prepare(SignatureSamples.PAPER, plan).isSignature(value))
                .isTrue();
        assertThat(Pades.prepare(SignatureSamples.PAPER, other).isSignature(value))
                .isFalse();
    }

    @Test
    void aVisibleSignatureAddsLittleToThePaper() {
        byte[] once = SignatureSamples.once();
        assertThat(once.length - SignatureSamples.PAPER.length).isLessThan(70_000);
    }
}
