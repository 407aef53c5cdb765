package vn.chuanmuc.directory;

import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.directory.ReorganisationDraft.Changed;
import vn.chuanmuc.directory.ReorganisationDraft.Line;
import vn.chuanmuc.directory.ReorganisationDraft.NewUnit;
import vn.chuanmuc.directory.ReorganisationDraft.Part;
import vn.chuanmuc.directory.ReorganisationDraft.Rule;
import vn.chuanmuc.directory.ReorganisationGate.Case;
import vn.chuanmuc.directory.ReorganisationGate.Kind;
import vn.chuanmuc.directory.ReorganisationGate.Subject;
import vn.chuanmuc.kernel.Reason;

/**
 * What a draft means for the body as it is: which units end, what the tree is afterwards, where each assignment goes, and what
 * stands in the way. Pure: everything it knows stands in {@link Ground}.
 */
final class ReorganisationPlan {
    /**
     * A unit as it is now.
     *
     * @param since the day its first version began
     * @param placed the day from which it has been below its present parent
     */
    record Place(
            UUID id,
            String code,
            String name,
            Units.Kind kind,
            @Nullable UUID parentId,
            int rank,
            LocalDate versionFrom,
            LocalDate since,
            LocalDate placed) {}

    /** An assignment in a unit on the effective day or later. */
    record Post(
            UUID id,
            UUID personId,
            UUID unitId,
            UUID positionId,
            UUID blocId,
            boolean main,
            int rank,
            LocalDate from,
            @Nullable LocalDate to) {
        boolean open() {
            return to == null;
        }
    }

    record Waiting(UUID id, UUID unitId, String fileName) {}

    /** An order to move somebody out of or into a unit that ends, not carried out yet. {@code personId}: null for a newcomer. */
    record Order(UUID id, UUID unitId, @Nullable UUID personId, String name, LocalDate effective) {}

    /**
     * The body as it is, as far as the draft touches it.
     *
     * @param places units with open versions: those the draft names, all above and all below them
     * @param codes living units that bear a code the draft gives away, by the code in lower case
     * @param siblings living children of units that become parents: by parent
     * @param posts of the units that end
     * @param others open assignments of people in {@code posts} in units that go on and are destinations
     */
    record Ground(
            Map<UUID, Place> places,
            Map<String, UUID> codes,
            List<Place> siblings,
            List<Post> posts,
            List<Post> others,
            List<Waiting> imports,
            List<Order> orders,
            List<ReorganisationObjections.Objection> objections,
            List<UnitsEnded.Ending> endings) {}

    /**
     * An assignment and where it goes.
     *
     * @param destination null when it ends without going on: another of the same person goes to the same unit
     */
    record Move(Post post, @Nullable UUID destination) {}

    /** A unit of the tree afterwards. */
    record After(
            UUID id,
            String code,
            String name,
            Units.Kind kind,
            @Nullable UUID parentId,
            int rank) {}

    private static final int MOST_CASES = 500;

    private final ReorganisationDraft draft;
    private final Ground ground;
    private final Map<UUID, List<UUID>> children = new HashMap<>();
    private final Map<UUID, Line> lines = new HashMap<>();
    /** Units that end, each with the line that ends it. */
    final Map<UUID, Line> ending = new LinkedHashMap<>();

    final Map<UUID, After> after = new HashMap<>();
    final List<Move> moves = new ArrayList<>();
    /** Everything there is a case of; the cases themselves only as far as anybody reads. */
    private final Map<Kind, Set<UUID>> counted = new java.util.EnumMap<>(Kind.class);

    private final Map<Kind, Map<UUID, Case>> cases = new java.util.EnumMap<>(Kind.class);

    private List<ReorganisationLines.After> afterInLines = List.of();

    ReorganisationPlan(ReorganisationDraft draft, Ground ground) {
        this.draft = draft;
        this.ground = ground;
        ground.places()
                .values()
                .forEach(place -> children.computeIfAbsent(place.parentId(), parent -> new ArrayList<>())
                        .add(place.id()));
        draft.lines().forEach(line -> lines.put(line.unitId(), line));
        ending.putAll(ending(draft, children));
        tree();
        people();
        check();
    }

