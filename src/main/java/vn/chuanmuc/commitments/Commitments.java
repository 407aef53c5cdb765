package vn.chuanmuc.commitments;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Confirmation;
import vn.chuanmuc.access.Passkeys;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.campaigns.Supplements;
import vn.chuanmuc.commitments.CommitmentStore.Place;
import vn.chuanmuc.commitments.CommitmentStore.Written;
import vn.chuanmuc.criteria.Comparisons;
import vn.chuanmuc.criteria.Criteria;
import vn.chuanmuc.criteria.Criteria.PublishedDecision;
import vn.chuanmuc.criteria.Criteria.SetText;
import vn.chuanmuc.criteria.SetComparison;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.documents.PaperState;
import vn.chuanmuc.documents.Papers;
import vn.chuanmuc.documents.Papers.Paper;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Entry;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;

/** What people on a roster do about the commitment of the year: once, provably, corrected only by a next version. */
@Component
public class Commitments {
    /** Xác nhận điện tử: the password entered again, or a passkey. Not a digital signature. */
    public static final String ELECTRONIC = "xac-nhan-dien-tu";
    /** Ký trên giấy: signed by hand on a paper of ours, scanned, and looked at by a clerk. */
    public static final String PAPER = "giay";
    /** Chữ ký số: a certificate's signature in the PDF, checked strictly. */
    public static final String DIGITAL = "chu-ky-so";

    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");
    private static final int LONGEST_REASON = 1_000;
    /** Each time somebody else was quicker there is less left that could change. */
    private static final int ATTEMPTS = 4;

    private final CommitmentStore store;
    private final StandingStore standings;
    private final StandingHistory history;
    private final Access access;
    private final Accounts accounts;
    private final Passkeys passkeys;
    private final Units units;
    private final Campaigns campaigns;
    private final Criteria criteria;
    private final Comparisons comparisons;
    private final Contents contents;
    private final SetBodies bodies;
    private final Papers papers;
    private final Ledger ledger;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Map<SetKey, PublishedDecision> decisions =
            new ConcurrentHashMap<>(); // nor do number, date and issuer

    Commitments(
            CommitmentStore store,
            StandingStore standings,
            StandingHistory history,
            Access access,
            Accounts accounts,
            Passkeys passkeys,
            Units units,
            Campaigns campaigns,
            Criteria criteria,
            Comparisons comparisons,
            Contents contents,
            SetBodies bodies,
            Papers papers,
            Ledger ledger,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.standings = standings;
        this.history = history;
        this.access = access;
        this.accounts = accounts;
        this.passkeys = passkeys;
        this.units = units;
        this.campaigns = campaigns;
        this.criteria = criteria;
        this.comparisons = comparisons;
        this.contents = contents;
        this.bodies = bodies;
        this.papers = papers;
        this.ledger = ledger;
        this.transaction = transaction;
        this.clock = clock;
    }

    private record SetKey(UUID tenantId, UUID id) {}

    /**
     * What a person did when they signed.
     *
     * @param at when it was recorded
     * @param documentHash SHA-256 of {@link #document}'s bytes
     * @param paperId the paper that was signed by hand; null for every other way
     * @param signedOn the day that stands on that paper
     * @param confirmedBy {@code mat-khau} or {@code khoa-truy-cap} for xác nhận điện tử; null for every other way, and for confirmations
     *     from before there were passkeys, which were all by password
     */
    public record Receipt(
            UUID commitmentId,
            UUID campaignId,
            UUID personId,
            int year,
            int version,
            Instant at,
            String method,
            UUID setId,
            byte[] documentHash,
            LocalDate signBy,
            @Nullable UUID paperId,
            @Nullable LocalDate signedOn,
            @Nullable String confirmedBy) {
        /** Short and readable: CK-2021-XXXX-XXXX-XXXX. */
        public String code() {
            return CommitmentDocument.receiptCode(year, commitmentId);
        }
    }

    /** What came of signing. */
    public sealed interface Signing {
        record Signed(Receipt receipt) implements Signing {}

        /** There was a signature already: nothing was added, this is it. */
        record AlreadySigned(Receipt receipt) implements Signing {}

