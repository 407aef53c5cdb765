package vn.chuanmuc.directory;

import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A body as plain maps: who is where from which day to which, who is above whom. Knows nothing of how the product keeps it. */
final class OrganisationModel {
    /** One assignment; {@code to} is the first day it did not hold any more. */
    record Post(
            UUID unit,
            boolean main,
            LocalDate from,
            @Nullable LocalDate to) {
        boolean open() {
            return to == null;
        }

        boolean on(LocalDate day) {
            return !day.isBefore(from) && (to == null || day.isBefore(to));
        }

        Post until(LocalDate end) {
            return new Post(unit, main, from, end);
        }
    }

    /** A line of the whole body. */
    record Line(
            UUID person,
            UUID unit,
            boolean main,
            LocalDate from,
            @Nullable LocalDate to) {}

    static final class Unit {
        final UUID id;
        final LocalDate began;
        final TreeMap<LocalDate, UUID> parents = new TreeMap<>();
        String code;
        String name;
        Units.Kind kind;

        @Nullable
        LocalDate ended;

        @Nullable
        UUID custodian;

        Unit(UUID id, String code, String name, Units.Kind kind, @Nullable UUID parent, LocalDate began) {
            this.id = id;
            this.code = code;
            this.name = name;
            this.kind = kind;
            this.began = began;
            if (parent != null) {
                parents.put(began, parent);
            }
        }

        boolean alive() {
            return ended == null;
        }

        boolean on(LocalDate day) {
            return !day.isBefore(began) && (ended == null || day.isBefore(ended));
        }

        @Nullable
        UUID parent() {
            return parents.isEmpty() ? null : parents.lastEntry().getValue();
        }
    }

    /** Away for a time. */
    record Away(LeaveKind kind, LocalDate first, @Nullable LocalDate last) {
        boolean on(LocalDate day) {
            return !day.isBefore(first) && (last == null || !day.isAfter(last));
        }

        boolean meets(LeaveKind other, LocalDate otherFirst, @Nullable LocalDate otherLast) {
            return kind == other
                    && (last == null || !otherFirst.isAfter(last))
                    && (otherLast == null || !first.isAfter(otherLast));
        }
    }

    static final class Person {
        final UUID id;
        final int number;
        final List<Post> posts = new ArrayList<>();
        final List<Away> away = new ArrayList<>();

        @Nullable
        String code;

        boolean givenUp;

        Person(UUID id, int number) {
            this.id = id;
            this.number = number;
        }

        List<Post> open() {
            return posts.stream().filter(Post::open).toList();
        }

        @Nullable
        Post openIn(UUID unit) {
            return open().stream()
                    .filter(post -> post.unit().equals(unit))
                    .findFirst()
                    .orElse(null);
        }

        void replace(Post old, Post... by) {
            if (!posts.remove(old)) {
                throw new IllegalStateException("no such post");
            }
            posts.addAll(List.of(by));
        }

        /** Main or not the other way round from the day on. */
        void turn(Post post, LocalDate day) {
            var turned = new Post(post.unit(), !post.main(), day, post.to());
            if (day.isAfter(post.from())) {
                replace(post, post.until(day), turned);
            } else {
                replace(post, new Post(post.unit(), !post.main(), post.from(), post.to()));
            }
        }

        void begin(UUID unit, LocalDate from) {
            boolean first = posts.stream().noneMatch(post -> post.on(from));
            posts.add(new Post(unit, first, from, null));
        }

        void end(Post post, LocalDate day, @Nullable Post heir) {
            LocalDate end = day.equals(post.from()) ? day.plusDays(1) : day;
            replace(post, post.until(end));
            if (heir != null) {
                turn(heir, end);
            }
        }

        void makeMain(Post chosen, LocalDate day) {
            open().stream().filter(post -> post.main() || post == chosen).forEach(post -> turn(post, day));
        }

        void move(UUID from, UUID to, LocalDate day) {
            Post held = Objects.requireNonNull(openIn(from));
            Post there = openIn(to);
            replace(held, held.until(day), new Post(to, held.main(), day, null));
            if (there != null) {
                replace(there, there.until(day));
            }
        }

