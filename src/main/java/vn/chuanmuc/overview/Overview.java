package vn.chuanmuc.overview;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Period;
import vn.chuanmuc.criteria.Criteria;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.overview.OverviewStore.Node;
import vn.chuanmuc.overview.OverviewStore.Row;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.rules.Rules;

/**
 * What is known of whole units, quarter by quarter. Whoever may read the forms of a unit sees all its figures as they are now;
 * everybody else who holds {@link Permission#READ_OVERVIEW} sees, of their own units and of what stands around them, only what is
 * sealed (ADR 0018). All figures are of one set of criteria: sets have different items, and different people.
 */
@Component
public class Overview {
    /** In place of a stage: the results people were told. */
    public static final String RESULT = "";

    private static final int MOST_QUARTERS = 12;

    private final OverviewStore store;
    private final Criteria criteria;
    private final Rules rules;
    private final Access access;

    Overview(OverviewStore store, Criteria criteria, Rules rules, Access access) {
        this.store = store;
        this.criteria = criteria;
        this.rules = rules;
        this.access = access;
    }

    /**
     * A cycle that has figures.
     *
     * @param settled whether every change up to now is in them
     * @param sealedAt when it was written down what everybody may see; null before
     * @param threshold groups of fewer people were hidden then
     */
    public record CycleLine(
            UUID id,
            Period period,
            String title,
            UUID ruleVersion,
            boolean closed,
            int levels,
            boolean settled,
            @Nullable Instant sealedAt,
            int threshold) {}

    public record StageName(String code, String name) {}

    public record SetName(UUID id, String title) {}

    /** @param open whether the viewer may go there */
    public record UnitName(UUID id, String name, boolean open) {}

    /**
     * What is asked for; what is null, or is not there, is chosen.
     *
     * @param period a quarter; the newest cycle in it is shown
     */
    public record Asked(
            @Nullable Period period,
            @Nullable UUID cycle,
            @Nullable UUID unit,
            @Nullable UUID set,
            @Nullable String stage) {
        public static final Asked NOTHING = new Asked(null, null, null, null, null);
    }

    /** How many forms there are in each state, and against how many results a petition is under way; only for those who may read them. */
    public record States(
            int running,
            int ready,
            int decided,
            int approved,
            int told,
            int notAssessed,
            int cancelled,
            int contested) {
        static States of(int[] counts, int contested) {
            return new States(counts[0], counts[1], counts[2], counts[3], counts[4], counts[5], counts[6], contested);
        }

        /** Of those who are assessed. */
        public int assessed() {
            return running + ready + decided + approved + told;
        }
    }

    /**
     * A histogram over levels.
     *
     * @param n people
     * @param levels how many of each, the best first: ratings, or people where it is about results
     * @param missing how many there could be besides: not assessed
     */
    public record Levels(int n, List<Integer> levels, int missing) {
        public int rated() {
            return levels.stream().mapToInt(Integer::intValue).sum();
        }
    }

    /**
     * A unit with its figures.
     *
     * @param full whether they are as they are now, nothing hidden
     * @param levels null when they are hidden, or there are none
     */
    public record Figure(
            UnitName unit, boolean full, @Nullable Levels levels) {}

    /** A group, criterion or item with its figures. @param depth 0 a group, 1 a criterion, 2 an item */
    public record Content(int depth, String place, String words, Levels levels) {}

    /** @param handed how many of {@code expected} were handed in */
    public record Turn(StageName stage, int expected, int handed) {}

    /**
     * A unit in a cycle, as the viewer may see it.
     *
     * @param above what is above it, the highest first
     * @param sets those with figures here
     * @param stage the chosen one; {@link #RESULT} for the results
     * @param words of the levels, or of the grades where it is about results
     * @param states null unless full
     * @param turns how far each stage is; empty unless full
     */
    public record Picture(
            CycleLine cycle,
            Figure whole,
            List<UnitName> above,
            List<SetName> sets,
            SetName set,
            List<StageName> stages,
            String stage,
            List<String> words,
            @Nullable States states,
            List<Turn> turns,
            List<Figure> below,
            List<Content> contents) {
        public boolean results() {
            return stage.equals(RESULT);
        }

        public boolean hidden() {
            return whole.levels() == null;
        }
    }

    /** A post or a line with its figures. */
    public record PartFigure(String name, Levels levels) {}

