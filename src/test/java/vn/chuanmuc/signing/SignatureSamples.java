package vn.chuanmuc.signing;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import vn.chuanmuc.samples.SampleAuthority;
import vn.chuanmuc.samples.SampleAuthority.Holder;

/** Keys, papers and signatures for tests; made once, for making keys takes time. */
final class SignatureSamples {
    static final SampleAuthority AUTHORITY = SampleAuthority.create(Clock.systemUTC());
    static final Holder HUYEN = AUTHORITY.person("Nguyễn Thị Ngọc Huyền", "Phường Một");
    static final Holder HEAD = AUTHORITY.personWithCurve("Lê Quỹ", "Phường Một");
    static final byte[] PAPER = FieldedPdf.of("Nguyễn Thị Ngọc Huyền");
    static final Stamps STAMPS = new Stamps(AUTHORITY::stamp);

    private SignatureSamples() {}

    static Trust trust() {
        return new Trust(List.of(AUTHORITY.root().certificate()), AUTHORITY.revocationLists(), List.of(), null);
    }

    static SigningPlan plan(Holder holder, String field, boolean certifies, boolean stamped) {
        return new SigningPlan(
                field,
                holder.chain(),
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                List.of(
                        "Ký bởi: " + Certificates.commonName(holder.certificate()),
                        "Đơn vị: Phường Một – quận Long Biên",
                        "Thời gian ký: 22/11/2026 08:30:15 +07:00"),
                certifies,
                stamped);
    }

    static byte[] value(Holder holder, byte[] toBeSigned) {
        try {
            var signature = Signature.getInstance(holder.elliptic() ? "SHA256withECDSA" : "SHA256withRSA");
            signature.initSign(holder.key());
            signature.update(toBeSigned);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] sign(byte[] paper, Holder holder, SigningPlan plan) {
        Pades.Prepared prepared = Pades.prepare(paper, plan);
        return prepared.finish(value(holder, prepared.toBeSigned()), plan.stamped() ? STAMPS : null);
    }

    /** Signed by the official, with a time stamp. */
    static byte[] once() {
        return sign(PAPER, HUYEN, plan(HUYEN, FieldedPdf.SIGNER, true, true));
    }

    /** And by the head, with another kind of key. */
    static byte[] twice() {
        return sign(once(), HEAD, plan(HEAD, FieldedPdf.HEAD, false, true));
    }
}
