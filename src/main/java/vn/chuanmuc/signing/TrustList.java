package vn.chuanmuc.signing;

import eu.europa.esig.dss.spi.x509.tsp.TSPSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;

/** What checks rely on: anchors, time-stamp services, whose certificate is whose – dated, proposed by one, confirmed by another. */
@Component
public class TrustList {
    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");
    private static final int LARGEST_REVOCATION = 16 << 20;
    /** A certificate is some kilobytes; a file that is larger is something else and is not read. */
    public static final int LARGEST_CERTIFICATE = 64 << 10;

    private static final int LONGEST_BASIS = 1_000;

    private final TrustStore store;
    private final SigningSettings settings;
    private final Wire wire;
    private final Access access;
    private final Units units;
    private final Contents contents;
    private final Ledger ledger;
    private final Clock clock;

    TrustList(
            TrustStore store,
            SigningSettings settings,
            Wire wire,
            Access access,
            Units units,
            Contents contents,
            Ledger ledger,
            Clock clock) {
        this.store = store;
        this.settings = settings;
        this.wire = wire;
        this.access = access;
        this.units = units;
        this.contents = contents;
        this.ledger = ledger;
        this.clock = clock;
    }

    public enum Kind {
        ANCHOR("neo"),
        STAMPS("dau-thoi-gian"),
        PERSON("nguoi-ky"),
        /** A certificate with which a unit seals. */
        AGENCY("co-quan");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }

