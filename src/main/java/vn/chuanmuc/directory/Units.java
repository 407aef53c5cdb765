package vn.chuanmuc.directory;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;

/** The tree of units of a body, as it is now; every unit's name and place carry the dates they hold for. */
@Component
public class Units {
    private final UnitStore store;
    private final UnitChoices choices;
    private final Ledger ledger;
    private final Clock clock;

    Units(UnitStore store, UnitChoices choices, Ledger ledger, Clock clock) {
        this.store = store;
        this.choices = choices;
        this.ledger = ledger;
        this.clock = clock;
    }

    public enum Kind {
        ROOT,
        WARD,
        OFFICE,
        SCHOOL,
        OTHER;

        /** Key of the word for it. */
        public String key() {
            return "directory.unit.kind." + code();
        }

        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        static Kind of(String code) {
            return valueOf(code.toUpperCase(java.util.Locale.ROOT));
        }
    }

    /**
     * A unit as it is now.
     *
     * @param depth 0 for the top unit
     */
    public record Unit(
            UUID id,
            String code,
            String name,
            Kind kind,
            @Nullable UUID parentId,
            int depth) {}

    /** A unit to be added. */
    public record NewUnit(String code, String name, Kind kind, UUID parentId) {}

    public boolean anyTenant() {
        return store.anyTenant();
    }

    /** The body of an installation that has one. */
    public Optional<UUID> onlyTenant() {
        List<UUID> all = store.tenants();
        return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
    }

    /** Makes a body with its top unit, and returns the body's id. */
    @Transactional
    public UUID createTenant(String name) {
        Instant now = clock.instant();
        UUID tenant = Ids.next();
        store.insertTenant(tenant, Texts.oneLine(name), now);
        store.insertUnits(
                tenant,
                List.of(new UnitStore.Row(Ids.next(), "GOC", Texts.oneLine(name), Kind.ROOT, null, 0)),
                today(),
                now);
        return tenant;
    }

    public UUID root(UUID tenantId) {
        return store.root(tenantId);
    }

    public String tenantName(UUID tenantId) {
        return store.tenantName(tenantId);
    }

    /** What came of adding a unit. */
    public sealed interface Added {
        record Done(UUID unitId) implements Added {}

        record Refused(String field, Reason why) implements Added {}
    }

    /** Adds a unit from today on; its code must be new in the body, its name new under its parent. */
    @Transactional
    public Added add(UUID tenantId, UUID actor, NewUnit unit) {
        String name = Texts.oneLine(unit.name());
        String code = Texts.oneLine(unit.code());
        if (!isName(name)) {
            return new Added.Refused("ten", Reason.of("directory.unit.refused.name"));
        }
        if (!isCode(code)) {
            return new Added.Refused("ma", Reason.of("directory.unit.refused.code"));
        }
        if (unit.kind() == Kind.ROOT) {
            return new Added.Refused("loai", Reason.of("directory.unit.refused.kind"));
        }
        if (!store.lockLiving(tenantId, unit.parentId())) {
            return new Added.Refused("cha", Reason.of("directory.unit.refused.parent-ended"));
        }
        if (store.codeTaken(tenantId, code)) {
            return new Added.Refused("ma", Reason.of("directory.unit.refused.code-taken", code));
        }
        if (store.nameTaken(tenantId, unit.parentId(), matchKey(name))) {
            return new Added.Refused("ten", Reason.of("directory.unit.refused.name-taken", name));
        }
        UUID id = addAll(tenantId, actor, List.of(new NewUnit(code, name, unit.kind(), unit.parentId())))
                .getFirst();
        return new Added.Done(id);
    }

    /** Adds many units below existing ones at once: no checks but the database's. Returns their ids in order. */
    @Transactional
    public List<UUID> addAll(UUID tenantId, UUID actor, List<NewUnit> units) {
        int rank = store.highestRank(tenantId);
        var rows = new java.util.ArrayList<UnitStore.Row>(units.size());
        for (NewUnit unit : units) {
            rows.add(new UnitStore.Row(Ids.next(), unit.code(), unit.name(), unit.kind(), unit.parentId(), ++rank));
        }
        store.insertUnits(tenantId, rows, today(), clock.instant());
        choices.changed(tenantId);
        for (UnitStore.Row row : rows) {
            ledger.append(new Act(
                    tenantId,
                    "directory.unit-added",
                    row.id(),
                    actor,
                    Map.of("code", row.code(), "name", row.name(), "parent", String.valueOf(row.parentId()))));
        }
        return rows.stream().map(UnitStore.Row::id).toList();
    }

