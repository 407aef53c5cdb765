package vn.chuanmuc.directory;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import vn.chuanmuc.kernel.DateRange;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;

/** What may stand in a line at one time. */
final class LineRules {
    static final int LONGEST_NAME = 200;
    static final int LONGEST_BASIS = 300;
    static final int LONGEST_REASON = 500;

    private LineRules() {}

    /** What is written holds today at the latest: an order for a later day is no fact yet (ADR 0009, rule 1). */
    static Optional<Reason> begin(LocalDate day, LocalDate today, LocalDate lineFrom) {
        if (day.isAfter(today)) {
            return Optional.of(Reason.of("directory.line.refused.future", today));
        }
        return day.isBefore(lineFrom)
                ? Optional.of(Reason.of("directory.line.refused.before-line", lineFrom))
                : Optional.empty();
    }

    /** The first day without: what began on a day cannot have ended by it. */
    static Optional<Reason> end(LocalDate day, LocalDate today, LocalDate from) {
        if (day.isAfter(today)) {
            return Optional.of(Reason.of("directory.line.refused.future", today));
        }
        return day.isAfter(from)
                ? Optional.empty()
                : Optional.of(Reason.of("directory.line.refused.end-before-begin", from));
    }

    static Optional<Reason> reason(String reason) {
        String line = Texts.oneLine(reason);
        if (line.isEmpty()) {
            return Optional.of(Reason.of("directory.line.refused.reason"));
        }
        return line.length() > LONGEST_REASON
                ? Optional.of(Reason.of("directory.line.refused.reason-long", LONGEST_REASON))
                : Optional.empty();
    }

    /** The first day of the period on which none of the others holds; empty when they cover it. */
    static Optional<LocalDate> uncovered(DateRange period, Collection<DateRange> others) {
        LocalDate day = period.from();
        for (DateRange other :
                others.stream().sorted(Comparator.comparing(DateRange::from)).toList()) {
            if (other.contains(day)) {
                LocalDate next = other.to();
                if (next == null) {
                    return Optional.empty();
                }
                day = next;
            }
        }
        LocalDate to = period.to();
        return to != null && !day.isBefore(to) ? Optional.empty() : Optional.of(day);
    }

    /** One person's duty in a unit of a line, in a period. */
    record Held(UUID id, UUID personId, String personName, Lines.Duty duty, DateRange period) {}

    /** A duty has one holder at a time, and nobody approves what they compile (two pairs of eyes). */
    static Optional<Reason> duty(Held wished, List<Held> others) {
        for (Held other : others) {
            if (other.id().equals(wished.id()) || !other.period().overlaps(wished.period())) {
                continue;
            }
            if (other.duty() == wished.duty()) {
                return Optional.of(Reason.of(
                        "directory.line.refused.duty-taken",
                        other.personName(),
                        other.period().from()));
            }
            if (other.personId().equals(wished.personId())) {
                return Optional.of(Reason.of(
                        wished.duty() == Lines.Duty.APPROVER
                                ? "directory.line.refused.compiles"
                                : "directory.line.refused.approves",
                        other.personName(),
                        other.period().from()));
            }
        }
        return Optional.empty();
    }
}
