package vn.chuanmuc.access.web;

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
import vn.chuanmuc.ledger.Entry;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ui.View;

/** The acts as recorded, newest first, for inspectors: who, when, what, and the hashes to check them by. */
@Controller
class LedgerController {
    private static final int LINES = 200;

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

    @GetMapping("/nhat-ky")
    @Allowed(Permission.READ_LEDGER)
    View newest(
            Viewer viewer,
            @RequestParam(name = "ve", required = false) @Nullable UUID subject,
            @RequestParam(name = "truoc", required = false) @Nullable UUID before) {
        access.require(viewer, Permission.READ_LEDGER, units.root(viewer.tenantId()));
        // Whoever runs the system sees who holds which account, not what people gave as reasons.
        boolean whole = viewer.grants().stream().anyMatch(grant -> grant.role() == Role.INSPECTOR);
        List<Entry> entries = ledger.newest(viewer.tenantId(), subject, whole ? "" : "access.", before, LINES);
        var names = accounts.names(
                viewer.tenantId(), entries.stream().map(Entry::actor).collect(Collectors.toSet()));
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
                subject,
                entries.size() < LINES ? null : entries.getLast().id());
    }
}
