package vn.chuanmuc.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.verapdf.core.EncryptedPdfException;
import org.verapdf.core.ModelParsingException;
import org.verapdf.core.ValidationException;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

/** What veraPDF, which shares no code with what we write, finds wrong with a file. */
public final class VeraPdf {
    private static final int MOST = 20;

    static {
        VeraGreenfieldFoundryProvider.initialise();
    }

    private VeraPdf() {}

    /** The findings against PDF/A-2a and PDF/UA-1, at most 20 each; none for a file that keeps both. */
    public static List<String> findings(byte[] pdf) throws IOException {
        return findings(pdf, List.of(PDFAFlavour.PDFA_2_A, PDFAFlavour.PDFUA_1));
    }

    /** The findings against one flavour, named as veraPDF does: {@code 2b}. */
    public static List<String> findings(byte[] pdf, String flavour) throws IOException {
        return findings(pdf, List.of(PDFAFlavour.byFlavourId(flavour)));
    }

    private static List<String> findings(byte[] pdf, List<PDFAFlavour> flavours) throws IOException {
        var findings = new ArrayList<String>();
        for (PDFAFlavour flavour : flavours) {
            try (var parser = Foundries.defaultInstance().createParser(new ByteArrayInputStream(pdf), flavour);
                    var validator = Foundries.defaultInstance().createValidator(flavour, false)) {
                var result = validator.validate(parser);
                result.getTestAssertions().stream()
                        .filter(assertion -> assertion.getStatus() == TestAssertion.Status.FAILED)
                        .limit(MOST)
                        .map(assertion -> flavour + " " + assertion.getRuleId().getClause() + "-"
                                + assertion.getRuleId().getTestNumber() + ": " + assertion.getMessage() + " at "
                                + assertion.getLocation().getContext())
                        .forEach(findings::add);
                if (!result.isCompliant() && findings.isEmpty()) {
                    findings.add(flavour + " is not kept");
                }
            } catch (ModelParsingException | EncryptedPdfException | ValidationException e) {
                throw new IOException(e);
            }
        }
        return findings;
    }
}
