package vn.chuanmuc.assessments.web;

import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Cycle;
import vn.chuanmuc.assessments.CycleGate;
import vn.chuanmuc.assessments.Cycles;
import vn.chuanmuc.assessments.Cycles.Opening;
import vn.chuanmuc.assessments.Cycles.Readiness;
import vn.chuanmuc.assessments.Cycles.Saved;
import vn.chuanmuc.assessments.Exceptions;
import vn.chuanmuc.assessments.Forms;
import vn.chuanmuc.assessments.Period;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.ui.Answer;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.Ui;
import vn.chuanmuc.ui.View;

/** The cycles of the quarters: planned, looked at before they are opened, followed. */
@Controller
class CyclesController {
    static final String LIST = "/danh-gia/dot";
    private static final int PAGE = 50;

    private final Cycles cycles;
    private final Forms forms;
    private final Campaigns campaigns;
    private final Units units;
    private final Accounts accounts;
    private final Access access;
    private final Clock clock;

    CyclesController(
            Cycles cycles,
            Forms forms,
            Campaigns campaigns,
            Units units,
            Accounts accounts,
            Access access,
            Clock clock) {
        this.cycles = cycles;
        this.forms = forms;
        this.campaigns = campaigns;
        this.units = units;
        this.accounts = accounts;
        this.access = access;
        this.clock = clock;
    }

    @GetMapping(LIST)
    @Allowed({Permission.READ_ASSESSMENTS, Permission.RUN_CYCLE})
    View list(Viewer viewer) {
        Map<UUID, String> titles = campaigns.list(viewer.tenantId()).stream()
                .collect(Collectors.toMap(Campaign::id, Campaign::title, (one, other) -> one));
        return new CyclesPage(cycles.visible(viewer), titles, viewer.may(Permission.RUN_CYCLE));
    }

    @GetMapping(LIST + "/moi")
    @Allowed(Permission.RUN_CYCLE)
    View planNew(Viewer viewer) {
        List<Campaign> choice = choice(viewer);
        Period now = Period.of(LocalDate.now(clock));
        // Before the assessment day of this quarter the one that is due is the one before.
        Period due = choice.isEmpty() || choice.getFirst().year() == now.year()
                ? now
                : new Period(choice.getFirst().year(), 4);
        var typed = new CycleFormPage.Typed(
                String.valueOf(due.quarter()),
                choice.isEmpty() ? "" : choice.getFirst().id().toString(),
                "",
                "");
        return new CycleFormPage(null, 0, typed, choice, FormErrors.NONE);
    }

    /** Campaigns that were opened and are received by a unit whose cycles the viewer runs, the newest first. */
    private List<Campaign> choice(Viewer viewer) {
        return campaigns.list(viewer.tenantId()).stream()
                .filter(campaign -> access.covers(viewer, Permission.RUN_CYCLE, campaign.receiverUnit()))
                .toList();
    }

    @PostMapping(LIST + "/moi")
    @Allowed(Permission.RUN_CYCLE)
    Object create(Viewer viewer, @RequestParam MultiValueMap<String, String> fields) {
        return save(viewer, null, 0, fields);
    }

    @GetMapping(LIST + "/{id}/sua")
    @Allowed(Permission.RUN_CYCLE)
    Object edit(Viewer viewer, @PathVariable("id") UUID id) {
        Cycle cycle = cycles.getVisible(viewer, id);
        access.require(viewer, Permission.RUN_CYCLE, cycle.unitId());
        return cycle.state() == Cycle.State.DRAFT
                ? new CycleFormPage(
                        id,
                        cycle.version(),
                        new CycleFormPage.Typed(
                                String.valueOf(cycle.period().quarter()),
                                cycle.campaignId().toString(),
                                cycle.title(),
                                VietnameseDates.format(cycle.opensOn())),
                        choice(viewer),
                        FormErrors.NONE)
                : "redirect:" + LIST + "/" + id;
    }

