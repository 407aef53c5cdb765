package vn.chuanmuc.office;

import java.util.List;

/** Carries a refusal up to {@link OfficeFiles}, which turns it into a value. */
final class RefusedFile extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Refusal why;

    RefusedFile(String code, Object... args) {
        super(code, null, false, false);
        this.why = new Refusal(code, List.of(args));
    }

    Refusal why() {
        return why;
    }
}
