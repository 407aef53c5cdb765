package vn.chuanmuc.assessments.web;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Cycle;
import vn.chuanmuc.assessments.LevelDecisions;
import vn.chuanmuc.assessments.LevelDecisions.Approving;
import vn.chuanmuc.assessments.LevelDecisions.Case;
import vn.chuanmuc.assessments.LevelDecisions.Choice;
import vn.chuanmuc.assessments.LevelDecisions.Deciding;
import vn.chuanmuc.assessments.LevelDecisions.Desk;
import vn.chuanmuc.assessments.LevelDecisions.Entering;
import vn.chuanmuc.assessments.LevelDecisions.Result;
import vn.chuanmuc.assessments.LevelDecisions.Shown;
import vn.chuanmuc.assessments.LevelDecisions.SignRule;
import vn.chuanmuc.assessments.LevelDecisions.State;
import vn.chuanmuc.assessments.LevelDecisions.Verdict;
import vn.chuanmuc.assessments.LevelDecisions.Words;
import vn.chuanmuc.assessments.Results;
import vn.chuanmuc.assessments.web.DeskPage.Typed;
import vn.chuanmuc.criteria.Criteria;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.ui.Answer;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.InPath;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.Ui;
import vn.chuanmuc.ui.View;

/** Deciding down a list or one by one, approving, and what bounds both. */
@Controller
class LevelDecisionsController {
    static final String DESKS = "/danh-gia/quyet-dinh";
    private static final String DESK = DESKS + "/{cycle}/{unit}";
    private static final String CASE = DESKS + "/phieu/{period}/{form}";
    private static final String APPROVE = "/danh-gia/phe-duyet/{cycle}/{unit}";
    private static final String SIGNS = "/danh-gia/dau-hieu";
    private static final int PAGE = LevelDecisions.MOST_AT_ONCE;
    private static final Set<String> LOOKED = Set.of("khong", "chua");

    private final LevelDecisions decisions;
    private final Results results;
    private final Criteria criteria;
    private final Clock clock;

    LevelDecisionsController(LevelDecisions decisions, Results results, Criteria criteria, Clock clock) {
        this.decisions = decisions;
        this.results = results;
        this.criteria = criteria;
        this.clock = clock;
    }

    @GetMapping(DESKS)
    @Allowed({Permission.RATE_SELF, Permission.RATE_AS_HEAD, Permission.RUN_CYCLE})
    View desks(Viewer viewer) {
        return new DesksPage(
                decisions.desks(viewer),
                decisions.toApprove(viewer),
                decisions.maySetSigns(viewer),
                LocalDate.now(clock));
    }

    @GetMapping(DESK)
    @Allowed({Permission.RATE_SELF, Permission.RATE_AS_HEAD, Permission.READ_ASSESSMENTS})
    View desk(
            Viewer viewer,
            @InPath DeskPath path,
            @RequestParam(name = "loc", defaultValue = "cho") String filter,
            @RequestParam(name = "tim", defaultValue = "") String words,
            @RequestParam(name = "trang", defaultValue = "1") int page) {
        Desk desk = decisions.desk(viewer, path.cycle(), path.unit());
        return page(viewer, desk, new Asked(known(filter), words.strip(), page, ""), Map.of(), Map.of(), null);
    }

    /** @param looked what is said of disqualifiers for all lines: {@code khong}, {@code chua} or nothing yet */
    private record Asked(String filter, String words, int page, String looked) {}

    private static String known(String filter) {
        return DeskPage.FILTERS.contains(filter) ? filter : "cho";
    }

