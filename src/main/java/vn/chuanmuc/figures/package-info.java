/** Figures about work that offices bring in from documents: confirmed by a second person, then offered to assessment forms. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "ui",
            "ledger",
            "directory",
            "access",
            "documents",
            "office",
            "rules",
            "assessments"
        })
package vn.chuanmuc.figures;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
