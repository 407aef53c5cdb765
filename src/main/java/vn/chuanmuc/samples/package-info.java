/** Sample people and units to show and to measure the product with; every one of them is marked as a sample. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "directory"})
package vn.chuanmuc.samples;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
