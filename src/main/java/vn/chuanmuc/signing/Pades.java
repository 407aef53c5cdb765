package vn.chuanmuc.signing;

import eu.europa.esig.dss.enumerations.CertificationPermission;
import eu.europa.esig.dss.enumerations.DigestAlgorithm;
import eu.europa.esig.dss.enumerations.EncryptionAlgorithm;
import eu.europa.esig.dss.enumerations.MimeTypeEnum;
import eu.europa.esig.dss.enumerations.SignatureAlgorithm;
import eu.europa.esig.dss.enumerations.SignatureLevel;
import eu.europa.esig.dss.enumerations.SignerTextVerticalAlignment;
import eu.europa.esig.dss.enumerations.TextWrapping;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.model.SignatureValue;
import eu.europa.esig.dss.model.ToBeSigned;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.pades.DSSFileFont;
import eu.europa.esig.dss.pades.PAdESSignatureParameters;
import eu.europa.esig.dss.pades.SignatureImageParameters;
import eu.europa.esig.dss.pades.SignatureImageTextParameters;
import eu.europa.esig.dss.pades.signature.PAdESService;
import eu.europa.esig.dss.pdf.pdfbox.PdfBoxNativeObjectFactory;
import eu.europa.esig.dss.signature.AbstractSignatureParameters;
import eu.europa.esig.dss.spi.validation.CertificateVerifier;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.tsp.TSPSource;
import java.awt.Color;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/** Signs PDFs (PAdES, ETSI EN 319 142-1) in three steps: prepare, have the value made wherever the key is, finish. */
final class Pades {
    /** Bytes kept free for the CMS: a chain of three, with and without a time stamp that brings its own chain. */
    private static final int ROOM = 8 << 10;