    @PostMapping(LIST + "/{id}/sua")
    @Allowed(Permission.RUN_CYCLE)
    Object change(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @RequestParam(name = "ban", defaultValue = "0") int version,
            @RequestParam MultiValueMap<String, String> fields) {
        cycles.getVisible(viewer, id);
        return save(viewer, id, version, fields);
    }

    private Object save(Viewer viewer, @Nullable UUID id, int version, MultiValueMap<String, String> fields) {
        var typed = new CycleFormPage.Typed(
                text(fields, "quy"), text(fields, "dot"), text(fields, "ten"), text(fields, "ngay"));
        List<Campaign> choice = choice(viewer);
        UUID wanted = Ids.read(typed.campaign());
        Campaign campaign = choice.stream()
                .filter(one -> one.id().equals(wanted))
                .findFirst()
                .orElse(null);
        var errors = FormErrors.NONE;
        if (campaign == null) {
            errors = errors.and("dot", Reason.of("assessments.plan.campaign.none"));
        }
        if (!typed.quarter().matches("[1-4]")) {
            errors = errors.and("quy", Reason.of("assessments.plan.quarter.none"));
        }
        LocalDate day = null;
        if (!typed.day().isBlank()) {
            if (VietnameseDates.parse(typed.day()) instanceof VietnameseDates.Parsed.Read(var read)) {
                day = read;
            } else {
                errors = errors.and("ngay", Reason.of("assessments.day.unread"));
            }
        }
        if (campaign == null || !errors.none()) {
            return new CycleFormPage(id, version, typed, choice, errors);
        }
        var period = new Period(campaign.year(), Integer.parseInt(typed.quarter()));
        var plan = new Cycles.Plan(
                period,
                campaign.id(),
                typed.title(),
                day == null ? cycles.assessmentDay(viewer.tenantId(), campaign.receiverUnit(), period) : day);
        Saved saved = id == null ? cycles.plan(viewer, plan) : cycles.change(viewer, id, version, plan);
        return switch (saved) {
            case Saved.Done(var written) -> Answer.done(LIST + "/" + written, "cycle-saved");
            case Saved.Refused(var field, var why) ->
                new CycleFormPage(id, version, typed, choice, FormErrors.of(field, why));
        };
    }

    private static String text(MultiValueMap<String, String> fields, String name) {
        String value = fields.getFirst(name);
        return value == null ? "" : value.length() > 400 ? value.substring(0, 400) : value;
    }

    @GetMapping(LIST + "/{id}")
    @Allowed({Permission.READ_ASSESSMENTS, Permission.RUN_CYCLE})
    View show(Viewer viewer, @PathVariable("id") UUID id) {
        return page(viewer, cycles.getVisible(viewer, id), false);
    }

    private View page(Viewer viewer, Cycle cycle, boolean refused) {
        UUID tenant = viewer.tenantId();
        boolean runs = access.covers(viewer, Permission.RUN_CYCLE, cycle.unitId());
        boolean draft = cycle.state() == Cycle.State.DRAFT;
        List<Exceptions.Made> made = cycles.exceptions(viewer, cycle);
        Set<UUID> who = new LinkedHashSet<>();
        Set<UUID> places = new LinkedHashSet<>();
        made.forEach(one -> {
            who.add(one.madeBy());
            if (one.unitId() != null) {
                places.add(one.unitId());
            }
        });
        places.add(cycle.unitId());
        return new CyclePage(
                cycle,
                campaigns.get(tenant, cycle.campaignId()),
                cycles.book(tenant, cycle),
                cycles.stages(tenant, cycle),
                runs && draft ? cycles.readiness(viewer, cycle) : new Readiness(0, 0, 0, List.of(), List.of()),
                cycle.opened() ? cycles.progress(viewer, cycle) : List.of(),
                made,
                new HashMap<>(units.names(tenant, places)),
                accounts.names(tenant, who),
                runs,
                cycle.state() == Cycle.State.CREATING && cycles.creating(tenant, cycle.id()),
                refused,
                LocalDate.now(clock));
    }

