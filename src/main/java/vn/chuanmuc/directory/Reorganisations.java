package vn.chuanmuc.directory;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
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
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.directory.ReorganisationDraft.Action;
import vn.chuanmuc.directory.ReorganisationDraft.Basis;
import vn.chuanmuc.directory.ReorganisationDraft.Changed;
import vn.chuanmuc.directory.ReorganisationDraft.Facts;
import vn.chuanmuc.directory.ReorganisationDraft.Head;
import vn.chuanmuc.directory.ReorganisationDraft.Line;
import vn.chuanmuc.directory.ReorganisationDraft.NewUnit;
import vn.chuanmuc.directory.ReorganisationDraft.Outside;
import vn.chuanmuc.directory.ReorganisationDraft.Part;
import vn.chuanmuc.directory.ReorganisationDraft.Rule;
import vn.chuanmuc.directory.ReorganisationDraft.State;
import vn.chuanmuc.directory.ReorganisationGate.Weight;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.PersonName;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ui.UnitChoice;

/**
 * Re-organisations: one dated command over many units. Prepared as a draft, checked, approved by somebody who had no hand in it,
 * carried out whole on its day. A re-organisation is a matter of the top unit: every scope here must reach it.
 */
@Component
public class Reorganisations {
    private static final int MOST_LISTED = 200;
    private static final int MOST_NEW_UNITS = 2_000;
    /** Units that are named where what was typed is not one of them but like them. */
    private static final int MOST_LIKE = 5;

    private final ReorganisationStore store;
    private final ReorganisationExecution execution;
    private final ReorganisationLines lines;
    private final UnitStore unitStore;
    private final Units units;
    private final UnitChoices unitChoices;
    private final Tree tree;
    private final People people;
    private final Headcounts headcounts;
    private final ObjectProvider<ReorganisationObjections> objections;
    private final ObjectProvider<UnitsEnded> unitsEnded;
    private final Ledger ledger;
    private final Clock clock;

