package vn.chuanmuc.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;
import vn.chuanmuc.rules.RuleBook.Purpose;
import vn.chuanmuc.rules.RuleVersion.State;

/** Rule books: entered by one person, confirmed by a second, in force on days, withdrawn with a reason. */
@Component
public class Rules {
    /** The default that ships with the program; it never changes, so what refers to it stays as it was. */
    public static final UUID DEFAULT_ID = UUID.fromString("00000000-0000-7000-8000-000000000001");

    private static final UUID NOBODY = new UUID(0, 0);
    private static final int LONGEST_REASON = 1_000;
    private static final RuleVersion DEFAULT = load();

    private final RuleStore store;
    private final Access access;
    private final Units units;
    private final Ledger ledger;
    private final Clock clock;
    private final List<VersionReaders> readers;
    private final Map<Key, RuleVersion> confirmed = new ConcurrentHashMap<>(); // their content never changes

    Rules(RuleStore store, Access access, Units units, Ledger ledger, Clock clock, List<VersionReaders> readers) {
        this.readers = List.copyOf(readers);
        this.store = store;
        this.access = access;
        this.units = units;
        this.ledger = ledger;
        this.clock = clock;
    }

    private record Key(UUID tenantId, UUID id) {}

    /** Bốn mức bằng chữ, không điểm. In force wherever and whenever no unit has confirmed rules of its own. */
    public static RuleVersion shipped() {
        return DEFAULT;
    }

