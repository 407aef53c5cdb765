package vn.chuanmuc.petitions;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;
import vn.chuanmuc.petitions.Petition.Attachment;
import vn.chuanmuc.petitions.Petition.Step;
import vn.chuanmuc.petitions.Petition.StepKind;
import vn.chuanmuc.petitions.Terms.Reckoning;
import vn.chuanmuc.petitions.Terms.Still;
import vn.chuanmuc.rules.WorkingCalendar;
import vn.chuanmuc.rules.WorkingDays;

/** How every step about a petition is made: the petition is held, what was seen is compared, the step and its act are written; and how its clocks are reckoned. */
@Component
class Steps {
    /** What a clock does nobody does. */
    static final UUID NOBODY = new UUID(0, 0);

    private final PetitionStore store;
    private final WorkingDays working;
    private final PetitionNotices notices;
    private final Ledger ledger;
    private final Clock clock;

    Steps(PetitionStore store, WorkingDays working, PetitionNotices notices, Ledger ledger, Clock clock) {
        this.store = store;
        this.working = working;
        this.notices = notices;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** The petition, held until the transaction ends. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Petition hold(UUID tenantId, UUID id) {
        return store.lock(tenantId, id).orElseThrow(() -> new NotFound("petition"));
    }

    /**
     * Why whoever acts must look again: something was done since they opened the page. Their own second click, which says the same, is
     * no reason.
     *
     * @param seen how many steps the page showed
     * @param same what a step says that would be this one
     */
    Optional<Moved> behind(Viewer viewer, Petition held, int seen, StepKind kind, Map<String, String> same) {
        if (held.steps() == seen) {
            return Optional.empty();
        }
        boolean again = store.steps(viewer.tenantId(), held.id()).stream()
                .filter(step -> step.seq() == seen + 1
                        && step.kind() == kind
                        && step.account().equals(viewer.accountId()))
                .anyMatch(step -> same.entrySet().stream()
                        .allMatch(said -> step.text(said.getKey()).equals(said.getValue())));
        return Optional.of(again ? new Moved.Done(held.id(), true) : Moved.refused("", "petitions.behind"));
    }

    /** Writes a step of the viewer, with its act and the files it takes up. */
    Moved take(
            Viewer viewer,
            Petition petition,
            StepKind kind,
            Map<String, Object> said,
            LocalDate day,
            PetitionStore.Move move,
            List<Attachment> files) {
        write(viewer.tenantId(), petition, kind, said, viewer.accountId(), viewer.personId(), day, move, files);
        return new Moved.Done(petition.id(), false);
    }

    Moved take(Viewer viewer, Petition petition, StepKind kind, Map<String, Object> said, PetitionStore.Move move) {
        return take(viewer, petition, kind, said, today(), move, List.of());
    }

    /** A step that a clock makes. */
    void call(UUID tenantId, Petition petition, StepKind kind, Map<String, Object> said, PetitionStore.Move move) {
        write(tenantId, petition, kind, said, NOBODY, null, today(), move, List.of());
    }

    private void write(
            UUID tenantId,
            Petition petition,
            StepKind kind,
            Map<String, Object> said,
            UUID account,
            @Nullable UUID person,
            LocalDate day,
            PetitionStore.Move move,
            List<Attachment> files) {
        var all = new LinkedHashMap<>(said);
        if (!files.isEmpty()) {
            all.put(
                    "files",
                    files.stream()
                            .map(file -> Map.of(
                                    "id",
                                    file.id().toString(),
                                    "title",
                                    file.title(),
                                    "sha256",
                                    HexFormat.of().formatHex(file.hash()),
                                    "size",
                                    file.size(),
                                    "part",
                                    file.part().code()))
                            .toList());
        }
        byte[] hash =
                store.step(tenantId, petition, kind, PetitionStore.canonical(all), account, person, day, now(), move);
        store.takeUp(tenantId, petition.id(), files, petition.steps() + 1);
        var facts = new LinkedHashMap<String, Object>();
        facts.put("period", petition.period().code());
        facts.put("form", petition.formId().toString());
        facts.put("person", petition.personId().toString());
        facts.put("step", petition.steps() + 1);
        var pieces = new ArrayList<Piece>();
        pieces.add(Piece.of(PetitionEvidence.STEP, petition.id(), petition.steps() + 1));
        files.stream()
                .map(file -> HexFormat.of().formatHex(file.hash()))
                .distinct()
                .forEach(hex -> pieces.add(
                        Piece.of("documents.content", (Object) HexFormat.of().parseHex(hex))));
        ledger.append(new Act(tenantId, PetitionEvidence.act(kind), petition.id(), account, facts, hash).with(pieces));
        notices.tell(tenantId, petition, kind, all, account);
    }

    // Clocks

    WorkingCalendar calendar(UUID tenantId) {
        return working.calendar(tenantId);
    }

    Reckoning reckon(UUID tenantId, LocalDate from, int days, List<Still> still) {
        var names = new HashMap<LocalDate, String>();
        for (int year = from.getYear(); year <= from.getYear() + 1; year++) {
            int of = year;
            WorkingDays.shipped().stream()
                    .filter(fixed -> of >= fixed.fromYear())
                    .forEach(fixed -> names.put(fixed.day().atYear(of), fixed.name()));
            working.entries(tenantId, year).forEach(entry -> names.put(entry.day(), entry.name()));
        }
        return Terms.reckon(working.calendar(tenantId), names, from, days, still);
    }

    /** When the clock of the answer stood still, or is going to: from a question until its answer, at most until that was due. */
    static List<Still> still(PetitionRule rule, List<Step> steps) {
        if (!rule.standsStill()) {
            return List.of();
        }
        var still = new ArrayList<Still>();
        for (Step asked : steps) {
            if (asked.kind() != StepKind.ASKED) {
                continue;
            }
            LocalDate until = LocalDate.parse(asked.text("due"));
            for (Step end : steps) {
                boolean ends = (end.kind() == StepKind.OPINED || end.kind() == StepKind.RECALLED)
                        && end.number("n") == asked.number("n");
                if (ends && end.day().isBefore(until)) {
                    until = end.day();
                }
            }
            still.add(new Still(asked.day(), until));
        }
        return still;
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    LocalDate today() {
        return LocalDate.now(clock);
    }
}
