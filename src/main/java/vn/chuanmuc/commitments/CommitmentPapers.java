package vn.chuanmuc.commitments;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.commitments.CommitmentStore.Place;
import vn.chuanmuc.commitments.Commitments.Receipt;
import vn.chuanmuc.criteria.Criteria;
import vn.chuanmuc.criteria.Criteria.CriteriaSet;
import vn.chuanmuc.criteria.Criteria.PublishedDecision;
import vn.chuanmuc.criteria.Criteria.SetText;
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.documents.PaperCodes;
import vn.chuanmuc.documents.PaperFacts;
import vn.chuanmuc.documents.PaperFiles;
import vn.chuanmuc.documents.Papers;
import vn.chuanmuc.documents.Papers.Draft;
import vn.chuanmuc.documents.Papers.Paper;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.office.Layout;
import vn.chuanmuc.office.Layouts;
import vn.chuanmuc.office.PaperDocument;
import vn.chuanmuc.signing.Signatures;

/**
 * Commitments as papers: the form to sign by hand, or what somebody confirmed electronically. Layout and form are those of the day
 * the campaign was opened, so that all papers of a campaign look alike and one printed late takes no other's place.
 */
@Component
public class CommitmentPapers implements PaperFacts {
    /** Kind of the form that is signed by hand. */
    public static final String FORM = "cam-ket";
    /** Kind of the paper that shows an electronic confirmation; it bears no signature. */
    public static final String CONFIRMED = "cam-ket-dien-tu";

    /** Kind of the form that is signed digitally, into its signature fields. */
    public static final String DIGITAL = "cam-ket-so";

    static final List<String> KINDS = List.of(FORM, CONFIRMED, DIGITAL);

    private static final String PDF = "application/pdf";

    private final CommitmentStore store;
    private final Access access;
    private final Criteria criteria;
    private final SetBodies bodies;
    private final Papers papers;
    private final PaperCodes codes;
    private final PaperFiles files;
    private final Contents contents;
    private final Signatures signatures;
    private final TransactionTemplate transaction;

    CommitmentPapers(
            CommitmentStore store,
            Access access,
            Criteria criteria,
            SetBodies bodies,
            Papers papers,
            PaperCodes codes,
            PaperFiles files,
            Contents contents,
            Signatures signatures,
            TransactionTemplate transaction) {
        this.store = store;
        this.access = access;
        this.criteria = criteria;
        this.bodies = bodies;
        this.papers = papers;
        this.codes = codes;
        this.files = files;
        this.contents = contents;
        this.signatures = signatures;
        this.transaction = transaction;
    }

    public enum Format {
        PDF("application/pdf"),
        DOCX("application/vnd.openxmlformats-officedocument.wordprocessingml.document");

        private final String mediaType;

        Format(String mediaType) {
            this.mediaType = mediaType;
        }

        String ending() {
            return "." + name().toLowerCase(Locale.ROOT);
        }
    }

    public record File(String name, String mediaType, byte[] bytes) {}

    /** What came of asking for a paper. */
    public sealed interface Printing {
        record Printed(File file) implements Printing {}

        record Refused(Reason why) implements Printing {}
    }

    /**
     * What the papers of a campaign look like, and on whose authority.
     *
     * @param verified whether somebody has compared the layout's figures with the original rule
     * @param official whether the form was issued by a body with the authority to
     */
    public record Look(
            String layoutBasis,
            boolean verified,
            String layoutNote,
            String formBasis,
            boolean official,
            String formNote) {}

    public Look look(UUID tenantId, UUID campaignId) {
        CommitmentStore.Looks looks =
                store.looks(tenantId, campaignId).orElseThrow(() -> new NotFound("campaign that was opened"));
        Layout layout = Layouts.at(looks.line(), looks.launchedOn());
        PaperForm form = PaperForm.at(looks.launchedOn());
        return new Look(
                layout.legalBasis(), layout.verified(), layout.note(), form.legalBasis(), form.official(), form.note());
    }

    /** Whether there is a paper to be had, or why not. */
    sealed interface Issuing {
        record Issued(Paper paper) implements Issuing {}

        /** Signed by hand: the paper is the scan. */
        record Scanned(Receipt receipt) implements Issuing {}

        /** Signed digitally: the signed file is the document, and there is no other. */
        record SignedFile(Receipt receipt) implements Issuing {}

        record Refused(Reason why) implements Issuing {}
    }

    /** The viewer's own commitment in the campaign. */
    public Printing own(Viewer viewer, UUID campaignId, Format format) {
        access.require(viewer, Permission.SIGN_OWN);
        UUID person = viewer.personId();
        if (person == null) {
            throw new NotFound("commitment");
        }
        return print(viewer, campaignId, person, format);
    }