    private View page(
            Viewer viewer,
            Desk desk,
            Asked asked,
            Map<UUID, Typed> typed,
            Map<UUID, Map<String, Reason>> wrong,
            @Nullable Reason whole) {
        String key = Texts.searchKey(asked.words());
        List<Case> all = desk.cases().stream()
                .filter(one -> !one.personId().equals(viewer.personId())) // nobody decides about themself
                .filter(one -> shows(viewer, desk, one))
                .toList();
        List<Case> found = all.stream()
                .filter(one -> wrong.containsKey(one.formId())
                        || typed.containsKey(one.formId())
                        || matches(one, asked.filter()))
                .filter(one -> typed.containsKey(one.formId())
                        || key.isEmpty()
                        || Texts.searchKey(one.fullName()).contains(key))
                .toList();
        var paging = new Paging(
                Math.clamp(asked.page(), 1, Math.max(1, (found.size() + PAGE - 1) / PAGE)),
                PAGE,
                found.size(),
                DESKS + "/" + desk.cycle().id() + "/" + desk.unitId() + "?loc=" + asked.filter()
                        + (asked.words().isEmpty() ? "" : "&tim=" + Ui.encode(asked.words())) + "&");
        List<Case> shown = found.stream()
                .skip(Paging.offset(paging.page(), PAGE))
                .limit(PAGE)
                .toList();
        boolean open = desk.cycle().state() == Cycle.State.OPEN;
        Map<UUID, Words> before = decisions.words(viewer.tenantId(), desk, shown);
        List<DeskPage.Row> rows = decisions.shown(viewer.tenantId(), desk, shown, before).stream()
                .map(one -> new DeskPage.Row(
                        one,
                        open && one.about().ready() && decisions.decides(viewer, one.about()),
                        before.getOrDefault(one.about().formId(), Words.NONE).reason()))
                .toList();
        var thought = new HashMap<UUID, String>();
        typed.forEach((form, entry) -> {
            if (!entry.single() && !entry.grade().isEmpty()) {
                thought.put(form, entry.grade());
            }
        });
        Map<UUID, String> grades = LevelDecisions.grades(desk, thought);
        return new DeskPage(
                desk,
                rows,
                typed,
                wrong,
                whole,
                counts(grades),
                LevelDecisions.quotas(desk, grades),
                LevelDecisions.allBest(desk, grades),
                LevelDecisions.asked(desk.book()),
                asked.looked(),
                asked.filter(),
                asked.words(),
                desk.cases().stream()
                        .anyMatch(one -> one.result() != null
                                && one.result().state() == State.APPROVED
                                && decisions.decides(viewer, one)),
                paging);
    }

    /** Whoever decides or approves in a head's place, or as another unit's head, sees those forms; head and readers see all. */
    private boolean shows(Viewer viewer, Desk desk, Case about) {
        return decisions.decides(viewer, about) || decisions.approves(viewer, about) || decisions.reads(viewer, desk);
    }

    private static boolean matches(Case about, String filter) {
        Result result = about.result();
        return switch (filter) {
            case "cho" -> about.ready();
            case "da" -> result != null && result.state() != State.SENT_BACK;
            case "chua" -> !about.ready() && result == null;
            default -> true;
        };
    }

    private static Map<String, Integer> counts(Map<UUID, String> grades) {
        var counts = new HashMap<String, Integer>();
        grades.values().forEach(grade -> counts.merge(grade, 1, Integer::sum));
        return counts;
    }

