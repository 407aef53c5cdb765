package vn.chuanmuc.commitments;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.CommitmentStore.Place;
import vn.chuanmuc.commitments.CommitmentStore.Written;
import vn.chuanmuc.commitments.Commitments.Recorded;
import vn.chuanmuc.documents.Papers;
import vn.chuanmuc.documents.Papers.Paper;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;

/** What is recorded about somebody who does not sign, or did: declined, excused, opened again, withdrawn; each with its reason. */
@Component
class NotSigning {
    private static final int LONGEST_REASON = 1_000;

    private final CommitmentStore store;
    private final SignatureWriting writing;
    private final Access access;
    private final Campaigns campaigns;
    private final Papers papers;
    private final Ledger ledger;
    private final TransactionTemplate transaction;

    NotSigning(
            CommitmentStore store,
            SignatureWriting writing,
            Access access,
            Campaigns campaigns,
            Papers papers,
            Ledger ledger,
            TransactionTemplate transaction) {
        this.store = store;
        this.writing = writing;
        this.access = access;
        this.campaigns = campaigns;
        this.papers = papers;
        this.ledger = ledger;
        this.transaction = transaction;
    }

    Recorded withdraw(Viewer viewer, UUID campaignId, UUID personId, String reason) {
        return record(
                viewer,
                () -> {
                    Place place = store.placeLocked(viewer.tenantId(), campaignId, personId)
                            .orElseThrow(() -> new NotFound("person on the roster"));
                    access.require(viewer, Permission.WITHDRAW_SIGNATURE, place.unitId());
                    return place;
                },
                Standing.OPEN,
                ReasonKind.DINH_CHINH.code(),
                List.of(ReasonKind.DINH_CHINH),
                reason,
                place -> place.standing() == Standing.SIGNED
                        ? Optional.empty()
                        : Optional.of(Reason.of("commitments.withdraw.nothing", place.fullName())));
    }

    Recorded decline(Viewer viewer, UUID campaignId, String kindCode, String reason) {
        access.require(viewer, Permission.SIGN_OWN);
        return record(
                viewer,
                () -> SignatureWriting.own(viewer, campaignId, store::placeLocked),
                Standing.DECLINED,
                kindCode,
                ReasonKind.OWN,
                reason,
                place -> place.standing() == Standing.SIGNED
                        ? Optional.of(Reason.of("commitments.decline.signed"))
                        : Optional.empty());
    }

    Recorded excuse(Viewer viewer, UUID campaignId, UUID personId, String kindCode, String reason) {
        return record(
                viewer,
                () -> ofOffice(viewer, campaignId, personId),
                Standing.EXCUSED,
                kindCode,
                ReasonKind.OFFICE,
                reason,
                place -> switch (place.standing()) {
                    case SIGNED -> Optional.of(Reason.of("commitments.excuse.signed", place.fullName()));
                    case DECLINED -> Optional.of(Reason.of("commitments.excuse.declined", place.fullName()));
                    case OPEN, EXCUSED, LEFT -> Optional.empty();
                });
    }

    Recorded reopen(Viewer viewer, UUID campaignId, UUID personId, String reason) {
        return record(
                viewer,
                () -> ofOffice(viewer, campaignId, personId),
                Standing.OPEN,
                ReasonKind.DINH_CHINH.code(),
                List.of(ReasonKind.DINH_CHINH),
                reason,
                place -> place.standing() == Standing.EXCUSED
                        ? Optional.empty()
                        : Optional.of(Reason.of("commitments.reopen.nothing", place.fullName())));
    }

    private Recorded record(
            Viewer viewer,
            Supplier<Place> read,
            Standing standing,
            String kindCode,
            List<ReasonKind> allowed,
            String reason,
            Function<Place, Optional<Reason>> rule) {
        Optional<ReasonKind> kind = ReasonKind.find(kindCode).filter(allowed::contains);
        if (kind.isEmpty()) {
            return new Recorded.Refused("loai", Reason.of("commitments.reason.kind.missing"));
        }
        String words = Texts.nfc(reason).strip();
        if (words.isEmpty() || words.length() > LONGEST_REASON) {
            return new Recorded.Refused("ly-do", Reason.of("commitments.reason.missing", LONGEST_REASON));
        }
        for (int attempt = 0; attempt < SignatureWriting.ATTEMPTS; attempt++) {
            Recorded recorded = transaction.execute(status -> {
                Place place = read.get();
                Optional<Reason> refused =
                        writing.lock(viewer.tenantId(), place).or(() -> rule.apply(place));
                if (refused.isPresent()) {
                    return new Recorded.Refused("", refused.get());
                }
                if (!append(viewer, place, standing, kind.get(), words)) {
                    status.setRollbackOnly();
                    return null;
                }
                return new Recorded.Done();
            });
            if (recorded != null) {
                return recorded;
            }
        }
        return new Recorded.Refused("", Reason.of("commitments.busy"));
    }

    private boolean append(Viewer viewer, Place place, Standing standing, ReasonKind kind, String words) {
        UUID id = Ids.next();
        int version = place.version() + 1;
        var written = new Written(
                id,
                version,
                standing,
                null,
                writing.now(),
                viewer.accountId(),
                kind,
                words,
                "",
                null,
                null,
                null,
                null,
                null);
        if (!store.write(viewer.tenantId(), place, written)) {
            return false;
        }
        var facts = SignatureWriting.facts(place, version);
        facts.put("kind", kind.code());
        facts.put("reason", words);
        String act = switch (standing) {
            case DECLINED -> "commitments.declined";
            case EXCUSED -> "commitments.excused";
            case OPEN -> place.standing() == Standing.SIGNED ? "commitments.withdrawn" : "commitments.reopened";
            case SIGNED, LEFT -> throw new IllegalArgumentException(standing.name());
        };
        ledger.append(new Act(viewer.tenantId(), act, id, viewer.accountId(), facts)
                .with(Piece.of(CommitmentEvidence.COMMITMENT, place.year(), place.personId(), version)));
        if (place.standing() == Standing.SIGNED) {
            withdrawPapers(viewer, place, words);
            if (place.corrected() != null) {
                campaigns.correct(
                        viewer, place.campaignId(), place.personId(), words); // they sign again under the right name
            }
        }
        return true;
    }

    private void withdrawPapers(Viewer viewer, Place place, String words) {
        for (String kind : CommitmentPapers.KINDS) {
            for (Paper paper : papers.of(viewer.tenantId(), kind, place.campaignId(), place.personId())) {
                if (paper.state().live()) {
                    papers.withdraw(paper, words, viewer.accountId());
                }
            }
        }
    }

    private Place ofOffice(Viewer viewer, UUID campaignId, UUID personId) {
        Place place = store.placeLocked(viewer.tenantId(), campaignId, personId)
                .orElseThrow(() -> new NotFound("person on the roster"));
        access.require(viewer, Permission.RECORD_NOT_SIGNING, place.unitId());
        return place;
    }
}
