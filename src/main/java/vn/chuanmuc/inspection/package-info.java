/** What inspectors do with the ledger: signed tree heads to keep elsewhere, bundles to check elsewhere, the nightly re-check. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "ui",
            "platform",
            "ledger",
            "directory",
            "access",
            "jobs",
            "criteria",
            "campaigns"
        })
package vn.chuanmuc.inspection;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
