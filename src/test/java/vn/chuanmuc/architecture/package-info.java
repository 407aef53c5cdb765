/** The walls: modules, schemas, tenant keys, routes, messages. */
@NullMarked
package vn.chuanmuc.architecture;

import org.jspecify.annotations.NullMarked;
