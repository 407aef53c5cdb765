/** Bytes that are evidence, by their hash; the papers that were issued with their codes, and the numbers papers bear. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "ui", "platform", "ledger", "directory", "access", "office"})
package vn.chuanmuc.documents;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
