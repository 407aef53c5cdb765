/**
 * Pages of rule books, of the trial calculation and of the calendar. The template {@code computation} is for other modules too, which
 * show a {@link vn.chuanmuc.rules.Computation} of their own.
 */
@NullMarked
@NamedInterface("pages")
package vn.chuanmuc.rules.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
