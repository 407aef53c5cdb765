/** Piles of scans, made from the product's own papers. */
@NullMarked
package vn.chuanmuc.scans;

import org.jspecify.annotations.NullMarked;
