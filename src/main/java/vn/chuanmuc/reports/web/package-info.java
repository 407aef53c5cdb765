@NullMarked
package vn.chuanmuc.reports.web;

import org.jspecify.annotations.NullMarked;
