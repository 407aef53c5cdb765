package vn.chuanmuc.panels.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.documents.PaperFiles;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.panels.Meeting.Role;
import vn.chuanmuc.panels.MinutesBook;
import vn.chuanmuc.panels.MinutesBook.Read;
import vn.chuanmuc.panels.MinutesBook.Signing;
import vn.chuanmuc.panels.MinutesPaper;
import vn.chuanmuc.panels.MinutesProof;
import vn.chuanmuc.panels.MinutesSigning;
import vn.chuanmuc.ui.Answer;
import vn.chuanmuc.ui.FormErrors;

/** Minutes are signed: confirmed electronically, digitally, or by hand on paper. */
@Controller
class MinutesController {
    private static final String ONE = MeetingsController.LIST + "/{id}";

    private final MeetingsController meetings;
    private final MinutesBook minutes;
    private final MinutesSigning signing;
    private final MinutesPaper paper;

    private final MinutesProof proof;

    MinutesController(
            MeetingsController meetings,
            MinutesBook minutes,
            MinutesSigning signing,
            MinutesPaper paper,
            MinutesProof proof) {
        this.proof = proof;
        this.meetings = meetings;
        this.minutes = minutes;
        this.signing = signing;
        this.paper = paper;
    }

    private static Read read(int version, String hash) {
        return new Read(version, bytes(hash));
    }

    private static byte[] bytes(String hex) {
        return hex.matches("[0-9a-f]{64}") ? HexFormat.of().parseHex(hex) : new byte[0];
    }

    private static String at(UUID id) {
        return MeetingsController.LIST + "/" + id;
    }

    private static @Nullable LocalDate day(String typed) {
        return VietnameseDates.parse(typed) instanceof VietnameseDates.Parsed.Read(var read) ? read : null;
    }

    private Object after(Viewer viewer, UUID id, Signing done, Map<String, String> typed) {
        return switch (done) {
            case Signing.Signed(var closed) -> Answer.done(at(id), closed ? "meeting-closed" : "minutes-signed");
            case Signing.Already already -> Answer.done(at(id), "minutes-signed-before");
            case Signing.Refused(var field, var why) -> meetings.page(viewer, id, typed, FormErrors.of(field, why));
        };
    }

    @PostMapping(ONE + "/xac-nhan")
    @Allowed(Permission.RATE_SELF)
    Object sign(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @RequestParam(name = "ban", defaultValue = "0") int version,
            @RequestParam(name = "noi-dung", defaultValue = "") String hash,
            @RequestParam(name = "mat-khau", defaultValue = "") String password,
            @RequestParam(name = "khoa", defaultValue = "") String passkey) {
        Read read = read(version, hash);
        return after(
                viewer,
                id,
                passkey.isEmpty()
                        ? minutes.sign(viewer, id, read, password)
                        : minutes.signWithPasskey(viewer, id, read, passkey),
                Map.of());
    }

    @PostMapping(ONE + "/ky-so")
    @Allowed(Permission.RATE_SELF)
    Object digitally(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @RequestParam(name = "ban", defaultValue = "0") int version,
            @RequestParam(name = "noi-dung", defaultValue = "") String hash) {
        return switch (signing.begin(viewer, id, read(version, hash))) {
            case MinutesSigning.Begun.Asked(var request) -> "redirect:/ky-so/" + request;
            case MinutesSigning.Begun.Already already -> Answer.done(at(id), "minutes-signed-before");
            case MinutesSigning.Begun.Refused(var why) ->
                meetings.page(viewer, id, Map.of(), FormErrors.of("ky-so", why));
        };
    }

    @PostMapping(ONE + "/ky-tay")
    @Allowed(Permission.RATE_SELF)
    Object byHand(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @RequestParam(name = "ban", defaultValue = "0") int version,
            @RequestParam(name = "noi-dung", defaultValue = "") String hash) {
        return switch (signing.give(viewer, id, read(version, hash))) {
            case MinutesSigning.Given.Done done -> Answer.done(at(id), "minutes-issued");
            case MinutesSigning.Given.Refused(var why) ->
                meetings.page(viewer, id, Map.of(), FormErrors.of("ky-tay", why));
        };
    }

