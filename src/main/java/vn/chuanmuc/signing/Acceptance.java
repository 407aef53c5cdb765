package vn.chuanmuc.signing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.PersonName;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;
import vn.chuanmuc.signing.RequestStore.Row;
import vn.chuanmuc.signing.RequestStore.State;
import vn.chuanmuc.signing.SignatureRequester.Completed;
import vn.chuanmuc.signing.SignatureRequester.Completion;
import vn.chuanmuc.signing.StrictCheck.Checked;
import vn.chuanmuc.signing.TrustStore.Link;
import vn.chuanmuc.signing.Verdict.Signed;

/** The one gate through which every signed file goes, however it was made: checked first, then kept in one transaction. */
@Component
class Acceptance {
    /** How far the clock of a signer's computer may be from ours. */
    private static final Duration CLOCKS = Duration.ofMinutes(15);

    /** A file of 20 MB takes some 150 MB to check. */
    static final CheckRoom ROOM = new CheckRoom(2, 8);

    static final String PDF = "application/pdf";
    private static final String XML = "application/xml";
    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

    private final RequestStore store;
    private final TrustStore trusted;
    private final TrustList trust;
    private final AgencyCertificates agencies;
    private final ObjectProvider<SignatureRequester> requesters;
    private final Contents contents;
    private final Ledger ledger;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Acceptance(
            RequestStore store,
            TrustStore trusted,
            TrustList trust,
            AgencyCertificates agencies,
            ObjectProvider<SignatureRequester> requesters,
            Contents contents,
            Ledger ledger,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.trusted = trusted;
        this.trust = trust;
        this.agencies = agencies;
        this.requesters = requesters;
        this.contents = contents;
        this.ledger = ledger;
        this.transaction = transaction;
        this.clock = clock;
    }

    SignatureRequester requester(String purpose) {
        return requesters.stream()
                .filter(requester -> requester.purpose().equals(purpose))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nobody asks for " + purpose));
    }

    /** Checks the file, which takes its time, and then does what the check says. The same file handed in twice is accepted once. */
    Offer offer(Row request, byte[] pdf, Way way, UUID account) {
        byte[] paper = request.paper();
        if (!request.state().live() || paper == null) {
            return request.state() == State.DONE
                    ? new Offer.Accepted()
                    : new Offer.Refused(List.of(Reason.of("signing.request.over")));
        }
        Instant at = now();
        Optional<Checked> looked = ROOM.enter(
                way == Way.REMOTE, () -> StrictCheck.check(paper, pdf, trust.on(request.tenantId(), at), at));
        if (looked.isEmpty()) {
            return new Offer.Refused(List.of(Reason.of("signing.check.busy")));
        }
        Checked checked = looked.get();
        Verdict verdict = otherTime(checked, pdf, at)
                .orElseGet(() -> checked.verdict() instanceof Verdict.Valid valid
                        ? expected(request, paper, valid, at)
                        : checked.verdict());
        try {
            return decide(request, paper, pdf, way, account, at, checked, verdict);
        } catch (RefusedByRequester e) {
            List<Reason> why = List.of(e.why);
            transaction.executeWithoutResult(status -> {
                keepReport(request, pdf, verdict, checked, account, at);
                store.reopen(request.tenantId(), request.id(), why);
            });
            return new Offer.Refused(why);
        }
    }

