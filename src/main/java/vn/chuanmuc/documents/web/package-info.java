/** The page of the book of numbers. */
@NullMarked
package vn.chuanmuc.documents.web;

import org.jspecify.annotations.NullMarked;
