package vn.chuanmuc.directory;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import vn.chuanmuc.directory.Lines.Duty;
import vn.chuanmuc.directory.Lines.Holder;
import vn.chuanmuc.directory.Lines.Line;
import vn.chuanmuc.directory.Lines.Saved;
import vn.chuanmuc.kernel.DateRange;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;

/** Who compiles and who approves in a unit of a line. */
@Component
class LineDuties {
    private final LineStore store;
    private final PeopleStore people;
    private final LineHold hold;
    private final Ledger ledger;

    LineDuties(LineStore store, PeopleStore people, LineHold hold, Ledger ledger) {
        this.store = store;
        this.people = people;
        this.hold = hold;
        this.ledger = ledger;
    }

    Saved appoint(Scope scope, UUID lineId, UUID unitId, Duty duty, UUID personId, LocalDate from) {
        Line line = hold.lock(scope, lineId);
        hold.require(scope, unitId);
        Optional<Reason> wrong = LineRules.begin(from, hold.today(), line.validFrom());
        if (wrong.isPresent()) {
            return Lines.no("tu-ngay", wrong.get());
        }
        String name = people.names(scope.tenantId(), List.of(personId)).get(personId);
        if (name == null || !store.known(scope, personId)) {
            return Lines.no("nguoi", Reason.of("directory.line.refused.person"));
        }
        var period = DateRange.since(from);
        Optional<LocalDate> gap =
                LineRules.uncovered(period, LinePlaces.periods(store.places(scope.tenantId(), lineId, unitId)));
        if (gap.isPresent()) {
            return Lines.no("tu-ngay", Reason.of("directory.line.refused.no-place", gap.get()));
        }
        List<Holder> holders = store.holders(scope.tenantId(), lineId, unitId);
        Optional<Holder> before = holders.stream()
                .filter(held ->
                        held.open() && held.duty() == duty && held.validFrom().isBefore(from))
                .findFirst();
        if (before.isPresent() && before.get().personId().equals(personId)) {
            return Lines.no("nguoi", Reason.of("directory.line.refused.has-duty", name));
        }
        var others = new ArrayList<LineRules.Held>();
        for (Holder held : holders) {
            if (before.isEmpty() || !before.get().id().equals(held.id())) {
                others.add(held(held));
            }
        }
        UUID id = Ids.next();
        Optional<Reason> refused = LineRules.duty(new LineRules.Held(id, personId, name, duty, period), others);
        if (refused.isPresent()) {
            return Lines.no("nguoi", refused.get());
        }
        before.ifPresent(held -> store.endDuty(scope.tenantId(), held.id(), held.version(), from));
        store.insertDuty(scope.tenantId(), id, lineId, unitId, duty, personId, from);
        ledger.append(new Act(
                scope.tenantId(),
                "directory.line-duty-given",
                lineId,
                scope.actor(),
                Map.of(
                        "unit", unitId.toString(),
                        "duty", duty.code(),
                        "person", personId.toString(),
                        "from", from.toString())));
        return new Saved.Done(id);
    }

    Saved endDuty(Scope scope, UUID lineId, UUID dutyId, int version, LocalDate day, String reason) {
        hold.lock(scope, lineId);
        LineStore.Seat seat = seat(scope, lineId, dutyId);
        if (!seat.holder().open()) {
            return new Saved.Done(dutyId);
        }
        Saved.Refused refused = hold.ending(
                day, seat.holder().validFrom(), reason, seat.holder().version() == version);
        if (refused != null) {
            return refused;
        }
        store.endDuty(scope.tenantId(), dutyId, version, day);
        ledger.append(new Act(
                scope.tenantId(), "directory.line-duty-ended", lineId, scope.actor(), dutyFacts(seat, day, reason)));
        return new Saved.Done(dutyId);
    }

    Saved correctDuty(Scope scope, UUID lineId, UUID dutyId, int version, LocalDate from, String reason) {
        Line line = hold.lock(scope, lineId);
        LineStore.Seat seat = seat(scope, lineId, dutyId);
        Holder held = seat.holder();
        Optional<Reason> unsaid = LineRules.reason(reason);
        if (unsaid.isPresent()) {
            return Lines.no("ly-do", unsaid.get());
        }
        if (held.version() != version) {
            return Lines.no("", Reason.of("directory.line.refused.meanwhile"));
        }
        Optional<Reason> wrong = LineRules.begin(from, hold.today(), line.validFrom());
        LocalDate to = held.validTo();
        if (wrong.isEmpty() && to != null && !from.isBefore(to)) {
            wrong = Optional.of(Reason.of("directory.line.refused.begin-after-end", to));
        }
        if (wrong.isPresent()) {
            return Lines.no("tu-ngay", wrong.get());
        }
        var period = new DateRange(from, to);
        Optional<LocalDate> gap =
                LineRules.uncovered(period, LinePlaces.periods(store.places(scope.tenantId(), lineId, seat.unitId())));
        if (gap.isPresent()) {
            return Lines.no("tu-ngay", Reason.of("directory.line.refused.no-place", gap.get()));
        }
        Optional<Reason> refused = LineRules.duty(
                new LineRules.Held(dutyId, held.personId(), held.personName(), held.duty(), period),
                store.holders(scope.tenantId(), lineId, seat.unitId()).stream()
                        .map(LineDuties::held)
                        .toList());
        if (refused.isPresent()) {
            return Lines.no("tu-ngay", refused.get());
        }
        store.correctDuty(scope.tenantId(), dutyId, version, from);
        ledger.append(new Act(
                scope.tenantId(),
                "directory.line-duty-corrected",
                lineId,
                scope.actor(),
                dutyFacts(seat, from, reason)));
        return new Saved.Done(dutyId);
    }

    Saved withdrawDuty(Scope scope, UUID lineId, UUID dutyId, int version, String reason) {
        hold.lock(scope, lineId);
        LineStore.Seat seat = seat(scope, lineId, dutyId);
        Optional<Reason> unsaid = LineRules.reason(reason);
        if (unsaid.isPresent()) {
            return Lines.no("ly-do", unsaid.get());
        }
        if (!store.deleteDuty(scope.tenantId(), dutyId, version)) {
            return Lines.no("", Reason.of("directory.line.refused.meanwhile"));
        }
        ledger.append(new Act(
                scope.tenantId(),
                "directory.line-duty-withdrawn",
                lineId,
                scope.actor(),
                dutyFacts(seat, seat.holder().validFrom(), reason)));
        return new Saved.Done(dutyId);
    }

    private LineStore.Seat seat(Scope scope, UUID lineId, UUID dutyId) {
        LineStore.Seat seat =
                store.seat(scope.tenantId(), lineId, dutyId).orElseThrow(() -> new NotFound("duty in a line"));
        hold.require(scope, seat.unitId());
        return seat;
    }

    private static LineRules.Held held(Holder held) {
        return new LineRules.Held(
                held.id(),
                held.personId(),
                held.personName(),
                held.duty(),
                new DateRange(held.validFrom(), held.validTo()));
    }

    private static Map<String, Object> dutyFacts(LineStore.Seat seat, LocalDate day, String reason) {
        return Map.of(
                "unit", seat.unitId().toString(),
                "duty", seat.holder().duty().code(),
                "person", seat.holder().personId().toString(),
                "day", day.toString(),
                "reason", Texts.oneLine(reason));
    }
}
