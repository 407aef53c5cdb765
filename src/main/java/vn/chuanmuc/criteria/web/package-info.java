@NullMarked
package vn.chuanmuc.criteria.web;

import org.jspecify.annotations.NullMarked;
