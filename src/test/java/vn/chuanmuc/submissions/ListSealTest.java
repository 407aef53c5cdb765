package vn.chuanmuc.submissions;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.signing.DigitalSamples;
import vn.chuanmuc.signing.Manifests;
import vn.chuanmuc.signing.Offer;
import vn.chuanmuc.signing.Signatures;
import vn.chuanmuc.signing.TrustList;
import vn.chuanmuc.submissions.ListSeals.Begun;
import vn.chuanmuc.submissions.ListSeals.By;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;
import vn.chuanmuc.testing.VeraPdf;

/** One signature over a whole list; a proof for each who is in it. */
@ProductTest
class ListSealTest {
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
    JdbcClient jdbc;

    private Body body;
    private ListGround ground;
    private List<UUID> people;

    @BeforeEach
    void anApprovedList() {
        body = bodies.create();
        people = body.people(5, body.wardOne, body.partyBloc);
        ground = ListGround.launch(body, jdbc, campaigns, lists, commitments, body.wardOne);
        DigitalSamples.trust(trust, body.viewer(Role.ADMINISTRATOR, body.root), ground.board);
        people.subList(0, 4).forEach(ground::sign);
        ground.approve();
    }

    private ListVersion current(Viewer viewer) {
        return Objects.requireNonNull(lists.get(viewer, ground.key).current());
    }

    private Offer seal(Viewer viewer, int version, String name) {
        UUID request = ((Begun.Asked) seals.begin(viewer, ground.key, version)).requestId();
        byte[] paper = signatures.paper(viewer, request);
        return signatures.upload(viewer, request, DigitalSamples.sign(paper, DigitalSamples.holder(name), "ConDau"));
    }

    @Test
    void oneSignatureGivesEverybodyInTheListAProof() throws Exception {
        int version = current(ground.head).number();
        assertThat(seal(ground.head, version, "Phường Khác")).isInstanceOf(Offer.Refused.class);
        assertThat(seal(ground.head, version, "Phường Một")).isInstanceOf(Offer.Accepted.class);
        byte[] file = seals.file(ground.head, ground.key, version, By.UNIT);
        assertThat(VeraPdf.findings(file)).isEmpty();
        for (UUID person : people.subList(0, 4)) {
            Viewer official = ground.official(person);
            var receipt = commitments.receipt(official, ground.campaign).orElseThrow();
            var proofs = manifests.of(body.tenant, receipt.commitmentId());
            assertThat(proofs).hasSize(1);
            var proof = proofs.getFirst();
            assertThat(proof.rows()).isEqualTo(4);
            assertThat(proof.signer()).isEqualTo("Phường Một");
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
        seal(ground.head, version, "Phường Một");
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
        String root = jdbc.sql("select name from directory.unit_version where tenant_id = ? and unit_id = ?")
                .params(body.tenant, body.root)
                .query((row, n) -> row.getString(1))
                .single();
        assertThat(seal(ground.board, version, root)).isInstanceOf(Offer.Accepted.class);
        assertThat(seals.look(ground.board, lists.get(ground.board, ground.key), current(ground.board))
                        .byBoard())
                .isNotNull();
        // and the unit may still put its own beside it
        assertThat(seal(ground.head, version, "Phường Một")).isInstanceOf(Offer.Accepted.class);
        assertThat(manifests.of(
                        body.tenant,
                        commitments
                                .receipt(ground.official(people.getFirst()), ground.campaign)
                                .orElseThrow()
                                .commitmentId()))
                .hasSize(2);
    }
}
