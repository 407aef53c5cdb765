package vn.chuanmuc.scans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.documents.PaperState;
import vn.chuanmuc.documents.Papers;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.scans.Scans.Confirming;
import vn.chuanmuc.scans.Scans.Done;
import vn.chuanmuc.scans.Sheaf.Group;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TurnedClock;

/** A clerk's whole work on a pile, with the mistakes made on the way. */
@ProductTest
class ScanPagesTest {
    @Autowired
    ScanGround ground;

    @Autowired
    Scans scans;

    @Autowired
    Papers papers;

    @Autowired
    RetentionChore retention;

    @Autowired
    TurnedClock clock;

    @Autowired
    JdbcClient jdbc;

    private static LocalDate today() {
        return LocalDate.now(ScanTimes.ZONE);
    }

    private byte[] pile(ScanGround.Ward ward, int people) throws Exception {
        var scanner = new Scanner(3);
        var sheets = new ArrayList<Scanner.Sheet>();
        for (UUID person : ward.people.subList(0, people)) {
            sheets.addAll(ward.signed(scanner, person, 150));
        }
        return Scanner.pdf(sheets);
    }

    private long acts(ScanGround.Ward ward, String act) {
        return jdbc.sql("select count(*) from ledger.entry where tenant_id = ? and act = ?")
                .params(ward.body.tenant, act)
                .query((row, n) -> row.getLong(1))
                .single();
    }

    @Test
    void aClerkBringsLooksAndConfirmsInTheBrowser() throws Exception {
        var ward = ground.ward(3);
        byte[] file = pile(ward, 3);
        Browser browser = ward.body.browser(ward.clerk);
        assertThat(browser.get("/ban-quet").page().text()).contains("Chưa có chồng bản quét nào");

        // A wrong day: nothing entered is lost.
        var wrong = browser.upload(
                "/ban-quet/moi",
                "/ban-quet/moi",
                "tep",
                "chong 1.pdf",
                file,
                "dot",
                ward.campaign.toString(),
                "don-vi",
                ward.body.wardOne.toString(),
                "ten",
                "Chồng phường Một",
                "ngay-ky",
                "31/02/2026");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.page().expectFirst("#e-ngay-ky").text()).contains("Ngày không đúng");
        assertThat(wrong.page().expectFirst("#f-ten").val()).isEqualTo("Chồng phường Một");
        assertThat(wrong.page().expectFirst("#f-ngay-ky").val()).isEqualTo("31/02/2026");

        var taken = browser.upload(
                "/ban-quet/moi",
                "/ban-quet/moi",
                "tep",
                "chong 1.pdf",
                file,
                "dot",
                ward.campaign.toString(),
                "don-vi",
                ward.body.wardOne.toString(),
                "ten",
                "Chồng phường Một",
                "ngay-ky",
                "");
        assertThat(taken.status()).isEqualTo(200);
        UUID pile = scans.piles(ward.clerk).getFirst().id();
        String at = "/ban-quet/" + pile;
        assertThat(taken.path()).startsWith(at);
        ward.read(pile);
        var page = browser.get(at).page();
        assertThat(page.select("h1").text()).isEqualTo("Chồng phường Một");
        assertThat(page.select("main tbody tr")).hasSize(3);
        assertThat(browser.get("/viec").page().text()).contains("còn 3 bản chờ xem");

        // Together: not without a day, not without a look.
        var noDay = browser.post(at, at + "/xac-nhan");
        assertThat(noDay.status()).isEqualTo(422);
        assertThat(noDay.text()).contains("Hãy lưu ngày ký chung");
        browser.post(at, at + "/ngay-ky", "ngay-chung", VietnameseDates.format(today()));
        assertThat(browser.post(at, at + "/xac-nhan").text()).contains("Chưa có bản nào đủ trang mà anh/chị đã xem");

