/** Values every module speaks in: names, dates, numbers, identifiers, periods. Pure: no Spring, no database, no clock. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package vn.chuanmuc.kernel;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
