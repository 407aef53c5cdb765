package vn.chuanmuc.access.web;

import java.util.List;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.ui.View;

record AccountPage(Viewer viewer, List<RoleHeld> roles) implements View {
    record RoleHeld(String key, String unit) {}
}
