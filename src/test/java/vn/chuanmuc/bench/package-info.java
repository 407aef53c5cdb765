/** What things cost, in CPU over all processes, beside the floor measured in the same run. Started by ./bench. */
@NullMarked
package vn.chuanmuc.bench;

import org.jspecify.annotations.NullMarked;
