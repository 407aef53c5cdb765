package vn.chuanmuc.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.documents.NumberBook.Entered;
import vn.chuanmuc.documents.NumberBook.Reservation;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.ledger.Fault;
import vn.chuanmuc.office.Layout.Line;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;

/** Numbers an office gave on paper before it used the product, or beside it: two people say so, and the run goes on behind them. */
@ProductTest
class NumbersOnPaperTest {
    @Autowired
    TestBodies bodies;

    @Autowired
    Numbering numbering;

    @Autowired
    NumberBook book;

    @Autowired
    NumberRecomputation recomputation;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private Body body;
    private Viewer clerk;
    private Viewer head;

    @BeforeEach
    void aWard() {
        body = bodies.create();
        clerk = body.viewer(Role.CLERK, body.wardOne);
        head = body.viewer(Role.HEAD, body.wardOne);
    }

    private int take() {
        return Objects.requireNonNull(transaction.execute(status -> ((Numbering.Taking.Taken)
                        numbering.take(new Numbering.Request(
                                body.tenant,
                                body.wardOne,
                                Line.STATE,
                                PaperKind.MINUTES,
                                LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh")),
                                Ids.next(),
                                "Biên bản họp",
                                "",
                                clerk.accountId())))
                .bearing()
                .number()));
    }

    private Entered report(String upTo) {
        return book.reserve(clerk, body.wardOne, "state", "bien-ban", upTo, "Sổ giấy của văn phòng");
    }

    private UUID reported() {
        return book.reservations(clerk, body.wardOne).getFirst().id();
    }

    private List<Fault> faults() {
        var faults = new ArrayList<Fault>();
        recomputation.check(body.tenant, faults::add);
        return faults;
    }

