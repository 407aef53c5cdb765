package vn.chuanmuc.directory;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.directory.People.Saved;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;

/** Who is away, from which day to which, and by what document. A correction is a new version; the old ones stay. */
@Component
public class Leaves {
    /** Leave may be known in advance, but not for ever. */
    private static final int YEARS_AHEAD = 2;

    private final LeaveStore store;
    private final AssignmentStore people;
    private final Ledger ledger;
    private final Clock clock;

    Leaves(LeaveStore store, AssignmentStore people, Ledger ledger, Clock clock) {
        this.store = store;
        this.people = people;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * A leave as one version of it says.
     *
     * @param lastDay the last day of the leave itself; null while no end is known
     * @param basis the document that grants it; empty while there is none
     * @param reason of this version
     */
    public record Leave(
            UUID id,
            int version,
            UUID personId,
            LeaveKind kind,
            LocalDate firstDay,
            @Nullable LocalDate lastDay,
            String basis,
            String reason,
            boolean withdrawn,
            UUID madeBy,
            Instant madeAt) {
        public boolean on(LocalDate day) {
            return !withdrawn && !day.isBefore(firstDay) && (lastDay == null || !day.isAfter(lastDay));
        }

        boolean meets(Leave other) {
            return kind == other.kind
                    && (lastDay == null || !other.firstDay.isAfter(lastDay))
                    && (other.lastDay == null || !firstDay.isAfter(other.lastDay));
        }
    }

    /** What a clerk writes about a leave. */
    public record Entry(
            LeaveKind kind, LocalDate firstDay, @Nullable LocalDate lastDay, String basis, String reason) {}

    /** The leaves of a person as they are said now, newest first; those taken back are left out. */
    public List<Leave> of(UUID tenantId, UUID personId) {
        return store.of(tenantId, personId);
    }

    /** Every version of a leave, newest first. */
    public List<Leave> versions(UUID tenantId, UUID leaveId) {
        return store.versions(tenantId, leaveId);
    }

    /** Who of these is away on the day, and why; of two leaves on one day the one that began later. */
    public Map<UUID, Leave> on(UUID tenantId, Collection<UUID> people, LocalDate day) {
        Map<UUID, Leave> away = new HashMap<>();
        store.on(tenantId, people, day).forEach(leave -> away.put(leave.personId(), leave));
        return away;
    }

    @Transactional
    public Saved enter(Scope scope, UUID personId, Entry entry) {
        Optional<Saved> refused = refused(entry);
        if (refused.isPresent()) {
            return refused.get();
        }
        people.lockManaged(scope, personId);
        Leave leave = leave(scope, Ids.next(), 1, personId, entry, false);
        return overlapping(scope.tenantId(), leave).orElseGet(() -> {
            store.insert(scope.tenantId(), leave);
            return recorded(scope, "directory.leave-entered", leave);
        });
    }

    /** Says the leave anew; the version before stays. Refused when somebody else did so since {@code version}. */
    @Transactional
    public Saved correct(Scope scope, UUID leaveId, int version, Entry entry) {
        Optional<Saved> refused = refused(entry);
        if (refused.isPresent()) {
            return refused.get();
        }
        Leave held = managed(scope, leaveId);
        Leave leave = leave(scope, leaveId, version + 1, held.personId(), entry, false);
        Optional<Saved> overlapping = overlapping(scope.tenantId(), leave);
        if (overlapping.isPresent()) {
            return overlapping.get();
        }
        if (!store.replace(scope.tenantId(), version, leave)) {
            return new Saved.Refused("", Reason.of("directory.person.refused.changed"));
        }
        return recorded(scope, "directory.leave-corrected", leave);
    }

    /** The leave never was: entered by mistake, or taken back. */
    @Transactional
    public Saved withdraw(Scope scope, UUID leaveId, int version, String reason) {
        if (!People.told(reason)) {
            return new Saved.Refused("ly-do", Reason.of("directory.person.refused.reason"));
        }
        Leave held = managed(scope, leaveId);
        var entry = new Entry(held.kind(), held.firstDay(), held.lastDay(), held.basis(), reason);
        Leave leave = leave(scope, leaveId, version + 1, held.personId(), entry, true);
        if (!store.replace(scope.tenantId(), version, leave)) {
            return new Saved.Refused("", Reason.of("directory.person.refused.changed"));
        }
        return recorded(scope, "directory.leave-withdrawn", leave);
    }

    /**
     * What becomes of the leaves of a record that is given up for another: those that go over, and those that say what the kept
     * record says already.
     */
    record Merged(List<Leave> moved, List<Leave> said) {}

    Merged plan(UUID tenantId, UUID kept, UUID givenUp) {
        List<Leave> there = store.of(tenantId, kept);
        Map<Boolean, List<Leave>> said = store.of(tenantId, givenUp).stream()
                .collect(java.util.stream.Collectors.partitioningBy(
                        leave -> there.stream().anyMatch(leave::meets)));
        return new Merged(said.getOrDefault(false, List.of()), said.getOrDefault(true, List.of()));
    }

    void merge(UUID tenantId, UUID actor, UUID kept, Merged merged, String reason) {
        merged.moved().forEach(leave -> store.replaceLocked(tenantId, actor, now(), leave, kept, false, reason));
        merged.said()
                .forEach(leave -> store.replaceLocked(tenantId, actor, now(), leave, leave.personId(), true, reason));
    }

    private Leave managed(Scope scope, UUID leaveId) {
        Leave held = store.find(scope.tenantId(), leaveId).orElseThrow(() -> new NotFound("leave"));
        people.lockManaged(scope, held.personId());
        return held;
    }

    private Optional<Saved> refused(Entry entry) {
        if (entry.firstDay().isAfter(LocalDate.now(clock).plusYears(YEARS_AHEAD))) {
            return Optional.of(new Saved.Refused("tu-ngay", Reason.of("directory.leave.refused.far")));
        }
        if (entry.lastDay() != null && entry.lastDay().isBefore(entry.firstDay())) {
            return Optional.of(
                    new Saved.Refused("den-ngay", Reason.of("directory.leave.refused.order", entry.firstDay())));
        }
        if (entry.basis().length() > 300) {
            return Optional.of(new Saved.Refused("can-cu", Reason.of("directory.transfer.refused.basis")));
        }
        if (!People.told(entry.reason())) {
            return Optional.of(new Saved.Refused("ly-do", Reason.of("directory.person.refused.reason")));
        }
        return Optional.empty();
    }

    private Optional<Saved> overlapping(UUID tenantId, Leave leave) {
        return store.of(tenantId, leave.personId()).stream()
                .filter(other -> !other.id().equals(leave.id()) && other.meets(leave))
                .findFirst()
                .map(other -> new Saved.Refused(
                        "tu-ngay",
                        other.lastDay() == null
                                ? Reason.of("directory.leave.refused.overlaps-open", other.firstDay())
                                : Reason.of("directory.leave.refused.overlaps", other.firstDay(), other.lastDay())));
    }

    private Leave leave(Scope scope, UUID id, int version, UUID personId, Entry entry, boolean withdrawn) {
        return new Leave(
                id,
                version,
                personId,
                entry.kind(),
                entry.firstDay(),
                entry.lastDay(),
                Texts.oneLine(entry.basis()),
                Texts.oneLine(entry.reason()),
                withdrawn,
                scope.actor(),
                now());
    }

    private Instant now() {
        return clock.instant().truncatedTo(java.time.temporal.ChronoUnit.MICROS);
    }

    private Saved recorded(Scope scope, String act, Leave leave) {
        ledger.append(new Act(
                scope.tenantId(),
                act,
                leave.personId(),
                scope.actor(),
                Map.of(
                        "leave",
                        leave.id().toString(),
                        "version",
                        leave.version(),
                        "kind",
                        leave.kind().code(),
                        "from",
                        leave.firstDay().toString(),
                        "to",
                        String.valueOf(leave.lastDay()),
                        "basis",
                        leave.basis(),
                        "reason",
                        leave.reason())));
        return new Saved.Done(leave.personId());
    }
}