        /** Another system says: in this unit, from the day on; with a post that is news there. */
        void imported(UUID unit, boolean news, LocalDate from) {
            Post held = openIn(unit);
            if (held == null) {
                posts.add(new Post(unit, open().stream().noneMatch(Post::main), from, null));
            } else if (news && held.from().isBefore(from)) {
                replace(held, held.until(from), new Post(unit, held.main(), from, null));
            }
        }

        /** Day by day: what this record says stands; what only the other one says comes over, second beside a main post. */
        void takeOver(Person other) {
            List<Post> own = List.copyOf(posts);
            for (Post post : other.posts) {
                var days = new java.util.TreeSet<LocalDate>(List.of(post.from()));
                own.stream()
                        .flatMap(mine -> Stream.of(mine.from(), mine.to()))
                        .filter(day -> day != null && post.on(day))
                        .forEach(days::add);
                Post last = null;
                for (LocalDate day : days) {
                    LocalDate next = days.higher(day);
                    LocalDate to = next == null ? post.to() : next;
                    boolean said = own.stream()
                            .anyMatch(mine -> mine.on(day) && mine.unit().equals(post.unit()));
                    boolean second = own.stream().anyMatch(mine -> mine.on(day) && mine.main());
                    var piece = new Post(post.unit(), post.main() && !second, day, to);
                    if (said) {
                        last = null;
                    } else if (last != null && last.main() == piece.main()) {
                        posts.remove(last);
                        last = new Post(last.unit(), last.main(), last.from(), to);
                        posts.add(last);
                    } else {
                        last = piece;
                        posts.add(piece);
                    }
                }
            }
            other.posts.clear();
            other.givenUp = true;
            if (code == null) {
                code = other.code;
            }
        }

        void leave(LocalDate day) {
            open().forEach(post -> replace(post, post.until(day)));
        }
    }

    /** Where people of an ending unit go: a person named goes first, then the unit below that is named, then the destination. */
    record End(UUID unit, UUID destination, UUID custodian, Map<UUID, UUID> people, Map<UUID, UUID> below) {}

    record Change(UUID unit, String code, String name, Units.Kind kind, UUID parent) {}

    record Begin(UUID unit, String code, String name, Units.Kind kind, UUID parent) {}

    record Order(UUID id, LocalDate day, List<Begin> begun, List<End> ended, List<Change> changed) {}

    final Map<UUID, Unit> units = new LinkedHashMap<>();
    final Map<UUID, Person> people = new LinkedHashMap<>();

    Unit unit(UUID id) {
        return Objects.requireNonNull(units.get(id));
    }

    Person person(UUID id) {
        return Objects.requireNonNull(people.get(id));
    }

    List<Unit> living() {
        return units.values().stream().filter(Unit::alive).toList();
    }

    /** The unit and all above it on the day; nothing when there is no such unit then. */
    List<UUID> above(UUID unit, LocalDate day) {
        var above = new ArrayList<UUID>();
        for (UUID at = unit; at != null && unit(at).on(day); ) {
            above.add(at);
            var parent = unit(at).parents.floorEntry(day);
            at = parent == null ? null : parent.getValue();
        }
        return above;
    }

    boolean below(UUID unit, UUID top) {
        for (UUID at = unit; at != null; at = unit(at).parent()) {
            if (at.equals(top)) {
                return true;
            }
        }
        return false;
    }

    /** People of every unit that has any, with all below it. */
    Map<UUID, Integer> counts(LocalDate day) {
        Map<UUID, Integer> counts = new HashMap<>();
        for (Person person : people.values()) {
            person.posts.stream()
                    .filter(post -> post.main() && post.on(day))
                    .flatMap(post -> above(post.unit(), day).stream())
                    .forEach(unit -> counts.merge(unit, 1, Integer::sum));
        }
        return counts;
    }

    /** Who holds which post of the unit or one below it on the day. */
    List<UUID> members(UUID top, LocalDate day) {
        return people.values().stream()
                .flatMap(person -> person.posts.stream()
                        .filter(post -> post.on(day) && above(post.unit(), day).contains(top))
                        .map(post -> person.id))
                .sorted()
                .toList();
    }

