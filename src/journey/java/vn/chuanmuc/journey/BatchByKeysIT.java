package vn.chuanmuc.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.LevelDecisions.State;
import vn.chuanmuc.assessments.LongDesk;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;

/** Issue 5, Decision: a batch of 200 people by keyboard. Nothing is clicked, and one mistake is made on the way. */
@ProductTest
class BatchByKeysIT {
    private static final int PEOPLE = 200;
    /** Milliseconds for a page of so many lines on a busy machine. */
    private static final int PATIENCE = 120_000;

    /** Whose level is another than the suggested one, first without a reason. */
    private static final int ODD = 6;

    @LocalServerPort
    int port;

    @Autowired
    TestBodies bodies;

    @Autowired
    ApplicationContext context;

    @SuppressWarnings("NullAway.Init")
    private Chromium chromium;

    @SuppressWarnings("NullAway.Init")
    private LongDesk desk;

    @BeforeEach
    void open() {
        chromium = new Chromium(port);
    }

    @AfterEach
    void close() {
        chromium.close();
    }

    private Person signedIn(Viewer viewer) {
        return Person.atTheDesk(chromium).signsIn(viewer.username(), TestBodies.PASSWORD);
    }

    @Test
    void twoHundredAreDecidedAboutAndApprovedByKeysAlone() {
        desk = new LongDesk(context, bodies.create(), PEOPLE);
        decides();
        approves();
    }

    /** The same pages at both widths: a mistake, a case looked at singly, and what waits for approval. */
    @Test
    void theListAndACaseAreReadAtTheDeskAndOnThePhone() {
        desk = new LongDesk(context, bodies.create(), 3);
        for (boolean phone : new boolean[] {false, true}) {
            Person head = phone ? onThePhone(desk.head()) : signedIn(desk.head());
            head.page.navigate(desk.deciding());
            head.presses("Ghi quyết định");
            head.isTold("Chưa chọn mức cho ai.");
            head.looks("danh-sach-quyet-dinh");
            head.page.navigate(desk.single(phone ? 1 : 0));
            head.hands.tick(head.page.locator("input[name='viec-ky_luat'][value=co]"));
            head.presses("Tính lại gợi ý");
            head.sees("Gợi ý: Đạt.");
            head.looks("quyet-dinh-rieng");
            head.hands.tick(head.page.locator("input[name=muc][value=dat]"));
            head.presses("Ghi quyết định");
            head.sees("Đã ghi quyết định.");
            head.close();
        }
        for (boolean phone : new boolean[] {false, true}) {
            Person above = phone ? onThePhone(desk.above()) : signedIn(desk.above());
            above.page.navigate(desk.approving());
            above.presses("Ghi phê duyệt");
            above.isTold("Chưa chọn dòng nào");
            above.looks("danh-sach-phe-duyet");
            above.close();
        }
    }

    private Person onThePhone(Viewer viewer) {
        return Person.onThePhone(chromium).signsIn(viewer.username(), TestBodies.PASSWORD);
    }

    private void decides() {
        Person head = signedIn(desk.head());
        Page page = head.page;
        page.setDefaultTimeout(PATIENCE);
        page.navigate(desk.deciding());
        var keys = new Keyboard(page);
        keys.reach(page.locator("#f-xet input[value=khong]"));
        page.keyboard().press("Space");
        keys.reach(page.locator("tr[data-decide] input[type=radio]").first());
        for (int line = 0; line < PEOPLE; line++) {
            page.keyboard().press(line == ODD ? "2" : "1");
        }
        assertThat(page.locator("tr[data-decide] input[type=radio]:checked").count())
                .isEqualTo(PEOPLE);
        send(page);
        head.isTold("mức khác gợi ý (Xuất sắc) nên phải ghi lý do");
        assertThat(desk.in(State.DECIDED)).isZero();
        assertThat(page.locator("tr[data-decide] input[type=radio]:checked").count())
                .as("nothing that was chosen is lost")
                .isEqualTo(PEOPLE);
        assertThat(page.locator("#f-xet input[value=khong]").isChecked()).isTrue();

        keys.reach(page.locator(".alert-danger a").first());
        page.keyboard().press("Enter");
        keys.reach(page.locator("input[name='" + desk.field("muc-", ODD) + "']:checked"));
        page.keyboard().press("l");
        page.keyboard().type("Hai việc xong chậm");
        assertThat(page.locator("input[name='" + desk.field("ly-do-", ODD) + "']")
                        .inputValue())
                .isEqualTo("Hai việc xong chậm");
        send(page);
        head.sees("Đã ghi quyết định.");
        assertThat(desk.in(State.DECIDED)).isEqualTo(PEOPLE);
        head.close();
    }

    private void approves() {
        Person above = signedIn(desk.above());
        Page page = above.page;
        page.setDefaultTimeout(PATIENCE);
        page.navigate(desk.approving());
        var keys = new Keyboard(page);
        keys.reach(page.locator("tr[data-decide] input[type=radio]:checked").first());
        for (int line = 0; line < PEOPLE; line++) {
            page.keyboard().press("1");
        }
        send(page);
        above.sees("Đã ghi ý kiến phê duyệt.");
        assertThat(desk.in(State.APPROVED)).isEqualTo(PEOPLE);
        above.close();
    }

    private static void send(Page page) {
        page.waitForNavigation(() -> page.keyboard().press("Control+Enter"));
    }
}
