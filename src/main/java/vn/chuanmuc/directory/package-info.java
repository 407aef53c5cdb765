/** Who works where: units, people, positions, blocs, and how an office's own list of people is read. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "office"})
package vn.chuanmuc.directory;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
