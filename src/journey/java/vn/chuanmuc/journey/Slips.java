package vn.chuanmuc.journey;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/** The slips with one-time codes, as the clerk cuts them from the sheet. */
record Slips(Page page) {
    record Slip(String username, String code) {}

    /** The slip of the one whose full name is given. */
    Slip of(String fullName) {
        Locator codes = page.locator(".cm-slip")
                .filter(new Locator.FilterOptions().setHasText(fullName))
                .locator("code");
        return new Slip(codes.first().innerText(), codes.last().innerText());
    }

    /** The slip for an account that an administrator opened. */
    static Slip issued(Page page) {
        Locator codes = page.locator("main [role=status] code");
        return new Slip(codes.first().innerText(), codes.last().innerText());
    }
}
