package vn.chuanmuc.assessments;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Forms.Form;
import vn.chuanmuc.assessments.Forms.Said;
import vn.chuanmuc.assessments.Forms.Sheet;
import vn.chuanmuc.assessments.Forms.Turn;
import vn.chuanmuc.criteria.Criteria;
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.rules.RuleBook.Actor;

/**
 * Forms that are filled in on paper: which there are to print, and handing in what somebody read from a scan on behalf of whoever
 * filled it in (ADR 0021). Nothing that any stage said is told here: whoever prints or enters one sees blank forms only.
 */
@Component
public class PaperForms {
    private final FormStore store;
    private final PaperFormStore paperStore;
    private final CycleStore cycles;
    private final FormReading forms;
    private final FormRating rating;
    private final Rollups rollups;
    private final Contents contents;
    private final Access access;
    private final Clock clock;

    PaperForms(
            FormStore store,
            PaperFormStore paperStore,
            CycleStore cycles,
            FormReading forms,
            FormRating rating,
            Rollups rollups,
            Contents contents,
            Access access,
            Clock clock) {
        this.store = store;
        this.paperStore = paperStore;
        this.cycles = cycles;
        this.forms = forms;
        this.rating = rating;
        this.rollups = rollups;
        this.contents = contents;
        this.access = access;
        this.clock = clock;
    }

    /** One stage of one form, to be printed. */
    public record Place(Period period, UUID formId, String stage) {}

    /** Whose forms are printed: what they fill in themselves, or what is filled in about them. */
    public enum Side {
        SELF,
        OTHERS
    }

    /**
     * A stage as it is known to whoever prints or enters it: not what it says.
     *
     * @param handing how often it was handed in
     * @param raterUnit the unit whose head acts; null for the person themself
     * @param drafted when something was saved since it was opened; null when nothing was
     * @param locked why it cannot be handed in now; null when it can
     */
    public record Blank(
            Form form,
            String stage,
            String stageName,
            Actor actor,
            int order,
            LocalDate due,
            Turn turn,
            int handing,
            @Nullable Instant handedAt,
            @Nullable Instant drafted,
            @Nullable UUID raterUnit,
            @Nullable Reason locked) {}

    /**
     * What was read, and from what.
     *
     * @param asked items that could not be read at first, and were given after asking; {@code answer} says who was asked and when
     * @param hash of the scan, in {@link Contents}
     * @param witness the account of who compared it with the paper, where one person had to enter both sides; null otherwise
     */
    public record Scan(
            UUID paperId,
            String code,
            byte[] hash,
            List<Integer> asked,
            String answer,
            @Nullable UUID witness) {
        Map<String, Object> canonical() {
            var said = new TreeMap<String, Object>();
            said.put("id", paperId.toString());
            said.put("code", code);
            said.put("scan", HexFormat.of().formatHex(hash));
            if (!asked.isEmpty()) {
                said.put("asked", asked);
                said.put("answer", answer);
            }
            if (witness != null) {
                said.put("witness", witness.toString());
            }
            return said;
        }
    }

    /** What came of handing in from paper. */
    public sealed interface HandingIn {
        record Done(int handing) implements HandingIn {}

        /** Something was drafted on the screen meanwhile, and it was not said that the paper goes before it. */
        record Drafted(Instant at) implements HandingIn {}

        record Refused(Reason why) implements HandingIn {}
    }

    /** Cycles in which something can be printed or entered by the viewer, the newest first; at most 50. */
    public List<Cycle> cycles(Viewer viewer) {
        return paperStore.cycles(viewer, units(viewer), today()).stream()
                .map(id -> cycles.find(viewer.tenantId(), id).orElseThrow())
                .toList();
    }

    private static UUID[] units(Viewer viewer) {
        return viewer.unitsWith(Permission.ENTER_PAPER_FORMS);
    }

