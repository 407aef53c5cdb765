package vn.chuanmuc.documents;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;

/**
 * The papers that were issued, what they say, and what became of them. Who may issue or move one is for the module to say whose
 * paper it is: nothing here looks at authority.
 */
@Component
public class Papers {
    private static final int LONGEST_REASON = 1_000;

    private final PaperStore store;
    private final PaperCodes codes;
    private final Contents contents;
    private final Ledger ledger;
    private final Clock clock;

    Papers(PaperStore store, PaperCodes codes, Contents contents, Ledger ledger, Clock clock) {
        this.store = store;
        this.codes = codes;
        this.contents = contents;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * A text to be printed.
     *
     * @param kind what kind of paper: {@code cam-ket}
     * @param scope the record within which a subject has one live paper of a kind; of a commitment, the campaign
     * @param subject whom or what the paper is about; of a commitment, the person
     * @param layout id of the layout, {@code form} id of the form: dated data both
     * @param head the text's own part
     * @param bodyHash of the part that many share, in {@link Contents}
     */
    public record Draft(
            UUID tenantId,
            String kind,
            UUID scope,
            UUID subject,
            String layout,
            String form,
            String head,
            byte[] bodyHash,
            UUID account) {}

    /**
     * A paper as issued, and how it stands now.
     *
     * @param textHash SHA-256 of head and body one after the other
     * @param since when it came to this state
     */
    public record Paper(
            UUID tenantId,
            UUID id,
            PaperCode code,
            String kind,
            UUID scope,
            UUID subject,
            String layout,
            String form,
            String head,
            byte[] bodyHash,
            byte[] textHash,
            UUID issuedBy,
            Instant issuedAt,
            PaperState state,
            Instant since) {}

    /** A step in a paper's life. @param successor the paper that took its place, where there is one */
    public record Change(
            PaperState state, String reason, @Nullable UUID successor, UUID account, Instant at) {}

    /** A file printed of a paper. @param hash SHA-256 of its bytes */
    public record Print(byte[] hash, int pages, Instant at) {}

    /**
     * Issues the paper of a text, or finds the live one: the same text under the same layout and form is one paper however often
     * it is asked for. An unsigned paper of the same subject with another text is superseded by it.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Paper issue(Draft draft) {
        return issue(draft, false);
    }

    /**
     * The same, where a paper that was issued keeps the layout it has: the live paper of the same text and form is found in whatever
     * layout. Print it with {@link Paper#layout}.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Paper issueOrKeep(Draft draft) {
        return issue(draft, true);
    }

    private Paper issue(Draft draft, boolean anyLayout) {
        store.lock(draft.tenantId(), Set.of(draft.kind()), draft.scope(), draft.subject());
        byte[] body = contents.find(draft.tenantId(), draft.bodyHash())
                .orElseThrow(() -> new IllegalArgumentException("the body of a paper is stored first"))
                .bytes();
        byte[] textHash = Sha256.of(draft.head().getBytes(StandardCharsets.UTF_8), body);
        List<Paper> others = store.of(draft.tenantId(), Set.of(draft.kind()), draft.scope(), draft.subject());
        Optional<Paper> same = others.stream()
                .filter(paper -> paper.state().live()
                        && (anyLayout || paper.layout().equals(draft.layout()))
                        && paper.form().equals(draft.form())
                        && Sha256.same(paper.textHash(), textHash))
                .findFirst();
        if (same.isPresent()) {
            return same.get();
        }
        UUID id = Ids.next();
        Instant now = now();
        PaperCode code = store.insert(draft, id, textHash, now, codes::next);
        var facts = new LinkedHashMap<String, Object>();
        facts.put("code", code.signs());
        facts.put("kind", draft.kind());
        facts.put("scope", draft.scope().toString());
        facts.put("subject", draft.subject().toString());
        facts.put("layout", draft.layout());
        facts.put("form", draft.form());
        ledger.append(new Act(draft.tenantId(), "documents.paper-issued", id, draft.account(), facts, textHash)
                .with(
                        Piece.of(ContentEvidence.CONTENT, draft.bodyHash()),
                        Piece.of(ContentEvidence.PAPER, id),
                        Piece.of(ContentEvidence.CODE, code.signs()),
                        Piece.of(ContentEvidence.STATE, id, 1)));
        for (Paper other : others) {
            if (other.state() == PaperState.ISSUED) {
                move(other, PaperState.SUPERSEDED, "", id, draft.account());
            }
        }
        return new Paper(
                draft.tenantId(),
                id,
                code,
                draft.kind(),
                draft.scope(),
                draft.subject(),
                draft.layout(),
                draft.form(),
                draft.head(),
                draft.bodyHash(),
                textHash,
                draft.account(),
                now,
                PaperState.ISSUED,
                now);
    }

    /** Keeps which file was printed of a paper, once per different file. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void printed(Paper paper, byte[] pdfHash, int pages, UUID account) {
        if (store.print(paper, pdfHash, pages, account, now())) {
            ledger.append(new Act(
                            paper.tenantId(),
                            "documents.paper-printed",
                            paper.id(),
                            account,
                            Map.of("code", paper.code().signs(), "pages", pages),
                            pdfHash)
                    .with(Piece.of(ContentEvidence.PRINT, paper.id(), pdfHash)));
        }
    }

    /** Whose paper this is, whatever body it belongs to. */
    public Optional<Paper> find(PaperCode code) {
        return store.find(code);
    }

    public Optional<Paper> find(UUID tenantId, UUID id) {
        return store.find(tenantId, id);
    }

    /** The papers one of whose printed files has this SHA-256, whatever body they belong to; at most 10. */
    public List<Paper> ofFile(byte[] pdfHash) {
        return store.ofFile(pdfHash);
    }

    /** Papers of a subject, the newest first; at most 100. */
    public List<Paper> of(UUID tenantId, String kind, UUID scope, UUID subject) {
        return store.of(tenantId, Set.of(kind), scope, subject);
    }

    /** What became of a paper, from its issue on; at most 100. */
    public List<Change> history(UUID tenantId, UUID paperId) {
        return store.history(tenantId, paperId);
    }

    /** The files printed of a paper, the first one first; at most 100. */
    public List<Print> prints(UUID tenantId, UUID paperId) {
        return store.prints(tenantId, paperId);
    }

    /** Whether a file with this SHA-256 was printed of the paper. */
    public boolean isPrint(Paper paper, byte[] fileHash) {
        return prints(paper.tenantId(), paper.id()).stream().anyMatch(print -> Sha256.same(print.hash(), fileHash));
    }

    /** The text of the paper, head and body: UTF-8 bytes whose SHA-256 is {@code textHash}. */
    public byte[] text(Paper paper) {
        byte[] body = contents.find(paper.tenantId(), paper.bodyHash())
                .orElseThrow(() -> new IllegalStateException("the body of a paper is missing"))
                .bytes();
        byte[] head = paper.head().getBytes(StandardCharsets.UTF_8);
        byte[] text = java.util.Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, text, head.length, body.length);
        return text;
    }

