package vn.chuanmuc.assessments;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Forms.Draft;
import vn.chuanmuc.assessments.Forms.Form;
import vn.chuanmuc.assessments.Forms.HandingIn;
import vn.chuanmuc.assessments.Forms.Said;
import vn.chuanmuc.assessments.Forms.Saving;
import vn.chuanmuc.assessments.Forms.Sheet;
import vn.chuanmuc.assessments.Forms.Turn;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;

/** Ratings of a form: drafts that are saved by whoever's turn it is, and stages that are handed in as evidence. */
@Component
class FormRating {
    /** A page that was open longer was not read all the time: what it says of its opening is not believed. */
    private static final Duration LONGEST_OPEN = Duration.ofHours(12);

    private final FormStore store;
    private final CycleStore cycles;
    private final FormReading reading;
    private final Rollups rollups;
    private final Ledger ledger;
    private final Clock clock;

    FormRating(FormStore store, CycleStore cycles, FormReading reading, Rollups rollups, Ledger ledger, Clock clock) {
        this.store = store;
        this.cycles = cycles;
        this.reading = reading;
        this.rollups = rollups;
        this.ledger = ledger;
        this.clock = clock;
    }

    Saving save(Viewer viewer, Period period, UUID formId, String stage, int version, Draft draft) {
        TreeMap<Integer, String> remarks = new TreeMap<>();
        for (Map.Entry<Integer, String> remark : draft.remarks().entrySet()) {
            String words = Texts.nfc(remark.getValue()).strip();
            if (words.length() > Forms.LONGEST_REMARK) {
                return new Saving.Refused(
                        "nx-" + remark.getKey(), Reason.of("assessments.remark.long", Forms.LONGEST_REMARK));
            }
            if (!words.isEmpty()) {
                remarks.put(remark.getKey(), words);
            }
        }
        Instant now = now();
        OptionalInt saved = draft.levels().isEmpty()
                ? OptionalInt.empty()
                : store.save(viewer, period, formId, stage, version, draft.levels(), remarks, now, reading.today());
        return saved.isPresent()
                ? new Saving.Saved(saved.getAsInt(), now)
                : notSaved(viewer, period, formId, stage, version, draft);
    }

    private Saving notSaved(Viewer viewer, Period period, UUID formId, String stage, int version, Draft draft) {
        Sheet sheet = reading.sheet(viewer, period, formId);
        Said said = FormReading.acting(viewer, sheet, stage);
        Optional<Reason> locked = reading.locked(sheet.form(), said);
        if (locked.isPresent()) {
            return new Saving.Refused("", locked.get());
        }
        if (said.version() != version) {
            return new Saving.Behind(sheet, said);
        }
        int levels = reading.book(viewer.tenantId(), sheet.form()).scale().size();
        for (int i = 0; i < draft.levels().size(); i++) {
            Integer level = draft.levels().get(i);
            if (level != null && (level < 1 || level > levels)) {
                return new Saving.Refused("muc-" + (i + 1), Reason.of("assessments.level.unknown", i + 1));
            }
        }
        return new Saving.Refused(
                "",
                draft.levels().size() == sheet.form().items()
                        ? Reason.of("assessments.busy")
                        : Reason.of("assessments.level.count", sheet.form().items()));
    }

    HandingIn handIn(
            Viewer viewer,
            Period period,
            UUID formId,
            String stage,
            int version,
            @Nullable Draft draft,
            boolean knowing,
            @Nullable Instant opened) {
        UUID tenant = viewer.tenantId();
        Sheet before = reading.sheet(viewer, period, formId);
        Form form = before.form();
        Said said = FormReading.acting(viewer, before, stage);
        if (said.turn() == Turn.HANDED_IN) {
            return new HandingIn.Already();
        }
        cycles.lockCycle(form.cycleId(), false);
        Check.that(store.lock(tenant, period, formId), "a form that was read is there");
        Instant begun = store.begun(tenant, form, stage);
        int current = version;
        if (draft != null) {
            Saving saving = save(viewer, period, formId, stage, version, draft);
            if (!(saving instanceof Saving.Saved saved)) {
                return new HandingIn.NotSaved(saving);
            }
            current = saved.version();
        }
        Sheet sheet = reading.sheet(viewer, period, formId);
        Said now = FormReading.acting(viewer, sheet, stage);
        Optional<Reason> locked = reading.locked(sheet.form(), now);
        if (now.turn() == Turn.HANDED_IN) {
            return new HandingIn.Already();
        }
        if (locked.isPresent()) {
            return new HandingIn.NotSaved(new Saving.Refused("", locked.get()));
        }
        if (now.version() != current) {
            return new HandingIn.NotSaved(new Saving.Behind(sheet, now));
        }
        List<Integer> missing = missing(now.levels());
        if (!missing.isEmpty() && !knowing) {
            return new HandingIn.Missing(current, missing);
        }
        Instant at = now();
        OptionalInt handing = store.handIn(tenant, form, stage, current, at);
        if (handing.isEmpty()) {
            return new HandingIn.NotSaved(new Saving.Refused("", Reason.of("assessments.busy")));
        }
        keep(viewer, sheet, now, handing.getAsInt(), seconds(begun, opened, at), at, null);
        store.advance(tenant, form);
        rollups.changed(tenant, form.cycleId(), form.unitId());
        return new HandingIn.Done(handing.getAsInt());
    }

    private static List<Integer> missing(List<@Nullable Integer> levels) {
        var missing = new ArrayList<Integer>();
        for (int i = 0; i < levels.size(); i++) {
            if (levels.get(i) == null) {
                missing.add(i + 1);
            }
        }
        return missing;
    }

    /** From the opening of the page or the first save, whichever was earlier. */
    private static int seconds(@Nullable Instant begun, @Nullable Instant opened, Instant at) {
        Instant from = begun == null ? at : begun;
        if (opened != null && opened.isBefore(from) && opened.isAfter(at.minus(LONGEST_OPEN))) {
            from = opened;
        }
        return (int) Math.clamp(Duration.between(from, at).toSeconds(), 0, Integer.MAX_VALUE);
    }

    /** Keeps what was handed in as evidence, with its act. @param scan what it was read from; null when it was filled in here */
    void keep(
            Viewer viewer,
            Sheet sheet,
            Said said,
            int handing,
            int seconds,
            Instant at,
            PaperForms.@Nullable Scan scan) {
        UUID tenant = viewer.tenantId();
        Form form = sheet.form();
        String json = HandingFile.write(HandingFile.rated(sheet, said, handing, scan));
        byte[] hash = Sha256.of(json);
        boolean late = LocalDate.ofInstant(at, clock.getZone()).isAfter(said.due());
        store.insertHanding(
                tenant,
                form,
                said.stage(),
                handing,
                said.levels(),
                json,
                hash,
                seconds,
                late,
                viewer.accountId(),
                at,
                scan);
        var facts = form.facts(said.stage());
        facts.put("handing", handing);
        facts.put("assessed", said.assessed());
        facts.put("late", late);
        var pieces = new ArrayList<Piece>();
        pieces.add(
                Piece.of(AssessmentEvidence.HANDING, form.period().code(), form.id(), said.stage(), (short) handing));
        if (scan != null) {
            facts.put("paper", scan.paperId().toString());
            facts.put("scan", HandingFile.hex(scan.hash()));
            pieces.add(Piece.of(AssessmentEvidence.CONTENT, scan.hash()));
        }
        ledger.append(
                new Act(tenant, "assessments.handed-in", form.id(), viewer.accountId(), facts, hash).with(pieces));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
