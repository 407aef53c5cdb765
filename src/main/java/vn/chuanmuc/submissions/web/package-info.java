@NullMarked
package vn.chuanmuc.submissions.web;

import org.jspecify.annotations.NullMarked;
