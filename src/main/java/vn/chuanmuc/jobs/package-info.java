/** Long work that somebody asked for: persistent, in steps, watched, cancelled, gone on with after a stop. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "platform"})
package vn.chuanmuc.jobs;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