        /** @param field the form field to put right, empty for the whole */
        record Refused(String field, Reason why) implements Signing {}
    }

    /** What came of saying or recording that somebody does not sign. */
    public sealed interface Recorded {
        record Done() implements Recorded {}

        record Refused(String field, Reason why) implements Recorded {}
    }

    /** {@code signed + declined + excused <= expected}; those who left the roster are in none of them. */
    public record Counts(long expected, long signed, long declined, long excused, long left) {
        /** How many stand so; with null, how many are expected. */
        public long of(@Nullable Standing standing) {
            return switch (standing) {
                case null -> expected;
                case OPEN -> open();
                case SIGNED -> signed;
                case DECLINED -> declined;
                case EXCUSED -> excused;
                case LEFT -> left;
            };
        }

        public long open() {
            return expected - signed - declined - excused;
        }
    }

    /** A person on the roster as the page “who has signed” shows them. */
    public record Signer(
            UUID personId,
            String fullName,
            @Nullable LocalDate birthDate,
            String positionName,
            UUID unitId,
            String unitName,
            String blocName,
            boolean sample,
            Standing standing,
            @Nullable Instant at,
            @Nullable ReasonKind reasonKind,
            String reason) {}

    /** One version of what was recorded about a person. */
    public record Version(
            int version,
            Standing standing,
            Instant at,
            UUID accountId,
            @Nullable ReasonKind kind,
            String reason) {}

    /**
     * A person's own commitment in a campaign, as it is to be read before signing.
     *
     * @param bodyHash SHA-256 of the words shown: sent back when signing, so that what is signed is what was read
     * @param lock why nothing can change any more, or null
     * @param corrected the person's name as the directory has it now, where that or the birth date was corrected since they came onto
     *     the roster; otherwise null
     * @param frozenBy the accepted list that locks, or null
     */
    public record Form(
            UUID campaignId,
            UUID personId,
            int year,
            String campaignTitle,
            String planNumber,
            @Nullable LocalDate planDate,
            PublishedDecision decision,
            LocalDate signBy,
            String fullName,
            @Nullable LocalDate birthDate,
            String positionName,
            UUID unitId,
            String unitName,
            UUID blocId,
            String blocName,
            SetText set,
            byte[] bodyHash,
            boolean electronic,
            boolean onPaper,
            boolean digital,
            Standing standing,
            @Nullable Instant at,
            @Nullable Reason lock,
            @Nullable UUID frozenBy,
            boolean supplementary,
            @Nullable String corrected) {}

    /**
     * A person's own place on a roster.
     *
     * @param open whether the campaign still runs
     * @param replaced whether they signed, and a commitment of a supplementary campaign took its place
     * @param supplementary whether it is a campaign in which they sign again
     */
    public record Own(
            UUID campaignId,
            String campaignTitle,
            int year,
            LocalDate signBy,
            boolean open,
            Standing standing,
            @Nullable Instant at,
            boolean replaced,
            boolean supplementary) {}

    /**
     * What a supplementary campaign says about somebody on the roster of its base.
     *
     * @param verdict what was found when it was opened; null for somebody who came onto the base roster since
     * @param concerned whether they are on its roster
     * @param standing how they stand there; null for everybody else
     */
    public record Later(
            UUID campaignId,
            String campaignTitle,
            String decisionNumber,
            LocalDate decisionDate,
            LocalDate signBy,
            boolean open,
            Supplements.@Nullable Verdict verdict,
            boolean concerned,
            @Nullable Standing standing,
            @Nullable Instant at) {}

    /** What supplementary campaigns say about a person's commitment in the campaign, the first first. */
    public List<Later> later(UUID tenantId, Form form) {
        return store.later(tenantId, form.campaignId(), form.personId());
    }

    /** Whether a signature stands for its year: no later one took its place, and it was not taken back. */
    public boolean inForce(UUID tenantId, Receipt receipt) {
        return store.inForce(tenantId, receipt.year(), receipt.personId(), receipt.commitmentId());
    }

    /**
     * What is other in the words than when the person last signed.
     *
     * @param year of that signature
     * @param rows only what was reworded, added or taken out, in the order of the new set; empty when only places changed
     * @param same how many items have the same words
     */
    public record Changes(int year, List<SetComparison.Row> rows, long same) {}

