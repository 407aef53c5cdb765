package vn.chuanmuc.directory;

import java.util.Arrays;
import java.util.Optional;

/** In what way somebody holds an assignment. */
public enum AssignmentMode {
    REGULAR("regular"),
    /** Biệt phái: sent here for a time; the main assignment stays at home. */
    SECONDMENT("secondment"),
    /** Phụ trách, quyền. */
    ACTING("acting");

    private final String code;

    AssignmentMode(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    /** Key of the word for it. */
    public String key() {
        return "directory.mode." + code;
    }

    public static Optional<AssignmentMode> of(String code) {
        return Arrays.stream(values()).filter(mode -> mode.code.equals(code)).findFirst();
    }
}
