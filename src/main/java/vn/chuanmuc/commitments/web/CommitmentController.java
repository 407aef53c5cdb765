package vn.chuanmuc.commitments.web;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Passkeys;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.commitments.CommitmentPapers;
import vn.chuanmuc.commitments.CommitmentPapers.Format;
import vn.chuanmuc.commitments.CommitmentPapers.Printing;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.commitments.Commitments.Form;
import vn.chuanmuc.commitments.Commitments.Own;
import vn.chuanmuc.commitments.Commitments.Receipt;
import vn.chuanmuc.commitments.Commitments.Recorded;
import vn.chuanmuc.commitments.Commitments.Signing;
import vn.chuanmuc.commitments.DigitalCommitments;
import vn.chuanmuc.commitments.DigitalCommitments.Begun;
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ledger.Proofs;
import vn.chuanmuc.signing.Manifests;
import vn.chuanmuc.signing.Signatures;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** One's own commitment: read, signed or declined, and the receipt. */
@Controller
class CommitmentController {
    private static final String OWN = "/cam-ket";
    private static final String ONE = OWN + "/{campaign}";
    private static final Locale VIETNAMESE = Locale.forLanguageTag("vi");

    private final Commitments commitments;
    private final CommitmentPapers papers;
    private final DigitalCommitments digital;
    private final Signatures signatures;
    private final Manifests manifests;
    private final Contents contents;
    private final Proofs proofs;
    private final Passkeys passkeys;
    private final MessageSource messages;
    private final Clock clock;

    CommitmentController(
            Commitments commitments,
            CommitmentPapers papers,
            DigitalCommitments digital,
            Signatures signatures,
            Manifests manifests,
            Contents contents,
            Proofs proofs,
            Passkeys passkeys,
            MessageSource messages,
            Clock clock) {
        this.commitments = commitments;
        this.papers = papers;
        this.digital = digital;
        this.signatures = signatures;
        this.manifests = manifests;
        this.contents = contents;
        this.proofs = proofs;
        this.passkeys = passkeys;
        this.messages = messages;
        this.clock = clock;
    }

    @GetMapping(OWN)
    @Allowed(Permission.SIGN_OWN)
    Object list(Viewer viewer, AsOf asOf) {
        if (asOf.past()) {
            return new OwnPage(commitments.own(viewer, asOf.day()), asOf);
        }
        List<Own> own = commitments.own(viewer);
        return own.size() == 1 && asOf.wrong() == null
                ? "redirect:" + OWN + "/" + own.getFirst().campaignId()
                : new OwnPage(own, asOf);
    }

    @GetMapping(ONE)
    @Allowed(Permission.SIGN_OWN)
    View form(Viewer viewer, AsOf asOf, @PathVariable("campaign") UUID campaign) {
        return asOf.past()
                ? then(viewer, campaign, asOf)
                : page(viewer, asOf, campaign, false, "", "", FormErrors.NONE);
    }

    private View then(Viewer viewer, UUID campaign, AsOf asOf) {
        Form form = commitments.form(viewer, campaign).orElseThrow(() -> new NotFound("commitment"));
        return new CommitmentThenPage(
                form.year(),
                form.campaignTitle(),
                commitments.own(viewer, asOf.day()).stream()
                        .filter(own -> own.campaignId().equals(campaign))
                        .findFirst()
                        .orElse(null),
                asOf);
    }

    private View page(Viewer viewer, UUID campaign, boolean read, String kind, String reason, FormErrors errors) {
        return page(viewer, AsOf.today(today()), campaign, read, kind, reason, errors);
    }

    private View page(
            Viewer viewer, AsOf asOf, UUID campaign, boolean read, String kind, String reason, FormErrors errors) {
        Form form = commitments.form(viewer, campaign).orElseThrow(() -> new NotFound("commitment"));
        return new CommitmentPage(
                form,
                commitments.changes(viewer.tenantId(), form).orElse(null),
                commitments.mayCorrectName(viewer.tenantId(), form),
                commitments.later(viewer.tenantId(), form),
                asOf,
                passkeys.offer(viewer).orElse(""),
                read,
                kind,
                reason,
                errors);
    }

