package vn.chuanmuc.petitions.web;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.documents.PaperFiles;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.petitions.Deciding;
import vn.chuanmuc.petitions.Drafting;
import vn.chuanmuc.petitions.Handling;
import vn.chuanmuc.petitions.Handling.Wanted;
import vn.chuanmuc.petitions.Moved;
import vn.chuanmuc.petitions.Petition;
import vn.chuanmuc.petitions.PetitionLetters;
import vn.chuanmuc.petitions.Petitions;
import vn.chuanmuc.petitions.Petitions.Sheet;
import vn.chuanmuc.petitions.Petitions.Side;
import vn.chuanmuc.ui.Answer;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** One petition: what stands, and everything that is done about it. Who may do what, the commands say. */
@Controller
class PetitionsController {
    static final String PETITIONS = "/kien-nghi";
    static final String ONE = PETITIONS + "/{id}";

    private final Petitions petitions;
    private final Drafting drafting;
    private final Handling handling;
    private final Deciding deciding;
    private final PetitionLetters letters;
    private final Units units;

    PetitionsController(
            Petitions petitions,
            Drafting drafting,
            Handling handling,
            Deciding deciding,
            PetitionLetters letters,
            Units units) {
        this.petitions = petitions;
        this.drafting = drafting;
        this.handling = handling;
        this.deciding = deciding;
        this.letters = letters;
        this.units = units;
    }

    @ModelAttribute
    static Entered entered(@RequestParam Map<String, String> fields) {
        return new Entered(fields);
    }

    @GetMapping(PETITIONS)
    @Allowed(Permission.OWN_PAGES)
    View own(Viewer viewer) {
        return new OwnPage(
                petitions.own(viewer),
                viewer.personId() != null,
                viewer.may(Permission.RECORD_PETITION),
                petitions.today());
    }

    @GetMapping(ONE)
    @Allowed(Permission.OWN_PAGES)
    View show(Viewer viewer, @PathVariable("id") UUID id) {
        return page(viewer, id, "", Entered.NOTHING, FormErrors.NONE);
    }

    private PetitionPage page(Viewer viewer, UUID id, String form, Entered typed, FormErrors errors) {
        Sheet sheet = petitions.sheet(viewer, id);
        Petition petition = sheet.petition();
        boolean choosing = sheet.is(Side.BOARD, Side.HANDLER, Side.DECIDER)
                && petition.state().undecided();
        var asked = new LinkedHashMap<UUID, String>();
        if (choosing) {
            asked.putAll(units.names(
                    viewer.tenantId(), List.of(petition.unitId(), petition.deciderUnit(), petition.cycleUnit())));
        }
        return new PetitionPage(
                sheet,
                choosing ? petitions.handlers(viewer, sheet) : List.of(),
                asked,
                form.equals("de-xuat") || form.equals("quyet-dinh") || form.equals("danh-gia-lai")
                        ? typed.wanted()
                        : sheet.inside() ? handling.proposed(sheet) : Wanted.NOTHING,
                petitions.today(),
                viewer.accountId(),
                form,
                typed.fields(),
                errors);
    }

    private Object answer(Viewer viewer, UUID id, String form, Entered typed, Moved moved, String done) {
        return switch (moved) {
            case Moved.Done any -> done(id, done);
            case Moved.Refused(var field, var why) -> page(viewer, id, form, typed, FormErrors.of(field, why));
        };
    }

    private static String done(UUID id, String code) {
        return Answer.done(PETITIONS + "/" + id, code);
    }

    @PostMapping(ONE + "/rut")
    @Allowed(Permission.RATE_SELF)
    Object withdraw(Viewer viewer, @PathVariable("id") UUID id, @ModelAttribute(binding = false) Entered typed) {
        return answer(viewer, id, "rut", typed, drafting.withdraw(viewer, id, typed.reason()), "petition-withdrawn");
    }