    private static RuleVersion load() {
        try (InputStream in = Objects.requireNonNull(Rules.class.getResourceAsStream("/rules/default.json"))) {
            RuleBook book = RuleBookJson.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            String json = RuleBookJson.write(book);
            return new RuleVersion(
                    DEFAULT_ID,
                    null,
                    0,
                    book,
                    json,
                    Sha256.of(json),
                    LocalDate.of(2021, 1, 1),
                    null,
                    State.CONFIRMED,
                    NOBODY,
                    Instant.EPOCH,
                    null,
                    null,
                    "",
                    null,
                    null,
                    null,
                    "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A version whatever its state, or the default by {@link #DEFAULT_ID}. What it says never changes. */
    public Optional<RuleVersion> find(UUID tenantId, UUID versionId) {
        return versionId.equals(DEFAULT_ID) ? Optional.of(DEFAULT) : store.find(tenantId, versionId);
    }

    /** The rules of a version, for whoever refers to it; kept in memory. */
    public RuleBook book(UUID tenantId, UUID versionId) {
        if (versionId.equals(DEFAULT_ID)) {
            return DEFAULT.book();
        }
        return confirmed
                .computeIfAbsent(
                        new Key(tenantId, versionId),
                        key -> store.find(tenantId, versionId)
                                .filter(version ->
                                        version.state() == State.CONFIRMED || version.state() == State.WITHDRAWN)
                                .orElseThrow(() -> new NotFound("rule version")))
                .book();
    }

    /**
     * The version in force at a unit on a day: its own, or that of the nearest unit above that has one; for quarters the shipped
     * default where nobody has one. Empty for other purposes without rules.
     */
    public Optional<RuleVersion> inForce(UUID tenantId, UUID unitId, Purpose purpose, LocalDate day) {
        Optional<RuleVersion> own = store.inForce(tenantId, unitId, purpose, day);
        return own.isPresent() || purpose != Purpose.QUARTER ? own : Optional.of(DEFAULT);
    }

    /**
     * Something wrong with a book.
     *
     * @param field name of the part: {@code scale}, {@code stages} …; with the row behind a point: {@code scale.3}, from 1
     */
    public record Problem(String field, Reason why) {}

    /** Everything a book lacks before it can be entered; empty for one that is whole. */
    public static List<Problem> problems(RuleBook book) {
        return BookCheck.problems(book);
    }

    /**
     * A formula that was read and unit-checked.
     *
     * @param text as it is kept: one line in NFC
     * @param unit what the formula comes to; null when something is wrong
     */
    public record Checked(String text, @Nullable Unit unit, List<FormulaError> errors) {
        public boolean good() {
            return errors.isEmpty();
        }
    }

    /** What a formula comes to in a book with these levels, figures and grades, or what is wrong and where. */
    public static Checked checked(String formula, RuleBook book) {
        return Formulas.check(formula, book);
    }

    /** Writes a workbook that computes a form again, formula by formula, and leaves the stream open. */
    public static void sheet(
            RuleBook book, SetShape shape, Answers answers, Function<Reason, String> words, OutputStream out)
            throws IOException {
        ComputationSheet.write(book, shape, answers, words, out);
    }

    /** What came of a command. */
    public sealed interface Saved {
        record Done(UUID id) implements Saved {}

        /** @param problems at least one, by the part of the book or of the form they are about; "" for the whole */
        record Refused(List<Problem> problems) implements Saved {
            static Refused of(String key, Object... arguments) {
                return new Refused(List.of(new Problem("", Reason.of(key, arguments))));
            }
        }
    }

    /** Versions of the units the viewer may read about, of those above them and below, the newest first; at most 300. */
    public List<RuleVersion> list(Viewer viewer) {
        return store.list(viewer.tenantId(), viewer.unitsWith(Permission.READ_RULES));
    }

    /** A version that the viewer may read: within reach, or one they are assessed or assess by; or the default, which ships to all. */
    public RuleVersion get(Viewer viewer, UUID versionId) {
        if (versionId.equals(DEFAULT_ID)) {
            return DEFAULT;
        }
        Optional<RuleVersion> found = store.find(viewer.tenantId(), versionId);
        Optional<RuleVersion> within = found.filter(version -> version.unitId() != null
                && store.sees(viewer.tenantId(), version.unitId(), viewer.unitsWith(Permission.READ_RULES)));
        if (within.isPresent()) {
            return within.get();
        }
        return found.filter(version -> readers.stream().anyMatch(one -> one.reads(viewer, versionId)))
                .orElseThrow(() -> new NotFound("rule version"));
    }

    /**
     * Enters a version, to be confirmed by another person. The same twice is one.
     *
     * @param validTo last day, or null: until a later version begins
     * @param origin the example or version it was made from, as text
     */
    @Transactional
    public Saved enter(
            Viewer viewer,
            UUID unitId,
            RuleBook book,
            LocalDate validFrom,
            @Nullable LocalDate validTo,
            String origin) {
        access.require(viewer, Permission.ENTER_RULES, unitId);
        List<Problem> problems = new java.util.ArrayList<>(BookCheck.problems(book));
        if (units.find(viewer.tenantId(), unitId).isEmpty()) {
            throw new NotFound("unit");
        }
        if (validTo != null && validTo.isBefore(validFrom)) {
            problems.add(new Problem("validTo", Reason.of("rules.refused.ends-before")));
        }
        if (!problems.isEmpty()) {
            return new Saved.Refused(problems);
        }
        String json = RuleBookJson.write(book);
        byte[] hash = Sha256.of(json);
        UUID bookId = store.hold(viewer.tenantId(), Ids.next(), unitId, book.purpose());
        Optional<UUID> same = store.same(viewer.tenantId(), bookId, hash, validFrom, validTo);
        if (same.isPresent()) {
            return new Saved.Done(same.get());
        }
        UUID id = Ids.next();
        int number = store.next(viewer.tenantId(), bookId);
        boolean inserted = store.insert(
                viewer.tenantId(),
                id,
                bookId,
                number,
                json,
                hash,
                validFrom,
                validTo,
                Texts.oneLine(origin.length() > 200 ? origin.substring(0, 200) : origin),
                viewer.accountId(),
                now());
        Check.that(inserted, "a version is one row");
        var facts = facts(unitId, book.purpose(), number);
        facts.put("validFrom", validFrom.toString());
        if (validTo != null) {
            facts.put("validTo", validTo.toString());
        }
        ledger.append(new Act(viewer.tenantId(), "rules.entered", id, viewer.accountId(), facts, hash)
                .with(Piece.of(RulesEvidence.VERSION, id)));
        return new Saved.Done(id);
    }

    private static Map<String, Object> facts(UUID unitId, Purpose purpose, int number) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("unit", unitId.toString());
        facts.put("purpose", RuleStore.code(purpose));
        facts.put("number", number);
        return facts;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** A version with its book held until the transaction ends; the viewer holds the permission for its unit. */
    private RuleVersion held(Viewer viewer, Permission permission, UUID versionId) {
        RuleVersion version = store.find(viewer.tenantId(), versionId).orElseThrow(() -> new NotFound("rule version"));
        UUID unit = Objects.requireNonNull(version.unitId());
        access.require(viewer, permission, unit);
        store.hold(viewer.tenantId(), Ids.next(), unit, version.book().purpose());
        return store.find(viewer.tenantId(), versionId).orElseThrow();
    }

    /** Puts a version in force from its first day; another than who entered it. */
    @Transactional
    public Saved confirm(Viewer viewer, UUID versionId) {
        RuleVersion version = held(viewer, Permission.CONFIRM_RULES, versionId);
        if (version.state() != State.ENTERED) {
            return version.state() == State.CONFIRMED && viewer.accountId().equals(version.decidedBy())
                    ? new Saved.Done(versionId)
                    : Saved.Refused.of("rules.refused.decided");
        }
        if (version.enteredBy().equals(viewer.accountId())) {
            return Saved.Refused.of("rules.refused.own");
        }
        Optional<Integer> sameDay = store.sameDay(viewer.tenantId(), versionId);
        if (sameDay.isPresent()) {
            return Saved.Refused.of("rules.refused.same-day", sameDay.get(), version.validFrom());
        }
        return decide(viewer, version, true, "");
    }

    /** Says no to a version, with a reason; who entered it may take it back so. */
    @Transactional
    public Saved refuse(Viewer viewer, UUID versionId, String reason) {
        RuleVersion version = held(viewer, Permission.ENTER_RULES, versionId);
        if (version.state() != State.ENTERED) {
            return version.state() == State.REFUSED
                    ? new Saved.Done(versionId)
                    : Saved.Refused.of("rules.refused.decided");
        }
        String words = Texts.oneLine(reason);
        Optional<Saved> wrong = reason(words);
        return wrong.isPresent() ? wrong.get() : decide(viewer, version, false, words);
    }

    private static Optional<Saved> reason(String words) {
        if (words.isEmpty()) {
            return Optional.of(new Saved.Refused(List.of(new Problem("reason", Reason.of("rules.refused.reason")))));
        }
        return words.length() > LONGEST_REASON
                ? Optional.of(new Saved.Refused(
                        List.of(new Problem("reason", Reason.of("rules.check.long", LONGEST_REASON)))))
                : Optional.empty();
    }

    private Saved decide(Viewer viewer, RuleVersion version, boolean confirmed, String reason) {
        if (!store.decide(viewer.tenantId(), version.id(), confirmed, reason, viewer.accountId(), now())) {
            return Saved.Refused.of("rules.refused.decided");
        }
        var facts =
                facts(Objects.requireNonNull(version.unitId()), version.book().purpose(), version.number());
        if (confirmed) {
            facts.put("validFrom", version.validFrom().toString());
            ledger.append(new Act(
                            viewer.tenantId(),
                            "rules.confirmed",
                            version.id(),
                            viewer.accountId(),
                            facts,
                            version.hash())
                    .with(Piece.of(RulesEvidence.VERDICT, version.id())));
        } else {
            facts.put("reason", reason);
            ledger.append(
                    new Act(viewer.tenantId(), "rules.refused", version.id(), viewer.accountId(), facts, version.hash())
                            .with(Piece.of(RulesEvidence.VERDICT, version.id())));
        }
        return new Saved.Done(version.id());
    }

    /** Takes a confirmed version out of force from today on. What was assessed by it stays as it is. */
    @Transactional
    public Saved withdraw(Viewer viewer, UUID versionId, String reason) {
        RuleVersion version = held(viewer, Permission.CONFIRM_RULES, versionId);
        if (version.state() == State.WITHDRAWN) {
            return new Saved.Done(versionId);
        }
        if (version.state() != State.CONFIRMED) {
            return Saved.Refused.of("rules.refused.not-confirmed");
        }
        String words = Texts.oneLine(reason);
        Optional<Saved> wrong = reason(words);
        if (wrong.isPresent()) {
            return wrong.get();
        }
        LocalDate today = LocalDate.now(clock);
        if (store.withdraw(viewer.tenantId(), versionId, today, words, viewer.accountId(), now())) {
            var facts = facts(
                    Objects.requireNonNull(version.unitId()), version.book().purpose(), version.number());
            facts.put("from", today.toString());
            facts.put("reason", words);
            ledger.append(new Act(viewer.tenantId(), "rules.withdrawn", versionId, viewer.accountId(), facts)
                    .with(Piece.of(RulesEvidence.WITHDRAWAL, versionId)));
        }
        return new Saved.Done(versionId);
    }

    /** How many versions that others entered wait for the viewer. */
    public long waiting(Viewer viewer) {
        UUID[] held = viewer.unitsWith(Permission.CONFIRM_RULES);
        return held.length == 0 ? 0 : store.waiting(viewer.tenantId(), held, viewer.accountId());
    }
}
