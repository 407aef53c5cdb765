/** Pages of meetings, and the ballot that needs no account. */
@NullMarked
package vn.chuanmuc.panels.web;

import org.jspecify.annotations.NullMarked;
