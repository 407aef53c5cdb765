package vn.chuanmuc.scans;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.commitments.Commitments.Receipt;
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.jobs.Job;
import vn.chuanmuc.jobs.Jobs;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.scans.Sheaf.Group;

/**
 * Piles of papers signed by hand: taken in, read page by page, put together, looked at and confirmed by a clerk. Everything asks for
 * {@link Permission#RECORD_PAPER_SIGNATURE} in the pile's unit, and a confirmation in the person's unit too.
 */
@Component
public class Scans {
    private final ScanStore store;
    private final PileHand hand;
    private final PileTaking taking;
    private final PileLooking looking;
    private final PaperConfirming confirming;
    private final PaperDeciding deciding;
    private final LoosePages loosePages;
    private final PileEnding ending;
    private final Jobs jobs;

    Scans(
            ScanStore store,
            PileHand hand,
            PileTaking taking,
            PileLooking looking,
            PaperConfirming confirming,
            PaperDeciding deciding,
            LoosePages loosePages,
            PileEnding ending,
            Jobs jobs) {
        this.store = store;
        this.hand = hand;
        this.taking = taking;
        this.looking = looking;
        this.confirming = confirming;
        this.deciding = deciding;
        this.loosePages = loosePages;
        this.ending = ending;
        this.jobs = jobs;
    }

    // Taking in

    /** @param name as the browser told it; {@code file} is read, not kept */
    public record Incoming(String name, Path file) {}

    /**
     * What a clerk brings.
     *
     * @param pile to add to; null for a new one
     * @param signedOn the day written on all papers; null when it differs
     */
    public record Bringing(
            @Nullable UUID pile,
            @Nullable UUID campaign,
            @Nullable UUID unit,
            String label,
            @Nullable LocalDate signedOn,
            List<Incoming> files) {}

    /** What came of it. */
    public sealed interface Taking {
        /** @param known files that were in the pile already, by name */
        record Taken(UUID pile, List<String> known) implements Taking {}

        record Refused(String field, Reason why) implements Taking {}
    }

    /** The campaigns of which papers may be brought now. */
    public List<Campaign> campaigns(Viewer viewer) {
        return taking.campaigns(viewer);
    }

    /** Looks at every file, keeps all of them or none, and begins to read. */
    public Taking take(Viewer viewer, Bringing brought) {
        return taking.take(viewer, brought);
    }

    // Looking at piles

    /** The viewer's piles, those that are not finished first; at most 100. */
    public List<Pile> piles(Viewer viewer) {
        return piles(viewer, null);
    }

    /** @param end as they stood before that moment; null for now */
    public List<Pile> piles(Viewer viewer, @Nullable Instant end) {
        return store.piles(viewer.tenantId(), PileHand.units(viewer), end);
    }

    /**
     * A pile as it stood at a moment that is past.
     *
     * @param papers how many papers of ours its pages belonged to by then
     * @param decided those decided on by then and not again later, the newest decision first; at most 500
     */
    public record Then(Pile pile, int papers, List<Decided> decided) {
        public long in(Sheaf.State state) {
            return decided.stream().filter(one -> one.state() == state).count();
        }
    }

    /** A paper somebody had decided on. @param name whose it is; empty where the viewer may not know */
    public record Decided(String code, String name, Sheaf.State state, String reason, UUID by, Instant at) {}

    /** Empty while nobody had brought it. */
    public Optional<Then> then(Viewer viewer, UUID id, Instant end) {
        hand.pile(viewer, id); // or not found
        return store.pile(viewer.tenantId(), id, end)
                .map(pile -> new Then(
                        pile,
                        store.papers(viewer.tenantId(), id, end),
                        store.decided(viewer.tenantId(), id, PileHand.units(viewer), end)));
    }

    /**
     * A pile as it stands.
     *
     * @param loose pages that belong to no paper
     * @param reading the job that reads it, while there is one
     * @param confirming the job that confirms many, while there is one
     */
    public record Overview(
            Pile pile,
            List<Sheaf> papers,
            List<ScanPage> loose,
            @Nullable Job reading,
            @Nullable Job confirming) {
        public List<Sheaf> in(Group group) {
            return papers.stream().filter(paper -> paper.group() == group).toList();
        }

        /** Papers somebody still has to decide on. */
        public long waiting() {
            return papers.stream().filter(paper -> paper.group().waits()).count();
        }

        /** Complete papers the viewer has looked at as they stand, ready to be confirmed together. */
        public List<Sheaf> looked() {
            return in(Group.READY).stream().filter(Sheaf::seen).toList();
        }

        public List<ScanPage> loose(ScanPage.Found found) {
            return loose.stream().filter(page -> page.found() == found).toList();
        }
    }

