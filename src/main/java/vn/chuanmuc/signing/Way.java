package vn.chuanmuc.signing;

/** How a signed file came to us. */
public enum Way {
    /** The value was made by a remote service. */
    REMOTE("tu-xa"),
    /** A program on the signer's computer fetched the paper and handed the signed file in. */
    TOOL("cong-cu"),
    /** Signed elsewhere and brought in by hand. */
    UPLOAD("tai-len"),
    /** Sealed with the agency's own key on this server. */
    SEAL("con-dau");

    private final String code;

    Way(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    static Way of(String code) {
        for (Way way : values()) {
            if (way.code.equals(code)) {
                return way;
            }
        }
        throw new IllegalArgumentException(code);
    }
}
