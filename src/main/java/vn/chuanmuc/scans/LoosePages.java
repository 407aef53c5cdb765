package vn.chuanmuc.scans;

import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.commitments.CommitmentPapers;
import vn.chuanmuc.documents.PaperCode;
import vn.chuanmuc.documents.Papers;
import vn.chuanmuc.documents.Papers.Paper;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.scans.Scans.Candidate;
import vn.chuanmuc.scans.Scans.Done;

/** Pages without a readable code: put to a paper by hand, taken out again, turned. */
@Component
class LoosePages {
    private static final int LONGEST_REASON = 1_000;
    private final ScanStore store;
    private final PileHand hand;
    private final PileLooking looking;
    private final PageReading reading;
    private final Papers papers;
    private final Ledger ledger;

    LoosePages(ScanStore store, PileHand hand, PileLooking looking, PageReading reading, Papers papers, Ledger ledger) {
        this.store = store;
        this.hand = hand;
        this.looking = looking;
        this.reading = reading;
        this.papers = papers;
        this.ledger = ledger;
    }

    List<Candidate> candidates(Viewer viewer, UUID pileId, String words) {
        Pile pile = hand.pile(viewer, pileId);
        String key = Texts.searchKey(Texts.oneLine(words.length() > 100 ? words.substring(0, 100) : words));
        if (key.isBlank()) {
            return List.of();
        }
        String like = "%" + key.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
        return store
                .candidates(viewer.tenantId(), pile.campaignId(), pile.unitId(), CommitmentPapers.FORM, like)
                .stream()
                .map(one ->
                        new Candidate(one.paperId(), one.code(), one.fullName(), one.positionName(), one.unitName()))
                .toList();
    }

    Done assign(
            Viewer viewer,
            UUID pileId,
            UUID pageId,
            String code,
            @Nullable UUID picked,
            @Nullable Integer number,
            String reason) {
        Pile pile = hand.pile(viewer, pileId);
        UUID tenant = viewer.tenantId();
        String words = Texts.oneLine(reason);
        Optional<Paper> paper = code.isBlank() && picked != null
                ? papers.find(tenant, picked)
                : PaperCode.read(code).flatMap(papers::find);
        Optional<Paper> ours = paper.filter(one -> one.tenantId().equals(tenant)
                && one.kind().equals(CommitmentPapers.FORM)
                && one.scope().equals(pile.campaignId()));
        if (ours.isEmpty()) {
            return new Done.Refused("ma", Reason.of(code.isBlank() ? "scans.refused.no-code" : "scans.refused.code"));
        }
        if (words.isEmpty() || words.length() > LONGEST_REASON) {
            return new Done.Refused("ly-do", Reason.of("scans.refused.reason"));
        }
        PageReading.Printed printed = reading.printed(ours.get());
        // Printed by another layout it has as many pages as the others of it in the pile say.
        int pages = store.counted(tenant, pileId, ours.get().id())
                .map(ScanStore.Counted::pages)
                .orElse(printed.pages());
        if (number == null || number < 1 || number > pages) {
            return new Done.Refused("so-trang", Reason.of("scans.refused.number", pages));
        }
        return hand.change(() -> {
            if (!store.shareOpen(tenant, pileId)) {
                return PileHand.refused("scans.refused.finished");
            }
            UUID sheafId = store.sheaf(tenant, pileId, ours.get().id(), printed.pages(), printed.boxes());
            store.hold(tenant, sheafId);
            ScanPage page = store.pageLocked(tenant, pageId)
                    .filter(one -> one.pileId().equals(pileId))
                    .orElseThrow(() -> new NotFound("page of the pile"));
            if (page.assigned()) {
                return sheafId.equals(page.sheafId()) && number.equals(page.page())
                        ? new Done.Yes()
                        : PileHand.refused("scans.refused.assigned");
            }
            if (page.width() == 0 || page.found() == ScanPage.Found.BLANK || page.found() == ScanPage.Found.FOREIGN) {
                return PileHand.refused("scans.refused.no-picture");
            }
            Sheaf sheaf = hand.sheaf(viewer, pileId, sheafId);
            if (!sheaf.here()) {
                return new Done.Refused("ma", Reason.of("scans.refused.code"));
            }
            if (sheaf.state() == Sheaf.State.CONFIRMED) {
                return PileHand.refused("scans.refused.confirmed");
            }
            store.assign(tenant, pageId, sheafId, number, words, viewer.accountId(), hand.now());
            store.changed(tenant, sheafId);
            var facts = new LinkedHashMap<String, Object>();
            facts.put("pile", pileId.toString());
            facts.put("file", page.fileId().toString());
            facts.put("number", page.number());
            facts.put("code", sheaf.code().signs());
            facts.put("page", number);
            facts.put("reason", words);
            ledger.append(new Act(tenant, "scans.page-assigned", pageId, viewer.accountId(), facts));
            return new Done.Yes();
        });
    }

    Done takeOut(Viewer viewer, UUID pileId, UUID pageId) {
        ScanPage known = looking.page(viewer, pileId, pageId);
        UUID sheafId = known.sheafId();
        if (sheafId == null || !known.byHand()) {
            return PileHand.refused("scans.refused.not-by-hand");
        }
        return hand.change(() -> {
            Optional<Done> closed = hand.closed(viewer, pileId, sheafId);
            if (closed.isPresent()) {
                return closed.get();
            }
            ScanPage page = store.pageLocked(viewer.tenantId(), pageId).orElseThrow();
            if (!sheafId.equals(page.sheafId())) {
                return new Done.Yes(); // somebody was quicker
            }
            store.takeOut(viewer.tenantId(), pageId);
            store.changed(viewer.tenantId(), sheafId);
            ledger.append(new Act(
                    viewer.tenantId(),
                    "scans.page-taken-out",
                    pageId,
                    viewer.accountId(),
                    Map.of("pile", pileId.toString())));
            return new Done.Yes();
        });
    }

    Done turn(Viewer viewer, UUID pileId, UUID pageId) {
        looking.page(viewer, pileId, pageId);
        return hand.change(() -> {
            if (!store.shareOpen(viewer.tenantId(), pileId)) {
                return PileHand.refused("scans.refused.finished");
            }
            ScanPage page = store.pageLocked(viewer.tenantId(), pageId).orElseThrow();
            Optional<byte[]> jpeg = store.image(viewer.tenantId(), pageId);
            if (page.assigned() || jpeg.isEmpty()) {
                return PileHand.refused("scans.refused.assigned");
            }
            BufferedImage turned = PageImage.turned(PageImage.read(jpeg.get()), 1);
            store.turn(
                    viewer.tenantId(),
                    pageId,
                    (page.turned() + 90) % 360,
                    turned.getWidth(),
                    turned.getHeight(),
                    PageImage.jpeg(turned));
            return new Done.Yes();
        });
    }
}
