package vn.chuanmuc.signing;

import com.openhtmltopdf.extend.FSObjectDrawer;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.render.DefaultObjectDrawerFactory;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.COSObjectable;
import org.apache.pdfbox.pdmodel.common.PDNumberTreeNode;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDObjectReference;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDParentTreeValue;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAppearanceDictionary;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAppearanceStream;
import org.apache.pdfbox.pdmodel.interactive.form.PDAcroForm;
import org.apache.pdfbox.pdmodel.interactive.form.PDSignatureField;

/** A PDF/A-2a and PDF/UA-1 paper of two pages with two tagged signature fields, as an issued commitment has them. */
final class FieldedPdf {
    static final String SIGNER = "NguoiCamKet";
    static final String HEAD = "ThuTruong";

    private static final float DOTS_PER_POINT = 20 * 96f / 72;

    private FieldedPdf() {}

    private record Box(String name, String label, int page, double left, double top, double width, double height) {}

    static byte[] of(String name) {
        var paragraphs = new StringBuilder();
        for (int i = 1; i <= 26; i++) {
            paragraphs
                    .append("<p>")
                    .append(i)
                    .append(
                            ". Nghiêm chỉnh chấp hành chủ trương, đường lối của Đảng, chính sách, pháp luật của Nhà nước; ")
                    .append(
                            "giữ gìn sự đoàn kết, thống nhất trong cơ quan, đơn vị; kiên quyết đấu tranh với suy thoái.</p>");
        }
        String html = """
                <html lang="vi"><head><title>Bản cam kết</title><meta name="description" content="Bản cam kết"/>
                <style>@page { size: A4; margin: 20mm 15mm 20mm 30mm } body { font-family: 'VN'; font-size: 14pt }</style></head>
                <body><h1>Bản cam kết</h1><p>Tôi là: %s</p>%s
                <div style="page-break-inside: avoid"><p>Người cam kết</p>
                <object type="x-sig/field" data-name="NguoiCamKet" data-label="Chữ ký của người cam kết" alt="Chữ ký của người cam kết" style="width:64mm;height:22mm"></object>
                <p>Thủ trưởng</p>
                <object type="x-sig/field" data-name="ThuTruong" data-label="Chữ ký của thủ trưởng" alt="Chữ ký của thủ trưởng" style="width:64mm;height:22mm"></object>
                </div></body></html>
                """.formatted(name, paragraphs);
        var boxes = new ArrayList<Box>();
        var out = new ByteArrayOutputStream();
        byte[] font = font();
        var builder = new PdfRendererBuilder();
        builder.useFastMode();
        builder.useFont(() -> new ByteArrayInputStream(font), "VN", 400, FontStyle.NORMAL, true);
        builder.usePdfUaAccessibility(true);
        builder.usePdfAConformance(PdfRendererBuilder.PdfAConformance.PDFA_2_A);
        builder.useColorProfile(ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData());
        builder.usePdfVersion(1.7f);
        var drawers = new DefaultObjectDrawerFactory();
        FSObjectDrawer drawer = (element, x, y, width, height, device, context, dots) -> {
            var page = context.getPage();
            boxes.add(new Box(
                    element.getAttribute("data-name"),
                    element.getAttribute("data-label"),
                    context.getPageNo(),
                    x + page.getMarginBorderPadding(context, com.openhtmltopdf.css.style.CalculatedStyle.LEFT),
                    y
                            - page.getTop()
                            + page.getMarginBorderPadding(context, com.openhtmltopdf.css.style.CalculatedStyle.TOP),
                    width,
                    height));
            return Map.of();
        };
        drawers.registerDrawer("x-sig/field", drawer);
        builder.useObjectDrawerFactory(drawers);
        builder.withHtmlContent(html, "about:blank");
        builder.toStream(out);
        try (var renderer = builder.buildPdfRenderer()) {
            renderer.createPDFWithoutClosing();
            try (PDDocument document = renderer.getPdfDocument()) {
                addFields(document, boxes);
                document.save(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static byte[] font() {
        try (var in =
                Objects.requireNonNull(FieldedPdf.class.getResourceAsStream("/fonts/LiberationSerif-Regular.ttf"))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void addFields(PDDocument document, List<Box> boxes) throws IOException {
        var form = new PDAcroForm(document);
        document.getDocumentCatalog().setAcroForm(form);
        form.getCOSObject().removeItem(COSName.DR);
        form.getCOSObject().removeItem(COSName.DA);
        var root = document.getDocumentCatalog().getStructureTreeRoot();
        int next = root.getParentTreeNextKey();
        Map<Integer, COSObjectable> parents = new TreeMap<>();
        collect(root.getParentTree(), parents);
        for (Box box : boxes) {
            PDPage page = document.getPage(box.page());
            var field = new PDSignatureField(form);
            field.setPartialName(box.name());
            field.setAlternateFieldName(box.label());
            var widget = field.getWidgets().getFirst();
            float width = (float) box.width() / DOTS_PER_POINT;
            float height = (float) box.height() / DOTS_PER_POINT;
            widget.setRectangle(new PDRectangle(
                    (float) box.left() / DOTS_PER_POINT,
                    page.getMediaBox().getHeight() - (float) box.top() / DOTS_PER_POINT - height,
                    width,
                    height));
            widget.setPage(page);
            var appearance = new PDAppearanceDictionary();
            var stream = new PDAppearanceStream(document);
            stream.setBBox(new PDRectangle(width, height));
            stream.setResources(new PDResources());
            appearance.setNormalAppearance(stream);
            widget.setAppearance(appearance);
            widget.setPrinted(true);
            var annotations = page.getAnnotations();
            annotations.add(widget);
            page.setAnnotations(annotations);
            page.getCOSObject().setItem(COSName.getPDFName("Tabs"), COSName.S);
            form.getFields().add(field);
            var whole = (PDStructureElement) root.getKids().getFirst();
            var element = new PDStructureElement("Form", whole);
            element.setPage(page);
            element.setAlternateDescription(box.label());
            var reference = new PDObjectReference();
            reference.setReferencedObject(widget);
            reference.getCOSObject().setItem(COSName.PG, page.getCOSObject());
            element.appendKid(reference);
            whole.appendKid(element);
            widget.setStructParent(next);
            parents.put(next, new PDParentTreeValue(element.getCOSObject()));
            next++;
        }
        var tree = new PDNumberTreeNode(PDParentTreeValue.class);
        tree.setNumbers(parents);
        root.setParentTree(tree);
        root.setParentTreeNextKey(next);
    }

    private static void collect(PDNumberTreeNode node, Map<Integer, COSObjectable> into) throws IOException {
        if (node.getNumbers() != null) {
            into.putAll(node.getNumbers());
        }
        if (node.getKids() != null) {
            for (PDNumberTreeNode kid : node.getKids()) {
                collect(kid, into);
            }
        }
    }
}