    private Offer decide(
            Row request,
            byte[] paper,
            byte[] pdf,
            Way way,
            UUID account,
            Instant at,
            Checked checked,
            Verdict verdict) {
        return Objects.requireNonNull(transaction.execute(status -> {
            Row held = store.findLocked(request.tenantId(), request.id()).orElseThrow();
            if (!held.state().live()) {
                return held.state() == State.DONE
                        ? new Offer.Accepted()
                        : new Offer.Refused(List.of(Reason.of("signing.request.over")));
            }
            // A file that is refused at sight (broken, hostile, another paper) leaves no record: there is no report to
            // keep.
            @Nullable
            UUID check = checked.simple() == null ? null : keepReport(held, pdf, verdict, checked, account, at);
            return switch (verdict) {
                case Verdict.Invalid(var why) -> {
                    boolean another = held.candidate() != null && !Arrays.equals(held.candidate(), pdf);
                    if (!another && (held.state() != State.WAITING || way == Way.REMOTE)) {
                        store.reopen(held.tenantId(), held.id(), why);
                    }
                    yield new Offer.Refused(why);
                }
                case Verdict.Indeterminate(var missing) -> {
                    store.keep(held.tenantId(), held.id(), State.UNDECIDED, pdf, way, account, at, missing);
                    yield new Offer.Undecided(missing);
                }
                case Verdict.Valid(var signatures) ->
                    accept(held, paper, pdf, signatures.getLast(), way, account, Objects.requireNonNull(check), at);
            };
        }));
    }

    /**
     * In sample mode it is another year: what a real program signs today can never fit, whatever else is right or wrong with it. That
     * is said, and not that a certificate is not valid yet.
     */
    private static Optional<Verdict> otherTime(Checked checked, byte[] pdf, Instant at) {
        if (checked.simple() == null || !OtherTime.isOf(at)) {
            return Optional.empty();
        }
        try (var document = Loader.loadPDF(pdf)) {
            var last = document.getLastSignatureDictionary();
            Calendar claimed = last == null ? null : last.getSignDate();
            return claimed != null && !OtherTime.isOf(claimed.toInstant())
                    ? Optional.of(new Verdict.Invalid(List.of(Reason.of(
                            "signing.check.other-time",
                            LocalDate.ofInstant(at, ZONE),
                            LocalDate.ofInstant(claimed.toInstant(), ZONE)))))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // the check said so
        }
    }

    /** The last signature must be the one that was asked for: one more than before, in its field. */
    private static Verdict expected(Row request, byte[] paper, Verdict.Valid valid, Instant at) {
        int before;
        try (var document = Loader.loadPDF(paper)) {
            before = document.getSignatureDictionaries().size();
        } catch (IOException e) {
            throw new IllegalStateException("what we gave to sign cannot be read", e);
        }
        if (valid.signatures().size() != before + 1) {
            return new Verdict.Invalid(List.of(Reason.of("signing.check.count")));
        }
        if (!valid.signatures().getLast().field().equals(request.field())) {
            return new Verdict.Invalid(List.of(Reason.of("signing.check.field")));
        }
        Instant claimed = valid.signatures().getLast().claimedAt();
        if (claimed.isBefore(request.askedAt().minus(CLOCKS)) || claimed.isAfter(at.plus(CLOCKS))) {
            return new Verdict.Invalid(List.of(Reason.of("signing.check.clock", claimed)));
        }
        return valid;
    }

