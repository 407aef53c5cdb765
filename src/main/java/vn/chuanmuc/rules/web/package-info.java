/** Pages of rule books, of the trial calculation and of the calendar. */
@NullMarked
package vn.chuanmuc.rules.web;

import org.jspecify.annotations.NullMarked;