    /**
     * The forms of a cycle whose turn it is, of the units whose papers the viewer enters and of those whom they rate themselves, by
     * unit and name.
     */
    public List<Place> open(Viewer viewer, Cycle cycle, @Nullable UUID unit, Side side, int most) {
        return paperStore.open(viewer, units(viewer), cycle, unit, side, today(), most);
    }

    /**
     * A stage whose form the viewer may print: their own, that of somebody they rate, or one of the units whose papers they enter.
     *
     * @throws NotFound for everybody else
     */
    public Blank blank(Viewer viewer, Place place) {
        Sheet sheet = store.sheet(viewer, place.period(), place.formId()).orElseThrow(() -> new NotFound("form"));
        Said said = sheet.stage(place.stage()).orElseThrow(() -> new NotFound("stage"));
        if (!said.acting() && !enters(viewer, sheet.form())) {
            throw new NotFound("form");
        }
        return blank(viewer.tenantId(), sheet.form(), said);
    }

    private boolean enters(Viewer viewer, Form form) {
        return access.covers(viewer, Permission.ENTER_PAPER_FORMS, form.unitId());
    }

    /** Whether the stage can be filled in now, whoever asks: of a paper that was found. */
    public boolean inReach(Viewer viewer, Place place) {
        return store.sheet(viewer, place.period(), place.formId())
                .filter(sheet -> enters(viewer, sheet.form()))
                .isPresent();
    }

    private Blank blank(UUID tenant, Form form, Said said) {
        return new Blank(
                form,
                said.stage(),
                forms.stageName(tenant, form, said),
                said.actor(),
                said.order(),
                said.due(),
                said.turn(),
                said.handing(),
                said.handedAt(),
                store.begun(tenant, form, said.stage()),
                said.unitId(),
                forms.locked(form, said).orElse(null));
    }

    /** The exact words that were signed. */
    public Criteria.SetText words(UUID tenantId, Form form) {
        return forms.words(tenantId, form);
    }

    public RuleBook book(UUID tenantId, Form form) {
        return forms.book(tenantId, form);
    }

    /**
     * Why the viewer may not read the paper of a stage: it is about them, or they act in the form themselves. Empty when they may.
     *
     * @throws NotFound when they do not enter papers of the form's unit
     */
    public Optional<Reason> partial(Viewer viewer, Place place) {
        Sheet sheet = store.sheet(viewer, place.period(), place.formId()).orElseThrow(() -> new NotFound("form"));
        if (!enters(viewer, sheet.form())) {
            throw new NotFound("form");
        }
        return concerned(viewer, sheet) ? Optional.of(Reason.of("assessments.paper.partial")) : Optional.empty();
    }

    private static boolean concerned(Viewer viewer, Sheet sheet) {
        return sheet.form().personId().equals(viewer.personId())
                || sheet.stages().stream().anyMatch(Said::acting);
    }

    /** Whether the form is about the viewer, or they act in one of its stages. */
    public boolean concerned(Viewer viewer, Place place) {
        return concerned(
                viewer, store.sheet(viewer, place.period(), place.formId()).orElseThrow(() -> new NotFound("form")));
    }

    /**
     * A stage for somebody who was named to compare its paper with what was entered. That they were is for the caller to know.
     *
     * @throws NotFound for whom the form concerns
     */
    public Blank compared(Viewer witness, Place place) {
        Sheet sheet = store.sheet(witness, place.period(), place.formId())
                .filter(one -> !concerned(witness, one))
                .orElseThrow(() -> new NotFound("form"));
        return blank(
                witness.tenantId(), sheet.form(), sheet.stage(place.stage()).orElseThrow(() -> new NotFound("stage")));
    }

