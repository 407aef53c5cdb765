@NullMarked
package vn.chuanmuc.overview;

import org.jspecify.annotations.NullMarked;