    /** What the viewer may see of a unit in one quarter. @param levels null when hidden or none */
    public record Quarter(
            CycleLine cycle, boolean full, @Nullable Levels levels) {}

    /** The cycles with figures of units the viewer has to do with, the newest first. */
    public List<CycleLine> cycles(Viewer viewer) {
        return cycles(viewer, null);
    }

    /** @param end only those sealed before that moment, whose figures are the sealed ones; null for now */
    public List<CycleLine> cycles(Viewer viewer, @Nullable Instant end) {
        access.require(viewer, Permission.READ_OVERVIEW);
        return store.cycles(viewer.tenantId(), viewer.unitsWith(Permission.READ_OVERVIEW)).stream()
                .filter(cycle -> {
                    Instant sealed = cycle.sealedAt();
                    return end == null || sealed != null && sealed.isBefore(end);
                })
                .toList();
    }

    /** The cycle that is meant: by id, by quarter, or the newest one; empty when there is none such. */
    public static Optional<CycleLine> chosen(List<CycleLine> cycles, Asked asked) {
        return cycles.stream()
                .filter(cycle -> asked.cycle() == null || cycle.id().equals(asked.cycle()))
                .filter(cycle -> asked.period() == null || cycle.period().equals(asked.period()))
                .findFirst();
    }

    /**
     * @throws NotFound when the unit is none of the cycle's, or none the viewer has to do with
     */
    public Picture picture(Viewer viewer, CycleLine cycle, Asked asked) {
        return picture(viewer, cycle, asked, false);
    }

    /** @param sealed whether nothing but sealed figures is shown, also of units whose forms the viewer may read */
    public Picture picture(Viewer viewer, CycleLine cycle, Asked asked, boolean sealed) {
        access.require(viewer, Permission.READ_OVERVIEW);
        UUID tenant = viewer.tenantId();
        UUID[] held = viewer.unitsWith(Permission.READ_OVERVIEW);
        UUID unit = asked.unit() != null
                ? asked.unit()
                : store.start(tenant, cycle.id(), held).orElseThrow(() -> new NotFound("unit of a cycle"));
        List<Node> path = store.path(tenant, cycle.id(), unit);
        if (path.isEmpty()) {
            throw new NotFound("unit of a cycle");
        }
        List<Node> children = store.children(tenant, cycle.id(), unit);
        List<UUID> concerned =
                Stream.concat(path.stream(), children.stream()).map(Node::id).toList();
        var open = new HashSet<>(store.covered(tenant, concerned, held));
        open.addAll(store.above(tenant, cycle.id(), held));
        Set<UUID> full =
                sealed ? Set.of() : store.covered(tenant, concerned, viewer.unitsWith(Permission.READ_ASSESSMENTS));
        if (!open.contains(unit)) {
            throw new NotFound("unit of a cycle");
        }
        var figures = new Figures(
                tenant,
                cycle,
                Stream.concat(Stream.of(unit), children.stream().map(Node::id)).toList(),
                full);
        List<SetName> sets = figures.sets(unit);
        SetName set = sets.stream()
                .filter(one -> one.id().equals(asked.set()))
                .findFirst()
                .orElseGet(() -> sets.isEmpty() ? new SetName(NONE, "") : sets.getFirst());
        List<StageName> stages = figures.stages(unit, set.id());
        String stage = stage(stages, asked.stage());
        RuleBook book = rules.book(tenant, cycle.ruleVersion());
        List<UnitName> above = path.subList(0, path.size() - 1).stream()
                .map(node -> new UnitName(node.id(), node.name(), open.contains(node.id())))
                .toList();
        return new Picture(
                cycle,
                figures.figure(path.getLast(), true, set.id(), stage),
                above,
                sets,
                set,
                stages,
                stage,
                stage.equals(RESULT)
                        ? book.grades().stream().map(RuleBook.Grade::words).toList()
                        : book.scale().stream().map(RuleBook.Level::words).toList(),
                full.contains(unit) ? figures.states(unit, set.id()) : null,
                full.contains(unit) ? figures.turns(unit, set.id(), stages) : List.of(),
                children.stream()
                        .map(child -> figures.figure(child, open.contains(child.id()), set.id(), stage))
                        .toList(),
                stage.equals(RESULT) ? List.of() : figures.contents(unit, set.id(), stage));
    }

