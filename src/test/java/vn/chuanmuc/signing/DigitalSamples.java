package vn.chuanmuc.signing;

import java.time.LocalDate;
import java.util.UUID;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.samples.SampleAuthority.Holder;
import vn.chuanmuc.signing.TrustList.ItemState;
import vn.chuanmuc.signing.TrustList.Kind;

/** Digital signatures for tests of other modules. */
public final class DigitalSamples {
    private DigitalSamples() {}

    /** The body relies on the samples' authority and has its revocation lists. */
    public static void trust(TrustList trust, Viewer administrator, Viewer board) {
        trust.proposeAnchor(
                administrator,
                Certificates.der(SignatureSamples.AUTHORITY.root().certificate()),
                "Thử",
                LocalDate.of(2020, 1, 1),
                null);
        trust.list(board, Kind.ANCHOR).stream()
                .filter(item -> item.state() == ItemState.PROPOSED)
                .forEach(item -> trust.decide(board, item.id(), true));
        SignatureSamples.AUTHORITY.revocationLists().forEach(list -> trust.bring(administrator, list));
    }

    /** The holder's certificate is the unit's from 2020 on, as two people said. */
    public static void link(
            AgencyCertificates agencies, TrustList trust, Viewer proposes, Viewer decides, UUID unit, Holder holder) {
        var proposed = agencies.propose(
                proposes, unit, "", Certificates.der(holder.certificate()), "Thử", LocalDate.of(2020, 1, 1), null);
        Check.that(proposed instanceof TrustList.Saved.Done, proposed.toString());
        agencies.list(decides).stream()
                .filter(item -> item.state() == ItemState.PROPOSED)
                .forEach(item -> Check.that(
                        trust.decide(decides, item.id(), true) instanceof TrustList.Saved.Done, "another confirms"));
    }

    public static Holder holder(String name) {
        return SignatureSamples.AUTHORITY.person(name, "Phường Một");
    }

    /** The paper signed in the field, as software elsewhere signs it. */
    public static byte[] sign(byte[] paper, Holder holder, String field) {
        return SignatureSamples.sign(paper, holder, SignatureSamples.plan(holder, field, true, false));
    }

    /** Looks at every certificate that waits, and says it is right. */
    public static void confirmSigners(TrustList trust, SignerConfirmations confirmations, Viewer clerk) {
        trust.ofPeople(clerk).stream()
                .filter(item -> item.state() == ItemState.PROPOSED)
                .forEach(item -> confirmations.decide(clerk, item.id(), true));
    }

    /** Whether the strict check accepts the file as that paper, signed. */
    public static boolean valid(byte[] paper, byte[] pdf) {
        return StrictCheck.check(paper, pdf, SignatureSamples.trust(), java.time.Instant.now())
                        .verdict()
                instanceof Verdict.Valid;
    }
}
