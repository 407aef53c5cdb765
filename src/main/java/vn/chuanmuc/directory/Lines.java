package vn.chuanmuc.directory;

import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.UnitChoice.Option;

/**
 * Lines over the same people and units: which there are, who is above whom in each, who compiles and who approves. Nothing here
 * changes the tree of units. Whoever writes in a line holds its row until the end of the transaction, so that of two people who
 * do so at once the second sees what the first did.
 */
@Component
public class Lines {
    /** More places than this are shown level by level. */
    public static final int WHOLE_TREE = 300;

    /** So many units of a branch are shown and placed at once. */
    public static final int MOST_AT_ONCE = 500;

    /** Superiors that a search offers to pick from. */
    private static final int MOST_OFFERED = vn.chuanmuc.directory.Tree.MOST_HITS;

    private final LineStore store;
    private final LineHold hold;
    private final LinePlaces places;
    private final LineDuties duties;
    private final Ledger ledger;

    Lines(LineStore store, LineHold hold, LinePlaces places, LineDuties duties, Ledger ledger) {
        this.store = store;
        this.hold = hold;
        this.places = places;
        this.duties = duties;
        this.ledger = ledger;
    }

    public enum Kind {
        PARTY,
        STATE,
        MASS,
        SCHOOL,
        ENTERPRISE;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Key of the word for it. */
        public String key() {
            return "directory.line.kind." + code();
        }

