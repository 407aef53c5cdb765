@NullMarked
package vn.chuanmuc.inspection.web;

import org.jspecify.annotations.NullMarked;