        static Kind of(String code) {
            return Arrays.stream(values())
                    .filter(kind -> kind.code.equals(code))
                    .findFirst()
                    .orElseThrow();
        }
    }

    public enum ItemState {
        PROPOSED,
        CONFIRMED,
        REJECTED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static ItemState of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * Something to be relied on.
     *
     * @param certificate DER; null for a time-stamp service
     * @param address of a time-stamp service
     * @param keyAlias of a unit's certificate: the key of this server it belongs to; null where the unit keeps its key itself
     * @param validTo the first day it is relied on no more, or null
     */
    public record Item(
            UUID id,
            Kind kind,
            String name,
            byte @Nullable [] certificate,
            @Nullable String address,
            @Nullable UUID personId,
            @Nullable UUID unitId,
            @Nullable String keyAlias,
            LocalDate validFrom,
            @Nullable LocalDate validTo,
            String basis,
            ItemState state,
            UUID proposedBy,
            Instant proposedAt,
            @Nullable UUID decidedBy,
            @Nullable Instant decidedAt,
            @Nullable UUID endedBy,
            @Nullable Instant endedAt,
            String endReason) {
        /** SHA-256 of the certificate as people compare it; empty without one. */
        public String fingerprint() {
            return certificate == null ? "" : Certificates.fingerprint(certificate);
        }

        /**
         * As it stood at the end of a day that is past; empty when it was not proposed yet and did not hold on the day either. Of
         * something that was ended later the last day it was to have is not known any more.
         */
        public Optional<Item> on(LocalDate day, Instant end) {
            if (!proposedAt.isBefore(end) && !holds(day)) {
                return Optional.empty();
            }
            boolean decided = decidedAt != null && decidedAt.isBefore(end) || holds(day);
            boolean ended = endedAt != null && endedAt.isBefore(end);
            return Optional.of(new Item(
                    id,
                    kind,
                    name,
                    certificate,
                    address,
                    personId,
                    unitId,
                    keyAlias,
                    validFrom,
                    endedAt == null || ended ? validTo : null,
                    basis,
                    decided ? state : ItemState.PROPOSED,
                    proposedBy,
                    proposedAt,
                    decided ? decidedBy : null,
                    decided ? decidedAt : null,
                    ended ? endedBy : null,
                    ended ? endedAt : null,
                    ended ? endReason : ""));
        }

        public boolean holds(LocalDate day) {
            return state == ItemState.CONFIRMED
                    && !day.isBefore(validFrom)
                    && (validTo == null || day.isBefore(validTo));
        }
    }

    /** @param kind {@code crl} or {@code ocsp} */
    public record RevocationFile(
            UUID id,
            String kind,
            String issuer,
            Instant thisUpdate,
            @Nullable Instant nextUpdate,
            UUID broughtBy,
            Instant broughtAt) {}

    /** What came of a change. */
    public sealed interface Saved {
        record Done() implements Saved {}

        /** @param field the form field to put right, empty for the whole */
        record Refused(String field, Reason why) implements Saved {}
    }

    public List<Item> list(Viewer viewer, Kind kind) {
        if (!viewer.may(Permission.MANAGE_TRUST)) {
            access.require(viewer, Permission.READ_LEDGER);
        }
        return store.list(viewer.tenantId(), kind);
    }

    public List<RevocationFile> revocations(Viewer viewer) {
        if (!viewer.may(Permission.MANAGE_TRUST)) {
            access.require(viewer, Permission.READ_LEDGER);
        }
        return store.revocations(viewer.tenantId());
    }

    /** Certificates of the people of the viewer's units. */
    public List<Item> ofPeople(Viewer viewer) {
        access.require(viewer, Permission.CONFIRM_SIGNER);
        return store.ofPeople(viewer.tenantId(), viewer.unitsWith(Permission.CONFIRM_SIGNER));
    }

    /** What is trusted holds for the whole body: only who manages it at the top decides. */
    private void requireTop(Viewer viewer) {
        access.require(viewer, Permission.MANAGE_TRUST, units.root(viewer.tenantId()));
    }

    @Transactional
    public Saved proposeAnchor(Viewer viewer, byte[] file, String basis, LocalDate from, @Nullable LocalDate lastDay) {
        requireTop(viewer);
        Optional<X509Certificate> read = Certificates.read(file);
        if (read.isEmpty()) {
            return new Saved.Refused("tep", Reason.of("signing.trust.no-certificate"));
        }
        X509Certificate certificate = read.get();
        if (certificate.getBasicConstraints() < 0) {
            return new Saved.Refused("tep", Reason.of("signing.trust.no-authority"));
        }
        return propose(
                viewer,
                Kind.ANCHOR,
                Certificates.subject(certificate),
                Certificates.der(certificate),
                null,
                null,
                null,
                basis,
                from,
                lastDay);
    }

    /** A certificate as a unit's. @param keyAlias of the key of this server, or null */
    Saved proposeAgency(
            Viewer viewer,
            UUID unit,
            X509Certificate certificate,
            @Nullable String keyAlias,
            String basis,
            LocalDate from,
            @Nullable LocalDate lastDay) {
        return propose(
                viewer,
                Kind.AGENCY,
                Certificates.subject(certificate),
                Certificates.der(certificate),
                null,
                unit,
                keyAlias,
                basis,
                from,
                lastDay);
    }

    @Transactional
    public Saved proposeStamps(
            Viewer viewer, String name, String address, String basis, LocalDate from, @Nullable LocalDate lastDay) {
        requireTop(viewer);
        String clean = Texts.oneLine(name);
        if (clean.isEmpty() || clean.length() > 200) {
            return new Saved.Refused("ten", Reason.of("signing.trust.name"));
        }
        if (!isAddress(address.strip())) {
            return new Saved.Refused("dia-chi", Reason.of("signing.trust.address"));
        }
        return propose(viewer, Kind.STAMPS, clean, null, address.strip(), null, null, basis, from, lastDay);
    }

    private static boolean isAddress(String address) {
        try {
            URI uri = URI.create(address);
            return address.length() <= 500
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Saved propose(
            Viewer viewer,
            Kind kind,
            String name,
            byte @Nullable [] certificate,
            @Nullable String address,
            @Nullable UUID unit,
            @Nullable String keyAlias,
            String basis,
            LocalDate from,
            @Nullable LocalDate lastDay) {
        String words = Texts.nfc(basis).strip();
        if (words.isEmpty() || words.length() > LONGEST_BASIS) {
            return new Saved.Refused("can-cu", Reason.of("signing.trust.basis", LONGEST_BASIS));
        }
        if (lastDay != null && lastDay.isBefore(from)) {
            return new Saved.Refused("den-ngay", Reason.of("signing.trust.period"));
        }
        LocalDate to = lastDay == null ? null : lastDay.plusDays(1);
        if (certificate != null) {
            Optional<Reason> unfit = unfit(viewer.tenantId(), kind, certificate, unit, from, to);
            if (unfit.isPresent()) {
                return new Saved.Refused("tep", unfit.get());
            }
        }
        UUID id = Ids.next();
        var item = new Item(
                id,
                kind,
                name.substring(0, Math.min(500, name.length())),
                certificate,
                address,
                null,
                unit,
                keyAlias,
                from,
                to,
                words,
                ItemState.PROPOSED,
                viewer.accountId(),
                now(),
                null,
                null,
                null,
                null,
                "");
        if (!store.insert(viewer.tenantId(), item)) {
            return new Saved.Refused("tep", Reason.of("signing.trust.there"));
        }
        ledger.append(new Act(
                        viewer.tenantId(),
                        "signing.trust-proposed",
                        id,
                        viewer.accountId(),
                        Map.of(
                                "kind",
                                kind.code(),
                                "name",
                                item.name(),
                                "basis",
                                words,
                                "address",
                                address == null ? "" : address,
                                "unit",
                                unit == null ? "" : unit.toString(),
                                "key",
                                keyAlias == null ? "" : keyAlias,
                                "from",
                                from.toString(),
                                "lastDay",
                                lastDay == null ? "" : lastDay.toString()),
                        certificate == null ? null : vn.chuanmuc.kernel.Sha256.of(certificate))
                .with(Piece.of(SigningEvidence.TRUSTED, id)));
        return new Saved.Done();
    }

    /** A certificate that a signature brought along: proposed by whoever signed with it, to be confirmed by somebody else. */
    void proposeSigner(
            UUID tenantId, UUID account, X509Certificate certificate, UUID personId, UUID unitId, String basis) {
        UUID id = Ids.next();
        LocalDate from = LocalDate.ofInstant(clock.instant(), ZONE);
        byte[] der = Certificates.der(certificate);
        var item = new Item(
                id,
                Kind.PERSON,
                Certificates.subject(certificate),
                der,
                null,
                personId,
                unitId,
                null,
                from,
                null,
                basis,
                ItemState.PROPOSED,
                account,
                now(),
                null,
                null,
                null,
                null,
                "");
        if (store.insert(tenantId, item)) {
            ledger.append(new Act(
                            tenantId,
                            "signing.trust-proposed",
                            id,
                            account,
                            Map.of(
                                    "kind",
                                    Kind.PERSON.code(),
                                    "name",
                                    item.name(),
                                    "person",
                                    personId.toString(),
                                    "basis",
                                    basis),
                            vn.chuanmuc.kernel.Sha256.of(der))
                    .with(Piece.of(SigningEvidence.TRUSTED, id)));
        }
    }

    private Item forViewer(Viewer viewer, UUID id, boolean ends) {
        Item item = store.find(viewer.tenantId(), id).orElseThrow(() -> new NotFound("trusted item"));
        UUID unit = item.unitId();
        switch (item.kind()) {
            case ANCHOR, STAMPS -> requireTop(viewer);
            case PERSON -> access.require(viewer, Permission.CONFIRM_SIGNER, Objects.requireNonNull(unit));
            case AGENCY -> {
                // Whoever uses the seal may stop it at once: a lost key waits for nobody.
                if (!ends || !access.covers(viewer, Permission.SEAL, Objects.requireNonNull(unit))) {
                    requireTop(viewer);
                }
            }
        }
        return item;
    }

    /**
     * Why the certificate cannot be whose it is said to be: it is a person's or one unit's, never both and never two units' on one
     * day. Asked when it is proposed and when it is confirmed, each time with the certificate held until the transaction ends.
     */
    private Optional<Reason> unfit(
            UUID tenantId, Kind kind, byte[] certificate, @Nullable UUID unit, LocalDate from, @Nullable LocalDate to) {
        if (kind != Kind.AGENCY && kind != Kind.PERSON) {
            return Optional.empty();
        }
        byte[] hash = vn.chuanmuc.kernel.Sha256.of(certificate);
        store.hold(tenantId, hash);
        if (kind == Kind.AGENCY && store.isPersons(tenantId, hash)) {
            return Optional.of(Reason.of("signing.agency.persons"));
        }
        return store.agencyBeside(tenantId, hash, kind == Kind.AGENCY ? unit : null, from, to)
                .map(other -> Reason.of(
                        kind == Kind.AGENCY ? "signing.agency.linked" : "signing.signers.linked",
                        units.names(tenantId, List.of(other)).getOrDefault(other, "")));
    }

    /** How many anchors and time-stamp services others proposed wait for the viewer. */
    public long waiting(Viewer viewer) {
        return viewer.may(Permission.MANAGE_TRUST)
                ? store.waiting(viewer.tenantId(), viewer.accountId(), Kind.ANCHOR, Kind.STAMPS)
                : 0;
    }

    /** How many certificates of people of the viewer's units wait for their look. */
    long waitingOfPeople(Viewer viewer) {
        return viewer.may(Permission.CONFIRM_SIGNER)
                ? store.waitingOfPeople(
                        viewer.tenantId(), viewer.accountId(), viewer.unitsWith(Permission.CONFIRM_SIGNER))
                : 0;
    }

    /** Confirms or rejects what somebody else proposed. Done twice it is done once. */
    @Transactional
    public Saved decide(Viewer viewer, UUID id, boolean confirm) {
        Item item = forViewer(viewer, id, false);
        if (item.proposedBy().equals(viewer.accountId())) {
            return new Saved.Refused("", Reason.of("signing.trust.own"));
        }
        byte[] certificate = item.certificate();
        if (confirm && item.state() == ItemState.PROPOSED && certificate != null) {
            Optional<Reason> unfit =
                    unfit(viewer.tenantId(), item.kind(), certificate, item.unitId(), item.validFrom(), item.validTo());
            if (unfit.isPresent()) {
                return new Saved.Refused("", unfit.get());
            }
        }
        if (!store.decide(viewer.tenantId(), id, confirm, viewer.accountId(), now())) {
            Item now = store.find(viewer.tenantId(), id).orElseThrow();
            return now.state() == (confirm ? ItemState.CONFIRMED : ItemState.REJECTED)
                    ? new Saved.Done()
                    : new Saved.Refused("", Reason.of("signing.trust.decided"));
        }
        var facts = Map.of("kind", item.kind().code(), "name", item.name());
        byte @Nullable [] hash = certificate == null ? null : vn.chuanmuc.kernel.Sha256.of(certificate);
        ledger.append((confirm
                        ? new Act(viewer.tenantId(), "signing.trust-confirmed", id, viewer.accountId(), facts, hash)
                        : new Act(viewer.tenantId(), "signing.trust-rejected", id, viewer.accountId(), facts, hash))
                .with(Piece.of(SigningEvidence.TRUSTED, id)));
        return new Saved.Done();
    }

    /** From today on it is relied on no more; what was checked before stays as it was. */
    @Transactional
    public Saved end(Viewer viewer, UUID id, String reason) {
        Item item = forViewer(viewer, id, true);
        String words = Texts.nfc(reason).strip();
        if (words.isEmpty() || words.length() > LONGEST_BASIS) {
            return new Saved.Refused("ly-do", Reason.of("signing.trust.reason", LONGEST_BASIS));
        }
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZONE);
        if (store.end(viewer.tenantId(), id, today, words, viewer.accountId(), now())) {
            ledger.append(new Act(
                            viewer.tenantId(),
                            "signing.trust-ended",
                            id,
                            viewer.accountId(),
                            Map.of("kind", item.kind().code(), "name", item.name(), "reason", words))
                    .with(Piece.of(SigningEvidence.TRUSTED, id)));
        }
        return new Saved.Done();
    }

    /** Takes a revocation list or an OCSP response in as a file; it is signed by its issuer, checks hold it against that. */
    @Transactional
    public Saved bring(Viewer viewer, byte[] file) {
        requireTop(viewer);
        if (file.length == 0 || file.length > LARGEST_REVOCATION) {
            return new Saved.Refused("tep", Reason.of("signing.revocation.size", LARGEST_REVOCATION >> 20));
        }
        Optional<Brought> read = list(file).or(() -> response(file));
        if (read.isEmpty()) {
            return new Saved.Refused("tep", Reason.of("signing.revocation.unknown"));
        }
        Brought brought = read.get();
        byte[] hash = contents.store(viewer.tenantId(), "application/octet-stream", brought.der());
        UUID id = Ids.next();
        if (store.insert(
                viewer.tenantId(),
                id,
                brought.kind(),
                brought.issuer(),
                brought.thisUpdate(),
                brought.nextUpdate(),
                hash,
                viewer.accountId(),
                now())) {
            ledger.append(new Act(
                    viewer.tenantId(),
                    "signing.revocation-brought",
                    id,
                    viewer.accountId(),
                    Map.of(
                            "kind",
                            brought.kind(),
                            "issuer",
                            brought.issuer(),
                            "thisUpdate",
                            brought.thisUpdate().toString()),
                    hash,
                    List.of(Piece.of(SigningEvidence.REVOCATION, id), Piece.of(SigningEvidence.CONTENT, hash))));
        }
        return new Saved.Done();
    }

    private record Brought(
            String kind,
            String issuer,
            Instant thisUpdate,
            @Nullable Instant nextUpdate,
            byte[] der) {}

    private static Optional<Brought> list(byte[] file) {
        try {
            if (CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(file))
                    instanceof X509CRL list) {
                return Optional.of(new Brought(
                        "crl",
                        list.getIssuerX500Principal().getName(X500Principal.RFC2253),
                        list.getThisUpdate().toInstant(),
                        list.getNextUpdate() == null
                                ? null
                                : list.getNextUpdate().toInstant(),
                        list.getEncoded()));
            }
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static Optional<Brought> response(byte[] file) {
        try {
            if (new OCSPResp(file).getResponseObject() instanceof BasicOCSPResp basic
                    && basic.getResponses().length > 0) {
                var first = basic.getResponses()[0];
                return Optional.of(new Brought(
                        "ocsp",
                        String.valueOf(basic.getResponderId().toASN1Primitive().getName()),
                        first.getThisUpdate().toInstant(),
                        first.getNextUpdate() == null
                                ? null
                                : first.getNextUpdate().toInstant(),
                        file));
            }
            return Optional.empty();
        } catch (IOException | OCSPException | RuntimeException e) {
            return Optional.empty(); // not that either, however it is broken
        }
    }

    /** What a check on this day may rely on. */
    Trust on(UUID tenantId, Instant at) {
        List<TrustStore.Data> data = store.data(tenantId);
        return new Trust(
                store.holding(tenantId, Kind.ANCHOR, LocalDate.ofInstant(at, ZONE)).stream()
                        .map(Item::certificate)
                        .filter(java.util.Objects::nonNull)
                        .flatMap(der -> Certificates.read(der).stream())
                        .toList(),
                data.stream()
                        .filter(TrustStore.Data::list)
                        .map(TrustStore.Data::bytes)
                        .toList(),
                data.stream()
                        .filter(one -> !one.list())
                        .map(TrustStore.Data::bytes)
                        .toList(),
                settings.mayFetch() ? wire.loader() : null);
    }

    /** Time stamps of the services that are confirmed for today, one after the other until one answers; empty when there is none. */
    Optional<TSPSource> stamps(UUID tenantId) {
        List<Stamps> services =
                store.holding(tenantId, Kind.STAMPS, LocalDate.ofInstant(clock.instant(), ZONE)).stream()
                        .map(Item::address)
                        .filter(java.util.Objects::nonNull)
                        .map(URI::create)
                        .filter(settings::mayCall)
                        .map(wire::stamps)
                        .toList();
        return services.isEmpty()
                ? Optional.empty()
                : Optional.of((algorithm, digest) -> {
                    Stamps.StampFailure last = new Stamps.StampFailure("no service");
                    for (Stamps service : services) {
                        try {
                            return service.getTimeStampResponse(algorithm, digest);
                        } catch (Stamps.StampFailure e) {
                            last = e;
                        }
                    }
                    throw last;
                });
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
