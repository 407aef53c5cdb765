package vn.chuanmuc.scans.web;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.chuanmuc.scans.Pile;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Dated;

/** The viewer's piles. @param days how long pictures are kept after the end */
public record PilesPage(List<Pile> piles, Map<UUID, String> names, int days, AsOf asOf) implements Dated {
    @Override
    public String undated() {
        return "scans.undated";
    }

    public static String tone(Pile pile) {
        return pile.finished() ? "good" : pile.allRead() ? "wait" : "info";
    }

    public static String state(Pile pile) {
        return pile.finished()
                ? "scans.pile.state.finished"
                : pile.allRead() ? "scans.pile.state.waiting" : "scans.pile.state.reading";
    }
}
