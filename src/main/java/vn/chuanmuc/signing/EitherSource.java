package vn.chuanmuc.signing;

import eu.europa.esig.dss.model.DSSException;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.model.x509.revocation.crl.CRL;
import eu.europa.esig.dss.model.x509.revocation.ocsp.OCSP;
import eu.europa.esig.dss.spi.x509.revocation.RevocationSource;
import eu.europa.esig.dss.spi.x509.revocation.RevocationToken;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Revocation data that was brought in, or else what the issuer answers now. */
final class EitherSource {
    private static final Logger log = LoggerFactory.getLogger(EitherSource.class);

    private EitherSource() {}

    private static <R extends eu.europa.esig.dss.model.x509.revocation.Revocation> @Nullable RevocationToken<R> first(
            RevocationSource<R> here,
            RevocationSource<R> outside,
            CertificateToken certificate,
            CertificateToken issuer) {
        @Nullable RevocationToken<R> known = here.getRevocationToken(certificate, issuer);
        boolean old = known == null
                || known.getNextUpdate() != null && known.getNextUpdate().before(new java.util.Date());
        if (!old) {
            return known;
        }
        try {
            @Nullable RevocationToken<R> told = outside.getRevocationToken(certificate, issuer);
            return told == null ? known : told;
        } catch (DSSException e) {
            // A service that does not answer makes nothing wrong: what is known counts, and what is not is “not known
            // yet”.
            log.info("No revocation data from outside: {}", e.getMessage());
            return known;
        }
    }

    record Crl(RevocationSource<CRL> here, RevocationSource<CRL> outside) implements RevocationSource<CRL> {
        @Override
        public @Nullable RevocationToken<CRL> getRevocationToken(
                CertificateToken certificate, CertificateToken issuer) {
            return first(here, outside, certificate, issuer);
        }
    }

    record Ocsp(RevocationSource<OCSP> here, RevocationSource<OCSP> outside) implements RevocationSource<OCSP> {
        @Override
        public @Nullable RevocationToken<OCSP> getRevocationToken(
                CertificateToken certificate, CertificateToken issuer) {
            return first(here, outside, certificate, issuer);
        }
    }
}