    @PostMapping(ONE + "/tiep-nhan")
    @Allowed({Permission.RECORD_PETITION, Permission.RUN_PETITIONS})
    Object acknowledge(Viewer viewer, @PathVariable("id") UUID id, @ModelAttribute(binding = false) Entered typed) {
        return answer(
                viewer,
                id,
                "tiep-nhan",
                typed,
                handling.acknowledge(viewer, id, typed.text("ghi-chu")),
                "petition-acknowledged");
    }

    @PostMapping(ONE + "/giao")
    @Allowed(Permission.RUN_PETITIONS)
    Object assign(Viewer viewer, @PathVariable("id") UUID id, @ModelAttribute(binding = false) Entered typed) {
        return answer(
                viewer,
                id,
                "giao",
                typed,
                handling.assign(viewer, id, typed.seen(), typed.chosen("nguoi"), typed.reason()),
                "petition-assigned");
    }

    @PostMapping(ONE + "/tu-choi")
    @Allowed(Permission.OWN_PAGES)
    Object recuse(Viewer viewer, @PathVariable("id") UUID id, @ModelAttribute(binding = false) Entered typed) {
        return answer(
                viewer,
                id,
                "tu-choi",
                typed,
                handling.recuse(viewer, id, typed.seen(), typed.reason()),
                "petition-recused");
    }

    @PostMapping(ONE + "/nhan-muon")
    @Allowed(Permission.OWN_PAGES)
    Object acceptLate(Viewer viewer, @PathVariable("id") UUID id, @ModelAttribute(binding = false) Entered typed) {
        return answer(
                viewer,
                id,
                "nhan-muon",
                typed,
                handling.acceptLate(viewer, id, typed.seen(), typed.reason()),
                "petition-late-accepted");
    }

    @PostMapping(ONE + "/hoi")
    @Allowed(Permission.OWN_PAGES)
    Object ask(Viewer viewer, @PathVariable("id") UUID id, @ModelAttribute(binding = false) Entered typed) {
        String days = typed.text("so-ngay").strip();
        String whom = typed.chosen("hoi-ai");
        @Nullable UUID unit = Ids.read(whom);
        return answer(
                viewer,
                id,
                "hoi",
                typed,
                handling.ask(
                        viewer,
                        id,
                        typed.seen(),
                        unit == null ? whom : "",
                        unit,
                        typed.text("cau-hoi"),
                        days.isEmpty() ? null : Entered.numberIn(days)),
                "petition-asked");
    }

    @PostMapping(ONE + "/rut-hoi")
    @Allowed(Permission.OWN_PAGES)
    Object recall(Viewer viewer, @PathVariable("id") UUID id, @ModelAttribute(binding = false) Entered typed) {
        return answer(
                viewer,
                id,
                "rut-hoi",
                typed,
                handling.recall(viewer, id, typed.number("so"), typed.reason()),
                "petition-recalled");
    }

    @PostMapping(ONE + "/tai-lieu")
    @Allowed(Permission.OWN_PAGES)
    Object attach(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @RequestParam(name = "ten-tep", defaultValue = "") String title,
            @RequestParam(name = "tep", required = false) @Nullable MultipartFile file,
            @ModelAttribute(binding = false) Entered typed)
            throws java.io.IOException {
        Uploaded uploaded = Uploaded.of(file, title);
        Moved moved = handling.attach(viewer, id, uploaded.title(), uploaded.bytes());
        return moved instanceof Moved.Done && typed.wanted().begun()
                ? page(viewer, id, "de-xuat", typed, FormErrors.NONE) // what was typed beside the file stays
                : answer(viewer, id, "de-xuat", typed, moved, "petition-file-added");
    }

