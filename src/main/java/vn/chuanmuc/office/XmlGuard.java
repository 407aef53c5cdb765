package vn.chuanmuc.office;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Watches the bytes of one part go by before any XML parser sees them. Only UTF-8 passes, so bytes mean what they say; a
 * {@code <} cannot stand inside an attribute or a text, so no tag can hide from the scan, while what a comment or CDATA
 * holds is counted too: an attacker can only be over-counted.
 */
final class XmlGuard {
    private static final Pattern ENCODING = Pattern.compile("encoding\\s*=\\s*[\"']([^\"']*)[\"']");
    /** Byte patterns of '<' in UTF-16, UTF-32 and EBCDIC, and the marks that announce the first two. */
    private static final String[] FOREIGN_STARTS = {"þÿ", "ÿþ", "\0<", "<\0", "\0\0", "Lo§"};

    private final OfficeLimits limits;
    private final boolean mustBeXml;
    private final byte[] head = new byte[256];
    private int headLength;
    private boolean headRead;
    private boolean xml;
    private boolean sheet;
    private long size;

    private int run;
    private boolean inName;
    private boolean inCell;
    private final StringBuilder name = new StringBuilder(16);
    private int quote;
    private int attributeLength;
    private int attributeLast;
    private int column;
    private boolean inReference;

    private int cells;
    private int rows;
    private boolean rowFilled;
    private long rowBytes;

    XmlGuard(OfficeLimits limits, boolean mustBeXml) {
        this.limits = limits;
        this.mustBeXml = mustBeXml;
    }

    void feed(byte[] bytes, int length) throws RefusedFile {
        size += length;
        int from = 0;
        if (!headRead) {
            from = Math.min(length, head.length - headLength);
            System.arraycopy(bytes, 0, head, headLength, from);
            headLength += from;
            if (headLength < head.length) {
                return;
            }
            readHead();
        }
        scan(bytes, from, length);
    }

    void end() throws RefusedFile {
        if (!headRead) {
            readHead();
        }
        checkSize();
    }

    private void readHead() throws RefusedFile {
        headRead = true;
        String text = new String(head, 0, headLength, StandardCharsets.ISO_8859_1);
        for (String start : FOREIGN_STARTS) {
            if (text.startsWith(start) && (mustBeXml || !start.equals("\0\0"))) {
                throw new RefusedFile("BROKEN");
            }
        }
        String body = (text.startsWith("ï»¿") ? text.substring(3) : text).stripLeading();
        xml = body.startsWith("<");
        if (mustBeXml && !xml) {
            throw new RefusedFile("BROKEN");
        }
        if (xml && body.startsWith("<?xml")) {
            int end = body.indexOf("?>");
            var encoding = ENCODING.matcher(end < 0 ? body : body.substring(0, end));
            if (end < 0) {
                throw new RefusedFile("BROKEN");
            }
            if (encoding.find()) {
                String declared = encoding.group(1).toLowerCase(Locale.ROOT);
                if (!declared.equals("utf-8") && !declared.equals("us-ascii")) {
                    throw new RefusedFile("BROKEN");
                }
            }
        }
        scan(head, 0, headLength);
    }

    private void checkSize() throws RefusedFile {
        if (xml && !sheet && size > limits.maxPart()) {
            throw new RefusedFile("ZIP_BOMB");
        }
    }

    private void scan(byte[] bytes, int from, int to) throws RefusedFile {
        if (!xml) {
            return;
        }
        checkSize();
        for (int at = from; at < to; at++) {
            int b = bytes[at] & 0xff;
            if (b == '<') {
                run = 0;
                inName = true;
                inCell = false;
                name.setLength(0);
                continue;
            }
            if (b == '>') {
                run = 0;
            } else if (++run > limits.maxRun()) {
                throw new RefusedFile("ZIP_BOMB");
            }
            if (inName) {
                readName(b);
            } else if (inCell) {
                readCell(b);
            }
        }
        if (sheet) {
            rowBytes += to - from;
            if (rowBytes > limits.maxRowBytes()) {
                throw new RefusedFile("ZIP_BOMB");
            }
        }
    }

    private void readName(int b) throws RefusedFile {
        if (b == ':') {
            name.setLength(0);
        } else if (b == '>' || b == '/' || b <= ' ') {
            // an end tag begins with '/', so its name is empty here and means nothing
            inName = false;
            tag();
        } else if (name.length() < 16) {
            name.append((char) b);
            if (name.length() == 2 && name.charAt(0) == '!' && b == 'D') {
                throw new RefusedFile("DOCTYPE");
            }
        }
    }

    private void tag() throws RefusedFile {
        if (!sheet) {
            sheet = "sheetData".contentEquals(name);
            return;
        }
        if ("row".contentEquals(name)) {
            cells = 0;
            rowFilled = false;
            rowBytes = 0;
        } else if ("c".contentEquals(name)) {
            if (++cells > limits.maxColumns()) {
                throw new RefusedFile("TOO_MANY_COLUMNS", limits.maxColumns());
            }
            inCell = true;
            inReference = false;
            quote = 0;
            attributeLength = 0;
        } else if (!rowFilled && ("v".contentEquals(name) || "is".contentEquals(name))) {
            rowFilled = true;
            if (++rows > limits.maxRows()) {
                throw new RefusedFile("TOO_MANY_ROWS", limits.maxRows());
            }
        }
    }

    /** Reads the attributes of a cell for the column letters of its reference. */
    private void readCell(int b) throws RefusedFile {
        if (quote != 0) {
            if (b == quote) {
                quote = 0;
                attributeLength = 0;
            } else if (inReference) {
                readReference(b);
            }
        } else if (b == '"' || b == '\'') {
            quote = b;
            inReference = attributeLength == 1 && attributeLast == 'r';
            column = 0;
        } else if (b == '>') {
            inCell = false;
        } else if (b == ':') {
            attributeLength = 0;
        } else if (b > ' ' && b != '=') {
            attributeLength++;
            attributeLast = b;
        }
    }

    private void readReference(int b) throws RefusedFile {
        int letter = b >= 'a' && b <= 'z' ? b - 'a' + 1 : b >= 'A' && b <= 'Z' ? b - 'A' + 1 : 0;
        if (letter > 0) {
            column = column * 26 + letter;
            if (column > limits.maxColumns()) {
                throw new RefusedFile("TOO_MANY_COLUMNS", limits.maxColumns());
            }
        } else if (b < '0' || b > '9') {
            // a character reference would let a column pass unseen
            throw new RefusedFile("BROKEN");
        }
    }
}
