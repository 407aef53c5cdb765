package vn.chuanmuc.submissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.documents.Papers;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.publication.Finding;
import vn.chuanmuc.publication.Verifications;
import vn.chuanmuc.samples.SampleAuthority.Holder;
import vn.chuanmuc.signing.AgencyCertificates;
import vn.chuanmuc.signing.DigitalSamples;
import vn.chuanmuc.signing.Manifests;
import vn.chuanmuc.signing.Offer;
import vn.chuanmuc.signing.Signatures;
import vn.chuanmuc.signing.TrustList;
import vn.chuanmuc.signing.TrustList.Item;
import vn.chuanmuc.signing.TrustList.Saved;
import vn.chuanmuc.submissions.ListSeals.Begun;
import vn.chuanmuc.submissions.ListSeals.By;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;
import vn.chuanmuc.testing.VeraPdf;

/** One signature over a whole list; a proof for each who is in it. */
@ProductTest
class ListSealTest {
    @Autowired
    Clock clock;

    @Autowired
    TestBodies bodies;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Lists lists;

    @Autowired
    ListSeals seals;

    @Autowired
    Commitments commitments;

    @Autowired
    Signatures signatures;

    @Autowired
    Manifests manifests;

    @Autowired
    Contents contents;

    @Autowired
    TrustList trust;

    @Autowired
    AgencyCertificates agencies;

    @Autowired
    Accounts accounts;

    @Autowired
    Verifications verifications;

    @Autowired
    Papers papers;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @TempDir
    Path folder;

    private Holder wardSeal;
    private Holder boardSeal;
    private Viewer administrator;
    private Body body;
    private ListGround ground;
    private List<UUID> people;

    @BeforeEach
    void anApprovedList() {
        body = bodies.create();
        people = body.people(5, body.wardOne, body.partyBloc);
        ground = ListGround.launch(body, jdbc, campaigns, lists, commitments, body.wardOne);
        administrator = body.viewer(Role.ADMINISTRATOR, body.root);
        DigitalSamples.trust(trust, administrator, ground.board);
        wardSeal = DigitalSamples.holder("Con dấu một");
        boardSeal = DigitalSamples.holder("Con dấu hai");
        DigitalSamples.link(agencies, trust, ground.head, ground.board, body.wardOne, wardSeal);
        DigitalSamples.link(agencies, trust, administrator, ground.board, body.root, boardSeal);
        people.subList(0, 4).forEach(ground::sign);
        ground.approve();
    }

    private ListVersion current(Viewer viewer) {
        return Objects.requireNonNull(lists.get(viewer, ground.key).current());
    }

    private Offer seal(Viewer viewer, int version, Holder holder) {
        return hand(viewer, begun(viewer, version), holder);
    }

    private UUID begun(Viewer viewer, int version) {
        return ((Begun.Asked) seals.begin(viewer, ground.key, version)).requestId();
    }

    private Offer hand(Viewer viewer, UUID request, Holder holder) {
        return signatures.upload(
                viewer, request, DigitalSamples.sign(signatures.paper(viewer, request), holder, "ConDau"));
    }

    private static List<String> why(Offer offer) {
        return ((Offer.Refused) offer).why().stream().map(Reason::key).toList();
    }

    @Test
    void oneSignatureGivesEverybodyInTheListAProof() throws Exception {
        int version = current(ground.head).number();
        assertThat(seal(ground.head, version, wardSeal)).isInstanceOf(Offer.Accepted.class);
        byte[] file = seals.file(ground.head, ground.key, version, By.UNIT);
        assertThat(VeraPdf.findings(file)).isEmpty();
        for (UUID person : people.subList(0, 4)) {
            Viewer official = ground.official(person);
            var receipt = commitments.receipt(official, ground.campaign).orElseThrow();
            var proofs = manifests.of(body.tenant, receipt.commitmentId());
            assertThat(proofs).hasSize(1);
            var proof = proofs.getFirst();
            assertThat(proof.rows()).isEqualTo(4);
            assertThat(proof.signer()).isEqualTo("Con dấu một");
            assertThat(proof.line())
                    .contains(receipt.commitmentId().toString())
                    .endsWith(HexFormat.of().formatHex(receipt.documentHash()));
            String canonical = new String(
                    contents.find(body.tenant, proof.canonicalHash())
                            .orElseThrow()
                            .bytes(),
                    StandardCharsets.UTF_8);
            assertThat(canonical.lines()).contains(proof.line());
            var page = body.browser(official)
                    .get("/cam-ket/" + ground.campaign + "/bien-nhan")
                    .page();
            assertThat(page.select("main code").eachText())
                    .contains(proof.line().replace('\t', ' '));
            assertThat(body.browser(official)
                            .get(page.select("a[href$=.pdf][href*=xac-nhan]").attr("href"))
                            .bytes())
                    .isEqualTo(file);
        }
        assertThat(seals.begin(ground.head, ground.key, version)).isInstanceOf(Begun.Refused.class);
    }

