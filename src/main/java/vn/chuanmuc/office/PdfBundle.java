package vn.chuanmuc.office;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.DeflaterOutputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSBoolean;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSFloat;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSNull;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Sha256;

/**
 * Puts PDFs that {@link PdfWriter} wrote one behind the other into one tagged file that keeps PDF/A-2a and PDF/UA-1. Each is written
 * as it comes and forgotten: what grows is a number per object. The files have no form fields, annotations or bookmarks, and the
 * first one's title is the whole's.
 */
public final class PdfBundle implements Closeable {
    /** Objects in one object stream. */
    private static final int PACKED = 200;

    private static final COSName STRUCT_PARENTS = COSName.getPDFName("StructParents");
    private static final COSName PARENT_TREE = COSName.getPDFName("ParentTree");
    private static final COSName NUMS = COSName.getPDFName("Nums");
    /** Of the first file's catalogue, what speaks for the whole. */
    private static final Set<COSName> CATALOGUE = Set.of(
            COSName.METADATA,
            COSName.OUTPUT_INTENTS,
            COSName.LANG,
            COSName.MARK_INFO,
            COSName.VIEWER_PREFERENCES,
            COSName.VERSION);

    private final Counted out;
    private final int pagesRoot;
    private final int structureRoot;
    private final int catalogue;
    private final int parentTree;
    private final Table table = new Table();
    private final List<Integer> pageNodes = new ArrayList<>();
    private final List<Integer> structures = new ArrayList<>();
    private final List<String> parents = new ArrayList<>();
    private final Sha256 identity = new Sha256();
    private @Nullable String catalogueEntries;
    private @Nullable String structureEntries;
    private int info;
    private int pages;
    private int nextParent;
    /** Objects that wait for the next object stream. */
    private final List<Integer> packedNumbers = new ArrayList<>();

    private final ByteArrayOutputStream packed = new ByteArrayOutputStream(1 << 16);
    private final StringBuilder packedIndex = new StringBuilder();

    /** The stream stays open when the bundle is closed. */
    public PdfBundle(OutputStream stream) throws IOException {
        out = new Counted(stream);
        out.ascii("%PDF-1.7\n%");
        out.write(new byte[] {(byte) 0xf6, (byte) 0xe4, (byte) 0xfc, (byte) 0xdf, '\n'});
        pagesRoot = table.next();
        structureRoot = table.next();
        catalogue = table.next();
        parentTree = table.next();
    }

    /** Writes the pages of a file behind those that are there. */
    public void add(byte[] file) throws IOException {
        try (PDDocument pdf = Loader.loadPDF(file)) {
            new Part(pdf).write();
        }
        identity.add(file);
    }

    /** Writes what holds the parts together. */
    @Override
    public void close() throws IOException {
        Check.that(!pageNodes.isEmpty(), "a bundle has a part");
        pack(pagesRoot, "<</Type/Pages/Kids[" + references(pageNodes) + "]/Count " + pages + ">>");
        pack(parentTree, "<</Kids[" + String.join("", parents) + "]>>");
        pack(
                structureRoot,
                "<</Type/StructTreeRoot" + structureEntries + "/K[" + references(structures) + "]/ParentTree "
                        + parentTree + " 0 R/ParentTreeNextKey " + nextParent + ">>");
        pack(
                catalogue,
                "<</Type/Catalog" + catalogueEntries + "/Pages " + pagesRoot + " 0 R/StructTreeRoot " + structureRoot
                        + " 0 R>>");
        flush();
        crossReferences();
        out.flush();
    }

    private static String references(List<Integer> numbers) {
        var references = new StringBuilder(numbers.size() * 10);
        numbers.forEach(number -> references.append(number).append(" 0 R "));
        return references.toString();
    }

    /** One file on its way: its objects get numbers of the whole. */
    private final class Part {
        private final PDDocument pdf;
        private final int node = table.next();
        private final int firstParent = nextParent;
        private final Map<COSBase, Integer> numbers = new IdentityHashMap<>();
        private final Deque<COSBase> open = new ArrayDeque<>();
        private final Set<COSBase> pageObjects = java.util.Collections.newSetFromMap(new IdentityHashMap<>());

        Part(PDDocument pdf) {
            this.pdf = pdf;
        }

