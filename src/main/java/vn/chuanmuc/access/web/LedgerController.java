package vn.chuanmuc.access.web;

import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.ledger.Entry;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ui.View;

/** The acts as recorded, newest first, for inspectors: who, when, what, and the hashes to check them by. */
@Controller
class LedgerController {
    private static final int LINES = 200;

    private final Ledger ledger;
    private final Accounts accounts;

    LedgerController(Ledger ledger, Accounts accounts) {
        this.ledger = ledger;
        this.accounts = accounts;
    }

    @GetMapping("/nhat-ky")
    @Allowed(Permission.READ_LEDGER)
    View newest(Viewer viewer, @RequestParam(name = "ve", required = false) @Nullable UUID subject) {
        List<Entry> entries = ledger.newest(viewer.tenantId(), subject, LINES);
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
                subject);
    }
}
