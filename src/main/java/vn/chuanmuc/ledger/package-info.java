/** The append-only record of acts: what was done, by whom, when, and the hash of the document it was about. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel"})
package vn.chuanmuc.ledger;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
