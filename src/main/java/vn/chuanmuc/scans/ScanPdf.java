package vn.chuanmuc.scans;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.GregorianCalendar;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDMetadata;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.color.PDOutputIntent;
import org.apache.pdfbox.pdmodel.graphics.image.JPEGFactory;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import vn.chuanmuc.kernel.Sha256;

/** Puts the pictures of a paper's pages into one PDF/A-2b. The same pictures, title and moment give the same bytes. */
final class ScanPdf {
    private static final byte[] SRGB =
            ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
    private static final String PRODUCER = "Chuẩn Mực";
    private static final float LONG_SIDE = PDRectangle.A4.getHeight();

    private ScanPdf() {}

    /** @param read when the last of the pages was read: the file's own date */
    static byte[] of(String title, Instant read, List<byte[]> pictures) {
        Instant at = read.truncatedTo(ChronoUnit.SECONDS);
        var bytes = new ByteArrayOutputStream(1 << 20);
        try (var pdf = new PDDocument()) {
            pdf.setVersion(1.7f);
            for (byte[] picture : pictures) {
                page(pdf, JPEGFactory.createFromByteArray(pdf, picture));
            }
            var day = GregorianCalendar.from(at.atZone(ZoneOffset.UTC));
            var about = pdf.getDocumentInformation();
            about.setTitle(title);
            about.setProducer(PRODUCER);
            about.setCreationDate(day);
            about.setModificationDate(day);
            var metadata = new PDMetadata(pdf);
            metadata.importXMPMetadata(xmp(title, at).getBytes(StandardCharsets.UTF_8));
            pdf.getDocumentCatalog().setMetadata(metadata);
            var intent = new PDOutputIntent(pdf, new ByteArrayInputStream(SRGB));
            intent.setInfo("sRGB IEC61966-2.1");
            intent.setOutputCondition("sRGB IEC61966-2.1");
            intent.setOutputConditionIdentifier("sRGB IEC61966-2.1");
            intent.setRegistryName("http://www.color.org");
            pdf.getDocumentCatalog().addOutputIntent(intent);
            pdf.getDocumentCatalog().setLanguage("vi");
            var identity = new Sha256().add(title);
            pictures.forEach(identity::add);
            pdf.setDocumentId(ByteBuffer.wrap(identity.digest()).getLong());
            pdf.save(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void page(PDDocument pdf, PDImageXObject picture) throws IOException {
        float scale = LONG_SIDE / Math.max(picture.getWidth(), picture.getHeight());
        float width = picture.getWidth() * scale;
        float height = picture.getHeight() * scale;
        var page = new PDPage(new PDRectangle(width, height));
        pdf.addPage(page);
        try (var content = new PDPageContentStream(pdf, page)) {
            content.drawImage(picture, 0, 0, width, height);
        }
    }

    private static String xmp(String title, Instant at) {
        String escaped = title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return """
                <?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
                <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
                <rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description>
                <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:title></rdf:Description>
                <rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"><pdf:Producer>%s</pdf:Producer></rdf:Description>
                <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/"><xmp:CreateDate>%s</xmp:CreateDate><xmp:ModifyDate>%s</xmp:ModifyDate></rdf:Description>
                </rdf:RDF></x:xmpmeta>
                <?xpacket end="w"?>
                """.formatted(escaped, PRODUCER, at, at);
    }
}