    @PostMapping(ONE)
    @Allowed(Permission.SIGN_OWN)
    Object sign(
            Viewer viewer,
            @PathVariable("campaign") UUID campaign,
            @RequestParam(name = "bo", defaultValue = "") String set,
            @RequestParam(name = "noi-dung", defaultValue = "") String hash,
            @RequestParam(name = "da-doc", defaultValue = "") String read,
            @RequestParam(name = "mat-khau", defaultValue = "") String password,
            @RequestParam(name = "khoa", defaultValue = "") String passkey) {
        boolean ticked = read.equals("co");
        if (!ticked) {
            return page(viewer, campaign, false, "", "", FormErrors.of("da-doc", Reason.of("commitments.sign.unread")));
        }
        Signing signing = passkey.isEmpty()
                ? commitments.sign(viewer, campaign, Ids.read(set), bytes(hash), password)
                : commitments.signWithPasskey(viewer, campaign, Ids.read(set), bytes(hash), passkey);
        return switch (signing) {
            case Signing.Signed signed -> receiptOf(campaign) + "?xong=signed";
            case Signing.AlreadySigned signed -> receiptOf(campaign) + "?xong=already-signed";
            case Signing.Refused(var field, var why) -> page(viewer, campaign, true, "", "", FormErrors.of(field, why));
        };
    }

    private static String receiptOf(UUID campaign) {
        return "redirect:" + OWN + "/" + campaign + "/bien-nhan";
    }

    private static byte[] bytes(String hex) {
        return hex.matches("[0-9a-f]{64}") ? HexFormat.of().parseHex(hex) : new byte[0];
    }

    /** Signs the same once more under the name that was corrected: one step, the next version. */
    @PostMapping(ONE + "/sua-ten")
    @Allowed(Permission.SIGN_OWN)
    Object correctName(
            Viewer viewer,
            @PathVariable("campaign") UUID campaign,
            @RequestParam(name = "mat-khau-sua", defaultValue = "") String password,
            @RequestParam(name = "khoa", defaultValue = "") String passkey) {
        String reason = messages.getMessage("commitments.correct.reason", null, VIETNAMESE);
        String name = commitments.form(viewer, campaign).map(Form::corrected).orElse("");
        return switch (passkey.isEmpty()
                ? commitments.correctName(viewer, campaign, password, reason)
                : commitments.correctNameWithPasskey(viewer, campaign, passkey, name, reason)) {
            case Signing.Signed signed -> receiptOf(campaign) + "?xong=name-corrected";
            case Signing.AlreadySigned signed -> receiptOf(campaign) + "?xong=already-signed";
            case Signing.Refused(var field, var why) ->
                page(viewer, campaign, false, "", "", FormErrors.of(field, why));
        };
    }

    @PostMapping(ONE + "/ky-so")
    @Allowed(Permission.SIGN_OWN)
    Object signDigitally(
            Viewer viewer,
            @PathVariable("campaign") UUID campaign,
            @RequestParam(name = "bo", defaultValue = "") String set,
            @RequestParam(name = "noi-dung", defaultValue = "") String hash,
            @RequestParam(name = "da-doc-so", defaultValue = "") String read) {
        if (!read.equals("co")) {
            return page(
                    viewer, campaign, false, "", "", FormErrors.of("da-doc-so", Reason.of("commitments.sign.unread")));
        }
        return switch (digital.begin(viewer, campaign, Ids.read(set), bytes(hash))) {
            case Begun.Asked(var request) -> "redirect:/ky-so/" + request;
            case Begun.AlreadySigned signed -> receiptOf(campaign) + "?xong=already-signed";
            case Begun.Refused(var field, var why) -> page(viewer, campaign, false, "", "", FormErrors.of(field, why));
        };
    }

    /** The report of the check with which the digital signature was accepted (XML). */
    @GetMapping(ONE + "/bao-cao.xml")
    @Allowed(Permission.SIGN_OWN)
    ResponseEntity<byte[]> report(Viewer viewer, @PathVariable("campaign") UUID campaign) {
        Receipt receipt = own(viewer, campaign);
        byte[] report = signatures
                .reportOf(viewer.tenantId(), receipt.documentHash())
                .orElseThrow(() -> new NotFound("report"));
        return Downloads.of(new CommitmentPapers.File(receipt.code() + "-bao-cao.xml", "application/xml", report));
    }

