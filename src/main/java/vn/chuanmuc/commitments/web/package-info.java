@NullMarked
package vn.chuanmuc.commitments.web;

import org.jspecify.annotations.NullMarked;
