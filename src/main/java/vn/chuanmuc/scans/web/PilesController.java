package vn.chuanmuc.scans.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.directory.Scope;
import vn.chuanmuc.directory.UnitChoices;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.scans.Pile;
import vn.chuanmuc.scans.ScanPage;
import vn.chuanmuc.scans.Scans;
import vn.chuanmuc.scans.Scans.Done;
import vn.chuanmuc.scans.Scans.Overview;
import vn.chuanmuc.scans.Sheaf;
import vn.chuanmuc.scans.Sheaf.Group;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

/** Piles of scans: bringing them, how far they are, and their end. */
@Controller
class PilesController {
    static final String ADDRESS = "/ban-quet";
    private static final String TAKE = ADDRESS + "/moi";
    private static final String PILE = ADDRESS + "/{pile}";
    private static final int PAGE = 50;

    private final Scans scans;
    private final UnitChoices choices;
    private final Accounts accounts;
    private final Clock clock;

    PilesController(Scans scans, UnitChoices choices, Accounts accounts, Clock clock) {
        this.scans = scans;
        this.choices = choices;
        this.accounts = accounts;
        this.clock = clock;
    }

    @GetMapping(ADDRESS)
    @Allowed(Permission.RECORD_PAPER_SIGNATURE)
    View piles(Viewer viewer, AsOf asOf) {
        List<Pile> piles = scans.piles(viewer, asOf.pastEnd());
        return new PilesPage(
                piles,
                accounts.names(
                        viewer.tenantId(),
                        piles.stream().map(Pile::createdBy).distinct().toList()),
                scans.retentionDays(viewer, asOf.day()),
                asOf);
    }

    record TakeForm(
            @BindParam("chong") @Nullable String pile,
            @BindParam("dot") @Nullable String campaign,
            @BindParam("don-vi") @Nullable String unit,
            @BindParam("don-vi-tim") @Nullable String typedUnit,
            @BindParam("ten") @Nullable String label,
            @BindParam("ngay-ky") @Nullable String day) {
        @Nullable
        UUID pileId() {
            return pile == null ? null : Ids.read(pile);
        }

        @Nullable
        UUID campaignId() {
            return campaign == null ? null : Ids.read(campaign);
        }

        String dayOrNone() {
            return day == null ? "" : day;
        }
    }

    @GetMapping(TAKE)
    @Allowed(Permission.RECORD_PAPER_SIGNATURE)
    View taking(Viewer viewer, @ModelAttribute TakeForm form) {
        return page(viewer, form, FormErrors.NONE);
    }

    @PostMapping(TAKE)
    @Allowed(Permission.RECORD_PAPER_SIGNATURE)
    Object take(Viewer viewer, @RequestParam("tep") List<MultipartFile> files, @ModelAttribute TakeForm form)
            throws IOException {
        UnitChoice choice = choice(viewer, form);
        Reason problem = choice.problem();
        if (form.pileId() == null && problem != null) {
            return page(viewer, form, FormErrors.of("don-vi", problem));
        }
        Days day = Days.read(form.dayOrNone());
        if (day.wrong()) {
            return page(viewer, form, FormErrors.of("ngay-ky", Reason.of("scans.refused.date")));
        }
        var incoming = new ArrayList<Scans.Incoming>();
        try {
            for (MultipartFile file : files) {
                String name = file.getOriginalFilename() == null ? "" : file.getOriginalFilename();
                if (file.isEmpty() && name.isEmpty()) {
                    continue; // the field was left empty
                }
                Path copy = Files.createTempFile("quet", ".tep");
                incoming.add(new Scans.Incoming(name, copy));
                file.transferTo(copy);
            }
            var brought = new Scans.Bringing(
                    form.pileId(),
                    form.campaignId(),
                    choice.unit(),
                    form.label() == null ? "" : form.label(),
                    day.day(),
                    incoming);
            return switch (scans.take(viewer, brought)) {
                case Scans.Taking.Taken(var pile, var known) ->
                    "redirect:" + ADDRESS + "/" + pile + "?xong="
                            + (known.isEmpty() ? "scans-taken" : "scans-taken-some");
                case Scans.Taking.Refused(var field, var why) -> page(viewer, form, FormErrors.of(field, why));
            };
        } finally {
            for (Scans.Incoming file : incoming) {
                Files.deleteIfExists(file.file());
            }
        }
    }

    private UnitChoice choice(Viewer viewer, TakeForm form) {
        var scope = new Scope(
                viewer.tenantId(), viewer.accountId(), List.of(viewer.unitsWith(Permission.RECORD_PAPER_SIGNATURE)));
        UUID unit = form.unit() == null ? null : Ids.read(form.unit());
        UnitChoice choice = choices.of(scope, LocalDate.now(clock), unit, form.typedUnit());
        return choice.unit() == null
                        && unit == null
                        && choice.few()
                        && !choice.options().isEmpty()
                ? choices.of(
                        scope, LocalDate.now(clock), choice.options().getFirst().id(), null)
                : choice;
    }

    private View page(Viewer viewer, TakeForm form, FormErrors errors) {
        UUID pile = form.pileId();
        List<Campaign> campaigns = scans.campaigns(viewer);
        return new TakePage(
                pile == null ? null : scans.pile(viewer, pile),
                campaigns,
                form.campaignId() == null && !campaigns.isEmpty()
                        ? campaigns.getFirst().id()
                        : form.campaignId(),
                choice(viewer, form),
                form.label() == null ? "" : form.label(),
                form.dayOrNone(),
                errors);
    }

