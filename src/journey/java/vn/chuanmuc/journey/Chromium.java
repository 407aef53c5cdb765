package vn.chuanmuc.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real Chromium; every page it shows is watched for errors in its console and for requests to other hosts. */
final class Chromium implements AutoCloseable {
    private static final Path PICTURES = Path.of("target", "screenshots");

    /** What sticks out of the page to the right, when the page can be scrolled that way. */
    private static final String TOO_WIDE = "() => { const width = document.documentElement.clientWidth;"
            + " return document.documentElement.scrollWidth <= width ? [] : ['the page'].concat("
            + "[...document.querySelectorAll('main *, header *')]"
            + ".filter(e => e.getBoundingClientRect().right > width).map(e => e.outerHTML.slice(0, 120)).slice(-4)); }";

    private final Playwright playwright;
    private final Browser browser;
    private final String address;
    private final List<String> complaints = new ArrayList<>();

    Chromium(int port) {
        this.address = "http://localhost:" + port;
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of("/usr/bin/chromium"))
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
    }

    /** A window of its own, with its own cookies. */
    Page window(int width, int height, boolean script) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setJavaScriptEnabled(script)
                .setBaseURL(address)
                .setLocale("vi-VN")
                .setAcceptDownloads(true));
        context.setDefaultTimeout(20_000);
        context.onRequest(request -> {
            if (!request.url().startsWith(address) && !request.url().startsWith("data:")) {
                complaints.add("asks another host: " + request.url());
            }
        });
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().contains("status of 4")) {
                complaints.add(page.url() + " console: " + message.text());
            }
        });
        page.onPageError(error -> complaints.add(page.url() + " error: " + error));
        return page;
    }

    Page desktop() {
        return window(1280, 900, true);
    }

    Page phone() {
        return window(390, 844, true);
    }

    void signIn(Page page, String username, String password) {
        page.navigate("/dang-nhap");
        page.locator("#f-ten").fill(username);
        page.locator("#f-mat-khau").fill(password);
        page.locator("form[action='/dang-nhap'] button[type=submit]").first().click();
        page.waitForURL(url -> !url.contains("/dang-nhap"));
    }

    /** Looks at the page: no violation that axe finds, nothing wider than the window, a picture kept. */
    void look(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(PICTURES.resolve(name + ".png"))
                .setFullPage(true));
        // Without frames axe needs no page of its own, which would cost a second each time.
        var found = new AxeBuilder(page).setLegacyMode(true).analyze().getViolations();
        assertThat(found.stream()
                        .map(rule -> rule.getId() + ": "
                                + rule.getNodes().stream()
                                        .limit(4)
                                        .map(node -> node.getHtml())
                                        .toList()))
                .as("axe on %s (%s)", name, page.url())
                .isEmpty();
        glance(page, name);
    }

    /** What costs nothing to look at: one heading, a title, nothing wider than the window, no complaint of the browser. */
    void glance(Page page, String name) {
        assertThat((List<?>) page.evaluate(TOO_WIDE))
                .as("%s scrolls sideways (%s)", name, page.url())
                .isEmpty();
        assertThat(page.locator("h1").count()).as("%s has one h1", name).isEqualTo(1);
        assertThat(page.title()).as("%s has a title", name).matches("\\S.+ – Chuẩn Mực");
        assertThat(complaints).isEmpty();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
