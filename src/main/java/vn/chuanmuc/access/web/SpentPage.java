package vn.chuanmuc.access.web;

import java.time.Instant;
import vn.chuanmuc.ui.View;

/**
 * The form has issued its codes before and they cannot be shown again.
 *
 * @param back where a new form is
 */
record SpentPage(Instant at, String back) implements View {
    @Override
    public int status() {
        return 409;
    }
}