    /** Somebody's commitment, for an office that prints it for them. */
    public Printing of(Viewer viewer, UUID campaignId, UUID personId, Format format) {
        if (store.place(viewer.tenantId(), campaignId, personId)
                .filter(place -> access.covers(viewer, Permission.PRINT_COMMITMENTS, place.unitId()))
                .isEmpty()) {
            throw new NotFound("person on the roster");
        }
        return print(viewer, campaignId, personId, format);
    }

    private Printing print(Viewer viewer, UUID campaignId, UUID personId, Format format) {
        Issuing issuing = issue(viewer, campaignId, personId);
        return switch (issuing) {
            case Issuing.Refused(var why) -> new Printing.Refused(why);
            case Issuing.Scanned(var receipt) ->
                format == Format.PDF
                        ? new Printing.Printed(kept(viewer.tenantId(), receipt))
                        : new Printing.Refused(Reason.of("commitments.paper.scan-only"));
            case Issuing.SignedFile(var receipt) ->
                format == Format.PDF
                        ? new Printing.Printed(kept(viewer.tenantId(), receipt))
                        : new Printing.Refused(Reason.of("commitments.paper.signed-file-only"));
            case Issuing.Issued(var paper) -> {
                byte[] bytes = format == Format.PDF ? pdf(paper, viewer.accountId()) : files.docx(letter(paper));
                String name = "cam-ket-" + paper.code().written() + format.ending();
                yield new Printing.Printed(new File(name, format.mediaType, bytes));
            }
        };
    }

    private File kept(UUID tenantId, Receipt receipt) {
        Contents.Content content = contents.find(tenantId, receipt.documentHash())
                .orElseThrow(() -> new IllegalStateException("the document of a commitment is missing"));
        String ending = content.mediaType().equals(PDF) ? ".pdf" : "";
        return new File(receipt.code() + ending, content.mediaType(), content.bytes());
    }

    /** Issues the paper as the person stands now, or finds it. Looks at no authority. */
    Issuing issue(Viewer viewer, UUID campaignId, UUID personId) {
        UUID tenant = viewer.tenantId();
        store.place(tenant, campaignId, personId).ifPresent(place -> bodies.of(tenant, place.setId()));
        return Objects.requireNonNull(transaction.execute(status -> {
            // The lists of the campaign are held still: nobody signs between the look at the person and the paper.
            Place place = store.placeLocked(tenant, campaignId, personId)
                    .orElseThrow(() -> new NotFound("person on the roster"));
            return issue(viewer, place);
        }));
    }

    private Issuing issue(Viewer viewer, Place place) {
        UUID tenant = viewer.tenantId();
        return switch (place.standing()) {
            case LEFT -> new Issuing.Refused(Reason.of("commitments.paper.left", place.fullName()));
            case SIGNED -> {
                Receipt receipt = store.receipt(tenant, place.campaignId(), place.personId())
                        .orElseThrow(() -> new IllegalStateException("who stands as signed has a signature"));
                if (receipt.method().equals(Commitments.PAPER)) {
                    yield new Issuing.Scanned(receipt);
                }
                if (receipt.method().equals(Commitments.DIGITAL)) {
                    yield new Issuing.SignedFile(receipt);
                }
                CommitmentStore.Parts parts =
                        store.parts(tenant, receipt.commitmentId()).orElseThrow();
                if (!store.inForce(tenant, receipt.year(), receipt.personId(), receipt.commitmentId())) {
                    // What was printed before can be printed again as it was; nothing new is issued of what was
                    // replaced.
                    yield papers.of(tenant, CONFIRMED, place.campaignId(), place.personId()).stream()
                            .filter(paper -> Sha256.same(paper.textHash(), receipt.documentHash()))
                            .findFirst()
                            .<Issuing>map(Issuing.Issued::new)
                            .orElseGet(() -> new Issuing.Refused(Reason.of("commitments.paper.replaced")));
                }
                yield issued(viewer, place, CONFIRMED, parts.head(), parts.bodyHash());
            }
            case OPEN, DECLINED, EXCUSED -> {
                if (!place.onPaper()) {
                    yield new Issuing.Refused(Reason.of("commitments.paper.method"));
                }
                if (!place.open()) {
                    yield new Issuing.Refused(Reason.of("commitments.lock.closed"));
                }
                yield issued(
                        viewer,
                        place,
                        FORM,
                        CommitmentDocument.paperHead(head(tenant, place)),
                        bodies.of(tenant, place.setId()).hash());
            }
        };
    }

