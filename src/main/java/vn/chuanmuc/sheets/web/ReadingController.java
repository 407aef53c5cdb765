package vn.chuanmuc.sheets.web;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.sheets.SheetReadings;
import vn.chuanmuc.sheets.SheetReadings.Draft;
import vn.chuanmuc.sheets.SheetReadings.HandingIn;
import vn.chuanmuc.sheets.SheetReadings.Look;
import vn.chuanmuc.sheets.SheetReadings.Opening;
import vn.chuanmuc.sheets.SheetReadings.Saving;
import vn.chuanmuc.sheets.SheetWitnesses;
import vn.chuanmuc.ui.Answer;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** One scanned form and what somebody reads of it, side by side. */
@Controller
class ReadingController {
    static final String ADDRESS = SheetsController.ADDRESS + "/phieu";
    private static final String PAPER = ADDRESS + "/{paper}";
    private static final Pattern LEVEL = Pattern.compile("muc-([1-9][0-9]{0,3})");
    private static final Pattern REMARK = Pattern.compile("nx-(0|[1-9][0-9]{0,3})");
    private static final int MOST_ITEMS = 5_000;

    private final SheetReadings readings;
    private final SheetWitnesses witnesses;
    private final Accounts accounts;

    ReadingController(SheetReadings readings, SheetWitnesses witnesses, Accounts accounts) {
        this.readings = readings;
        this.witnesses = witnesses;
        this.accounts = accounts;
    }

    /**
     * What stands on the screen.
     *
     * @param version that it goes on from
     * @param theirs what somebody else saved meanwhile, to be shown beside it
     * @param look items to look at again
     * @param unclear whether it is to be said that items stay without a level; {@code drafted} that the paper goes before a draft
     */
    record Entered(
            int version,
            Draft draft,
            @Nullable Draft theirs,
            List<Integer> look,
            boolean unclear,
            @Nullable Instant drafted) {
        static Entered of(Look look) {
            return new Entered(look.version(), look.draft(), null, List.of(), false, null);
        }
    }

    @GetMapping(PAPER)
    @Allowed(Permission.ENTER_PAPER_FORMS)
    View show(Viewer viewer, @PathVariable("paper") UUID id) {
        return switch (readings.open(viewer, id)) {
            case Opening.Refused refused -> shut(viewer, id, refused, Naming.NOTHING, FormErrors.NONE);
            case Opening.Opened(var look) -> page(viewer, look, Entered.of(look), FormErrors.NONE);
        };
    }

    /** What was entered to name a witness. @param searched whether a search was asked for and nobody named */
    record Naming(String username, String reason, String words, boolean searched) {
        static final Naming NOTHING = new Naming("", "", "", false);
    }

    private View shut(Viewer viewer, UUID id, Opening.Refused refused, Naming naming, FormErrors errors) {
        return new ShutPage(
                id,
                refused.fullName(),
                refused.stageName(),
                refused.why(),
                witnesses.mayNotName(viewer, id).orElse(null),
                witnesses.choices(viewer, id, naming.words(), naming.username()),
                naming.words(),
                naming.searched(),
                naming.username(),
                naming.reason(),
                errors);
    }

    /** Names who compares the paper with what the clerk enters, where nobody else is there to enter it; or looks for them by name. */
    @PostMapping(PAPER + "/chung-kien")
    @Allowed(Permission.ENTER_PAPER_FORMS)
    Object witness(
            Viewer viewer,
            @PathVariable("paper") UUID id,
            @RequestParam(name = "viec", defaultValue = "") String task,
            @RequestParam(name = "tim", defaultValue = "") String words,
            @RequestParam(name = "tai-khoan", defaultValue = "") String username,
            @RequestParam(name = "ly-do", defaultValue = "") String reason) {
        var naming = new Naming(username, reason, words, task.equals("tim"));
        if (naming.searched()) {
            return shutOrOpen(viewer, id, naming, FormErrors.NONE);
        }
        return switch (witnesses.name(viewer, id, username, reason)) {
            case SheetWitnesses.Outcome.Done done -> Answer.done(ADDRESS + "/" + id, "sheets-witness-named");
            case SheetWitnesses.Outcome.Refused(var field, var why) ->
                shutOrOpen(viewer, id, naming, FormErrors.of(field, why));
        };
    }

