/** Lists of figures, brought in by the tests. */
@NullMarked
package vn.chuanmuc.figures;

import org.jspecify.annotations.NullMarked;
