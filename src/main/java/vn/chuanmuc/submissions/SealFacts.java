package vn.chuanmuc.submissions;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import vn.chuanmuc.documents.PaperFacts;
import vn.chuanmuc.documents.Papers.Paper;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.office.PaperDocument.Fact;
import vn.chuanmuc.signing.Manifests;
import vn.chuanmuc.signing.Manifests.Sealed;
import vn.chuanmuc.signing.Signatures;

/** What whoever holds a sealed list reads on it; the people's names are not told again. */
@Component
class SealFacts implements PaperFacts {
    private static final Locale VIETNAMESE = Locale.forLanguageTag("vi");
    private static final String DIGITAL = "chu-ky-so";

    private final Manifests manifests;
    private final Signatures signatures;
    private final MessageSource messages;

    SealFacts(Manifests manifests, Signatures signatures, MessageSource messages) {
        this.manifests = manifests;
        this.signatures = signatures;
        this.messages = messages;
    }

    @Override
    public boolean tells(String kind) {
        return kind.equals(ListSeals.KIND);
    }

    @Override
    public Shown shown(Paper paper) {
        List<String> head = paper.head().lines().toList(); // as ListSeals.head writes it
        Optional<Sealed> seal = paper.state().live() ? sealOf(paper) : Optional.empty();
        return new Shown(
                t("submissions.seal.heading"),
                "",
                List.of(
                        new Fact(t("submissions.seal.unit"), head.get(2) + " – " + head.get(3)),
                        new Fact(t("submissions.seal.campaign"), head.get(1)),
                        new Fact(t("submissions.seal.version"), head.get(4))),
                seal.map(one -> new Signed(DIGITAL, one.sealedAt(), null, one.documentHash()))
                        .orElse(null));
    }

    /** A unit and the one above may seal the same rows: each has its own paper. */
    private Optional<Sealed> sealOf(Paper paper) {
        return manifests.ofList(paper.tenantId(), paper.bodyHash()).stream()
                .filter(list -> ListSeals.paperSubject(list.subject()).equals(paper.subject()))
                .findFirst();
    }

    @Override
    public boolean isDocument(Paper paper, byte[] fileHash) {
        return sealOf(paper)
                .filter(list -> Sha256.same(list.documentHash(), fileHash)
                        || signatures
                                .preserved(paper.tenantId(), list.documentHash())
                                .filter(preserved -> Sha256.same(preserved, fileHash))
                                .isPresent())
                .isPresent();
    }

    /** A sealed list bears its code as text: it is found by that. */
    @Override
    public Optional<Paper> ofDocument(byte[] fileHash) {
        return Optional.empty();
    }

    private String t(String key) {
        return Objects.requireNonNull(messages.getMessage(key, null, VIETNAMESE));
    }
}
