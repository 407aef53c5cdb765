package vn.chuanmuc.sheets.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.BindParam;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.Scope;
import vn.chuanmuc.directory.UnitChoices;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.sheets.PaperPage;
import vn.chuanmuc.sheets.SheetPile;
import vn.chuanmuc.sheets.SheetPiles;
import vn.chuanmuc.sheets.SheetPiles.Done;
import vn.chuanmuc.sheets.SheetReadings;
import vn.chuanmuc.ui.Answer;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

/** Scanned forms: bringing them, which papers they make, and pages that belong to none. */
@Controller
class SheetsController {
    static final String ADDRESS = "/phieu-giay";
    private static final String TAKE = ADDRESS + "/quet";
    private static final String PILE = ADDRESS + "/chong/{pile}";
    private static final String PAGE = ADDRESS + "/trang/{page}";

    private final SheetPiles piles;
    private final SheetReadings readings;
    private final UnitChoices choices;
    private final Accounts accounts;

    SheetsController(SheetPiles piles, SheetReadings readings, UnitChoices choices, Accounts accounts) {
        this.piles = piles;
        this.readings = readings;
        this.choices = choices;
        this.accounts = accounts;
    }

    @GetMapping(ADDRESS)
    @Allowed(Permission.ENTER_PAPER_FORMS)
    View all(Viewer viewer) {
        List<SheetPile> all = piles.piles(viewer);
        return new SheetsPage(
                readings.lines(viewer, null, true),
                all,
                accounts.names(
                        viewer.tenantId(),
                        all.stream().map(SheetPile::createdBy).distinct().toList()));
    }

    /** Whom to ask what, because it cannot be read: to be printed or read out on the telephone. */
    @GetMapping(ADDRESS + "/hoi")
    @Allowed(Permission.ENTER_PAPER_FORMS)
    View asking(Viewer viewer) {
        return new AskPage(readings.asking(viewer));
    }

    record TakeForm(
            @BindParam("chong") @Nullable String pile,
            @BindParam("don-vi") @Nullable String unit,
            @BindParam("don-vi-tim") @Nullable String typedUnit,
            @BindParam("ten") @Nullable String label) {
        @Nullable
        UUID pileId() {
            return pile == null ? null : Ids.read(pile);
        }

        String labelOrNone() {
            return label == null ? "" : label;
        }
    }

    @GetMapping(TAKE)
    @Allowed(Permission.ENTER_PAPER_FORMS)
    View taking(Viewer viewer, @ModelAttribute TakeForm form) {
        return taking(viewer, form, FormErrors.NONE);
    }

    private View taking(Viewer viewer, TakeForm form, FormErrors errors) {
        UUID pile = form.pileId();
        return new TakePage(
                pile == null ? null : piles.pile(viewer, pile), choice(viewer, form), form.labelOrNone(), errors);
    }

    private UnitChoice choice(Viewer viewer, TakeForm form) {
        var scope = new Scope(
                viewer.tenantId(), viewer.accountId(), List.of(viewer.unitsWith(Permission.ENTER_PAPER_FORMS)));
        UUID unit = form.unit() == null ? null : Ids.read(form.unit());
        UnitChoice choice = choices.of(scope, unit, form.typedUnit());
        return choice.unit() == null
                        && unit == null
                        && choice.few()
                        && !choice.options().isEmpty()
                ? choices.of(scope, choice.options().getFirst().id(), null)
                : choice;
    }

    @PostMapping(TAKE)
    @Allowed(Permission.ENTER_PAPER_FORMS)
    Object take(Viewer viewer, @RequestParam("tep") List<MultipartFile> files, @ModelAttribute TakeForm form)
            throws IOException {
        UnitChoice choice = choice(viewer, form);
        Reason problem = choice.problem();
        if (form.pileId() == null && problem != null) {
            return taking(viewer, form, FormErrors.of("don-vi", problem));
        }
        var incoming = new ArrayList<SheetPiles.Incoming>();
        try {
            for (MultipartFile file : files) {
                String name = file.getOriginalFilename() == null ? "" : file.getOriginalFilename();
                if (file.isEmpty() && name.isEmpty()) {
                    continue; // the field was left empty
                }
                Path copy = Files.createTempFile("quet", ".tep");
                incoming.add(new SheetPiles.Incoming(name, copy));
                file.transferTo(copy);
            }
            return switch (piles.take(
                    viewer, new SheetPiles.Bringing(form.pileId(), choice.unit(), form.labelOrNone(), incoming))) {
                case SheetPiles.Taking.Taken(var pile, var known) ->
                    Answer.done(ADDRESS + "/chong/" + pile, known.isEmpty() ? "sheets-taken" : "sheets-taken-some");
                case SheetPiles.Taking.Refused(var field, var why) -> taking(viewer, form, FormErrors.of(field, why));
            };
        } finally {
            for (SheetPiles.Incoming file : incoming) {
                Files.deleteIfExists(file.file());
            }
        }
    }