    private static final int ROOM_WITH_STAMP = 16 << 10;
    private static final float LARGEST_TEXT = 9;
    private static final float PADDING = 3;
    private static final Color INK = new Color(0x1f, 0x3f, 0x9f);
    private static final TimeZone ZONE = TimeZone.getTimeZone("Asia/Ho_Chi_Minh");
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] FONT = font();

    private static byte[] font() {
        try (var in = Objects.requireNonNull(Pades.class.getResourceAsStream("/fonts/LiberationSerif-Regular.ttf"))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Pades() {}

    /** A signature that is begun: {@link #toBeSigned} is what the key signs, with SHA-256. */
    static final class Prepared {
        private final DSSDocument paper;
        private final int paperLength;
        private final PAdESSignatureParameters parameters;
        private final SigningPlan plan;
        private final byte[] toBeSigned;

        private Prepared(
                DSSDocument paper,
                int paperLength,
                PAdESSignatureParameters parameters,
                SigningPlan plan,
                byte[] toBeSigned) {
            this.paper = paper;
            this.paperLength = paperLength;
            this.parameters = parameters;
            this.plan = plan;
            this.toBeSigned = toBeSigned;
        }

        /** The DER of the signed attributes; they hold the digest of the PDF as it will be. */
        byte[] toBeSigned() {
            return toBeSigned;
        }

        byte[] digest() {
            try {
                return MessageDigest.getInstance("SHA-256").digest(toBeSigned);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Whether the value is this plan's certificate's signature of what was to be signed. */
        boolean isSignature(byte[] value) {
            try {
                PublicKey key = plan.certificate().getPublicKey();
                var check = Signature.getInstance(elliptic(key) ? "SHA256withECDSA" : "SHA256withRSA");
                check.initVerify(key);
                check.update(toBeSigned);
                return check.verify(value);
            } catch (GeneralSecurityException e) {
                return false;
            }
        }

        /**
         * The signed PDF: the paper's own bytes and the signature's behind them.
         *
         * @param value made by the key, see {@link #isSignature}
         * @param stamps where the time stamp comes from; null when there is none to be had: it can be added later
         */
        byte[] finish(byte[] value, @Nullable TSPSource stamps) {
            parameters.setSignatureLevel(
                    stamps == null || !plan.stamped()
                            ? SignatureLevel.PAdES_BASELINE_B
                            : SignatureLevel.PAdES_BASELINE_T);
            var algorithm = elliptic(plan.certificate().getPublicKey())
                    ? SignatureAlgorithm.ECDSA_SHA256
                    : SignatureAlgorithm.RSA_SHA256;
            byte[] cms = service(stamps).cms(paper, parameters, new SignatureValue(algorithm, value));
            byte[] prepared = bytes(parameters.getPdfSignatureCache().getToBeSignedDocument());
            return withSignature(prepared, paperLength, cms, parameters.getContentSize());
        }
    }

    /** Puts the CMS where the prepared file keeps room for it. The library does the same byte by byte, at half the cost of all it does. */
    private static byte[] withSignature(byte[] prepared, int from, byte[] cms, int room) {
        if (cms.length > room) {
            throw new IllegalStateException("a signature of " + cms.length + " bytes, and room for " + room);
        }
        int gap = gap(prepared, from, 2 * room);
        for (int i = 0; i < cms.length; i++) {
            prepared[gap + 2 * i] = (byte) HEX.toHighHexDigit(cms[i]);
            prepared[gap + 2 * i + 1] = (byte) HEX.toLowHexDigit(cms[i]);
        }
        return prepared;
    }

    /** Where a string of just so many zeros begins, behind the paper. */
    private static int gap(byte[] prepared, int from, int zeros) {
        int run = 0;
        for (int i = from; i < prepared.length; i++) {
            if (prepared[i] == '0') {
                run++;
            } else {
                if (run == zeros && prepared[i] == '>' && prepared[i - run - 1] == '<') {
                    return i - run;
                }
                run = 0;
            }
        }
        throw new IllegalStateException("no room for a signature in what was prepared");
    }

    /** The library's service, with the step between signing and writing open. */
    private static final class Service extends PAdESService {
        Service(CertificateVerifier verifier) {
            super(verifier);
        }

        /** Whether a certificate may sign is for {@link StrictCheck} to say, of every file, and in words people understand. */
        @Override
        protected void assertSigningCertificateValid(AbstractSignatureParameters<?> parameters) {
            // Not here.
        }

        /** The CMS of the signature, with its time stamp where the parameters want one. */
        byte[] cms(DSSDocument paper, PAdESSignatureParameters parameters, SignatureValue value) {
            return generateCMSSignedData(paper, parameters, value);
        }
    }

    private static boolean elliptic(PublicKey key) {
        return EncryptionAlgorithm.forKey(key) == EncryptionAlgorithm.ECDSA;
    }

    static Prepared prepare(byte[] paper, SigningPlan plan) {
        var document = new InMemoryDocument(paper, "paper.pdf", MimeTypeEnum.PDF);
        PAdESSignatureParameters parameters = parameters(plan);
        ToBeSigned toBeSigned = service(null).getDataToSign(document, parameters);
        return new Prepared(document, paper.length, parameters, plan, toBeSigned.getBytes());
    }

    /**
     * The file with all that is needed to check it in many years: certificates, revocation data and a time stamp over all
     * (PAdES B-LTA). What was there stays as it is, byte for byte; done again later, it adds a younger time stamp.
     */
    static byte[] preserve(byte[] signed, CertificateVerifier verifier, TSPSource stamps) {
        var parameters = new PAdESSignatureParameters();
        parameters.setSignatureLevel(SignatureLevel.PAdES_BASELINE_LTA);
        parameters.setContentSize(ROOM_WITH_STAMP);
        parameters.getArchiveTimestampParameters().setContentSize(ROOM_WITH_STAMP);
        var service = new PAdESService(verifier);
        service.setPdfObjFactory(new PdfBoxNativeObjectFactory());
        service.setTspSource(stamps);
        return bytes(service.extendDocument(new InMemoryDocument(signed, "paper.pdf", MimeTypeEnum.PDF), parameters));
    }

    private static Service service(@Nullable TSPSource stamps) {
        var verifier = new CommonCertificateVerifier();
        verifier.setAIASource(null);
        var service = new Service(verifier);
        service.setPdfObjFactory(new PdfBoxNativeObjectFactory());
        if (stamps != null) {
            service.setTspSource(stamps);
        }
        return service;
    }

    private static PAdESSignatureParameters parameters(SigningPlan plan) {
        var parameters = new PAdESSignatureParameters();
        parameters.setSignatureLevel(
                plan.stamped() ? SignatureLevel.PAdES_BASELINE_T : SignatureLevel.PAdES_BASELINE_B);
        parameters.setDigestAlgorithm(DigestAlgorithm.SHA256);
        List<CertificateToken> chain =
                plan.chain().stream().map(CertificateToken::new).toList();
        parameters.setSigningCertificate(chain.getFirst());
        parameters.setCertificateChain(chain);
        parameters.bLevel().setSigningDate(Date.from(plan.at()));
        parameters.setSigningTimeZone(ZONE);
        parameters.setContentSize(plan.stamped() ? ROOM_WITH_STAMP : ROOM);
        if (plan.certifies()) {
            parameters.setPermission(CertificationPermission.MINIMAL_CHANGES_PERMITTED);
        }
        var image = new SignatureImageParameters();
        image.getFieldParameters().setFieldId(plan.field());
        if (!plan.lines().isEmpty()) {
            image.setTextParameters(text(plan.lines()));
        }
        parameters.setImageParameters(image);
        return parameters;
    }

    private static SignatureImageTextParameters text(List<String> lines) {
        var text = new SignatureImageTextParameters();
        text.setText(String.join("\n", lines));
        var font = new DSSFileFont(new ByteArrayInputStream(FONT));
        font.setEmbedFontSubset(true);
        font.setSize(LARGEST_TEXT);
        text.setFont(font);
        text.setTextColor(INK);
        text.setTextWrapping(TextWrapping.FONT_BASED);
        text.setSignerTextVerticalAlignment(SignerTextVerticalAlignment.MIDDLE);
        text.setPadding(PADDING);
        return text;
    }

    private static byte[] bytes(DSSDocument document) {
        var out = new ByteArrayOutputStream(1 << 17);
        try {
            document.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
