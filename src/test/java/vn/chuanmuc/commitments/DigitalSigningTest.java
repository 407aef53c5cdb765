package vn.chuanmuc.commitments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.CampaignSamples;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments.Counts;
import vn.chuanmuc.commitments.Commitments.Signing;
import vn.chuanmuc.commitments.DigitalCommitments.Begun;
import vn.chuanmuc.documents.Papers;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.samples.SampleAuthority.Holder;
import vn.chuanmuc.signing.DigitalSamples;
import vn.chuanmuc.signing.Offer;
import vn.chuanmuc.signing.Signatures;
import vn.chuanmuc.signing.Signatures.Standing;
import vn.chuanmuc.signing.SignerConfirmations;
import vn.chuanmuc.signing.TrustList;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.SmallDecision;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;
import vn.chuanmuc.testing.VeraPdf;

/** Chữ ký số of a commitment: the form, the signed file, the record – and the other ways beside it. */
@ProductTest
class DigitalSigningTest {
    private static final String NAME = "Trần Thị Hoà";
    private static final String FIELD = "NguoiCamKet";
    private static final Holder HOLDER = DigitalSamples.holder("Trần Thị Hòa"); // the other place of the tone

    @Autowired
    TestBodies bodies;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Commitments commitments;

    @Autowired
    DigitalCommitments digital;

    @Autowired
    Signatures signatures;

    @Autowired
    SignerConfirmations confirmations;

    @Autowired
    TrustList trust;

    @Autowired
    Papers papers;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    private Body body;
    private Viewer clerk;
    private Viewer official;
    private UUID campaign;

    @BeforeEach
    void aCampaignThatTakesDigitalSignatures() {
        body = bodies.create();
        Viewer board = body.viewer(Role.BOARD, body.root);
        clerk = body.viewer(Role.CLERK, body.wardOne);
        DigitalSamples.trust(trust, body.viewer(Role.ADMINISTRATOR, body.root), board);
        official = body.official(body.person(NAME, body.wardOne, body.partyBloc, body.staff));
        campaign = CampaignSamples.launched(
                campaigns,
                body,
                board,
                SmallDecision.publish(jdbc, body),
                Set.of(Commitments.ELECTRONIC, Commitments.DIGITAL),
                body.wardOne);
    }

    private UUID begin() {
        var form = commitments.form(official, campaign).orElseThrow();
        return ((Begun.Asked) digital.begin(official, campaign, form.set().id(), form.bodyHash())).requestId();
    }

    private byte[] signed(UUID request) {
        return DigitalSamples.sign(signatures.paper(official, request), HOLDER, FIELD);
    }

    private Offer handIn(UUID request) {
        Offer offer = signatures.upload(official, request, signed(request));
        if (offer instanceof Offer.ToIdentify) {
            DigitalSamples.confirmSigners(trust, confirmations, clerk);
            return new Offer.Accepted();
        }
        return offer;
    }

    private Counts counts() {
        return commitments.counts(body.tenant, campaign, body.wardOne, body.partyBloc);
    }

    @Test
    void theSignedPdfIsTheDocumentAndEveryByteOfItIsKept() throws Exception {
        UUID request = begin();
        assertThat(begin()).as("begun twice").isEqualTo(request);
        byte[] paper = signatures.paper(official, request);
        assertThat(VeraPdf.findings(paper)).isEmpty();
        assertThat(handIn(request)).isInstanceOf(Offer.Accepted.class);
        assertThat(signatures.asked(official, request).standing()).isEqualTo(Standing.DONE);

        var receipt = commitments.receipt(official, campaign).orElseThrow();
        assertThat(receipt.method()).isEqualTo(Commitments.DIGITAL);
        var document = commitments.document(body.tenant, receipt);
        assertThat(document.mediaType()).isEqualTo("application/pdf");
        assertThat(Sha256.of(document.bytes())).isEqualTo(receipt.documentHash());
        assertThat(document.bytes()).startsWith(paper);
        assertThat(DigitalSamples.valid(paper, document.bytes())).isTrue();
        assertThat(VeraPdf.findings(document.bytes())).as("after the signature").isEmpty();
        assertThat(commitments.entry(body.tenant, receipt).documentHash()).isEqualTo(receipt.documentHash());
        assertThat(papers.find(body.tenant, Objects.requireNonNull(receipt.paperId()))
                        .orElseThrow()
                        .state()
                        .code())
                .isEqualTo("signed");
        assertThat(counts()).isEqualTo(new Counts(1, 1, 0, 0, 0));
    }