    @GetMapping(PILE)
    @Allowed(Permission.ENTER_PAPER_FORMS)
    View pile(Viewer viewer, @PathVariable("pile") UUID id) {
        return new PilePage(
                piles.pile(viewer, id),
                piles.reading(viewer, id).orElse(null),
                readings.lines(viewer, id, true),
                readings.lines(viewer, id, false),
                piles.loose(viewer, id));
    }

    @PostMapping(PILE + "/doc")
    @Allowed(Permission.ENTER_PAPER_FORMS)
    String resume(Viewer viewer, @PathVariable("pile") UUID id) {
        piles.resume(viewer, id);
        return Answer.done(ADDRESS + "/chong/" + id, "sheets-taken");
    }

    @GetMapping(PAGE + ".jpg")
    @Allowed(Permission.ENTER_PAPER_FORMS)
    ResponseEntity<byte[]> picture(Viewer viewer, @PathVariable("page") UUID id) {
        return jpeg(piles.picture(viewer, id), CacheControl.noStore());
    }

    static ResponseEntity<byte[]> jpeg(Optional<byte[]> bytes, CacheControl kept) {
        return ResponseEntity.ok()
                .contentType(MediaType.IMAGE_JPEG)
                .cacheControl(kept)
                .header(HttpHeaders.CONTENT_DISPOSITION, "inline")
                .body(bytes.orElseThrow(() -> new NotFound("picture")));
    }

    @GetMapping(PAGE)
    @Allowed(Permission.ENTER_PAPER_FORMS)
    View page(Viewer viewer, @PathVariable("page") UUID id) {
        return page(viewer, id, "", "", FormErrors.NONE);
    }

    private View page(Viewer viewer, UUID id, String code, String number, FormErrors errors) {
        return new LoosePage(piles.page(viewer, id), code, number, errors);
    }

    private static String back(PaperPage page) {
        return page.paperId() == null
                ? ADDRESS + "/chong/" + page.pileId()
                : ReadingController.ADDRESS + "/" + page.paperId();
    }

    @PostMapping(PAGE + "/gan")
    @Allowed(Permission.ENTER_PAPER_FORMS)
    Object assign(
            Viewer viewer,
            @PathVariable("page") UUID id,
            @RequestParam(name = "ma", defaultValue = "") String code,
            @RequestParam(name = "so-trang", defaultValue = "") String number) {
        Integer page = number.strip().matches("[1-9][0-9]{0,2}") ? Integer.valueOf(number.strip()) : null;
        return switch (piles.assign(viewer, id, code, page)) {
            case Done.Yes yes -> Answer.done(back(piles.page(viewer, id)), "sheets-assigned");
            case Done.Refused(var field, var why) -> page(viewer, id, code, number, FormErrors.of(field, why));
        };
    }

    @PostMapping(PAGE + "/thao")
    @Allowed(Permission.ENTER_PAPER_FORMS)
    Object takeOut(Viewer viewer, @PathVariable("page") UUID id) {
        return answer(viewer, id, piles.takeOut(viewer, id), "sheets-taken-out");
    }

    @PostMapping(PAGE + "/bo")
    @Allowed(Permission.ENTER_PAPER_FORMS)
    Object drop(Viewer viewer, @PathVariable("page") UUID id) {
        return answer(viewer, id, piles.drop(viewer, id, true), "sheets-dropped");
    }

    @PostMapping(PAGE + "/lay")
    @Allowed(Permission.ENTER_PAPER_FORMS)
    Object takeBack(Viewer viewer, @PathVariable("page") UUID id) {
        return answer(viewer, id, piles.drop(viewer, id, false), "sheets-taken-back");
    }

    @PostMapping(PAGE + "/xoay")
    @Allowed(Permission.ENTER_PAPER_FORMS)
    Object turn(Viewer viewer, @PathVariable("page") UUID id) {
        return switch (piles.turn(viewer, id)) {
            case Done.Yes yes -> "redirect:" + ADDRESS + "/trang/" + id;
            case Done.Refused(var field, var why) -> page(viewer, id, "", "", FormErrors.of(field, why));
        };
    }

    private Object answer(Viewer viewer, UUID id, Done done, String code) {
        return switch (done) {
            case Done.Yes yes -> Answer.done(back(piles.page(viewer, id)), code);
            case Done.Refused(var field, var why) -> page(viewer, id, "", "", FormErrors.of(field, why));
        };
    }
}
