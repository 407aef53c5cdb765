package vn.chuanmuc.sheets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Cycles;
import vn.chuanmuc.assessments.Forms;
import vn.chuanmuc.assessments.PaperForms.Place;
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.scans.Scanner;
import vn.chuanmuc.sheets.SheetReadings.Draft;
import vn.chuanmuc.sheets.SheetReadings.HandingIn;
import vn.chuanmuc.sheets.SheetReadings.Look;
import vn.chuanmuc.sheets.SheetReadings.Opening;
import vn.chuanmuc.sheets.SheetReadings.Saving;
import vn.chuanmuc.testing.ProductTest;

/** Issue 5: “scanned ticks are read by a person side by side”; what is read is handed in on behalf, or refused with a reason. */
@ProductTest
class SheetsTest {
    @Autowired
    SheetGround grounds;

    @Autowired
    SheetPiles piles;

    @Autowired
    SheetReadings readings;

    @Autowired
    SheetPapers papers;

    @Autowired
    Forms forms;

    @Autowired
    Cycles cycles;

    @Autowired
    Contents contents;

    @Autowired
    JdbcClient jdbc;

    private final Scanner scanner = new Scanner(21);

    private static Draft draft(int items, int... levels) {
        var all = new ArrayList<@Nullable Integer>();
        var unclear = new ArrayList<Integer>();
        for (int i = 0; i < items; i++) {
            int level = levels[i % levels.length];
            all.add(level == 0 || level == 9 ? null : level);
            if (level == 9) {
                unclear.add(i + 1);
            }
        }
        return new Draft(all, unclear, Map.of(2, "Ghi bên lề"), "");
    }

    private Look open(Viewer viewer, UUID paper) {
        return switch (readings.open(viewer, paper)) {
            case Opening.Opened(var look) -> look;
            case Opening.Refused(var person, var stage, var why) -> throw new IllegalStateException(why.toString());
        };
    }

    private static Reason why(HandingIn came) {
        return switch (came) {
            case HandingIn.Refused(int version, var field, var why) -> why;
            default -> throw new IllegalStateException(came.toString());
        };
    }

    private Forms.Said said(Viewer viewer, Place place) {
        return forms.sheet(viewer, place.period(), place.formId())
                .stage(place.stage())
                .orElseThrow();
    }

