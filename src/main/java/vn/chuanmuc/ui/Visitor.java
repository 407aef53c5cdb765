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
 * @param unread how much they were told and have not read
 */
public record Visitor(
        @Nullable String name, @Nullable String post, List<NavItem> navigation, boolean sample, int unread) {
    public Visitor(@Nullable String name, @Nullable String post, List<NavItem> navigation, boolean sample) {
        this(name, post, navigation, sample, 0);
    }

    /**
     * A place in the navigation.
     *
     * @param key of the message that is its label
     * @param below the pages of its section, shown while one of them is; empty where it is one page
     */
    public record NavItem(String key, String href, List<NavItem> below) {
        public NavItem(String key, String href) {
            this(key, href, List.of());
        }
    }

    public boolean signedIn() {
        return name != null;
    }
}