    /** A signature on the paper is recorded. False when it is not an issued paper any more. */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean signed(Paper paper, UUID account) {
        return move(paper, PaperState.SIGNED, "", null, account);
    }

    /** Takes a paper back. False when it did not stand any more. */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean withdraw(Paper paper, String reason, UUID account) {
        String words = Texts.nfc(reason).strip();
        Check.that(!words.isEmpty() && words.length() <= LONGEST_REASON, "who withdraws says why");
        return move(paper, PaperState.WITHDRAWN, words, null, account);
    }

    /** Every unsigned paper of these kinds about the subject loses its place: the commitment was made another way. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void supersedeUnsigned(
            UUID tenantId, Set<String> kinds, UUID scope, UUID subject, String reason, UUID account) {
        store.lock(tenantId, kinds, scope, subject);
        for (Paper paper : store.of(tenantId, kinds, scope, subject)) {
            if (paper.state() == PaperState.ISSUED) {
                move(paper, PaperState.SUPERSEDED, reason, null, account);
            }
        }
    }

    /** A signed paper loses its place to another, or to another way. False when it did not stand any more. */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean supersede(Paper paper, @Nullable UUID successor, String reason, UUID account) {
        return move(paper, PaperState.SUPERSEDED, reason, successor, account);
    }

    private boolean move(Paper paper, PaperState to, String reason, @Nullable UUID successor, UUID account) {
        OptionalInt step = store.move(paper, to, reason, successor, account, now());
        if (step.isEmpty()) {
            return false;
        }
        var facts = new LinkedHashMap<String, Object>();
        facts.put("code", paper.code().signs());
        facts.put("state", to.code());
        if (!reason.isEmpty()) {
            facts.put("reason", reason);
        }
        if (successor != null) {
            facts.put("successor", successor.toString());
        }
        ledger.append(new Act(paper.tenantId(), "documents.paper-moved", paper.id(), account, facts, paper.textHash())
                .with(Piece.of(ContentEvidence.STATE, paper.id(), step.getAsInt())));
        return true;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
