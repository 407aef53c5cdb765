/** Papers signed by hand and scanned: reads piles page by page, puts papers together, and shows each signature to a clerk. */
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
            "jobs",
            "office",
            "campaigns",
            "commitments"
        })
package vn.chuanmuc.scans;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