    public Pile pile(Viewer viewer, UUID id) {
        return hand.pile(viewer, id);
    }

    public Overview overview(Viewer viewer, UUID id) {
        return looking.overview(viewer, id);
    }

    /** A paper of a pile; whoever opens it has looked at it as it stands. */
    public Sheaf look(Viewer viewer, UUID pileId, UUID sheafId) {
        return looking.look(viewer, pileId, sheafId);
    }

    /** A page that belongs to no paper, or was put to one by hand. */
    public ScanPage page(Viewer viewer, UUID pileId, UUID pageId) {
        return looking.page(viewer, pileId, pageId);
    }

    /** The picture of a page: JPEG; empty when there is none, or no longer. */
    public Optional<byte[]> picture(Viewer viewer, UUID pileId, UUID pageId) {
        return looking.picture(viewer, pileId, pageId);
    }

    /** The place of a signature, straightened and enlarged; empty when it is not known where on the picture it is. */
    public Optional<byte[]> signature(Viewer viewer, UUID pileId, UUID pageId, String field) {
        return looking.signature(viewer, pileId, pageId, field);
    }

    /** The confirmed scan: what its hash is of. */
    public Optional<Contents.Content> confirmed(Viewer viewer, UUID pileId, UUID sheafId) {
        return looking.confirmed(viewer, pileId, sheafId);
    }

    // Work on a pile

    /** What came of a decision. */
    public sealed interface Done {
        record Yes() implements Done {}

        /** @param field the form field to put right, empty for the whole */
        record Refused(String field, Reason why) implements Done {}
    }

    /** What came of confirming one paper. */
    public sealed interface Confirming {
        record Confirmed(Receipt receipt) implements Confirming {}

        /** Somebody had confirmed it already: nothing was added. */
        record Already(UUID by, Instant at) implements Confirming {}

        record Refused(String field, Reason why) implements Confirming {}
    }

    /** Goes on reading after a stop. */
    public Done resume(Viewer viewer, UUID pileId) {
        Pile pile = hand.pile(viewer, pileId);
        return hand.change(() -> {
            if (!store.shareOpen(viewer.tenantId(), pileId)) {
                return PileHand.refused("scans.refused.finished");
            }
            taking.startReading(viewer, pileId, pile.label());
            return new Done.Yes();
        });
    }

    /** Stops what runs on the pile; what is done stays. */
    public void stop(Viewer viewer, UUID pileId) {
        hand.pile(viewer, pileId);
        for (String kind : List.of(ReadingWork.KIND, ConfirmingWork.KIND)) {
            jobs.live(viewer.tenantId(), kind, pileId).ifPresent(job -> jobs.cancel(viewer.tenantId(), job.id()));
        }
    }

    /** Says which day stands on all of the pile's papers; null when it differs. */
    public Done signedOn(Viewer viewer, UUID pileId, @Nullable LocalDate day) {
        hand.pile(viewer, pileId);
        return hand.change(() -> {
            Optional<Reason> refused = taking.refusedDay(day);
            if (refused.isPresent()) {
                return new Done.Refused("ngay-chung", refused.get());
            }
            if (!store.holdOpen(viewer.tenantId(), pileId)) {
                return PileHand.refused("scans.refused.finished");
            }
            store.signedOn(viewer.tenantId(), pileId, day);
            return new Done.Yes();
        });
    }

    /**
     * Says: this is the person's signature, made on that day. The pages become one PDF, kept by its hash, and the commitment is signed,
     * in one transaction.
     *
     * @param version of the paper as the clerk saw it
     */
    public Confirming confirm(Viewer viewer, UUID pileId, UUID sheafId, int version, LocalDate signedOn) {
        return confirming.confirm(viewer, pileId, sheafId, version, signedOn);
    }

    /** Confirms the complete papers the viewer has looked at, as they stand; how many, when it begins. */
    public Done confirmLooked(Viewer viewer, UUID pileId) {
        Pile pile = hand.pile(viewer, pileId);
        LocalDate day = pile.signedOn();
        if (day == null) {
            return new Done.Refused("ngay-chung", Reason.of("scans.refused.no-day"));
        }
        List<Sheaf> looked = looking.overview(viewer, pileId).looked();
        if (looked.isEmpty()) {
            return PileHand.refused("scans.refused.none-seen");
        }
        return hand.change(() -> {
            if (!store.shareOpen(viewer.tenantId(), pileId)) {
                return PileHand.refused("scans.refused.finished");
            }
            jobs.start(new Jobs.Request(
                    viewer.tenantId(),
                    viewer.accountId(),
                    ConfirmingWork.KIND,
                    pileId,
                    pile.label(),
                    Map.of(
                            ConfirmingWork.PAPERS,
                            looked.stream()
                                    .map(sheaf -> sheaf.id() + "/" + sheaf.version())
                                    .collect(Collectors.joining(" ")),
                            ConfirmingWork.DAY,
                            day.toString())));
            return new Done.Yes();
        });
    }

