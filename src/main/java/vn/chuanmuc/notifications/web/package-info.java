/** One's notices and mail; deliveries and addresses, for whoever looks after them. */
@NullMarked
package vn.chuanmuc.notifications.web;

import org.jspecify.annotations.NullMarked;