    /** ADR 0021, Reading and Handing in; domain.md 4.9: people without a smartphone can do everything on paper. */
    @Test
    void aPileInAnyOrderAndAnyWayUpIsReadAndHandedInOnBehalf() throws Exception {
        SheetGround.Ward ward = grounds.ward("Trần Thị Hoà", "Ngô Văn Kiên");
        Viewer hoa = ward.official("Trần Thị Hoà");
        Place self = ward.self(hoa);
        List<Scanner.Sheet> mine = ward.sheets(scanner, self, 1, 2, 3);
        List<Scanner.Sheet> his = ward.sheets(scanner, ward.self(ward.official("Ngô Văn Kiên")), 2);
        var pile = new ArrayList<Scanner.Sheet>();
        for (int i = mine.size() - 1; i >= 0; i--) {
            pile.add(his.get(i));
            pile.add(scanner.scan(
                    javax.imageio.ImageIO.read(
                            new java.io.ByteArrayInputStream(mine.get(i).jpeg())),
                    150,
                    i % 4,
                    i - 1,
                    false,
                    8,
                    0.7f));
        }
        pile.add(new Scanner.Sheet(Scanner.jpeg(scanner.stranger(150), 0.8f), 150, false));
        UUID id = ward.scanned(null, pile);
        assertThat(readings.lines(ward.clerk, id, true)).hasSize(2).allMatch(SheetReadings.Line::complete);
        assertThat(piles.loose(ward.clerk, id)).hasSize(1).allMatch(page -> page.found() == PaperPage.Found.STRANGER);

        UUID paper = ward.paper(self);
        Look look = open(ward.clerk, paper);
        assertThat(look.placed())
                .as("every row is found on a page, turned and askew as it came")
                .hasSize(18);
        for (int item = 1; item <= 18; item++) {
            assertThat(readings.row(ward.clerk, paper, item)).isPresent();
        }
        HandingIn came = readings.handIn(ward.clerk, paper, 0, draft(18, 1, 2, 3), false, false);
        assertThat(came).isInstanceOf(HandingIn.Done.class);

        Forms.Said said = said(hoa, self);
        assertThat(said.turn()).isEqualTo(Forms.Turn.HANDED_IN);
        assertThat(said.levels().subList(0, 4)).containsExactly(1, 2, 3, 1);
        Forms.Sheet sheet = forms.sheet(hoa, self.period(), self.formId());
        assertThat(sheet.remarks(self.stage())).containsEntry(2, "Ghi bên lề");
        Forms.Handed handed = forms.handings(hoa, sheet).getFirst();
        byte[] scan = contents.find(ward.body.tenant, java.util.Objects.requireNonNull(handed.scanHash()))
                .orElseThrow()
                .bytes();
        assertThat(Sha256.of(scan)).isEqualTo(handed.scanHash());
        assertThat(handed.accountId()).isEqualTo(ward.clerk.accountId());
        assertThat(jdbc.sql("select content from assessments.handing where tenant_id = ? and form_id = ?")
                        .params(ward.body.tenant, self.formId())
                        .query((row, n) -> row.getString(1))
                        .single())
                .contains(java.util.HexFormat.of().formatHex(Sha256.of(scan)));

        // The next handing in is another paper; the first does not count again.
        assertThat(forms.sendBack(ward.board, self.period(), self.formId(), self.stage(), "Ghi nhầm", ""))
                .isInstanceOf(Cycles.Done.Now.class);
        UUID second = ward.paper(self);
        assertThat(second).isNotEqualTo(paper);
        assertThat(readings.handIn(ward.clerk, paper, 1, draft(18, 1), false, false))
                .isInstanceOf(HandingIn.Already.class);
    }

    /** design.md, Data model 4: state moves are guarded in SQL and every write checks its row count. */
    @Test
    void twoClerksAtOnceMakeOneHandingInAndLoseNothing() throws Exception {
        SheetGround.Ward ward = grounds.ward("Trần Thị Hoà");
        Place self = ward.self(ward.official("Trần Thị Hoà"));
        ward.scanned(null, ward.sheets(scanner, self, 1));
        UUID paper = ward.paper(self);
        assertThat(open(ward.clerk, paper).version()).isZero();
        assertThat(open(ward.otherClerk, paper).version()).isZero();
        assertThat(readings.save(ward.clerk, paper, 0, draft(18, 1, 0))).isInstanceOf(Saving.Saved.class);
        Saving behind = readings.save(ward.otherClerk, paper, 0, draft(18, 2));
        if (behind instanceof Saving.Behind(var now)) {
            assertThat(now.draft().levels().getFirst()).isEqualTo(1);
            assertThat(now.savedBy()).isEqualTo(ward.clerk.accountId());
        } else {
            throw new AssertionError(behind.toString());
        }
        var tries = IntStream.range(0, 8)
                .<Callable<HandingIn>>mapToObj(i -> () -> readings.handIn(
                        i % 2 == 0 ? ward.clerk : ward.otherClerk, paper, 1, draft(18, 1), false, false))
                .toList();
        List<HandingIn> came;
        try (var threads = Executors.newFixedThreadPool(8)) {
            came = threads.invokeAll(tries).stream()
                    .map(one -> {
                        try {
                            return one.get();
                        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
                            throw new IllegalStateException(e);
                        }
                    })
                    .toList();
        }
        assertThat(came.stream().filter(one -> one instanceof HandingIn.Done)).hasSize(1);
        assertThat(came.stream().filter(one -> !(one instanceof HandingIn.Done)))
                .allMatch(one -> one instanceof HandingIn.Already || one instanceof HandingIn.NotSaved);
        assertThat(jdbc.sql("select count(*) from assessments.handing where tenant_id = ? and form_id = ?")
                        .params(ward.body.tenant, self.formId())
                        .query((row, n) -> row.getInt(1))
                        .single())
                .isEqualTo(1);
    }

