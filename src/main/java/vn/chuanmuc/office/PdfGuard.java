package vn.chuanmuc.office;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import vn.chuanmuc.kernel.Reason;

/**
 * Looks at a PDF from a stranger before any library takes it apart: bytes first, without unpacking more than a fixed amount,
 * then its objects. What no paper of ours has (scripts, files inside, forms that draw themselves, encryption) is refused.
 */
public final class PdfGuard {
    /** A paper has 30 to 300 KB, a scan in it some MB. */
    public static final int LARGEST = 20 << 20;

    private static final int LARGEST_UNPACKED = 64 << 20;
    private static final int MOST_STREAMS = 20_000;
    private static final int MOST_OBJECTS = 200_000;
    private static final int MOST_PAGES = 600;
    private static final float LONGEST_EDGE = 2_000; // points; A2
    private static final long MOST_COLUMNS = 20_000;
    private static final int LONGEST_DICTIONARY = 4_000;

    private static final byte[] STREAM = "stream".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern ESCAPED = Pattern.compile("#([0-9A-Fa-f]{2})");
    private static final Pattern SEVERAL_FILTERS = Pattern.compile("/Filter\\s*\\[\\s*/\\w+\\s*/\\w+");
    /** Anything but one plain name: a reference, a comment or null between would hide a second filter. */
    private static final Pattern FILTER_IN_DISGUISE =
            Pattern.compile("/Filter\\b(?!\\s*(?:/\\w+|\\[\\s*/\\w+\\s*\\]|\\[\\s*\\]))");

    private static final Pattern OTHER_FILTER =
            Pattern.compile("/(LZWDecode|LZW|RunLengthDecode|RL|JBIG2Decode|JPXDecode|Crypt)\\b");
    private static final Pattern COLUMNS = Pattern.compile("/(?:Columns|Colors|N|Width|Height)\\s+(\\d+)");
    /** What acts, carries files or draws itself; each is refused wherever it stands. */
    private static final Set<String> ACTIVE = Set.of(
            "JavaScript",
            "JS",
            "Launch",
            "RichMedia",
            "EmbeddedFile",
            "EmbeddedFiles",
            "FileAttachment",
            "XFA",
            "Rendition",
            "Movie",
            "Sound",
            "3D",
            "SubmitForm",
            "ImportData",
            "GoToE",
            "GoToR");

    private PdfGuard() {}

    /** Why the file is refused, in words that say what to do; empty when it may be looked at further. */
    public static Optional<Reason> refusal(byte[] pdf) {
        if (pdf.length == 0) {
            return refuse("signing.file.empty");
        }
        if (pdf.length > LARGEST) {
            return Optional.of(Reason.of("signing.file.large", LARGEST >> 20));
        }
        if (!startsWith(pdf, 0, "%PDF-".getBytes(StandardCharsets.US_ASCII))) {
            return refuse("signing.file.not-pdf");
        }
        Optional<Reason> packed = unpacking(pdf);
        if (packed.isPresent()) {
            return packed;
        }
        try (PDDocument document = Loader.loadPDF(pdf)) {
            if (document.isEncrypted()) {
                return refuse("signing.file.encrypted");
            }
            return objects(document);
        } catch (InvalidPasswordException e) {
            return refuse("signing.file.encrypted");
        } catch (IOException | RuntimeException | StackOverflowError e) {
            return refuse("signing.file.broken"); // whatever a hostile file does to a parser, the answer is the same
        }
    }

    private static Optional<Reason> refuse(String key) {
        return Optional.of(Reason.of(key));
    }

    /** Every stream is unpacked once, thrown away, and counted; nothing is kept in memory. */
    private static Optional<Reason> unpacking(byte[] pdf) {
        int streams = 0;
        long unpacked = 0;
        var sink = new byte[1 << 16];
        for (int at = 0; at + STREAM.length < pdf.length; at++) {
            if (pdf[at] != 's' || !startsWith(pdf, at, STREAM) || at > 2 && pdf[at - 1] == 'd') {
                continue; // the last: "endstream"
            }
            if (++streams > MOST_STREAMS) {
                return refuse("signing.file.bomb");
            }
            if (unlikely(dictionary(pdf, at))) {
                return refuse("signing.file.bomb");
            }
            int from = at + STREAM.length;
            while (from < pdf.length && (pdf[from] == '\r' || pdf[from] == '\n')) {
                from++;
            }
            unpacked += inflated(pdf, from, LARGEST_UNPACKED - unpacked, sink);
            if (unpacked >= LARGEST_UNPACKED) {
                return refuse("signing.file.bomb");
            }
        }
        return Optional.empty();
    }

