package vn.chuanmuc.campaigns.web;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
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
import vn.chuanmuc.campaigns.Branches;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.campaigns.Campaigns.Closing;
import vn.chuanmuc.campaigns.Campaigns.Launch;
import vn.chuanmuc.campaigns.Campaigns.Readiness;
import vn.chuanmuc.campaigns.Campaigns.RosterEntry;
import vn.chuanmuc.campaigns.Campaigns.Saved;
import vn.chuanmuc.campaigns.Campaigns.State;
import vn.chuanmuc.campaigns.Campaigns.Turned;
import vn.chuanmuc.campaigns.Gate;
import vn.chuanmuc.campaigns.SigningProgress;
import vn.chuanmuc.campaigns.SigningProgress.Signed;
import vn.chuanmuc.campaigns.Supplements;
import vn.chuanmuc.criteria.Criteria;
import vn.chuanmuc.directory.Lines;
import vn.chuanmuc.directory.Scope;
import vn.chuanmuc.directory.UnitChoices;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.directory.Units.Unit;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.ui.Answer;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.NotYet;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

/** The campaigns of the years: planned, checked, opened. */
@Controller
class CampaignsController {
    static final String LIST = "/dot";
    static final int DEEPEST_PAGE = 10_000;
    private static final int PAGE = 50;

    private static final Readiness NOTHING_MISSING = new Readiness(0, List.of());

    private final Campaigns campaigns;
    private final Supplements supplements;
    private final SigningProgress signing;
    private final Criteria criteria;
    private final Units units;
    private final UnitChoices choices;
    private final Lines lines;
    private final Access access;
    private final Accounts accounts;
    private final Clock clock;

    CampaignsController(
            Campaigns campaigns,
            Supplements supplements,
            SigningProgress signing,
            Criteria criteria,
            Units units,
            UnitChoices choices,
            Lines lines,
            Access access,
            Accounts accounts,
            Clock clock) {
        this.campaigns = campaigns;
        this.supplements = supplements;
        this.signing = signing;
        this.criteria = criteria;
        this.units = units;
        this.choices = choices;
        this.lines = lines;
        this.access = access;
        this.accounts = accounts;
        this.clock = clock;
    }

    @GetMapping(LIST)
    @Allowed(Permission.READ_CAMPAIGNS)
    View list(Viewer viewer, @RequestParam(name = AsOf.PARAMETER, defaultValue = "") String day) {
        AsOf asOf = AsOf.read(day, LocalDate.now(clock));
        List<Campaign> visible = asOf.past() ? campaigns.visible(viewer, asOf.day()) : campaigns.visible(viewer);
        Map<UUID, Signed> progress =
                progress(viewer, visible.stream().map(Campaign::id).toList(), asOf);
        Set<UUID> own = asOf.past() ? Set.of() : own(viewer);
        return new CampaignsPage(
                visible.stream()
                        .map(campaign -> new CampaignsPage.Line(
                                campaign, progress.get(campaign.id()), own.contains(campaign.id())))
                        .toList(),
                viewer.may(Permission.RUN_CAMPAIGN) && !asOf.past(),
                asOf);
    }

    private Map<UUID, Signed> progress(Viewer viewer, Collection<UUID> ids, AsOf asOf) {
        UUID[] held = viewer.unitsWith(Permission.READ_CAMPAIGNS);
        if (held.length == 0 || ids.isEmpty()) {
            return Map.of();
        }
        return asOf.past()
                ? signing.progress(viewer.tenantId(), ids, held, asOf.day())
                : signing.progress(viewer.tenantId(), ids, held);
    }

    private AsOf today() {
        return AsOf.read("", LocalDate.now(clock));
    }

    private Set<UUID> own(Viewer viewer) {
        var own = new LinkedHashSet<UUID>();
        UUID person = viewer.personId();
        if (person != null) {
            campaigns.rostersOf(viewer.tenantId(), person).stream()
                    .map(RosterEntry::campaignId)
                    .forEach(own::add);
        }
        return own;
    }

