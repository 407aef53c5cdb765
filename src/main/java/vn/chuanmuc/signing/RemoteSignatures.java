package vn.chuanmuc.signing;

import eu.europa.esig.dss.spi.x509.tsp.TSPSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.jobs.Chore;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.signing.PreparationStore.Preparation;
import vn.chuanmuc.signing.RemoteSigner.Answer;
import vn.chuanmuc.signing.RemoteSigner.Credential;
import vn.chuanmuc.signing.RemoteSigner.Credentials;
import vn.chuanmuc.signing.RemoteSigner.Started;
import vn.chuanmuc.signing.RequestStore.Row;
import vn.chuanmuc.signing.RequestStore.State;

/**
 * Three steps, each of which any instance can take: what is to be signed is kept before the service hears of it; then it is asked
 * until it answers; then the signature is put into the paper and goes through the one gate.
 */
@Component
class RemoteSignatures implements Chore {
    private static final Logger log = LoggerFactory.getLogger(RemoteSignatures.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    /** As long as a phone waits for its owner, and some for the way. */
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    private static final Duration AGAIN = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int AT_ONCE = 20;

    private final RemoteSigner signer;
    private final PreparationStore store;
    private final RequestStore requests;
    private final Acceptance acceptance;
    private final TrustList trust;
    private final SignatureLines lines;
    private final TransactionTemplate transaction;
    private final Clock clock;

    RemoteSignatures(
            RemoteSigner signer,
            PreparationStore store,
            RequestStore requests,
            Acceptance acceptance,
            TrustList trust,
            SignatureLines lines,
            TransactionTemplate transaction,
            Clock clock) {
        this.signer = signer;
        this.store = store;
        this.requests = requests;
        this.acceptance = acceptance;
        this.trust = trust;
        this.lines = lines;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** What came of asking the service. */
    sealed interface Begun {
        record Waiting() implements Begun {}

        record Refused(Reason why) implements Begun {}
    }

    Credentials credentials(String user) {
        return signer.credentials(user);
    }

    /** Prepares, keeps, and then asks: should everything stop in between, the chore asks. */
    Begun begin(Viewer viewer, Row request, String user, String credentialId) {
        Optional<Credential> credential = switch (signer.credentials(user)) {
            case Credentials.Refused(var why) -> {
                yield Optional.empty();
            }
            case Credentials.Listed(var listed) ->
                listed.stream().filter(one -> one.id().equals(credentialId)).findFirst();
        };
        if (credential.isEmpty()) {
            return new Begun.Refused(Reason.of("signing.remote.gone"));
        }
        byte[] paper = request.paper();
        if (paper == null) {
            return new Begun.Refused(Reason.of("signing.request.over"));
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<String> shown = lines.of(request, credential.get().chain().getFirst(), now);
        boolean stamped = trust.stamps(viewer.tenantId()).isPresent();
        var plan = new SigningPlan(request.field(), credential.get().chain(), now, shown, request.certifies(), stamped);
        var prepared = Pades.prepare(paper, plan);
        var one = new Preparation(
                viewer.tenantId(),
                Ids.next(),
                request.id(),
                credential.get().id(),
                Certificates.join(credential.get().chain()),
                now,
                shown,
                stamped,
                prepared.toBeSigned(),
                null,
                viewer.accountId(),
                now,
                now.plus(PATIENCE),
                0,
                "waiting",
                "");
        boolean kept = Boolean.TRUE.equals(transaction.execute(status -> {
            Row held = requests.findLocked(viewer.tenantId(), request.id()).orElseThrow();
            return held.state() == State.OPEN
                    && store.insert(one)
                    && requests.move(viewer.tenantId(), request.id(), State.OPEN, State.WAITING);
        }));
        if (!kept) {
            // Clicked twice, or in two windows: the first one waits for the phone already.
            return requests.find(viewer.tenantId(), request.id())
                            .filter(row -> row.state() == State.WAITING)
                            .isPresent()
                    ? new Begun.Waiting()
                    : new Begun.Refused(Reason.of("signing.request.over"));
        }
        return ask(one, request) instanceof Started.Refused(var why) ? new Begun.Refused(why) : new Begun.Waiting();
    }

    private Started ask(Preparation one, Row request) {
        Started started = signer.start(
                one.id(), one.credential(), vn.chuanmuc.kernel.Sha256.of(one.toBeSigned()), request.title());
        switch (started) {
            case Started.Waiting(var reference) ->
                store.refer(one.tenantId(), one.id(), reference, clock.instant().plus(AGAIN));
            case Started.Refused(var why) -> end(one, "failed", why, why.key());
            case Started.Unreachable unreachable -> again(one);
        }
        return started;
    }

    /** Ends it and opens the request again, so that the person can try another way. */
    private void end(Preparation one, String state, Reason why, String told) {
        transaction.executeWithoutResult(status -> {
            if (store.end(one.tenantId(), one.id(), state, told, clock.instant())) {
                requests.findLocked(one.tenantId(), one.requestId())
                        .filter(row -> row.state() == State.WAITING)
                        .ifPresent(row -> requests.reopen(one.tenantId(), one.requestId(), List.of(why)));
            }
        });
    }

    private void again(Preparation one) {
        Duration wait = AGAIN.multipliedBy(1L << Math.min(one.tries(), 6));
        store.later(one.tenantId(), one.id(), clock.instant().plus(wait.compareTo(LONGEST) > 0 ? LONGEST : wait));
    }

    /** The person gives up waiting. */
    void drop(Row request) {
        store.newest(request.tenantId(), request.id())
                .filter(one -> one.state().equals("waiting"))
                .ifPresent(one -> end(one, "dropped", Reason.of("signing.remote.dropped"), ""));
    }

    @Override
    public String name() {
        return "signing.remote-signatures";
    }

    @Override
    public Duration pause() {
        return PAUSE;
    }

    @Override
    public void run() {
        for (Preparation one : store.due(clock.instant(), AT_ONCE)) {
            try {
                advance(one);
            } catch (RuntimeException e) {
                log.error("Preparation {} of request {} failed", one.id(), one.requestId(), e);
                again(one);
            }
        }
    }

    /** One question about one preparation. */
    void advance(Preparation one) {
        Row request = requests.find(one.tenantId(), one.requestId()).orElseThrow();
        if (!request.state().live()) {
            store.end(one.tenantId(), one.id(), "dropped", "", clock.instant());
            return;
        }
        if (clock.instant().isAfter(one.deadline())) {
            end(one, "expired", Reason.of("signing.remote.expired"), "");
            return;
        }
        String reference = one.reference();
        if (reference == null) {
            ask(one, request);
            return;
        }
        switch (signer.ask(reference)) {
            case Answer.Waiting waiting ->
                store.later(one.tenantId(), one.id(), clock.instant().plus(AGAIN));
            case Answer.Unreachable unreachable -> again(one);
            case Answer.Rejected rejected -> end(one, "rejected", Reason.of("signing.remote.rejected"), "");
            case Answer.Expired expired -> end(one, "expired", Reason.of("signing.remote.expired"), "");
            case Answer.Failed(var code) -> end(one, "failed", Reason.of("signing.remote.failed", code), code);
            case Answer.Signed(var value) -> finish(one, request, value);
        }
    }

    private void finish(Preparation one, Row request, byte[] value) {
        byte[] paper = Objects.requireNonNull(request.paper());
        var prepared = Pades.prepare(paper, one.plan(request.field(), request.certifies()));
        if (!java.util.Arrays.equals(prepared.toBeSigned(), one.toBeSigned())) {
            // Another version of the program makes other bytes: what was signed is not what would be kept.
            end(one, "failed", Reason.of("signing.remote.changed"), "changed");
            return;
        }
        if (!prepared.isSignature(value)) {
            end(one, "failed", Reason.of("signing.remote.wrong"), "wrong value");
            return;
        }
        @Nullable
        TSPSource stamps = one.stamped() ? trust.stamps(one.tenantId()).orElse(null) : null;
        byte[] signed;
        try {
            signed = prepared.finish(value, stamps);
        } catch (Stamps.StampFailure e) {
            log.warn("No time stamp for request {}: {}", request.id(), e.getMessage());
            signed = Pades.prepare(paper, one.plan(request.field(), request.certifies()))
                    .finish(value, null);
        }
        acceptance.offer(request, signed, Way.REMOTE, one.accountId());
        store.end(one.tenantId(), one.id(), "signed", "", clock.instant());
    }
}