    List<Line> lines() {
        return people.values().stream()
                .flatMap(person -> person.posts.stream()
                        .map(post -> new Line(person.id, post.unit(), post.main(), post.from(), post.to())))
                .toList();
    }

    /** Days on which something begins or ends. */
    List<LocalDate> days() {
        return Stream.concat(
                        people.values().stream()
                                .flatMap(person -> person.posts.stream())
                                .flatMap(post -> Stream.of(post.from(), post.to())),
                        units.values().stream()
                                .flatMap(unit -> Stream.concat(
                                        Stream.of(unit.began, unit.ended), unit.parents.keySet().stream())))
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .toList();
    }

    /** Living units that end by the order, each with the line that does it. */
    Map<UUID, End> ending(Order order) {
        Set<UUID> own = new HashSet<>();
        order.ended().forEach(end -> own.add(end.unit()));
        order.changed().forEach(change -> own.add(change.unit()));
        Map<UUID, End> ending = new LinkedHashMap<>();
        for (End end : order.ended()) {
            var left = new ArrayDeque<UUID>(List.of(end.unit()));
            while (!left.isEmpty()) {
                UUID unit = left.removeFirst();
                ending.put(unit, end);
                living().stream()
                        .filter(child -> unit.equals(child.parent()) && !own.contains(child.id))
                        .forEach(child -> left.add(child.id));
            }
        }
        return ending;
    }

    void carryOut(Order order) {
        Map<UUID, End> ending = ending(order);
        for (Person person : people.values()) {
            move(person, order, ending);
        }
        for (Unit unit : units.values()) {
            End keeper = unit.custodian == null ? null : ending.get(unit.custodian);
            if (keeper != null) {
                unit.custodian = keeper.custodian();
            }
        }
        ending.forEach((id, end) -> {
            unit(id).ended = order.day();
            unit(id).custodian = end.custodian();
        });
        order.begun()
                .forEach(begin -> units.put(
                        begin.unit(),
                        new Unit(begin.unit(), begin.code(), begin.name(), begin.kind(), begin.parent(), order.day())));
        for (Change change : order.changed()) {
            Unit unit = unit(change.unit());
            unit.code = change.code();
            unit.name = change.name();
            unit.kind = change.kind();
            if (!change.parent().equals(unit.parent())) {
                unit.parents.put(order.day(), change.parent());
            }
        }
    }

    private void move(Person person, Order order, Map<UUID, End> ending) {
        LocalDate day = order.day();
        Map<UUID, List<Post>> arriving = new LinkedHashMap<>();
        for (Post post : List.copyOf(person.posts)) {
            End end = ending.get(post.unit());
            if (end == null || (post.to() != null && !post.to().isAfter(day))) {
                continue;
            }
            UUID to = destination(person, post, end);
            if (post.open()) {
                arriving.computeIfAbsent(to, key -> new ArrayList<>()).add(post);
            } else {
                goOn(person, post, to, day);
            }
        }
        arriving.forEach((to, posts) -> {
            Post there = person.openIn(to);
            Post main = posts.stream().filter(Post::main).findFirst().orElse(null);
            Post kept = main != null ? main : there != null ? there : posts.getFirst();
            if (there != null && there != kept) {
                person.replace(there, there.until(day));
            }
            for (Post post : posts) {
                if (post == kept) {
                    goOn(person, post, to, day);
                } else {
                    person.replace(post, post.until(day));
                }
            }
        });
    }

    private UUID destination(Person person, Post post, End end) {
        UUID named = end.people().get(person.id);
        if (named != null) {
            return named;
        }
        return end.below().entrySet().stream()
                .filter(part -> below(post.unit(), part.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(end.destination());
    }

    private static void goOn(Person person, Post post, UUID to, LocalDate day) {
        var next = new Post(to, post.main(), day, post.to());
        if (post.from().equals(day)) {
            person.replace(post, next);
        } else {
            person.replace(post, post.until(day), next);
        }
    }
}
