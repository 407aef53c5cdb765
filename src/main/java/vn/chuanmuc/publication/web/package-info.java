@NullMarked
package vn.chuanmuc.publication.web;

import org.jspecify.annotations.NullMarked;
