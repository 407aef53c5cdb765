/** Assessment forms on paper: printed, filled in by hand, scanned, read by a person side by side and handed in on behalf. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "ui",
            "platform",
            "ledger",
            "directory",
            "access",
            "documents",
            "office",
            "jobs",
            "criteria",
            "rules",
            "scans",
            "assessments"
        })
package vn.chuanmuc.sheets;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
