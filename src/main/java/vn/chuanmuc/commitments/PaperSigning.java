package vn.chuanmuc.commitments;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
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

/** Ký trên giấy: a clerk records that somebody signed a paper of ours by hand. */
@Component
class PaperSigning {
    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

    private final CommitmentStore store;
    private final SignatureWriting writing;
    private final Access access;
    private final Contents contents;
    private final SetBodies bodies;
    private final Papers papers;
    private final TransactionTemplate transaction;
    private final Clock clock;

    PaperSigning(
            CommitmentStore store,
            SignatureWriting writing,
            Access access,
            Contents contents,
            SetBodies bodies,
            Papers papers,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.writing = writing;
        this.access = access;
        this.contents = contents;
        this.bodies = bodies;
        this.papers = papers;
        this.transaction = transaction;
        this.clock = clock;
    }

    Signing signOnPaper(Viewer viewer, UUID paperId, byte[] scanHash, LocalDate signedOn) {
        UUID tenant = viewer.tenantId();
        Paper paper = papers.find(tenant, paperId)
                .filter(found -> found.kind().equals(CommitmentPapers.FORM))
                .orElseThrow(() -> new NotFound("paper of a commitment"));
        Check.that(contents.has(tenant, scanHash), "a scan is stored before it is confirmed");
        Place known = ofPaper(viewer, paper, store.place(tenant, paper.scope(), paper.subject()));
        bodies.of(tenant, known.setId()); // before the transaction: see ElectronicSigning
        for (int attempt = 0; attempt < SignatureWriting.ATTEMPTS; attempt++) {
            Signing signing = transaction.execute(status -> {
                Place place = ofPaper(viewer, paper, store.placeLocked(tenant, paper.scope(), paper.subject()));
                if (place.standing() == Standing.SIGNED) {
                    return new Signing.AlreadySigned(writing.receipt(tenant, place.campaignId(), place.personId()));
                }
                Paper now = papers.find(tenant, paperId).orElseThrow();
                Optional<Signing> refused = refusal(tenant, place, now, signedOn);
                if (refused.isPresent()) {
                    // Somebody may have signed between the look at the person and the look at the paper.
                    return store.place(tenant, paper.scope(), paper.subject())
                            .filter(since -> since.standing() == Standing.SIGNED)
                            .<Signing>map(since -> new Signing.AlreadySigned(
                                    writing.receipt(tenant, since.campaignId(), since.personId())))
                            .orElse(refused.get());
                }
                Receipt receipt = write(viewer, place, now, scanHash, signedOn);
                if (receipt == null) {
                    status.setRollbackOnly();
                    return null;
                }
                return new Signing.Signed(receipt);
            });
            if (signing != null) {
                return signing;
            }
        }
        return new Signing.Refused("", Reason.of("commitments.busy"));
    }

    private Place ofPaper(Viewer viewer, Paper paper, Optional<Place> place) {
        Place found = place.orElseThrow(() -> new NotFound("commitment of paper " + paper.id()));
        access.require(viewer, Permission.RECORD_PAPER_SIGNATURE, found.unitId());
        return found;
    }

    private Optional<Signing> refusal(UUID tenantId, Place place, Paper paper, LocalDate signedOn) {
        Optional<Reason> lock = writing.lock(tenantId, place);
        if (lock.isPresent()) {
            return Optional.of(new Signing.Refused("", lock.get()));
        }
        if (!place.onPaper()) {
            return Optional.of(new Signing.Refused("", Reason.of("commitments.paper.method")));
        }
        if (paper.state() != PaperState.ISSUED) {
            return Optional.of(new Signing.Refused(
                    "", Reason.of("commitments.paper." + paper.state().code(), paper.since())));
        }
        if (!Sha256.same(paper.bodyHash(), bodies.of(tenantId, place.setId()).hash())) {
            return Optional.of(new Signing.Refused("", Reason.of("commitments.paper.other-text", place.fullName())));
        }
        LocalDate issued = LocalDate.ofInstant(paper.issuedAt(), ZONE);
        if (signedOn.isBefore(issued)) {
            return Optional.of(new Signing.Refused("ngay-ky", Reason.of("commitments.paper.too-early", issued)));
        }
        if (signedOn.isAfter(LocalDate.ofInstant(clock.instant(), ZONE))) {
            return Optional.of(new Signing.Refused("ngay-ky", Reason.of("commitments.paper.too-late")));
        }
        return Optional.empty();
    }

    private @Nullable Receipt write(Viewer viewer, Place place, Paper paper, byte[] scanHash, LocalDate signedOn) {
        var evidence = new SignatureWriting.Evidence(
                Commitments.PAPER, paper.head(), paper.bodyHash(), scanHash, paper.id(), signedOn, null);
        var facts = new LinkedHashMap<String, Object>();
        facts.put("paper", paper.id().toString());
        facts.put("code", paper.code().signs());
        facts.put("signedOn", signedOn.toString());
        Receipt receipt =
                writing.write(viewer.tenantId(), viewer.accountId(), place, Ids.next(), writing.now(), evidence, facts);
        if (receipt == null || !papers.signed(paper, viewer.accountId())) {
            return null;
        }
        writing.supersede(viewer.tenantId(), viewer.accountId(), place, CommitmentPapers.DIGITAL);
        return receipt;
    }
}
