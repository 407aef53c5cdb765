package vn.chuanmuc.ui;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import vn.chuanmuc.kernel.NotFound;

/**
 * A record that stands in the route's address: each component is the part of its name, and nothing else that was sent. A part that
 * does not read is no address ({@link NotFound}).
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface InPath {}
