package vn.chuanmuc.directory;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.Reason;

/**
 * What a change makes of all of somebody's assignments. On every day from the change on: whoever has an assignment has exactly
 * one main assignment, no two in one unit, and none that is main where they are only seconded to.
 */
final class AssignmentRules {
    /** A share of all time. */
    static final int WHOLE = 100;

    private AssignmentRules() {}

    /**
     * One assignment from a day (inclusive) to a day (exclusive; null while it lasts).
     *
     * @param version as it was read; 0 for a new one
     * @param kind as stored, see {@link PersonKind}
     * @param share of the working time, in percent
     */
    record Line(
            UUID id,
            int version,
            UUID unitId,
            UUID positionId,
            UUID blocId,
            String kind,
            boolean main,
            AssignmentMode mode,
            int share,
            int rank,
            String note,
            LocalDate from,
            @Nullable LocalDate to) {
        boolean open() {
            return to == null;
        }

        boolean on(LocalDate day) {
            return !day.isBefore(from) && (to == null || day.isBefore(to));
        }

        Line until(@Nullable LocalDate end) {
            return new Line(id, version, unitId, positionId, blocId, kind, main, mode, share, rank, note, from, end);
        }

        Line asMain(boolean now) {
            return new Line(id, version, unitId, positionId, blocId, kind, now, mode, share, rank, note, from, to);
        }

        /** The same said anew, from another day on. */
        Line anew(UUID newId, LocalDate start) {
            return new Line(newId, 0, unitId, positionId, blocId, kind, main, mode, share, rank, note, start, to);
        }

        /** This place and period with what another says about the post. */
        Line saying(Line other) {
            return new Line(
                    id,
                    version,
                    unitId,
                    other.positionId,
                    other.blocId,
                    other.kind,
                    main,
                    other.mode,
                    other.share,
                    other.rank,
                    other.note,
                    from,
                    to);
        }
    }

    /** All lines after a change, or why it may not be. */
    sealed interface Planned {
        record Lines(List<Line> lines) implements Planned {}

        /** @param field of the form; empty when it is about the whole */
        record Refused(String field, Reason why) implements Planned {}
    }

    private static Planned refused(String field, String key, Object... arguments) {
        return new Planned.Refused(field, Reason.of(key, arguments));
    }

    /** Another assignment; the main one when there is no other on its first day. */
    static Planned begin(List<Line> lines, Line fresh, boolean over) {
        boolean first = lines.stream().noneMatch(line -> line.on(fresh.from()));
        var after = new ArrayList<>(lines);
        after.add(fresh.asMain(first));
        return checked(after, fresh.from(), over, "tu-ngay");
    }

    /** Another post in the same unit from a day on: one line ends, another begins. */
    static Planned change(List<Line> lines, Line held, Line said, LocalDate day, boolean over, Supplier<UUID> ids) {
        if (!held.open()) {
            return refused("", "directory.assignment.refused.ended");
        }
        if (!day.isAfter(held.from())) {
            return refused("tu-ngay", "directory.assignment.refused.change-day", held.from());
        }
        var after = new ArrayList<>(lines);
        after.remove(held);
        after.add(held.until(day));
        after.add(held.saying(said).anew(ids.get(), day));
        return checked(after, day, over, "tu-ngay");
    }

    /** What was written wrongly is put right in place, its days too. */
    static Planned correct(List<Line> lines, Line held, Line said, boolean over) {
        if (held.open() != said.open()) {
            return refused("den-ngay", "directory.assignment.refused.reopen");
        }
        if (said.to() != null && !said.to().isAfter(said.from())) {
            return refused("den-ngay", "directory.assignment.refused.order", said.from());
        }
        var right = new Line(
                held.id(),
                held.version(),
                held.unitId(),
                said.positionId(),
                said.blocId(),
                said.kind(),
                held.main(),
                said.mode(),
                said.share(),
                said.rank(),
                said.note(),
                said.from(),
                said.to());
        var after = new ArrayList<>(lines);
        after.remove(held);
        after.add(right);
        LocalDate since = held.from().isBefore(said.from()) ? held.from() : said.from();
        return checked(after, since, over, "tu-ngay");
    }

