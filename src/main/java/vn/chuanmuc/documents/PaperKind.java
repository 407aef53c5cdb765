package vn.chuanmuc.documents;

import java.util.Optional;
import java.util.stream.Stream;

/** Papers of the product that an office issues under a number. */
public enum PaperKind {
    /** A list of signers, sent up. */
    LIST("danh-sach"),
    /** The notice of an assessment's result. */
    RESULT("ket-qua"),
    /** The minutes of a panel's meeting. */
    MINUTES("bien-ban"),
    /** The answer to a petition. */
    ANSWER("tra-loi"),
    /** The quarterly report of assessment. */
    REPORT("bao-cao");

    private final String code;

    PaperKind(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    public static Optional<PaperKind> find(String code) {
        return Stream.of(values()).filter(kind -> kind.code.equals(code)).findFirst();
    }

    static PaperKind of(String code) {
        return find(code).orElseThrow();
    }
}
