package vn.chuanmuc.commitments.web;

import vn.chuanmuc.commitments.PrintRuns.Run;
import vn.chuanmuc.ui.View;

record PrintRunPage(Run run) implements View {
    boolean fetchable() {
        return run.finished() && run.papers() > 0;
    }
}
