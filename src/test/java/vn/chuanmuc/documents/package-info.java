@NullMarked
package vn.chuanmuc.documents;

import org.jspecify.annotations.NullMarked;
