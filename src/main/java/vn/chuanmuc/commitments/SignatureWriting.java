package vn.chuanmuc.commitments;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.commitments.CommitmentStore.Place;
import vn.chuanmuc.commitments.CommitmentStore.Written;
import vn.chuanmuc.commitments.Commitments.Receipt;
import vn.chuanmuc.commitments.Commitments.Signing;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.documents.Papers;
import vn.chuanmuc.documents.Papers.Paper;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;

/**
 * What every way to sign has in common: whose place it is, what locks it, and the writing of the signature, its act and its paper in
 * one transaction.
 */
@Component
class SignatureWriting {
    /** Each time somebody else was quicker there is less left that could change. */
    static final int ATTEMPTS = 4;

    private final CommitmentStore store;
    private final SetBodies bodies;
    private final Papers papers;
    private final Units units;
    private final Ledger ledger;
    private final Clock clock;

    SignatureWriting(CommitmentStore store, SetBodies bodies, Papers papers, Units units, Ledger ledger, Clock clock) {
        this.store = store;
        this.bodies = bodies;
        this.papers = papers;
        this.units = units;
        this.ledger = ledger;
        this.clock = clock;
    }

    interface Reading {
        Optional<Place> of(UUID tenantId, UUID campaignId, UUID personId);
    }

    static Place own(Viewer viewer, UUID campaignId, Reading reading) {
        UUID person = viewer.personId();
        if (person == null) {
            throw new NotFound("commitment");
        }
        return reading.of(viewer.tenantId(), campaignId, person).orElseThrow(() -> new NotFound("commitment"));
    }

    /** Why nothing can be recorded for this person any more. */
    Optional<Reason> lock(UUID tenantId, Place place) {
        if (place.standing() == Standing.LEFT) {
            return Optional.of(Reason.of("commitments.lock.left"));
        }
        if (!place.open()) {
            return Optional.of(Reason.of("commitments.lock.closed"));
        }
        String signsIn = place.signsIn();
        if (signsIn != null) {
            return Optional.of(Reason.of("commitments.lock.supplement", signsIn, place.fullName()));
        }
        Instant since = place.frozenSince();
        if (since != null) {
            String receiver =
                    units.names(tenantId, List.of(place.receiverUnit())).getOrDefault(place.receiverUnit(), "");
            return Optional.of(Reason.of("campaigns.frozen", place.unitName(), place.blocName(), since, receiver));
        }
        return Optional.empty();
    }

    /** Why these words are not the ones to sign, or nothing is any more. */
    Optional<Signing> refusedWords(UUID tenantId, Place place, UUID readSet, byte[] readHash) {
        Optional<Reason> lock = lock(tenantId, place);
        if (lock.isPresent()) {
            return Optional.of(new Signing.Refused("", lock.get()));
        }
        if (!place.setId().equals(readSet)
                || !Arrays.equals(readHash, bodies.of(tenantId, place.setId()).hash())) {
            return Optional.of(new Signing.Refused("", Reason.of("commitments.sign.other-text")));
        }
        return Optional.empty();
    }

    /** The newest signature of somebody who stands as signed. */
    Receipt receipt(UUID tenantId, UUID campaignId, UUID personId) {
        return store.receipt(tenantId, campaignId, personId)
                .orElseThrow(() -> new IllegalStateException("who stands as signed has a signature"));
    }

    /** Forms of the ways that were not taken. */
    void supersede(UUID tenantId, UUID account, Place place, String... kinds) {
        papers.supersedeUnsigned(tenantId, Set.of(kinds), place.campaignId(), place.personId(), "", account);
    }

    /**
     * Papers of what was signed for the year before lose their place to the paper of this signature; whoever checks their code is
     * told its code. An electronic confirmation that nobody printed has no paper: it gets one here when there is something to replace.
     */
    private void replacePapers(
            UUID tenant, UUID account, Place place, Evidence evidence, List<CommitmentStore.Before> before) {
        List<Paper> replaced = before.stream()
                .flatMap(earlier -> CommitmentPapers.KINDS.stream()
                        .flatMap(kind -> papers.of(tenant, kind, earlier.campaignId(), place.personId()).stream()))
                .filter(paper -> paper.state().live())
                .toList();
        if (replaced.isEmpty()) {
            return;
        }
        UUID successor = evidence.paperId() != null
                ? evidence.paperId()
                : papers.issue(CommitmentPapers.draft(
                                tenant,
                                account,
                                place,
                                CommitmentPapers.CONFIRMED,
                                evidence.head(),
                                evidence.bodyHash()))
                        .id();
        for (Paper paper : replaced) {
            papers.supersede(paper, successor, "", account);
        }
    }

    /** What makes a signature true, whichever way it was made. */
    record Evidence(
            String method,
            String head,
            byte[] bodyHash,
            byte[] documentHash,
            @Nullable UUID paperId,
            @Nullable LocalDate signedOn,
            @Nullable String confirmedBy) {}

    /** Writes the signature and its act; null when somebody was quicker. */
    @Nullable
    Receipt write(
            UUID tenant, UUID account, Place place, UUID id, Instant now, Evidence evidence, Map<String, Object> more) {
        int version = place.version() + 1;
        var written = new Written(
                id,
                version,
                Standing.SIGNED,
                evidence.method(),
                now,
                account,
                null,
                "",
                evidence.head(),
                evidence.bodyHash(),
                evidence.documentHash(),
                evidence.paperId(),
                evidence.signedOn(),
                evidence.confirmedBy());
        // Asked before the new version is written: behind it, that would be the newest.
        var before = new ArrayList<CommitmentStore.Before>();
        if (place.standing() == Standing.SIGNED) {
            UUID corrected =
                    receipt(tenant, place.campaignId(), place.personId()).commitmentId();
            before.add(new CommitmentStore.Before(place.campaignId(), corrected));
        }
        if (place.baseId() != null) {
            before.addAll(store.before(tenant, place.year(), place.personId(), place.campaignId()));
        }
        if (!store.write(tenant, place, written)) {
            return null;
        }
        var facts = facts(place, version);
        facts.put("method", evidence.method());
        facts.put("signBy", place.signBy().toString());
        facts.putAll(more);
        if (!before.isEmpty()) {
            facts.put(
                    "replaces",
                    before.stream()
                            .map(earlier -> earlier.commitmentId().toString())
                            .toList());
        }
        var pieces = new ArrayList<Piece>();
        pieces.add(Piece.of(CommitmentEvidence.COMMITMENT, place.year(), place.personId(), version));
        if (!evidence.method().equals(Commitments.ELECTRONIC)) {
            pieces.add(Piece.of("documents.content", evidence.documentHash()));
        }
        ledger.append(new Act(tenant, "commitments.signed", id, account, facts, evidence.documentHash()).with(pieces));
        replacePapers(tenant, account, place, evidence, before);
        return new Receipt(
                id,
                place.campaignId(),
                place.personId(),
                place.year(),
                version,
                now,
                evidence.method(),
                place.setId(),
                evidence.documentHash(),
                place.signBy(),
                evidence.paperId(),
                evidence.signedOn(),
                evidence.confirmedBy());
    }

    static Map<String, Object> facts(Place place, int version) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("campaign", place.campaignId().toString());
        facts.put("person", place.personId().toString());
        facts.put("unit", place.unitId().toString());
        facts.put("bloc", place.blocId().toString());
        facts.put("set", place.setId().toString());
        facts.put("year", place.year());
        facts.put("version", version);
        return facts;
    }

    /** As a column keeps it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
