/** Pages of piles of scans. */
@NullMarked
package vn.chuanmuc.scans.web;

import org.jspecify.annotations.NullMarked;