    /** ADR 0021, Handing in: the rules of every handing in. */
    @Test
    void whatCannotBeHandedInIsRefusedWithAReasonAndTheScanStays() {
        SheetGround.Ward ward = grounds.ward("Trần Thị Hoà", "Ngô Văn Kiên");
        Viewer hoa = ward.official("Trần Thị Hoà");
        Viewer kien = ward.official("Ngô Văn Kiên");
        Place self = ward.self(hoa);
        Place his = ward.self(kien);
        List<Scanner.Sheet> sheets = ward.sheets(scanner, self, 1, 9);
        UUID paper = ward.paper(self);
        UUID pile = ward.scanned(null, sheets.subList(0, sheets.size() - 1));
        int version = 0;
        Look look = open(ward.clerk, paper);
        assertThat(look.missing()).containsExactly(sheets.size());
        assertThat(why(readings.handIn(ward.clerk, paper, version++, draft(18, 1), false, false))
                        .key())
                .isEqualTo("sheets.refused.missing");
        assertThat(open(ward.clerk, paper).draft().levels())
                .as("what was read is kept")
                .doesNotContainNull();

        // The missing page comes, and the first one again.
        ward.scanned(pile, List.of(sheets.getLast(), new Scanner.Sheet(again(sheets.getFirst()), 150, false)));
        assertThat(why(readings.handIn(ward.clerk, paper, version++, draft(18, 1), false, false))
                        .key())
                .isEqualTo("sheets.refused.doubles");
        PaperPage extra = open(ward.clerk, paper).of(1).getLast();
        assertThat(piles.drop(ward.clerk, extra.id(), true)).isInstanceOf(SheetPiles.Done.Yes.class);

        assertThat(readings.handIn(ward.clerk, paper, version++, draft(18, 1, 0), false, false))
                .isInstanceOfSatisfying(
                        HandingIn.Unread.class,
                        unread -> assertThat(unread.positions()).hasSize(9));
        assertThat(readings.handIn(ward.clerk, paper, version++, draft(18, 1, 9), false, false))
                .isInstanceOfSatisfying(
                        HandingIn.Unclear.class,
                        unclear -> assertThat(unclear.positions()).contains(2).hasSize(9));
        assertThat(readings.lines(ward.clerk, null, true)).anyMatch(line -> line.unclear() == 9);
        assertThat(why(readings.handIn(ward.clerk, paper, version++, draft(18, 1, 2), false, false))
                        .key())
                .as("who was asked has to be said")
                .isEqualTo("sheets.refused.answer");
        Draft asked = new Draft(
                draft(18, 1, 2).levels(), List.of(), Map.of(), "Hỏi chị Hoà ngày 28/12, trả lời: đạt một phần");

        // The person drafts on the screen meanwhile.
        assertThat(forms.save(
                        hoa,
                        self.period(),
                        self.formId(),
                        self.stage(),
                        0,
                        new Forms.Draft(draft(18, 3).levels(), Map.of())))
                .isInstanceOf(Forms.Saving.Saved.class);
        assertThat(readings.handIn(ward.clerk, paper, version++, asked, false, false))
                .isInstanceOf(HandingIn.Drafted.class);
        assertThat(readings.handIn(ward.clerk, paper, version++, asked, false, true))
                .isInstanceOf(HandingIn.Done.class);
        assertThat(said(hoa, self).levels().subList(0, 2)).containsExactly(1, 2);

        // Handed in on the screen before: the paper comes too late, its scan stays.
        ward.scanned(null, ward.sheets(scanner, his, 2));
        UUID late = ward.paper(his);
        assertThat(ward.onScreen(kien, his, 1)).isInstanceOf(Forms.HandingIn.Done.class);
        assertThat(why(readings.handIn(ward.clerk, late, 0, draft(18, 2), false, false))
                        .key())
                .isEqualTo("sheets.refused.handed-in");
        assertThat(open(ward.clerk, late).scanned()).isNotEmpty().allMatch(PaperPage::pictured);
        assertThat(said(kien, his).levels()).containsOnly(1);

        // Sent back, it is of an earlier handing in; called off, nothing is handed in.
        assertThat(forms.sendBack(ward.board, his.period(), his.formId(), his.stage(), "Xem lại", ""))
                .isInstanceOf(Cycles.Done.Now.class);
        assertThat(why(readings.handIn(ward.clerk, late, 1, draft(18, 2), false, false))
                        .key())
                .isEqualTo("sheets.refused.older");
        assertThat(forms.cancel(ward.board, his.period(), his.formId(), "Chuyển công tác", ""))
                .isInstanceOf(Cycles.Done.Now.class);
        assertThat(why(readings.handIn(ward.clerk, late, 2, draft(18, 2), false, false))
                        .key())
                .isEqualTo("assessments.locked.form.cancelled");
    }

