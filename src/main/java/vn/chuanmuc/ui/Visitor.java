package vn.chuanmuc.ui;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who looks at a page, as far as the frame shows it.
 *
 * @param name the person's or account's name; null before signing in
 * @param post what they do and where, as they read it; null when nothing special
 * @param navigation the places they may go to, in order
 * @param sample whether this installation shows sample people
 */
public record Visitor(@Nullable String name, @Nullable String post, List<NavItem> navigation, boolean sample) {
    /** A place in the navigation: message key of its label, and its address. */
    public record NavItem(String key, String href) {}

    public boolean signedIn() {
        return name != null;
    }
}