    /** Issues the form to be signed digitally, or finds it; the caller has asked whether the person may sign so. */
    Paper digital(Viewer viewer, Place place) {
        UUID tenant = viewer.tenantId();
        bodies.of(tenant, place.setId());
        return Objects.requireNonNull(transaction.execute(status -> issue(
                viewer,
                place,
                DIGITAL,
                CommitmentDocument.digitalHead(head(tenant, place)),
                bodies.of(tenant, place.setId()).hash())));
    }

    private CommitmentDocument.PaperHead head(UUID tenantId, Place place) {
        PublishedDecision decision = criteria.findPublished(tenantId, place.decisionId())
                .orElseThrow(() -> new IllegalStateException("a campaign stands on a published decision"));
        return new CommitmentDocument.PaperHead(
                place.year(),
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
                place.planDate());
    }

    private Issuing issued(Viewer viewer, Place place, String kind, String head, byte[] bodyHash) {
        return new Issuing.Issued(issue(viewer, place, kind, head, bodyHash));
    }

    private Paper issue(Viewer viewer, Place place, String kind, String head, byte[] bodyHash) {
        return papers.issue(draft(viewer.tenantId(), viewer.accountId(), place, kind, head, bodyHash));
    }

    static Draft draft(UUID tenantId, UUID account, Place place, String kind, String head, byte[] bodyHash) {
        return new Draft(
                tenantId,
                kind,
                place.campaignId(),
                place.personId(),
                Layouts.at(place.looks().line(), place.looks().launchedOn()).id(),
                PaperForm.at(place.looks().launchedOn()).id(),
                head,
                bodyHash,
                account);
    }

    /** The PDF of an issued commitment: the same bytes each time. Whoever gets them has them kept as printed. */
    public byte[] pdf(Paper paper, UUID account) {
        return files.pdf(paper, letter(paper), account);
    }

    /** The same, only to see where on it what is: not kept as printed. */
    public byte[] rendition(Paper paper) {
        return files.rendition(letter(paper));
    }

    /** What a paper says, laid out. */
    PaperDocument letter(Paper paper) {
        return PaperText.document(paper, set(paper), codes);
    }

    @Override
    public boolean tells(String kind) {
        return kind.equals(FORM) || kind.equals(CONFIRMED) || kind.equals(DIGITAL);
    }

    /** What whoever holds the paper reads on it; the day of birth is not told again. */
    @Override
    public Shown shown(Paper paper) {
        PaperDocument letter = letter(paper);
        Signed signed = !paper.state().live()
                ? null
                : store.receipt(paper.tenantId(), paper.scope(), paper.subject())
                        .filter(receipt -> paper.kind().equals(CONFIRMED)
                                ? Sha256.same(receipt.documentHash(), paper.textHash())
                                : paper.id().equals(receipt.paperId()))
                        .map(receipt ->
                                new Signed(receipt.method(), receipt.at(), receipt.signedOn(), receipt.documentHash()))
                        .orElse(null);
        return new Shown(
                String.join(" ", letter.heading()),
                letter.subheading(),
                letter.facts().stream()
                        .filter(fact -> !fact.label().equals(CommitmentDocument.BIRTH))
                        .toList(),
                signed);
    }

    @Override
    public boolean isDocument(Paper paper, byte[] fileHash) {
        Signed signed = shown(paper).signed();
        return signed != null
                && (Sha256.same(signed.documentHash(), fileHash)
                        || signatures
                                .preserved(paper.tenantId(), signed.documentHash())
                                .filter(preserved -> Sha256.same(Sha256.of(preserved), fileHash))
                                .isPresent());
    }

    @Override
    public Optional<Paper> ofDocument(byte[] hash) {
        return store.ofDocument(hash).flatMap(held -> papers.find(held.tenantId(), held.paperId()));
    }

    /** The set whose words a paper bears: one of the campaign's decision. */
    private SetText set(Paper paper) {
        Place place = store.place(paper.tenantId(), paper.scope(), paper.subject())
                .orElseThrow(() -> new IllegalStateException("a commitment's paper has a place on a roster"));
        Optional<SetText> own = Optional.of(criteria.text(paper.tenantId(), place.setId()))
                .filter(set -> Sha256.same(set.hash(), paper.bodyHash()));
        return own.orElseGet(() -> criteria.sets(paper.tenantId(), place.decisionId()).stream()
                .map(CriteriaSet::id)
                .map(id -> criteria.text(paper.tenantId(), id))
                .filter(set -> Sha256.same(set.hash(), paper.bodyHash()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the words of a paper are those of a published set")));
    }
}
