package vn.chuanmuc.verify;

/** What was given is no bundle and no receipt, or is damaged so that it cannot be read on: told by a key and its arguments. */
final class Unusable extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Object[] arguments;

    Unusable(String key, Object... arguments) {
        super(key);
        this.arguments = arguments;
    }

    String key() {
        return String.valueOf(getMessage());
    }

    Object[] arguments() {
        return arguments.clone();
    }
}
