package vn.chuanmuc.criteria;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one criteria set. Which numerals mark groups and which mark criteria is taken from the set itself: the outermost
 * numbering found is the groups', the next one the criteria's; everything further in marks items.
 */
final class SetReader {
    static final int MOST_ITEMS = 2_000;
    private static final int MOST_CLAUSE_LINES = 6;
    private static final Pattern APPENDIX = Pattern.compile("PHU LUC(?: [0-9IVX]{1,5}| [A-Z])?[.:]?");

    private final List<Line> lines;
    private final int position;
    private final String where;
    private final Findings findings;

    private final List<OpenGroup> groups = new ArrayList<>();
    private Marker.@Nullable Kind groupKind;
    private Marker.@Nullable Kind criterionKind;
    private @Nullable Citation citation;
    private int items;

    /** @param lines from the line that opens the set to the line before the next set; the first is not blank */
    SetReader(List<Line> lines, int position, Findings findings) {
        this.lines = lines;
        this.position = position;
        this.where = "set[" + position + "]";
        this.findings = findings;
    }

    /** Whether {@code line} opens a set: its words stand alone or in capitals, not as a bullet or inside a sentence. */
    static boolean opensSet(Line line) {
        if (Marker.find(line) != null) {
            return false;
        }
        for (var opening : List.of("BO TIEU CHI", "BANG TIEU CHI")) {
            if (line.key().equals(opening)) {
                return true;
            }
            if (line.key().startsWith(opening + " ")
                    && line.plain().length() > opening.length()
                    && line.plain().substring(0, opening.length()).codePoints().noneMatch(Character::isLowerCase)) {
                return true;
            }
        }
        return false;
    }

    /** The decision's number and date as the set's clause gives them; known after {@link #read()}. */
    @Nullable
    Citation citation() {
        return citation;
    }

    ReadSet read() {
        var opening = lines.getFirst();
        int headingLength = opening.key().startsWith("BANG") ? "BANG TIEU CHI".length() : "BO TIEU CHI".length();
        var heading = opening.plain().substring(0, headingLength);
        var title = new ArrayList<String>();
        if (opening.plain().length() > headingLength) {
            title.add(Line.trim(opening.plain().substring(headingLength)));
        }
        Printed clause = null;
        int at = 1;
        boolean titleOpen = true;
        while (at < lines.size()) {
            var line = lines.get(at);
            if (!line.blank() && Marker.find(line) != null) {
                break;
            }
            if (line.blank()) {
                titleOpen = titleOpen && title.isEmpty();
                at++;
            } else if (clause == null && opensClause(line)) {
                int end = clauseEnd(at);
                clause = new Printed(joined(at, end), line.number());
                citation = CitationReader.find(clause.text(), line.number());
                titleOpen = false;
                at = end;
            } else {
                if (titleOpen) {
                    title.add(line.plain());
                } else {
                    setAside(line);
                }
                at++;
            }
        }
        chooseKinds(at);
        readBody(at);
        return close(heading, String.join(" ", title), clause);
    }

    static Audience guessAudience(String title) {
        var key = Line.key(title);
        boolean noOffice = key.contains("KHONG GIU CHUC VU");
        boolean leaders = !noOffice && (key.contains("LANH DAO") || key.contains("QUAN LY"));
        boolean staff = noOffice
                || key.contains("CONG CHUC")
                || key.contains("VIEN CHUC")
                || key.contains("NHAN VIEN")
                || key.contains("NGUOI LAO DONG");
        if (leaders == staff) {
            return Audience.ALL;
        }
        return leaders ? Audience.LEADERS : Audience.STAFF;
    }

    private static boolean opensClause(Line line) {
        var key = line.key().startsWith("(") ? Line.trim(line.key().substring(1)) : line.key();
        return key.startsWith("BAN HANH KEM") || key.startsWith("KEM THEO") || key.startsWith("DUOC BAN HANH KEM");
    }

    private int clauseEnd(int from) {
        boolean bracketed = lines.get(from).plain().startsWith("(");
        int at = from;
        while (at < lines.size() && at < from + MOST_CLAUSE_LINES) {
            var line = lines.get(at);
            if (line.blank() || (at > from && Marker.find(line) != null)) {
                return at;
            }
            at++;
            if (bracketed && line.plain().contains(")")) {
                return at;
            }
        }
        return at;
    }

