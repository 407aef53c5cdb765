package vn.chuanmuc.signing;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * All that makes a signature's bytes what they are, apart from the key: whoever holds the same paper and the same plan prepares
 * the same bytes, on any instance and after any restart.
 *
 * @param field the name of the signature field to fill; it exists and is empty
 * @param chain the signer's certificate and those above it
 * @param at the claimed time of signing, whole milliseconds
 * @param lines what the visible signature says
 * @param certifies the first signature of a paper: it forbids everything but further signatures (DocMDP, P = 2)
 * @param stamped whether a time stamp is put on it when it is finished (PAdES B-T, otherwise B-B)
 */
record SigningPlan(
        String field, List<X509Certificate> chain, Instant at, List<String> lines, boolean certifies, boolean stamped) {
    X509Certificate certificate() {
        return chain.getFirst();
    }
}