    @Test
    void theListThatWasSignedIsNamedInTheSignedFile() throws Exception {
        int version = current(ground.head).number();
        seal(ground.head, version, wardSeal);
        byte[] file = seals.file(ground.head, ground.key, version, By.UNIT);
        var official = ground.official(people.getFirst());
        var receipt = commitments.receipt(official, ground.campaign).orElseThrow();
        var proof = manifests.of(body.tenant, receipt.commitmentId()).getFirst();
        try (var pdf = org.apache.pdfbox.Loader.loadPDF(file)) {
            String text =
                    new org.apache.pdfbox.text.PDFTextStripper().getText(pdf).replaceAll("\\s", "");
            assertThat(text)
                    .contains(HexFormat.of().formatHex(proof.canonicalHash()))
                    .contains(HexFormat.of().formatHex(receipt.documentHash()));
        }
    }

    @Test
    void theBoardSealsWhatItAcceptedAndNobodyWhatIsNotRipe() {
        int version = current(ground.head).number();
        assertThat(seals.begin(ground.board, ground.key, version)).isInstanceOf(Begun.Refused.class);
        ground.done(lists.submit(ground.clerk, ground.key, version));
        ground.done(lists.accept(ground.board, ground.key, version, ""));
        assertThat(seal(ground.board, version, boardSeal)).isInstanceOf(Offer.Accepted.class);
        assertThat(seals.look(ground.board, lists.get(ground.board, ground.key), current(ground.board))
                        .byBoard())
                .isNotNull();
        // and the unit may still put its own beside it
        assertThat(seal(ground.head, version, wardSeal)).isInstanceOf(Offer.Accepted.class);
        assertThat(manifests.of(
                        body.tenant,
                        commitments
                                .receipt(ground.official(people.getFirst()), ground.campaign)
                                .orElseThrow()
                                .commitmentId()))
                .hasSize(2);
    }

    /** ADR 0014: a name on a certificate is nobody's word; a link is, for its unit and its days. */
    @Test
    void onlyACertificateThatIsLinkedToTheUnitOnThatDaySeals() {
        int version = current(ground.head).number();
        UUID request = begun(ground.head, version);
        for (Holder other : List.of(DigitalSamples.holder("Phường Một"), boardSeal)) {
            assertThat(why(hand(ground.head, request, other))).containsExactly("signing.check.other-agency");
        }
        Item link = agencies.list(ground.head).getFirst();
        LocalDate today = LocalDate.now(clock); // not the database's: that lives in another part of the world
        assertThat(link.unitId()).isEqualTo(body.wardOne);
        jdbc.sql("update signing.trusted set valid_from = ? where tenant_id = ? and id = ?")
                .params(today.plusDays(1), body.tenant, link.id())
                .update();
        assertThat(why(hand(ground.head, request, wardSeal))).containsExactly("signing.check.other-agency");
        jdbc.sql("update signing.trusted set valid_from = ? where tenant_id = ? and id = ?")
                .params(today, body.tenant, link.id())
                .update();
        assertThat(trust.end(ground.head, link.id(), "Mất thiết bị")).isInstanceOf(Saved.Done.class);
        assertThat(why(hand(ground.head, request, wardSeal))).containsExactly("signing.check.other-agency");
        // without any link nobody without a certificate of their own begins at all
        signatures.cancel(ground.head, request);
        assertThat(seals.begin(ground.head, ground.key, version))
                .isEqualTo(new Begun.Refused(Reason.of("submissions.seal.unlinked", "Phường Một")));
        var again = DigitalSamples.holder("Con dấu mới");
        DigitalSamples.link(agencies, trust, ground.head, ground.board, body.wardOne, again);
        assertThat(seal(ground.head, version, again)).isInstanceOf(Offer.Accepted.class);
    }

