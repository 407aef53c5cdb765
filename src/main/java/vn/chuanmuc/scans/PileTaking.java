package vn.chuanmuc.scans;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.jobs.Jobs;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;
import vn.chuanmuc.scans.Scans.Bringing;
import vn.chuanmuc.scans.Scans.Incoming;
import vn.chuanmuc.scans.Scans.Taking;

/** Brings piles in: looks at every file, keeps all of them or none, and begins to read. */
@Component
class PileTaking {
    /** The way of signing a campaign must allow: {@link Campaigns#methods()}. */
    private static final String PAPER = "giay";

    private final ScanStore store;
    private final PileHand hand;
    private final Access access;
    private final Campaigns campaigns;
    private final Jobs jobs;
    private final Ledger ledger;
    private final TransactionTemplate transaction;

    PileTaking(
            ScanStore store,
            PileHand hand,
            Access access,
            Campaigns campaigns,
            Jobs jobs,
            Ledger ledger,
            TransactionTemplate transaction) {
        this.store = store;
        this.hand = hand;
        this.access = access;
        this.campaigns = campaigns;
        this.jobs = jobs;
        this.ledger = ledger;
        this.transaction = transaction;
    }

    /** A file that was looked at. */
    private record Good(String name, Path file, ScanKind kind, int pages, byte[] hash) {}

    List<Campaign> campaigns(Viewer viewer) {
        return campaigns.visible(viewer).stream()
                .filter(campaign -> campaign.state() == Campaigns.State.LAUNCHED
                        && campaign.methods().contains(PAPER))
                .toList();
    }

    Taking take(Viewer viewer, Bringing brought) {
        access.require(viewer, Permission.RECORD_PAPER_SIGNATURE);
        Pile into = brought.pile() == null ? null : hand.pile(viewer, brought.pile());
        if (into != null && into.finished()) {
            return new Taking.Refused("tep", Reason.of("scans.refused.finished"));
        }
        if (into == null) {
            Optional<Taking> refused = refusal(viewer, brought);
            if (refused.isPresent()) {
                return refused.get();
            }
        }
        if (brought.files().isEmpty()) {
            return new Taking.Refused("tep", Reason.of("scans.refused.no-file"));
        }
        if (brought.files().size() > ScanLimits.MOST_FILES) {
            return new Taking.Refused("tep", Reason.of("scans.refused.files", ScanLimits.MOST_FILES));
        }
        var good = new ArrayList<Good>();
        for (Incoming incoming : brought.files()) {
            String name = name(incoming.name());
            try {
                switch (UploadGuard.check(incoming.file(), name)) {
                    case UploadGuard.Checked.Refused(var why) -> {
                        return new Taking.Refused("tep", why);
                    }
                    case UploadGuard.Checked.Good(var kind, var pages) ->
                        good.add(new Good(name, incoming.file(), kind, pages, hash(incoming.file())));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Objects.requireNonNull(transaction.execute(status -> {
            Taking taken = keep(viewer, brought, into, good);
            if (taken instanceof Taking.Refused) {
                status.setRollbackOnly();
            }
            return taken;
        }));
    }

    private Optional<Taking> refusal(Viewer viewer, Bringing brought) {
        UUID unit = brought.unit();
        if (unit == null) {
            return Optional.of(new Taking.Refused("don-vi", Reason.of("scans.refused.unit")));
        }
        access.require(viewer, Permission.RECORD_PAPER_SIGNATURE, unit);
        if (campaigns(viewer).stream().noneMatch(one -> one.id().equals(brought.campaign()))) {
            return Optional.of(new Taking.Refused("dot", Reason.of("scans.refused.campaign")));
        }
        if (Texts.oneLine(brought.label()).length() > 200) {
            return Optional.of(new Taking.Refused("ten", Reason.of("scans.refused.label")));
        }
        return refusedDay(brought.signedOn()).map(why -> new Taking.Refused("ngay-ky", why));
    }

    Optional<Reason> refusedDay(@Nullable LocalDate day) {
        return day != null && day.isAfter(hand.today())
                ? Optional.of(Reason.of("scans.refused.future"))
                : Optional.empty();
    }

    private Taking keep(Viewer viewer, Bringing brought, @Nullable Pile into, List<Good> files) {
        UUID tenant = viewer.tenantId();
        Instant now = hand.now();
        UUID pile = into == null ? Ids.next() : into.id();
        String label = into == null ? label(brought, files) : into.label();
        if (into == null) {
            store.insertPile(
                    tenant,
                    pile,
                    Objects.requireNonNull(brought.campaign()),
                    Objects.requireNonNull(brought.unit()),
                    label,
                    brought.signedOn(),
                    viewer.accountId(),
                    now);
        } else if (!store.holdOpen(tenant, pile)) {
            return new Taking.Refused("tep", Reason.of("scans.refused.finished"));
        }
        int pages = into == null ? 0 : store.pile(tenant, pile).orElseThrow().pages();
        var known = new ArrayList<String>();
        for (Good file : files) {
            if (store.hasFile(tenant, pile, file.hash())) {
                known.add(file.name());
                continue;
            }
            pages += file.pages();
            if (pages > ScanLimits.MOST_PILE_PAGES) {
                return new Taking.Refused("tep", Reason.of("scans.refused.pages", ScanLimits.MOST_PILE_PAGES));
            }
            UUID id = Ids.next();
            try {
                store.insertFile(
                        tenant,
                        id,
                        pile,
                        file.name(),
                        file.kind(),
                        file.hash(),
                        file.pages(),
                        file.file(),
                        viewer.accountId(),
                        now);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            var facts = new LinkedHashMap<String, Object>();
            facts.put("file", id.toString());
            facts.put("kind", file.kind().code());
            facts.put("pages", file.pages());
            ledger.append(new Act(tenant, "scans.file-taken", pile, viewer.accountId(), facts, file.hash())
                    .with(Piece.of(ScansEvidence.FILE, id)));
        }
        if (known.size() == files.size()) {
            return new Taking.Refused("tep", Reason.of("scans.refused.known", String.join(", ", known)));
        }
        startReading(viewer, pile, label);
        return new Taking.Taken(pile, known);
    }

    private String label(Bringing brought, List<Good> files) {
        String label = Texts.oneLine(brought.label());
        return label.isEmpty() ? files.getFirst().name() : label;
    }

    private static String name(String told) {
        String line = Texts.oneLine(told.substring(Math.max(told.lastIndexOf('/'), told.lastIndexOf('\\')) + 1));
        String name = line.length() > 120 ? line.substring(line.length() - 120) : line;
        return name.isEmpty() ? "quet" : name;
    }

    private static byte[] hash(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Sha256.of(in);
        }
    }

    void startReading(Viewer viewer, UUID pile, String label) {
        jobs.start(new Jobs.Request(viewer.tenantId(), viewer.accountId(), ReadingWork.KIND, pile, label, Map.of()));
    }
}
