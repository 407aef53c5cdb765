/** Decisions that promulgate criteria: imported, proof-read by a second person, published, superseded; which set applies to whom. */
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
            "office",
            "documents"
        })
package vn.chuanmuc.criteria;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
