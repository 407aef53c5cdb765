package vn.chuanmuc.commitments;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.commitments.CommitmentStore.Place;
import vn.chuanmuc.commitments.Commitments.Receipt;
import vn.chuanmuc.commitments.Commitments.Signing;
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.documents.PaperState;
import vn.chuanmuc.documents.Papers;
import vn.chuanmuc.documents.Papers.Paper;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;

/** Chữ ký số: a certificate's signature in the PDF of a form of ours. */
@Component
class DigitalSigning {
    private final CommitmentStore store;
    private final SignatureWriting writing;
    private final Contents contents;
    private final SetBodies bodies;
    private final Papers papers;

    DigitalSigning(
            CommitmentStore store, SignatureWriting writing, Contents contents, SetBodies bodies, Papers papers) {
        this.store = store;
        this.writing = writing;
        this.contents = contents;
        this.bodies = bodies;
        this.papers = papers;
    }

    /** Why the viewer's own commitment cannot be signed digitally now, if the words shown are the words to sign. */
    Optional<Signing> refusal(Viewer viewer, UUID campaignId, UUID readSet, byte[] readHash) {
        Place place = SignatureWriting.own(viewer, campaignId, store::place);
        if (place.standing() == Standing.SIGNED) {
            return Optional.of(
                    new Signing.AlreadySigned(writing.receipt(viewer.tenantId(), campaignId, place.personId())));
        }
        return place.digital()
                ? writing.refusedWords(viewer.tenantId(), place, readSet, readHash)
                : Optional.of(new Signing.Refused("", Reason.of("commitments.digital.method")));
    }

    Place place(Viewer viewer, UUID campaignId) {
        return SignatureWriting.own(viewer, campaignId, store::place);
    }

    /**
     * Records, in the transaction that accepts the signature, that somebody signed a form of ours digitally: in that form's PDF, with a
     * certificate that is theirs. The same file recorded twice is one signature.
     *
     * @param documentHash SHA-256 of the signed PDF, in {@code documents.content} already
     */
    Signing sign(UUID tenant, UUID account, UUID paperId, byte[] documentHash, Instant signedAt) {
        Check.that(contents.has(tenant, documentHash), "a signed file is stored before it counts");
        Paper paper = papers.find(tenant, paperId)
                .filter(found -> found.kind().equals(CommitmentPapers.DIGITAL))
                .orElseThrow(() -> new NotFound("paper of a commitment"));
        Place place = store.placeLocked(tenant, paper.scope(), paper.subject())
                .orElseThrow(() -> new NotFound("commitment of paper " + paper.id()));
        if (place.standing() == Standing.SIGNED) {
            return new Signing.AlreadySigned(writing.receipt(tenant, place.campaignId(), place.personId()));
        }
        Optional<Reason> refused = writing.lock(tenant, place).or(() -> refusalOfForm(tenant, place, paper));
        if (refused.isPresent()) {
            return new Signing.Refused("", refused.get());
        }
        var evidence = new SignatureWriting.Evidence(
                Commitments.DIGITAL, paper.head(), paper.bodyHash(), documentHash, paper.id(), null, null);
        var facts = new LinkedHashMap<String, Object>();
        facts.put("paper", paper.id().toString());
        facts.put("code", paper.code().signs());
        facts.put("signedAt", signedAt.toString());
        Receipt receipt = writing.write(tenant, account, place, Ids.next(), writing.now(), evidence, facts);
        if (receipt == null) {
            // Somebody was quicker: another way of signing, a freeze, or the same file once more.
            Place now = store.place(tenant, paper.scope(), paper.subject()).orElseThrow();
            return now.standing() == Standing.SIGNED
                    ? new Signing.AlreadySigned(writing.receipt(tenant, place.campaignId(), place.personId()))
                    : new Signing.Refused("", writing.lock(tenant, now).orElse(Reason.of("commitments.busy")));
        }
        Check.that(papers.signed(paper, account), "the form was unsigned a moment ago");
        writing.supersede(tenant, account, place, CommitmentPapers.FORM);
        return new Signing.Signed(receipt);
    }

    private Optional<Reason> refusalOfForm(UUID tenantId, Place place, Paper paper) {
        if (!place.digital()) {
            return Optional.of(Reason.of("commitments.digital.method"));
        }
        if (paper.state() != PaperState.ISSUED) {
            return Optional.of(Reason.of("commitments.paper." + paper.state().code(), paper.since()));
        }
        return Sha256.same(paper.bodyHash(), bodies.of(tenantId, place.setId()).hash())
                ? Optional.empty()
                : Optional.of(Reason.of("commitments.paper.other-text", place.fullName()));
    }
}