    /** Which units a draft ends, by the line that does it. {@code children}: living units by their parent. */
    static Map<UUID, Line> ending(ReorganisationDraft draft, Map<UUID, List<UUID>> children) {
        Map<UUID, Line> lines = new HashMap<>();
        draft.lines().forEach(line -> lines.put(line.unitId(), line));
        Map<UUID, Line> ending = new LinkedHashMap<>();
        for (Line line : draft.lines()) {
            if (!line.ends()) {
                continue;
            }
            var left = new ArrayDeque<UUID>(List.of(line.unitId()));
            while (!left.isEmpty()) {
                UUID unit = left.removeFirst();
                ending.put(unit, line);
                for (UUID child : children.getOrDefault(unit, List.of())) {
                    if (!lines.containsKey(child)) {
                        left.add(child);
                    }
                }
            }
        }
        return ending;
    }

    private void tree() {
        ground.places().values().stream()
                .filter(place -> !ending.containsKey(place.id()))
                .forEach(place -> after.put(
                        place.id(),
                        new After(
                                place.id(), place.code(), place.name(), place.kind(), place.parentId(), place.rank())));
        for (Line line : draft.lines()) {
            Changed changed = line.changed();
            Place place = ground.places().get(line.unitId());
            if (!line.ends() && changed != null && place != null) {
                after.put(
                        place.id(),
                        new After(
                                place.id(),
                                changed.code(),
                                changed.name(),
                                changed.kind(),
                                changed.parentId(),
                                place.rank()));
            }
        }
        int rank = 1_000_000; // behind all there are, in the order of the draft
        for (NewUnit unit : draft.newUnits()) {
            after.put(unit.id(), new After(unit.id(), unit.code(), unit.name(), unit.kind(), unit.parentId(), rank++));
        }
    }

    private void people() {
        record Arrival(UUID person, UUID unit) {}
        Map<Arrival, List<Post>> arrivals = new LinkedHashMap<>();
        for (Post post : ground.posts()) {
            Line line = ending.get(post.unitId());
            if (line == null) {
                continue;
            }
            if (post.from().isAfter(draft.effective())) {
                add(
                        Kind.ASSIGNMENT_BEGINS_TOO_LATE,
                        Case.of(
                                Subject.PERSON,
                                post.personId(),
                                "",
                                Reason.of("directory.reorg.case.from", name(post.unitId()), post.from())));
            }
            Set<UUID> destinations = destinations(line, post);
            if (destinations.size() > 1) {
                add(
                        Kind.PERSON_WITH_TWO_DESTINATIONS,
                        Case.of(
                                Subject.LINE,
                                line.unitId(),
                                "",
                                Reason.of(
                                        "directory.reorg.case.two",
                                        name(line.unitId()),
                                        String.join(
                                                "; ",
                                                destinations.stream()
                                                        .map(this::nameAfter)
                                                        .sorted()
                                                        .toList()))),
                        post.personId());
            } else if (destinations.isEmpty()) {
                add(
                        Kind.PERSON_WITHOUT_DESTINATION,
                        Case.of(
                                Subject.LINE,
                                line.unitId(),
                                "",
                                Reason.of("directory.reorg.case.of", name(post.unitId()))),
                        post.personId());
            } else {
                UUID destination = destinations.iterator().next();
                if (post.open()) {
                    arrivals.computeIfAbsent(new Arrival(post.personId(), destination), key -> new ArrayList<>())
                            .add(post);
                } else {
                    moves.add(new Move(post, destination));
                }
            }
        }
        Map<Arrival, Post> there = new HashMap<>();
        ground.others().forEach(post -> there.put(new Arrival(post.personId(), post.unitId()), post));
        arrivals.forEach((arrival, posts) -> {
            Post known = there.get(arrival);
            Post kept = posts.stream()
                    .min(Comparator.comparing((Post post) -> !post.main())
                            .thenComparing(Post::rank)
                            .thenComparing(Post::id))
                    .orElseThrow();
            if (known != null && !kept.main()) {
                kept = known;
            } else if (known != null) {
                moves.add(new Move(known, null));
                tooLate(known);
            }
            for (Post post : posts) {
                moves.add(new Move(post, post == kept ? arrival.unit() : null));
                if (post != kept) {
                    tooLate(post);
                }
            }
            if (posts.size() > 1 || known != null) {
                add(
                        Kind.TWO_POSTS_BECOME_ONE,
                        Case.of(
                                Subject.PERSON,
                                arrival.person(),
                                "",
                                Reason.of("directory.reorg.case.into", nameAfter(arrival.unit()))));
            }
        });
    }