    @Test
    void aListThatWentBackIsNotSealedAndNoListIsSealedTwice() {
        int version = current(ground.head).number();
        UUID request = begun(ground.head, version);
        byte[] paper = signatures.paper(ground.head, request);
        ground.done(lists.submit(ground.clerk, ground.key, version));
        ground.done(lists.sendBack(ground.board, ground.key, version, "Lập lại", java.util.Map.of()));
        assertThat(why(hand(ground.head, request, wardSeal))).containsExactly("submissions.seal.gone");
        assertThat(seals.begin(ground.head, ground.key, version))
                .isEqualTo(new Begun.Refused(Reason.of("submissions.seal.unripe")));

        int second = ground.approve();
        UUID next = begun(ground.head, second);
        assertThat(signatures.upload(ground.head, next, DigitalSamples.sign(paper, wardSeal, "ConDau")))
                .as("the paper of the version before")
                .isInstanceOf(Offer.Refused.class);
        assertThat(hand(ground.head, next, wardSeal)).isInstanceOf(Offer.Accepted.class);
        assertThat(seals.begin(ground.head, ground.key, second))
                .isEqualTo(new Begun.Refused(Reason.of("submissions.seal.done")));
        // and one who got a request all the same does not get it through
        var subject = ground.campaign + "/" + body.wardOne + "/" + body.partyBloc + "/" + second + "/don-vi";
        UUID forged = transaction.execute(status -> signatures.ask(new Signatures.Request(
                body.tenant,
                "submissions.seal",
                subject,
                "Danh sách",
                paper,
                "ConDau",
                true,
                null,
                "Phường Một",
                body.wardOne,
                "Phường Một",
                ground.head.accountId(),
                Duration.ofDays(1))));
        assertThat(why(hand(ground.head, Objects.requireNonNull(forged), wardSeal)))
                .containsExactly("submissions.seal.done");
        assertThat(jdbc.sql("select count(*) from signing.manifest where tenant_id = ?")
                        .param(body.tenant)
                        .query((row, n) -> row.getInt(1))
                        .single())
                .isEqualTo(1);
    }

    @Test
    void whoLostTheOfficeMeanwhileDoesNotSealAndAStrangerNeverDid() {
        int version = current(ground.head).number();
        UUID request = begun(ground.head, version);
        for (Viewer other : List.of(
                ground.board,
                ground.clerk,
                administrator,
                body.viewer(Role.HEAD, body.wardTwo),
                ground.official(people.getFirst()))) {
            assertThatThrownBy(() -> signatures.asked(other, request)).isInstanceOf(NotFound.class);
            assertThatThrownBy(() -> hand(other, request, wardSeal)).isInstanceOf(NotFound.class);
        }
        accounts.revoke(
                body.tenant, administrator.accountId(), ground.head.accountId(), Role.HEAD, body.wardOne, "Thôi chức");
        assertThat(why(hand(ground.head, request, wardSeal))).containsExactly("submissions.seal.no-authority");
        Viewer successor = body.viewer(Role.HEAD, body.wardOne);
        assertThat(hand(successor, request, wardSeal)).isInstanceOf(Offer.Accepted.class);
    }

    @Test
    void anybodyWithASealedListLearnsWhetherItStands() throws Exception {
        int version = current(ground.head).number();
        var unsealed = paperOf(begun(ground.head, version));
        assertThat(known(unsealed).standing()).isEqualTo(Finding.Standing.UNSIGNED);
        seal(ground.head, version, wardSeal);
        ground.done(lists.submit(ground.clerk, ground.key, version));
        ground.done(lists.accept(ground.board, ground.key, version, ""));
        var above = paperOf(begun(ground.board, version));
        assertThat(known(above).standing())
                .as("the unit's seal is not the board's")
                .isEqualTo(Finding.Standing.UNSIGNED);
        seal(ground.board, version, boardSeal);

        for (By by : By.values()) {
            byte[] file = seals.file(ground.board, ground.key, version, by);
            Papers.Paper paper = by == By.UNIT ? unsealed : above;
            var found = known(paper);
            assertThat(found.standing()).isEqualTo(Finding.Standing.VALID);
            assertThat(Objects.requireNonNull(found.shown().signed()).documentHash())
                    .isEqualTo(Sha256.of(file));
            var byFile = (Finding.Known) verifications.byFile(Files.write(folder.resolve(by + ".pdf"), file));
            assertThat(byFile.code()).isEqualTo(paper.code());
            assertThat(byFile.file()).isEqualTo(Finding.File.DOCUMENT);
            byte[] longer = java.util.Arrays.copyOf(file, file.length + 1);
            longer[file.length] = '\n';
            assertThat(((Finding.Known) verifications.byFile(Files.write(folder.resolve("x.pdf"), longer))).file())
                    .isEqualTo(Finding.File.OTHER);
        }
        String page = bodies.stranger()
                .get("/kiem-tra?ma=" + above.code().written())
                .page()
                .text();
        assertThat(page).contains("Danh sách bản cam kết đã ký").contains("Phường Một");
        assertThat(page).as("no names of people").doesNotContain("Nguyễn Văn Thử");
    }

