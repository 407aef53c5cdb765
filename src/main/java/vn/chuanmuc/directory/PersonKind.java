package vn.chuanmuc.directory;

import java.util.Arrays;
import java.util.Optional;

/** The four kinds of people that Decision 264-QĐ/QU (2021) speaks of. */
public enum PersonKind {
    /** Cán bộ. */
    OFFICIAL("can-bo"),
    /** Công chức. */
    CIVIL_SERVANT("cong-chuc"),
    /** Viên chức. */
    PUBLIC_EMPLOYEE("vien-chuc"),
    /** Người lao động. */
    WORKER("nguoi-lao-dong");

    private final String code;

    PersonKind(String code) {
        this.code = code;
    }

    /** As it is stored and stands in addresses. */
    public String code() {
        return code;
    }

    /** Key of the word for it. */
    public String key() {
        return "directory.kind." + code;
    }

    /** The kind with this code; empty when there is none. */
    public static Optional<PersonKind> of(String code) {
        return Arrays.stream(values()).filter(kind -> kind.code.equals(code)).findFirst();
    }
}
