/** What the board sees of the whole: signed, expected and overdue of every unit, as table and chart. Reads views only. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "ui", "platform", "access", "directory", "campaigns", "office"})
package vn.chuanmuc.reports;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
