package vn.chuanmuc.directory;

import java.util.Arrays;
import java.util.Optional;

/** Why somebody is away for a time. Nothing about an illness is kept beyond that there is leave. */
public enum LeaveKind {
    MATERNITY("thai-san"),
    SICKNESS("om"),
    STUDY("di-hoc"),
    SECONDED("biet-phai"),
    UNPAID("khong-luong"),
    OTHER("khac");

    private final String code;

    LeaveKind(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    /** Key of the word for the kind, as in “nghỉ thai sản”. */
    public String key() {
        return "directory.leave." + code;
    }

    /** Key of the words for somebody who is away now, as in “đang nghỉ thai sản”. */
    public String nowKey() {
        return "directory.leave.now." + code;
    }

    public static Optional<LeaveKind> of(String code) {
        return Arrays.stream(values()).filter(kind -> kind.code.equals(code)).findFirst();
    }
}
