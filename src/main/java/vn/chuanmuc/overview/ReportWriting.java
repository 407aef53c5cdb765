package vn.chuanmuc.overview;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.kernel.VietnameseNumbers;
import vn.chuanmuc.overview.Overview.Asked;
import vn.chuanmuc.overview.Overview.CycleLine;
import vn.chuanmuc.overview.Overview.Figure;
import vn.chuanmuc.overview.Overview.Levels;
import vn.chuanmuc.overview.Overview.Picture;
import vn.chuanmuc.overview.Overview.SetName;
import vn.chuanmuc.overview.Overview.StageName;
import vn.chuanmuc.overview.Overview.States;
import vn.chuanmuc.overview.Overview.Turn;

/**
 * What a quarterly report says, in Vietnamese as official papers are: for every set how far the quarter is, the levels decided by unit,
 * and by unit and by content what the last stage said. All of it out of the pictures that the screen shows, one after the other:
 * no figure is added up here.
 */
@Component
class ReportWriting {
    private static final Locale VIETNAMESE = Locale.forLanguageTag("vi");
    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");
    private static final List<String> NUMERALS = List.of("I", "II", "III", "IV");

    private final Overview overview;
    private final MessageSource messages;
    private final Clock clock;

    ReportWriting(Overview overview, MessageSource messages, Clock clock) {
        this.overview = overview;
        this.messages = messages;
        this.clock = clock;
    }

    sealed interface Written {
        /** @param whole the first picture of the unit */
        record Ready(Picture whole, ReportText text) implements Written {}

        record Refused(Reason why) implements Written {}
    }

    /** The figures of one set, as the screen has them. @param last of the stages, null where none has figures */
    private record OfSet(
            SetName set,
            Picture base,
            @Nullable Picture results,
            @Nullable Picture last) {
        boolean nothing() {
            return nothing(results) && nothing(last);
        }

        private static boolean nothing(@Nullable Picture picture) {
            return picture == null
                    || (picture.hidden()
                            && picture.below().stream().allMatch(figure -> figure.levels() == null)
                            && picture.contents().isEmpty());
        }
    }

    /** @param unit null: the highest one of the viewer's @param sealed whether small groups are hidden from everybody */
    Written write(Viewer viewer, CycleLine cycle, @Nullable UUID unit, boolean sealed) {
        Picture whole = overview.picture(viewer, cycle, new Asked(null, null, unit, null, null), sealed);
        List<OfSet> sets = whole.sets().stream()
                .map(set -> of(viewer, cycle, whole, set, sealed))
                .toList();
        if (!whole.whole().full() && sets.stream().allMatch(OfSet::nothing)) {
            // A paper full of "hidden" says that there is something to see, with a day on which nothing was settled.
            return new Written.Refused(
                    Reason.of(cycle.sealedAt() == null ? "overview.report.open" : "overview.report.small"));
        }
        return new Written.Ready(whole, text(cycle, whole, sets));
    }

    private OfSet of(Viewer viewer, CycleLine cycle, Picture whole, SetName set, boolean sealed) {
        UUID unit = whole.whole().unit().id();
        Picture base = overview.picture(viewer, cycle, new Asked(null, null, unit, set.id(), null), sealed);
        Optional<String> last = base.stages().stream()
                .map(StageName::code)
                .filter(code -> !code.equals(Overview.RESULT))
                .reduce((before, after) -> after);
        return new OfSet(
                set,
                base,
                base.results() && !base.stages().isEmpty() ? base : null,
                last.map(stage -> stage.equals(base.stage())
                                ? base
                                : overview.picture(viewer, cycle, new Asked(null, null, unit, set.id(), stage), sealed))
                        .orElse(null));
    }

    private ReportText text(CycleLine cycle, Picture whole, List<OfSet> sets) {
        var parts = new ArrayList<ReportText.Part>();
        for (int at = 0; at < sets.size(); at++) {
            String letter = sets.size() == 1 ? "" : (char) ('A' + at) + ". ";
            parts.addAll(parts(letter, sets.get(at)));
        }
        if (parts.isEmpty()) {
            parts.add(new ReportText.Part("", columns(List.of()), List.of()));
        }
        String title = t(
                "overview.report.about",
                t(
                        "overview.report.quarter",
                        NUMERALS.get(cycle.period().quarter() - 1),
                        String.valueOf(cycle.period().year())));
        return new ReportText(
                title,
                List.of(t("overview.report.title"), title),
                cycle.title(),
                whole.above().isEmpty() ? "" : whole.above().getLast().name(),
                whole.whole().unit().name(),
                Reports.TYPE,
                t("overview.report.blank"),
                parts,
                notes(cycle, whole, sets),
                List.of(t("overview.report.to.above"), t("overview.report.to.file")),
                t("overview.report.signer"),
                t("overview.report.signer.note"));
    }

