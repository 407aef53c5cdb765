package vn.chuanmuc.signing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.security.auth.x500.X500Principal;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.kernel.Texts;

/** Reads X.509 certificates and what stands in them. */
final class Certificates {
    private static final int LARGEST = 1 << 16;

    private Certificates() {}

    /** One certificate, DER or PEM, as people download it; empty when it is none. */
    static Optional<X509Certificate> read(byte[] file) {
        if (file.length == 0 || file.length > LARGEST) {
            return Optional.empty();
        }
        try {
            Collection<? extends java.security.cert.Certificate> all =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(file));
            return all.size() == 1 && all.iterator().next() instanceof X509Certificate one
                    ? Optional.of(one)
                    : Optional.empty();
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }

    /** A chain as one string of bytes: DER after DER, the signer's first. */
    static byte[] join(List<X509Certificate> chain) {
        var out = new ByteArrayOutputStream();
        chain.forEach(certificate -> out.writeBytes(der(certificate)));
        return out.toByteArray();
    }

    static List<X509Certificate> split(byte[] chain) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(chain))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no chain of certificates", e);
        }
    }

    static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static byte[] hash(X509Certificate certificate) {
        return Sha256.of(der(certificate));
    }

    /** SHA-256 of a certificate in hexadecimal digits, in groups of eight, as people compare it. */
    static String fingerprint(byte[] der) {
        return HexFormat.of().formatHex(Sha256.of(der)).replaceAll("(.{8})(?!$)", "$1 ");
    }

    static String commonName(X509Certificate certificate) {
        return part(certificate.getSubjectX500Principal(), "CN");
    }

    static String issuerName(X509Certificate certificate) {
        return part(certificate.getIssuerX500Principal(), "CN");
    }

    static String serial(X509Certificate certificate) {
        return certificate.getSerialNumber().toString(16);
    }

    static String subject(X509Certificate certificate) {
        return Texts.oneLine(certificate.getSubjectX500Principal().getName(X500Principal.RFC2253));
    }

    private static String part(X500Principal name, String wanted) {
        try {
            return new LdapName(name.getName(X500Principal.RFC2253))
                    .getRdns().reversed().stream()
                            .filter(one -> one.getType().equalsIgnoreCase(wanted))
                            .map(one -> one.getValue() instanceof byte[] bytes
                                    ? new String(bytes, StandardCharsets.UTF_8)
                                    : String.valueOf(one.getValue()))
                            .map(Texts::oneLine)
                            .findFirst()
                            .orElse("");
        } catch (InvalidNameException e) {
            return "";
        }
    }
}