    /** An assignment that ends without going on must have been before the day. */
    private void tooLate(Post post) {
        if (!post.from().isBefore(draft.effective())) {
            add(
                    Kind.ASSIGNMENT_BEGINS_TOO_LATE,
                    Case.of(
                            Subject.PERSON,
                            post.personId(),
                            "",
                            Reason.of("directory.reorg.case.from", name(post.unitId()), post.from())));
        }
    }

    private Set<UUID> destinations(Line line, Post post) {
        var found = new LinkedHashSet<UUID>();
        for (Part part : line.parts()) {
            if (part.rule() == Rule.PERSON && part.subject().equals(post.personId())) {
                return Set.of(part.destination());
            }
            boolean caught = switch (part.rule()) {
                case PERSON -> false;
                case UNIT -> isBelow(post.unitId(), part.subject());
                case POSITION -> part.subject().equals(post.positionId());
                case BLOC -> part.subject().equals(post.blocId());
            };
            if (caught) {
                found.add(part.destination());
            }
        }
        if (found.isEmpty() && line.destination() != null) {
            found.add(line.destination());
        }
        return found;
    }

    private boolean isBelow(UUID unit, UUID above) {
        for (UUID at = unit; at != null; ) {
            if (at.equals(above)) {
                return true;
            }
            Place place = ground.places().get(at);
            at = place == null ? null : place.parentId();
        }
        return false;
    }

    private void check() {
        if (draft.lines().isEmpty() && draft.newUnits().isEmpty()) {
            add(
                    Kind.NOTHING_CHANGES,
                    Case.of(Subject.DRAFT, draft.id(), draft.facts().head().title()));
        }
        if (!draft.facts().head().basis().known()) {
            add(
                    Kind.NO_BASIS,
                    Case.of(Subject.DRAFT, draft.id(), draft.facts().head().title()));
        }
        var receiving = new HashSet<UUID>();
        moves.stream().map(Move::destination).forEach(receiving::add);
        for (Line line : draft.lines()) {
            check(line);
            line.parts().forEach(part -> receiving.add(part.destination()));
            if (line.destination() != null) {
                receiving.add(line.destination());
            }
        }
        for (NewUnit unit : draft.newUnits()) {
            checkParent(unit.id(), unit.name(), Subject.NEW_UNIT, unit.parentId());
            settledAbove(unit.parentId());
            boolean outside = draft.outside().stream()
                    .anyMatch(piece -> piece.destination().equals(unit.id()));
            boolean parent =
                    draft.newUnits().stream().anyMatch(other -> other.parentId().equals(unit.id()))
                            || draft.lines().stream()
                                    .anyMatch(line -> line.changed() != null
                                            && unit.id().equals(line.changed().parentId()));
            if (!receiving.contains(unit.id()) && !outside && !parent) {
                add(Kind.NEW_UNIT_EMPTY, Case.of(Subject.NEW_UNIT, unit.id(), unit.name()));
            }
            if (unit.kind() != Units.Kind.OFFICE) {
                add(Kind.NEW_UNIT_WITHOUT_ROLES, Case.of(Subject.NEW_UNIT, unit.id(), unit.name()));
            }
        }
        draft.outside().forEach(piece -> {
            alive(piece.destination(), Subject.DRAFT, piece.id(), piece.name());
            add(
                    Kind.FROM_OUTSIDE,
                    Case.of(
                            Subject.DRAFT,
                            piece.id(),
                            piece.name(),
                            Reason.of("directory.reorg.case.into", nameAfter(piece.destination()))));
        });
        checkCodes();
        checkNames();
        checkCycles();
        ground.imports().stream()
                .forEach(sheet -> add(
                        Kind.IMPORT_WAITING,
                        Case.of(
                                Subject.IMPORT,
                                sheet.id(),
                                sheet.fileName(),
                                Reason.of("directory.reorg.case.of", name(sheet.unitId())))));
        for (Order order : ground.orders()) {
            add(
                    Kind.TRANSFER_WAITING,
                    new Case(
                            Subject.ELSEWHERE,
                            order.id(),
                            order.name(),
                            Reason.of("directory.reorg.case.from", name(order.unitId()), order.effective()),
                            order.personId() == null ? "/can-bo/chuyen" : "/can-bo/" + order.personId(),
                            ""));
        }
        for (var objection : ground.objections()) {
            add(
                    Kind.OBJECTION,
                    new Case(
                            Subject.ELSEWHERE,
                            objection.id(),
                            objection.name(),
                            objection.why(),
                            objection.href(),
                            objection.key()));
        }
        for (var held : ground.endings()) {
            add(
                    Kind.ROLE_ENDS,
                    Case.of(
                            Subject.LINE,
                            ending.containsKey(held.unitId())
                                    ? ending.get(held.unitId()).unitId()
                                    : held.unitId(),
                            held.name(),
                            held.what()),
                    held.id());
        }
    }

