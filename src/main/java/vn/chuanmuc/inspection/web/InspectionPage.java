package vn.chuanmuc.inspection.web;

import java.util.UUID;
import vn.chuanmuc.inspection.Inspection;
import vn.chuanmuc.ui.View;

/** @param checks whether the viewer sees what the re-check found, and may ask for one */
record InspectionPage(Inspection.Overview overview, UUID tenant, boolean checks) implements View {
    static long kilobytes(Inspection.Bundle bundle) {
        return Math.max(1, bundle.bytes() / 1024);
    }
}
