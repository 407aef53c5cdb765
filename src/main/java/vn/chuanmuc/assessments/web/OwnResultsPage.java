package vn.chuanmuc.assessments.web;

import java.util.List;
import java.util.UUID;
import vn.chuanmuc.assessments.Results.Line;
import vn.chuanmuc.assessments.Results.Place;
import vn.chuanmuc.ui.View;

/**
 * A person's results over years and units.
 *
 * @param own whether it is the viewer
 * @param published where the viewer may see what is published; only on their own page
 */
record OwnResultsPage(List<Line> lines, boolean own, List<Place> published) implements View {
    UUID person() {
        return lines.getFirst().personId();
    }

    /** Those that have a result, the newest first. */
    List<Integer> years() {
        return lines.stream().map(line -> line.period().year()).distinct().toList();
    }
}
