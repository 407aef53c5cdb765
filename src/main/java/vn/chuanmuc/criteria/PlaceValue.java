package vn.chuanmuc.criteria;

import java.util.Arrays;
import java.util.Locale;
import vn.chuanmuc.criteria.Place.Kind;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.kernel.VietnameseDates;

/** Whether a value may stand at a place, and the form it is kept in. */
sealed interface PlaceValue {
    record Good(String value) implements PlaceValue {}

    record Bad(Reason why) implements PlaceValue {}

    static PlaceValue of(Place place, String entered) {
        // What a person leaves as it is stays character for character, whatever form its letters have.
        String lines = entered.replace("\r\n", "\n");
        boolean untouched = lines.equals(place.value());
        return switch (place.kind()) {
            case REMARK -> new Good("");
            case AUDIENCE -> audience(entered);
            case DATE -> day(entered);
            case NUMBER -> written(place, Texts.oneLine(entered), false);
            case LINE -> written(place, untouched ? lines : Texts.oneLine(entered), mayBeEmpty(place));
            case WORDS -> written(place, untouched ? lines : Texts.nfc(Line.trim(lines)), false);
        };
    }

    /** Part of the head or foot may be missing from a decision; a title or an item may not, unless none was printed. */
    private static boolean mayBeEmpty(Place place) {
        return place.candidates().isEmpty()
                && (place.where().startsWith("decision.") || place.printed().isEmpty());
    }

    private static PlaceValue written(Place place, String value, boolean mayBeEmpty) {
        if (value.isBlank() && !mayBeEmpty) {
            String key =
                    place.kind() == Kind.NUMBER ? "number" : place.candidates().isEmpty() ? "empty" : "choose";
            return new Bad(Reason.of("criteria.refused." + key));
        }
        if (value.length() > place.kind().most()) {
            return new Bad(Reason.of("criteria.refused.long", place.kind().most(), value.length()));
        }
        if (value.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')) {
            return new Bad(Reason.of("criteria.refused.control"));
        }
        return new Good(value);
    }

    private static PlaceValue day(String entered) {
        return switch (VietnameseDates.parse(entered)) {
            case VietnameseDates.Parsed.Read(var day) -> new Good(VietnameseDates.format(day));
            case VietnameseDates.Parsed.Refused(var why) ->
                new Bad(Reason.of("criteria.refused.date."
                        + why.name().toLowerCase(Locale.ROOT).replace('_', '-')));
        };
    }

    private static PlaceValue audience(String entered) {
        return Arrays.stream(Audience.values())
                .filter(audience -> audience.name().equals(entered))
                .<PlaceValue>map(audience -> new Good(audience.name()))
                .findFirst()
                .orElseGet(() -> new Bad(Reason.of("criteria.refused.audience")));
    }
}
