/** How pages look and speak: the frame, components, messages in two languages, dates and numbers as people here write them. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "platform"})
package vn.chuanmuc.ui;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