        // One by one.
        String first = page.select("main tbody tr th a").getFirst().attr("href");
        var look = browser.get(first).page();
        assertThat(look.expectFirst("#f-ngay-ky").val()).isEqualTo(VietnameseDates.format(today()));
        assertThat(look.select(".scan-room img")).hasSize(2);
        var picture = browser.get(look.expectFirst(".scan-room img").attr("src"));
        assertThat(picture.type()).isEqualTo("image/jpeg");
        assertThat(picture.disposition()).startsWith("inline");
        assertThat(browser.headers(look.expectFirst(".scan-pages img").attr("src")))
                .containsEntry("content-security-policy", "default-src 'none'; sandbox")
                .containsEntry("x-content-type-options", "nosniff");
        String version = look.expectFirst("input[name=phien-ban]").val();
        var early = browser.post(first, first + "/xac-nhan", "phien-ban", version, "ngay-ky", "01/01/2000");
        assertThat(early.status()).isEqualTo(422);
        assertThat(early.text()).contains("Ngày ký không thể trước ngày phát hành");
        assertThat(early.page().expectFirst("#f-ngay-ky").val()).isEqualTo("01/01/2000");
        var confirmed = browser.post(
                first, first + "/xac-nhan", "phien-ban", version, "ngay-ky", VietnameseDates.format(today()));
        assertThat(confirmed.status()).isEqualTo(200);
        assertThat(confirmed.path())
                .contains("/ban/")
                .contains("xong=scans-confirmed")
                .doesNotContain(first);
        assertThat(ward.signatures()).isEqualTo(1);
        // The second click.
        browser.postWithToken(
                browser.token(at),
                first + "/xac-nhan",
                "phien-ban",
                version,
                "ngay-ky",
                VietnameseDates.format(today()));
        assertThat(ward.signatures()).isEqualTo(1);
        var file1 = browser.get(first + "/ban-quet.pdf");
        assertThat(file1.type()).startsWith("application/pdf");
        assertThat(file1.disposition()).startsWith("attachment");