    /** Another of the open assignments is the main one from a day on. */
    static Planned makeMain(List<Line> lines, Line chosen, LocalDate day, Supplier<UUID> ids) {
        if (!chosen.open()) {
            return refused("", "directory.assignment.refused.ended");
        }
        if (chosen.main()) {
            return refused("", "directory.assignment.refused.is-main");
        }
        if (chosen.mode() == AssignmentMode.SECONDMENT) {
            return refused("", "directory.assignment.refused.seconded-main");
        }
        if (day.isBefore(chosen.from())) {
            return refused("tu-ngay", "directory.assignment.refused.before", chosen.from());
        }
        var after = new ArrayList<Line>();
        for (Line line : lines) {
            boolean turns = line.open() && (line.id().equals(chosen.id()) || line.main());
            if (!turns) {
                after.add(line);
            } else if (day.isBefore(line.from())) {
                return refused("tu-ngay", "directory.assignment.refused.before", line.from());
            } else {
                after.addAll(turned(line, day, ids));
            }
        }
        return checked(after, day, true, "tu-ngay");
    }

    /** The line up to the day as it was, from then on main or not the other way round. */
    private static List<Line> turned(Line line, LocalDate day, Supplier<UUID> ids) {
        return day.isAfter(line.from())
                ? List.of(line.until(day), line.anew(ids.get(), day).asMain(!line.main()))
                : List.of(line.asMain(!line.main()));
    }

    /**
     * Ends an open assignment: from {@code day} on they are not there.
     *
     * @param next which of the others becomes main when this is the main one
     */
    static Planned end(List<Line> lines, Line held, LocalDate day, @Nullable UUID next, Supplier<UUID> ids) {
        if (!held.open()) {
            return refused("", "directory.assignment.refused.ended");
        }
        if (day.isBefore(held.from())) {
            return refused("ngay-thoi", "directory.person.refused.before", held.from());
        }
        // an assignment that began and ended on one day is one day long on paper
        LocalDate end = day.equals(held.from()) ? day.plusDays(1) : day;
        List<Line> others = lines.stream()
                .filter(line -> line.open() && !line.id().equals(held.id()))
                .toList();
        var after = new ArrayList<>(lines);
        after.remove(held);
        after.add(held.until(end));
        if (held.main() && !others.isEmpty()) {
            Line heir = others.stream()
                    .filter(line -> line.id().equals(next))
                    .findFirst()
                    .orElse(null);
            if (heir == null) {
                return refused("chinh", "directory.assignment.refused.next-main");
            }
            if (heir.mode() == AssignmentMode.SECONDMENT) {
                return refused("chinh", "directory.assignment.refused.seconded-main");
            }
            after.remove(heir);
            after.addAll(turned(heir, end, ids));
        }
        return checked(after, end, true, "ngay-thoi");
    }

    /** One assignment ends on the day and one in another unit takes its place; one they have there already is taken over. */
    static Planned move(List<Line> lines, Line held, Line fresh, boolean over) {
        LocalDate day = fresh.from();
        if (!held.open()) {
            return refused("", "directory.assignment.refused.ended");
        }
        if (!day.isAfter(held.from())) {
            return refused("hieu-luc", "directory.transfer.refused.day", held.from());
        }
        var after = new ArrayList<Line>();
        for (Line line : lines) {
            boolean there = line.open() && line.unitId().equals(fresh.unitId());
            if (there && !day.isAfter(line.from())) {
                return refused("hieu-luc", "directory.transfer.refused.there", line.from());
            }
            after.add(line.id().equals(held.id()) || there ? line.until(day) : line);
        }
        after.add(fresh.asMain(held.main()));
        return checked(after, day, over, "hieu-luc");
    }

    /** Everything ends on the day: they leave the body. */
    static Planned endAll(List<Line> lines, LocalDate day) {
        var after = new ArrayList<Line>();
        for (Line line : lines) {
            if (line.open() && !day.isAfter(line.from())) {
                return refused("hieu-luc", "directory.transfer.refused.day", line.from());
            }
            after.add(line.open() ? line.until(day) : line);
        }
        if (lines.stream().noneMatch(Line::open)) {
            return refused("", "directory.transfer.refused.gone");
        }
        return new Planned.Lines(List.copyOf(after));
    }

    private static Planned checked(List<Line> lines, LocalDate since, boolean over, String field) {
        Reason problem = problem(lines, since);
        if (problem != null) {
            return new Planned.Refused(field, problem);
        }
        int shares = lines.stream().filter(Line::open).mapToInt(Line::share).sum();
        if (shares > WHOLE && !over) {
            return refused("phan", "directory.assignment.refused.share", shares);
        }
        return new Planned.Lines(List.copyOf(lines));
    }