    /** The unit as it is, or as it was last. */
    public Optional<Unit> find(UUID tenantId, UUID unitId) {
        return store.find(tenantId, unitId);
    }

    /** Those of the units that live, as they are now, by id; their depth is not told. */
    public Map<UUID, Unit> living(UUID tenantId, Collection<UUID> unitIds) {
        return store.living(tenantId, unitIds);
    }

    /**
     * The units below (and with) any of the given ones, parents before children, in rank order. For commands about all of them:
     * unbounded by purpose; a page asks {@link Tree} or {@link UnitChoices}.
     */
    public List<Unit> under(UUID tenantId, UUID... tops) {
        return store.under(tenantId, tops);
    }

    /** The ids of the units below (and with) any of the given ones that exist today, in no order. Unbounded by purpose. */
    public List<UUID> ids(UUID tenantId, UUID... tops) {
        return store.ids(tenantId, tops);
    }

    /** Which of these units are one of the given ones or below one, today. */
    public Set<UUID> within(UUID tenantId, Collection<UUID> units, UUID... tops) {
        return store.within(tenantId, units, tops);
    }

    /** What units are called; of those that are dissolved, what they were called last. */
    public Map<UUID, String> names(UUID tenantId, Collection<UUID> units) {
        return store.names(tenantId, units);
    }

    /**
     * What a unit was called and where it belonged in a period; {@code until} is the first day on which it no longer held.
     *
     * @param headName who headed it, as far as it is recorded
     */
    public record Version(
            LocalDate from,
            @Nullable LocalDate until,
            String code,
            String name,
            Kind kind,
            @Nullable UUID parentId,
            String parentName,
            String headName) {}

    /**
     * Which unit went on as which.
     *
     * @param kind {@code merge}, {@code split}, {@code rename}, {@code move}, {@code dissolve}, {@code outside}
     * @param from null for what came from outside the body
     * @param to null where nobody follows
     * @param people how many it concerned
     */
    public record Succession(
            UUID reorganisation,
            String title,
            String basisNumber,
            @Nullable LocalDate basisDate,
            String basisIssuer,
            LocalDate day,
            String kind,
            @Nullable UUID from,
            String fromName,
            @Nullable UUID to,
            String toName,
            int people) {}

    /** Records of a dissolved unit are with a custodian from a day on, until another takes them over. */
    public record Custody(
            UUID unit,
            String unitName,
            UUID custodian,
            String custodianName,
            LocalDate from,
            @Nullable LocalDate until) {}

    /**
     * A unit through time.
     *
     * @param versions the newest first
     * @param before what it came from
     * @param after what became of it
     * @param custodians who keeps its records, the newest first; empty while it lives
     * @param keeps whose records it keeps
     */
    public record History(
            Unit unit,
            boolean alive,
            List<Version> versions,
            List<Succession> before,
            List<Succession> after,
            List<Custody> custodians,
            List<Custody> keeps) {}

    public Optional<History> history(UUID tenantId, UUID unitId) {
        return store.find(tenantId, unitId).map(unit -> {
            List<Version> versions = store.versions(tenantId, unitId);
            return new History(
                    unit,
                    versions.getFirst().until() == null,
                    versions,
                    store.successionsTo(tenantId, unitId),
                    store.successionsFrom(tenantId, unitId),
                    store.custodians(tenantId, unitId),
                    store.keeps(tenantId, unitId));
        });
    }

    /** How many people are in the unit and all below it on a day. */
    public int peopleOn(UUID tenantId, UUID unitId, LocalDate day) {
        return store.peopleOn(tenantId, unitId, day);
    }

    static boolean isName(String name) {
        String clean = Texts.oneLine(name);
        return !clean.isEmpty() && clean.length() <= 300;
    }

    static boolean isCode(String code) {
        return Texts.oneLine(code).matches("[\\p{L}\\p{N}._/-]{1,40}");
    }

    static String matchKey(String name) {
        return UnitNames.matchKey(name);
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }
}