    private Papers.Paper paperOf(UUID request) {
        return jdbc.sql("""
                        select p.id from documents.paper p join signing.request r on r.tenant_id = p.tenant_id
                        where r.tenant_id = ? and r.id = ? and p.kind = ? order by p.id desc limit 1
                        """)
                .params(body.tenant, request, ListSeals.KIND)
                .query((row, n) -> papers.find(body.tenant, row.getObject("id", UUID.class)))
                .single()
                .orElseThrow();
    }

    private Finding.Known known(Papers.Paper paper) {
        return (Finding.Known) verifications.byCode(paper.code().signs());
    }

    /** Personal seals: without a link of the unit. A request is one person's, and must not keep the others waiting. */
    @Test
    void whoHoldsARequestIsNamedAndAnotherOfTheUnitMayAskAnew() {
        int version = current(ground.head).number();
        trust.end(ground.head, agencies.list(ground.head).getFirst().id(), "Mất thiết bị");
        Viewer first = body.viewer(
                Role.HEAD, body.wardOne, body.person("Đặng Văn Giữ", body.wardOne, body.stateBloc, body.staff));
        Viewer second = body.viewer(
                Role.HEAD, body.wardOne, body.person("Hồ Thị Chờ", body.wardOne, body.stateBloc, body.staff));
        UUID request = begun(first, version);
        assertThat(begun(first, version)).isEqualTo(request);

        Begun.Refused refused = (Begun.Refused) seals.begin(second, ground.key, version);
        assertThat(refused.why().key()).isEqualTo("submissions.seal.held");
        assertThat(refused.why().arguments().getFirst()).isEqualTo("Đặng Văn Giữ");
        Browser browser = body.browser(second);
        var page = browser.get(address()).page();
        assertThat(page.select("section[aria-labelledby=dong-dau]").text())
                .contains("Đặng Văn Giữ đã mở yêu cầu ký số danh sách này nhưng chưa xong");
        var form = page.select("form[action$=/dong-dau]");
        assertThat(form.select("button").text()).isEqualTo("Hủy yêu cầu đó và ký số cho đơn vị");
        assertThatThrownBy(
                        () -> seals.begin(body.viewer(Role.HEAD, body.wardTwo), ground.key, version, By.UNIT, request))
                .isInstanceOf(NotFound.class);
        var asked = browser.post(
                address(),
                form.attr("action"),
                "ban",
                String.valueOf(version),
                "ben",
                "don-vi",
                "thay",
                form.select("[name=thay]").val());
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.page().select("main").text()).contains("Danh sách ký cam kết");
        assertThat(signatures.asked(first, request).standing()).isEqualTo(Signatures.Standing.CANCELLED);
        assertThat(jdbc.sql(
                                "select count(*) from ledger.entry where tenant_id = ? and act = 'submissions.seal-withdrawn'")
                        .param(body.tenant)
                        .query((row, n) -> row.getInt(1))
                        .single())
                .isEqualTo(1);
        // and the other way round it is the second's now
        assertThat(seals.begin(first, ground.key, version, By.UNIT, request)).isInstanceOf(Begun.Refused.class);
    }

    private String address() {
        return "/danh-sach/" + ground.campaign + "/" + body.wardOne + "/" + body.partyBloc;
    }

    @Test
    void whoMaySealForBothSaysForWhom() {
        Viewer both = body.viewer(Role.HEAD, body.root);
        accounts.grant(body.tenant, administrator.accountId(), both.accountId(), Role.BOARD, body.root, "thử");
        int version = current(ground.head).number();
        ground.done(lists.submit(ground.clerk, ground.key, version));
        ground.done(lists.accept(ground.board, ground.key, version, ""));
        Browser browser = body.browser(both);
        var page = browser.get(address()).page();
        assertThat(page.select("form[action$=/dong-dau] button").eachText())
                .containsExactly("Ký số danh sách cho đơn vị", "Ký số danh sách cho cấp tiếp nhận");
        var asked = browser.post(address(), address() + "/dong-dau", "ban", String.valueOf(version), "ben", "cap-tren");
        assertThat(asked.status()).isEqualTo(200);
        assertThat(jdbc.sql("select subject from signing.request where tenant_id = ? and state = 'open'")
                        .param(body.tenant)
                        .query((row, n) -> row.getString(1))
                        .list())
                .singleElement()
                .asString()
                .endsWith("/cap-tren");
    }
}
