@NullMarked
package vn.chuanmuc.signing.web;

import org.jspecify.annotations.NullMarked;