    private String joined(int from, int to) {
        return String.join(
                " ", lines.subList(from, to).stream().map(Line::plain).toList());
    }

    private void chooseKinds(int from) {
        var kinds = EnumSet.noneOf(Marker.Kind.class);
        boolean capitalsCount = false;
        for (var line : lines.subList(from, lines.size())) {
            var marker = line.blank() ? null : Marker.find(line);
            if (marker != null && marker.heading()) {
                // "P. Bí thư" inside a wrapped line is no group: capitals count only where the numbering begins with
                // them.
                capitalsCount = capitalsCount || (kinds.isEmpty() && marker.kind() == Marker.Kind.CAPITAL);
                if (marker.kind() != Marker.Kind.CAPITAL || capitalsCount) {
                    kinds.add(marker.kind());
                }
            }
        }
        var outermostFirst = List.copyOf(kinds);
        if (outermostFirst.isEmpty()) {
            return;
        }
        var outermost = outermostFirst.getFirst();
        if (outermostFirst.size() > 1) {
            groupKind = outermost;
            criterionKind = outermostFirst.get(1);
        } else if (outermost.compareTo(Marker.Kind.CRITERION_WORD) < 0) {
            groupKind = outermost;
        } else {
            criterionKind = outermost;
        }
    }

    private void readBody(int from) {
        for (int at = from; at < lines.size(); at++) {
            var line = lines.get(at);
            var marker = Marker.find(line);
            if (marker == null ? line.blank() : line.blank() && marker.kind() == Marker.Kind.BULLET) {
                continue;
            }
            if (marker == null && closes(line)) {
                lines.subList(at, lines.size()).stream()
                        .filter(left -> !left.blank())
                        .forEach(this::setAside);
                return;
            }
            boolean bullet = marker == null || marker.kind() == Marker.Kind.BULLET;
            if (bullet && line.plain().codePoints().noneMatch(Character::isLetter)) {
                setAside(line); // a page number
            } else if (marker == null) {
                readText(line);
            } else if (marker.kind() == groupKind) {
                openGroup(line, marker);
            } else if (marker.kind() == criterionKind) {
                openCriterion(line, marker);
            } else {
                openItem(line, marker);
            }
        }
    }

    private static boolean closes(Line line) {
        return APPENDIX.matcher(line.key()).matches()
                || DecisionReader.opensRecipients(line)
                || DecisionReader.authority(line);
    }

    private void openGroup(Line line, Marker marker) {
        var group = new OpenGroup(where + ".group[" + (groups.size() + 1) + "]", marker, line);
        checkNumber(groups.isEmpty() ? null : groups.getLast().marker, marker, line, group.where);
        groups.add(group);
    }

    private void openCriterion(Line line, Marker marker) {
        if (groups.isEmpty()) {
            findings.error(line.number(), where, ReadError.Code.CRITERION_OUTSIDE_GROUP, marker.label());
            groups.add(new OpenGroup(where + ".group[1]", null, line));
        }
        var group = groups.getLast();
        var criterion =
                new OpenCriterion(group.where + ".criterion[" + (group.criteria.size() + 1) + "]", marker, line);
        checkNumber(group.criteria.isEmpty() ? null : group.criteria.getLast().marker, marker, line, criterion.where);
        checkPrefix(group.marker, marker, line, criterion.where);
        group.criteria.add(criterion);
    }

    private void openItem(Line line, Marker marker) {
        var criterion = criterion();
        if (criterion == null) {
            var place = groups.isEmpty() ? where : groups.getLast().where;
            findings.error(line.number(), place, ReadError.Code.ITEM_OUTSIDE_CRITERION, shortened(line));
            return;
        }
        var item = addItem(criterion, marker, line, marker.strip(line.printed()));
        var before = criterion.lastMarker;
        if (before != null && !sameSort(before, marker)) {
            findings.doubt(line.number(), item.where, Doubt.Code.ITEM_MARKERS_MIXED);
        }
        if (marker.kind() != Marker.Kind.BULLET) {
            checkNumber(before != null && sameSort(before, marker) ? before : null, marker, line, item.where);
            checkPrefix(criterion.marker, marker, line, item.where);
        }
        criterion.lastMarker = marker;
    }

