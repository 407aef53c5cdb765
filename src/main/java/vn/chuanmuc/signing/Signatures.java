package vn.chuanmuc.signing;

import eu.europa.esig.dss.spi.x509.tsp.TSPSource;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.signing.AgencyCertificates.ServerSeal;
import vn.chuanmuc.signing.RequestStore.Row;
import vn.chuanmuc.signing.RequestStore.State;

/** Digital signatures that modules ask for: each is asked once, made in one of the ways, checked strictly and kept. */
@Component
public class Signatures {
    private static final Logger log = LoggerFactory.getLogger(Signatures.class);
    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

    private final RequestStore store;
    private final PreparationStore preparations;
    private final Acceptance acceptance;
    private final RemoteSignatures remote;
    private final Errands errands;
    private final AgencySeal seal;
    private final AgencyCertificates agencies;
    private final SignatureLines lines;
    private final TrustList trust;
    private final SigningSettings settings;
    private final Contents contents;
    private final Access access;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Signatures(
            RequestStore store,
            PreparationStore preparations,
            Acceptance acceptance,
            RemoteSignatures remote,
            Errands errands,
            AgencySeal seal,
            AgencyCertificates agencies,
            SignatureLines lines,
            TrustList trust,
            SigningSettings settings,
            Contents contents,
            Access access,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.preparations = preparations;
        this.acceptance = acceptance;
        this.remote = remote;
        this.errands = errands;
        this.seal = seal;
        this.agencies = agencies;
        this.lines = lines;
        this.trust = trust;
        this.settings = settings;
        this.contents = contents;
        this.access = access;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * What is to be signed, where and by whom.
     *
     * @param purpose see {@link SignatureRequester#purpose()}
     * @param subject what it is about, in the requester's own words; one live request per purpose and subject
     * @param title for people, in lists and on the signer's phone
     * @param paper a PDF with an empty signature field
     * @param certifies it is the paper's first signature: nothing but further signatures may follow
     * @param personId who must sign; null for the agency's seal
     * @param signerName their name, which the certificate must bear until it is confirmed as theirs; of a seal the unit's
     * @param goodFor how long the request stays open
     */
    public record Request(
            UUID tenantId,
            String purpose,
            String subject,
            String title,
            byte[] paper,
            String field,
            boolean certifies,
            @Nullable UUID personId,
            String signerName,
            UUID unitId,
            String unitName,
            UUID askedBy,
            Duration goodFor) {}

    /** Where a request stands, for the page that shows it. */
    public enum Standing {
        /** Choose a way and sign. */
        OPEN,
        /** A remote service waits for the signer's phone. */
        WAITING,
        /** Signed; something that a check needs is missing here. */
        UNDECIDED,
        /** Signed; the office confirms whose certificate it is. */
        IDENTITY,
        DONE,
        REFUSED,
        EXPIRED,
        CANCELLED
    }

    /**
     * A request as its signer sees it.
     *
     * @param why what the last check said was wrong or missing
     * @param back where the signer came from
     * @param agency no person signs: the unit seals
     * @param seal whether this server holds a key the unit seals with
     * @param waitingUntil when the remote service gives up, while it is waited for
     */
    public record Asked(
            UUID id,
            String title,
            String signerName,
            String unitName,
            Standing standing,
            Instant expiresAt,
            List<Reason> why,
            String back,
            boolean remote,
            boolean agency,
            boolean seal,
            @Nullable Instant waitingUntil) {}

    /** Asks for a signature in the caller's transaction. Asked twice for the same subject, the live request is returned. */
    @Transactional(propagation = Propagation.MANDATORY)
    public UUID ask(Request request) {
        acceptance.requester(request.purpose());
        Instant now = now();
        var row = new Row(
                request.tenantId(),
                Ids.next(),
                request.purpose(),
                request.subject(),
                request.title().substring(0, Math.min(300, request.title().length())),
                request.field(),
                request.certifies(),
                request.personId(),
                request.signerName(),
                request.unitId(),
                request.unitName(),
                request.paper(),
                Sha256.of(request.paper()),
                request.askedBy(),
                now,
                now.plus(request.goodFor()),
                State.OPEN,
                null,
                null,
                null,
                List.of());
        while (!store.insert(row)) {
            Optional<Row> live = store.live(request.tenantId(), request.purpose(), request.subject());
            if (live.isPresent()) {
                return live.get().id();
            }
        }
        return row.id();
    }

    /** Whether a certificate is known today as the unit's: then it can seal, with a key of this server or with its own. */
    public boolean canSeal(UUID tenantId, UUID unitId) {
        return agencies.any(tenantId, unitId, today());
    }

    /** A request that waits. @param personId who alone can sign it; null for a unit's seal */
    public record Live(UUID id, @Nullable UUID personId, String signerName, Instant until) {}

    /** The request that is live for the subject. */
    public Optional<Live> live(UUID tenantId, String purpose, String subject) {
        return store.live(tenantId, purpose, subject)
                .map(row -> new Live(row.id(), row.personId(), row.signerName(), row.expiresAt()));
    }

    /** Ends the request in the caller's transaction, if it is live and the module's own: it knows who may. */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean withdraw(UUID tenantId, String purpose, String subject, UUID id) {
        Optional<Row> live =
                store.live(tenantId, purpose, subject).filter(row -> row.id().equals(id));
        live.ifPresent(remote::drop);
        return live.isPresent() && store.end(tenantId, id, State.CANCELLED, now());
    }

    /** Only whom it was asked of, and for a seal whoever may use it there, sees and signs it. */
    private Row own(Viewer viewer, UUID id) {
        Row row = store.find(viewer.tenantId(), id).orElseThrow(() -> new NotFound("signature request"));
        UUID person = row.personId();
        boolean may = person == null
                ? access.covers(viewer, Permission.SEAL, row.unitId())
                        && acceptance.requester(row.purpose()).may(viewer, row.subject())
                : person.equals(viewer.personId());
        if (!may) {
            throw new NotFound("signature request");
        }
        return row;
    }

    public Asked asked(Viewer viewer, UUID id) {
        Row row = own(viewer, id);
        return new Asked(
                row.id(),
                row.title(),
                row.signerName(),
                row.unitName(),
                Standing.valueOf(row.state().name()),
                row.expiresAt(),
                row.reasons(),
                acceptance.requester(row.purpose()).page(row.subject()),
                settings.remote().isPresent(),
                row.personId() == null,
                row.personId() == null
                        && !(agencies.serverSeal(row.tenantId(), row.unitId(), today()) instanceof ServerSeal.None),
                row.state() == State.WAITING
                        ? preparations
                                .newest(row.tenantId(), row.id())
                                .map(PreparationStore.Preparation::deadline)
                                .orElse(null)
                        : null);
    }

    /** What is to be signed. */
    public byte[] paper(Viewer viewer, UUID id) {
        byte[] paper = own(viewer, id).paper();
        if (paper == null) {
            throw new NotFound("paper of a request that is over");
        }
        return paper;
    }

    /** A key at the remote service, as one chooses it. */
    public record RemoteKey(String id, String name, String issuer, String serial, Instant until) {}

    public sealed interface RemoteKeys {
        record Listed(List<RemoteKey> keys) implements RemoteKeys {}

        record Refused(Reason why) implements RemoteKeys {}
    }

    /** The keys somebody has at the remote service. */
    public RemoteKeys remoteKeys(Viewer viewer, UUID id, String user) {
        own(viewer, id);
        if (user.isBlank() || user.length() > 100) {
            return new RemoteKeys.Refused(Reason.of("signing.remote.user"));
        }
        return switch (remote.credentials(user.strip())) {
            case RemoteSigner.Credentials.Refused(var why) -> new RemoteKeys.Refused(why);
            case RemoteSigner.Credentials.Listed(var listed) ->
                new RemoteKeys.Listed(listed.stream()
                        .map(one -> {
                            X509Certificate certificate = one.chain().getFirst();
                            return new RemoteKey(
                                    one.id(),
                                    Certificates.commonName(certificate),
                                    Certificates.issuerName(certificate),
                                    Certificates.serial(certificate),
                                    certificate.getNotAfter().toInstant());
                        })
                        .toList());
        };
    }

    /** @return why not, or empty when the service waits for the signer's phone now */
    public Optional<Reason> beginRemote(Viewer viewer, UUID id, String user, String key) {
        Row row = own(viewer, id);
        return switch (remote.begin(viewer, row, user.strip(), key)) {
            case RemoteSignatures.Begun.Waiting waiting -> Optional.empty();
            case RemoteSignatures.Begun.Refused(var why) -> Optional.of(why);
        };
    }

    /** Gives up waiting for the remote service; another way is open again. */
    public void dropRemote(Viewer viewer, UUID id) {
        remote.drop(own(viewer, id));
    }

    /** @param fetch token with which a program gets the paper, once */
    public record Tokens(String fetch, String handIn, Instant until) {}

    /** One-time tokens for a program on the signer's computer. */
    public Tokens tokens(Viewer viewer, UUID id) {
        Row row = own(viewer, id);
        if (!row.state().live()) {
            throw new NotFound("request that is over");
        }
        Errands.Pair pair = errands.issue(viewer, id);
        return new Tokens(pair.fetch(), pair.handIn(), pair.until());
    }

    /** The paper for whoever shows the token. */
    public Optional<byte[]> fetch(String token) {
        return errands.use(token, Errands.Kind.FETCH)
                .flatMap(errand -> store.find(errand.tenantId(), errand.requestId()))
                .flatMap(row -> Optional.ofNullable(row.paper()));
    }

    /** Whether a signed file may be handed in with the token, which stays good. */
    public boolean awaits(String token) {
        return errands.good(token, Errands.Kind.HAND_IN);
    }

    /** The signed file from whoever shows the token; empty when the token is not good. */
    public Optional<Offer> handIn(String token, byte[] signed) {
        return errands.use(token, Errands.Kind.HAND_IN)
                .map(errand -> acceptance.offer(
                        store.find(errand.tenantId(), errand.requestId()).orElseThrow(),
                        signed,
                        Way.TOOL,
                        errand.accountId()));
    }

    public Offer upload(Viewer viewer, UUID id, byte[] signed) {
        return acceptance.offer(own(viewer, id), signed, Way.UPLOAD, viewer.accountId());
    }

    /** Seals with the unit's own key on this server. */
    public Offer seal(Viewer viewer, UUID id) {
        Row row = own(viewer, id);
        byte[] paper = row.paper();
        if (row.personId() != null || paper == null) {
            return new Offer.Refused(List.of(Reason.of("signing.request.over")));
        }
        return switch (agencies.serverSeal(row.tenantId(), row.unitId(), today())) {
            case ServerSeal.None none -> new Offer.Refused(List.of(Reason.of("signing.seal.none", row.unitName())));
            case ServerSeal.Closed(var why) -> new Offer.Refused(List.of(why));
            case ServerSeal.Ready(var alias, var chain) -> seal(viewer, row, paper, alias, chain);
        };
    }

    private Offer seal(Viewer viewer, Row row, byte[] paper, String alias, List<X509Certificate> chain) {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Optional<TSPSource> stamps = trust.stamps(viewer.tenantId());
        var plan = new SigningPlan(
                row.field(), chain, at, lines.of(row, chain.getFirst(), at), row.certifies(), stamps.isPresent());
        try {
            var prepared = Pades.prepare(paper, plan);
            byte[] value = seal.sign(row.tenantId(), alias, prepared.toBeSigned());
            byte[] sealed;
            try {
                sealed = prepared.finish(value, stamps.orElse(null));
            } catch (Stamps.StampFailure e) {
                log.warn("No time stamp for request {}: {}", row.id(), e.getMessage());
                sealed = Pades.prepare(paper, plan).finish(value, null);
            }
            return acceptance.offer(row, sealed, Way.SEAL, viewer.accountId());
        } catch (GeneralSecurityException e) {
            log.error("The agency's seal did not sign request {}", row.id(), e);
            return new Offer.Refused(List.of(Reason.of("signing.seal.away")));
        }
    }

    /** Checks a file that is kept undecided once more, with what is known now. */
    public Offer recheck(Viewer viewer, UUID id) {
        return recheck(own(viewer, id));
    }

    Offer recheck(Row row) {
        byte[] candidate = row.candidate();
        if (candidate == null) {
            return row.state() == State.DONE
                    ? new Offer.Accepted()
                    : new Offer.Refused(
                            row.reasons().isEmpty() ? List.of(Reason.of("signing.request.over")) : row.reasons());
        }
        return acceptance.offer(
                row, candidate, Objects.requireNonNull(row.candidateWay()), Objects.requireNonNull(row.candidateBy()));
    }

    /** The signer turns around; nothing that was handed in is kept. */
    public void cancel(Viewer viewer, UUID id) {
        Row row = own(viewer, id);
        remote.drop(row);
        transaction.executeWithoutResult(status -> store.end(viewer.tenantId(), id, State.CANCELLED, now()));
    }

    /** How a signed file was accepted, for the receipt. */
    public record Kept(
            String signer,
            String subject,
            String issuer,
            String serial,
            Way way,
            Instant claimedAt,
            @Nullable Instant stampedAt,
            Instant acceptedAt,
            byte[] paperHash,
            boolean preserved) {}

    public Optional<Kept> kept(UUID tenantId, byte[] documentHash) {
        return store.accepted(tenantId, documentHash).map(accepted -> {
            X509Certificate certificate =
                    Certificates.read(accepted.certificate()).orElseThrow();
            return new Kept(
                    Certificates.commonName(certificate),
                    Certificates.subject(certificate),
                    Certificates.issuerName(certificate),
                    Certificates.serial(certificate),
                    accepted.way(),
                    accepted.claimedAt(),
                    accepted.stampedAt(),
                    accepted.acceptedAt(),
                    accepted.paperHash(),
                    store.preserved(tenantId, accepted.id()).isPresent());
        });
    }

    /** The newest file with the data to check it in many years; it begins with the bytes of the signed one. */
    public Optional<byte[]> preserved(UUID tenantId, byte[] documentHash) {
        return store.accepted(tenantId, documentHash)
                .flatMap(accepted -> store.preserved(tenantId, accepted.id()))
                .flatMap(hash -> contents.find(tenantId, hash))
                .map(Contents.Content::bytes);
    }

    /** The report of the last check of a request (XML), in short or in full; empty when the file never got so far. */
    public Optional<byte[]> report(Viewer viewer, UUID id, boolean full) {
        Row row = own(viewer, id);
        return store.checked(row.tenantId(), row.id())
                .flatMap(checked -> Optional.ofNullable(full ? checked.detailedHash() : checked.simpleHash()))
                .flatMap(hash -> contents.find(row.tenantId(), hash))
                .map(Contents.Content::bytes);
    }

    /** The report with which a signed file was accepted. */
    public Optional<byte[]> reportOf(UUID tenantId, byte[] documentHash) {
        return store.accepted(tenantId, documentHash)
                .flatMap(accepted -> store.checked(tenantId, accepted.requestId()))
                .flatMap(checked -> Optional.ofNullable(checked.detailedHash()))
                .flatMap(hash -> contents.find(tenantId, hash))
                .map(Contents.Content::bytes);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZONE);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
