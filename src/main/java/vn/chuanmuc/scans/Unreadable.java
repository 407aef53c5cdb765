package vn.chuanmuc.scans;

/** A file or page that cannot be read, or that we will not read. @see UploadGuard */
final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;

    /** The end of a message key: {@code scans.unreadable.<code>}. */
    private final String code;

    Unreadable(String code) {
        super(code, null, false, false);
        this.code = code;
    }

    String code() {
        return code;
    }
}
