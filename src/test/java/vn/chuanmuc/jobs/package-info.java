@NullMarked
package vn.chuanmuc.jobs;

import org.jspecify.annotations.NullMarked;
