package vn.chuanmuc.documents;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;
import vn.chuanmuc.office.Layout;
import vn.chuanmuc.office.Layouts;
import vn.chuanmuc.office.TableDocument;

/**
 * The numbers of papers: one run per unit, line and type of document, through a calendar year or through a committee's term, as
 * the rule in force on the paper's day says. A number is taken in the transaction that uses it and is gone with it: no gap, and no
 * double. Who may take one is for the module to say whose paper it is. A paper whose number nobody can give yet (no rule, no term) is
 * issued without one, and says so where it is shown.
 */
@Component
public class Numbering {
    private static final int LONGEST_TITLE = 500;

    private final JdbcClient jdbc;
    private final Ledger ledger;
    private final Clock clock;
    private final NumberSigns signs;
    private final List<Rule> shipped;

    Numbering(JdbcClient jdbc, Ledger ledger, Clock clock, NumberSigns signs, JsonMapper json) {
        this.jdbc = jdbc;
        this.ledger = ledger;
        this.clock = clock;
        this.signs = signs;
        try (InputStream in = Numbering.class.getResourceAsStream("/numbering.json")) {
            this.shipped = List.of(json.readValue(java.util.Objects.requireNonNull(in), Rule[].class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How far one run of numbers goes. */
    public enum Period {
        YEAR,
        TERM;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param verified whether somebody has compared it with the original document; never true of what ships */
    public record Rule(Layout.Line line, LocalDate validFrom, Period period, String legalBasis, boolean verified) {}

    /**
     * A committee's term of office. It ends the day before the next one of the unit begins, or earlier.
     *
     * @param ends its last day where that was entered; null: until the next one begins
     */
    public record Term(
            UUID id,
            UUID unitId,
            String name,
            LocalDate begins,
            @Nullable LocalDate ends,
            String legalBasis) {}

    /**
     * A paper that is being issued.
     *
     * @param unitId whose number it is
     * @param subject the record that bears it: one paper, one version
     * @param title what the book says the paper is; {@code signer} who signs it, empty when the pen says so
     */
    public record Request(
            UUID tenantId,
            UUID unitId,
            Layout.Line line,
            PaperKind kind,
            LocalDate day,
            UUID subject,
            String title,
            String signer,
            UUID account) {}

    /** What came of asking for a number. */
    public sealed interface Taking {
        record Taken(Bearing bearing) implements Taking {}

        /** No rule, no term or no layout is known for that day. */
        record Refused(Reason why) implements Taking {}
    }

    /**
     * What a number would be if it were taken now.
     *
     * @param next the next of the run, without anybody's right to it
     * @param written as it would be printed
     * @param unsigned whether nobody has entered how the unit signs: the pen completes it
     */
    public record Outlook(int next, String written, boolean unsigned) {}

    /** What would come of taking a number, for the page on which it is asked for; or why none can be taken. */
    public sealed interface Prospect {
        record Ready(Outlook outlook) implements Prospect {}

        record None(Reason why) implements Prospect {}
    }

    /** The run a paper of a day belongs to. */
    private sealed interface Place {
        record Known(String typeSign, String period, Layout layout) implements Place {}

        record Unknown(Reason why) implements Place {}
    }

    /** The rule of a line in force on a day: the body's own where it has one of that day, or else what ships. */
    public Optional<Rule> rule(UUID tenantId, Layout.Line line, LocalDate day) {
        Optional<Rule> own = jdbc.sql("""
                        select valid_from, period, legal_basis
                        from documents.number_rule
                        where tenant_id = ? and line = ? and valid_from <= ?
                        order by valid_from desc
                        limit 1
                        """)
                .params(tenantId, code(line), Date.valueOf(day))
                .query((row, n) -> new Rule(
                        line,
                        row.getDate("valid_from").toLocalDate(),
                        Period.valueOf(row.getString("period").toUpperCase(Locale.ROOT)),
                        row.getString("legal_basis"),
                        true))
                .optional();
        return own.or(() -> shipped.stream()
                .filter(rule -> rule.line() == line && !rule.validFrom().isAfter(day))
                .max(Comparator.comparing(Rule::validFrom)));
    }

    /** Sets the body's own rule from a day on. False when that day has one already: a rule is never changed. */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean setRule(UUID tenantId, Rule rule, UUID account) {
        holdAlone(tenantId);
        boolean set = jdbc.sql("""
                                insert into documents.number_rule
                                    (tenant_id, line, valid_from, period, legal_basis, set_by, set_at)
                                values (?, ?, ?, ?, ?, ?, ?)
                                on conflict (tenant_id, line, valid_from) do nothing
                                """)
                        .params(
                                tenantId,
                                code(rule.line()),
                                Date.valueOf(rule.validFrom()),
                                rule.period().code(),
                                Texts.oneLine(rule.legalBasis()),
                                account,
                                Timestamp.from(now()))
                        .update()
                == 1;
        if (set) {
            var facts = new LinkedHashMap<String, Object>();
            facts.put("line", code(rule.line()));
            facts.put("validFrom", rule.validFrom().toString());
            facts.put("period", rule.period().code());
            facts.put("legalBasis", Texts.oneLine(rule.legalBasis()));
            ledger.append(new Act(tenantId, "documents.number-rule-set", tenantId, account, facts)
                    .with(Piece.of(ContentEvidence.RULE, code(rule.line()), Date.valueOf(rule.validFrom()))));
        }
        return set;
    }

    /** The term of a unit's committee that a day is in. */
    public Optional<Term> term(UUID tenantId, UUID unitId, LocalDate day) {
        return jdbc.sql("""
                        select id, name, begins, ends, legal_basis
                        from documents.term
                        where tenant_id = ? and unit_id = ? and begins <= ?
                        order by begins desc
                        limit 1
                        """)
                .params(tenantId, unitId, Date.valueOf(day))
                .query((row, n) -> term(row, unitId))
                .optional()
                .filter(term -> term.ends() == null || !term.ends().isBefore(day));
    }

    static Term term(ResultSet row, UUID unitId) throws SQLException {
        return new Term(
                row.getObject("id", UUID.class),
                unitId,
                row.getString("name"),
                row.getDate("begins").toLocalDate(),
                row.getObject("ends", LocalDate.class),
                row.getString("legal_basis"));
    }

    /** Enters a term that lasts until the next one begins. Empty when the unit has one that begins that day. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Term> addTerm(
            UUID tenantId, UUID unitId, String name, LocalDate begins, String legalBasis, UUID account) {
        return addTerm(tenantId, unitId, name, begins, null, legalBasis, account);
    }

    /**
     * Waits for those who are just taking numbers in the body and keeps the others waiting until the transaction ends. Look at what
     * was taken in a statement after this one.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void holdAlone(UUID tenantId) {
        jdbc.sql("select pg_advisory_xact_lock(documents.numbering_lock(?))")
                .param(tenantId)
                .query((row, n) -> n)
                .single();
    }

    /** Enters a term. Empty when the unit has one that begins that day. @param ends its last day; null while nobody knows it */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Term> addTerm(
            UUID tenantId,
            UUID unitId,
            String name,
            LocalDate begins,
            @Nullable LocalDate ends,
            String legalBasis,
            UUID account) {
        Check.that(!name.isBlank(), "a term has a name");
        holdAlone(tenantId);
        var term = new Term(Ids.next(), unitId, Texts.oneLine(name), begins, ends, Texts.oneLine(legalBasis));
        int rows = jdbc.sql("""
                        insert into documents.term (tenant_id, id, unit_id, name, begins, ends, legal_basis, set_by, set_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (tenant_id, unit_id, begins) do nothing
                        """)
                .param(tenantId)
                .param(term.id())
                .param(unitId)
                .param(term.name())
                .param(Date.valueOf(begins))
                .param(ends == null ? null : Date.valueOf(ends))
                .param(term.legalBasis())
                .param(account)
                .param(Timestamp.from(now()))
                .update();
        if (rows == 0) {
            return Optional.empty();
        }
        var facts = new LinkedHashMap<String, Object>();
        facts.put("unit", unitId.toString());
        facts.put("name", term.name());
        facts.put("begins", begins.toString());
        facts.put("ends", ends == null ? "" : ends.toString());
        facts.put("legalBasis", term.legalBasis());
        ledger.append(new Act(tenantId, "documents.term-entered", term.id(), account, facts)
                .with(Piece.of(ContentEvidence.TERM, term.id())));
        return Optional.of(term);
    }

    private Place place(UUID tenantId, UUID unitId, Layout.Line line, PaperKind kind, LocalDate day) {
        Optional<Rule> rule = rule(tenantId, line, day);
        Optional<Layout> layout = Layouts.find(line, day);
        Optional<NumberSigns.TypeSign> sign = signs.type(tenantId, line, kind, day);
        if (rule.isEmpty() || layout.isEmpty() || sign.isEmpty()) {
            return new Place.Unknown(Reason.of("documents.numbering.no-rule", day));
        }
        Optional<String> period = period(tenantId, unitId, rule.get(), day);
        return period.isEmpty()
                ? new Place.Unknown(Reason.of("documents.numbering.no-term", day))
                : new Place.Known(sign.get().sign(), period.get(), layout.get());
    }

    /** The year, or the id of the term; empty where no term of that day is known. */
    Optional<String> period(UUID tenantId, UUID unitId, Rule rule, LocalDate day) {
        return rule.period() == Period.YEAR
                ? Optional.of(String.valueOf(day.getYear()))
                : term(tenantId, unitId, day).map(term -> term.id().toString());
    }

    /** What a number would be if one were taken now. */
    @Transactional(readOnly = true)
    public Prospect prospect(UUID tenantId, UUID unitId, Layout.Line line, PaperKind kind, LocalDate day) {
        return switch (place(tenantId, unitId, line, kind, day)) {
            case Place.Unknown(var why) -> new Prospect.None(why);
            case Place.Known(var typeSign, var period, var layout) -> {
                int next = 1
                        + jdbc.sql("""
                                        select last from documents.number_series
                                        where tenant_id = ? and unit_id = ? and line = ? and document_type = ? and period = ?
                                        """)
                                .params(tenantId, unitId, code(line), typeSign, period)
                                .query((row, n) -> row.getInt("last"))
                                .optional()
                                .orElse(0);
                Optional<NumberSigns.IssuerSign> issuer = signs.issuer(tenantId, unitId, line, day);
                String written = layout.number(new TableDocument.Number(
                        next, typeSign, issuer.map(NumberSigns.IssuerSign::sign).orElse(Layout.DOTS)));
                yield new Prospect.Ready(new Outlook(next, written, issuer.isEmpty()));
            }
        };
    }

    /**
     * Takes the next number of the run, or tells the one the subject already bears in it. Everybody else who wants one of the same
     * run waits until the open transaction ends: take it late, and where several are taken, those of one unit together and the units
     * in the order of their ids.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Taking take(Request request) {
        jdbc.sql("select pg_advisory_xact_lock_shared(documents.numbering_lock(?))")
                .param(request.tenantId())
                .query((row, n) -> n)
                .single();
        return switch (place(request.tenantId(), request.unitId(), request.line(), request.kind(), request.day())) {
            case Place.Unknown(var why) -> new Taking.Refused(why);
            case Place.Known known -> new Taking.Taken(take(request, known));
        };
    }

    private Bearing take(Request request, Place.Known place) {
        record Run(UUID id, int last) {}
        Run run = jdbc.sql("""
                        insert into documents.number_series as s
                            (tenant_id, id, unit_id, line, document_type, period, last)
                        values (?, ?, ?, ?, ?, ?, 1)
                        on conflict (tenant_id, unit_id, line, document_type, period) do update set last = s.last + 1
                        returning id, last
                        """)
                .params(
                        request.tenantId(),
                        Ids.next(),
                        request.unitId(),
                        code(request.line()),
                        place.typeSign(),
                        place.period())
                .query((row, n) -> new Run(row.getObject("id", UUID.class), row.getInt("last")))
                .single();
        Optional<Bearing> borne = of(request.tenantId(), request.subject())
                .filter(one -> one.series().equals(run.id()) && one.withdrawn() == null);
        if (borne.isPresent()) {
            int rows = jdbc.sql("update documents.number_series set last = last - 1 where tenant_id = ? and id = ?")
                    .params(request.tenantId(), run.id())
                    .update();
            Check.that(rows == 1, "a run of numbers is one row");
            return borne.get();
        }
        Optional<NumberSigns.IssuerSign> issuer =
                signs.issuer(request.tenantId(), request.unitId(), request.line(), request.day());
        String title = Texts.oneLine(request.title());
        var bearing = new Bearing(
                run.id(),
                run.last(),
                request.kind(),
                request.day(),
                place.typeSign(),
                issuer.map(NumberSigns.IssuerSign::sign).orElse(""),
                issuer.map(NumberSigns.IssuerSign::place).orElse(""),
                place.layout().id(),
                title.length() <= LONGEST_TITLE ? title : title.substring(0, LONGEST_TITLE - 1) + "…",
                Texts.oneLine(request.signer()),
                request.account(),
                now(),
                null,
                null);
        int rows = jdbc.sql("""
                        insert into documents.number
                            (tenant_id, series_id, number, subject_id, taken_by, taken_at, day, kind, layout, issuer_sign, place,
                             title, signer)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        request.tenantId(),
                        run.id(),
                        run.last(),
                        request.subject(),
                        request.account(),
                        Timestamp.from(bearing.takenAt()),
                        Date.valueOf(request.day()),
                        request.kind().code(),
                        bearing.layout(),
                        bearing.issuerSign(),
                        bearing.place(),
                        bearing.title(),
                        bearing.signer())
                .update();
        Check.that(rows == 1, "a number is one row");
        var facts = new LinkedHashMap<String, Object>();
        facts.put("series", run.id().toString());
        facts.put("unit", request.unitId().toString());
        facts.put("line", code(request.line()));
        facts.put("type", place.typeSign());
        facts.put("period", place.period());
        facts.put("number", run.last());
        facts.put("written", bearing.written());
        ledger.append(new Act(request.tenantId(), "documents.number-taken", request.subject(), request.account(), facts)
                .with(Piece.of(ContentEvidence.NUMBER, run.id(), run.last())));
        return bearing;
    }

    /** The number a paper bears, or bore: the newest, also of one that was withdrawn. Empty for a paper without one. */
    public Optional<Bearing> of(UUID tenantId, UUID subject) {
        return Optional.ofNullable(of(tenantId, List.of(subject)).get(subject));
    }

    /** The numbers that papers bear, by subject; without those that bear none. */
    public Map<UUID, Bearing> of(UUID tenantId, Collection<UUID> subjects) {
        var found = new HashMap<UUID, Bearing>();
        if (subjects.isEmpty()) {
            return found;
        }
        jdbc.sql("select distinct on (n.subject_id) n.subject_id, " + BEARING + """
                        where n.tenant_id = ? and n.subject_id = any (?) and n.kind is not null
                        order by n.subject_id, n.taken_at desc, n.number desc
                        """)
                .params(tenantId, subjects.toArray(UUID[]::new))
                .query(row -> {
                    found.put(row.getObject("subject_id", UUID.class), bearing(row));
                });
        return found;
    }

    /** The numbers of a run that stand on papers of the product, by number. */
    Map<Integer, Bearing> inRun(UUID tenantId, UUID run, Collection<Integer> numbers) {
        var found = new HashMap<Integer, Bearing>();
        if (!numbers.isEmpty()) {
            jdbc.sql("select " + BEARING
                            + "where n.tenant_id = ? and n.series_id = ? and n.number = any (?) and n.kind is not null")
                    .params(tenantId, run, numbers.toArray(Integer[]::new))
                    .query(row -> {
                        found.put(row.getInt("number"), bearing(row));
                    });
        }
        return found;
    }

    private static final String BEARING = """
            n.series_id, n.number, n.kind, n.day, s.document_type, n.issuer_sign, n.place, n.layout, n.title, n.signer, n.taken_by,
            n.taken_at, c.reason, c.cancelled_at
            from documents.number n
            join documents.number_series s on s.tenant_id = n.tenant_id and s.id = n.series_id
            left join documents.number_cancellation c
                on c.tenant_id = n.tenant_id and c.series_id = n.series_id and c.number = n.number
            """;

    private static Bearing bearing(ResultSet row) throws SQLException {
        Timestamp withdrawn = row.getTimestamp("cancelled_at");
        return new Bearing(
                row.getObject("series_id", UUID.class),
                row.getInt("number"),
                PaperKind.of(row.getString("kind")),
                row.getObject("day", LocalDate.class),
                row.getString("document_type"),
                row.getString("issuer_sign"),
                row.getString("place"),
                row.getString("layout"),
                row.getString("title"),
                row.getString("signer"),
                row.getObject("taken_by", UUID.class),
                row.getTimestamp("taken_at").toInstant(),
                row.getString("reason"),
                withdrawn == null ? null : withdrawn.toInstant());
    }

    /**
     * Says in the book that the paper of a subject counts no more, and why; its number stays used. False when it bears none, or it was
     * said before.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean withdraw(UUID tenantId, UUID subject, String reason, UUID account) {
        return of(tenantId, subject)
                .filter(one -> one.withdrawn() == null)
                .filter(one -> cancel(tenantId, one.series(), one.number(), reason, account))
                .isPresent();
    }

    /** Says that a number is not used, and why; it is never given again. False when it was cancelled before or never taken. */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean cancel(UUID tenantId, UUID series, int number, String reason, UUID account) {
        String words = Texts.nfc(reason).strip();
        Check.that(!words.isEmpty() && words.length() <= 1_000, "who cancels a number says why");
        List<UUID> subject = jdbc.sql("""
                        with cancelled as (
                            insert into documents.number_cancellation
                                (tenant_id, series_id, number, reason, cancelled_by, cancelled_at)
                            select n.tenant_id, n.series_id, n.number, :reason, :account, :now
                            from documents.number n
                            where n.tenant_id = :tenant and n.series_id = :series and n.number = :number
                            on conflict (tenant_id, series_id, number) do nothing
                            returning tenant_id, series_id, number)
                        select n.subject_id
                        from documents.number n
                        join cancelled c
                            on c.tenant_id = n.tenant_id and c.series_id = n.series_id and c.number = n.number
                        """)
                .param("reason", words)
                .param("account", account)
                .param("now", Timestamp.from(now()))
                .param("tenant", tenantId)
                .param("series", series)
                .param("number", number)
                .query((row, n) -> row.getObject("subject_id", UUID.class))
                .list();
        if (subject.isEmpty()) {
            return false;
        }
        var facts = new LinkedHashMap<String, Object>();
        facts.put("series", series.toString());
        facts.put("number", number);
        facts.put("reason", words);
        ledger.append(new Act(tenantId, "documents.number-cancelled", subject.getFirst(), account, facts)
                .with(Piece.of(ContentEvidence.CANCELLATION, series, number)));
        return true;
    }

    /** The rules that ship with the program, for bodies that set none of their own. */
    List<Rule> shipped() {
        return shipped;
    }

    static String code(Layout.Line line) {
        return line.name().toLowerCase(Locale.ROOT);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