        public static Kind of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    public enum Duty {
        CLERK,
        APPROVER;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        public String key() {
            return "directory.line.duty." + code();
        }

        public static Duty of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    /** @param basis the founding document as printed; empty while none is entered */
    public record Line(
            UUID id,
            String name,
            Kind kind,
            String basis,
            LocalDate validFrom,
            @Nullable LocalDate validTo,
            int version) {
        public boolean open() {
            return validTo == null;
        }
    }

    /** What is said of a line. */
    public record Saying(String name, Kind kind, String basis, LocalDate from) {}

    /** What came of a command. */
    public sealed interface Saved {
        record Done(UUID id) implements Saved {}

        /** Nothing was written; the field is that of the form, empty for the whole. */
        record Refused(String field, Reason why) implements Saved {}
    }

    /** A unit's place in a line. @param superiorId the unit above it there; null at the top */
    public record Place(
            UUID id,
            UUID unitId,
            @Nullable UUID superiorId,
            @Nullable String superiorName,
            String basis,
            LocalDate validFrom,
            @Nullable LocalDate validTo,
            int version) {
        public boolean open() {
            return validTo == null;
        }
    }

    /** Who has a duty in a unit of a line. */
    public record Holder(
            UUID id,
            Duty duty,
            UUID personId,
            String personName,
            LocalDate validFrom,
            @Nullable LocalDate validTo,
            int version) {
        public boolean open() {
            return validTo == null;
        }
    }

    /** Lines that hold on a day, by kind and name; at most 200. */
    public List<Line> list(UUID tenantId, LocalDate day) {
        return store.list(tenantId, day);
    }

    public Optional<Line> find(UUID tenantId, UUID lineId) {
        return store.find(tenantId, lineId);
    }

    // --- lines
    // -----------------------------------------------------------------------------------------------------------

    /** Founds a line. A line is the whole body's: the scope must hold its top unit. */
    @Transactional
    public Saved found(Scope scope, Saying wished) {
        Saying saying = tidy(wished);
        Saved.Refused refused = refusal(scope, saying);
        if (refused != null) {
            return refused;
        }
        UUID id = Ids.next();
        if (!store.insert(scope.tenantId(), id, saying)) {
            return taken(saying);
        }
        ledger.append(new Act(scope.tenantId(), "directory.line-founded", id, scope.actor(), facts(saying)));
        return new Saved.Done(id);
    }

    /** Puts right what was entered wrongly. @param version as it was read */
    @Transactional
    public Saved correct(Scope scope, UUID lineId, int version, Saying wished, String reason) {
        Line line = hold.lock(scope, lineId);
        Saying saying = tidy(wished);
        Saved.Refused refused = refusal(scope, saying);
        if (refused == null) {
            refused = LineRules.reason(reason).map(why -> no("ly-do", why)).orElse(null);
        }
        if (refused == null && line.version() != version) {
            refused = no("", Reason.of("directory.line.refused.meanwhile"));
        }
        if (refused == null) {
            refused = store.earliest(scope.tenantId(), lineId)
                    .filter(first -> first.isBefore(saying.from()))
                    .map(first -> no("tu-ngay", Reason.of("directory.line.refused.after-first", first)))
                    .orElse(null);
        }
        LocalDate end = line.validTo();
        if (refused == null && end != null && !saying.from().isBefore(end)) {
            refused = no("tu-ngay", Reason.of("directory.line.refused.begin-after-end", end));
        }
        if (refused != null) {
            return refused;
        }
        if (line.open() && store.nameTaken(scope.tenantId(), lineId, UnitNames.matchKey(saying.name()))) {
            return taken(saying);
        }
        store.update(scope.tenantId(), lineId, version, saying);
        var facts = new LinkedHashMap<>(facts(saying));
        facts.put("before", facts(new Saying(line.name(), line.kind(), line.basis(), line.validFrom())));
        facts.put("reason", Texts.oneLine(reason));
        ledger.append(new Act(scope.tenantId(), "directory.line-corrected", lineId, scope.actor(), facts));
        return new Saved.Done(lineId);
    }

    /** Ends a line with all its places, duties and memberships. @param day the first day without it */
    @Transactional
    public Saved end(Scope scope, UUID lineId, int version, LocalDate day, String reason) {
        Line line = hold.lock(scope, lineId);
        if (!store.holdsRoot(scope)) {
            return no("", Reason.of("directory.line.refused.whole-body"));
        }
        if (!line.open()) {
            return new Saved.Done(lineId);
        }
        Saved.Refused refused = hold.ending(day, line.validFrom(), reason, line.version() == version);
        if (refused == null) {
            refused = store.later(scope.tenantId(), lineId, null, day)
                    .map(last -> no("ngay-thoi", Reason.of("directory.line.refused.began-later", last)))
                    .orElse(null);
        }
        if (refused != null) {
            return refused;
        }
        LineStore.Ended ended = store.endAll(scope.tenantId(), lineId, null, day);
        store.endLine(scope.tenantId(), lineId, version, day);
        ledger.append(new Act(
                scope.tenantId(),
                "directory.line-ended",
                lineId,
                scope.actor(),
                Map.of(
                        "day", day.toString(),
                        "reason", Texts.oneLine(reason),
                        "places", ended.places(),
                        "duties", ended.duties(),
                        "members", ended.members())));
        return new Saved.Done(lineId);
    }

    private Saved.@Nullable Refused refusal(Scope scope, Saying saying) {
        if (!store.holdsRoot(scope)) {
            return no("", Reason.of("directory.line.refused.whole-body"));
        }
        if (saying.name().isEmpty() || saying.name().length() > LineRules.LONGEST_NAME) {
            return no("ten", Reason.of("directory.line.refused.name", LineRules.LONGEST_NAME));
        }
        if (saying.basis().length() > LineRules.LONGEST_BASIS) {
            return no("can-cu", Reason.of("directory.line.refused.basis", LineRules.LONGEST_BASIS));
        }
        return LineRules.begin(saying.from(), hold.today(), LocalDate.MIN)
                .map(why -> no("tu-ngay", why))
                .orElse(null);
    }

    private static Saying tidy(Saying saying) {
        return new Saying(Texts.oneLine(saying.name()), saying.kind(), Texts.oneLine(saying.basis()), saying.from());
    }

    private static Saved.Refused taken(Saying saying) {
        return no("ten", Reason.of("directory.line.refused.name-taken", saying.name()));
    }

    private static Map<String, Object> facts(Saying saying) {
        return Map.of(
                "name", saying.name(),
                "kind", saying.kind().code(),
                "basis", saying.basis(),
                "from", saying.from().toString());
    }

    /** Gives a unit its place in a line. @param superiorId above it there; null for the top */
    @Transactional
    public Saved place(Scope scope, UUID lineId, UUID unitId, @Nullable UUID superiorId, LocalDate from, String basis) {
        return places.place(scope, lineId, unitId, superiorId, from, basis);
    }

    /**
     * Gives several units of a branch places in the line at once, all or none. Each is under the nearest unit above it that is
     * chosen as well or has a place already; where there is none, under the superior.
     */
    @Transactional
    public Saved placeAll(
            Scope scope,
            UUID lineId,
            UUID top,
            Set<UUID> chosen,
            @Nullable UUID superiorId,
            LocalDate from,
            String basis) {
        return places.placeAll(scope, lineId, top, chosen, superiorId, from, basis);
    }

    /** From the day on another unit is above it: the place so far ends, a new one begins. */
    @Transactional
    public Saved move(
            Scope scope,
            UUID lineId,
            UUID placeId,
            int version,
            @Nullable UUID superiorId,
            LocalDate day,
            String basis) {
        return places.move(scope, lineId, placeId, version, superiorId, day, basis);
    }

    /** Puts right a place that was entered wrongly: the unit above, the first day, the basis. */
    @Transactional
    public Saved correctPlace(
            Scope scope,
            UUID lineId,
            UUID placeId,
            int version,
            @Nullable UUID superiorId,
            LocalDate from,
            String basis,
            String reason) {
        return places.correctPlace(scope, lineId, placeId, version, superiorId, from, basis, reason);
    }

    /** Ends a unit's place, with the duties and memberships it gave. @param day the first day without */
    @Transactional
    public Saved endPlace(Scope scope, UUID lineId, UUID placeId, int version, LocalDate day, String reason) {
        return places.endPlace(scope, lineId, placeId, version, day, reason);
    }

    /** Takes out a place that was entered by mistake and that nothing rests on. */
    @Transactional
    public Saved withdrawPlace(Scope scope, UUID lineId, UUID placeId, int version, String reason) {
        return places.withdrawPlace(scope, lineId, placeId, version, reason);
    }

    /**
     * A unit of a branch of the tree of units, to be given a place in a line.
     *
     * @param level from 0, the unit the branch begins with
     * @param placedFrom the first day of the place it has already; null when it has none
     */
    public record BranchUnit(
            UUID unitId,
            @Nullable UUID parentId,
            String name,
            String code,
            int level,
            @Nullable LocalDate placedFrom) {}

    /** A unit with all below it, each under the one above it. @param all how many there are; more than are shown when too many */
    public record Branch(List<BranchUnit> units, int all) {
        public boolean tooLarge() {
            return all > units.size();
        }

        public long free() {
            return units.stream().filter(unit -> unit.placedFrom() == null).count();
        }
    }

    /**
     * The unit with all below it as the tree stands today, and which of them have a place in the line already.
     *
     * @param from the day from which places would be given
     */
    public Branch branch(Scope scope, UUID lineId, UUID top, LocalDate from) {
        hold.require(scope, top);
        return store.branch(scope.tenantId(), lineId, top, from, MOST_AT_ONCE);
    }

    /** From the day on this person has the duty; whoever had it until then ends that day. */
    @Transactional
    public Saved appoint(Scope scope, UUID lineId, UUID unitId, Duty duty, UUID personId, LocalDate from) {
        return duties.appoint(scope, lineId, unitId, duty, personId, from);
    }

    /** Ends a duty without a successor. */
    @Transactional
    public Saved endDuty(Scope scope, UUID lineId, UUID dutyId, int version, LocalDate day, String reason) {
        return duties.endDuty(scope, lineId, dutyId, version, day, reason);
    }

    /** Puts right the first day of a duty. */
    @Transactional
    public Saved correctDuty(Scope scope, UUID lineId, UUID dutyId, int version, LocalDate from, String reason) {
        return duties.correctDuty(scope, lineId, dutyId, version, from, reason);
    }

    /** Takes out a duty that was entered by mistake. */
    @Transactional
    public Saved withdrawDuty(Scope scope, UUID lineId, UUID dutyId, int version, String reason) {
        return duties.withdrawDuty(scope, lineId, dutyId, version, reason);
    }

    /**
     * A unit of a line's tree on a day.
     *
     * @param level from 0 for those without a unit above them that the reader sees
     * @param people who stand in the line through this unit; {@code below}: with all under it
     * @param units how many units are under it, at any depth
     * @param clerk the name, null where nobody has the duty on the day
     * @param dissolved on that day there is no such unit any more: its place should have ended
     */
    public record Node(
            UUID unitId,
            String name,
            @Nullable UUID superiorId,
            int level,
            long people,
            long below,
            int units,
            @Nullable String clerk,
            @Nullable String approver,
            boolean dissolved) {}

    /**
     * The tree of a line on a day, as far as the scope goes.
     *
     * @param nodes each below its superior: all of them, or one level when there are more than {@link #WHOLE_TREE}
     * @param above the way down to the level that is shown, the top first
     * @param all how many units have a place, {@code gaps} of them without clerk or approver
     */
    public record Tree(List<Node> nodes, List<Node> above, int all, int gaps, boolean whole) {}

    /** @param opened the unit whose level is shown where not everything is; null for the top */
    @Transactional(readOnly = true)
    public Tree tree(Scope scope, UUID lineId, LocalDate day, @Nullable UUID opened) {
        return LineTree.of(
                store.treeRows(scope, lineId, day),
                store.peopleByUnit(scope, lineId, day),
                opened,
                shown -> store.holdersOn(scope.tenantId(), lineId, shown, day),
                shown -> store.lastNames(scope.tenantId(), shown));
    }

    /** A unit or a position that can be chosen. */
    public record Choice(UUID id, String name) {}

    /**
     * The superior as it stands with what was sent: one of the units with a place in the line on the day, of the whole body. All of
     * them are offered while they are few, a search otherwise; empty words mean the top of the line.
     *
     * @param typed what stands in the search field; null when there was none
     */
    public UnitChoice superior(Scope scope, UUID lineId, LocalDate day, @Nullable UUID id, @Nullable String typed) {
        List<Option> few = store.superiors(scope.tenantId(), lineId, day, null, UnitChoices.FEW + 1);
        if (few.size() <= UnitChoices.FEW) {
            return new UnitChoice(true, few, "", only(few, id), null);
        }
        Option named = id == null ? null : only(store.superiors(scope.tenantId(), lineId, day, id), id);
        String words = typed == null ? "" : Texts.oneLine(typed.length() > 120 ? typed.substring(0, 120) : typed);
        if (typed == null || (named != null && named.label().equals(words))) {
            return new UnitChoice(false, List.of(), named == null ? "" : named.label(), named, null);
        }
        return words.isEmpty()
                ? new UnitChoice(false, List.of(), "", null, null)
                : UnitChoices.found(words, id, suggestions(scope, lineId, day, words, MOST_OFFERED));
    }

    /** Units of the line that match what is typed for a superior. */
    public List<Option> suggestions(Scope scope, UUID lineId, LocalDate day, String typed, int most) {
        String words = Texts.oneLine(typed.length() > 120 ? typed.substring(0, 120) : typed);
        return words.isEmpty() ? List.of() : store.superiors(scope.tenantId(), lineId, day, words, most);
    }

    private static @Nullable Option only(List<Option> options, @Nullable UUID id) {
        return options.stream()
                .filter(option -> option.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    /** The places a unit has and had in a line, the newest first. */
    public List<Place> places(UUID tenantId, UUID lineId, UUID unitId) {
        return store.places(tenantId, lineId, unitId);
    }

    /** Whether whoever asks may end the unit's place: looking after the records of a dissolved unit is enough for that. */
    public boolean mayEnd(Scope scope, UUID unitId) {
        return store.covers(scope, unitId, true);
    }

    /** Who had duties in a unit of a line, the present ones first. */
    public List<Holder> holders(UUID tenantId, UUID lineId, UUID unitId) {
        return store.holders(tenantId, lineId, unitId);
    }

    /** The name a unit has on a day; of one that is dissolved, its last. */
    public Optional<String> unitName(UUID tenantId, UUID unitId, LocalDate day) {
        return store.unitName(tenantId, unitId, day);
    }

    /**
     * People of lines on a day.
     *
     * @param people how many stand in each line
     * @param together how many there are, each counted once
     * @param inSeveral how many of them stand in 2, 3 … lines; by number of lines
     */
    public record Totals(Map<UUID, Long> people, long together, Map<Integer, Long> inSeveral) {}

    /** Counts people who stand in lines through any of the units or below: per line and, once each, together. */
    @Transactional(readOnly = true)
    public Totals totals(UUID tenantId, LocalDate day, Collection<UUID> units) {
        return store.totals(tenantId, day, units.toArray(UUID[]::new));
    }

    /** Where a person stands in a line. */
    public record Standing(
            UUID lineId,
            String lineName,
            Kind kind,
            UUID unitId,
            String unitName,
            LocalDate validFrom,
            @Nullable LocalDate validTo) {}

    /** The lines a person stands in on a day, by kind and name. For whoever may see the person. */
    public List<Standing> of(UUID tenantId, UUID personId, LocalDate day) {
        return store.of(tenantId, personId, day);
    }

    /**
     * Who receives for a line: the unit above all its places among the units, or the top of the line among them. Proposed, never
     * decided.
     */
    public Optional<UUID> receiver(UUID tenantId, UUID lineId, LocalDate day, Collection<UUID> units) {
        return store.receiver(tenantId, lineId, day, units);
    }

    /** Who has a duty on the day that is asked about, since when. */
    public record OnDuty(UUID personId, String name, LocalDate since) {}

    /**
     * Who acts in a line for a unit on a day: through its own place or, where it has none, that of the nearest unit above it that has
     * one.
     *
     * @param unitId the unit with the place
     * @param superiorId the unit above it in the line; null at the top
     * @param clerk who compiles there, {@code approver} who approves; null where nobody has the duty
     * @param receiver who approves in the unit above
     */
    public record Seat(
            UUID unitId,
            String unitName,
            @Nullable UUID superiorId,
            String superiorName,
            @Nullable OnDuty clerk,
            @Nullable OnDuty approver,
            @Nullable OnDuty receiver) {}

    /**
     * Empty where neither the unit nor any above it has a place in the line, or where the unit is dissolved.
     *
     * @param day on which day in the past; null for now
     */
    public Optional<Seat> seatOf(UUID tenantId, UUID lineId, UUID unitId, @Nullable LocalDate day) {
        return store.seatOf(tenantId, lineId, unitId, day);
    }

    /** Who approves in a unit of a line. @param day on which day in the past; null for now */
    public Optional<OnDuty> approver(UUID tenantId, UUID lineId, UUID unitId, @Nullable LocalDate day) {
        return store.onDuty(tenantId, lineId, unitId, Duty.APPROVER, day);
    }

    /**
     * From here until the transaction ends nobody changes places or duties of the line; others may hold it still as well.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void holdStill(UUID tenantId, UUID lineId) {
        store.holdStill(tenantId, lineId);
    }

    static Saved.Refused no(String field, Reason why) {
        return new Saved.Refused(field, why);
    }
}
