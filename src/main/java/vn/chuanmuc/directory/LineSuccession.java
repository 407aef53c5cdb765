package vn.chuanmuc.directory;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one line when units end (ADR 0011, 10): whoever takes a unit's people takes its place, unless it or a unit above it
 * has one below the same superior already; members follow their main post to the nearest place; what finds none ends. No member
 * rises to a unit that was above them before.
 */
final class LineSuccession {
    /** A place that holds on the day or later. */
    record Seat(
            UUID id,
            UUID unitId,
            @Nullable UUID superiorId,
            LocalDate from,
            @Nullable LocalDate to) {
        boolean holds(LocalDate day) {
            return to == null && !from.isAfter(day);
        }
    }

    /** A membership through an ending unit that holds on the day or later. @param version as it was read */
    record Member(
            UUID personId,
            UUID unitId,
            LocalDate from,
            @Nullable LocalDate to,
            int version) {}

    /** @param unitId has the place from the day on; {@code from}: the unit whose place it takes */
    record Placed(UUID unitId, UUID from, @Nullable UUID superiorId) {}

    /** A place that goes on below another unit. */
    record Resettled(Seat seat, @Nullable UUID superiorId) {}

    /** @param destination through which the person stands from the day on; null when the membership ends */
    record Followed(Member member, @Nullable UUID destination) {}

    /** What units end into, in the order of the draft, and the tree afterwards. */
    record Tree(Map<UUID, List<UUID>> heirs, Function<UUID, @Nullable UUID> parent) {}

    private final LocalDate day;
    private final Set<UUID> ending;
    private final Tree tree;
    private final Map<UUID, Seat> seats = new HashMap<>();
    private final List<Seat> all;
    /** Superiors of whoever has a place afterwards. */
    private final Map<UUID, @Nullable UUID> after = new HashMap<>();

    private final Map<UUID, UUID> takers = new HashMap<>();
    final List<Seat> ended = new ArrayList<>();
    final Map<UUID, Placed> placed = new LinkedHashMap<>();
    final List<Resettled> resettled = new ArrayList<>();
    final List<Followed> followed = new ArrayList<>();

    /** @param posts the unit of each member's main post afterwards; absent for those without any */
    LineSuccession(
            LocalDate day, Set<UUID> ending, Tree tree, List<Seat> seats, List<Member> members, Map<UUID, UUID> posts) {
        this.day = day;
        this.ending = ending;
        this.tree = tree;
        this.all = seats;
        for (Seat seat : seats) {
            if (ending.contains(seat.unitId())) {
                ended.add(seat);
            }
            if (seat.holds(day)) {
                this.seats.put(seat.unitId(), seat);
                if (!ending.contains(seat.unitId())) {
                    after.put(seat.unitId(), seat.superiorId());
                }
            }
        }
        var receiving = new HashSet<UUID>();
        members.forEach(member -> {
            UUID post = posts.get(member.personId());
            if (post != null) {
                receiving.add(post);
            }
        });
        superiorsFirst().forEach(unit -> succeed(unit, receiving));
        resettle();
        for (Member member : members) {
            followed.add(new Followed(member, destination(member, posts.get(member.personId()))));
        }
    }

    /** Ending units with a place, each after the one above it. */
    private Collection<UUID> superiorsFirst() {
        var order = new LinkedHashSet<UUID>();
        List<UUID> units =
                seats.keySet().stream().filter(ending::contains).sorted().toList();
        for (UUID unit : units) {
            var way = new ArrayList<UUID>();
            var seen = new HashSet<UUID>();
            for (UUID at = unit; at != null && ending.contains(at) && seen.add(at); at = superior(at)) {
                way.addFirst(at);
            }
            order.addAll(way);
        }
        order.retainAll(seats.keySet());
        return order;
    }

    private @Nullable UUID superior(UUID unit) {
        Seat seat = seats.get(unit);
        return seat == null ? null : seat.superiorId();
    }

