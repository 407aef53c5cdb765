/** Sample mode: the real decision, generated people – every one marked – and the 2021 campaign as on 8 October 2021. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "platform",
            "ledger",
            "directory",
            "access",
            "documents",
            "office",
            "criteria",
            "campaigns",
            "commitments",
            "signing",
            "rules",
            "assessments",
            "figures",
            "panels",
            "petitions",
            "submissions"
        })
package vn.chuanmuc.samples;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
