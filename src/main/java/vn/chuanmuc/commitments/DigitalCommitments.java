package vn.chuanmuc.commitments;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.commitments.CommitmentStore.Place;
import vn.chuanmuc.commitments.Commitments.Receipt;
import vn.chuanmuc.commitments.Commitments.Signing;
import vn.chuanmuc.documents.Papers.Paper;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.signing.SignatureRequester;
import vn.chuanmuc.signing.Signatures;

/** Commitments signed digitally: the form is issued, its PDF is given to be signed, and what comes back signed counts. */
@Component
public class DigitalCommitments implements SignatureRequester {
    private static final String PURPOSE = "commitments.digital";
    private static final Duration GOOD_FOR = Duration.ofDays(14);
    private static final java.util.Locale VIETNAMESE = java.util.Locale.forLanguageTag("vi");

    private final DigitalSigning signing;
    private final CommitmentPapers papers;
    private final Signatures signatures;
    private final Access access;
    private final TransactionTemplate transaction;
    private final MessageSource messages;

    DigitalCommitments(
            DigitalSigning signing,
            CommitmentPapers papers,
            Signatures signatures,
            Access access,
            TransactionTemplate transaction,
            MessageSource messages) {
        this.signing = signing;
        this.papers = papers;
        this.signatures = signatures;
        this.access = access;
        this.transaction = transaction;
        this.messages = messages;
    }

    /** What came of wanting to sign digitally. */
    public sealed interface Begun {
        /** @param requestId where it is signed: {@code /ky-so/<id>} */
        record Asked(UUID requestId) implements Begun {}

        record AlreadySigned(Receipt receipt) implements Begun {}

        record Refused(String field, Reason why) implements Begun {}
    }

    /** Gives the viewer's own commitment to be signed digitally; begun twice, it is the same request. */
    public Begun begin(Viewer viewer, UUID campaignId, @Nullable UUID readSet, byte[] readHash) {
        access.require(viewer, Permission.SIGN_OWN);
        if (readSet == null) {
            return new Begun.Refused("", Reason.of("commitments.sign.other-text"));
        }
        Optional<Signing> refused = signing.refusal(viewer, campaignId, readSet, readHash);
        if (refused.isPresent()) {
            return switch (refused.get()) {
                case Signing.Refused(var field, var why) -> new Begun.Refused(field, why);
                case Signing.AlreadySigned(var receipt) -> new Begun.AlreadySigned(receipt);
                case Signing.Signed(var receipt) -> new Begun.AlreadySigned(receipt);
            };
        }
        Place place = signing.place(viewer, campaignId);
        Paper paper = papers.digital(viewer, place);
        String subject = subject(campaignId, paper.id());
        Optional<Signatures.Live> live = signatures.live(viewer.tenantId(), PURPOSE, subject);
        if (live.isPresent()) {
            return new Begun.Asked(live.get().id());
        }
        byte[] pdf = papers.pdf(paper, viewer.accountId());
        return new Begun.Asked(Objects.requireNonNull(transaction.execute(status ->
                signatures.ask(new Signatures.Request(
                        viewer.tenantId(),
                        PURPOSE,
                        subject,
                        Objects.requireNonNull(messages.getMessage(
                                "commitments.digital.title",
                                new Object[] {String.valueOf(place.year()), place.fullName()},
                                VIETNAMESE)),
                        pdf,
                        PaperForm.of(paper.form()).person().field(),
                        true,
                        place.personId(),
                        place.fullName(),
                        place.unitId(),
                        place.unitName(),
                        viewer.accountId(),
                        GOOD_FOR)))));
    }

    /** How a signature was made, and what else there is about it; empty for every other way of signing. */
    public Optional<Signatures.Kept> kept(UUID tenantId, Receipt receipt) {
        return receipt.method().equals(Commitments.DIGITAL)
                ? signatures.kept(tenantId, receipt.documentHash())
                : Optional.empty();
    }

    private static String subject(UUID campaignId, UUID paperId) {
        return campaignId + "/" + paperId;
    }

    @Override
    public String purpose() {
        return PURPOSE;
    }

    @Override
    public Completion completed(Completed signature) {
        UUID paperId = UUID.fromString(List.of(signature.subject().split("/")).getLast());
        Signing outcome = signing.sign(
                signature.tenantId(), signature.accountId(), paperId, signature.documentHash(), signature.at());
        return switch (outcome) {
            case Signing.Signed signed -> new Completion.Accepted();
            case Signing.AlreadySigned(var receipt) ->
                Sha256.same(receipt.documentHash(), signature.documentHash())
                        ? new Completion.Accepted()
                        : new Completion.Refused(Reason.of("commitments.digital.already", receipt.at()));
            case Signing.Refused(var field, var why) -> new Completion.Refused(why);
        };
    }

    @Override
    public String page(String subject) {
        return "/cam-ket/" + subject.substring(0, subject.indexOf('/'));
    }
}
