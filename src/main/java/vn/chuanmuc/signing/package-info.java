/** Digital signatures on PDFs: asked for, made in three ways, checked strictly, kept with their report; and what is trusted for it. */
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
            "jobs"
        })
package vn.chuanmuc.signing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
