package vn.chuanmuc.directory;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.directory.KnownPerson.OpenAssignment;
import vn.chuanmuc.directory.StagedRow.Change;
import vn.chuanmuc.directory.StagedRow.Outcome;
import vn.chuanmuc.directory.StagedRow.Problem;
import vn.chuanmuc.kernel.PersonName;
import vn.chuanmuc.kernel.VietnameseDates;

/**
 * Decides what a readable row of a sheet means for what is stored: somebody new, a change of somebody known, nothing, or that a
 * person must look. One of these goes through one sheet from its first row to its last.
 */
final class ImportRules {
    static final String BLOC_UNKNOWN = "directory.import.settled.bloc-unknown";

    private final Settings settings;
    private final Map<UUID, Integer> rowOfAssignment = new HashMap<>();
    private final Map<NewIdentity, NewIdentity> newPeople = new HashMap<>();

    private final Map<UUID, String> blocNames = new HashMap<>();
    private final Map<UUID, String> positionNames = new HashMap<>();

    ImportRules(Settings settings) {
        this.settings = settings;
        settings.blocs().values().forEach(bloc -> blocNames.put(bloc.id(), bloc.name()));
        settings.positions().values().forEach(position -> positionNames.put(position.id(), position.name()));
    }

    /**
     * What the rows are held against.
     *
     * @param unit where rows without a unit go
     * @param unitsByKey the units at and below it, by {@link UnitNames#matchKey} of the name
     * @param unitsByCode the same, by code in lower case: what other systems write, and files where names would not do
     * @param codes whether a row names its unit by code only
     * @param unitNames the same units by id
     * @param defaultBloc for rows that name none; empty when there is none
     * @param newBlocs whether a bloc that is not known yet is made
     */
    record Settings(
            UUID unit,
            Map<String, List<UUID>> unitsByKey,
            Map<String, UUID> unitsByCode,
            boolean codes,
            Map<UUID, String> unitNames,
            Map<String, Vocabulary.Bloc> blocs,
            Map<String, Vocabulary.Position> positions,
            String defaultBloc,
            PersonKind defaultKind,
            boolean newBlocs) {}

    /** What a row means. */
    sealed interface Decision {
        /** A person to look at it: why. */
        record Bad(Problem why) implements Decision {}

        record Same(OpenAssignment held) implements Decision {}

        /** @param person the new person, shared by the rows that put one person into several units */
        record Add(NewIdentity person, boolean first, Place place) implements Decision {}

        record Join(KnownPerson person, Place place, boolean main, List<Change> changes) implements Decision {}

        record Amend(KnownPerson person, OpenAssignment held, Place place, List<Change> changes) implements Decision {}
    }

    /** Somebody new; the id is given when they are written. */
    static final class NewIdentity {
        private final String foldedKey;
        private final @Nullable LocalDate birthDate;
        private final @Nullable String staffCode;

        @Nullable
        UUID id;

        NewIdentity(String foldedKey, @Nullable LocalDate birthDate, @Nullable String staffCode) {
            this.foldedKey = foldedKey;
            this.birthDate = birthDate;
            this.staffCode = staffCode;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof NewIdentity that
                    && foldedKey.equals(that.foldedKey)
                    && Objects.equals(birthDate, that.birthDate)
                    && Objects.equals(staffCode, that.staffCode);
        }

        @Override
        public int hashCode() {
            return Objects.hash(foldedKey, birthDate, staffCode);
        }
    }

    /** Where and as what; bloc and position by name, for they may be new. */
    record Place(
            UUID unitId,
            String bloc,
            String position,
            PersonKind kind,
            @Nullable Integer order,
            String note) {}

    /** @param known everybody whose folded name or staff code is the row's */
    Decision decide(StagedRow row, List<KnownPerson> known) {
        List<UUID> units = row.unit() == null ? List.of(where(row, known)) : units(row.unit());
        if (units.size() != 1) {
            return bad(
                    units.isEmpty() ? "unit-unknown" : "unit-ambiguous",
                    row,
                    Objects.requireNonNull(row.unit()),
                    unitName(settings.unit()));
        }
        UUID unit = units.getFirst();
        return switch (find(row, known, unit)) {
            case Found.None() -> add(row, unit);
            case Found.One(var person) -> change(row, person, unit);
            case Found.Doubt(var why) -> bad(why, row, row.staffCode() == null ? row.name() : row.staffCode());
        };
    }

    /** Another system that names no unit means where the person is; otherwise it is the unit of the import. */
    private UUID where(StagedRow row, List<KnownPerson> known) {
        return !settings.codes() || row.staffCode() == null
                ? settings.unit()
                : known.stream()
                        .filter(person -> row.staffCode().equals(person.staffCode()))
                        .flatMap(person -> person.open().stream())
                        .filter(held -> held.main() && settings.unitNames().containsKey(held.unitId()))
                        .map(OpenAssignment::unitId)
                        .findFirst()
                        .orElse(settings.unit());
    }