    /** A sealed list one stands in, or the list of its rows as the seal counts them. */
    @GetMapping(ONE + "/xac-nhan/{proof}.{format:pdf|txt}")
    @Allowed(Permission.SIGN_OWN)
    ResponseEntity<byte[]> sealedList(
            Viewer viewer,
            @PathVariable("campaign") UUID campaign,
            @PathVariable("proof") UUID id,
            @PathVariable("format") String format) {
        Receipt receipt = own(viewer, campaign);
        Manifests.Proof proof = manifests.of(viewer.tenantId(), receipt.commitmentId()).stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new NotFound("sealed list"));
        Contents.Content file = contents.find(
                        viewer.tenantId(), format.equals("pdf") ? proof.documentHash() : proof.canonicalHash())
                .orElseThrow(() -> new IllegalStateException("a sealed list is missing"));
        return Downloads.of(new CommitmentPapers.File("danh-sach-dong-dau." + format, file.mediaType(), file.bytes()));
    }

    /** The signed PDF with the data to check it in many years. */
    @GetMapping(ONE + "/luu-lau-dai.pdf")
    @Allowed(Permission.SIGN_OWN)
    ResponseEntity<byte[]> preserved(Viewer viewer, @PathVariable("campaign") UUID campaign) {
        Receipt receipt = own(viewer, campaign);
        byte[] file = signatures
                .preserved(viewer.tenantId(), receipt.documentHash())
                .orElseThrow(() -> new NotFound("preserved file"));
        return Downloads.of(new CommitmentPapers.File(receipt.code() + "-lau-dai.pdf", "application/pdf", file));
    }

    @PostMapping(ONE + "/khong-ky")
    @Allowed(Permission.SIGN_OWN)
    Object decline(
            Viewer viewer,
            @PathVariable("campaign") UUID campaign,
            @RequestParam(name = "loai", defaultValue = "") String kind,
            @RequestParam(name = "ly-do", defaultValue = "") String reason) {
        return switch (commitments.decline(viewer, campaign, kind, reason)) {
            case Recorded.Done done -> "redirect:" + OWN + "/" + campaign + "?xong=declined";
            case Recorded.Refused(var field, var why) ->
                page(viewer, campaign, false, kind, reason, FormErrors.of(field, why));
        };
    }

    @GetMapping(ONE + "/bien-nhan")
    @Allowed(Permission.SIGN_OWN)
    View receipt(Viewer viewer, @PathVariable("campaign") UUID campaign) {
        Receipt receipt = own(viewer, campaign);
        Form form = commitments.form(viewer, campaign).orElseThrow(() -> new NotFound("commitment"));
        return new ReceiptPage(
                form,
                receipt,
                commitments.inForce(viewer.tenantId(), receipt),
                commitments.later(viewer.tenantId(), form),
                commitments.entry(viewer.tenantId(), receipt),
                digital.kept(viewer.tenantId(), receipt).orElse(null),
                manifests.of(viewer.tenantId(), receipt.commitmentId()),
                proof(viewer, receipt).isPresent(),
                proofs.keys(viewer.tenantId()).stream().map(Proofs.Key::text).reduce("", (before, key) -> key));
    }

    private Optional<String> proof(Viewer viewer, Receipt receipt) {
        return proofs.proof(
                viewer.tenantId(), commitments.entry(viewer.tenantId(), receipt).id());
    }

    /** That the signature stands in the ledger, to be checked without this server. */
    @GetMapping(ONE + "/bien-nhan.tlog-proof")
    @Allowed(Permission.SIGN_OWN)
    ResponseEntity<byte[]> proof(Viewer viewer, @PathVariable("campaign") UUID campaign) {
        Receipt receipt = own(viewer, campaign);
        String proof = proof(viewer, receipt).orElseThrow(() -> new NotFound("proof"));
        return Downloads.of(new CommitmentPapers.File(
                receipt.code() + ".tlog-proof", "text/plain; charset=utf-8", proof.getBytes(StandardCharsets.UTF_8)));
    }

    @GetMapping(ONE + "/ban-cam-ket.txt")
    @Allowed(Permission.SIGN_OWN)
    ResponseEntity<byte[]> document(Viewer viewer, @PathVariable("campaign") UUID campaign) {
        Receipt receipt = own(viewer, campaign);
        if (!receipt.method().equals(Commitments.ELECTRONIC)) {
            throw new NotFound("text of a commitment signed another way");
        }
        Contents.Content text = commitments.document(viewer.tenantId(), receipt);
        return Downloads.of(new CommitmentPapers.File(receipt.code() + ".txt", text.mediaType(), text.bytes()));
    }

    @GetMapping(ONE + "/ban-cam-ket.pdf")
    @Allowed(Permission.SIGN_OWN)
    Object pdf(Viewer viewer, @PathVariable("campaign") UUID campaign) {
        return paper(viewer, campaign, Format.PDF);
    }

    @GetMapping(ONE + "/ban-cam-ket.docx")
    @Allowed(Permission.SIGN_OWN)
    Object docx(Viewer viewer, @PathVariable("campaign") UUID campaign) {
        return paper(viewer, campaign, Format.DOCX);
    }

    private Object paper(Viewer viewer, UUID campaign, Format format) {
        return switch (papers.own(viewer, campaign, format)) {
            case Printing.Printed(var file) -> Downloads.of(file);
            case Printing.Refused(var why) -> page(viewer, campaign, false, "", "", FormErrors.of("", why));
        };
    }

    private Receipt own(Viewer viewer, UUID campaign) {
        return commitments.receipt(viewer, campaign).orElseThrow(() -> new NotFound("receipt"));
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }

    /** Hex digits in groups of eight, as people compare them. */
    static String grouped(byte @Nullable [] hash) {
        return hash == null ? "" : HexFormat.of().formatHex(hash).replaceAll("(.{8})(?!$)", "$1 ");
    }
}
