package vn.chuanmuc.scans;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.chuanmuc.testing.VeraPdf.findings;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.scans.ScanPage.Found;
import vn.chuanmuc.scans.Sheaf.Group;
import vn.chuanmuc.testing.ProductTest;

/** Reading piles: real papers of the product, degraded as offices do (spikes/documents, 5). */
@ProductTest
class ScanReadingTest {
    @Autowired
    ScanGround ground;

    @Autowired
    Scans scans;

    @Autowired
    JdbcClient jdbc;

    /** A sheet and what it is; {@code code} is empty for a stranger. */
    private record Known(Scanner.Sheet sheet, String code, int page) {}

    @Test
    void readsAShuffledPileAsOfficesScanItAndMistakesNothing() throws Exception {
        var ward = ground.ward(30);
        var scanner = new Scanner(264);
        var sheets = new ArrayList<Known>();
        for (UUID person : ward.people) {
            int dpi = scanner.dpi();
            int number = 1;
            for (BufferedImage page : scanner.printed(ward.printed(person), dpi, true)) {
                sheets.add(new Known(
                        scanner.scan(page, dpi), ward.paper(person).code().signs(), number++));
            }
        }
        for (int i = 0; i < 3; i++) {
            sheets.add(new Known(scanner.scan(scanner.stranger(200), 200), "", 0));
        }
        Collections.shuffle(sheets, new Random(5));

        UUID pile = ward.bring(
                null, null, ward.files(sheets.stream().map(Known::sheet).toList()));
        var overview = ward.read(pile);

        assertThat(overview.pile().read()).isEqualTo(sheets.size());
        Map<Integer, String> read = new HashMap<>();
        jdbc.sql("""
                        select (f.seq - 1) * 25 + g.number as number, p.code || '/' || g.page as what from scans.page g
                        join scans.sheaf s on s.tenant_id = g.tenant_id and s.id = g.sheaf_id
                        join documents.paper p on p.tenant_id = s.tenant_id and p.id = s.paper_id
                        join scans.file f on f.tenant_id = g.tenant_id and f.id = g.file_id
                        where g.tenant_id = ? and g.pile_id = ?
                        """)
                .params(ward.body.tenant, pile)
                .query((row, n) -> Map.entry(row.getInt("number"), row.getString("what")))
                .list()
                .forEach(entry -> read.put(entry.getKey(), entry.getValue()));
        int ours = 0;
        int missed = 0;
        int missedAt200 = 0;
        for (int i = 0; i < sheets.size(); i++) {
            Known sheet = sheets.get(i);
            String what = read.get(i + 1);
            if (sheet.code().isEmpty()) {
                assertThat(what).as("a stranger").isNull();
                continue;
            }
            ours++;
            if (what == null) {
                missed++;
                missedAt200 += sheet.sheet().dpi() >= 200 ? 1 : 0;
            } else {
                assertThat(what).isEqualTo(sheet.code() + "/" + sheet.page());
            }
        }
        assertThat(missedAt200).as("missed at 200 dpi or more").isZero();
        assertThat(missed).as("missed of %d", ours).isLessThanOrEqualTo(ours / 50);
        assertThat(overview.loose(Found.STRANGER)).hasSizeGreaterThanOrEqualTo(3);
        assertThat(overview.in(Group.READY).size()).isGreaterThanOrEqualTo(28);
        // Every picture stands upright: the place of a signature is where the layout has it.
        for (Sheaf paper : overview.in(Group.READY)) {
            for (ScanPage page : paper.read()) {
                assertThat(page.height()).isGreaterThan(page.width());
                assertThat(page.placed()).isTrue();
            }
        }
        enlargesWhereTheInkIs(ward, pile, overview.in(Group.READY).getFirst());
    }

    /** The enlarged place is not empty paper: somebody signed there. */
    private void enlargesWhereTheInkIs(ScanGround.Ward ward, UUID pile, Sheaf paper) {
        Sheaf.Box box = paper.boxes().getFirst();
        ScanPage page = paper.of(box.page()).getFirst();
        byte[] jpeg = scans.signature(ward.clerk, pile, page.id(), box.field()).orElseThrow();
        Gray gray = Gray.of(PageImage.read(jpeg));
        assertThat(gray.blank()).isFalse();
        assertThat(gray.width()).isGreaterThan(400);
    }

