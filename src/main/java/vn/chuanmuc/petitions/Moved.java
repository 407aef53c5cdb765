package vn.chuanmuc.petitions;

import java.util.UUID;
import vn.chuanmuc.kernel.Reason;

/** What came of a command about a petition. */
public sealed interface Moved {
    /** @param already the same was done before by the same hand: a second click */
    record Done(UUID petition, boolean already) implements Moved {}

    /** @param field of the form; empty for the whole */
    record Refused(String field, Reason why) implements Moved {}

    static Moved refused(String field, String key, Object... arguments) {
        return new Refused(field, Reason.of(key, arguments));
    }
}
