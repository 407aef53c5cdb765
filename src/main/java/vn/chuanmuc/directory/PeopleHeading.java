package vn.chuanmuc.directory;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.office.Cell;
import vn.chuanmuc.office.SheetRow;

/** Which column of a sheet holds what, read from one or two rows of headings. */
final class PeopleHeading {

    /** What became of a column of the sheet. */
    enum Use {
        USED,
        /** Used where the column named first for the same thing is blank. */
        SECOND_CHOICE,
        /** Nothing here collects it; its cells are not read. */
        UNUSED,
        /** A citizen's number: never collected, its cells are not read. */
        NOT_COLLECTED;

        /** Arguments: column letter, heading. */
        String messageKey() {
            return "directory.import.column." + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    record ColumnUse(String letter, String heading, Use use) {}

    private final int row;
    /** Heading by column, from the left. A cell under a merged heading has none. */
    private final TreeMap<Integer, String> headings;

    private final TreeMap<Integer, PeopleColumn> meanings;
    private final EnumMap<PeopleColumn, List<Integer>> places = new EnumMap<>(PeopleColumn.class);
    private final List<Integer> namePlaces;

    private PeopleHeading(int row, TreeMap<Integer, String> headings, TreeMap<Integer, PeopleColumn> meanings) {
        this.row = row;
        this.headings = headings;
        this.meanings = meanings;
        meanings.forEach((place, column) ->
                places.computeIfAbsent(column, any -> new ArrayList<>()).add(place));
        this.namePlaces = findNamePlaces();
    }

    /**
     * The heading this row makes, by itself or with the one above, where offices merge cells over both; null when it is none: a
     * heading names at least the full name, or family and given name, so that a title above is not taken for one.
     */
    static @Nullable PeopleHeading in(SheetRow row, @Nullable SheetRow above) {
        var headings = texts(row);
        var meanings = meanings(headings);
        if (!namesPeople(meanings, headings)) {
            return null;
        }
        if (above != null && above.number() == row.number() - 1) {
            var higher = texts(above);
            var higherMeanings = meanings(higher);
            higherMeanings.keySet().removeIf(headings::containsKey);
            higherMeanings.forEach((place, meaning) -> {
                meanings.put(place, meaning);
                headings.put(place, get(higher, place));
            });
        }
        return new PeopleHeading(row.number(), headings, meanings);
    }

    /** This heading together with a second row below it ("Nam | Nữ", "Họ đệm | Tên"); null when the row is not one. */
    @Nullable
    PeopleHeading continuedBy(SheetRow below) {
        var lower = texts(below);
        var lowerMeanings = meanings(lower);
        for (var place : lower.keySet()) {
            var key = Texts.searchKey(get(lower, place));
            var over = meanings.floorEntry(place);
            if ((key.equals("nam") || key.equals("nu")) && over != null && over.getValue() == PeopleColumn.BIRTH_DATE) {
                lowerMeanings.put(place, PeopleColumn.BIRTH_DATE);
            }
        }
        var onlyTexts =
                below.cells().stream().allMatch(cell -> cell instanceof Cell.Text || cell instanceof Cell.Blank);
        var namePlace = namePlace();
        if (!onlyTexts
                || lowerMeanings.size() < 2
                || (lower.containsKey(namePlace) && !lowerMeanings.containsKey(namePlace))) {
            return null;
        }
        var allHeadings = new TreeMap<>(headings);
        var allMeanings = new TreeMap<>(meanings);
        lower.forEach((place, heading) -> {
            allHeadings.put(place, heading);
            allMeanings.remove(place);
        });
        allMeanings.putAll(lowerMeanings);
        return new PeopleHeading(below.number(), allHeadings, allMeanings);
    }

    /** Whether this row says the heading once more, as at the top of each printed page. */
    boolean isRepeatedBy(SheetRow other) {
        var texts = texts(other);
        return namesPeople(meanings(texts), texts);
    }

    int row() {
        return row;
    }

    /** The places of a column from the left, from 0; empty when the sheet has none. */
    List<Integer> places(PeopleColumn column) {
        return places.getOrDefault(column, List.of());
    }

    /**
     * The places whose texts together make the name, in the order of the name. A column without heading beside the full name
     * belongs to it: offices merge "Họ và tên" over two columns, family and middle name in one, given name in the other.
     */
    List<Integer> namePlaces() {
        return namePlaces;
    }

    private List<Integer> findNamePlaces() {
        var full = places(PeopleColumn.FULL_NAME);
        var all = new ArrayList<Integer>();
        if (!full.isEmpty()) {
            var place = full.getFirst();
            all.add(place);
            if (!headings.containsKey(place + 1) && headings.higherKey(place) != null) {
                all.add(place + 1);
            }
        } else {
            all.addAll(places(PeopleColumn.FAMILY_NAME));
            all.addAll(places(PeopleColumn.MIDDLE_NAME));
            all.addAll(places(PeopleColumn.GIVEN_NAME));
        }
        return all;
    }

    List<ColumnUse> uses() {
        var uses = new ArrayList<ColumnUse>();
        headings.forEach((place, heading) -> {
            var meaning = meanings.get(place);
            Use use;
            if (meaning == null) {
                use = Use.UNUSED;
            } else if (meaning == PeopleColumn.NOT_COLLECTED) {
                use = Use.NOT_COLLECTED;
            } else if (meaning == PeopleColumn.FAMILY_NAME
                    || meaning == PeopleColumn.MIDDLE_NAME
                    || meaning == PeopleColumn.GIVEN_NAME) {
                use = namePlaces.contains(place) ? Use.USED : Use.UNUSED;
            } else {
                use = places(meaning).getFirst().equals(place) ? Use.USED : Use.SECOND_CHOICE;
            }
            uses.add(new ColumnUse(letter(place), heading, use));
        });
        return uses;
    }

    /** The letters of a column as spreadsheets count: A, B, …, Z, AA. */
    static String letter(int place) {
        return (place < 26 ? "" : letter(place / 26 - 1)) + (char) ('A' + place % 26);
    }

    private int namePlace() {
        return namePlaces.getFirst();
    }

    private static boolean namesPeople(Map<Integer, PeopleColumn> meanings, Map<Integer, String> headings) {
        var found = meanings.values();
        var others = found.stream()
                .filter(column -> switch (column) {
                    case FULL_NAME, FAMILY_NAME, MIDDLE_NAME, GIVEN_NAME, NOT_COLLECTED -> false;
                    case SERIAL, BIRTH_DATE, POSITION, UNIT, BLOC, KIND, STAFF_CODE, ORDER, NOTE -> true;
                })
                .count();
        if (found.contains(PeopleColumn.FULL_NAME)) {
            return others > 0 || headings.values().stream().anyMatch(PeopleHeading::isPlainName);
        }
        return found.contains(PeopleColumn.GIVEN_NAME) && (found.contains(PeopleColumn.FAMILY_NAME) || others > 1);
    }

    private static boolean isPlainName(String heading) {
        var key = Texts.searchKey(heading);
        return key.equals("ho va ten") || key.equals("ho ten");
    }

    private static TreeMap<Integer, String> texts(SheetRow row) {
        var texts = new TreeMap<Integer, String>();
        for (var place = 0; place < row.cells().size(); place++) {
            if (row.cells().get(place) instanceof Cell.Text(var value)) {
                var text = Texts.oneLine(value);
                if (!text.isEmpty()) {
                    texts.put(place, text);
                }
            }
        }
        return texts;
    }

    private static TreeMap<Integer, PeopleColumn> meanings(Map<Integer, String> headings) {
        var meanings = new TreeMap<Integer, PeopleColumn>();
        headings.forEach((place, heading) -> {
            var column = PeopleColumn.headed(heading);
            if (column != null) {
                meanings.put(place, column);
            }
        });
        return meanings;
    }

    private static String get(Map<Integer, String> texts, Integer place) {
        return texts.getOrDefault(place, "");
    }
}
