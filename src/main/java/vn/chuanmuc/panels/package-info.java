/** Meetings that assess together: who was there, what was presented, secret and open votes, minutes; their outcome goes into the forms. */
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
            "signing",
            "scans",
            "assessments",
            "notifications"
        })
package vn.chuanmuc.panels;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