    Reorganisations(
            ReorganisationStore store,
            ReorganisationExecution execution,
            ReorganisationLines lines,
            UnitStore unitStore,
            Units units,
            UnitChoices unitChoices,
            Tree tree,
            People people,
            Headcounts headcounts,
            ObjectProvider<ReorganisationObjections> objections,
            ObjectProvider<UnitsEnded> unitsEnded,
            Ledger ledger,
            Clock clock) {
        this.store = store;
        this.execution = execution;
        this.lines = lines;
        this.unitStore = unitStore;
        this.units = units;
        this.unitChoices = unitChoices;
        this.tree = tree;
        this.people = people;
        this.headcounts = headcounts;
        this.objections = objections;
        this.unitsEnded = unitsEnded;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** What came of writing in a draft or of moving it on. */
    public sealed interface Saved {
        record Done(UUID id) implements Saved {}

        /** @param field of the form; empty when it is about the whole */
        record Refused(String field, Reason why) implements Saved {}
    }

    /** What came of carrying out. */
    public sealed interface CarriedOut {
        /** @param people how many got another unit */
        record Done(int people) implements CarriedOut {}

        /** It is not approved (any more), done already, or its day has not come. */
        record NotDue() implements CarriedOut {}

        /** It does not hold any more: nothing was changed. */
        record Blocked(List<ReorganisationGate> gates) implements CarriedOut {}
    }

    /** A person of a unit that is split, by one assignment. */
    public record Candidate(
            UUID assignmentId,
            UUID personId,
            String fullName,
            @Nullable LocalDate birthDate,
            UUID unitId,
            UUID positionId,
            String positionName,
            UUID blocId,
            String blocName) {}

    /** Something to choose: a unit that begins, or one there is. */
    public record Choice(UUID id, String code, String name, boolean begins) {}

    /** What somebody wrote to name a unit, and what it means. */
    public sealed interface Named {
        record Nobody() implements Named {}

        record Found(UUID id) implements Named {}

        record Refused(Reason why) implements Named {}
    }

    /**
     * A draft with what it means now.
     *
     * @param ending every unit that ends, with the one whose line does it
     * @param names of all units in it, as they are called now or will be
     * @param people of an ending unit that are concerned, by line: how many
     */
    public record Outlook(
            ReorganisationDraft draft,
            List<ReorganisationGate> gates,
            Map<UUID, UUID> ending,
            Map<UUID, String> names,
            Map<UUID, Integer> people) {
        public boolean blocked() {
            return gates.stream().anyMatch(gate -> gate.kind().weight() == Weight.BLOCKING);
        }

        public boolean mustAcknowledge() {
            return gates.stream().anyMatch(gate -> gate.kind().weight() == Weight.TO_ACKNOWLEDGE);
        }
    }

    /** What is special about a unit in a tree before or after. */
    public enum Mark {
        NONE,
        ENDS,
        BEGINS,
        CHANGES,
        RECEIVES;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param people of the unit with all below it */
    public record Branch(UUID id, String code, String name, int level, int people, Mark mark) {}

    /** @param people who come from there */
    public record Source(String name, int people) {}

    /** Where the people of a unit come from. */
    public record Intake(UUID id, String name, List<Source> sources, List<Outside> outside) {
        public int people() {
            return sources.stream().mapToInt(Source::people).sum();
        }
    }

    /** The trees before and after, as far as they differ, with all above. */
    public record Preview(List<Branch> before, List<Branch> after, List<Intake> intakes) {}

    /** A unit of a line with the unit above it there. @param superior empty at the top */
    public record LinePlace(String unit, String superior) {}

    /** @param people who go on in the line through another unit; {@code to} is empty for those who leave it */
    public record LineFlow(String from, String to, int people) {}

    /** Somebody who leaves a line. */
    public record LineLeaver(UUID personId, String name, String unit) {}

    /**
     * What becomes of a line.
     *
     * @param ended units whose places end; {@code begun}: that take a place; {@code moved}: that get another unit above them
     * @param leaving who is in the line no more, the first 200 by name; how many is in the flows
     * @param duties how many end
     */
    public record LineAfter(
            UUID lineId,
            String name,
            List<String> ended,
            List<LinePlace> begun,
            List<LinePlace> moved,
            List<LineFlow> flows,
            List<LineLeaver> leaving,
            int duties) {}

    // Reading

    /** The newest first, at most 200. */
    public List<Facts> newest(Scope scope) {
        requireTop(scope);
        return store.newest(scope.tenantId(), MOST_LISTED);
    }

    public Optional<ReorganisationDraft> find(Scope scope, UUID id) {
        requireTop(scope);
        return store.find(scope.tenantId(), id);
    }

    public Outlook outlook(Scope scope, UUID id) {
        ReorganisationDraft draft = get(scope, id);
        ReorganisationPlan plan = plan(scope.tenantId(), draft);
        Map<UUID, UUID> ending = new LinkedHashMap<>();
        plan.ending.forEach((unit, line) -> ending.put(unit, line.unitId()));
        Map<UUID, Set<UUID>> concerned = new HashMap<>();
        plan.posts().forEach(post -> {
            UUID line = ending.get(post.unitId());
            if (line != null) {
                concerned.computeIfAbsent(line, key -> new HashSet<>()).add(post.personId());
            }
        });
        Map<UUID, Integer> counts = new HashMap<>();
        concerned.forEach((line, who) -> counts.put(line, who.size()));
        return new Outlook(draft, gates(scope.tenantId(), plan), ending, names(scope.tenantId(), draft), counts);
    }

    /** The names of all units a draft names. */
    public Map<UUID, String> names(UUID tenantId, ReorganisationDraft draft) {
        var named = new HashSet<UUID>();
        for (Line line : draft.lines()) {
            named.add(line.unitId());
            add(named, line.destination());
            add(named, line.custodian());
            if (line.changed() != null) {
                add(named, line.changed().parentId());
            }
            line.parts().forEach(part -> named.add(part.destination()));
            line.parts().stream().filter(part -> part.rule() == Rule.UNIT).forEach(part -> named.add(part.subject()));
        }
        draft.newUnits().forEach(unit -> named.add(unit.parentId()));
        draft.outside().forEach(piece -> named.add(piece.destination()));
        Map<UUID, String> names = new HashMap<>(units.names(tenantId, named));
        draft.newUnits().forEach(unit -> names.put(unit.id(), unit.name()));
        return names;
    }

    private static void add(Set<UUID> all, @Nullable UUID one) {
        if (one != null) {
            all.add(one);
        }
    }

    /**
     * What fields that name a unit offer: units that begin, then those there are and that do not end.
     *
     * @param all whether these are all; otherwise only those the draft names already, and a search finds the others
     */
    public record Choices(boolean all, List<Choice> units) {}

    /** @param besides units whose words are needed, whatever the draft names */
    public Choices choices(Scope scope, ReorganisationDraft draft, UUID... besides) {
        var choices = new ArrayList<Choice>();
        draft.newUnits().forEach(unit -> choices.add(new Choice(unit.id(), unit.code(), unit.name(), true)));
        UnitChoice living = unitChoices.of(scope, null, null);
        if (!living.few()) {
            var named = new HashSet<>(names(scope.tenantId(), draft).keySet());
            named.addAll(List.of(besides));
            units.living(scope.tenantId(), named).values().stream()
                    .sorted(Comparator.comparing(Units.Unit::name).thenComparing(Units.Unit::code))
                    .forEach(unit -> choices.add(new Choice(unit.id(), unit.code(), unit.name(), false)));
            return new Choices(false, choices);
        }
        // how deep the branch that ends begins: below it only what has a line of its own goes on
        int ending = Integer.MAX_VALUE;
        for (UnitChoice.Option unit : living.options()) {
            Line line = draft.line(unit.id()).orElse(null);
            if (unit.depth() <= ending) {
                ending = Integer.MAX_VALUE;
            }
            if (line != null && line.ends()) {
                ending = unit.depth();
            } else if (line != null || unit.depth() <= ending) {
                choices.add(new Choice(unit.id(), unit.code(), unit.name(), false));
            }
        }
        return new Choices(true, choices);
    }

    /** Units that begin or go on and match what is typed: by code, or by the beginnings of words of the name. */
    public List<Choice> matching(Scope scope, ReorganisationDraft draft, String typed, int most) {
        String words = Texts.oneLine(typed.length() > 120 ? typed.substring(0, 120) : typed);
        String key = Texts.searchKey(words);
        if (key.isEmpty()) {
            return List.of();
        }
        var found = new ArrayList<Choice>();
        draft.newUnits().stream()
                .filter(unit -> (" " + Texts.searchKey(unit.code() + " " + unit.name())).contains(" " + key))
                .forEach(unit -> found.add(new Choice(unit.id(), unit.code(), unit.name(), true)));
        List<Tree.Node> living = tree.search(scope, words, LocalDate.now(clock)).hits().stream()
                .map(Tree.Hit::node)
                .filter(node -> node.ended() == null)
                .toList();
        UUID[] ending =
                draft.lines().stream().filter(Line::ends).map(Line::unitId).toArray(UUID[]::new);
        Set<UUID> gone = units.within(
                scope.tenantId(), living.stream().map(Tree.Node::id).toList(), ending);
        living.stream()
                .filter(node -> !gone.contains(node.id())
                        || draft.line(node.id()).filter(line -> !line.ends()).isPresent())
                .forEach(node -> found.add(new Choice(node.id(), node.code(), node.name(), false)));
        return found.subList(0, Math.min(most, found.size()));
    }

    /** What a text means: a code (with or without the name behind a dash) or a name; units that begin go first. */
    public Named named(Scope scope, ReorganisationDraft draft, String text) {
        String line = Texts.oneLine(text);
        if (line.isEmpty()) {
            return new Named.Nobody();
        }
        int dash = line.indexOf(" – ");
        String code = (dash < 0 ? line : line.substring(0, dash)).toLowerCase(Locale.ROOT);
        for (NewUnit unit : draft.newUnits()) {
            if (unit.code().toLowerCase(Locale.ROOT).equals(code)) {
                return new Named.Found(unit.id());
            }
        }
        UUID living = store.codes(scope.tenantId(), List.of(code)).get(code);
        if (living != null) {
            return new Named.Found(living);
        }
        String key = UnitNames.matchKey(line);
        var byName = new LinkedHashSet<UUID>();
        draft.newUnits().stream()
                .filter(unit -> UnitNames.matchKey(unit.name()).equals(key))
                .forEach(unit -> byName.add(unit.id()));
        if (byName.isEmpty()) {
            byName.addAll(unitStore.byMatchKey(scope.tenantId(), key));
        }
        return switch (byName.size()) {
            case 0 -> {
                List<Choice> like = matching(scope, draft, line, MOST_LIKE);
                yield new Named.Refused(
                        like.isEmpty()
                                ? Reason.of("directory.reorg.refused.no-unit", shortened(line))
                                : Reason.of(
                                        "directory.reorg.refused.which",
                                        shortened(line),
                                        like.stream()
                                                .map(unit -> unit.code() + " – " + unit.name())
                                                .collect(Collectors.joining("; "))));
            }
            case 1 -> new Named.Found(byName.getFirst());
            default -> new Named.Refused(Reason.of("directory.reorg.refused.ambiguous", shortened(line)));
        };
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 79) + "…";
    }

    /** Everybody whom the line of this ending unit sends elsewhere, by unit and name; at most 20,000. */
    public List<Candidate> candidates(Scope scope, ReorganisationDraft draft, UUID lineUnit) {
        requireTop(scope);
        Map<UUID, List<UUID>> children = new HashMap<>();
        store.places(scope.tenantId(), List.of(lineUnit), List.of())
                .values()
                .forEach(place -> children.computeIfAbsent(place.parentId(), key -> new ArrayList<>())
                        .add(place.id()));
        Set<UUID> of = new HashSet<>();
        ReorganisationPlan.ending(draft, children).forEach((unit, line) -> {
            if (line.unitId().equals(lineUnit)) {
                of.add(unit);
            }
        });
        return store.candidates(scope.tenantId(), of, draft.effective());
    }

    public Preview preview(Scope scope, UUID id) {
        ReorganisationDraft draft = get(scope, id);
        UUID tenantId = scope.tenantId();
        return new ReorganisationPreview(
                        draft,
                        plan(tenantId, draft),
                        units -> headcounts.on(tenantId, units, draft.effective()),
                        units -> store.ownPeople(tenantId, units, draft.effective()))
                .draw();
    }

    /** What becomes of the lines that units in it have places in. */
    public List<LineAfter> inLines(Scope scope, UUID id) {
        ReorganisationDraft draft = get(scope, id);
        UUID tenant = scope.tenantId();
        ReorganisationPlan plan = plan(tenant, draft);
        var units = new HashSet<UUID>();
        var who = new HashSet<UUID>();
        for (ReorganisationLines.After line : plan.afterInLines()) {
            line.succession().placed.values().forEach(placed -> {
                units.add(placed.unitId());
                add(units, placed.superiorId());
            });
            line.succession().resettled.forEach(one -> {
                units.add(one.seat().unitId());
                add(units, one.superiorId());
            });
            line.succession().followed.forEach(one -> {
                units.add(one.member().unitId());
                add(units, one.destination());
            });
            line.succession().ended.forEach(seat -> units.add(seat.unitId()));
            line.leaving().forEach(one -> who.add(one.member().personId()));
        }
        Map<UUID, String> names = new HashMap<>(this.units.names(tenant, units));
        draft.newUnits().forEach(unit -> names.put(unit.id(), unit.name()));
        draft.lines().forEach(line -> {
            if (line.changed() != null) {
                names.put(line.unitId(), line.changed().name());
            }
        });
        Map<UUID, String> people = who.isEmpty() ? Map.of() : this.people.names(tenant, who);
        return plan.afterInLines().stream()
                .map(line -> lineAfter(line, names, people))
                .toList();
    }

    private static LineAfter lineAfter(
            ReorganisationLines.After line, Map<UUID, String> names, Map<UUID, String> people) {
        LineSuccession done = line.succession();
        record Way(UUID from, @Nullable UUID to) {}
        Map<Way, Set<UUID>> flows = new LinkedHashMap<>();
        done.followed.forEach(
                one -> flows.computeIfAbsent(new Way(one.member().unitId(), one.destination()), key -> new HashSet<>())
                        .add(one.member().personId()));
        return new LineAfter(
                line.lineId(),
                line.name(),
                done.ended.stream()
                        .map(seat -> names.getOrDefault(seat.unitId(), ""))
                        .distinct()
                        .sorted()
                        .toList(),
                done.placed.values().stream()
                        .map(one ->
                                new LinePlace(names.getOrDefault(one.unitId(), ""), nameOr(names, one.superiorId())))
                        .toList(),
                done.resettled.stream()
                        .filter(one -> one.seat().to() == null)
                        .map(one -> new LinePlace(
                                names.getOrDefault(one.seat().unitId(), ""), nameOr(names, one.superiorId())))
                        .toList(),
                flows.entrySet().stream()
                        .map(flow -> new LineFlow(
                                names.getOrDefault(flow.getKey().from(), ""),
                                nameOr(names, flow.getKey().to()),
                                flow.getValue().size()))
                        .sorted(Comparator.comparing(LineFlow::from).thenComparing(LineFlow::to))
                        .toList(),
                line.leaving().stream()
                        .map(one -> new LineLeaver(
                                one.member().personId(),
                                people.getOrDefault(one.member().personId(), ""),
                                names.getOrDefault(one.member().unitId(), "")))
                        .distinct()
                        .sorted((one, other) -> Arrays.compareUnsigned(
                                PersonName.of(one.name()).sortKey(),
                                PersonName.of(other.name()).sortKey()))
                        .limit(MOST_LISTED)
                        .toList(),
                line.duties());
    }

    private static String nameOr(Map<UUID, String> names, @Nullable UUID unit) {
        return unit == null ? "" : names.getOrDefault(unit, "");
    }

    /** What a re-organisation that is done made of which unit. */
    public List<Units.Succession> successions(Scope scope, UUID id) {
        requireTop(scope);
        return unitStore.successionsOf(scope.tenantId(), id);
    }

    // Writing the draft

    @Transactional
    public Saved create(Scope scope, Head head) {
        requireTop(scope);
        Head clean = clean(head);
        Optional<Saved> refused = refused(clean);
        if (refused.isPresent()) {
            return refused.get();
        }
        UUID id = Ids.next();
        store.insert(scope.tenantId(), id, clean, scope.actor(), now());
        record(scope, "directory.reorganisation-drafted", id, Map.of("title", clean.title()));
        return new Saved.Done(id);
    }

    @Transactional
    public Saved changeHead(Scope scope, UUID id, Head head) {
        Head clean = clean(head);
        return refused(clean)
                .orElseGet(() -> write(scope, id, draft -> {
                    store.head(scope.tenantId(), id, clean);
                    return id;
                }));
    }

    /** Adds a unit that will begin, or changes one of the draft when {@code unitId} is given. */
    @Transactional
    public Saved putUnit(
            Scope scope, UUID id, @Nullable UUID unitId, String code, String name, Units.Kind kind, UUID parentId) {
        Optional<Saved> refused = refused(code, name);
        if (refused.isPresent()) {
            return refused.get();
        }
        if (kind == Units.Kind.ROOT) {
            return new Saved.Refused("loai", Reason.of("directory.unit.refused.kind"));
        }
        ReorganisationDraft draft = get(scope, id);
        if (unitId != null && draft.newUnit(unitId).isEmpty()) {
            throw new NotFound("unit");
        }
        if (unitId == null && draft.newUnits().size() >= MOST_NEW_UNITS) {
            return new Saved.Refused("", Reason.of("directory.reorg.refused.too-many", MOST_NEW_UNITS));
        }
        String cleanCode = Texts.oneLine(code);
        boolean taken = draft.newUnits().stream()
                .anyMatch(other -> !other.id().equals(unitId) && other.code().equalsIgnoreCase(cleanCode));
        if (taken) {
            return new Saved.Refused("ma", Reason.of("directory.reorg.refused.code-in-draft", cleanCode));
        }
        UUID unit = unitId == null ? Ids.next() : unitId;
        return write(scope, id, open -> {
            store.put(scope.tenantId(), id, new NewUnit(unit, cleanCode, Texts.oneLine(name), kind, parentId));
            return unit;
        });
    }

    /** Takes a unit out of the draft; refused while something in the draft goes there. */
    @Transactional
    public Saved removeUnit(Scope scope, UUID id, UUID unit) {
        ReorganisationDraft draft = get(scope, id);
        Optional<String> user = draft.lines().stream()
                .filter(line -> unit.equals(line.destination())
                        || unit.equals(line.custodian())
                        || (line.changed() != null && unit.equals(line.changed().parentId()))
                        || line.parts().stream()
                                .anyMatch(part -> part.destination().equals(unit)))
                .findFirst()
                .map(line -> names(scope.tenantId(), draft).getOrDefault(line.unitId(), ""))
                .or(() -> draft.newUnits().stream()
                        .filter(other -> other.parentId().equals(unit))
                        .findFirst()
                        .map(NewUnit::name))
                .or(() -> draft.outside().stream()
                        .filter(piece -> piece.destination().equals(unit))
                        .findFirst()
                        .map(Outside::name));
        if (user.isPresent()) {
            return new Saved.Refused("", Reason.of("directory.reorg.refused.in-use", user.get()));
        }
        return write(scope, id, open -> {
            store.removeUnit(scope.tenantId(), id, unit);
            return unit;
        });
    }

    /**
     * A row of the table old → new.
     *
     * @param ends false: the unit stays as it is
     */
    public record Row(
            UUID unitId,
            boolean ends,
            @Nullable UUID destination,
            @Nullable UUID custodian) {}

    /** Writes rows of the table: an ending unit keeps the parts it has, one that stays loses its line (if that ended it). */
    @Transactional
    public Saved table(Scope scope, UUID id, List<Row> rows) {
        requireAll(scope, rows.stream().map(Row::unitId).toList());
        return write(scope, id, draft -> {
            for (Row row : rows) {
                Optional<Line> known = draft.line(row.unitId());
                if (row.ends()) {
                    store.put(
                            scope.tenantId(),
                            id,
                            new Line(row.unitId(), Action.END, row.destination(), row.custodian(), null, List.of()));
                } else if (known.filter(Line::ends).isPresent()) {
                    store.removeLine(scope.tenantId(), id, row.unitId());
                }
            }
            return id;
        });
    }

    /** The unit goes on under another name, kind, code or parent. */
    @Transactional
    public Saved change(Scope scope, UUID id, UUID unit, Changed changed) {
        requireAll(scope, List.of(unit));
        Optional<Saved> refused = refused(changed.code(), changed.name());
        if (refused.isPresent()) {
            return refused.get();
        }
        Units.Unit now = units.find(scope.tenantId(), unit).orElseThrow(() -> new NotFound("unit"));
        if ((now.kind() == Units.Kind.ROOT) != (changed.kind() == Units.Kind.ROOT)) {
            return new Saved.Refused("loai", Reason.of("directory.unit.refused.kind"));
        }
        if ((now.parentId() == null) != (changed.parentId() == null)) {
            return new Saved.Refused("cha", Reason.of("directory.reorg.refused.parent"));
        }
        var clean = new Changed(
                Texts.oneLine(changed.code()), Texts.oneLine(changed.name()), changed.kind(), changed.parentId());
        if (clean.equals(new Changed(now.code(), now.name(), now.kind(), now.parentId()))) {
            return new Saved.Refused("ten", Reason.of("directory.reorg.refused.same"));
        }
        return write(scope, id, draft -> {
            store.put(scope.tenantId(), id, new Line(unit, Action.CHANGE, null, null, clean, List.of()));
            return unit;
        });
    }

    @Transactional
    public Saved removeLine(Scope scope, UUID id, UUID unit) {
        return write(scope, id, draft -> {
            store.removeLine(scope.tenantId(), id, unit);
            return unit;
        });
    }

    /** Parts of an ending unit: each subject has one destination, a later one takes the place of an earlier. */
    @Transactional
    public Saved putParts(Scope scope, UUID id, UUID unit, Rule rule, List<UUID> subjects, UUID destination) {
        if (subjects.isEmpty()) {
            return new Saved.Refused("", Reason.of("directory.reorg.refused.nobody-chosen"));
        }
        return write(scope, id, draft -> {
            if (draft.line(unit).filter(Line::ends).isEmpty()) {
                throw new NotFound("line");
            }
            store.put(
                    scope.tenantId(),
                    id,
                    unit,
                    subjects.stream()
                            .distinct()
                            .map(subject -> new Part(rule, subject, destination))
                            .toList());
            return unit;
        });
    }

    @Transactional
    public Saved removePart(Scope scope, UUID id, UUID unit, Rule rule, UUID subject) {
        return write(scope, id, draft -> {
            store.removePart(scope.tenantId(), id, unit, rule, subject);
            return unit;
        });
    }

    /** A piece of another body joins a unit of the draft. */
    @Transactional
    public Saved addOutside(Scope scope, UUID id, String name, UUID destination, String note) {
        String clean = Texts.oneLine(name);
        String cleanNote = Texts.oneLine(note);
        if (clean.isEmpty() || clean.length() > 300) {
            return new Saved.Refused("ngoai-ten", Reason.of("directory.reorg.refused.outside-name"));
        }
        if (cleanNote.length() > 500) {
            return new Saved.Refused("ngoai-ghi-chu", Reason.of("directory.person.refused.note"));
        }
        UUID piece = Ids.next();
        return write(scope, id, draft -> {
            store.put(scope.tenantId(), id, new Outside(piece, clean, destination, cleanNote));
            return piece;
        });
    }

    @Transactional
    public Saved removeOutside(Scope scope, UUID id, UUID piece) {
        return write(scope, id, draft -> {
            store.removeOutside(scope.tenantId(), id, piece);
            return piece;
        });
    }

    /** Puts what a form says in the place of the units and lines there were. */
    @Transactional
    Saved replace(Scope scope, UUID id, List<NewUnit> newUnits, List<Line> lines) {
        return write(scope, id, draft -> {
            store.replace(scope.tenantId(), id, newUnits, lines);
            return id;
        });
    }

    // Moving it on

    /** Gives the draft to somebody else for approval; refused while something stands in the way. */
    @Transactional
    public Saved submit(Scope scope, UUID id, int version) {
        ReorganisationDraft draft = get(scope, id);
        if (draft.state() != State.DRAFT || draft.facts().version() != version) {
            return changedMeanwhile();
        }
        ReorganisationPlan plan = plan(scope.tenantId(), draft);
        if (plan.blocked()) {
            return new Saved.Refused("", Reason.of("directory.reorg.refused.blocked"));
        }
        if (!store.submit(scope.tenantId(), id, version, scope.actor(), now())) {
            return changedMeanwhile();
        }
        record(scope, "directory.reorganisation-submitted", id, Map.of("version", version));
        return new Saved.Done(id);
    }

    /**
     * Approves what was submitted, as it was seen. From now on it waits for its day.
     *
     * @param acknowledgement why it may go on although other modules object; needed when they do
     */
    @Transactional
    public Saved approve(Scope scope, UUID id, int version, String acknowledgement) {
        ReorganisationDraft draft = get(scope, id);
        if (draft.facts().hadHandIn(scope.actor())) {
            return new Saved.Refused("", Reason.of("directory.reorg.refused.own"));
        }
        if (draft.state() != State.SUBMITTED || draft.facts().version() != version) {
            return changedMeanwhile();
        }
        ReorganisationPlan plan = plan(scope.tenantId(), draft);
        if (plan.blocked()) {
            return new Saved.Refused("", Reason.of("directory.reorg.refused.blocked"));
        }
        String words = acknowledgement.strip();
        if (words.length() > 1000) {
            return new Saved.Refused("ly-do-duyet", Reason.of("directory.reorg.refused.long"));
        }
        if (!plan.objections().isEmpty() && words.isEmpty()) {
            return new Saved.Refused("ly-do-duyet", Reason.of("directory.reorg.refused.acknowledge"));
        }
        if (!store.approve(scope.tenantId(), id, version, scope.actor(), plan.objections(), words, now())) {
            return changedMeanwhile();
        }
        record(
                scope,
                "directory.reorganisation-approved",
                id,
                Map.of(
                        "version",
                        version,
                        "effective",
                        draft.effective().toString(),
                        "objections",
                        List.copyOf(plan.objections()),
                        "reason",
                        words));
        return new Saved.Done(id);
    }

    /** Back to a draft, to be mended and approved anew. */
    @Transactional
    public Saved sendBack(Scope scope, UUID id, int version, String reason) {
        requireTop(scope);
        if (!told(reason)) {
            return new Saved.Refused("ly-do", Reason.of("directory.reorg.refused.reason"));
        }
        if (!store.back(scope.tenantId(), id, version, scope.actor(), reason.strip(), now())) {
            return changedMeanwhile();
        }
        record(scope, "directory.reorganisation-sent-back", id, Map.of("reason", reason.strip()));
        return new Saved.Done(id);
    }

    /** Gives it up, for good; possible until it is carried out. */
    @Transactional
    public Saved withdraw(Scope scope, UUID id, String reason) {
        requireTop(scope);
        if (!told(reason)) {
            return new Saved.Refused("ly-do", Reason.of("directory.reorg.refused.reason"));
        }
        if (!store.withdraw(scope.tenantId(), id, scope.actor(), reason.strip(), now())) {
            return changedMeanwhile();
        }
        record(scope, "directory.reorganisation-withdrawn", id, Map.of("reason", reason.strip()));
        return new Saved.Done(id);
    }

    /** Approved ones whose day has come. */
    List<ReorganisationStore.Due> due() {
        return store.due(today());
    }

    /**
     * Carries an approved re-organisation out when its day has come, whole; checked again before. Asked for several times or at
     * several places at once, it is done once.
     */
    @Transactional
    public CarriedOut carryOut(UUID tenantId, UUID id) {
        execution.lockBody(tenantId);
        if (!store.claim(tenantId, id, today())) {
            return new CarriedOut.NotDue();
        }
        ReorganisationDraft draft = store.find(tenantId, id).orElseThrow();
        lines.lock(tenantId);
        execution.lockUnits(tenantId, ending(tenantId, draft));
        ReorganisationPlan plan = plan(tenantId, draft);
        Instant now = now();
        if (plan.blocked() || !draft.facts().acknowledged().containsAll(plan.objections())) {
            store.tried(tenantId, id, now);
            return new CarriedOut.Blocked(gates(tenantId, plan));
        }
        UUID actor = Objects.requireNonNull(draft.facts().approvedBy());
        int moved = execution.carryOut(tenantId, draft, plan, now);
        lines.carryOut(tenantId, draft, plan.ending.keySet(), plan.afterInLines(), actor);
        unitsEnded
                .orderedStream()
                .forEach(other -> other.ended(tenantId, plan.ending.keySet(), draft.effective(), id, actor));
        store.done(tenantId, id, moved, now);
        tell(tenantId, draft, plan, actor, moved);
        unitChoices.changed(tenantId);
        return new CarriedOut.Done(moved);
    }

    private void tell(UUID tenantId, ReorganisationDraft draft, ReorganisationPlan plan, UUID actor, int moved) {
        String day = draft.effective().toString();
        String by = draft.id().toString();
        plan.ending.forEach((unit, line) -> ledger.append(new Act(
                tenantId,
                "directory.unit-ended",
                unit,
                actor,
                Map.of(
                        "name",
                        plan.name(unit),
                        "day",
                        day,
                        "custodian",
                        String.valueOf(line.custodian()),
                        "reorganisation",
                        by))));
        for (NewUnit unit : draft.newUnits()) {
            ledger.append(new Act(
                    tenantId,
                    "directory.unit-begun",
                    unit.id(),
                    actor,
                    Map.of(
                            "code",
                            unit.code(),
                            "name",
                            unit.name(),
                            "parent",
                            unit.parentId().toString(),
                            "day",
                            day,
                            "reorganisation",
                            by)));
        }
        for (Line line : draft.lines()) {
            Changed changed = line.changed();
            if (changed != null) {
                ledger.append(new Act(
                        tenantId,
                        "directory.unit-changed",
                        line.unitId(),
                        actor,
                        Map.of(
                                "nameBefore",
                                plan.name(line.unitId()),
                                "name",
                                changed.name(),
                                "code",
                                changed.code(),
                                "kind",
                                changed.kind().code(),
                                "parent",
                                String.valueOf(changed.parentId()),
                                "day",
                                day,
                                "reorganisation",
                                by)));
            }
        }
        var facts = new TreeMap<String, Object>();
        facts.put("day", day);
        facts.put("ended", plan.ending.size());
        facts.put("begun", draft.newUnits().size());
        facts.put("people", moved);
        facts.put("basis", draft.facts().head().basis().number());
        ledger.append(new Act(tenantId, "directory.reorganised", draft.id(), actor, facts));
    }

    // Inside

    private interface Writing {
        UUID write(ReorganisationDraft draft);
    }

    /** Takes the draft for writing first, so that two who write wait for one another and nobody writes what is submitted. */
    private Saved write(Scope scope, UUID id, Writing writing) {
        requireTop(scope);
        if (!store.open(scope.tenantId(), id, scope.actor())) {
            if (store.facts(scope.tenantId(), id).isEmpty()) {
                throw new NotFound("reorganisation");
            }
            return new Saved.Refused("", Reason.of("directory.reorg.refused.no-draft"));
        }
        return new Saved.Done(writing.write(store.find(scope.tenantId(), id).orElseThrow()));
    }

    private ReorganisationDraft get(Scope scope, UUID id) {
        return find(scope, id).orElseThrow(() -> new NotFound("reorganisation"));
    }

    private void requireTop(Scope scope) {
        requireAll(scope, List.of(units.root(scope.tenantId())));
    }

    private void requireAll(Scope scope, Collection<UUID> of) {
        for (UUID unit : of) {
            if (!unitStore.covers(scope.tenantId(), scope.tops(), unit)) {
                throw new NotFound("unit");
            }
        }
    }

    private Set<UUID> ending(UUID tenantId, ReorganisationDraft draft) {
        List<UUID> tops = draft.lines().stream().map(Line::unitId).toList();
        Map<UUID, List<UUID>> children = new HashMap<>();
        store.places(tenantId, tops, List.of())
                .values()
                .forEach(place -> children.computeIfAbsent(place.parentId(), key -> new ArrayList<>())
                        .add(place.id()));
        return ReorganisationPlan.ending(draft, children).keySet();
    }

    private ReorganisationPlan plan(UUID tenantId, ReorganisationDraft draft) {
        List<UUID> tops = draft.lines().stream().map(Line::unitId).toList();
        var others = new HashSet<UUID>();
        var parents = new HashSet<UUID>();
        var codes = new ArrayList<String>();
        var keys = new ArrayList<String>();
        var destinations = new HashSet<UUID>();
        for (Line line : draft.lines()) {
            add(destinations, line.destination());
            add(others, line.custodian());
            line.parts().forEach(part -> destinations.add(part.destination()));
            Changed changed = line.changed();
            if (changed != null) {
                add(parents, changed.parentId());
                codes.add(changed.code());
                keys.add(UnitNames.matchKey(changed.name()));
            }
        }
        for (NewUnit unit : draft.newUnits()) {
            parents.add(unit.parentId());
            codes.add(unit.code());
            keys.add(UnitNames.matchKey(unit.name()));
        }
        draft.outside().forEach(piece -> destinations.add(piece.destination()));
        others.addAll(parents);
        others.addAll(destinations);
        Map<UUID, ReorganisationPlan.Place> places = store.places(tenantId, tops, others);
        Map<UUID, List<UUID>> children = new HashMap<>();
        places.values()
                .forEach(place -> children.computeIfAbsent(place.parentId(), key -> new ArrayList<>())
                        .add(place.id()));
        Set<UUID> ending = ReorganisationPlan.ending(draft, children).keySet();
        List<ReorganisationPlan.Post> posts = store.posts(tenantId, ending, draft.effective());
        destinations.removeAll(ending);
        List<ReorganisationPlan.Post> there = store.posts(
                tenantId,
                destinations.stream().filter(places::containsKey).toList(),
                posts.stream().map(ReorganisationPlan.Post::personId).distinct().toList());
        var against = new ArrayList<ReorganisationObjections.Objection>();
        objections.orderedStream().forEach(other -> against.addAll(other.against(tenantId, ending)));
        var held = new ArrayList<UnitsEnded.Ending>();
        unitsEnded.orderedStream().forEach(other -> held.addAll(other.endingWith(tenantId, ending)));
        var plan = new ReorganisationPlan(
                draft,
                new ReorganisationPlan.Ground(
                        places,
                        store.codes(tenantId, codes),
                        store.siblings(tenantId, parents, keys),
                        posts,
                        there,
                        store.waitingImports(tenantId, ending),
                        store.waitingOrders(tenantId, ending),
                        against,
                        held));
        if (plan.decided()) {
            plan.lines(lines.after(tenantId, draft, plan));
        }
        return plan;
    }

    private List<ReorganisationGate> gates(UUID tenantId, ReorganisationPlan plan) {
        Set<UUID> who = plan.peopleInGates();
        return plan.gates(who.isEmpty() ? Map.of() : people.names(tenantId, who));
    }

    private static Head clean(Head head) {
        Basis basis = head.basis();
        return new Head(
                Texts.oneLine(head.title()),
                head.effective(),
                basis.known()
                        ? new Basis(
                                true,
                                Texts.oneLine(basis.number()),
                                basis.date(),
                                Texts.oneLine(basis.issuer()),
                                Texts.oneLine(basis.title()))
                        : Basis.NONE);
    }

    private static Optional<Saved> refused(Head head) {
        Basis basis = head.basis();
        if (head.title().isEmpty() || head.title().length() > 300) {
            return refusal("tieu-de", "directory.reorg.refused.title");
        }
        if (basis.known() && (basis.number().isEmpty() || basis.number().length() > 100)) {
            return refusal("so", "directory.reorg.refused.number");
        }
        if (basis.known() && basis.date() == null) {
            return refusal("ngay-ban-hanh", "directory.reorg.refused.basis-date");
        }
        if (basis.known() && (basis.issuer().isEmpty() || basis.issuer().length() > 300)) {
            return refusal("co-quan", "directory.reorg.refused.issuer");
        }
        if (basis.title().length() > 500) {
            return refusal("trich-yeu", "directory.reorg.refused.basis-title");
        }
        return Optional.empty();
    }

    private static Optional<Saved> refusal(String field, String key) {
        return Optional.of(new Saved.Refused(field, new Reason(key, List.of())));
    }

    private static Optional<Saved> refused(String code, String name) {
        if (!Units.isName(name)) {
            return refusal("ten", "directory.unit.refused.name");
        }
        return Units.isCode(code) ? Optional.empty() : refusal("ma", "directory.unit.refused.code");
    }

    private static boolean told(String reason) {
        return !reason.isBlank() && reason.strip().length() <= 1000;
    }

    private static Saved changedMeanwhile() {
        return new Saved.Refused("", Reason.of("directory.reorg.refused.changed"));
    }

    private void record(Scope scope, String act, UUID subject, Map<String, ?> facts) {
        ledger.append(new Act(scope.tenantId(), act, subject, scope.actor(), facts));
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
