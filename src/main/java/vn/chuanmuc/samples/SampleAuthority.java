package vn.chuanmuc.samples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;

/**
 * A certification authority made up for trying digital signatures out: a root, an issuing authority, a time-stamp service and an
 * OCSP responder. Every name it gives says “mẫu”; it proves nothing to anybody outside.
 */
public final class SampleAuthority {
    public static final String MARK = SampleWords.certificate("mark");

    private static final char[] KEPT_AS_IT_IS =
            "mau".toCharArray(); // protects nothing, as the passwords of sample people
    /** Real certificates say where their list is; this name leads nowhere (RFC 6761, .invalid). */
    private static final String NOWHERE = "http://chung-thuc-mau.invalid/";

    private static final Duration DAY = Duration.ofDays(1);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Clock clock;
    private final String place;
    private final Holder root;
    private final Holder issuing;
    private final Holder timestamps;
    private final Holder responder;
    private final Map<BigInteger, Instant> revoked = new ConcurrentHashMap<>();

    private SampleAuthority(
            Clock clock, String place, Holder root, Holder issuing, Holder timestamps, Holder responder) {
        this.clock = clock;
        this.place = place;
        this.root = root;
        this.issuing = issuing;
        this.timestamps = timestamps;
        this.responder = responder;
    }

    /** A key with its certificate and all above it, the root last. */
    public record Holder(PrivateKey key, List<X509Certificate> chain) {
        public X509Certificate certificate() {
            return chain.getFirst();
        }

        public boolean elliptic() {
            return key.getAlgorithm().startsWith("EC");
        }

        private String algorithm() {
            return elliptic() ? "SHA256withECDSA" : "SHA256withRSA";
        }
    }

    private enum Use {
        AUTHORITY,
        SIGNING,
        TIME_STAMPS,
        RESPONDER
    }

    /** A new one, valid from a year before now for twenty years. */
    public static SampleAuthority create(Clock clock) {
        return create(clock, NOWHERE);
    }