    private void readText(Line line) {
        var criterion = criterion();
        var heading = criterion != null ? criterion.heading : groups.isEmpty() ? null : groups.getLast().heading;
        boolean noItems = criterion == null || criterion.items.isEmpty();
        if (heading != null && noItems && heading.continuesWith(line)) {
            heading.add(line);
            findings.doubt(line.number(), heading.where, Doubt.Code.HEADING_CONTINUED, shortened(line));
        } else if (criterion == null) {
            setAside(line);
        } else if (noItems || startsUnmarkedItem(criterion.items.getLast(), line)) {
            var item = addItem(criterion, null, line, line.printed());
            findings.doubt(line.number(), item.where, Doubt.Code.ITEM_WITHOUT_BULLET, shortened(line));
        } else {
            var item = criterion.items.getLast();
            item.text.add(line.printed());
            findings.doubt(line.number(), item.where, Doubt.Code.ITEM_CONTINUED, shortened(line));
        }
    }

    private static boolean startsUnmarkedItem(OpenItem before, Line line) {
        return before.marker == null
                && !line.startsInLowerCase()
                && ".;:!?…"
                                .indexOf(before.text
                                        .getLast()
                                        .charAt(before.text.getLast().length() - 1))
                        >= 0;
    }

    private OpenItem addItem(OpenCriterion criterion, @Nullable Marker marker, Line line, String text) {
        var item = new OpenItem(
                criterion.where + ".item[" + (criterion.items.size() + 1) + "]", marker, line.number(), text);
        criterion.items.add(item);
        if (++items == MOST_ITEMS + 1) {
            findings.error(line.number(), where, ReadError.Code.SET_TOO_LARGE, String.valueOf(MOST_ITEMS));
        }
        if (text.isEmpty()) {
            findings.error(line.number(), item.where, ReadError.Code.ITEM_EMPTY);
        }
        return item;
    }

    private @Nullable OpenCriterion criterion() {
        return groups.isEmpty() || groups.getLast().criteria.isEmpty()
                ? null
                : groups.getLast().criteria.getLast();
    }

    private void checkNumber(@Nullable Marker before, Marker marker, Line line, String path) {
        var label = marker.label();
        if (before == null) {
            if (!marker.first()) {
                findings.error(line.number(), path, ReadError.Code.NUMBERING_START, label);
            }
        } else if (marker.value() == before.value()) {
            findings.doubt(line.number(), path, Doubt.Code.NUMBERING_DUPLICATE, label);
        } else if (marker.value() < before.value()) {
            findings.doubt(line.number(), path, Doubt.Code.NUMBERING_OUT_OF_ORDER, before.label(), label);
        } else if (!marker.follows(before)) {
            findings.doubt(line.number(), path, Doubt.Code.NUMBERING_GAP, before.label(), label);
        }
    }

    /** "2.3" belongs below number 2. */
    private void checkPrefix(@Nullable Marker outer, Marker marker, Line line, String path) {
        if (marker.kind() == Marker.Kind.DECIMAL && outer != null && outer.value() != marker.prefix()) {
            findings.doubt(line.number(), path, Doubt.Code.NUMBERING_PREFIX, outer.label(), marker.label());
        }
    }

    private static boolean sameSort(Marker one, Marker other) {
        return one.kind() == other.kind()
                && (one.kind() != Marker.Kind.BULLET || dash(one.label()).equals(dash(other.label())));
    }

    private static String dash(String bullet) {
        return "–—−‐‑".contains(bullet) ? "-" : bullet;
    }

    private void setAside(Line line) {
        findings.doubt(line.number(), where, Doubt.Code.LINE_SET_ASIDE, shortened(line));
    }

    static String shortened(Line line) {
        var plain = line.plain();
        return plain.length() <= 120 ? plain : plain.substring(0, plain.offsetByCodePoints(0, 100)) + "…";
    }

