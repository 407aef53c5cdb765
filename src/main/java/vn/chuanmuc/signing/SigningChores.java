package vn.chuanmuc.signing;

import eu.europa.esig.dss.alert.exception.AlertException;
import eu.europa.esig.dss.model.DSSException;
import eu.europa.esig.dss.spi.x509.tsp.TSPSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.jobs.Chore;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;
import vn.chuanmuc.signing.RequestStore.Accepted;

/** Puts what is needed to check a signature in many years behind it, and a younger time stamp before the old one gets too old. */
@Component
class SigningChores implements Chore {
    private static final Logger log = LoggerFactory.getLogger(SigningChores.class);
    private static final Duration PAUSE = Duration.ofMinutes(10);
    /** Revocation data must be younger than the signature. */
    private static final Duration RIPE = Duration.ofHours(1);

    private static final Duration RENEWED_AFTER = Duration.ofDays(3 * 365);
    private static final int AT_ONCE = 50;

    private final RequestStore store;
    private final Signatures signatures;
    private final TrustList trust;
    private final Contents contents;
    private final Ledger ledger;
    private final TransactionTemplate transaction;
    private final Clock clock;
    /** Those that could not be preserved for want of revocation data are tried again only after a while. */
    private final Map<UUID, Instant> postponed = new HashMap<>();

    SigningChores(
            RequestStore store,
            Signatures signatures,
            TrustList trust,
            Contents contents,
            Ledger ledger,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.signatures = signatures;
        this.trust = trust;
        this.contents = contents;
        this.ledger = ledger;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "signing.preserve";
    }

    @Override
    public Duration pause() {
        return PAUSE;
    }

    @Override
    public void run() {
        Instant now = clock.instant();
        store.expire(now);
        recheck();
        if (OtherTime.isOf(now)) {
            return; // the library looks at the machine's own clock: another one would make nonsense
        }
        preserve(now.minus(RIPE));
    }

    /** Looks again at kept files for which something new is known. */
    void recheck() {
        for (RequestStore.Row row : store.toRecheck()) {
            try {
                signatures.recheck(row);
            } catch (RuntimeException e) {
                log.error("Request {} could not be checked again", row.id(), e);
            }
        }
    }

    /** Preserves signatures accepted before the moment; returns how many. */
    int preserve(Instant acceptedBefore) {
        Instant now = clock.instant();
        postponed.values().removeIf(until -> until.isBefore(now));
        int done = 0;
        var services = new HashMap<UUID, Optional<TSPSource>>();
        for (Accepted accepted :
                store.toPreserve(acceptedBefore, now.minus(RENEWED_AFTER), AT_ONCE + postponed.size())) {
            if (postponed.containsKey(accepted.id())) {
                continue;
            }
            Optional<TSPSource> stamps = services.computeIfAbsent(accepted.tenantId(), trust::stamps);
            if (stamps.isEmpty() || !preserve(accepted, stamps.get())) {
                postponed.put(accepted.id(), now.plus(Duration.ofHours(6)));
            } else {
                done++;
            }
        }
        return done;
    }

    private boolean preserve(Accepted accepted, TSPSource stamps) {
        UUID tenant = accepted.tenantId();
        byte[] from = store.preserved(tenant, accepted.id()).orElse(accepted.documentHash());
        byte[] signed = contents.find(tenant, from).orElseThrow().bytes();
        byte[] preserved;
        try {
            preserved = Pades.preserve(signed, trust.on(tenant, clock.instant()).verifier(), stamps);
        } catch (AlertException | DSSException e) {
            log.info("Signature {} is not preserved yet: {}", accepted.id(), e.getMessage());
            return false;
        }
        Check.that(
                preserved.length > signed.length
                        && Arrays.equals(preserved, 0, signed.length, signed, 0, signed.length),
                "what was signed stays as it is");
        transaction.executeWithoutResult(status -> {
            byte[] hash = contents.store(tenant, Acceptance.PDF, preserved);
            Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
            UUID id = Ids.next();
            store.insertPreserved(tenant, id, accepted.id(), hash, at);
            ledger.append(new Act(
                    tenant,
                    "signing.preserved",
                    accepted.requestId(),
                    accepted.accountId(),
                    Map.of("bytes", preserved.length),
                    hash,
                    List.of(Piece.of(SigningEvidence.PRESERVED, id), Piece.of(SigningEvidence.CONTENT, hash))));
        });
        return true;
    }
}
