package vn.chuanmuc.signing.web;

import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
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
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.signing.AgencyCertificates;
import vn.chuanmuc.signing.TrustList;
import vn.chuanmuc.signing.TrustList.Item;
import vn.chuanmuc.signing.TrustList.Saved;
import vn.chuanmuc.signing.web.AgencyPage.Entered;
import vn.chuanmuc.ui.Answer;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

/** “Con dấu số”: which certificate is which unit's. */
@Controller
class AgencyController {
    static final String PATH = "/con-dau";
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy", Locale.ROOT);

    private final AgencyCertificates agencies;
    private final TrustList trust;
    private final Accounts accounts;
    private final Units units;
    private final UnitChoices choices;
    private final Clock clock;

    AgencyController(
            AgencyCertificates agencies,
            TrustList trust,
            Accounts accounts,
            Units units,
            UnitChoices choices,
            Clock clock) {
        this.agencies = agencies;
        this.trust = trust;
        this.accounts = accounts;
        this.units = units;
        this.choices = choices;
        this.clock = clock;
    }

    @GetMapping(PATH)
    @Allowed({Permission.MANAGE_TRUST, Permission.SEAL, Permission.READ_LEDGER})
    View page(Viewer viewer, AsOf asOf) {
        return page(viewer, asOf, null, null, nothing(), "", FormErrors.NONE);
    }

    private Entered nothing() {
        return new Entered("", "", DAY.format(today()), "");
    }

    private View page(
            Viewer viewer,
            AsOf asOf,
            @Nullable UUID unit,
            @Nullable String typed,
            Entered entered,
            String form,
            FormErrors errors) {
        List<Item> items = TrustController.on(agencies.list(viewer), asOf);
        Map<UUID, UUID> beside = asOf.past() ? Map.of() : agencies.linkedBeside(viewer, items);
        return new AgencyPage(
                items,
                units.names(
                        viewer.tenantId(),
                        Stream.concat(items.stream().map(Item::unitId), beside.values().stream())
                                .filter(Objects::nonNull)
                                .collect(Collectors.toSet())),
                accounts.names(
                        viewer.tenantId(),
                        items.stream()
                                .flatMap(item -> Stream.of(item.proposedBy(), item.decidedBy(), item.endedBy()))
                                .filter(Objects::nonNull)
                                .distinct()
                                .toList()),
                viewer.accountId(),
                !asOf.past() && agencies.decides(viewer),
                asOf.past() ? Set.of() : agencies.ends(viewer, items),
                beside,
                !asOf.past() && agencies.reach(viewer).length > 0 ? choice(viewer, unit, typed) : null,
                agencies.serverKeys(viewer),
                asOf,
                form,
                entered,
                errors);
    }

    private UnitChoice choice(Viewer viewer, @Nullable UUID unit, @Nullable String typed) {
        return choices.of(
                new Scope(viewer.tenantId(), viewer.accountId(), List.of(agencies.reach(viewer))), unit, typed);
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }

    private static @Nullable LocalDate date(String text) {
        return VietnameseDates.parse(text) instanceof VietnameseDates.Parsed.Read(var day) ? day : null;
    }

    @PostMapping(PATH)
    @Allowed({Permission.MANAGE_TRUST, Permission.SEAL})
    Object propose(
            Viewer viewer,
            @RequestParam(name = "don-vi", defaultValue = "") String unitId,
            @RequestParam(name = "don-vi-tim", required = false) @Nullable String typed,
            @RequestParam(name = "khoa", defaultValue = "") String key,
            @RequestParam(name = "tep", required = false) @Nullable MultipartFile file,
            @RequestParam(name = "can-cu", defaultValue = "") String basis,
            @RequestParam(name = "tu-ngay", defaultValue = "") String from,
            @RequestParam(name = "den-ngay", defaultValue = "") String to)
            throws IOException {
        var entered = new Entered(key, basis, from, to);
        UnitChoice choice = choice(viewer, Ids.read(unitId), typed);
        UUID unit = choice.unit();
        if (unit == null) {
            Reason why = choice.problem();
            return again(
                    viewer,
                    null,
                    typed,
                    entered,
                    FormErrors.of("don-vi", why == null ? Reason.of("signing.agency.unit.choose") : why));
        }
        LocalDate first = date(from);
        LocalDate last = date(to);
        if (first == null || last == null && !to.isBlank()) {
            return again(
                    viewer,
                    unit,
                    typed,
                    entered,
                    FormErrors.of(first == null ? "tu-ngay" : "den-ngay", Reason.of("signing.trust.date")));
        }
        if (file != null && file.getSize() > TrustList.LARGEST_CERTIFICATE) {
            return again(viewer, unit, typed, entered, FormErrors.of("tep", TrustController.TOO_LARGE));
        }
        return switch (agencies.propose(
                viewer, unit, key, file == null ? new byte[0] : file.getBytes(), basis, first, last)) {
            case Saved.Done done -> Answer.done(PATH, "agency-proposed");
            case Saved.Refused(var field, var why) -> again(viewer, unit, typed, entered, FormErrors.of(field, why));
        };
    }

    private View again(Viewer viewer, @Nullable UUID unit, @Nullable String typed, Entered entered, FormErrors errors) {
        return page(viewer, AsOf.today(today()), unit, typed, entered, AgencyPage.PROPOSAL, errors);
    }

    @PostMapping(PATH + "/{id}/{decision:xac-nhan|khong}")
    @Allowed(Permission.MANAGE_TRUST)
    Object decide(Viewer viewer, @PathVariable("id") UUID id, @PathVariable("decision") String decision) {
        boolean confirm = decision.equals("xac-nhan");
        return switch (trust.decide(viewer, id, confirm)) {
            case Saved.Done done -> Answer.done(PATH, confirm ? "agency-confirmed" : "trust-rejected");
            case Saved.Refused(var field, var why) ->
                page(viewer, AsOf.today(today()), null, null, nothing(), "", FormErrors.whole(why));
        };
    }

    @PostMapping(PATH + "/{id}/thoi")
    @Allowed({Permission.MANAGE_TRUST, Permission.SEAL})
    Object end(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @RequestParam(name = "ly-do", defaultValue = "") String reason) {
        return switch (trust.end(viewer, id, reason)) {
            case Saved.Done done -> Answer.done(PATH, "agency-ended");
            case Saved.Refused(var field, var why) ->
                page(viewer, AsOf.today(today()), null, null, nothing(), id.toString(), FormErrors.of(field, why));
        };
    }
}