    private Offer accept(
            Row request, byte[] paper, byte[] pdf, Signed signed, Way way, UUID account, UUID check, Instant at) {
        UUID person = request.personId();
        if (person != null) {
            byte[] hash = Certificates.hash(signed.certificate());
            Link link = trusted.link(request.tenantId(), person, hash, LocalDate.ofInstant(at, ZONE));
            if (link != Link.CONFIRMED) {
                if (trusted.rejected(request.tenantId(), person, hash)
                        || link == Link.NONE && !sameName(request.signerName(), signed.certificate())) {
                    List<Reason> why = List.of(Reason.of(
                            "signing.check.other-person",
                            Certificates.commonName(signed.certificate()),
                            request.signerName()));
                    store.reopen(request.tenantId(), request.id(), why);
                    return new Offer.Refused(why);
                }
                if (link == Link.NONE) {
                    trust.proposeSigner(
                            request.tenantId(),
                            account,
                            signed.certificate(),
                            person,
                            request.unitId(),
                            request.title());
                }
                store.keep(request.tenantId(), request.id(), State.IDENTITY, pdf, way, account, at, List.of());
                return new Offer.ToIdentify();
            }
        }
        if (person == null && !agencies.sealsFor(request.tenantId(), request.unitId(), signed, at)) {
            List<Reason> why = List.of(Reason.of(
                    "signing.check.other-agency",
                    Certificates.commonName(signed.certificate()),
                    request.unitName(),
                    LocalDate.ofInstant(signed.at(), ZONE)));
            store.reopen(request.tenantId(), request.id(), why);
            return new Offer.Refused(why);
        }
        UUID tenant = request.tenantId();
        byte[] hash = contents.store(tenant, PDF, pdf);
        UUID signature = Ids.next();
        store.insert(new RequestStore.Accepted(
                tenant,
                signature,
                request.id(),
                check,
                hash,
                request.paperHash(),
                paper.length,
                request.field(),
                Certificates.der(signed.certificate()),
                person,
                way,
                signed.claimedAt(),
                signed.stampedAt(),
                at,
                account));
        ledger.append(new Act(
                tenant,
                "signing.accepted",
                request.id(),
                account,
                Map.of(
                        "purpose", request.purpose(),
                        "way", way.code(),
                        "certificate", HexFormat.of().formatHex(Certificates.hash(signed.certificate())),
                        "signer", Certificates.subject(signed.certificate()),
                        "at", signed.at().toString(),
                        "stamped", signed.stampedAt() != null,
                        "paper", HexFormat.of().formatHex(request.paperHash())),
                hash,
                List.of(Piece.of(SigningEvidence.SIGNATURE, signature), Piece.of(SigningEvidence.CONTENT, hash))));
        Completion completion = requester(request.purpose())
                .completed(new Completed(
                        tenant,
                        request.id(),
                        request.subject(),
                        hash,
                        person,
                        signed.certificate(),
                        signed.at(),
                        account));
        if (completion instanceof Completion.Refused(var why)) {
            throw new RefusedByRequester(why);
        }
        Check.that(store.end(tenant, request.id(), State.DONE, at), "the request was held");
        return new Offer.Accepted();
    }

    /** Takes the whole transaction back. */
    static final class RefusedByRequester extends RuntimeException {
        final transient Reason why;

        RefusedByRequester(Reason why) {
            super(why.key());
            this.why = why;
        }
    }

    static boolean sameName(String expected, X509Certificate certificate) {
        return key(expected).equals(key(Certificates.commonName(certificate)));
    }

    private static String key(String name) {
        return switch (PersonName.parse(name)) {
            case PersonName.Parsed.Read(var read) -> read.foldedKey();
            case PersonName.Parsed.Refused refused -> "\u0000" + name;
        };
    }

    private UUID keepReport(Row request, byte[] pdf, Verdict verdict, Checked checked, UUID account, Instant at) {
        UUID id = Ids.next();
        byte @Nullable [] simple = report(request.tenantId(), checked.simple());
        byte @Nullable [] detailed = report(request.tenantId(), checked.detailed());
        store.insert(new RequestStore.Checked(
                request.tenantId(),
                id,
                request.id(),
                Sha256.of(pdf),
                at,
                account,
                switch (verdict) {
                    case Verdict.Valid valid -> "valid";
                    case Verdict.Invalid invalid -> "invalid";
                    case Verdict.Indeterminate indeterminate -> "indeterminate";
                },
                switch (verdict) {
                    case Verdict.Valid valid -> List.of();
                    case Verdict.Invalid(var why) -> why;
                    case Verdict.Indeterminate(var missing) -> missing;
                },
                simple,
                detailed));
        var wrote = new ArrayList<Piece>();
        wrote.add(Piece.of(SigningEvidence.CHECKED, id));
        if (simple != null) {
            wrote.add(Piece.of(SigningEvidence.CONTENT, simple));
        }
        if (detailed != null) {
            wrote.add(Piece.of(SigningEvidence.CONTENT, detailed));
        }
        ledger.append(new Act(
                        request.tenantId(),
                        "signing.file-checked",
                        request.id(),
                        account,
                        Map.of("purpose", request.purpose()),
                        Sha256.of(pdf))
                .with(wrote));
        return id;
    }

    private byte @Nullable [] report(UUID tenant, @Nullable String xml) {
        return xml == null ? null : contents.store(tenant, XML, xml.getBytes(StandardCharsets.UTF_8));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
