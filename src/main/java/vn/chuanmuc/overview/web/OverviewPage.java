package vn.chuanmuc.overview.web;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.overview.Overview;
import vn.chuanmuc.overview.Overview.CycleLine;
import vn.chuanmuc.overview.Overview.Figure;
import vn.chuanmuc.overview.Overview.Levels;
import vn.chuanmuc.overview.Overview.PartFigure;
import vn.chuanmuc.overview.Overview.Picture;
import vn.chuanmuc.overview.Overview.Quarter;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Dated;
import vn.chuanmuc.ui.StackedBars;
import vn.chuanmuc.ui.TrendLines;
import vn.chuanmuc.ui.Ui;

/**
 * A unit in a quarter, from one of five sides.
 *
 * @param picture null when there is no cycle to show
 * @param parts posts or lines, on their pages
 * @param quarters on the page of the trend
 * @param lowest whether units with the smallest share of the best level come first
 * @param wrong why what was asked for cannot be shown
 */
record OverviewPage(
        List<CycleLine> cycles,
        @Nullable Picture picture,
        Side side,
        List<PartFigure> parts,
        List<Quarter> quarters,
        boolean lowest,
        boolean maySetThreshold,
        @Nullable Reason wrong,
        AsOf asOf)
        implements Dated {
    /** More bars than these nobody reads. */
    static final int MOST_BARS = 40;
    /** In addresses, for the results; no stage is called so. */
    static final String RESULT = "ket.qua";

    enum Side {
        UNITS("/tong-hop"),
        CONTENTS("/tong-hop/noi-dung"),
        POSITIONS("/tong-hop/vi-tri"),
        LINES("/tong-hop/tuyen"),
        TREND("/tong-hop/xu-huong");

        final String address;

        Side(String address) {
            this.address = address;
        }

        static Side at(String address) {
            return Arrays.stream(values())
                    .filter(side -> side.address.equals(address))
                    .findFirst()
                    .orElseThrow();
        }

        String key() {
            return "overview.side." + name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    @Override
    public int status() {
        return wrong == null ? asOf.status() : 422;
    }

    @Override
    public String undated() {
        return "overview.undated";
    }

    static String quarter(Ui ui, CycleLine cycle) {
        return Words.quarter(ui, cycle.period());
    }

    static String stageCode(String stage) {
        return stage.equals(Overview.RESULT) ? RESULT : stage;
    }

    static String stageName(Ui ui, Overview.StageName stage) {
        return stage.code().equals(Overview.RESULT) ? ui.t("overview.result") : stage.name();
    }

    String stageName(Ui ui) {
        return picture == null
                ? ""
                : picture.stages().stream()
                        .filter(stage -> stage.code().equals(picture.stage()))
                        .map(stage -> stageName(ui, stage))
                        .findFirst()
                        .orElse(ui.t("overview.result"));
    }

    /** Which set and stage the figures are of; empty where there are none yet. */
    String caption(Ui ui) {
        return picture == null || picture.set().title().isEmpty()
                ? ""
                : ui.t("overview.caption", picture.set().title(), stageName(ui));
    }

    /** What addresses say of everything that is chosen but the unit. */
    private String query(Picture picture) {
        return asOf.parameter() + "dot=" + picture.cycle().id() + "&bo="
                + picture.set().id() + "&buoc=" + stageCode(picture.stage());
    }

    String here(String address) {
        return picture == null
                ? address + asOf.query()
                : address + "?" + query(picture) + "&don-vi="
                        + picture.whole().unit().id();
    }

    String report() {
        return picture == null
                ? ReportController.REPORTS
                : ReportController.REPORTS + "?" + asOf.parameter() + "dot="
                        + picture.cycle().id() + "&don-vi="
                        + picture.whole().unit().id();
    }

    String to(Overview.UnitName unit) {
        return picture == null
                ? Side.UNITS.address
                : Side.UNITS.address + "?" + query(picture) + "&don-vi=" + unit.id();
    }

    /** Hidden: too small a group, or known only once the cycle is closed; or there is nobody. */
    static String why(Ui ui, CycleLine cycle, boolean full) {
        return full
                ? ui.t("overview.none")
                : cycle.sealedAt() == null ? ui.t("overview.hidden.open") : ui.t("overview.hidden", cycle.threshold());
    }

    /** Units in the order that is asked for: as in the tree, or those first that have the smallest share of the best level. */
    List<Figure> below() {
        if (picture == null || !lowest) {
            return picture == null ? List.of() : picture.below();
        }
        return picture.below().stream()
                .sorted(Comparator.comparingDouble(figure -> figure.levels() == null ? 2 : share(figure.levels())))
                .toList();
    }

    private static double share(Levels levels) {
        return levels.rated() == 0 ? 1.5 : (double) levels.levels().getFirst() / levels.rated();
    }

    StackedBars bars(Ui ui) {
        if (picture == null) {
            return new StackedBars(List.of(), List.of());
        }
        Stream<StackedBars.Row> rows = switch (side) {
            case UNITS ->
                Stream.concat(Stream.of(picture.whole()), below().stream())
                        .filter(figure ->
                                figure.levels() != null && figure.levels().rated() > 0)
                        .map(figure -> bar(ui, figure.unit().name(), figure.levels()));
            case CONTENTS ->
                picture.contents().stream()
                        .filter(content -> content.depth() < 2)
                        .map(content -> bar(ui, content.place() + " " + content.words(), content.levels()));
            case POSITIONS, LINES -> parts.stream().map(part -> bar(ui, part.name(), part.levels()));
            case TREND -> Stream.of();
        };
        return new StackedBars(picture.words(), rows.limit(MOST_BARS).toList());
    }

    private static StackedBars.Row bar(Ui ui, String label, @Nullable Levels levels) {
        return levels == null
                ? new StackedBars.Row(label, List.of(), "")
                : new StackedBars.Row(
                        label, levels.levels(), ui.percent(levels.levels().getFirst(), levels.rated()));
    }

    TrendLines trend(Ui ui) {
        return new TrendLines(
                picture == null ? List.of() : picture.words(),
                quarters.stream()
                        .map(quarter -> new TrendLines.Point(
                                quarter.cycle().period().quarter() + "/"
                                        + quarter.cycle().period().year(),
                                quarter.levels() == null
                                        ? null
                                        : quarter.levels().levels()))
                        .toList());
    }
}
