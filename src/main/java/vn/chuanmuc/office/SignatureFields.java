package vn.chuanmuc.office;

import com.openhtmltopdf.pdfboxout.PdfBoxRenderer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.COSObjectable;
import org.apache.pdfbox.pdmodel.common.PDNumberTreeNode;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDObjectReference;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDParentTreeValue;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureNode;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureTreeRoot;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationWidget;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAppearanceDictionary;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAppearanceStream;
import org.apache.pdfbox.pdmodel.interactive.form.PDAcroForm;
import org.apache.pdfbox.pdmodel.interactive.form.PDSignatureField;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.office.PaperDocument.SignatureBlock;

/**
 * Lays an empty signature field over the room of each block of a letter, and hangs it into the structure tree where the block stands:
 * whoever hears the page meets the field under its capacity (PDF/UA-1, 7.18.4).
 */
final class SignatureFields {
    private static final Pattern ROOMS = Pattern.compile("room-\\d+");
    private static final float INSET = 6;

    private SignatureFields() {}

    static void add(PdfBoxRenderer renderer, List<SignatureBlock> blocks) throws IOException {
        if (blocks.isEmpty()) {
            return;
        }
        PDDocument pdf = renderer.getPdfDocument();
        var tree = pdf.getDocumentCatalog().getStructureTreeRoot();
        var cells = new ArrayList<PDStructureElement>();
        collectCells(tree, cells);
        var form = new PDAcroForm(pdf);
        pdf.getDocumentCatalog().setAcroForm(form);
        var rooms = renderer.findPagePositionsByID(ROOMS);
        Check.that(rooms.size() == blocks.size(), "every block has a room");
        for (var room : rooms) {
            int at = Integer.parseInt(room.getId().substring(room.getId().indexOf('-') + 1));
            // The blocks are the cells of the last table of the letter.
            PDStructureElement cell = cells.get(cells.size() - blocks.size() + at);
            var box = new PDRectangle(room.getX() + INSET, room.getY(), room.getWidth() - 2 * INSET, room.getHeight());
            var field = field(pdf, form, blocks.get(at), pdf.getPage(room.getPageNo()), box);
            hang(tree, cell, field, pdf.getPage(room.getPageNo()));
        }
    }

    private static PDSignatureField field(
            PDDocument pdf, PDAcroForm form, SignatureBlock block, PDPage page, PDRectangle box) throws IOException {
        var field = new PDSignatureField(form);
        field.setPartialName(block.field());
        field.setAlternateFieldName(XmlText.clean(block.about()));
        PDAnnotationWidget widget = field.getWidgets().getFirst();
        widget.setRectangle(box);
        widget.setPage(page);
        widget.setPrinted(true);
        var looks = new PDAppearanceDictionary();
        var nothing = new PDAppearanceStream(pdf);
        nothing.setBBox(new PDRectangle(box.getWidth(), box.getHeight()));
        looks.setNormalAppearance(nothing);
        widget.setAppearance(looks);
        page.getAnnotations().add(widget);
        page.getCOSObject().setName(COSName.getPDFName("Tabs"), "S");
        form.getFields().add(field);
        return field;
    }

    private static void hang(PDStructureTreeRoot tree, PDStructureElement cell, PDSignatureField field, PDPage page)
            throws IOException {
        PDAnnotationWidget widget = field.getWidgets().getFirst();
        var element = new PDStructureElement("Form", cell);
        element.setPage(page);
        element.setAlternateDescription(field.getAlternateFieldName());
        var reference = new PDObjectReference();
        reference.setReferencedObject(widget);
        element.appendKid(reference);
        cell.appendKid(element);
        int key = tree.getParentTreeNextKey();
        PDNumberTreeNode parents = tree.getParentTree();
        var numbers = new TreeMap<Integer, COSObjectable>(parents.getNumbers());
        key = Math.max(key, numbers.lastKey() + 1);
        numbers.put(key, new PDParentTreeValue(element.getCOSObject()));
        parents.setNumbers(numbers);
        tree.setParentTreeNextKey(key + 1);
        widget.setStructParent(key);
    }

    private static void collectCells(PDStructureNode node, List<PDStructureElement> cells) {
        for (Object kid : node.getKids()) {
            if (kid instanceof PDStructureElement element) {
                if ("TD".equals(element.getStructureType())) {
                    cells.add(element);
                }
                collectCells(element, cells);
            }
        }
    }
}
