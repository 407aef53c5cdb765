package vn.chuanmuc.directory;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.chuanmuc.directory.Lines.Branch;
import vn.chuanmuc.directory.Lines.BranchUnit;
import vn.chuanmuc.directory.Lines.Line;
import vn.chuanmuc.directory.Lines.Place;
import vn.chuanmuc.directory.Lines.Saved;
import vn.chuanmuc.kernel.DateRange;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;

/** Places of units in lines: given one by one or a branch at once, moved, put right, ended. */
@Component
class LinePlaces {
    private final LineStore store;
    private final LineHold hold;
    private final Ledger ledger;

    LinePlaces(LineStore store, LineHold hold, Ledger ledger) {
        this.store = store;
        this.hold = hold;
        this.ledger = ledger;
    }

    Saved place(Scope scope, UUID lineId, UUID unitId, @Nullable UUID superiorId, LocalDate from, String basis) {
        Line line = hold.lock(scope, lineId);
        hold.require(scope, unitId);
        if (!line.open()) {
            return Lines.no("", Reason.of("directory.line.refused.line-ended"));
        }
        if (store.openUnit(scope.tenantId(), unitId).isEmpty()) {
            return Lines.no("don-vi", Reason.of("directory.line.refused.unit-dissolved"));
        }
        var period = DateRange.since(from);
        Optional<Place> there = store.places(scope.tenantId(), lineId, unitId).stream()
                .filter(place -> period(place).overlaps(period))
                .findFirst();
        if (there.isPresent()) {
            return Lines.no(
                    "don-vi",
                    Reason.of("directory.line.refused.placed", there.get().validFrom()));
        }
        Saved.Refused refused = placing(scope.tenantId(), line, unitId, superiorId, period, basis);
        if (refused != null) {
            return refused;
        }
        UUID id = Ids.next();
        store.insertPlace(scope.tenantId(), id, lineId, unitId, superiorId, from, Texts.oneLine(basis));
        ledger.append(new Act(
                scope.tenantId(),
                "directory.line-place-given",
                lineId,
                scope.actor(),
                placeFacts(unitId, superiorId, from, basis, "")));
        return new Saved.Done(id);
    }

    Saved placeAll(
            Scope scope,
            UUID lineId,
            UUID top,
            Set<UUID> chosen,
            @Nullable UUID superiorId,
            LocalDate from,
            String basis) {
        Line line = hold.lock(scope, lineId);
        hold.require(scope, top);
        Branch branch = store.branch(scope.tenantId(), lineId, top, from, Lines.MOST_AT_ONCE);
        if (!line.open()) {
            return Lines.no("", Reason.of("directory.line.refused.line-ended"));
        }
        if (chosen.isEmpty()) {
            return Lines.no("chon", Reason.of("directory.line.branch.none"));
        }
        var byId = new LinkedHashMap<UUID, BranchUnit>();
        branch.units().forEach(unit -> byId.put(unit.unitId(), unit));
        if (!byId.keySet().containsAll(chosen)) {
            return Lines.no("chon", Reason.of("directory.line.branch.meanwhile"));
        }
        if (chosen.stream().allMatch(unit -> from.equals(placedFrom(byId, unit)))) {
            return new Saved.Done(lineId); // a second click
        }
        var period = DateRange.since(from);
        var superiors = new LinkedHashMap<UUID, Optional<UUID>>();
        for (BranchUnit unit : branch.units()) {
            if (!chosen.contains(unit.unitId())) {
                continue;
            }
            if (unit.placedFrom() != null) {
                return Lines.no("chon", Reason.of("directory.line.branch.placed", unit.name(), unit.placedFrom()));
            }
            UUID above = above(byId, unit, chosen, superiorId);
            superiors.put(unit.unitId(), Optional.ofNullable(above));
            boolean together = above != null && chosen.contains(above); // its place begins the same day
            Saved.Refused refused =
                    placing(scope.tenantId(), line, unit.unitId(), together ? null : above, period, basis);
            if (refused != null) {
                return refused;
            }
        }
        superiors.forEach((unit, above) -> store.insertPlace(
                scope.tenantId(), Ids.next(), lineId, unit, above.orElse(null), from, Texts.oneLine(basis)));
        ledger.appendAll(superiors.entrySet().stream()
                .map(place -> new Act(
                        scope.tenantId(),
                        "directory.line-place-given",
                        lineId,
                        scope.actor(),
                        placeFacts(place.getKey(), place.getValue().orElse(null), from, basis, "")))
                .toList());
        return new Saved.Done(lineId);
    }

