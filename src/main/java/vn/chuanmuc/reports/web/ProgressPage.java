package vn.chuanmuc.reports.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.reports.Progress.Order;
import vn.chuanmuc.reports.Progress.Overview;
import vn.chuanmuc.reports.Progress.UnitProgress;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.View;

/** @param overview null before any campaign was launched */
record ProgressPage(@Nullable Overview overview, List<Campaign> campaigns, Order order, AsOf asOf) implements View {
    @Override
    public int status() {
        return asOf.status();
    }

    /** More units than this are shown as a distribution with both ends, not bar by bar. */
    static final int MOST_BARS = 40;

    static final int BAR = 250;
    private static final int ENDS = 20;

    /** @param from percent, included @param to percent, excluded but for 100 */
    record Bucket(int from, int to, long units) {}

    String address() {
        return overview == null ? "/tien-do" : "/tien-do/" + overview.campaign().id();
    }

    String people(UnitProgress unit) {
        return overview == null
                ? ""
                : "/cam-ket/danh-sach/" + overview.campaign().id() + "?" + asOf.parameter() + "don-vi=" + unit.unitId();
    }

    /** All units, those that lag first: the chart shows where to look. */
    List<UnitProgress> lagging() {
        return overview == null
                ? List.of()
                : overview.units().stream()
                        .sorted(Comparator.comparingDouble(unit -> unit.counts().share()))
                        .toList();
    }

    boolean bars() {
        return overview != null && overview.units().size() <= MOST_BARS;
    }

    static int width(UnitProgress unit) {
        return (int) Math.floor(unit.counts().share() * BAR);
    }

    static int width(long part, long most) {
        return most == 0 ? 0 : (int) (part * BAR / most);
    }

    /** How many units are 0–9 %, 10–19 % … 90–99 %, and 100 %. */
    List<Bucket> buckets() {
        long[] units = new long[11];
        if (overview != null) {
            for (UnitProgress unit : overview.units()) {
                units[(int) Math.floor(unit.counts().share() * 10)]++;
            }
        }
        var buckets = new ArrayList<Bucket>();
        for (int i = 0; i <= 10; i++) {
            buckets.add(new Bucket(i * 10, i == 10 ? 100 : i * 10 + 9, units[i]));
        }
        return buckets;
    }

    long fullest() {
        return buckets().stream().mapToLong(Bucket::units).max().orElse(0);
    }

    List<UnitProgress> worst() {
        return end(Comparator.comparingDouble(unit -> unit.counts().share()));
    }

    List<UnitProgress> best() {
        return end(Comparator.comparingDouble(unit -> -unit.counts().share()));
    }

    private List<UnitProgress> end(Comparator<UnitProgress> order) {
        return overview == null
                ? List.of()
                : overview.units().stream().sorted(order).limit(ENDS).toList();
    }

    static String tone(String state) {
        return switch (state) {
            case "accepted" -> "good";
            case "sent-back" -> "bad";
            case "submitted", "reopened" -> "wait";
            case "compiled", "approved" -> "info";
            default -> "";
        };
    }
}
