package vn.chuanmuc.commitments.web;

import java.time.Clock;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Allowed;
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
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** One's own commitment: read, signed or declined, and the receipt. */
@Controller
class CommitmentController {
    private static final String OWN = "/cam-ket";
    private static final String ONE = OWN + "/{campaign}";

    private final Commitments commitments;
    private final CommitmentPapers papers;
    private final Clock clock;

    CommitmentController(Commitments commitments, CommitmentPapers papers, Clock clock) {
        this.commitments = commitments;
        this.papers = papers;
        this.clock = clock;
    }

    @GetMapping(OWN)
    @Allowed(Permission.SIGN_OWN)
    Object list(Viewer viewer) {
        List<Own> own = commitments.own(viewer);
        return own.size() == 1 ? "redirect:" + OWN + "/" + own.getFirst().campaignId() : new OwnPage(own, today());
    }

    @GetMapping(ONE)
    @Allowed(Permission.SIGN_OWN)
    View form(Viewer viewer, @PathVariable("campaign") UUID campaign) {
        return page(viewer, campaign, false, "", "", FormErrors.NONE);
    }

    private View page(Viewer viewer, UUID campaign, boolean read, String kind, String reason, FormErrors errors) {
        Form form = commitments.form(viewer, campaign).orElseThrow(() -> new NotFound("commitment"));
        return new CommitmentPage(
                form, commitments.changes(viewer.tenantId(), form).orElse(null), today(), read, kind, reason, errors);
    }

    @PostMapping(ONE)
    @Allowed(Permission.SIGN_OWN)
    Object sign(
            Viewer viewer,
            @PathVariable("campaign") UUID campaign,
            @RequestParam(name = "bo", defaultValue = "") String set,
            @RequestParam(name = "noi-dung", defaultValue = "") String hash,
            @RequestParam(name = "da-doc", defaultValue = "") String read,
            @RequestParam(name = "mat-khau", defaultValue = "") String password) {
        boolean ticked = read.equals("co");
        if (!ticked) {
            return page(viewer, campaign, false, "", "", FormErrors.of("da-doc", Reason.of("commitments.sign.unread")));
        }
        return switch (commitments.sign(viewer, campaign, Ids.read(set), bytes(hash), password)) {
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
        return new ReceiptPage(
                commitments.form(viewer, campaign).orElseThrow(() -> new NotFound("commitment")),
                receipt,
                commitments.entry(viewer.tenantId(), receipt));
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
