package vn.chuanmuc.sheets.web;

import java.time.Duration;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.sheets.SheetWitnesses;
import vn.chuanmuc.sheets.SheetWitnesses.Outcome;
import vn.chuanmuc.ui.Answer;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** What somebody compares who was named as a witness: the paper, and what the clerk entered of it. */
@Controller
class WitnessController {
    static final String ADDRESS = SheetsController.ADDRESS + "/chung-kien";
    private static final String PAPER = ADDRESS + "/{paper}";

    private final SheetWitnesses witnesses;

    WitnessController(SheetWitnesses witnesses) {
        this.witnesses = witnesses;
    }

    @GetMapping(PAPER)
    @Allowed(Permission.RATE_SELF)
    View show(Viewer viewer, @PathVariable("paper") UUID id) {
        return new WitnessPage(witnesses.open(viewer, id), "", FormErrors.NONE);
    }

    @PostMapping(PAPER)
    @Allowed(Permission.RATE_SELF)
    Object say(
            Viewer viewer,
            @PathVariable("paper") UUID id,
            @RequestParam(name = "ban", defaultValue = "") String hash,
            @RequestParam(name = "noi", defaultValue = "") String said,
            @RequestParam(name = "khac", defaultValue = "") String words) {
        return switch (witnesses.say(viewer, id, hash, said.equals("dung"), words)) {
            case Outcome.Done done -> Answer.done(ADDRESS + "/" + id, "sheets-witnessed");
            case Outcome.Refused(var field, var why) ->
                new WitnessPage(witnesses.open(viewer, id), words, FormErrors.of(field, why));
        };
    }

    @GetMapping(PAPER + "/muc/{item:[1-9][0-9]{0,3}}.jpg")
    @Allowed(Permission.RATE_SELF)
    ResponseEntity<byte[]> row(Viewer viewer, @PathVariable("paper") UUID id, @PathVariable("item") int item) {
        return SheetsController.jpeg(
                witnesses.row(viewer, id, item),
                CacheControl.maxAge(Duration.ofMinutes(5)).cachePrivate());
    }

    @GetMapping(PAPER + "/trang/{page:[1-9][0-9]{0,2}}.jpg")
    @Allowed(Permission.RATE_SELF)
    ResponseEntity<byte[]> picture(Viewer viewer, @PathVariable("paper") UUID id, @PathVariable("page") int page) {
        return SheetsController.jpeg(witnesses.picture(viewer, id, page), CacheControl.noStore());
    }
}
