package vn.chuanmuc.notifications;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;

/**
 * A mail address as people type it. Narrower than the standard allows (RFC 5321, 5322): no quoted names, no comments, no address in
 * brackets, and before the @ only letters that every server takes; a domain may be Vietnamese and is kept as machines write it.
 */
final class MailAddress {
    private static final int LONGEST = 254;
    private static final int LONGEST_NAME = 64;
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");
    private static final Pattern DOMAIN =
            Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})");

    private MailAddress() {}

    sealed interface Reading {
        /** The address with its domain in small letters and without marks. */
        record Read(String address) implements Reading {}

        record Refused(Reason why) implements Reading {}
    }

    static Reading read(String typed) {
        // Blanks at the ends come from copying. Anything else that is not seen is refused and not mended: a line break
        // in the midst
        // is somebody's header, not a slip.
        String text = Texts.nfc(typed).strip();
        if (text.isEmpty()) {
            return refused("notifications.address.missing");
        }
        if (text.length() > LONGEST) {
            return refused("notifications.address.long", LONGEST);
        }
        int at = text.lastIndexOf('@');
        if (at < 1 || at == text.length() - 1 || text.indexOf('@') != at) {
            return refused("notifications.address.shape");
        }
        String name = text.substring(0, at);
        if (name.codePoints().anyMatch(c -> c > 127)) {
            return refused("notifications.address.marks");
        }
        if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
            return refused("notifications.address.name");
        }
        String domain;
        try {
            domain = IDN.toASCII(text.substring(at + 1), IDN.USE_STD3_ASCII_RULES)
                    .toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return refused("notifications.address.domain");
        }
        if (!DOMAIN.matcher(domain).matches()) {
            return refused("notifications.address.domain");
        }
        String address = name + "@" + domain;
        return address.length() > LONGEST ? refused("notifications.address.long", LONGEST) : new Reading.Read(address);
    }

    private static Reading refused(String key, Object... arguments) {
        return new Reading.Refused(Reason.of(key, arguments));
    }

    /** For eyes other than its owner's in a list: enough to see a slip. The domain is shown as people write it. */
    static String shown(String address) {
        int at = address.indexOf('@');
        return address.substring(0, at + 1) + IDN.toUnicode(address.substring(at + 1));
    }
}
