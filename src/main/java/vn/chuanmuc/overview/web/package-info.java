@NullMarked
package vn.chuanmuc.overview.web;

import org.jspecify.annotations.NullMarked;
