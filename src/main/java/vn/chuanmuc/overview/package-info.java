/** Figures of assessment for whole units: pages, reports and open data over roll-ups, and what of them is hidden from whom. */
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
            "assessments"
        })
package vn.chuanmuc.overview;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
