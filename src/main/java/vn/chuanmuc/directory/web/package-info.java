/** Pages about units and people. A module of its own inside the directory's, for pages know who is looking and the directory does not. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "ui", "platform", "directory", "access", "office", "jobs"})
package vn.chuanmuc.directory.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
