package vn.chuanmuc.signing;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import vn.chuanmuc.samples.SampleAuthority.Holder;

/** What signing and checking cost beside the bare {@code java.security} signature, in milliseconds of one thread's CPU. */
public final class SignatureCosts {
    private static final int WARM = 60;
    private static final int TIMES = 200;
    private static final int BARE = 1_500;

    private SignatureCosts() {}

    /**
     * @param bare an RSA-2048 (or P-256) signature of 300 bytes, nothing else
     * @param field PAdES B into a field, without text: prepare, sign, finish
     * @param text the same with the visible text
     * @param stamped PAdES B-T with text, its time stamp made in this process
     */
    public record Signing(double bare, double field, double text, double stamped) {}

    public static Signing rsa() {
        return signing(SignatureSamples.HUYEN);
    }

    public static Signing curve() {
        return signing(SignatureSamples.HEAD);
    }

    /** A strict check of a file with two signatures and their time stamps. */
    public static double check() {
        byte[] signed = SignatureSamples.twice();
        Trust trust = SignatureSamples.trust();
        return millis(
                WARM / 4, TIMES / 8, () -> StrictCheck.check(SignatureSamples.PAPER, signed, trust, Instant.now()));
    }

    private static Signing signing(Holder holder) {
        byte[] attributes = new byte[300];
        double bare = millis(BARE / 2, BARE, () -> SignatureSamples.value(holder, attributes));
        return new Signing(
                bare,
                millis(WARM, TIMES, () -> sign(holder, false, false)),
                millis(WARM, TIMES, () -> sign(holder, true, false)),
                millis(WARM, TIMES / 2, () -> sign(holder, true, true)));
    }

    private static byte[] sign(Holder holder, boolean text, boolean stamped) {
        var plan = new SigningPlan(
                FieldedPdf.SIGNER,
                holder.chain(),
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                text
                        ? SignatureSamples.plan(holder, FieldedPdf.SIGNER, true, stamped)
                                .lines()
                        : List.of(),
                true,
                stamped);
        return SignatureSamples.sign(SignatureSamples.PAPER, holder, plan);
    }

    private static double millis(int warm, int times, Runnable work) {
        for (int i = 0; i < warm; i++) {
            work.run();
        }
        var threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < times; i++) {
            work.run();
        }
        return (threads.getCurrentThreadCpuTime() - before) / 1e6 / times;
    }
}