    @GetMapping(PILE)
    @Allowed(Permission.RECORD_PAPER_SIGNATURE)
    View pile(
            Viewer viewer,
            AsOf asOf,
            @PathVariable("pile") UUID id,
            @RequestParam(name = "nhom", defaultValue = "") String group,
            @RequestParam(name = "trang", defaultValue = "1") int page) {
        return asOf.past() ? then(viewer, id, asOf) : page(viewer, asOf, id, group, page, null, FormErrors.NONE);
    }

    private View then(Viewer viewer, UUID id, AsOf asOf) {
        Optional<Scans.Then> then = scans.then(viewer, id, asOf.end());
        return new PileThenPage(
                scans.pile(viewer, id).label(),
                then.orElse(null),
                accounts.names(
                        viewer.tenantId(),
                        then.stream()
                                .flatMap(one -> Stream.concat(
                                        Stream.of(
                                                one.pile().createdBy(),
                                                one.pile().finishedBy()),
                                        one.decided().stream().map(Scans.Decided::by)))
                                .filter(Objects::nonNull)
                                .distinct()
                                .toList()),
                asOf);
    }

    private View page(Viewer viewer, UUID id, String wanted, int page, @Nullable String day, FormErrors errors) {
        return page(viewer, AsOf.today(LocalDate.now(clock)), id, wanted, page, day, errors);
    }

    private View page(
            Viewer viewer, AsOf asOf, UUID id, String wanted, int page, @Nullable String day, FormErrors errors) {
        Overview overview = scans.overview(viewer, id);
        @Nullable Group group = group(overview, wanted);
        List<Sheaf> papers = group == null ? List.of() : overview.in(group);
        List<ScanPage> loose = group == null ? overview.loose() : List.of();
        int total = papers.size() + loose.size();
        int shown = Math.clamp(page, 1, Math.max(1, (total + PAGE - 1) / PAGE));
        int from = Paging.offset(shown, PAGE);
        LocalDate signedOn = overview.pile().signedOn();
        return new PilePage(
                overview,
                group,
                papers.stream().skip(from).limit(PAGE).toList(),
                loose.stream().skip(from).limit(PAGE).toList(),
                new Paging(
                        shown,
                        PAGE,
                        total,
                        ADDRESS + "/" + id + "?nhom=" + (group == null ? PilePage.LOOSE : group.code()) + "&"),
                accounts.names(
                        viewer.tenantId(),
                        Stream.concat(
                                        Stream.of(
                                                overview.pile().createdBy(),
                                                overview.pile().finishedBy()),
                                        papers.stream()
                                                .flatMap(paper -> Stream.of(paper.decidedBy(), paper.otherAccount())))
                                .filter(Objects::nonNull)
                                .distinct()
                                .toList()),
                day != null ? day : signedOn == null ? "" : VietnameseDates.format(signedOn),
                scans.retentionDays(viewer),
                errors,
                asOf);
    }

    /** What was asked for, or the first that holds something; null for the pages without a paper. */
    private static @Nullable Group group(Overview overview, String wanted) {
        if (wanted.equals(PilePage.LOOSE)) {
            return null;
        }
        return Arrays.stream(Group.values())
                .filter(group -> group.code().equals(wanted))
                .findFirst()
                .or(() -> Arrays.stream(Group.values())
                        .filter(group -> !overview.in(group).isEmpty())
                        .findFirst())
                .orElse(overview.loose().isEmpty() ? Group.READY : null);
    }

    private Object done(Viewer viewer, UUID id, Done done, String told, @Nullable String day) {
        return switch (done) {
            case Done.Yes() -> "redirect:" + ADDRESS + "/" + id + "?xong=" + told;
            case Done.Refused(var field, var why) -> page(viewer, id, "", 1, day, FormErrors.of(field, why));
        };
    }

    @PostMapping(PILE + "/dung")
    @Allowed(Permission.RECORD_PAPER_SIGNATURE)
    String stop(Viewer viewer, @PathVariable("pile") UUID id) {
        scans.stop(viewer, id);
        return "redirect:" + ADDRESS + "/" + id + "?xong=scans-stopped";
    }

    @PostMapping(PILE + "/doc-tiep")
    @Allowed(Permission.RECORD_PAPER_SIGNATURE)
    Object resume(Viewer viewer, @PathVariable("pile") UUID id) {
        return done(viewer, id, scans.resume(viewer, id), "scans-resumed", null);
    }

    @PostMapping(PILE + "/ngay-ky")
    @Allowed(Permission.RECORD_PAPER_SIGNATURE)
    Object signedOn(
            Viewer viewer,
            @PathVariable("pile") UUID id,
            @RequestParam(name = "ngay-chung", defaultValue = "") String text) {
        Days day = Days.read(text);
        return done(
                viewer,
                id,
                day.wrong()
                        ? new Done.Refused("ngay-chung", Reason.of("scans.refused.date"))
                        : scans.signedOn(viewer, id, day.day()),
                "scans-day",
                text);
    }

    @PostMapping(PILE + "/xac-nhan")
    @Allowed(Permission.RECORD_PAPER_SIGNATURE)
    Object confirm(Viewer viewer, @PathVariable("pile") UUID id) {
        return done(viewer, id, scans.confirmLooked(viewer, id), "scans-confirming", null);
    }

    @PostMapping(PILE + "/ket-thuc")
    @Allowed(Permission.RECORD_PAPER_SIGNATURE)
    Object finish(
            Viewer viewer,
            @PathVariable("pile") UUID id,
            @RequestParam(name = "van-ket-thuc", defaultValue = "false") boolean anyway) {
        return done(viewer, id, scans.finish(viewer, id, anyway), "scans-finished", null);
    }

    @PostMapping(PILE + "/mo-lai")
    @Allowed(Permission.RECORD_PAPER_SIGNATURE)
    Object reopen(Viewer viewer, @PathVariable("pile") UUID id) {
        return done(viewer, id, scans.reopen(viewer, id), "scans-reopened", null);
    }
}
