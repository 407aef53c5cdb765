package vn.chuanmuc.petitions.web;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Period;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.petitions.Drafting;
import vn.chuanmuc.petitions.Drafting.Draft;
import vn.chuanmuc.petitions.Drafting.Opened;
import vn.chuanmuc.petitions.Drafting.Saved;
import vn.chuanmuc.petitions.Moved;
import vn.chuanmuc.petitions.PaperEntry;
import vn.chuanmuc.petitions.Petitions.Filing;
import vn.chuanmuc.ui.Answer;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** Writing a petition: one's own on a phone, or somebody else's from the paper it came on. */
@Controller
class DraftsController {
    private static final String NEW = PetitionsController.PETITIONS + "/moi/{period}/{form}";
    private static final String PAPER = PetitionsController.PETITIONS + "/giay";
    private static final String DRAFT = PetitionsController.ONE + "/soan";

    private final Drafting drafting;
    private final PaperEntry entry;

    DraftsController(Drafting drafting, PaperEntry entry) {
        this.drafting = drafting;
        this.entry = entry;
    }

    private static Period period(String code) {
        return Period.read(code).orElseThrow(() -> new NotFound("quarter"));
    }

    /** Until when the result may be contested, how that day comes about, and the way to write. */
    @GetMapping(NEW)
    @Allowed(Permission.RATE_SELF)
    Object begin(Viewer viewer, @PathVariable("period") String period, @PathVariable("form") UUID form) {
        Filing filing = drafting.filing(viewer, period(period), form);
        return filing instanceof Filing.Taken(var other)
                ? "redirect:" + PetitionsController.PETITIONS + "/" + other.id()
                : new BeginPage(filing, at(period, form), "/danh-gia/ket-qua/" + period + "/" + form, false);
    }

    private static String at(String period, UUID form) {
        return PetitionsController.PETITIONS + "/moi/" + period + "/" + form;
    }

    @PostMapping(NEW)
    @Allowed(Permission.RATE_SELF)
    Object open(Viewer viewer, @PathVariable("period") String period, @PathVariable("form") UUID form) {
        return opened(
                drafting.open(viewer, period(period), form),
                at(period, form),
                "/danh-gia/ket-qua/" + period + "/" + form,
                false);
    }

    private static Object opened(Opened opened, String at, String back, boolean paper) {
        return switch (opened) {
            case Opened.Draft(var id) -> "redirect:" + PetitionsController.PETITIONS + "/" + id + "/soan";
            case Opened.Taken(var id) -> "redirect:" + PetitionsController.PETITIONS + "/" + id;
            case Opened.Refused(var over) -> new BeginPage(over, at, back, paper);
        };
    }

    @GetMapping(PAPER)
    @Allowed(Permission.RECORD_PETITION)
    View paper(Viewer viewer, @RequestParam(name = "tim", defaultValue = "") String words) {
        return new PaperPage(words, !words.isBlank(), entry.find(viewer, words), FormErrors.NONE);
    }

    @PostMapping(PAPER)
    @Allowed(Permission.RECORD_PETITION)
    Object enter(
            Viewer viewer,
            @RequestParam(name = "ket-qua", defaultValue = "") String chosen,
            @RequestParam(name = "tim", defaultValue = "") String words) {
        String[] parts = chosen.split("/", -1);
        @Nullable UUID form = parts.length == 2 ? Ids.read(parts[1]) : null;
        if (form == null) {
            return new PaperPage(
                    words,
                    !words.isBlank(),
                    entry.find(viewer, words),
                    FormErrors.of("ket-qua", Reason.of("petitions.paper.choose")));
        }
        return opened(drafting.openPaper(viewer, period(parts[0]), form), PAPER, PAPER, true);
    }

    @GetMapping(DRAFT)
    @Allowed({Permission.RATE_SELF, Permission.RECORD_PETITION})
    View show(Viewer viewer, @PathVariable("id") UUID id) {
        Drafting.Sheet sheet = drafting.sheet(viewer, id);
        return new DraftPage(sheet, DraftPage.Typed.of(sheet.petition()), FormErrors.NONE, null);
    }

    private static DraftPage.Typed typed(MultiValueMap<String, String> fields) {
        return new DraftPage.Typed(
                Entered.numberIn(first(fields, "ban")),
                !first(fields, "ca-muc").isEmpty(),
                items(fields),
                first(fields, "can-cu"),
                first(fields, "de-nghi"),
                first(fields, "ly-do-muon"),
                first(fields, "ngay-nhan"));
    }

    private static String first(MultiValueMap<String, String> fields, String name) {
        String value = fields.getFirst(name);
        return value == null ? "" : value;
    }

