/** What other systems call to bring figures in: JSON, under the same rules as the workbooks that offices upload. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "directory", "access", "figures"})
package vn.chuanmuc.figures.api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
