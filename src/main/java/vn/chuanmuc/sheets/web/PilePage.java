package vn.chuanmuc.sheets.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.jobs.Job;
import vn.chuanmuc.sheets.PaperPage;
import vn.chuanmuc.sheets.SheetPile;
import vn.chuanmuc.sheets.SheetReadings.Line;
import vn.chuanmuc.ui.View;

/** A pile with the papers it holds pages of. */
record PilePage(SheetPile pile, @Nullable Job reading, List<Line> waiting, List<Line> done, List<PaperPage> loose)
        implements View {}