    @GetMapping(LIST + "/moi")
    @Allowed(Permission.RUN_CAMPAIGN)
    View planNew(
            Viewer viewer,
            @RequestParam(name = "nam", defaultValue = "") String year,
            @RequestParam(name = "tuyen", defaultValue = "") String line) {
        int number = year.matches("\\d{4}")
                ? Integer.parseInt(year)
                : LocalDate.now(clock).getYear();
        List<Unit> tree = tree(viewer);
        // who has several tops receives for the first of them, until they say otherwise
        List<Unit> below = IntStream.range(0, tree.size())
                .takeWhile(i -> i == 0 || tree.get(i).depth() > tree.getFirst().depth())
                .mapToObj(tree::get)
                .toList();
        String deadline = Campaigns.proposedDeadline(number)
                .map(known -> VietnameseDates.format(known.in(number)))
                .orElse("");
        var published = criteria.published(viewer.tenantId());
        UUID lineId = Ids.read(line);
        List<UUID> offered = below.stream()
                .filter(unit -> unit.kind() != Units.Kind.ROOT)
                .map(Unit::id)
                .toList();
        Set<UUID> standing = lineId == null ? Set.of() : campaigns.unitsOfLine(viewer.tenantId(), offered, lineId);
        var form = new CampaignForm(
                String.valueOf(number),
                "",
                "",
                "",
                published.isEmpty() ? "" : published.getFirst().id().toString(),
                deadline,
                deadline,
                receiver(viewer, lineId, tree, below),
                Set.of(Campaigns.methods().getFirst()),
                CampaignForm.texts(standing.isEmpty() ? offered : List.copyOf(standing)),
                line);
        return page(viewer, null, 0, sent(viewer, tree, form), FormErrors.NONE);
    }

    /** The unit above the line's places, where the viewer may receive for it; otherwise their own top unit. */
    private String receiver(Viewer viewer, @Nullable UUID line, List<Unit> tree, List<Unit> below) {
        if (tree.isEmpty()) {
            return "";
        }
        List<UUID> chosen = below.stream()
                .filter(unit -> unit.kind() != Units.Kind.ROOT)
                .map(Unit::id)
                .toList();
        return java.util.Optional.ofNullable(line)
                .flatMap(id -> lines.receiver(viewer.tenantId(), id, LocalDate.now(clock), chosen))
                .filter(unit -> tree.stream().anyMatch(known -> known.id().equals(unit)))
                .orElse(tree.getFirst().id())
                .toString();
    }

    private List<Unit> tree(Viewer viewer) {
        return units.under(viewer.tenantId(), viewer.unitsWith(Permission.RUN_CAMPAIGN));
    }

    private UnitChoice choice(Viewer viewer, String id, @Nullable String typed) {
        return choices.of(
                new Scope(viewer.tenantId(), viewer.accountId(), List.of(viewer.unitsWith(Permission.RUN_CAMPAIGN))),
                Ids.read(id),
                typed);
    }

    /**
     * A plan as it was sent.
     *
     * @param tree the units to choose from
     * @param added the unit that is just being added to those chosen, where there are too many to tick
     * @param kind how it is added
     * @param again only to be shown again: something of it was changed, added or is still to be found
     */
    private record Sent(
            CampaignForm form,
            List<Unit> tree,
            UnitChoice receiver,
            UnitChoice added,
            String kind,
            boolean again,
            FormErrors errors) {}

    private Sent sent(Viewer viewer, List<Unit> tree, CampaignForm form) {
        return new Sent(
                form,
                tree,
                choice(viewer, form.receiver(), null),
                choice(viewer, "", null),
                Branches.Kind.WITH.code(),
                false,
                FormErrors.NONE);
    }

    private Sent sent(Viewer viewer, MultiValueMap<String, String> fields) {
        List<Unit> tree = tree(viewer);
        UnitChoice receiver = choice(viewer, text(fields, "noi-nhan"), fields.getFirst("noi-nhan-tim"));
        UnitChoice added = choice(viewer, text(fields, "nhanh-moi"), fields.getFirst("nhanh-moi-tim"));
        boolean again = fields.containsKey("xem");
        FormErrors errors = FormErrors.NONE;
        Set<String> chosen;
        if (receiver.few()) {
            chosen = new LinkedHashSet<>(fields.getOrDefault("don-vi", List.of()));
        } else {
            Branches branches = Branches.read(fields.getOrDefault("nhanh", List.of()));
            var forgotten = Branches.Mark.read(text(fields, "bo"));
            boolean adds =
                    fields.containsKey("them") || !text(fields, "nhanh-moi-tim").isBlank();
            UUID unit = added.unit();
            if (forgotten.isPresent()) {
                branches = branches.without(tree, forgotten.get());
            } else if (adds && unit != null) {
                branches = branches.and(
                        tree,
                        new Branches.Mark(
                                Branches.Kind.find(text(fields, "cach")).orElse(Branches.Kind.WITH), unit));
                added = choice(viewer, "", null);
            } else if (adds) {
                Reason why = added.problem();
                errors = FormErrors.of("nhanh-moi", why == null ? Reason.of("ui.unit-choice.empty") : why);
            }
            again |= adds || forgotten.isPresent();
            chosen = CampaignForm.texts(List.copyOf(branches.units(tree)));
        }
        UUID receives = receiver.unit();
        return new Sent(
                new CampaignForm(
                        text(fields, "nam"),
                        text(fields, "ten"),
                        text(fields, "so-ke-hoach"),
                        text(fields, "ngay-ke-hoach"),
                        text(fields, "van-ban"),
                        text(fields, "han-ky"),
                        text(fields, "han-nop"),
                        receiver.few() ? text(fields, "noi-nhan") : receives == null ? "" : receives.toString(),
                        new LinkedHashSet<>(fields.getOrDefault("hinh-thuc", List.of())),
                        chosen,
                        text(fields, "tuyen")),
                tree,
                receiver,
                added,
                text(fields, "cach"),
                again,
                errors);
    }

