package vn.chuanmuc.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.List;
import java.util.Objects;
import vn.chuanmuc.testing.RealDecision;

/** Importing the real decision and settling everything the reader was unsure of, one place after the other. */
final class Proofreading {
    private static final String TO_NEXT = "Tới chỗ cần soát";

    private Proofreading() {}

    /** Pastes the text and how the ward's report cites it. */
    static void importReal(Person importer) {
        importer.goesTo("Văn bản");
        importer.follows("Nhập văn bản");
        importer.hands.paste(importer.page.getByLabel("Nội dung quyết định"), RealDecision.text());
        importer.hands.paste(
                importer.page.getByLabel("Nguồn khác ghi số, ngày của quyết định"), RealDecision.OTHER_READING);
        importer.presses("Đọc văn bản");
        importer.sees("Đã đọc xong văn bản");
    }

    static void settleAll(Person reader) {
        Locator open = reader.page.locator(".cm-place.open");
        assertThat(open.count()).as("doubts about the real text").isPositive();
        reader.follows(TO_NEXT);
        for (int left = open.count(); left > 0; left = open.count()) {
            settle(reader, next(reader));
            reader.sees("Đã ghi.");
            assertThat(open.count()).as("places left to settle").isLessThan(left);
        }
    }

    private static Locator next(Person reader) {
        String anchor =
                Objects.requireNonNull(reader.page.getByText(TO_NEXT).first().getAttribute("href"));
        return reader.page.locator("[id='" + anchor.substring(1) + "']");
    }

    private static void settle(Person reader, Locator place) {
        String where = place.locator("input[name=cho]").inputValue();
        String answer = RealDecision.SETTLED.get(where);
        List<String> offered = place.locator("fieldset .form-check-label").allInnerTexts();
        if (answer != null && offered.contains(answer)) {
            reader.ticks(place, answer);
        } else if (!offered.isEmpty()) {
            reader.ticks(place, "Cách khác, nhập ở dưới");
            reader.writes(place, "Cách khác", Objects.requireNonNull(answer, where));
        } else if (answer != null) {
            reader.hands.write(place.locator("[name=gia-tri]"), answer);
        }
        reader.go(place.locator("form button"));
    }
}
