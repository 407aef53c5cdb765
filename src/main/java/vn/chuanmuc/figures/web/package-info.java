@NullMarked
package vn.chuanmuc.figures.web;

import org.jspecify.annotations.NullMarked;