    private void check(Line line) {
        Place place = ground.places().get(line.unitId());
        if (place == null) {
            add(Kind.UNIT_NOT_THERE, Case.of(Subject.LINE, line.unitId(), name(line.unitId())));
            return;
        }
        if (!place.versionFrom().isBefore(draft.effective())) {
            tooYoung(place, place.versionFrom());
        }
        Changed changed = line.changed();
        if (!line.ends()) {
            if (changed != null && !(place.parentId() == null && changed.parentId() == null)) {
                checkParent(line.unitId(), place.name(), Subject.LINE, changed.parentId());
                if (!Objects.equals(place.parentId(), changed.parentId())) {
                    settledBelow(line.unitId());
                    settledAbove(changed.parentId());
                }
            }
            return;
        }
        if (place.parentId() == null) {
            add(Kind.TOP_UNIT_ENDS, Case.of(Subject.LINE, place.id(), place.name()));
        }
        ending.forEach((unit, by) -> {
            Place below = ground.places().get(unit);
            if (by == line
                    && below != null
                    && below != place
                    && !below.versionFrom().isBefore(draft.effective())) {
                tooYoung(below, below.versionFrom());
            }
        });
        if (line.custodian() == null) {
            add(Kind.UNIT_WITHOUT_CUSTODIAN, Case.of(Subject.LINE, place.id(), place.name()));
        } else if (!after.containsKey(line.custodian())) {
            add(
                    Kind.CUSTODIAN_NOT_ALIVE,
                    Case.of(
                            Subject.LINE,
                            place.id(),
                            place.name(),
                            Reason.of("directory.reorg.case.names", name(line.custodian()))));
        } else {
            oldEnough(line.custodian());
        }
        if (line.destination() != null) {
            alive(line.destination(), Subject.LINE, place.id(), place.name());
        }
        line.parts().forEach(part -> alive(part.destination(), Subject.LINE, place.id(), place.name()));
    }

    private void alive(UUID destination, Subject subject, UUID id, String name) {
        if (!after.containsKey(destination)) {
            add(
                    Kind.DESTINATION_NOT_ALIVE,
                    Case.of(subject, id, name, Reason.of("directory.reorg.case.names", name(destination))));
        } else {
            oldEnough(destination);
        }
    }

    /** A unit there is must have been there on the day, to take anything over. */
    private void oldEnough(UUID unit) {
        Place place = ground.places().get(unit);
        if (place != null && place.since().isAfter(draft.effective())) {
            tooYoung(place, place.since());
        }
    }

    /** Whatever comes under a unit on the day comes under all above it: they must have stood so since that day. */
    private void settledAbove(@Nullable UUID parent) {
        var seen = new HashSet<UUID>();
        for (UUID at = parent; at != null && seen.add(at); ) {
            Place place = ground.places().get(at);
            Line line = lines.get(at);
            boolean moves = line != null
                    && line.changed() != null
                    && place != null
                    && !Objects.equals(place.parentId(), line.changed().parentId());
            if (place != null
                    && place.parentId() != null
                    && !moves
                    && place.placed().isAfter(draft.effective())) {
                tooYoung(place, place.placed());
            }
            After next = after.get(at);
            at = next == null ? null : next.parentId();
        }
    }

