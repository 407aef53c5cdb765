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
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.commitments.Standing;
import vn.chuanmuc.criteria.Audience;
import vn.chuanmuc.office.TableDocument.Align;
import vn.chuanmuc.office.TableDocument.Kind;
import vn.chuanmuc.submissions.LateRow;
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
    private final Map<UUID, LateRow> late;

    /**
     * @param titles the titles of the sets on the list, each with whom it is for
     * @param late who of the people changed after the version was compiled that was accepted as it stands
     */
    ListWords(Speech speech, Map<String, Audience> titles, Map<UUID, LateRow> late) {
        this.speech = speech;
        this.late = late;
        this.sets = labels(speech, titles);
    }

    static Map<UUID, LateRow> late(List<LateRow> rows) {
        return rows.stream().collect(Collectors.toUnmodifiableMap(LateRow::personId, Function.identity()));
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
        var notes = new ArrayList<String>();
        if (row.sample()) {
            notes.add(speech.t("submissions.sample"));
        }
        if (!row.note().isEmpty()) {
            notes.add(row.note());
        }
        LateRow after = late.get(row.personId());
        if (after != null) {
            notes.add(late(after));
        }
        return String.join(" ", notes);
    }

    /** What came after the version was compiled: “Ký sau khi tổng hợp, ngày 09/10/2021”. */
    String late(LateRow row) {
        String day = day(row.signedAt());
        return switch (row.kind()) {
            case ADDED ->
                row.standing() == Standing.SIGNED
                        ? speech.t("submissions.late.added.signed", day)
                        : speech.t("submissions.late.added");
            case REMOVED -> speech.t("submissions.late.removed");
            case WORDS -> speech.t("submissions.late.words");
            case STANDING ->
                row.standing() == Standing.SIGNED
                        ? speech.t("submissions.late.signed", day)
                        : speech.t("submissions.late."
                                + Objects.requireNonNull(row.standing()).code());
        };
    }

    /** The lines under the table. @param late how many changed after the version was compiled that was accepted as it stands */
    List<String> totals(Totals totals, int late) {
        var lines = new ArrayList<String>();
        lines.add(speech.t(
                "submissions.totals",
                totals.expected(),
                totals.signed(),
                totals.declined(),
                totals.excused(),
                totals.open()));
        if (late > 0) {
            lines.add(speech.t("submissions.totals.late", late));
        }
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
