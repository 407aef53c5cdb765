@NullMarked
package vn.chuanmuc.assessments;

import org.jspecify.annotations.NullMarked;