    private static String text(MultiValueMap<String, String> fields, String name) {
        String value = fields.getFirst(name);
        return value == null ? "" : value;
    }

    @PostMapping(LIST + "/moi")
    @Allowed(Permission.RUN_CAMPAIGN)
    Object create(Viewer viewer, @RequestParam MultiValueMap<String, String> fields) {
        Sent sent = sent(viewer, fields);
        if (sent.again()) {
            return page(viewer, null, 0, sent, sent.errors());
        }
        return switch (sent.form().read()) {
            case CampaignForm.Read.Wrong(var errors) -> page(viewer, null, 0, sent, errors);
            case CampaignForm.Read.Done(var plan) -> answer(viewer, null, 0, sent, campaigns.create(viewer, plan));
        };
    }

    @GetMapping(LIST + "/{id}/sua")
    @Allowed(Permission.RUN_CAMPAIGN)
    Object edit(Viewer viewer, @PathVariable("id") UUID id) {
        Campaign campaign = campaigns.getVisible(viewer, id);
        access.require(viewer, Permission.RUN_CAMPAIGN, campaign.receiverUnit());
        if (campaign.state() != State.DRAFT) {
            return "redirect:" + LIST + "/" + id;
        }
        if (campaign.supplementary()) {
            return "redirect:" + SupplementController.address(campaign) + "#dot";
        }
        List<UUID> chosen = campaigns.participants(viewer.tenantId(), campaign).units().stream()
                .map(Unit::id)
                .toList();
        return page(
                viewer,
                id,
                campaign.version(),
                sent(viewer, tree(viewer), CampaignForm.of(campaign, chosen)),
                FormErrors.NONE);
    }

    @PostMapping(LIST + "/{id}/sua")
    @Allowed(Permission.RUN_CAMPAIGN)
    Object change(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @RequestParam(name = "ban", defaultValue = "0") int version,
            @RequestParam MultiValueMap<String, String> fields) {
        campaigns.getVisible(viewer, id);
        Sent sent = sent(viewer, fields);
        if (sent.again()) {
            return page(viewer, id, version, sent, sent.errors());
        }
        return switch (sent.form().read()) {
            case CampaignForm.Read.Wrong(var errors) -> page(viewer, id, version, sent, errors);
            case CampaignForm.Read.Done(var plan) ->
                answer(viewer, id, version, sent, campaigns.change(viewer, id, version, plan));
        };
    }

    private Object answer(Viewer viewer, @Nullable UUID id, int version, Sent sent, Saved saved) {
        return switch (saved) {
            case Saved.Done(var written) -> Answer.done(LIST + "/" + written, "campaign-saved");
            case Saved.Refused(var why) -> page(viewer, id, version, sent, new FormErrors(why));
        };
    }

    private View page(Viewer viewer, @Nullable UUID id, int version, Sent sent, FormErrors errors) {
        Set<UUID> chosen = sent.form().unitIds();
        boolean few = sent.receiver().few();
        return new CampaignFormPage(
                id,
                version,
                sent.form(),
                criteria.published(viewer.tenantId()),
                sent.receiver(),
                few ? sent.tree() : List.of(),
                few ? List.of() : BranchLine.of(sent.tree(), Branches.of(sent.tree(), chosen)),
                sent.added(),
                sent.kind(),
                chosen.size(),
                campaigns.people(viewer.tenantId(), chosen, Ids.read(sent.form().line())),
                lines.list(viewer.tenantId(), LocalDate.now(clock)),
                errors);
    }

