package vn.chuanmuc.signing.web;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.signing.Offer;
import vn.chuanmuc.signing.Signatures;
import vn.chuanmuc.signing.Signatures.Asked;
import vn.chuanmuc.signing.Signatures.RemoteKey;
import vn.chuanmuc.signing.Signatures.RemoteKeys;
import vn.chuanmuc.signing.Signatures.Standing;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** “Ký số”: one request, and the ways to sign it. */
@Controller
class SigningController {
    static final String PATH = "/ky-so/";
    private static final String ONE = "/ky-so/{id}";

    private final Signatures signatures;
    private final Clock clock;

    SigningController(Signatures signatures, Clock clock) {
        this.signatures = signatures;
        this.clock = clock;
    }

    @GetMapping(ONE)
    @Allowed({Permission.SIGN_OWN, Permission.SEAL})
    Object page(Viewer viewer, @PathVariable("id") UUID id) {
        Asked asked = signatures.asked(viewer, id);
        return asked.standing() == Standing.DONE
                ? "redirect:" + asked.back()
                : page(asked, "", List.of(), null, FormErrors.NONE);
    }

    private View page(Asked asked, String user, List<RemoteKey> keys, @Nullable Tools tools, FormErrors errors) {
        return new SigningPage(asked, user, keys, tools, clock.instant(), errors);
    }

    /** Where a program on one's own computer gets the paper and hands the signed file in. */
    record Tools(String fetch, String handIn, java.time.Instant until) {}

    @GetMapping(ONE + "/tep.pdf")
    @Allowed({Permission.SIGN_OWN, Permission.SEAL})
    ResponseEntity<byte[]> paper(Viewer viewer, @PathVariable("id") UUID id) {
        return file(signatures.paper(viewer, id), MediaType.APPLICATION_PDF, "can-ky.pdf");
    }

    @GetMapping(ONE + "/bao-cao.xml")
    @Allowed({Permission.SIGN_OWN, Permission.SEAL})
    ResponseEntity<byte[]> report(
            Viewer viewer, @PathVariable("id") UUID id, @RequestParam(name = "day-du", defaultValue = "") String full) {
        return file(
                signatures.report(viewer, id, full.equals("co")).orElseThrow(() -> new NotFound("report")),
                MediaType.APPLICATION_XML,
                "bao-cao-kiem-tra.xml");
    }

    static ResponseEntity<byte[]> file(byte[] bytes, MediaType type, String name) {
        return ResponseEntity.ok()
                .contentType(type)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                .body(bytes);
    }

    /** Finds the keys somebody has at the remote service; the answer is the page with a choice. */
    @PostMapping(ONE + "/khoa")
    @Allowed({Permission.SIGN_OWN, Permission.SEAL})
    View keys(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @RequestParam(name = "tai-khoan", defaultValue = "") String user) {
        Asked asked = signatures.asked(viewer, id);
        return switch (signatures.remoteKeys(viewer, id, user)) {
            case RemoteKeys.Listed(var keys) -> page(asked, user, keys, null, FormErrors.NONE);
            case RemoteKeys.Refused(var why) -> page(asked, user, List.of(), null, FormErrors.of("tai-khoan", why));
        };
    }

    @PostMapping(ONE + "/tu-xa")
    @Allowed({Permission.SIGN_OWN, Permission.SEAL})
    Object remote(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @RequestParam(name = "tai-khoan", defaultValue = "") String user,
            @RequestParam(name = "khoa", defaultValue = "") String key) {
        Asked asked = signatures.asked(viewer, id);
        if (key.isEmpty()) {
            return switch (signatures.remoteKeys(viewer, id, user)) {
                case RemoteKeys.Listed(var keys) ->
                    page(asked, user, keys, null, FormErrors.of("khoa", Reason.of("signing.remote.choose")));
                case RemoteKeys.Refused(var why) -> page(asked, user, List.of(), null, FormErrors.of("tai-khoan", why));
            };
        }
        Optional<Reason> refused = signatures.beginRemote(viewer, id, user, key);
        return refused.<Object>map(why -> page(asked, user, List.of(), null, FormErrors.of("tai-khoan", why)))
                .orElse("redirect:" + PATH + id);
    }

    @PostMapping(ONE + "/thoi-cho")
    @Allowed({Permission.SIGN_OWN, Permission.SEAL})
    String drop(Viewer viewer, @PathVariable("id") UUID id) {
        signatures.dropRemote(viewer, id);
        return "redirect:" + PATH + id;
    }

    @PostMapping(ONE + "/cong-cu")
    @Allowed({Permission.SIGN_OWN, Permission.SEAL})
    View tools(Viewer viewer, @PathVariable("id") UUID id) {
        Asked asked = signatures.asked(viewer, id);
        Signatures.Tokens tokens = signatures.tokens(viewer, id);
        String here =
                ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString() + ToolController.PATH;
        return page(
                asked,
                "",
                List.of(),
                new Tools(here + tokens.fetch(), here + tokens.handIn(), tokens.until()),
                FormErrors.NONE);
    }

    @PostMapping(ONE + "/tep")
    @Allowed({Permission.SIGN_OWN, Permission.SEAL})
    Object upload(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @RequestParam(name = "tep", required = false) @Nullable MultipartFile file)
            throws IOException {
        if (file == null || file.isEmpty()) {
            return page(
                    signatures.asked(viewer, id),
                    "",
                    List.of(),
                    null,
                    FormErrors.of("tep", Reason.of("signing.file.empty")));
        }
        return answer(viewer, id, signatures.upload(viewer, id, file.getBytes()), "tep");
    }

    @PostMapping(ONE + "/con-dau")
    @Allowed(Permission.SEAL)
    Object seal(Viewer viewer, @PathVariable("id") UUID id) {
        return answer(viewer, id, signatures.seal(viewer, id), "");
    }

    @PostMapping(ONE + "/kiem-tra-lai")
    @Allowed({Permission.SIGN_OWN, Permission.SEAL})
    Object recheck(Viewer viewer, @PathVariable("id") UUID id) {
        return answer(viewer, id, signatures.recheck(viewer, id), "");
    }

    private Object answer(Viewer viewer, UUID id, Offer offer, String field) {
        Asked asked = signatures.asked(viewer, id);
        return switch (offer) {
            case Offer.Accepted accepted -> vn.chuanmuc.ui.Answer.done(asked.back(), "digitally-signed");
            case Offer.ToIdentify waiting -> "redirect:" + PATH + id;
            case Offer.Undecided undecided -> "redirect:" + PATH + id;
            case Offer.Refused(var why) -> page(asked, "", List.of(), null, FormErrors.of(field, why.getFirst()));
        };
    }

    @PostMapping(ONE + "/huy")
    @Allowed({Permission.SIGN_OWN, Permission.SEAL})
    String cancel(Viewer viewer, @PathVariable("id") UUID id) {
        String back = signatures.asked(viewer, id).back();
        signatures.cancel(viewer, id);
        return vn.chuanmuc.ui.Answer.done(back, "signing-cancelled");
    }
}
