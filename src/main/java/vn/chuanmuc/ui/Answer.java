package vn.chuanmuc.ui;

import java.util.function.Function;

/** What is answered to a form: on to the next page, which says what was done; or the same page again, which says what is wrong. */
public final class Answer {
    private Answer() {}

    /**
     * On to an address, which tells what was done.
     *
     * @param address without a fragment
     * @param code the message is {@code done.<code>}; {@link Ui#doneKey} shows no other
     */
    public static String done(String address, String code) {
        return "redirect:" + address + (address.indexOf('?') < 0 ? '?' : '&') + "xong=" + code;
    }

    /** On when nothing is wrong; otherwise the page again, with everything that was entered. */
    public static Object of(FormErrors errors, String address, String code, Function<FormErrors, View> again) {
        return errors.none() ? done(address, code) : again.apply(errors);
    }
}