    /** The first thing that is not as it must be on a day from {@code since} on, or null. */
    static @Nullable Reason problem(List<Line> lines, LocalDate since) {
        Set<LocalDate> days = new TreeSet<>(Set.of(since));
        for (Line line : lines) {
            if (line.from().isAfter(since)) {
                days.add(line.from());
            }
            if (line.to() != null && line.to().isAfter(since)) {
                days.add(line.to());
            }
        }
        for (LocalDate day : days) {
            List<Line> held = lines.stream().filter(line -> line.on(day)).toList();
            var units = new HashSet<UUID>();
            for (Line line : held) {
                if (!units.add(line.unitId())) {
                    return Reason.of("directory.assignment.refused.same-unit", day);
                }
                if (line.main() && line.mode() == AssignmentMode.SECONDMENT) {
                    return Reason.of("directory.assignment.refused.seconded-main");
                }
            }
            long mains = held.stream().filter(Line::main).count();
            if (!held.isEmpty() && mains == 0) {
                return Reason.of("directory.assignment.refused.no-main", day);
            }
            if (mains > 1) {
                return Reason.of("directory.assignment.refused.two-mains", day);
            }
        }
        return null;
    }

    /** What becomes of a part of a line of a record that is given up. */
    enum Fate {
        /** Goes over as it is. */
        MOVED,
        /** Goes over, but the kept record has the main assignment then. */
        SECOND,
        /** The kept record is in the same unit then: it says the same already. */
        SAID
    }

    record Piece(Line line, Fate fate) {}

    /**
     * What becomes of the lines of a record that is given up, in pieces by day. The first piece of a line that goes over keeps
     * the line's id.
     */
    static List<Piece> merge(List<Line> kept, List<Line> givenUp, Supplier<UUID> ids) {
        var pieces = new ArrayList<Piece>();
        for (Line line : givenUp) {
            pieces.addAll(pieces(kept, line, ids));
        }
        return List.copyOf(pieces);
    }

    private static List<Piece> pieces(List<Line> kept, Line line, Supplier<UUID> ids) {
        Set<LocalDate> cuts = new TreeSet<>(Set.of(line.from()));
        for (Line other : kept) {
            if (line.on(other.from())) {
                cuts.add(other.from());
            }
            if (other.to() != null && line.on(other.to())) {
                cuts.add(other.to());
            }
        }
        var parts = new ArrayList<Piece>();
        for (LocalDate start : cuts) {
            Fate fate = fate(kept, line, start);
            if (!parts.isEmpty() && parts.getLast().fate() == fate) {
                continue;
            }
            if (!parts.isEmpty()) {
                Piece before = parts.removeLast();
                parts.add(new Piece(before.line().until(start), before.fate()));
            }
            parts.add(new Piece(line.anew(line.id(), start), fate));
        }
        boolean named = false;
        var settled = new ArrayList<Piece>();
        for (Piece part : parts) {
            Line piece = part.line();
            boolean goes = part.fate() != Fate.SAID;
            UUID id = goes && named ? ids.get() : line.id();
            named |= goes;
            settled.add(new Piece(
                    new Line(
                            id,
                            id.equals(line.id()) ? line.version() : 0,
                            piece.unitId(),
                            piece.positionId(),
                            piece.blocId(),
                            piece.kind(),
                            piece.main() && part.fate() != Fate.SECOND,
                            piece.mode(),
                            piece.share(),
                            piece.rank(),
                            piece.note(),
                            piece.from(),
                            piece.to()),
                    part.fate()));
        }
        return settled;
    }

    private static Fate fate(List<Line> kept, Line line, LocalDate day) {
        List<Line> then = kept.stream().filter(other -> other.on(day)).toList();
        if (then.stream().anyMatch(other -> other.unitId().equals(line.unitId()))) {
            return Fate.SAID;
        }
        return line.main() && then.stream().anyMatch(Line::main) ? Fate.SECOND : Fate.MOVED;
    }

    /** All lines of the kept record after the other one was merged into it. */
    static List<Line> merged(List<Line> kept, List<Piece> pieces) {
        var after = new ArrayList<>(kept);
        pieces.stream()
                .filter(piece -> piece.fate() != Fate.SAID)
                .map(Piece::line)
                .forEach(after::add);
        return List.copyOf(after);
    }

    static Line find(List<Line> lines, UUID id) {
        return lines.stream()
                .filter(line -> line.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new vn.chuanmuc.kernel.NotFound("assignment"));
    }

    /** Whether two say the same, whatever their version. */
    static boolean same(Line one, Line other) {
        return Objects.equals(
                one,
                new Line(
                        other.id(),
                        one.version(),
                        other.unitId(),
                        other.positionId(),
                        other.blocId(),
                        other.kind(),
                        other.main(),
                        other.mode(),
                        other.share(),
                        other.rank(),
                        other.note(),
                        other.from(),
                        other.to()));
    }
}
