package vn.chuanmuc.assessments.web;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
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
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Exceptions;
import vn.chuanmuc.assessments.Forms;
import vn.chuanmuc.assessments.Forms.Draft;
import vn.chuanmuc.assessments.Forms.Form;
import vn.chuanmuc.assessments.Forms.HandingIn;
import vn.chuanmuc.assessments.Forms.Said;
import vn.chuanmuc.assessments.Forms.Saving;
import vn.chuanmuc.assessments.Forms.Sheet;
import vn.chuanmuc.assessments.PaperForms;
import vn.chuanmuc.assessments.Period;
import vn.chuanmuc.assessments.Results;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.rules.RuleBook.Actor;
import vn.chuanmuc.ui.Answer;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.InPath;
import vn.chuanmuc.ui.View;

/** One form: looked at, filled in, saved while it is filled in, handed in. */
@Controller
class FormController {
    static final String FORM = "/danh-gia/phieu/{period}/{form}";
    static final String STAGE = FORM + "/{stage}";
    private static final Pattern LEVEL = Pattern.compile("muc-([1-9][0-9]{0,3})");
    private static final Pattern REMARK = Pattern.compile("nx-(0|[1-9][0-9]{0,3})");
    private static final int MOST_ITEMS = 5_000;

    private final Forms forms;
    private final Results results;
    private final PaperForms papers;
    private final Units units;
    private final Accounts accounts;
    private final Clock clock;

    FormController(Forms forms, Results results, PaperForms papers, Units units, Accounts accounts, Clock clock) {
        this.forms = forms;
        this.results = results;
        this.papers = papers;
        this.units = units;
        this.accounts = accounts;
        this.clock = clock;
    }

    static Period period(String code) {
        return Period.read(code).orElseThrow(() -> new NotFound("quarter"));
    }

    static String address(Form form) {
        return "/danh-gia/phieu/" + form.period().code() + "/" + form.id();
    }

    /** The form with all its stages, as far as the viewer may see them. */
    @GetMapping(FORM)
    @Allowed({Permission.RATE_SELF, Permission.RATE_AS_HEAD, Permission.READ_ASSESSMENTS})
    View show(Viewer viewer, @InPath FormPath path) {
        Sheet sheet = forms.sheet(viewer, path.quarter(), path.form());
        UUID tenant = viewer.tenantId();
        Form form = sheet.form();
        List<Exceptions.Made> made = forms.exceptions(tenant, form);
        List<Forms.Handed> handings = forms.handings(viewer, sheet);
        Set<UUID> who = new LinkedHashSet<>();
        made.forEach(one -> who.add(one.madeBy()));
        handings.forEach(one -> who.add(one.accountId()));
        Set<UUID> places = new LinkedHashSet<>();
        for (Said said : sheet.stages()) {
            UUID account = said.accountId();
            UUID unit = said.unitId();
            if (account != null) {
                who.add(account);
            }
            if (unit != null) {
                places.add(unit);
            }
        }
        Forms.Approval approval = forms.approval(viewer, form).orElse(null);
        if (approval != null && approval.unitId() != null) {
            places.add(approval.unitId());
        }
        if (approval != null && approval.accountId() != null) {
            who.add(approval.accountId());
        }
        Set<String> back = new LinkedHashSet<>();
        Set<String> delegable = new LinkedHashSet<>();
        for (Said said : sheet.stages()) {
            if (forms.maySendBack(viewer, sheet, said)) {
                back.add(said.stage());
            }
            if (form.state() == Forms.State.OPEN && forms.mayDelegate(viewer, form, said)) {
                delegable.add(said.stage());
            }
        }
        return new SheetPage(
                sheet,
                forms.book(tenant, form),
                forms.words(tenant, form),
                units.names(tenant, places),
                accounts.names(tenant, who),
                handings,
                made,
                forms.runs(viewer, form),
                back,
                delegable,
                approval,
                form.personId().equals(viewer.personId()));
    }