    /** @throws NotFound when the unit is none of the cycle's, or none the viewer has to do with */
    void requireOpen(Viewer viewer, UUID cycleId, UUID unit) {
        access.require(viewer, Permission.READ_OVERVIEW);
        UUID[] held = viewer.unitsWith(Permission.READ_OVERVIEW);
        if (store.path(viewer.tenantId(), cycleId, unit).isEmpty()
                || (store.covered(viewer.tenantId(), List.of(unit), held).isEmpty()
                        && !store.above(viewer.tenantId(), cycleId, held).contains(unit))) {
            throw new NotFound("unit of a cycle");
        }
    }

    private static final UUID NONE = new UUID(0, 0);

    /** The stage that is asked for; otherwise the results, once somebody has one, or the last stage that has figures. */
    private static String stage(List<StageName> stages, @Nullable String asked) {
        return stages.stream()
                .map(StageName::code)
                .filter(code -> code.equals(asked))
                .findFirst()
                .orElseGet(() -> stages.isEmpty() ? RESULT : stages.getLast().code());
    }

    /** Posts or lines within the unit, those with most people first; empty where the viewer may not read the unit's forms. */
    public List<PartFigure> parts(Viewer viewer, Picture picture, boolean lines) {
        if (!picture.whole().full()) {
            return List.of();
        }
        return store
                .parts(
                        viewer.tenantId(),
                        picture.cycle(),
                        picture.whole().unit().id(),
                        picture.set().id(),
                        picture.stage(),
                        lines ? "line" : "position")
                .stream()
                .map(part -> new PartFigure(
                        part.name(),
                        levels(
                                part.n(),
                                part.hist(),
                                picture.words().size(),
                                picture.results() ? 1 : items(viewer, picture))))
                .toList();
    }

    private int items(Viewer viewer, Picture picture) {
        return items(viewer.tenantId(), picture.set().id());
    }

    private int items(UUID tenantId, UUID setId) {
        return criteria.text(tenantId, setId).groups().stream()
                .flatMap(group -> group.criteria().stream())
                .mapToInt(criterion -> criterion.items().size())
                .sum();
    }

    /** The same unit, set and stage in the quarters up to now, the oldest first; at most twelve. */
    public List<Quarter> trend(Viewer viewer, List<CycleLine> cycles, Picture picture) {
        UUID tenant = viewer.tenantId();
        UUID unit = picture.whole().unit().id();
        boolean full = picture.whole().full();
        var quarters = new ArrayList<Quarter>();
        List<CycleLine> comparable = cycles.stream()
                .filter(cycle ->
                        cycle.levels() == picture.cycle().levels() && sameWords(tenant, cycle, picture.cycle()))
                .limit(MOST_QUARTERS)
                .sorted(Comparator.comparing((CycleLine cycle) -> cycle.period().code()))
                .toList();
        for (CycleLine cycle : comparable) {
            var figures = new Figures(tenant, cycle, List.of(unit), full ? Set.of(unit) : Set.of());
            quarters.add(
                    new Quarter(cycle, full, figures.levels(unit, picture.set().id(), picture.stage())));
        }
        return quarters;
    }

    /** Quarters can be compared when their rules have the same words for levels and grades. */
    private boolean sameWords(UUID tenantId, CycleLine one, CycleLine other) {
        RuleBook a = rules.book(tenantId, one.ruleVersion());
        RuleBook b = rules.book(tenantId, other.ruleVersion());
        return one.ruleVersion().equals(other.ruleVersion())
                || a.scale().stream()
                                .map(RuleBook.Level::words)
                                .toList()
                                .equals(b.scale().stream()
                                        .map(RuleBook.Level::words)
                                        .toList())
                        && a.grades().stream()
                                .map(RuleBook.Grade::words)
                                .toList()
                                .equals(b.grades().stream()
                                        .map(RuleBook.Grade::words)
                                        .toList());
    }

    static Levels levels(int n, int[] hist, int size, int perPerson) {
        int[] whole = Arrays.copyOf(hist, size);
        return new Levels(
                n,
                Arrays.stream(whole).boxed().toList(),
                n * perPerson - Arrays.stream(whole).sum());
    }

    /** All items together. */
    static int[] together(int[] hist, int levels) {
        var together = new int[levels];
        for (int i = 0; i < hist.length; i++) {
            together[i % levels] += hist[i];
        }
        return together;
    }

    /** One line of open data: a figure that may be shown to everybody. */
    public record OpenRow(
            UUID unit,
            @Nullable UUID parent,
            String unitName,
            SetName set,
            @Nullable StageName stage,
            String place,
            int people,
            List<Integer> levels) {}