    /** The stream's dictionary as text, its names without escapes. */
    private static String dictionary(byte[] pdf, int end) {
        int start = Math.max(0, end - LONGEST_DICTIONARY);
        String text = new String(pdf, start, end - start, StandardCharsets.ISO_8859_1);
        int object = text.lastIndexOf(" obj");
        text = object < 0 ? text : text.substring(object);
        return ESCAPED.matcher(text)
                .replaceAll(hex -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(hex.group(1), 16))));
    }

    private static boolean unlikely(String dictionary) {
        if (FILTER_IN_DISGUISE.matcher(dictionary).find()
                || SEVERAL_FILTERS.matcher(dictionary).find()
                || OTHER_FILTER.matcher(dictionary).find()) {
            return true;
        }
        Matcher columns = COLUMNS.matcher(dictionary);
        while (columns.find()) {
            if (columns.group(1).length() > 9 || Long.parseLong(columns.group(1)) > MOST_COLUMNS) {
                return true;
            }
        }
        return false;
    }

    private static long inflated(byte[] pdf, int from, long most, byte[] sink) {
        var inflater = new Inflater();
        try {
            inflater.setInput(pdf, from, pdf.length - from);
            long count = 0;
            while (!inflater.finished() && count < most) {
                int read = inflater.inflate(sink);
                if (read == 0) {
                    break;
                }
                count += read;
            }
            return count;
        } catch (DataFormatException e) {
            return 0; // not packed so: a picture, or a text as it is
        } finally {
            inflater.end();
        }
    }

    private static boolean startsWith(byte[] bytes, int at, byte[] what) {
        if (at + what.length > bytes.length) {
            return false;
        }
        for (int i = 0; i < what.length; i++) {
            if (bytes[at + i] != what[i]) {
                return false;
            }
        }
        return true;
    }

    private static Optional<Reason> objects(PDDocument document) {
        if (document.getNumberOfPages() > MOST_PAGES) {
            return Optional.of(Reason.of("signing.file.pages", MOST_PAGES));
        }
        for (PDPage page : document.getPages()) {
            var box = page.getMediaBox();
            if (!(box.getWidth() > 0
                    && box.getWidth() <= LONGEST_EDGE
                    && box.getHeight() > 0
                    && box.getHeight() <= LONGEST_EDGE)) {
                return refuse("signing.file.broken");
            }
        }
        Set<COSBase> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<COSBase> todo = new ArrayDeque<>();
        todo.push(document.getDocument().getTrailer());
        while (!todo.isEmpty()) {
            COSBase next = todo.pop();
            COSBase object = next instanceof COSObject reference ? reference.getObject() : next;
            if (object == null
                    || !(object instanceof COSDictionary || object instanceof COSArray)
                    || !seen.add(object)) {
                continue;
            }
            if (seen.size() > MOST_OBJECTS) {
                return refuse("signing.file.bomb");
            }
            if (object instanceof COSArray array) {
                array.forEach(todo::push);
                continue;
            }
            var dictionary = (COSDictionary) object;
            for (var entry : dictionary.entrySet()) {
                if (ACTIVE.contains(entry.getKey().getName())
                        || entry.getValue() instanceof COSName name
                                && ACTIVE.contains(name.getName())
                                && (entry.getKey().equals(COSName.S)
                                        || entry.getKey().equals(COSName.SUBTYPE)
                                        || entry.getKey().equals(COSName.TYPE))) {
                    return refuse("signing.file.active");
                }
                if (entry.getValue() != null) {
                    todo.push(entry.getValue());
                }
            }
        }
        return Optional.empty();
    }
}