    @Test
    void tellsMissingDoubleOtherAndForeignPapersApart() throws Exception {
        var ward = ground.ward(5);
        var other = ground.ward(1);
        var scanner = new Scanner(7);
        var complete = ward.signed(scanner, ward.people.get(0), 200);
        var half = ward.signed(scanner, ward.people.get(1), 200);
        half.removeFirst();
        var twice = new ArrayList<>(ward.signed(scanner, ward.people.get(2), 200));
        twice.add(new Scanner(9)
                .scan(
                        scanner.printed(ward.printed(ward.people.get(2)), 200, true)
                                .getFirst(),
                        200));
        var foreign = other.signed(scanner, other.people.getFirst(), 200);
        var pile = new ArrayList<Scanner.Sheet>(complete);
        pile.addAll(half);
        pile.addAll(twice);
        pile.addAll(foreign);
        var blank = new BufferedImage(1654, 2339, BufferedImage.TYPE_INT_RGB);
        var paint = blank.createGraphics();
        paint.setColor(java.awt.Color.WHITE);
        paint.fillRect(0, 0, 1654, 2339);
        paint.dispose();
        pile.add(new Scanner.Sheet(Scanner.jpeg(blank, 0.8f), 200, false));

        UUID id = ward.bring(Scanner.pdf(pile));
        var overview = ward.read(id);

        assertThat(overview.in(Group.READY)).hasSize(1);
        assertThat(overview.in(Group.MISSING))
                .singleElement()
                .satisfies(paper -> assertThat(paper.missing()).containsExactly(1));
        assertThat(overview.in(Group.DOUBLE))
                .singleElement()
                .satisfies(paper -> assertThat(paper.doubles()).containsExactly(1));
        assertThat(overview.loose(Found.FOREIGN)).hasSize(foreign.size());
        assertThat(overview.loose(Found.BLANK)).hasSize(1);
        // Of another body's paper nothing is kept but that it was there.
        assertThat(overview.loose(Found.FOREIGN)).allSatisfy(page -> {
            assertThat(page.hint()).isEmpty();
            assertThat(scans.picture(ward.clerk, id, page.id())).isEmpty();
        });
        Sheaf doubled = overview.in(Group.DOUBLE).getFirst();
        UUID chosen = doubled.of(1).getLast().id();
        assertThat(scans.choose(ward.clerk, id, doubled.id(), Map.of(1, chosen)))
                .isInstanceOf(Scans.Done.Yes.class);
        assertThat(scans.overview(ward.clerk, id).in(Group.READY)).hasSize(2);
        // The page that was missing comes later, in a file of its own: the paper is complete.
        ward.bring(
                id,
                null,
                ward.signed(scanner, ward.people.get(1), 200).getFirst().jpeg());
        assertThat(ward.read(id).in(Group.READY)).hasSize(3);
    }

    @Test
    void goesOnWhereItWasStoppedAndReadsNoPageTwice() throws Exception {
        var ward = ground.ward(6);
        var scanner = new Scanner(11);
        var sheets = new ArrayList<Scanner.Sheet>();
        for (UUID person : ward.people) {
            sheets.addAll(ward.signed(scanner, person, 200));
        }
        UUID pile = ward.bring(Scanner.pdf(sheets));
        while (scans.overview(ward.clerk, pile).pile().read() < 2) {
            ScanGround.pause();
        }
        scans.stop(ward.clerk, pile);
        var stopped = ward.read(pile);
        assertThat(stopped.pile().read()).isBetween(2, sheets.size());

        assertThat(scans.resume(ward.clerk, pile)).isInstanceOf(Scans.Done.Yes.class);
        var overview = ward.read(pile);

        assertThat(overview.pile().read()).isEqualTo(sheets.size());
        assertThat(overview.in(Group.READY)).hasSize(6);
    }

    @Test
    void keepsTheScanAsPdfAWithTheSameBytesEachTime() throws Exception {
        var ward = ground.ward(1);
        var scanner = new Scanner(13);
        UUID pile = ward.bring(Scanner.pdf(ward.signed(scanner, ward.people.getFirst(), 200)));
        Sheaf paper = ward.read(pile).in(Group.READY).getFirst();
        scans.look(ward.clerk, pile, paper.id());
        assertThat(scans.confirm(
                        ward.clerk, pile, paper.id(), paper.version(), java.time.LocalDate.now(ScanTimes.ZONE)))
                .isInstanceOf(Scans.Confirming.Confirmed.class);

        byte[] pdf = scans.confirmed(ward.clerk, pile, paper.id()).orElseThrow().bytes();

        assertThat(findings(pdf, "2b")).isEmpty();
        try (var document = Loader.loadPDF(pdf)) {
            assertThat(document.getNumberOfPages()).isEqualTo(paper.pages());
        }
        var pictures = paper.counting().stream()
                .map(page -> scans.picture(ward.clerk, pile, page.id()).orElseThrow())
                .toList();
        String title = "Cam kết " + paper.code().written() + " (bản quét)";
        assertThat(ScanPdf.of(title, paper.lastRead(), pictures)).isEqualTo(pdf);
        assertThat(vn.chuanmuc.kernel.Sha256.of(pdf))
                .isEqualTo(Objects.requireNonNull(scans.overview(ward.clerk, pile)
                        .in(Group.CONFIRMED)
                        .getFirst()
                        .contentHash()));
    }
}
