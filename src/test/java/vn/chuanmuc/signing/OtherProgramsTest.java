package vn.chuanmuc.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.pdfbox.Loader;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.chuanmuc.testing.VeraPdf;

/**
 * Programs that share no code with ours look at what we signed. They are asked about the cryptography and the format only: what is
 * added behind a signature they let pass (measured), and {@link StrictCheckTest} does not. {@code ./test} installs them.
 */
class OtherProgramsTest {
    private static final int GOOD = 0;
    private static byte[] signed;

    @TempDir
    static Path folder;

    @BeforeAll
    static void aFileSignedByTwo() throws IOException {
        signed = SignatureSamples.twice();
        Files.write(folder.resolve("signed.pdf"), signed);
        Files.write(
                folder.resolve("root.pem"),
                pem(SignatureSamples.AUTHORITY.root().certificate()).getBytes(StandardCharsets.US_ASCII));
        Files.write(
                folder.resolve("issuing.pem"),
                pem(SignatureSamples.AUTHORITY.issuing().certificate()).getBytes(StandardCharsets.US_ASCII));
    }

    private static String pem(java.security.cert.X509Certificate certificate) {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(Certificates.der(certificate))
                + "\n-----END CERTIFICATE-----\n";
    }

    private record Said(int status, String text) {}

    private static Said run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        var said = new ByteArrayOutputStream();
        process.getInputStream().transferTo(said);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Said(process.exitValue(), said.toString(StandardCharsets.UTF_8));
    }

    @Test
    void veraPdfFindsNothingBeforeAndAfterSigningAndPreserving() throws IOException {
        assertThat(VeraPdf.findings(SignatureSamples.once())).isEmpty();
        assertThat(VeraPdf.findings(signed)).isEmpty();
        assertThat(VeraPdf.findings(
                        Pades.preserve(signed, SignatureSamples.trust().verifier(), SignatureSamples.STAMPS)))
                .isEmpty();
    }

    @Test
    void pdfsigSaysBothSignaturesAreValid() throws Exception {
        Said said = run("pdfsig", "signed.pdf");
        assertThat(said.text().lines().filter(line -> line.contains("Signature is Valid")))
                .as(said.text())
                .hasSize(2);
        assertThat(said.text())
                .contains("Nguyễn Thị Ngọc Huyền")
                .contains("Lê Quỹ")
                .contains("ETSI.CAdES.detached");
    }

    @Test
    void pdfsigSeesAFlippedBit() throws Exception {
        byte[] flipped = signed.clone();
        flipped[SignatureSamples.PAPER.length / 2] ^= 1;
        Files.write(folder.resolve("flipped.pdf"), flipped);
        assertThat(run("pdfsig", "flipped.pdf").text()).contains("Digest Mismatch");
    }

    /** The CMS of each signature over exactly the bytes its range names, up to the root. */
    @Test
    void opensslVerifiesTheCmsOfEachSignature() throws Exception {
        int number = 0;
        for (byte[][] parts : signatures()) {
            number++;
            Files.write(folder.resolve("cms.der"), parts[0]);
            Files.write(folder.resolve("content.bin"), parts[1]);
            Said said = run(
                    "openssl",
                    "cms",
                    "-verify",
                    "-binary",
                    "-inform",
                    "DER",
                    "-in",
                    "cms.der",
                    "-content",
                    "content.bin",
                    "-CAfile",
                    "root.pem",
                    "-purpose",
                    "any",
                    "-out",
                    "verified.bin");
            assertThat(said.status())
                    .as("signature %d: %s", number, said.text())
                    .isEqualTo(GOOD);
        }
        assertThat(number).isEqualTo(2);
    }

    @Test
    void opensslVerifiesTheTimeStampOfEachSignature() throws Exception {
        for (byte[][] parts : signatures()) {
            var signer = new CMSSignedData(parts[0])
                    .getSignerInfos()
                    .getSigners()
                    .iterator()
                    .next();
            byte[] token = signer.getUnsignedAttributes()
                    .get(PKCSObjectIdentifiers.id_aa_signatureTimeStampToken)
                    .getAttrValues()
                    .getObjectAt(0)
                    .toASN1Primitive()
                    .getEncoded();
            Files.write(folder.resolve("token.der"), token);
            Files.write(folder.resolve("value.bin"), signer.getSignature());
            Said said = run(
                    "openssl",
                    "ts",
                    "-verify",
                    "-data",
                    "value.bin",
                    "-in",
                    "token.der",
                    "-token_in",
                    "-CAfile",
                    "root.pem",
                    "-untrusted",
                    "issuing.pem");
            assertThat(said.text()).contains("Verification: OK");
        }
    }

    /** For each signature its CMS and the bytes it covers. */
    private static List<byte[][]> signatures() throws IOException, CMSException {
        var all = new ArrayList<byte[][]>();
        try (var document = Loader.loadPDF(signed)) {
            for (var signature : document.getSignatureDictionaries()) {
                int[] range = signature.getByteRange();
                var content = new ByteArrayOutputStream();
                content.writeBytes(Arrays.copyOfRange(signed, range[0], range[0] + range[1]));
                content.writeBytes(Arrays.copyOfRange(signed, range[2], range[2] + range[3]));
                byte[] padded = signature.getContents(signed);
                byte[] cms = new CMSSignedData(padded).getEncoded();
                all.add(new byte[][] {cms, content.toByteArray()});
            }
        }
        return all;
    }
}