    /**
     * The other stages of the same order that must not be seen by whoever sees this one before all of the order are in; none when
     * nothing is blind, or all are in.
     */
    public List<String> hiddenBeside(Viewer viewer, Place place) {
        Sheet sheet = store.sheet(viewer, place.period(), place.formId()).orElseThrow(() -> new NotFound("form"));
        Said said = sheet.stage(place.stage()).orElseThrow(() -> new NotFound("stage"));
        List<Said> order = sheet.stages().stream()
                .filter(one -> one.order() == said.order())
                .toList();
        boolean blind =
                order.stream().anyMatch(Said::blind) && order.stream().anyMatch(one -> one.turn() != Turn.HANDED_IN);
        return blind
                ? order.stream()
                        .map(Said::stage)
                        .filter(stage -> !stage.equals(said.stage()))
                        .toList()
                : List.of();
    }

    /**
     * Hands a stage in as somebody read it from its paper: on behalf of whoever filled it in, with the scan as evidence. A draft on the
     * screen gives way only when that was said.
     *
     * @param levels ordinals of the scale, item by item; null: not assessed
     * @param overDraft whether the paper goes before what was drafted on the screen
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public HandingIn handIn(
            Viewer viewer,
            Place place,
            List<@Nullable Integer> levels,
            Map<Integer, String> remarks,
            Scan scan,
            boolean overDraft) {
        UUID tenant = viewer.tenantId();
        Optional<Reason> partial = partial(viewer, place);
        if (partial.isPresent()) {
            return new HandingIn.Refused(partial.get());
        }
        Form form = store.sheet(viewer, place.period(), place.formId())
                .orElseThrow(() -> new NotFound("form"))
                .form();
        cycles.lockCycle(form.cycleId(), false);
        Check.that(store.lock(tenant, place.period(), place.formId()), "a form that was read is there");
        Sheet sheet = store.sheet(viewer, place.period(), place.formId()).orElseThrow();
        Said said = sheet.stage(place.stage()).orElseThrow(() -> new NotFound("stage"));
        Check.that(store.lockStage(tenant, sheet.form(), said.stage()), "a stage that was read is there");
        Optional<Reason> locked = forms.locked(sheet.form(), said);
        if (locked.isPresent()) {
            return new HandingIn.Refused(
                    said.turn() == Turn.HANDED_IN && said.handedAt() != null
                            ? Reason.of("assessments.paper.handed-in", said.handedAt())
                            : locked.get());
        }
        Instant drafted = store.begun(tenant, sheet.form(), said.stage());
        if (drafted != null && !overDraft) {
            return new HandingIn.Drafted(drafted);
        }
        int scale = forms.book(tenant, sheet.form()).scale().size();
        Check.that(
                levels.size() == sheet.form().items()
                        && levels.stream().allMatch(level -> level == null || level >= 1 && level <= scale),
                "what was read has a level of the scale or none for each item");
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        int version =
                paperStore.write(tenant, sheet.form(), said.stage(), levels, clean(remarks), viewer.accountId(), at);
        OptionalInt handing = store.handIn(tenant, sheet.form(), said.stage(), version, at);
        Check.that(handing.isPresent(), "a locked stage that is open can be handed in");
        var read = new Said(
                said.stage(),
                said.order(),
                said.actor(),
                said.blind(),
                said.unitId(),
                said.accountId(),
                said.due(),
                said.turn(),
                handing.getAsInt(),
                at,
                false,
                true,
                version,
                at,
                viewer.accountId(),
                new ArrayList<>(levels));
        Sheet texts = store.texts(tenant, sheet, List.of(said.stage()));
        rating.keep(viewer, texts, read, handing.getAsInt(), 0, at, scan);
        store.advance(tenant, sheet.form());
        rollups.changed(tenant, form.cycleId(), form.unitId());
        return new HandingIn.Done(handing.getAsInt());
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

    /** The scan a handing in was read from, for whoever may see what it says. */
    public Optional<Contents.Content> scan(Viewer viewer, Period period, UUID formId, String stage, int handing) {
        return forms.handings(viewer, forms.sheet(viewer, period, formId)).stream()
                .filter(one -> one.stage().equals(stage) && one.handing() == handing)
                .map(Forms.Handed::scanHash)
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .flatMap(hash -> contents.find(viewer.tenantId(), hash));
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }
}