        // The rest together: only what was opened (the second is open by now).
        browser.post(at, at + "/xac-nhan");
        while (scans.overview(ward.clerk, pile).confirming() != null) {
            ScanGround.pause();
        }
        assertThat(ward.signatures()).isEqualTo(2);
        var unfinished = browser.post(at, at + "/ket-thuc");
        assertThat(unfinished.status()).isEqualTo(422);
        assertThat(unfinished.text()).contains("Còn 1 bản chưa quyết định");
        assertThat(browser.post(at, at + "/ket-thuc", "van-ket-thuc", "true").status())
                .isEqualTo(200);
        assertThat(scans.pile(ward.clerk, pile).finished()).isTrue();
        assertThat(acts(ward, "scans.confirmed")).isEqualTo(2);
    }

    @Test
    void aPaperIsSetApartTakenUpAndRejectedWithReasons() throws Exception {
        var ward = ground.ward(1);
        UUID pile = ward.bring(pile(ward, 1));
        Sheaf paper = ward.read(pile).in(Group.READY).getFirst();
        Browser browser = ward.body.browser(ward.clerk);
        String at = "/ban-quet/" + pile + "/ban/" + paper.id();
        String version =
                browser.get(at).page().expectFirst("input[name=phien-ban]").val();
        assertThat(browser.post(at, at + "/de-rieng", "phien-ban", version).status())
                .isEqualTo(422);
        browser.post(at, at + "/de-rieng", "phien-ban", version, "ly-do-rieng", "Chữ ký khác mẫu");
        assertThat(browser.get(at).text()).contains("Đang để riêng: Chữ ký khác mẫu");
        // What was decided from an older look is refused, in words.
        var late = browser.post(at, at + "/loai", "phien-ban", version, "loai", "chua-ky");
        assertThat(late.status()).isEqualTo(422);
        assertThat(late.text()).contains("vừa thay đổi");
        version = browser.get(at).page().expectFirst("input[name=phien-ban]").val();
        assertThat(browser.post(at, at + "/loai", "phien-ban", version, "loai", "khac")
                        .status())
                .isEqualTo(422);
        browser.post(at, at + "/loai", "phien-ban", version, "loai", "gach-sua", "ly-do-loai", "Gạch mục 3");
        assertThat(browser.get(at).text()).contains("Đã loại").contains("Gạch mục 3");
        assertThat(ward.signatures()).isZero();
        assertThat(papers.find(ward.body.tenant, paper.paperId()).orElseThrow().state())
                .isEqualTo(PaperState.ISSUED);
        assertThat(acts(ward, "scans.decided")).isEqualTo(2);
    }

    @Test
    void aPageWithoutAReadableCodeIsAssignedByHandAndMarked() throws Exception {
        var ward = ground.ward(2);
        var scanner = new Scanner(17);
        var sheets = ward.signed(scanner, ward.people.getFirst(), 150);
        // The QR of the first page is torn off.
        var page = PageImage.read(sheets.getFirst().jpeg());
        var tear = page.createGraphics();
        tear.setColor(java.awt.Color.WHITE);
        tear.fillRect(0, page.getHeight() * 85 / 100, page.getWidth(), page.getHeight() * 15 / 100);
        tear.dispose();
        sheets.set(0, new Scanner.Sheet(Scanner.jpeg(PageImage.turned(page, 1), 0.8f), 150, true));
        UUID pile = ward.bring(Scanner.pdf(sheets));
        var overview = ward.read(pile);
        assertThat(overview.in(Group.MISSING)).hasSize(1);
        ScanPage loose = overview.loose().getFirst();
        Browser browser = ward.body.browser(ward.clerk);
        String at = "/ban-quet/" + pile + "/trang/" + loose.id();

        assertThat(browser.post(at, at + "/xoay").path()).contains("scans-turned");
        String code = ward.paper(ward.people.getFirst()).code().written();
        var noReason = browser.post(at, at + "/gan", "ma", code.toLowerCase(java.util.Locale.ROOT), "so-trang", "1");
        assertThat(noReason.status()).isEqualTo(422);
        assertThat(noReason.page().expectFirst("#f-ma").val()).isEqualToIgnoringCase(code);
        assertThat(browser.post(at, at + "/gan", "ma", "0000-0000-0000-0000", "so-trang", "1", "ly-do", "rách")
                        .text())
                .contains("Mã này không phải của bản cam kết nào");
        assertThat(browser.post(at, at + "/gan", "ma", code, "so-trang", "9", "ly-do", "rách")
                        .text())
                .contains("Hãy ghi số trang từ 1 đến");
        // Found by name: only those with an unsigned paper.
        var found = browser.get(at + "?tim=nguyen");
        assertThat(found.page().select("input[name=nguoi]")).hasSize(1);
        String picked = found.page().expectFirst("input[name=nguoi]").val();
        assertThat(browser.post(
                                at,
                                at + "/gan",
                                "tim",
                                "nguyen",
                                "nguoi",
                                picked,
                                "so-trang",
                                "1",
                                "ly-do",
                                "QR bị rách")
                        .path())
                .contains("scans-assigned");

        var assigned = scans.overview(ward.clerk, pile);
        Sheaf paper = assigned.in(Group.READY).getFirst();
        assertThat(paper.byHand()).isTrue();
        String look = "/ban-quet/" + pile + "/ban/" + paper.id();
        assertThat(browser.get(look).text()).contains("gán bằng tay").contains("QR bị rách");
        assertThat(browser.post(at, at + "/bo-gan").path()).contains("scans-taken-out");
        assertThat(scans.overview(ward.clerk, pile).in(Group.MISSING)).hasSize(1);
        assertThat(acts(ward, "scans.page-assigned")).isEqualTo(1);
        assertThat(acts(ward, "scans.page-taken-out")).isEqualTo(1);
    }

    @Test
    void twoClerksAtOnceMakeOneSignatureAndTheSecondIsTold() throws Exception {
        var ward = ground.ward(1);
        Viewer other = ward.body.viewer(Role.CLERK, ward.body.wardOne);
        UUID pile = ward.bring(pile(ward, 1));
        Sheaf paper = ward.read(pile).in(Group.READY).getFirst();
        scans.look(ward.clerk, pile, paper.id());
        scans.look(other, pile, paper.id());
        assertThat(ward.body
                        .browser(other)
                        .get("/ban-quet/" + pile + "/ban/" + paper.id())
                        .text())
                .contains("vừa mở bản này");
        var tasks = new ArrayList<Callable<Confirming>>();
        for (int i = 0; i < 8; i++) {
            Viewer viewer = i % 2 == 0 ? ward.clerk : other;
            tasks.add(() -> scans.confirm(viewer, pile, paper.id(), paper.version(), today()));
        }
        var outcomes = new ArrayList<Confirming>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var outcome : threads.invokeAll(tasks)) {
                outcomes.add(outcome.get());
            }
        }
        assertThat(outcomes.stream().filter(Confirming.Confirmed.class::isInstance))
                .hasSize(1);
        assertThat(outcomes.stream().filter(Confirming.Already.class::isInstance))
                .hasSize(7);
        assertThat(ward.signatures()).isEqualTo(1);
        assertThat(acts(ward, "scans.confirmed")).isEqualTo(1);
    }

    @Test
    void nobodyElseSeesThePileOrItsPictures() throws Exception {
        var ward = ground.ward(1);
        UUID pile = ward.bring(pile(ward, 1));
        Sheaf paper = ward.read(pile).in(Group.READY).getFirst();
        UUID page = paper.read().getFirst().id();
        Viewer neighbour = ward.body.viewer(Role.CLERK, ward.body.wardTwo);
        Browser browser = ward.body.browser(neighbour);
        for (String address : List.of(
                "",
                "/ban/" + paper.id(),
                "/trang/" + page,
                "/trang/" + page + ".jpg",
                "/trang/" + page + "/NguoiCamKet.jpg")) {
            assertThat(browser.get("/ban-quet/" + pile + address).status())
                    .as(address)
                    .isEqualTo(404);
        }
        assertThatThrownBy(() -> scans.confirm(neighbour, pile, paper.id(), paper.version(), today()))
                .isInstanceOf(NotFound.class);
        Browser head = ward.body.browser(ward.body.viewer(Role.HEAD, ward.body.wardOne));
        assertThat(head.get("/ban-quet/" + pile + "/trang/" + page + ".jpg").status())
                .isEqualTo(403);
    }

    @Test
    void aPaperOfAnotherUnitShowsNoName() throws Exception {
        var ward = ground.ward(1);
        byte[] file = pile(ward, 1);
        // The office of the whole body may record signatures in both wards; the pile is the second ward's.
        Viewer neighbour = ward.body.viewer(Role.CLERK, ward.body.root);
        var copy = java.nio.file.Files.createTempFile("quet", ".pdf");
        java.nio.file.Files.write(copy, file);
        var taken = (Scans.Taking.Taken) scans.take(
                neighbour,
                new Scans.Bringing(
                        null, ward.campaign, ward.body.wardTwo, "", null, List.of(new Scans.Incoming("a.pdf", copy))));
        java.nio.file.Files.delete(copy);
        ScanGround.pause();
        while (scans.overview(neighbour, taken.pile()).reading() != null) {
            ScanGround.pause();
        }
        Sheaf paper =
                scans.overview(neighbour, taken.pile()).in(Group.OTHER_UNIT).getFirst();
        assertThat(paper.person()).isNull();
        String text =
                ward.body.browser(neighbour).get("/ban-quet/" + taken.pile()).text();
        assertThat(text).contains("Người của đơn vị khác").doesNotContain("Nguyễn Văn Thử");
        assertThatThrownBy(() -> scans.look(neighbour, taken.pile(), paper.id()))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> scans.picture(
                        neighbour, taken.pile(), paper.read().getFirst().id()))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void filesAndPicturesGoWhenTheirTimeIsOverAndTheConfirmedScanStays() throws Exception {
        var ward = ground.ward(1);
        var scanner = new Scanner(19);
        var sheets = new ArrayList<>(ward.signed(scanner, ward.people.getFirst(), 150));
        sheets.add(scanner.scan(scanner.stranger(150), 150));
        UUID pile = ward.bring(Scanner.pdf(sheets));
        Sheaf paper = ward.read(pile).in(Group.READY).getFirst();
        scans.look(ward.clerk, pile, paper.id());
        scans.confirm(ward.clerk, pile, paper.id(), paper.version(), today());
        assertThat(scans.finish(ward.clerk, pile, false)).isInstanceOf(Done.Yes.class);
        assertThat(scans.setRetention(ward.board, today(), 10, "Quy chế văn thư của phường"))
                .isInstanceOf(Done.Yes.class);
        assertThatThrownBy(() -> scans.setRetention(ward.clerk, today(), 1, "tự đặt"))
                .isInstanceOf(vn.chuanmuc.access.Forbidden.class);
        try {
            clock.turnTo(today().plusDays(9));
            retention.run();
            assertThat(scans.pile(ward.clerk, pile).sweptAt()).isNull();
            clock.turnTo(today().plusDays(10));
            retention.run();
        } finally {
            clock.turnBack();
        }
        assertThat(scans.pile(ward.clerk, pile).sweptAt()).isNotNull();
        assertThat(scans.picture(ward.clerk, pile, paper.read().getFirst().id()))
                .isEmpty();
        assertThat(jdbc.sql(
                                "select count(*) from scans.file_part p join scans.file f on f.tenant_id = p.tenant_id and f.id = p.file_id where f.pile_id = ?")
                        .param(pile)
                        .query((row, n) -> row.getLong(1))
                        .single())
                .isZero();
        byte[] kept =
                scans.confirmed(ward.clerk, pile, paper.id()).orElseThrow().bytes();
        assertThat(Sha256.of(kept))
                .isEqualTo(scans.overview(ward.clerk, pile)
                        .in(Group.CONFIRMED)
                        .getFirst()
                        .contentHash());
        assertThat(acts(ward, "scans.pile-deleted")).isEqualTo(1);
        assertThat(scans.reopen(ward.clerk, pile)).isInstanceOf(Done.Refused.class);
        assertThat(ward.body
                        .browser(ward.clerk)
                        .get("/ban-quet/" + pile + "/ban/" + paper.id())
                        .status())
                .isEqualTo(200);
        assertThat(new String(kept, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
    }
}
