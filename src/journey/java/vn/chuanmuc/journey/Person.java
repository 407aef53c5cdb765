package vn.chuanmuc.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.regex.Pattern;

/** Somebody at a window of their own, who goes by what stands on the page. */
final class Person implements AutoCloseable {
    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    final Page page;
    final Hands hands;
    private final Chromium chromium;
    private final String pictures;

    private Person(Chromium chromium, Page page, Hands hands, String pictures) {
        this.chromium = chromium;
        this.page = page;
        this.hands = hands;
        this.pictures = pictures;
    }

    static Person atTheDesk(Chromium chromium) {
        return new Person(chromium, chromium.desktop(), new Mouse(), "-1280");
    }

    static Person onThePhone(Chromium chromium) {
        Page page = chromium.phone();
        return new Person(chromium, page, new Keyboard(page), "-390");
    }

    Person signsIn(String username, String password) {
        page.navigate("/dang-nhap");
        writes("Tên đăng nhập", username);
        writes("Mật khẩu hoặc mã dùng một lần", password);
        presses("Đăng nhập");
        page.waitForURL(url -> !url.contains("/dang-nhap"));
        return this;
    }

    /** With the code from a slip, once; a password of one's own follows at once. */
    Person signsInFirst(Slips.Slip slip, String password) {
        signsIn(slip.username(), slip.code());
        sees("Anh/chị vừa vào bằng mã dùng một lần");
        writes("Mật khẩu mới", password);
        writes("Nhập lại mật khẩu mới", password);
        presses("Đặt mật khẩu");
        sees("Đã đặt mật khẩu mới.");
        return this;
    }

    /** Follows the link with just these words; the first, where the same stands twice. */
    void follows(String words) {
        follows(page.locator("body"), words);
    }

    void follows(Locator within, String words) {
        go(link(within, words));
    }

    /** Presses what leads to another page, or elsewhere on this one, and waits until it is there. */
    void go(Locator target) {
        page.waitForNavigation(() -> hands.press(target));
    }

    private static Locator link(Locator within, String words) {
        return within.getByRole(
                        AriaRole.LINK,
                        new Locator.GetByRoleOptions().setName(words).setExact(true))
                .first();
    }

    /** One of the main places at the top of every page. */
    void goesTo(String place) {
        follows(page.locator(".cm-nav"), place);
        page.locator(".cm-nav [aria-current]").filter(text(place)).first().waitFor();
    }

    private static Locator.FilterOptions text(String words) {
        return new Locator.FilterOptions().setHasText(words);
    }

    void presses(String words) {
        presses(page.locator("main"), words);
    }

    void presses(Locator within, String words) {
        go(within.getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(words).setExact(true))
                .first());
    }

    void opens(Locator within, String summary) {
        hands.press(within.locator("summary")
                .filter(new Locator.FilterOptions().setHasText(summary))
                .first());
    }

    void writes(String label, String text) {
        hands.write(field(page.locator("main"), label), text);
    }

    void writes(Locator within, String label, String text) {
        hands.write(field(within, label), text);
    }

    void chooses(String label, String option) {
        chooses(page.locator("main"), label, option);
    }

    void chooses(Locator within, String label, String option) {
        hands.choose(field(within, label), option);
    }

    void ticks(Locator within, String label) {
        hands.tick(field(within, label));
    }

    void ticks(String label) {
        ticks(page.locator("main"), label);
    }

    void unticks(String label) {
        hands.untick(field(page.locator("main"), label));
    }

    private static Locator field(Locator within, String label) {
        return within.getByLabel(label, new Locator.GetByLabelOptions().setExact(true));
    }

    /** The file dialog belongs to the system, not to the page. */
    void chooses(String label, String fileName, byte[] file) {
        page.locator("main").getByLabel(label).setInputFiles(new FilePayload(fileName, XLSX, file));
    }

    byte[] downloads(String words) {
        Download download = page.waitForDownload(() -> hands.press(link(page.locator("main"), words)));
        try {
            return Files.readAllBytes(download.path());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void sees(String words) {
        sees(page.locator("main"), words);
    }

    void sees(Locator within, String words) {
        assertThat(within).containsText(words);
    }

    void doesNotSee(String words) {
        assertThat(page.locator("main")).not().containsText(words);
    }

    /** The error at a field, or above the form. */
    void isTold(String words) {
        assertThat(page.locator("[role=alert], .invalid-feedback")
                        .filter(text(words))
                        .first())
                .isVisible();
    }

    Locator row(String words) {
        return page.locator("main tbody tr").filter(text(words));
    }

    void isAt(String address) {
        page.waitForURL(Pattern.compile(".*" + address + "([?#].*)?$"));
    }

    void looks(String name) {
        chromium.look(page, name + pictures);
    }

    @Override
    public void close() {
        page.context().close();
    }
}