    /** The unit that stands above once the units have ended. */
    private @Nullable UUID goingOn(@Nullable UUID superior) {
        return goingOn(superior, taker -> true);
    }

    private @Nullable UUID goingOn(@Nullable UUID superior, Predicate<UUID> fits) {
        var seen = new HashSet<UUID>();
        for (UUID at = superior; at != null && seen.add(at); at = superior(at)) {
            UUID taker = ending.contains(at) ? takers.get(at) : at;
            if (taker != null && after.containsKey(taker) && fits.test(taker)) {
                return taker;
            }
        }
        return null;
    }

    /** The unit above in the line afterwards, as far as it is settled. */
    private @Nullable UUID above(UUID unit) {
        return goingOn(after.get(unit), taker -> !taker.equals(unit));
    }

    private void succeed(UUID unit, Set<UUID> receiving) {
        UUID superior = goingOn(superior(unit));
        List<UUID> heirs = tree.heirs().getOrDefault(unit, List.of());
        for (int i = 0; i < heirs.size(); i++) {
            UUID heir = heirs.get(i);
            if (i > 0 && receiving.stream().noneMatch(post -> within(post, heir))) {
                continue; // a part that nobody of the line goes to
            }
            UUID taker = covering(heir, superior);
            if (taker == null && free(heir)) {
                placed.put(heir, new Placed(heir, unit, superior));
                after.put(heir, superior);
                taker = heir;
            }
            if (taker != null) {
                takers.putIfAbsent(unit, taker);
            }
        }
    }

    /** The nearest unit at or above that has a place, unless it is the superior itself or above it. */
    private @Nullable UUID covering(UUID unit, @Nullable UUID superior) {
        UUID nearest = nearest(unit);
        return nearest == null || !nearest.equals(unit) && atOrAbove(nearest, superior) ? null : nearest;
    }

    private @Nullable UUID nearest(UUID unit) {
        var seen = new HashSet<UUID>();
        for (UUID at = unit; at != null && seen.add(at); at = tree.parent().apply(at)) {
            if (after.containsKey(at)) {
                return at;
            }
        }
        return null;
    }

    private boolean within(UUID unit, UUID top) {
        var seen = new HashSet<UUID>();
        for (UUID at = unit; at != null && seen.add(at); at = tree.parent().apply(at)) {
            if (at.equals(top)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the unit is this one or above it in the line afterwards. */
    private boolean atOrAbove(UUID unit, @Nullable UUID below) {
        var seen = new HashSet<UUID>();
        for (UUID at = below; at != null && seen.add(at); at = above(at)) {
            if (at.equals(unit)) {
                return true;
            }
        }
        return false;
    }

    /** Nothing that holds on the day or later is in the way of a place from the day on. */
    private boolean free(UUID unit) {
        return !ending.contains(unit)
                && all.stream().noneMatch(seat -> seat.unitId().equals(unit));
    }

    /** Units that go on and were below one that ends. */
    private void resettle() {
        List<Seat> below = all.stream()
                .filter(seat -> !ending.contains(seat.unitId())
                        && seat.superiorId() != null
                        && ending.contains(seat.superiorId()))
                .sorted(Comparator.comparing(Seat::unitId).thenComparing(Seat::from))
                .toList();
        for (Seat seat : below) {
            UUID superior = goingOn(seat.superiorId(), taker -> !atOrAbove(seat.unitId(), taker));
            resettled.add(new Resettled(seat, superior));
            if (seat.holds(day)) {
                after.put(seat.unitId(), superior);
            }
        }
    }

    private @Nullable UUID destination(Member member, @Nullable UUID post) {
        if (post == null) {
            return null;
        }
        UUID superior = goingOn(superior(member.unitId()));
        UUID nearest = nearest(post);
        if (nearest != null && (nearest.equals(post) || !atOrAbove(nearest, superior))) {
            return nearest;
        }
        return takers.get(member.unitId());
    }
}