    private ReadSet close(String heading, String title, @Nullable Printed clause) {
        int line = lines.getFirst().number();
        if (title.isEmpty()) {
            findings.doubt(line, where, Doubt.Code.SET_TITLE_MISSING);
        }
        findings.doubt(line, where + ".audience", Doubt.Code.AUDIENCE_GUESSED, title.isEmpty() ? heading : title);
        if (groups.isEmpty()) {
            findings.error(line, where, ReadError.Code.SET_WITHOUT_GROUPS);
        }
        var read = new ArrayList<ReadGroup>();
        for (var group : groups) {
            read.add(close(group, read.size() + 1));
        }
        return new ReadSet(position, heading, title, clause, guessAudience(title), read, line);
    }

    private ReadGroup close(OpenGroup group, int number) {
        var label = group.marker == null ? "" : group.marker.label();
        if (group.marker != null && group.heading.text().isEmpty()) {
            findings.error(group.line, group.where, ReadError.Code.GROUP_WITHOUT_TITLE, label);
        }
        if (group.criteria.isEmpty()) {
            findings.error(group.line, group.where, ReadError.Code.GROUP_WITHOUT_CRITERIA, label);
        }
        var read = new ArrayList<ReadCriterion>();
        for (var criterion : group.criteria) {
            read.add(close(criterion, read.size() + 1));
        }
        return new ReadGroup(number, label, group.heading.text(), read, group.line);
    }

    private ReadCriterion close(OpenCriterion criterion, int number) {
        var label = criterion.marker.label();
        if (criterion.heading.text().isEmpty()) {
            findings.error(criterion.line, criterion.where, ReadError.Code.CRITERION_WITHOUT_TITLE, label);
        }
        if (criterion.items.isEmpty()) {
            findings.error(criterion.line, criterion.where, ReadError.Code.CRITERION_WITHOUT_ITEMS, label);
        }
        var read = new ArrayList<ReadItem>();
        for (var item : criterion.items) {
            var text = String.join("\n", item.text);
            if (text.contains("*") || text.contains("__")) {
                findings.doubt(item.line, item.where, Doubt.Code.ITEM_HAS_MARKUP);
            }
            read.add(new ReadItem(read.size() + 1, text, item.line));
        }
        return new ReadCriterion(number, label, criterion.heading.text(), read, criterion.line);
    }

    /** A group's or criterion's title while its lines are still coming in. */
    private static final class OpenHeading {
        final String where;
        private final List<String> parts = new ArrayList<>();
        private final boolean capitals;
        private int lastLine;

        OpenHeading(String where, String title, Line line) {
            this.where = where;
            this.capitals = line.capitals();
            this.lastLine = line.number();
            if (!title.isEmpty()) {
                parts.add(title);
            }
        }

        /** The numeral stood alone, or the next line goes on in the middle of the title. */
        boolean continuesWith(Line line) {
            return parts.isEmpty()
                    || (line.number() == lastLine + 1 && (line.startsInLowerCase() || (capitals && line.capitals())));
        }

        void add(Line line) {
            parts.add(line.plain());
            lastLine = line.number();
        }

        String text() {
            return String.join(" ", parts);
        }
    }

    private static final class OpenGroup {
        final String where;
        final @Nullable Marker marker;
        final OpenHeading heading;
        final int line;
        final List<OpenCriterion> criteria = new ArrayList<>();

        OpenGroup(String where, @Nullable Marker marker, Line line) {
            this.where = where;
            this.marker = marker;
            this.line = line.number();
            this.heading = new OpenHeading(where, marker == null ? "" : marker.rest(), line);
        }
    }

    private static final class OpenCriterion {
        final String where;
        final Marker marker;
        final OpenHeading heading;
        final int line;
        final List<OpenItem> items = new ArrayList<>();

        @Nullable
        Marker lastMarker;

        OpenCriterion(String where, Marker marker, Line line) {
            this.where = where;
            this.marker = marker;
            this.line = line.number();
            this.heading = new OpenHeading(where, marker.rest(), line);
        }
    }

    private static final class OpenItem {
        final String where;
        final @Nullable Marker marker;
        final int line;
        final List<String> text = new ArrayList<>();

        OpenItem(String where, @Nullable Marker marker, int line, String text) {
            this.where = where;
            this.marker = marker;
            this.line = line;
            this.text.add(text);
        }
    }
}
