package vn.chuanmuc.assessments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.poi.xwpf.extractor.XWPFWordExtractor;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.LevelDecisions.Anew;
import vn.chuanmuc.assessments.LevelDecisions.Approving;
import vn.chuanmuc.assessments.LevelDecisions.Choice;
import vn.chuanmuc.campaigns.CampaignSamples;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.directory.Lines;
import vn.chuanmuc.documents.Bearing;
import vn.chuanmuc.documents.NumberBook;
import vn.chuanmuc.rules.Rules;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;

/** domain.md 6: numbers run per calendar year or term. The notice of a result bears a number of its unit's run from its approval on; another version is another notice. */
@ProductTest
class ResultNumberTest {
    private static final Period QUARTER = AssessmentGround.QUARTER;
    private static final String HOA = "Trần Thị Hoà";

    @Autowired
    TestBodies bodies;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Commitments commitments;

    @Autowired
    Rules rules;

    @Autowired
    Cycles cycles;

    @Autowired
    Forms forms;

    @Autowired
    LevelDecisions decisions;

    @Autowired
    Results results;

    @Autowired
    ResultLetters letters;

    @Autowired
    ResultNumbers numbers;

    @Autowired
    NumberBook book;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private DecisionGround ground;

    @BeforeEach
    void aDecision() {
        ground = new DecisionGround(
                bodies.create(), campaigns, commitments, rules, cycles, forms, decisions, results, jdbc, null, HOA);
        ground.in(HOA, 1, 2);
    }

    private void numbering() {
        Viewer office = ground.body.viewer(Role.BOARD, ground.body.root);
        UUID unit = ground.body.wardOne;
        assertThat(book.enterTerm(office, unit, "Nhiệm kỳ 2025–2030", LocalDate.of(2025, 7, 1), null, "NQ", false))
                .isEqualTo(new NumberBook.Entered.Done());
        assertThat(book.setIssuer(office, unit, "party", LocalDate.of(2025, 7, 1), "ĐU", "Phường Một", "", true))
                .isEqualTo(new NumberBook.Entered.Done());
    }

    private byte[] letter(boolean word) {
        return letters.letter(ground.ground.head, QUARTER, ground.form(HOA), word)
                .bytes();
    }

    private String pdf() throws IOException {
        try (var document = Loader.loadPDF(letter(false))) {
            return new PDFTextStripper().getText(document).replaceAll("[\\s\u00a0]+", " ");
        }
    }

    private String docx() throws IOException {
        try (var word = new XWPFDocument(new ByteArrayInputStream(letter(true)));
                var text = new XWPFWordExtractor(word)) {
            return text.getText().replaceAll("[\\s\u00a0]+", " ");
        }
    }

    @Test
    void aNoticeTakesANumberWhenItIsApprovedAndTheNextVersionAnother() throws IOException {
        numbering();
        ground.told(HOA, "dat_mot_phan");
        UUID form = ground.form(HOA);
        Bearing first = Objects.requireNonNull(
                results.sheet(ground.official(HOA), QUARTER, form).number());
        assertThat(first.written()).isEqualTo("Số 01-TB/ĐU");
        assertThat(first.signer()).isNotBlank();
        for (String text : new String[] {pdf(), docx()}) {
            assertThat(text).contains("Số 01-TB/ĐU", "Phường Một, ngày", first.signer());
        }
        String path = "/danh-gia/ket-qua/20214/" + form;
        assertThat(ground.body
                        .browser(ground.ground.head)
                        .get(path)
                        .page()
                        .select("#so-thong-bao")
                        .text())
                .contains("Số 01-TB/ĐU", first.signer());

        UUID petition = new UUID(5, 5);
        Viewer handler = ground.body.viewer(Role.BOARD, ground.body.root);
        Boolean marked = transaction.execute(status -> results.markContested(handler, QUARTER, form, petition));
        assertThat(marked).isTrue();
        Anew anew = transaction.execute(status -> decisions.decideOnPetition(
                handler, QUARTER, form, petition, new Choice(form, "dat", "đã xem lại", "", Map.of())));
        assertThat(anew).isEqualTo(new Anew.Decided(2));
        assertThat(ground.approve(ground.ground.top, HOA, 2)).isEqualTo(new Approving.Done(1, 0, 0));
        assertThat(numbers.of(ground.body.tenant, form, 2).orElseThrow().written())
                .isEqualTo("Số 02-TB/ĐU");
        assertThat(numbers.of(ground.body.tenant, form, 1).orElseThrow().withdrawn())
                .isEqualTo("Đã thay bằng thông báo Số 02-TB/ĐU");
        assertThat(results.sheet(ground.official(HOA), QUARTER, form).number())
                .as("the person sees the notice they were told of")
                .satisfies(number -> assertThat(number.number()).isOne());
    }

    /** Decree 30/2020: quốc hiệu over the number of the calendar year. */
    @Test
    void theNoticeOfAStateLineIsLaidOutAndNumberedAsTheStates() throws IOException {
        CampaignSamples.ofLine(jdbc, ground.body, Lines.Kind.STATE);
        Viewer office = ground.body.viewer(Role.BOARD, ground.body.root);
        assertThat(book.setIssuer(
                        office, ground.body.wardOne, "state", LocalDate.of(2025, 7, 1), "UBND", "Phường Một", "", true))
                .isEqualTo(new NumberBook.Entered.Done());
        ground.told(HOA, "dat");
        for (String text : new String[] {pdf(), docx()}) {
            assertThat(text)
                    .contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 01/TB-UBND")
                    .doesNotContain("ĐẢNG CỘNG SẢN VIỆT NAM");
        }
    }

    /** What was issued before anybody said that it is of a State line stays what it is, on paper and in the record. */
    @Test
    void aNoticeThatWasIssuedKeepsTheLayoutItHad() throws IOException {
        ground.told(HOA, "dat");
        byte[] before = letter(false);
        CampaignSamples.ofLine(jdbc, ground.body, Lines.Kind.STATE);
        assertThat(letter(false)).isEqualTo(before);
        assertThat(pdf()).contains("ĐẢNG CỘNG SẢN VIỆT NAM");
        assertThat(jdbc.sql("select count(*) from documents.paper where tenant_id = ? and kind = 'ket-qua'")
                        .param(ground.body.tenant)
                        .query((row, n) -> row.getInt(1))
                        .single())
                .isOne();
    }

    /** What was approved without a number keeps its notice, byte by byte, whatever is entered later. */
    @Test
    void aNoticeApprovedWithoutANumberIsPrintedAgainAsItWas() throws IOException {
        ground.told(HOA, "dat");
        byte[] before = letter(false);
        numbering();
        assertThat(letter(false)).isEqualTo(before);
        assertThat(pdf()).doesNotContain("Số 01-");
    }
}
