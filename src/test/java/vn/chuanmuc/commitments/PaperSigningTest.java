package vn.chuanmuc.commitments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.CampaignSamples;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.CommitmentPapers.Format;
import vn.chuanmuc.commitments.CommitmentPapers.Issuing;
import vn.chuanmuc.commitments.CommitmentPapers.Printing;
import vn.chuanmuc.commitments.Commitments.Counts;
import vn.chuanmuc.commitments.Commitments.Recorded;
import vn.chuanmuc.commitments.Commitments.Signing;
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.documents.PaperState;
import vn.chuanmuc.documents.Papers;
import vn.chuanmuc.documents.Papers.Paper;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.SmallDecision;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;
import vn.chuanmuc.testing.VeraPdf;

/** Ký trên giấy: domain.md 4.5 – the paper and the scan, never called by another way's name. */
@ProductTest
class PaperSigningTest {
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
    Contents contents;

    @Autowired
    PrintRuns runs;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Clock clock;

    private Body body;
    private Viewer board;
    private Viewer clerk;
    private SmallDecision decision;

    @BeforeEach
    void aBodyWithADecision() {
        body = bodies.create();
        board = body.viewer(Role.BOARD, body.root);
        clerk = body.viewer(Role.CLERK, body.wardOne);
        decision = SmallDecision.publish(jdbc, body);
    }

    private UUID launch(Set<String> methods) {
        return CampaignSamples.launched(campaigns, body, board, decision, methods, body.wardOne);
    }

    private UUID launch() {
        return launch(Set.of(Commitments.ELECTRONIC, Commitments.PAPER));
    }

    private UUID person(String name) {
        return body.person(name, body.wardOne, body.partyBloc, body.staff);
    }

    private Paper issue(UUID campaign, UUID person) {
        return ((Issuing.Issued) commitmentPapers.issue(clerk, campaign, person)).paper();
    }

    private byte[] scan(String words) {
        return java.util.Objects.requireNonNull(transaction.execute(
                status -> contents.store(body.tenant, "application/pdf", words.getBytes(StandardCharsets.UTF_8))));
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }

    private PaperState state(Paper paper) {
        return papers.find(body.tenant, paper.id()).orElseThrow().state();
    }

    private Counts counts(UUID campaign) {
        return commitments.counts(body.tenant, campaign, body.wardOne, body.partyBloc);
    }

    private static String why(Signing signing) {
        return ((Signing.Refused) signing).why().key();
    }

    @Test
    void recordsThePaperWithItsScanOnce() {
        UUID person = person("Trần Thị Hoà");
        UUID campaign = launch();
        Paper paper = issue(campaign, person);
        byte[] scan = scan("bản quét " + paper.code());

        var signing = commitments.signOnPaper(clerk, paper.id(), scan, today());

        assertThat(signing).isInstanceOfSatisfying(Signing.Signed.class, signed -> {
            assertThat(signed.receipt().method()).isEqualTo("giay");
            assertThat(signed.receipt().documentHash()).isEqualTo(scan);
            assertThat(signed.receipt().paperId()).isEqualTo(paper.id());
            assertThat(signed.receipt().signedOn()).isEqualTo(today());
        });
        assertThat(state(paper)).isEqualTo(PaperState.SIGNED);
        assertThat(counts(campaign)).isEqualTo(new Counts(1, 1, 0, 0, 0));
        var receipt = commitments.receipt(body.official(person), campaign).orElseThrow();
        assertThat(Sha256.of(commitments.document(body.tenant, receipt).bytes()))
                .isEqualTo(scan);
        var entry = commitments.entry(body.tenant, receipt);
        assertThat(entry.act()).isEqualTo("commitments.signed");
        assertThat(entry.documentHash()).isEqualTo(scan);
        assertThat(entry.payload())
                .contains("\"method\":\"giay\"", paper.code().signs(), "\"signedOn\":\"" + today() + "\"");
        assertThat(commitments.signOnPaper(clerk, paper.id(), scan, today()))
                .isInstanceOfSatisfying(
                        Signing.AlreadySigned.class,
                        again -> assertThat(again.receipt().commitmentId()).isEqualTo(receipt.commitmentId()));
    }