    /** What moves takes along what is below it: all that must have been there since the day. */
    private void settledBelow(UUID top) {
        var left = new ArrayDeque<UUID>(children.getOrDefault(top, List.of()));
        while (!left.isEmpty()) {
            UUID unit = left.removeFirst();
            Place place = ground.places().get(unit);
            if (place != null && !ending.containsKey(unit) && place.placed().isAfter(draft.effective())) {
                tooYoung(place, place.placed());
            }
            left.addAll(children.getOrDefault(unit, List.of()));
        }
    }

    private void tooYoung(Place place, LocalDate from) {
        add(
                Kind.UNIT_BEGINS_TOO_LATE,
                Case.of(Subject.LINE, place.id(), place.name(), Reason.of("directory.reorg.case.since", from)));
    }

    private void checkParent(UUID id, String name, Subject subject, @Nullable UUID parent) {
        if (parent == null) {
            Place place = ground.places().get(id);
            if (place == null || place.parentId() != null) {
                add(Kind.PARENT_NOT_ALIVE, Case.of(subject, id, name));
            }
        } else if (!after.containsKey(parent)) {
            // above the part of the tree that was read all is as it was
            Place known = ground.places().get(id);
            boolean asBefore = known != null && parent.equals(known.parentId()) && !ending.containsKey(parent);
            if (!asBefore) {
                add(
                        Kind.PARENT_NOT_ALIVE,
                        Case.of(subject, id, name, Reason.of("directory.reorg.case.names", name(parent))));
            }
        } else {
            oldEnough(parent);
        }
    }

    private void checkCodes() {
        Map<String, UUID> owners = new HashMap<>();
        ground.codes().forEach((code, unit) -> {
            if (!ending.containsKey(unit) && !lines.containsKey(unit)) {
                owners.put(code, unit);
            }
        });
        for (UUID id : named()) {
            After unit = after.get(id);
            UUID other = unit == null ? null : owners.putIfAbsent(unit.code().toLowerCase(Locale.ROOT), id);
            if (unit != null && other != null && !other.equals(id)) {
                add(
                        Kind.CODE_TAKEN,
                        Case.of(
                                subject(id),
                                id,
                                unit.name(),
                                Reason.of("directory.reorg.case.same", unit.code(), nameAfter(other))));
            }
        }
    }

    private void checkNames() {
        record Spot(@Nullable UUID parent, String key) {}
        Map<Spot, UUID> owners = new HashMap<>();
        ground.siblings().forEach(place -> {
            if (!ending.containsKey(place.id()) && !lines.containsKey(place.id())) {
                owners.put(new Spot(place.parentId(), UnitNames.matchKey(place.name())), place.id());
            }
        });
        for (UUID id : named()) {
            After unit = after.get(id);
            if (unit == null) {
                continue;
            }
            UUID other = owners.putIfAbsent(new Spot(unit.parentId(), UnitNames.matchKey(unit.name())), id);
            if (other != null && !other.equals(id)) {
                add(
                        Kind.NAME_TAKEN,
                        Case.of(
                                subject(id),
                                id,
                                unit.name(),
                                Reason.of("directory.reorg.case.names", nameAfter(other))));
            }
        }
    }

    private void checkCycles() {
        for (UUID id : named()) {
            var seen = new HashSet<UUID>();
            UUID at = id;
            while (at != null && after.containsKey(at) && seen.add(at)) {
                at = after.get(at).parentId();
            }
            if (at != null && seen.contains(at)) {
                add(Kind.CYCLE, Case.of(subject(id), id, nameAfter(id)));
            }
        }
    }

    /** Units that the draft gives a name and a place: new ones and changed ones. */
    private List<UUID> named() {
        var named = new ArrayList<UUID>();
        draft.lines().stream().filter(line -> !line.ends()).map(Line::unitId).forEach(named::add);
        draft.newUnits().stream().map(NewUnit::id).forEach(named::add);
        return named;
    }

    private Subject subject(UUID unit) {
        return draft.newUnit(unit).isPresent() ? Subject.NEW_UNIT : Subject.LINE;
    }

    Collection<Place> places() {
        return ground.places().values();
    }

    List<Post> posts() {
        return ground.posts();
    }

    @Nullable
    Place place(UUID unit) {
        return ground.places().get(unit);
    }

    /** The name there is now, or the one of the draft. */
    String name(UUID unit) {
        Place place = ground.places().get(unit);
        return place == null ? draft.newUnit(unit).map(NewUnit::name).orElse("") : place.name();
    }