    /** How the words differ from those the person signed in an earlier year; empty when they never did or the words are the same. */
    public Optional<Changes> changes(UUID tenantId, Form form) {
        return store.earlier(tenantId, form.personId(), form.year(), form.campaignId())
                .filter(earlier ->
                        !Sha256.same(criteria.text(tenantId, earlier.setId()).hash(), form.bodyHash()))
                .map(earlier -> {
                    List<SetComparison.Row> rows = comparisons.ofWords(
                            tenantId, earlier.setId(), form.set().id());
                    List<SetComparison.Row> other =
                            rows.stream().filter(SetComparison.Row::changed).toList();
                    return new Changes(earlier.year(), other, rows.size() - other.size());
                });
    }

    /** The campaigns the viewer is on the roster of, the newest year first; at most 50. */
    public List<Own> own(Viewer viewer) {
        UUID person = viewer.personId();
        return person == null ? List.of() : store.own(viewer.tenantId(), person);
    }

    /** The same at the end of a day that is past: the rosters they were on by then, and how they stood. */
    public List<Own> own(Viewer viewer, LocalDate day) {
        UUID person = viewer.personId();
        return person == null ? List.of() : store.own(viewer.tenantId(), person, day);
    }

    /** The viewer's own commitment in the campaign, when they are on its roster. */
    public Optional<Form> form(Viewer viewer, UUID campaignId) {
        UUID person = viewer.personId();
        return person == null ? Optional.empty() : form(viewer.tenantId(), campaignId, person);
    }

    /** The same of somebody whose unit's people the viewer may read. */
    public Optional<Form> formOf(Viewer viewer, UUID campaignId, UUID personId) {
        return form(viewer.tenantId(), campaignId, personId)
                .filter(form -> access.covers(viewer, Permission.READ_PEOPLE, form.unitId()));
    }

    private Optional<Form> form(UUID tenantId, UUID campaignId, UUID personId) {
        return store.place(tenantId, campaignId, personId)
                .map(place -> new Form(
                        place.campaignId(),
                        place.personId(),
                        place.year(),
                        place.campaignTitle(),
                        place.planNumber(),
                        place.planDate(),
                        decision(tenantId, place.decisionId()),
                        place.signBy(),
                        place.fullName(),
                        place.birthDate(),
                        place.positionName(),
                        place.unitId(),
                        place.unitName(),
                        place.blocId(),
                        place.blocName(),
                        criteria.text(tenantId, place.setId()),
                        bodies.of(tenantId, place.setId()).hash(),
                        place.electronic(),
                        place.onPaper(),
                        place.digital(),
                        place.standing(),
                        place.at(),
                        lock(tenantId, place).orElse(null),
                        place.frozenBy(),
                        place.baseId() != null,
                        place.corrected()));
    }

    /**
     * Signs the viewer's own commitment by xác nhận điện tử.
     *
     * @param readSet the set that was shown; null when the page named none, which is refused
     * @param readHash the SHA-256 of its words that was shown with it
     * @param password entered again; checked outside the transaction, for it is slow on purpose
     */
    public Signing sign(Viewer viewer, UUID campaignId, @Nullable UUID readSet, byte[] readHash, String password) {
        return sign(viewer, campaignId, readSet, readHash, () -> byPassword(viewer, "mat-khau", password));
    }

    /**
     * The same with a passkey instead of the password.
     *
     * @param answer what the browser answered to a challenge about {@link #toConfirm}
     */
    public Signing signWithPasskey(
            Viewer viewer, UUID campaignId, @Nullable UUID readSet, byte[] readHash, String answer) {
        return sign(
                viewer,
                campaignId,
                readSet,
                readHash,
                () -> byPasskey(viewer, answer, toConfirm(campaignId, Objects.requireNonNull(readSet), readHash)));
    }

    /** SHA-256 of what a passkey is asked about: this campaign's commitment with these words, and nothing else. */
    public static byte[] toConfirm(UUID campaignId, UUID setId, byte[] bodyHash) {
        return Sha256.of("chuanmuc/xac-nhan/1\n" + campaignId + "\n" + setId + "\n"
                + HexFormat.of().formatHex(bodyHash) + "\n");
    }