    @Test
    void twentyClerksConfirmAtOnceAndOneSignatureIsRecorded() throws Exception {
        UUID person = person("Trần Thị Hoà");
        UUID campaign = launch();
        Paper paper = issue(campaign, person);
        byte[] scan = scan("bản quét");
        var official = body.official(person);
        var form = commitments.form(official, campaign).orElseThrow();
        var tasks = new ArrayList<Callable<Signing>>();
        for (int i = 0; i < 10; i++) {
            tasks.add(() -> commitments.signOnPaper(clerk, paper.id(), scan, today()));
            tasks.add(() ->
                    commitments.signConfirmed(official, campaign, form.set().id(), form.bodyHash()));
        }
        int signed = 0;
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var outcome : threads.invokeAll(tasks)) {
                assertThat(outcome.get()).isNotInstanceOf(Signing.Refused.class);
                signed += outcome.get() instanceof Signing.Signed ? 1 : 0;
            }
        }
        assertThat(signed).isEqualTo(1);
        assertThat(counts(campaign)).isEqualTo(new Counts(1, 1, 0, 0, 0));
        var receipt = commitments.receipt(official, campaign).orElseThrow();
        assertThat(state(paper)).isEqualTo(receipt.method().equals("giay") ? PaperState.SIGNED : PaperState.SUPERSEDED);
    }

    @Test
    void refusesWhatTheRulesForbid() {
        UUID person = person("Trần Thị Hoà");
        UUID other = person("Lê Văn Lạ");
        UUID campaign = launch();
        Paper paper = issue(campaign, person);
        byte[] scan = scan("bản quét");
        assertThat(why(commitments.signOnPaper(clerk, paper.id(), scan, today().plusDays(1))))
                .isEqualTo("commitments.paper.too-late");
        assertThat(why(commitments.signOnPaper(clerk, paper.id(), scan, today().minusDays(1))))
                .isEqualTo("commitments.paper.too-early");
        assertThatThrownBy(() -> commitments.signOnPaper(clerk, paper.id(), new byte[32], today()))
                .hasMessageContaining("stored before");
        assertThatThrownBy(() -> commitments.signOnPaper(clerk, UUID.randomUUID(), scan, today()))
                .isInstanceOf(NotFound.class);
        for (var viewer : List.of(body.viewer(Role.CLERK, body.wardTwo), body.viewer(Role.HEAD, body.wardOne), board)) {
            assertThatThrownBy(() -> commitments.signOnPaper(viewer, paper.id(), scan, today()))
                    .isInstanceOf(Forbidden.class);
        }
        transaction.executeWithoutResult(
                status -> papers.withdraw(issue(campaign, other), "in hỏng", clerk.accountId()));
        Paper withdrawn =
                papers.of(body.tenant, CommitmentPapers.FORM, campaign, other).getFirst();
        assertThat(why(commitments.signOnPaper(clerk, withdrawn.id(), scan, today())))
                .isEqualTo("commitments.paper.withdrawn");
        assertThat(counts(campaign)).isEqualTo(new Counts(2, 0, 0, 0, 0));
    }

    @Test
    void takesNoPaperWhereTheCampaignDoesNot() {
        UUID person = person("Trần Thị Hoà");
        UUID campaign = launch(Set.of(Commitments.ELECTRONIC));
        assertThat(commitmentPapers.own(body.official(person), campaign, Format.PDF))
                .isInstanceOfSatisfying(
                        Printing.Refused.class,
                        refused -> assertThat(refused.why().key()).isEqualTo("commitments.paper.method"));
    }

    @Test
    void takesNoPaperOfAFrozenList() {
        UUID person = person("Trần Thị Hoà");
        UUID campaign = launch();
        Paper paper = issue(campaign, person);
        transaction.executeWithoutResult(status ->
                campaigns.freeze(body.tenant, campaign, body.wardOne, body.partyBloc, vn.chuanmuc.kernel.Ids.next()));
        assertThat(why(commitments.signOnPaper(clerk, paper.id(), scan("bản quét"), today())))
                .isEqualTo("campaigns.frozen");
        assertThat(state(paper)).isEqualTo(PaperState.ISSUED);
    }

    @Test
    void whoConfirmsElectronicallyLeavesTheirFormBehindAndGetsThePaperOfTheConfirmation() throws Exception {
        UUID person = person("Trần Thị Hoà");
        UUID campaign = launch();
        var official = body.official(person);
        Paper form = issue(campaign, person);
        assertThat(CommitmentSamples.sign(commitments, official, campaign)).isTrue();
        assertThat(state(form)).isEqualTo(PaperState.SUPERSEDED);

        var receipt = commitments.receipt(official, campaign).orElseThrow();
        var printed = (Printing.Printed) commitmentPapers.own(official, campaign, Format.PDF);
        Paper paper = papers.of(body.tenant, CommitmentPapers.CONFIRMED, campaign, person)
                .getFirst();
        assertThat(paper.textHash()).isEqualTo(receipt.documentHash());
        assertThat(papers.ofFile(Sha256.of(printed.file().bytes())))
                .extracting(Paper::id)
                .containsExactly(paper.id());
        try (var pdf = Loader.loadPDF(printed.file().bytes())) {
            assertThat(pdf.getDocumentCatalog().getAcroForm()).isNull();
            assertThat(new PDFTextStripper().getText(pdf).replaceAll("\\s+", " "))
                    .contains(
                            "Xác nhận điện tử (nhập lại mật khẩu của tài khoản; không phải chữ ký số)",
                            "Tài khoản: " + official.username())
                    .doesNotContain("Ký, ghi rõ họ tên");
            assertThat(new PDFTextStripper().getText(pdf).replaceAll("\\s+", ""))
                    .contains(Commitments.hex(receipt.documentHash()));
        }
        assertThat(why(commitments.signOnPaper(clerk, form.id(), scan("bản quét"), today()), receipt))
                .isTrue();
    }

    /** The paper comes too late: what stands is the confirmation. */
    private static boolean why(Signing signing, Commitments.Receipt receipt) {
        return signing instanceof Signing.AlreadySigned(var found)
                && found.commitmentId().equals(receipt.commitmentId());
    }

    @Test
    void printsTheSameBytesEachTimeWithTheExactWordsAndTheFields() throws Exception {
        UUID person = body.person("Trần Thị Hoà", body.wardOne, body.partyBloc, body.secretary);
        UUID campaign = launch();
        var first = ((Printing.Printed) commitmentPapers.of(clerk, campaign, person, Format.PDF)).file();
        var own = ((Printing.Printed) commitmentPapers.own(body.official(person), campaign, Format.PDF)).file();
        assertThat(own.bytes()).isEqualTo(first.bytes());
        assertThat(own.name()).isEqualTo(first.name());
        assertThat(VeraPdf.findings(first.bytes())).isEmpty();
        try (var pdf = Loader.loadPDF(first.bytes())) {
            assertThat(pdf.getDocumentCatalog().getAcroForm().getFields())
                    .extracting(field -> field.getFullyQualifiedName())
                    .containsExactlyInAnyOrder("NguoiCamKet", "ThuTruong");
            var text = new PDFTextStripper().getText(pdf).replaceAll("\\s+", " ");
            assertThat(text)
                    .contains(
                            "BẢN CAM KẾT NĂM 2021",
                            "Họ và tên: Trần Thị Hoà",
                            "Ngày sinh: 02/05/1980",
                            "Văn bản ban hành: 12-QĐ/QU, ngày 24/09/2021, Ban Thường vụ Quận ủy thử",
                            "Hình thức: Ký trên giấy",
                            "NGƯỜI CAM KẾT");
            for (int item = 1; item <= 3; item++) {
                assertThat(text).contains("Nội dung thứ " + item + " của Bộ tiêu chí của lãnh đạo, quản lý.");
            }
        }
        assertThat(papers.of(body.tenant, CommitmentPapers.FORM, campaign, person))
                .hasSize(1);
        assertThatThrownBy(
                        () -> commitmentPapers.of(body.viewer(Role.CLERK, body.wardTwo), campaign, person, Format.PDF))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void whatIsWithdrawnTakesItsPapersAlongAndCanBeSignedAgain() {
        UUID person = person("Trần Thị Hoà");
        UUID campaign = launch();
        Paper paper = issue(campaign, person);
        commitments.signOnPaper(clerk, paper.id(), scan("bản quét nhầm"), today());
        assertThatThrownBy(() -> commitments.withdraw(clerk, campaign, person, "xác nhận nhầm"))
                .isInstanceOf(Forbidden.class);
        assertThat(commitments.withdraw(board, campaign, person, ""))
                .isInstanceOfSatisfying(
                        Recorded.Refused.class,
                        refused -> assertThat(refused.field()).isEqualTo("ly-do"));
        assertThat(commitments.withdraw(board, campaign, person, "xác nhận nhầm bản quét"))
                .isInstanceOf(Recorded.Done.class);
        assertThat(commitments.withdraw(board, campaign, person, "xác nhận nhầm bản quét"))
                .isInstanceOf(Recorded.Refused.class);
        assertThat(state(paper)).isEqualTo(PaperState.WITHDRAWN);
        assertThat(counts(campaign)).isEqualTo(new Counts(1, 0, 0, 0, 0));

        Paper next = issue(campaign, person);
        assertThat(next.code()).isNotEqualTo(paper.code());
        assertThat(commitments.signOnPaper(clerk, next.id(), scan("bản quét đúng"), today()))
                .isInstanceOf(Signing.Signed.class);
        assertThat(commitments.versions(body.tenant, 2021, person))
                .extracting(Commitments.Version::standing)
                .containsExactly(Standing.SIGNED, Standing.OPEN, Standing.SIGNED);
        assertThat(commitments.versions(body.tenant, 2021, person).get(1).reason())
                .isEqualTo("xác nhận nhầm bản quét");
    }

    @Test
    void printsAWholeUnitInOneFilePartByPart() throws Exception {
        var people = body.people(60, body.wardOne, body.partyBloc);
        UUID campaign = launch();
        var query = new SignerQuery("", body.wardOne, false, null, false, 0, 1, null);
        var shown = campaigns.getVisible(clerk, campaign);
        assertThat(runs.count(clerk, shown, query)).isEqualTo(60);
        assertThat(runs.start(body.viewer(Role.CLERK, body.wardTwo), shown, query, "Phường"))
                .isInstanceOf(PrintRuns.Start.Refused.class);
        var later = (PrintRuns.Start.Later) runs.start(clerk, shown, query, "Phường");
        UUID run = jdbc.sql("select subject_id from jobs.job where tenant_id = ? and id = ?")
                .params(body.tenant, later.job())
                .query((row, n) -> row.getObject("subject_id", UUID.class))
                .single();
        for (int second = 0; second < 120 && !runs.get(clerk, run).finished(); second++) {
            Thread.sleep(500);
        }
        assertThat(runs.get(clerk, run).papers()).isEqualTo(60);
        var file = new ByteArrayOutputStream();
        runs.write(clerk, run, file);
        assertThat(VeraPdf.findings(file.toByteArray())).isEmpty();
        var codes = new HashSet<String>();
        try (var pdf = Loader.loadPDF(file.toByteArray())) {
            String text = new PDFTextStripper().getText(pdf);
            for (UUID person : people) {
                Paper paper = papers.of(body.tenant, CommitmentPapers.FORM, campaign, person)
                        .getFirst();
                assertThat(text).contains(paper.code().written());
                codes.add(paper.code().signs());
            }
        }
        assertThat(codes).hasSize(60);
        assertThatThrownBy(() -> runs.get(body.viewer(Role.CLERK, body.wardOne), run))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void printsAFewAtOnce() throws Exception {
        body.people(7, body.wardOne, body.partyBloc);
        UUID campaign = launch();
        var query = new SignerQuery("", null, false, null, false, 0, 1, null);
        var now = (PrintRuns.Start.Now) runs.start(clerk, campaigns.getVisible(clerk, campaign), query, "Phường");
        assertThat(VeraPdf.findings(now.file().bytes())).isEmpty();
    }

    /** The year after, with other words: the form shows what differs from what was signed. */
    @Test
    void showsWhatDiffersFromTheWordsSignedLast() {
        UUID person = person("Trần Thị Hoà");
        UUID first = launch();
        var official = body.official(person);
        assertThat(commitments.changes(
                        body.tenant, commitments.form(official, first).orElseThrow()))
                .isEmpty();
        CommitmentSamples.sign(commitments, official, first);
        jdbc.sql("update criteria.applicability set set_id = ? where tenant_id = ? and person_id = ?")
                .params(decision.leaders, body.tenant, person)
                .update();
        var plan = CampaignSamples.plan(body, decision.id, body.wardOne);
        UUID second = CampaignSamples.draft(
                campaigns,
                board,
                new Campaigns.Plan(
                        2022,
                        "Cam kết năm 2022",
                        "",
                        null,
                        plan.decisionId(),
                        LocalDate.of(2022, 1, 30),
                        LocalDate.of(2022, 2, 10),
                        plan.methods(),
                        plan.receiverUnit(),
                        plan.units()));
        assertThat(campaigns.launch(board, second)).isInstanceOf(Campaigns.Launch.Launched.class);
        var form = commitments.form(official, second).orElseThrow();
        assertThat(commitments.changes(body.tenant, form)).hasValueSatisfying(changes -> {
            assertThat(changes.year()).isEqualTo(2021);
            assertThat(changes.rows().size() + changes.same()).isBetween(3L, 5L);
            assertThat(changes.rows()).isNotEmpty();
        });
        assertThat(body.browser(official)
                        .get("/cam-ket/" + second)
                        .page()
                        .select("#thay-doi")
                        .text())
                .isEqualTo("Khác với bản anh/chị đã ký năm 2021");
    }
}