    /** The same page scanned once more: another file. */
    private static byte[] again(Scanner.Sheet sheet) {
        try {
            return Scanner.jpeg(javax.imageio.ImageIO.read(new java.io.ByteArrayInputStream(sheet.jpeg())), 0.6f);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** ADR 0016, Stages (blind); ADR 0021, Blindness. */
    @Test
    void whoSawOneSideDoesNotSeeTheOtherBeforeBothAreIn() {
        SheetGround.Ward ward = grounds.ward("Trần Thị Hoà");
        Viewer hoa = ward.official("Trần Thị Hoà");
        var both = new ArrayList<>(ward.sheets(scanner, ward.self(hoa), 1));
        both.addAll(ward.sheets(scanner, ward.byHead(hoa), 2));
        ward.scanned(null, both);
        UUID self = ward.paper(ward.self(hoa));
        UUID head = ward.paper(ward.byHead(hoa));
        assertThat(open(ward.clerk, self).blank().stage())
                .isEqualTo(ward.self(hoa).stage());
        assertThat(readings.open(ward.clerk, head))
                .isInstanceOfSatisfying(
                        Opening.Refused.class,
                        refused -> assertThat(refused.why().key()).isEqualTo("sheets.refused.blind"));
        open(ward.otherClerk, head);
        assertThat(readings.open(ward.otherClerk, self)).isInstanceOf(Opening.Refused.class);
        // Nobody enters papers of a form that they take part in, and nobody elsewhere sees them.
        var herself = new Viewer(
                hoa.tenantId(),
                hoa.accountId(),
                hoa.personId(),
                hoa.name(),
                hoa.username(),
                List.of(new Viewer.Grant(Role.CLERK, ward.body.wardOne)),
                false,
                false);
        assertThat(readings.open(herself, head))
                .isInstanceOfSatisfying(
                        Opening.Refused.class,
                        refused -> assertThat(refused.why().key()).isEqualTo("assessments.paper.partial"));
        Viewer elsewhere = ward.body.viewer(Role.CLERK, ward.body.wardTwo);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> readings.open(elsewhere, self))
                .isInstanceOf(vn.chuanmuc.kernel.NotFound.class);
        assertThat(readings.lines(elsewhere, null, true)).isEmpty();

        assertThat(readings.handIn(ward.clerk, self, 0, draft(18, 1), false, false))
                .isInstanceOf(HandingIn.Done.class);
        assertThat(said(ward.head, ward.self(hoa)).visible())
                .as("the head does not see it before theirs is in")
                .isFalse();
        assertThat(readings.open(ward.clerk, head)).isInstanceOf(Opening.Refused.class);
        assertThat(readings.handIn(ward.otherClerk, head, 0, draft(18, 2), false, false))
                .isInstanceOf(HandingIn.Done.class);
        open(ward.clerk, head);
        assertThat(said(ward.head, ward.self(hoa)).visible()).isTrue();
        assertThat(said(hoa, ward.byHead(hoa)).visible()).isTrue();
    }
}