    @GetMapping(LIST + "/{id}")
    @Allowed(Permission.READ_CAMPAIGNS)
    View show(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @RequestParam(name = AsOf.PARAMETER, defaultValue = "") String day) {
        AsOf asOf = AsOf.read(day, LocalDate.now(clock));
        Campaign campaign = campaigns.getVisible(viewer, id);
        if (asOf.past()) {
            var then = campaigns.on(viewer.tenantId(), id, asOf.day());
            return then.isPresent()
                    ? page(viewer, then.get(), NOTHING_MISSING, null, asOf)
                    : new NotYet(campaign.title(), LIST, "campaigns.list.title", "campaigns.not-yet", asOf);
        }
        boolean draft = campaign.state() == State.DRAFT;
        return page(viewer, campaign, draft ? campaigns.readiness(viewer, campaign) : NOTHING_MISSING, null, asOf);
    }

    private View page(Viewer viewer, Campaign campaign, Readiness readiness, @Nullable String refused, AsOf asOf) {
        boolean draft = campaign.state() == State.DRAFT;
        boolean mayRun = !asOf.past() && access.covers(viewer, Permission.RUN_CAMPAIGN, campaign.receiverUnit());
        Campaigns.Participants participants = campaigns.participants(viewer.tenantId(), campaign);
        List<Closing> closings = draft ? List.of() : campaigns.closings(viewer.tenantId(), campaign.id(), asOf.day());
        return new CampaignPage(
                viewer,
                campaign,
                criteria.findPublished(viewer.tenantId(), campaign.decisionId()).orElse(null),
                units.names(viewer.tenantId(), List.of(campaign.receiverUnit()))
                        .getOrDefault(campaign.receiverUnit(), ""),
                java.util.Optional.ofNullable(campaign.lineId())
                        .flatMap(line -> lines.find(viewer.tenantId(), line))
                        .map(Lines.Line::name)
                        .orElse(null),
                participants.units(),
                participants.units().size() <= UnitChoices.FEW
                        ? List.of()
                        : BranchLine.of(participants.tree(), participants.branches()),
                readiness,
                draft
                        ? null
                        : campaigns.frozen(viewer.tenantId(), campaign.id()).orElse(null),
                draft ? null : progress(viewer, List.of(campaign.id()), asOf).get(campaign.id()),
                closings,
                accounts.names(
                        viewer.tenantId(),
                        closings.stream().map(Closing::madeBy).distinct().toList()),
                mayRun && campaign.state() == State.LAUNCHED
                        ? campaigns.lists(viewer.tenantId(), campaign.id(), 0)
                        : null,
                mayRun,
                viewer.may(Permission.READ_PEOPLE),
                viewer.may(Permission.READ_PROGRESS),
                !draft && !asOf.past() && own(viewer).contains(campaign.id()),
                draft && !asOf.past() && campaigns.launching(viewer.tenantId(), campaign.id()),
                supplementsOf(viewer, campaign, asOf),
                refused,
                asOf);
    }

    /** On a day that is past: those that were opened by then, and neither what waits nor how the year stands now. */
    private CampaignPage.Supplementary supplementsOf(Viewer viewer, Campaign campaign, AsOf asOf) {
        UUID base = campaign.baseId();
        UUID replaced = campaign.replacedDecision();
        List<Campaign> later = base != null
                ? List.of()
                : supplements.of(viewer.tenantId(), campaign.id()).stream()
                        .filter(one -> !asOf.past() || openedBy(one, asOf.day()))
                        .toList();
        return new CampaignPage.Supplementary(
                base == null ? null : campaigns.get(viewer.tenantId(), base),
                replaced == null
                        ? null
                        : criteria.findPublished(viewer.tenantId(), replaced).orElse(null),
                later,
                asOf.past()
                        ? List.of()
                        : supplements.successors(viewer.tenantId(), campaign).stream()
                                .filter(decision -> later.stream()
                                        .noneMatch(one -> one.decisionId().equals(decision.id())))
                                .toList(),
                asOf.past() || later.stream().allMatch(one -> one.state() == State.DRAFT)
                        ? null
                        : supplements.year(viewer, campaign).orElse(null),
                asOf.past() || base == null ? List.of() : supplements.late(viewer, campaign),
                VietnameseDates.format(LocalDate.now(clock)));
    }

    private boolean openedBy(Campaign campaign, LocalDate day) {
        Instant opened = campaign.launchedAt();
        return opened != null && !LocalDate.ofInstant(opened, clock.getZone()).isAfter(day);
    }

