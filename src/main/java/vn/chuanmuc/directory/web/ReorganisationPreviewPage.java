package vn.chuanmuc.directory.web;

import java.util.List;
import vn.chuanmuc.directory.ReorganisationDraft;
import vn.chuanmuc.directory.Reorganisations.Branch;
import vn.chuanmuc.directory.Reorganisations.LineAfter;
import vn.chuanmuc.directory.Reorganisations.Mark;
import vn.chuanmuc.directory.Reorganisations.Preview;
import vn.chuanmuc.ui.View;

record ReorganisationPreviewPage(ReorganisationDraft draft, Preview preview, List<LineAfter> lines) implements View {
    String at() {
        return ReorganisationWords.at(draft.id());
    }

    String tag(Branch branch) {
        return switch (branch.mark()) {
            case NONE -> "";
            case ENDS -> "bad";
            case BEGINS -> "good";
            case CHANGES -> "wait";
            case RECEIVES -> "info";
        };
    }

    /** A sign beside the word, so that no mark goes by colour alone. */
    String sign(Branch branch) {
        return switch (branch.mark()) {
            case NONE -> "";
            case ENDS -> "−";
            case BEGINS -> "+";
            case CHANGES -> "↻";
            case RECEIVES -> "→";
        };
    }

    int before(Branch branch) {
        return preview.before().stream()
                .filter(other -> other.id().equals(branch.id()))
                .mapToInt(Branch::people)
                .findFirst()
                .orElse(0);
    }

    boolean differs(Branch branch) {
        return branch.mark() != Mark.BEGINS && before(branch) != branch.people();
    }

    int level(Branch branch) {
        return Math.min(6, branch.level());
    }
}