    /** Decides what is chosen; with {@code xem} only shows what it would come to. */
    @PostMapping(DESK)
    @Allowed({Permission.RATE_SELF, Permission.RATE_AS_HEAD})
    Object decideMany(Viewer viewer, @InPath DeskPath path, @RequestParam MultiValueMap<String, String> fields) {
        Map<UUID, Typed> typed = typed(fields);
        var asked = new Asked(
                known(first(fields, "loc")),
                first(fields, "tim").strip(),
                number(first(fields, "trang"), 1),
                first(fields, "xet"));
        Desk desk = decisions.desk(viewer, path.cycle(), path.unit());
        if (!first(fields, "xem").isEmpty()) {
            return page(viewer, desk, asked, typed, Map.of(), null);
        }
        Map<UUID, Typed> chosen = new LinkedHashMap<>(typed);
        chosen.values().removeIf(entry -> entry.single() || entry.grade().isEmpty());
        boolean unsaid = !LevelDecisions.asked(desk.book()).isEmpty() && !LOOKED.contains(asked.looked());
        if (chosen.isEmpty() || chosen.size() > LevelDecisions.MOST_AT_ONCE || unsaid) {
            return page(
                    viewer,
                    desk,
                    asked,
                    typed,
                    Map.of(),
                    chosen.isEmpty()
                            ? Reason.of("assessments.decide.none-chosen")
                            : unsaid
                                    ? Reason.of("assessments.facts.choose")
                                    : Reason.of("assessments.decide.too-many", LevelDecisions.MOST_AT_ONCE));
        }
        Map<UUID, Words> before = decisions.words(
                viewer.tenantId(),
                desk,
                desk.cases().stream()
                        .filter(one -> chosen.containsKey(one.formId()))
                        .toList());
        List<Choice> choices = chosen.entrySet().stream()
                .map(entry -> {
                    Words said = before.getOrDefault(entry.getKey(), Words.NONE);
                    return new Choice(
                            entry.getKey(),
                            entry.getValue().grade(),
                            entry.getValue().reason(),
                            said.remark(), // the list has no field for it: what was written stays
                            asked.looked().equals("khong") ? said.nothingElse(desk.book()) : said.facts());
                })
                .toList();
        return switch (decisions.decide(viewer, path.cycle(), path.unit(), choices)) {
            case Deciding.Done done -> Answer.done(path.deciding(), "assessment-decided");
            case Deciding.Refused(var byForm) ->
                page(viewer, decisions.desk(viewer, path.cycle(), path.unit()), asked, typed, byForm, null);
        };
    }

    private static String first(MultiValueMap<String, String> fields, String name) {
        String value = fields.getFirst(name);
        return value == null ? "" : value;
    }

    private static int number(String text, int otherwise) {
        return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : otherwise;
    }

    private static Map<UUID, Typed> typed(MultiValueMap<String, String> fields) {
        var typed = new LinkedHashMap<UUID, Typed>();
        fields.forEach((name, values) -> {
            int dash = name.startsWith("ly-do-") ? 6 : name.startsWith("rieng-") ? 6 : name.startsWith("muc-") ? 4 : 0;
            UUID form = dash == 0 ? null : Ids.read(name.substring(dash));
            if (form != null) {
                Typed before = typed.getOrDefault(form, Typed.NOTHING);
                String value = values.getFirst();
                typed.put(
                        form,
                        name.startsWith("muc-")
                                ? new Typed(value, before.reason(), before.single())
                                : name.startsWith("ly-do-")
                                        ? new Typed(before.grade(), value, before.single())
                                        : new Typed(before.grade(), before.reason(), true));
            }
        });
        return typed;
    }

    /** Tells everybody at the desk whose result is approved, in the product. */
    @PostMapping(DESK + "/bao")
    @Allowed({Permission.RATE_SELF, Permission.RATE_AS_HEAD, Permission.RUN_CYCLE})
    String tellAll(Viewer viewer, @InPath DeskPath path) {
        decisions.desk(viewer, path.cycle(), path.unit());
        results.tellAll(viewer, path.cycle(), path.unit());
        return Answer.done(path.deciding() + "?loc=da", "assessment-told");
    }

    @GetMapping(CASE)
    @Allowed({Permission.RATE_SELF, Permission.RATE_AS_HEAD, Permission.READ_ASSESSMENTS})
    View one(Viewer viewer, @InPath FormPath path) {
        return one(viewer, path, CasePage.Typed.NOTHING, FormErrors.NONE);
    }