    /** By name; by code when the name is none or that of several, or when codes are asked for. */
    private List<UUID> units(String written) {
        List<UUID> named = settings.codes()
                ? List.of()
                : settings.unitsByKey().getOrDefault(UnitNames.matchKey(written), List.of());
        UUID coded = settings.unitsByCode().get(written.toLowerCase(Locale.ROOT));
        return named.size() != 1 && coded != null ? List.of(coded) : named;
    }

    /** What was decided about this assignment in an earlier part of the sheet. */
    void remember(UUID assignmentId, int rowNumber) {
        rowOfAssignment.put(assignmentId, rowNumber);
    }

    /** Somebody new of an earlier part of the sheet. */
    void remember(NewIdentity identity) {
        newPeople.putIfAbsent(identity, identity);
    }

    private sealed interface Found {
        record None() implements Found {}

        record One(KnownPerson person) implements Found {}

        record Doubt(String why) implements Found {}
    }

    private Found find(StagedRow row, List<KnownPerson> known, UUID unit) {
        String folded = PersonName.of(row.name()).foldedKey();
        Optional<KnownPerson> byCode = row.staffCode() == null
                ? Optional.empty()
                : known.stream()
                        .filter(person -> row.staffCode().equals(person.staffCode()))
                        .findFirst();
        if (byCode.isPresent()) {
            KnownPerson person = byCode.get();
            boolean sameName = person.foldedKey().equals(folded);
            boolean sameBirth = person.birthDate() != null && person.birthDate().equals(row.birthDate());
            boolean identical = sameName && (sameBirth || person.birthDate() == null || row.birthDate() == null);
            // one of the two may be put right, but only by whoever looks after the person
            return identical || (sameName || sameBirth) && inReach(person)
                    ? new Found.One(person)
                    : new Found.Doubt("code-of-another");
        }
        List<KnownPerson> sameName = known.stream()
                .filter(person -> person.foldedKey().equals(folded))
                .filter(person -> person.staffCode() == null || row.staffCode() == null)
                .toList();
        List<KnownPerson> here =
                sameName.stream().filter(person -> person.in(unit).isPresent()).toList();
        if (row.birthDate() == null) {
            return one(here, here);
        }
        List<KnownPerson> sameBirth = sameName.stream()
                .filter(person -> row.birthDate().equals(person.birthDate()))
                .toList();
        if (!sameBirth.isEmpty()) {
            return one(sameBirth, here);
        }
        List<KnownPerson> withoutBirth =
                here.stream().filter(person -> person.birthDate() == null).toList();
        return one(withoutBirth, withoutBirth);
    }

    /** The only candidate, or else the only one of them who is in the unit already. */
    private static Found one(List<KnownPerson> candidates, List<KnownPerson> here) {
        if (candidates.isEmpty()) {
            return new Found.None();
        }
        if (candidates.size() == 1) {
            return new Found.One(candidates.getFirst());
        }
        List<KnownPerson> both = candidates.stream().filter(here::contains).toList();
        return both.size() == 1 ? new Found.One(both.getFirst()) : new Found.Doubt("several");
    }

    private Decision add(StagedRow row, UUID unit) {
        String bloc = bloc(row);
        if (bloc.isEmpty()) {
            return bad("bloc-missing", row, row.name());
        }
        if (unknownBloc(row)) {
            return bad("bloc-unknown", row, bloc, knownBlocs());
        }
        if (row.position() == null) {
            return bad("position-missing", row, row.name());
        }
        var identity = new NewIdentity(PersonName.of(row.name()).foldedKey(), row.birthDate(), row.staffCode());
        NewIdentity before = row.birthDate() == null ? null : newPeople.putIfAbsent(identity, identity);
        PersonKind kind = row.kind() == null ? settings.defaultKind() : row.kind();
        var place = new Place(unit, bloc, row.position(), kind, row.order(), row.note() == null ? "" : row.note());
        return new Decision.Add(before == null ? identity : before, before == null, place);
    }