    /** Why a paper is not confirmed. */
    public enum Doubt {
        SIGNATURE("chu-ky"),
        OTHER("khac");

        private final String code;

        Doubt(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }

    /** Why a paper does not count. */
    public enum Rejection {
        UNSIGNED("chua-ky"),
        CROSSED_OUT("gach-sua"),
        OTHER_PERSON("nguoi-khac"),
        OTHER("khac");

        private final String code;

        Rejection(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }

        public static Optional<Rejection> of(String code) {
            for (Rejection one : values()) {
                if (one.code.equals(code)) {
                    return Optional.of(one);
                }
            }
            return Optional.empty();
        }
    }

    /** Puts a paper aside for a second look. */
    public Done setApart(Viewer viewer, UUID pileId, UUID sheafId, int version, String reason) {
        return deciding.setApart(viewer, pileId, sheafId, version, reason);
    }

    /** Says that the paper is no signed commitment; it can be signed and scanned again. */
    public Done reject(Viewer viewer, UUID pileId, UUID sheafId, int version, @Nullable Rejection kind, String reason) {
        return deciding.reject(viewer, pileId, sheafId, version, kind, reason);
    }

    /** Takes a decision back. */
    public Done takeUp(Viewer viewer, UUID pileId, UUID sheafId, int version) {
        return deciding.takeUp(viewer, pileId, sheafId, version);
    }

    /** Says which picture of a page counts. */
    public Done choose(Viewer viewer, UUID pileId, UUID sheafId, Map<Integer, UUID> chosen) {
        return deciding.choose(viewer, pileId, sheafId, chosen);
    }

    // Pages without a readable code

    /** Somebody whose paper a page may be. */
    public record Candidate(UUID paperId, String code, String fullName, String positionName, String unitName) {}

    /** People of the pile's campaign and unit whose name fits, with an unsigned paper; at most 20. */
    public List<Candidate> candidates(Viewer viewer, UUID pileId, String words) {
        return loosePages.candidates(viewer, pileId, words);
    }

    /**
     * Puts a page that no code placed to a paper, by hand.
     *
     * @param code as typed; empty when the paper was picked
     * @param picked a paper out of {@link #candidates}
     * @param number page of the paper, from 1
     */
    public Done assign(
            Viewer viewer,
            UUID pileId,
            UUID pageId,
            String code,
            @Nullable UUID picked,
            @Nullable Integer number,
            String reason) {
        return loosePages.assign(viewer, pileId, pageId, code, picked, number, reason);
    }

    /** Takes a page that was put to a paper by hand out again. */
    public Done takeOut(Viewer viewer, UUID pileId, UUID pageId) {
        return loosePages.takeOut(viewer, pileId, pageId);
    }

    /** Turns the picture of a page that no code placed by a quarter, clockwise. */
    public Done turn(Viewer viewer, UUID pileId, UUID pageId) {
        return loosePages.turn(viewer, pileId, pageId);
    }

    // The end of a pile

    /** Says that the pile is done with. @param anyway although papers wait for a decision */
    public Done finish(Viewer viewer, UUID pileId, boolean anyway) {
        return ending.finish(viewer, pileId, anyway);
    }

    /** Takes a finished pile up again, while its pictures are there. */
    public Done reopen(Viewer viewer, UUID pileId) {
        return ending.reopen(viewer, pileId);
    }

    /** How long files and pictures of finished piles are kept from a day on. @param basis the rule or decision it follows */
    public record Retention(
            LocalDate validFrom,
            int days,
            String basis,
            @Nullable UUID setBy,
            @Nullable Instant setAt) {}

    /** The settings, the newest first. */
    public List<Retention> retentions(Viewer viewer) {
        return ending.retentions(viewer);
    }

    /** Days that hold today; 30 while nobody set anything. */
    public int retentionDays(Viewer viewer) {
        return ending.retentionDays(viewer);
    }

    /** The same on a day. */
    public int retentionDays(Viewer viewer, LocalDate day) {
        return ending.retentionDays(viewer, day);
    }

    public Done setRetention(Viewer viewer, @Nullable LocalDate validFrom, @Nullable Integer days, String basis) {
        return ending.setRetention(viewer, validFrom, days, basis);
    }
}
