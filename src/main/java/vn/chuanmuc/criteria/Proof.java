package vn.chuanmuc.criteria;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.criteria.Place.Kind;
import vn.chuanmuc.kernel.VietnameseDates;

/**
 * A decision as it was read, which never changes, and on top of it what people settled and corrected. Stored as JSON beside
 * the decision, also after publication: it says what was printed, who looked at it and what they changed.
 *
 * @param textHash SHA-256 (hex) of the text that was read; {@link Doubt#line()} counts its lines
 * @param otherReadings what other sources say about number and date
 * @param corrections value by place ({@link Place#where()})
 * @param settled who looked at the doubts of a place, and when
 * @param dropReason why the draft was dropped, null while it was not
 * @param layout which items stand where; proofs stored before items could be moved have none, and stand as read
 */
public record Proof(
        ReadDecision read,
        List<Doubt> doubts,
        String textHash,
        List<String> otherReadings,
        Map<String, String> corrections,
        Map<String, Settling> settled,
        @Nullable String dropReason,
        ItemLayout layout) {
    public static final String NUMBER = "decision.number";
    public static final String DATE = "decision.date";
    public static final String EFFECT = "decision.effect";
    public static final String ISSUER = "decision.issuer";
    public static final String SUBJECT = "decision.subject";
    public static final String AUTHORITY = "decision.authority";
    public static final String SIGNER_TITLE = "decision.signerTitle";
    public static final String SIGNER = "decision.signer";

    @SuppressWarnings("NullAway") // what is stored from before the layout existed has none
    public Proof {
        doubts = List.copyOf(doubts);
        otherReadings = List.copyOf(otherReadings);
        corrections = Map.copyOf(corrections);
        settled = Map.copyOf(settled);
        layout = layout == null ? ItemLayout.AS_READ : layout;
    }

    public record Settling(UUID by, Instant at) {}

    static Proof of(Reading.Read reading, String textHash, List<String> otherReadings) {
        return new Proof(
                reading.decision(),
                reading.doubts(),
                textHash,
                otherReadings,
                Map.of(),
                Map.of(),
                null,
                ItemLayout.AS_READ);
    }

    /** The same with these values at the places; what was read needs no correction. Their doubts count as looked at. */
    Proof settle(Map<Place, String> values, Settling settling) {
        var asRead = new Proof(read, doubts, textHash, otherReadings, Map.of(), settled, null, layout).places();
        var corrected = new HashMap<>(corrections);
        var looked = new HashMap<>(settled);
        values.forEach((place, value) -> {
            if (place.kind() != Kind.REMARK && value.equals(value(asRead, place.where()))) {
                corrected.remove(place.where());
            } else if (place.kind() != Kind.REMARK) {
                corrected.put(place.where(), value);
            }
            if (!place.doubts().isEmpty()) {
                looked.put(place.where(), settling);
            }
        });
        return new Proof(read, doubts, textHash, otherReadings, corrected, looked, dropReason, layout);
    }

    Proof dropped(String reason) {
        return new Proof(read, doubts, textHash, otherReadings, corrections, settled, reason, layout);
    }

    /** The same with other items, or the same ones elsewhere. */
    Proof arranged(ItemLayout arranged) {
        return new Proof(read, doubts, textHash, otherReadings, corrections, settled, dropReason, arranged);
    }

    /** The items of a criterion as they stand now. */
    public List<ItemLayout.Slot> items(String criterion) {
        return layout.stands(read).stream()
                .filter(stand -> stand.criterion().equals(criterion))
                .findFirst()
                .map(ItemLayout.Stand::slots)
                .orElseThrow(() -> new IllegalArgumentException(criterion));
    }

    /** Items that were read or added and taken out. */
    public List<ItemLayout.Slot> removedItems() {
        return layout.removed(read);
    }

    /** One place; the path must exist. */
    public Place at(String where) {
        return place(places(), where);
    }

    /** Every place by its path, in the order a proof-reader goes through them. */
    public Map<String, Place> places() {
        var places = new Places();
        places.add(NUMBER, Kind.NUMBER, printedNumbers(), 0, proposed(NUMBER, read.numbers()), read.numbers());
        var days = read.dates().stream().map(VietnameseDates::format).toList();
        places.add(DATE, Kind.DATE, printedDates(), 0, proposed(DATE, days), days);
        var effect = read.effect();
        var clause = effect.clause();
        places.add(
                EFFECT,
                Kind.DATE,
                clause == null ? "" : clause.text(),
                clause == null ? 0 : clause.line(),
                switch (effect.rule()) {
                    case FROM_SIGNING -> corrections.getOrDefault(DATE, proposed(DATE, days));
                    case ON_DATE -> effect.date() == null ? "" : VietnameseDates.format(effect.date());
                    case UNKNOWN -> "";
                },
                List.of());
        places.add(ISSUER, read.issuer());
        places.add(SUBJECT, read.subject());
        places.add(AUTHORITY, read.authority());
        places.add(SIGNER_TITLE, read.signerTitle());
        places.add(SIGNER, read.signer());
        for (int i = 0; i < read.legalBases().size(); i++) {
            var basis = read.legalBases().get(i);
            places.add("basis[" + (i + 1) + "]", Kind.WORDS, basis.text(), basis.line());
        }
        for (int i = 0; i < read.articles().size(); i++) {
            var article = read.articles().get(i);
            places.add("article[" + (i + 1) + "]", Kind.WORDS, article.text(), article.line());
        }
        for (int i = 0; i < read.recipients().size(); i++) {
            var recipient = read.recipients().get(i);
            places.add("recipient[" + (i + 1) + "]", Kind.LINE, recipient.text(), recipient.line());
        }
        var slots = new HashMap<String, List<ItemLayout.Slot>>();
        layout.stands(read).forEach(stand -> slots.put(stand.criterion(), stand.slots()));
        read.sets().forEach(set -> addSet(places, set, slots));
        removedItems().forEach(slot -> places.leaveOut(slot.where()));
        return places.close();
    }

    private static void addSet(Places places, ReadSet set, Map<String, List<ItemLayout.Slot>> slots) {
        String where = path(set);
        places.add(where, Kind.LINE, set.title().isEmpty() ? set.heading() : set.title(), set.line());
        var audiences = Arrays.stream(Audience.values()).map(Audience::name).toList();
        places.add(
                where + ".audience",
                Kind.AUDIENCE,
                set.title(),
                set.line(),
                set.audience().name(),
                audiences);
        for (var group : set.groups()) {
            places.add(path(set, group), Kind.LINE, group.title(), group.line());
            for (var criterion : group.criteria()) {
                places.add(path(set, group, criterion), Kind.LINE, criterion.title(), criterion.line());
                for (var slot : slots.getOrDefault(path(set, group, criterion), List.of())) {
                    places.add(slot.where(), Kind.WORDS, slot.printed(), slot.line());
                }
            }
        }
    }

    public static String path(ReadSet set) {
        return "set[" + set.position() + "]";
    }

    public static String path(ReadSet set, ReadGroup group) {
        return path(set) + ".group[" + group.position() + "]";
    }

    public static String path(ReadSet set, ReadGroup group, ReadCriterion criterion) {
        return path(set, group) + ".criterion[" + criterion.position() + "]";
    }

    public static String path(ReadSet set, ReadGroup group, ReadCriterion criterion, ReadItem item) {
        return path(set, group, criterion) + ".item[" + item.position() + "]";
    }

    /** The likeliest value where nothing speaks against it; where something does, a person must choose. */
    private String proposed(String where, List<String> candidates) {
        boolean doubted = doubts.stream().anyMatch(doubt -> doubt.where().equals(where));
        return doubted || candidates.isEmpty() ? "" : candidates.getFirst();
    }

    private String printedNumbers() {
        return distinct(Citation::printedNumber);
    }

    private String printedDates() {
        return distinct(Citation::printedDate);
    }

    private String distinct(Function<Citation, @Nullable String> part) {
        var kept = new ArrayList<String>();
        for (Citation citation : read.citations()) {
            String printed = part.apply(citation);
            if (printed != null && !kept.contains(printed)) {
                kept.add(printed);
            }
        }
        return String.join(" · ", kept);
    }

    /** The day at a place, null while there is none. */
    static @Nullable LocalDate day(Map<String, Place> places, String where) {
        return switch (VietnameseDates.parse(value(places, where))) {
            case VietnameseDates.Parsed.Read(LocalDate day) -> day;
            case VietnameseDates.Parsed.Refused refused -> null;
        };
    }

    static String value(Map<String, Place> places, String where) {
        return place(places, where).value();
    }

    static Place place(Map<String, Place> places, String where) {
        return Objects.requireNonNull(places.get(where), where);
    }

    /** Gathers the places and lays corrections and doubts on them. */
    private final class Places {
        private final Map<String, Place> places = new LinkedHashMap<>();
        private final Map<String, List<Doubt>> doubtsAt = new LinkedHashMap<>();

        Places() {
            doubts.forEach(doubt -> doubtsAt.computeIfAbsent(doubt.where(), any -> new ArrayList<>())
                    .add(doubt));
        }

        void add(String where, @Nullable Printed printed) {
            add(where, Kind.LINE, printed == null ? "" : printed.text(), printed == null ? 0 : printed.line());
        }

        void add(String where, Kind kind, String printed, int line) {
            add(where, kind, printed, line, printed, List.of());
        }

        void add(String where, Kind kind, String printed, int line, String value, List<String> candidates) {
            var here = doubtsAt.remove(where);
            var own = here == null ? List.<Doubt>of() : here;
            places.put(
                    where,
                    new Place(
                            where,
                            kind,
                            printed,
                            line,
                            corrections.getOrDefault(where, value),
                            corrections.containsKey(where),
                            own,
                            settled.containsKey(where),
                            candidates.isEmpty() ? names(own) : candidates));
        }

        /** Its doubts went with it. */
        void leaveOut(String where) {
            doubtsAt.remove(where);
        }

        /** What is left is about no place of its own: each doubt is one to look at. */
        Map<String, Place> close() {
            int number = 0;
            for (var left : doubtsAt.values()) {
                for (var doubt : left) {
                    String where = "remark[" + ++number + "]";
                    places.put(
                            where,
                            new Place(
                                    where,
                                    Kind.REMARK,
                                    "",
                                    doubt.line(),
                                    "",
                                    false,
                                    List.of(doubt),
                                    settled.containsKey(where),
                                    List.of()));
                }
            }
            return places;
        }

        /** A name whose family name is no common one: as printed, and with each family name that looks like it. */
        private static List<String> names(List<Doubt> doubts) {
            var names = new ArrayList<String>();
            for (var doubt : doubts) {
                if (doubt.code() == Doubt.Code.FAMILY_NAME_RESEMBLES) {
                    String family = doubt.arguments().get(0);
                    String name = doubt.arguments().get(1);
                    for (String other : doubt.arguments().get(2).split(", ")) {
                        names.add(other + name.substring(Math.min(family.length(), name.length())));
                    }
                    names.add(name);
                }
            }
            return names;
        }
    }
}
