/** What anybody may see without an account: whether a paper is what it says it is. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "ui", "access", "documents", "office", "commitments"})
package vn.chuanmuc.publication;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