    @PostMapping(ONE + "/bo-tep")
    @Allowed(Permission.OWN_PAGES)
    Object detach(Viewer viewer, @PathVariable("id") UUID id, @ModelAttribute(binding = false) Entered typed) {
        @Nullable UUID file = Ids.read(typed.text("tep"));
        if (file == null) {
            throw new NotFound("attachment");
        }
        int opinion = typed.number("y-kien");
        return switch (handling.detach(viewer, id, file)) {
            case Moved.Done any ->
                Answer.done(PETITIONS + "/" + id + (opinion > 0 ? "/y-kien/" + opinion : ""), "petition-file-removed");
            case Moved.Refused(var field, var why) -> page(viewer, id, "bo-tep", typed, FormErrors.of(field, why));
        };
    }

    @PostMapping(ONE + "/de-xuat")
    @Allowed(Permission.OWN_PAGES)
    Object propose(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @RequestParam(name = "tep", required = false) @Nullable MultipartFile file,
            @ModelAttribute(binding = false) Entered typed)
            throws java.io.IOException {
        boolean chosen = file != null
                && file.getOriginalFilename() != null
                && !file.getOriginalFilename().isEmpty();
        if (chosen) {
            Uploaded uploaded = Uploaded.of(file, "");
            Moved attached = handling.attach(viewer, id, uploaded.title(), uploaded.bytes());
            if (attached instanceof Moved.Refused) {
                return answer(viewer, id, "de-xuat", typed, attached, "petition-file-added");
            }
        }
        return answer(
                viewer,
                id,
                "de-xuat",
                typed,
                handling.propose(viewer, id, typed.seen(), typed.wanted()),
                "petition-proposed");
    }

    @PostMapping(ONE + "/quyet-dinh")
    @Allowed(Permission.DECIDE_PETITION)
    Object decide(Viewer viewer, @PathVariable("id") UUID id, @ModelAttribute(binding = false) Entered typed) {
        return answer(
                viewer,
                id,
                "quyet-dinh",
                typed,
                deciding.decide(viewer, id, typed.seen(), typed.wanted()),
                "petition-decided");
    }

    @PostMapping(ONE + "/tra-lai")
    @Allowed(Permission.DECIDE_PETITION)
    Object giveBack(Viewer viewer, @PathVariable("id") UUID id, @ModelAttribute(binding = false) Entered typed) {
        return answer(
                viewer,
                id,
                "tra-lai",
                typed,
                deciding.giveBack(viewer, id, typed.seen(), typed.text("ly-do-tra")),
                "petition-given-back");
    }

    @PostMapping(ONE + "/danh-gia-lai")
    @Allowed(Permission.OWN_PAGES)
    Object reassess(Viewer viewer, @PathVariable("id") UUID id, @ModelAttribute(binding = false) Entered typed) {
        return answer(
                viewer,
                id,
                "danh-gia-lai",
                typed,
                deciding.reassess(
                        viewer, id, typed.seen(), typed.text("muc-moi"), typed.reason(), typed.text("nhan-xet")),
                "petition-reassessed");
    }

    @PostMapping(ONE + "/phe-duyet")
    @Allowed(Permission.DECIDE_PETITION)
    Object approve(Viewer viewer, @PathVariable("id") UUID id, @ModelAttribute(binding = false) Entered typed) {
        boolean good = !typed.text("viec").equals("tra-lai");
        Moved moved = deciding.approve(viewer, id, typed.seen(), good, typed.text("y-kien"));
        return good
                ? answer(viewer, id, "phe-duyet", typed, moved, "petition-approved")
                : answer(viewer, id, "phe-duyet", typed, moved, "petition-sent-back");
    }

    @PostMapping(ONE + "/tra-loi")
    @Allowed(Permission.OWN_PAGES)
    Object answer(Viewer viewer, @PathVariable("id") UUID id, @ModelAttribute(binding = false) Entered typed) {
        return answer(
                viewer,
                id,
                "tra-loi",
                typed,
                deciding.answer(viewer, id, typed.seen(), typed.fields().containsKey("khong-so")),
                "petition-answered");
    }

    // Opinions

