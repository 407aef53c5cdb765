package vn.chuanmuc.scans;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.scans.Scans.Done;

/** What every command on a pile takes hold of: the viewer's right to it, its papers as they stand, one transaction, one clock. */
@Component
class PileHand {
    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

    private final ScanStore store;
    private final Access access;
    private final TransactionTemplate transaction;
    private final Clock clock;

    PileHand(ScanStore store, Access access, TransactionTemplate transaction, Clock clock) {
        this.store = store;
        this.access = access;
        this.transaction = transaction;
        this.clock = clock;
    }

    Pile pile(Viewer viewer, UUID id) {
        return store.pile(viewer.tenantId(), id)
                .filter(pile -> access.covers(viewer, Permission.RECORD_PAPER_SIGNATURE, pile.unitId()))
                .orElseThrow(() -> new NotFound("pile of scans"));
    }

    Sheaf sheaf(Viewer viewer, UUID pile, UUID sheaf) {
        return store.sheafOf(viewer.tenantId(), pile, sheaf, viewer.accountId(), units(viewer))
                .orElseThrow(() -> new NotFound("paper of the pile"));
    }

    /** Why nothing can be changed about the paper, which is held from here on. */
    Optional<Done> closed(Viewer viewer, UUID pileId, UUID sheafId) {
        if (!store.shareOpen(viewer.tenantId(), pileId)) {
            return Optional.of(refused("scans.refused.finished"));
        }
        store.hold(viewer.tenantId(), sheafId);
        Sheaf sheaf = sheaf(viewer, pileId, sheafId);
        if (!sheaf.here()) {
            throw new NotFound("paper of the pile's units");
        }
        return sheaf.state() == Sheaf.State.CONFIRMED
                ? Optional.of(refused("scans.refused.confirmed"))
                : Optional.empty();
    }

    Done change(Supplier<Done> work) {
        return Objects.requireNonNull(transaction.execute(status -> {
            Done done = work.get();
            if (done instanceof Done.Refused) {
                status.setRollbackOnly();
            }
            return done;
        }));
    }

    static Done refused(String key) {
        return new Done.Refused("", Reason.of(key));
    }

    static UUID[] units(Viewer viewer) {
        return viewer.unitsWith(Permission.RECORD_PAPER_SIGNATURE);
    }

    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZONE);
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
