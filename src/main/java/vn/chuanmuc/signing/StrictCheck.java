package vn.chuanmuc.signing;

import eu.europa.esig.dss.enumerations.Indication;
import eu.europa.esig.dss.enumerations.PdfObjectModificationType;
import eu.europa.esig.dss.enumerations.SubIndication;
import eu.europa.esig.dss.model.DSSException;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.model.policy.ValidationPolicy;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.pades.validation.PAdESSignature;
import eu.europa.esig.dss.pades.validation.PDFDocumentValidator;
import eu.europa.esig.dss.pades.validation.PdfSignatureField;
import eu.europa.esig.dss.pdf.modifications.DefaultPdfDifferencesFinder;
import eu.europa.esig.dss.pdf.modifications.DefaultPdfObjectModificationsFinder;
import eu.europa.esig.dss.pdf.modifications.ObjectModification;
import eu.europa.esig.dss.pdf.modifications.PdfObjectModificationsFilter;
import eu.europa.esig.dss.pdf.pdfbox.PdfBoxNativeObjectFactory;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.signature.AdvancedSignature;
import eu.europa.esig.dss.spi.x509.tsp.TimestampToken;
import eu.europa.esig.dss.validation.policy.ValidationPolicyLoader;
import eu.europa.esig.dss.validation.reports.Reports;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.office.PdfGuard;
import vn.chuanmuc.signing.Verdict.Signed;

/** Checks signed PDFs: accepted is only what the strict policy, the filter and {@link RevisionGuard} all let pass (ADR 0014). */
final class StrictCheck {
    private static final ValidationPolicy POLICY = policy();

    private StrictCheck() {}

    /**
     * @param simple the library's report in short (XML), null when the file never got so far
     * @param detailed the same with every single check
     */
    record Checked(
            Verdict verdict,
            @Nullable String simple,
            @Nullable String detailed) {}

