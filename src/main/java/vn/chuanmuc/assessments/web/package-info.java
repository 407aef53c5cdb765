/** Pages of assessment: cycles, forms, who acts. */
@NullMarked
package vn.chuanmuc.assessments.web;

import org.jspecify.annotations.NullMarked;