    private Object shutOrOpen(Viewer viewer, UUID id, Naming naming, FormErrors errors) {
        return readings.open(viewer, id) instanceof Opening.Refused refused
                ? shut(viewer, id, refused, naming, errors)
                : "redirect:" + ADDRESS + "/" + id;
    }

    private View page(Viewer viewer, Look look, Entered entered, FormErrors errors) {
        var who = new ArrayList<UUID>();
        UUID saver = look.savedBy();
        UUID hander = look.handedBy();
        if (saver != null) {
            who.add(saver);
        }
        if (hander != null) {
            who.add(hander);
        }
        Map<UUID, String> names = accounts.names(viewer.tenantId(), who);
        UUID next = next(viewer, look).orElse(null);
        return new ReadingPage(look, entered, names, next, errors);
    }

    private static Draft draft(MultiValueMap<String, String> fields, int items) {
        var levels = new ArrayList<@Nullable Integer>();
        for (int i = 0; i < items; i++) {
            levels.add(null);
        }
        var unclear = new ArrayList<Integer>();
        var remarks = new TreeMap<Integer, String>();
        fields.forEach((name, values) -> {
            Matcher level = LEVEL.matcher(name);
            String value = values.getFirst();
            if (level.matches()) {
                int position = Integer.parseInt(level.group(1));
                if (position <= items && value.matches("[1-9][0-9]?")) {
                    levels.set(position - 1, Integer.valueOf(value));
                } else if (position <= items && value.equals("x")) {
                    unclear.add(position);
                }
            }
            Matcher remark = REMARK.matcher(name);
            if (remark.matches() && Integer.parseInt(remark.group(1)) <= items && !value.isBlank()) {
                remarks.put(Integer.parseInt(remark.group(1)), value);
            }
        });
        unclear.sort(null);
        String answer = fields.getFirst("tra-loi");
        return new Draft(levels, unclear, remarks, answer == null ? "" : answer);
    }

    private static int number(MultiValueMap<String, String> fields, String name) {
        String value = fields.getFirst(name);
        return value != null && value.matches("[0-9]{1,9}") ? Integer.parseInt(value) : -1;
    }

    private static Draft draft(MultiValueMap<String, String> fields) {
        int items = number(fields, "so-muc");
        if (items < 1 || items > MOST_ITEMS) {
            throw new NotFound("form");
        }
        return draft(fields, items);
    }

    /** Saves; then hands in, or stays. */
    @PostMapping(PAPER)
    @Allowed(Permission.ENTER_PAPER_FORMS)
    Object save(Viewer viewer, @PathVariable("paper") UUID id, @RequestParam MultiValueMap<String, String> fields) {
        Draft draft = draft(fields);
        int version = number(fields, "ban");
        if (!"nop".equals(fields.getFirst("viec"))) {
            return switch (readings.save(viewer, id, version, draft)) {
                case Saving.Saved saved -> Answer.done(ADDRESS + "/" + id, "sheets-saved");
                case Saving other -> notSaved(viewer, id, version, draft, other);
            };
        }
        HandingIn came = readings.handIn(
                viewer,
                id,
                version,
                draft,
                "co".equals(fields.getFirst("de-trong")),
                "co".equals(fields.getFirst("thay-nhap")));
        return switch (came) {
            case HandingIn.Done done -> handedIn(viewer, id);
            case HandingIn.Already already -> Answer.done(ADDRESS + "/" + id, "sheets-already");
            case HandingIn.Witnessed witnessed -> Answer.done(ADDRESS + "/" + id, "sheets-witness-asked");
            case HandingIn.NotSaved(var why) -> notSaved(viewer, id, version, draft, why);
            case HandingIn.Unread(int now, var positions) ->
                again(
                        viewer,
                        id,
                        new Entered(now, draft, null, positions, false, null),
                        FormErrors.whole(Reason.of("sheets.unread", positions.size())));
            case HandingIn.Unclear(int now, var positions) ->
                again(
                        viewer,
                        id,
                        new Entered(now, draft, null, positions, true, null),
                        FormErrors.of("de-trong", Reason.of("sheets.unclear", positions.size())));
            case HandingIn.Drafted(int now, var at) ->
                again(
                        viewer,
                        id,
                        new Entered(now, draft, null, List.of(), false, at),
                        FormErrors.of("thay-nhap", Reason.of("sheets.drafted", at)));
            case HandingIn.Refused(int now, var field, var why) ->
                again(viewer, id, new Entered(now, draft, null, List.of(), false, null), FormErrors.of(field, why));
        };
    }

