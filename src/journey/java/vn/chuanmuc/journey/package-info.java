/** What people do, from end to end, in a real Chromium. */
@NullMarked
package vn.chuanmuc.journey;

import org.jspecify.annotations.NullMarked;
