/** The ground the product stands on: its own PostgreSQL, start-up and its failures, the clock. Knows no capability. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package vn.chuanmuc.platform;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
