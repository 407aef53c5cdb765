package vn.chuanmuc.scans;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.commitments.CommitmentPapers;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.commitments.Commitments.Receipt;
import vn.chuanmuc.commitments.Commitments.Signing;
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.documents.PaperCode;
import vn.chuanmuc.documents.Papers;
import vn.chuanmuc.documents.Papers.Paper;
import vn.chuanmuc.jobs.Job;
import vn.chuanmuc.jobs.Jobs;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;
import vn.chuanmuc.scans.ScanStore.FileRow;
import vn.chuanmuc.scans.Sheaf.Box;
import vn.chuanmuc.scans.Sheaf.Group;

/**
 * Piles of papers signed by hand: taken in, read page by page, put together, looked at and confirmed by a clerk. Everything asks for
 * {@link Permission#RECORD_PAPER_SIGNATURE} in the pile's unit, and a confirmation in the person's unit too.
 */
@Component
public class Scans {
    /** The way of signing a campaign must allow: {@link Campaigns#methods()}. */
    private static final String PAPER = "giay";

    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");
    private static final int ATTEMPTS = 3;
    private static final int LONGEST_REASON = 1_000;
    /** Dots for a millimetre of an enlarged signature. */
    private static final double ENLARGED = 8;
    /** What is shown around the room for a signature, in millimetres: place, day and capacity over it, the name under it. */
    private static final double BESIDE = 8;

    private static final double ABOVE = 22;
    private static final double BELOW = 14;

    private final ScanStore store;
    private final PageReading reading;
    private final Access access;
    private final Campaigns campaigns;
    private final Commitments commitments;
    private final Papers papers;
    private final Contents contents;
    private final Jobs jobs;
    private final Ledger ledger;
    private final TransactionTemplate transaction;
    /** Within a job's step a refusal is undone by itself and leaves the step whole. */
    private final TransactionTemplate nested;

    private final Clock clock;