    /** The same for signing once more under the corrected name. */
    public static byte[] toCorrect(UUID campaignId, String correctedName) {
        return Sha256.of("chuanmuc/xac-nhan-ten/1\n" + campaignId + "\n" + Texts.oneLine(correctedName) + "\n");
    }

    /** Whether it is them, or the field to put right. */
    private sealed interface Again {
        record Them(Confirmation.Confirmed how) implements Again {}

        record Refused(Signing.Refused why) implements Again {}
    }

    private Again byPassword(Viewer viewer, String field, String password) {
        if (password.isEmpty()) {
            return new Again.Refused(new Signing.Refused(field, Reason.of("commitments.sign.password.missing")));
        }
        return again(field, accounts.confirm(viewer, password));
    }

    private Again byPasskey(Viewer viewer, String answer, byte[] about) {
        return again("khoa", passkeys.confirm(viewer, answer, about));
    }

    private static Again again(String field, Confirmation confirmation) {
        return switch (confirmation) {
            case Confirmation.Confirmed how -> new Again.Them(how);
            case Confirmation.Refused(var why) -> new Again.Refused(new Signing.Refused(field, why));
        };
    }

    private Signing sign(
            Viewer viewer, UUID campaignId, @Nullable UUID readSet, byte[] readHash, Supplier<Again> asked) {
        access.require(viewer, Permission.SIGN_OWN);
        Place place = own(viewer, campaignId, store::place);
        if (place.standing() == Standing.SIGNED) {
            return new Signing.AlreadySigned(receipt(viewer.tenantId(), campaignId, place.personId()));
        }
        if (readSet == null) {
            return new Signing.Refused("", Reason.of("commitments.sign.other-text"));
        }
        Optional<Signing> refused = refusal(viewer.tenantId(), place, readSet, readHash);
        if (refused.isPresent()) {
            return refused.get();
        }
        return switch (asked.get()) {
            case Again.Refused(var why) -> why;
            case Again.Them(var how) -> signConfirmed(viewer, campaignId, readSet, readHash, how);
        };
    }

    /** Signs for a viewer whose password was just checked. */
    Signing signConfirmed(Viewer viewer, UUID campaignId, UUID readSet, byte[] readHash) {
        return signConfirmed(viewer, campaignId, readSet, readHash, Confirmation.Confirmed.BY_PASSWORD);
    }