    @GetMapping(ONE + "/y-kien/{n:[0-9]{1,3}}")
    @Allowed(Permission.OWN_PAGES)
    View opinion(Viewer viewer, @PathVariable("id") UUID id, @PathVariable("n") int n) {
        Handling.Asked asked = handling.asked(viewer, id, n);
        return new OpinionPage(asked, viewer.accountId(), asked.opinion().draft(), "", FormErrors.NONE);
    }

    @PostMapping(ONE + "/y-kien/{n:[0-9]{1,3}}")
    @Allowed(Permission.OWN_PAGES)
    Object opine(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @PathVariable("n") int n,
            @RequestParam(name = "y-kien", defaultValue = "") String words,
            @RequestParam(name = "viec", defaultValue = "gui") String what) {
        boolean keep = what.equals("luu");
        Moved moved = keep ? handling.draftOpinion(viewer, id, n, words) : handling.opine(viewer, id, n, words);
        String at = PETITIONS + "/" + id + "/y-kien/" + n;
        return switch (moved) {
            case Moved.Done any when keep -> Answer.done(at, "petition-opinion-kept");
            case Moved.Done any -> Answer.done(at, "petition-opinion-given");
            case Moved.Refused(var field, var why) ->
                new OpinionPage(
                        handling.asked(viewer, id, n), viewer.accountId(), words, "", FormErrors.of(field, why));
        };
    }

    @PostMapping(ONE + "/y-kien/{n:[0-9]{1,3}}/tep")
    @Allowed(Permission.OWN_PAGES)
    Object attachOpinion(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @PathVariable("n") int n,
            @RequestParam(name = "ten-tep", defaultValue = "") String title,
            @RequestParam(name = "tep", required = false) @Nullable MultipartFile file)
            throws java.io.IOException {
        Uploaded uploaded = Uploaded.of(file, title);
        return switch (handling.attachOpinion(viewer, id, n, uploaded.title(), uploaded.bytes())) {
            case Moved.Done any -> Answer.done(PETITIONS + "/" + id + "/y-kien/" + n, "petition-file-added");
            case Moved.Refused(var field, var why) -> {
                Handling.Asked asked = handling.asked(viewer, id, n);
                yield new OpinionPage(
                        asked, viewer.accountId(), asked.opinion().draft(), title, FormErrors.of(field, why));
            }
        };
    }

    // Files and papers

    /** A file, to be kept: never shown inside the page, whatever it is. */
    @GetMapping(ONE + "/tep/{attachment}")
    @Allowed(Permission.OWN_PAGES)
    ResponseEntity<byte[]> file(
            Viewer viewer, @PathVariable("id") UUID id, @PathVariable("attachment") UUID attachment) {
        Contents.Content content = petitions.file(viewer, id, attachment);
        String ending = content.mediaType().substring(content.mediaType().indexOf('/') + 1);
        return sent("minh-chung-" + attachment + "." + ending, content.mediaType(), content.bytes());
    }

    private static ResponseEntity<byte[]> sent(String name, String type, byte[] bytes) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(type))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(name, StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .body(bytes);
    }

    @GetMapping(ONE + "/bien-nhan.{format:pdf|docx}")
    @Allowed(Permission.OWN_PAGES)
    ResponseEntity<byte[]> receipt(Viewer viewer, @PathVariable("id") UUID id, @PathVariable("format") String format) {
        PaperFiles.File file = letters.receipt(viewer, id, format.equals("docx"));
        return sent(file.name(), file.mediaType(), file.bytes());
    }

    @GetMapping(ONE + "/tra-loi.{format:pdf|docx}")
    @Allowed(Permission.OWN_PAGES)
    ResponseEntity<byte[]> letter(Viewer viewer, @PathVariable("id") UUID id, @PathVariable("format") String format) {
        PaperFiles.File file = letters.answer(viewer, id, format.equals("docx"));
        return sent(file.name(), file.mediaType(), file.bytes());
    }
}
