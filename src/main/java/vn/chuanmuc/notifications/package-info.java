/** What people are told: in the product for everybody, by mail for whoever verified an address; deliveries and their failures. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "ui", "platform", "ledger", "directory", "access", "jobs"})
package vn.chuanmuc.notifications;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