    private static @Nullable LocalDate placedFrom(Map<UUID, BranchUnit> byId, UUID unit) {
        BranchUnit known = byId.get(unit);
        return known == null ? null : known.placedFrom();
    }

    private static @Nullable UUID above(
            Map<UUID, BranchUnit> byId, BranchUnit unit, Set<UUID> chosen, @Nullable UUID otherwise) {
        for (UUID parent = unit.parentId(); parent != null; ) {
            BranchUnit known = byId.get(parent);
            if (known == null) {
                break;
            }
            if (chosen.contains(parent) || known.placedFrom() != null) {
                return parent;
            }
            parent = known.parentId();
        }
        return otherwise;
    }

    Saved move(
            Scope scope,
            UUID lineId,
            UUID placeId,
            int version,
            @Nullable UUID superiorId,
            LocalDate day,
            String basis) {
        Line line = hold.lock(scope, lineId);
        Place place = place(scope, lineId, placeId, false);
        if (!place.open() || place.version() != version) {
            return Lines.no("", Reason.of("directory.line.refused.meanwhile"));
        }
        if (java.util.Objects.equals(place.superiorId(), superiorId)) {
            return Lines.no("cap-tren", Reason.of("directory.line.refused.same-superior"));
        }
        Optional<Reason> wrong = LineRules.end(day, hold.today(), place.validFrom());
        if (wrong.isPresent()) {
            return Lines.no("tu-ngay", wrong.get());
        }
        Saved.Refused refused =
                placing(scope.tenantId(), line, place.unitId(), superiorId, DateRange.since(day), basis);
        if (refused != null) {
            return refused;
        }
        store.endPlace(scope.tenantId(), placeId, version, day);
        UUID id = Ids.next();
        store.insertPlace(scope.tenantId(), id, lineId, place.unitId(), superiorId, day, Texts.oneLine(basis));
        ledger.append(new Act(
                scope.tenantId(),
                "directory.line-place-moved",
                lineId,
                scope.actor(),
                placeFacts(place.unitId(), superiorId, day, basis, "")));
        return new Saved.Done(id);
    }

    Saved correctPlace(
            Scope scope,
            UUID lineId,
            UUID placeId,
            int version,
            @Nullable UUID superiorId,
            LocalDate from,
            String basis,
            String reason) {
        Line line = hold.lock(scope, lineId);
        Place place = place(scope, lineId, placeId, false);
        Optional<Reason> unsaid = LineRules.reason(reason);
        if (unsaid.isPresent()) {
            return Lines.no("ly-do", unsaid.get());
        }
        if (place.version() != version) {
            return Lines.no("", Reason.of("directory.line.refused.meanwhile"));
        }
        LocalDate to = place.validTo();
        if (to != null && !from.isBefore(to)) {
            return Lines.no("tu-ngay", Reason.of("directory.line.refused.begin-after-end", to));
        }
        var period = new DateRange(from, to);
        Optional<Place> other = store.places(scope.tenantId(), lineId, place.unitId()).stream()
                .filter(found -> !found.id().equals(placeId) && period(found).overlaps(period))
                .findFirst();
        if (other.isPresent()) {
            return Lines.no(
                    "tu-ngay",
                    Reason.of("directory.line.refused.placed", other.get().validFrom()));
        }
        Saved.Refused refused = placing(scope.tenantId(), line, place.unitId(), superiorId, period, basis);
        if (refused != null) {
            return refused;
        }
        refused = supporting(scope.tenantId(), lineId, place, period, "tu-ngay");
        if (refused != null) {
            return refused;
        }
        store.correctPlace(scope.tenantId(), placeId, version, superiorId, from, Texts.oneLine(basis));
        ledger.append(new Act(
                scope.tenantId(),
                "directory.line-place-corrected",
                lineId,
                scope.actor(),
                placeFacts(place.unitId(), superiorId, from, basis, reason)));
        return new Saved.Done(placeId);
    }

    Saved endPlace(Scope scope, UUID lineId, UUID placeId, int version, LocalDate day, String reason) {
        hold.lock(scope, lineId);
        Place place = place(scope, lineId, placeId, true);
        if (!place.open()) {
            return new Saved.Done(placeId);
        }
        Saved.Refused refused = hold.ending(day, place.validFrom(), reason, place.version() == version);
        if (refused != null) {
            return refused;
        }
        int under = store.under(scope.tenantId(), lineId, place.unitId(), day);
        if (under > 0) {
            return Lines.no("", Reason.of("directory.line.refused.units-under", under));
        }
        Optional<LocalDate> later = store.later(scope.tenantId(), lineId, place.unitId(), day);
        if (later.isPresent()) {
            return Lines.no("ngay-thoi", Reason.of("directory.line.refused.began-later", later.get()));
        }
        LineStore.Ended ended = store.endAll(scope.tenantId(), lineId, place.unitId(), day);
        ledger.append(new Act(
                scope.tenantId(),
                "directory.line-place-ended",
                lineId,
                scope.actor(),
                Map.of(
                        "unit", place.unitId().toString(),
                        "day", day.toString(),
                        "reason", Texts.oneLine(reason),
                        "duties", ended.duties(),
                        "members", ended.members())));
        return new Saved.Done(placeId);
    }