    /** The scan that a handing in was read from, for whoever sees what it says. */
    @GetMapping(STAGE + "/ban-quet/{handing:[1-9][0-9]{0,3}}.pdf")
    @Allowed({Permission.RATE_SELF, Permission.RATE_AS_HEAD, Permission.READ_ASSESSMENTS})
    ResponseEntity<byte[]> scan(Viewer viewer, @InPath StagePath path, @PathVariable("handing") int handing) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(HttpHeaders.CONTENT_DISPOSITION, "inline; filename=\"phieu-ban-quet.pdf\"")
                .body(papers.scan(viewer, path.quarter(), path.form(), path.stage(), handing)
                        .orElseThrow(() -> new NotFound("scan"))
                        .bytes());
    }

    @GetMapping(STAGE)
    @Allowed({Permission.RATE_SELF, Permission.RATE_AS_HEAD})
    Object fill(Viewer viewer, @InPath StagePath path) {
        Forms.Filling filling = forms.filling(viewer, path.quarter(), path.form(), path.stage());
        Sheet sheet = filling.sheet();
        Said said = acting(sheet, path.stage());
        return forms.locked(sheet.form(), said).isPresent()
                ? "redirect:" + address(sheet.form())
                : page(viewer, filling, said, Entered.of(sheet, said), FormErrors.NONE);
    }

    private static Said acting(Sheet sheet, String stage) {
        Said said = sheet.stage(stage).orElseThrow(() -> new NotFound("stage"));
        if (!said.acting()) {
            throw new Forbidden(said.actor() == Actor.SELF ? Permission.RATE_SELF : Permission.RATE_AS_HEAD);
        }
        return said;
    }

    /**
     * What stands on the screen.
     *
     * @param version that it goes on from
     * @param opened when the page was opened, in seconds
     * @param theirs what somebody else saved meanwhile, to be shown beside it
     * @param missing items without a level, of which somebody has to say that it is meant
     */
    record Entered(
            int version,
            Draft draft,
            long opened,
            @Nullable Said theirs,
            Map<Integer, String> theirRemarks,
            List<Integer> missing) {
        static Entered of(Sheet sheet, Said said) {
            return new Entered(
                    said.version(),
                    new Draft(said.levels(), sheet.remarks(said.stage())),
                    0,
                    null,
                    Map.of(),
                    List.of());
        }
    }

    private View page(Viewer viewer, Sheet sheet, Said said, Entered entered, FormErrors errors) {
        Forms.Earlier earlier =
                forms.earlier(viewer.tenantId(), sheet.form(), said).orElse(null);
        return page(viewer, new Forms.Filling(sheet, earlier, true), said, entered, errors);
    }

    private View page(Viewer viewer, Forms.Filling filling, Said said, Entered entered, FormErrors errors) {
        UUID tenant = viewer.tenantId();
        Sheet sheet = filling.sheet();
        Form form = sheet.form();
        Said theirs = entered.theirs();
        UUID saver = theirs == null ? null : theirs.savedBy();
        return new FillPage(
                sheet,
                said,
                forms.book(tenant, form),
                forms.words(tenant, form),
                filling.earlier(),
                said.actor() == Actor.SELF && filling.planned() ? results.planned(viewer, form.head()) : List.of(),
                said.actor() == Actor.SELF ? null : forms.neighbours(viewer, form, said.stage()),
                entered,
                saver == null ? "" : accounts.names(tenant, List.of(saver)).getOrDefault(saver, ""),
                entered.opened() > 0 ? entered.opened() : clock.instant().getEpochSecond(),
                errors);
    }

    /** The fields of a form as they were sent, for so many items. */
    private static Draft draft(MultiValueMap<String, String> fields, int items) {
        var levels = new ArrayList<@Nullable Integer>();
        for (int i = 0; i < items; i++) {
            levels.add(null);
        }
        var remarks = new TreeMap<Integer, String>();
        fields.forEach((name, values) -> {
            Matcher level = LEVEL.matcher(name);
            String value = values.getFirst();
            if (level.matches()) {
                int position = Integer.parseInt(level.group(1));
                if (position <= items && value.matches("[1-9][0-9]?")) {
                    levels.set(position - 1, Integer.valueOf(value));
                }
            }
            Matcher remark = REMARK.matcher(name);
            if (remark.matches() && Integer.parseInt(remark.group(1)) <= items && !value.isBlank()) {
                remarks.put(Integer.parseInt(remark.group(1)), value);
            }
        });
        return new Draft(levels, remarks);
    }

    private static int number(MultiValueMap<String, String> fields, String name) {
        String value = fields.getFirst(name);
        return value != null && value.matches("[0-9]{1,9}") ? Integer.parseInt(value) : -1;
    }

    private static long opened(MultiValueMap<String, String> fields) {
        String value = fields.getFirst("mo-luc");
        return value != null && value.matches("[0-9]{1,12}") ? Long.parseLong(value) : 0;
    }

    /** Saves; then hands in, goes on to the evidence of an item, or stays. */
    @PostMapping(STAGE)
    @Allowed({Permission.RATE_SELF, Permission.RATE_AS_HEAD})
    Object save(Viewer viewer, @InPath StagePath path, @RequestParam MultiValueMap<String, String> fields) {
        Sheet sheet = forms.sheet(viewer, path.quarter(), path.form());
        Form form = sheet.form();
        Said said = acting(sheet, path.stage());
        Draft draft = draft(fields, form.items());
        int version = number(fields, "ban");
        String here = address(form) + "/" + path.stage();
        if ("nop".equals(fields.getFirst("viec"))) {
            boolean knowing = "co".equals(fields.getFirst("con-thieu"));
            long opened = opened(fields);
            HandingIn handing = forms.handIn(
                    viewer,
                    form.period(),
                    form.id(),
                    path.stage(),
                    version,
                    draft,
                    knowing,
                    opened > 0 ? Instant.ofEpochSecond(opened) : null);
            return switch (handing) {
                case HandingIn.Done done -> handedIn(viewer, form, said);
                case HandingIn.Already already -> Answer.done(address(form), "assessment-handed-in");
                case HandingIn.Missing(int now, List<Integer> positions) ->
                    page(
                            viewer,
                            forms.sheet(viewer, form.period(), form.id()),
                            said,
                            new Entered(now, draft, opened, null, Map.of(), positions),
                            FormErrors.of(
                                    "con-thieu",
                                    Reason.of("assessments.hand-in.missing", positions.size(), form.items())));
                case HandingIn.NotSaved(Saving why) -> notSaved(viewer, sheet, said, draft, opened, why, here);
            };
        }
        Saving saving = forms.save(viewer, form.period(), form.id(), path.stage(), version, draft);
        String evidence = fields.getFirst("toi");
        String on = evidence != null && evidence.matches("[0-9]{1,4}") ? here + "/minh-chung/" + evidence : null;
        return saving instanceof Saving.Saved
                ? on == null ? Answer.done(here, "assessment-saved") : "redirect:" + on
                : notSaved(viewer, sheet, said, draft, opened(fields), saving, here);
    }

    /** Whoever rates others goes on to the next one who waits. */
    private Object handedIn(Viewer viewer, Form form, Said said) {
        if (said.actor() == Actor.SELF) {
            return Answer.done(address(form), "assessment-handed-in");
        }
        return forms.acting(viewer, new Forms.ActingQuery(form.cycleId(), Forms.Turn.OPEN, ""), 0, 1).stream()
                .findFirst()
                .map(next -> Answer.done(
                        "/danh-gia/phieu/" + next.period().code() + "/" + next.id() + "/" + next.stage(),
                        "assessment-handed-in-next"))
                .orElse(Answer.done("/danh-gia/cham", "assessment-handed-in-last"));
    }

    private Object notSaved(Viewer viewer, Sheet sheet, Said said, Draft draft, long opened, Saving why, String here) {
        return switch (why) {
            case Saving.Saved saved -> Answer.done(here, "assessment-saved");
            case Saving.Refused(var field, var reason) ->
                forms.locked(sheet.form(), said).isPresent()
                        ? new KeptPage(
                                sheet,
                                said,
                                forms.words(viewer.tenantId(), sheet.form()),
                                forms.book(viewer.tenantId(), sheet.form()),
                                draft,
                                reason)
                        : page(
                                viewer,
                                sheet,
                                said,
                                new Entered(said.version(), draft, opened, null, Map.of(), List.of()),
                                FormErrors.of(field, reason));
            case Saving.Behind(var now, var theirs) ->
                same(now, theirs, draft)
                        ? Answer.done(here, "assessment-saved")
                        : page(
                                viewer,
                                now,
                                theirs,
                                new Entered(
                                        theirs.version(),
                                        draft,
                                        opened,
                                        theirs,
                                        now.remarks(theirs.stage()),
                                        List.of()),
                                FormErrors.whole(Reason.of("assessments.behind")));
        };
    }

    /** Whether what stands there is what is on the screen: saved twice by the same page, by its script and by its button. */
    private static boolean same(Sheet now, Said theirs, Draft draft) {
        var stripped = new TreeMap<Integer, String>();
        draft.remarks().forEach((position, words) -> stripped.put(position, words.strip()));
        return theirs.levels().equals(draft.levels()) && new TreeMap<>(now.remarks(theirs.stage())).equals(stripped);
    }

    /** What the page's script sends while somebody fills it in; answers with the line that says so. */
    @PostMapping(STAGE + "/tu-luu")
    @Allowed({Permission.RATE_SELF, Permission.RATE_AS_HEAD})
    View autosave(Viewer viewer, @InPath StagePath path, @RequestParam MultiValueMap<String, String> fields) {
        int items = number(fields, "so-muc");
        if (items < 1 || items > MOST_ITEMS) {
            throw new NotFound("form");
        }
        Draft draft = draft(fields, items);
        return switch (forms.save(viewer, path.quarter(), path.form(), path.stage(), number(fields, "ban"), draft)) {
            case Saving.Saved(int version, Instant at) -> new SavedLine(200, version, at, null);
            case Saving.Behind(var now, var theirs) ->
                same(now, theirs, draft) && theirs.savedAt() != null
                        ? new SavedLine(200, theirs.version(), theirs.savedAt(), null)
                        : new SavedLine(409, theirs.version(), theirs.savedAt(), Reason.of("assessments.behind.short"));
            case Saving.Refused(var field, var why) -> new SavedLine(422, 0, null, why);
        };
    }
}
