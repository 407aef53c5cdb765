/** Watching and stopping one's own long work. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "ui", "jobs", "access"})
package vn.chuanmuc.jobs.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
