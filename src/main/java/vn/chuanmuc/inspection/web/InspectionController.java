package vn.chuanmuc.inspection.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.inspection.Inspection;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.ledger.Proofs;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.View;

/** The ledger's page: newest checkpoint, keys, last re-check, bundles. */
@Controller
class InspectionController {
    private static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);

    private final Inspection inspection;
    private final Proofs proofs;
    private final Clock clock;

    InspectionController(Inspection inspection, Proofs proofs, Clock clock) {
        this.inspection = inspection;
        this.proofs = proofs;
        this.clock = clock;
    }

    @GetMapping("/so-cai")
    @Allowed(Permission.READ_CHECKPOINTS)
    View overview(Viewer viewer, AsOf asOf) {
        return new InspectionPage(
                asOf.past() ? inspection.overview(viewer, asOf.end()) : inspection.overview(viewer),
                viewer.tenantId(),
                viewer.may(Permission.READ_LEDGER),
                clock.instant(),
                asOf);
    }

    @GetMapping("/so-cai/diem-kiem-tra.txt")
    @Allowed(Permission.READ_CHECKPOINTS)
    Object checkpoint(Viewer viewer, AsOf asOf) {
        if (asOf.wrong() != null) {
            return overview(viewer, asOf);
        }
        Proofs.Head head = (asOf.past()
                        ? proofs.newest(viewer.tenantId(), asOf.end())
                        : proofs.newest(viewer.tenantId()))
                .orElseThrow(() -> new NotFound("checkpoint"));
        return ResponseEntity.ok()
                .contentType(TEXT)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("diem-kiem-tra-" + head.size() + ".txt")
                                .build()
                                .toString())
                .body(head.note().getBytes(StandardCharsets.UTF_8));
    }

    @PostMapping("/so-cai/xuat")
    @Allowed(Permission.EXPORT_EVIDENCE)
    String export(Viewer viewer, @RequestParam(name = "pham-vi", defaultValue = "") String scope) {
        UUID subject = scope.isEmpty() ? viewer.tenantId() : Ids.read(scope);
        if (subject == null) {
            throw new NotFound("campaign");
        }
        return "redirect:/viec-nen/" + inspection.export(viewer, subject);
    }

    @GetMapping("/so-cai/bo-chung-cu/{subject}.zip")
    @Allowed(Permission.EXPORT_EVIDENCE)
    void download(Viewer viewer, @PathVariable("subject") UUID subject, HttpServletResponse response)
            throws IOException {
        Path file = inspection.download(viewer, subject);
        response.setContentType("application/zip");
        response.setHeader("Content-Disposition", "attachment; filename=\"bo-chung-cu-" + subject + ".zip\"");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLengthLong(Files.size(file));
        Files.copy(file, response.getOutputStream());
    }

    @PostMapping("/so-cai/kiem-tra")
    @Allowed(Permission.READ_LEDGER)
    String recheck(Viewer viewer) {
        return "redirect:/viec-nen/" + inspection.recheck(viewer);
    }

    @PostMapping("/so-cai/doi-khoa")
    @Allowed(Permission.MANAGE_ACCOUNTS)
    String rotate(Viewer viewer) {
        inspection.rotateKey(viewer);
        return "redirect:/so-cai?xong=key-rotated";
    }
}
