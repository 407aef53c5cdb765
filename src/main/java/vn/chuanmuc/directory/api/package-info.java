/** What other systems call: units and people as JSON, under the same rules as lists that people upload. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "directory", "access", "jobs"})
package vn.chuanmuc.directory.api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
