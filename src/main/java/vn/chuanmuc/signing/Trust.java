package vn.chuanmuc.signing;

import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.service.crl.OnlineCRLSource;
import eu.europa.esig.dss.service.ocsp.OnlineOCSPSource;
import eu.europa.esig.dss.spi.client.http.DataLoader;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.spi.x509.revocation.crl.ExternalResourcesCRLSource;
import eu.europa.esig.dss.spi.x509.revocation.ocsp.ExternalResourcesOCSPSource;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a check may rely on: nothing but what people proposed and confirmed, and the revocation data that was brought in.
 *
 * @param anchors certificates that need nothing above them
 * @param crls revocation lists (DER)
 * @param ocsps OCSP responses (DER)
 * @param outside fetches revocation data from where certificates say; null when nothing may be fetched
 */
record Trust(
        List<X509Certificate> anchors,
        List<byte[]> crls,
        List<byte[]> ocsps,
        @Nullable DataLoader outside) {
    /** For one check: the library keeps what it met in it. */
    CommonCertificateVerifier verifier() {
        var verifier = new CommonCertificateVerifier();
        verifier.setAIASource(null);
        var trusted = new CommonTrustedCertificateSource();
        anchors.forEach(anchor -> trusted.addCertificate(new CertificateToken(anchor)));
        verifier.setTrustedCertSources(trusted);
        if (outside == null) {
            verifier.setCrlSource(new ExternalResourcesCRLSource(documents(crls)));
            verifier.setOcspSource(new ExternalResourcesOCSPSource(documents(ocsps)));
        } else {
            verifier.setCrlSource(new EitherSource.Crl(
                    new ExternalResourcesCRLSource(documents(crls)), new OnlineCRLSource(outside)));
            verifier.setOcspSource(new EitherSource.Ocsp(
                    new ExternalResourcesOCSPSource(documents(ocsps)), new OnlineOCSPSource(outside)));
        }
        return verifier;
    }

    private static DSSDocument[] documents(List<byte[]> files) {
        return files.stream().map(InMemoryDocument::new).toArray(DSSDocument[]::new);
    }
}
