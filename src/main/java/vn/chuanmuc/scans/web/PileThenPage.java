package vn.chuanmuc.scans.web;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.scans.Scans;
import vn.chuanmuc.scans.Sheaf;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Dated;

/** A pile at the end of a day that is past. @param then null when it was brought later */
public record PileThenPage(String label, Scans.@Nullable Then then, Map<UUID, String> names, AsOf asOf)
        implements Dated {
    @Override
    public String undated() {
        return "scans.undated";
    }

    public static String tone(Sheaf.State state) {
        return switch (state) {
            case CONFIRMED -> "good";
            case DOUBTFUL -> "wait";
            case REJECTED -> "bad";
            case OPEN -> "";
        };
    }
}
