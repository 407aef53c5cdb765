/** Owns criteria sets: what a decision promulgates as sets, groups, criteria and items, as printed and as read. */
@NullMarked
package vn.chuanmuc.criteria;

import org.jspecify.annotations.NullMarked;
