package vn.chuanmuc.signing.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.MessageSource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import vn.chuanmuc.access.OpenToAll;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.signing.Offer;
import vn.chuanmuc.signing.Signatures;

/**
 * For programs on a signer's computer that sign whole files (the manner of VGCA Sign Service): they fetch the paper, and post the
 * signed file to an address that answers {@code {Status, Message, FileName, FileServer}}. They have no sign-in: the token in the
 * address is everything, good once and for minutes.
 */
@Controller
class ToolController {
    static final String PATH = "/ky-so/cong-cu/";
    static final String TOKEN = "/ky-so/cong-cu/{token}";
    private static final String NAME = "da-ky.pdf";
    private static final int LARGEST = 21 << 20; // the guard behind says what is too large
    private static final Locale VIETNAMESE = Locale.forLanguageTag("vi");

    private final Signatures signatures;
    private final MessageSource messages;

    ToolController(Signatures signatures, MessageSource messages) {
        this.signatures = signatures;
        this.messages = messages;
    }

    @GetMapping(TOKEN)
    @OpenToAll("a program on the signer's computer has no sign-in; the token is good once and for minutes")
    ResponseEntity<byte[]> fetch(@PathVariable("token") String token) {
        return SigningController.file(
                signatures.fetch(token).orElseThrow(() -> new NotFound("paper for a token")),
                MediaType.APPLICATION_PDF,
                "can-ky.pdf");
    }

    @PostMapping(TOKEN)
    @OpenToAll("a program on the signer's computer has no sign-in; the token is good once and for minutes")
    ResponseEntity<Map<String, Object>> handIn(@PathVariable("token") String token, HttpServletRequest request)
            throws IOException {
        // ToolGate asked before a form was taken apart; a file as it is has not been read yet.
        Optional<Offer> offer = signatures.awaits(token) ? signatures.handIn(token, body(request)) : Optional.empty();
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(offer.map(came -> switch (came) {
                            case Offer.Accepted accepted -> answer(true, Reason.of("signing.tool.accepted"));
                            case Offer.ToIdentify waiting -> answer(true, Reason.of("signing.tool.to-identify"));
                            case Offer.Undecided(var missing) -> answer(true, Reason.of("signing.tool.undecided"));
                            case Offer.Refused(var why) -> answer(false, why.getFirst());
                        })
                        .orElseGet(this::noToken));
    }

    Map<String, Object> noToken() {
        return answer(false, Reason.of("signing.tool.token"));
    }

    /** The file as it is, or the first file of a form. */
    private static byte[] body(HttpServletRequest request) throws IOException {
        if (request instanceof MultipartHttpServletRequest form) {
            for (List<MultipartFile> files : form.getMultiFileMap().values()) {
                for (MultipartFile file : files) {
                    return file.getSize() > LARGEST ? new byte[LARGEST] : file.getBytes();
                }
            }
            return new byte[0];
        }
        try (InputStream in = request.getInputStream()) {
            return in.readNBytes(LARGEST);
        }
    }

    private Map<String, Object> answer(boolean good, Reason told) {
        return Map.of(
                "Status",
                good,
                "Message",
                messages.getMessage(told.key(), arguments(told), VIETNAMESE),
                "FileName",
                good ? NAME : "",
                "FileServer",
                "");
    }

    private static Object[] arguments(Reason reason) {
        return reason.arguments().stream().map(String::valueOf).toArray();
    }
}