    /**
     * The same, whose certificates say where their revocation data are: {@code <place>ocsp} for those of people, {@code <place>1.crl} of
     * the root and {@code <place>2.crl} of the issuing authority.
     */
    public static SampleAuthority create(Clock clock, String place) {
        try {
            Holder root = issue(clock, place, SampleWords.certificate("root"), "Chuẩn Mực", false, null, Use.AUTHORITY);
            Holder issuing = issue(clock, place, SampleWords.certificate("issuing"), "Chuẩn Mực", false, root, Use.AUTHORITY);
            return new SampleAuthority(
                    clock,
                    place,
                    root,
                    issuing,
                    issue(clock, place, SampleWords.certificate("timestamps"), "Chuẩn Mực", false, issuing, Use.TIME_STAMPS),
                    issue(clock, place, SampleWords.certificate("responder"), "Chuẩn Mực", false, issuing, Use.RESPONDER));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The one kept in this folder; a new one the first time. */
    static SampleAuthority open(Path folder, Clock clock) {
        Path file = folder.resolve("chung-thuc-mau.p12");
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            if (Files.exists(file)) {
                try (var in = Files.newInputStream(file)) {
                    store.load(in, KEPT_AS_IT_IS);
                }
                return new SampleAuthority(
                        clock,
                        NOWHERE,
                        read(store, "root"),
                        read(store, "issuing"),
                        read(store, "tsa"),
                        read(store, "ocsp"));
            }
            Files.createDirectories(folder);
            SampleAuthority made = create(clock);
            store.load(null, null);
            write(store, "root", made.root);
            write(store, "issuing", made.issuing);
            write(store, "tsa", made.timestamps);
            write(store, "ocsp", made.responder);
            try (var out = Files.newOutputStream(file)) {
                store.store(out, KEPT_AS_IT_IS);
            }
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(KeyStore store, String alias, Holder holder) throws GeneralSecurityException {
        store.setKeyEntry(alias, holder.key(), KEPT_AS_IT_IS, holder.chain().toArray(X509Certificate[]::new));
    }

    private static Holder read(KeyStore store, String alias) throws GeneralSecurityException {
        return new Holder(
                (PrivateKey) store.getKey(alias, KEPT_AS_IT_IS),
                Arrays.stream(store.getCertificateChain(alias))
                        .map(X509Certificate.class::cast)
                        .toList());
    }

    public Holder root() {
        return root;
    }

    public Holder issuing() {
        return issuing;
    }

    public Holder timestamps() {
        return timestamps;
    }

    /** A certificate for signing, of somebody. */
    public Holder person(String name, String organisation) {
        return holder(name, organisation, false);
    }

    /** The same with a P-256 key. */
    public Holder personWithCurve(String name, String organisation) {
        return holder(name, organisation, true);
    }

    private Holder holder(String name, String organisation, boolean elliptic) {
        try {
            return issue(clock, place, name, organisation, elliptic, issuing, Use.SIGNING);
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public void revoke(Holder holder, Instant when) {
        revoked.put(holder.certificate().getSerialNumber(), when);
    }

    /** The lists of the root and of the issuing authority; sample mode's clock goes on for years. */
    public List<byte[]> revocationLists() {
        try {
            return List.of(list(root), list(issuing));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] list(Holder authority) throws GeneralSecurityException, OperatorCreationException, IOException {
        Instant now = clock.instant();
        var list = new JcaX509v2CRLBuilder(authority.certificate(), Date.from(now.minusSeconds(60)));
        list.setNextUpdate(Date.from(now.plus(DAY.multipliedBy(3_650))));
        if (authority == issuing) {
            revoked.forEach((serial, when) -> list.addCRLEntry(serial, Date.from(when), CRLReason.keyCompromise));
        }
        list.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(now.getEpochSecond())));
        list.addExtension(
                Extension.authorityKeyIdentifier,
                false,
                new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(authority.certificate()));
        return list.build(new JcaContentSignerBuilder(authority.algorithm()).build(authority.key()))
                .getEncoded();
    }

    /** An OCSP response (RFC 6960, DER) about a certificate of the issuing authority. */
    public byte[] answer(X509Certificate certificate) {
        return answer(certificate, responder);
    }

    /** The same signed by somebody, who may be the wrong one. */
    public byte[] answer(X509Certificate certificate, Holder signer) {
        try {
            var id = new CertificateID(
                    new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1),
                    new JcaX509CertificateHolder(issuing.certificate()),
                    certificate.getSerialNumber());
            Instant when = revoked.get(certificate.getSerialNumber());
            Date now = Date.from(clock.instant());
            var basic = new BasicOCSPRespBuilder(
                            new RespID(new JcaX509CertificateHolder(signer.certificate()).getSubject()))
                    .addResponse(
                            id,
                            when == null
                                    ? CertificateStatus.GOOD
                                    : new RevokedStatus(Date.from(when), CRLReason.keyCompromise),
                            now,
                            Date.from(clock.instant().plus(DAY)))
                    .build(
                            new JcaContentSignerBuilder(signer.algorithm()).build(signer.key()),
                            new X509CertificateHolder[] {new JcaX509CertificateHolder(signer.certificate())},
                            now);
            return new OCSPRespBuilder()
                    .build(OCSPRespBuilder.SUCCESSFUL, basic)
                    .getEncoded();
        } catch (GeneralSecurityException | OperatorCreationException | OCSPException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Answers an RFC 3161 request (DER). */
    public byte[] stamp(byte[] request) {
        try {
            var generator = new TimeStampTokenGenerator(
                    new JcaSimpleSignerInfoGeneratorBuilder()
                            .build(timestamps.algorithm(), timestamps.key(), timestamps.certificate()),
                    new JcaDigestCalculatorProviderBuilder()
                            .build()
                            .get(new org.bouncycastle.asn1.x509.AlgorithmIdentifier(
                                    org.bouncycastle.asn1.nist.NISTObjectIdentifiers.id_sha256)),
                    new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1"));
            generator.addCertificates(new JcaCertStore(timestamps.chain()));
            return new TimeStampResponseGenerator(generator, Set.copyOf(algorithms()))
                    .generate(new TimeStampRequest(request), new BigInteger(63, RANDOM), Date.from(clock.instant()))
                    .getEncoded();
        } catch (GeneralSecurityException | OperatorCreationException | TSPException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Collection<ASN1ObjectIdentifier> algorithms() {
        return List.of(TSPAlgorithms.SHA256, TSPAlgorithms.SHA384, TSPAlgorithms.SHA512);
    }

    private static Holder issue(
            Clock clock,
            String place,
            String name,
            String organisation,
            boolean elliptic,
            @org.jspecify.annotations.Nullable Holder issuer,
            Use use)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        KeyPair keys = keys(elliptic);
        X500Name subject = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.C, "VN")
                .addRDN(BCStyle.O, organisation)
                .addRDN(BCStyle.OU, MARK)
                .addRDN(BCStyle.CN, name)
                .build();
        X500Name from = issuer == null ? subject : new JcaX509CertificateHolder(issuer.certificate()).getSubject();
        Holder by = issuer == null ? new Holder(keys.getPrivate(), List.of()) : issuer;
        Instant now = clock.instant();
        var builder = new JcaX509v3CertificateBuilder(
                from,
                new BigInteger(120, RANDOM),
                Date.from(now.minus(DAY.multipliedBy(365))),
                Date.from(now.plus(DAY.multipliedBy(365L * (use == Use.SIGNING ? 5 : 20)))),
                subject,
                keys.getPublic());
        var extensions = new JcaX509ExtensionUtils();
        builder.addExtension(
                Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(keys.getPublic()));
        builder.addExtension(
                Extension.authorityKeyIdentifier,
                false,
                extensions.createAuthorityKeyIdentifier(
                        issuer == null ? keys.getPublic() : issuer.certificate().getPublicKey()));
        if (issuer != null && use != Use.RESPONDER) {
            var list = new GeneralName(
                    GeneralName.uniformResourceIdentifier,
                    place + issuer.chain().size() + ".crl");
            builder.addExtension(Extension.cRLDistributionPoints, false, new CRLDistPoint(new DistributionPoint[] {
                new DistributionPoint(new DistributionPointName(new GeneralNames(list)), null, null)
            }));
        }
        if (use == Use.SIGNING && !place.equals(NOWHERE)) {
            builder.addExtension(
                    Extension.authorityInfoAccess,
                    false,
                    new AuthorityInformationAccess(
                            AccessDescription.id_ad_ocsp,
                            new GeneralName(GeneralName.uniformResourceIdentifier, place + "ocsp")));
        }
        switch (use) {
            case AUTHORITY -> {
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
                builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            }
            case SIGNING ->
                builder.addExtension(
                        Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.nonRepudiation));
            case TIME_STAMPS -> {
                builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
                builder.addExtension(
                        Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping));
            }
            case RESPONDER -> {
                builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
                builder.addExtension(
                        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_OCSPSigning));
                builder.addExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck, false, DERNull.INSTANCE);
            }
        }
        X509Certificate certificate = new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder(by.algorithm()).build(by.key())));
        var chain = new ArrayList<X509Certificate>();
        chain.add(certificate);
        if (issuer != null) {
            chain.addAll(issuer.chain());
        }
        return new Holder(keys.getPrivate(), List.copyOf(chain));
    }

    private static KeyPair keys(boolean elliptic) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance(elliptic ? "EC" : "RSA");
        if (elliptic) {
            generator.initialize(new ECGenParameterSpec("secp256r1"));
        } else {
            generator.initialize(2048);
        }
        return generator.generateKeyPair();
    }
}