    @PostMapping(ONE + "/ban-quet")
    @Allowed(Permission.RATE_SELF)
    Object scan(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @RequestParam("tep") MultipartFile file,
            @RequestParam(name = "ban", defaultValue = "0") int version,
            @RequestParam(name = "noi-dung", defaultValue = "") String hash,
            @RequestParam(name = "ngay-ky", defaultValue = "") String day)
            throws IOException {
        var typed = Map.of("ngay-ky", day.length() > 20 ? day.substring(0, 20) : day);
        if (file.isEmpty()
                && (file.getOriginalFilename() == null
                        || file.getOriginalFilename().isEmpty())) {
            return meetings.page(viewer, id, typed, FormErrors.of("tep", Reason.of("panels.scan.file")));
        }
        Path copy = Files.createTempFile("bien-ban", ".tep");
        try {
            file.transferTo(copy);
            String name = file.getOriginalFilename() == null ? "" : file.getOriginalFilename();
            return after(viewer, id, signing.handIn(viewer, id, read(version, hash), copy, name, day(day)), typed);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    @PostMapping(ONE + "/xac-nhan-ban-quet")
    @Allowed(Permission.RATE_SELF)
    Object confirm(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @RequestParam(name = "ban", defaultValue = "0") int version,
            @RequestParam(name = "noi-dung", defaultValue = "") String hash,
            @RequestParam(name = "ban-quet", defaultValue = "") String scan,
            @RequestParam(name = "da-xem", defaultValue = "") String looked) {
        return looked.equals("co")
                ? after(viewer, id, signing.confirm(viewer, id, read(version, hash), bytes(scan)), Map.of())
                : meetings.page(viewer, id, Map.of(), FormErrors.of("da-xem", Reason.of("panels.scan.unseen")));
    }

    @GetMapping(ONE + "/bien-ban-da-ky.pdf")
    @Allowed({Permission.RATE_SELF, Permission.CONVENE_PANEL, Permission.READ_ASSESSMENTS})
    ResponseEntity<byte[]> signed(Viewer viewer, @PathVariable("id") UUID id) {
        return sent(paper.signedFile(viewer, id));
    }

    /** The reports with which the digital signatures were accepted (XML). */
    @GetMapping(ONE + "/kiem-tra-thu-ky.xml")
    @Allowed({Permission.RATE_SELF, Permission.CONVENE_PANEL, Permission.READ_ASSESSMENTS})
    ResponseEntity<byte[]> secretarys(Viewer viewer, @PathVariable("id") UUID id) {
        return sent(proof.report(viewer, id, Role.SECRETARY));
    }

    @GetMapping(ONE + "/kiem-tra-chu-tri.xml")
    @Allowed({Permission.RATE_SELF, Permission.CONVENE_PANEL, Permission.READ_ASSESSMENTS})
    ResponseEntity<byte[]> chairs(Viewer viewer, @PathVariable("id") UUID id) {
        return sent(proof.report(viewer, id, Role.CHAIR));
    }

    /** The digitally signed minutes with the data to check them in many years. */
    @GetMapping(ONE + "/bien-ban-luu-lau-dai.pdf")
    @Allowed({Permission.RATE_SELF, Permission.CONVENE_PANEL, Permission.READ_ASSESSMENTS})
    ResponseEntity<byte[]> preserved(Viewer viewer, @PathVariable("id") UUID id) {
        return sent(proof.preserved(viewer, id));
    }

    private static ResponseEntity<byte[]> sent(PaperFiles.File file) {
        return MeetingsController.sent(file.name(), file.mediaType(), file.bytes());
    }
}
