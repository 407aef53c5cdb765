package vn.chuanmuc.sheets.web;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.chuanmuc.sheets.SheetPile;
import vn.chuanmuc.sheets.SheetReadings.Line;
import vn.chuanmuc.ui.View;

/** Papers that wait, and the piles they came in. @param names of who brought them */
record SheetsPage(List<Line> waiting, List<SheetPile> piles, Map<UUID, String> names) implements View {
    boolean asks() {
        return waiting.stream().anyMatch(line -> line.unclear() > 0);
    }
}