    private static ValidationPolicy policy() {
        try (InputStream in =
                Objects.requireNonNull(StrictCheck.class.getResourceAsStream("/signing/strict-policy.xml"))) {
            return ValidationPolicyLoader.fromValidationPolicy(in)
                    .withDefaultCryptographicSuite()
                    .create();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What signing itself does to a tagged paper, which the library does not know. */
    private static final class TaggedFields extends PdfObjectModificationsFilter {
        @Override
        protected boolean isSignatureOrFormFillChange(ObjectModification change) {
            if (super.isSignatureOrFormFillChange(change)) {
                return true;
            }
            String path = change.getObjectTree().toString();
            return change.getActionType() == PdfObjectModificationType.CREATION
                            && "Sig".equals(change.getType())
                            && path.matches("/Catalog /StructTreeRoot .*/Obj \\d+ \\d+ R /V \\d+ \\d+ R")
                    || path.matches(
                            "/Catalog /Pages .*/Annots \\d+ \\d+ R /AP (\\d+ \\d+ R )?/N \\d+ \\d+ R /(BBox|FormType|Matrix)");
        }
    }

    private static PdfBoxNativeObjectFactory factory() {
        var objects = new DefaultPdfObjectModificationsFinder();
        objects.setPdfObjectModificationsFilter(new TaggedFields());
        var pictures = new DefaultPdfDifferencesFinder();
        pictures.setMaximalPagesAmountForVisualComparison(0); // RevisionGuard looks at them
        var factory = new PdfBoxNativeObjectFactory();
        factory.setPdfObjectModificationsFinder(objects);
        factory.setPdfDifferencesFinder(pictures);
        return factory;
    }

    /**
     * @param paper what was given to be signed, or null when it is not known
     * @param at the time to check for, usually now
     */
    static Checked check(byte @Nullable [] paper, byte[] pdf, Trust trust, Instant at) {
        Optional<Reason> refused = PdfGuard.refusal(pdf);
        if (refused.isPresent()) {
            return new Checked(new Verdict.Invalid(List.of(refused.get())), null, null);
        }
        List<Reason> changed = RevisionGuard.check(paper, pdf);
        if (!changed.isEmpty()) {
            return new Checked(new Verdict.Invalid(changed), null, null);
        }
        try {
            var validator = new PDFDocumentValidator(new InMemoryDocument(pdf, "paper.pdf"));
            validator.setPdfObjFactory(factory());
            validator.setCertificateVerifier(trust.verifier());
            validator.setValidationTime(Date.from(at));
            validator.setEnableEtsiValidationReport(false);
            validator.setIncludeSemantics(false);
            Reports reports = validator.validateDocument(POLICY);
            return new Checked(
                    verdict(validator.getSignatures(), reports),
                    reports.getXmlSimpleReport(),
                    reports.getXmlDetailedReport());
        } catch (DSSException e) {
            return new Checked(new Verdict.Invalid(List.of(Reason.of("signing.file.broken"))), null, null);
        }
    }

    private static Verdict verdict(List<AdvancedSignature> signatures, Reports reports) {
        SimpleReport report = reports.getSimpleReport();
        if (signatures.isEmpty()) {
            return new Verdict.Invalid(List.of(Reason.of("signing.check.none")));
        }
        var wrong = new LinkedHashSet<Reason>();
        var missing = new LinkedHashSet<Reason>();
        var made = new ArrayList<Signed>();
        for (AdvancedSignature signature : signatures) {
            CertificateToken certificate = signature.getSigningCertificateToken();
            if (certificate == null || !(signature instanceof PAdESSignature pades)) {
                wrong.add(Reason.of("signing.check.no-certificate"));
                continue;
            }
            String name = Certificates.commonName(certificate.getCertificate());
            Indication indication = report.getIndication(signature.getId());
            SubIndication why = report.getSubIndication(signature.getId());
            if (indication != Indication.TOTAL_PASSED) {
                sort(signature, indication, why, name, reports, wrong, missing);
            }
            made.add(new Signed(
                    pades.getPdfRevision().getFields().stream()
                            .map(PdfSignatureField::getFieldName)
                            .findFirst()
                            .orElse(""),
                    certificate.getCertificate(),
                    signature.getSigningTime() == null
                            ? Instant.EPOCH
                            : signature.getSigningTime().toInstant(),
                    stampedAt(signature, reports, wrong, missing)));
        }
        if (!wrong.isEmpty()) {
            return new Verdict.Invalid(List.copyOf(wrong));
        }
        if (!missing.isEmpty()) {
            return new Verdict.Indeterminate(List.copyOf(missing));
        }
        return new Verdict.Valid(List.copyOf(made));
    }

    /** Tells what is wrong for good from what is only not known yet. */
    private static void sort(
            AdvancedSignature signature,
            Indication indication,
            @Nullable SubIndication why,
            String name,
            Reports reports,
            Set<Reason> wrong,
            Set<Reason> missing) {
        if (indication == Indication.TOTAL_FAILED || why == null) {
            wrong.add(Reason.of(
                    why == SubIndication.HASH_FAILURE || why == SubIndication.SIG_CRYPTO_FAILURE
                            ? "signing.check.broken"
                            : why == SubIndication.REVOKED
                                    ? "signing.check.revoked"
                                    : why == SubIndication.EXPIRED
                                            ? "signing.check.expired"
                                            : why == SubIndication.NOT_YET_VALID
                                                    ? "signing.check.not-yet"
                                                    : "signing.check.format",
                    name));
            return;
        }
        switch (why) {
            case NO_CERTIFICATE_CHAIN_FOUND,
                    NO_CERTIFICATE_CHAIN_FOUND_NO_POE,
                    CERTIFICATE_CHAIN_GENERAL_FAILURE,
                    TRY_LATER,
                    REVOCATION_OUT_OF_BOUNDS_NO_POE ->
                missing.add(
                        reports.getDiagnosticData()
                                        .getSignatureById(signature.getId())
                                        .isTrustedChain()
                                ? Reason.of("signing.check.missing.revocation", name, issuer(signature))
                                : Reason.of("signing.check.missing.chain", name, issuer(signature)));
            case OUT_OF_BOUNDS_NO_POE, OUT_OF_BOUNDS_NOT_REVOKED, NO_POE ->
                missing.add(Reason.of("signing.check.missing.stamp", name));
            case REVOKED_NO_POE, REVOKED_CA_NO_POE -> {
                Instant revoked = revokedAt(signature, reports);
                boolean stamped = !signature.getSignatureTimestamps().isEmpty();
                Date claimed = signature.getSigningTime();
                if (revoked == null
                        || !stamped && claimed != null && claimed.toInstant().isBefore(revoked)) {
                    missing.add(Reason.of("signing.check.missing.stamp-revoked", name));
                } else {
                    wrong.add(Reason.of("signing.check.revoked-on", name, revoked));
                }
            }
            case CRYPTO_CONSTRAINTS_FAILURE, CRYPTO_CONSTRAINTS_FAILURE_NO_POE ->
                wrong.add(Reason.of("signing.check.weak", name));
            case NO_SIGNING_CERTIFICATE_FOUND -> wrong.add(Reason.of("signing.check.no-certificate"));
            case SIG_CONSTRAINTS_FAILURE,
                    CHAIN_CONSTRAINTS_FAILURE,
                    TIMESTAMP_ORDER_FAILURE,
                    FORMAT_FAILURE,
                    HASH_FAILURE,
                    SIG_CRYPTO_FAILURE,
                    REVOKED,
                    EXPIRED,
                    NOT_YET_VALID -> wrong.add(Reason.of("signing.check.format", name));
            case POLICY_PROCESSING_ERROR, SIGNATURE_POLICY_NOT_AVAILABLE, SIGNED_DATA_NOT_FOUND ->
                missing.add(Reason.of("signing.check.missing.other", name, why.name()));
        }
    }

    private static String issuer(AdvancedSignature signature) {
        return Certificates.issuerName(
                Objects.requireNonNull(signature.getSigningCertificateToken()).getCertificate());
    }

    private static @Nullable Instant revokedAt(AdvancedSignature signature, Reports reports) {
        return reports.getDiagnosticData().getSignatureById(signature.getId()).getCertificateChain().stream()
                .flatMap(certificate -> certificate.getCertificateRevocationData().stream())
                .filter(revocation -> revocation.isRevoked() && revocation.getRevocationDate() != null)
                .map(revocation -> revocation.getRevocationDate().toInstant())
                .min(Instant::compareTo)
                .orElse(null);
    }

    /** The oldest time stamp on the signature that holds; one that does not hold is told, not passed over. */
    private static @Nullable Instant stampedAt(
            AdvancedSignature signature, Reports reports, Set<Reason> wrong, Set<Reason> missing) {
        Instant oldest = null;
        for (TimestampToken stamp : signature.getSignatureTimestamps()) {
            switch (reports.getSimpleReport().getIndication(stamp.getDSSIdAsString())) {
                case PASSED, TOTAL_PASSED -> {
                    Instant at = stamp.getGenerationTime().toInstant();
                    oldest = oldest == null || at.isBefore(oldest) ? at : oldest;
                }
                case FAILED, TOTAL_FAILED -> wrong.add(Reason.of("signing.check.stamp"));
                case INDETERMINATE, NO_SIGNATURE_FOUND ->
                    missing.add(Reason.of(
                            reports.getDiagnosticData()
                                            .getTimestampById(stamp.getDSSIdAsString())
                                            .isTrustedChain()
                                    ? "signing.check.missing.stamp-revocation"
                                    : "signing.check.missing.stamp-chain"));
            }
        }
        return oldest;
    }
}
