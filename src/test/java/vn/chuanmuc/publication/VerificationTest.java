package vn.chuanmuc.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.CampaignSamples;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.CommitmentPapers;
import vn.chuanmuc.commitments.CommitmentPapers.Format;
import vn.chuanmuc.commitments.CommitmentPapers.Printing;
import vn.chuanmuc.commitments.CommitmentSamples;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.documents.PaperCode;
import vn.chuanmuc.documents.PaperCodes;
import vn.chuanmuc.documents.Papers;
import vn.chuanmuc.publication.Finding.File;
import vn.chuanmuc.publication.Finding.Standing;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.SmallDecision;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;

/** Anybody with a paper learns whether it stands, and nothing that is not on it (issue “Commitments that stand up”). */
@ProductTest
class VerificationTest {
    @Autowired
    TestBodies bodies;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Commitments commitments;

    @Autowired
    CommitmentPapers commitmentPapers;

    @Autowired
    Papers papers;

    @Autowired
    PaperCodes codes;

    @Autowired
    Verifications verifications;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @TempDir
    Path folder;

    private Viewer official;
    private byte[] pdf;
    private Papers.Paper paper;

    @BeforeEach
    void aSignedCommitment() {
        Body body = bodies.create();
        Viewer board = body.viewer(Role.BOARD, body.root);
        UUID person = body.person("Trần Thị Hoà", body.wardOne, body.partyBloc, body.secretary);
        UUID campaign =
                CampaignSamples.launched(campaigns, body, board, SmallDecision.publish(jdbc, body), body.wardOne);
        official = body.official(person);
        assertThat(CommitmentSamples.sign(commitments, official, campaign)).isTrue();
        pdf = printed(commitmentPapers.own(official, campaign, Format.PDF));
        paper = papers.of(body.tenant, CommitmentPapers.CONFIRMED, campaign, person)
                .getFirst();
    }

    private static byte[] printed(Printing printing) {
        return switch (printing) {
            case Printing.Printed(var file) -> file.bytes();
            case Printing.Refused(var why) -> throw new AssertionError(why.toString());
        };
    }

    private Finding ofFile(byte[] bytes) throws Exception {
        return verifications.byFile(Files.write(folder.resolve(UUID.randomUUID() + ".pdf"), bytes));
    }

    private static Finding.Known known(Finding finding) {
        assertThat(finding).isInstanceOf(Finding.Known.class);
        return (Finding.Known) finding;
    }

    @Test
    void findsAPaperByItsCodeHoweverItIsTyped() {
        for (String typed : new String[] {
            paper.code().written(),
            paper.code().signs().toLowerCase(java.util.Locale.ROOT),
            " " + paper.code().written().replace('0', 'o').replace('1', 'l') + " "
        }) {
            var found = known(verifications.byCode(typed));
            assertThat(found.standing()).isEqualTo(Standing.VALID);
            assertThat(found.shown().signed()).isNotNull();
            assertThat(found.shown().facts()).extracting("value").contains("Trần Thị Hoà");
        }
    }

    @Test
    void tellsAMistypedCodeFromOneThatNobodyHas() {
        String signs = paper.code().signs();
        char other = signs.charAt(3) == 'A' ? 'B' : 'A';
        assertThat(verifications.byCode(signs.substring(0, 3) + other + signs.substring(4)))
                .isInstanceOf(Finding.NoCode.class);
        assertThat(verifications.byCode("")).isInstanceOf(Finding.NoCode.class);
        assertThat(verifications.byCode("a".repeat(5_000))).isInstanceOf(Finding.NoCode.class);
        assertThat(verifications.byCode("' or 1=1 --")).isInstanceOf(Finding.NoCode.class);
    }

    @Test
    void saysOfAWithdrawnPaperThatItIs() {
        transaction.executeWithoutResult(status -> assertThat(papers.withdraw(paper, "in nhầm", official.accountId()))
                .isTrue());
        var found = known(verifications.byCode(paper.code().signs()));
        assertThat(found.standing()).isEqualTo(Standing.WITHDRAWN);
        assertThat(found.shown().signed()).as("what stood no longer stands").isNull();
        assertThat(found.history()).hasSize(2);
    }