    private View one(Viewer viewer, FormPath path, CasePage.Typed typed, FormErrors errors) {
        UUID form = path.form();
        UUID tenant = viewer.tenantId();
        Desk desk = decisions.deskOf(viewer, path.quarter(), form);
        Case about = aCase(desk, form);
        if (about.personId().equals(viewer.personId()) || !shows(viewer, desk, about)) {
            throw new NotFound("form to decide about"); // one's own result is told, not looked up
        }
        boolean entered = typed.decides();
        Results.Decided decided = about.result() == null
                ? null
                : results.sheet(viewer, path.quarter(), form).versions().getFirst();
        Map<String, Boolean> facts = entered || decided == null ? typed.facts() : results.facts(decided);
        Shown shown = decisions.shown(tenant, desk, about, facts);
        boolean mayDecide =
                desk.cycle().state() == Cycle.State.OPEN && about.ready() && decisions.decides(viewer, about);
        if (mayDecide && !entered && decided != null) {
            typed = typed.with(decided.reason(), decided.remark()); // sent back: mended, not written anew
        }
        Map<UUID, String> grades =
                LevelDecisions.grades(desk, typed.grade().isEmpty() ? Map.of() : Map.of(form, typed.grade()));
        return new CasePage(
                desk,
                shown,
                criteria.text(tenant, about.setId()),
                decisions.remarks(tenant, about),
                counts(grades),
                LevelDecisions.quotas(desk, grades),
                LevelDecisions.asked(desk.book()),
                decided,
                mayDecide,
                decisions.mayEnterUnitGrade(viewer, desk, about),
                decisions.mayNotApprove(viewer, desk, about).orElse(null),
                typed,
                errors);
    }

    private static Case aCase(Desk desk, UUID form) {
        return desk.cases().stream()
                .filter(one -> one.formId().equals(form))
                .findFirst()
                .orElseThrow(() -> new NotFound("form of a desk"));
    }

    @PostMapping(CASE)
    @Allowed({Permission.RATE_SELF, Permission.RATE_AS_HEAD})
    Object decideOne(Viewer viewer, @InPath FormPath path, @RequestParam MultiValueMap<String, String> fields) {
        UUID form = path.form();
        var facts = new LinkedHashMap<String, Boolean>();
        fields.forEach((name, values) -> {
            if (name.startsWith("viec-") && !String.valueOf(values.getFirst()).isEmpty()) {
                facts.put(name.substring(5), values.getFirst().equals("co"));
            }
        });
        var typed = new CasePage.Typed(
                first(fields, "muc"), first(fields, "ly-do"), first(fields, "nhan-xet"), facts, "", "", "", "");
        if (!first(fields, "xem").isEmpty()) {
            return one(viewer, path, typed, FormErrors.NONE);
        }
        Desk desk = decisions.deskOf(viewer, path.quarter(), form);
        var choice = new Choice(form, typed.grade(), typed.reason(), typed.remark(), facts);
        return switch (decisions.decide(viewer, desk.cycle().id(), desk.unitId(), List.of(choice))) {
            case Deciding.Done done ->
                Answer.done(DESKS + "/" + desk.cycle().id() + "/" + desk.unitId(), "assessment-decided");
            case Deciding.Refused(var byForm) ->
                one(viewer, path, typed, new FormErrors(new LinkedHashMap<>(byForm.getOrDefault(form, Map.of()))));
        };
    }

    @PostMapping(CASE + "/don-vi")
    @Allowed({Permission.RATE_SELF, Permission.RATE_AS_HEAD, Permission.RUN_CYCLE})
    Object unitGrade(
            Viewer viewer,
            @InPath FormPath path,
            @RequestParam(name = "muc-don-vi", defaultValue = "") String grade,
            @RequestParam(name = "can-cu", defaultValue = "") String basis,
            @RequestParam(name = "ban", defaultValue = "0") String version) {
        UUID form = path.form();
        return switch (decisions.enterUnitGrade(viewer, path.quarter(), form, grade, basis, number(version, 0))) {
            case Entering.Done done ->
                Answer.done(DESKS + "/phieu/" + path.quarter().code() + "/" + form, "assessment-unit-graded");
            case Entering.Refused(var field, var why) ->
                one(
                        viewer,
                        path,
                        new CasePage.Typed("", "", "", Map.of(), grade, basis, "", ""),
                        FormErrors.of(field, why));
        };
    }

