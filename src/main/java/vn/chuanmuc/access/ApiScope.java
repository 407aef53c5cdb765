package vn.chuanmuc.access;

/** What a token is good for. */
public enum ApiScope {
    READ,
    /** Sends people; reads too. */
    WRITE,
    /** Brings figures in; reads too. */
    FIGURES
}
