package vn.chuanmuc.assessments.web;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.chuanmuc.assessments.Results.Growth;
import vn.chuanmuc.assessments.Results.Line;
import vn.chuanmuc.assessments.Results.Place;
import vn.chuanmuc.ui.View;

/**
 * A person's results over years and units.
 *
 * @param growth what was written about growing, by form
 * @param own whether it is the viewer
 * @param published where the viewer may see what is published; only on their own page
 */
record OwnResultsPage(List<Line> lines, Map<UUID, List<Growth>> growth, boolean own, List<Place> published)
        implements View {
    List<Growth> growth(Line line) {
        return growth.getOrDefault(line.formId(), List.of());
    }

    UUID person() {
        return lines.getFirst().personId();
    }

    /** Those that have a result, the newest first. */
    List<Integer> years() {
        return lines.stream().map(line -> line.period().year()).distinct().toList();
    }
}