    /** Approves one decision or sends it back. */
    @PostMapping(CASE + "/phe-duyet")
    @Allowed({Permission.RATE_SELF, Permission.RATE_AS_HEAD, Permission.RUN_CYCLE})
    Object approveOne(
            Viewer viewer,
            @InPath FormPath path,
            @RequestParam(name = "y-kien", defaultValue = "") String verdict,
            @RequestParam(name = "ly-do-tra", defaultValue = "") String reason,
            @RequestParam(name = "ban", defaultValue = "0") String version) {
        UUID form = path.form();
        Desk desk = decisions.deskOf(viewer, path.quarter(), form);
        var typed = new CasePage.Typed("", "", "", Map.of(), "", "", verdict, reason);
        if (!verdict.equals("duyet") && !verdict.equals("tra")) {
            return one(viewer, path, typed, FormErrors.of("y-kien", Reason.of("assessments.approve.choose")));
        }
        var said = new Verdict(form, number(version, 0), verdict.equals("duyet"), reason);
        return switch (decisions.approve(viewer, desk.cycle().id(), desk.unitId(), List.of(said))) {
            case Approving.Done done ->
                Answer.done("/danh-gia/phe-duyet/" + desk.cycle().id() + "/" + desk.unitId(), "assessment-approved");
            case Approving.Refused(var byForm) ->
                one(
                        viewer,
                        path,
                        typed,
                        FormErrors.of("ly-do-tra", byForm.values().iterator().next()));
        };
    }

    @GetMapping(APPROVE)
    @Allowed({Permission.RATE_SELF, Permission.RATE_AS_HEAD, Permission.RUN_CYCLE})
    View approving(Viewer viewer, @InPath DeskPath path, @RequestParam(name = "trang", defaultValue = "1") int page) {
        return approving(viewer, path, page, Map.of(), Map.of(), null, false);
    }

    private View approving(
            Viewer viewer,
            DeskPath path,
            int page,
            Map<UUID, ApprovePage.Typed> typed,
            Map<UUID, Reason> wrong,
            @Nullable Reason whole,
            boolean choose) {
        Desk desk = decisions.desk(viewer, path.cycle(), path.unit());
        List<Case> waiting = desk.cases().stream()
                .filter(one -> !one.personId().equals(viewer.personId()) && shows(viewer, desk, one))
                .filter(one -> (one.result() != null && one.result().state() == State.DECIDED)
                        || wrong.containsKey(one.formId()))
                .toList();
        var paging = new Paging(
                Math.clamp(page, 1, Math.max(1, (waiting.size() + PAGE - 1) / PAGE)),
                PAGE,
                waiting.size(),
                path.approving() + "?");
        List<Case> shown = waiting.stream()
                .skip(Paging.offset(paging.page(), PAGE))
                .limit(PAGE)
                .toList();
        Map<UUID, Words> words = decisions.words(viewer.tenantId(), desk, shown);
        var rows = new ArrayList<ApprovePage.Row>();
        for (Shown one : decisions.shown(viewer.tenantId(), desk, shown, words)) {
            Result result = one.about().result();
            if (result != null) {
                rows.add(new ApprovePage.Row(
                        one,
                        result,
                        words.getOrDefault(one.about().formId(), Words.NONE).reason(),
                        decisions.mayNotApprove(viewer, desk, one.about()).orElse(null)));
            }
        }
        Map<UUID, String> grades = LevelDecisions.grades(desk, Map.of());
        return new ApprovePage(
                desk,
                rows,
                choose ? ApprovePage.chosen(rows, typed) : typed,
                wrong,
                whole,
                counts(grades),
                LevelDecisions.quotas(desk, grades),
                paging);
    }

