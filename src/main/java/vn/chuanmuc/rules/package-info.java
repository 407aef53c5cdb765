/**
 * Rules of assessment as dated data: rule books entered by one person and confirmed by a second, the engine that computes by them,
 * and the calendar of working days (ADR 0017).
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"kernel", "ui", "platform", "ledger", "directory", "access", "office", "criteria"})
package vn.chuanmuc.rules;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
