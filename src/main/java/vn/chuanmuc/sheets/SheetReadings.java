package vn.chuanmuc.sheets;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Forms.Turn;
import vn.chuanmuc.assessments.PaperForms;
import vn.chuanmuc.assessments.PaperForms.Blank;
import vn.chuanmuc.assessments.PaperForms.Scan;
import vn.chuanmuc.criteria.Criteria.SetText;
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.documents.PaperCode;
import vn.chuanmuc.documents.PaperState;
import vn.chuanmuc.documents.Papers;
import vn.chuanmuc.documents.Papers.Paper;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.office.PdfWriter.Row;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.scans.PagePlace;
import vn.chuanmuc.scans.ScannedFiles;
import vn.chuanmuc.sheets.SheetStore.Reading;

/**
 * What a person reads of a scanned form, item by item, and hands in on behalf of whoever filled it in. Nothing is read by the machine but
 * the code. Whoever saw one side of a blind order does not see the other before both are in.
 */
@Component
public class SheetReadings {
    public static final int LONGEST_REMARK = 2_000;
    public static final int LONGEST_ANSWER = 1_000;

    private static final JsonMapper CANONICAL = JsonMapper.builder().build();
    private static final String PDF = "application/pdf";
    /** Of the printed page, in millimetres: what is shown of the row of an item. */
    private static final double LEFT = 22;

    private static final double WIDTH = 176;
    private static final double AROUND = 4;
    private static final double DOTS = 7.5;

    private final SheetStore store;
    private final SheetPapers sheetPapers;
    private final WitnessStore witnesses;
    private final PaperForms forms;
    private final Papers papers;
    private final Contents contents;
    private final TransactionTemplate transaction;
    private final Clock clock;

