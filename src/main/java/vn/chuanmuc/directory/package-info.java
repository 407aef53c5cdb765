/** Tenants, units in time, blocs, positions, people and what they are assigned to. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "ui", "platform", "ledger", "office", "jobs"})
package vn.chuanmuc.directory;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