    @GetMapping(LIST + "/{id}/dieu-kien/{kind}")
    @Allowed(Permission.READ_CAMPAIGNS)
    View gate(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @PathVariable("kind") String kind,
            @RequestParam(name = "trang", defaultValue = "1") int page) {
        Campaign campaign = campaigns.getVisible(viewer, id);
        if (campaign.state() != State.DRAFT) {
            throw new NotFound("gate");
        }
        Gate gate = Gate.Kind.find(kind)
                .flatMap(known -> campaigns.gate(viewer, campaign, known))
                .orElseThrow(() -> new NotFound("gate"));
        int pages = (int) Math.max(1, (gate.count() + PAGE - 1) / PAGE);
        int at = Math.clamp(page, 1, Math.min(pages, DEEPEST_PAGE));
        return new GatePage(
                viewer,
                campaign,
                gate.kind(),
                campaigns.gateCases(viewer, campaign, gate.kind(), Paging.offset(at, PAGE), PAGE),
                new Paging(at, PAGE, gate.count(), LIST + "/" + id + "/dieu-kien/" + kind + "?"));
    }

    @PostMapping(LIST + "/{id}/mo")
    @Allowed(Permission.RUN_CAMPAIGN)
    Object launch(Viewer viewer, @PathVariable("id") UUID id) {
        Campaign campaign = campaigns.getVisible(viewer, id);
        return switch (campaigns.launchOrAsk(viewer, id)) {
            case Launch.Launched launched -> Answer.done(LIST + "/" + id, "campaign-launched");
            case Launch.Later(var job, var own) -> own ? "redirect:/viec-nen/" + job : "redirect:" + LIST + "/" + id;
            case Launch.Refused refused ->
                page(viewer, campaign, campaigns.readiness(viewer, campaign), "campaigns.launch.refused", today());
            case Launch.Moved moved ->
                page(viewer, campaign, campaigns.readiness(viewer, campaign), "campaigns.job.launch.moved", today());
        };
    }

    @GetMapping(LIST + "/{id}/dong")
    @Allowed(Permission.RUN_CAMPAIGN)
    Object askToClose(Viewer viewer, @PathVariable("id") UUID id) {
        return ask(viewer, id, State.LAUNCHED, "", FormErrors.NONE);
    }

    @PostMapping(LIST + "/{id}/dong")
    @Allowed(Permission.RUN_CAMPAIGN)
    Object close(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @RequestParam(name = "ly-do", defaultValue = "") String reason) {
        campaigns.getVisible(viewer, id);
        return turned(campaigns.close(viewer, id, reason), viewer, id, State.LAUNCHED, reason, "campaign-closed");
    }

    @GetMapping(LIST + "/{id}/mo-lai")
    @Allowed(Permission.RUN_CAMPAIGN)
    Object askToReopen(Viewer viewer, @PathVariable("id") UUID id) {
        return ask(viewer, id, State.CLOSED, "", FormErrors.NONE);
    }

    @PostMapping(LIST + "/{id}/mo-lai")
    @Allowed(Permission.RUN_CAMPAIGN)
    Object reopen(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @RequestParam(name = "ly-do", defaultValue = "") String reason) {
        campaigns.getVisible(viewer, id);
        return turned(campaigns.reopen(viewer, id, reason), viewer, id, State.CLOSED, reason, "campaign-reopened");
    }

    /** A second click on what is done already is told as done. */
    private Object turned(Turned outcome, Viewer viewer, UUID id, State from, String reason, String done) {
        return switch (outcome) {
            case Turned.Done _, Turned.Already _ -> Answer.done(LIST + "/" + id, done);
            case Turned.Refused(var field, var why) -> ask(viewer, id, from, reason, FormErrors.of(field, why));
        };
    }

    private Object ask(Viewer viewer, UUID id, State from, String reason, FormErrors errors) {
        Campaign campaign = campaigns.getVisible(viewer, id);
        access.require(viewer, Permission.RUN_CAMPAIGN, campaign.receiverUnit());
        if (campaign.state() != from) {
            return "redirect:" + LIST + "/" + id;
        }
        return new ClosePage(
                campaign,
                campaigns.lists(viewer.tenantId(), id, ClosePage.SHOWN),
                progress(viewer, List.of(id), today()).getOrDefault(id, new Signed(0, 0)),
                reason,
                errors);
    }

    @GetMapping(LIST + "/{id}/doi-chieu")
    @Allowed(Permission.READ_PEOPLE)
    View check(Viewer viewer, @PathVariable("id") UUID id) {
        Campaign campaign = campaigns.getVisible(viewer, id);
        return new RosterCheckPage(campaign, campaigns.checkRoster(viewer.tenantId(), id));
    }
}
