package vn.chuanmuc.directory;

import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.directory.Lines.Line;
import vn.chuanmuc.directory.Lines.Saved;
import vn.chuanmuc.jobs.Job;
import vn.chuanmuc.jobs.Jobs;
import vn.chuanmuc.kernel.DateRange;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;

/**
 * Who stands in a line, through which unit, from when until when: one by one, or everybody of a unit at once. A person stands in a
 * line through one unit at a time, so that sums over a line's units count nobody twice.
 */
@Component
public class LineMembers {
    /** With more people it is done by a job. */
    public static final int PEOPLE_NOW = 1_000;

    /** So many in one transaction of a job. */
    static final int PEOPLE_A_STEP = 1_000;

    private final LineStore lines;
    private final LineMemberStore store;
    private final PeopleStore people;
    private final Vocabulary vocabulary;
    private final PeopleAuthority authority;
    private final Jobs jobs;
    private final Ledger ledger;
    private final Clock clock;

    LineMembers(
            LineStore lines,
            LineMemberStore store,
            PeopleStore people,
            Vocabulary vocabulary,
            PeopleAuthority authority,
            @Lazy Jobs jobs, // which knows the works, one of which is ours
            Ledger ledger,
            Clock clock) {
        this.lines = lines;
        this.store = store;
        this.people = people;
        this.vocabulary = vocabulary;
        this.authority = authority;
        this.jobs = jobs;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Somebody in a line. @param gone without any open assignment today */
    public record Member(
            UUID personId,
            String fullName,
            @Nullable LocalDate birthDate,
            LocalDate validFrom,
            @Nullable LocalDate validTo,
            int version,
            boolean gone,
            boolean sample) {}

    public record Page(List<Member> members, long total) {}

    /** People who stand in the line through this unit on the day, by name. @param words beginnings of words of the name */
    @Transactional(readOnly = true)
    public Page list(UUID tenantId, UUID lineId, UUID unitId, LocalDate day, String words, int offset, int limit) {
        return store.list(tenantId, lineId, unitId, day, words, offset, Math.min(limit, 200));
    }

    /** Puts a person into a line through a unit that has a place there. */
    @Transactional
    public Saved join(Scope scope, UUID lineId, UUID unitId, UUID personId, LocalDate from) {
        Line line = lock(scope, lineId);
        if (!lines.covers(scope, unitId, false)) {
            throw new NotFound("unit");
        }
        String name = people.names(scope.tenantId(), List.of(personId)).get(personId);
        if (name == null || !lines.known(scope, personId)) {
            return Lines.no("nguoi", Reason.of("directory.line.refused.person"));
        }
        var period = DateRange.since(from);
        Saved.Refused refused = standing(scope.tenantId(), line, unitId, period);
        if (refused != null) {
            return refused;
        }
        Optional<LineMemberStore.Row> other = store.rows(scope.tenantId(), lineId, personId).stream()
                .filter(row -> row.period().overlaps(period))
                .findFirst();
        if (other.isPresent()) {
            return Lines.no(
                    "nguoi",
                    Reason.of(
                            "directory.line.refused.member",
                            name,
                            lines.unitName(scope.tenantId(), other.get().unitId(), from)
                                    .orElse(""),
                            other.get().period().from()));
        }
        store.insert(scope.tenantId(), lineId, personId, unitId, from);
        ledger.append(new Act(
                scope.tenantId(),
                "directory.line-member-joined",
                personId,
                scope.actor(),
                Map.of("line", lineId.toString(), "unit", unitId.toString(), "from", from.toString())));
        return new Saved.Done(personId);
    }

    /** What may be done with one membership. */
    public enum Change {
        /** The person leaves: {@code day} is the first day without. */
        END,
        /** It was entered with a wrong first day: {@code day} is the right one. */
        CORRECT,
        /** It was entered by mistake and never was. */
        WITHDRAW
    }

    /** Changes one membership. @param from its first day as it was read, which with the person names it */
    @Transactional
    public Saved change(
            Scope scope,
            UUID lineId,
            UUID personId,
            LocalDate from,
            int version,
            Change change,
            LocalDate day,
            String reason) {
        Line line = lock(scope, lineId);
        Optional<LineMemberStore.Row> found = store.rows(scope.tenantId(), lineId, personId).stream()
                .filter(row -> row.period().from().equals(from))
                .findFirst();
        if (found.isEmpty()) {
            return Lines.no("", Reason.of("directory.line.refused.meanwhile"));
        }
        LineMemberStore.Row row = found.get();
        if (!lines.covers(scope, row.unitId(), change == Change.END)) {
            throw new NotFound("unit");
        }
        Optional<Reason> unsaid = LineRules.reason(reason);
        if (unsaid.isPresent()) {
            return Lines.no("ly-do", unsaid.get());
        }
        LocalDate to = row.period().to();
        if (change == Change.END && to != null && to.equals(day)) {
            return new Saved.Done(personId);
        }
        if (row.version() != version) {
            return Lines.no("", Reason.of("directory.line.refused.meanwhile"));
        }
        Saved.Refused refused = switch (change) {
            case END -> {
                Optional<Reason> wrong = to == null
                        ? LineRules.end(day, today(), from)
                        : Optional.of(Reason.of("directory.line.refused.meanwhile"));
                yield wrong.map(why -> Lines.no("ngay", why)).orElse(null);
            }
            case CORRECT -> corrected(scope.tenantId(), line, personId, row, day);
            case WITHDRAW -> null;
        };
        if (refused != null) {
            return refused;
        }
        switch (change) {
            case END -> store.end(scope.tenantId(), lineId, personId, from, version, day);
            case CORRECT -> store.correct(scope.tenantId(), lineId, personId, from, version, day);
            case WITHDRAW -> store.delete(scope.tenantId(), lineId, personId, from, version);
        }
        ledger.append(new Act(
                scope.tenantId(),
                switch (change) {
                    case END -> "directory.line-member-left";
                    case CORRECT -> "directory.line-member-corrected";
                    case WITHDRAW -> "directory.line-member-withdrawn";
                },
                personId,
                scope.actor(),
                Map.of(
                        "line", lineId.toString(),
                        "unit", row.unitId().toString(),
                        "from", from.toString(),
                        "day", change == Change.WITHDRAW ? "" : day.toString(),
                        "reason", Texts.oneLine(reason))));
        return new Saved.Done(personId);
    }

    private Saved.@Nullable Refused corrected(
            UUID tenantId, Line line, UUID personId, LineMemberStore.Row row, LocalDate day) {
        LocalDate to = row.period().to();
        if (to != null && !day.isBefore(to)) {
            return Lines.no("ngay", Reason.of("directory.line.refused.begin-after-end", to));
        }
        var period = new DateRange(day, to);
        Saved.Refused refused = standing(tenantId, line, row.unitId(), period);
        if (refused != null) {
            return Lines.no("ngay", refused.why());
        }
        return store.rows(tenantId, line.id(), personId).stream()
                .filter(other -> !other.equals(row) && other.period().overlaps(period))
                .findFirst()
                .map(other -> Lines.no(
                        "ngay",
                        Reason.of(
                                "directory.line.refused.member-then",
                                other.period().from())))
                .orElse(null);
    }

    private Saved.@Nullable Refused standing(UUID tenantId, Line line, UUID unitId, DateRange period) {
        if (!line.open() && period.to() == null) {
            return Lines.no("", Reason.of("directory.line.refused.line-ended"));
        }
        Optional<Reason> wrong = LineRules.begin(period.from(), today(), line.validFrom());
        if (wrong.isEmpty()) {
            wrong = LineRules.uncovered(
                            period,
                            lines.places(tenantId, line.id(), unitId).stream()
                                    .map(place -> new DateRange(place.validFrom(), place.validTo()))
                                    .toList())
                    .map(gap -> Reason.of("directory.line.refused.no-place", gap));
        }
        return wrong.map(why -> Lines.no("tu-ngay", why)).orElse(null);
    }

    // --- many at once
    // ----------------------------------------------------------------------------------------------------

    /** What is done with everybody who is chosen. */
    public enum Move {
        /** They come in, each through the nearest unit above their post that has a place in the line. */
        JOIN,
        /** They leave; {@code day} is the first day without. */
        LEAVE,
        /** What was entered for just this first day was a mistake and is taken out. */
        WITHDRAW;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Move of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * Whom to choose, as things were on the day.
     *
     * @param unitId with everything below it: where people's main posts are when they come in, through which they stand in the line
     *     when they leave
     * @param withoutPost when leaving: only those without any post on the day
     */
    public record Selection(
            Move move,
            LocalDate day,
            UUID unitId,
            @Nullable UUID blocId,
            @Nullable UUID positionId,
            boolean withoutPost) {}

    /**
     * What would happen.
     *
     * @param chosen how many people the selection names, {@code concerned} of them would come in, leave or be taken out
     * @param already stand in the line when coming in; began on the day or later when leaving
     * @param placeless have no unit above them with a place in the line that the viewer looks after
     */
    public record Preview(long chosen, long concerned, long already, long placeless) {}

    /** What came of it. */
    public sealed interface Carried {
        record Done(long people) implements Carried {}

        /** They are more than one request should wait for: this job does it, asked for now or before. */
        record Later(UUID jobId) implements Carried {}

        record Refused(String field, Reason why) implements Carried {}
    }

    @Transactional
    public Preview preview(Scope scope, UUID lineId, Selection selection) {
        if (lines.find(scope.tenantId(), lineId).isEmpty()) {
            throw new NotFound("line");
        }
        requireUnit(scope, selection);
        return store.preview(scope, lineId, selection);
    }

    /**
     * Does it for everybody at once, or not at all; with more than {@value #PEOPLE_NOW} people by a job, a part after the other.
     *
     * @param expected how many the preview had told: when there are others by now, nothing is written
     */
    @Transactional
    public Carried carryOut(Scope scope, UUID lineId, Selection selection, long expected, String reason) {
        Line line = lock(scope, lineId);
        requireUnit(scope, selection);
        Optional<Job> live = jobs.live(scope.tenantId(), LineMembersWork.KIND, lineId);
        if (live.isPresent()) {
            return live.get().parameters().equals(LineMembersWork.parameters(scope, selection, expected, reason))
                    ? new Carried.Later(live.get().id())
                    : new Carried.Refused("", Reason.of("directory.line.bulk.running"));
        }
        Carried.Refused refused = wrong(scope, line, selection, expected, reason);
        if (refused != null) {
            return refused;
        }
        if (expected > PEOPLE_NOW && store.preview(scope, lineId, selection).concerned() > 0) {
            return new Carried.Later(jobs.start(new Jobs.Request(
                    scope.tenantId(),
                    scope.actor(),
                    LineMembersWork.KIND,
                    lineId,
                    line.name(),
                    LineMembersWork.parameters(scope, selection, expected, reason))));
        }
        int done = store.carryOut(scope, lineId, selection, Integer.MAX_VALUE);
        if (done > 0) {
            record(scope, lineId, selection, done, reason);
        }
        return new Carried.Done(done);
    }

    private Carried.@Nullable Refused wrong(Scope scope, Line line, Selection selection, long expected, String reason) {
        Optional<Reason> day = check(line, selection);
        if (day.isPresent()) {
            return new Carried.Refused("ngay", day.get());
        }
        Optional<Reason> unsaid = LineRules.reason(reason);
        if (unsaid.isPresent()) {
            return new Carried.Refused("ly-do", unsaid.get());
        }
        long concerned = store.preview(scope, line.id(), selection).concerned();
        return concerned == 0 || concerned == expected
                ? null
                : new Carried.Refused("", Reason.of("directory.line.bulk.changed", expected, concerned));
    }

    /** What came of a part. */
    sealed interface Part {
        /** @param people so many were concerned; 0 when nobody is left */
        record Done(int people) implements Part {}

        record Refused(Reason why) implements Part {}
    }

    /**
     * Part of a long one, in one transaction with its act. Whoever asked for it must still look after these people.
     *
     * @param first whether nothing was done yet: then there must be as many as were shown
     */
    @Transactional
    public Part part(Scope asked, UUID lineId, Selection selection, long expected, String reason, boolean first) {
        Line line = lock(asked, lineId);
        List<UUID> held = asked.units().stream()
                .filter(unit -> authority.managesPeople(asked.tenantId(), asked.actor(), unit))
                .toList();
        var scope = new Scope(asked.tenantId(), asked.actor(), held);
        if (!lines.covers(scope, selection.unitId(), selection.move() == Move.LEAVE)) {
            return new Part.Refused(Reason.of("directory.line.bulk.authority"));
        }
        Optional<Reason> day = check(line, selection);
        if (day.isPresent()) {
            return new Part.Refused(day.get());
        }
        if (first) {
            long concerned = store.preview(scope, lineId, selection).concerned();
            if (concerned != expected) {
                return new Part.Refused(Reason.of("directory.line.bulk.changed", expected, concerned));
            }
        }
        int done = store.carryOut(scope, lineId, selection, PEOPLE_A_STEP);
        if (done > 0) {
            record(scope, lineId, selection, done, reason);
        }
        return new Part.Done(done);
    }

    private void record(Scope scope, UUID lineId, Selection selection, int done, String reason) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("move", selection.move().code());
        facts.put("day", selection.day().toString());
        facts.put("unit", selection.unitId().toString());
        facts.put("bloc", String.valueOf(selection.blocId()));
        facts.put("position", String.valueOf(selection.positionId()));
        facts.put("withoutPost", selection.withoutPost());
        facts.put("people", done);
        facts.put("reason", Texts.oneLine(reason));
        ledger.append(new Act(scope.tenantId(), "directory.line-members-changed", lineId, scope.actor(), facts));
    }

    /** The job that is just bringing people into the line or out of it. */
    public Optional<UUID> running(UUID tenantId, UUID lineId) {
        return jobs.live(tenantId, LineMembersWork.KIND, lineId).map(Job::id);
    }

    /** The positions to choose by, in their order. */
    public List<Lines.Choice> positions(UUID tenantId) {
        return vocabulary.positions(tenantId).stream()
                .map(position -> new Lines.Choice(position.id(), position.name()))
                .toList();
    }

    /** What is wrong with the day of a selection. */
    public Optional<Reason> check(Line line, Selection selection) {
        if (!line.open()) {
            return Optional.of(Reason.of("directory.line.refused.line-ended"));
        }
        return LineRules.begin(selection.day(), today(), line.validFrom());
    }

    private void requireUnit(Scope scope, Selection selection) {
        if (!lines.covers(scope, selection.unitId(), selection.move() == Move.LEAVE)) {
            throw new NotFound("unit");
        }
    }

    private Line lock(Scope scope, UUID lineId) {
        return lines.lock(scope.tenantId(), lineId).orElseThrow(() -> new NotFound("line"));
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }
}
