/** Bytes that are evidence, by their hash; later also issued papers and numbering. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "ui", "platform", "ledger", "directory", "access", "office"})
package vn.chuanmuc.documents;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
