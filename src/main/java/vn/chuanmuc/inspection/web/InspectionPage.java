package vn.chuanmuc.inspection.web;

import java.time.Instant;
import java.util.UUID;
import vn.chuanmuc.inspection.Inspection;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Dated;

/** @param checks whether the viewer sees what the re-check found */
record InspectionPage(Inspection.Overview overview, UUID tenant, boolean checks, Instant now, AsOf asOf)
        implements Dated {
    @Override
    public String undated() {
        return "inspection.undated";
    }

    boolean dueNow() {
        return overview.nextCheck().filter(at -> !at.isAfter(now)).isPresent();
    }

    static long kilobytes(Inspection.Bundle bundle) {
        return Math.max(1, bundle.bytes() / 1024);
    }
}
