package vn.chuanmuc.scans;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.commitments.Commitments.Signing;
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;
import vn.chuanmuc.scans.Scans.Confirming;
import vn.chuanmuc.scans.Sheaf.Group;

/** Confirms a paper: its pages become one file, kept by its hash, and the commitment is signed, all of it or nothing. */
@Component
class PaperConfirming {
    private static final int ATTEMPTS = 3;

    private final ScanStore store;
    private final PileHand hand;
    private final Commitments commitments;
    private final Contents contents;
    private final Ledger ledger;
    private final MessageSource messages;
    /** Within a job's step a refusal is undone by itself and leaves the step whole. */
    private final TransactionTemplate nested;

    PaperConfirming(
            ScanStore store,
            PileHand hand,
            Commitments commitments,
            Contents contents,
            Ledger ledger,
            MessageSource messages,
            TransactionTemplate transaction) {
        this.messages = messages;
        this.store = store;
        this.hand = hand;
        this.commitments = commitments;
        this.contents = contents;
        this.ledger = ledger;
        this.nested = new TransactionTemplate(Objects.requireNonNull(transaction.getTransactionManager()), transaction);
        this.nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /** Of the file, which is evidence: in Vietnamese. */
    private String title(Sheaf sheaf) {
        return Objects.requireNonNull(messages.getMessage(
                "scans.file-title", new Object[] {sheaf.code().written()}, Locale.forLanguageTag("vi")));
    }

    Confirming confirm(Viewer viewer, UUID pileId, UUID sheafId, int version, LocalDate signedOn) {
        hand.pile(viewer, pileId);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return Objects.requireNonNull(nested.execute(status -> {
                    Confirming came = confirmHeld(viewer, pileId, sheafId, version, signedOn);
                    if (!(came instanceof Confirming.Confirmed)) {
                        status.setRollbackOnly();
                    }
                    return came;
                }));
            } catch (UnexpectedRollbackException e) {
                // Somebody moved the same commitment at the same moment: look again.
            }
        }
        return new Confirming.Refused("", Reason.of("commitments.busy"));
    }

    private Confirming confirmHeld(Viewer viewer, UUID pileId, UUID sheafId, int version, LocalDate signedOn) {
        UUID tenant = viewer.tenantId();
        if (!store.shareOpen(tenant, pileId)) {
            return new Confirming.Refused("", Reason.of("scans.refused.finished"));
        }
        store.hold(tenant, sheafId);
        Sheaf sheaf = hand.sheaf(viewer, pileId, sheafId);
        if (sheaf.state() == Sheaf.State.CONFIRMED) {
            return new Confirming.Already(
                    Objects.requireNonNull(sheaf.decidedBy()), Objects.requireNonNull(sheaf.decidedAt()));
        }
        Group group = sheaf.group();
        if (group != Group.READY && group != Group.DOUBTFUL) {
            return new Confirming.Refused("", Reason.of("scans.refused.group", Reason.of(group.key())));
        }
        if (!sheaf.missing().isEmpty() || !sheaf.doubles().isEmpty()) {
            return new Confirming.Refused("", Reason.of("scans.refused.incomplete"));
        }
        if (sheaf.version() != version) {
            return new Confirming.Refused("", Reason.of("scans.refused.changed"));
        }
        if (!sheaf.seen()) {
            return new Confirming.Refused("", Reason.of("scans.refused.unseen"));
        }
        List<ScanPage> pages = sheaf.counting();
        var pictures = new ArrayList<byte[]>();
        for (ScanPage page : pages) {
            pictures.add(store.image(tenant, page.id())
                    .orElseThrow(() -> new IllegalStateException("a page of a pile has its picture")));
        }
        byte[] pdf = ScanPdf.of(title(sheaf), sheaf.lastRead(), pictures);
        byte[] hash = contents.store(tenant, "application/pdf", pdf);
        return switch (commitments.signOnPaper(viewer, sheaf.paperId(), hash, signedOn)) {
            case Signing.Refused(var field, var why) -> new Confirming.Refused(field, why);
            case Signing.AlreadySigned(var receipt) ->
                new Confirming.Refused("", Reason.of("scans.refused.signed", receipt.at()));
            case Signing.Signed(var receipt) -> {
                store.confirmed(
                        tenant,
                        sheafId,
                        version,
                        signedOn,
                        hash,
                        receipt.commitmentId(),
                        viewer.accountId(),
                        hand.now());
                ledger.append(new Act(
                                tenant,
                                "scans.confirmed",
                                sheafId,
                                viewer.accountId(),
                                facts(sheaf, pages, pictures, signedOn),
                                hash)
                        .with(Piece.of(ScansEvidence.CONTENT, hash)));
                yield new Confirming.Confirmed(receipt);
            }
        };
    }

    /** Which pages of which files became the scan. */
    private Map<String, Object> facts(Sheaf sheaf, List<ScanPage> pages, List<byte[]> pictures, LocalDate signedOn) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("pile", sheaf.pileId().toString());
        facts.put("paper", sheaf.paperId().toString());
        facts.put("code", sheaf.code().signs());
        facts.put("signedOn", signedOn.toString());
        var sources = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < pages.size(); i++) {
            ScanPage page = pages.get(i);
            var source = new LinkedHashMap<String, Object>();
            source.put("file", page.fileId().toString());
            source.put("number", page.number());
            source.put("turned", page.turned());
            source.put("picture", HexFormat.of().formatHex(Sha256.of(pictures.get(i))));
            if (page.byHand()) {
                source.put("byHand", page.reason());
            }
            sources.add(source);
        }
        facts.put("pages", sources);
        return facts;
    }
}
