/** Quarterly assessment: cycles, one form for each person and unit, ratings by stages, what was handed in and every step out of the ordinary. */
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
            "campaigns",
            "commitments",
            "notifications"
        })
package vn.chuanmuc.assessments;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
