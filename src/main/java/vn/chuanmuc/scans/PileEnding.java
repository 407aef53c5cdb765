package vn.chuanmuc.scans;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;
import vn.chuanmuc.scans.Scans.Done;
import vn.chuanmuc.scans.Scans.Overview;
import vn.chuanmuc.scans.Scans.Retention;
import vn.chuanmuc.scans.Sheaf.Group;

/** The end of a pile, and how long what was brought is kept after it. */
@Component
class PileEnding {
    private final ScanStore store;
    private final PileHand hand;
    private final PileLooking looking;
    private final Access access;
    private final Ledger ledger;

    PileEnding(ScanStore store, PileHand hand, PileLooking looking, Access access, Ledger ledger) {
        this.store = store;
        this.hand = hand;
        this.looking = looking;
        this.access = access;
        this.ledger = ledger;
    }

    Done finish(Viewer viewer, UUID pileId, boolean anyway) {
        Overview overview = looking.overview(viewer, pileId);
        if (overview.reading() != null || overview.confirming() != null) {
            return PileHand.refused("scans.refused.running");
        }
        if (!anyway && (overview.waiting() > 0 || !overview.pile().allRead())) {
            return new Done.Refused(
                    "van-ket-thuc",
                    Reason.of(
                            "scans.refused.waiting",
                            overview.waiting(),
                            overview.pile().pages() - overview.pile().read()));
        }
        return hand.change(() -> {
            if (store.finish(viewer.tenantId(), pileId, viewer.accountId(), hand.now())) {
                var facts = new LinkedHashMap<String, Object>();
                facts.put("papers", overview.papers().size());
                facts.put("confirmed", overview.in(Group.CONFIRMED).size());
                facts.put("waiting", (int) overview.waiting());
                facts.put("loose", overview.loose().size());
                ledger.append(new Act(viewer.tenantId(), "scans.pile-finished", pileId, viewer.accountId(), facts));
            }
            return new Done.Yes();
        });
    }

    Done reopen(Viewer viewer, UUID pileId) {
        hand.pile(viewer, pileId);
        return hand.change(() -> {
            if (store.reopen(viewer.tenantId(), pileId)) {
                ledger.append(new Act(viewer.tenantId(), "scans.pile-reopened", pileId, viewer.accountId(), Map.of()));
                return new Done.Yes();
            }
            return store.shareOpen(viewer.tenantId(), pileId)
                    ? new Done.Yes()
                    : PileHand.refused("scans.refused.swept");
        });
    }

    List<Retention> retentions(Viewer viewer) {
        return store.retentions(viewer.tenantId()).stream()
                .map(kept -> new Retention(kept.validFrom(), kept.days(), kept.basis(), kept.setBy(), kept.setAt()))
                .toList();
    }

    int retentionDays(Viewer viewer) {
        return retentionDays(viewer, hand.today());
    }

    int retentionDays(Viewer viewer, LocalDate day) {
        return days(store.retentions(viewer.tenantId()), day);
    }

    static int days(List<ScanStore.Kept> settings, LocalDate today) {
        return settings.stream()
                .filter(kept -> !kept.validFrom().isAfter(today))
                .findFirst()
                .map(ScanStore.Kept::days)
                .orElse(RetentionChore.DAYS);
    }

    Done setRetention(Viewer viewer, @Nullable LocalDate validFrom, @Nullable Integer days, String basis) {
        access.require(viewer, Permission.RUN_CAMPAIGN);
        String words = Texts.oneLine(basis);
        if (days == null || days < 1 || days > 3_650) {
            return new Done.Refused("so-ngay", Reason.of("scans.refused.days"));
        }
        if (validFrom == null || validFrom.isBefore(hand.today())) {
            return new Done.Refused("tu-ngay", Reason.of("scans.refused.past"));
        }
        if (words.isEmpty() || words.length() > 500) {
            return new Done.Refused("can-cu", Reason.of("scans.refused.basis"));
        }
        return hand.change(() -> {
            UUID id = Ids.next();
            store.insertRetention(
                    viewer.tenantId(), id, new ScanStore.Kept(validFrom, days, words, viewer.accountId(), hand.now()));
            ledger.append(new Act(
                            viewer.tenantId(),
                            "scans.retention-set",
                            id,
                            viewer.accountId(),
                            Map.of("validFrom", validFrom.toString(), "days", days, "basis", words))
                    .with(Piece.of(ScansEvidence.RETENTION, id)));
            return new Done.Yes();
        });
    }
}