    @Test
    void theWaysAreNotMixedAndTheFirstCounts() {
        UUID request = begin();
        var form = commitments.form(official, campaign).orElseThrow();
        assertThat(commitments.signConfirmed(official, campaign, form.set().id(), form.bodyHash()))
                .isInstanceOf(Signing.Signed.class);
        byte[] late = signed(request);
        signatures.upload(official, request, late);
        DigitalSamples.confirmSigners(trust, confirmations, clerk);
        assertThat(commitments.receipt(official, campaign).orElseThrow().method())
                .isEqualTo(Commitments.ELECTRONIC);
        assertThat(signatures.asked(official, request).why())
                .extracting(Reason::key)
                .containsExactly("commitments.digital.already");
        assertThat(jdbc.sql("select count(*) from signing.signature where tenant_id = ?")
                        .params(body.tenant)
                        .query((row, n) -> row.getLong(1))
                        .single())
                .isZero();
    }

    @Test
    void twoAtOnceGiveOne() throws Exception {
        UUID first = begin();
        handInFirstOfSomebodyElse();
        var form = commitments.form(official, campaign).orElseThrow();
        var tasks = new ArrayList<Callable<Object>>();
        for (int i = 0; i < 4; i++) {
            byte[] file = signed(first);
            tasks.add(() -> signatures.upload(official, first, file));
            tasks.add(() ->
                    commitments.signConfirmed(official, campaign, form.set().id(), form.bodyHash()));
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var done : threads.invokeAll(tasks)) {
                assertThat(done.get()).isNotNull();
            }
        }
        assertThat(counts().signed()).isEqualTo(1);
        assertThat(jdbc.sql("""
                        select count(*) from commitments.commitment
                        where tenant_id = ? and campaign_id = ? and person_id = ? and standing = 'signed'
                        """)
                        .params(body.tenant, campaign, Objects.requireNonNull(official.personId()))
                        .query((row, n) -> row.getLong(1))
                        .single())
                .isEqualTo(1);
    }

    /** The certificate is confirmed before, so that the files are accepted at once. */
    private void handInFirstOfSomebodyElse() {
        UUID request = begin();
        byte[] file = signed(request);
        assertThat(signatures.upload(official, request, file)).isInstanceOf(Offer.ToIdentify.class);
        jdbc.sql(
                        "update signing.trusted set state = 'confirmed', decided_by = ?, decided_at = now() where tenant_id = ? and kind = 'nguoi-ky'")
                .params(clerk.accountId(), body.tenant)
                .update();
        jdbc.sql("""
                        update signing.request set state = 'open', candidate = null, candidate_way = null where tenant_id = ? and id = ?
                        """).params(body.tenant, request).update();
    }

    @Test
    void nobodySignsDigitallyOnceTheListIsFrozen() {
        UUID request = begin();
        transaction.executeWithoutResult(
                status -> campaigns.freeze(body.tenant, campaign, body.wardOne, body.partyBloc, Ids.next()));
        handIn(request);
        assertThat(commitments.receipt(official, campaign)).isEmpty();
        assertThat(signatures.asked(official, request).why())
                .extracting(Reason::key)
                .containsExactly("campaigns.frozen");
        var form = commitments.form(official, campaign).orElseThrow();
        assertThat(digital.begin(official, campaign, form.set().id(), form.bodyHash()))
                .isInstanceOf(Begun.Refused.class);
    }

    @Test
    void refusesWhereTheCampaignDoesNotTakeIt() {
        jdbc.sql("update campaigns.campaign set methods = array ['xac-nhan-dien-tu'] where tenant_id = ? and id = ?")
                .params(body.tenant, campaign)
                .update();
        var electronic = commitments.form(official, campaign).orElseThrow();
        assertThat(electronic.digital()).isFalse();
        assertThat(digital.begin(official, campaign, electronic.set().id(), electronic.bodyHash()))
                .isInstanceOf(Begun.Refused.class);
    }

    @Test
    void refusesToSignAnotherTextThanTheOneShown() {
        var form = commitments.form(official, campaign).orElseThrow();
        assertThat(digital.begin(official, campaign, form.set().id(), new byte[32]))
                .isInstanceOf(Begun.Refused.class);
    }

    @Test
    void theWholeWayThroughThePages() throws Exception {
        Browser browser = body.browser(official);
        String page = "/cam-ket/" + campaign;
        var form = browser.get(page).page().selectFirst("form#ky-so");
        assertThat(form).isNotNull();
        String set = form.select("input[name=bo]").val();
        String hash = form.select("input[name=noi-dung]").val();
        var unread = browser.post(page, page + "/ky-so", "bo", set, "noi-dung", hash);
        assertThat(unread.status()).isEqualTo(422);
        assertThat(unread.page().select("#e-da-doc-so").text()).isNotEmpty();

        var signing = browser.post(page, page + "/ky-so", "bo", set, "noi-dung", hash, "da-doc-so", "co");
        assertThat(signing.path()).startsWith("/ky-so/");
        String at = signing.path();
        byte[] paper = browser.get(at + "/tep.pdf").bytes();
        assertThat(paper).startsWith("%PDF-".getBytes(java.nio.charset.StandardCharsets.US_ASCII));

        // a mistake on the way: the paper as it was, without a signature
        var mistake = browser.upload(at, at + "/tep", "tep", "a.pdf", paper);
        assertThat(mistake.status()).isEqualTo(422);
        assertThat(mistake.page().select("#e-tep").text()).endsWith(".");

        var waiting = browser.upload(at, at + "/tep", "tep", "da-ky.pdf", DigitalSamples.sign(paper, HOLDER, FIELD));
        assertThat(waiting.path()).isEqualTo(at);
        assertThat(waiting.page().select("main").text()).contains("văn phòng sẽ xác nhận");

        Browser office = body.browser(clerk);
        assertThat(office.get("/viec").page().select("a[href=/chung-thu]")).isNotEmpty();
        var people = office.get("/chung-thu").page();
        assertThat(people.select("main table").text()).contains(NAME);
        String action = people.select("form[action$=/xac-nhan]").attr("action");
        var confirmed = office.post("/chung-thu", action);
        assertThat(confirmed.status()).isEqualTo(200);
        assertThat(confirmed.page().select("[role=status]").text()).isNotEmpty();

        assertThat(browser.get(at).path()).startsWith(page);
        var receipt = browser.get(page + "/bien-nhan").page();
        assertThat(receipt.select("main").text()).contains("Chữ ký số").contains("Trần Thị Hòa");
        byte[] file = browser.get(page + "/ban-cam-ket.pdf").bytes();
        assertThat(receipt.select(".cm-hash").eachText())
                .contains(HexFormat.of().formatHex(Sha256.of(file)).replaceAll("(.{8})(?!$)", "$1 "));
        assertThat(browser.get(page + "/bao-cao.xml").text()).contains("DetailedReport");
        assertThat(browser.get(page + "/luu-lau-dai.pdf").status()).isEqualTo(404);
        assertThat(browser.get(page + "/ban-cam-ket.txt").status()).isEqualTo(404);
        assertThat(List.of(200, 302)).contains(browser.get(page).status());
    }

    @Test
    void aProgramOnTheSignersComputerNeedsNoSignInButItsToken() throws Exception {
        Browser browser = body.browser(official);
        UUID request = begin();
        String at = "/ky-so/" + request;
        var shown = browser.post(at, at + "/cong-cu").page();
        List<String> addresses = shown.select("dd code").eachText();
        assertThat(addresses).hasSize(2);
        String fetch = java.net.URI.create(addresses.get(0)).getPath();
        String handIn = java.net.URI.create(addresses.get(1)).getPath();
        Browser program = bodies.stranger();
        byte[] paper = program.get(fetch).bytes();
        assertThat(program.get(fetch).status()).as("once").isEqualTo(404);
        try (var client = java.net.http.HttpClient.newHttpClient()) {
            var answer = client.send(
                    java.net.http.HttpRequest.newBuilder(java.net.URI.create(addresses.get(1)))
                            .header("Content-Type", "application/pdf")
                            .POST(java.net.http.HttpRequest.BodyPublishers.ofByteArray(
                                    DigitalSamples.sign(paper, HOLDER, FIELD)))
                            .build(),
                    java.net.http.HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body())
                    .contains("\"Status\":true")
                    .contains("\"Message\"")
                    .contains("\"FileName\"")
                    .contains("\"FileServer\"");
            var again = client.send(
                    java.net.http.HttpRequest.newBuilder(java.net.URI.create(addresses.get(1)))
                            .POST(java.net.http.HttpRequest.BodyPublishers.ofByteArray(paper))
                            .build(),
                    java.net.http.HttpResponse.BodyHandlers.ofString());
            assertThat(again.body()).contains("\"Status\":false");
        }
        assertThat(handIn).startsWith("/ky-so/cong-cu/");
        DigitalSamples.confirmSigners(trust, confirmations, clerk);
        assertThat(commitments.receipt(official, campaign).orElseThrow().method())
                .isEqualTo(Commitments.DIGITAL);
    }
}
