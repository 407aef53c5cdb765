package vn.chuanmuc.scans;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.scans.Scans.Done;
import vn.chuanmuc.scans.Scans.Rejection;

/** What a clerk says about a paper that is not confirmed: aside, rejected, open again, which of two pictures counts. */
@Component
class PaperDeciding {
    private static final int LONGEST_REASON = 1_000;
    private final ScanStore store;
    private final PileHand hand;
    private final Ledger ledger;

    PaperDeciding(ScanStore store, PileHand hand, Ledger ledger) {
        this.store = store;
        this.hand = hand;
        this.ledger = ledger;
    }

    Done setApart(Viewer viewer, UUID pileId, UUID sheafId, int version, String reason) {
        return decide(viewer, pileId, sheafId, version, Sheaf.State.DOUBTFUL, "", reason, "ly-do-rieng", true);
    }

    Done reject(Viewer viewer, UUID pileId, UUID sheafId, int version, @Nullable Rejection kind, String reason) {
        return kind == null
                ? new Done.Refused("loai", Reason.of("scans.refused.kind"))
                : decide(
                        viewer,
                        pileId,
                        sheafId,
                        version,
                        Sheaf.State.REJECTED,
                        kind.code(),
                        reason,
                        "ly-do-loai",
                        kind == Rejection.OTHER);
    }

    Done takeUp(Viewer viewer, UUID pileId, UUID sheafId, int version) {
        return decide(viewer, pileId, sheafId, version, Sheaf.State.OPEN, "", "", "", false);
    }

    private Done decide(
            Viewer viewer,
            UUID pileId,
            UUID sheafId,
            int version,
            Sheaf.State to,
            String kind,
            String reason,
            String field,
            boolean reasoned) {
        hand.pile(viewer, pileId);
        String words = Texts.oneLine(reason);
        if (reasoned && words.isEmpty()) {
            return new Done.Refused(field, Reason.of("scans.refused.reason"));
        }
        if (words.length() > LONGEST_REASON) {
            return new Done.Refused(field, Reason.of("scans.refused.reason-long", LONGEST_REASON));
        }
        return hand.change(() -> {
            Optional<Done> closed = hand.closed(viewer, pileId, sheafId);
            if (closed.isPresent()) {
                return closed.get();
            }
            Sheaf sheaf = hand.sheaf(viewer, pileId, sheafId);
            if (sheaf.state() == to
                    && sheaf.reason().equals(words)
                    && sheaf.reasonKind().equals(kind)) {
                return new Done.Yes(); // the second click
            }
            if (!store.decide(viewer.tenantId(), sheafId, version, to, kind, words, viewer.accountId(), hand.now())) {
                return PileHand.refused("scans.refused.changed");
            }
            var facts = new LinkedHashMap<String, Object>();
            facts.put("pile", pileId.toString());
            facts.put("code", sheaf.code().signs());
            facts.put("state", to.code());
            if (!kind.isEmpty()) {
                facts.put("kind", kind);
            }
            if (!words.isEmpty()) {
                facts.put("reason", words);
            }
            ledger.append(new Act(viewer.tenantId(), "scans.decided", sheafId, viewer.accountId(), facts));
            return new Done.Yes();
        });
    }

    Done choose(Viewer viewer, UUID pileId, UUID sheafId, Map<Integer, UUID> chosen) {
        hand.pile(viewer, pileId);
        return hand.change(() -> {
            Optional<Done> closed = hand.closed(viewer, pileId, sheafId);
            if (closed.isPresent()) {
                return closed.get();
            }
            Sheaf sheaf = hand.sheaf(viewer, pileId, sheafId);
            boolean changed = false;
            for (var choice : chosen.entrySet()) {
                List<ScanPage> several = sheaf.of(choice.getKey());
                Optional<ScanPage> one = several.stream()
                        .filter(page -> page.id().equals(choice.getValue()))
                        .findFirst();
                if (one.isEmpty()) {
                    return PileHand.refused("scans.refused.changed");
                }
                if (several.size() > 1 && !Boolean.TRUE.equals(one.get().chosen())) {
                    store.choose(viewer.tenantId(), sheafId, choice.getKey(), choice.getValue());
                    changed = true;
                }
            }
            if (changed) {
                store.changed(viewer.tenantId(), sheafId);
            }
            return new Done.Yes();
        });
    }
}
