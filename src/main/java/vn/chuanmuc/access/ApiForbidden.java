package vn.chuanmuc.access;

/** The token is not good for this. */
public final class ApiForbidden extends RuntimeException {
    ApiForbidden() {
        super("the token may not do this");
    }
}
