/** Assessment forms on paper, printed and scanned by the tests. */
@NullMarked
package vn.chuanmuc.sheets;

import org.jspecify.annotations.NullMarked;
