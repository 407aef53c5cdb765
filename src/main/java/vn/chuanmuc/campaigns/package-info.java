/** A year's campaign: plan, deadlines, units, ways to sign, launch gates, and the frozen roster – the only denominator. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"kernel", "ui", "platform", "ledger", "directory", "access", "jobs", "criteria", "office"
        })
package vn.chuanmuc.campaigns;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
