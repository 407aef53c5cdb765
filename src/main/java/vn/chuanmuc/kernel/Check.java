package vn.chuanmuc.kernel;

/** Checks that a caller keeps its side; a failure is a programming error, never something a user is told. */
public final class Check {

    private Check() {}

    /** @throws IllegalArgumentException with the message when the condition does not hold */
    public static void that(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
