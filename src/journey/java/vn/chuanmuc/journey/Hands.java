package vn.chuanmuc.journey;

import com.microsoft.playwright.Locator;

/** How somebody works a page: with a mouse, or by keyboard alone. */
interface Hands {
    void press(Locator target);

    void write(Locator field, String text);

    /** Puts in a long text that was copied elsewhere. */
    void paste(Locator field, String text);

    void choose(Locator select, String option);

    /** Ticks a box or picks one of several choices. */
    void tick(Locator box);

    void untick(Locator box);
}
