package vn.chuanmuc.scans;

import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.jobs.Jobs;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.scans.Scans.Overview;
import vn.chuanmuc.scans.Sheaf.Box;

/** Shows piles, papers and pictures to whoever may see them, and remembers who looked at which paper. */
@Component
class PileLooking {
    /** Dots for a millimetre of an enlarged signature. */
    private static final double ENLARGED = 8;
    /** What is shown around the room for a signature, in millimetres: place, day and capacity over it, the name under it. */
    private static final double BESIDE = 8;

    private static final double ABOVE = 22;
    private static final double BELOW = 14;

    private final ScanStore store;
    private final PileHand hand;
    private final Contents contents;
    private final Jobs jobs;

    PileLooking(ScanStore store, PileHand hand, Contents contents, Jobs jobs) {
        this.store = store;
        this.hand = hand;
        this.contents = contents;
        this.jobs = jobs;
    }

    Overview overview(Viewer viewer, UUID id) {
        Pile pile = hand.pile(viewer, id);
        UUID tenant = viewer.tenantId();
        return new Overview(
                pile,
                store.sheaves(tenant, id, viewer.accountId(), PileHand.units(viewer)),
                store.loose(tenant, id),
                jobs.live(tenant, ReadingWork.KIND, id).orElse(null),
                jobs.live(tenant, ConfirmingWork.KIND, id).orElse(null));
    }

    Sheaf look(Viewer viewer, UUID pileId, UUID sheafId) {
        Pile pile = hand.pile(viewer, pileId);
        Sheaf sheaf = hand.sheaf(viewer, pileId, sheafId);
        if (!sheaf.here()) {
            throw new NotFound("paper of the pile's units");
        }
        if (!pile.finished() && sheaf.group().waits()) {
            store.look(viewer.tenantId(), sheafId, viewer.accountId(), sheaf.version(), hand.now());
        }
        return sheaf;
    }

    ScanPage page(Viewer viewer, UUID pileId, UUID pageId) {
        hand.pile(viewer, pileId);
        return store.page(viewer.tenantId(), pageId)
                .filter(page -> page.pileId().equals(pileId))
                .orElseThrow(() -> new NotFound("page of the pile"));
    }

    Optional<byte[]> picture(Viewer viewer, UUID pileId, UUID pageId) {
        ScanPage page = page(viewer, pileId, pageId);
        UUID sheaf = page.sheafId();
        if (sheaf != null && !hand.sheaf(viewer, pileId, sheaf).here()) {
            throw new NotFound("page of the pile's units");
        }
        return store.image(viewer.tenantId(), pageId);
    }

    Optional<byte[]> signature(Viewer viewer, UUID pileId, UUID pageId, String field) {
        Optional<byte[]> jpeg = picture(viewer, pileId, pageId);
        ScanPage page = page(viewer, pileId, pageId);
        Optional<PagePlace> place = store.place(viewer.tenantId(), pageId);
        UUID sheaf = page.sheafId();
        if (jpeg.isEmpty() || place.isEmpty() || sheaf == null) {
            return Optional.empty();
        }
        return hand.sheaf(viewer, pileId, sheaf).boxes().stream()
                .filter(box ->
                        box.field().equals(field) && Integer.valueOf(box.page()).equals(page.page()))
                .findFirst()
                .map(box -> enlarged(jpeg.get(), place.get(), box));
    }

    private static byte[] enlarged(byte[] jpeg, PagePlace place, Box box) {
        return PageImage.part(
                PageImage.read(jpeg),
                place,
                box.x() - BESIDE,
                box.y() - ABOVE,
                box.width() + 2 * BESIDE,
                box.height() + ABOVE + BELOW,
                ENLARGED);
    }

    Optional<Contents.Content> confirmed(Viewer viewer, UUID pileId, UUID sheafId) {
        hand.pile(viewer, pileId);
        Sheaf sheaf = hand.sheaf(viewer, pileId, sheafId);
        byte[] hash = sheaf.contentHash();
        return hash == null || !sheaf.here() ? Optional.empty() : contents.find(viewer.tenantId(), hash);
    }
}
