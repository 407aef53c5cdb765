package vn.chuanmuc.submissions.web;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.commitments.Standing;
import vn.chuanmuc.criteria.Audience;
import vn.chuanmuc.office.TableDocument.Align;
import vn.chuanmuc.office.TableDocument.Kind;
import vn.chuanmuc.submissions.ListRow;
import vn.chuanmuc.submissions.Totals;

/** A list in words: made once, so that the screen, XLSX, DOCX and PDF say the same. */
final class ListWords {
    static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy", Locale.ROOT);

    /** The columns an office list usually has (domain.md, 5), left to right. */
    enum Column {
        NUMBER(6, Align.CENTER, Kind.NUMBER),
        NAME(21, Align.LEFT, Kind.TEXT),
        BIRTH(13, Align.CENTER, Kind.DATE),
        POSITION(19, Align.LEFT, Kind.TEXT),
        UNIT(14, Align.LEFT, Kind.TEXT),
        SET(14, Align.LEFT, Kind.TEXT),
        SIGNED(13, Align.CENTER, Kind.DATE),
        METHOD(11, Align.LEFT, Kind.TEXT),
        REASON(16, Align.LEFT, Kind.TEXT),
        NOTE(9, Align.LEFT, Kind.TEXT);

        final int share;
        final Align align;
        final Kind kind;

        Column(int share, Align align, Kind kind) {
            this.share = share;
            this.align = align;
            this.kind = kind;
        }

        String key() {
            return "submissions.column." + name().toLowerCase(Locale.ROOT);
        }
    }

    /** Speaks one language: a page's, or Vietnamese for a paper. */
    @FunctionalInterface
    interface Speech {
        String t(String key, Object... arguments);
    }

    private final Speech speech;
    private final Map<String, String> sets;

    /** @param titles the titles of the sets on the list, each with whom it is for */
    ListWords(Speech speech, Map<String, Audience> titles) {
        this.speech = speech;
        this.sets = labels(speech, titles);
    }

    static Map<String, Audience> titles(List<ListRow> rows) {
        Map<String, Audience> titles = new TreeMap<>();
        rows.forEach(row -> titles.putIfAbsent(row.setTitle(), row.audience()));
        return titles;
    }

    /** A short word for a set where whom it is for tells it apart; its full title otherwise. */
    private static Map<String, String> labels(Speech speech, Map<String, Audience> titles) {
        Map<Audience, Integer> uses = new EnumMap<>(Audience.class);
        titles.values().forEach(audience -> uses.merge(audience, 1, Integer::sum));
        Map<String, String> labels = new TreeMap<>();
        titles.forEach((title, audience) -> labels.put(
                title,
                audience != Audience.ALL && uses.getOrDefault(audience, 0) == 1
                        ? speech.t("submissions.set." + audience.name().toLowerCase(Locale.ROOT))
                        : title));
        return labels;
    }

    List<String> headings() {
        var headings = new ArrayList<String>();
        for (Column column : Column.values()) {
            headings.add(speech.t(column.key()));
        }
        return headings;
    }

    /** The cells of a row, in the order of {@link Column}. */
    List<String> cells(long number, ListRow row) {
        return List.of(
                String.valueOf(number),
                row.fullName(),
                day(row.birthDate()),
                row.positionName(),
                row.unitName(),
                sets.getOrDefault(row.setTitle(), row.setTitle()),
                day(row.signedAt()),
                row.method() == null ? "" : speech.t("submissions.method." + row.method()),
                reason(row),
                note(row));
    }

    /** One cell of a row on its own, as a comparison shows it. */
    String cell(Column column, ListRow row) {
        return column == Column.NUMBER ? "" : cells(0, row).get(column.ordinal());
    }

    private String reason(ListRow row) {
        if (row.standing() == Standing.SIGNED) {
            return "";
        }
        if (row.reasonKind() == null) {
            return row.standing() == Standing.OPEN ? speech.t("submissions.reason.none") : row.reason();
        }
        String kind = speech.t("submissions.reason." + row.reasonKind());
        return row.reason().isBlank() ? kind : kind + ": " + row.reason();
    }

    private String note(ListRow row) {
        if (!row.sample()) {
            return row.note();
        }
        String mark = speech.t("submissions.sample");
        return row.note().isEmpty() ? mark : mark + " " + row.note();
    }

    /** The lines under the table. */
    List<String> totals(Totals totals) {
        var lines = new ArrayList<String>();
        lines.add(speech.t(
                "submissions.totals",
                totals.expected(),
                totals.signed(),
                totals.declined(),
                totals.excused(),
                totals.open()));
        sets.forEach((title, label) -> {
            if (!label.equals(title)) {
                lines.add(speech.t("submissions.totals.set", label, title));
            }
        });
        return lines;
    }

    static String day(@Nullable LocalDate day) {
        return day == null ? "" : DAY.format(day);
    }

    static String day(@Nullable Instant moment) {
        return moment == null ? "" : day(LocalDate.ofInstant(moment, ZONE));
    }
}