    Saved withdrawPlace(Scope scope, UUID lineId, UUID placeId, int version, String reason) {
        hold.lock(scope, lineId);
        Place place = place(scope, lineId, placeId, false);
        Optional<Reason> unsaid = LineRules.reason(reason);
        if (unsaid.isPresent()) {
            return Lines.no("ly-do", unsaid.get());
        }
        if (place.version() != version) {
            return Lines.no("", Reason.of("directory.line.refused.meanwhile"));
        }
        Saved.Refused refused = supporting(scope.tenantId(), lineId, place, null, "");
        if (refused != null) {
            return refused;
        }
        store.deletePlace(scope.tenantId(), placeId, version);
        ledger.append(new Act(
                scope.tenantId(),
                "directory.line-place-withdrawn",
                lineId,
                scope.actor(),
                placeFacts(place.unitId(), place.superiorId(), place.validFrom(), place.basis(), reason)));
        return new Saved.Done(placeId);
    }

    /** Whether a unit may have this place; it is not asked whether it has another. */
    private Saved.@Nullable Refused placing(
            UUID tenantId, Line line, UUID unitId, @Nullable UUID superiorId, DateRange period, String basis) {
        Optional<Reason> wrong = LineRules.begin(period.from(), hold.today(), line.validFrom());
        if (wrong.isPresent()) {
            return Lines.no("tu-ngay", wrong.get());
        }
        if (Texts.oneLine(basis).length() > LineRules.LONGEST_BASIS) {
            return Lines.no("can-cu", Reason.of("directory.line.refused.basis", LineRules.LONGEST_BASIS));
        }
        if (superiorId == null) {
            return null;
        }
        if (superiorId.equals(unitId)) {
            return Lines.no("cap-tren", Reason.of("directory.line.refused.itself"));
        }
        List<DateRange> above = periods(store.places(tenantId, line.id(), superiorId));
        Optional<LocalDate> gap = LineRules.uncovered(period, above);
        if (gap.isPresent()) {
            return Lines.no("cap-tren", Reason.of("directory.line.refused.superior-absent", gap.get()));
        }
        return store.cycle(tenantId, line.id(), unitId, superiorId, period)
                .map(day -> Lines.no("cap-tren", Reason.of("directory.line.refused.cycle", day)))
                .orElse(null);
    }

    /** Whether the unit's places still carry what rests on them (units under it, duties, people) once this one holds so. */
    private Saved.@Nullable Refused supporting(
            UUID tenantId, UUID lineId, Place changed, @Nullable DateRange instead, String field) {
        var periods = new ArrayList<DateRange>();
        for (Place place : store.places(tenantId, lineId, changed.unitId())) {
            if (!place.id().equals(changed.id())) {
                periods.add(period(place));
            }
        }
        if (instead != null) {
            periods.add(instead);
        }
        for (DateRange resting : store.resting(tenantId, lineId, changed.unitId())) {
            Optional<LocalDate> gap = LineRules.uncovered(resting, periods);
            if (gap.isPresent()) {
                return Lines.no(field, Reason.of("directory.line.refused.rests", gap.get()));
            }
        }
        return null;
    }

    /** @param kept whether looking after the records of a dissolved unit is enough */
    private Place place(Scope scope, UUID lineId, UUID placeId, boolean kept) {
        return store.place(scope.tenantId(), lineId, placeId)
                .filter(place -> store.covers(scope, place.unitId(), kept))
                .orElseThrow(() -> new NotFound("place in a line"));
    }

    private static DateRange period(Place place) {
        return new DateRange(place.validFrom(), place.validTo());
    }

    static List<DateRange> periods(List<Place> places) {
        return places.stream().map(LinePlaces::period).toList();
    }

    private static Map<String, Object> placeFacts(
            UUID unitId, @Nullable UUID superiorId, LocalDate from, String basis, String reason) {
        return Map.of(
                "unit", unitId.toString(),
                "superior", superiorId == null ? "" : superiorId.toString(),
                "from", from.toString(),
                "basis", Texts.oneLine(basis),
                "reason", Texts.oneLine(reason));
    }
}
