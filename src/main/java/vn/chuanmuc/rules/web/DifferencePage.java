package vn.chuanmuc.rules.web;

import java.util.List;
import vn.chuanmuc.rules.RuleVersion;
import vn.chuanmuc.ui.View;

/** Two versions side by side, the parts that differ first named. */
record DifferencePage(RuleVersion one, RuleVersion other, List<BookText.Compared> parts) implements View {
    int differences() {
        return (int) parts.stream()
                .flatMap(part -> part.pairs().stream())
                .filter(BookText.Pair::differs)
                .count();
    }
}