        void write() throws IOException {
            COSDictionary root = pdf.getDocumentCatalog().getCOSObject();
            COSDictionary structure = root.getCOSDictionary(COSName.STRUCT_TREE_ROOT);
            numbers.put(root.getCOSDictionary(COSName.PAGES), node);
            numbers.put(structure, structureRoot);
            if (catalogueEntries == null) {
                catalogueEntries = entries(root, CATALOGUE);
                structureEntries =
                        entries(structure, Set.of(COSName.getPDFName("RoleMap"), COSName.getPDFName("ClassMap")));
                info = number(pdf.getDocumentInformation().getCOSObject());
            }
            var kids = new ArrayList<Integer>();
            for (var page : pdf.getPages()) {
                pageObjects.add(page.getCOSObject());
                kids.add(number(page.getCOSObject()));
            }
            pages += kids.size();
            pageNodes.add(node);
            top(structure.getDictionaryObject(COSName.K));
            parents(structure.getCOSDictionary(PARENT_TREE));
            while (!open.isEmpty()) {
                COSBase next = open.poll();
                object(java.util.Objects.requireNonNull(numbers.get(next)), next);
            }
            pack(
                    node,
                    "<</Type/Pages/Parent " + pagesRoot + " 0 R/Kids[" + references(kids) + "]/Count " + kids.size()
                            + ">>");
        }

        private void top(@Nullable COSBase kids) {
            if (kids instanceof COSArray array) {
                for (int at = 0; at < array.size(); at++) {
                    structures.add(number(array.getObject(at)));
                }
            } else if (kids != null) {
                structures.add(number(kids));
            }
        }

        private void parents(COSDictionary tree) throws IOException {
            var shifted = new TreeMap<Integer, COSBase>();
            collect(tree, shifted);
            if (shifted.isEmpty()) {
                return;
            }
            int first = firstParent + shifted.firstKey();
            int last = firstParent + shifted.lastKey();
            var nums = new StringBuilder();
            for (var entry : shifted.entrySet()) {
                nums.append(firstParent + entry.getKey())
                        .append(' ')
                        .append(text(entry.getValue()))
                        .append(' ');
            }
            int kid = table.next();
            pack(kid, "<</Limits[" + first + " " + last + "]/Nums[" + nums + "]>>");
            parents.add(kid + " 0 R ");
            nextParent = last + 1;
        }

        private static void collect(COSDictionary tree, Map<Integer, COSBase> into) {
            COSArray nums = tree.getCOSArray(NUMS);
            for (int at = 0; nums != null && at + 1 < nums.size(); at += 2) {
                into.put(nums.getInt(at), nums.get(at + 1));
            }
            COSArray kids = tree.getCOSArray(COSName.KIDS);
            for (int at = 0; kids != null && at < kids.size(); at++) {
                if (kids.getObject(at) instanceof COSDictionary kid) {
                    collect(kid, into);
                }
            }
        }

        /** The number the object has in the whole; it will be written. */
        private int number(COSBase object) {
            COSBase real = object instanceof COSObject reference ? reference.getObject() : object;
            return numbers.computeIfAbsent(real, any -> {
                open.add(real);
                return table.next();
            });
        }

        private void object(int number, COSBase object) throws IOException {
            if (object instanceof COSStream stream) {
                var dictionary = new StringBuilder("<<");
                entries(stream, Set.of(COSName.LENGTH), false, dictionary);
                byte[] bytes;
                try (var raw = stream.createRawInputStream()) {
                    bytes = raw.readAllBytes();
                }
                PdfBundle.this.stream(number, dictionary.toString(), bytes);
            } else if (pageObjects.contains(object)) {
                var page = (COSDictionary) object;
                var text = new StringBuilder("<<");
                entries(page, Set.of(STRUCT_PARENTS), false, text);
                if (page.containsKey(STRUCT_PARENTS)) {
                    text.append("/StructParents ").append(firstParent + page.getInt(STRUCT_PARENTS));
                }
                pack(number, text.append(">>").toString());
            } else {
                pack(number, object instanceof COSDictionary dictionary ? whole(dictionary) : text(object));
            }
        }

        private String whole(COSDictionary dictionary) throws IOException {
            return "<<" + entries(dictionary) + ">>";
        }

        private String entries(COSDictionary dictionary) throws IOException {
            var text = new StringBuilder();
            entries(dictionary, Set.of(), false, text);
            return text.toString();
        }

        private String entries(COSDictionary dictionary, Set<COSName> names) throws IOException {
            var text = new StringBuilder();
            entries(dictionary, names, true, text);
            return text.toString();
        }

        private void entries(COSDictionary dictionary, Set<COSName> names, boolean only, StringBuilder into)
                throws IOException {
            for (COSName name : dictionary.keySet()) {
                if (names.contains(name) == only) {
                    into.append(name(name)).append(' ').append(text(dictionary.getItem(name)));
                }
            }
        }

