/** Pages of petitions. */
@NullMarked
package vn.chuanmuc.petitions.web;

import org.jspecify.annotations.NullMarked;