    SheetReadings(
            SheetStore store,
            SheetPapers sheetPapers,
            WitnessStore witnesses,
            PaperForms forms,
            Papers papers,
            Contents contents,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.sheetPapers = sheetPapers;
        this.witnesses = witnesses;
        this.forms = forms;
        this.papers = papers;
        this.contents = contents;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * A paper in the clerk's list.
     *
     * @param missing pages without a picture; {@code doubles}: with several
     * @param read items with a level; {@code unclear}: that cannot be read
     * @param late it cannot be handed in any more: opening it says why
     */
    public record Line(
            UUID paperId,
            String code,
            UUID formId,
            String fullName,
            String unitName,
            String stageName,
            int missing,
            int doubles,
            int items,
            int read,
            int unclear,
            boolean late,
            @Nullable Instant handedAt) {
        public boolean complete() {
            return missing == 0 && doubles == 0;
        }
    }

    /** Papers of the viewer's units that wait, by unit and name, or that do not any more; at most 500. @param pile of which; null for all */
    public List<Line> lines(Viewer viewer, @Nullable UUID pile, boolean waiting) {
        return store.lines(viewer.tenantId(), SheetPiles.units(viewer), pile, waiting).stream()
                .map(line -> new Line(
                        line.paperId(),
                        new PaperCode(line.code()).written(),
                        line.sheet().place().formId(),
                        line.fullName(),
                        line.unitName(),
                        line.stageName(),
                        line.missing(),
                        line.doubles(),
                        line.items(),
                        line.read(),
                        line.unclear(),
                        line.late(),
                        line.handedAt()))
                .toList();
    }

    /** What stands on the screen: a level or none for each item, items that cannot be read, words beside some, what was answered. */
    public record Draft(
            List<@Nullable Integer> levels, List<Integer> unclear, Map<Integer, String> remarks, String answer) {}

    /**
     * A paper with its pages and what was read so far.
     *
     * @param placed items whose row is known on a picture
     * @param asked items that were unclear and have a level since
     * @param refused why it cannot be handed in as it stands, whatever is read; null when it can
     * @param witness who compares it with the paper, where the viewer named somebody; null when nobody has to
     */
    public record Look(
            Blank blank,
            RuleBook book,
            SetText set,
            String code,
            UUID paperId,
            int pages,
            List<PaperPage> scanned,
            Map<Integer, UUID> placed,
            int version,
            Draft draft,
            List<Integer> asked,
            @Nullable UUID savedBy,
            @Nullable Instant savedAt,
            @Nullable UUID handedBy,
            @Nullable Instant handedAt,
            byte @Nullable [] scanHash,
            @Nullable Reason refused,
            @Nullable Witness witness) {

        public List<Integer> missing() {
            var missing = new ArrayList<Integer>();
            for (int page = 1; page <= pages; page++) {
                if (of(page).isEmpty()) {
                    missing.add(page);
                }
            }
            return missing;
        }

        /** Pages of which several pictures count. */
        public List<Integer> doubles() {
            var doubles = new ArrayList<Integer>();
            for (int page = 1; page <= pages; page++) {
                if (of(page).size() > 1) {
                    doubles.add(page);
                }
            }
            return doubles;
        }

        /** The pictures of a page that count. */
        public List<PaperPage> of(int page) {
            return scanned.stream()
                    .filter(one -> !one.dropped() && Integer.valueOf(page).equals(one.page()))
                    .toList();
        }
    }

    /** What the witness of a paper has to say, or said, of what stands on the screen. */
    public enum Says {
        /** Nothing yet: the clerk is not done. */
        NOTHING,
        ASKED,
        AGREES,
        DIFFERS
    }

    /** @param words what differs, as the witness said last */
    public record Witness(String name, Says says, String words) {}

    /** What came of saving. */
    public sealed interface Saving {
        record Saved(int version, Instant at) implements Saving {}

        /** Somebody saved since the version that was read: nothing was written; this is what stands there. */
        record Behind(Look now) implements Saving {}

        record Refused(String field, Reason why) implements Saving {}
    }

    /** What came of handing in. */
    public sealed interface HandingIn {
        record Done() implements HandingIn {}

        /** Somebody handed this paper in already. */
        record Already(UUID by, Instant at) implements HandingIn {}

        /** Nothing was handed in: these items were not read. What was read is saved. */
        record Unread(int version, List<Integer> positions) implements HandingIn {}

        /** These items cannot be read: the person is to be asked, or somebody says that they stay without a level. */
        record Unclear(int version, List<Integer> positions) implements HandingIn {}

        /** The person has a draft on the screen, saved then: somebody has to say that the paper goes before it. */
        record Drafted(int version, Instant at) implements HandingIn {}

        /** @param version saved; what was read stays there with the scan */
        record Refused(int version, String field, Reason why) implements HandingIn {}

        /** Whoever was named compares it with the paper first. */
        record Witnessed(int version, String name) implements HandingIn {}

        record NotSaved(Saving why) implements HandingIn {}
    }

    /**
     * Why the viewer may not see the paper; empty when they may, and then they have seen it.
     *
     * @throws NotFound when it is not of a unit whose papers they enter
     */
    Optional<Reason> refused(Viewer viewer, UUID paperId) {
        UUID tenant = viewer.tenantId();
        Reading reading = store.reading(tenant, paperId).orElseThrow(() -> new NotFound("paper"));
        Optional<Reason> partial = forms.partial(viewer, reading.sheet().place());
        if (partial.isPresent()) {
            return partial;
        }
        return Objects.requireNonNull(transaction.execute(status -> {
            UUID account = viewer.accountId();
            store.lockLooks(tenant, reading.sheet().place().formId(), account);
            if (blind(viewer, reading)) {
                return Optional.of(Reason.of("sheets.refused.blind"));
            }
            store.look(tenant, reading.sheet().id(), account, now());
            return Optional.<Reason>empty();
        }));
    }

    /** Whether the viewer has seen a side that is not to be known to whoever sees this one. */
    private boolean blind(Viewer viewer, Reading reading) {
        UUID tenant = viewer.tenantId();
        List<String> hidden = forms.hiddenBeside(viewer, reading.sheet().place());
        return !hidden.isEmpty()
                && store.looked(tenant, reading.sheet().place(), hidden, viewer.accountId())
                && witnesses.of(tenant, reading.paperId(), viewer.accountId()).isEmpty();
    }

    /** Items of a paper that cannot be read, in the words that were signed. */
    public record Asking(Line line, List<SetText.Item> items) {}

    /**
     * Whom to ask what, by unit and name. Neither a picture nor what was read is among it, so whoever looks here has opened no paper and
     * may still enter the other side.
     */
    public List<Asking> asking(Viewer viewer) {
        var asking = new ArrayList<Asking>();
        for (Line line : lines(viewer, null, true)) {
            if (line.unclear() == 0) {
                continue;
            }
            Reading reading = store.reading(viewer.tenantId(), line.paperId()).orElseThrow();
            if (forms.partial(viewer, reading.sheet().place()).isPresent() || blind(viewer, reading)) {
                continue;
            }
            Blank blank = forms.blank(viewer, reading.sheet().place());
            asking.add(new Asking(
                    line,
                    forms.words(viewer.tenantId(), blank.form()).groups().stream()
                            .flatMap(group -> group.criteria().stream())
                            .flatMap(criterion -> criterion.items().stream())
                            .filter(item -> reading.unclear().contains(item.position()))
                            .toList()));
        }
        return asking;
    }

    /** What came of opening a paper. */
    public sealed interface Opening {
        record Opened(Look look) implements Opening {}

        record Refused(String fullName, String stageName, Reason why) implements Opening {}
    }

    public Opening open(Viewer viewer, UUID paperId) {
        Optional<Reason> refused = refused(viewer, paperId);
        if (refused.isPresent()) {
            Reading reading = store.reading(viewer.tenantId(), paperId).orElseThrow();
            Blank blank = forms.blank(viewer, reading.sheet().place());
            return new Opening.Refused(blank.form().fullName(), blank.stageName(), refused.get());
        }
        return new Opening.Opened(look(viewer, paperId));
    }

    private Look look(Viewer viewer, UUID paperId) {
        Reading reading = store.reading(viewer.tenantId(), paperId).orElseThrow();
        Blank blank = forms.blank(viewer, reading.sheet().place());
        Look look = look(viewer.tenantId(), reading, blank, null);
        return witnesses
                .of(viewer.tenantId(), paperId, viewer.accountId())
                .map(named -> look(viewer.tenantId(), reading, blank, witness(named, digest(look))))
                .orElse(look);
    }

    private static Witness witness(WitnessStore.Named named, byte[] now) {
        Says says = !Arrays.equals(named.asked(), now)
                ? Says.NOTHING
                : named.waits() ? Says.ASKED : named.agrees() ? Says.AGREES : Says.DIFFERS;
        boolean differed = named.saidOf() != null && !named.agrees() && says != Says.ASKED;
        return new Witness(named.name(), differed ? Says.DIFFERS : says, named.words());
    }

    /** The paper for somebody who was named to compare it. That they were is for the caller to know. */
    Look compared(Viewer witness, UUID paperId) {
        Reading reading = store.reading(witness.tenantId(), paperId).orElseThrow();
        return look(
                witness.tenantId(),
                reading,
                forms.compared(witness, reading.sheet().place()),
                null);
    }

    /** What was read, and of which pictures, as one number: whoever compares them says something of just that. */
    static byte[] digest(Look look) {
        var said = new TreeMap<String, Object>();
        said.put("paper", look.paperId().toString());
        said.put(
                "pages",
                look.scanned().stream()
                        .filter(page -> !page.dropped())
                        .map(page -> page.page() + "/" + page.id())
                        .toList());
        said.put("levels", look.draft().levels().stream().map(String::valueOf).toList());
        said.put("unclear", look.draft().unclear());
        said.put("asked", look.asked());
        said.put("remarks", new TreeMap<>(look.draft().remarks()));
        said.put("answer", look.draft().answer());
        return Sha256.of(CANONICAL.writeValueAsString(said));
    }

    private Look look(UUID tenant, Reading reading, Blank blank, @Nullable Witness witness) {
        UUID paperId = reading.paperId();
        Paper paper = papers.find(tenant, paperId).orElseThrow();
        List<PaperPage> scanned = store.pagesOf(tenant, paperId);
        var placed = new HashMap<Integer, UUID>();
        for (Row row : reading.rows()) {
            scanned.stream()
                    .filter(page -> !page.dropped()
                            && page.placed()
                            && page.pictured()
                            && Integer.valueOf(row.page()).equals(page.page()))
                    .findFirst()
                    .ifPresent(page -> placed.put(row.number(), page.id()));
        }
        return new Look(
                blank,
                forms.book(tenant, blank.form()),
                forms.words(tenant, blank.form()),
                paper.code().written(),
                paperId,
                reading.pages(),
                scanned,
                placed,
                reading.version(),
                new Draft(reading.levels(), reading.unclear(), reading.remarks(), reading.answer()),
                reading.asked(),
                reading.savedBy(),
                reading.savedAt(),
                reading.handedBy(),
                reading.handedAt(),
                reading.scanHash(),
                reading.handedAt() == null ? stale(tenant, blank, paper).orElse(null) : null,
                witness);
    }

    /** Why a paper cannot be handed in, whatever is on it. */
    private Optional<Reason> stale(UUID tenant, Blank blank, Paper paper) {
        if (blank.locked() != null) {
            return Optional.of(
                    blank.handedAt() != null && blank.turn() == Turn.HANDED_IN
                            ? Reason.of("sheets.refused.handed-in", blank.handedAt())
                            : blank.locked());
        }
        if (paper.state() == PaperState.SUPERSEDED || paper.state() == PaperState.WITHDRAWN) {
            return Optional.of(Reason.of("sheets.refused.superseded"));
        }
        return sheetPapers.current(tenant, blank, paper)
                ? Optional.empty()
                : Optional.of(Reason.of("sheets.refused.older"));
    }

    /** The row of an item, straightened and enlarged: JPEG; empty when it is not known where on the picture it is. */
    public Optional<byte[]> row(Viewer viewer, UUID paperId, int position) {
        if (refused(viewer, paperId).isPresent()) {
            throw new NotFound("paper that is not to be seen");
        }
        return row(viewer.tenantId(), look(viewer, paperId), position);
    }

    Optional<byte[]> row(UUID tenant, Look look, int position) {
        UUID page = look.placed().get(position);
        if (page == null) {
            return Optional.empty();
        }
        Row row = store.reading(tenant, look.paperId()).orElseThrow().rows().stream()
                .filter(one -> one.number() == position)
                .findFirst()
                .orElseThrow();
        Optional<byte[]> jpeg = store.image(tenant, page);
        Optional<PagePlace> place = store.place(tenant, page);
        return jpeg.isEmpty() || place.isEmpty()
                ? Optional.empty()
                : Optional.of(ScannedFiles.part(
                        jpeg.get(), place.get(), LEFT, row.top() - AROUND, WIDTH, row.height() + 2 * AROUND, DOTS));
    }

    /** The scan that was handed in. */
    public Optional<Contents.Content> scan(Viewer viewer, UUID paperId) {
        if (refused(viewer, paperId).isPresent()) {
            throw new NotFound("paper that is not to be seen");
        }
        byte[] hash = store.reading(viewer.tenantId(), paperId).orElseThrow().scanHash();
        return hash == null ? Optional.empty() : contents.find(viewer.tenantId(), hash);
    }

    /** Saves what is on the screen, unless somebody saved since {@code version}. */
    @Transactional
    public Saving save(Viewer viewer, UUID paperId, int version, Draft draft) {
        Optional<Reason> refused = refused(viewer, paperId);
        if (refused.isPresent()) {
            return new Saving.Refused("", refused.get());
        }
        UUID tenant = viewer.tenantId();
        Reading reading = store.readingLocked(tenant, paperId).orElseThrow();
        if (reading.handedAt() != null) {
            return new Saving.Refused("", Reason.of("sheets.refused.done"));
        }
        Optional<Saving> wrong = wrong(viewer, reading, draft);
        if (wrong.isPresent()) {
            return wrong.get();
        }
        var asked = new TreeSet<>(reading.asked());
        for (int position : reading.unclear()) {
            if (draft.levels().get(position - 1) != null) {
                asked.add(position);
            }
        }
        asked.removeIf(position -> draft.levels().get(position - 1) == null);
        Instant now = now();
        OptionalInt saved = store.save(
                tenant,
                paperId,
                version,
                draft.levels(),
                draft.unclear(),
                List.copyOf(asked),
                clean(draft.remarks()),
                Texts.nfc(draft.answer()).strip(),
                viewer.accountId(),
                now);
        return saved.isPresent() ? new Saving.Saved(saved.getAsInt(), now) : new Saving.Behind(look(viewer, paperId));
    }

    private static Map<Integer, String> clean(Map<Integer, String> remarks) {
        var clean = new TreeMap<Integer, String>();
        remarks.forEach((position, words) -> {
            String one = Texts.nfc(words).strip();
            if (!one.isEmpty()) {
                clean.put(position, one);
            }
        });
        return clean;
    }

    private Optional<Saving> wrong(Viewer viewer, Reading reading, Draft draft) {
        int items = reading.levels().size();
        if (draft.levels().size() != items
                || draft.unclear().stream()
                        .anyMatch(at -> at < 1 || at > items || draft.levels().get(at - 1) != null)) {
            return Optional.of(new Saving.Refused("", Reason.of("assessments.level.count", items)));
        }
        int scale = forms.book(
                        viewer.tenantId(),
                        forms.blank(viewer, reading.sheet().place()).form())
                .scale()
                .size();
        for (int i = 0; i < items; i++) {
            Integer level = draft.levels().get(i);
            if (level != null && (level < 1 || level > scale)) {
                return Optional.of(new Saving.Refused("muc-" + (i + 1), Reason.of("assessments.level.unknown", i + 1)));
            }
        }
        for (Map.Entry<Integer, String> remark : draft.remarks().entrySet()) {
            if (remark.getValue().length() > LONGEST_REMARK) {
                return Optional.of(new Saving.Refused(
                        "nx-" + remark.getKey(), Reason.of("assessments.remark.long", LONGEST_REMARK)));
            }
        }
        return draft.answer().length() > LONGEST_ANSWER
                ? Optional.of(new Saving.Refused("tra-loi", Reason.of("sheets.refused.answer.long", LONGEST_ANSWER)))
                : Optional.empty();
    }

    /**
     * Hands the form in as it was read, with the scan as evidence.
     *
     * @param knowing items that cannot be read stay without a level, and that is meant
     * @param overDraft the paper goes before what the person drafted on the screen
     */
    public HandingIn handIn(Viewer viewer, UUID paperId, int version, Draft draft, boolean knowing, boolean overDraft) {
        Reading before = store.reading(viewer.tenantId(), paperId).orElseThrow(() -> new NotFound("paper"));
        forms.partial(viewer, before.sheet().place());
        if (before.handedAt() != null) {
            return already(before);
        }
        Saving saving = Objects.requireNonNull(transaction.execute(status -> save(viewer, paperId, version, draft)));
        if (!(saving instanceof Saving.Saved saved)) {
            Reading now = store.reading(viewer.tenantId(), paperId).orElseThrow();
            return now.handedAt() != null ? already(now) : new HandingIn.NotSaved(saving);
        }
        HandingIn handing = Objects.requireNonNull(transaction.execute(status -> {
            HandingIn came = handInHeld(viewer, paperId, saved.version(), knowing, overDraft);
            if (!(came instanceof HandingIn.Done)) {
                status.setRollbackOnly();
            }
            return came;
        }));
        if (handing instanceof HandingIn.Witnessed) {
            transaction.executeWithoutResult(status -> {
                store.readingLocked(viewer.tenantId(), paperId);
                witnesses.ask(viewer.tenantId(), paperId, viewer.accountId(), digest(look(viewer, paperId)));
            });
        }
        return handing;
    }

    private static HandingIn already(Reading reading) {
        return new HandingIn.Already(
                Objects.requireNonNull(reading.handedBy()), Objects.requireNonNull(reading.handedAt()));
    }

    private HandingIn handInHeld(Viewer viewer, UUID paperId, int version, boolean knowing, boolean overDraft) {
        UUID tenant = viewer.tenantId();
        Reading reading = store.readingLocked(tenant, paperId).orElseThrow();
        if (reading.handedAt() != null) {
            return already(reading);
        }
        Look look = look(viewer, paperId);
        if (reading.version() != version) {
            return new HandingIn.NotSaved(new Saving.Behind(look));
        }
        if (look.refused() != null) {
            return new HandingIn.Refused(version, "", look.refused());
        }
        if (!look.missing().isEmpty()) {
            return new HandingIn.Refused(version, "", Reason.of("sheets.refused.missing", numbers(look.missing())));
        }
        if (!look.doubles().isEmpty()) {
            return new HandingIn.Refused(version, "", Reason.of("sheets.refused.doubles", numbers(look.doubles())));
        }
        var unread = new ArrayList<Integer>();
        for (int i = 1; i <= reading.levels().size(); i++) {
            if (reading.levels().get(i - 1) == null && !reading.unclear().contains(i)) {
                unread.add(i);
            }
        }
        if (!unread.isEmpty()) {
            return new HandingIn.Unread(version, unread);
        }
        if (!reading.unclear().isEmpty() && !knowing) {
            return new HandingIn.Unclear(version, reading.unclear());
        }
        if (!reading.asked().isEmpty() && reading.answer().isEmpty()) {
            return new HandingIn.Refused(
                    version, "tra-loi", Reason.of("sheets.refused.answer", numbers(reading.asked())));
        }
        Optional<WitnessStore.Named> named = witnesses.of(tenant, paperId, viewer.accountId());
        if (named.isPresent() && !named.get().agreedTo(digest(look))) {
            return new HandingIn.Witnessed(version, named.get().name());
        }
        byte[] pdf = pdf(tenant, look);
        byte[] hash = contents.store(tenant, PDF, pdf);
        Paper paper = papers.find(tenant, paperId).orElseThrow();
        PaperForms.HandingIn came = forms.handIn(
                viewer,
                reading.sheet().place(),
                reading.levels(),
                reading.remarks(),
                new Scan(
                        paperId,
                        paper.code().signs(),
                        hash,
                        reading.asked(),
                        reading.answer(),
                        named.map(WitnessStore.Named::witness).orElse(null)),
                overDraft);
        return switch (came) {
            case PaperForms.HandingIn.Refused(var why) -> new HandingIn.Refused(version, "", why);
            case PaperForms.HandingIn.Drafted(var at) -> new HandingIn.Drafted(version, at);
            case PaperForms.HandingIn.Done(var handing) -> {
                if (!papers.signed(paper, viewer.accountId())) {
                    yield new HandingIn.Refused(version, "", Reason.of("sheets.refused.superseded"));
                }
                store.handedIn(tenant, paperId, hash, handing, viewer.accountId(), now());
                yield new HandingIn.Done();
            }
        };
    }

    private static String numbers(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private byte[] pdf(UUID tenant, Look look) {
        var pictures = new ArrayList<byte[]>();
        Instant read = Instant.EPOCH;
        for (int number = 1; number <= look.pages(); number++) {
            PaperPage page = look.of(number).getFirst();
            pictures.add(store.image(tenant, page.id())
                    .orElseThrow(() -> new IllegalStateException("a page of a paper that waits has its picture")));
            read = page.readAt().isAfter(read) ? page.readAt() : read;
        }
        return ScannedFiles.pdf(sheetPapers.scanTitle(String.valueOf(look.code())), read, pictures);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
