package vn.chuanmuc.publication.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import vn.chuanmuc.access.OpenToAll;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.publication.Finding;
import vn.chuanmuc.publication.Tries;
import vn.chuanmuc.publication.Verifications;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** Anybody who holds a paper asks whether it stands: by its code, by the picture on it, or with its file. */
@Controller
class VerifyController {
    private static final String OPEN = "Whoever holds a paper may check it; told is no more than the paper says";
    private static final int LONGEST_CODE = 100;

    static final String PAGE = "/kiem-tra";
    static final String TOO_LARGE = "qua-lon";
    static final String TOO_OFTEN = "qua-nhieu";

    private final Verifications verifications;
    private final Tries tries;

    VerifyController(Verifications verifications, Tries tries) {
        this.verifications = verifications;
        this.tries = tries;
    }

    @GetMapping(PAGE)
    @OpenToAll(OPEN)
    View ask(
            @RequestParam(name = "ma", defaultValue = "") String typed,
            @RequestParam(name = "loi", defaultValue = "") String refused,
            HttpServletRequest request) {
        if (refused.equals(TOO_LARGE)) {
            return refused("publication.file.too-large");
        }
        if (refused.equals(TOO_OFTEN)) {
            return tooMany("");
        }
        return typed.isBlank() ? VerifyPage.blank() : code(typed, request);
    }

    /** What the QR of a page leads to: capitals, and the page's own number behind the code. */
    @GetMapping({"/V/{code}", "/v/{code}", "/V/{code}/{page}/{pages}", "/v/{code}/{page}/{pages}"})
    @OpenToAll(OPEN)
    View scanned(@PathVariable("code") String code, HttpServletRequest request) {
        return code(code, request);
    }

    private View code(String typed, HttpServletRequest request) {
        String shortened = typed.length() > LONGEST_CODE ? typed.substring(0, LONGEST_CODE) : typed;
        return tries.allow(request.getRemoteAddr())
                ? VerifyPage.of(shortened, verifications.byCode(shortened))
                : tooMany(shortened);
    }

    /** How large and how often was asked by {@link FileGate}. */
    @PostMapping(PAGE)
    @OpenToAll(OPEN)
    View file(@RequestParam(name = "tep", required = false) @Nullable MultipartFile file) {
        if (file == null || file.isEmpty()) {
            return refused("publication.file.missing");
        }
        try {
            Path copy = Files.createTempFile("kiem-tra", ".pdf");
            try {
                file.transferTo(copy);
                Finding finding = verifications.byFile(copy);
                return finding instanceof Finding.Unreadable(var why) ? refused(why) : VerifyPage.of("", finding);
            } finally {
                Files.deleteIfExists(copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static View refused(String key) {
        return new VerifyPage("", null, 422, FormErrors.of("tep", Reason.of(key)));
    }

    private static View tooMany(String typed) {
        return new VerifyPage(typed, null, 429, FormErrors.of("", Reason.of("publication.too-many")));
    }
}
