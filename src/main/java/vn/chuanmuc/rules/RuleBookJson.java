package vn.chuanmuc.rules;

import java.math.BigDecimal;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * The one text of a rule book: JSON, names sorted, no blanks, numbers in full without zeros at the end, sets sorted. The same book
 * gives the same bytes.
 */
final class RuleBookJson {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(new SimpleModule()
                    .addSerializer(BigDecimal.class, new Plain())
                    .addSerializer(RuleBook.Presence.class, new SortedPresence()))
            .build();

    private RuleBookJson() {}

    private static final class Plain extends StdSerializer<BigDecimal> {
        Plain() {
            super(BigDecimal.class);
        }

        @Override
        public void serialize(BigDecimal number, JsonGenerator out, SerializationContext context) {
            out.writeNumber(plain(number));
        }
    }

    /** A set has no order of its own. */
    private static final class SortedPresence extends StdSerializer<RuleBook.Presence> {
        SortedPresence() {
            super(RuleBook.Presence.class);
        }

        @Override
        public void serialize(RuleBook.Presence presence, JsonGenerator out, SerializationContext context) {
            out.writeStartObject();
            out.writeNumberProperty("leastDays", presence.leastDays());
            out.writeArrayPropertyStart("notCounted");
            presence.notCounted().stream().map(Enum::name).sorted().forEach(out::writeString);
            out.writeEndArray();
            out.writeStringProperty("window", presence.window().name());
            out.writeEndObject();
        }
    }

    static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    static String write(RuleBook book) {
        return JSON.writeValueAsString(book);
    }

    static RuleBook read(String json) {
        return JSON.readValue(json, RuleBook.class);
    }
}
