package vn.chuanmuc.ui;

import jakarta.servlet.http.HttpServletRequest;

/** Tells the frame who is looking; the access module knows. */
public interface Visitors {
    Visitor of(HttpServletRequest request);
}
