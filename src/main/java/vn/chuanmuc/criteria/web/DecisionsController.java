package vn.chuanmuc.criteria.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.criteria.Decisions;
import vn.chuanmuc.criteria.Decisions.Import;
import vn.chuanmuc.criteria.Decisions.Listed;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** The decisions of a body, and the way a new one comes in. */
@Controller
class DecisionsController {
    private static final String SAMPLE = "samples/quyet-dinh-264.txt";
    /** A longer text is not sent back to the browser: it still has it one page back. */
    private static final int LONGEST_KEPT = 1_000_000;

    private final Decisions decisions;
    private final Accounts accounts;

    DecisionsController(Decisions decisions, Accounts accounts) {
        this.decisions = decisions;
        this.accounts = accounts;
    }

    @GetMapping("/van-ban")
    @Allowed(Permission.READ_DECISIONS)
    View list(Viewer viewer, AsOf asOf) {
        var all = decisions.list(viewer);
        return new DecisionsPage(
                all.stream()
                        .filter(listed -> !asOf.past() && !listed.state().readable())
                        .toList(),
                all.stream()
                        .filter(listed -> listed.state().readable() && issued(listed.signedOn(), asOf))
                        .toList(),
                accounts.names(
                        viewer.tenantId(),
                        all.stream().map(Listed::importedBy).distinct().toList()),
                viewer.may(Permission.IMPORT_DECISION),
                viewer.may(Permission.IMPORT_DECISION) || viewer.may(Permission.PROOFREAD_DECISION),
                asOf);
    }

    /** A decision is from the day it was signed on, whenever it was brought in. */
    static boolean issued(@Nullable LocalDate signedOn, AsOf asOf) {
        return !asOf.past() || signedOn != null && !signedOn.isAfter(asOf.day());
    }

    /** @param from a draft whose text is to be corrected and imported anew */
    @GetMapping("/van-ban/nhap")
    @Allowed(Permission.IMPORT_DECISION)
    View form(Viewer viewer, @RequestParam(name = "tu", required = false) @Nullable UUID from) {
        if (from == null) {
            return ImportPage.empty();
        }
        var document = decisions.get(viewer, from);
        return new ImportPage(
                String.join("\n", decisions.sourceLines(viewer, document)),
                String.join("\n", document.proof().otherReadings()),
                List.of(),
                List.of(),
                FormErrors.NONE);
    }

    @PostMapping("/van-ban/nhap")
    @Allowed(Permission.IMPORT_DECISION)
    Object read(
            Viewer viewer,
            @RequestParam(name = "noi-dung", defaultValue = "") String text,
            @RequestParam(name = "nguon-khac", defaultValue = "") String others,
            @RequestParam(name = "tep", required = false) @Nullable MultipartFile file) {
        boolean uploaded = file != null && !file.isEmpty();
        if (uploaded && !text.isBlank()) {
            return refused(text, others, "tep", Reason.of("criteria.import.both"));
        }
        if (!uploaded && text.isBlank()) {
            boolean emptyFile =
                    file != null && !String.valueOf(file.getOriginalFilename()).isEmpty();
            return refused(
                    text,
                    others,
                    "noi-dung",
                    Reason.of(emptyFile ? "office.refused.EMPTY" : "criteria.import.nothing"));
        }
        var readings = others.lines().toList();
        var outcome = uploaded && file != null
                ? importFile(viewer, file, readings)
                : decisions.importText(viewer, "", text, readings);
        return switch (outcome) {
            case Import.Imported(var id, var sameSource) -> "redirect:/van-ban/" + id + "?xong=decision-read";
            case Import.Refused(var why) -> refused(text, others, "tep", why);
            case Import.Unreadable(var errors, var lines) -> {
                String whole = uploaded ? String.join("\n", lines) : text;
                boolean keep = whole.length() <= LONGEST_KEPT;
                yield new ImportPage(keep ? whole : "", others, errors, keep ? lines : List.of(), FormErrors.NONE);
            }
        };
    }

    private static View refused(String text, String others, String field, Reason why) {
        return new ImportPage(text, others, List.of(), List.of(), FormErrors.of(field, why));
    }

    private Import importFile(Viewer viewer, MultipartFile file, List<String> readings) {
        try {
            Path copy = Files.createTempFile("van-ban", ".tep");
            try {
                file.transferTo(copy);
                return decisions.importFile(viewer, String.valueOf(file.getOriginalFilename()), copy, readings);
            } finally {
                Files.deleteIfExists(copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @GetMapping("/van-ban/mau/quyet-dinh-264.txt")
    @Allowed(Permission.IMPORT_DECISION)
    ResponseEntity<byte[]> sample() throws IOException {
        try (var in = new ClassPathResource(SAMPLE).getInputStream()) {
            return file("quyet-dinh-264.txt", "text/plain;charset=utf-8", in.readAllBytes());
        }
    }

    /** The bytes a decision came from, exactly. */
    @GetMapping("/van-ban/{id}/nguon")
    @Allowed(Permission.READ_DECISIONS)
    ResponseEntity<byte[]> source(Viewer viewer, @PathVariable("id") UUID id) {
        var source = decisions.source(viewer, id);
        String name = source.name().isBlank() ? "van-ban.txt" : source.name();
        return file(name, source.mediaType(), source.bytes());
    }

    private static ResponseEntity<byte[]> file(String name, String type, byte[] bytes) {
        return ResponseEntity.ok()
                .contentType(Objects.requireNonNull(MediaType.parseMediaType(type)))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(name, StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .header("X-Content-Type-Options", "nosniff")
                .body(bytes);
    }
}
