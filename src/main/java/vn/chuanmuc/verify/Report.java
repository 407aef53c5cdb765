package vn.chuanmuc.verify;

import java.io.PrintStream;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/** Says what was found, in the reader's language; every bad record by kind and key. */
final class Report {
    static final int GOOD = 0;
    static final int BAD = 1;
    static final int UNUSABLE = 2;

    private static final int MOST = 1_000;

    private final PrintStream out;
    private final Locale locale;
    private final ResourceBundle words;
    private long bad;

    Report(PrintStream out, Locale locale) {
        this.out = out;
        this.locale = locale;
        this.words = ResourceBundle.getBundle(
                "vn.chuanmuc.verify.words",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    void say(String key, Object... arguments) {
        out.println(text(key, arguments));
    }

    /** A record that does not hold. The first thousand are named. */
    void bad(String kind, String key, String fault) {
        bad++;
        if (bad <= MOST) {
            out.println(text("bad", kind, key, text("fault." + fault)));
        } else if (bad == MOST + 1) {
            out.println(text("bad.more"));
        }
    }

    long bad() {
        return bad;
    }

    private String text(String key, Object... arguments) {
        String pattern;
        try {
            pattern = words.getString(key);
        } catch (MissingResourceException e) {
            pattern = key + " {0} {1} {2}";
        }
        return new MessageFormat(pattern, locale).format(arguments);
    }
}