    @Test
    void knowsItsOwnFileAndNoOther() throws Exception {
        assertThat(known(ofFile(pdf)).file()).isEqualTo(File.PRINT);

        byte[] longer = Arrays.copyOf(pdf, pdf.length + 1);
        longer[pdf.length] = '\n';
        assertThat(known(ofFile(longer)).file()).isEqualTo(File.OTHER);

        var saved = new java.io.ByteArrayOutputStream();
        try (PDDocument document = Loader.loadPDF(pdf)) {
            document.getDocumentInformation().setTitle("Bản khác");
            document.save(saved);
        }
        var found = known(ofFile(saved.toByteArray()));
        assertThat(found.file()).isEqualTo(File.OTHER);
        assertThat(found.code()).isEqualTo(paper.code());
    }

    @Test
    void refusesFilesThatAreNoPdfOrHurt() throws Exception {
        assertThat(ofFile("không phải PDF".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new Finding.Unreadable("publication.file.broken"));
        assertThat(ofFile(Arrays.copyOf(pdf, 400))).isInstanceOf(Finding.Unreadable.class);
        var many = new java.io.ByteArrayOutputStream();
        try (var document = new PDDocument()) {
            for (int i = 0; i < 301; i++) {
                document.addPage(new org.apache.pdfbox.pdmodel.PDPage());
            }
            document.save(many);
        }
        assertThat(ofFile(many.toByteArray())).isEqualTo(new Finding.Unreadable("publication.file.too-much"));
        var blank = new java.io.ByteArrayOutputStream();
        try (var document = new PDDocument()) {
            document.addPage(new org.apache.pdfbox.pdmodel.PDPage());
            document.save(blank);
        }
        assertThat(ofFile(blank.toByteArray())).isInstanceOf(Finding.NoFile.class);
        Path huge = folder.resolve("huge.pdf");
        try (var file = new java.io.RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(Verifications.MOST_BYTES + 1);
        }
        assertThat(verifications.byFile(huge)).isEqualTo(new Finding.Unreadable("publication.file.too-large"));
    }

    @Test
    void answersAStrangerByTheMarkOnThePaperWithoutTheBirthday() {
        Browser stranger = bodies.stranger();
        String mark = codes.mark(paper.code(), 1, 2);
        var page = stranger.get(mark.substring(mark.indexOf("/V/") < 0 ? mark.indexOf("V/") - 1 : mark.indexOf("/V/"))
                .replace(":V/", "/V/"));
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.page().select(".alert-success").text()).contains("Giấy hợp lệ");
        assertThat(page.page().text())
                .contains("Trần Thị Hoà", "Xác nhận điện tử", paper.code().written())
                .doesNotContain("Ngày sinh:");

        var typed = stranger.get("/kiem-tra?ma=" + paper.code().written());
        assertThat(typed.page().select(".alert-success").text()).contains("Giấy hợp lệ");
        var brought = stranger.upload("/kiem-tra", "/kiem-tra", "tep", "cam-ket.pdf", pdf);
        assertThat(brought.page().text()).contains("Trùng từng byte với tệp đã in");
        var none = stranger.upload("/kiem-tra", "/kiem-tra", "tep", "x.pdf", new byte[0]);
        assertThat(none.status()).isEqualTo(422);
        assertThat(none.page().text()).contains("Chưa chọn tệp");
    }

    @Test
    void letsOneAskerTryOnlySoOften() {
        var tries = new Tries(java.time.Clock.fixed(java.time.Instant.EPOCH, java.time.ZoneOffset.UTC));
        for (int i = 0; i < Tries.OF_ONE; i++) {
            assertThat(tries.allow("10.0.0.1")).isTrue();
        }
        assertThat(tries.allow("10.0.0.1")).isFalse();
        assertThat(tries.allow("10.0.0.2")).isTrue();
        int others = 0;
        while (tries.allow("10.1." + others / 250 + "." + others % 250)) {
            others++;
        }
        assertThat(others).isLessThan(Tries.OF_ALL);
    }

    @Test
    void codesAreNotGuessedInALifetime() {
        // 30 a minute and address, 55 bits drawn at random: with 2.5 million papers one in 14 thousand million is a
        // paper.
        double papersOfACountry = 2.5e6;
        double chance = papersOfACountry / Math.pow(2, 55);
        assertThat(chance * Tries.OF_ALL * 60 * 24 * 365).isLessThan(0.1);
        assertThat(codes.genuine(new PaperCode("0".repeat(16)))).isFalse();
    }
}