    /**
     * Everything of a cycle that may be shown to everybody, unit by unit: results first, then every stage, as a whole and item by
     * item. Nothing before the cycle is sealed.
     */
    public void openData(Viewer viewer, CycleLine cycle, java.util.function.Consumer<OpenRow> each) {
        access.require(viewer, Permission.READ_OVERVIEW);
        UUID tenant = viewer.tenantId();
        if (cycle.sealedAt() == null) {
            return;
        }
        RuleBook book = rules.book(tenant, cycle.ruleVersion());
        Map<String, StageName> stages =
                store.stages(tenant, cycle.id()).stream().collect(Collectors.toMap(StageName::code, stage -> stage));
        var sets = new HashMap<UUID, SetName>();
        int size = book.scale().size();
        store.everySealed(tenant, cycle.id(), (node, row) -> {
            SetName set = sets.computeIfAbsent(
                    row.set(), id -> new SetName(id, criteria.text(tenant, id).title()));
            if (row.stage().equals(RESULT)) {
                if (Arrays.stream(row.hist()).sum() == 0) {
                    return; // the rules of the cycle decide no level for the whole
                }
                each.accept(new OpenRow(
                        node.id(),
                        node.parent(),
                        node.name(),
                        set,
                        null,
                        "",
                        row.n(),
                        levels(row.n(), row.hist(), book.grades().size(), 1).levels()));
                return;
            }
            StageName stage = stages.getOrDefault(row.stage(), new StageName(row.stage(), row.stage()));
            each.accept(new OpenRow(
                    node.id(),
                    node.parent(),
                    node.name(),
                    set,
                    stage,
                    "",
                    row.n(),
                    levels(row.n(), together(row.hist(), size), size, 1).levels()));
            for (Place place : places(tenant, row.set())) {
                int[] hist = Arrays.copyOfRange(
                        row.hist(), (place.position() - 1) * size, Math.max(place.position() * size, 0));
                each.accept(new OpenRow(
                        node.id(),
                        node.parent(),
                        node.name(),
                        set,
                        stage,
                        place.place(),
                        row.n(),
                        levels(row.n(), hist, size, 1).levels()));
            }
        });
    }

    private record Place(String place, int position) {}

    private List<Place> places(UUID tenantId, UUID setId) {
        var places = new ArrayList<Place>();
        for (Criteria.SetText.Group group : criteria.text(tenantId, setId).groups()) {
            for (Criteria.SetText.Criterion criterion : group.criteria()) {
                for (int i = 0; i < criterion.items().size(); i++) {
                    places.add(new Place(
                            place(group, criterion) + "." + (i + 1),
                            criterion.items().get(i).position()));
                }
            }
        }
        return places;
    }

    private static String place(Criteria.SetText.Group group, Criteria.SetText.Criterion criterion) {
        return group.numeral() + "." + criterion.numeral();
    }

    /** The figures of some units of a cycle: live where the viewer may read the forms, sealed elsewhere. */
    private final class Figures {
        private final UUID tenant;
        private final CycleLine cycle;
        private final Set<UUID> full;
        private final Map<UUID, Map<UUID, Map<String, Row>>> rows = new HashMap<>();

        Figures(UUID tenant, CycleLine cycle, Collection<UUID> units, Set<UUID> full) {
            this.tenant = tenant;
            this.cycle = cycle;
            this.full = full;
            List<UUID> live = units.stream().filter(full::contains).toList();
            List<UUID> sealed =
                    units.stream().filter(unit -> !full.contains(unit)).toList();
            if (!live.isEmpty()) {
                store.live(tenant, cycle, live).forEach(this::keep);
            }
            if (!sealed.isEmpty() && cycle.sealedAt() != null) {
                store.sealed(tenant, cycle, sealed).forEach(this::keep);
            }
        }

        private void keep(Row row) {
            rows.computeIfAbsent(row.unit(), any -> new LinkedHashMap<>())
                    .computeIfAbsent(row.set(), any -> new LinkedHashMap<>())
                    .put(row.stage(), row);
        }

        private Map<String, Row> of(UUID unit, UUID set) {
            return rows.getOrDefault(unit, Map.of()).getOrDefault(set, Map.of());
        }

