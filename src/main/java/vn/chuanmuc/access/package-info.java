/** Who may do what, where and when: accounts, roles held per unit and period, signing in, sessions. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "ui", "platform", "ledger", "directory"})
package vn.chuanmuc.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
