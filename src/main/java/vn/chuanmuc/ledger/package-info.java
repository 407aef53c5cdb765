/**
 * The append-only record of acts: what was done, by whom, when, the hash of the document it was about and of the rows it wrote;
 * and the tree over all of it, whose signed heads nobody can take back.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "platform", "jobs"})
package vn.chuanmuc.ledger;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