    private Object again(Viewer viewer, UUID id, Entered entered, FormErrors errors) {
        return switch (readings.open(viewer, id)) {
            case Opening.Refused refused -> shut(viewer, id, refused, Naming.NOTHING, FormErrors.NONE);
            case Opening.Opened(var look) -> page(viewer, look, entered, errors);
        };
    }

    private Object notSaved(Viewer viewer, UUID id, int version, Draft draft, Saving why) {
        return switch (why) {
            case Saving.Saved saved -> Answer.done(ADDRESS + "/" + id, "sheets-saved");
            case Saving.Refused(var field, var reason) ->
                again(
                        viewer,
                        id,
                        new Entered(version, draft, null, List.of(), false, null),
                        FormErrors.of(field, reason));
            case Saving.Behind(var now) ->
                same(now.draft(), draft)
                        ? Answer.done(ADDRESS + "/" + id, "sheets-saved")
                        : page(
                                viewer,
                                now,
                                new Entered(now.version(), draft, now.draft(), List.of(), false, null),
                                FormErrors.whole(Reason.of("sheets.behind")));
        };
    }

    private static boolean same(Draft one, Draft other) {
        var stripped = new TreeMap<Integer, String>();
        other.remarks().forEach((position, words) -> stripped.put(position, words.strip()));
        return one.levels().equals(other.levels())
                && one.unclear().equals(other.unclear())
                && new TreeMap<>(one.remarks()).equals(stripped)
                && one.answer().equals(other.answer().strip());
    }

    /**
     * The next complete paper of the same stage, so that a pile is read through without the mouse: whoever is led from one side to the
     * other is shut out of the first.
     */
    private Optional<UUID> next(Viewer viewer, Look look) {
        return readings.lines(viewer, null, true).stream()
                .filter(line -> line.complete()
                        && line.unclear() == 0
                        && line.stageName().equals(look.blank().stageName())
                        && !line.paperId().equals(look.paperId()))
                .map(SheetReadings.Line::paperId)
                .findFirst();
    }

    private String handedIn(Viewer viewer, UUID id) {
        return (readings.open(viewer, id) instanceof Opening.Opened(var look)
                        ? next(viewer, look)
                        : Optional.<UUID>empty())
                .map(paper -> Answer.done(ADDRESS + "/" + paper, "sheets-handed-in-next"))
                .orElse(Answer.done(SheetsController.ADDRESS, "sheets-handed-in"));
    }

    /** What the page's script sends while somebody reads; answers with the line that says so. */
    @PostMapping(PAPER + "/tu-luu")
    @Allowed(Permission.ENTER_PAPER_FORMS)
    View autosave(Viewer viewer, @PathVariable("paper") UUID id, @RequestParam MultiValueMap<String, String> fields) {
        return switch (readings.save(viewer, id, number(fields, "ban"), draft(fields))) {
            case Saving.Saved(int version, Instant at) -> new KeptLine(200, version, at, null);
            case Saving.Behind behind -> new KeptLine(409, 0, null, Reason.of("sheets.behind"));
            case Saving.Refused(var field, var why) -> new KeptLine(422, 0, null, why);
        };
    }

    @GetMapping(PAPER + "/muc/{item:[1-9][0-9]{0,3}}.jpg")
    @Allowed(Permission.ENTER_PAPER_FORMS)
    ResponseEntity<byte[]> row(Viewer viewer, @PathVariable("paper") UUID id, @PathVariable("item") int item) {
        // Its next neighbour is fetched ahead: kept a moment, by this browser only.
        return SheetsController.jpeg(
                readings.row(viewer, id, item),
                CacheControl.maxAge(Duration.ofMinutes(5)).cachePrivate());
    }

    @GetMapping(PAPER + "/ban-quet.pdf")
    @Allowed(Permission.ENTER_PAPER_FORMS)
    ResponseEntity<byte[]> scan(Viewer viewer, @PathVariable("paper") UUID id) {
        Contents.Content scan = readings.scan(viewer, id).orElseThrow(() -> new NotFound("scan"));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(HttpHeaders.CONTENT_DISPOSITION, "inline; filename=\"phieu-ban-quet.pdf\"")
                .body(scan.bytes());
    }
}
