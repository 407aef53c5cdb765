package vn.chuanmuc.ui;

import org.jspecify.annotations.Nullable;

/**
 * A page that can be asked for as of a day. The frame says which day it shows, leads back to today and has the field for another
 * day; the page itself shows what was so at the end of that day and, where {@link Ui#past}, offers no command. The controller gets
 * the day as an argument of type {@link AsOf}.
 */
public interface Dated extends View {
    /** Null where this page cannot be asked for a day although its kind can: an empty form. */
    @Nullable
    AsOf asOf();

    /** Message key of what is shown as it is kept today, because no history of it is kept; null where there is nothing such. */
    default @Nullable String undated() {
        return null;
    }

    @Override
    default int status() {
        AsOf asOf = asOf();
        return asOf == null ? 200 : asOf.status();
    }
}