        /** Those of the unit; of a unit that shows none, those of what is below it. By title. */
        List<SetName> sets(UUID unit) {
            Stream<UUID> sets = rows.containsKey(unit)
                    ? rows.getOrDefault(unit, Map.of()).keySet().stream()
                    : rows.values().stream().flatMap(bySet -> bySet.keySet().stream());
            return sets.distinct()
                    .map(set -> new SetName(set, criteria.text(tenant, set).title()))
                    .sorted(Comparator.comparing(SetName::title).thenComparing(SetName::id))
                    .toList();
        }

        /** Stages with figures, in their order; the results come last, once somebody has one. */
        List<StageName> stages(UUID unit, UUID set) {
            var here = new ArrayList<StageName>();
            for (StageName stage : store.stages(tenant, cycle.id())) {
                if (of(unit, set).containsKey(stage.code())
                        || rows.values().stream()
                                .anyMatch(bySet ->
                                        bySet.getOrDefault(set, Map.of()).containsKey(stage.code()))) {
                    here.add(stage);
                }
            }
            boolean results = rows.values().stream()
                    .map(bySet -> bySet.getOrDefault(set, Map.of()).get(RESULT))
                    .anyMatch(row -> row != null && Arrays.stream(row.hist()).sum() > 0);
            if (results) {
                here.add(new StageName(RESULT, ""));
            }
            return here;
        }

        @Nullable
        Levels levels(UUID unit, UUID set, String stage) {
            @Nullable Row row = of(unit, set).get(stage);
            if (row == null) {
                return null;
            }
            if (stage.equals(RESULT)) {
                int grades = rules.book(tenant, cycle.ruleVersion()).grades().size();
                return Overview.levels(Arrays.stream(row.hist()).sum(), row.hist(), grades, 1);
            }
            return Overview.levels(row.n(), together(row.hist(), cycle.levels()), cycle.levels(), items(tenant, set));
        }

        Figure figure(Node node, boolean open, UUID set, String stage) {
            return new Figure(
                    new UnitName(node.id(), node.name(), open),
                    full.contains(node.id()),
                    levels(node.id(), set, stage));
        }

        States states(UUID unit, UUID set) {
            @Nullable Row row = of(unit, set).get(RESULT);
            return States.of(row == null ? new int[7] : row.counts(), store.contested(tenant, cycle.id(), unit, set));
        }

        List<Turn> turns(UUID unit, UUID set, List<StageName> stages) {
            var turns = new ArrayList<Turn>();
            for (StageName stage : stages) {
                @Nullable Row row = of(unit, set).get(stage.code());
                if (!stage.code().equals(RESULT) && row != null) {
                    turns.add(new Turn(stage, row.counts()[0], row.counts()[1]));
                }
            }
            return turns;
        }

        List<Content> contents(UUID unit, UUID set, String stage) {
            @Nullable Row row = of(unit, set).get(stage);
            if (row == null) {
                return List.of();
            }
            int size = cycle.levels();
            var contents = new ArrayList<Content>();
            for (Criteria.SetText.Group group : criteria.text(tenant, set).groups()) {
                var criteriaOf = new ArrayList<Content>();
                var ofGroup = new int[size];
                int itemsOfGroup = 0;
                for (Criteria.SetText.Criterion criterion : group.criteria()) {
                    var items = new ArrayList<Content>();
                    var ofCriterion = new int[size];
                    for (int i = 0; i < criterion.items().size(); i++) {
                        Criteria.SetText.Item item = criterion.items().get(i);
                        int[] hist = Arrays.copyOfRange(
                                Arrays.copyOf(row.hist(), Math.max(row.hist().length, item.position() * size)),
                                (item.position() - 1) * size,
                                item.position() * size);
                        for (int level = 0; level < size; level++) {
                            ofCriterion[level] += hist[level];
                        }
                        items.add(new Content(
                                2,
                                place(group, criterion) + "." + (i + 1),
                                item.words(),
                                Overview.levels(row.n(), hist, size, 1)));
                    }
                    for (int level = 0; level < size; level++) {
                        ofGroup[level] += ofCriterion[level];
                    }
                    itemsOfGroup += items.size();
                    criteriaOf.add(new Content(
                            1,
                            place(group, criterion),
                            criterion.title(),
                            Overview.levels(row.n(), ofCriterion, size, items.size())));
                    criteriaOf.addAll(items);
                }
                contents.add(new Content(
                        0, group.numeral(), group.title(), Overview.levels(row.n(), ofGroup, size, itemsOfGroup)));
                contents.addAll(criteriaOf);
            }
            return contents;
        }
    }
}