    private List<String> notes(CycleLine cycle, Picture whole, List<OfSet> sets) {
        var notes = new ArrayList<String>();
        if (whole.whole().full()) {
            notes.add(t("overview.report.full", VietnameseDates.format(LocalDate.now(clock))));
            notes.add(t("overview.report.internal"));
        } else {
            notes.add(t(
                    "overview.report.protected",
                    cycle.threshold(),
                    VietnameseDates.format(LocalDate.ofInstant(Objects.requireNonNull(cycle.sealedAt()), ZONE))));
        }
        if (!cycle.closed()) {
            notes.add(t("overview.report.provisional"));
        }
        boolean results = sets.stream().anyMatch(set -> set.results() != null);
        notes.add(t(results ? "overview.report.hint.results" : "overview.report.hint"));
        if (sets.size() > 1) {
            notes.add(t("overview.report.sets"));
        }
        return notes;
    }

    private List<ReportText.Part> parts(String letter, OfSet of) {
        var parts = new ArrayList<ReportText.Part>();
        Deque<String> numerals = new ArrayDeque<>(NUMERALS);
        States states = of.base().states();
        if (states != null) {
            parts.add(new ReportText.Part(
                    heading(parts, letter, of, numerals, t("overview.report.states")),
                    columns(List.of()),
                    states(of.base(), states)));
        }
        Picture results = of.results();
        if (results != null) {
            parts.add(units(
                    heading(parts, letter, of, numerals, t("overview.report.units", t("overview.result"))), results));
        }
        Picture last = of.last();
        if (last != null) {
            String stage = last.stages().stream()
                    .filter(one -> one.code().equals(last.stage()))
                    .map(StageName::name)
                    .findFirst()
                    .orElse(last.stage());
            parts.add(units(heading(parts, letter, of, numerals, t("overview.report.units", stage)), last));
            if (!last.contents().isEmpty()) {
                parts.add(new ReportText.Part(
                        heading(parts, letter, of, numerals, t("overview.report.contents", stage)),
                        columns(last),
                        last.contents().stream()
                                .map(content -> row(last, content.place(), content.words(), content.levels(), ""))
                                .toList()));
            }
        }
        return parts;
    }

    /** The first table of a set says which set it is. */
    private static String heading(
            List<ReportText.Part> before, String letter, OfSet of, Deque<String> numerals, String words) {
        String heading = numerals.removeFirst() + ". " + words;
        return before.isEmpty() ? letter + of.set().title() + "\n" + heading : heading;
    }

    private List<String> columns(List<String> more) {
        var columns = new ArrayList<>(
                List.of(t("overview.report.number"), t("overview.report.column"), t("overview.column.people")));
        columns.addAll(more);
        return columns;
    }

    private List<String> columns(Picture picture) {
        var more = new ArrayList<>(picture.words());
        if (!picture.results()) {
            more.add(t("overview.column.missing"));
        }
        return columns(more);
    }

    /** How far the quarter is: what stands above the table on the screen. */
    private List<List<String>> states(Picture picture, States states) {
        var rows = new ArrayList<List<String>>();
        count(rows, t("overview.state.assessed"), states.assessed());
        for (Turn turn : picture.turns()) {
            count(
                    rows,
                    t("overview.report.handed", turn.stage().name(), VietnameseNumbers.format(turn.expected())),
                    turn.handed());
        }
        count(rows, t("overview.state.decided"), states.decided() + states.approved() + states.told());
        count(rows, t("overview.state.told"), states.told());
        count(rows, t("overview.state.not-assessed"), states.notAssessed());
        if (states.contested() > 0) {
            count(rows, t("overview.state.contested"), states.contested());
        }
        if (states.cancelled() > 0) {
            count(rows, t("overview.state.cancelled"), states.cancelled());
        }
        return rows;
    }

    private static void count(List<List<String>> rows, String name, int people) {
        rows.add(List.of(String.valueOf(rows.size() + 1), name, VietnameseNumbers.format(people)));
    }

    private ReportText.Part units(String heading, Picture picture) {
        var rows = new ArrayList<List<String>>();
        rows.add(row(picture, "", picture.whole()));
        for (Figure figure : picture.below()) {
            rows.add(row(picture, String.valueOf(rows.size()), figure));
        }
        return new ReportText.Part(heading, columns(picture), rows);
    }

    private List<String> row(Picture picture, String number, Figure figure) {
        return row(
                picture,
                number,
                figure.unit().name(),
                figure.levels(),
                t(figure.full() ? "overview.report.none" : "overview.report.hidden"));
    }

    /** @param instead of figures that are not shown */
    private static List<String> row(
            Picture picture, String number, String name, @Nullable Levels levels, String instead) {
        var cells = new ArrayList<>(List.of(number, name));
        if (levels == null) {
            int hidden = picture.words().size() + (picture.results() ? 1 : 2);
            for (int at = 0; at < hidden; at++) {
                cells.add(instead);
            }
            return cells;
        }
        cells.add(VietnameseNumbers.format(levels.n()));
        levels.levels().forEach(count -> cells.add(VietnameseNumbers.format(count)));
        if (!picture.results()) {
            cells.add(VietnameseNumbers.format(levels.missing()));
        }
        return cells;
    }

    private String t(String key, Object... arguments) {
        return Objects.requireNonNull(messages.getMessage(key, arguments.length == 0 ? null : arguments, VIETNAMESE));
    }
}
