package vn.chuanmuc.platform;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The product cannot start for a reason that the operator can mend. Said in one line from the message
 * {@code platform.start.<reason>} with the arguments.
 */
public final class StartFailure extends RuntimeException {
    private final String reason;
    private final transient List<Object> arguments;

    public StartFailure(String reason, @Nullable Throwable cause, Object... arguments) {
        super(reason + " " + Arrays.toString(arguments), cause);
        this.reason = reason;
        this.arguments = List.of(arguments);
    }

    public String reason() {
        return reason;
    }

    public List<Object> arguments() {
        return arguments;
    }
}