    private Decision change(StagedRow row, KnownPerson person, UUID unit) {
        var changes = new ArrayList<Change>();
        if (inReach(person)) {
            if (!PersonName.of(row.name()).foldedKey().equals(person.foldedKey())) {
                compare(changes, "name", person.fullName(), row.name());
            }
            compare(changes, "birth", date(person.birthDate()), row.birthDate() == null ? null : date(row.birthDate()));
            compare(changes, "code", person.staffCode() == null ? "" : person.staffCode(), row.staffCode());
        }
        OpenAssignment held = person.in(unit).orElse(null);
        if (held == null) {
            return join(row, person, unit, changes);
        }
        Integer other = rowOfAssignment.putIfAbsent(held.id(), row.number());
        if (other != null) {
            return bad("same-person", row, row.name(), Integer.toString(other));
        }
        if (row.bloc() != null && unknownBloc(row)) {
            return bad("bloc-unknown", row, row.bloc(), knownBlocs());
        }
        String heldBloc = blocName(held.blocId());
        String heldPosition = positionName(held.positionId());
        String bloc = sameKey(heldBloc, row.bloc()) ? heldBloc : Objects.requireNonNull(row.bloc());
        String position = sameKey(heldPosition, row.position()) ? heldPosition : Objects.requireNonNull(row.position());
        compare(changes, "position", heldPosition, position);
        compare(changes, "bloc", heldBloc, bloc);
        PersonKind kind = row.kind() == null ? PersonKind.of(held.kind()).orElseThrow() : row.kind();
        compare(changes, "kind", held.kind(), kind.code());
        compare(
                changes,
                "order",
                Integer.toString(held.rank()),
                row.order() == null ? null : row.order().toString());
        compare(changes, "note", held.note(), row.note());
        if (changes.isEmpty()) {
            return new Decision.Same(held);
        }
        var place = new Place(
                unit,
                bloc,
                position,
                kind,
                row.order() == null ? Integer.valueOf(held.rank()) : row.order(),
                row.note() == null ? held.note() : row.note());
        return new Decision.Amend(person, held, place, List.copyOf(changes));
    }

    private Decision join(StagedRow row, KnownPerson person, UUID unit, List<Change> changes) {
        Decision asNew = add(row, unit);
        if (!(asNew instanceof Decision.Add add)) {
            return asNew;
        }
        String elsewhere = String.join(
                ", ",
                person.open().stream()
                        .map(held -> unitName(held.unitId()))
                        .filter(name -> !name.isEmpty())
                        .toList());
        changes.add(new Change("unit", elsewhere, unitName(unit)));
        boolean main = person.open().stream().noneMatch(OpenAssignment::main);
        return new Decision.Join(person, add.place(), main, List.copyOf(changes));
    }

    /** Whether the person is in the units of this import, or in none at all: then the import may put their data right. */
    private boolean inReach(KnownPerson person) {
        return person.open().isEmpty()
                || person.open().stream().anyMatch(held -> settings.unitNames().containsKey(held.unitId()));
    }

    private String bloc(StagedRow row) {
        if (row.bloc() != null) {
            return row.bloc();
        }
        if (!settings.defaultBloc().isEmpty()) {
            return settings.defaultBloc();
        }
        return settings.blocs().size() == 1
                ? settings.blocs().values().iterator().next().name()
                : "";
    }

    /** Only the sheet's own word may be unknown: the bloc for all rows was written on purpose. */
    private boolean unknownBloc(StagedRow row) {
        return row.bloc() != null
                && !settings.newBlocs()
                && !settings.blocs().isEmpty()
                && !settings.blocs().containsKey(UnitNames.matchKey(row.bloc()));
    }

    private String knownBlocs() {
        return String.join(
                "; ",
                settings.blocs().values().stream()
                        .map(Vocabulary.Bloc::name)
                        .limit(10)
                        .toList());
    }

    private String blocName(UUID id) {
        return blocNames.getOrDefault(id, "");
    }

    private String positionName(UUID id) {
        return positionNames.getOrDefault(id, "");
    }

    private String unitName(UUID id) {
        return settings.unitNames().getOrDefault(id, "");
    }

    private static boolean sameKey(String held, @Nullable String written) {
        return written == null || UnitNames.matchKey(held).equals(UnitNames.matchKey(written));
    }

    private static void compare(List<Change> changes, String field, String from, @Nullable String to) {
        if (to != null && !to.equals(from)) {
            changes.add(new Change(field, from, to));
        }
    }

    private static String date(@Nullable LocalDate day) {
        return day == null ? "" : VietnameseDates.format(day);
    }

    private static Decision.Bad bad(String reason, StagedRow row, String... arguments) {
        var all = new ArrayList<String>();
        all.add(Integer.toString(row.number()));
        all.addAll(List.of(arguments));
        return new Decision.Bad(new Problem("directory.import.settled." + reason, all, true, true));
    }

    static Outcome outcome(Decision decision) {
        return switch (decision) {
            case Decision.Bad _ -> Outcome.BAD;
            case Decision.Same _ -> Outcome.SAME;
            case Decision.Add _ -> Outcome.ADD;
            case Decision.Join _, Decision.Amend _ -> Outcome.CHANGE;
        };
    }
}
