package vn.chuanmuc.sheets.web;

import java.util.List;
import vn.chuanmuc.criteria.Criteria.SetText;
import vn.chuanmuc.sheets.SheetReadings.Line;
import vn.chuanmuc.sheets.SheetReadings.Look;
import vn.chuanmuc.ui.View;

/** Whom to ask what. */
record AskPage(List<Asked> asked) implements View {
    /** A paper with items that cannot be read. */
    record Asked(Line line, Look look) {
        List<SetText.Item> items() {
            return look.set().groups().stream()
                    .flatMap(group -> group.criteria().stream())
                    .flatMap(criterion -> criterion.items().stream())
                    .filter(item -> look.draft().unclear().contains(item.position()))
                    .toList();
        }
    }
}
