package vn.chuanmuc.figures;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import vn.chuanmuc.directory.PersonJson;
import vn.chuanmuc.directory.PersonJson.Wrong;
import vn.chuanmuc.figures.FigureReader.Column;
import vn.chuanmuc.figures.FigureReader.Line;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.kernel.VietnameseDates;

/** Reads a list of figures from JSON token by token: nothing is taken that is not named here. Who is meant is not asked here. */
public final class FigureJson {
    public static final List<String> FIELDS = List.of("unit", "document", "figures");
    public static final List<String> DOCUMENT = List.of("name", "number", "date");
    /** Of one figure; the columns of the workbook by other names. */
    public static final List<String> FIGURE =
            List.of("staffCode", "fullName", "birthDate", "unit", "index", "value", "measure", "date");

    static final String TYPE = "application/json";
    private static final Map<String, Column> COLUMNS = Map.of(
            "staffCode", Column.STAFF_CODE,
            "fullName", Column.NAME,
            "birthDate", Column.BIRTH,
            "unit", Column.UNIT_CODE,
            "index", Column.INDEX,
            "value", Column.VALUE,
            "measure", Column.MEASURE,
            "date", Column.DAY);
    private static final List<String> REQUIRED = List.of("index", "value", "measure", "date");
    /** No exponent: a short text would be a number of a million digits. */
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,12}(\\.\\d{1,6})?");

    private static final int LONGEST_TOLD = 60;

    private FigureJson() {}

    /** @param unit code; null: the token's own */
    record Sent(
            @Nullable String unit,
            String name,
            String number,
            @Nullable LocalDate date,
            List<Line> lines) {}

    static Wrong noUnit(String code) {
        return new Wrong("/unit", Reason.of("access.api.detail.no-unit", told(code)));
    }

    static Sent read(byte[] json) {
        try (JsonParser parser = PersonJson.JSON.createParser(ObjectReadContext.empty(), PersonJson.utf8(json))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new Wrong("", Reason.of("directory.data.not-object"));
            }
            String unit = null;
            Document document = null;
            List<Line> lines = null;
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (field) {
                    case "unit" -> unit = string(parser, value, field, "/unit");
                    case "document" -> document = document(parser, value);
                    case "figures" -> lines = lines(parser, value);
                    default -> throw unknown("", field, FIELDS);
                }
            }
            if (parser.nextToken() != null) {
                throw new Wrong("", Reason.of("directory.data.not-json"));
            }
            if (document == null) {
                throw new Wrong("/document", Reason.of("directory.data.missing", "document"));
            }
            if (lines == null || lines.isEmpty()) {
                throw new Wrong("/figures", Reason.of("figures.data.nothing"));
            }
            return new Sent(unit, document.name(), document.number(), document.date(), lines);
        } catch (JacksonException e) {
            throw PersonJson.wrong("", e);
        }
    }

    private record Document(
            String name, String number, @Nullable LocalDate date) {}

    private static Document document(JsonParser parser, @Nullable JsonToken at) {
        if (at != JsonToken.START_OBJECT) {
            throw new Wrong("/document", Reason.of("directory.data.not-object"));
        }
        String name = "";
        String number = "";
        LocalDate date = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            String place = "/document/" + field;
            switch (field) {
                case "name" -> name = string(parser, value, field, place);
                case "number" -> number = string(parser, value, field, place);
                case "date" -> date = PersonJson.day(string(parser, value, field, place), place);
                default -> throw unknown("/document", field, DOCUMENT);
            }
        }
        return new Document(name, number, date);
    }

    private static List<Line> lines(JsonParser parser, @Nullable JsonToken at) {
        if (at != JsonToken.START_ARRAY) {
            throw new Wrong("/figures", Reason.of("directory.data.not-array"));
        }
        var lines = new ArrayList<Line>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (lines.size() == FigureReader.MOST_FIGURES) {
                throw new Wrong("/figures", Reason.of("figures.data.many", FigureReader.MOST_FIGURES));
            }
            lines.add(line(parser, lines.size()));
        }
        return lines;
    }

    private static Line line(JsonParser parser, int at) {
        String pointer = "/figures/" + at;
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new Wrong(pointer, Reason.of("directory.data.not-object"));
        }
        Map<Column, String> cells = new EnumMap<>(Column.class);
        Map<Column, String> places = new EnumMap<>(Column.class);
        COLUMNS.forEach((field, column) -> places.put(column, pointer + "/" + field));
        BigDecimal number = null;
        boolean percent = false;
        LocalDate day = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            Column column = COLUMNS.get(field);
            if (column == null) {
                throw unknown(pointer, field, FIGURE);
            }
            String place = pointer + "/" + field;
            if (column == Column.VALUE && value != null && value.isNumeric()) {
                String text = parser.getString();
                number = NUMBER.matcher(text).matches() ? new BigDecimal(text).stripTrailingZeros() : null;
                cells.put(column, text.replace('.', ','));
                continue;
            }
            String text = string(parser, value, field, place);
            switch (column) {
                case VALUE -> {
                    percent = text.endsWith("%");
                    number = FigureReader.number((percent ? text.substring(0, text.length() - 1) : text).strip());
                }
                case DAY -> day = PersonJson.day(text, place);
                case BIRTH -> text = text.isEmpty() ? "" : VietnameseDates.format(PersonJson.day(text, place));
                case STAFF_CODE -> text = PersonJson.code(text, pointer);
                default -> {
                    // names and codes are compared with what is known
                }
            }
            cells.put(column, text);
        }
        for (String field : REQUIRED) {
            if (!cells.containsKey(COLUMNS.get(field))) {
                throw new Wrong(pointer + "/" + field, Reason.of("directory.data.missing", field));
            }
        }
        return new Line(at + 1, places, cells, number, percent, day, false);
    }

    private static String string(JsonParser parser, @Nullable JsonToken value, String field, String at) {
        if (value != JsonToken.VALUE_STRING) {
            throw new Wrong(at, Reason.of("directory.data.not-string", field));
        }
        return Texts.oneLine(parser.getString());
    }

    private static Wrong unknown(String pointer, String field, List<String> known) {
        return new Wrong(pointer, Reason.of("directory.data.unknown-field", told(field), String.join(", ", known)));
    }

    private static String told(String text) {
        String line = Texts.oneLine(text);
        return line.codePointCount(0, line.length()) <= LONGEST_TOLD
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST_TOLD)) + "…";
    }
}