    private static List<Integer> items(MultiValueMap<String, String> fields) {
        return fields.getOrDefault("muc", List.of()).stream()
                .filter(one -> one.matches("[0-9]{1,4}"))
                .map(Integer::valueOf)
                .filter(one -> one > 0)
                .distinct()
                .limit(500)
                .toList();
    }

    private static @Nullable LocalDate received(DraftPage.Typed typed) {
        return VietnameseDates.parse(typed.received()) instanceof VietnameseDates.Parsed.Read(var day) ? day : null;
    }

    private Saved save(Viewer viewer, UUID id, DraftPage.Typed typed) {
        return drafting.save(
                viewer,
                id,
                typed.version(),
                new Draft(
                        typed.whole(),
                        typed.items(),
                        typed.grounds(),
                        typed.wish(),
                        typed.lateReason(),
                        received(typed)));
    }

    /** Keeps what was typed, with a file that was chosen beside it; then files it, where that was the button. */
    @PostMapping(DRAFT)
    @Allowed({Permission.RATE_SELF, Permission.RECORD_PETITION})
    Object save(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @RequestParam MultiValueMap<String, String> fields,
            @RequestParam(name = "tep", required = false) @Nullable MultipartFile file)
            throws IOException {
        DraftPage.Typed typed = typed(fields);
        String what = first(fields, "viec");
        String address = PetitionsController.PETITIONS + "/" + id;
        if (drafting.filed(viewer, id)) { // a second click
            return Answer.done(address, "petition-filed");
        }
        if (what.equals("bo")) {
            drafting.drop(viewer, id);
            return Answer.done(PetitionsController.PETITIONS, "petition-dropped");
        }
        switch (save(viewer, id, typed)) {
            case Saved.Behind(var now) -> {
                return new DraftPage(
                        drafting.sheet(viewer, id),
                        behind(typed, now.version()),
                        FormErrors.whole(Reason.of("petitions.draft.behind")),
                        now);
            }
            case Saved.Refused(var field, var why) -> {
                return again(viewer, id, typed, FormErrors.of(field, why));
            }
            case Saved.Done done -> {
                // Goes on.
            }
        }
        if (!typed.received().isBlank() && received(typed) == null) {
            return again(viewer, id, typed, FormErrors.of("ngay-nhan", Reason.of("assessments.day.unread")));
        }
        @Nullable UUID removed = Ids.read(first(fields, "bo-tep"));
        if (removed != null) {
            drafting.detach(viewer, id, removed);
            return Answer.done(address + "/soan", "petition-file-removed");
        }
        boolean chosen = file != null && !file.isEmpty();
        if (chosen || what.equals("tep")) {
            Uploaded uploaded = Uploaded.of(file, first(fields, "ten-tep"));
            boolean scan = !first(fields, "ban-quet").isEmpty();
            if (drafting.attach(viewer, id, scan, uploaded.title(), uploaded.bytes())
                    instanceof Moved.Refused(var field, var why)) {
                return again(viewer, id, typed, FormErrors.of(field, why));
            }
            if (!what.equals("nop")) {
                return Answer.done(address + "/soan", "petition-file-added");
            }
        }
        if (!what.equals("nop")) {
            return Answer.done(address + "/soan", "petition-saved");
        }
        return switch (drafting.file(viewer, id)) {
            case Moved.Done any -> Answer.done(address, "petition-filed");
            case Moved.Refused(var field, var why) -> again(viewer, id, typed, FormErrors.of(field, why));
        };
    }

    /** What was typed stays, to be saved over what is there now. */
    private static DraftPage.Typed behind(DraftPage.Typed typed, int version) {
        return new DraftPage.Typed(
                version,
                typed.whole(),
                typed.items(),
                typed.grounds(),
                typed.wish(),
                typed.lateReason(),
                typed.received());
    }

    private View again(Viewer viewer, UUID id, DraftPage.Typed typed, FormErrors errors) {
        Drafting.Sheet sheet = drafting.sheet(viewer, id);
        return new DraftPage(sheet, behind(typed, sheet.petition().version()), errors, null);
    }

    /** What the page's script sends while somebody writes; answers with the line that says so. */
    @PostMapping(DRAFT + "/tu-luu")
    @Allowed({Permission.RATE_SELF, Permission.RECORD_PETITION})
    View autosave(Viewer viewer, @PathVariable("id") UUID id, @RequestParam MultiValueMap<String, String> fields) {
        return switch (save(viewer, id, typed(fields))) {
            case Saved.Done(int version) -> new SavedLine(200, version, null);
            case Saved.Behind(var now) -> new SavedLine(409, now.version(), Reason.of("petitions.draft.behind.short"));
            case Saved.Refused(var field, var why) -> new SavedLine(422, 0, why);
        };
    }
}
