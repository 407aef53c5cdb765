/** Lists compiled per unit and bloc: approved, submitted upward, sent back with remarks or accepted, version by version. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "ui",
            "platform",
            "ledger",
            "directory",
            "access",
            "office",
            "documents",
            "signing",
            "criteria",
            "campaigns",
            "commitments"
        })
package vn.chuanmuc.submissions;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
