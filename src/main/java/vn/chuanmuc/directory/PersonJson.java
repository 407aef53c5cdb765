package vn.chuanmuc.directory;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;

/** Reads people from JSON token by token: nothing is taken that is not named here, and whatever is wrong says where. */
public final class PersonJson {
    /** The fields of a person, in the order in which they are described. */
    public static final List<String> FIELDS =
            List.of("staffCode", "fullName", "birthDate", "unit", "position", "bloc", "kind", "order", "note");
    /** What a whole person must say. */
    public static final List<String> REQUIRED =
            List.of("staffCode", "fullName", "birthDate", "unit", "position", "bloc", "kind");

    /** Bounds what a hostile text can cost; deeper or longer is refused while it is read. */
    public static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(8)
                    .maxNumberLength(20)
                    .maxStringLength(4_000)
                    .maxNameLength(100)
                    .build())
            .build();

    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern CITIZEN_NUMBER = Pattern.compile("\\d{12}");
    private static final int LONGEST_CODE = 40;
    private static final Set<String> DATES = Set.of("birthDate");

    private PersonJson() {}

    /** Something in the JSON is not as described. */
    public static final class Wrong extends RuntimeException {
        private final String pointer;
        private final transient Reason why;

        /** @param pointer RFC 6901, from the beginning of what is read */
        public Wrong(String pointer, Reason why) {
            super(pointer, null, false, false);
            this.pointer = pointer;
            this.why = why;
        }

        public String pointer() {
            return pointer;
        }

        public Reason why() {
            return why;
        }
    }

    /** What Jackson found wrong, in our words. */
    public static Wrong wrong(String pointer, JacksonException e) {
        String said = String.valueOf(e.getMessage());
        if (said.startsWith("Duplicate")) {
            return new Wrong(pointer, Reason.of("directory.data.duplicate-field"));
        }
        return new Wrong(
                pointer,
                e instanceof tools.jackson.core.exc.StreamConstraintsException
                        ? Reason.of("directory.data.too-deep")
                        : Reason.of("directory.data.not-json"));
    }

    /** The text of bytes that must be UTF-8. */
    public static String utf8(byte[] json) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Wrong("", Reason.of("directory.data.not-utf8"));
        }
    }

    /** One person from a text that holds nothing else; fields may be left out, but the code. */
    static PersonData line(String json) {
        try (JsonParser parser = JSON.createParser(tools.jackson.core.ObjectReadContext.empty(), json)) {
            parser.nextToken();
            PersonData person = read(parser, "", false);
            if (parser.nextToken() != null) {
                throw new Wrong("", Reason.of("directory.data.not-json"));
            }
            return person;
        } catch (JacksonException e) {
            throw wrong("", e);
        }
    }

    /**
     * Reads the object at which the parser stands.
     *
     * @param whole whether every field of {@link #REQUIRED} must be there
     */
    public static PersonData read(JsonParser parser, String pointer, boolean whole) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new Wrong(pointer, Reason.of("directory.data.not-object"));
        }
        Map<String, String> texts = new LinkedHashMap<>();
        LocalDate birthDate = null;
        Integer order = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            String at = pointer + "/" + escaped(field);
            if (!FIELDS.contains(field)) {
                throw new Wrong(
                        at, Reason.of("directory.data.unknown-field", quoted(field), String.join(", ", FIELDS)));
            }
            JsonToken value = parser.nextToken();
            if (field.equals("order")) {
                order = whole(parser, value, at);
            } else if (DATES.contains(field)) {
                birthDate = day(string(parser, value, field, at), at);
            } else if (field.equals("note") && value == JsonToken.VALUE_NULL) {
                texts.put(field, "");
            } else {
                String text = Texts.oneLine(string(parser, value, field, at));
                if (text.isEmpty() && !field.equals("note")) {
                    throw new Wrong(at, Reason.of("directory.data.empty", field));
                }
                texts.put(field, text);
            }
        }
        for (String field : whole ? REQUIRED : List.of("staffCode")) {
            if (!texts.containsKey(field) && !(DATES.contains(field) && birthDate != null)) {
                throw new Wrong(pointer + "/" + field, Reason.of("directory.data.missing", field));
            }
        }
        return new PersonData(
                code(texts.getOrDefault("staffCode", ""), pointer),
                texts.get("fullName"),
                birthDate,
                texts.get("unit"),
                texts.get("position"),
                texts.get("bloc"),
                kind(texts.get("kind"), pointer),
                order,
                texts.get("note"));
    }

    private static String string(JsonParser parser, @Nullable JsonToken value, String field, String at) {
        if (value != JsonToken.VALUE_STRING) {
            throw new Wrong(at, Reason.of("directory.data.not-string", field));
        }
        return parser.getString();
    }

    private static Integer whole(JsonParser parser, @Nullable JsonToken value, String at) {
        if (value != JsonToken.VALUE_NUMBER_INT
                || parser.getNumberType() != JsonParser.NumberType.INT
                || parser.getIntValue() < 0
                || parser.getIntValue() > 9_999_999) {
            throw new Wrong(at, Reason.of("directory.data.not-whole"));
        }
        return parser.getIntValue();
    }

    /** A day as ISO 8601 writes it. */
    public static LocalDate day(String text, String pointer) {
        if (DAY.matcher(text).matches()) {
            try {
                return LocalDate.parse(text);
            } catch (DateTimeException e) {
                // no such day: refused below
            }
        }
        throw new Wrong(pointer, Reason.of("directory.data.not-day", quoted(text)));
    }

    private static @Nullable PersonKind kind(@Nullable String code, String pointer) {
        if (code == null) {
            return null;
        }
        return PersonKind.of(code)
                .orElseThrow(() -> new Wrong(pointer + "/kind", Reason.of("directory.data.not-kind", quoted(code))));
    }

    /** A staff code; a citizen's number is not taken as one. @param pointer of the figure or person it is of */
    public static String code(String code, String pointer) {
        String at = pointer + "/staffCode";
        if (code.length() > LONGEST_CODE) {
            throw new Wrong(at, Reason.of("directory.data.code-long", LONGEST_CODE));
        }
        if (CITIZEN_NUMBER.matcher(code.replace(" ", "")).matches()) {
            throw new Wrong(at, Reason.of("directory.data.citizen-number"));
        }
        return code;
    }

    private static String escaped(String field) {
        return quoted(field).replace("~", "~0").replace("/", "~1");
    }

    private static String quoted(String text) {
        String line = Texts.oneLine(text);
        return line.codePointCount(0, line.length()) <= 60
                ? line
                : line.substring(0, line.offsetByCodePoints(0, 60)) + "…";
    }
}
