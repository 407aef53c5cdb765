@NullMarked
package vn.chuanmuc.campaigns.web;

import org.jspecify.annotations.NullMarked;