    @PostMapping(APPROVE)
    @Allowed({Permission.RATE_SELF, Permission.RATE_AS_HEAD, Permission.RUN_CYCLE})
    Object approveMany(Viewer viewer, @InPath DeskPath path, @RequestParam MultiValueMap<String, String> fields) {
        var typed = new LinkedHashMap<UUID, ApprovePage.Typed>();
        var verdicts = new ArrayList<Verdict>();
        fields.forEach((name, values) -> {
            UUID form = name.startsWith("ban-") ? Ids.read(name.substring(4)) : null;
            if (form != null) {
                String said = first(fields, "y-kien-" + form);
                String reason = first(fields, "ly-do-" + form);
                typed.put(form, new ApprovePage.Typed(said, reason));
                if (said.equals("duyet") || said.equals("tra")) {
                    verdicts.add(new Verdict(form, number(values.getFirst(), 0), said.equals("duyet"), reason));
                }
            }
        });
        int page = number(first(fields, "trang"), 1);
        if (!first(fields, "chon").isEmpty()) {
            return approving(viewer, path, page, typed, Map.of(), null, true);
        }
        if (verdicts.isEmpty() || verdicts.size() > LevelDecisions.MOST_AT_ONCE) {
            return approving(
                    viewer,
                    path,
                    page,
                    typed,
                    Map.of(),
                    verdicts.isEmpty()
                            ? Reason.of("assessments.approve.none-chosen")
                            : Reason.of("assessments.decide.too-many", LevelDecisions.MOST_AT_ONCE),
                    false);
        }
        return switch (decisions.approve(viewer, path.cycle(), path.unit(), verdicts)) {
            case Approving.Done done -> Answer.done(path.approving(), "assessment-approved");
            case Approving.Refused(var byForm) -> approving(viewer, path, page, typed, byForm, null, false);
        };
    }

    @GetMapping(SIGNS)
    @Allowed({Permission.RATE_AS_HEAD, Permission.READ_ASSESSMENTS})
    View signs(Viewer viewer) {
        SignRule now = decisions.signRule(viewer.tenantId(), LocalDate.now(clock));
        return signs(
                viewer,
                new SignsPage.Typed("", String.valueOf(now.seconds()), String.valueOf(now.people()), ""),
                FormErrors.NONE);
    }

    private View signs(Viewer viewer, SignsPage.Typed typed, FormErrors errors) {
        return new SignsPage(
                decisions.signRule(viewer.tenantId(), LocalDate.now(clock)),
                decisions.signRules(viewer.tenantId()),
                decisions.maySetSigns(viewer),
                typed,
                errors);
    }

    @PostMapping(SIGNS)
    @Allowed(Permission.RUN_CYCLE)
    Object setSigns(
            Viewer viewer,
            @RequestParam(name = "tu-ngay", defaultValue = "") String from,
            @RequestParam(name = "giay", defaultValue = "") String seconds,
            @RequestParam(name = "nguoi", defaultValue = "") String people,
            @RequestParam(name = "can-cu", defaultValue = "") String basis) {
        var typed = new SignsPage.Typed(from, seconds, people, basis);
        if (!(VietnameseDates.parse(from) instanceof VietnameseDates.Parsed.Read(var day))) {
            return signs(viewer, typed, FormErrors.of("tu-ngay", Reason.of("assessments.day.unread")));
        }
        var rule = new SignRule(day, number(seconds.strip(), -1), number(people.strip(), -1), basis);
        return switch (decisions.setSigns(viewer, rule)) {
            case Entering.Done done -> Answer.done(SIGNS, "assessment-signs-set");
            case Entering.Refused(var field, var why) -> signs(viewer, typed, FormErrors.of(field, why));
        };
    }
}
