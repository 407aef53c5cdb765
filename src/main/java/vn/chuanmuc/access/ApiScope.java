package vn.chuanmuc.access;

/** What a token is good for. */
public enum ApiScope {
    READ,
    /** Reads too. */
    WRITE
}
