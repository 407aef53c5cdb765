@NullMarked
package vn.chuanmuc.sheets.web;

import org.jspecify.annotations.NullMarked;
