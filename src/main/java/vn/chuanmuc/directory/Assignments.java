package vn.chuanmuc.directory;

import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;
import vn.chuanmuc.directory.AssignmentRules.Line;
import vn.chuanmuc.directory.AssignmentRules.Planned;
import vn.chuanmuc.directory.People.Saved;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;

/** Where people work, from which day to which: several places at once, one of them the main one. */
@Component
public class Assignments {
    private final AssignmentStore store;
    private final People people;
    private final Vocabulary vocabulary;
    private final Ledger ledger;
    private final Clock clock;

    Assignments(AssignmentStore store, People people, Vocabulary vocabulary, Ledger ledger, Clock clock) {
        this.store = store;
        this.people = people;
        this.vocabulary = vocabulary;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * What somebody does in a unit.
     *
     * @param share of the working time, in percent, 1 to 100
     * @param over said to be right although all shares together are more than the whole time
     */
    public record Work(People.Post post, AssignmentMode mode, int share, boolean over) {}

    /** Whether whoever asks looks after somebody: works in the scope, or works nowhere any more and was there. */
    public boolean managed(Scope scope, UUID personId) {
        return store.managed(scope, personId);
    }

    /** Another assignment beside those there are; the main one for somebody who has none on that day. */
    @Transactional
    public Saved begin(Scope scope, UUID personId, UUID unitId, Work work, LocalDate from, String reason) {
        if (!store.covers(scope, unitId)) {
            throw new NotFound("unit");
        }
        Map<String, Object> facts = new HashMap<>(Map.of("unit", unitId.toString()));
        return change(scope, personId, from, "tu-ngay", work, reason, "directory.assignment-begun", facts, lines -> {
            Line fresh = line(scope.tenantId(), Ids.next(), unitId, work, from, null);
            return AssignmentRules.begin(lines, fresh, work.over());
        });
    }

    /** Another post, kind, mode or share in the same unit from a day on. */
    @Transactional
    public Saved change(
            Scope scope, UUID personId, UUID assignmentId, int version, Work work, LocalDate from, String reason) {
        Map<String, Object> facts = new HashMap<>(Map.of("assignment", assignmentId.toString()));
        return change(scope, personId, from, "tu-ngay", work, reason, "directory.assignment-changed", facts, lines -> {
            Line held = held(scope, lines, assignmentId, facts);
            return stale(held, version)
                    .orElseGet(() -> AssignmentRules.change(
                            lines,
                            held,
                            line(scope.tenantId(), held.id(), held.unitId(), work, from, null),
                            from,
                            work.over(),
                            Ids::next));
        });
    }

    /** Puts right what was written wrongly, in place. {@code to} is null for an assignment that lasts. */
    @Transactional
    public Saved correct(
            Scope scope,
            UUID personId,
            UUID assignmentId,
            int version,
            Work work,
            LocalDate from,
            @Nullable LocalDate to,
            String reason) {
        if (to != null && to.isAfter(today())) {
            return new Saved.Refused("den-ngay", Reason.of("directory.person.refused.future"));
        }
        Map<String, Object> facts = new HashMap<>(Map.of("assignment", assignmentId.toString()));
        return change(
                scope, personId, from, "tu-ngay", work, reason, "directory.assignment-corrected", facts, lines -> {
                    Line held = held(scope, lines, assignmentId, facts);
                    return stale(held, version)
                            .orElseGet(() -> AssignmentRules.correct(
                                    lines,
                                    held,
                                    line(scope.tenantId(), held.id(), held.unitId(), work, from, to),
                                    work.over()));
                });
    }

    /** Makes another of the open assignments the main one from a day on. */
    @Transactional
    public Saved makeMain(Scope scope, UUID personId, UUID assignmentId, int version, LocalDate from, String reason) {
        Map<String, Object> facts = new HashMap<>(Map.of("assignment", assignmentId.toString()));
        return change(scope, personId, from, "tu-ngay", null, reason, "directory.main-changed", facts, lines -> {
            Line chosen = held(scope, lines, assignmentId, facts);
            return stale(chosen, version).orElseGet(() -> AssignmentRules.makeMain(lines, chosen, from, Ids::next));
        });
    }

    /**
     * Ends an assignment: from that day on the person is not there.
     *
     * @param next which of the other open assignments becomes main; null when there is no other or this is not the main one
     */
    @Transactional
    public Saved end(
            Scope scope,
            UUID personId,
            UUID assignmentId,
            int version,
            LocalDate day,
            @Nullable UUID next,
            String reason) {
        Map<String, Object> facts =
                new HashMap<>(Map.of("assignment", assignmentId.toString(), "nextMain", String.valueOf(next)));
        return change(scope, personId, day, "ngay-thoi", null, reason, "directory.assignment-ended", facts, lines -> {
            Line held = held(scope, lines, assignmentId, facts);
            return stale(held, version).orElseGet(() -> AssignmentRules.end(lines, held, day, next, Ids::next));
        });
    }

    private Saved change(
            Scope scope,
            UUID personId,
            LocalDate day,
            String dayField,
            @Nullable Work work,
            String reason,
            String act,
            Map<String, Object> facts,
            Function<List<Line>, Planned> plan) {
        if (work != null) {
            Optional<Saved> refused = refused(scope.tenantId(), work);
            if (refused.isPresent()) {
                return refused.get();
            }
        }
        if (day.isAfter(today())) {
            return new Saved.Refused(dayField, Reason.of("directory.person.refused.future"));
        }
        if (!People.told(reason)) {
            return new Saved.Refused("ly-do", Reason.of("directory.person.refused.reason"));
        }
        store.lockManaged(scope, personId);
        List<Line> lines = store.lines(scope.tenantId(), personId);
        return switch (plan.apply(lines)) {
            case Planned.Refused(var field, var why) -> {
                // a position that was new with this goes, too
                TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
                yield new Saved.Refused(field, why);
            }
            case Planned.Lines(var after) -> {
                store.write(scope.tenantId(), personId, lines, after);
                facts.put("day", day.toString());
                facts.put("reason", reason.strip());
                if (work != null) {
                    facts.put("position", work.post().position());
                    facts.put("bloc", work.post().bloc());
                    facts.put("kind", work.post().kind().code());
                    facts.put("mode", work.mode().code());
                    facts.put("share", work.share());
                }
                ledger.append(new Act(scope.tenantId(), act, personId, scope.actor(), facts));
                yield new Saved.Done(personId);
            }
        };
    }

    /** What is wrong with what was written about a post. */
    Optional<Saved> refused(UUID tenantId, Work work) {
        if (work.share() < 1 || work.share() > AssignmentRules.WHOLE) {
            return Optional.of(new Saved.Refused("phan", Reason.of("directory.assignment.refused.percent")));
        }
        return people.refused(null, work.post(), tenantId);
    }

    /** The line that says this; positions that are new are made. */
    Line line(UUID tenantId, UUID id, UUID unitId, Work work, LocalDate from, @Nullable LocalDate to) {
        People.Post post = work.post();
        Vocabulary.Position position = vocabulary.position(tenantId, post.position(), post.leads(), null);
        return new Line(
                id,
                0,
                unitId,
                position.id(),
                vocabulary.bloc(tenantId, post.bloc()).id(),
                post.kind().code(),
                false,
                work.mode(),
                work.share(),
                post.rank() == null ? position.rank() : post.rank(),
                Texts.oneLine(post.note()),
                from,
                to);
    }

    private Line held(Scope scope, List<Line> lines, UUID assignmentId, Map<String, Object> facts) {
        Line held = AssignmentRules.find(lines, assignmentId);
        if (!store.covers(scope, held.unitId())) {
            throw new NotFound("assignment");
        }
        facts.put("unit", held.unitId().toString());
        facts.put("before", told(held));
        return held;
    }

    /** A line for the ledger. */
    static Map<String, Object> told(Line line) {
        return Map.ofEntries(
                Map.entry("id", line.id().toString()),
                Map.entry("unit", line.unitId().toString()),
                Map.entry("position", line.positionId().toString()),
                Map.entry("bloc", line.blocId().toString()),
                Map.entry("kind", line.kind()),
                Map.entry("main", line.main()),
                Map.entry("mode", line.mode().code()),
                Map.entry("share", line.share()),
                Map.entry("from", line.from().toString()),
                Map.entry("to", String.valueOf(line.to())));
    }

    private static Optional<Planned> stale(Line held, int version) {
        return held.version() == version
                ? Optional.empty()
                : Optional.of(new Planned.Refused("", Reason.of("directory.person.refused.changed")));
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }
}
