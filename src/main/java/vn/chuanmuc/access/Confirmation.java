package vn.chuanmuc.access;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.Reason;

/** Whether somebody proved again that it is them: by the password entered once more, or by a passkey. */
public sealed interface Confirmation {
    /** How they proved it. */
    enum Way {
        PASSWORD("mat-khau"),
        PASSKEY("khoa-truy-cap");

        private final String code;

        Way(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }

    /** @param passkey which one; null for the password */
    record Confirmed(Way by, @Nullable UUID passkey) implements Confirmation {
        public static final Confirmed BY_PASSWORD = new Confirmed(Way.PASSWORD, null);
    }

    record Refused(Reason why) implements Confirmation {}
}