    @Test
    void theRunGoesOnBehindNumbersThatAnotherPersonConfirmed() {
        assertThat(report("46")).isEqualTo(new Entered.Done());
        assertThat(report("46")).as("a second click").isEqualTo(new Entered.Done());
        assertThat(book.reservations(clerk, body.wardOne)).hasSize(1);
        assertThat(take()).as("not confirmed yet").isEqualTo(1);
        assertThat(book.answer(head, reported(), true, "")).isEqualTo(new Entered.Done());
        assertThat(book.answer(head, reported(), true, "")).as("a second click").isEqualTo(new Entered.Done());
        assertThat(take()).isEqualTo(47);
        NumberBook.Run run = book.runs(clerk, body.wardOne).getFirst();
        assertThat(run.onPaper()).isEqualTo(45);
        assertThat(book.book(head, run.id(), null, 0, 50).lines())
                .extracting(NumberBook.BookLine::first, NumberBook.BookLine::last, NumberBook.BookLine::onPaper)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple(47, 47, false),
                        org.assertj.core.api.Assertions.tuple(2, 46, true),
                        org.assertj.core.api.Assertions.tuple(1, 1, false));
        assertThat(faults()).isEmpty();
        jdbc.sql("update documents.number_series set last = 50 where tenant_id = ?")
                .param(body.tenant)
                .update();
        assertThat(faults()).extracting(Fault::fault).containsExactly(Fault.DISAGREES);
    }

    @Test
    void nobodyConfirmsTheirOwnAndNoNumberIsGivenTwice() {
        Viewer office = body.viewer(Role.BOARD, body.root);
        assertThat(book.reserve(office, body.wardOne, "state", "bien-ban", "2", "Sổ giấy"))
                .isEqualTo(new Entered.Done());
        assertThat(book.answer(office, reported(), true, ""))
                .isInstanceOfSatisfying(
                        Entered.Refused.class,
                        refused -> assertThat(
                                        Objects.requireNonNull(refused.byField().get(""))
                                                .key())
                                .isEqualTo("documents.reserve.own"));
        assertThat(take()).isEqualTo(1);
        assertThat(take()).isEqualTo(2);
        assertThat(book.answer(head, reported(), true, ""))
                .isInstanceOfSatisfying(
                        Entered.Refused.class,
                        refused -> assertThat(
                                        Objects.requireNonNull(refused.byField().get(""))
                                                .key())
                                .isEqualTo("documents.reserve.overtaken"));
        assertThat(book.answer(head, reported(), false, " ")).isInstanceOf(Entered.Refused.class);
        assertThat(book.answer(head, reported(), false, "Đã cấp trong phần mềm"))
                .isEqualTo(new Entered.Done());
        assertThat(report("2")).isInstanceOf(Entered.Refused.class);
        assertThat(take()).isEqualTo(3);
        assertThat(faults()).isEmpty();
    }

    @Test
    void numbersTakenWhileSomebodyConfirmsAreNeitherDoubledNorLost() throws Exception {
        assertThat(report("100")).isEqualTo(new Entered.Done());
        UUID id = reported();
        var works = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 40; i++) {
            works.add(this::take);
            if (i == 17) {
                works.add(() -> book.answer(head, id, true, "") instanceof Entered.Done ? 0 : -1);
            }
        }
        var given = new ArrayList<Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var future : threads.invokeAll(works)) {
                given.add(future.get());
            }
        }
        assertThat(given).doesNotContain(-1).doesNotHaveDuplicates();
        int before = (int)
                given.stream().filter(number -> number > 0 && number <= 100).count();
        assertThat(given.stream().filter(number -> number > 0).sorted())
                .containsExactlyElementsOf(Stream.concat(
                                IntStream.rangeClosed(1, before).boxed(),
                                IntStream.rangeClosed(101, 140 - before).boxed())
                        .toList());
        assertThat(faults()).isEmpty();
    }

    @Test
    void theClerkReportsWithAMistakeAndTheHeadConfirmsInTheBrowser() {
        Browser office = body.browser(clerk);
        String unit = body.wardOne.toString();
        String page = "/danh-so?don-vi=" + unit;
        Browser.Answer wrong = office.post(
                page,
                "/danh-so/tren-giay",
                "don-vi",
                unit,
                "gs-tuyen",
                "state",
                "gs-loai",
                "bien-ban",
                "gs-den-so",
                "bốn mươi sáu",
                "gs-ly-do",
                "Sổ giấy của văn phòng");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.page().select("#e-gs-den-so").text()).contains("số nguyên");
        assertThat(wrong.page().select("#f-gs-ly-do").val()).isEqualTo("Sổ giấy của văn phòng");
        assertThat(wrong.page().select("#f-gs-loai option[selected]").val()).isEqualTo("bien-ban");
        Browser.Answer reported = office.post(
                page,
                "/danh-so/tren-giay",
                "don-vi",
                unit,
                "gs-tuyen",
                "state",
                "gs-loai",
                "bien-ban",
                "gs-den-so",
                "46",
                "gs-ly-do",
                "Sổ giấy của văn phòng");
        assertThat(reported.path()).endsWith("xong=numbers-reported");
        assertThat(reported.page().select("#so-tren-giay").text()).contains("đến số 46", "Chờ người thứ hai");
        assertThat(reported.page().select("form[action^=/danh-so/tren-giay/]")).isEmpty();
        Browser chief = body.browser(head);
        assertThat(chief.get("/viec").page().select(".cm-todo").text()).contains("Số đã cấp trên giấy chờ xác nhận: 1");
        Reservation one = book.reservations(head, body.wardOne).getFirst();
        Browser.Answer bare = chief.post(page, "/danh-so/tren-giay/" + one.id(), "don-vi", unit, "tra-loi", "khong");
        assertThat(bare.status()).isEqualTo(422);
        assertThat(bare.page().select("[role=alert]").text()).contains("phải ghi lý do");
        assertThat(chief.post(page, "/danh-so/tren-giay/" + one.id(), "don-vi", unit, "tra-loi", "co")
                        .path())
                .endsWith("xong=numbers-confirmed");
        assertThat(chief.get(page).page().select("#so-tren-giay").text()).contains("1–46", "Đã xác nhận");
        assertThat(take()).isEqualTo(47);
        assertThat(body.browser(body.viewer(Role.HEAD, body.wardTwo))
                        .post("/viec", "/danh-so/tren-giay/" + one.id(), "tra-loi", "co")
                        .status())
                .isEqualTo(404);
    }
}
