/** Petitions against results of assessment: filed within a clock, handled by another than who decided, answered in writing; their clocks. */
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
            "assessments",
            "notifications"
        })
package vn.chuanmuc.petitions;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