    Scans(
            ScanStore store,
            PageReading reading,
            Access access,
            Campaigns campaigns,
            Commitments commitments,
            Papers papers,
            Contents contents,
            Jobs jobs,
            Ledger ledger,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.reading = reading;
        this.access = access;
        this.campaigns = campaigns;
        this.commitments = commitments;
        this.papers = papers;
        this.contents = contents;
        this.jobs = jobs;
        this.ledger = ledger;
        this.transaction = transaction;
        this.nested = new TransactionTemplate(Objects.requireNonNull(transaction.getTransactionManager()), transaction);
        this.nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        this.clock = clock;
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

    /** A file that was looked at. */
    private record Good(String name, Path file, ScanKind kind, int pages, byte[] hash) {}

    /** The campaigns of which papers may be brought now. */
    public List<Campaign> campaigns(Viewer viewer) {
        return campaigns.visible(viewer).stream()
                .filter(campaign -> campaign.state() == Campaigns.State.LAUNCHED
                        && campaign.methods().contains(PAPER))
                .toList();
    }

    /** Looks at every file, keeps all of them or none, and begins to read. */
    public Taking take(Viewer viewer, Bringing brought) {
        access.require(viewer, Permission.RECORD_PAPER_SIGNATURE);
        Pile into = brought.pile() == null ? null : pile(viewer, brought.pile());
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

    private Optional<Reason> refusedDay(@Nullable LocalDate day) {
        return day != null && day.isAfter(today()) ? Optional.of(Reason.of("scans.refused.future")) : Optional.empty();
    }

    private Taking keep(Viewer viewer, Bringing brought, @Nullable Pile into, List<Good> files) {
        UUID tenant = viewer.tenantId();
        Instant now = now();
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

    private void startReading(Viewer viewer, UUID pile, String label) {
        jobs.start(new Jobs.Request(viewer.tenantId(), viewer.accountId(), ReadingWork.KIND, pile, label, Map.of()));
    }

    // Looking at piles

    /** The viewer's piles, those that are not finished first; at most 100. */
    public List<Pile> piles(Viewer viewer) {
        return store.piles(viewer.tenantId(), units(viewer));
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
        return store.pile(viewer.tenantId(), id)
                .filter(pile -> access.covers(viewer, Permission.RECORD_PAPER_SIGNATURE, pile.unitId()))
                .orElseThrow(() -> new NotFound("pile of scans"));
    }

    public Overview overview(Viewer viewer, UUID id) {
        Pile pile = pile(viewer, id);
        UUID tenant = viewer.tenantId();
        return new Overview(
                pile,
                store.sheaves(tenant, id, viewer.accountId(), units(viewer)),
                store.loose(tenant, id),
                jobs.live(tenant, ReadingWork.KIND, id).orElse(null),
                jobs.live(tenant, ConfirmingWork.KIND, id).orElse(null));
    }

    /** A paper of a pile; whoever opens it has looked at it as it stands. */
    public Sheaf look(Viewer viewer, UUID pileId, UUID sheafId) {
        Pile pile = pile(viewer, pileId);
        Sheaf sheaf = sheaf(viewer, pileId, sheafId);
        if (!sheaf.here()) {
            throw new NotFound("paper of the pile's units");
        }
        if (!pile.finished() && sheaf.group().waits()) {
            store.look(viewer.tenantId(), sheafId, viewer.accountId(), sheaf.version(), now());
        }
        return sheaf;
    }

    private Sheaf sheaf(Viewer viewer, UUID pile, UUID sheaf) {
        return store.sheafOf(viewer.tenantId(), pile, sheaf, viewer.accountId(), units(viewer))
                .orElseThrow(() -> new NotFound("paper of the pile"));
    }

    /** A page that belongs to no paper, or was put to one by hand. */
    public ScanPage page(Viewer viewer, UUID pileId, UUID pageId) {
        pile(viewer, pileId);
        return store.page(viewer.tenantId(), pageId)
                .filter(page -> page.pileId().equals(pileId))
                .orElseThrow(() -> new NotFound("page of the pile"));
    }

    /** The picture of a page: JPEG; empty when there is none, or no longer. */
    public Optional<byte[]> picture(Viewer viewer, UUID pileId, UUID pageId) {
        ScanPage page = page(viewer, pileId, pageId);
        UUID sheaf = page.sheafId();
        if (sheaf != null && !sheaf(viewer, pileId, sheaf).here()) {
            throw new NotFound("page of the pile's units");
        }
        return store.image(viewer.tenantId(), pageId);
    }

    /** The place of a signature, straightened and enlarged; empty when it is not known where on the picture it is. */
    public Optional<byte[]> signature(Viewer viewer, UUID pileId, UUID pageId, String field) {
        Optional<byte[]> jpeg = picture(viewer, pileId, pageId);
        ScanPage page = page(viewer, pileId, pageId);
        Optional<PagePlace> place = store.place(viewer.tenantId(), pageId);
        UUID sheaf = page.sheafId();
        if (jpeg.isEmpty() || place.isEmpty() || sheaf == null) {
            return Optional.empty();
        }
        return sheaf(viewer, pileId, sheaf).boxes().stream()
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

    /** The confirmed scan: what its hash is of. */
    public Optional<Contents.Content> confirmed(Viewer viewer, UUID pileId, UUID sheafId) {
        pile(viewer, pileId);
        Sheaf sheaf = sheaf(viewer, pileId, sheafId);
        byte[] hash = sheaf.contentHash();
        return hash == null || !sheaf.here() ? Optional.empty() : contents.find(viewer.tenantId(), hash);
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
        Pile pile = pile(viewer, pileId);
        return change(() -> {
            if (!store.shareOpen(viewer.tenantId(), pileId)) {
                return refused("scans.refused.finished");
            }
            startReading(viewer, pileId, pile.label());
            return new Done.Yes();
        });
    }

    /** Stops what runs on the pile; what is done stays. */
    public void stop(Viewer viewer, UUID pileId) {
        pile(viewer, pileId);
        for (String kind : List.of(ReadingWork.KIND, ConfirmingWork.KIND)) {
            jobs.live(viewer.tenantId(), kind, pileId).ifPresent(job -> jobs.cancel(viewer.tenantId(), job.id()));
        }
    }

    /** Says which day stands on all of the pile's papers; null when it differs. */
    public Done signedOn(Viewer viewer, UUID pileId, @Nullable LocalDate day) {
        pile(viewer, pileId);
        return change(() -> {
            Optional<Reason> refused = refusedDay(day);
            if (refused.isPresent()) {
                return new Done.Refused("ngay-chung", refused.get());
            }
            if (!store.holdOpen(viewer.tenantId(), pileId)) {
                return refused("scans.refused.finished");
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
        pile(viewer, pileId);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return Objects.requireNonNull(nested.execute(status -> {
                    Confirming came = confirmHeld(viewer, pileId, sheafId, version, signedOn);
                    if (!(came instanceof Confirming.Confirmed)) {
                        status.setRollbackOnly();
                    }
                    return came;
                }));
            } catch (UnexpectedRollbackException e) {
                // Somebody moved the same commitment at the same moment: look again.
            }
        }
        return new Confirming.Refused("", Reason.of("commitments.busy"));
    }

    private Confirming confirmHeld(Viewer viewer, UUID pileId, UUID sheafId, int version, LocalDate signedOn) {
        UUID tenant = viewer.tenantId();
        if (!store.shareOpen(tenant, pileId)) {
            return new Confirming.Refused("", Reason.of("scans.refused.finished"));
        }
        store.hold(tenant, sheafId);
        Sheaf sheaf = sheaf(viewer, pileId, sheafId);
        if (sheaf.state() == Sheaf.State.CONFIRMED) {
            return new Confirming.Already(
                    Objects.requireNonNull(sheaf.decidedBy()), Objects.requireNonNull(sheaf.decidedAt()));
        }
        Group group = sheaf.group();
        if (group != Group.READY && group != Group.DOUBTFUL) {
            return new Confirming.Refused("", Reason.of("scans.refused.group", Reason.of(group.key())));
        }
        if (!sheaf.missing().isEmpty() || !sheaf.doubles().isEmpty()) {
            return new Confirming.Refused("", Reason.of("scans.refused.incomplete"));
        }
        if (sheaf.version() != version) {
            return new Confirming.Refused("", Reason.of("scans.refused.changed"));
        }
        if (!sheaf.seen()) {
            return new Confirming.Refused("", Reason.of("scans.refused.unseen"));
        }
        List<ScanPage> pages = sheaf.counting();
        var pictures = new ArrayList<byte[]>();
        for (ScanPage page : pages) {
            pictures.add(store.image(tenant, page.id())
                    .orElseThrow(() -> new IllegalStateException("a page of a pile has its picture")));
        }
        byte[] pdf = ScanPdf.of("Cam kết " + sheaf.code().written() + " (bản quét)", sheaf.lastRead(), pictures);
        byte[] hash = contents.store(tenant, "application/pdf", pdf);
        return switch (commitments.signOnPaper(viewer, sheaf.paperId(), hash, signedOn)) {
            case Signing.Refused(var field, var why) -> new Confirming.Refused(field, why);
            case Signing.AlreadySigned(var receipt) ->
                new Confirming.Refused("", Reason.of("scans.refused.signed", receipt.at()));
            case Signing.Signed(var receipt) -> {
                store.confirmed(
                        tenant, sheafId, version, signedOn, hash, receipt.commitmentId(), viewer.accountId(), now());
                ledger.append(new Act(
                                tenant,
                                "scans.confirmed",
                                sheafId,
                                viewer.accountId(),
                                facts(sheaf, pages, pictures, signedOn),
                                hash)
                        .with(Piece.of(ScansEvidence.CONTENT, hash)));
                yield new Confirming.Confirmed(receipt);
            }
        };
    }

    /** Which pages of which files became the scan. */
    private Map<String, Object> facts(Sheaf sheaf, List<ScanPage> pages, List<byte[]> pictures, LocalDate signedOn) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("pile", sheaf.pileId().toString());
        facts.put("paper", sheaf.paperId().toString());
        facts.put("code", sheaf.code().signs());
        facts.put("signedOn", signedOn.toString());
        var sources = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < pages.size(); i++) {
            ScanPage page = pages.get(i);
            var source = new LinkedHashMap<String, Object>();
            source.put("file", page.fileId().toString());
            source.put("number", page.number());
            source.put("turned", page.turned());
            source.put("picture", HexFormat.of().formatHex(Sha256.of(pictures.get(i))));
            if (page.byHand()) {
                source.put("byHand", page.reason());
            }
            sources.add(source);
        }
        facts.put("pages", sources);
        return facts;
    }

    /** Confirms the complete papers the viewer has looked at, as they stand; how many, when it begins. */
    public Done confirmLooked(Viewer viewer, UUID pileId) {
        Pile pile = pile(viewer, pileId);
        LocalDate day = pile.signedOn();
        if (day == null) {
            return new Done.Refused("ngay-chung", Reason.of("scans.refused.no-day"));
        }
        List<Sheaf> looked = overview(viewer, pileId).looked();
        if (looked.isEmpty()) {
            return refused("scans.refused.none-seen");
        }
        return change(() -> {
            if (!store.shareOpen(viewer.tenantId(), pileId)) {
                return refused("scans.refused.finished");
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
        return decide(viewer, pileId, sheafId, version, Sheaf.State.DOUBTFUL, "", reason, "ly-do-rieng", true);
    }

    /** Says that the paper is no signed commitment; it can be signed and scanned again. */
    public Done reject(Viewer viewer, UUID pileId, UUID sheafId, int version, @Nullable Rejection kind, String reason) {
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

    /** Takes a decision back. */
    public Done takeUp(Viewer viewer, UUID pileId, UUID sheafId, int version) {
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
        pile(viewer, pileId);
        String words = Texts.oneLine(reason);
        if (reasoned && words.isEmpty()) {
            return new Done.Refused(field, Reason.of("scans.refused.reason"));
        }
        if (words.length() > LONGEST_REASON) {
            return new Done.Refused(field, Reason.of("scans.refused.reason-long", LONGEST_REASON));
        }
        return change(() -> {
            Optional<Done> closed = closed(viewer, pileId, sheafId);
            if (closed.isPresent()) {
                return closed.get();
            }
            Sheaf sheaf = sheaf(viewer, pileId, sheafId);
            if (sheaf.state() == to
                    && sheaf.reason().equals(words)
                    && sheaf.reasonKind().equals(kind)) {
                return new Done.Yes(); // the second click
            }
            if (!store.decide(viewer.tenantId(), sheafId, version, to, kind, words, viewer.accountId(), now())) {
                return refused("scans.refused.changed");
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

    /** Why nothing can be changed about the paper, which is held from here on. */
    private Optional<Done> closed(Viewer viewer, UUID pileId, UUID sheafId) {
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

    /** Says which picture of a page counts. */
    public Done choose(Viewer viewer, UUID pileId, UUID sheafId, Map<Integer, UUID> chosen) {
        pile(viewer, pileId);
        return change(() -> {
            Optional<Done> closed = closed(viewer, pileId, sheafId);
            if (closed.isPresent()) {
                return closed.get();
            }
            Sheaf sheaf = sheaf(viewer, pileId, sheafId);
            boolean changed = false;
            for (var choice : chosen.entrySet()) {
                List<ScanPage> several = sheaf.of(choice.getKey());
                Optional<ScanPage> one = several.stream()
                        .filter(page -> page.id().equals(choice.getValue()))
                        .findFirst();
                if (one.isEmpty()) {
                    return refused("scans.refused.changed");
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

    // Pages without a readable code

    /** Somebody whose paper a page may be. */
    public record Candidate(UUID paperId, String code, String fullName, String positionName, String unitName) {}

    /** People of the pile's campaign and unit whose name fits, with an unsigned paper; at most 20. */
    public List<Candidate> candidates(Viewer viewer, UUID pileId, String words) {
        Pile pile = pile(viewer, pileId);
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
        Pile pile = pile(viewer, pileId);
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
        if (number == null || number < 1 || number > printed.pages()) {
            return new Done.Refused("so-trang", Reason.of("scans.refused.number", printed.pages()));
        }
        return change(() -> {
            if (!store.shareOpen(tenant, pileId)) {
                return refused("scans.refused.finished");
            }
            UUID sheafId = store.sheaf(tenant, pileId, ours.get().id(), printed.pages(), printed.boxes());
            store.hold(tenant, sheafId);
            ScanPage page = store.pageLocked(tenant, pageId)
                    .filter(one -> one.pileId().equals(pileId))
                    .orElseThrow(() -> new NotFound("page of the pile"));
            if (page.assigned()) {
                return sheafId.equals(page.sheafId()) && number.equals(page.page())
                        ? new Done.Yes()
                        : refused("scans.refused.assigned");
            }
            if (page.width() == 0 || page.found() == ScanPage.Found.BLANK || page.found() == ScanPage.Found.FOREIGN) {
                return refused("scans.refused.no-picture");
            }
            Sheaf sheaf = sheaf(viewer, pileId, sheafId);
            if (!sheaf.here()) {
                return new Done.Refused("ma", Reason.of("scans.refused.code"));
            }
            if (sheaf.state() == Sheaf.State.CONFIRMED) {
                return refused("scans.refused.confirmed");
            }
            store.assign(tenant, pageId, sheafId, number, words, viewer.accountId(), now());
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

    /** Takes a page that was put to a paper by hand out again. */
    public Done takeOut(Viewer viewer, UUID pileId, UUID pageId) {
        ScanPage known = page(viewer, pileId, pageId);
        UUID sheafId = known.sheafId();
        if (sheafId == null || !known.byHand()) {
            return refused("scans.refused.not-by-hand");
        }
        return change(() -> {
            Optional<Done> closed = closed(viewer, pileId, sheafId);
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

    /** Turns the picture of a page that no code placed by a quarter, clockwise. */
    public Done turn(Viewer viewer, UUID pileId, UUID pageId) {
        page(viewer, pileId, pageId);
        return change(() -> {
            if (!store.shareOpen(viewer.tenantId(), pileId)) {
                return refused("scans.refused.finished");
            }
            ScanPage page = store.pageLocked(viewer.tenantId(), pageId).orElseThrow();
            Optional<byte[]> jpeg = store.image(viewer.tenantId(), pageId);
            if (page.assigned() || jpeg.isEmpty()) {
                return refused("scans.refused.assigned");
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

    // The end of a pile

    /** Says that the pile is done with. @param anyway although papers wait for a decision */
    public Done finish(Viewer viewer, UUID pileId, boolean anyway) {
        Overview overview = overview(viewer, pileId);
        if (overview.reading() != null || overview.confirming() != null) {
            return refused("scans.refused.running");
        }
        if (!anyway && (overview.waiting() > 0 || !overview.pile().allRead())) {
            return new Done.Refused(
                    "van-ket-thuc",
                    Reason.of(
                            "scans.refused.waiting",
                            overview.waiting(),
                            overview.pile().pages() - overview.pile().read()));
        }
        return change(() -> {
            if (store.finish(viewer.tenantId(), pileId, viewer.accountId(), now())) {
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

    /** Takes a finished pile up again, while its pictures are there. */
    public Done reopen(Viewer viewer, UUID pileId) {
        pile(viewer, pileId);
        return change(() -> {
            if (store.reopen(viewer.tenantId(), pileId)) {
                ledger.append(new Act(viewer.tenantId(), "scans.pile-reopened", pileId, viewer.accountId(), Map.of()));
                return new Done.Yes();
            }
            return store.shareOpen(viewer.tenantId(), pileId) ? new Done.Yes() : refused("scans.refused.swept");
        });
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
        return store.retentions(viewer.tenantId()).stream()
                .map(kept -> new Retention(kept.validFrom(), kept.days(), kept.basis(), kept.setBy(), kept.setAt()))
                .toList();
    }

    /** Days that hold today; 30 while nobody set anything. */
    public int retentionDays(Viewer viewer) {
        return days(store.retentions(viewer.tenantId()), today());
    }

    static int days(List<ScanStore.Kept> settings, LocalDate today) {
        return settings.stream()
                .filter(kept -> !kept.validFrom().isAfter(today))
                .findFirst()
                .map(ScanStore.Kept::days)
                .orElse(RetentionChore.DAYS);
    }

    public Done setRetention(Viewer viewer, @Nullable LocalDate validFrom, @Nullable Integer days, String basis) {
        access.require(viewer, Permission.RUN_CAMPAIGN);
        String words = Texts.oneLine(basis);
        if (days == null || days < 1 || days > 3_650) {
            return new Done.Refused("so-ngay", Reason.of("scans.refused.days"));
        }
        if (validFrom == null || validFrom.isBefore(today())) {
            return new Done.Refused("tu-ngay", Reason.of("scans.refused.past"));
        }
        if (words.isEmpty() || words.length() > 500) {
            return new Done.Refused("can-cu", Reason.of("scans.refused.basis"));
        }
        return change(() -> {
            UUID id = Ids.next();
            store.insertRetention(
                    viewer.tenantId(), id, new ScanStore.Kept(validFrom, days, words, viewer.accountId(), now()));
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

    private Done change(Supplier<Done> work) {
        return Objects.requireNonNull(transaction.execute(status -> {
            Done done = work.get();
            if (done instanceof Done.Refused) {
                status.setRollbackOnly();
            }
            return done;
        }));
    }

    private static Done refused(String key) {
        return new Done.Refused("", Reason.of(key));
    }

    private static UUID[] units(Viewer viewer) {
        return viewer.unitsWith(Permission.RECORD_PAPER_SIGNATURE);
    }

    /** The files of a pile, in the order they came. */
    List<FileRow> files(Viewer viewer, UUID pileId) {
        pile(viewer, pileId);
        return store.files(viewer.tenantId(), pileId);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZONE);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
