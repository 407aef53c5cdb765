package vn.chuanmuc.access.web;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.ledger.Entry;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** The acts as recorded, newest first, for inspectors: who, when, what, and the hashes to check them by. */
@Controller
class LedgerController {
    static final String ADDRESS = "/nhat-ky";
    private static final int LINES = 200;
    /** So many people of a name are offered. */
    private static final int MOST_PEOPLE = 20;

    private final Ledger ledger;
    private final Accounts accounts;
    private final Access access;
    private final Units units;

    LedgerController(Ledger ledger, Accounts accounts, Access access, Units units) {
        this.ledger = ledger;
        this.accounts = accounts;
        this.access = access;
        this.units = units;
    }

    /** What was asked for, as it was typed. @param who a name or sign-in name, {@code actor} the account chosen of several */
    record Asked(
            String from,
            String to,
            String act,
            String who,
            String actor,
            @Nullable UUID subject) {}

    @GetMapping(ADDRESS)
    @Allowed(Permission.READ_LEDGER)
    View acts(
            Viewer viewer,
            AsOf asOf,
            @RequestParam(name = "ve", required = false) @Nullable UUID subject,
            @RequestParam(name = "tu", defaultValue = "") String from,
            @RequestParam(name = "den", defaultValue = "") String to,
            @RequestParam(name = "viec", defaultValue = "") String act,
            @RequestParam(name = "nguoi", defaultValue = "") String who,
            @RequestParam(name = "ai", defaultValue = "") String actor,
            @RequestParam(name = "truoc", required = false) @Nullable UUID before) {
        UUID tenant = viewer.tenantId();
        access.require(viewer, Permission.READ_LEDGER, units.root(tenant));
        // Whoever runs the system sees who holds which account, not what people gave as reasons.
        boolean whole = viewer.grants().stream().anyMatch(grant -> grant.role() == Role.INSPECTOR);
        String start = whole ? "" : "access.";
        var asked = new Asked(from.strip(), to.strip(), act, who.strip(), actor, subject);
        List<String> kinds = ledger.acts(tenant, start);
        FormErrors errors = FormErrors.NONE;
        LocalDate first = null;
        LocalDate last = null;
        if (!asked.from().isEmpty()) {
            first = day(asked.from());
            errors = first == null ? errors.and("tu", Reason.of("access.ledger.day.wrong")) : errors;
        }
        if (!asked.to().isEmpty()) {
            last = day(asked.to());
            errors = last == null ? errors.and("den", Reason.of("access.ledger.day.wrong")) : errors;
        }
        if (first != null && last != null && last.isBefore(first)) {
            errors = errors.and("den", Reason.of("access.ledger.day.order", first));
        }
        if (!act.isEmpty() && !kinds.contains(act)) {
            errors = errors.and("viec", Reason.of("access.ledger.act.none"));
        }
        UUID chosen = Ids.read(actor);
        List<Accounts.Listed> people = List.of();
        if (!asked.who().isEmpty() && chosen == null) {
            people = accounts.list(tenant, asked.who(), 0, MOST_PEOPLE);
            if (people.size() == 1) {
                chosen = people.getFirst().id();
                people = List.of();
            } else {
                errors = errors.and(
                        "nguoi", Reason.of(people.isEmpty() ? "access.ledger.who.none" : "access.ledger.who.several"));
            }
        }
        List<Entry> entries = errors.none()
                ? ledger.search(
                        tenant,
                        new Ledger.Search(
                                start,
                                act,
                                subject,
                                chosen,
                                first == null ? null : AsOf.today(first).start(),
                                until(last, asOf)),
                        before,
                        LINES)
                : List.of();
        var names = accounts.names(tenant, entries.stream().map(Entry::actor).collect(Collectors.toSet()));
        return new LedgerPage(
                entries.stream()
                        .map(entry -> new LedgerPage.Line(
                                entry.at(),
                                entry.act(),
                                names.getOrDefault(entry.actor(), ""),
                                entry.subject(),
                                entry.payload(),
                                HexFormat.of().formatHex(entry.payloadHash()),
                                entry.documentHash() == null
                                        ? ""
                                        : HexFormat.of().formatHex(entry.documentHash())))
                        .toList(),
                asked,
                chosen,
                chosen == null ? "" : accounts.names(tenant, List.of(chosen)).getOrDefault(chosen, ""),
                kinds,
                people,
                entries.size() < LINES ? null : entries.getLast().id(),
                before != null,
                errors,
                asOf);
    }

    private static @Nullable LocalDate day(String typed) {
        return VietnameseDates.parse(typed) instanceof VietnameseDates.Parsed.Read(var day) ? day : null;
    }

    /** The end of the last day asked for, and no later than the day the page shows. */
    private static @Nullable Instant until(@Nullable LocalDate last, AsOf asOf) {
        if (last != null && (!asOf.past() || last.isBefore(asOf.day()))) {
            return AsOf.today(last).end();
        }
        return asOf.pastEnd();
    }
}