    String nameAfter(UUID unit) {
        After known = after.get(unit);
        return known == null ? name(unit) : known.name();
    }

    private void add(Kind kind, Case one) {
        add(kind, one, one.id());
    }

    /** One case per person, unit or record; further ones of the same say nothing new. */
    private void add(Kind kind, Case one, UUID by) {
        Map<UUID, Case> known = cases.computeIfAbsent(kind, key -> new LinkedHashMap<>());
        if (!counted.computeIfAbsent(kind, key -> new HashSet<>()).add(by)) {
            return;
        }
        if (known.size() < MOST_CASES) {
            known.put(by, one);
        }
    }

    /** People whom gates are about: their names are looked up afterwards. */
    Set<UUID> peopleInGates() {
        var people = new HashSet<UUID>();
        for (Kind kind : List.of(
                Kind.PERSON_WITHOUT_DESTINATION,
                Kind.PERSON_WITH_TWO_DESTINATIONS,
                Kind.ASSIGNMENT_BEGINS_TOO_LATE,
                Kind.TWO_POSTS_BECOME_ONE,
                Kind.LINE_MEMBERS_LEAVE)) {
            people.addAll(cases.getOrDefault(kind, Map.of()).keySet());
        }
        return people;
    }

    /** What stands in the way, the gravest first; with the names of people put in. */
    List<ReorganisationGate> gates(Map<UUID, String> people) {
        var gates = new ArrayList<ReorganisationGate>();
        for (Kind kind : Kind.values()) {
            Map<UUID, Case> known = cases.get(kind);
            if (known != null) {
                gates.add(new ReorganisationGate(
                        kind,
                        counted.getOrDefault(kind, Set.of()).size(),
                        known.entrySet().stream()
                                .map(entry -> {
                                    Case one = entry.getValue();
                                    return one.name().isEmpty()
                                            ? new Case(
                                                    one.subject(),
                                                    one.id(),
                                                    people.getOrDefault(entry.getKey(), ""),
                                                    one.more(),
                                                    one.href(),
                                                    one.key())
                                            : one;
                                })
                                .toList()));
            }
        }
        return gates;
    }

    /** Whether it may be carried out, as far as nobody has to take notice of anything. */
    boolean blocked() {
        return cases.keySet().stream().anyMatch(kind -> kind.weight() == ReorganisationGate.Weight.BLOCKING);
    }

    /** Keys of all that whoever approves takes notice of. */
    Collection<String> objections() {
        var keys = new ArrayList<String>();
        cases.getOrDefault(Kind.OBJECTION, Map.of()).values().forEach(one -> keys.add(one.key()));
        afterInLines.stream()
                .filter(line -> !line.leaving().isEmpty())
                .forEach(line -> keys.add("line-members-leave " + line.lineId() + " "
                        + line.leaving().size()));
        return keys;
    }

    /** Whether it is said where everybody goes; until then nothing can be said of lines. */
    boolean decided() {
        return !cases.containsKey(Kind.PERSON_WITHOUT_DESTINATION)
                && !cases.containsKey(Kind.PERSON_WITH_TWO_DESTINATIONS);
    }

    /** What becomes of lines; read once the moves of people are known. */
    void lines(List<ReorganisationLines.After> lines) {
        afterInLines = List.copyOf(lines);
        for (ReorganisationLines.After line : lines) {
            LineSuccession done = line.succession();
            int leaving = line.leaving().size();
            add(
                    Kind.LINE_CHANGES,
                    new Case(
                            Subject.ELSEWHERE,
                            line.lineId(),
                            line.name(),
                            Reason.of(
                                    "directory.reorg.case.line",
                                    done.ended.size(),
                                    done.placed.size(),
                                    done.followed.size() - leaving,
                                    leaving,
                                    line.duties()),
                            "/tuyen/" + line.lineId(),
                            ""));
            for (LineSuccession.Followed one : line.leaving()) {
                add(
                        Kind.LINE_MEMBERS_LEAVE,
                        Case.of(
                                Subject.PERSON,
                                one.member().personId(),
                                "",
                                Reason.of(
                                        "directory.reorg.case.line-member",
                                        line.name(),
                                        name(one.member().unitId()))));
            }
        }
    }

    List<ReorganisationLines.After> afterInLines() {
        return afterInLines;
    }
}
