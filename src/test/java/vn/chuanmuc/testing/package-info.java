/** What tests stand on: a real PostgreSQL, bodies made up for a test, a browser that speaks HTTP. */
@NullMarked
package vn.chuanmuc.testing;

import org.jspecify.annotations.NullMarked;
