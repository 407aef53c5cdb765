package vn.chuanmuc.kernel;

/** What was asked for does not exist, or not for this viewer: both answer the same, so that nothing can be guessed. */
public final class NotFound extends RuntimeException {
    public NotFound(String what) {
        super(what);
    }
}