        private String text(@Nullable COSBase object) throws IOException {
            return switch (object) {
                case null -> "null";
                case COSNull nothing -> "null";
                case COSObject reference -> isNothing(reference) ? "null" : number(reference) + " 0 R";
                case COSStream stream -> number(stream) + " 0 R";
                case COSDictionary dictionary when numbers.containsKey(dictionary) -> numbers.get(dictionary) + " 0 R";
                case COSDictionary dictionary -> whole(dictionary);
                case COSArray array -> {
                    var text = new StringBuilder("[");
                    for (int at = 0; at < array.size(); at++) {
                        text.append(text(array.get(at))).append(' ');
                    }
                    yield text.append(']').toString();
                }
                case COSName name -> name(name);
                case COSString string -> "<" + HexFormat.of().formatHex(string.getBytes()) + ">";
                case COSInteger number -> String.valueOf(number.longValue());
                case COSFloat number -> {
                    var bytes = new ByteArrayOutputStream();
                    number.writePDF(bytes);
                    yield bytes.toString(StandardCharsets.ISO_8859_1);
                }
                case COSBoolean bool -> String.valueOf(bool.getValue());
                default -> throw new IOException("cannot write " + object.getClass());
            };
        }

        private static boolean isNothing(COSObject reference) {
            COSBase real = reference.getObject();
            return real == null || real instanceof COSNull;
        }

        private static String name(COSName name) throws IOException {
            var bytes = new ByteArrayOutputStream();
            name.writePDF(bytes);
            return bytes.toString(StandardCharsets.ISO_8859_1);
        }
    }

    private void stream(int number, String dictionary, byte[] bytes) throws IOException {
        table.at(number, out.count);
        out.ascii(number + " 0 obj\n" + dictionary + "/Length " + bytes.length + ">>\nstream\n");
        out.write(bytes);
        out.ascii("\nendstream\nendobj\n");
    }

    /** Keeps an object for the next object stream. */
    private void pack(int number, String text) throws IOException {
        packedIndex.append(number).append(' ').append(packed.size()).append(' ');
        packed.write(text.getBytes(StandardCharsets.ISO_8859_1));
        packed.write('\n');
        packedNumbers.add(number);
        if (packedNumbers.size() == PACKED) {
            flush();
        }
    }

    private void flush() throws IOException {
        if (packedNumbers.isEmpty()) {
            return;
        }
        int holder = table.next();
        for (int at = 0; at < packedNumbers.size(); at++) {
            table.in(packedNumbers.get(at), holder, at);
        }
        byte[] index = packedIndex.toString().getBytes(StandardCharsets.US_ASCII);
        var all = new ByteArrayOutputStream(index.length + packed.size());
        all.write(index);
        packed.writeTo(all);
        stream(
                holder,
                "<</Type/ObjStm/N " + packedNumbers.size() + "/First " + index.length + "/Filter/FlateDecode",
                deflated(all.toByteArray()));
        packed.reset();
        packedIndex.setLength(0);
        packedNumbers.clear();
    }

    private void crossReferences() throws IOException {
        int number = table.next();
        long start = out.count;
        table.at(number, start);
        String id = HexFormat.of().formatHex(identity.digest(), 0, 16);
        stream(
                number,
                "<</Type/XRef/Size " + table.size() + "/W[1 8 2]/Root " + catalogue + " 0 R/Info " + info + " 0 R/ID[<"
                        + id + "><" + id + ">]/Filter/FlateDecode",
                deflated(table.bytes()));
        out.ascii("startxref\n" + start + "\n%%EOF\n");
    }

    private static byte[] deflated(byte[] bytes) throws IOException {
        var deflated = new ByteArrayOutputStream(bytes.length / 2 + 64);
        try (var deflater = new DeflaterOutputStream(deflated)) {
            deflater.write(bytes);
        }
        return deflated.toByteArray();
    }

    /** Where every object is: an offset, or a place in an object stream. */
    private static final class Table {
        private long[] places = new long[1 << 12];
        private int[] indexes = new int[1 << 12];
        private int size = 1;

        int next() {
            if (size == places.length) {
                places = java.util.Arrays.copyOf(places, size * 2);
                indexes = java.util.Arrays.copyOf(indexes, size * 2);
            }
            indexes[size] = -2;
            return size++;
        }

        int size() {
            return size;
        }

        void at(int number, long offset) {
            places[number] = offset;
            indexes[number] = -1;
        }

        void in(int number, int holder, int index) {
            places[number] = holder;
            indexes[number] = index;
        }

        byte[] bytes() {
            var bytes = java.nio.ByteBuffer.allocate(size * 11);
            bytes.put((byte) 0).putLong(0).putShort((short) 0xffff);
            for (int number = 1; number < size; number++) {
                Check.that(indexes[number] != -2, "every object is written");
                boolean packed = indexes[number] >= 0;
                bytes.put((byte) (packed ? 2 : 1)).putLong(places[number]).putShort((short)
                        (packed ? indexes[number] : 0));
            }
            return bytes.array();
        }
    }

    private static final class Counted extends OutputStream {
        private final OutputStream out;
        private long count;

        Counted(OutputStream out) {
            this.out = out;
        }

        void ascii(String text) throws IOException {
            write(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            count++;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
            count += length;
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }
}
