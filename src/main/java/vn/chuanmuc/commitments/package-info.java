/** One person, one year, one version of a set: signed, declined or recorded as not signing – once, provably. */
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
            "criteria",
            "campaigns"
        })
package vn.chuanmuc.commitments;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
