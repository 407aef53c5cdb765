package vn.chuanmuc.directory.api;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import vn.chuanmuc.directory.PersonData;
import vn.chuanmuc.directory.PersonJson;
import vn.chuanmuc.kernel.Reason;

/**
 * People sent at once: {@code {"unit": …, "validFrom": …, "people": […]}}.
 *
 * @param unit code of the unit of those who name none; null for the token's own
 * @param validFrom from which day what changes holds; null for today
 */
record SentBody(@Nullable String unit, @Nullable LocalDate validFrom, List<PersonData> people) {
    static final int MOST_PEOPLE = 1_000;
    static final int MOST_BYTES = 4 << 20;

    /** @param whole whether every person must be said in full */
    static SentBody read(byte[] json, boolean whole) {
        String unit = null;
        LocalDate from = null;
        List<PersonData> people = null;
        try (JsonParser parser = PersonJson.JSON.createParser(ObjectReadContext.empty(), PersonJson.utf8(json))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new PersonJson.Wrong("", Reason.of("directory.data.not-object"));
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (field) {
                    case "unit" -> unit = string(parser, value, field);
                    case "validFrom" -> from = PersonJson.day(string(parser, value, field), "/validFrom");
                    case "people" -> people = people(parser, value, whole);
                    default ->
                        throw new PersonJson.Wrong(
                                "",
                                Reason.of(
                                        "directory.data.unknown-field",
                                        field.substring(0, Math.min(60, field.length())),
                                        "unit, validFrom, people"));
                }
            }
            if (parser.nextToken() != null) {
                throw new PersonJson.Wrong("", Reason.of("directory.data.not-json"));
            }
        } catch (JacksonException e) {
            throw PersonJson.wrong("", e);
        }
        if (people == null) {
            throw new PersonJson.Wrong("/people", Reason.of("directory.data.missing", "people"));
        }
        if (people.isEmpty()) {
            throw new PersonJson.Wrong("/people", Reason.of("directory.data.nobody"));
        }
        return new SentBody(unit, from, people);
    }

    private static List<PersonData> people(JsonParser parser, @Nullable JsonToken value, boolean whole) {
        if (value != JsonToken.START_ARRAY) {
            throw new PersonJson.Wrong("/people", Reason.of("directory.data.not-array"));
        }
        var people = new ArrayList<PersonData>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (people.size() == MOST_PEOPLE) {
                throw new PersonJson.Wrong("/people", Reason.of("directory.data.too-many", MOST_PEOPLE));
            }
            people.add(PersonJson.read(parser, "/people/" + people.size(), whole));
        }
        return people;
    }

    private static String string(JsonParser parser, @Nullable JsonToken value, String field) {
        if (value != JsonToken.VALUE_STRING) {
            throw new PersonJson.Wrong("/" + field, Reason.of("directory.data.not-string", field));
        }
        return parser.getString();
    }
}