    /** Signs for a viewer who was just confirmed. */
    Signing signConfirmed(Viewer viewer, UUID campaignId, UUID readSet, byte[] readHash, Confirmation.Confirmed how) {
        // Before the transaction, so that no signature waits for a second connection while it holds its own.
        if (!bodies.known(viewer.tenantId(), readSet)) {
            bodies.of(viewer.tenantId(), own(viewer, campaignId, store::place).setId());
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Signing signing = transaction.execute(status -> {
                Place place = own(viewer, campaignId, store::placeLocked);
                if (place.standing() == Standing.SIGNED) {
                    return new Signing.AlreadySigned(receipt(viewer.tenantId(), campaignId, place.personId()));
                }
                Optional<Signing> refused = refusal(viewer.tenantId(), place, readSet, readHash);
                if (refused.isPresent()) {
                    return refused.get();
                }
                Receipt receipt = write(viewer, place, how);
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

    /**
     * Signs once more what is signed already, under the name that was corrected in the directory: the next version. The roster takes
     * the name over as a dated change, the old version and its paper keep the old one.
     *
     * @param reason stands in the roster's change
     */
    public Signing correctName(Viewer viewer, UUID campaignId, String password, String reason) {
        return correctName(viewer, campaignId, reason, () -> byPassword(viewer, "mat-khau-sua", password));
    }

    /** The same with a passkey, which was asked about {@link #toCorrect}. @param correctedName as the page showed it */
    public Signing correctNameWithPasskey(
            Viewer viewer, UUID campaignId, String answer, String correctedName, String reason) {
        return correctName(
                viewer, campaignId, reason, () -> byPasskey(viewer, answer, toCorrect(campaignId, correctedName)));
    }

    private Signing correctName(Viewer viewer, UUID campaignId, String reason, Supplier<Again> asked) {
        access.require(viewer, Permission.SIGN_OWN);
        Optional<Signing> refused = refusalOfCorrection(viewer, own(viewer, campaignId, store::place));
        if (refused.isPresent()) {
            return refused.get();
        }
        Confirmation.Confirmed how;
        switch (asked.get()) {
            case Again.Refused(var why) -> {
                return why;
            }
            case Again.Them(var known) -> how = known;
        }
        // Before the transaction, so that no signature waits for a second connection while it holds its own.
        bodies.of(viewer.tenantId(), own(viewer, campaignId, store::place).setId());
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Signing signing = transaction.execute(status -> {
                Optional<Signing> now = refusalOfCorrection(viewer, own(viewer, campaignId, store::placeLocked));
                if (now.isPresent()) {
                    return now.get();
                }
                boolean taken =
                        campaigns.correct(viewer, campaignId, Objects.requireNonNull(viewer.personId()), reason);
                Receipt receipt = taken ? write(viewer, own(viewer, campaignId, store::place), how) : null;
                if (receipt == null) { // a second click was quicker: the next attempt finds what it did
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

    /** Whether what is signed can be signed once more under the corrected name, the way it was signed. */
    public boolean mayCorrectName(UUID tenantId, Form form) {
        return form.corrected() != null
                && form.lock() == null
                && form.electronic()
                && form.standing() == Standing.SIGNED
                && receipt(tenantId, form.campaignId(), form.personId())
                        .method()
                        .equals(ELECTRONIC);
    }

    private Optional<Signing> refusalOfCorrection(Viewer viewer, Place place) {
        if (place.standing() == Standing.SIGNED && place.corrected() == null) {
            return Optional.of(
                    new Signing.AlreadySigned(receipt(viewer.tenantId(), place.campaignId(), place.personId())));
        }
        Optional<Reason> why = lock(viewer.tenantId(), place);
        if (why.isEmpty() && place.standing() != Standing.SIGNED) {
            why = Optional.of(Reason.of("commitments.correct.unsigned"));
        }
        if (why.isEmpty() && !place.electronic()) {
            why = Optional.of(Reason.of("commitments.correct.method"));
        }
        // The ways to sign are never mixed (domain.md, 4.5): what was signed digitally or on paper is not confirmed
        // over.
        if (why.isEmpty()
                && !receipt(viewer.tenantId(), place.campaignId(), place.personId())
                        .method()
                        .equals(ELECTRONIC)) {
            why = Optional.of(Reason.of("commitments.correct.other-way"));
        }
        return why.map(reason -> new Signing.Refused("", reason));
    }

    private @Nullable Receipt write(Viewer viewer, Place place, Confirmation.Confirmed how) {
        UUID tenant = viewer.tenantId();
        UUID id = Ids.next();
        int version = place.version() + 1;
        Instant now = now();
        PublishedDecision decision = decision(tenant, place.decisionId());
        SetBodies.Body body = bodies.of(tenant, place.setId());
        String head = CommitmentDocument.head(new CommitmentDocument.Head(
                id,
                place.year(),
                version,
                place.fullName(),
                place.birthDate(),
                place.positionName(),
                place.unitName(),
                place.blocName(),
                decision.number(),
                decision.signedOn(),
                decision.issuer(),
                place.campaignTitle(),
                place.planNumber(),
                place.planDate(),
                now,
                viewer.username(),
                how.by()));
        byte[] documentHash = new Sha256().add(head).add(body.bytes()).digest();
        var evidence = new Evidence(
                ELECTRONIC,
                head,
                body.hash(),
                documentHash,
                null,
                null,
                how.by().code());
        Receipt receipt = write(tenant, viewer.accountId(), place, id, now, evidence, confirmedBy(how));
        if (receipt != null) {
            supersede(tenant, viewer.accountId(), place, CommitmentPapers.FORM, CommitmentPapers.DIGITAL);
        }
        return receipt;
    }

    private static Map<String, Object> confirmedBy(Confirmation.Confirmed how) {
        UUID passkey = how.passkey();
        return passkey == null
                ? Map.of("confirmedBy", how.by().code())
                : Map.of("confirmedBy", how.by().code(), "passkey", passkey.toString());
    }

    /** Forms of the ways that were not taken. */
    private void supersede(UUID tenantId, UUID account, Place place, String... kinds) {
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
    private record Evidence(
            String method,
            String head,
            byte[] bodyHash,
            byte[] documentHash,
            @Nullable UUID paperId,
            @Nullable LocalDate signedOn,
            @Nullable String confirmedBy) {}

    /** Writes the signature and its act; null when somebody was quicker. */
    private @Nullable Receipt write(
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
        if (!evidence.method().equals(ELECTRONIC)) {
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

    /**
     * Records that somebody signed a paper of ours by hand. Whoever records it says: this is that person's signature, made on that
     * day. Recorded twice, it is one signature.
     *
     * @param scanHash SHA-256 of the scan of its pages, in {@code documents.content} already
     * @param signedOn the day that stands on the paper
     */
    public Signing signOnPaper(Viewer viewer, UUID paperId, byte[] scanHash, LocalDate signedOn) {
        UUID tenant = viewer.tenantId();
        Paper paper = papers.find(tenant, paperId)
                .filter(found -> found.kind().equals(CommitmentPapers.FORM))
                .orElseThrow(() -> new NotFound("paper of a commitment"));
        Check.that(contents.has(tenant, scanHash), "a scan is stored before it is confirmed");
        Place known = ofPaper(viewer, paper, store.place(tenant, paper.scope(), paper.subject()));
        bodies.of(tenant, known.setId()); // before the transaction: see signConfirmed
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Signing signing = transaction.execute(status -> {
                Place place = ofPaper(viewer, paper, store.placeLocked(tenant, paper.scope(), paper.subject()));
                if (place.standing() == Standing.SIGNED) {
                    return new Signing.AlreadySigned(receipt(tenant, place.campaignId(), place.personId()));
                }
                Paper now = papers.find(tenant, paperId).orElseThrow();
                Optional<Signing> refused = refusal(tenant, place, now, signedOn);
                if (refused.isPresent()) {
                    // Somebody may have signed between the look at the person and the look at the paper.
                    return store.place(tenant, paper.scope(), paper.subject())
                            .filter(since -> since.standing() == Standing.SIGNED)
                            .<Signing>map(since ->
                                    new Signing.AlreadySigned(receipt(tenant, since.campaignId(), since.personId())))
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
        Optional<Reason> lock = lock(tenantId, place);
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
        var evidence = new Evidence(PAPER, paper.head(), paper.bodyHash(), scanHash, paper.id(), signedOn, null);
        var facts = new LinkedHashMap<String, Object>();
        facts.put("paper", paper.id().toString());
        facts.put("code", paper.code().signs());
        facts.put("signedOn", signedOn.toString());
        Receipt receipt = write(viewer.tenantId(), viewer.accountId(), place, Ids.next(), now(), evidence, facts);
        if (receipt == null || !papers.signed(paper, viewer.accountId())) {
            return null;
        }
        supersede(viewer.tenantId(), viewer.accountId(), place, CommitmentPapers.DIGITAL);
        return receipt;
    }

    /** Why the viewer's own commitment cannot be signed digitally now, if the words shown are the words to sign. */
    Optional<Signing> refusalOfDigital(Viewer viewer, UUID campaignId, UUID readSet, byte[] readHash) {
        Place place = own(viewer, campaignId, store::place);
        if (place.standing() == Standing.SIGNED) {
            return Optional.of(new Signing.AlreadySigned(receipt(viewer.tenantId(), campaignId, place.personId())));
        }
        return place.digital()
                ? refusedWords(viewer.tenantId(), place, readSet, readHash)
                : Optional.of(new Signing.Refused("", Reason.of("commitments.digital.method")));
    }

    Place ownPlace(Viewer viewer, UUID campaignId) {
        return own(viewer, campaignId, store::place);
    }

    /**
     * Records, in the transaction that accepts the signature, that somebody signed a form of ours digitally: in that form's PDF, with a
     * certificate that is theirs. The same file recorded twice is one signature.
     *
     * @param documentHash SHA-256 of the signed PDF, in {@code documents.content} already
     */
    Signing signDigitally(UUID tenant, UUID account, UUID paperId, byte[] documentHash, Instant signedAt) {
        Check.that(contents.has(tenant, documentHash), "a signed file is stored before it counts");
        Paper paper = papers.find(tenant, paperId)
                .filter(found -> found.kind().equals(CommitmentPapers.DIGITAL))
                .orElseThrow(() -> new NotFound("paper of a commitment"));
        Place place = store.placeLocked(tenant, paper.scope(), paper.subject())
                .orElseThrow(() -> new NotFound("commitment of paper " + paper.id()));
        if (place.standing() == Standing.SIGNED) {
            return new Signing.AlreadySigned(receipt(tenant, place.campaignId(), place.personId()));
        }
        Optional<Reason> refused = lock(tenant, place).or(() -> refusalOfForm(tenant, place, paper));
        if (refused.isPresent()) {
            return new Signing.Refused("", refused.get());
        }
        var evidence = new Evidence(DIGITAL, paper.head(), paper.bodyHash(), documentHash, paper.id(), null, null);
        var facts = new LinkedHashMap<String, Object>();
        facts.put("paper", paper.id().toString());
        facts.put("code", paper.code().signs());
        facts.put("signedAt", signedAt.toString());
        Receipt receipt = write(tenant, account, place, Ids.next(), now(), evidence, facts);
        if (receipt == null) {
            // Somebody was quicker: another way of signing, a freeze, or the same file once more.
            Place now = store.place(tenant, paper.scope(), paper.subject()).orElseThrow();
            return now.standing() == Standing.SIGNED
                    ? new Signing.AlreadySigned(receipt(tenant, place.campaignId(), place.personId()))
                    : new Signing.Refused("", lock(tenant, now).orElse(Reason.of("commitments.busy")));
        }
        Check.that(papers.signed(paper, account), "the form was unsigned a moment ago");
        supersede(tenant, account, place, CommitmentPapers.FORM);
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

    /** Takes back a signature, with the authority to and a reason: the person is open again, and their papers are withdrawn. */
    public Recorded withdraw(Viewer viewer, UUID campaignId, UUID personId, String reason) {
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

    private static Map<String, Object> facts(Place place, int version) {
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

    private Optional<Signing> refusal(UUID tenantId, Place place, UUID readSet, byte[] readHash) {
        Optional<Reason> lock = lock(tenantId, place);
        if (lock.isPresent()) {
            return Optional.of(new Signing.Refused("", lock.get()));
        }
        if (!place.electronic()) {
            return Optional.of(new Signing.Refused("", Reason.of("commitments.sign.method")));
        }
        return refusedWords(tenantId, place, readSet, readHash);
    }

    private Optional<Signing> refusedWords(UUID tenantId, Place place, UUID readSet, byte[] readHash) {
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

    /** Why nothing can be recorded for this person any more. */
    private Optional<Reason> lock(UUID tenantId, Place place) {
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

    /** Says for oneself that one does not sign; it can still be signed later, as the next version. */
    public Recorded decline(Viewer viewer, UUID campaignId, String kindCode, String reason) {
        access.require(viewer, Permission.SIGN_OWN);
        return record(
                viewer,
                () -> own(viewer, campaignId, store::placeLocked),
                Standing.DECLINED,
                kindCode,
                ReasonKind.OWN,
                reason,
                place -> place.standing() == Standing.SIGNED
                        ? Optional.of(Reason.of("commitments.decline.signed"))
                        : Optional.empty());
    }

    /** Records for an office that somebody does not sign: never a refusal, never for somebody who said something themselves. */
    public Recorded excuse(Viewer viewer, UUID campaignId, UUID personId, String kindCode, String reason) {
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

    /** Takes back a record of the office, with the reason: the person is open again. */
    public Recorded reopen(Viewer viewer, UUID campaignId, UUID personId, String reason) {
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
            java.util.function.Supplier<Place> read,
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
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Recorded recorded = transaction.execute(status -> {
                Place place = read.get();
                Optional<Reason> refused = lock(viewer.tenantId(), place).or(() -> rule.apply(place));
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
                id, version, standing, null, now(), viewer.accountId(), kind, words, "", null, null, null, null, null);
        if (!store.write(viewer.tenantId(), place, written)) {
            return false;
        }
        var facts = facts(place, version);
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

    private interface Reading {
        Optional<Place> of(UUID tenantId, UUID campaignId, UUID personId);
    }

    private static Place own(Viewer viewer, UUID campaignId, Reading reading) {
        UUID person = viewer.personId();
        if (person == null) {
            throw new NotFound("commitment");
        }
        return reading.of(viewer.tenantId(), campaignId, person).orElseThrow(() -> new NotFound("commitment"));
    }

    private Place ofOffice(Viewer viewer, UUID campaignId, UUID personId) {
        Place place = store.placeLocked(viewer.tenantId(), campaignId, personId)
                .orElseThrow(() -> new NotFound("person on the roster"));
        access.require(viewer, Permission.RECORD_NOT_SIGNING, place.unitId());
        return place;
    }

    /** The viewer's own newest signature in a campaign. */
    public Optional<Receipt> receipt(Viewer viewer, UUID campaignId) {
        UUID person = viewer.personId();
        return person == null ? Optional.empty() : store.receipt(viewer.tenantId(), campaignId, person);
    }

    /** The ledger entry of a signature. */
    public Entry entry(UUID tenantId, Receipt receipt) {
        return ledger.newest(tenantId, receipt.commitmentId(), 1).getFirst();
    }

    /** The exact bytes that were signed: their SHA-256 is the receipt's. UTF-8 text, the scan of a paper, or a signed PDF. */
    public Contents.Content document(UUID tenantId, Receipt receipt) {
        if (!receipt.method().equals(ELECTRONIC)) {
            return contents.find(tenantId, receipt.documentHash())
                    .orElseThrow(() -> new IllegalStateException("the file of a commitment is missing"));
        }
        CommitmentStore.Parts parts =
                store.parts(tenantId, receipt.commitmentId()).orElseThrow(() -> new NotFound("commitment"));
        byte[] head = parts.head().getBytes(StandardCharsets.UTF_8);
        byte[] body = contents.find(tenantId, parts.bodyHash())
                .orElseThrow(() -> new IllegalStateException("the body of a commitment is missing"))
                .bytes();
        byte[] document = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, document, head.length, body.length);
        return new Contents.Content(SetBodies.TEXT, document);
    }

    private Receipt receipt(UUID tenantId, UUID campaignId, UUID personId) {
        return store.receipt(tenantId, campaignId, personId)
                .orElseThrow(() -> new IllegalStateException("who stands as signed has a signature"));
    }

    /** What was recorded about a person in a year, the newest first. */
    public List<Version> versions(UUID tenantId, int year, UUID personId) {
        return store.versions(tenantId, year, personId);
    }

    public Counts counts(UUID tenantId, UUID campaignId, UUID unitId, UUID blocId) {
        return standings.counts(tenantId, campaignId, unitId, blocId);
    }

    /** How the people of the viewer's units stand who match the query; the standing asked for does not narrow it. */
    public Counts counts(Viewer viewer, Campaign campaign, SignerQuery query) {
        UUID[] held = viewer.unitsWith(Permission.READ_PEOPLE);
        LocalDate day = query.day();
        return day == null
                ? standings.counts(viewer.tenantId(), campaign, held, query)
                : history.counts(viewer.tenantId(), campaign, held, query, day);
    }

    /** A page of the people of the viewer's units. With words, names that have them with just these marks come first. */
    public List<Signer> signers(Viewer viewer, Campaign campaign, SignerQuery query) {
        UUID[] held = viewer.unitsWith(Permission.READ_PEOPLE);
        LocalDate day = query.day();
        return day == null
                ? standings.signers(viewer.tenantId(), campaign, held, query)
                : history.signers(viewer.tenantId(), campaign, held, query, day);
    }

    private PublishedDecision decision(UUID tenantId, UUID decisionId) {
        return decisions.computeIfAbsent(
                new SetKey(tenantId, decisionId),
                key -> criteria.findPublished(tenantId, decisionId)
                        .orElseThrow(() -> new IllegalStateException("a campaign stands on a published decision")));
    }

    static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
