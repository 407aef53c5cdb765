package vn.chuanmuc.access;

import vn.chuanmuc.kernel.Reason;

/** Refused for want of authority; the page says which permission is missing and who can give it. */
public final class Forbidden extends RuntimeException {
    private final transient Reason reason;

    public Forbidden(Permission permission) {
        super("needs " + permission);
        reason = Reason.of("access.forbidden." + key(permission));
    }

    public Reason reason() {
        return reason;
    }

    static String key(Permission permission) {
        return permission.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