    @PostMapping(LIST + "/{id}/mo")
    @Allowed(Permission.RUN_CYCLE)
    Object open(Viewer viewer, @PathVariable("id") UUID id) {
        Cycle cycle = cycles.getVisible(viewer, id);
        return switch (cycles.open(viewer, id)) {
            case Opening.Opened opened -> Answer.done(LIST + "/" + id, "cycle-opened");
            case Opening.Later(var job, boolean own) ->
                own ? "redirect:/viec-nen/" + job : "redirect:" + LIST + "/" + id;
            case Opening.Refused refused -> page(viewer, cycle, true);
        };
    }

    @GetMapping(LIST + "/{id}/dieu-kien/{kind}")
    @Allowed(Permission.RUN_CYCLE)
    View gate(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @PathVariable("kind") String kind,
            @RequestParam(name = "trang", defaultValue = "1") int page) {
        Cycle cycle = cycles.getVisible(viewer, id);
        if (cycle.state() != Cycle.State.DRAFT) {
            throw new NotFound("gate");
        }
        CycleGate gate = CycleGate.Kind.find(kind)
                .flatMap(known -> cycles.readiness(viewer, cycle).gates().stream()
                        .filter(found -> found.kind() == known)
                        .findFirst())
                .orElseThrow(() -> new NotFound("gate"));
        int at = Math.clamp(page, 1, (int) Math.max(1, (gate.count() + PAGE - 1) / PAGE));
        return new CycleGatePage(
                cycle,
                gate.kind(),
                cycles.gateCases(viewer, cycle, gate.kind(), Paging.offset(at, PAGE), PAGE),
                new Paging(at, PAGE, gate.count(), LIST + "/" + id + "/dieu-kien/" + kind + "?"));
    }

    /** Whose posts in the quarter are not those of their forms. */
    @GetMapping(LIST + "/{id}/chuyen-don-vi")
    @Allowed(Permission.RUN_CYCLE)
    View strays(Viewer viewer, @PathVariable("id") UUID id) {
        Cycle cycle = cycles.getVisible(viewer, id);
        return new StraysPage(cycle, cycle.opened() ? forms.strays(viewer, cycle) : List.of());
    }

    @GetMapping(LIST + "/{id}/phieu")
    @Allowed({Permission.READ_ASSESSMENTS, Permission.RUN_CYCLE})
    View forms(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @RequestParam(name = "don-vi", defaultValue = "") String unit,
            @RequestParam(name = "tinh-trang", defaultValue = "") String state,
            @RequestParam(name = "tim", defaultValue = "") String words,
            @RequestParam(name = "trang", defaultValue = "1") int page) {
        Cycle cycle = cycles.getVisible(viewer, id);
        UUID unitId = Ids.read(unit);
        String chosen = Forms.CycleQuery.STATES.contains(state) ? state : "";
        var query = new Forms.CycleQuery(
                unitId, Texts.searchKey(words.length() > 100 ? words.substring(0, 100) : words), chosen);
        long total = forms.countOfCycle(viewer, cycle, query);
        int at = Math.clamp(page, 1, (int) Math.max(1, (total + PAGE - 1) / PAGE));
        return new FormsPage(
                cycle,
                forms.ofCycle(viewer, cycle, query, Paging.offset(at, PAGE), PAGE),
                cycles.progress(viewer, cycle),
                unitId,
                chosen,
                words,
                new Paging(
                        at,
                        PAGE,
                        total,
                        LIST + "/" + id + "/phieu?don-vi=" + (unitId == null ? "" : unitId.toString()) + "&tinh-trang="
                                + chosen + "&tim=" + Ui.encode(words) + "&"));
    }
}
