package vn.chuanmuc.directory.web;

import java.util.List;
import vn.chuanmuc.directory.Units.History;
import vn.chuanmuc.directory.Units.Succession;
import vn.chuanmuc.ui.View;

/**
 * A unit through time.
 *
 * @param people today, or on its last day
 * @param reads what else of it the viewer may open
 */
record UnitPage(History history, int people, Reads reads) implements View {
    record Reads(boolean people, boolean lists, boolean reorganisations) {}

    List<Succession> before() {
        return history.before();
    }
}
