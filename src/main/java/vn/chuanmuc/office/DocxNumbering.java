package vn.chuanmuc.office;

import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** The automatic numbers of Word's lists: what Word draws but does not store in the text. */
final class DocxNumbering {
    private static final int LEVELS = 9;
    private static final String[] ROMAN = {"m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"};
    private static final int[] ROMAN_VALUES = {1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1};

    /** One level of a list as defined. */
    private static final class Level {
        private int start = 1;
        private String format = "decimal";
        private String text = "";
    }

    private record Place(String list, String level) {}

    private final Map<String, Level[]> definitions = new HashMap<>();
    private final Map<String, String> lists = new HashMap<>();
    private final Map<String, Place> styles = new HashMap<>();
    private final Map<String, int[]> counters = new HashMap<>();

    private DocxNumbering() {}

    static DocxNumbering read(@Nullable InputStream numbering, @Nullable InputStream styles) throws XMLStreamException {
        var read = new DocxNumbering();
        if (numbering != null) {
            try (var xml = SafeXml.read(numbering)) {
                read.readLists(xml);
            }
        }
        if (styles != null) {
            try (var xml = SafeXml.read(styles)) {
                read.readStyles(xml);
            }
        }
        return read;
    }

    private void readLists(SafeXml xml) throws XMLStreamException {
        Level[] levels = levels();
        var level = new Level();
        String list = "";
        while (xml.next()) {
            if (xml.event() != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            switch (xml.name()) {
                case "abstractNum" -> {
                    levels = levels();
                    definitions.put(xml.attribute("abstractNumId", ""), levels);
                }
                case "lvl" -> level = levels[level(xml.attribute("ilvl", "0"))];
                case "start" -> level.start = number(xml.attribute("val", "1"), 1);
                case "numFmt" -> level.format = xml.attribute("val", "decimal");
                case "lvlText" -> level.text = xml.attribute("val", "");
                case "num" -> list = xml.attribute("numId", "");
                case "abstractNumId" -> lists.put(list, xml.attribute("val", ""));
                case "lvlOverride" -> xml.skip();
                default -> {}
            }
        }
    }

    private void readStyles(SafeXml xml) throws XMLStreamException {
        String style = "";
        String level = "0";
        while (xml.next()) {
            if (xml.event() != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            switch (xml.name()) {
                case "style" -> {
                    style = xml.attribute("styleId", "");
                    level = "0";
                }
                case "ilvl" -> level = xml.attribute("val", "0");
                case "numId" -> styles.put(style, new Place(xml.attribute("val", ""), level));
                default -> {}
            }
        }
    }

    /** What stands before a paragraph's text, with the space after it; empty if the paragraph is in no list. */
    String label(String style, String list, String level) {
        var inherited = styles.getOrDefault(style, new Place("", "0"));
        String chosen = list.isEmpty() ? inherited.list() : list;
        String definition = lists.get(chosen);
        Level[] levels = definition == null ? null : definitions.get(definition);
        if (definition == null || levels == null || chosen.equals("0")) {
            return "";
        }
        int depth = level(level.isEmpty() ? inherited.level() : level);
        int[] counts = counters.computeIfAbsent(definition, key -> new int[LEVELS]);
        counts[depth] = counts[depth] == 0 ? Math.max(1, levels[depth].start) : counts[depth] + 1;
        for (int below = depth + 1; below < LEVELS; below++) {
            counts[below] = 0;
        }
        if (levels[depth].format.equals("none")) {
            return "";
        }
        if (levels[depth].format.equals("bullet")) {
            return "- ";
        }
        String label = levels[depth].text;
        for (int at = 0; at <= depth; at++) {
            int count = counts[at] == 0 ? levels[at].start : counts[at];
            label = label.replace("%" + (at + 1), written(count, levels[at].format));
        }
        return label.isBlank() ? "" : label.stripTrailing() + " ";
    }

    private static String written(int count, String format) {
        return switch (format) {
            case "lowerLetter" -> letters(count);
            case "upperLetter" -> letters(count).toUpperCase(Locale.ROOT);
            case "lowerRoman" -> roman(count);
            case "upperRoman" -> roman(count).toUpperCase(Locale.ROOT);
            case "decimalZero" -> count < 10 ? "0" + count : String.valueOf(count);
            default -> String.valueOf(count);
        };
    }

    /** a … z, aa, bb … as Word counts. */
    private static String letters(int count) {
        int index = Math.max(1, count) - 1;
        return String.valueOf((char) ('a' + index % 26)).repeat(Math.min(20, index / 26 + 1));
    }

    private static String roman(int count) {
        var roman = new StringBuilder();
        int rest = Math.clamp(count, 1, 3_999);
        for (int at = 0; at < ROMAN.length; at++) {
            for (; rest >= ROMAN_VALUES[at]; rest -= ROMAN_VALUES[at]) {
                roman.append(ROMAN[at]);
            }
        }
        return roman.toString();
    }

    private static Level[] levels() {
        var levels = new Level[LEVELS];
        for (int at = 0; at < LEVELS; at++) {
            levels[at] = new Level();
        }
        return levels;
    }

    private static int level(String text) {
        return Math.clamp(number(text, 0), 0, LEVELS - 1);
    }

    private static int number(String text, int otherwise) {
        try {
            return Math.clamp(Integer.parseInt(text.strip()), 0, 1_000_000);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
