package vn.chuanmuc.commitments;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Confirmation;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.campaigns.Supplements;
import vn.chuanmuc.criteria.Comparisons;
import vn.chuanmuc.criteria.Criteria;
import vn.chuanmuc.criteria.Criteria.PublishedDecision;
import vn.chuanmuc.criteria.Criteria.SetText;
import vn.chuanmuc.criteria.SetComparison;
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Entry;
import vn.chuanmuc.ledger.Ledger;

/** What people on a roster do about the commitment of the year: once, provably, corrected only by a next version. */
@Component
public class Commitments {
    /** Xác nhận điện tử: the password entered again, or a passkey. Not a digital signature. */
    public static final String ELECTRONIC = "xac-nhan-dien-tu";
    /** Ký trên giấy: signed by hand on a paper of ours, scanned, and looked at by a clerk. */
    public static final String PAPER = "giay";
    /** Chữ ký số: a certificate's signature in the PDF, checked strictly. */
    public static final String DIGITAL = "chu-ky-so";

    private final CommitmentStore store;
    private final StandingStore standings;
    private final StandingHistory history;
    private final ElectronicSigning electronic;
    private final PaperSigning onPaper;
    private final NotSigning notSigning;
    private final SignatureWriting writing;
    private final Access access;
    private final Criteria criteria;
    private final DecisionsSigned decisions;
    private final Comparisons comparisons;
    private final Contents contents;
    private final SetBodies bodies;
    private final Ledger ledger;

    Commitments(
            CommitmentStore store,
            StandingStore standings,
            StandingHistory history,
            ElectronicSigning electronic,
            PaperSigning onPaper,
            NotSigning notSigning,
            SignatureWriting writing,
            Access access,
            Criteria criteria,
            DecisionsSigned decisions,
            Comparisons comparisons,
            Contents contents,
            SetBodies bodies,
            Ledger ledger) {
        this.store = store;
        this.standings = standings;
        this.history = history;
        this.electronic = electronic;
        this.onPaper = onPaper;
        this.notSigning = notSigning;
        this.writing = writing;
        this.access = access;
        this.criteria = criteria;
        this.decisions = decisions;
        this.comparisons = comparisons;
        this.contents = contents;
        this.bodies = bodies;
        this.ledger = ledger;
    }

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
                        decisions.of(tenantId, place.decisionId()),
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
                        writing.lock(tenantId, place).orElse(null),
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
        return electronic.sign(viewer, campaignId, readSet, readHash, password);
    }

    /**
     * The same with a passkey instead of the password.
     *
     * @param answer what the browser answered to a challenge about {@link #toConfirm}
     */
    public Signing signWithPasskey(
            Viewer viewer, UUID campaignId, @Nullable UUID readSet, byte[] readHash, String answer) {
        return electronic.signWithPasskey(viewer, campaignId, readSet, readHash, answer);
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

    /** Signs for a viewer whose password was just checked. */
    Signing signConfirmed(Viewer viewer, UUID campaignId, UUID readSet, byte[] readHash) {
        return electronic.signConfirmed(viewer, campaignId, readSet, readHash, Confirmation.Confirmed.BY_PASSWORD);
    }

    /**
     * Signs once more what is signed already, under the name that was corrected in the directory: the next version. The roster takes
     * the name over as a dated change, the old version and its paper keep the old one.
     *
     * @param reason stands in the roster's change
     */
    public Signing correctName(Viewer viewer, UUID campaignId, String password, String reason) {
        return electronic.correctName(viewer, campaignId, password, reason);
    }

    /** The same with a passkey, which was asked about {@link #toCorrect}. @param correctedName as the page showed it */
    public Signing correctNameWithPasskey(
            Viewer viewer, UUID campaignId, String answer, String correctedName, String reason) {
        return electronic.correctNameWithPasskey(viewer, campaignId, answer, correctedName, reason);
    }

    /** Whether what is signed can be signed once more under the corrected name, the way it was signed. */
    public boolean mayCorrectName(UUID tenantId, Form form) {
        return form.corrected() != null
                && form.lock() == null
                && form.electronic()
                && form.standing() == Standing.SIGNED
                && writing.receipt(tenantId, form.campaignId(), form.personId())
                        .method()
                        .equals(ELECTRONIC);
    }

    /**
     * Records that somebody signed a paper of ours by hand. Whoever records it says: this is that person's signature, made on that
     * day. Recorded twice, it is one signature.
     *
     * @param scanHash SHA-256 of the scan of its pages, in {@code documents.content} already
     * @param signedOn the day that stands on the paper
     */
    public Signing signOnPaper(Viewer viewer, UUID paperId, byte[] scanHash, LocalDate signedOn) {
        return onPaper.signOnPaper(viewer, paperId, scanHash, signedOn);
    }

    /** Takes back a signature, with the authority to and a reason: the person is open again, and their papers are withdrawn. */
    public Recorded withdraw(Viewer viewer, UUID campaignId, UUID personId, String reason) {
        return notSigning.withdraw(viewer, campaignId, personId, reason);
    }

    /** Says for oneself that one does not sign; it can still be signed later, as the next version. */
    public Recorded decline(Viewer viewer, UUID campaignId, String kindCode, String reason) {
        return notSigning.decline(viewer, campaignId, kindCode, reason);
    }

    /** Records for an office that somebody does not sign: never a refusal, never for somebody who said something themselves. */
    public Recorded excuse(Viewer viewer, UUID campaignId, UUID personId, String kindCode, String reason) {
        return notSigning.excuse(viewer, campaignId, personId, kindCode, reason);
    }

    /** Takes back a record of the office, with the reason: the person is open again. */
    public Recorded reopen(Viewer viewer, UUID campaignId, UUID personId, String reason) {
        return notSigning.reopen(viewer, campaignId, personId, reason);
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

    static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }
}
